//! What each command answers on a small process.

use crate::support::Folder;

#[test]
fn labels_are_printed_with_their_brackets_and_without_signs_of_markdown() {
    let folder = Folder::new();
    folder.put(
        "plan.md",
        "**1. Sovereignty.** It stands.\n\n**2.** Forces.\n\n3\\. *Funds* **now**.\n\n[4. Each [Party][State] reports.]\n\n**Article 5 - Seat**\n",
    );
    assert_eq!(
        folder.say(&["text", "plan.md"]),
        "1. Sovereignty. It stands.\n2. Forces.\n3. *Funds* **now**.\n[4. Each [Party][State] reports.]\nArticle 5 - Seat\n"
    );
}

#[test]
fn a_text_is_printed_one_paragraph_a_line() {
    let folder = Folder::with_process();
    assert_eq!(
        folder.say(&["text", "two.md"]),
        "1. The ferry runs again.\n2. Fishing is free on both banks.\n3. The bridge is opened within [sixty] [ninety] days.\n"
    );
    let object = folder.object(&["text", "two.md"]);
    assert_eq!(object["points"], 3);
    assert_eq!(object["provisions"][2]["path"], "3");
    assert_eq!(object["provisions"][2]["brackets"], 2);
}

#[test]
fn a_redline_takes_its_form_from_the_file() {
    let folder = Folder::with_process();
    folder.say(&["redline", "one.md", "two.md", "-o", "page.html"]);
    assert!(folder.read("page.html").contains("<ins"));
    folder.say(&["redline", "one.md", "two.md", "-o", "data.json"]);
    let data: serde_json::Value = serde_json::from_str(&folder.read("data.json")).unwrap();
    assert!(data["pairs"].is_array() && data["summary"].is_object());
    assert_eq!(folder.object(&["redline", "one.md", "two.md"]), data);
}

#[test]
fn a_redline_shows_what_is_asked_for() {
    let folder = Folder::with_process();
    let counts = folder.say(&["redline", "one.md", "two.md", "--stat"]);
    assert!(
        counts.contains("→") && counts.contains("words out"),
        "{counts}"
    );
    let none = folder.say(&["redline", "one.md", "one.md", "--only", "moved,new,gone"]);
    assert!(none.contains("Nothing changed."), "{none}");
    let near = folder.say(&["redline", "one.md", "one.md", "--context", "1"]);
    assert!(!near.contains("unchanged ("), "{near}");
}

#[test]
fn proposals_are_compiled_with_their_authors() {
    let folder = Folder::with_process();
    let other = folder
        .read("two.md")
        .replace("runs again", "runs every day");
    folder.put("other.md", &other);
    let text = folder.say(&["compile", "two.md", "KA=other.md", "SA=two.md"]);
    assert!(text.contains("[KA: every day.]"), "{text}");
    let object = folder.object(&["compile", "two.md", "KA=other.md"]);
    assert_eq!(
        (&object["open"], &object["conflicts"]),
        (&1.into(), &0.into())
    );
    folder.say(&["compile", "two.md", "KA=other.md", "-o", "all.html"]);
    assert!(folder.read("all.html").contains("Compilation text"));
    assert_eq!(folder.run(&["compile", "two.md", "other.md"]).status, 2);
    assert_eq!(
        folder
            .run(&["compile", "two.md", "KA=other.md", "KA=two.md"])
            .status,
        2
    );
}

#[test]
fn pairs_that_were_settled_hold() {
    let folder = Folder::with_process();
    folder.put("pairs", "3, 2\n");
    let pairs = folder.object(&["redline", "one.md", "two.md", "--map", "pairs"])["pairs"].clone();
    let pairs = pairs.as_array().unwrap();
    assert!(
        pairs
            .iter()
            .any(|pair| pair["old"] == serde_json::json!(["3"])
                && pair["new"] == serde_json::json!(["2"]))
    );
}

#[test]
fn the_state_of_play_is_a_table_and_an_object() {
    let folder = Folder::with_process();
    let screen = folder.say(&["status"]);
    for words in [
        "Talks on the crossing",
        "View of  The Chair",
        "disputed",
        "Circulation",
        "does not hold",
        "onetext why",
    ] {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
    let object = folder.object(&["status", "dossier.toml"]);
    assert_eq!(object["as"], "chair");
    assert_eq!(object["basis"], "record");
    assert_eq!(object["texts"][0]["latest"], "d2");
    let west = folder.object(&["status", ".", "--as", "west"]);
    assert_eq!(west["basis"], "view");
    assert_eq!(west["texts"][0]["latest"], "d1");
}

#[test]
fn the_state_of_play_of_a_day_is_that_of_its_end() {
    let folder = Folder::with_process();
    let then = folder.object(&["status", "--at", "2031-01-15"]);
    assert_eq!(then["texts"][0]["latest"], "d1");
    assert!(then["gates"].as_array().unwrap().is_empty());
}

#[test]
fn why_gives_the_acts() {
    let folder = Folder::with_process();
    let why = folder.say(&["why", "crossing#3"]);
    assert!(
        why.contains("west-objects") && why.contains("chair-west"),
        "{why}"
    );
    assert!(folder.object(&["why", "meeting"])["answer"].is_string());
}

#[test]
fn colour_is_there_when_asked_for_and_only_then() {
    let folder = Folder::with_process();
    assert!(!folder.say(&["status"]).contains('\u{1b}'));
    assert!(
        folder
            .say(&["status", "--color", "always"])
            .contains('\u{1b}')
    );
    assert!(
        !folder
            .say(&["status", "--color", "never"])
            .contains('\u{1b}')
    );
    let output = folder
        .command(&["status"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(!output.stdout.contains(&0x1b));
}

#[test]
fn a_page_is_written_by_its_ending() {
    let folder = Folder::with_process();
    assert_eq!(
        folder.say(&["status", "-o", "state.html"]),
        "wrote state.html\n"
    );
    assert!(folder.read("state.html").starts_with("<!DOCTYPE html>"));
}

#[test]
fn an_export_can_be_read_again_and_says_the_same() {
    let folder = Folder::with_process();
    for seat in ["chair", "east", "west"] {
        let share = format!("share-{seat}");
        folder.say(&["export", "--as", seat, "-o", &share]);
        assert_eq!(
            folder.object(&["status", &share, "--as", seat]),
            folder.object(&["status", "--as", seat]),
            "{seat}"
        );
    }
    assert!(
        !folder
            .read("share-east/dossier.toml")
            .contains("west-objects")
    );
    assert_eq!(
        folder.run(&["export", "-o", "share-east"]).status,
        1,
        "nothing is overwritten"
    );
}
