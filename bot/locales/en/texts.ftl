### The room of texts.

texts-door = ✏️ Texts

texts-title =
    <b>Texts</b>
    What the bot writes to customers can be changed here. Choose a section.

texts-counts = Your own: { $own }
texts-attention = ⚠️ Need attention: { $count }

texts-group =
    <b>{ $group }</b>
    ✏️ – your text, ⚠️ – needs attention.

texts-group-welcome = 👋 Welcome
texts-group-choosing = 🔎 Choosing a time
texts-group-booking = 📅 Booking
texts-group-waitlist = 🔔 Waitlist
texts-group-contact = 👤 Name and phone
texts-group-own = 🗓 Own bookings
texts-group-changes = 🔁 Moving and cancelling
texts-group-notices = 📣 Changes made by you
texts-group-reminders = ⏰ Reminders
texts-group-feedback = ⭐ Feedback and news
texts-group-rules = 📜 Rules and contact

texts-one =
    <b>{ $name }</b> · { $language }
    { $state }

    What a customer sees (with example data):
    ──────────
    { $preview }
    ──────────{ $words }

texts-is-own = ✏️ Your text
texts-is-default = The standard text
texts-is-shown-default = The standard text; yours is in its place now
texts-needs-attention = ⚠️ Your text needs attention. { $problem }
texts-not-shown = Customers see the standard text.
texts-words = You can put in: { $list }
texts-words-required = You have to put in: { $list }
texts-edit = ✏️ Change
texts-see-default = 👁 Standard text
texts-see-own = ‹ Your text
texts-reset = ↺ Back to the standard
texts-other-language = 🌐 { $language }
texts-is-already-default = It is the standard text
texts-was-reset = Back to the standard text

texts-ask =
    <b>{ $name }</b> · { $language }
    Send the new text as one message. Bold, italics and links are kept. The bot replaces the words in braces.

    Now (tap to copy):
    <pre>{ $text }</pre>{ $words }

texts-draft =
    <b>{ $name }</b> · { $language }
    Have a look: this is what a customer will see (with example data).
    ──────────
    { $preview }
    ──────────
    Not saved yet. To correct it, send the text again.

