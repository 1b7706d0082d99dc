### What a customer hears of a visit without asking: reminders before it, the question afterwards.

reminder =
    ⏰ <b>A reminder of your booking</b>

    { $service }
    { $when }{ $details }

reminder-today = today, { $when }
reminder-tomorrow = tomorrow, { $when }
reminder-later = { $when }
reminder-coming = ✅ I will come
button-my-booking = 🗓 The booking

reminder-thanks =
    ✅ Thank you, see you soon!

    { $service }
    { $when }{ $details }

feedback-ask =
    How was it?

    { $service }
    { $when }

    Please rate it: only we see that.

feedback-thanks =
    Thank you for rating us: { $stars }

    Would you like to add anything? Just write it.

feedback-done = Thank you! Your feedback is saved.
feedback-done-map = Thank you! If you have a minute, tell others about us: it helps them find us.
feedback-map = ⭐ Leave a review on the map
feedback-no-comment = Nothing to add
feedback-again = You have rated this visit already. Thank you!

admin-low-rating =
    ⚠️ <b>Low rating: { $stars }</b>
    { $service }{ $staff }
    { $when }
    { $customer }

admin-comment =
    💬 <b>Feedback: { $stars }</b>
    { $service }{ $staff }
    { $when }
    { $customer }

    { $comment }
