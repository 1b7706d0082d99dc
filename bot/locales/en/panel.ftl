### The admin panel's first screen, and what all its screens say.

menu-admin = ⚙️ Manage

panel-title =
    <b>{ $title }</b>
    Manage:

not-allowed = You are not allowed to do that. The super admin can allow it.
