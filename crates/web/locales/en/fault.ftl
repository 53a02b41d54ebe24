## What went wrong, and what to do.

fault-back = To the state of play
fault-nothing = There is nothing of this name that your seat can see
fault-nothing-hint = Go to the state of play, and from there to texts, drafts and points.
fault-people = The list of people and sessions cannot be used now
fault-again-hint = Go back and try again; whoever runs this host can see more in its terminal.
fault-record = The record cannot be read now
fault-record-hint = Run `onetext verify` on this host; what was acknowledged is kept.
fault-address = This is not the address of this workbench
fault-address-hint = Open the address that the terminal shows.
fault-origin = This did not come from a page of this workbench
fault-origin-hint = Open the page here again and send it from there.
fault-nobody = Nobody is signed in here any more
fault-nobody-hint = Sign in, go back to the form, and send it again: what you wrote is still in it.
fault-made = This page could not be made
fault-made-hint = Go back and try again.
fault-request = This cannot be read as it was sent
fault-request-hint = Go back: what you wrote is still in the form. A link may have been cut off; begin from the state of play.
fault-too-long = This is longer than can be taken here
fault-too-long-hint = Go back: what you wrote is still in the form. Shorten it, or send it in parts.
fault-way = This address does not take what was sent to it
fault-way-hint = Begin from the state of play.
fault-only-reads = You only read here
fault-only-reads-hint = Make a password first: who acts is a person with a name and a password.
