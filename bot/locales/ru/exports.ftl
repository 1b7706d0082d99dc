### The business's data as tables.

exports-door = 📄 Выгрузка

exports-title =
    <b>Выгрузка в таблицу</b>
    Файл открывается в Excel и других таблицах. Выгрузка останется в журнале действий.

exports-table-bookings = 🗓 Записи
exports-table-customers = 🙋 Клиенты

exports-ask-bookings =
    <b>Записи</b>
    За какое время? Считается день визита.

exports-ask-customers =
    <b>Клиенты</b>
    За какое время? В таблице будут те, у кого тогда были записи, и те, кто тогда пришёл в бот.

exports-period-month = Этот месяц
exports-period-last-month = Прошлый месяц
exports-period-year = Этот год
exports-period-last-year = Прошлый год
exports-period-all = Всё время
exports-empty = За это время ничего нет. Выберите другое
exports-too-many = Строк слишком много: { $count }. В таблицу помещается { $limit }: выберите время короче
exports-sent = Отправлено
exports-caption-bookings = «{ $title }»: записи, строк – { $count }
exports-caption-customers = «{ $title }»: клиенты, строк – { $count }
exports-caption-audit = «{ $title }»: журнал действий, строк – { $count }
exports-columns-bookings = Номер;Дата;Начало;Конец;Услуги;Специалист;Клиент;Телефон;Telegram;Статус;Цена;Валюта;Кто записал;Заметка;Причина отмены;Создана
exports-columns-customers = Номер;Имя;Телефон;Telegram;С нами с;Последний визит;Визитов;Не пришёл;Отмен;Потрачено;Валюта;Метки;Заметки
exports-columns-audit = Дата;Время;Кто;Telegram id;Действие;Что именно;Что изменилось
exports-status-pending = ждёт подтверждения
exports-status-booked = записан
exports-status-confirmed = подтверждена
exports-status-came = пришёл
exports-status-no_show = не пришёл
exports-status-cancelled = отменена
exports-source-bot = клиент
exports-source-admin = администратор
