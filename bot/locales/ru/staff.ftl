### The room of the staff, and what a member of staff reads.

staff-section = 👥 Сотрудники

staff-title =
    <b>Сотрудники</b>
    К ним записываются клиенты – в этом порядке. Нажмите на имя, чтобы настроить.

staff-none =
    <b>Сотрудники</b>
    Пока никого нет. Добавьте первого – и к нему можно будет записаться.

staff-gone = Этого сотрудника уже нет в списке.
staff-button-add = ➕ Добавить
staff-button-deleted = 🗑 Удалённые ({ $count })
staff-button-all = ‹ Все сотрудники
staff-button-card = ‹ К сотруднику

staff-deleted-title =
    <b>Удалённые сотрудники</b>
    Нажмите на имя, чтобы вернуть.

staff-deleted-none = Удалённых сотрудников нет.

staff-card =
    <b>{ $name }</b>
    { $state }
    { $hours }
    Предстоящих записей: { $count }
    { $account }

staff-state-on = ✅ Принимает записи
staff-state-off = ⏸ Не принимает записи: клиенты его не видят
staff-account = 🔗 Видит своё расписание в Telegram
staff-account-none = Telegram не привязан
staff-button-hours = 🕘 Часы работы
staff-button-special = 🏖 Отпуск, особые дни
staff-button-visits = 📋 Записи
staff-button-rename = ✏️ Имя
staff-button-up = ⬆️ Выше
staff-button-down = ⬇️ Ниже
staff-button-on = ▶️ Принимает
staff-button-off = ⏸ Не принимает
staff-button-link = 🔗 Привязать Telegram
staff-button-unlink = 🔗 Отвязать Telegram
staff-button-delete = 🗑 Удалить
staff-place = Место в списке: { $place } из { $count }
staff-on-said = К сотруднику снова можно записаться.
staff-off-said = К сотруднику больше нельзя записаться.
staff-off-said-visits = Новых записей не будет. Прежние остаются: { $count }.
staff-last-off = Это единственный, кто принимает записи. На время закройте его дни в «Отпуск, особые дни».
staff-last-delete = Это единственный, кто принимает записи. Сначала добавьте другого.

staff-ask-name =
    Как зовут сотрудника? Имя увидят клиенты.
    Например: <i>Анна</i> или <i>Анна Петрова</i>

staff-ask-new-name =
    Сейчас: <b>{ $name }</b>
    Напишите новое имя, например: <i>Анна Петрова</i>

staff-name-length = Имя – от 1 до { $limit } символов, например: <i>Анна</i>. Напишите ещё раз.
staff-name-taken = «{ $name }» уже есть, клиенты их не различат. Добавьте фамилию или букву, например: <i>Анна П.</i>

staff-visits =
    <b>{ $name }</b>
    Предстоящих записей: { $count }

staff-visits-none =
    <b>{ $name }</b>
    Предстоящих записей нет.

staff-delete-ask =
    Удалить сотрудника «{ $name }»?

    Записаться к нему будет нельзя, его Telegram отвяжется. Прошлые записи останутся в истории. Вернуть можно в любой момент.

staff-delete-yes = 🗑 Да, удалить

staff-delete-visits =
    Удалить сотрудника «{ $name }» пока нельзя: к нему { $count ->
        [one] ждёт своего времени { $count } запись
        [few] ждут своего времени { $count } записи
       *[many] ждут своего времени { $count } записей
    }.

    Посмотрите их, затем перенесите или отмените в расписании. А чтобы не появлялись новые, нажмите «Не принимает».

staff-deleted-said = Сотрудник удалён.
staff-restored = Сотрудник вернулся. Проверьте часы и нажмите «Принимает».

staff-link =
    Отправьте эту ссылку сотруднику «{ $name }»:

    { $link }

    Кто откроет её первым, будет видеть расписание и узнавать о новых, перенесённых и отменённых записях к этому сотруднику. Ссылка одноразовая и действует { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[many] { $hours } часов
    }. Прежние ссылки больше не работают.

staff-linked-already = Telegram уже привязан.

