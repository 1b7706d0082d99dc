### A customer's own settings, and what is kept about them.

preferences-title =
    <b>Settings</b>

    Language: { $language }

preferences-language = English
preferences-privacy = 🔒 My data
preferences-back = ‹ Settings

privacy =
    <b>Your data at “{ $title }”</b>

    We keep your name and username from Telegram, your language, your bookings and your ratings. We need them to book you in and to remind you of your visits; only the staff of “{ $title }” see them.{ $contact }

    You can get a copy, or have everything deleted that is known about you.

privacy-export = 📄 Get a copy
privacy-erase = 🗑 Delete my data
privacy-file = All that is kept about you at “{ $title }”.

privacy-ask =
    <b>Delete your data?</b>

    Your name, contacts, comments and notes will be erased and cannot be brought back. Past visits stay without a name, for statistics.

privacy-yes = Yes, delete
privacy-no = No, keep it
privacy-booked = Please cancel your upcoming bookings first: without your data “{ $title }” would not know whom to expect.

privacy-erased =
    Your data has been deleted.

    To book again one day, press /start.

command-settings = Language and my data
command-privacy = What is kept about you
