### A customer's name and phone: asked once, with consent, and taken back.

contact-consent =
    <b>Consent to the processing of personal data</b>

    “{ $title }” asks for your name and phone number to book you in, to remind you of your visits and to reach you if something changes. Only the staff of “{ $title }” see them, and they are kept until you withdraw your consent.

    Details, a copy of your data and withdrawal: /privacy{ $policy }{ $without }

contact-policy = <a href="{ $url }">Privacy policy</a>
contact-without-possible = You can book without it, too.
contact-without-impossible = Without it you cannot book here.
contact-agree = ✅ I agree
contact-refuse = Not now
contact-tap-please = Please choose by a button: “I agree” or “Not now”.
contact-refused = All right. But “{ $title }” takes no bookings here without a name and a phone number. { $contact }
contact-reconsider = ‹ Back to the consent

contact-name =
    <b>What shall we call you?</b>

    Write your name.

contact-name-or-tap =
    <b>What shall we call you?</b>

    Tap the name or write another one.

contact-name-wrong = Write a name in plain letters, up to 100 characters, for example: Anna.
contact-skip = Skip
contact-skipped = All right, without a phone number.

contact-phone =
    <b>Your phone number</b>

    “{ $title }” can reach you by it if something changes.

contact-phone-how = Tap “📱 Share my number” below or write the number, for example +44 20 7946 0958.
contact-share = 📱 Share my number
contact-phone-wrong = This does not look like a phone number. Write all of it, with “+” and the code of the country, for example +44 20 7946 0958.
contact-of-another = This is somebody else’s number. Please send your own: by the button “📱 Share my number”, or write it.
contact-thanks = Thank you! Your number: { $phone }
contact-not-kept = Your consent is withdrawn, so nothing was saved.
contact-unchanged = All right, everything stays as it was.
contact-old-button = This button does nothing any more.
contact-lost = The time that you chose got lost. Please start again, it takes half a minute.
contact-door = 👤 Name and phone

contact-own =
    <b>Name and phone</b>

    Name: { $name }
    Phone: { $phone }

    This is how “{ $title }” calls you and reaches you.

contact-nothing = not given
contact-change-name = ✏️ Name
contact-change-phone = 📱 Phone
contact-kept = The name and phone that you gave yourself are kept by your consent of { $date }.
contact-withdraw = ↩️ Withdraw consent

contact-withdraw-ask =
    <b>Withdraw your consent?</b>

    The name and phone number that you gave will be deleted from your profile. “{ $title }” will see your name from Telegram only.

contact-withdraw-booked = Upcoming bookings stay; the admins will learn that they cannot call you any more.
contact-withdraw-required = To book again you will need to agree again.
contact-withdraw-yes = Yes, withdraw
contact-withdrawn = Your consent is withdrawn, your name and phone are deleted. “{ $title }” sees them no more.
contact-withdrawn-already = Your consent is withdrawn already.

contact-withdrawn-notice =
    🔒 <b>A customer has withdrawn consent</b>
    { $customer }
    Name and phone are deleted; upcoming bookings stay. You can write to the customer in Telegram.
