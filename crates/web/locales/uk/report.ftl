report-title = Вставити повідомлення
report-lead = Повідомлення буде прочитано, а сказане в ньому — запропоновано по одному. Нічого не записують, доки ви не внесете це самі, і ніщо з цього не змінює стану.
report-words = Повідомлення
report-words-hint = Звичайним текстом, англійською: іншої мови поки не читають.
report-day = Його дата
report-day-hint = Порожньо, якщо її названо в самому повідомленні.
report-read = Прочитати
report-proposals = { $n ->
    [one] { $n } пропозиція
    [few] { $n } пропозиції
    [many] { $n } пропозицій
   *[other] { $n } пропозиції
  }
report-nothing = У ньому немає нічого, що можна запропонувати до реєстру.
report-unreadable = Прочитати не вдалося:
report-too-long = воно довше за 300 кБ; вставте частину
report-no-day = дата повідомлення невідома
report-statement = Щось сказано
report-meeting = Зустріч
report-mission = Місія
report-text = Згаданий текст
report-recorded = щойно внесено до реєстру
report-on-record = уже в реєстрі, тими самими словами
report-wanting = Бракує
report-not-known = Названі там і не відомі тут:
report-put-right = Виправити
report-put = Внести це до реєстру
report-field-words = Слова
report-field-speaker = Хто сказав, за повідомленням
report-field-by = Від якої делегації чи особи
report-field-attribution = Кому приписано
report-field-medium = Через який засіб
report-field-place = Де
report-field-on = Коли
report-field-claims = Що стверджується
report-field-about = Яких положень стосується
report-field-participants = Хто бере участь
report-field-state = Стан
report-field-when = Коли відбудеться чи відбулася
report-field-format = У якому форматі
report-field-envoy = Кого посилають
report-field-counterpart = До кого