staff-unlink-ask =
    Отвязать Telegram сотрудника «{ $name }»?

    Он больше не увидит расписание и не узнает о записях. Привязать можно снова – новой ссылкой.

staff-unlink-yes = Да, отвязать
staff-unlinked-said = Telegram отвязан.
staff-unlinked = Ваш Telegram отвязали от расписания. Записываться здесь вы можете как и прежде.

staff-welcome =
    ✅ Готово: вы видите расписание сотрудника «{ $name }».

    Я сообщу о новых записях, переносах и отменах. Всё расписание – по кнопке «Моё расписание» или команде /schedule.

staff-link-taken = К этому сотруднику уже привязан другой Telegram. Попросите администратора его отвязать и прислать новую ссылку.
staff-link-other-member = Ваш Telegram уже привязан к другому сотруднику. Попросите администратора его отвязать и прислать новую ссылку.
staff-link-gone = Этого сотрудника больше нет. Попросите у администратора новую ссылку.
staff-hours-as-business = Часы: как у всего заведения
staff-hours-own = Часы: свои
staff-hours-rota = Сменный график { $pattern } с { $date }: { $hours }
staff-day-off = выходной

staff-week =
    <b>{ $name }</b>
    { $kind }

    { $days }

staff-week-by-rota = Рабочие дни определяет сменный график. Какие это дни, видно в «Ближайшие 14 дней».
staff-week-empty = Хотя бы один день в неделе должен быть рабочим. Закрыть дни на время можно в «Отпуск, особые дни».
staff-button-rota = 🔄 Сменный график
staff-button-rota-change = 🔄 Изменить график
staff-button-rota-end = ✕ Убрать график
staff-button-as-business = 🏠 Как у всего заведения
staff-button-next-days = 👀 Ближайшие 14 дней
staff-button-day-off = Выходной
staff-button-copy = 📋 Скопировать на другие дни

staff-ask-day =
    <b>{ $day }</b>
    Сейчас: { $now }

    Напишите часы, например: <i>9-18</i>. С перерывом: <i>9-13, 14-18</i>. За полночь: <i>18-02</i>.

staff-hours-unreadable = Не понял часы. Напишите, например: <i>9-18</i>, с перерывом <i>9-13, 14-18</i> или <i>выходной</i>.
staff-hours-reversed = Похоже, начало и конец перепутаны. Напишите сначала начало, например: <i>9-18</i>. За полночь можно до 8 утра: <i>18-02</i>.
staff-hours-overlapping = Промежутки накладываются друг на друга. Напишите их по порядку, например: <i>9-13, 14-18</i>.
staff-hours-too-many = Слишком много промежутков: можно до 6 в день. Например: <i>9-13, 14-18</i>.

staff-copy =
    <b>{ $day }</b>: { $hours }
    На какие дни скопировать?

staff-button-workdays = Пн–пт
staff-button-whole-week = Вся неделя
staff-copied = Скопировано.

staff-as-business-ask =
    { $now }.

    Вернуть часы всего заведения? Свои часы и график сотрудника пропадут, отпуск и особые дни останутся.

staff-as-business-yes = Да, вернуть
staff-as-business-said = Часы – как у всего заведения.

staff-rota =
    <b>Сменный график</b>
    Рабочие дни и выходные чередуются независимо от дня недели. Какой график?

staff-button-rota-own = ✏️ Другой

staff-ask-rota =
    Напишите график, например: <i>1/3</i> – день работы, три выходных.
    Сложный график – по дням: <i>1101000</i>, где 1 – работа, 0 – выходной.

staff-rota-unreadable = Не понял график. Напишите, например: <i>2/2</i> или по дням <i>110</i>.
staff-rota-no-work = В графике нет ни одного рабочего дня. Напишите, например: <i>2/2</i>.
staff-rota-too-long = Слишком длинный график: можно до { $days } дней. Напишите, например: <i>2/2</i>.

staff-ask-rota-from =
    График <b>{ $pattern }</b>.
    Когда первый рабочий день смены? Выберите или напишите дату, например: <i>25.12</i>

staff-dates-one = Нужен один день, например: <i>25.12</i>.

