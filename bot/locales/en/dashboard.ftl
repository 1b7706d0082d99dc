### The business's figures.

dashboard-door = 📊 Figures
dashboard-period-day = Today
dashboard-period-week = Week
dashboard-period-month = Month
dashboard-stretch = { $days }, until { $time }

dashboard-title =
    <b>📊 Figures: { $period }</b>
    { $present }
    Compared with { $before }

dashboard-bookings = Bookings
dashboard-revenue = Revenue
dashboard-load = Load
dashboard-cancelled = Cancelled
dashboard-noShows = No-shows
dashboard-newCustomers = New customers
dashboard-returning = Returning customers
dashboard-was = (was { $value })
dashboard-was-change = (was { $value }, { $change })
dashboard-first = Nothing to compare with yet: there were no bookings at that time.

dashboard-ahead =
    Still to come, until the end of { $until }: { $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    } worth { $sum }

dashboard-unrated = No ratings in this time.

dashboard-rating =
    Rating: <b>{ $mean }</b> of 5, { $count ->
        [one] { $count } review
       *[other] { $count } reviews
    }

dashboard-chart-button = 🖼 Chart: { $month }
dashboard-chart-bookings = Bookings by day
dashboard-chart-revenue = Revenue
dashboard-chart-empty = No bookings in this month
dashboard-chart-sent = The chart has been sent

dashboard-chart-caption =
    <b>{ $month }</b>
    Bookings: { $count }, revenue: { $sum }
