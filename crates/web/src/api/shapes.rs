//! The shapes of what is sent and answered: the fields that are always there, as `docs/json.md` tells them.

use serde_json::{Map, Value, json};

/// An answer: its name, and its fields with the sort of each. A sort that ends in `?` may be null.
pub(super) const ANSWERS: &[(&str, &[(&str, &str)])] = &[
    (
        "Status",
        &[
            ("process", "string"),
            ("as", "string"),
            ("at", "string?"),
            ("basis", "string"),
            ("stage", "string"),
            ("ready_to_close", "boolean?"),
            ("texts", "array"),
            ("gates", "array"),
            ("obligations", "array"),
            ("claims", "array"),
            ("sessions", "array"),
            ("missions", "array"),
            ("understandings", "array"),
            ("packages", "array"),
            ("alerts", "array"),
        ],
    ),
    (
        "Explanation",
        &[
            ("subject", "string"),
            ("answer", "string"),
            ("because", "array"),
        ],
    ),
    ("Drafts", &[("drafts", "array")]),
    (
        "Reading",
        &[
            ("file", "string"),
            ("points", "integer"),
            ("provisions", "array"),
            ("remarks", "array"),
        ],
    ),
    (
        "Redline",
        &[
            ("old", "object"),
            ("new", "object"),
            ("pairs", "array"),
            ("summary", "object"),
        ],
    ),
    (
        "Compilation",
        &[
            ("base", "string"),
            ("seats", "array"),
            ("open", "integer"),
            ("conflicts", "integer"),
            ("text", "string"),
        ],
    ),
    (
        "Given",
        &[
            ("words", "string"),
            ("places", "array"),
            ("told", "array"),
            ("seats", "array"),
        ],
    ),
    (
        "Told",
        &[
            ("seat", "string"),
            ("complete", "boolean"),
            ("entries", "array"),
        ],
    ),
    (
        "Brief",
        &[
            ("person", "object"),
            ("last", "object?"),
            ("status", "object"),
            ("then", "object?"),
            ("since", "array"),
            ("open", "array"),
            ("feedback", "array"),
            ("contacts", "array"),
        ],
    ),
    (
        "Packages",
        &[
            ("parties", "array"),
            ("issues", "integer"),
            ("outcomes", "string"),
            ("exact", "boolean"),
            ("frontier", "array"),
            ("nash", "object?"),
            ("kalai_smorodinsky", "object?"),
            ("egalitarian", "object?"),
            ("welfare", "object?"),
            ("elapsed_ms", "number"),
        ],
    ),
    ("Rooms", &[("rooms", "array")]),
    ("Mark", &[("mark", "string")]),
    (
        "Account",
        &[
            ("seat", "string"),
            ("people", "array"),
            ("sessions", "array"),
            ("tokens", "array"),
            ("visits", "array"),
            ("invited_from_outside", "array"),
        ],
    ),
    (
        "Press",
        &[
            ("file", "string"),
            ("date", "string?"),
            ("statements", "array"),
            ("terms", "array"),
            ("meetings", "array"),
        ],
    ),
    ("Recorded", &[("id", "string")]),
    ("Link", &[("link", "string"), ("seat", "string")]),
    (
        "Problem",
        &[
            ("type", "string"),
            ("title", "string"),
            ("status", "integer"),
            ("code", "string"),
            ("hint", "string?"),
            ("field", "string?"),
        ],
    ),
];

fn sort(words: &str) -> Value {
    match words.strip_suffix('?') {
        Some(sort) => json!({ "type": [sort, "null"] }),
        None => json!({ "type": words }),
    }
}

fn object(fields: &[(&str, &str)]) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|(name, words)| ((*name).to_owned(), sort(words)))
        .collect();
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// Every shape by its name, for the document.
pub(super) fn all() -> Map<String, Value> {
    let mut shapes: Map<String, Value> = ANSWERS
        .iter()
        .map(|(name, fields)| ((*name).to_owned(), object(fields)))
        .collect();
    let kinds: Vec<&str> = onetext_desk::schema::KINDS
        .iter()
        .map(|kind| kind.name)
        .chain(["seat", "person", "room", "text", "draft"])
        .collect();
    shapes.insert(
        "Act".to_owned(),
        json!({
            "type": "object",
            "description": "The fields of an act as a dossier has them (docs/dossier-reference.md). Where a field names a file, `files` holds its words by that name.",
            "properties": {
                "kind": { "type": "string", "enum": kinds },
                "room": { "type": "string" },
                "by": { "type": "string" },
                "on": { "type": "string" },
                "draft": { "type": "string" },
                "words": { "type": "string" },
                "files": { "type": "object", "additionalProperties": { "type": "string" } },
            },
            "required": ["kind"],
            "examples": [{ "kind": "note", "room": "plenary", "by": "helmark", "words": "The ferry runs again." }],
        }),
    );
    shapes.insert(
        "Report".to_owned(),
        json!({
            "type": "object",
            "properties": {
                "words": { "type": "string", "maxLength": 1_048_576 },
                "name": { "type": "string" },
                "date": { "type": ["string", "null"] },
            },
            "required": ["words"],
        }),
    );
    shapes.insert(
        "Invitation".to_owned(),
        json!({
            "type": "object",
            "properties": {
                "seat": { "type": ["string", "null"] },
                "speaks_as": { "type": ["string", "null"] },
            },
        }),
    );
    shapes
}
