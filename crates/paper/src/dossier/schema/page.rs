//! The reference page of the dossier, made from the schema.

use std::fmt::Write as _;

use super::{BLOCKS, COMMON, Field, KINDS, Shape};

const INTRODUCTION: &str = "\
# The dossier: reference

<!-- Made from the schema in crates/paper/src/dossier/schema; a test says when it is out of date, and how to make it anew. -->

A dossier is a TOML file and, beside it, the drafts that it names. This page lists every block and every kind of act with
its fields. A list of one may be written without brackets; times may be written with or without quotes; blocks may stand
in any order, and one may be named before it stands.
";

/// The reference page, as Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Blocks\n");
    for block in BLOCKS {
        let header = if block.many {
            format!("[[{}]]", block.name)
        } else {
            format!("[{}]", block.name)
        };
        // Writing to a string cannot fail.
        let _ = write!(page, "\n### `{header}`\n\n{}\n\n", block.doc);
        table(&mut page, block.fields);
    }
    page.push_str("\n## Acts\n\nBeside the fields of every act (");
    let common: Vec<String> = COMMON
        .iter()
        .map(|field| format!("`{}`", field.name))
        .collect();
    page.push_str(&common.join(", "));
    page.push_str(") each kind has its own.\n");
    for kind in KINDS {
        let _ = write!(page, "\n### `{}`\n\n{}\n\n", kind.name, kind.doc);
        table(&mut page, kind.fields);
    }
    page
}

fn table(page: &mut String, fields: &[Field]) {
    page.push_str("| field | | what may stand there | meaning |\n|---|---|---|---|\n");
    for field in fields {
        row(page, "", field);
        let inner: &[Field] = match field.shape {
            Shape::Table(inner) => inner,
            Shape::Many(Shape::Table(inner)) => inner,
            _ => &[],
        };
        for inner in inner {
            row(page, &format!("{}.", field.name), inner);
        }
    }
}

fn row(page: &mut String, before: &str, field: &Field) {
    let need = if field.required { "required" } else { "" };
    let _ = writeln!(
        page,
        "| `{before}{}` | {need} | {} | {} |",
        field.name,
        field.shape.words(),
        field.doc
    );
}
