//! What is said when something is wrong: what, where, and what to do next.

use std::process::Stdio;

use crate::support::{Folder, Run};

/// The error object of a run with `--json`.
fn error(folder: &Folder, arguments: &[&str]) -> (i32, serde_json::Value) {
    let mut arguments = arguments.to_vec();
    arguments.push("--json");
    let run = folder.run(&arguments);
    assert_eq!(run.answer, "", "an error is no answer");
    let object: serde_json::Value = serde_json::from_str(&run.errors).unwrap();
    (run.status, object["error"].clone())
}

#[test]
fn wrong_usage_is_two() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["negotiate"]).status, 2);
    assert_eq!(folder.run(&["redline", "one.md"]).status, 2);
    let (status, error) = error(&folder, &["negotiate"]);
    assert_eq!((status, &error["code"]), (2, &"usage".into()));
}

#[test]
fn a_folder_without_a_dossier_says_what_to_do() {
    let run = Folder::new().run(&["status"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.errors,
        "error: ./dossier.toml: there is no dossier here\n  what to do: name its TOML file or its folder, or make a sample process with `onetext demo`\n"
    );
}

#[test]
fn an_error_is_one_object_with_json() {
    let (status, error) = error(&Folder::new(), &["status", "nowhere"]);
    assert_eq!(status, 1);
    assert_eq!(error["code"], "no-dossier");
    assert_eq!(error["where"], "nowhere");
    assert!(error["hint"].as_str().unwrap().contains("onetext demo"));
}

#[test]
fn a_misspelt_field_is_named_with_its_line() {
    let folder = Folder::with_process();
    let broken = folder
        .read("dossier.toml")
        .replace("pen_holder", "pen_holdr");
    folder.put("dossier.toml", &broken);
    let (status, error) = error(&folder, &["status"]);
    assert_eq!(status, 1);
    assert!(
        error["where"]
            .as_str()
            .unwrap()
            .starts_with("dossier.toml:"),
        "{error}"
    );
}

#[test]
fn hidden_and_unknown_are_one_answer() {
    let with = Folder::with_process();
    let without = Folder::with_process();
    let dossier = without
        .read("dossier.toml")
        .replace("west-objects", "something-else");
    without.put("dossier.toml", &dossier);
    let tell = |folder: &Folder| {
        let run = folder.run(&["why", "west-objects", "--as", "east"]);
        assert_eq!(run.status, 1);
        run.errors
    };
    assert_eq!(tell(&with), tell(&without));
}

#[test]
fn a_seat_that_is_not_there_is_an_error() {
    let folder = Folder::with_process();
    let (status, error) = error(&folder, &["status", "--as", "esat"]);
    assert_eq!(status, 1);
    assert_eq!(error["code"], "unknown-seat");
    assert_eq!(error["hint"], "did you mean east?");
}

#[test]
fn what_is_not_built_yet_says_so() {
    let folder = Folder::with_process();
    folder.put("draft.odt", "PK");
    for arguments in [
        &["text", "draft.odt"][..],
        &["redline", "draft.odt", "one.md"],
    ] {
        let (status, error) = error(&folder, arguments);
        assert_eq!(
            (status, &error["code"]),
            (1, &"not-yet".into()),
            "{arguments:?}"
        );
        assert!(error["hint"].is_string());
    }
}

#[test]
fn a_document_that_is_none_is_named_with_what_to_do() {
    let folder = Folder::with_process();
    folder.put("draft.docx", "PK");
    let (status, error) = error(&folder, &["text", "draft.docx"]);
    assert_eq!(status, 1);
    assert_eq!(error["code"], "unreadable-document");
    assert_eq!(error["where"], "draft.docx");
    assert!(error["hint"].as_str().unwrap().contains("save it again"));
}

#[test]
fn a_time_that_is_none_shows_how_to_write_one() {
    let (_, error) = error(&Folder::with_process(), &["status", "--at", "soon"]);
    assert_eq!(error["code"], "no-time");
    assert!(error["hint"].as_str().unwrap().contains("2031-03-06"));
}

#[test]
fn a_pair_that_names_nothing_is_told_with_its_line() {
    let folder = Folder::with_process();
    folder.put("pairs", "1, 1\n9, 2\n");
    let (_, error) = error(&folder, &["redline", "one.md", "two.md", "--map", "pairs"]);
    assert_eq!(error["where"], "pairs:2");
}

#[test]
fn a_file_that_is_no_draft_is_refused_with_its_place() {
    let folder = Folder::new();
    folder.put("nul.md", "1. One.\n\n2. T\0wo.\n");
    let (status, refused) = error(&folder, &["text", "nul.md"]);
    assert_eq!((status, &refused["code"]), (1, &"unreadable-draft".into()));
    assert_eq!(refused["where"], "nul.md:3");
    assert!(refused["hint"].as_str().unwrap().contains("UTF-8"));

    let deep: String = (0..200)
        .map(|n| format!("{}- x\n", "  ".repeat(n)))
        .collect();
    folder.put("deep.md", &deep);
    let (_, refused) = error(&folder, &["text", "deep.md"]);
    assert_eq!(refused["where"], "deep.md:101");
}

#[test]
fn a_file_beyond_all_bounds_is_not_taken_into_memory() {
    let folder = Folder::new();
    folder.put("sparse.md", "");
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(folder.path().join("sparse.md"))
        .unwrap();
    file.set_len(1 << 40).unwrap();
    let (status, refused) = error(&folder, &["text", "sparse.md"]);
    assert_eq!((status, &refused["code"]), (1, &"too-large".into()));
    assert_eq!(refused["where"], "sparse.md");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::with_process();
    let many: String = (1..20_000)
        .map(|n| format!("{n}. The ferry runs again.\n\n"))
        .collect();
    folder.put("many.md", &many);
    let mut child = folder
        .command(&["text", "many.md"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
}

#[test]
fn the_workbench_is_not_served_beyond_this_computer() {
    let folder = Folder::new();
    folder.say(&["new", "ours", "--seat", "we", "--title", "Our talks"]);
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let (status, error) = error(&folder, &["serve", "ours", "--listen", address]);
        assert_eq!((status, &error["code"]), (2, &"usage".into()), "{address}");
        assert!(error["message"].as_str().unwrap().contains("TLS"));
    }
    assert!(!folder.path().join("ours/entrance.db").exists());
}
