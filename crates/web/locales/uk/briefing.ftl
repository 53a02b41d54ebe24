briefing-nav = Довідка
briefing-title = Інформаційна довідка
briefing-nobody = Тут не відомо нікого, для кого можна скласти довідку.
briefing-for = Для кого
briefing-from = Що змінилося з дня
briefing-show = Показати
briefing-process = Процес
briefing-seat = Делегація й рівень
briefing-last = Востаннє поінформовано
briefing-never = записів про довідки немає
briefing-basis = Ґрунтується на
briefing-record = реєстрі
briefing-view = тому, що доступно цій делегації
briefing-stand = Стан справ
briefing-stand-since = Стан справ; перед стрілкою — яким він був на час останньої довідки
briefing-ready = готово до завершення
briefing-text = Текст
briefing-latest = Останній проєкт
briefing-agreed = Погоджено
briefing-ad-ref = Ad referendum
briefing-disputed-points = Спірні
briefing-unknown-points = Невідомо
briefing-all = Пунктів
briefing-by-name = відомий лише за назвою; жодного проєкту не надано
briefing-since = Що сталося відтоді
briefing-no-earlier = Записів про попередню довідку немає: виберіть угорі день, щоб побачити, що сталося відтоді.
briefing-nothing-since = Нічого з доступного тут відтоді до реєстру не внесено.
briefing-left-out = { $n ->
    [one] Пропущено { $n } ранішу дію.
    [few] Пропущено { $n } раніші дії.
    [many] Пропущено { $n } раніших дій.
   *[other] Пропущено { $n } ранішої дії.
  }
briefing-given = Що надано кожній стороні
briefing-nothing-given = нічого
briefing-open = Відкриті пункти й що закрило б кожен із них
briefing-none-open = Відкритих пунктів немає.
briefing-disputed = Спірні: вид не вказано
briefing-disputed-language = Спірні: формулювання
briefing-disputed-level = Спірні: рівень
briefing-disputed-time = Спірні: час
briefing-disputed-substance = Спірні: суть
briefing-disputed-dependency = Спірні: залежність
briefing-ad-referendum = Погоджено ad referendum
briefing-unknown = Невідомо
briefing-feedback = Відгуки, що чекають на відповідь
briefing-said = Сказане прилюдно, поруч із реєстром
briefing-meetings = { $n ->
    [one] { $n } зустріч
    [few] { $n } зустрічі
    [many] { $n } зустрічей
   *[other] { $n } зустрічі
  }
briefing-next = Наступні кроки
briefing-no-step = За реєстром, жодного кроку не очікується.
briefing-next-give = { $seat }: ще не надано { $draft }.
briefing-next-reply = { $seat }: очікується відповідь.
briefing-note = Записати, що цю особу поінформовано
briefing-briefers = Хто інформував
briefing-briefers-hint = Імена через кому. Наступна довідка почнеться там, де закінчується ця.
