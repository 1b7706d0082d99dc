### The audit log.

journal-door = 📜 Audit log

journal-title =
    <b>Audit log</b>
    Who: { $who }
    What: { $what }
    When: { $when }

    Tap a line to see what was before and after.

journal-none =
    <b>Audit log</b>
    Who: { $who }
    What: { $what }
    When: { $when }

    There are no entries. Choose another person, subject or time.

journal-card =
    <b>{ $action }</b>{ $target }

    When: { $when }
    Who: { $who }

journal-gone = There is no such entry
journal-everybody = everybody
journal-everything = everything
journal-period-all = all the time
journal-period-day = today
journal-period-week = the last 7 days
journal-period-month = the last 30 days
journal-when-all = 📅 All the time
journal-when-day = 📅 Today
journal-when-week = 📅 7 days
journal-when-month = 📅 30 days
journal-who = 👤 Who
journal-what = 🗂 What
journal-ask-who = Whose actions do you want to see?
journal-ask-kind = Actions about what?
journal-export = 📄 Download as a table
journal-by-operator = The operator
journal-by-system = The bot
journal-by-unknown = Somebody unknown
journal-yes = yes
journal-no = no
journal-kind-admin = Admins
journal-kind-block = Closed time
journal-kind-booking = Bookings
journal-kind-bookings = Many bookings at once
journal-kind-broadcast = Broadcasts
journal-kind-category = Categories
journal-kind-customer = Customers
journal-kind-customers = Erased data
journal-kind-export = Exports
journal-kind-hours = Opening hours
journal-kind-service = Services
journal-kind-setting = Settings
journal-kind-staff = Staff
journal-kind-text = Texts
journal-action-admin_add = Admin added
journal-action-admin_invite = Link for an admin made
journal-action-admin_invite-withdraw = Link for an admin withdrawn
journal-action-admin_join = Admin came by a link
journal-action-admin_remove = Admin removed
journal-action-admin_role = Role of an admin changed
journal-action-block_add = Time closed
journal-action-block_remove = Closed time opened
journal-action-booking_approve = Booking approved
journal-action-booking_cancel = Booking cancelled
journal-action-booking_change = Service or staff of a booking changed
journal-action-booking_create = Customer booked by hand
journal-action-booking_mark = Visit marked
journal-action-booking_move = Booking moved
journal-action-booking_note = Note on a booking
journal-action-bookings_cancel = Bookings of some days cancelled
journal-action-bookings_service = Service of a day’s bookings changed
journal-action-bookings_shift = Bookings of a day shifted
journal-action-category_move = Order of categories changed
journal-action-category_remove = Category removed
journal-action-category_rename = Category renamed
journal-action-broadcast_start = Broadcast started
journal-action-broadcast_stop = Broadcast stopped
journal-action-customers_erase = Data of customers long gone erased
journal-action-customer_notes = Note on a customer
journal-action-customer_rule = How a customer books changed
journal-action-customer_tags = Tags of a customer
journal-action-export_audit = Audit log downloaded
journal-action-export_bookings = Bookings downloaded
journal-action-export_customers = Customers downloaded
journal-action-hours_days = Special opening hours
journal-action-hours_days_remove = Special opening hours removed
journal-action-hours_holidays = Public holidays
journal-action-hours_note = Note on special hours
journal-action-hours_week = Weekly opening hours
journal-action-service_create = Service added
journal-action-service_delete = Service deleted
journal-action-service_edit = Service changed
journal-action-service_hide = Service hidden
journal-action-service_move = Order of services changed
journal-action-service_restore = Service brought back
journal-action-service_show = Service shown
journal-action-service_staff = Who gives a service
journal-action-service_terms = Own price or duration
journal-action-setting_set = Setting changed
journal-action-settings = Settings changed by the operator
journal-action-staff_activate = Member of staff takes bookings again
journal-action-staff_add = Member of staff added
journal-action-staff_deactivate = Member of staff takes no bookings
journal-action-staff_delete = Member of staff deleted
journal-action-staff_hours = Hours of a member of staff
journal-action-staff_invite = Link for a member of staff made
journal-action-staff_link = Telegram of a member of staff linked
journal-action-staff_order = Order of staff changed
journal-action-staff_rename = Member of staff renamed
journal-action-staff_restore = Member of staff brought back
journal-action-staff_special-days = Special days of a member of staff
journal-action-staff_unlink = Telegram of a member of staff unlinked
journal-action-text_edit = Text changed
journal-action-text_reset = Text back to its default
journal-field-addedBy = Added by
journal-field-anchorDate = Shifts begin
journal-field-audience = To
journal-field-bufferAfterMinutes = Break after
journal-field-bufferBeforeMinutes = Break before
journal-field-cancelled = Bookings cancelled
journal-field-category = Category
journal-field-changed = Bookings changed
journal-field-characters = Characters
journal-field-count = Customers
journal-field-customerId = Customer no.
journal-field-date = Day
journal-field-days = Days
journal-field-description = Description
journal-field-direction = Direction
journal-field-end = Until
journal-field-from = From
journal-field-hours = Hours
journal-field-invitedBy = Invited by
journal-field-isActive = Takes bookings
journal-field-kept = Bookings kept
journal-field-kind = Kind
journal-field-lines = Service
journal-field-minutes = Duration
journal-field-months = Months
journal-field-name = Name
journal-field-note = Note
journal-field-offers = Services
journal-field-pattern = Shifts
journal-field-period = Period
journal-field-place = Place in the list
journal-field-priceFrom = Price "from"
journal-field-priceMinor = Price
journal-field-ranges = Hours
journal-field-reason = Reason
journal-field-role = Role
journal-field-rows = Rows
journal-field-services = Services
journal-field-staffId = Member of staff
journal-field-span = Days
journal-field-start = From
journal-field-startsAt = Time
journal-field-status = Status
journal-field-stepMinutes = Time step
journal-field-tags = Tags
journal-field-telegramId = Telegram id
journal-field-text = Details
journal-field-to = To
journal-field-toId = New service
journal-field-total = Recipients
journal-field-who = Who
