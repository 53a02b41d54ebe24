## Somebody who was invited and has no password yet.

guest-title = Make a password
guest-lead = { $by } invited you. With a name and a password you may act here; until then you only read.
guest-speaks = You will speak as { $person } alone.
guest-make = Make it
guest-reads = You look around by an invitation, and only read.
guest-look-lead = Or look around first: you only read, and make a password when you want to act.
guest-look = Look around
