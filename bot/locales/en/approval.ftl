### Customers who book only with the business's approval, or not at all.

approval-denied = We cannot book you through the bot at the moment. Please contact us directly. { $contact }
approval-remark = An admin confirms this booking: we pass your request on at once and tell you the answer.

approval-awaits =
    ⏳ <b>Waiting to be confirmed</b>

    { $service }
    { $when }{ $details }

    The time is kept for you. As soon as an admin has answered, we will write.

approval-waits-still = ⏳ This booking waits to be confirmed. We will write as soon as an admin has answered.
approval-yes = ✅ Approve
approval-no = ❌ Decline
approval-approved = The booking is approved.

approval-decline-ask =
    <b>Decline this booking?</b>

    { $service }
    { $when }
    { $customer }

    The time becomes free. { $reach }
    You may give a reason: just write it.

approval-decline-plain = Yes, decline without a reason

approval-decline-sure =
    <b>Decline this booking?</b>

    { $service }
    { $when }
    { $customer }

    Reason: { $reason }
    { $reach }

approval-decline-yes = Yes, decline
approval-declined = The booking is declined.

approval-expired =
    ⌛ <b>The booking was not confirmed in time</b>

    { $service }
    { $when }

    We are sorry: it does not take place, please do not wait for it. You can choose another time. { $contact }

schedule-tell-approved =
    ✅ <b>Your booking is confirmed</b>

    { $service }
    { $when }{ $details }

    { $rules }

schedule-tell-declined =
    <b>We cannot take you at this time</b>

    { $service }
    { $when }{ $why }

    We are sorry. You can choose another time. { $contact }

admin-asked =
    ⏳ <b>A new booking waits for your approval</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-asked-move =
    ⏳ <b>A customer moves a booking, which you have to approve</b>
    { $service }{ $staff }
    Was: { $old }
    Wants: { $when }
    { $customer }

admin-approved =
    ✅ <b>Booking approved</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-not-approved =
    ⌛ <b>Booking given up: nobody has approved it</b>
    { $service }
    { $when }
    { $customer }
