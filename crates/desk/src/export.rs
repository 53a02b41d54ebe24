//! "Give me what we have": a seat's own share of the process, as a dossier that can be read again.

use std::collections::{BTreeMap, BTreeSet};

use onetext_paper::dossier;
use onetext_talks::{Act, Cut, DraftId, RoomId, Viewer};

use crate::books::Books;
use crate::error::DeskError;

/// A dossier: its files by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// What is in each file.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Everything of the process that this viewer's rooms hold, as a dossier.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn export(books: &Books, viewer: &Viewer) -> Result<Export, DeskError> {
    let status = books.board(viewer, &Cut::default())?.status();
    let record = books.record();
    let mut share = record.clone();

    let rooms: BTreeSet<RoomId> = record.rooms_of(viewer)?.into_keys().collect();
    let texts: BTreeSet<&str> = status.texts.iter().map(|text| text.id.as_str()).collect();
    let drafts: BTreeSet<&DraftId> = status
        .texts
        .iter()
        .flat_map(|text| text.drafts.iter().map(|draft| &draft.id))
        .collect();

    share.rooms.retain(|room| rooms.contains(&room.id));
    share.acts.retain(|act| rooms.contains(&act.room));
    share.texts.retain(|text| texts.contains(text.id.as_str()));
    share.drafts.retain(|draft| drafts.contains(&draft.id));
    for text in &mut share.texts {
        text.linked_to.retain(|link| drafts.contains(&link.draft));
        let known = status.texts.iter().find(|known| known.id == text.id);
        text.required &= known.is_some_and(|known| known.required == Some(true));
    }
    for draft in &mut share.drafts {
        draft.base = draft.base.take().filter(|base| drafts.contains(base));
        draft.renders = draft
            .renders
            .take()
            .filter(|rendered| drafts.contains(rendered));
    }
    if viewer.seat != record.process.pen_holder {
        let named = names_in(&share.acts);
        share
            .persons
            .retain(|person| person.seat == viewer.seat || named.contains(person.id.as_str()));
    }
    for person in &mut share.persons {
        if let Some(list) = &mut person.rooms {
            list.retain(|room| rooms.contains(room));
        }
    }
    let written = dossier::write(&share);
    let mut files = written.folder();
    files.insert(dossier::DOSSIER_FILE.to_owned(), written.toml.into_bytes());
    Ok(Export { files })
}

/// Every word by which these acts name somebody or something: a person is known in each room in which an act names them.
fn names_in(acts: &[Act]) -> BTreeSet<String> {
    fn gather(value: serde_json::Value, names: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(name) => {
                names.insert(name);
            }
            serde_json::Value::Array(list) => {
                list.into_iter().for_each(|value| gather(value, names))
            }
            serde_json::Value::Object(fields) => fields
                .into_iter()
                .for_each(|(_, value)| gather(value, names)),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    for act in acts {
        names.extend(act.person.iter().map(ToString::to_string));
        names.extend(act.about.iter().cloned());
        if let Ok(deed) = serde_json::to_value(&act.deed) {
            gather(deed, &mut names);
        }
    }
    names
}
