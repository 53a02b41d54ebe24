mission-title = Місія
mission-no-instructions = Вказівок до реєстру не внесено.
mission-carry-on = Продовжити місію
mission-report = Звіт
mission-report-hint = Що було сказано і з чим повернулися; це прочитають усі, хто є в кімнаті нижче.
