### Messages of the business to many customers: the panel's room, and what customers read about them.

broadcast-door = 📣 Broadcast

broadcast-title =
    <b>Broadcast</b>
    One message to many customers: an offer, a new service, hours on holidays. Only those who agreed get it.

    Agreed: { $count ->
        [one] { $count } customer
       *[other] { $count } customers
    }. The bot asks once, after a visit that was rated well; customers switch it on and off in /settings.

broadcast-new = ➕ New broadcast
broadcast-back = ‹ Broadcasts

broadcast-to =
    <b>Who is to get it?</b>
    Beside each: how many customers that is. Tags are given on a customer's card.

broadcast-to-all = All who agreed
broadcast-to-active = Here within { $days } days
broadcast-to-tag = 🏷 { $tag }
broadcast-tag-gone = This tag is not in use any more. Please choose another one.

broadcast-ask =
    <b>{ $audience }: { $count }</b>

    Send the message: a text, or one photo with a caption. Bold, italic and links are kept.
    First I show you what it will look like.

broadcast-caption-long = A caption has up to { $limit } characters, and this one has { $count }. Shorten it, or send a text without a photo.

broadcast-sure =
    <b>This is what customers will see ⤴️</b>

    { $audience }
    Will get it: { $count ->
        [one] { $count } customer
       *[other] { $count } customers
    }
    { $duration }

    What is sent cannot be taken back.

broadcast-nobody =
    <b>This is what customers will see ⤴️</b>

    { $audience }: { $count } recipients so far.
    Only those who agreed get the message. Choose who else may get it.

broadcast-nobody-now = There is nobody to get it at the moment.

broadcast-takes =
    Takes about { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.

broadcast-night-now = It is night, so sending begins at { $time }.
broadcast-night-pause = Nothing is sent at night, from { $from } to { $to }: the broadcast waits for the morning.
broadcast-send = ✅ Send ({ $count })
broadcast-change = ✏️ Another message
broadcast-started = The broadcast has begun.
broadcast-busy = Another broadcast is under way. Wait until it ends, or stop it.
broadcast-gone = This broadcast is gone.

broadcast-progress =
    <b>{ $state }</b>{ $wait }
    { $audience }

    { $counts }

broadcast-state-running = ▶️ The broadcast is under way
broadcast-state-stopped = ⏹ The broadcast was stopped
broadcast-state-done = ✅ The broadcast is finished
broadcast-waits = It is night: it goes on at { $time }.
broadcast-count-delivered = Delivered: { $count }
broadcast-count-blocked = Have blocked the bot: { $count }
broadcast-count-failed = Did not arrive: { $count }
broadcast-count-left = Left: { $count }
broadcast-refresh = 🔄 Refresh
broadcast-stop = ⏹ Stop

broadcast-stop-sure =
    <b>Stop the broadcast?</b>
    Who has the message keeps it. The others will not get it, and it cannot be continued.

broadcast-stop-yes = Yes, stop
broadcast-stop-no = No, go on
broadcast-stopped = The broadcast is stopped.

news-ask =
    May “{ $title }” write to you now and then about news and offers?
    You can take it back later with one button under any such message.

news-yes = Yes, please
news-no = No, thank you
news-said-yes = Thank you! We will write rarely. If you change your mind, press “Unsubscribe” under a message.
news-said-no = All right, no news and offers. Messages about your bookings still come. You can change this in /settings.
news-toast-yes = We will send news and offers.
news-toast-no = We will send none any more.
news-switch-yes = 🔔 Send me news and offers
news-switch-no = 🔕 No news and offers
news-unsubscribe = 🔕 Unsubscribe
