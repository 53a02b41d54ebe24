//! The worked dossier among the reference data beside the checkout: every value that its expected answer names, by the
//! program's own JSON. Where the reference data is not there, the tests say that they were skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

/// The state of play as one seat sees it; none where the reference data is missing.
fn status(arguments: &[&str]) -> Option<Value> {
    let dossier = dossier()?;
    let output = Command::new(env!("CARGO_BIN_EXE_onetext"))
        .arg("status")
        .arg(dossier)
        .args(arguments)
        .arg("--json")
        .output()
        .expect("the program starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

fn dossier() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let dossier = root.join("../shared/data/dossiers/article-day/dossier.toml");
    if !dossier.exists() {
        eprintln!("skipped: no reference data beside the checkout (article-day)");
        return None;
    }
    Some(dossier)
}

fn text<'a>(status: &'a Value, id: &str) -> &'a Value {
    find(&status["texts"], id)
}

/// The entry of a list with this id.
fn find<'a>(list: &'a Value, id: &str) -> &'a Value {
    let found = list
        .as_array()
        .expect("a list")
        .iter()
        .find(|entry| entry["id"] == id);
    found.unwrap_or_else(|| panic!("{id} is not in {list}"))
}

fn ids(list: &Value) -> BTreeSet<String> {
    list.as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["id"].as_str().expect("an id").to_owned())
        .collect()
}

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// Every provision of a text by path, sub-items included.
fn provisions(text: &Value) -> BTreeMap<String, Value> {
    fn gather(list: &Value, into: &mut BTreeMap<String, Value>) {
        for provision in list.as_array().expect("provisions") {
            into.insert(
                provision["path"].as_str().expect("a path").to_owned(),
                provision.clone(),
            );
            gather(&provision["children"], into);
        }
    }
    let mut all = BTreeMap::new();
    gather(&text["provisions"], &mut all);
    all
}

/// The figures of a text: total, agreed, ad referendum, disputed, unknown, at least, at most.
fn figures(text: &Value) -> [u64; 7] {
    let points = &text["points"];
    ["total", "agreed", "agreed_ad_ref", "disputed", "unknown"]
        .map(|field| points[field].as_u64().expect("a count"))
        .into_iter()
        .chain(["min", "max"].map(|field| points["open"][field].as_u64().expect("a count")))
        .collect::<Vec<_>>()
        .try_into()
        .expect("seven figures")
}

