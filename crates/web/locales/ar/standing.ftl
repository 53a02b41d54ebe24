## ما في النقطة غير المواقف.

standing-propose = اقترح ألفاظاً
standing-merge = اعمل على صياغته
standing-lapsed = ما سقط هنا
standing-lapsed-why = { $seat }: قُبلت أو أُيِّدت ألفاظ { $path } في { $draft }. وهي في { $latest } غيرها، فلم يعد ذلك يُحتسب؛ ولا يعيده إلا الطرف نفسه.
standing-lapsed-tied = { $seat }: سقط قبول كان معلقاً بنقاط أخرى معها. والأسباب أدناه تذكرها.
standing-redline = كل ما تغيّر من { $old } إلى { $new }
standing-again = اتخذ موقفاً من الألفاظ الجديدة
standing-said = الملاحظات والاقتراحات هنا
standing-release = ائذن باستعماله
standing-release-hint = فيجوز حينئذ أن يؤثر مضمونه في النص من دون اسمك.
