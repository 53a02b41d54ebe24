//! `--as ua`, `--as ru`, and `--as ru --at 2025-11-24`.

use serde_json::{Value, json};

use super::*;
use crate::support::Folder;

const HIDDEN_FROM_UA: [&str; 8] = [
    "us-ru",
    "alaska",
    "mission-moscow",
    "mission-kyiv",
    "abu-dhabi",
    "reply-owed",
    "v1-seen-in-moscow",
    "identity",
];
const HIDDEN_FROM_RU: [&str; 10] = [
    "us-ua",
    "\"v2",
    "v2#",
    "v2.md",
    "assurances",
    "visit",
    "geneva",
    "Geneva",
    "v1-to-kyiv",
    "reply-owed",
];

#[test]
fn ua_sees_the_same_texts_and_positions() {
    let (Some(seen), Some(record)) = (status(&["--as", "ua"]), status(&["--as", "us"])) else {
        return;
    };
    assert_eq!(
        (&seen["basis"], &seen["at"]),
        (&json!("view"), &Value::Null)
    );
    check_counts(&seen);
    for id in ["framework", "assurances"] {
        let (seen, record) = (text(&seen, id), text(&record, id));
        for field in ["points", "parties", "latest", "stage", "gone"] {
            assert_eq!(seen[field], record[field], "{id}: {field}");
        }
        assert_eq!(cells(seen, "ua"), cells(record, "ua"));
    }
    let (framework, assurances) = (text(&seen, "framework"), text(&seen, "assurances"));
    check_identity(framework);
    assert_eq!(
        cells(framework, "ru"),
        everywhere(framework, &withheld(None))
    );
    assert_eq!(
        cells(assurances, "us"),
        everywhere(assurances, &nothing("not-known", Some(true)))
    );
    assert_eq!(circulation(framework), json!({"ua": given_to_ua()}));
    let given =
        json!({"ua": [{"draft": "sa1", "channel": "official", "on": "2025-11-23", "place": null}]});
    assert_eq!(circulation(assurances), given);
}

#[test]
fn ua_sees_less_around_them() {
    let Some(status) = status(&["--as", "ua"]) else {
        return;
    };
    assert_eq!(
        table(&status["sessions"], &SESSION),
        rows([geneva(), visit(), no_three_way()])
    );
    let lacks = [
        "3 points disputed and 16 unknown",
        "assurances is not final",
    ];
    check_gate(&status, &lacks, &["alaska"]);
    check_claims(&status);
    check_alerts(&status, &[GATE_TENSION]);
    check_empty(&status, &["understandings", "missions", "obligations"]);
    check_no_trace("ua", &HIDDEN_FROM_UA);
}

#[test]
fn ru_sees_its_own_copy() {
    let Some(status) = status(&["--as", "ru"]) else {
        return;
    };
    assert_eq!(
        (&status["basis"], &status["at"]),
        (&json!("view"), &Value::Null)
    );
    assert_eq!(
        table(&status["texts"], &["id", "latest", "stage"]),
        json!([["framework", "v1", "open"]])
    );
    let framework = text(&status, "framework");
    check_points(framework, &[28, 0, 0, 0, 28, 0, 28], &[], &[]);
    assert_eq!(
        cells(framework, "ua"),
        everywhere(framework, &nothing("not-known", None))
    );
    assert_eq!(
        cells(framework, "ru"),
        everywhere(framework, &withheld(Some(true)))
    );
    let own_copy =
        json!([{"draft": "v1", "channel": "unofficial", "on": "2025-11-25", "place": null}]);
    assert_eq!(circulation(framework), json!({"ru": own_copy}));
    assert_eq!(
        (&status["stage"], &status["ready_to_close"]),
        (&json!("open"), &json!(false))
    );
    check_gate(
        &status,
        &[
            "28 points unknown",
            "alaska (a condition for Russian Federation) is not assessed",
        ],
        &[],
    );
    check_alaska(&status);
    check_claims(&status);
    assert_eq!(
        table(&status["sessions"], &SESSION),
        rows([abu_dhabi(), no_three_way()])
    );
    check_empty(&status, &["obligations", "missions", "alerts"]);
    check_no_trace("ru", &HIDDEN_FROM_RU);
}

#[test]
fn ru_knows_a_name_on_the_24th() {
    let Some(status) = status(&["--as", "ru", "--at", THE_24TH]) else {
        return;
    };
    assert_eq!(
        table(&status["texts"], &["id", "latest", "points", "stage"]),
        json!([["framework", null, null, "open"]])
    );
    let framework = text(&status, "framework");
    assert_eq!(framework["exposure"], json!({"ru": []}));
    for list in ["provisions", "gone", "proposed"] {
        assert_eq!(framework[list], json!([]), "{list}");
    }
    check_alaska(&status);
    let lists = [
        "gates",
        "claims",
        "sessions",
        "missions",
        "obligations",
        "alerts",
        "packages",
    ];
    check_empty(&status, &lists);
}

/// No word of what a seat must not know stands anywhere in what it is told or given, then or now.
fn check_no_trace(seat: &str, hidden: &[&str]) {
    let Some(reference) = folder() else { return };
    let here = Folder::new();
    let dossier = reference.join("dossier.toml").display().to_string();
    let mut told = Vec::new();
    for (number, at) in [&[][..], &["--at", THE_24TH]].into_iter().enumerate() {
        let (page, share) = (format!("{number}.html"), number.to_string());
        let asked = [&[dossier.as_str(), "--as", seat], at].concat();
        let run = |command: &[&str]| here.say(&[command, &asked].concat());
        told.extend([run(&["status"]), run(&["status", "--json"])]);
        for subject in ["framework", "summit", "few-open", "us", "ua", "ru"] {
            let command = ["why", subject, &dossier, "--as", seat];
            told.push(here.run(&[&command, at].concat()).answer);
        }
        run(&["status", "-o", &page]);
        run(&["export", "-o", &share]);
        told.push(here.read(&page));
        let files = std::fs::read_dir(here.path().join(share)).unwrap();
        for file in files.map(|file| file.unwrap().path()) {
            told.push(file.file_name().unwrap().display().to_string());
            told.push(std::fs::read_to_string(file).unwrap());
        }
    }
    for word in hidden {
        let shows = told.iter().find(|answer| answer.contains(word));
        assert!(shows.is_none(), "{word} shows: {shows:?}");
    }
}
