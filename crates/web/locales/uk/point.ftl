## Пункт: що в ньому сказано, які позиції сторін і чому.

point-kicker = Пункт
point-in-draft = у проєкті { $draft }
point-take = Висловити позицію
point-positions = Позиції
point-party = Сторона
point-position = Позиція
point-was = Де він стояв
point-why = Чому стан саме такий
point-newer = Відтоді як відкрито цю сторінку, надійшов проєкт { $latest }; її відкрито щодо { $draft }. Ще нічого не записано, а написане вами — нижче.
point-newer-words = { $draft }, { $path }:
point-newer-gone = У { $latest } його немає.
point-newer-ask = Внесіть це щодо слів { $draft }, якщо маєте на увазі саме їх, або перейдіть до новішого проєкту: перед записом ви ще раз усе прочитаєте.
point-newer-take = Перейти до { $latest }, { $path }
