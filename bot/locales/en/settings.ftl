### The room of settings.

settings-door = ⚙️ Settings
settings-title = <b>Settings</b>
settings-heading = <b>{ $group }</b>
settings-line = { $name }: { $value }

settings-operators =
    <b>The operator’s</b>
    Name: { $title }
    Time zone: { $zone }
    Write to the operator to have them changed.

settings-choose = Press what you want to change.

settings-one =
    <b>{ $name }</b>
    { $about }

    Now: { $value }

    { $hint }

settings-saved = ✅ { $name }: { $value }
settings-saved-toast = Saved
settings-already-so = Already so
settings-wrong = This does not fit. { $hint }
settings-wrong-toast = This value does not fit
settings-closes = With this nobody could book: the first time allowed would lie beyond the last open day. First change “Book at the latest” or “Booking is open”.
settings-closes-toast = Not saved: nobody could book then
settings-clear = 🗑 Clear
settings-reset = ↺ Default: { $value }
settings-group-booking = 📅 Booking
settings-group-changes = 🔁 Cancelling and moving
settings-group-contacts = 📍 Contacts
settings-group-notices = 🔔 Notices
settings-group-protection = 🛡 Against spam
settings-name-slotStepMinutes = Time step
settings-about-slotStepMinutes = How far apart the times on offer are: with 30 minutes they are 10:00, 10:30, 11:00.
settings-name-leadMinutes = Book at the latest
settings-about-leadMinutes = How long before the start a booking is still taken, so that you can prepare.
settings-name-horizonDays = Booking is open
settings-about-horizonDays = How many days ahead customers can book.
settings-name-maxBookingsPerUser = Per customer
settings-about-maxBookingsPerUser = How many upcoming bookings a customer can have at a time.
settings-name-contactDetails = Name and phone
settings-about-contactDetails = Whether customers are asked for their name and phone before the first booking. The bot asks for their consent to the processing of personal data first. “Required”: nobody books without consent, name and phone.
settings-value-contact-off = do not ask
settings-value-contact-asked = ask, may be skipped
settings-value-contact-required = required
settings-name-holdMinutes = Keep a time
settings-about-holdMinutes = How many minutes a chosen time is kept for a customer who has not confirmed yet. After that it is free for everybody again.
settings-name-waitlist = Waitlist
settings-about-waitlist = May customers wait for a place on a day that is full? When a time becomes free, the bot offers it to the first in line.
settings-name-waitlistOfferMinutes = Keep for the waitlist
settings-about-waitlistOfferMinutes = For how many minutes a time that became free is kept for the one to whom the waitlist offered it. Then it is offered to the next.
settings-name-cancellationHours = Cancelling
settings-about-cancellationHours = Until when customers can cancel by themselves.
settings-name-rescheduleHours = Moving
settings-about-rescheduleHours = Until when customers can move a booking by themselves. If moving is allowed later than cancelling, a booking can be moved far away and then be cancelled.
settings-name-graceMinutes = Time to think again
settings-about-graceMinutes = How long after booking a customer can cancel or move it, even past the deadline.
settings-name-address = Address
settings-about-address = Where to come: shown in the booking and in “About”.
settings-name-phone = Phone
settings-about-phone = How to reach you: shown in the booking and in “About”.
settings-name-mapUrl = Map link
settings-about-mapUrl = Your place on a map: the link “Show on the map” appears below the address.
settings-name-siteUrl = Website
settings-about-siteUrl = Your site or page: the link appears in “About”.
settings-name-privacyUrl = Privacy policy
settings-about-privacyUrl = The page with your privacy policy: its link appears where the bot asks for consent.
settings-name-about = About
settings-about-about = A few words about you at the top of “About”.
settings-name-reminderHours = Reminders
settings-about-reminderHours = How many hours before a visit its customer is reminded; each reminder comes once.
settings-name-feedbackHours = “How was it?”
settings-about-feedbackHours = How many hours after a visit its customer is asked to rate it.
settings-name-quietFrom = Quiet hours: from
settings-about-quietFrom = From when on the bot writes nothing to customers unasked. The same beginning and end: there are no quiet hours.
settings-name-quietTo = Quiet hours: until
settings-about-quietTo = Until when the bot writes nothing to customers unasked.
settings-name-morningListTime = List of the day
settings-about-morningListTime = When in the morning admins and staff get the bookings of the day.
settings-name-eveningListTime = Who is not marked
settings-about-eveningListTime = When in the evening admins are asked who came and who did not.
settings-name-autoCameHours = Counts as come
settings-about-autoCameHours = How many hours after a visit that nobody has marked it counts as come.
settings-value-after = { $value } later
settings-type-clock = Choose, or send a time, for example 9:30; “no” switches it off where that is possible.
settings-type-hour-list = Choose, or send hours with commas between them, for example 24, 3; “no” for no reminders.
settings-name-notifyAdmins = Tell of bookings
settings-about-notifyAdmins = Tell the admins of every booking, move and cancellation. Of a customer who is too late to cancel the bot tells in any case.
settings-name-rateMessagesPerMinute = Messages per person
settings-about-rateMessagesPerMinute = How many messages a minute the bot takes from one person; the rest gets no answer.
settings-name-rateTapsPerMinute = Taps per person
settings-about-rateTapsPerMinute = How many taps a minute the bot takes from one person; the rest gets no answer.
settings-name-adminAdditionsPerHour = New admins
settings-about-adminAdditionsPerHour = How many admins can be added within an hour. Whoever gets hold of your account cannot bring in a crowd.
settings-group-data = 🔒 Customers’ data
settings-name-retentionMonths = Keep customers’ data
settings-about-retentionMonths = How many months after the last visit and the last message a customer’s personal data are erased: name, contacts, notes, feedback in words. Visits, sums and ratings stay without a name. What is erased cannot come back.

settings-value-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }

settings-value-for-ever = without an end

settings-retention-ask =
    <b>Keep customers’ data: { $value }?</b>

    Each night the bot will erase the personal data of those who have not come or written for so long: name, contacts, notes, feedback in words. Their chat with the bot starts anew, and you cannot write to them any more. Visits, sums and ratings stay without a name.

    Customers whom this concerns now: { $count }. Their data cannot come back.

settings-retention-yes = Yes, erase
settings-retention-no = No, leave it as it is
settings-type-minutes = Choose, or send a number of minutes from { $least } to { $most }. “2 hours” will do as well.
settings-type-hours = Choose, or send a number of hours from { $least } to { $most }. “3 days” will do as well.
settings-type-days = Choose, or send a number of days from { $least } to { $most }, such as 45.
settings-type-count = Choose, or send a number from { $least } to { $most }.
settings-type-text = Send the new text: at most { $most } characters.
settings-type-phone = Send the number, such as +7 900 123-45-67: at most { $most } characters.
settings-type-link = Send a link that begins with https://, such as https://maps.google.com: at most { $most } characters.
settings-type-one-of = Choose by a button.
settings-type-switch = Choose by a button.

settings-hours =
    { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }

settings-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }

settings-value-before = { $value } before
settings-value-any-time = until the start
settings-value-as-cancel = as for cancelling
settings-value-never = none
settings-value-ahead = { $value } ahead

settings-value-bookings =
    { $count ->
        [one] { $count } booking
       *[other] { $count } bookings
    }

settings-value-per-minute = { $value } a minute
settings-value-per-hour = { $value } an hour
settings-value-on = yes
settings-value-off = no
settings-value-empty = not given
