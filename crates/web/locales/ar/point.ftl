## نقطة: نصها، وموقف كل طرف منها، ولماذا.

point-kicker = نقطة
point-in-draft = في المشروع { $draft }
point-take = اتخذ موقفاً
point-positions = المواقف
point-party = الطرف
point-position = الموقف
point-was = أين كانت
point-why = لماذا هي على هذه الحال
