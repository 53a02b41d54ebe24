## مصطلحات المجال لما يقوله السجل.

term-status-disputed = خلافية
term-status-unknown = غير معروفة
term-status-agreed-ad-ref = متفق عليها بشرط الاستشارة
term-status-provisionally = متفق عليها مؤقتاً
term-status-agreed = متفق عليها
term-stance-objected = اعتراض
term-stance-proposed = اقتراح
term-stance-reserved = تحفّظ
term-stance-withheld = إمساك عن الموقف
term-stance-not-known = غير معروف
term-stance-no-reply = بلا رد
term-stance-lapsed = سقط
term-stance-endorsed = تأييد
term-stance-on-condition = قبول مشروط
term-stance-ad-ref = قبول بشرط الاستشارة
term-stance-accepted = قبول
term-short-on-condition = مشروط
term-short-ad-ref = بشرط الاستشارة
term-red-line = خط أحمر
term-type-language = الصياغة
term-type-level = المستوى
term-type-time = الوقت
term-type-substance = المضمون
term-type-dependency = الارتباط بنقطة أخرى
term-stage-open = مفتوح
term-stage-final-stage = في مرحلته الأخيرة
term-stage-final = نهائي
term-text-main = النص الرئيسي
term-text-side = وثيقة جانبية
term-text-annex = مرفق
term-text-input = نص مقابل
term-text-precedent = سابقة
term-span = من { $from } إلى { $to }
term-brackets = { $n ->
    [zero] لا أقواس مفتوحة
    [one] قوسان معقوفان مفتوحان في موضع واحد
    [two] أقواس مفتوحة في موضعين
    [few] أقواس مفتوحة في { $n } مواضع
    [many] أقواس مفتوحة في { $n } موضعاً
   *[other] أقواس مفتوحة في { $n } موضع
}
term-open-exactly = { $n ->
    [zero] لا نقاط مفتوحة
    [one] نقطة واحدة مفتوحة
    [two] نقطتان مفتوحتان
    [few] { $n } نقاط مفتوحة
    [many] { $n } نقطة مفتوحة
   *[other] { $n } نقطة مفتوحة
}
term-open-between = النقاط المفتوحة: من { $min } إلى { $max }
term-key-reported = منقول
term-key-carried = مرحّل
term-key-incomplete = ناقص
term-key-denied = منفي
term-key-by-silence = بالسكوت
term-key-before-change = قبل تغيير في الألفاظ
term-key-other-track = في مسار آخر
term-mean-ad-ref = قبول أو اتفاق يلزم تأكيده من العاصمة
term-mean-red-line = اعتراض، ويقول هذا الطرف إنه لن يتجاوزه
term-mean-on-condition = قبول بشرط لم يتحقق
term-mean-endorsed = تأييد من حيث المبدأ لا يعني قبول هذه الألفاظ
term-mean-lapsed = قبول أو تأييد لألفاظ سابقة؛ تغيّرت الألفاظ ولم يعد يُحتسب
term-mean-lapsed-package = قبول ضمن حزمة تغيّرت فيها ألفاظ أخرى؛ ولم يعد يُحتسب
term-mean-not-known = لا يعلم هذا الوفد بموقف؛ وقد يكون هناك موقف في مكان آخر
term-mean-reported = دوّنه وفد آخر ولم يؤكده صاحبه بعد
term-mean-carried = موقف من صياغة سابقة ما زال قائماً
term-mean-incomplete = أضيفت بنود فرعية أو حُذفت منذ ذلك الحين
term-mean-denied = دوّن وفد آخر موقفاً، ويقول هذا الطرف إنه لم يتخذه
term-mean-by-silence = قبول بعدم الاعتراض حتى انتهاء إجراء السكوت
term-mean-before-change = قبول سابق لتعديل تحريري ما زال جارياً؛ ولا يُحتسب في هذه الأثناء
term-mean-other-track = نُقلت إلى محادثات أخرى: خارج الحساب، لا متفق عليها ولا محذوفة
