//! The dossier: read, refused, written again.

mod leave;
mod lossless;
mod reference;
mod refused;
mod size;
mod worked_example;

use std::collections::BTreeMap;

use onetext_paper::dossier::{self, DossierError};
use onetext_talks::Record;

/// A process of three seats with a text of two drafts: what the small cases below add to.
pub(crate) const BASIS: &str = r#"[process]
id = "p"
title = "P"
pen_holder = "med"

[[seat]]
id = "med"
name = "The mediator"
role = "mediator"

[[seat]]
id = "ash"
name = "Ash"
role = "party"

[[seat]]
id = "birch"
name = "Birch"
role = "party"

[[person]]
id = "ann"
name = "Ann of Ash"
seat = "ash"
level = "envoy"

[[person]]
id = "bob"
name = "Bob of Birch"
seat = "birch"

[[room]]
id = "med-ash"
members = ["med", "ash"]

[[room]]
id = "med-birch"
members = ["med", "birch"]

[[text]]
id = "main"
title = "The text"
kind = "main"

[[draft]]
id = "d1"
text = "main"
file = "d1.md"

[[draft]]
id = "d2"
text = "main"
file = "d2.md"
base = "d1"

[[act]]
id = "given"
kind = "deliver"
room = "med-ash"
by = "med"
draft = "d1"
to = "ash"
channel = "official"
on = "2025-01-01"

"#;

/// The files of [`BASIS`].
pub(crate) fn basis_files() -> BTreeMap<String, Vec<u8>> {
    let d1 = "1. The river is shared.\n\n2. The [bridge] [ferry] stays:\n    - a. in summer;\n    - b. in winter.\n\n3. The mill goes.\n";
    let d2 = "1. The river is shared in equal parts.\n\n2. The mill goes.\n";
    BTreeMap::from([
        ("d1.md".to_owned(), d1.as_bytes().to_vec()),
        ("d2.md".to_owned(), d2.as_bytes().to_vec()),
        (
            "latin.md".to_owned(),
            b"1. The river.\n\n2. The caf\xe9.\n".to_vec(),
        ),
        (
            "wrong.ids".to_owned(),
            b"1, 00000000000000000000000000000001\n".to_vec(),
        ),
    ])
}

/// An act of kind `kind` with these lines beside what every act has.
pub(crate) fn act(kind: &str, room: &str, by: &str, lines: &str) -> String {
    format!(
        "[[act]]\nid = \"it\"\nkind = \"{kind}\"\nroom = \"{room}\"\nby = \"{by}\"\non = \"2025-01-02\"\n{lines}\n"
    )
}

pub(crate) fn read(source: &str) -> Result<Record, Vec<DossierError>> {
    dossier::read(source, &mut basis_files())
}

/// The errors, one a line, as a person reads them.
pub(crate) fn errors(source: &str) -> String {
    match read(source) {
        Ok(_) => "imported".to_owned(),
        Err(errors) => errors
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n"),
    }
}
