## What stands at a point beside its positions.

standing-propose = Propose words
standing-merge = Work on its wording
standing-lapsed = What lapsed here
standing-lapsed-why = { $seat } had accepted or endorsed the words of { $path } in { $draft }. In { $latest } they are others, so this no longer counts; only { $seat } can give it again.
standing-lapsed-tied = { $seat }: an acceptance that hung on other points lapsed with them. The reasons below say with which.
standing-redline = Everything that changed from { $old } to { $new }
standing-again = Take a position on the new words
standing-said = Criticism and proposals here
standing-release = Let it be used
standing-release-hint = Its substance may then shape the text, without your name.