texts-save = ✅ Save
texts-saved = ✅ Saved. Customers will see it in the very next message.
texts-saved-toast = Saved
texts-already-so = Already so
texts-changed-meanwhile = While you were writing, another admin changed this text. Yours is not saved: below is what there is now.
texts-draft-lost = The draft is lost. Please send the text again.
texts-wrong-tag = No tags, please: a customer would read “{ $word }” as it is. Make words bold or italic in Telegram itself and send the text again.
texts-wrong-brace = There is a brace too many. Braces only go around the words that the bot replaces, as in { $example }, and such a word must be formatted as a whole.
texts-wrong-brace-none = No braces here, please: nothing is put into this text.
texts-wrong-unknown = I do not know what to put in place of { $names }. Here you can put in: { $list }.
texts-wrong-unknown-none = I do not know what to put in place of { $names }: nothing is put into this text.
texts-wrong-missing = The text lacks { $names }. Without it a customer cannot tell what the message is about.
texts-wrong-long = Too long: with what the bot puts in, at most { $most } characters of your own are left. Make it shorter and send it again.
texts-wrong-empty = The text is empty. Write at least a word.
texts-wrong-damaged = It is not stored as it should be. Write it again, or go back to the standard one.
texts-example-name = Anna
texts-example-service = Haircut
texts-example-service-more = Styling
texts-example-category = Hair
texts-example-staff = Maria
texts-example-reason = Your stylist is ill
texts-example-description = With washing and styling
texts-arg-name = name
texts-arg-title = title
texts-arg-service = service
texts-arg-facts = terms
texts-arg-date = day
texts-arg-when = time
texts-arg-old = before
texts-arg-until = deadline
texts-arg-details = details
texts-arg-rules = rules
texts-arg-held = hold
texts-arg-contact = contact
texts-arg-hours = hours
texts-arg-days = days
texts-arg-limit = number
texts-arg-stars = rating
texts-arg-why = reason
texts-arg-reason = reason
texts-arg-how = reach
texts-arg-lines = list
texts-arg-total = total
texts-arg-staff = specialist
texts-arg-phone = phone
texts-name-greeting-new = Greeting a newcomer
texts-name-greeting-back = Greeting an acquaintance
texts-name-help = Help
texts-name-unknown = Message not understood
texts-name-link-gone = Link out of date
texts-name-choose-service = Choosing a service
texts-name-choose-staff = Choosing who does it
texts-name-choose-nearest = Nearest times
texts-name-choose-day = Choosing a day
texts-name-choose-time = Choosing a time
texts-name-summary = Check your booking
texts-name-booked = Booked
texts-name-just-taken = Time just taken
texts-name-just-taken-none = Time taken, none left
texts-name-no-longer-possible = Too late to book
texts-name-no-free-time = No free time
texts-name-nothing-to-book = No services on offer
texts-name-limit-reached = Too many bookings
texts-name-flow-cancelled = Customer stopped booking
texts-name-waitlist-full = The day is full
texts-name-waitlist-joined = On the waitlist
texts-name-summary-move = Check the move
texts-name-moved = Booking moved
texts-name-cancel-ask = Cancel the booking?
texts-name-cancelled = Booking cancelled
texts-name-cancel-reason-ask = Why cancelled?
texts-name-cancel-reason-thanks = Thanks for the reason
texts-name-deadline-passed = Too late to cancel
texts-name-deadline-passed-move = Too late to move
texts-name-my-none = No bookings
texts-name-schedule-tell-booked = You booked a customer in
texts-name-schedule-tell-confirmed = You confirmed a booking
texts-name-schedule-tell-moved = You moved a booking
texts-name-schedule-tell-changed = You changed a booking
texts-name-schedule-tell-cancelled = You cancelled a booking
texts-name-calendar-cancelled-notice = You closed the time
texts-name-waitlist-offer = A time is free
texts-name-waitlist-ended = No more offers
texts-name-reminder = Reminder
texts-name-reminder-thanks = Customer will come
texts-name-feedback-ask = How was it?
texts-name-feedback-thanks = Thanks for the rating
texts-name-feedback-done = Thanks for the feedback
texts-name-feedback-done-map = Review on the map
texts-name-rules = Cancel and move: one deadline
texts-name-rules-any-time = Cancel and move: until the start
texts-name-rules-cancel = Cancelling: deadline
texts-name-rules-cancel-any-time = Cancelling: until the start
texts-name-rules-move = Moving: deadline
texts-name-rules-move-any-time = Moving: until the start
texts-name-choose-service-of = Services of a section
texts-name-several-add = Several services
texts-name-several-full = No more services
texts-name-choose-nearest-move = Times for a move
texts-name-summary-held = Time is held
texts-name-approval-remark = You approve bookings
texts-name-approval-awaits = Waiting for approval
texts-name-already-booked = Already booked
texts-name-approval-denied = Customer may not book
texts-name-dialogue-left = Customer left by /cancel
texts-name-nothing-to-leave = Nothing to leave
texts-name-waitlist-calendar = Full days in the calendar
texts-name-waitlist-too-many = Waits for too many days
texts-name-waitlist-title = What a customer waits for
texts-name-waitlist-none = Waits for nothing
texts-name-waitlist-place = A day waited for
texts-name-waitlist-left = Waits no longer
texts-name-waitlist-declined = Offer declined
texts-name-contact-name = What is your name?
texts-name-contact-name-or-tap = Your name, with a proposal
texts-name-contact-phone = Why the phone
texts-name-contact-phone-how = How to send the phone
texts-name-contact-skipped = Without a phone
texts-name-contact-thanks = Thanks for the phone
texts-name-contact-unchanged = Nothing changed
texts-name-my-title = List of bookings
texts-name-card = A booking
texts-name-past-title = Past bookings
texts-name-past-repeat = Book the same again
texts-name-past-none = No past bookings
texts-name-calendar-file = File for the calendar
texts-name-contact-given = Deadline gone: your contact
texts-name-contact-told = Deadline gone: no contact
texts-name-contact-plain = How to reach you
texts-name-schedule-tell-approved = You approved a booking
texts-name-schedule-tell-declined = You declined a booking
texts-name-approval-expired = You did not answer in time
texts-name-news-said-yes = Agreed to news
texts-name-news-said-no = Wants no news
texts-name-summary-changed = Terms have changed
texts-name-calendar-file-cancelled = Calendar file: cancelled