staff-ask-rota-hours =
    График <b>{ $pattern }</b> с { $date }.
    В какие часы смена? Например: <i>10-20</i> или с перерывом <i>10-14, 15-20</i>.

staff-rota-hours-closed = Для смены нужны рабочие часы, например: <i>10-20</i>.
staff-rota-ended = Сменного графика больше нет.

staff-next-days =
    <b>{ $name }</b>
    Ближайшие 14 дней:

    { $days }

staff-special =
    <b>{ $name }</b>
    Отпуск и особые дни. Нажмите на строку, чтобы убрать.

staff-special-none =
    <b>{ $name }</b>
    Особых дней нет. Закройте дни отпуска или задайте другие часы на один день.

staff-button-off-add = 🏖 Отпуск или выходной
staff-button-special-add = 🕘 Другие часы
staff-special-card = { $days }
staff-special-gone = Этих дней в списке уже нет.
staff-button-special-drop = ✕ Убрать: снова как обычно
staff-special-dropped = Эти дни снова как обычно.
staff-ask-special-dates = В какие дни другие часы? Например: <i>31.12</i> или <i>25.12-30.12</i>

staff-ask-special-hours =
    <b>{ $days }</b>
    В какие часы работает? Например: <i>9-15</i> или с перерывом <i>9-13, 14-18</i>.

staff-special-saved =
    ✅ <b>{ $name }</b>
    { $days }: { $hours }{ $outside }

staff-hours-outside =
    ⚠️ Вне новых рабочих часов { $count ->
        [one] остаётся { $count } запись
        [few] остаются { $count } записи
       *[many] остаётся { $count } записей
    }. Перенесите или отмените их в расписании.

staff-special-outside =
    ⚠️ В эти дни вне рабочих часов { $count ->
        [one] остаётся { $count } запись
        [few] остаются { $count } записи
       *[many] остаётся { $count } записей
    }. Перенесите или отмените их в расписании.

staff-ask-off = В какие дни не работает? Например: <i>25.12</i> или <i>25.12-08.01</i>

staff-off-check =
    Закрыть для записи?
    <b>{ $name }</b>: { $days }

staff-off-hits =
    ⚠️ На эти дни { $count ->
        [one] уже есть { $count } запись. Она не отменится: перенесите или отмените её в расписании.
        [few] уже есть { $count } записи. Они не отменятся: перенесите или отмените их в расписании.
       *[many] уже есть { $count } записей. Они не отменятся: перенесите или отмените их в расписании.
    }

staff-off-hits-none = Записей на эти дни нет.
staff-button-off-save = ✅ Закрыть
staff-button-off-note = ✏️ Закрыть с пометкой
staff-ask-off-note = Напишите пометку для себя, например: <i>отпуск</i>. Клиенты её не увидят.
staff-note-length = Пометка – не длиннее { $limit } символов, например: <i>отпуск</i>. Напишите ещё раз.
staff-dates-unreadable = Не понял дату. Напишите, например: <i>25.12</i> или <i>25.12-31.12</i>.
staff-dates-past = Эти дни уже прошли. Напишите дату в будущем, например: <i>25.12</i>.
staff-dates-reversed = Похоже, начало и конец перепутаны. Напишите, например: <i>25.12-31.12</i>.
staff-dates-too-long = Это больше года. Напишите промежуток короче, например: <i>25.12-31.12</i>.
staff-dates-too-far = Это слишком далеко: можно на два года вперёд. Например: <i>25.12</i>.
menu-my-schedule = 🗒 Моё расписание

staff-my-today =
    <b>{ $name }</b>, сегодня
    Записей: { $count }

staff-my-tomorrow =
    <b>{ $name }</b>, завтра
    Записей: { $count }

staff-my-week =
    <b>{ $name }</b>, ближайшие 7 дней
    Записей: { $count }

staff-my-part-today = Сегодня
staff-my-part-tomorrow = Завтра
staff-my-part-week = Неделя

staff-handed-over =
    ↪️ <b>Запись теперь у другого специалиста</b>
    { $service }
    Было у вас: { $when }
