//! Documents of word processors at the command line: compilations, changes that were there, and documents made to do harm.

use std::collections::BTreeSet;

use crate::support::Folder;

/// The lines of a document, read so.
fn lines(folder: &Folder, file: &str, tracked: &str) -> String {
    folder.say(&["text", file, "--tracked", tracked])
}

/// The authors of what is marked up in a document.
fn authors(folder: &Folder, file: &str) -> BTreeSet<String> {
    let object = folder.object(&["text", file]);
    let changes = object["document"]["changes"].as_array().unwrap();
    changes
        .iter()
        .map(|change| change["author"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_compilation_is_a_document_with_an_author_for_each_seat() {
    let folder = Folder::with_process();
    let two = folder.read("two.md");
    folder.put("east.md", &two.replace("runs again", "runs every day"));
    folder.put(
        "west.md",
        &two.replace("Fishing is free", "Fishing costs a mark"),
    );
    folder.say(&[
        "compile",
        "two.md",
        "Eastbank=east.md",
        "Westbank=west.md",
        "--date",
        "2031-03-01",
        "-o",
        "all.docx",
    ]);
    assert_eq!(
        authors(&folder, "all.docx"),
        names(&["Eastbank", "Westbank"])
    );
    assert_eq!(
        lines(&folder, "all.docx", "rejected"),
        folder.say(&["text", "two.md"])
    );
    // Its own changes, compiled again, are the same proposals.
    let again = folder.say(&["compile", "all.docx"]);
    for proposed in ["[Eastbank: every day.]", "[Westbank: costs a mark]"] {
        assert!(again.contains(proposed), "{again}");
    }
    let run = folder.run(&["compile", "two.md"]);
    assert_eq!(run.status, 1);
    assert!(
        run.errors.contains("no seat hands in a text"),
        "{}",
        run.errors
    );
    assert_eq!(folder.run(&["compile"]).status, 2);
}

const PROPOSALS: &str = r#"
[[act]]
id = "d2-to-west"
kind = "deliver"
room = "chair-west"
by = "chair"
draft = "d2"
to = "west"
channel = "official"
on = "2031-02-10"

[[act]]
id = "east-daily"
kind = "stance"
room = "chair-east"
by = "east"
draft = "d2"
points = ["1"]
stance = "propose"
wording = "The ferry runs every day."
on = "2031-02-12"

[[act]]
id = "east-lamps"
kind = "stance"
room = "chair-east"
by = "east"
draft = "d2"
stance = "propose"
after = "3"
label = "4."
wording = "Boats carry a lamp at night."
on = "2031-02-12"

[[act]]
id = "west-no-fishing"
kind = "stance"
room = "chair-west"
by = "west"
draft = "d2"
points = ["2"]
stance = "propose"
wording = ""
on = "2031-02-13"
"#;

#[test]
fn proposals_on_record_are_compiled_as_each_seat_may_see_them() {
    let folder = Folder::with_process();
    let dossier = folder.read("dossier.toml") + PROPOSALS;
    folder.put("dossier.toml", &dossier);
    let all = folder.say(&["compile", "--draft", "d2"]);
    for proposed in [
        "[Eastbank: every day.]",
        "Boats carry a lamp at night.",
        "Westbank",
    ] {
        assert!(all.contains(proposed), "{all}");
    }
    let west = folder.say(&["compile", "--draft", "d2", "--as", "west"]);
    assert!(
        !west.contains("Eastbank") && !west.contains("lamp"),
        "{west}"
    );
    assert!(west.contains("Westbank"), "{west}");
    folder.say(&["compile", "--draft", "d2", "-o", "all.docx"]);
    assert_eq!(
        authors(&folder, "all.docx"),
        names(&["Eastbank", "Westbank"])
    );
    assert_eq!(
        lines(&folder, "all.docx", "rejected"),
        folder.say(&["text", "two.md"])
    );
    let run = folder.run(&["compile", "--draft", "d9"]);
    assert_eq!(run.status, 1, "{}", run.errors);
    // The same from a workspace.
    folder.say(&["new", "desk", "--seat", "chair"]);
    folder.run(&["import", "dossier.toml", "-C", "desk"]);
    let stored = folder.say(&["compile", "--draft", "d2", "-C", "desk"]);
    assert_eq!(stored, all);
}

#[test]
fn what_became_of_changes_that_were_there_is_said() {
    let folder = Folder::with_process();
    folder.put(
        "other.md",
        &folder.read("two.md").replace("again", "every day"),
    );
    folder.say(&[
        "redline",
        "two.md",
        "other.md",
        "--author",
        "Edda",
        "-o",
        "marked.docx",
    ]);
    // On the text that they are on they stay Edda's.
    let said = folder.say(&[
        "redline",
        "two.md",
        "marked.docx",
        "--author",
        "Finn",
        "-o",
        "again.docx",
    ]);
    assert_eq!(said, "wrote again.docx\n");
    assert_eq!(authors(&folder, "again.docx"), names(&["Edda"]));
    // On another text they are taken as accepted.
    folder.put(
        "third.md",
        "1. The boat runs on Sundays.\n\n2. Nobody fishes above the mill.\n",
    );
    let said = folder.say(&[
        "redline",
        "third.md",
        "marked.docx",
        "--author",
        "Finn",
        "-o",
        "again.docx",
    ]);
    assert!(said.contains("taken as accepted"), "{said}");
    assert_eq!(authors(&folder, "again.docx"), names(&["Finn"]));
}

#[test]
fn documents_made_to_do_harm_are_refused_and_nothing_is_written() {
    let folder = Folder::with_process();
    folder.put("no-package.docx", "PK\u{3}\u{4} and then nothing");
    folder.put("text.docx", "1. The ferry runs again.");
    std::fs::write(
        folder.path().join("locked.docx"),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1],
    )
    .unwrap();
    folder.put("empty.docx", "");
    let before = names_in(&folder);
    for file in ["no-package.docx", "text.docx", "locked.docx", "empty.docx"] {
        for words in [
            &["text", file][..],
            &["redline", "two.md", file, "-o", "out.docx"],
            &["redline", file, "two.md", "-o", "out.docx"],
            &["compile", file, "East=two.md", "-o", "out.docx"],
            &[
                "compile",
                "two.md",
                &format!("East={file}"),
                "-o",
                "out.docx",
            ],
        ] {
            let run = folder.run(words);
            assert_eq!(run.status, 1, "{words:?}: {}", run.errors);
            assert!(
                run.errors.contains(file) && run.errors.contains("what to do"),
                "{words:?}: {}",
                run.errors
            );
        }
    }
    assert_eq!(names_in(&folder), before, "no stray file");
}

fn names_in(folder: &Folder) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}
