### The room of the staff, and what a member of staff reads.

staff-section = 👥 Staff

staff-title =
    <b>Staff</b>
    Customers book with them, in this order. Tap a name to set things up.

staff-none =
    <b>Staff</b>
    Nobody yet. Add the first one, and customers can book.

staff-gone = This member of staff is not on the list any more.
staff-button-add = ➕ Add
staff-button-deleted = 🗑 Deleted ({ $count })
staff-button-all = ‹ All staff
staff-button-card = ‹ To the member

staff-deleted-title =
    <b>Deleted staff</b>
    Tap a name to bring it back.

staff-deleted-none = Nobody is deleted.

staff-card =
    <b>{ $name }</b>
    { $state }
    { $hours }
    Upcoming bookings: { $count }
    { $account }

staff-state-on = ✅ Takes bookings
staff-state-off = ⏸ Takes no bookings: hidden from customers
staff-account = 🔗 Sees the own schedule in Telegram
staff-account-none = Telegram is not linked
staff-button-hours = 🕘 Working hours
staff-button-special = 🏖 Time off
staff-button-visits = 📋 Bookings
staff-button-rename = ✏️ Name
staff-button-up = ⬆️ Up
staff-button-down = ⬇️ Down
staff-button-on = ▶️ Take bookings
staff-button-off = ⏸ Take none
staff-button-link = 🔗 Link Telegram
staff-button-unlink = 🔗 Unlink Telegram
staff-button-delete = 🗑 Delete
staff-place = Place on the list: { $place } of { $count }
staff-on-said = Customers can book this member again.
staff-off-said = Customers cannot book this member any more.
staff-off-said-visits = No new bookings. Those made before stay: { $count }.
staff-last-off = Nobody else takes bookings. To close for some days, use “Time off”.
staff-last-delete = Nobody else takes bookings. Add somebody first.

staff-ask-name =
    What is the name? Customers will see it.
    For example: <i>Anna</i> or <i>Anna Brown</i>

staff-ask-new-name =
    Now: <b>{ $name }</b>
    Type the new name, for example: <i>Anna Brown</i>

staff-name-length = A name has 1 to { $limit } characters, for example: <i>Anna</i>. Type it again.
staff-name-taken = There is a “{ $name }” already, and customers could not tell them apart. Add a surname or a letter, for example: <i>Anna B.</i>

staff-visits =
    <b>{ $name }</b>
    Upcoming bookings: { $count }

staff-visits-none =
    <b>{ $name }</b>
    No upcoming bookings.

staff-delete-ask =
    Delete “{ $name }”?

    Customers cannot book with this member any more, and the Telegram account is unlinked. Past bookings stay in the history. You can bring the member back at any time.

staff-delete-yes = 🗑 Yes, delete

staff-delete-visits =
    “{ $name }” cannot be deleted yet: { $count ->
        [one] { $count } booking is
       *[other] { $count } bookings are
    } still to come.

    Look at them, then move or cancel them in the schedule. So that no new ones come, tap “Take none”.

staff-deleted-said = Deleted.
staff-restored = Back again. Check the hours, then tap “Take bookings”.

staff-link =
    Send this link to “{ $name }”:

    { $link }

    Whoever opens it first sees this member’s schedule and hears of new, moved and cancelled bookings. It works once, for { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }. Earlier links do not work any more.

staff-linked-already = Telegram is linked already.

staff-unlink-ask =
    Unlink the Telegram account of “{ $name }”?

    It will not see the schedule or hear of bookings any more. A new link can bring it back.

staff-unlink-yes = Yes, unlink
staff-unlinked-said = Telegram is unlinked.
staff-unlinked = Your Telegram account was unlinked from the schedule. You can book here as before.

staff-welcome =
    ✅ Done: you see the schedule of “{ $name }”.

    I will tell you of new, moved and cancelled bookings. The whole schedule is under “My schedule” or /schedule.

staff-link-taken = Another Telegram account is linked to this member of staff. Ask an admin to unlink it and to send you a new link.
staff-link-other-member = Your Telegram account is linked to another member of staff. Ask an admin to unlink it and to send you a new link.
staff-link-gone = This member of staff is gone. Ask an admin for a new link.
staff-hours-as-business = Hours: as the business
staff-hours-own = Hours: own
staff-hours-rota = Shifts { $pattern } from { $date }: { $hours }
staff-day-off = day off

staff-week =
    <b>{ $name }</b>
    { $kind }

    { $days }

staff-week-by-rota = The shifts decide which days are worked. “Next 14 days” shows which ones those are.
staff-week-empty = At least one day of the week must be worked. To close for some days, use “Time off”.
staff-button-rota = 🔄 Shifts
staff-button-rota-change = 🔄 Change shifts
staff-button-rota-end = ✕ End shifts
staff-button-as-business = 🏠 As the business
staff-button-next-days = 👀 Next 14 days
staff-button-day-off = Day off
staff-button-copy = 📋 Copy to other days

staff-ask-day =
    <b>{ $day }</b>
    Now: { $now }

    Type the hours, for example: <i>9-18</i>. With a break: <i>9-13, 14-18</i>. Past midnight: <i>18-02</i>.

