## A draft, to be read.

draft-kicker = Draft
draft-earlier = An earlier draft, or one that is not counted: positions stand beside the latest.
