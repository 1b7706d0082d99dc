### The admin panel's first screen, and what all its screens say.

menu-admin = ⚙️ Manage

panel-title =
    <b>{ $title }</b>
    Manage:

panel-first-steps =
    First steps:
    1. “Services”: what you do, how long it takes and what it costs.
    2. “Staff”: with whom people book; if you work alone, put your own name.
    3. “Hours and days off”: when you are open.
    4. “Settings”, “Contacts”: address and phone.
    5. “Services”, “Links and QR”: the link that brings customers here.

    How customers see it, the button “Book” below will show you.

not-allowed = You are not allowed to do that. The super admin can allow it.
