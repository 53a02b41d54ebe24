## حالة المفاوضات.

state-kicker = حالة المفاوضات
state-title = حالة المفاوضات: { $process }
state-foot = لا اتفاق على شيء حتى يُتفق على كل شيء. كل حالة وكل رقم هنا محسوب من السجل؛ لم يُدخله أحد بيده.
state-as-of = حتى تاريخ
state-everything = كل ما سُجّل حتى الآن
state-basis = الأساس
state-basis-record = السجل
state-basis-view = ما يراه هذا الوفد: ولا يشمل ما فعله الآخرون في مكان آخر
state-stage = المرحلة
state-which = أي النقاط
state-all = كل النقاط
state-open = المفتوحة
state-disputed = الخلافية
state-mine = بانتظار موقفي
state-show = اعرض
state-now = الآن
state-required = مطلوب
state-named-only = معروف بالاسم فقط؛ لم يُسلَّم أي مشروع إلى هذا الوفد.
state-not-issued = هذا الوفد هو من يصدره؛ ولم يصدر أي مشروع بعد.
state-not-given = هذا الوفد هو من يصدره؛ ولم يُسلَّم أي مشروع إلى وفد آخر بعد. مشاريع العمل: { $drafts }.
state-latest = آخر مشروع: { $draft }، { $stage }.
state-from = ما الذي تغيّر من
state-to = إلى
state-open-redline = قارن
state-matrix = النقاط بحسب الأطراف
state-caption = النقاط وموقف كل طرف من صياغة آخر مشروع
state-number = الرقم
state-point = النقطة
state-state = الحالة
state-none = لا توجد نقطة كهذه.
state-folded = { $n ->
    [zero] لا بنود فرعية بالمواقف نفسها
    [one] بند فرعي واحد بالمواقف نفسها
    [two] بندان فرعيان بالمواقف نفسها
    [few] { $n } بنود فرعية بالمواقف نفسها
    [many] { $n } بنداً فرعياً بالمواقف نفسها
   *[other] { $n } بند فرعي بالمواقف نفسها
}
state-pages = صفحات النقاط
state-groups = مجموعات الأطراف
state-parties = الأطراف
state-take = اتخذ موقفاً من { $path }
state-taken-on = اتُّخذ من { $draft } { $path }
state-carried-from = مرحّل من { $draft } { $path }
