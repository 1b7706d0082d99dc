### What customers read.

menu-book = 📅 Book
menu-my = 🗓 My bookings
menu-about = ℹ️ About

greeting-new =
    Hello, { $name }!
    Here you can book with “{ $title }”: in a minute, at any time of day.

    Press “Book” and I will show you the next free times.

greeting-back =
    Welcome back, { $name }!
    This is “{ $title }”. What would you like to do?

greeting-admin = You run this bot: services, hours, bookings and everything else are behind the button “⚙️ Manage” below.

help =
    <b>What I can do</b>

    /book – book a time
    /my – my bookings: move or cancel
    /about – services, opening hours, address
    /settings – language and my data
    /cancel – stop booking

    The buttons below do the same.

unknown = I did not understand that. Please use the buttons below, or /help.
only-private = I take bookings in private messages: { $link }
slow-down = That was too fast. Please wait a few seconds.
failed = That did not work: an error on our side. Please try again a little later.
answer-too-long = That is too long: at most { $count } characters. Please be briefer.
outdated = This button is out of date. Here is a fresh menu.
dialogue-left = All right, booking stopped.
nothing-to-leave = Nothing is being booked at the moment.
flow-cancelled = Booking stopped. Press “Book” to start again.
button-back = ‹ Back
button-cancel = ✕ Stop
button-services = ‹ Services
button-another-day = 📆 Another day
button-nearest = ⏱ Next free times
button-confirm = ✅ Book
button-move = ✅ Move
button-other-time = ‹ Another time
button-my = 🗓 My bookings
button-book-again = 📅 Book
choose-service = <b>What would you like?</b>

choose-service-of =
    <b>{ $title }</b>
    What would you like?

category-other = Other
with-member = With { $name }
link-gone = What this link led to cannot be booked right now, but you can choose something else: press “Book”.
nothing-to-book = Booking is not possible right now: no service is on offer. { $contact }

choose-staff =
    <b>{ $service }</b>
    Who would you like to see?

anyone = Anyone

choose-nearest =
    <b>{ $service }</b>{ $facts }

    Next free times:

choose-nearest-move =
    Moving your booking: <b>{ $service }</b>
    Now: { $when }

    Next free times:

no-free-time =
    <b>{ $service }</b>
    Nothing is free in the next { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. { $contact }

choose-day =
    <b>{ $service }</b>
    Choose a day. Days with free times show their number.

choose-time =
    <b>{ $service }</b>
    { $date }. Choose a time:

part-morning = Morning
part-day = Afternoon
part-evening = Evening
day-taken = Nothing is free on this day.
day-past = This day has passed.
day-far = Bookings are not open that far ahead yet.
day-no-longer-free = Nothing is free on this day any more. Please choose another one.

summary =
    <b>Please check</b>

    { $service }
    { $when }{ $details }

    { $held }{ $rules }

summary-held = ⏳ This time is kept for you until { $until }.
summary-changed = ⚠️ The price or the duration has changed meanwhile. Please check again.

summary-move =
    <b>Move the booking?</b>

    { $service }
    Was: { $old }
    Will be: { $when }

rules =
    You can cancel or move it up to { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    } before the start.

rules-any-time = You can cancel or move it until it starts.

rules-cancel =
    You can cancel it up to { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    } before the start.

rules-cancel-any-time = You can cancel it until it starts.

rules-move =
    You can move it up to { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    } before.

rules-move-any-time = You can move it until it starts.
line-staff = With: { $name }
line-price = Price: { $price }
line-address = Address: { $address }
line-map = <a href="{ $url }">Show on the map</a>
line-site = Website: <a href="{ $url }">{ $host }</a>
line-phone = Phone: { $phone }
price-from = from { $price }
price-free = free
minutes = { $minutes } min

booked =
    ✅ <b>You are booked</b>

    { $service }
    { $when }{ $details }

    { $rules }

already-booked =
    This booking has been made already.

    { $service }
    { $when }

moved =
    ✅ <b>Your booking was moved</b>

    { $service }
    Was: { $old }
    Now: { $when }

just-taken = This time has just been taken. The nearest free times are:
just-taken-none = This time has just been taken, and nothing near it is free. Please choose another day.
no-longer-possible = This time cannot be booked any more. Please choose another one:

limit-reached =
    You have { $limit ->
        [one] { $limit } upcoming booking
       *[other] { $limit } upcoming bookings
    } already, which is the limit. You can cancel one in “My bookings”.

my-title = <b>Your bookings</b>
my-none = You have no upcoming bookings.
my-past = Past bookings
past-title = <b>Past bookings</b>
past-none = No past bookings yet.
past-newer = ‹ Newer
past-older = Older ›
status-cancelled = cancelled
status-no_show = did not take place
status-expired = not confirmed

card =
    <b>{ $service }</b>
    { $when }{ $details }

button-reschedule = 🔁 Move
button-cancel-booking = ❌ Cancel booking

cancel-ask =
    Cancel this booking?

    { $service }
    { $when }

cancel-yes = Yes, cancel it
cancel-no = No, keep it

cancelled =
    The booking is cancelled.

    { $service }
    { $when }

not-yours = You have no such booking.
not-active = This booking is not active any more.
changed = The booking has changed since. Please open it again.
already-started = This booking has begun and cannot be changed.

deadline-passed =
    It starts in less than { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }, so it cannot be cancelled here any more.
    { $contact }

deadline-passed-move =
    It starts in less than { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }, so it cannot be moved here any more.
    { $contact }

contact-given = Please contact us: { $how }. We have told the admins.
contact-told = We have told the admins; they will get in touch with you.
contact-plain = Contact: { $how }.

about =
    <b>{ $title }</b>{ $text }{ $services }{ $hours }{ $contacts }

    <b>Rules</b>
    { $rules }
    At most { $limit ->
        [one] { $limit } upcoming booking
       *[other] { $limit } upcoming bookings
    } at a time.

about-services = <b>Services</b>
about-hours = <b>Opening hours</b>
about-more = … and { $count } more

admin-booked =
    🆕 <b>New booking</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-moved =
    🔁 <b>Booking moved</b>
    { $service }{ $staff }
    Was: { $old }
    Now: { $when }
    { $customer }

admin-changed =
    ✏️ <b>Booking changed</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-cancelled =
    ❌ <b>Booking cancelled</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-late-change =
    ⚠️ <b>A customer wants to cancel or move, but the deadline has passed</b>
    { $service }{ $staff }
    { $when }
    { $customer }

command-book = Book a time
command-my = My bookings
command-about = Services, opening hours, address
command-help = What this bot can do
command-cancel = Stop booking
profile-description = Book with “{ $title }” at any time of day: choose a service and a time, move or cancel it yourself.
profile-short-description = Online booking: “{ $title }”
