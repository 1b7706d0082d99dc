### The admin panel's room of opening hours, special days, public holidays and closed time.

calendar-door = 🕘 Часы и выходные

calendar-home =
    <b>Часы и выходные</b>
    Когда к вам можно записаться. Изменения действуют сразу.

calendar-week-button = 🕘 Часы по дням недели
calendar-days-button = 📅 Особые дни ({ $count })
calendar-holidays-button = 🎉 Праздники
calendar-blocks-button = 🔒 Закрытое время ({ $count })
calendar-block-add = ⛔ Закрыть время
calendar-closed = выходной
calendar-all-day = весь день
calendar-everybody = Все специалисты
calendar-line-reason = Причина: { $reason }
calendar-line-note = Пометка: { $note }
calendar-more-bookings = … и ещё { $count }
calendar-saved = ✅ Сохранено.

calendar-saved-outside =
    ✅ Сохранено. Вне рабочих часов { $count ->
        [one] осталась { $count } запись
        [few] остались { $count } записи
       *[many] осталось { $count } записей
    }: перенесите или отмените их в расписании.

calendar-same = Так уже и было – менять нечего.

calendar-outside =
    ⚠️ <b>Вне новых часов { $count ->
        [one] окажется { $count } запись
        [few] окажутся { $count } записи
       *[many] окажется { $count } записей
    }</b>{ $list }

    Сами они не отменятся, клиентам ничего не придёт. Перенесите или отмените их в расписании. Сохранить новые часы?

calendar-outside-yes = Сохранить, записи оставить

calendar-week =
    <b>Часы по дням недели</b>
    Это часы всего заведения. У специалиста могут быть свои.

    Нажмите на день, чтобы изменить его.

calendar-weekday =
    <b>{ $day }</b>
    Сейчас: { $hours }

    Напишите новые часы, например <code>9-18</code>. С перерывом: <code>9-13, 14-18</code>. До ночи: <code>18-02</code>.

calendar-day-off = 🚫 Сделать выходным
calendar-copy-open = 📋 Скопировать на другие дни

calendar-copy =
    <b>Куда скопировать часы?</b>
    { $day }: { $hours }

    Отметьте дни: их нынешние часы заменятся этими.

calendar-copy-do =
    📋 Скопировать на { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[many] { $count } дней
    }

calendar-week-empty = Хотя бы один день недели должен быть рабочим. Если вы закрываетесь на время, добавьте эти даты в «Особые дни».
calendar-hours-unreadable = Не получилось прочитать часы. Напишите, например, <code>9-18</code> или <code>9-13, 14-18</code>; «выходной» – если день нерабочий.
calendar-hours-reversed = Конец раньше начала. Напишите сначала начало, потом конец, например <code>9-18</code>.
calendar-hours-overlapping = Эти часы пересекаются. Разделите их перерывом, например <code>9-13, 14-18</code>.
calendar-hours-too-many = Слишком много промежутков: в одном дне их может быть не больше шести. Например: <code>9-13, 14-18</code>.

calendar-days =
    <b>Особые дни</b>
    В эти даты вместо обычных часов действуют другие.

calendar-days-none =
    <b>Особые дни</b>
    Пока их нет. Добавьте дату, когда работаете по-другому или отдыхаете: сокращённый день, отпуск, рабочее воскресенье.

calendar-day-add = ➕ Добавить день

calendar-pick-day =
    <b>Какой день?</b>
    Нажмите на число или напишите дату, например <code>31.12</code> или <code>30.12-08.01</code>.

calendar-pick-block-day =
    <b>В какой день закрыть время?</b>
    Нажмите на число или напишите дату, например <code>31.12</code> или <code>30.12-08.01</code>.

calendar-pick-last =
    С какого дня: { $from }
    <b>По какой день включительно?</b> Нажмите на число или напишите дату, например <code>08.01</code>.

calendar-dates-unreadable = Не получилось прочитать дату. Напишите, например, 31.12 или 30.12-08.01.
calendar-dates-past = Это время уже прошло. Выберите другое.
calendar-dates-reversed = Последний день раньше первого. Напишите, например, 30.12-08.01.
calendar-dates-too-far = Так далеко планировать нельзя: можно не больше чем на два года вперёд.
calendar-dates-too-long = Слишком много дней подряд: за один раз – не больше года.
calendar-more-days = 📆 Несколько дней подряд

calendar-day-hours =
    <b>{ $days }</b>
    Какие будут часы? Напишите, например, <code>10-15</code> или <code>9-13, 14-18</code>.

calendar-day-closed = 🚫 Не работаем

calendar-day-card =
    <b>{ $days }</b>
    Часы: { $hours }{ $note }

calendar-day-change = ✏️ Изменить часы
calendar-day-note-button = 💬 Пометка
calendar-day-note = Напишите пометку для себя, например <code>санитарный день</code>. Чтобы убрать её, напишите <code>-</code>.
calendar-note-long = Слишком длинно: пометка – до { $limit } знаков. Например: <code>санитарный день</code>.
calendar-day-remove = 🗑 Вернуть обычные часы
calendar-day-gone = Этого особого дня уже нет. Вот свежий список.

