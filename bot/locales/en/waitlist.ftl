### What customers read who wait for a free time on a full day.

waitlist-calendar = Days between dots are full: tap one, and we will tell you if a time becomes free.

waitlist-full =
    <b>{ $service }</b>
    { $date }: everything is taken.

    If somebody cancels, we will write to you and keep the time for you for a little while.

waitlist-join = 🔔 Tell me if a time becomes free

waitlist-joined =
    🔔 <b>You are on the waitlist</b>

    { $service }
    { $date }

    As soon as a time becomes free, we will write to you here.

waitlist-closed = There is no waitlist for that day.
waitlist-free = A time has become free: take your pick.

waitlist-too-many =
    You can wait for { $limit ->
        [one] { $limit } day
       *[other] { $limit } days
    } at once, not more. The waitlist is where you can remove one.

waitlist-list = 🔔 Waitlist

waitlist-title =
    <b>Waitlist</b>
    We will write as soon as a time becomes free on these days. Tap a day if you need not wait for it any more.

waitlist-none = You are not waiting for anything. If the day you want is full, open it in the booking calendar and tap “🔔 Tell me if a time becomes free”.

waitlist-place =
    <b>{ $service }</b>
    { $date }{ $staff }

    Waiting for a time to become free. If you leave and come back, you will be the last in line.

waitlist-leave = Stop waiting
waitlist-left = All right, you are not waiting any more: { $service }, { $date }.
waitlist-gone = This is no longer valid.

waitlist-offer =
    🔔 <b>A time has become free</b>

    { $service }
    { $when }{ $details }

    It is kept for you until { $until }. Shall we book it?

waitlist-decline = Does not suit me

waitlist-declined =
    All right, we will offer it to others. If another time turns up, we will write. You are still on the waitlist:

    { $service }
    { $date }

waitlist-ended =
    We have offered you a time on that day more than once, and will not write about it any more:

    { $service }
    { $date }

    If you would still like to come, open that day: you can choose what is free at once or, if it is full, join the waitlist again.

waitlist-day = 📆 Look at that day
waitlist-admin = 🔔 On the waitlist: { $count }
