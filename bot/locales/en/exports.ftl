### The business's data as tables.

exports-door = 📄 Export

exports-title =
    <b>Export to a table</b>
    The file opens in Excel and its likes. The export is kept in the audit log.

exports-table-bookings = 🗓 Bookings
exports-table-customers = 🙋 Customers

exports-ask-bookings =
    <b>Bookings</b>
    Of which time? The day of the visit counts.

exports-ask-customers =
    <b>Customers</b>
    Of which time? The table has those who had bookings then, and those who came to the bot then.

exports-period-month = This month
exports-period-last-month = Last month
exports-period-year = This year
exports-period-last-year = Last year
exports-period-all = All the time
exports-empty = There is nothing in this time. Choose another
exports-too-many = Too many rows: { $count }. A table takes { $limit }: choose a shorter time
exports-sent = Sent
exports-caption-bookings = “{ $title }”: bookings, rows: { $count }
exports-caption-customers = “{ $title }”: customers, rows: { $count }
exports-caption-audit = “{ $title }”: audit log, rows: { $count }
exports-columns-bookings = Number;Date;Start;End;Services;Staff;Customer;Phone;Telegram;Status;Price;Currency;Booked by;Note;Reason of cancelling;Made on
exports-columns-customers = Number;Name;Phone;Telegram;With us since;Last visit;Visits;No-shows;Cancelled;Spent;Currency;Tags;Notes
exports-columns-audit = Date;Time;Who;Telegram id;Action;What exactly;What has changed
exports-status-pending = waits for confirmation
exports-status-booked = booked
exports-status-confirmed = confirmed
exports-status-came = came
exports-status-no_show = no-show
exports-status-cancelled = cancelled
exports-source-bot = customer
exports-source-admin = admin
