### What a customer does with an own booking beside moving and cancelling it.

button-calendar-file = 📲 В календарь
calendar-file = Откройте файл, чтобы добавить запись в календарь телефона. После переноса скачайте его снова.
calendar-file-cancelled = Эта запись не состоится. Откройте файл, чтобы убрать её из календаря телефона.
calendar-phone = Телефон: { $phone }
past-repeat = Нажмите на визит, чтобы записаться так же.
repeat-gone = Эту услугу мы больше не предлагаем. Выберите другую.
repeat-full = Свободного времени пока нет.
cancel-reason-ask = Подскажите, почему? Можно выбрать или написать словами – или просто ничего не отвечать.
cancel-why-time = Неудобное время
cancel-why-ill = Болею
cancel-why-mind = Планы изменились
cancel-reason-thanks = Спасибо, передадим.

admin-cancel-reason =
    💬 <b>Почему отменили запись</b>
    { $service }{ $staff }
    { $when }
    { $customer }

    { $comment }
