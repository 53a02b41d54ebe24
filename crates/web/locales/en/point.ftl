## A point: what it says, where each party stands, and why.

point-kicker = Point
point-in-draft = in draft { $draft }
point-take = Take a position
point-positions = Positions
point-party = Party
point-position = Position
point-was = Where it stood
point-why = Why it stands so