fn by_type(text: &Value) -> BTreeMap<String, u64> {
    let counts = text["points"]["by_type"]
        .as_object()
        .expect("counts by type");
    counts
        .iter()
        .map(|(kind, count)| (kind.clone(), count.as_u64().expect("a count")))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn of_types(types: &[(&str, u64)]) -> BTreeMap<String, u64> {
    types
        .iter()
        .map(|(kind, count)| ((*kind).to_owned(), *count))
        .collect()
}

/// The points of a text with this status.
fn points_with(text: &Value, status: &str) -> BTreeSet<String> {
    let points = text["provisions"].as_array().expect("provisions").iter();
    points
        .filter(|point| point["status"] == status)
        .map(|point| point["path"].as_str().expect("a path").to_owned())
        .collect()
}

/// The entries of one seat's circulation, without what the answer does not name.
fn circulation(text: &Value, seat: &str) -> Vec<Value> {
    let entries = text["exposure"][seat].as_array().expect("entries").iter();
    entries
        .map(|entry| {
            json!([
                entry["draft"],
                entry["channel"],
                entry["on"],
                entry["place"],
                entry.get("copy_of")
            ])
        })
        .collect()
}

fn gone(text: &Value) -> BTreeSet<String> {
    let gone = text["gone"].as_array().expect("a list").iter();
    gone.map(|entry| {
        assert_eq!(entry["draft"], "v1");
        entry["path"].as_str().expect("a path").to_owned()
    })
    .collect()
}

const GONE: [&str; 26] = [
    "3", "4", "8", "9", "10", "10.#1", "10.#2", "10.#3", "10.#4", "12.d", "12.e", "13.b", "13.c",
    "14.#1", "14.#2", "14.#3", "15", "17", "20.a", "20.b", "20.c", "21.b", "21.c", "24.d", "25",
    "26",
];

const WAS: [(&str, &[&str]); 21] = [
    ("1", &["1"]),
    ("2", &["2"]),
    ("3", &["5"]),
    ("4", &["6"]),
    ("5", &["7"]),
    ("6", &["11"]),
    ("7", &["12"]),
    ("7.d", &["12.f"]),
    ("8", &["14"]),
    ("9", &["13", "13.a"]),
    ("10", &["16"]),
    ("11", &["18"]),
    ("12", &["19"]),
    ("13", &["20"]),
    ("14", &["21"]),
    ("14.a", &["21.a"]),
    ("14.b", &["21.d"]),
    ("15", &["22"]),
    ("16", &["23"]),
    ("17", &["24"]),
    ("18", &["27"]),
];

fn check_identity(framework: &Value) {
    let provisions = provisions(framework);
    for (path, was) in WAS.into_iter().chain([("19", &["28"][..])]) {
        assert_eq!(provisions[path]["was"]["v1"], json!(was), "{path}");
    }
    assert_eq!(gone(framework), set(&GONE));
    assert_eq!(framework["gone"].as_array().map(Vec::len), Some(26));
}

/// The counts and brackets of both texts, which hold for the mediator and for ua on every date asked.
fn check_counts(status: &Value) {
    let framework = text(status, "framework");
    assert_eq!(framework["latest"], "v2");
    assert_eq!(framework["stage"], "open");
    assert_eq!(figures(framework), [19, 0, 0, 3, 16, 3, 19]);
    assert_eq!(points_with(framework, "disputed"), set(&["5", "8", "14"]));
    assert_eq!(
        by_type(framework),
        of_types(&[("substance", 2), ("unspecified", 1)])
    );
    let provisions = provisions(framework);
    for (path, brackets) in [("5", 2), ("8", 1), ("14", 3), ("1", 0)] {
        assert_eq!(provisions[path]["brackets"], brackets, "{path}");
    }
    let assurances = text(status, "assurances");
    assert_eq!(assurances["latest"], "sa1");
    assert_eq!(assurances["stage"], "open");
    assert_eq!(assurances["parties"], json!(["us", "ua"]));
    assert_eq!(figures(assurances), [3, 0, 0, 1, 2, 1, 3]);
    assert_eq!(points_with(assurances, "disputed"), set(&["3"]));
    assert_eq!(by_type(assurances), of_types(&[("unspecified", 1)]));
}

/// What ua holds on v2's 5 and 14.b, at any date.
fn check_objections(framework: &Value, endorsed: &Value) {
    let provisions = provisions(framework);
    for (path, from) in [("5", "7"), ("14.b", "21.d")] {
        let cell = &provisions[path]["stances"]["ua"];
        assert_eq!(cell["stance"], "objected", "{path}");
        assert_eq!(cell["carried_from"], json!({"draft": "v1", "path": from}));
        assert_eq!(cell["type"], "substance");
        assert_eq!(cell["red_line"], true);
        assert_eq!(cell["level"], Value::Null);
        assert_eq!(cell["on"], "2025-11-20");
        assert_eq!(&cell["endorsed"], endorsed);
        assert_eq!(
            (&cell["seen"], &cell["attested"]),
            (&json!(true), &json!("reported"))
        );
    }
}

fn alerts(status: &Value) -> BTreeSet<(String, String)> {
    let alerts = status["alerts"].as_array().expect("alerts").iter();
    alerts
        .flat_map(|alert| {
            let kind = alert["kind"].as_str().expect("a kind").to_owned();
            let about = alert["about"].as_array().expect("a list").iter();
            about
                .map(move |about| (kind.clone(), about.as_str().expect("a name").to_owned()))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn of_alerts(alerts: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    alerts
        .iter()
        .map(|(kind, about)| ((*kind).to_owned(), (*about).to_owned()))
        .collect()
}

const ALERTS_ON_TEXTS: [(&str, &str); 4] = [
    ("reintroduced", "v2#5"),
    ("reintroduced", "v2#14.b"),
    ("terms-differ", "v2#3"),
    ("terms-differ", "assurances"),
];

fn reasons(status: &Value) -> String {
    find(&status["gates"], "summit")["reasons"].to_string()
}

#[test]
fn as_the_mediator() {
    let Some(status) = status(&["--as", "us"]) else {
        return;
    };
    assert_eq!(
        (&status["basis"], &status["at"]),
        (&json!("record"), &Value::Null)
    );
    assert_eq!(
        (&status["stage"], &status["ready_to_close"]),
        (&json!("open"), &json!(false))
    );
    assert_eq!(ids(&status["texts"]), set(&["framework", "assurances"]));
    check_counts(&status);
    let (framework, assurances) = (text(&status, "framework"), text(&status, "assurances"));
    check_identity(framework);
    check_objections(framework, &json!("v2"));

    for provision in provisions(framework).values() {
        let path = provision["path"].as_str().expect("a path");
        let (ua, ru) = (&provision["stances"]["ua"], &provision["stances"]["ru"]);
        if !["5", "14.b"].contains(&path) {
            assert_eq!(ua["stance"], "endorsed", "{path}");
            assert_eq!(
                (&ua["level"], &ua["on"]),
                (&json!("leader"), &json!("2025-11-25"))
            );
        }
        assert_eq!(
            (&ua["seen"], &ua["attested"]),
            (&json!(true), &json!("reported")),
            "{path}"
        );
        assert_eq!(
            (&ru["stance"], &ru["level"]),
            (&json!("withheld"), &json!("minister")),
            "{path}"
        );
        assert_eq!(
            (&ru["on"], &ru["seen"]),
            (&json!("2025-11-25"), &json!(false)),
            "{path}"
        );
        assert_eq!(ru["attested"], "reported", "{path}");
    }
    for provision in provisions(assurances).values() {
        for seat in ["us", "ua"] {
            let cell = &provision["stances"][seat];
            assert_eq!(
                (&cell["stance"], &cell["seen"]),
                (&json!("no-reply"), &json!(true))
            );
        }
    }

    assert_eq!(
        circulation(framework, "ua"),
        [
            json!(["v1", "official", "2025-11-20", null, null]),
            json!(["v2", "official", "2025-11-23", "Geneva", null])
        ]
    );
    assert_eq!(
        circulation(framework, "ru"),
        [json!(["v1", "unofficial", "2025-11-25", null, "v1"])]
    );
    assert_eq!(
        circulation(assurances, "ua"),
        [json!(["sa1", "official", "2025-11-23", null, null])]
    );
    assert_eq!(assurances["exposure"].get("us"), None);

    let reply = find(&status["obligations"], "reply-owed");
    assert_eq!(
        (&reply["from"], &reply["state"], &reply["due"]),
        (&json!("ru"), &json!("not-due"), &Value::Null)
    );

    assert_eq!(find(&status["gates"], "summit")["holds"], false);
    let reasons = reasons(&status);
    for expected in [
        "3 points disputed",
        "16 unknown",
        "assurances is not final",
        "alaska",
    ] {
        assert!(reasons.contains(expected), "{expected}: {reasons}");
    }

    for (id, verdict, by) in [
        ("few-open", "unsupported", "us"),
        ("phase", "unsupported", "us"),
        ("common", "unsupported", "ua"),
        ("no-deadline", "supported", "us"),
    ] {
        let claim = find(&status["claims"], id);
        assert_eq!(
            (&claim["verdict"], &claim["asserted_by"]),
            (&json!(verdict), &json!([by])),
            "{id}"
        );
        assert_eq!(claim["confirmed_by"], json!([]), "{id}");
    }

    let session = |id: &str| {
        let session = find(&status["sessions"], id);
        json!([
            session["state"],
            session["on"],
            session["proposed_by"],
            session["discussed_by"],
            session["confirmed_by"]
        ])
    };
    assert_eq!(
        ids(&status["sessions"]),
        set(&["geneva", "abu-dhabi", "no-three-way", "visit"])
    );
    assert_eq!(
        session("geneva"),
        json!(["held", "2025-11-22/2025-11-23", [], [], []])
    );
    assert_eq!(
        session("abu-dhabi"),
        json!(["held", "2025-11-25", [], [], []])
    );
    assert_eq!(
        session("no-three-way"),
        json!(["did-not-take-place", null, [], [], []])
    );
    assert_eq!(
        session("visit"),
        json!(["proposed", null, ["ua"], ["us"], []])
    );
    for mission in ["mission-moscow", "mission-kyiv"] {
        assert_eq!(find(&status["missions"], mission)["state"], "ordered");
    }
    assert_eq!(find(&status["understandings"], "alaska")["assessed"], false);

    let mut expected = of_alerts(&ALERTS_ON_TEXTS);
    expected.extend(of_alerts(&[
        ("mandate-differs", "mission-kyiv"),
        ("mandate-differs", "abu-dhabi"),
        ("gate-tension", "visit"),
        ("gate-tension", "summit"),
    ]));
    assert_eq!(alerts(&status), expected);
    let retained = status["alerts"]
        .as_array()
        .expect("alerts")
        .iter()
        .filter(|alert| alert["kind"] == "reintroduced");
    assert!(
        retained.clone().count() == 2
            && retained
                .clone()
                .all(|alert| alert["text"].to_string().contains("retained"))
    );
}

#[test]
fn as_ua() {
    let Some(status) = status(&["--as", "ua"]) else {
        return;
    };
    assert_eq!(status["basis"], "view");
    assert_eq!(ids(&status["texts"]), set(&["framework", "assurances"]));
    check_counts(&status);
    let (framework, assurances) = (text(&status, "framework"), text(&status, "assurances"));
    check_identity(framework);
    check_objections(framework, &json!("v2"));
    for provision in provisions(framework).values() {
        let ru = &provision["stances"]["ru"];
        assert_eq!(
            (&ru["stance"], &ru["seen"]),
            (&json!("withheld"), &Value::Null)
        );
    }
    for provision in provisions(assurances).values() {
        let us = &provision["stances"]["us"];
        assert_eq!(
            (&us["stance"], &us["seen"]),
            (&json!("not-known"), &json!(true))
        );
    }
    let seats: BTreeSet<String> = framework["exposure"]
        .as_object()
        .expect("entries")
        .keys()
        .cloned()
        .collect();
    assert_eq!(seats, set(&["ua"]));
    assert_eq!(
        ids(&status["sessions"]),
        set(&["geneva", "visit", "no-three-way"])
    );
    assert_eq!(find(&status["gates"], "summit")["holds"], false);
    assert!(!reasons(&status).contains("alaska"));
    let mut expected = of_alerts(&ALERTS_ON_TEXTS);
    expected.extend(of_alerts(&[
        ("gate-tension", "visit"),
        ("gate-tension", "summit"),
    ]));
    assert_eq!(alerts(&status), expected);
    for list in ["understandings", "missions", "obligations"] {
        assert_eq!(status[list], json!([]), "{list}");
    }
    no_trace(
        &status,
        &[
            "us-ru",
            "alaska",
            "mission-moscow",
            "mission-kyiv",
            "abu-dhabi",
            "reply-owed",
            "copy_of",
            "identity",
        ],
    );
}

#[test]
fn as_ru() {
    let Some(status) = status(&["--as", "ru"]) else {
        return;
    };
    assert_eq!(status["basis"], "view");
    assert_eq!(ids(&status["texts"]), set(&["framework"]));
    let framework = text(&status, "framework");
    assert_eq!(framework["latest"], "v1");
    assert_eq!(figures(framework), [28, 0, 0, 0, 28, 0, 28]);
    for provision in provisions(framework).values() {
        let (ua, ru) = (&provision["stances"]["ua"], &provision["stances"]["ru"]);
        assert_eq!(
            (&ua["stance"], &ua["seen"]),
            (&json!("not-known"), &Value::Null)
        );
        assert_eq!(
            (&ru["stance"], &ru["seen"]),
            (&json!("withheld"), &json!(true))
        );
    }
    let seats: BTreeSet<String> = framework["exposure"]
        .as_object()
        .expect("entries")
        .keys()
        .cloned()
        .collect();
    assert_eq!(seats, set(&["ru"]));
    assert_eq!(
        circulation(framework, "ru"),
        [json!(["v1", "unofficial", "2025-11-25", null, null])]
    );
    assert!(framework["exposure"]["ru"][0].get("copy_of").is_none());
    assert_eq!(find(&status["gates"], "summit")["holds"], false);
    let reasons = reasons(&status);
    assert!(
        reasons.contains("28 points unknown") && reasons.contains("alaska"),
        "{reasons}"
    );
    assert_eq!(ids(&status["understandings"]), set(&["alaska"]));
    assert_eq!(
        ids(&status["claims"]),
        set(&["few-open", "phase", "common", "no-deadline"])
    );
    assert_eq!(
        ids(&status["sessions"]),
        set(&["abu-dhabi", "no-three-way"])
    );
    for list in ["obligations", "missions", "alerts"] {
        assert_eq!(status[list], json!([]), "{list}");
    }
    no_trace(&status, &["us-ua", "\"v2", "assurances", "visit", "geneva"]);
}

#[test]
fn as_the_mediator_on_the_24th() {
    let Some(status) = status(&["--as", "us", "--at", "2025-11-24"]) else {
        return;
    };
    assert_eq!(status["at"], "2025-11-24");
    check_counts(&status);
    let framework = text(&status, "framework");
    check_objections(framework, &Value::Null);
    for provision in provisions(framework).values() {
        let path = provision["path"].as_str().expect("a path");
        let (ua, ru) = (&provision["stances"]["ua"], &provision["stances"]["ru"]);
        if !["5", "14.b"].contains(&path) {
            assert_eq!(ua["stance"], "no-reply", "{path}");
        }
        assert_eq!(
            (&ru["stance"], &ru["seen"]),
            (&json!("no-reply"), &json!(false)),
            "{path}"
        );
    }
    assert_eq!(framework["exposure"]["ru"], json!([]));
    assert_eq!(ids(&status["understandings"]), set(&["alaska"]));
    assert_eq!(ids(&status["sessions"]), set(&["geneva"]));
    assert_eq!(alerts(&status), of_alerts(&ALERTS_ON_TEXTS));
    for list in ["gates", "claims", "missions", "obligations"] {
        assert_eq!(status[list], json!([]), "{list}");
    }
}

#[test]
fn as_ru_on_the_24th() {
    let Some(status) = status(&["--as", "ru", "--at", "2025-11-24"]) else {
        return;
    };
    let framework = text(&status, "framework");
    assert_eq!(
        (&framework["latest"], &framework["points"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(framework["stage"], "open");
    assert_eq!(ids(&status["understandings"]), set(&["alaska"]));
    assert_eq!(status["gates"], json!([]));
}

/// No word of what a viewer must not know stands anywhere in its answer.
fn no_trace(status: &Value, hidden: &[&str]) {
    let answer = status.to_string();
    for word in hidden {
        assert!(!answer.contains(word), "{word} shows");
    }
}
