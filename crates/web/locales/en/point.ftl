## A point: what it says, where each party stands, and why.

point-kicker = Point
point-in-draft = in draft { $draft }
point-take = Take a position
point-positions = Positions
point-party = Party
point-position = Position
point-was = Where it stood
point-why = Why it stands so
point-newer = Draft { $latest } has come since this page was opened; it was opened on { $draft }. Nothing is on record yet, and what you wrote is below.
point-newer-words = { $draft }, { $path }:
point-newer-gone = There is nothing of it in { $latest }.
point-newer-ask = Put it on record on the words of { $draft } if that is what you mean, or go on with the newer draft: you read it once more before it is recorded.
point-newer-take = Go on with { $latest }, { $path }
