### The room of settings.

settings-door = ⚙️ Настройки
settings-title = <b>Настройки</b>
settings-heading = <b>{ $group }</b>
settings-line = { $name }: { $value }

settings-operators =
    <b>От оператора</b>
    Название: { $title }
    Часовой пояс: { $zone }
    Чтобы изменить их, напишите оператору.

settings-choose = Нажмите на то, что хотите изменить.

settings-one =
    <b>{ $name }</b>
    { $about }

    Сейчас: { $value }

    { $hint }

settings-saved = ✅ { $name }: { $value }
settings-saved-toast = Сохранено
settings-already-so = Уже так
settings-wrong = Такое значение не подходит. { $hint }
settings-wrong-toast = Такое значение не подходит
settings-closes = С таким значением записаться не сможет никто: ближайшее разрешённое время окажется позже последнего открытого дня. Сначала измените «Записаться не позднее» или «Запись открыта».
settings-closes-toast = Не сохранено: тогда не сможет записаться никто
settings-clear = 🗑 Очистить
settings-reset = ↺ По умолчанию: { $value }
settings-group-booking = 📅 Запись
settings-group-changes = 🔁 Отмена и перенос
settings-group-contacts = 📍 Контакты
settings-group-notices = 🔔 Уведомления
settings-group-protection = 🛡 Защита от спама
settings-name-slotStepMinutes = Шаг времени
settings-about-slotStepMinutes = Через сколько минут друг от друга предлагать время: при шаге 30 минут это 10:00, 10:30, 11:00.
settings-name-leadMinutes = Записаться не позднее
settings-about-leadMinutes = За сколько до начала ещё можно записаться, чтобы вы успели подготовиться.
settings-name-horizonDays = Запись открыта
settings-about-horizonDays = На сколько дней вперёд клиенты могут записываться.
settings-name-maxBookingsPerUser = Записей у одного клиента
settings-about-maxBookingsPerUser = Сколько предстоящих записей может быть у клиента одновременно.
settings-name-contactDetails = Имя и телефон
settings-about-contactDetails = Спрашивать ли у клиента имя и телефон перед первой записью. Сначала бот попросит согласие на обработку персональных данных. «Обязательно»: без согласия, имени и телефона записаться нельзя.
settings-value-contact-off = не спрашивать
settings-value-contact-asked = спрашивать, можно пропустить
settings-value-contact-required = обязательно
settings-name-holdMinutes = Держать время
settings-about-holdMinutes = Сколько минут выбранное время остаётся за клиентом, пока он не подтвердил запись. Потом оно снова свободно для всех.
settings-name-waitlist = Лист ожидания
settings-about-waitlist = Может ли клиент ждать место на день, когда всё занято. Когда время освободится, бот предложит его первому в очереди.
settings-name-waitlistOfferMinutes = Держать для очереди
settings-about-waitlistOfferMinutes = Сколько минут освободившееся время остаётся за тем, кому его предложили из листа ожидания. Потом его предложат следующему.
settings-name-cancellationHours = Отменить можно
settings-about-cancellationHours = За сколько до начала клиент ещё может отменить запись сам.
settings-name-rescheduleHours = Перенести можно
settings-about-rescheduleHours = За сколько до начала клиент ещё может перенести запись сам. Если перенос разрешён позже отмены, запись можно перенести подальше и затем отменить.
settings-name-graceMinutes = Время передумать
settings-about-graceMinutes = Сколько времени после записи клиент может её отменить или перенести, даже если срок уже прошёл.
settings-name-address = Адрес
settings-about-address = Куда приходить: адрес видят в записи и в разделе «О нас».
settings-name-phone = Телефон
settings-about-phone = По какому номеру с вами связаться: его видят в записи и в разделе «О нас».
settings-name-mapUrl = Ссылка на карту
settings-about-mapUrl = Место на карте: ссылка «Показать на карте» появится под адресом.
settings-name-siteUrl = Сайт
settings-about-siteUrl = Ваш сайт или страница: ссылка появится в разделе «О нас».
settings-name-privacyUrl = Политика о данных
settings-about-privacyUrl = Страница с вашей политикой обработки персональных данных: ссылка появится там, где бот просит согласие.
settings-name-about = О нас
settings-about-about = Несколько слов о вас в начале раздела «О нас».
settings-name-reminderHours = Напоминания
settings-about-reminderHours = За сколько часов до визита напомнить клиенту; каждое напоминание приходит один раз.
settings-name-feedbackHours = Вопрос «Как всё прошло?»
settings-about-feedbackHours = Через сколько часов после визита спросить у клиента оценку.
settings-name-quietFrom = Тихие часы: с
settings-about-quietFrom = С какого времени бот ничего не пишет клиентам сам. Одинаковые начало и конец – тихих часов нет.
settings-name-quietTo = Тихие часы: до
settings-about-quietTo = До какого времени бот ничего не пишет клиентам сам.
settings-name-morningListTime = Список на день
settings-about-morningListTime = Когда утром присылать администраторам и сотрудникам записи на сегодня.
settings-name-eveningListTime = Кто не отмечен
settings-about-eveningListTime = Когда вечером спросить, кто пришёл, а кто нет.
settings-name-autoCameHours = Сам отметит «пришёл»
settings-about-autoCameHours = Через сколько часов после визита считать, что клиент пришёл, если никто не отметил.
settings-value-after = через { $value }
settings-type-clock = Выберите или пришлите время, например 9:30; «нет» – выключить, где это можно.
settings-type-hour-list = Выберите или пришлите часы через запятую, например 24, 3; «нет» – не напоминать.
settings-name-notifyAdmins = Сообщать о записях
settings-about-notifyAdmins = Сообщать администраторам о каждой записи, переносе и отмене. О клиенте, который опоздал с отменой, бот сообщит в любом случае.
settings-name-rateMessagesPerMinute = Сообщений от человека
settings-about-rateMessagesPerMinute = Сколько сообщений в минуту бот принимает от одного человека; лишние остаются без ответа.
settings-name-rateTapsPerMinute = Нажатий от человека
settings-about-rateTapsPerMinute = Сколько нажатий на кнопки в минуту бот принимает от одного человека; лишние остаются без ответа.
settings-name-adminAdditionsPerHour = Новых администраторов
settings-about-adminAdditionsPerHour = Сколько администраторов можно добавить за час. Если кто-то завладеет вашим аккаунтом, он не приведёт толпу.
settings-group-data = 🔒 Данные клиентов
settings-name-retentionMonths = Хранить данные клиентов
settings-about-retentionMonths = Через сколько месяцев после последнего визита и последнего сообщения стереть личные данные клиента: имя, контакты, заметки, отзывы словами. Визиты, суммы и оценки останутся без имени. Стёртое вернуть нельзя.

