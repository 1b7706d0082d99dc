### The admin panel's room of opening hours, special days, public holidays and closed time.

calendar-door = 🕘 Hours and days off

calendar-home =
    <b>Hours and days off</b>
    When people can book with you. Changes count at once.

calendar-week-button = 🕘 Hours of the week
calendar-days-button = 📅 Special days ({ $count })
calendar-holidays-button = 🎉 Public holidays
calendar-blocks-button = 🔒 Closed time ({ $count })
calendar-block-add = ⛔ Close some time
calendar-closed = day off
calendar-all-day = all day
calendar-everybody = Everybody
calendar-line-reason = Reason: { $reason }
calendar-line-note = Note: { $note }
calendar-more-bookings = … and { $count } more
calendar-saved = ✅ Saved.

calendar-saved-outside =
    ✅ Saved. { $count ->
        [one] { $count } booking is
       *[other] { $count } bookings are
    } now outside your hours: please move or cancel in the schedule.

calendar-same = It was so already, nothing to change.

calendar-outside =
    ⚠️ <b>{ $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    } would be outside the new hours</b>{ $list }

    Nothing is cancelled by this, and customers are not told. Please move or cancel in the schedule. Save the new hours?

calendar-outside-yes = Save, keep the bookings

calendar-week =
    <b>Hours of the week</b>
    These are the hours of the whole business. A member of staff may have own ones.

    Press a day to change it.

calendar-weekday =
    <b>{ $day }</b>
    Now: { $hours }

    Type the new hours, such as <code>9-18</code>. With a break: <code>9-13, 14-18</code>. Into the night: <code>18-02</code>.

calendar-day-off = 🚫 Make it a day off
calendar-copy-open = 📋 Copy to other days

calendar-copy =
    <b>Copy these hours where?</b>
    { $day }: { $hours }

    Tick the days: their present hours are replaced.

calendar-copy-do =
    📋 Copy to { $count ->
        [one] { $count } day
       *[other] { $count } days
    }

calendar-week-empty = At least one day of the week must have hours. If you close for a while, add those dates to “Special days”.
calendar-hours-unreadable = I could not read these hours. Type for example <code>9-18</code> or <code>9-13, 14-18</code>; “closed” for a day off.
calendar-hours-reversed = The end is before the start. Type the start first, then the end, such as <code>9-18</code>.
calendar-hours-overlapping = These hours overlap. Leave a break between them, such as <code>9-13, 14-18</code>.
calendar-hours-too-many = Too many ranges: a day has six at most. For example: <code>9-13, 14-18</code>.

calendar-days =
    <b>Special days</b>
    On these dates other hours replace the usual ones.

calendar-days-none =
    <b>Special days</b>
    None yet. Add a date on which you work differently or not at all: a short day, a holiday, an open Sunday.

calendar-day-add = ➕ Add a day

calendar-pick-day =
    <b>Which day?</b>
    Press a number or type a date, such as <code>31.12</code> or <code>30.12-08.01</code> (day.month).

calendar-pick-block-day =
    <b>Close time on which day?</b>
    Press a number or type a date, such as <code>31.12</code> or <code>30.12-08.01</code> (day.month).

calendar-pick-last =
    First day: { $from }
    <b>And the last day?</b> Press a number or type a date, such as <code>08.01</code> (day.month).

calendar-dates-unreadable = I could not read this date. Type for example 31.12 or 30.12-08.01 (day.month).
calendar-dates-past = That time has passed. Please choose another.
calendar-dates-reversed = The last day is before the first. Type for example 30.12-08.01 (day.month).
calendar-dates-too-far = That is too far away: plan at most two years ahead.
calendar-dates-too-long = Too many days in a row: at most a year at a time.
calendar-more-days = 📆 Several days in a row

calendar-day-hours =
    <b>{ $days }</b>
    Which hours will it be? Type for example <code>10-15</code> or <code>9-13, 14-18</code>.

calendar-day-closed = 🚫 Closed

calendar-day-card =
    <b>{ $days }</b>
    Hours: { $hours }{ $note }

calendar-day-change = ✏️ Change the hours
calendar-day-note-button = 💬 Note
calendar-day-note = Type a note for yourself, such as <code>spring cleaning</code>. To remove it, type <code>-</code>.
calendar-note-long = Too long: a note has { $limit } characters at most. For example: <code>spring cleaning</code>.
calendar-day-remove = 🗑 Back to the usual hours
calendar-day-gone = This special day is gone. Here is a fresh list.

