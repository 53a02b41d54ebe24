//! The kinds of acts.

use super::{Field, Kind, Names, Shape, may, must};

const DRAFT: Shape = Shape::Name(Names::Draft);
const TEXT: Shape = Shape::Name(Names::Text);
const ACT: Shape = Shape::Name(Names::Act);
const SEAT: Shape = Shape::Name(Names::Seat);
const SEATS: Shape = Shape::Many(&SEAT);
const WHO: Shape = Shape::Name(Names::SeatOrPerson);
const WHOM: Shape = Shape::Many(&WHO);
const WORDS: Shape = Shape::Words;
const CHANNEL: Shape = Shape::OneOf(&["official", "unofficial", "press"]);

/// The fields that every act may have.
pub const COMMON: &[Field] = &[
    must(
        "id",
        Shape::Id,
        "Its handle; acts and claims share one table of handles.",
    ),
    must(
        "kind",
        Shape::Words,
        "What was done: one of the kinds below.",
    ),
    must(
        "room",
        Shape::Name(Names::Room),
        "The room it is recorded in.",
    ),
    must("by", WHO, "Who did it."),
    must(
        "on",
        Shape::Time,
        "When it was done; the precision is kept.",
    ),
    may(
        "recorded_by",
        SEAT,
        "Who wrote it down; by default the pen-holder if it sits in the room, else the actor's seat.",
    ),
    may(
        "recorded",
        Shape::Time,
        "When it was written down; by default the order of the file.",
    ),
    may(
        "release",
        Shape::OneOf(&["hold", "use", "pass", "publish"]),
        "How far it may travel.",
    ),
    may("on_behalf_of", WORDS, "A group it was done for."),
    may("note", WORDS, "A remark."),
    may(
        "about",
        Shape::Many(&Shape::Name(Names::Anything)),
        "Acts, texts and paths it is about.",
    ),
    may("language", WORDS, "The language it was done in (BCP 47)."),
];

const ON_POINTS: Field = must("points", Shape::Points, "Which provisions.");
const ON_DRAFT: Field = must("draft", DRAFT, "Which draft.");
const THE_WORDS: Field = must("words", WORDS, "The words.");
const PLACE: Field = may("place", WORDS, "Where.");
const OF_OWN: Field = must("of", ACT, "An act of the same seat.");