settings-value-months =
    { $count ->
        [one] { $count } месяц
        [few] { $count } месяца
       *[many] { $count } месяцев
    }

settings-value-for-ever = без срока

settings-retention-ask =
    <b>Хранить данные клиентов: { $value }?</b>

    Каждую ночь бот будет стирать личные данные тех, кто так долго не приходил и не писал: имя, контакты, заметки, отзывы словами. Их чат с ботом начнётся заново, написать им вы больше не сможете. Визиты, суммы и оценки останутся без имени.

    Сейчас это коснётся клиентов: { $count }. Вернуть их данные будет нельзя.

settings-retention-yes = Да, стирать
settings-retention-no = Нет, оставить как есть
settings-type-minutes = Выберите или пришлите своё число минут: от { $least } до { $most }. Можно и так: «2 часа».
settings-type-hours = Выберите или пришлите своё число часов: от { $least } до { $most }. Можно и так: «3 дня».
settings-type-days = Выберите или пришлите своё число дней: от { $least } до { $most }, например 45.
settings-type-count = Выберите или пришлите своё число: от { $least } до { $most }.
settings-type-text = Пришлите новый текст: до { $most } знаков.
settings-type-phone = Пришлите номер, например +7 900 123-45-67: до { $most } знаков.
settings-type-link = Пришлите ссылку, которая начинается с https://, например https://yandex.ru/maps: до { $most } знаков.
settings-type-one-of = Выберите кнопкой.
settings-type-switch = Выберите кнопкой.

settings-hours =
    { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[many] { $hours } часов
    }

settings-days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }

settings-value-before = за { $value }
settings-value-any-time = до самого начала
settings-value-as-cancel = как для отмены
settings-value-never = нет
settings-value-ahead = на { $value } вперёд

settings-value-bookings =
    { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    }

settings-value-per-minute = { $value } в минуту
settings-value-per-hour = { $value } в час
settings-value-on = да
settings-value-off = нет
settings-value-empty = не указано
