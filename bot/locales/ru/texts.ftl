### The room of texts.

texts-door = ✏️ Тексты

texts-title =
    <b>Тексты</b>
    Здесь можно изменить то, что бот пишет клиентам. Выберите раздел.

texts-counts = Своих текстов: { $own }
texts-attention = ⚠️ Требуют внимания: { $count }

texts-group =
    <b>{ $group }</b>
    ✏️ – ваш текст, ⚠️ – требует внимания.

texts-group-welcome = 👋 Приветствие
texts-group-choosing = 🔎 Выбор времени
texts-group-booking = 📅 Запись
texts-group-waitlist = 🔔 Лист ожидания
texts-group-contact = 👤 Имя и телефон
texts-group-own = 🗓 Свои записи
texts-group-changes = 🔁 Перенос и отмена
texts-group-notices = 📣 Изменения от вас
texts-group-reminders = ⏰ Напоминания
texts-group-feedback = ⭐ Отзывы и новости
texts-group-rules = 📜 Правила и контакт

texts-one =
    <b>{ $name }</b> · { $language }
    { $state }

    Так видит клиент (данные для примера):
    ──────────
    { $preview }
    ──────────{ $words }

texts-is-own = ✏️ Ваш текст
texts-is-default = Стандартный текст
texts-is-shown-default = Стандартный текст – сейчас вместо него ваш
texts-needs-attention = ⚠️ Ваш текст требует внимания. { $problem }
texts-not-shown = Клиенты видят стандартный текст.
texts-words = Можно вставить: { $list }
texts-words-required = Обязательно вставить: { $list }
texts-edit = ✏️ Изменить
texts-see-default = 👁 Стандартный текст
texts-see-own = ‹ Ваш текст
texts-reset = ↺ Вернуть стандартный
texts-other-language = 🌐 { $language }
texts-is-already-default = Уже стандартный
texts-was-reset = Вернули стандартный текст

texts-ask =
    <b>{ $name }</b> · { $language }
    Пришлите новый текст одним сообщением. Жирный, курсив и ссылки сохранятся. Слова в фигурных скобках бот заменит сам.

    Сейчас (нажмите, чтобы скопировать):
    <pre>{ $text }</pre>{ $words }

texts-draft =
    <b>{ $name }</b> · { $language }
    Проверьте: так увидит клиент (данные для примера).
    ──────────
    { $preview }
    ──────────
    Ещё не сохранено. Чтобы поправить, пришлите текст ещё раз.

