//! The fields that each kind of act has of its own.

use super::{Field, Names, Shape, may, must};

const DRAFT: Shape = Shape::Name(Names::Draft);
const TEXT: Shape = Shape::Name(Names::Text);
pub(super) const ACT: Shape = Shape::Name(Names::Act);
pub(super) const SEAT: Shape = Shape::Name(Names::Seat);
const SEATS: Shape = Shape::Many(&SEAT);
pub(super) const WHO: Shape = Shape::Name(Names::SeatOrPerson);
const WHOM: Shape = Shape::Many(&WHO);
pub(super) const WORDS: Shape = Shape::Words;
const CHANNEL: Shape = Shape::OneOf(&["official", "unofficial", "press"]);

pub(super) const ON_POINTS: Field = must("points", Shape::Points, "Which provisions.");
pub(super) const ON_DRAFT: Field = must("draft", DRAFT, "Which draft.");
pub(super) const THE_WORDS: Field = must("words", WORDS, "The words.");
const PLACE: Field = may("place", WORDS, "Where.");
pub(super) const OF_OWN: Field = must("of", ACT, "An act of the same seat.");

pub(super) const DELIVER: &[Field] = &[
    ON_DRAFT,
    must("to", SEATS, "The addressees."),
    must("channel", CHANNEL, "By which way."),
    PLACE,
];

pub(super) const ACKNOWLEDGE: &[Field] = &[
    may(
        "draft",
        DRAFT,
        "The draft; with `file` the seat's own name for its copy.",
    ),
    may("file", Shape::File, "The seat's own copy; with `text`."),
    may("text", TEXT, "The text that the copy is of."),
    may("channel", CHANNEL, "By which way it came."),
];

