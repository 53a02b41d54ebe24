## كلمة المرور والعامل الثاني للشخص، والرموز المحفوظة على الورق، ومفاتيح البرامج.

keys-title = كلمة المرور والعامل الثاني ومفاتيح البرامج
keys-no-person = دخلت إلى هنا برابط من الطرفية. كلمة المرور والعامل الثاني ومفاتيح البرامج تخص شخصًا له اسم.
keys-password = كلمة المرور
keys-password-lead = عند تغيير كلمة المرور تنتهي جميع جلساتك الأخرى. أما المفاتيح فتبقى صالحة: ألغِ أدناه ما لم تعد تثق به.
keys-password-before = كلمة المرور الحالية
keys-password-change = غيّر كلمة المرور
keys-password-changed = تغيّرت كلمة مرورك، وانتهت جلساتك الأخرى.
keys-password-not-it = كلمة المرور الحالية غير ذلك.
keys-second = العامل الثاني
keys-second-lead = مع العامل الثاني لا تكفي كلمة المرور وحدها: يُطلب أيضًا رمز من هاتفك.
keys-second-begin = ابدأ
keys-second-scan = دع برنامج الرموز على هاتفك يقرأ المربع، أو اكتب السر فيه، ثم أدخل الرمز الذي يظهره خلال عشر دقائق.
keys-second-turn-on = فعّله
keys-second-on = يُطلب رمز عند الدخول.
keys-second-off = أوقفه
keys-square = السر في صورة مربع يقرؤه الهاتف
keys-secret = السر
keys-address = العنوان
keys-code = الرمز
keys-code-hint = ستة أرقام من هاتفك، أو أحد الرموز التي تحفظها على الورق.
keys-code-wrong = هذا الرمز غير صالح: استُعمل من قبل أو انتهى وقته أو كُتب خطأً
keys-proof-wrong = هذه ليست كلمة مرورك
keys-enter-lead = كلمة المرور صحيحة. أدخل الرمز خلال خمس دقائق.
keys-paper = رموز تُحفظ على الورق
keys-paper-lead = كل منها يفتح مرة واحدة بدل الهاتف. لا تظهر إلا الآن: اكتبها واحفظها بعيدًا عنه.
keys-paper-left = { $n ->
    [zero] لم يبق أي رمز على الورق.
    [one] بقي رمز واحد على الورق.
    [two] بقي رمزان على الورق.
    [few] بقيت { $n } رموز على الورق.
    [many] بقي { $n } رمزًا على الورق.
   *[other] بقي { $n } رمز على الورق.
}
keys-tokens = مفاتيح البرامج
keys-tokens-lead = بالمفتاح يرى البرنامج ما يراه وفدك، عبر الواجهة التي يصفها /api/openapi.json.
keys-tokens-none = ليس لوفدك أي مفتاح.
keys-token-new = المفتاح الجديد
keys-token-once = لا يظهر إلا الآن. من يملكه يقرأ باسمك إلى أن ينتهي أو يُلغى.
keys-token-name = الغرض منه
keys-token-name-hint = يرى الآخرون في وفدك هذا الاسم.
keys-token-may = يتيح
keys-token-reads = القراءة فقط
keys-token-acts = القراءة والتدوين في السجل
keys-token-days = مدته
keys-days = { $n ->
    [zero] { $n } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
keys-token-make = أنشئ مفتاحًا
keys-token-refused = يحتاج المفتاح إلى اسم من 1 إلى 80 حرفًا، ولا تتجاوز مدته سنة
keys-token-told = أنشأه { $by }، وينتهي في { $ends }.
keys-token-seen = آخر استعمال { $on }.
keys-token-unused = لم يُستعمل بعد.
keys-token-revoke = ألغِه
keys-token-revoke-it = ألغِ { $name }
