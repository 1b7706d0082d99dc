### What a customer hears of a visit without asking: reminders before it, the question afterwards.

reminder =
    ⏰ <b>Напоминаем о записи</b>

    { $service }
    { $when }{ $details }

reminder-today = сегодня, { $when }
reminder-tomorrow = завтра, { $when }
reminder-later = { $when }
reminder-coming = ✅ Приду
button-my-booking = 🗓 К записи

reminder-thanks =
    ✅ Спасибо, ждём вас!

    { $service }
    { $when }{ $details }

feedback-ask =
    Как всё прошло?

    { $service }
    { $when }

    Поставьте оценку: она видна только нам.

feedback-thanks =
    Спасибо за оценку: { $stars }

    Хотите что-нибудь добавить? Напишите сообщением.

feedback-done = Спасибо! Ваш отзыв сохранён.
feedback-done-map = Спасибо! Если найдёте минуту, расскажите о нас другим: так нас проще найти.
feedback-map = ⭐ Оставить отзыв на карте
feedback-no-comment = Добавить нечего
feedback-again = Вы уже оценили этот визит. Спасибо!

admin-low-rating =
    ⚠️ <b>Низкая оценка: { $stars }</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-comment =
    💬 <b>Отзыв: { $stars }</b>
    { $service }{ $staff }
    { $when }
    { $customer }

    { $comment }
