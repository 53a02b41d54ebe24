packages-nav = Пакети
packages-title = Пакети
packages-kicker = З чим могли б погодитися всі
packages-lead = Які поєднання відкритого нікого без потреби не погіршують — за перевагами, що є в кімнатах цієї делегації. Дослідження не змінює нічиєї позиції.
packages-nothing = Зважувати ще нічого
packages-count = Відкритих пунктів: { $points }, сторін: { $parties }, пакетів: { $outcomes }.
packages-exact = Межа точна.
packages-thinned = Межу проріджено.
packages-as-drafted = Проєкти, якими вони є:
packages-efficient = ніхто не міг би виграти, нікому не зашкодивши.
packages-not-efficient = хтось міг би виграти, нікому не зашкодивши.
packages-not-settled = чи міг би хтось виграти, нікому не зашкодивши, не з’ясовано.
packages-solutions = Що дає кожне розв’язання за кожним пунктом
packages-solutions-caption = Стовпець — пакет, названий за тим, у чому він найкращий
packages-no-solution = Жоден пакет не прийнятний для всіх.
packages-nash = Найбільший добуток виграшів (Неш)
packages-kalai = Найрівніші частки (Калаї — Смородинський)
packages-egalitarian = Найбільший із найменших виграшів
packages-welfare = Найбільша сума
packages-point = Пункт
packages-gives = Дає стороні
packages-gain = понад те, що є без угоди:
packages-frontier = { $n ->
    [one] Межа: { $n } пакет
    [few] Межа: { $n } пакети
    [many] Межа: { $n } пакетів
   *[other] Межа: { $n } пакета
  }
packages-frontier-caption = Пакети, кращих за які для когось немає без шкоди для іншого
packages-picture = Малюнок
packages-grounds = Що зважено й чому
packages-preferences = На чому ґрунтуються числа
packages-own-word = власне слово
packages-estimate = оцінка інших
packages-numbers = Числа — соті частки найкращого для сторони пакета.
packages-left-out = Відкрите або запропоноване, чого не зважено
packages-tied = Пов’язане між собою за реєстром
packages-none-tied = За реєстром жодних пунктів між собою не пов’язано.
