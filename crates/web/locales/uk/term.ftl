## Слова галузі для того, що каже реєстр.

term-status-disputed = спірний
term-status-unknown = невідомо
term-status-agreed-ad-ref = погоджено ad referendum
term-status-provisionally = попередньо погоджено
term-status-agreed = погоджено
term-stance-objected = заперечення
term-stance-proposed = пропозиція
term-stance-reserved = позицію застережено
term-stance-withheld = не висловлюється
term-stance-not-known = невідомо
term-stance-no-reply = без відповіді
term-stance-lapsed = втратило силу
term-stance-endorsed = підтримано
term-stance-on-condition = прийнято за умови
term-stance-ad-ref = прийнято ad referendum
term-stance-accepted = прийнято
term-short-on-condition = за умови
term-short-ad-ref = ad referendum
term-red-line = червона лінія
term-type-language = формулювання
term-type-level = рівень
term-type-time = час
term-type-substance = суть
term-type-dependency = залежність від іншого пункту
term-stage-open = відкрито
term-stage-final-stage = на завершальному етапі
term-stage-final = остаточний
term-text-main = основний текст
term-text-side = супровідний документ
term-text-annex = додаток
term-text-input = зустрічний текст
term-text-precedent = прецедент
term-span = { $from }–{ $to }
term-brackets = { $n ->
    [one] { $n } відкрита дужка
    [few] { $n } відкриті дужки
    [many] { $n } відкритих дужок
   *[other] { $n } відкритої дужки
}
term-open-exactly = { $n ->
    [one] відкритий { $n } пункт
    [few] відкриті { $n } пункти
    [many] відкриті { $n } пунктів
   *[other] відкриті { $n } пункту
}
term-open-between = відкритих пунктів: від { $min } до { $max }
term-key-reported = записано іншими
term-key-carried = перенесено з
term-key-incomplete = неповно
term-key-denied = спростовано
term-key-by-silence = за мовчазною згодою
term-key-before-change = до зміни слів
term-key-other-track = в інших переговорах
term-mean-ad-ref = прийнято або погоджено з подальшим підтвердженням удома
term-mean-red-line = заперечення, і сторона каже, що далі не піде
term-mean-on-condition = прийнято за умови, яку не виконано
term-mean-endorsed = підтримано в принципі; самих слів цим не прийнято
term-mean-lapsed = прийнято або підтримано попередні слова; слова змінено, і це більше не враховується
term-mean-lapsed-package = прийнято як частину пакета, інші слова якого змінено; це більше не враховується
term-mean-not-known = цій делегації позиція не відома; десь вона може бути
term-mean-reported = записано іншою делегацією і ще не підтверджено власною
term-mean-carried = висловлено щодо попереднього формулювання, і воно чинне
term-mean-incomplete = відтоді підпункти додано або вилучено
term-mean-denied = інша делегація записала позицію, а ця сторона каже, що її не займала
term-mean-by-silence = прийнято мовчанням до завершення процедури мовчазної згоди
term-mean-before-change = прийнято до редакційної зміни, яка ще триває; тим часом не враховується
term-mean-other-track = перенесено до інших переговорів: не враховується, не погоджено і не вилучено