calendar-holidays =
    <b>Public holidays { $year }</b>
    ✅ means closed. Press a day to change it. 1–8 January are the New Year holidays, 7 January is Christmas.{ $special }

    These are the permanent holidays of the Russian Labour Code. Days off that the government moves each year are not known to the bot: please add them yourself.

calendar-holidays-none =
    <b>Public holidays { $year }</b>
    No more holidays this year. Have a look at the next one.{ $special }

calendar-holidays-special = ✏️ means special hours for that day, which come before the holiday.
calendar-holidays-all = ✅ Closed on all of them
calendar-holidays-add = ➕ Another day
calendar-holiday-new-year = New Year holidays
calendar-holiday-christmas = Orthodox Christmas
calendar-holiday-defenders = Defender of the Fatherland Day
calendar-holiday-women = International Women’s Day
calendar-holiday-spring = Spring and Labour Day
calendar-holiday-victory = Victory Day
calendar-holiday-russia = Russia Day
calendar-holiday-unity = Unity Day

calendar-blocks =
    <b>Closed time</b>
    Nobody can book this time. Press it to have a look or to open it again.

calendar-blocks-none =
    <b>Closed time</b>
    No time is closed. If you leave early, are ill or go away, press “Close some time”.

calendar-block-card =
    <b>Closed time</b>
    { $what }

    If you open it, people can book it again.

calendar-block-open = 🔓 Open it
calendar-block-opened = Open: people can book this time again.
calendar-block-gone = This time is open already. Here is a fresh list.
calendar-block-who = <b>Whose time shall be closed?</b>
calendar-staff-gone = This member of staff is gone. Please start again.

calendar-block-time =
    <b>{ $days }</b>
    Which time shall be closed? Type for example <code>12-15</code> or <code>14:30-16</code>. Or press a button.

calendar-block-days =
    <b>{ $days }</b>
    These days will be closed as a whole.

calendar-block-days-whole = Several days in a row can only be closed as a whole: please press the button.
calendar-block-time-wrong = One range is needed: start and end, such as <code>12-15</code> or <code>14:30-16</code>.
calendar-no-such-time = There is no such time on that day: the clocks change. Please choose another.
calendar-whole-day = ⛔ The whole day
calendar-whole-days = ⛔ Close these days

calendar-block-view =
    <b>Close this time?</b>
    { $what }

    { $bookings }

calendar-block-again =
    <b>This time is closed already</b>
    { $what }

    { $bookings }

calendar-block-hits-none = There are no bookings at this time.

calendar-block-hits =
    There { $count ->
        [one] is { $count } booking
       *[other] are { $count } bookings
    } at this time:{ $list }

    If you cancel, every customer is told and offered another time.

calendar-block-yes = ⛔ Close it

calendar-block-cancel =
    ❌ Close and cancel { $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    }

calendar-block-keep = ⛔ Close, keep the bookings
calendar-reason-add = 💬 Give a reason
calendar-reason-change = 💬 Change the reason
calendar-block-reason = Type the reason, such as <code>the stylist is ill</code>. Customers whose bookings you cancel will read it. To remove it, type <code>-</code>.
calendar-reason-long = Too long: a reason has { $limit } characters at most. For example: <code>the stylist is ill</code>.
calendar-reason-lost = The reason was lost. Please check, and give it again if you need it.
calendar-block-changed = The bookings changed while you decided. Nothing is done: please look again.
calendar-block-done-before = This time is closed already.

calendar-block-done =
    ⛔ <b>The time is closed</b>
    { $what }

calendar-block-cancelled = Bookings cancelled: { $count }.
calendar-block-told = Customers told: { $count }.
calendar-block-untold = ⚠️ The bot cannot write to these customers. Please call them:{ $list }
calendar-block-kept = Bookings kept: { $count }. You can move or cancel them in the schedule.
calendar-to-blocks = 🔒 Closed time

calendar-cancelled-notice =
    ❌ <b>We had to cancel your booking</b>

    { $service }
    { $when }{ $reason }

    We are sorry. We would be glad to see you at another time.

calendar-other-times = 🕘 Choose another time
