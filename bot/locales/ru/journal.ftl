### The audit log.

journal-door = 📜 Журнал

journal-title =
    <b>Журнал действий</b>
    Кто: { $who }
    О чём: { $what }
    Когда: { $when }

    Нажмите на строку, чтобы увидеть, что было и что стало.

journal-none =
    <b>Журнал действий</b>
    Кто: { $who }
    О чём: { $what }
    Когда: { $when }

    Записей в журнале нет. Выберите другого человека, раздел или время.

journal-card =
    <b>{ $action }</b>{ $target }

    Когда: { $when }
    Кто: { $who }

journal-gone = Такой записи в журнале нет
journal-everybody = все
journal-everything = обо всём
journal-period-all = за всё время
journal-period-day = сегодня
journal-period-week = за 7 дней
journal-period-month = за 30 дней
journal-when-all = 📅 Всё время
journal-when-day = 📅 Сегодня
journal-when-week = 📅 7 дней
journal-when-month = 📅 30 дней
journal-who = 👤 Кто
journal-what = 🗂 О чём
journal-ask-who = Чьи действия показать?
journal-ask-kind = О чём показать действия?
journal-export = 📄 Скачать таблицей
journal-by-operator = Оператор
journal-by-system = Бот
journal-by-unknown = Неизвестно кто
journal-yes = да
journal-no = нет
journal-kind-admin = Администраторы
journal-kind-block = Закрытое время
journal-kind-booking = Записи
journal-kind-bookings = Массовые изменения
journal-kind-broadcast = Рассылки
journal-kind-category = Категории услуг
journal-kind-customer = Клиенты
journal-kind-customers = Удаление данных
journal-kind-export = Выгрузки
journal-kind-hours = Часы работы
journal-kind-service = Услуги
journal-kind-setting = Настройки
journal-kind-staff = Специалисты
journal-kind-text = Тексты
journal-action-admin_add = Добавлен администратор
journal-action-admin_invite = Создана ссылка для администратора
journal-action-admin_invite-withdraw = Отозвана ссылка для администратора
journal-action-admin_join = Администратор пришёл по ссылке
journal-action-admin_remove = Убран администратор
journal-action-admin_role = Изменена роль администратора
journal-action-block_add = Закрыто время
journal-action-block_remove = Открыто закрытое время
journal-action-booking_approve = Запись одобрена
journal-action-booking_cancel = Запись отменена
journal-action-booking_change = Изменена услуга или специалист записи
journal-action-booking_create = Клиент записан
journal-action-booking_mark = Отмечен визит
journal-action-booking_move = Запись перенесена
journal-action-booking_note = Заметка к записи
journal-action-bookings_cancel = Отменены записи за дни
journal-action-bookings_service = Заменена услуга в записях дня
journal-action-bookings_shift = Сдвинуты записи дня
journal-action-category_move = Изменён порядок категорий
journal-action-category_remove = Удалена категория
journal-action-category_rename = Переименована категория
journal-action-broadcast_start = Рассылка начата
journal-action-broadcast_stop = Рассылка остановлена
journal-action-customers_erase = Удалены данные давних клиентов
journal-action-customer_notes = Заметка о клиенте
journal-action-customer_rule = Изменено, как клиент записывается
journal-action-customer_tags = Метки клиента
journal-action-export_audit = Скачан журнал
journal-action-export_bookings = Скачаны записи
journal-action-export_customers = Скачаны клиенты
journal-action-hours_days = Особые часы работы
journal-action-hours_days_remove = Убраны особые часы работы
journal-action-hours_holidays = Праздники
journal-action-hours_note = Заметка к особым часам
journal-action-hours_week = Часы работы по дням недели
journal-action-service_create = Добавлена услуга
journal-action-service_delete = Удалена услуга
journal-action-service_edit = Изменена услуга
journal-action-service_hide = Услуга скрыта
journal-action-service_move = Изменён порядок услуг
journal-action-service_restore = Услуга возвращена
journal-action-service_show = Услуга показана
journal-action-service_staff = Кто оказывает услугу
journal-action-service_terms = Своя цена или длительность
journal-action-setting_set = Изменена настройка
journal-action-settings = Настройки изменил оператор
journal-action-staff_activate = Специалист снова принимает
journal-action-staff_add = Добавлен специалист
journal-action-staff_deactivate = Специалист не принимает
journal-action-staff_delete = Удалён специалист
journal-action-staff_hours = Часы специалиста
journal-action-staff_invite = Создана ссылка для специалиста
journal-action-staff_link = Привязан Telegram специалиста
journal-action-staff_order = Изменён порядок специалистов
journal-action-staff_rename = Специалист переименован
journal-action-staff_restore = Специалист возвращён
journal-action-staff_special-days = Особые дни специалиста
journal-action-staff_unlink = Отвязан Telegram специалиста
journal-action-text_edit = Изменён текст
journal-action-text_reset = Текст возвращён к обычному
journal-field-addedBy = Кто добавил
journal-field-anchorDate = Начало смен
journal-field-audience = Кому
journal-field-bufferAfterMinutes = Перерыв после
journal-field-bufferBeforeMinutes = Перерыв перед
journal-field-cancelled = Отменены записи
journal-field-category = Категория
journal-field-changed = Изменены записи
journal-field-characters = Знаков
journal-field-count = Клиентов
journal-field-customerId = Клиент №
journal-field-date = День
journal-field-days = Дни
journal-field-description = Описание
journal-field-direction = Куда
journal-field-end = До
journal-field-from = С
journal-field-hours = Часов
journal-field-invitedBy = Кто пригласил
journal-field-isActive = Принимает запись
journal-field-kept = Оставлены записи
journal-field-kind = Вид
journal-field-lines = Услуга
journal-field-minutes = Длительность
journal-field-months = Месяцев
journal-field-name = Название
journal-field-note = Заметка
journal-field-offers = Услуги
journal-field-pattern = Смены
journal-field-period = Период
journal-field-place = Место в списке
journal-field-priceFrom = Цена «от»
journal-field-priceMinor = Цена
journal-field-ranges = Часы
journal-field-reason = Причина
journal-field-role = Роль
journal-field-rows = Строк
journal-field-services = Услуги
journal-field-staffId = Специалист
journal-field-span = Дни
journal-field-start = С
journal-field-startsAt = Время
journal-field-status = Статус
journal-field-stepMinutes = Шаг записи
journal-field-tags = Меток
journal-field-telegramId = Telegram id
journal-field-text = Подробности
journal-field-to = По
journal-field-toId = Новая услуга
journal-field-total = Получателей
journal-field-who = Кто
