//! The kinds of acts.

use super::fields::*;
use super::{Field, Kind, Names, Shape, may, must};

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
    may(
        "communication",
        Shape::OneOf(&[
            "note-verbale",
            "letter",
            "aide-memoire",
            "oral",
            "non-paper",
        ]),
        "The class of the communication: a non-paper states no position and asks for no reply; a draft given by note verbale awaits one.",
    ),
];

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
        fields: EDITORIAL,
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
        name: "ratify",
        doc: "A step of a party's ratification.",
        fields: RATIFY,
    },
    Kind {
        name: "correct",
        doc: "The depositary proposes a correction.",
        fields: CORRECT,
    },
    Kind {
        name: "preference",
        doc: "What a party prefers of what is open: its own word, or an estimate of it.",
        fields: PREFERENCE,
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
