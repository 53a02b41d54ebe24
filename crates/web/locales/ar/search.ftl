search-nav = البحث
search-title = البحث
search-kicker = فيما يحق لهذا الوفد أن يراه
search-for = الكلمات
search-go = ابحث
search-hint = المسودات والمواقف والمحاضر والتصريحات والملاحظات وكل ما صيغ بالكلمات. يظهر الموضع الذي فيه كل الكلمات.
search-found = { $n ->
    [0] لم يُعثر على شيء.
    [zero] لم يُعثر على شيء.
    [one] وُجد في موضع واحد.
    [two] وُجد في موضعين.
    [few] وُجد في { $n } مواضع.
    [many] وُجد في { $n } موضعًا.
   *[other] وُجد في { $n } موضع.
  }
search-in-drafts = في المسودات
search-in-acts = فيما قيل وفُعل
search-provision = حكم
search-position = موقف
search-statement = تصريح
search-minute = محضر
search-question = سؤال
search-conveyed = منقول
search-red-line = خط أحمر
search-condition = شرط
search-understanding = تفاهم
search-mission = مهمة
search-meeting = لقاء
search-note = ملاحظة
search-act = فعل
