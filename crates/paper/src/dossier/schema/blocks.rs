//! The blocks.

use super::acts::COMMON;
use super::{Block, Field, Names, Shape, may, must};

const SEATS: Shape = Shape::Many(&Shape::Name(Names::Seat));

/// Every block, in the order in which a dossier is written.
pub const BLOCKS: &[Block] = &[
    Block {
        name: "process",
        many: false,
        doc: "The process and its rules.",
        fields: PROCESS,
    },
    Block {
        name: "seat",
        many: true,
        doc: "A delegation at the process.",
        fields: SEAT,
    },
    Block {
        name: "person",
        many: true,
        doc: "Somebody who acts for a seat.",
        fields: PERSON,
    },
    Block {
        name: "room",
        many: true,
        doc: "A compartment. `chamber-SEAT` for each seat, `plenary` and `public` are always there.",
        fields: ROOM,
    },
    Block {
        name: "text",
        many: true,
        doc: "A document under negotiation.",
        fields: TEXT,
    },
    Block {
        name: "draft",
        many: true,
        doc: "One issued, immutable version of a text.",
        fields: DRAFT,
    },
    Block {
        name: "act",
        many: true,
        doc: "One thing somebody did, recorded in one room. Beside these fields each kind has its own.",
        fields: COMMON,
    },
];

const PROCESS: &[Field] = &[
    must("id", Shape::Id, "Its handle."),
    must("title", Shape::Words, "Its title."),
    must(
        "pen_holder",
        Shape::Name(Names::Seat),
        "The seat that issues drafts.",
    ),
    may(
        "language",
        Shape::Words,
        "The language of its texts (BCP 47).",
    ),
    may(
        "disclosure",
        Shape::OneOf(&["closed", "open"]),
        "What a seat says in a caucus is on hold (`closed`, the default) or may be used (`open`) unless it says otherwise.",
    ),
    may(
        "levels",
        Shape::Many(&Shape::Words),
        "The ladder of levels, lowest first; by default expert, envoy, negotiator, minister, leader.",
    ),
    may(
        "final_level",
        Shape::Name(Names::Level),
        "The level at which an acceptance is final; by default the highest.",
    ),
    may(
        "final_stage",
        Shape::Words,
        "The rule of the final stage (CEL); by default at most three points disputed and none unknown.",
    ),
    may(
        "few",
        Shape::Number,
        "How many open points `few` means; by default 5.",
    ),
    may(
        "conduct",
        Shape::Many(&Shape::OneOf(&["no-press", "no-leaks"])),
        "Rules of conduct: no party speaks of the talks in public; no draft gets out. What is on record against one is an alert.",
    ),
];

const SEAT: &[Field] = &[
    must("id", Shape::Id, "Its handle."),
    must("name", Shape::Words, "Its name on screen."),
    must(
        "role",
        Shape::OneOf(&["mediator", "party", "observer"]),
        "What it is at the process.",
    ),
];

const PERSON: &[Field] = &[
    must(
        "id",
        Shape::Id,
        "The handle; persons and seats share one table of handles.",
    ),
    must("name", Shape::Words, "The name on screen."),
    must("seat", Shape::Name(Names::Seat), "For whom."),
    may("level", Shape::Name(Names::Level), "At which level."),
    may(
        "powers",
        Shape::Many(&Shape::OneOf(&[
            "negotiate",
            "accept-ad-ref",
            "accept",
            "initial",
            "sign",
        ])),
        "What this person may do.",
    ),
    may(
        "rooms",
        Shape::Many(&Shape::Name(Names::Room)),
        "The rooms of the seat this person may enter; by default all.",
    ),
    may(
        "powers_from",
        Shape::Time,
        "From when the powers are good; by default always.",
    ),
    may(
        "powers_until",
        Shape::Time,
        "Until when the powers are good; by default always.",
    ),
];

const ROOM: &[Field] = &[
    must("id", Shape::Id, "Its handle."),
    must("members", SEATS, "Who sits in it; never changes."),
];

const TEXT: &[Field] = &[
    must("id", Shape::Id, "Its handle."),
    must("title", Shape::Words, "Its title."),
    must(
        "kind",
        Shape::OneOf(&["main", "side", "annex", "input", "precedent"]),
        "What it is.",
    ),
    may(
        "required",
        Shape::Flag,
        "Whether the whole is final only with it; by default false.",
    ),
    may(
        "parties",
        SEATS,
        "Whose acceptance it needs; by default all seats of role party.",
    ),
    may(
        "issuer",
        Shape::Name(Names::Seat),
        "Who issues its drafts; by default the pen-holder.",
    ),
    may(
        "point_level",
        Shape::Number,
        "The depth of the provisions that are counted, from 1.",
    ),
    may(
        "linked_to",
        Shape::Many(&Shape::Point),
        "Provisions of other texts it belongs to.",
    ),
    may(
        "ratifications",
        Shape::Number,
        "How many ratifications bring it into force, 0 for none beside the signatures; by default those of all its parties.",
    ),
];

const DRAFT: &[Field] = &[
    must("id", Shape::Id, "Its handle."),
    must(
        "text",
        Shape::Name(Names::Text),
        "The text it is a draft of.",
    ),
    must("file", Shape::File, "Where it is written."),
    may(
        "base",
        Shape::Name(Names::Draft),
        "The draft it was made from.",
    ),
    may(
        "on",
        Shape::Time,
        "When it was issued; by default from the start.",
    ),
    may(
        "by",
        Shape::Name(Names::Seat),
        "Who issued it; by default the issuer of its text.",
    ),
    may("language", Shape::Words, "Its language (BCP 47)."),
    may(
        "renders",
        Shape::Name(Names::Draft),
        "The draft that it is a language version of.",
    ),
    may(
        "tracked",
        Shape::OneOf(&["accepted", "rejected"]),
        "How the tracked changes of its document (.docx) are read; by default as accepted.",
    ),
    may(
        "ids",
        Shape::File,
        "A file of `path, id` lines: the ids of its provisions; by default made at import.",
    ),
];
