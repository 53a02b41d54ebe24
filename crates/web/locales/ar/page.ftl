## ما يظهر في كل صفحة.

page-skip = انتقل إلى محتوى الصفحة
page-pages = الصفحات
page-languages = اللغة
page-state = حالة المفاوضات
page-account = الحساب
page-seat = الوفد: { $seat }
page-sign-out = تسجيل الخروج
page-news = ورد جديد إلى غرفك.
page-show-it = اعرضه
page-title = { $title } · OneText
