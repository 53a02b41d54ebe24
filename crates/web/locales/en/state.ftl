## The state of play.

state-kicker = State of play
state-title = State of play: { $process }
state-foot = Nothing is agreed until everything is agreed. Every state and number here is computed from the record; nobody typed it in.
state-as-of = As of
state-everything = everything recorded so far
state-basis = Basis
state-basis-record = the record
state-basis-view = this seat's view: what others did elsewhere is not in it
state-stage = Stage
state-which = Which points
state-all = All points
state-open = Open
state-disputed = Disputed
state-mine = Mine to answer
state-show = Show
state-now = now
state-required = required
state-named-only = Known by name only; no draft has been given to this seat.
state-not-issued = This seat issues it; no draft has been issued yet.
state-not-given = This seat issues it; no draft has been given to another seat yet. Working drafts: { $drafts }.
state-latest = Latest draft { $draft }, { $stage }.
state-from = What changed from
state-to = to
state-open-redline = Open the redline
state-matrix = Points by party
state-caption = Points and the position of each party on the wording of the latest draft
state-number = No.
state-point = Point
state-state = State
state-none = None of the points is like that.
state-folded = { $n ->
    [one] { $n } sub-item with the same positions
   *[other] { $n } sub-items with the same positions
}
state-pages = Pages of points
state-groups = Groups of parties
state-parties = Parties
state-take = take a position on { $path }
state-taken-on = taken on { $draft } { $path }
state-carried-from = carried from { $draft } { $path }
