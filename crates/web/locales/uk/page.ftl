## Те, що є на кожній сторінці.

page-skip = Перейти до змісту сторінки
page-pages = Сторінки
page-languages = Мова
page-state = Стан переговорів
page-account = Обліковий запис
page-seat = Делегація: { $seat }
page-sign-out = Вийти
page-news = До ваших кімнат щось надійшло.
page-show-it = Показати
page-title = { $title } · OneText
