### The panel's schedule: the bookings of a day, a booking's card, booking by hand, the daily lists.

schedule-door = 🗓 Schedule
schedule-hand-door = ➕ Book a customer
schedule-everybody = Everybody

schedule-day =
    <b>{ $date }</b>{ $staff }
    { $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    }

schedule-day-none =
    <b>{ $date }</b>{ $staff }
    No bookings. If somebody calls or walks in, press “Book a customer”.

schedule-week-button = Week
schedule-month-button = Month
schedule-today-button = Today
schedule-panel-button = ‹ Manage
schedule-day-button = ‹ Schedule
schedule-card-button = ‹ The booking

schedule-week =
    <b>Week { $from } – { $to }</b>{ $staff }

    { $days }

schedule-week-day =
    { $date }: { $count ->
        [0] no bookings
        [one] { $count } booking
       *[other] { $count } bookings
    }, { $load }

schedule-load-closed = day off
schedule-load-free = free all day
schedule-load-some = some time is free
schedule-load-little = little time is free
schedule-load-full = full

schedule-month =
    <b>{ $month }</b>{ $staff }
    After the dot: how many bookings that day has.

schedule-choose-staff = Whose schedule would you like to see?

schedule-card =
    { $said }<b>{ $service }</b>
    { $when }{ $details }

    { $customer }
    { $outcomes }{ $note }

    { $status }
    { $history }

schedule-outcomes = Came: { $came }, no-show: { $missed }, cancelled: { $cancelled }
schedule-note-line = Note: { $note }
schedule-status-hold = ⏳ Choosing a time
schedule-status-pending = ⏳ Waits to be confirmed
schedule-status-booked = 🆕 Booked
schedule-status-confirmed = ☑️ Confirmed
schedule-status-came = ✅ Came
schedule-status-no_show = 🚫 No-show
schedule-status-cancelled = ❌ Cancelled
schedule-status-expired = ⌛ Not confirmed in time
schedule-status-waiting = ⏳ On the waiting list
schedule-history-created = { $at } – booked by { $who }
schedule-history-rescheduled = { $at } – { $who }: moved from { $old } to { $new }
schedule-history-changed = { $at } – { $who }: { $what }
schedule-history-cancelled = { $at } – { $who }: cancelled{ $why }
schedule-history-status = { $at } – { $who }: { $status }
schedule-who-customer = customer
schedule-who-admin = admin
schedule-who-operator = operator
schedule-who-system = bot
schedule-confirm-button = ☑️ Confirm
schedule-came-button = ✅ Came
schedule-no-show-button = 🚫 No-show
schedule-move-button = 🔁 Move
schedule-service-button = 🏷 Another service
schedule-member-button = 👤 Another specialist
schedule-note-button = 📝 Note
schedule-cancel-button = ❌ Cancel booking
schedule-gone = There is no such booking.
schedule-moved-meanwhile = The booking was changed while you were looking. This is how it is now.
schedule-is-now = This booking is now: { $status }.
schedule-already = It is marked so already.
schedule-marked = Marked: { $status }.
schedule-not-begun = The visit has not begun: who came can be marked from its start on.
schedule-already-begun = The visit has begun, it is too late to confirm it. Please mark whether the customer came.
schedule-too-late = A mark can be put right on the day of the visit, or on the day when it was made.

schedule-note-ask =
    Write a note to this booking, up to 500 characters. Only admins see it.
    For example: “No hair dryer, please”.{ $now }

schedule-note-now = Now: { $note }
schedule-note-clear = 🗑 Remove the note
schedule-note-long = That is too long: { $count } characters, and there is room for 500. Please shorten it.
schedule-note-saved = The note is saved.
schedule-note-cleared = The note is gone.

schedule-cancel-ask =
    <b>Cancel this booking?</b>

    { $service }
    { $when }
    { $customer }

    The time becomes free. { $reach }
    You can give a reason: just write it as a message.

schedule-cancel-plain = Yes, cancel without a reason
schedule-cancel-long = The reason is longer than 200 characters. Please write a shorter one, such as “Anna is ill”.

schedule-cancel-sure =
    <b>Cancel this booking?</b>

    { $service }
    { $when }
    { $customer }

    Reason: { $reason }
    { $reach }

schedule-cancel-yes = Yes, cancel it
schedule-cancel-no = No, keep it
schedule-reason-lost = The reason was lost. Please write it again.
schedule-cancelled = The booking is cancelled.
schedule-will-tell = The customer will get a message.
schedule-cannot-tell = The customer will get no message, for the bot does not know them. Please call them.
schedule-is-gone = The customer will get no message, for they have blocked the bot. Please call them.
schedule-no-need-to-tell = The time of the visit has passed, so the customer will get no message.
schedule-told = A message was sent to the customer.
schedule-type-time = ⌨️ Type a time

