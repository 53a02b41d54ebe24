## The redline of two drafts.

redline-title = Redline { $old } → { $new }
