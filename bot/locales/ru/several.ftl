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
    Больше { $limit ->
        [one] { $limit } услуги
       *[other] { $limit } услуг
    } за один визит записать нельзя. Лишнюю можно убрать.
