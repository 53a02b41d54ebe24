//! News reports into a workspace: what a person confirms is recorded, and nothing else is.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use crate::support::{Folder, Run};

const REPORT: &str = "report-2047-05-08.txt";

/// A workspace with the process of the story, and its report beside it.
fn office() -> Folder {
    let folder = Folder::new();
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/stories/from-a-report");
    for name in ["dossier.toml", "v1.md", REPORT] {
        folder.put(name, &std::fs::read_to_string(story.join(name)).unwrap());
    }
    folder.say(&["new", "office"]);
    folder.say(&["import", "dossier.toml", "-C", "office", "--host"]);
    folder
}

fn press(folder: &Folder, answers: &str, more: &[&str]) -> Run {
    let arguments = [&["press", REPORT, "-C", "office"], more].concat();
    let mut child = folder
        .command(&arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses at once does not read.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    Run::of(&child.wait_with_output().unwrap())
}

fn texts(folder: &Folder, seat: &str) -> serde_json::Value {
    let state = ["status", "-C", "office", "--at", "2047-06-01", "--as", seat];
    let mut state = folder.object(&state);
    serde_json::json!([state["texts"].take(), state["process"].take()])
}

/// How many were recorded.
fn recorded(run: &Run) -> &str {
    let last = run.answer.lines().last().unwrap();
    last.split(';').next().unwrap()
}

#[test]
fn law_4_a_report_that_is_confirmed_whole_moves_no_status() {
    let folder = office();
    let seats = ["mirren", "tovar", "ostry"];
    let before = seats.map(|seat| texts(&folder, seat));
    let all = "y\ny\ny\n{\"participants\": \"ostry\"}\ny\ny\n{\"participants\": [\"hale\", \"ostry\"]}\ny\n";
    let run = press(&folder, all, &[]);
    assert_eq!(
        (run.status, recorded(&run)),
        (0, "recorded 6"),
        "{}{}",
        run.answer,
        run.errors
    );
    assert_eq!(seats.map(|seat| texts(&folder, seat)), before);
}

#[test]
fn nothing_is_recorded_without_a_yes() {
    let folder = office();
    let before = folder.object(&["status", "-C", "office", "--at", "2047-06-01"]);
    for answers in [
        "",
        "q\n",
        "n\nn\nn\nn\nn\nn\n",
        "perhaps\nyy\n[]\n",
        "{\"words\": \"other words\"}\n",
    ] {
        let run = press(&folder, answers, &[]);
        assert_eq!(
            (run.status, recorded(&run)),
            (0, "recorded 0"),
            "{answers:?}"
        );
    }
    assert_eq!(
        folder.object(&["status", "-C", "office", "--at", "2047-06-01"]),
        before
    );
}

#[test]
fn what_cannot_be_recorded_is_said_and_asked_again() {
    let folder = office();
    let run = press(
        &folder,
        "{\"attribution\": \"rumour\"}\ny\n{\"attribution\": \"second-hand\"}\ny\nq\n",
        &[],
    );
    assert_eq!(
        (run.status, recorded(&run)),
        (0, "recorded 1"),
        "{}",
        run.answer
    );
    assert!(run.answer.contains("not recorded: "), "{}", run.answer);
    let run = press(&folder, "y\nq\n", &["--room", "nowhere"]);
    assert_eq!(
        (run.status, recorded(&run)),
        (0, "recorded 0"),
        "{}",
        run.answer
    );
}

#[test]
fn a_program_is_not_asked() {
    let folder = office();
    let run = press(&folder, "", &["--json"]);
    assert_eq!(run.status, 1);
    assert!(run.errors.contains("wrong-usage"), "{}", run.errors);
}
