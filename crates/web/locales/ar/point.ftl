## نقطة: نصها، وموقف كل طرف منها، ولماذا.

point-kicker = نقطة
point-in-draft = في المشروع { $draft }
point-take = اتخذ موقفاً
point-positions = المواقف
point-party = الطرف
point-position = الموقف
point-was = أين كانت
point-why = لماذا هي على هذه الحال
point-newer = ورد المشروع { $latest } منذ فتح هذه الصفحة، وقد فُتحت على { $draft }. لم يُسجَّل شيء بعد، وما كتبته أدناه.
point-newer-words = { $draft }، { $path }:
point-newer-gone = لا شيء منه في { $latest }.
point-newer-ask = سجّله على ألفاظ { $draft } إن كنت تقصدها، أو امضِ مع المشروع الأحدث: ستقرؤه مرة أخرى قبل التسجيل.
point-newer-take = امضِ مع { $latest }، { $path }
