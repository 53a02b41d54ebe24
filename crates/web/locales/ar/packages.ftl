packages-nav = الحزم
packages-title = الحزم
packages-kicker = ما قد يرضى به الجميع
packages-lead = أيُّ توليفات مما هو مفتوح لا تضرّ أحدًا بغير حاجة، بحسب التفضيلات الموجودة في غرف هذا الوفد. والدراسة لا تغيّر موقف أحد.
packages-nothing = لا شيء يُوازَن بعد
packages-count = النقاط المفتوحة: { $points }، الأطراف: { $parties }، الحزم: { $outcomes }.
packages-exact = الحدّ دقيق.
packages-thinned = الحدّ مخفَّف.
packages-as-drafted = المسودات كما هي:
packages-efficient = لا يستطيع أحد أن يكسب من دون كلفة على غيره.
packages-not-efficient = يستطيع أحدهم أن يكسب من دون كلفة على غيره.
packages-not-settled = لم يُحسم هل يستطيع أحد أن يكسب من دون كلفة على غيره.
packages-solutions = ما يعطيه كل حلّ في كل نقطة
packages-solutions-caption = عمود لكل حزمة، مسمّاة بما هي الأفضل فيه
packages-no-solution = لا حزمة يقبلها الجميع.
packages-nash = أكبر حاصل ضرب للمكاسب (ناش)
packages-kalai = أعدل الحصص (كالاي–سمورودينسكي)
packages-egalitarian = أكبر أدنى مكسب
packages-welfare = أكبر مجموع
packages-point = النقطة
packages-gives = تعطي
packages-gain = فوق ما له بغير اتفاق:
packages-frontier = { $n ->
    [zero] الحدّ: لا حزم
    [one] الحدّ: حزمة واحدة
    [two] الحدّ: حزمتان
    [few] الحدّ: { $n } حزم
    [many] الحدّ: { $n } حزمة
   *[other] الحدّ: { $n } حزمة
  }
packages-frontier-caption = حزم لا تفضلها غيرها لأحد من دون كلفة على آخر
packages-picture = الرسم
packages-grounds = ما يُوازَن ولماذا
packages-preferences = ما تستند إليه الأرقام
packages-own-word = قوله هو
packages-estimate = تقدير
packages-numbers = الأرقام أجزاء من مئة من أفضل حزمة للطرف.
packages-left-out = مفتوح أو مقترح ولم يُوازَن
packages-tied = مربوط بعضه ببعض في السجل
packages-none-tied = لا نقاط مربوطة بعضها ببعض في السجل.
