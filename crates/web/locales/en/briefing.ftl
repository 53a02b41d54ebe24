briefing-nav = Briefing
briefing-title = Briefing
briefing-nobody = Nobody is known here for whom a briefing could be made.
briefing-for = For
briefing-from = What changed since
briefing-show = Show
briefing-process = Process
briefing-seat = Seat and level
briefing-last = Last briefed
briefing-never = no briefing is on record
briefing-basis = Rests on
briefing-record = the record
briefing-view = what this seat may see
briefing-stand = Where it stands
briefing-stand-since = Where it stands; before the arrow, where it stood at the last briefing
briefing-ready = ready to close
briefing-text = Text
briefing-latest = Latest draft
briefing-agreed = Agreed
briefing-ad-ref = Ad referendum
briefing-disputed-points = Disputed
briefing-unknown-points = Unknown
briefing-all = Points
briefing-by-name = known by name; no draft of it was given
briefing-since = What happened since
briefing-no-earlier = No earlier briefing is on record: choose a day above to see what happened since.
briefing-nothing-since = Nothing that can be seen here was put on record since.
briefing-left-out = { $n ->
    [one] One earlier act is left out.
   *[other] { $n } earlier acts are left out.
  }
briefing-given = What each side has been given
briefing-nothing-given = nothing
briefing-open = Open points, and what would close each
briefing-none-open = No point is open.
briefing-disputed = Disputed: no type stated
briefing-disputed-language = Disputed: language
briefing-disputed-level = Disputed: level
briefing-disputed-time = Disputed: time
briefing-disputed-substance = Disputed: substance
briefing-disputed-dependency = Disputed: dependency
briefing-ad-referendum = Agreed ad referendum
briefing-unknown = Unknown
briefing-feedback = Feedback that waits for an answer
briefing-said = Said in public, beside the record
briefing-meetings = { $n ->
    [one] one meeting
   *[other] { $n } meetings
  }
briefing-next = Next steps
briefing-no-step = No step that the record knows of is pending.
briefing-next-give = { $seat } has not been given { $draft }.
briefing-next-reply = A reply of { $seat } is awaited.
briefing-note = Put on record that this person was briefed
briefing-briefers = Briefed by
briefing-briefers-hint = Names, with commas between. The next briefing begins where this one ends.
