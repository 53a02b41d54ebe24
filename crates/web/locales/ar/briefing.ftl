briefing-nav = الإحاطة
briefing-title = إحاطة
briefing-nobody = لا يُعرف هنا من يمكن إعداد إحاطة له.
briefing-for = لمن
briefing-from = ما تغيّر منذ
briefing-show = اعرض
briefing-process = العملية
briefing-seat = الوفد والمستوى
briefing-last = آخر إحاطة
briefing-never = لا إحاطة في السجل
briefing-basis = تستند إلى
briefing-record = السجل
briefing-view = ما يحق لهذا الوفد أن يراه
briefing-stand = أين وصلت الأمور
briefing-stand-since = أين وصلت الأمور؛ وقبل السهم ما كانت عليه عند آخر إحاطة
briefing-ready = جاهز للإغلاق
briefing-text = النص
briefing-latest = آخر مسودة
briefing-agreed = متفق عليها
briefing-ad-ref = بشرط الاستشارة
briefing-disputed-points = خلافية
briefing-unknown-points = غير معروفة
briefing-all = النقاط
briefing-by-name = معروف بالاسم؛ لم تُسلَّم منه مسودة
briefing-since = ما حدث منذئذ
briefing-no-earlier = لا إحاطة سابقة في السجل: اختر يومًا في الأعلى لترى ما حدث منذئذ.
briefing-nothing-since = لم يُدرج منذئذ في السجل ما يُرى هنا.
briefing-left-out = { $n ->
    [zero] لم يُحذف شيء.
    [one] حُذف فعل سابق واحد.
    [two] حُذف فعلان سابقان.
    [few] حُذفت { $n } أفعال سابقة.
    [many] حُذف { $n } فعلًا سابقًا.
   *[other] حُذف { $n } فعل سابق.
  }
briefing-given = ما سُلِّم إلى كل جانب
briefing-nothing-given = لا شيء
briefing-open = النقاط المفتوحة وما يغلق كلًّا منها
briefing-none-open = لا نقطة مفتوحة.
briefing-disputed = خلافية: لم يُذكر النوع
briefing-disputed-language = خلافية: الصياغة
briefing-disputed-level = خلافية: المستوى
briefing-disputed-time = خلافية: الوقت
briefing-disputed-substance = خلافية: الجوهر
briefing-disputed-dependency = خلافية: الارتباط بغيرها
briefing-ad-referendum = متفق عليها بشرط الاستشارة
briefing-unknown = غير معروفة
briefing-feedback = ملاحظات تنتظر جوابًا
briefing-said = ما قيل علنًا إلى جانب السجل
briefing-meetings = { $n ->
    [zero] لا لقاءات
    [one] لقاء واحد
    [two] لقاءان
    [few] { $n } لقاءات
    [many] { $n } لقاءً
   *[other] { $n } لقاء
  }
briefing-next = الخطوات التالية
briefing-no-step = لا خطوة معلّقة فيما يعرفه السجل.
briefing-next-give = لم تُسلَّم { $draft } إلى { $seat }.
briefing-next-reply = يُنتظر ردّ { $seat }.
briefing-note = أدرج في السجل أن هذا الشخص أُحيط علمًا
briefing-briefers = من أحاطه
briefing-briefers-hint = الأسماء تفصل بينها فواصل. تبدأ الإحاطة التالية من حيث تنتهي هذه.
