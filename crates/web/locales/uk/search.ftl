search-nav = Пошук
search-title = Пошук
search-kicker = У тому, що доступно цій делегації
search-for = Слова
search-go = Шукати
search-hint = Проєкти, позиції, протоколи, заяви, нотатки та все інше, що викладено словами. Знайдеться місце, де є всі ці слова.
search-found = { $n ->
    [0] Нічого не знайдено.
    [one] Знайдено в { $n } місці.
    [few] Знайдено в { $n } місцях.
    [many] Знайдено в { $n } місцях.
   *[other] Знайдено в { $n } місцях.
  }
search-in-drafts = У проєктах
search-in-acts = У сказаному та зробленому
search-provision = Положення
search-position = Позиція
search-statement = Заява
search-minute = Протокол
search-question = Запитання
search-conveyed = Передано
search-red-line = Червона лінія
search-condition = Умова
search-understanding = Домовленість
search-mission = Місія
search-meeting = Зустріч
search-note = Нотатка
search-act = Дія
