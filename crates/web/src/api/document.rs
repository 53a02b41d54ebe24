//! The document that describes the operations: OpenAPI 3.1, made from the same table as the routes.

use axum::Json;
use serde_json::{Map, Value, json};

use super::{Operation, Parameter, Place, operations, shapes};

fn parameter(one: &Parameter) -> Value {
    let mut told = json!({
        "name": one.name,
        "in": match one.place { Place::Path => "path", Place::Query => "query" },
        "required": one.required,
        "description": one.says,
        "schema": { "type": "string" },
    });
    if let Some(told) = told.as_object_mut().filter(|_| !one.example.is_empty()) {
        told.insert("example".to_owned(), one.example.into());
    }
    told
}

fn of_shape(kind: &str, shape: &str) -> Value {
    json!({ kind: { "schema": { "$ref": format!("#/components/schemas/{shape}") } } })
}

/// The refusals of an operation: the status, and when.
fn refusals(operation: &Operation) -> Vec<(u16, &'static str)> {
    let mut refusals = vec![
        (400, "The request cannot be read."),
        (401, "No token, or one that does not hold."),
        (
            404,
            "There is nothing of this name that the seat can see: hidden and unknown are one answer.",
        ),
        (
            422,
            "It is not in order; `code`, `field` and `hint` say what and where.",
        ),
    ];
    if operation.acts {
        refusals.push((403, "The token may not do this."));
    }
    if !operation.body.is_empty() {
        refusals.push((413, "It is longer than can be taken."));
    }
    if operation.name == "act" {
        refusals.push((409, "The record cannot take it as it stands."));
    }
    refusals
}

fn operation(one: &Operation) -> Value {
    let (status, shape) = one.answer;
    let mut answers = Map::new();
    let mut told =
        json!({ "description": if status == 204 { "It is done." } else { "The answer." } });
    if let Some(told) = told.as_object_mut().filter(|_| !shape.is_empty()) {
        told.insert("content".to_owned(), of_shape("application/json", shape));
    }
    answers.insert(status.to_string(), told);
    for (status, when) in refusals(one) {
        answers.insert(
            status.to_string(),
            json!({ "description": when, "content": of_shape("application/problem+json", "Problem") }),
        );
    }
    let mut told = json!({
        "operationId": one.name,
        "summary": one.says,
        "parameters": one.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "responses": answers,
        "security": [{ "token": [] }],
    });
    if let Some(told) = told.as_object_mut().filter(|_| !one.body.is_empty()) {
        told.insert(
            "requestBody".to_owned(),
            json!({ "required": true, "content": of_shape("application/json", one.body) }),
        );
    }
    told
}

/// The document.
pub(super) fn whole() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for one in operations() {
        let ways = paths.entry(one.path).or_insert_with(|| json!({}));
        if let Some(ways) = ways.as_object_mut() {
            ways.insert(one.method.to_lowercase(), operation(&one));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "OneText",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The workbench of a one-text process, as one seat sees it.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": shapes::all(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of one seat, made in the account of the workbench: it reads, or reads and acts.",
                },
            },
        },
    })
}

pub(super) async fn document() -> Json<Value> {
    Json(whole())
}
