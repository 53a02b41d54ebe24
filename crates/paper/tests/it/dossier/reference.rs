//! The schema: as the model has it, and as the reference page tells it.

use onetext_paper::dossier::schema::{self, Field, Shape};

const PAGE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/dossier-reference.md"
);

#[test]
fn the_reference_page_is_up_to_date() {
    let kept = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(
        kept == schema::page(),
        "make it anew: cargo run -p onetext-paper --example dossier_reference > docs/dossier-reference.md"
    );
}

#[test]
fn names_and_words_are_each_there_once() {
    let tables = schema::BLOCKS.iter().map(|block| block.fields);
    let kinds = schema::KINDS.iter().map(|kind| kind.fields);
    for fields in tables.chain(kinds) {
        once(fields);
    }
    for kind in schema::KINDS {
        assert!(schema::kind(kind.name).is_some());
        let shared = kind.fields.iter().find(|field| {
            schema::COMMON
                .iter()
                .any(|common| common.name == field.name)
        });
        assert!(shared.is_none(), "{}: {shared:?}", kind.name);
    }
}

fn once(fields: &[Field]) {
    let mut names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "{names:?}");
    for field in fields {
        match field.shape {
            Shape::Table(inner) => once(inner),
            Shape::Many(Shape::Table(inner)) => once(inner),
            _ => {}
        }
    }
}

/// Every word that the schema lets pass is one that the model reads, and no word of the model is missing: the acts
/// below try each.
#[test]
fn every_word_of_a_list_is_read() {
    for kind in schema::KINDS {
        for field in kind.fields {
            let words: &[&str] = match field.shape {
                Shape::OneOf(words) => words,
                Shape::Many(Shape::OneOf(words)) => words,
                _ => continue,
            };
            for word in words {
                let lines: String = kind
                    .fields
                    .iter()
                    .filter(|other| other.required || other.name == field.name)
                    .map(|other| {
                        format!(
                            "{} = {}\n",
                            other.name,
                            if other.name == field.name {
                                format!("\"{word}\"")
                            } else {
                                sample(other.shape)
                            }
                        )
                    })
                    .collect();
                let errors = super::errors(&format!(
                    "{}{}",
                    super::BASIS,
                    super::act(kind.name, "med-ash", "ash", &lines)
                ));
                let form = [
                    "cannot be read",
                    "unknown-field",
                    "cannot be \"",
                    "has no `",
                ];
                assert!(
                    !form.iter().any(|form| errors.contains(form)),
                    "{} {word}: {errors}",
                    kind.name
                );
            }
        }
    }
}

fn sample(shape: Shape) -> String {
    match shape {
        Shape::Flag => "true".to_owned(),
        Shape::Number => "1".to_owned(),
        Shape::Time => "\"2025-01-03\"".to_owned(),
        Shape::OneOf(words) => format!("{:?}", words[0]),
        Shape::Pairs => "[]".to_owned(),
        Shape::Table(_) => "{}".to_owned(),
        Shape::Many(Shape::Table(_)) => "[]".to_owned(),
        Shape::Many(one) => sample(*one),
        _ => "\"d1\"".to_owned(),
    }
}