/// Every kind of act, in the order of `dossier.md`.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "deliver",
        doc: "A draft was given; every member of the room can read it.",
        fields: DELIVER,
    },
    Kind {
        name: "acknowledge",
        doc: "Somebody says that they have a draft, or a copy of their own.",
        fields: ACKNOWLEDGE,
    },
    Kind {
        name: "stance",
        doc: "A position was taken: on points of a draft, or on a text alone.",
        fields: STANCE,
    },
    Kind {
        name: "withdraw",
        doc: "An act was taken back.",
        fields: &[OF_OWN],
    },
    Kind {
        name: "dispose",
        doc: "Feedback was answered.",
        fields: DISPOSE,
    },
    Kind {
        name: "release",
        doc: "An act was released further.",
        fields: RELEASE,
    },
    Kind {
        name: "convey",
        doc: "Something was told, in the room where it is told.",
        fields: CONVEY,
    },
    Kind {
        name: "package",
        doc: "Points were tied together: accepted whole or not at all.",
        fields: &[ON_DRAFT, ON_POINTS],
    },
    Kind {
        name: "red-line",
        doc: "A red line was drawn.",
        fields: RED_LINE,
    },
    Kind {
        name: "bracket",
        doc: "A bracket was explained.",
        fields: BRACKET,
    },
    Kind {
        name: "track",
        doc: "Points were moved to other talks.",
        fields: TRACK,
    },
    Kind {
        name: "align",
        doc: "The identity of provisions was settled.",
        fields: ALIGN,
    },
    Kind {
        name: "mission",
        doc: "An envoy was sent.",
        fields: MISSION,
    },
    Kind {
        name: "session",
        doc: "A meeting.",
        fields: SESSION,
    },
    Kind {
        name: "confirm",
        doc: "An act or a claim was confirmed.",
        fields: CONFIRM,
    },
    Kind {
        name: "deny",
        doc: "An act or a claim was denied.",
        fields: CONFIRM,
    },
    Kind {
        name: "statement",
        doc: "Something was said in public.",
        fields: STATEMENT,
    },
    Kind {
        name: "reply-due",
        doc: "A reply is awaited, on a text or a draft.",
        fields: REPLY_DUE,
    },
    Kind {
        name: "reply",
        doc: "A reply was given.",
        fields: REPLY,
    },
    Kind {
        name: "silence",
        doc: "A silence procedure was opened.",
        fields: SILENCE,
    },
    Kind {
        name: "editorial",
        doc: "An editorial change: opens a silence procedure for exactly these provisions.",
        fields: &[ON_DRAFT, ON_POINTS, THE_WORDS],
    },
    Kind {
        name: "understanding",
        doc: "Something settled earlier.",
        fields: UNDERSTANDING,
    },
    Kind {
        name: "minute",
        doc: "A side's own minute.",
        fields: &[must("of", ACT, "Of which act."), THE_WORDS],
    },
    Kind {
        name: "assess",
        doc: "A tenet was checked against a draft.",
        fields: ASSESS,
    },
    Kind {
        name: "gate",
        doc: "A condition for a meeting or a step.",
        fields: GATE,
    },
    Kind {
        name: "override",
        doc: "A gate was set aside by its author.",
        fields: OVERRIDE,
    },
    Kind {
        name: "briefing",
        doc: "Somebody is kept informed.",
        fields: BRIEFING,
    },
    Kind {
        name: "consent",
        doc: "Consent of an affected non-party.",
        fields: CONSENT,
    },
    Kind {
        name: "challenge",
        doc: "Somebody's capacity is contested.",
        fields: CHALLENGE,
    },
    Kind {
        name: "initial",
        doc: "A text was authenticated.",
        fields: AUTHENTICATE,
    },
    Kind {
        name: "sign",
        doc: "A text was signed.",
        fields: AUTHENTICATE,
    },
    Kind {
        name: "correct",
        doc: "The depositary proposes a correction.",
        fields: CORRECT,
    },
    Kind {
        name: "note",
        doc: "A remark.",
        fields: &[THE_WORDS],
    },
    Kind {
        name: "question",
        doc: "A question.",
        fields: &[THE_WORDS],
    },
];

const DELIVER: &[Field] = &[
    ON_DRAFT,
    must("to", SEATS, "The addressees."),
    must("channel", CHANNEL, "By which way."),
    PLACE,
];

const ACKNOWLEDGE: &[Field] = &[
    may(
        "draft",
        DRAFT,
        "The draft; with `file` the seat's own name for its copy.",
    ),
    may("file", Shape::File, "The seat's own copy; with `text`."),
    may("text", TEXT, "The text that the copy is of."),
    may("channel", CHANNEL, "By which way it came."),
];

const STANCE: &[Field] = &[
    may("draft", DRAFT, "The draft; with `points`."),
    may("points", Shape::Points, "The provisions."),
    may(
        "text",
        TEXT,
        "A text alone, to endorse, to object or to withhold.",
    ),
    must(
        "stance",
        Shape::OneOf(&[
            "endorse",
            "accept",
            "accept-ad-ref",
            "reserve",
            "object",
            "propose",
            "withhold",
        ]),
        "The position.",
    ),
    may(
        "type",
        Shape::OneOf(&["language", "level", "time", "substance", "dependency"]),
        "What a disagreement is about.",
    ),
    may("interest", WORDS, "Why, in the seat's words."),
    may(
        "red_line",
        Shape::Flag,
        "Whether the seat will not go beyond it.",
    ),
    may(
        "condition",
        Shape::Table(CONDITION),
        "What an acceptance hangs on.",
    ),
    may("package", ACT, "The package it belongs to, or accepts."),
    may("until", WORDS, "Until when, in words."),
    may(
        "reading",
        Shape::Many(&Shape::Number),
        "The alternative, from 1, of each open bracket in order.",
    ),
    may(
        "wording",
        WORDS,
        "For `propose`: the wording; empty to delete.",
    ),
    may(
        "after",
        Shape::Path,
        "For `propose`: the path a new provision follows; empty for the start.",
    ),
    may("label", WORDS, "For `propose` with `after`: its label."),
    may(
        "move_after",
        Shape::Path,
        "For `propose`: the path the provision should follow; empty for the start.",
    ),
];

