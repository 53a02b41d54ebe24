search-nav = Search
search-title = Search
search-kicker = In what this seat may see
search-for = Words
search-go = Search
search-hint = Drafts, positions, minutes, statements, notes and whatever else was put in words. A place answers where it has every word.
search-found = { $n ->
    [0] Nothing was found.
    [one] Found in one place.
   *[other] Found in { $n } places.
  }
search-in-drafts = In the drafts
search-in-acts = In what was said and done
search-provision = Provision
search-position = Position
search-statement = Statement
search-minute = Minute
search-question = Question
search-conveyed = Conveyed
search-red-line = Red line
search-condition = Condition
search-understanding = Understanding
search-mission = Mission
search-meeting = Meeting
search-note = Note
search-act = Act
