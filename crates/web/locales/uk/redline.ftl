## Порівняння двох проєктів.

redline-kicker = Порівняння проєктів
redline-title = Порівняння { $old } → { $new }
redline-to = до
redline-moved = переміщено: { $n }
redline-renumbered = перенумеровано: { $n }
redline-split = поділено: { $n }
redline-merged = об’єднано: { $n }
redline-edited = змінено: { $n }
redline-new = нових: { $n }
redline-gone = вилучено: { $n }
redline-unchanged = без змін: { $n }
redline-nothing = Нічого не змінилося.
redline-extent = Положень: було { $old }, стало { $new }. Слів: вилучено { $out }, додано { $in }, збережено { $kept }.
redline-brackets = Відкритих дужок: було { $old }, стало { $new }.
redline-coarse = Частини цих текстів такі довгі й несхожі, що їхні слова порівняно більшими кроками: позначено може бути більше, ніж змінено.
redline-new-words = нові слова
redline-old-words = старі слова
redline-words = слова
redline-means-inserted = додано
redline-means-deleted = вилучено
redline-means-moved-here = переміщено сюди в межах положення
redline-means-moved-away = переміщено звідси
redline-example = пункт 15
redline-means-adapted = посилання, що йде за своєю ціллю, або лише регістр літер: наведіть, щоб побачити, що було
redline-steps = Перехід між змінами
redline-previous = Попередня
redline-next = Наступна
redline-changes = { $n ->
    [one] { $n } зміна
    [few] { $n } зміни
    [many] { $n } змін
   *[other] { $n } зміни
}
redline-of = [at] з [all]
redline-only = лише зміни
redline-beside = поруч
redline-letters = клавіші
redline-before = було
redline-now = стало
redline-list = Перелік змін
redline-list-count = Зміни ({ $n })
redline-none = Немає.
redline-kind-unchanged = без змін
redline-kind-renumbered = перенумеровано
redline-kind-edited = змінено
redline-kind-moved = переміщено
redline-kind-moved-edited = переміщено і змінено
redline-kind-split = поділено
redline-kind-split-edited = поділено і змінено
redline-kind-merged = об’єднано
redline-kind-merged-edited = об’єднано і змінено
redline-kind-new = нове
redline-kind-gone = вилучено
redline-stood-here = Тут стояло { $old }; переміщено до { $new }.
redline-from = з { $old }
redline-from-into = з { $old } на { $new }
redline-was = було { $old }
redline-other-heading = стоїть під іншим заголовком
redline-replaced = усе замінено на { $new }
redline-opened = відкрито дужок: { $n }
redline-closed = закрито дужок: { $n }
redline-added = додано варіантів: { $n }
redline-dropped = вилучено варіантів: { $n }
