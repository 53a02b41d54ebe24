## The field's words for what the record says.

term-status-disputed = disputed
term-status-unknown = unknown
term-status-agreed-ad-ref = agreed ad referendum
term-status-provisionally = provisionally agreed
term-status-agreed = agreed
term-stance-objected = objected
term-stance-proposed = proposed
term-stance-reserved = reserved
term-stance-withheld = withheld
term-stance-not-known = not known
term-stance-no-reply = no reply
term-stance-lapsed = lapsed
term-stance-endorsed = endorsed
term-stance-on-condition = accepted on condition
term-stance-ad-ref = accepted ad referendum
term-stance-accepted = accepted
term-short-on-condition = on condition
term-short-ad-ref = ad referendum
term-red-line = red line
term-type-language = language
term-type-level = level
term-type-time = time
term-type-substance = substance
term-type-dependency = dependency
term-stage-open = open
term-stage-final-stage = in its final stage
term-stage-final = final
term-text-main = main text
term-text-side = side document
term-text-annex = annex
term-text-input = counter-text
term-text-precedent = precedent
term-span = { $from } to { $to }
term-brackets = { $n ->
    [one] { $n } open bracket
   *[other] { $n } open brackets
}
term-open-exactly = { $n ->
    [one] { $n } point open
   *[other] { $n } points open
}
term-open-between = { $min } to { $max } points open
term-key-reported = reported
term-key-carried = carried from
term-key-incomplete = incomplete
term-key-denied = denied
term-key-by-silence = by silence
term-key-before-change = before a change of words
term-key-other-track = on another track
term-mean-ad-ref = accepted or agreed, to be confirmed at home
term-mean-red-line = objected, and this party says that it will not go beyond it
term-mean-on-condition = accepted on a condition that is not met
term-mean-endorsed = backed in principle; these words are not accepted by it
term-mean-lapsed = accepted or endorsed on earlier words; the words changed, and it no longer counts
term-mean-lapsed-package = accepted as part of a package of which other words changed; it no longer counts
term-mean-not-known = no position is known to this seat; there may be one elsewhere
term-mean-reported = written down by another seat, not yet confirmed by its own
term-mean-carried = taken on an earlier wording, and it stands
term-mean-incomplete = sub-items were added or dropped since
term-mean-denied = another seat wrote down a position, and this party says that it did not take it
term-mean-by-silence = accepted by saying nothing until a silence procedure ended
term-mean-before-change = accepted before an editorial change that still runs; it does not count meanwhile
term-mean-other-track = moved to other talks: off the counts, neither agreed nor deleted
