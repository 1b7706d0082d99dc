### The panel's schedule: the bookings of a day, a booking's card, booking by hand, the daily lists.

schedule-door = 🗓 Расписание
schedule-hand-door = ➕ Записать клиента
schedule-everybody = Все специалисты

schedule-day =
    <b>{ $date }</b>{ $staff }
    { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    }

schedule-day-none =
    <b>{ $date }</b>{ $staff }
    Записей нет. Если клиент позвонил или пришёл сам, нажмите «Записать клиента».

schedule-week-button = Неделя
schedule-month-button = Месяц
schedule-today-button = Сегодня
schedule-panel-button = ‹ Управление
schedule-day-button = ‹ К расписанию
schedule-card-button = ‹ К записи

schedule-week =
    <b>Неделя { $from } – { $to }</b>{ $staff }

    { $days }

schedule-week-day =
    { $date }: { $count ->
        [0] записей нет
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    }, { $load }

schedule-load-closed = выходной
schedule-load-free = весь день свободен
schedule-load-some = есть свободное время
schedule-load-little = свободного мало
schedule-load-full = всё занято

schedule-month =
    <b>{ $month }</b>{ $staff }
    После точки – сколько записей в этот день.

schedule-choose-staff = Чьё расписание показать?

schedule-card =
    { $said }<b>{ $service }</b>
    { $when }{ $details }

    { $customer }
    { $outcomes }{ $note }

    { $status }
    { $history }

schedule-outcomes = Приходил(а): { $came }, не пришёл(ла): { $missed }, отмен: { $cancelled }
schedule-note-line = Заметка: { $note }
schedule-status-hold = ⏳ Выбирает время
schedule-status-pending = ⏳ Ждёт подтверждения
schedule-status-booked = 🆕 Записан(а)
schedule-status-confirmed = ☑️ Подтверждена
schedule-status-came = ✅ Пришёл(ла)
schedule-status-no_show = 🚫 Не пришёл(ла)
schedule-status-cancelled = ❌ Отменена
schedule-status-expired = ⌛ Не подтверждена вовремя
schedule-status-waiting = ⏳ В листе ожидания
schedule-history-created = { $at } – записал(а) { $who }
schedule-history-rescheduled = { $at } – { $who }: перенос с { $old } на { $new }
schedule-history-changed = { $at } – { $who }: { $what }
schedule-history-cancelled = { $at } – { $who }: отмена{ $why }
schedule-history-status = { $at } – { $who }: { $status }
schedule-who-customer = клиент
schedule-who-admin = администратор
schedule-who-operator = оператор
schedule-who-system = бот
schedule-confirm-button = ☑️ Подтвердить
schedule-came-button = ✅ Пришёл(ла)
schedule-no-show-button = 🚫 Не пришёл(ла)
schedule-move-button = 🔁 Перенести
schedule-service-button = 🏷 Другая услуга
schedule-member-button = 👤 Другой специалист
schedule-note-button = 📝 Заметка
schedule-cancel-button = ❌ Отменить запись
schedule-gone = Такой записи нет.
schedule-moved-meanwhile = Пока вы смотрели, запись изменили. Вот как она выглядит сейчас.
schedule-is-now = Эта запись сейчас: { $status }.
schedule-already = Уже отмечено.
schedule-marked = Отмечено: { $status }.
schedule-not-begun = Визит ещё не начался: отметить, кто пришёл, можно с его начала.
schedule-already-begun = Визит уже начался, подтверждать поздно. Отметьте, пришёл ли клиент.
schedule-too-late = Исправить отметку можно только в день визита или в день, когда она поставлена.

schedule-note-ask =
    Напишите заметку к записи, до 500 знаков. Её видят только администраторы.
    Например: «Просила без фена».{ $now }

schedule-note-now = Сейчас: { $note }
schedule-note-clear = 🗑 Убрать заметку
schedule-note-long = Слишком длинно: { $count } знаков, а поместится 500. Сократите, пожалуйста.
schedule-note-saved = Заметка сохранена.
schedule-note-cleared = Заметки больше нет.

schedule-cancel-ask =
    <b>Отменить запись?</b>

    { $service }
    { $when }
    { $customer }

    Время освободится. { $reach }
    Можно указать причину: просто напишите её сообщением.

schedule-cancel-plain = Да, отменить без причины
schedule-cancel-long = Причина длиннее 200 знаков. Напишите короче, например: «Мастер заболел».

schedule-cancel-sure =
    <b>Отменить запись?</b>

    { $service }
    { $when }
    { $customer }

    Причина: { $reason }
    { $reach }

schedule-cancel-yes = Да, отменить
schedule-cancel-no = Нет, оставить
schedule-reason-lost = Причина не сохранилась. Напишите её ещё раз.
schedule-cancelled = Запись отменена.
schedule-will-tell = Клиент получит сообщение.
schedule-cannot-tell = Сообщения клиент не получит: в боте его нет. Позвоните сами.
schedule-is-gone = Сообщения клиент не получит: он заблокировал бота. Позвоните сами.
schedule-no-need-to-tell = Время визита прошло, поэтому клиенту ничего не придёт.
schedule-told = Клиенту отправлено сообщение.
schedule-type-time = ⌨️ Ввести время

