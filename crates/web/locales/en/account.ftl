## Who sits at one's own seat.

account-kicker = Account
account-title = Who sits at this seat
account-link = A link for one person
account-link-lead = It opens once, within three days, and is shown only now. Send it by a way that you trust.
account-people = People
account-nobody = Nobody of this seat has a password here yet.
account-invited-by = invited by { $by }, { $on }
account-invite = Make a link for another person of this seat
account-sessions = Sessions
account-by-link = by a link
account-this-one = (this one)
account-since = since { $on }, { $agent }
account-end = End it
account-sign-ins = Sign-ins
account-when = When
account-who = Who
account-how = How
account-from = From
account-way-password = password
account-way-link = link
account-way-invitation = invitation
account-way-code = code