calendar-holidays =
    <b>Праздники { $year } года</b>
    ✅ – не работаем. Нажмите на день, чтобы изменить. 1–8 января – новогодние каникулы, 7 января – Рождество.{ $special }

    Здесь только постоянные праздники из Трудового кодекса. Переносы выходных правительство назначает каждый год отдельно: бот их не знает, добавьте такие дни сами.

calendar-holidays-none =
    <b>Праздники { $year } года</b>
    В этом году праздников больше не осталось. Посмотрите следующий год.{ $special }

calendar-holidays-special = ✏️ – на этот день заданы особые часы, они важнее праздника.
calendar-holidays-all = ✅ Не работаем во все праздники
calendar-holidays-add = ➕ Другой день
calendar-holiday-new-year = Новогодние каникулы
calendar-holiday-christmas = Рождество Христово
calendar-holiday-defenders = День защитника Отечества
calendar-holiday-women = Международный женский день
calendar-holiday-spring = Праздник Весны и Труда
calendar-holiday-victory = День Победы
calendar-holiday-russia = День России
calendar-holiday-unity = День народного единства

calendar-blocks =
    <b>Закрытое время</b>
    На это время записаться нельзя. Нажмите, чтобы посмотреть или открыть его.

calendar-blocks-none =
    <b>Закрытое время</b>
    Закрытого времени нет. Если нужно уйти пораньше, заболели или уезжаете, нажмите «Закрыть время».

calendar-block-card =
    <b>Закрытое время</b>
    { $what }

    Если открыть его, клиенты снова смогут записываться.

calendar-block-open = 🔓 Открыть
calendar-block-opened = Время открыто: на него снова можно записаться.
calendar-block-gone = Это время уже открыто. Вот свежий список.
calendar-block-who = <b>Чьё время закрыть?</b>
calendar-staff-gone = Этого специалиста больше нет. Начните заново.

calendar-block-time =
    <b>{ $days }</b>
    Какое время закрыть? Напишите, например, <code>12-15</code> или <code>14:30-16</code>. Или нажмите кнопку.

calendar-block-days =
    <b>{ $days }</b>
    Эти дни закроются целиком.

calendar-block-days-whole = Несколько дней подряд можно закрыть только целиком: нажмите кнопку.
calendar-block-time-wrong = Нужен один промежуток: начало и конец, например <code>12-15</code> или <code>14:30-16</code>.
calendar-no-such-time = Такого времени в этот день нет: часы переводят. Укажите другое.
calendar-whole-day = ⛔ Весь день
calendar-whole-days = ⛔ Закрыть эти дни

calendar-block-view =
    <b>Закрыть это время?</b>
    { $what }

    { $bookings }

calendar-block-again =
    <b>Это время уже закрыто</b>
    { $what }

    { $bookings }

calendar-block-hits-none = Записей на это время нет.

calendar-block-hits =
    На это время { $count ->
        [one] есть { $count } запись
        [few] есть { $count } записи
       *[many] есть { $count } записей
    }:{ $list }

    Если отменить, каждому клиенту придёт сообщение и предложение выбрать другое время.

calendar-block-yes = ⛔ Закрыть

calendar-block-cancel =
    ❌ Закрыть и отменить { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    }

calendar-block-keep = ⛔ Закрыть, записи оставить
calendar-reason-add = 💬 Указать причину
calendar-reason-change = 💬 Изменить причину
calendar-block-reason = Напишите причину, например <code>мастер заболел</code>. Её увидят клиенты, чьи записи вы отмените. Чтобы убрать причину, напишите <code>-</code>.
calendar-reason-long = Слишком длинно: причина – до { $limit } знаков. Например: <code>мастер заболел</code>.
calendar-reason-lost = Причина не сохранилась. Проверьте и укажите её ещё раз, если нужно.
calendar-block-changed = Пока вы решали, записи изменились. Ничего не сделано: посмотрите ещё раз.
calendar-block-done-before = Это время уже закрыто.

calendar-block-done =
    ⛔ <b>Время закрыто</b>
    { $what }

calendar-block-cancelled = Отменено записей: { $count }.
calendar-block-told = Клиентам отправлены сообщения: { $count }.
calendar-block-untold = ⚠️ Этим клиентам бот написать не может. Позвоните им, пожалуйста:{ $list }
calendar-block-kept = Оставлено записей: { $count }. Их можно перенести или отменить в расписании.
calendar-to-blocks = 🔒 Закрытое время

calendar-cancelled-notice =
    ❌ <b>Нам пришлось отменить вашу запись</b>

    { $service }
    { $when }{ $reason }

    Извините, пожалуйста. Мы будем рады видеть вас в другое время.

calendar-other-times = 🕘 Выбрать другое время
