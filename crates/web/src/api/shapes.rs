//! The shapes of what is sent and answered, as JSON Schema. What comes later may add fields, so that none forbids others.

use serde_json::{Map, Value, json};

use super::fields::ANSWERS;

/// A sort as JSON Schema says it; [`super::fields`] tells how sorts are written.
fn sort(words: &str) -> Value {
    let inner = |open, close| words.strip_prefix(open)?.strip_suffix(close);
    if let Some(each) = inner('[', ']') {
        json!({ "type": "array", "items": sort(each) })
    } else if let Some(each) = inner('{', '}') {
        json!({ "type": "object", "additionalProperties": sort(each) })
    } else if let Some(sure) = words.strip_suffix('?') {
        json!({ "anyOf": [sort(sure), { "type": "null" }] })
    } else if words.contains('|') {
        json!({ "type": "string", "enum": words.split('|').collect::<Vec<_>>() })
    } else if words.starts_with(char::is_uppercase) {
        json!({ "$ref": format!("#/components/schemas/{words}") })
    } else {
        json!({ "type": words })
    }
}

fn object(fields: &str) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (name, words) in fields
        .split(", ")
        .filter_map(|field| field.split_once(": "))
    {
        let bare = name.trim_end_matches('?');
        properties.insert(bare.to_owned(), sort(words));
        if bare == name {
            required.push(bare);
        }
    }
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
            "examples": [
                { "kind": "note", "room": "plenary", "by": "helmark", "words": "The ferry runs again." },
                { "kind": "note", "room": "helmark-karvonia", "by": "karvonia", "words": "The ferry runs again." },
            ],
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
                "seat": { "type": "string" },
                "speaks_as": { "type": ["string", "null"] },
            },
            "required": ["seat"],
        }),
    );
    shapes
}
