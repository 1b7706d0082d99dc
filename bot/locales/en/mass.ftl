### The panel's room of many bookings at once.

mass-door = 🗂 Many bookings at once

mass-home =
    <b>Many bookings at once</b>
    Running late, ill, or changing a service? First you see what would change, and only then you decide. Customers get messages.

mass-shift-door = ⏩ Shift a day’s bookings
mass-service-door = 🏷 Change a service for a day
mass-cancel-door = ❌ Cancel a day or several

mass-pick-shift =
    <b>On which day?</b>
    Press a day or write a date, for example <code>31.12</code>. After the dot: how many bookings that day has.

mass-pick-service =
    <b>On which day is the service to change?</b>
    Press a day or write a date, for example <code>31.12</code>. After the dot: how many bookings that day has.

mass-pick-cancel =
    <b>Which day is to be cancelled?</b>
    Press a day or write a date, for example <code>31.12</code> or <code>30.12-08.01</code>. After the dot: how many bookings that day has.

mass-one-day = This takes one day. Write, for example, <code>31.12</code>.
mass-who = <b>Whose bookings?</b>
mass-whole-day = all day
mass-from-time = from { $time }

mass-shift =
    <b>Shift bookings</b>
    { $what }
    Bookings: { $count }

    By how many minutes? Press a button or write, for example <code>20</code> for later, <code>-20</code> for earlier.

mass-shift-none =
    <b>Shift bookings</b>
    { $what }

    No bookings, nothing to shift. Choose another time or another day.

mass-later = +{ $minutes } min
mass-earlier = −{ $minutes } min
mass-shift-wrong = Write by how many minutes to shift: 1 to 720. For example, <code>20</code> for later, <code>-20</code> for earlier.
mass-from-button = 🕘 Not all day: from an hour on

mass-from-ask =
    <b>From which time on?</b>
    Bookings that start at this time or later are shifted. Press a time or write it, for example <code>14:00</code>.

mass-from-wrong = That does not read as a time. Write, for example, <code>14:00</code>.
mass-whole-day-button = All day

mass-service =
    <b>{ $day }</b>
    Which service is to change? After the dot: how many bookings.

mass-service-none =
    <b>{ $day }</b>
    No bookings, nothing to change. Choose another day.

mass-service-to =
    <b>{ $day }</b>
    Which service is it to become?

mass-service-no-other = There is no other active service. Add one under “Services”.

mass-view-later =
    <b>Shift bookings { $minutes } min later?</b>
    { $what }

mass-view-earlier =
    <b>Shift bookings { $minutes } min earlier?</b>
    { $what }

mass-view-service =
    <b>Change “{ $old }” to “{ $new }”?</b>
    { $what }
    The start stays. Length and price will be those of the new service.

mass-view-cancel =
    <b>Cancel bookings?</b>
    { $what }

mass-none = No bookings, nothing to change. Choose another day.
mass-too-many = These are more than { $limit } bookings, too many to change at once. Take fewer days.

mass-go =
    { $count ->
        [0] No booking can be changed.
        [one] { $count } booking will change.
       *[other] { $count } bookings will change.
    }

mass-go-cancel =
    { $count ->
        [0] No booking can be cancelled.
        [one] { $count } booking will be cancelled.
       *[other] { $count } bookings will be cancelled.
    }

mass-stay =
    { $count ->
        [one] { $count } booking stays as it is (⚠️).
       *[other] { $count } bookings stay as they are (⚠️).
    }

mass-stay-begun = the visit has begun
mass-stay-marked = the visit is marked already
mass-stay-to-past = the new time is over
mass-stay-outside-hours = does not fit into the working hours
mass-stay-blocked = that time is closed
mass-stay-taken = that time is taken
mass-stay-held = that time is kept until { $time } for a customer who is about to book it
mass-stay-several = several services in one booking, change it by itself
mass-stay-not-offered = this member of staff does not give the new service
mass-until = until { $time }

mass-held =
    ⏳ Somebody is about to book a time that is needed. In { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    } it will be free or a booking: look again then.

mass-look-again = 🔄 Look again

mass-reach =
    { $count ->
        [0] No messages to customers.
       *[other] Messages to customers: { $count }.
    }

mass-untold =
    📵 { $count ->
        [one] The bot cannot write to { $count } customer: please call.
       *[other] The bot cannot write to { $count } customers: please call.
    }

mass-cancel-free = The time becomes free and can be booked again. If you do not work, rather close it: that cancels the bookings, too.
mass-close-too = ⛔ Close the time and cancel

mass-do-shift =
    Yes, shift { $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    }

mass-do-service =
    Yes, change { $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    }

mass-do-cancel =
    Yes, cancel { $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    }

mass-done-before = This has been done already.

mass-done-shift =
    ✅ <b>Bookings shifted: { $count }</b>
    { $what }

mass-done-service =
    ✅ <b>Service changed, bookings: { $count }</b>
    { $what }

mass-done-cancel =
    ✅ <b>Bookings cancelled: { $count }</b>
    { $what }

mass-kept = Left as they were: { $count }. They can be changed one by one in the schedule.
mass-staff-shift = 🔁 <b>Your bookings have moved. Now:</b>{ $list }
mass-staff-service = ✏️ <b>The service of your bookings has changed. Now:</b>{ $list }
mass-staff-cancel = ❌ <b>Your bookings are cancelled:</b>{ $list }
