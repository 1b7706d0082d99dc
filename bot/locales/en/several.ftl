### What customers read who put several services into one visit.

several-more = ➕ Another service
several-change = ✏️ Change services

several-add =
    <b>Your visit</b>

    { $lines }

    Together: { $total }
    What would you like to add?

several-full =
    <b>Your visit</b>

    { $lines }

    Together: { $total }
    More than { $limit ->
        [one] { $limit } service
       *[other] { $limit } services
    } do not fit one visit. You can take one away.