pub(super) const STANCE: &[Field] = &[
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

pub(super) const DISPOSE: &[Field] = &[
    must("of", ACT, "The feedback."),
    must(
        "outcome",
        Shape::OneOf(&["taken", "partly", "not-taken", "deferred"]),
        "What was made of it.",
    ),
    may("draft", DRAFT, "In which draft."),
    may("reason", WORDS, "Why."),
];

pub(super) const RELEASE: &[Field] = &[
    OF_OWN,
    must(
        "class",
        Shape::OneOf(&["use", "pass", "publish"]),
        "How far it may travel now.",
    ),
    may("to", SEATS, "To whom."),
];

pub(super) const CONVEY: &[Field] = &[
    THE_WORDS,
    must(
        "manner",
        Shape::OneOf(&["verbatim", "unattributed"]),
        "How it was told.",
    ),
    must("to", SEATS, "To whom."),
];

pub(super) const RED_LINE: &[Field] = &[
    THE_WORDS,
    may("draft", DRAFT, "The draft."),
    may("points", Shape::Points, "The points; with `draft`."),
    may("public", Shape::Flag, "Whether it was drawn in public."),
];

pub(super) const BRACKET: &[Field] = &[
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

pub(super) const TRACK: &[Field] = &[
    ON_DRAFT,
    ON_POINTS,
    must("to", WORDS, "The track, in words."),
];

pub(super) const ALIGN: &[Field] = &[
    must("from", DRAFT, "The older draft."),
    must("to", DRAFT, "The newer draft."),
    must(
        "pairs",
        Shape::Pairs,
        "Pairs of paths, each naming that provision alone; an empty string for none.",
    ),
];

pub(super) const MISSION: &[Field] = &[
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

pub(super) const SESSION: &[Field] = &[
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

pub(super) const CONFIRM: &[Field] = &[
    must("of", Shape::Name(Names::ActOrClaim), "Which."),
    may("as", WORDS, "As what: `discussed`, `read-back`, …"),
];

pub(super) const STATEMENT: &[Field] = &[
    may("speaker", WORDS, "Who spoke, in free words."),
    may(
        "medium",
        WORDS,
        "By which medium: an interview, a platform.",
    ),
    PLACE,
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

pub(super) const REPLY_DUE: &[Field] = &[
    must("from", SEAT, "From whom."),
    may("text", TEXT, "On which text."),
    may("draft", DRAFT, "Or on which draft."),
    may("due", Shape::Time, "By when."),
];

pub(super) const REPLY: &[Field] = &[
    ON_DRAFT,
    must("formal", Shape::Flag, "Whether it is formal."),
];

pub(super) const SILENCE: &[Field] = &[
    ON_DRAFT,
    ON_POINTS,
    must("addressees", SEATS, "Whose silence consents."),
    must("expires", Shape::Time, "When it ends; a day means its end."),
];

pub(super) const EDITORIAL: &[Field] = &[
    ON_DRAFT,
    ON_POINTS,
    THE_WORDS,
    may(
        "expires",
        Shape::Time,
        "Until when parties may object; without it a silence procedure on the same provisions ends it, or the confirmation of each party.",
    ),
];

pub(super) const UNDERSTANDING: &[Field] = &[
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

pub(super) const ASSESS: &[Field] = &[
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

pub(super) const GATE: &[Field] = &[
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

pub(super) const OVERRIDE: &[Field] = &[
    must("gate", ACT, "The gate."),
    must("reason", WORDS, "Why."),
];

pub(super) const BRIEFING: &[Field] = &[
    must("recipient", WORDS, "Who."),
    must("briefers", Shape::Many(&WORDS), "By whom, in free words."),
    may("recurring", Shape::Flag, "Whether again and again."),
];

pub(super) const CONSENT: &[Field] = &[
    must("of", WORDS, "Whose: an affected non-party."),
    ON_DRAFT,
    ON_POINTS,
    must("given", Shape::Flag, "Whether it was given."),
];

pub(super) const CHALLENGE: &[Field] = &[must("of", WHO, "Whose capacity."), THE_WORDS];

pub(super) const AUTHENTICATE: &[Field] = &[
    must("draft", DRAFT, "Which draft."),
    may(
        "points",
        Shape::Points,
        "Which provisions; by default the whole.",
    ),
];

pub(super) const RATIFY: &[Field] = &[
    ON_DRAFT,
    must(
        "state",
        Shape::OneOf(&["submitted", "approved", "rejected", "deposited"]),
        "How far it got; a party is bound by the deposit of its instrument.",
    ),
    may(
        "body",
        WORDS,
        "Who decides, in words: parliament, a referendum.",
    ),
];

pub(super) const CORRECT: &[Field] = &[
    ON_DRAFT,
    ON_POINTS,
    must("wording", WORDS, "The corrected wording."),
    may(
        "expires",
        Shape::Time,
        "Until when parties may object; without it the correction waits for the confirmation of each party.",
    ),
];

const OPTION: Shape = Shape::Name(Names::Option);

pub(super) const PREFERENCE: &[Field] = &[
    must("draft", DRAFT, "The draft whose words are meant."),
    may(
        "party",
        SEAT,
        "Whose preferences these are, where they are an estimate; by default those of the actor's seat.",
    ),
    may(
        "ranking",
        Shape::Many(&Shape::Table(RANKING)),
        "Options of points, the best first.",
    ),
    may(
        "swaps",
        Shape::Many(&Shape::Table(SWAP)),
        "What is preferred to what, everything else being equal.",
    ),
    may(
        "reservation",
        WORDS,
        "What the party has without an agreement, in hundredths of the best package: `40`, or `30..50`.",
    ),
];

const RANKING: &[Field] = &[
    must("point", Shape::Path, "The point."),
    must(
        "order",
        Shape::Many(&OPTION),
        "Its options, the best first.",
    ),
    may(
        "ties",
        Shape::Many(&OPTION),
        "Those worth as much as the one before them.",
    ),
];

const SWAP: &[Field] = &[
    must(
        "rather",
        Shape::Many(&Shape::Table(OPTION_OF)),
        "What is preferred.",
    ),
    must(
        "than",
        Shape::Many(&Shape::Table(OPTION_OF)),
        "To what; a point that one side leaves out is at its worst there.",
    ),
    may("same", Shape::Flag, "Whether both are worth the same."),
];

const OPTION_OF: &[Field] = &[
    must("point", Shape::Path, "The point."),
    must("option", OPTION, "The option of it."),
];
