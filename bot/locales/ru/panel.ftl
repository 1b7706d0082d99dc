### The admin panel's first screen, and what all its screens say.

menu-admin = ⚙️ Управление

panel-title =
    <b>{ $title }</b>
    Управление:

not-allowed = На это у вас нет прав. Их даёт главный администратор.