staff-hours-unreadable = I do not understand these hours. Type for example <i>9-18</i>, with a break <i>9-13, 14-18</i>, or <i>day off</i>.
staff-hours-reversed = Start and end seem to be swapped. Type the start first, in 24 hours: <i>9-18</i>. Past midnight goes until 8: <i>18-02</i>.
staff-hours-overlapping = These ranges overlap. Type them one after another, for example: <i>9-13, 14-18</i>.
staff-hours-too-many = Too many ranges: a day has up to 6. For example: <i>9-13, 14-18</i>.

staff-copy =
    <b>{ $day }</b>: { $hours }
    Copy to which days?

staff-button-workdays = Mon–Fri
staff-button-whole-week = The whole week
staff-copied = Copied.

staff-as-business-ask =
    { $now }.

    Go back to the hours of the business? The member’s own hours and shifts are lost; time off and special days stay.

staff-as-business-yes = Yes, go back
staff-as-business-said = The hours are those of the business.

staff-rota =
    <b>Shifts</b>
    Days of work and days off take turns, whatever the weekday. Which shifts?

staff-button-rota-own = ✏️ Other

staff-ask-rota =
    Type the shifts, for example: <i>1/3</i> is one day of work, three off.
    Anything else day by day: <i>1101000</i>, where 1 is work and 0 is off.

staff-rota-unreadable = I do not understand these shifts. Type for example <i>2/2</i>, or day by day <i>110</i>.
staff-rota-no-work = There is no day of work in these shifts. Type for example <i>2/2</i>.
staff-rota-too-long = Too long: shifts repeat after { $days } days at most. Type for example <i>2/2</i>.

staff-ask-rota-from =
    Shifts <b>{ $pattern }</b>.
    When is the first day of work? Choose, or type a date, for example: <i>25.12</i>

staff-dates-one = One day is needed, for example: <i>25.12</i>.

staff-ask-rota-hours =
    Shifts <b>{ $pattern }</b> from { $date }.
    At what hours? For example: <i>10-20</i>, or with a break <i>10-14, 15-20</i>.

staff-rota-hours-closed = A shift needs hours of work, for example: <i>10-20</i>.
staff-rota-ended = There are no shifts any more.

staff-next-days =
    <b>{ $name }</b>
    Next 14 days:

    { $days }

staff-special =
    <b>{ $name }</b>
    Time off and special days. Tap a line to take it away.

staff-special-none =
    <b>{ $name }</b>
    No special days. Close days off, or set other hours for one day.

staff-button-off-add = 🏖 Day off or holiday
staff-button-special-add = 🕘 Other hours
staff-special-card = { $days }
staff-special-gone = These days are not on the list any more.
staff-button-special-drop = ✕ Take away: as usual again
staff-special-dropped = These days are as usual again.
staff-ask-special-dates = Which days have other hours? Day first, for example: <i>31.12</i> or <i>25.12-30.12</i>

staff-ask-special-hours =
    <b>{ $days }</b>
    At what hours? For example: <i>9-15</i>, or with a break <i>9-13, 14-18</i>.

staff-special-saved =
    ✅ <b>{ $name }</b>
    { $days }: { $hours }{ $outside }

staff-hours-outside =
    ⚠️ { $count ->
        [one] { $count } booking lies
       *[other] { $count } bookings lie
    } outside of the new hours. Move or cancel them in the schedule.

staff-special-outside =
    ⚠️ { $count ->
        [one] { $count } booking of these days stays
       *[other] { $count } bookings of these days stay
    } outside of the hours. Move or cancel in the schedule.

staff-ask-off = Which days are off? Day first, for example: <i>25.12</i> or <i>25.12-08.01</i>

staff-off-check =
    Close for bookings?
    <b>{ $name }</b>: { $days }

staff-off-hits =
    ⚠️ { $count ->
        [one] There is { $count } booking on these days already. It is not cancelled: move or cancel it in the schedule.
       *[other] There are { $count } bookings on these days already. They are not cancelled: move or cancel them in the schedule.
    }

staff-off-hits-none = There are no bookings on these days.
staff-button-off-save = ✅ Close
staff-button-off-note = ✏️ Close with a note
staff-ask-off-note = Type a note for yourself, for example: <i>holiday</i>. Customers do not see it.
staff-note-length = A note has { $limit } characters at most, for example: <i>holiday</i>. Type it again.
staff-dates-unreadable = I do not understand this date. Type day and month, for example: <i>25.12</i> or <i>25.12-31.12</i>.
staff-dates-past = These days are over. Type a day to come, for example: <i>25.12</i>.
staff-dates-reversed = Start and end seem to be swapped. Type for example: <i>25.12-31.12</i>.
staff-dates-too-long = That is more than a year. Type a shorter span, for example: <i>25.12-31.12</i>.
staff-dates-too-far = That is too far: two years ahead at most. For example: <i>25.12</i>.
menu-my-schedule = 🗒 My schedule

staff-my-today =
    <b>{ $name }</b>, today
    Bookings: { $count }

staff-my-tomorrow =
    <b>{ $name }</b>, tomorrow
    Bookings: { $count }

staff-my-week =
    <b>{ $name }</b>, next 7 days
    Bookings: { $count }

staff-my-part-today = Today
staff-my-part-tomorrow = Tomorrow
staff-my-part-week = Week

staff-handed-over =
    ↪️ <b>Another member of staff has this booking now</b>
    { $service }
    It was yours: { $when }
