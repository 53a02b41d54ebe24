//! No statement that is anonymous, collective or at second hand has moved any of it.

use super::folder;
use crate::support::Folder;

/// The dossier's acts, each by itself, after everything that stands before them.
fn pieces(dossier: &str) -> Vec<String> {
    let mut pieces = dossier.split("[[act]]");
    let head = pieces.next().unwrap_or_default().to_owned();
    let acts = pieces.map(|act| format!("[[act]]{act}"));
    std::iter::once(head).chain(acts).collect()
}

#[test]
fn words_of_nobody_in_particular_move_nothing() {
    let Some(reference) = folder() else { return };
    let here = Folder::new();
    let read = |name: &str| std::fs::read_to_string(reference.join(name)).unwrap();
    for name in ["v1.md", "v2.md", "assurances.md"] {
        here.put(name, &read(name));
    }
    let dossier = read("dossier.toml");
    let states = |dossier: &str| {
        here.put("dossier.toml", dossier);
        ["us", "ua", "ru"].map(|seat| {
            let mut status = here.object(&["status", "--as", seat]);
            // What was said is listed as it was said: nothing is computed from it there.
            status
                .as_object_mut()
                .expect("a status")
                .remove("statements");
            status
        })
    };
    let before = states(&dossier);

    let on_record = ["anonymous", "collective"]
        .iter()
        .fold(dossier.clone(), |words, kind| {
            words.replace(
                &format!("attribution = \"{kind}\""),
                "attribution = \"on-record\"",
            )
        });
    assert_ne!(on_record, dossier);
    assert_eq!(states(&on_record), before);

    let hearsay = "[[act]]\nid = \"hearsay\"\nkind = \"statement\"\nroom = \"public\"\nby = \"us\"\nspeaker = \"somebody close\"\n\
                   attribution = \"second-hand\"\nwords = \"everything is agreed by all sides\"\non = \"2025-11-25\"\n";
    assert_eq!(states(&format!("{dossier}\n{hearsay}")), before);

    // The collective statement of the 23rd stays: it is what names the text to everybody, and nothing else.
    let said = ["optimistic", "final-phase", "no-timeline"].map(|id| format!("id = \"{id}\""));
    let mut pieces = pieces(&dossier);
    let acts = pieces.len();
    pieces.retain(|piece| !said.iter().any(|id| piece.contains(id)));
    assert_eq!(pieces.len() + said.len(), acts);
    let after = states(&pieces.concat());
    for (before, after) in before.into_iter().zip(after) {
        let kept = |mut status: serde_json::Value| {
            let claims = status["claims"].as_array_mut().expect("claims");
            claims.retain(|claim| !["phase", "no-deadline"].iter().any(|id| claim["id"] == *id));
            status
        };
        assert_eq!(kept(before), after);
    }
}
