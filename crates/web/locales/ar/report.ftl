report-title = ألصق خبرًا
report-lead = يُقرأ الخبر ويُقترح ما فيه واحدًا واحدًا. لا يُسجَّل شيء قبل أن تدرجه بنفسك، ولا يغيّر شيء منه وضعًا.
report-words = الخبر
report-words-hint = نصًّا عاديًّا بالإنجليزية، وهي اللغة الوحيدة التي تُقرأ حتى الآن.
report-day = تاريخه
report-day-hint = يُترك فارغًا إن كان مذكورًا في الخبر نفسه.
report-read = اقرأه
report-proposals = { $n ->
    [zero] لا اقتراحات
    [one] اقتراح واحد
    [two] اقتراحان
    [few] { $n } اقتراحات
    [many] { $n } اقتراحًا
   *[other] { $n } اقتراح
  }
report-nothing = ليس فيه ما يُقترح للسجل.
report-unreadable = تعذّرت قراءته:
report-too-long = أطول من 300 كيلوبايت؛ ألصق جزءًا منه
report-no-day = تاريخ الخبر غير معروف
report-statement = قول
report-meeting = لقاء
report-mission = مهمة
report-text = نص مذكور
report-recorded = أُدرج الآن في السجل
report-on-record = في السجل من قبل، بالكلمات نفسها
report-wanting = ينقصه
report-not-known = مذكورون فيه وغير معروفين هنا:
report-put-right = صحّحه
report-put = أدرج هذا في السجل
report-field-words = الكلمات
report-field-speaker = القائل كما في الخبر
report-field-by = عن أي وفد أو شخص
report-field-attribution = النسبة
report-field-medium = بأي وسيلة
report-field-place = أين
report-field-on = متى
report-field-claims = ما يدّعيه
report-field-about = الأحكام التي يخصها
report-field-participants = المشاركون
report-field-state = الوضع
report-field-when = موعده
report-field-format = بأي صيغة
report-field-envoy = المبعوث
report-field-counterpart = إلى من
