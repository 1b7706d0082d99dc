### The room of administrators, and what one-time links answer.

admins-door = 👑 Admins

admins-title =
    <b>Admins</b>
    👑 may do everything, 🛠 runs bookings, schedule and services.

    Press a name to change the role or to remove.

admins-badge-you = you
admins-badge-operator = set by the operator
admins-add = ➕ Add
admins-invites = 🔗 Open links: { $count }
admins-role-super_admin = super admin
admins-role-moderator = moderator
admins-rights-super_admin = A super admin may do everything: settings and admins too.
admins-rights-moderator = A moderator runs bookings, schedule and services. Settings and admins are out of reach.

admins-card =
    <b>{ $name }</b>
    Role: { $role }
    Telegram id: <code>{ $id }</code>

admins-added = Since: { $date }

admins-added-by =
    Since: { $date }
    Added by: { $name }

admins-unreachable = ⚠️ Gets no messages from the bot: they have to write to it at least once.
admins-fixed = Set by the operator, who alone can change the role.
admins-self = This is you. Nobody can change their own role: ask another super admin.
admins-make-super_admin = 👑 Make super admin
admins-make-moderator = 🛠 Make moderator
admins-remove = 🗑 Remove from the admins

admins-ask-role =
    Change the role?

    { $name }
    New role: { $role }

    { $rights }

admins-yes-role = Yes, change it
admins-role-set = The role is changed

admins-ask-remove =
    Remove from the admins?

    { $name }

    The panel closes for them at once, and links that they made and nobody has used yet stop working. Bookings, services and schedule stay as they are.

admins-yes-remove = Yes, remove
admins-removed = No longer an admin
admins-no-gone = This person is no longer among the admins
admins-no-oneself = You cannot change your own role
admins-no-fixed = This admin was set by the operator
admins-already-so = Already so

admins-choose-role =
    <b>A new admin</b>
    Which role?

admins-choose-way =
    <b>A new admin</b>
    Role: { $role }
    { $rights }

    A link is the easiest way. The Telegram id does as well.

admins-by-link = 🔗 Invite by a link
admins-by-id = 🔢 Enter the Telegram id

admins-ask-id =
    Send the Telegram id of this person: a number, such as <code>123456789</code>.

    Everybody can ask @userinfobot for their own.

admins-wrong-id =
    This does not look like a Telegram id. It is a number, such as <code>123456789</code>.

    Nobody can be added by @name: send such a person an invitation link.

admins-confirm-id =
    Add this admin?

    { $name }
    Telegram id: <code>{ $id }</code>
    Role: { $role }

admins-confirm-unknown =
    Add this admin?

    Telegram id: <code>{ $id }</code>
    Role: { $role }

    ⚠️ The bot cannot write to this person, who has not written to it yet or has blocked it. Check the digits and tell them yourself.

admins-yes-add = Yes, add
admins-added-toast = Added

admins-too-many =
    { $limit ->
        [one] { $limit } admin was
       *[other] { $limit } admins were
    } added within the last hour, which is the limit: it protects the bot from being taken over. Try again in an hour. The limit can be changed in the settings.

admins-invite =
    <b>The invitation is ready</b>
    Role: { $role }

    { $link }

    It works once, until { $until }. Whoever opens the link first becomes an admin, so send it in person and never publish it.

admins-share = 📤 Send
admins-invite-share = You are invited to be an admin of “{ $title }”. Open the link and press “Start”.

admins-invites-title =
    <b>Open links</b>
    Nobody has used them yet. Press a link to withdraw it.

admins-withdraw = ✕ { $sign } until { $until }
admins-withdrawn = The link is withdrawn
admins-invite-gone = This link does not work any more

admins-you-added =
    You are an admin of “{ $title }” now.
    Role: { $role }
    Added by: { $by }

    The button “⚙️ Manage” is below.

admins-you-changed =
    Your role in “{ $title }” has changed.
    Your role now: { $role }
    Changed by: { $by }

admins-you-removed =
    You are no longer an admin of “{ $title }”.
    You can book with this bot as before.

admins-told-added =
    👥 <b>New admin</b>
    { $name }
    Role: { $role }
    Added by: { $by }

admins-told-joined =
    👥 <b>New admin</b>
    { $name }
    Role: { $role }
    By an invitation link

admins-told-changed =
    👥 <b>An admin’s role has changed</b>
    { $name }
    Now: { $role }
    Changed by: { $by }

admins-told-removed =
    👥 <b>No longer an admin</b>
    { $name }
    Removed by: { $by }

invites-welcome =
    Welcome! You are an admin of “{ $title }” now.
    Role: { $role }

    The button “⚙️ Manage” is below.

invites-already-admin = You are an admin already. The link was not needed: you can send it to somebody else.
invites-too-many = Too many admins were added within the last hour. Please open this link again in an hour.
invites-unknown = This link does not work. Please ask for a new one.
invites-used = This link has been used. If it was you, all is well; if not, ask for a new one.
invites-expired = This link has expired. Please ask for a new one.