const CONDITION: &[Field] = &[
    may(
        "points",
        Shape::Many(&WORDS),
        "Points that must be accepted: paths of the draft, or DRAFT#PATH.",
    ),
    may("texts", Shape::Many(&TEXT), "Texts that must be final."),
    may("words", WORDS, "The condition in the seat's words."),
];

const DISPOSE: &[Field] = &[
    must("of", ACT, "The feedback."),
    must(
        "outcome",
        Shape::OneOf(&["taken", "partly", "not-taken", "deferred"]),
        "What was made of it.",
    ),
    may("draft", DRAFT, "In which draft."),
    may("reason", WORDS, "Why."),
];

const RELEASE: &[Field] = &[
    OF_OWN,
    must(
        "class",
        Shape::OneOf(&["use", "pass", "publish"]),
        "How far it may travel now.",
    ),
    may("to", SEATS, "To whom."),
];

const CONVEY: &[Field] = &[
    THE_WORDS,
    must(
        "manner",
        Shape::OneOf(&["verbatim", "unattributed"]),
        "How it was told.",
    ),
    must("to", SEATS, "To whom."),
];

const RED_LINE: &[Field] = &[
    THE_WORDS,
    may("draft", DRAFT, "The draft."),
    may("points", Shape::Points, "The points; with `draft`."),
    may("public", Shape::Flag, "Whether it was drawn in public."),
];

const BRACKET: &[Field] = &[
    ON_DRAFT,
    ON_POINTS,
    must(
        "reason",
        Shape::OneOf(&[
            "language",
            "level",
            "time",
            "substance",
            "waiting",
            "traded",
        ]),
        "Why it stands.",
    ),
    may(
        "level",
        Shape::Name(Names::Level),
        "The level at which it can be closed.",
    ),
    may("requested_by", SEATS, "Who asked for it."),
];

const TRACK: &[Field] = &[
    ON_DRAFT,
    ON_POINTS,
    must("to", WORDS, "The track, in words."),
];

const ALIGN: &[Field] = &[
    must("from", DRAFT, "The older draft."),
    must("to", DRAFT, "The newer draft."),
    must(
        "pairs",
        Shape::Pairs,
        "Pairs of paths, each naming that provision alone; an empty string for none.",
    ),
];

const MISSION: &[Field] = &[
    must("envoy", Shape::Name(Names::Person), "Who is sent."),
    must("counterpart", WHO, "To whom."),
    may("base", DRAFT, "The draft in hand."),
    PLACE,
    may("instructions", WORDS, "What for."),
    must(
        "state",
        Shape::OneOf(&["ordered", "scheduled", "held", "reported", "cancelled"]),
        "Where it stands.",
    ),
    may("of", ACT, "The mission it carries on."),
];

const SESSION: &[Field] = &[
    must(
        "format",
        Shape::OneOf(&[
            "bilateral",
            "trilateral",
            "plenary",
            "proximity",
            "shuttle",
            "visit",
            "summit",
        ]),
        "Its form.",
    ),
    must("participants", WHOM, "Who meets."),
    PLACE,
    may(
        "when",
        Shape::Time,
        "The meeting itself; for `held` by default the time of the act.",
    ),
    must(
        "state",
        Shape::OneOf(&[
            "proposed",
            "discussed",
            "confirmed",
            "held",
            "cancelled",
            "did-not-take-place",
        ]),
        "Where it stands.",
    ),
    may("drafts", Shape::Many(&DRAFT), "What is on the table."),
    may("follow_up_of", ACT, "The meeting it follows up."),
    may("mission", ACT, "The mission it belongs to."),
    may("gate", ACT, "The gate it waits for."),
    may("of", ACT, "The meeting it carries on."),
];

const CONFIRM: &[Field] = &[
    must("of", Shape::Name(Names::ActOrClaim), "Which."),
    may("as", WORDS, "As what: `discussed`, `read-back`, …"),
];

