//! The fields of every answer, as `docs/json.md` tells them: `NAME: SORT` of each.
//!
//! A name that ends in `?` may be left out. A sort is `string`, `integer`, `number`, `boolean`, words apart by `|` of which it is
//! one, the name of another shape, `[…]` a list of a sort, `{…}` a sort by names that the process gives; one that ends in `?` may
//! be null.

/// Every shape that is answered, from the whole to its parts: its name, and its fields.
pub(super) const ANSWERS: &[(&str, &str)] = &[
    (
        "Status",
        "process: string, title: string, as: string, at: string?, known_at: string?, basis: record|view, \
          stage: open|final-stage|final, open: Interval?, ready_to_close: boolean, seats: [Seat], persons: [Person], \
          texts: [Text], gates: [Gate], obligations: [Obligation], claims: [Claim], statements: [Statement], \
          sessions: [Session], missions: [Mission], understandings: [Understanding], packages: [Package], \
          conditions: [Condition], procedures: [Procedure], alerts: [Alert], left_out?: [LeftOut]",
    ),
    ("Interval", "min: integer, max: integer"),
    (
        "Seat",
        "id: string, name: string, role: mediator|party|observer",
    ),
    (
        "Person",
        "id: string, name: string, seat: string, level: string?",
    ),
    (
        "Text",
        "id: string, title: string, kind: string, required: boolean?, parties: [string], issuer: string, latest: string?, \
          stage: open|final-stage|final, points: Points?, exposure: {[Exposure]}, provisions: [Provision], \
          proposed: [Insertion], gone: [Place], drafts: [DraftOfText], versions: [Version], closing: Closing?",
    ),
    (
        "Points",
        "total: integer, agreed: integer, agreed_ad_ref: integer, disputed: integer, unknown: integer, open: Interval, \
          by_type: {integer}, brackets: integer",
    ),
    (
        "Exposure",
        "draft: string, channel: string?, on: string, place: string?, copy_of?: string, act: string",
    ),
    (
        "Provision",
        "id: string, number: string?, path: string, words: string, point: boolean, \
          status: disputed|unknown|agreed-ad-ref|agreed, brackets: integer, track?: string, was: {[string]}, stances: {Stance}, \
          legend: Legend, children: [Provision]",
    ),
    (
        "Stance",
        "stance: objected|proposed|reserved|withheld|not-known|no-reply|lapsed|endorsed|accepted-on-condition|accepted-ad-ref|accepted, \
          level: string?, seen: boolean?, on: string?, attested: reported|read-back|own?, type: string?, red_line: boolean, \
          incomplete: boolean, carried_from: Place?, endorsed: string?, acts: [string], \
          condition?: not-met|met-ad-referendum|met, package?: string, by_silence?: boolean, before_change?: string, \
          denied?: [Denied]",
    ),
    (
        "Denied",
        "stance: string, draft: string?, on: string, recorded_by: string, denied_by: string, denied_on: string, acts: [string]",
    ),
    ("Legend", "colour: green|yellow|white, of: [string]"),
    ("Place", "draft: string, path: string"),
    (
        "Insertion",
        "act: string, seat: string, after: string?, kind: string, wording: string, label: string?",
    ),
    ("DraftOfText", "id: string, on: string?, working: boolean"),
    (
        "Version",
        "draft: string, language: string?, behind: [string], ahead: [string]",
    ),
    (
        "Closing",
        "draft: string, closed: boolean, initialled: boolean, signed: boolean, in_force: boolean, in_force_since: string?, \
          ratifications: integer, parties: {PartyClosing}, lacks: [string]",
    ),
    (
        "PartyClosing",
        "initials: [MarkOfPerson], signatures: [MarkOfPerson], ratification: [Ratification]",
    ),
    (
        "MarkOfPerson",
        "act: string, person: string?, on: string, draft: string, counts: boolean, because: string?",
    ),
    (
        "Ratification",
        "act: string, body: string?, state: string, on: string, counts: boolean",
    ),
    (
        "Gate",
        "id: string, event: string, participants: [string], holds: boolean?, reasons: [string], words: string?, \
          overridden: string?",
    ),
    (
        "Obligation",
        "id: string, from: string, text: string?, state: not-due|none|given, due: string?, because: string",
    ),
    (
        "Claim",
        "id: string, statement: string, what: string, value: string?, on: string, words: string, \
          verdict: supported|contradicted|unsupported, verdict_then: supported|contradicted|unsupported, because: string, \
          asserted_by: [string], speaker: string?, confirmed_by: [string], denied_by: [string]",
    ),
    (
        "Statement",
        "id: string, seat: string, speaker: string?, medium: string?, place: string?, attribution: string?, on: string, \
          words: string, claims: [string]",
    ),
    (
        "Session",
        "id: string, format: string, state: string, on: string?, place: string?, participants: [string], proposed_by: [string], \
          discussed_by: [string], confirmed_by: [string]",
    ),
    (
        "Mission",
        "id: string, envoy: string, counterpart: string, place: string?, base: string?, state: string",
    ),
    (
        "Understanding",
        "id: string, between: [string], condition_for: [string], assessed: boolean, tenets: [Tenet]",
    ),
    (
        "Tenet",
        "id: string, words: string, letter: string?, spirit: string?, letter_earlier?: Earlier, spirit_earlier?: Earlier",
    ),
    ("Earlier", "draft: string, verdict: string"),
    (
        "Package",
        "id: string, points: [string], state: open|accepted|partial|lapsed|withdrawn, by: string, offered: boolean, \
          accepted_by: [string], waiting_for: [string], because: [string]",
    ),
    (
        "Condition",
        "act: string, seat: string, accepts: [string], points: [string], texts: [string], words: string?, \
          state: not-met|met-ad-referendum|met, because: [string], together_with: [string], contradiction: string?",
    ),
    (
        "Procedure",
        "id: string, kind: silence|editorial|correction, text: string, draft: string, points: [string], by: string, \
          opened: string, expires: string?, state: running|ended|broken|withdrawn|without-effect, addressees: [string], \
          consented: [string], broken: [Breach], because: [string]",
    ),
    ("Breach", "seat: string, act: string, points: [string]"),
    (
        "Alert",
        "kind: string, about: [string], acts: [string], text: string, told: [string]",
    ),
    (
        "LeftOut",
        "id: string, room: string, why: string, reason: string",
    ),
    (
        "Explanation",
        "subject: string, answer: string, because: [Reason]",
    ),
    ("Reason", "text: string, acts: [ActCard]"),
    (
        "ActCard",
        "id: string, room: string, by: string, recorded_by: string, on: string, release: string?, text: string",
    ),
    ("Drafts", "drafts: [DraftCard]"),
    ("DraftCard", "id: string, text: string"),
    (
        "Reading",
        "file: string, points: integer, provisions: [Passage], remarks: [string]",
    ),
    (
        "Passage",
        "path: string, label: string?, kind: string, wording: string, line: integer, depth: integer, point: boolean, \
          brackets: integer, references: [string?]",
    ),
    (
        "Redline",
        "old: Side, new: Side, pairs: [Pair], summary: Summary",
    ),
    ("Side", "file: string, provisions: integer, points: integer"),
    (
        "Pair",
        "kind: unchanged|renumbered|edited|moved|split|merged|inserted|deleted, edited: boolean, old: [string], new: [string], \
          old_index: [integer], new_index: [integer], similarity: number, runs: [Run]",
    ),
    (
        "Run",
        "op: keep|delete|insert|move_from|move_to, text: string, old?: string, why?: string",
    ),
    (
        "Summary",
        "unchanged: integer, renumbered: integer, edited: integer, moved: integer, split: integer, merged: integer, \
          inserted: integer, deleted: integer, words_kept: integer, words_deleted: integer, words_inserted: integer, \
          words_moved: integer, brackets_old: integer, brackets_new: integer, coarse?: boolean",
    ),
    (
        "Compilation",
        "base: string, seats: [string], open: integer, conflicts: integer, text: string",
    ),
    (
        "Given",
        "words: string, places: [PlaceOfWords], told: [ToldWords], seats: [string]",
    ),
    (
        "PlaceOfWords",
        "text: string, draft: string, path: string, copy_of: string?, given: {[Giving]}",
    ),
    ("Giving", "on: string, channel: string?, act: string"),
    ("ToldWords", "act: ActCard, manner: string?, to: [string]"),
    (
        "Told",
        "seat: string, complete: boolean, entries: [ToldAct]",
    ),
    ("ToldAct", "room: string, act: ActCard"),
    (
        "Brief",
        "person: Person, last: LastBriefing?, status: Status, then: Status?, since: [ActCard], open: [OpenPoint], \
          feedback: [Feedback], contacts: [Contacts]",
    ),
    ("LastBriefing", "act: ActCard, on: string"),
    (
        "OpenPoint",
        "text: string, path: string, words: string, status: disputed|unknown|agreed-ad-ref|agreed, type: string?, \
          closes: [string]",
    ),
    (
        "Feedback",
        "act: ActCard, text: string, draft: string?, points: [string], interest: string?, outcome: string?, \
          answered_in: string?, reason: string?, open: boolean",
    ),
    ("Contacts", "from: string, sessions: integer"),
    (
        "Packages",
        "parties: [string], issues: integer, outcomes: string, exact: boolean, frontier: [Worth], reservation: [number], \
          ideal: [number]?, nash: Worth?, kalai_smorodinsky: Worth?, kalai_smorodinsky_spread: Worth?, egalitarian: Worth?, \
          welfare: Worth?, why: string?, remarks: [string], elapsed_ms: number, peak_states: integer",
    ),
    (
        "Worth",
        "utilities: [number], package: {string}, value?: number?",
    ),
    ("Rooms", "rooms: [Room]"),
    ("Room", "id: string, members: [string]"),
    ("Mark", "mark: string"),
    (
        "Account",
        "seat: string, people: [Member], sessions: [SignedIn], tokens: [Token], visits: [Visit], \
         invited_from_outside: [InvitedFromOutside]",
    ),
    (
        "Member",
        "name: string, made: integer, invited_by: string, invited_from: string?, speaks_as: string?, second_factor: boolean",
    ),
    (
        "InvitedFromOutside",
        "at: integer, made_by: string, made_from: string, ends: integer",
    ),
    (
        "SignedIn",
        "card: string, name: string?, way: string, agent: string, begun: integer, seen: integer",
    ),
    (
        "Token",
        "card: string, name: string, made_by: string, acts: boolean, made: integer, seen: integer?, ends: integer",
    ),
    (
        "Visit",
        "at: integer, name: string, way: string, source: string, let_in: boolean",
    ),
    (
        "Press",
        "file: string, date: string?, statements: [Said], terms: [Marked], meetings: [ToldMeeting], missions: [ToldMission], \
          texts: [Mentioned], renderings?: [Rendering], conflicts?: [Conflict]",
    ),
    ("Span", "start: integer, end: integer"),
    ("Marked", "start: integer, end: integer, text: string"),
    (
        "When",
        "text: string, start: integer, end: integer, precision: string, on: string?",
    ),
    (
        "Said",
        "start: integer, end: integer, text: string, verbatim: boolean, speaker: string?, speaker_words: string?, \
          office: string?, attribution: string, medium: string?, place: Where?, cue: string?, when: When?, sentence: Span, \
          sure: number, claims: [Claimed], points: [string], concerns?: [Concern], seat?: string, person?: string",
    ),
    (
        "Where",
        "name: string, text: string, start: integer, end: integer",
    ),
    ("Claimed", "what: string, value: string?"),
    ("Concern", "point: string, words: [string]"),
    (
        "ToldMeeting",
        "participants: [string], place: string?, when: When?, state: string, sentence: Span, sure: number, told_by: string?, \
          confirmed_by: [string], discussed_by: [string], denied_by: [string]",
    ),
    (
        "ToldMission",
        "envoy: string?, counterpart: string?, place: string?, ordered_by: string?, when: When?, state: string, sentence: Span, \
          sure: number",
    ),
    (
        "Mentioned",
        "text: string, start: integer, end: integer, kind: string, label: string?, points: integer?, date: When?, \
          attributed_to: string?, sentence: Span, sure: number, mentions: [Span], record?: InRecord",
    ),
    ("InRecord", "text: string, draft: string?, because: string"),
    ("Recorded", "id: string"),
    ("Link", "link: string, seat: string"),
    (
        "Problem",
        "type: string, title: string, status: integer, code: string, hint: string?, field: string?",
    ),
    (
        "Rendering",
        "one: AccountOf, other: AccountOf, words: [string]",
    ),
    (
        "Conflict",
        "on: string, one: AccountOf, other: AccountOf, because: string",
    ),
    (
        "AccountOf",
        "file?: string, act?: string, statement?: integer, meeting?: integer",
    ),
];
