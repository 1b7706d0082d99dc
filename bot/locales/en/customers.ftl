### The panel's customers: search, a customer's card, notes, tags, who may book.

customers-door = 🙋 Customers

customers-recent =
    <b>Customers</b>
    Below is who was here lately. To find somebody else, write a name, a phone number (its last digits will do) or @name.

customers-none =
    <b>Customers</b>
    Nobody yet. Customers appear here once they write to the bot or you book for them.

customers-found =
    <b>Customers: “{ $query }”</b>
    If you need somebody else, just write again.

customers-nobody = Nobody was found by “{ $query }”. Write a part of the name, a number or its last digits, for example: 45-67
customers-search-lost = What you looked for was lost. Please write it again.
customers-gone = There is no such customer.
customers-back = ‹ Customers
customers-card-back = ‹ The customer
customers-card-button = 👤 Customer

customers-card =
    <b>{ $name }</b>{ $facts }

    { $outcomes }{ $more }

customers-since = First seen: { $date }
customers-spent = Paid for visits: { $sum }
customers-last = Last visit: { $date }
customers-next = Next booking: { $when }
customers-tags-line = Tags: { $tags }
customers-notes-line = Note: { $notes }
customers-rule-line-deny = ⛔ Cannot book through the bot
customers-rule-line-approval = ✋ Books with your approval
customers-by-phone = Never used the bot: it cannot write to them
customers-is-gone = Has blocked the bot: it cannot write to them
customers-bookings-button = 🗓 Bookings: { $count }
customers-bookings = <b>Bookings: { $name }</b>

customers-bookings-none =
    <b>Bookings: { $name }</b>
    There have been none yet.

customers-notes-button = 📝 Note

customers-notes-ask =
    Write a note about this customer, up to { $count } characters. Only admins see it; a customer who asks for a copy of their data gets it, too.
    For example: “Allergic to dye, likes coffee without sugar”.{ $now }

customers-notes-now = Now: { $notes }
customers-notes-clear = 🗑 Remove the note
customers-notes-cleared = There is no note any more.
note-changed-meanwhile = While you were writing, another admin changed the note. Yours is not saved yet: look at what it says now, and write it again.
customers-tags-button = 🏷 Tags

customers-tags-ask =
    <b>{ $name }</b>
    Tags: { $tags }

    Tags gather customers for a broadcast. To add one, choose it or write a new one, for example: regular

customers-tags-none = none yet
customers-tag-wrong = A tag is a word or two, up to { $count } characters. For example: regular
customers-tag-has-it = This tag is there already.
customers-tag-too-many = A customer has at most 10 tags. Please remove one first.
customers-tag-gone = This tag is not in use any more. Here is what there is now.
customers-rule-button = 🚦 May they book?

customers-rule =
    <b>{ $name }</b>
    May this customer book through the bot?

    With approval: the time is kept, but the booking takes place only if you agree.
    Not at all: the bot kindly asks to contact you; it does not say that you have decided so.

    Bookings that are there already stay. You can always book for them yourself.

customers-rule-none = Yes, as everybody
customers-rule-approval = ✋ With approval only
customers-rule-deny = ⛔ Not at all
customers-rule-saved = Saved.
