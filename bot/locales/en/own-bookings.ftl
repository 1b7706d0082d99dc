### What a customer does with an own booking beside moving and cancelling it.

button-calendar-file = 📲 To my calendar
calendar-file = Open the file to add the booking to your calendar. If you move the booking, take the file again.
calendar-file-cancelled = This booking will not take place. Open the file to take it out of your calendar.
calendar-phone = Phone: { $phone }
past-repeat = Tap a visit to book the same again.
repeat-gone = We no longer offer that service. Please choose another one.
repeat-full = Nothing is free at the moment.
cancel-reason-ask = May we ask why? Choose, or write it in words – or simply do not answer.
cancel-why-time = The time does not suit me
cancel-why-ill = I am ill
cancel-why-mind = My plans have changed
cancel-reason-thanks = Thank you, we will pass it on.

admin-cancel-reason =
    💬 <b>Why the booking was cancelled</b>
    { $service }{ $staff }
    { $when }
    { $customer }

    { $comment }
