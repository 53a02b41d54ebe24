packages-nav = Packages
packages-title = Packages
packages-kicker = What could both live with
packages-lead = Which combinations of what is open leave nobody worse off than need be, by the preferences that this seat’s rooms hold. A study changes nobody’s position.
packages-nothing = There is nothing to weigh yet
packages-count = { $points } open points, { $parties } parties, { $outcomes } packages.
packages-exact = The frontier is exact.
packages-thinned = The frontier is thinned out.
packages-as-drafted = The drafts as they stand:
packages-efficient = nobody could gain at nobody’s cost.
packages-not-efficient = somebody could gain at nobody’s cost.
packages-not-settled = whether somebody could gain at nobody’s cost was not settled.
packages-solutions = What each solution gives on each point
packages-solutions-caption = One column a package, named by what it is the best of
packages-no-solution = No package is acceptable to all.
packages-nash = Greatest product of gains (Nash)
packages-kalai = Most even shares (Kalai-Smorodinsky)
packages-egalitarian = Greatest least gain
packages-welfare = Greatest sum
packages-point = Point
packages-gives = Gives
packages-gain = over what it has without:
packages-frontier = { $n ->
    [one] The frontier: one package
   *[other] The frontier: { $n } packages
  }
packages-frontier-caption = Packages that no other betters for anyone at nobody’s cost
packages-picture = Picture
packages-grounds = What is weighed, and why
packages-preferences = What the numbers rest on
packages-own-word = its own word
packages-estimate = an estimate
packages-numbers = Numbers are hundredths of the party’s best package.
packages-left-out = Open or proposed, and not weighed
packages-tied = Tied together on record
packages-none-tied = No points are tied together on record.
