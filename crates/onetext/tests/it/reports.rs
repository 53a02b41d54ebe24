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
    let all = "y\ny\ny\nc\nostry\n\n\n\n\ny\ny\nc\nEdda Hale, Ostry\n\n\n\n\ny\ny\n";
    let run = press(&folder, all, &[]);
    assert_eq!(
        (run.status, recorded(&run)),
        (0, "recorded 7"),
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
        "n\nn\nn\nn\nn\nn\nn\n",
        "perhaps\nyy\n[]\n",
        "c\nother words\n",
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
        "c\n\n\n\nrumour\nsecond-hand\n\n\nsomeday\n\n\ny\nc\n\n\n\n\n\n\n-\n\n\ny\nq\n",
        &[],
    );
    assert_eq!(
        (run.status, recorded(&run)),
        (0, "recorded 1"),
        "{}",
        run.answer
    );
    assert!(run.answer.contains("answer one of: "), "{}", run.answer);
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
fn a_program_is_not_asked_and_reads_beside_the_record() {
    let folder = office();
    let before = folder.object(&["status", "-C", "office", "--at", "2047-06-01"]);
    let report = folder.object(&["press", REPORT, "-C", "office"]);
    let seats: Vec<&str> = report["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|said| said["seat"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(seats, ["mirren", "tovar", "ostry"]);
    assert_eq!(
        folder.object(&["status", "-C", "office", "--at", "2047-06-01"]),
        before
    );
}

#[test]
fn what_may_be_meant_is_told_and_the_office_chooses() {
    let folder = office();
    folder.put(
        "dam.txt",
        "2047-05-09\n\nPiet Brandt said Tovar would never pay for repairs of the sluice.\n",
    );
    let report = folder.object(&["press", "dam.txt", "--dossier", "dossier.toml"]);
    let said = &report["statements"][0];
    assert_eq!(said["points"][0], "v1#3", "{report}");
    assert_eq!(said["person"], "brandt", "{report}");
}

#[test]
fn accounts_that_differ_and_words_that_are_told_twice() {
    let folder = Folder::new();
    folder.put(
        "one.txt",
        "2047-05-08\n\nEdda Hale met Piet Brandt in Ansel on Monday. \"The lower dam will be repaired before the autumn rains,\" \
         Edda Hale said.\n",
    );
    folder.put(
        "two.txt",
        "2047-05-08\n\nEdda Hale did not meet Piet Brandt in Ansel on Monday. Edda Hale said the lower dam would be repaired \
         before autumn.\n",
    );
    let both = folder.object(&["press", "one.txt", "two.txt"]);
    assert_eq!(both["reports"].as_array().unwrap().len(), 2);
    assert_eq!(both["conflicts"][0]["on"], "meeting", "{both}");
    assert_eq!(both["conflicts"][0]["one"]["file"], "two.txt");
    assert_eq!(both["renderings"][0]["other"]["statement"], 0, "{both}");
}

#[test]
fn a_report_that_cannot_be_read_leaves_no_half_answer() {
    let folder = Folder::new();
    folder.put("one.txt", "Karr said the dam is shut for good.\n");
    let run = folder.run(&["press", "one.txt", "missing.txt", "--json"]);
    assert_eq!((run.status, run.answer.as_str()), (1, ""));
}

#[test]
fn a_text_that_is_mentioned_is_one_of_the_record_by_its_points_or_its_day() {
    let folder = office();
    let report = folder.object(&["press", REPORT, "--dossier", "dossier.toml"]);
    let told = &report["texts"][0];
    assert_eq!(told["points"], 4, "{report}");
    assert_eq!(told["date"]["on"], "2047-05-02");
    assert_eq!(told["attributed_to"], "Mirren");
    assert_eq!(
        told["record"],
        serde_json::json!({"text": "waters", "draft": "v1", "because": "points"})
    );
    assert_eq!(report["statements"][0]["place"]["name"], "Ansel");
    folder.put(
        "other.txt",
        "2047-05-09\n\nPiet Brandt read a 19-point plan, the draft dated 2 May and Annex C.\n",
    );
    let report = folder.object(&["press", "other.txt", "--dossier", "dossier.toml"]);
    let texts = report["texts"].as_array().unwrap();
    let known: Vec<(&str, &str)> = texts
        .iter()
        .map(|text| {
            let because = text["record"]["because"].as_str().unwrap_or_default();
            (text["text"].as_str().unwrap(), because)
        })
        .collect();
    assert!(known.contains(&("a 19-point plan", "")), "{known:?}");
    assert!(
        known.contains(&("the draft dated 2 May", "date")),
        "{known:?}"
    );
    assert!(known.contains(&("Annex C", "")), "{known:?}");
}

#[test]
fn a_draft_of_a_report_with_places_and_texts_is_a_dossier() {
    let folder = Folder::new();
    folder.put(
        "one.txt",
        "2047-05-08\n\nTovarian officials told reporters in Ansel that only a few open points remain in the 19-point Tovarian plan.\n",
    );
    folder.say(&["press", "one.txt", "--draft", "dossier.toml"]);
    let draft = folder.read("dossier.toml");
    assert!(draft.contains("place = \"Ansel\""), "{draft}");
    // Whose text that is, and who has it, only the office can say.
    assert!(
        draft.contains("the press mentions “the 19-point Tovarian plan”"),
        "{draft}"
    );
    assert!(!draft.contains("[[text]]"), "{draft}");
    let status = folder.object(&["status", "dossier.toml"]);
    assert_eq!(status["statements"][0]["place"], "Ansel", "{status}");
    let speaker = &status["claims"][0]["speaker"];
    assert_eq!(speaker, "Tovarian officials", "{status}");
}

#[test]
fn who_spoke_is_named_also_where_it_is_nobody_of_a_seat() {
    let folder = office();
    folder.put(
        "source.txt",
        "2047-05-09\n\n\"Only a few points remain open,\" an official told reporters in Lisse.\n",
    );
    let mut child = folder
        .command(&["press", "source.txt", "-C", "office"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(b"y\n");
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!(recorded(&run), "recorded 1", "{}{}", run.answer, run.errors);
    let status = ["status", "-C", "office", "--at", "2047-06-01"];
    let state = folder.object(&status);
    let who = "an official";
    assert_eq!(state["claims"][0]["speaker"], who, "{state}");
    assert_eq!(state["statements"][0]["attribution"], "anonymous");
    let unwrapped = |page: String| page.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(unwrapped(folder.say(&status)).contains(who));
    let why = unwrapped(folder.say(&["why", "claim-1", "-C", "office", "--at", "2047-06-01"]));
    assert!(why.contains(who) && why.contains("Lisse"), "{why}");
    folder.say(&[&status[..], &["-o", "state.html"]].concat());
    assert!(folder.read("state.html").contains(who));
}
