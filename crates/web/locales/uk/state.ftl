## Стан переговорів.

state-kicker = Стан переговорів
state-title = Стан переговорів: { $process }
state-foot = Нічого не погоджено, доки не погоджено все. Кожен стан і кожне число тут обчислено з реєстру; ніхто їх не вписував.
state-as-of = Станом на
state-everything = усе, що записано дотепер
state-basis = Підстава
state-basis-record = реєстр
state-basis-view = те, що бачить ця делегація: зроблене іншими деінде сюди не входить
state-stage = Етап
state-which = Які пункти
state-all = Усі пункти
state-open = Відкриті
state-disputed = Спірні
state-mine = Очікують на мене
state-show = Показати
state-now = зараз
state-required = обов’язковий
state-named-only = Відомо лише назву; цій делегації не надано жодного проєкту.
state-not-issued = Цей текст готує ваша делегація; жодного проєкту ще не видано.
state-not-given = Цей текст готує ваша делегація; іншим ще не надано жодного проєкту. Робочі проєкти: { $drafts }.
state-latest = Останній проєкт: { $draft }, { $stage }.
state-from = Що змінилося від
state-to = до
state-open-redline = Порівняти
state-matrix = Пункти за сторонами
state-caption = Пункти та позиція кожної сторони щодо формулювань останнього проєкту
state-number = №
state-point = Пункт
state-state = Стан
state-none = Таких пунктів немає.
state-folded = { $n ->
    [one] { $n } підпункт із тими самими позиціями
    [few] { $n } підпункти з тими самими позиціями
    [many] { $n } підпунктів із тими самими позиціями
   *[other] { $n } підпункту з тими самими позиціями
}
state-pages = Сторінки пунктів
state-groups = Групи сторін
state-parties = Сторони
state-take = висловити позицію щодо { $path }
state-taken-on = висловлено щодо { $draft } { $path }
state-carried-from = перенесено з { $draft } { $path }
