### The room of services: what the business offers, who gives it, links to it.

services-door = 💼 Services

services-list =
    <b>Services</b>
    This is how customers see them. Press one to change it.

services-none =
    <b>Services</b>
    There are none yet, so nobody can book. Add the first one: it takes a name, a length and a price.

services-add = ➕ Add a service
services-categories = 🗂 Categories
services-links = 🔗 Links and QR
services-deleted = 🗑 Deleted: { $count }
services-back = ‹ Services
services-gone = This is not here any more. Here is a fresh list.
services-deleted-meanwhile = This service has been deleted already. You can bring it back from the deleted ones.
services-member-gone = This member of staff is not here any more. Here is a fresh list.

services-card =
    { $note }<b>{ $name }</b>{ $description }

    { $facts }{ $hidden }

services-is-hidden = 🙈 Hidden: customers do not see it.
services-line-category = Category: { $category }
services-line-minutes = Length: { $minutes } min
services-line-price = Price: { $price }
services-line-before = Break before: { $minutes } min
services-line-after = Break after: { $minutes } min
services-line-step = Starts: every { $minutes } min
services-line-staff = Given by: { $names }
services-line-everybody = Given by: everybody
services-line-nobody = ⚠️ Nobody gives it, so it cannot be booked. Press “Who gives it”.
services-no-price = not shown
services-saved = ✅ Saved.
services-edit-name = ✏️ Name
services-edit-description = 📝 Description
services-edit-minutes = ⏱ Length
services-edit-price = 💰 Price
services-edit-before = ☕ Break before
services-edit-after = ☕ Break after
services-edit-step = 🕐 Booking step
services-edit-category = 🗂 Category
services-edit-staff = 👤 Who gives it
services-link = 🔗 Link and QR
services-move-up = ▲ Up
services-move-down = ▼ Down
services-place = Place in the list: { $at } of { $count }
services-hide = 🙈 Hide
services-show = 👁 Show to customers
services-hidden = Hidden. Bookings that were made stay.
services-shown = Customers see the service.
services-delete = 🗑 Delete

services-ask-name =
    What should “{ $name }” be called?
    Write the new name, up to 100 characters. Bookings that were made keep the old one.

services-ask-description =
    What should customers know about “{ $name }”?
    Write a description, up to 500 characters.

services-ask-minutes =
    How long does “{ $name }” take?
    Choose or write, for example: 90 or 1 h 30 min. Bookings that were made do not change.

services-ask-price =
    What does “{ $name }” cost?
    Write, for example: 1500, 1500.50 or from 1500. Zero is free. Bookings that were made keep their price.

services-ask-before =
    How many minutes should be kept free before “{ $name }”?
    Choose or write a number from 0 to 480.

services-ask-after =
    How many minutes should be kept free after “{ $name }”, for cleaning up perhaps?
    Choose or write a number from 0 to 480.

services-ask-step =
    How many minutes apart may “{ $name }” start?
    With 15, for example: 10:00, 10:15, 10:30. Choose or write.

services-ask-category =
    In which category should “{ $name }” be shown?
    Choose one or write a new one, for example: Nails.

services-now = Now: { $value }
services-none-description = No description
services-none-step = Like all services
services-none-price = Show no price
services-none-category = No category
services-make-price = Show “{ $price }”
services-wrong-name = A name has 1 to 100 characters, for example: Men’s haircut.
services-wrong-description = A description has up to 500 characters. Please write a shorter one.
services-wrong-minutes = I did not understand the length. It is from 5 minutes to a day, for example: 60 or 1 h 30 min.
services-wrong-price = I did not understand the price. Write an amount, for example: 1500 or from 1500.
services-wrong-before = A break is from 0 to 480 minutes, for example: 15.
services-wrong-after = A break is from 0 to 480 minutes, for example: 15.
services-wrong-step = A step is from 5 minutes to a day, for example: 15.
services-wrong-category = The name of a category has 1 to 40 characters, for example: Nails.

services-add-name =
    <b>New service</b>
    Write its name, for example: Men’s haircut.

services-add-minutes =
    <b>{ $name }</b>
    How long does it take? Choose or write, for example: 90 or 1 h 30 min.

services-add-price =
    <b>{ $name }</b> · { $minutes } min
    What does it cost? Write, for example: 1500 or from 1500. Zero is free.

services-added = ✅ The service has been added.
services-add-lost = Let us start again: the earlier answers are gone, or the service has been added already.

services-delete-ask =
    Delete “{ $name }”?
    { $count ->
        [0] It has no upcoming bookings.
        [one] { $count } upcoming booking stays.
       *[other] { $count } upcoming bookings stay.
    } There will be no new ones. You can bring the service back.

services-delete-yes = 🗑 Yes, delete it
services-deleted-now = The service has been deleted.

services-deleted-list =
    <b>Deleted services</b>
    Press one to bring it back.

services-deleted-none = There are no deleted services.
services-restored = ✅ The service is back. It is hidden for now: look it over and press “Show to customers”.
services-restored-already = This service is back already.

services-categories-list =
    <b>Categories</b>
    Customers choose a service by them.

services-categories-none =
    <b>Categories</b>
    None yet: customers see all services in one list. To make a category, open a service and press “Category”.

services-category =
    { $note }<b>{ $name }</b>

    { $services }

services-category-rename = ✏️ Rename
services-category-remove = 🗑 Remove the category
services-categories-back = ‹ Categories

services-category-ask-name =
    What should the category “{ $name }” be called?
    Write a name of up to 40 characters. If there is one of that name, they are joined.

services-category-joined = ✅ The services are now in “{ $name }”, which was there already.

services-category-remove-ask =
    Remove the category “{ $name }”?
    { $count ->
        [one] { $count } service stays
       *[other] { $count } services stay
    } without a category.

services-category-remove-yes = Yes, remove it
services-category-removed = The category is gone, its services stay.
services-category-gone = This category is not there any more. Here is a fresh list.

services-staff =
    Who gives “{ $name }”?
    Mark members of staff on the left. On the right are their length and price, where they have their own.

services-staff-nobody =
    Who gives “{ $name }”?
    ⚠️ Nobody at the moment, so it cannot be booked. Mark somebody.

services-terms =
    { $note }<b>{ $service }</b>
    { $member }: { $facts }
    The service itself: { $base }

services-terms-none =
    <b>{ $service }</b>
    { $member }: does not give it. Go back to mark it.

services-term-minutes = ⏱ Own length
services-term-price = 💰 Own price
services-term-reset = ↩️ As the service

services-ask-term-minutes =
    { $member }: how long does “{ $service }” take?
    The service itself: { $base }. Choose or write, for example: 90 or 1 h 30 min.

services-ask-term-price =
    { $member }: what does “{ $service }” cost?
    The service itself: { $base }. Write an amount, for example: 1500.

services-wrong-own-price = Write the amount as a number, for example: 1500. “From” is set at the service itself and holds for everybody.

services-links-list =
    <b>Links and QR</b>
    A link opens the booking at once: share it online, or print its QR code.

services-link-card =
    <b>{ $title }</b>
    { $link }{ $hidden }

services-link-hidden = It is hidden from customers now: the link opens the usual greeting.
services-link-qr = 🖨 Send the QR code

services-qr-caption =
    <b>{ $title }</b>
    { $link }

    The file can be printed: a phone’s camera reads the code.

services-qr-sent = The QR code has been sent as a file.
