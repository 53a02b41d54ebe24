## The entrance: signing in, one-time links, the first person.

enter-sign-in = Sign in
enter-nobody = Nobody has a password here yet. Whoever runs this host begins with the code that its terminal shows.
enter-name = Name
enter-password = Password
enter-or-link = Or open the one-time link that you were given.
enter-not-known = Nobody here has this name and this password.
enter-your-name = Your name
enter-your-name-hint = With it you sign in; others of your seat see it.
enter-new-password = A password
enter-new-password-hint = At least 12 characters: several words that are no sentence.
enter-first = The first person
enter-first-lead = The terminal that runs this workbench shows a code. It is good once, for an hour.
enter-code = Code from the terminal
enter-begin = Begin
enter-code-gone = This code or link does not hold: it was used, or is over, or was mistyped.
enter-code-just-used = This code or link was used a moment ago.
enter-link-gone = This link does not hold
enter-link-gone-hint = It opens once, and not for ever. Ask whoever gave it to you for another.
enter-link = A one-time link
enter-take-seat = Sit down at a seat
enter-invited = You are invited
enter-link-lead = This link was made by { $by } for the seat { $seat }. It opens once.
enter-sit-down = Sit down
enter-join = Join
enter-link-small = Nothing is accepted or signed by it.
enter-wait = { $minutes ->
    [one] Too many attempts failed from here; the next counts in { $minutes } minute
   *[other] Too many attempts failed from here; the next counts in { $minutes } minutes
}
enter-password-length = A password needs at least { $shortest } characters, and at most { $longest }
enter-name-length = A name needs 1 to 80 characters
enter-name-taken = This name is taken here
