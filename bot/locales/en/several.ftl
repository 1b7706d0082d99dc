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
    More than { $count ->
        [one] { $count } service
       *[other] { $count } services
    } do not fit one visit. You can take one away.
