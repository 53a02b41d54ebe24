## Пункт: що в ньому сказано, які позиції сторін і чому.

point-kicker = Пункт
point-in-draft = у проєкті { $draft }
point-take = Висловити позицію
point-positions = Позиції
point-party = Сторона
point-position = Позиція
point-was = Де він стояв
point-why = Чому стан саме такий