schedule-type-time-ask =
    <b>{ $service }</b>
    Напишите день и время, например: 26.11 14:30 или «завтра 9:00».

schedule-time-unclear = Не понял время. Напишите день и время так: 26.11 14:30
schedule-no-such-day = Такого дня нет в календаре. Напишите день и время так: 26.11 14:30
schedule-time-past = Это время уже прошло. Напишите будущее, например: завтра 9:00
schedule-time-far = Это больше чем через год. Напишите время поближе, например: 26.11 14:30

schedule-time-taken =
    В это время занято:{ $hindrances }

    Напишите другое время.

schedule-hindrance-visit = • { $time } – { $who }, { $what }
schedule-hindrance-hold = • { $time } – это время сейчас оформляет клиент
schedule-hindrance-block = • { $time } – время закрыто{ $what }

schedule-move-sure =
    <b>Перенести запись?</b>

    { $service }{ $staff }
    { $customer }
    Было: { $old }
    Будет: { $when }

    { $warning }{ $reach }

schedule-outside-hours = ⚠️ Это время вне рабочих часов.
schedule-anyway = Да, всё равно
schedule-moved = Запись перенесена.
schedule-already-there = Запись уже на этом времени.

schedule-choose-service =
    <b>На какую услугу поменять?</b>
    Здесь то, что делает { $name }. Время начала не изменится.

schedule-no-other-service = { $name } не делает других услуг. Сначала выберите другого специалиста.

schedule-choose-member =
    <b>К кому перевести запись?</b>
    Время не изменится.

schedule-no-other-member = Эту услугу больше никто не делает.

schedule-change-sure =
    <b>Изменить запись?</b>

    Было: { $before }
    Будет: { $after }

    { $warning }{ $reach }

schedule-change-yes = ✅ Изменить

schedule-not-fitting =
    Так не получится, в это время занято:{ $hindrances }

    Выберите другое или сначала перенесите запись.

schedule-changed = Запись изменена.
schedule-not-on-offer = Этого больше нет в списке услуг.
schedule-hand-service = <b>На что записать?</b>
schedule-hand-no-services = Записать пока не на что: нет ни одной включённой услуги. Добавьте её в разделе услуг.

schedule-hand-member =
    <b>{ $service }</b>
    К кому записать?

schedule-hand-who =
    <b>{ $service }</b>
    { $when }
    { $warning }
    Кого записать? Напишите имя и телефон, например: Анна 8 916 123-45-67.
    Если клиент уже бывал у вас, хватит имени, номера или его последних цифр.

schedule-hand-found = Кого из них записать? Если никого из этих – напишите имя и телефон ещё раз.
schedule-hand-more = Показаны не все. Напишите точнее, например полный номер.
schedule-hand-new = ➕ Новый клиент: { $who }
schedule-hand-only-phone = Клиента с номером { $phone } ещё нет. Напишите имя и номер вместе, например: Анна { $phone }
schedule-hand-nobody = По «{ $typed }» никого не нашлось. Новый клиент?
schedule-hand-no-digits = Номера с такими цифрами нет. Напишите имя и номер целиком, например: Анна 8 916 123-45-67

schedule-hand-sure =
    <b>Записать?</b>

    { $customer }
    { $service }{ $staff }
    { $when }{ $price }

    { $warning }{ $reach }

schedule-hand-yes = ✅ Записать
schedule-hand-lost = Имя не сохранилось. Напишите его ещё раз.
schedule-hand-booked = Клиент записан.
schedule-hand-again = Эта запись уже сделана.

schedule-tell-confirmed =
    ✅ <b>Ваша запись подтверждена</b>

    { $service }
    { $when }{ $details }

schedule-tell-cancelled =
    ❌ <b>Ваша запись отменена</b>

    { $service }
    { $when }{ $why }

    Извините за неудобство. Выбрать другое время можно здесь же. { $contact }

schedule-tell-why = Причина: { $reason }

schedule-tell-moved =
    🔁 <b>Ваша запись перенесена</b>

    { $service }
    Было: { $old }
    Теперь: { $when }

    Если время не подходит, запись можно изменить. { $contact }

schedule-tell-changed =
    ✏️ <b>Ваша запись изменена</b>

    { $service }
    { $when }{ $details }

schedule-tell-booked =
    ✅ <b>Вас записали</b>

    { $service }
    { $when }{ $details }

    { $rules }

schedule-morning =
    <b>Сегодня, { $date }</b>
    { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    }:{ $lines }

schedule-morning-own =
    <b>Ваши записи на сегодня, { $date }</b>
    { $lines }

schedule-morning-none = Сегодня, { $date }, записей нет.
schedule-more = … и ещё { $count }
schedule-open-day = 🗓 Открыть день

schedule-evening =
    <b>{ $date }: кто пришёл?</b>
    Не отмечено: { $count }. Слева – пришёл, справа – не пришёл.

schedule-evening-done = { $date }: все визиты отмечены. Спасибо!
schedule-evening-no-show = 🚫 Не пришёл(ла)
