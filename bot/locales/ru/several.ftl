### What customers read who put several services into one visit.

several-more = ➕ Ещё услуга
several-change = ✏️ Изменить услуги

several-add =
    <b>Ваш визит</b>

    { $lines }

    Вместе: { $total }
    Что добавить?

several-full =
    <b>Ваш визит</b>

    { $lines }

    Вместе: { $total }
    Больше { $count ->
        [one] { $count } услуги
       *[other] { $count } услуг
    } за один визит записать нельзя. Лишнюю можно убрать.