schedule-type-time-ask =
    <b>{ $service }</b>
    Write a day and a time, such as: 26.11 14:30 or “tomorrow 9:00”.

schedule-time-unclear = I did not understand that time. Please write day and time like this: 26.11 14:30
schedule-no-such-day = There is no such day. Please write day and time like this: 26.11 14:30
schedule-time-past = That time has passed. Please write one to come, such as: tomorrow 9:00
schedule-time-far = That is more than a year ahead. Please write a nearer time, such as: 26.11 14:30

schedule-time-taken =
    That time is taken:{ $hindrances }

    Please write another time.

schedule-hindrance-visit = • { $time } – { $who }, { $what }
schedule-hindrance-hold = • { $time } – a customer is booking it right now
schedule-hindrance-block = • { $time } – time is blocked{ $what }

schedule-move-sure =
    <b>Move this booking?</b>

    { $service }{ $staff }
    { $customer }
    Was: { $old }
    Will be: { $when }

    { $warning }{ $reach }

schedule-outside-hours = ⚠️ This is outside the working hours.
schedule-anyway = Yes, all the same
schedule-moved = The booking was moved.
schedule-already-there = The booking is at that time already.

schedule-choose-service =
    <b>Which service instead?</b>
    These are what { $name } does. The start stays the same.

schedule-no-other-service = { $name } does no other service. Choose another specialist first.

schedule-choose-member =
    <b>Who takes this booking over?</b>
    The time stays the same.

schedule-no-other-member = Nobody else does this service.

schedule-change-sure =
    <b>Change this booking?</b>

    Was: { $before }
    Will be: { $after }

    { $warning }{ $reach }

schedule-change-yes = ✅ Change

schedule-not-fitting =
    That does not fit, the time is taken:{ $hindrances }

    Choose something else, or move the booking first.

schedule-changed = The booking was changed.
schedule-not-on-offer = That is not on offer any more.
schedule-hand-service = <b>Book which service?</b>
schedule-hand-no-services = There is nothing to book yet: no service is switched on. Add one under services.

schedule-hand-member =
    <b>{ $service }</b>
    With whom?

schedule-hand-who =
    <b>{ $service }</b>
    { $when }
    { $warning }
    Who is it for? Write name and phone, such as: Anna 8 916 123-45-67.
    For a customer whom you know, the name, the number or its last digits will do.

schedule-hand-found = Which of them is it? If none of these, write name and phone again.
schedule-hand-more = These are not all. Please write more of it, such as the whole number.
schedule-hand-new = ➕ New customer: { $who }
schedule-hand-only-phone = No customer has the number { $phone } yet. Write name and number together, such as: Anna { $phone }
schedule-hand-nobody = Nobody was found for “{ $typed }”. A new customer?
schedule-hand-no-digits = No number has these digits. Write the name and the whole number, such as: Anna 8 916 123-45-67

schedule-hand-sure =
    <b>Book this?</b>

    { $customer }
    { $service }{ $staff }
    { $when }{ $price }

    { $warning }{ $reach }

schedule-hand-yes = ✅ Book
schedule-hand-lost = The name was lost. Please write it again.
schedule-hand-booked = The customer is booked.
schedule-hand-again = This has been booked already.

schedule-tell-confirmed =
    ✅ <b>Your booking is confirmed</b>

    { $service }
    { $when }{ $details }

schedule-tell-cancelled =
    ❌ <b>Your booking was cancelled</b>

    { $service }
    { $when }{ $why }

    We are sorry. You can choose another time right here. { $contact }

schedule-tell-why = Reason: { $reason }

schedule-tell-moved =
    🔁 <b>Your booking was moved</b>

    { $service }
    Was: { $old }
    Now: { $when }

    If this time does not suit you, you can change the booking. { $contact }

schedule-tell-changed =
    ✏️ <b>Your booking was changed</b>

    { $service }
    { $when }{ $details }

schedule-tell-booked =
    ✅ <b>You have been booked</b>

    { $service }
    { $when }{ $details }

    { $rules }

schedule-morning =
    <b>Today, { $date }</b>
    { $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    }:{ $lines }

schedule-morning-own =
    <b>Your bookings today, { $date }</b>
    { $lines }

schedule-morning-none = Today, { $date }: no bookings.
schedule-more = … and { $count } more
schedule-open-day = 🗓 Open the day

schedule-evening =
    <b>{ $date }: who came?</b>
    Not marked yet: { $count }. Left: came, right: no-show.

schedule-evening-done = { $date }: all visits are marked. Thank you!
schedule-evening-no-show = 🚫 No-show
