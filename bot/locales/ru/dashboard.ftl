### The business's figures.

dashboard-door = 📊 Сводка
dashboard-period-day = Сегодня
dashboard-period-week = Неделя
dashboard-period-month = Месяц
dashboard-stretch = { $days }, до { $time }

dashboard-title =
    <b>📊 Сводка: { $period }</b>
    { $present }
    Для сравнения: { $before }

dashboard-bookings = Записи
dashboard-revenue = Выручка
dashboard-load = Загрузка
dashboard-cancelled = Отмены
dashboard-noShows = Не пришли
dashboard-newCustomers = Новые клиенты
dashboard-returning = Пришли снова
dashboard-was = (было { $value })
dashboard-was-change = (было { $value }, { $change })
dashboard-first = Сравнивать пока не с чем: в то время записей не было.

dashboard-ahead =
    Впереди, до конца дня { $until }: { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    } на { $sum }

dashboard-unrated = Оценок за это время нет.

dashboard-rating =
    Оценка: <b>{ $mean }</b> из 5, { $count ->
        [one] { $count } отзыв
        [few] { $count } отзыва
       *[many] { $count } отзывов
    }

dashboard-chart-button = 🖼 График: { $month }
dashboard-chart-bookings = Записи по дням
dashboard-chart-revenue = Выручка
dashboard-chart-empty = В этом месяце записей нет
dashboard-chart-sent = График отправлен

dashboard-chart-caption =
    <b>{ $month }</b>
    Записи: { $count }, выручка: { $sum }
