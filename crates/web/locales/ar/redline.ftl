## مقارنة مشروعين.

redline-title = مقارنة { $old } ← { $new }
