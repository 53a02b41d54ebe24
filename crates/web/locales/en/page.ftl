## What stands on every page.

page-skip = Skip to the page
page-pages = Pages
page-languages = Language
page-state = State of play
page-account = Account
page-seat = Seat { $seat }
page-sign-out = Sign out
page-news = Something came to your rooms.
page-show-it = Show it
page-title = { $title } · OneText
