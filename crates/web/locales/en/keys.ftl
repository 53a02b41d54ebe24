## The password and the second factor of a person, the codes on paper, and tokens for programs.

keys-title = Password, second factor and tokens
keys-no-person = You sit here by a link from the terminal. A password, a second factor and tokens belong to a person with a name.
keys-password = Password
keys-password-lead = With another password all your other sessions end. Tokens hold on: revoke below what you no longer trust.
keys-password-before = The password so far
keys-password-change = Change the password
keys-password-changed = Your password is changed, and your other sessions have ended.
keys-password-not-it = The password so far is another.
keys-second = Second factor
keys-second-lead = With a second factor the password alone opens nothing: a code from your telephone is asked for too.
keys-second-begin = Begin
keys-second-scan = Let a program for such codes on your telephone read the square, or type the secret into it. Then give the code that it shows, within ten minutes.
keys-second-turn-on = Turn it on
keys-second-on = A code is asked for when you sign in.
keys-second-off = Turn it off
keys-square = The secret as a square to be read by a telephone
keys-secret = Secret
keys-address = Address
keys-code = Code
keys-code-hint = Six digits from your telephone, or one of the codes that you keep on paper.
keys-code-wrong = This code does not hold: it was used, is over, or was mistyped
keys-proof-wrong = This is not your password
keys-enter-lead = Your password was right. Give a code within five minutes.
keys-paper = Codes to keep on paper
keys-paper-lead = Each opens once in place of the telephone. They are shown only now: write them down, and keep them apart from it.
keys-paper-left = { $n ->
    [one] { $n } code on paper is left.
   *[other] { $n } codes on paper are left.
}
keys-tokens = Tokens for programs
keys-tokens-lead = With a token a program sees what your seat sees, through the interface that /api/openapi.json describes.
keys-tokens-none = Your seat has no token.
keys-token-new = The new token
keys-token-once = It is shown only now. Whoever has it reads as you until it ends or is revoked.
keys-token-name = What it is for
keys-token-name-hint = Others of your seat see this name.
keys-token-may = It may
keys-token-reads = only read
keys-token-acts = read and put on record
keys-token-days = It holds
keys-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
keys-token-make = Make a token
keys-token-refused = A token needs a name of 1 to 80 characters, and ends within a year
keys-token-told = made by { $by }, ends { $ends }.
keys-token-seen = Last used { $on }.
keys-token-unused = Not used yet.
keys-token-revoke = Revoke
keys-token-revoke-it = Revoke { $name }
