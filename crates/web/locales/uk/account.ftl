## Хто входить до власної делегації.

account-kicker = Обліковий запис
account-title = Хто входить до цієї делегації
account-link = Посилання для однієї особи
account-link-lead = Воно відкривається один раз протягом трьох днів і показується лише зараз. Надішліть його шляхом, якому довіряєте.
account-people = Особи
account-nobody = Ніхто з цієї делегації ще не має тут пароля.
account-invited-by = запрошення: { $by }, { $on }
account-invite = Створити посилання для ще однієї особи делегації
account-sessions = Сеанси
account-by-link = за посиланням
account-this-one = (цей)
account-since = з { $on }, { $agent }
account-end = Завершити
account-sign-ins = Входи
account-when = Коли
account-who = Хто
account-how = Як
account-from = Звідки
account-way-password = пароль
account-way-link = посилання
account-way-invitation = запрошення
account-way-code = код