texts-save = ✅ Сохранить
texts-saved = ✅ Сохранено. Клиенты увидят этот текст уже в следующем сообщении.
texts-saved-toast = Сохранено
texts-already-so = Уже так
texts-changed-meanwhile = Пока вы писали, этот текст изменил другой администратор. Ваш не сохранён: ниже то, что есть сейчас.
texts-draft-lost = Черновик потерялся. Пришлите текст ещё раз.
texts-wrong-tag = Теги не нужны: клиент увидел бы «{ $word }» буквально. Выделите слова жирным или курсивом прямо в Telegram и пришлите текст ещё раз.
texts-wrong-brace = Лишняя фигурная скобка. Скобки нужны только вокруг слов-подстановок, например { $example }, а само слово не выделяйте по частям.
texts-wrong-brace-none = Фигурные скобки здесь не нужны: в этот текст ничего не подставляется.
texts-wrong-unknown = Не знаю, что подставить вместо { $names }. Здесь можно вставить: { $list }.
texts-wrong-unknown-none = Не знаю, что подставить вместо { $names }: в этот текст ничего не подставляется.
texts-wrong-missing = В тексте не хватает: { $names }. Без этого клиент не поймёт, о чём сообщение.
texts-wrong-long = Слишком длинно: вместе с подстановками должно остаться не больше { $most } знаков своего текста. Сократите и пришлите ещё раз.
texts-wrong-empty = Текст пустой. Напишите хотя бы слово.
texts-wrong-damaged = Он записан с ошибкой. Напишите его заново или верните стандартный.
texts-example-name = Анна
texts-example-service = Стрижка
texts-example-service-more = Укладка
texts-example-category = Волосы
texts-example-staff = Мария
texts-example-reason = Мастер заболел
texts-example-description = С мытьём и укладкой
texts-arg-name = имя
texts-arg-title = название
texts-arg-service = услуга
texts-arg-facts = условия
texts-arg-date = день
texts-arg-when = время
texts-arg-old = было
texts-arg-until = срок
texts-arg-details = подробности
texts-arg-rules = правила
texts-arg-held = бронь
texts-arg-contact = контакт
texts-arg-hours = часы
texts-arg-days = дни
texts-arg-limit = число
texts-arg-stars = оценка
texts-arg-why = причина
texts-arg-reason = причина
texts-arg-how = связь
texts-arg-lines = список
texts-arg-total = итог
texts-arg-staff = специалист
texts-arg-phone = телефон
texts-name-greeting-new = Приветствие новичка
texts-name-greeting-back = Приветствие знакомого
texts-name-help = Помощь
texts-name-unknown = Непонятное сообщение
texts-name-link-gone = Ссылка устарела
texts-name-choose-service = Выбор услуги
texts-name-choose-staff = Выбор специалиста
texts-name-choose-nearest = Ближайшее время
texts-name-choose-day = Выбор дня
texts-name-choose-time = Выбор времени
texts-name-summary = Проверьте запись
texts-name-booked = Запись оформлена
texts-name-just-taken = Время заняли
texts-name-just-taken-none = Время заняли, другого нет
texts-name-no-longer-possible = Записаться уже нельзя
texts-name-no-free-time = Свободного времени нет
texts-name-nothing-to-book = Нет доступных услуг
texts-name-limit-reached = Слишком много записей
texts-name-flow-cancelled = Клиент прервал запись
texts-name-waitlist-full = На этот день всё занято
texts-name-waitlist-joined = Встал в лист ожидания
texts-name-summary-move = Проверьте перенос
texts-name-moved = Запись перенесена
texts-name-cancel-ask = Отменить запись?
texts-name-cancelled = Запись отменена
texts-name-cancel-reason-ask = Почему отменили?
texts-name-cancel-reason-thanks = Спасибо за причину
texts-name-deadline-passed = Отменять поздно
texts-name-deadline-passed-move = Переносить поздно
texts-name-my-none = Записей нет
texts-name-schedule-tell-booked = Вы записали клиента
texts-name-schedule-tell-confirmed = Вы подтвердили запись
texts-name-schedule-tell-moved = Вы перенесли запись
texts-name-schedule-tell-changed = Вы изменили запись
texts-name-schedule-tell-cancelled = Вы отменили запись
texts-name-calendar-cancelled-notice = Вы закрыли время
texts-name-waitlist-offer = Освободилось время
texts-name-waitlist-ended = Больше не предлагаем время
texts-name-reminder = Напоминание
texts-name-reminder-thanks = Клиент придёт
texts-name-feedback-ask = Как всё прошло?
texts-name-feedback-thanks = Спасибо за оценку
texts-name-feedback-done = Спасибо за отзыв
texts-name-feedback-done-map = Отзыв на карте
texts-name-rules = Отмена и перенос: срок один
texts-name-rules-any-time = Отмена и перенос: до начала
texts-name-rules-cancel = Отмена: срок
texts-name-rules-cancel-any-time = Отмена: до начала
texts-name-rules-move = Перенос: срок
texts-name-rules-move-any-time = Перенос: до начала
texts-name-choose-service-of = Услуги раздела или мастера
texts-name-several-add = Несколько услуг
texts-name-several-full = Больше услуг нельзя
texts-name-choose-nearest-move = Время для переноса
texts-name-summary-held = Держим время
texts-name-approval-remark = Запись подтверждаете вы
texts-name-approval-awaits = Запись ждёт подтверждения
texts-name-already-booked = Уже записан
texts-name-approval-denied = Клиенту нельзя записаться
texts-name-dialogue-left = Клиент вышел по /cancel
texts-name-nothing-to-leave = Прерывать нечего
texts-name-waitlist-calendar = Занятые дни в календаре
texts-name-waitlist-too-many = Ждёт слишком много дней
texts-name-waitlist-title = Чего ждёт клиент
texts-name-waitlist-none = Ничего не ждёт
texts-name-waitlist-place = День, которого ждёт
texts-name-waitlist-left = Больше не ждёт
texts-name-waitlist-declined = Время не подошло
texts-name-contact-name = Как обращаться?
texts-name-contact-name-or-tap = Как обращаться? С подсказкой
texts-name-contact-phone = Зачем телефон
texts-name-contact-phone-how = Как отправить телефон
texts-name-contact-skipped = Без телефона
texts-name-contact-thanks = Спасибо за телефон
texts-name-contact-unchanged = Ничего не изменил
texts-name-my-title = Список записей
texts-name-card = Карточка записи
texts-name-past-title = Прошлые записи
texts-name-past-repeat = Записаться так же
texts-name-past-none = Прошлых записей нет
texts-name-calendar-file = Файл для календаря
texts-name-contact-given = Срок прошёл: наш контакт
texts-name-contact-told = Срок прошёл: контакта нет
texts-name-contact-plain = Как с вами связаться
texts-name-schedule-tell-approved = Вы одобрили запись
texts-name-schedule-tell-declined = Вы отклонили запись
texts-name-approval-expired = Вы не ответили на запись
texts-name-news-said-yes = Согласился на новости
texts-name-news-said-no = Отказался от новостей
texts-name-summary-changed = Условия изменились
texts-name-calendar-file-cancelled = Файл календаря: отмена
