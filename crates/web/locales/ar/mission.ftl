mission-title = مهمة
mission-no-instructions = لا تعليمات في السجل.
mission-carry-on = تابع المهمة
mission-report = التقرير
mission-report-hint = ما قيل وما عاد به المبعوث؛ يقرؤه كل من في الغرفة أدناه.
