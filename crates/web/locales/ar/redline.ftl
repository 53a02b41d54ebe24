## مقارنة مشروعين.

redline-kicker = مقارنة المشاريع
redline-title = مقارنة { $old } ← { $new }
redline-to = إلى
redline-moved = منقولة: { $n }
redline-renumbered = معاد ترقيمها: { $n }
redline-split = مقسّمة: { $n }
redline-merged = مدمجة: { $n }
redline-edited = معدّلة: { $n }
redline-new = جديدة: { $n }
redline-gone = محذوفة: { $n }
redline-unchanged = دون تغيير: { $n }
redline-nothing = لم يتغيّر شيء.
redline-extent = الأحكام: { $old } سابقاً و{ $new } الآن. الكلمات: حُذف { $out } وأضيف { $in } وبقي { $kept }.
redline-brackets = الأقواس المفتوحة: { $old } سابقاً و{ $new } الآن.
redline-coarse = أجزاء من هذين النصين طويلة ومختلفة جداً فقورنت كلماتها بخطوات أكبر: قد يُعلَّم أكثر مما تغيّر.
redline-new-words = كلمات جديدة
redline-old-words = كلمات قديمة
redline-words = كلمات
redline-means-inserted = مضافة
redline-means-deleted = محذوفة
redline-means-moved-here = نُقلت إلى هنا داخل الحكم
redline-means-moved-away = نُقلت من هنا
redline-example = النقطة 15
redline-means-adapted = إحالة تتبع ما تشير إليه، أو تغيّر في حالة الأحرف فقط: أشر إليها لترى ما كانت
redline-steps = التنقل بين التغييرات
redline-previous = السابق
redline-next = التالي
redline-changes = { $n ->
    [zero] لا تغييرات
    [one] تغيير واحد
    [two] تغييران
    [few] { $n } تغييرات
    [many] { $n } تغييراً
   *[other] { $n } تغيير
}
redline-of = [at] من [all]
redline-only = التغييرات فقط
redline-beside = جنباً إلى جنب
redline-letters = المفتاحان
redline-before = سابقاً
redline-now = الآن
redline-list = قائمة التغييرات
redline-list-count = التغييرات ({ $n })
redline-none = لا شيء.
redline-kind-unchanged = دون تغيير
redline-kind-renumbered = معاد ترقيمه
redline-kind-edited = معدّل
redline-kind-moved = منقول
redline-kind-moved-edited = منقول ومعدّل
redline-kind-split = مقسّم
redline-kind-split-edited = مقسّم ومعدّل
redline-kind-merged = مدمج
redline-kind-merged-edited = مدمج ومعدّل
redline-kind-new = جديد
redline-kind-gone = محذوف
redline-stood-here = كان هنا { $old }؛ وقد نُقل إلى { $new }.
redline-from = من { $old }
redline-from-into = من { $old } إلى { $new }
redline-was = كان { $old }
redline-other-heading = تحت عنوان آخر
redline-replaced = استُبدل كله بـ { $new }
redline-opened = أقواس فُتحت: { $n }
redline-closed = أقواس أُغلقت: { $n }
redline-added = بدائل أُضيفت: { $n }
redline-dropped = بدائل حُذفت: { $n }