const STATEMENT: &[Field] = &[
    may("speaker", WORDS, "Who spoke, in free words."),
    may("medium", WORDS, "Where it was said."),
    must(
        "attribution",
        Shape::OneOf(&["on-record", "anonymous", "collective", "second-hand"]),
        "To whom it is attributed.",
    ),
    THE_WORDS,
    may(
        "verbatim",
        Shape::Flag,
        "Whether these are the words as spoken.",
    ),
    may(
        "claims",
        Shape::Many(&Shape::Table(CLAIM)),
        "What it says is so.",
    ),
];

const CLAIM: &[Field] = &[
    must("id", Shape::Id, "Its handle."),
    must(
        "what",
        Shape::OneOf(&[
            "open-points",
            "phase",
            "common-understanding",
            "deadline",
            "received",
            "accepted",
        ]),
        "What it is about.",
    ),
    may(
        "value",
        Shape::WordsOrNumber,
        "What it says: `few`, a number, `final`, `none`.",
    ),
    may("between", SEATS, "Who is said to share it."),
    may("draft", DRAFT, "The draft it speaks of."),
];

const REPLY_DUE: &[Field] = &[
    must("from", SEAT, "From whom."),
    may("text", TEXT, "On which text."),
    may("draft", DRAFT, "Or on which draft."),
    may("due", Shape::Time, "By when."),
];

const REPLY: &[Field] = &[
    ON_DRAFT,
    must("formal", Shape::Flag, "Whether it is formal."),
];

const SILENCE: &[Field] = &[
    ON_DRAFT,
    ON_POINTS,
    must("addressees", SEATS, "Whose silence consents."),
    must("expires", Shape::Time, "When it ends; a day means its end."),
];

const UNDERSTANDING: &[Field] = &[
    must("between", SEATS, "Between whom."),
    PLACE,
    must(
        "form",
        Shape::OneOf(&["oral", "written"]),
        "Oral or written.",
    ),
    must(
        "tenets",
        Shape::Many(&Shape::Table(TENET)),
        "What it settled.",
    ),
    may("condition_for", SEATS, "For whom it is a condition."),
];

const TENET: &[Field] = &[
    must("id", Shape::Id, "Its handle."),
    must("words", WORDS, "What was settled."),
];

const ASSESS: &[Field] = &[
    must("tenet", Shape::Name(Names::Tenet), "Which tenet."),
    ON_DRAFT,
    may("points", Shape::Points, "The provisions that bear on it."),
    must(
        "grade",
        Shape::OneOf(&["letter", "spirit"]),
        "By the letter or in spirit.",
    ),
    must(
        "verdict",
        Shape::OneOf(&["met", "partly", "not-met"]),
        "What was found.",
    ),
];

const GATE: &[Field] = &[
    must("event", WORDS, "What it is a condition for."),
    may("participants", WHOM, "Whose meeting."),
    may("rule", WORDS, "The rule (CEL)."),
    may(
        "rules",
        Shape::Many(&WORDS),
        "Or several rules, one reason each; all must hold.",
    ),
    may("words", WORDS, "In its author's words."),
];

const OVERRIDE: &[Field] = &[
    must("gate", ACT, "The gate."),
    must("reason", WORDS, "Why."),
];

const BRIEFING: &[Field] = &[
    must("recipient", WORDS, "Who."),
    must("briefers", Shape::Many(&WORDS), "By whom, in free words."),
    may("recurring", Shape::Flag, "Whether again and again."),
];

const CONSENT: &[Field] = &[
    must("of", WORDS, "Whose: an affected non-party."),
    ON_DRAFT,
    ON_POINTS,
    must("given", Shape::Flag, "Whether it was given."),
];

const CHALLENGE: &[Field] = &[must("of", WHO, "Whose capacity."), THE_WORDS];

const AUTHENTICATE: &[Field] = &[
    must("draft", DRAFT, "Which draft."),
    may(
        "points",
        Shape::Points,
        "Which provisions; by default the whole.",
    ),
];

const CORRECT: &[Field] = &[
    ON_DRAFT,
    ON_POINTS,
    must("wording", WORDS, "The corrected wording."),
];
