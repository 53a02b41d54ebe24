//! The worked dossier among the reference data beside the checkout: every value that its expected answer names, sentence
//! by sentence, by the program's own JSON. Where the reference data is not there, the tests say that they were skipped.

mod as_the_mediator;
mod as_the_parties;
mod untouched;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::Run;

const THE_24TH: &str = "2025-11-24";

/// Where the reference data is; none where it is missing, which is said.
pub(crate) fn folder() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("../shared/data/dossiers/article-day");
    if !folder.join("dossier.toml").exists() {
        eprintln!("skipped: no reference data beside the checkout (article-day)");
        return None;
    }
    Some(folder)
}

/// What the program says in the folder of the reference data.
fn say(arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onetext"));
    command.args(arguments).current_dir(folder()?);
    let run = Run::of(&command.output().expect("the program starts"));
    assert_eq!(run.status, 0, "{}", run.errors);
    Some(run.answer)
}

/// The state of play as one seat sees it.
fn status(arguments: &[&str]) -> Option<Value> {
    let asked = ["status", "dossier.toml", "--json"];
    let answer = say(&[&asked, arguments].concat())?;
    Some(serde_json::from_str(&answer).expect("JSON"))
}

/// The entry of a list with this id.
fn find<'a>(list: &'a Value, id: &str) -> &'a Value {
    let mut entries = list.as_array().expect("a list").iter();
    entries
        .find(|entry| entry["id"] == id)
        .unwrap_or_else(|| panic!("{id} is not in {list}"))
}

fn text<'a>(status: &'a Value, id: &str) -> &'a Value {
    find(&status["texts"], id)
}

/// These fields of every entry of a list, sorted by the first: the order of lists is tested elsewhere.
fn table(list: &Value, fields: &[&str]) -> Value {
    let entries = list.as_array().expect("a list").iter();
    let mut rows: Vec<Value> = entries
        .map(|entry| fields.iter().map(|field| entry[*field].clone()).collect())
        .collect();
    rows.sort_by_key(|row| row.to_string());
    Value::Array(rows)
}

/// The rows that a list must have, as [`table`] gives them.
fn rows<const N: usize>(mut rows: [Value; N]) -> Value {
    rows.sort_by_key(|row| row.to_string());
    Value::Array(rows.to_vec())
}

/// Every provision of a text by path, sub-items included.
fn provisions(text: &Value) -> BTreeMap<String, Value> {
    fn gather(list: &Value, into: &mut BTreeMap<String, Value>) {
        for provision in list.as_array().expect("provisions") {
            let path = provision["path"].as_str().expect("a path").to_owned();
            into.insert(path, provision.clone());
            gather(&provision["children"], into);
        }
    }
    let mut all = BTreeMap::new();
    gather(&text["provisions"], &mut all);
    all
}

/// A seat's position on each provision, without the acts that it rests on.
fn cells(text: &Value, seat: &str) -> BTreeMap<String, Value> {
    let cells = provisions(text).into_iter().map(|(path, mut provision)| {
        let mut cell = provision["stances"][seat].take();
        let fields = cell
            .as_object_mut()
            .unwrap_or_else(|| panic!("no {seat} on {path}"));
        fields.remove("acts");
        (path, cell)
    });
    cells.collect()
}

/// No position, or none that is known here.
fn nothing(stance: &str, seen: Option<bool>) -> Value {
    json!({
        "stance": stance, "level": null, "seen": seen, "on": null, "attested": null, "type": null, "red_line": false,
        "incomplete": false, "carried_from": null, "endorsed": null,
    })
}

/// The same position on every provision of a text.
fn everywhere(text: &Value, cell: &Value) -> BTreeMap<String, Value> {
    let paths = provisions(text).into_keys();
    paths.map(|path| (path, cell.clone())).collect()
}

/// What ru said of the whole text on the 25th.
fn withheld(seen: Option<bool>) -> Value {
    let said = json!({"stance": "withheld", "level": "minister", "on": "2025-11-25", "attested": "reported"});
    over(nothing("", seen), &said)
}

/// An object with some of its fields replaced.
fn over(mut object: Value, fields: &Value) -> Value {
    for (name, value) in fields.as_object().expect("an object") {
        object[name] = value.clone();
    }
    object
}

/// What ua holds on v2: an objection on 5 and on 14.b, carried from v1, and elsewhere the same everywhere.
fn positions_of_ua(
    framework: &Value,
    elsewhere: &Value,
    endorsed: Option<&str>,
) -> BTreeMap<String, Value> {
    let mut cells = everywhere(framework, elsewhere);
    for (path, from) in [("5", "7"), ("14.b", "21.d")] {
        let objects = json!({
            "stance": "objected", "on": "2025-11-20", "attested": "reported", "type": "substance", "red_line": true,
            "carried_from": {"draft": "v1", "path": from}, "endorsed": endorsed,
        });
        cells.insert(path.into(), over(nothing("", Some(true)), &objects));
    }
    cells
}

/// The entries of a text's circulation, without the acts that they rest on.
fn circulation(text: &Value) -> Value {
    let mut exposure = text["exposure"].clone();
    let seats = exposure.as_object_mut().expect("seats").values_mut();
    for entry in seats.flat_map(|entries| entries.as_array_mut().expect("entries")) {
        entry.as_object_mut().expect("an entry").remove("act");
    }
    exposure
}

fn given_to_ua() -> Value {
    json!([
        {"draft": "v1", "channel": "official", "on": "2025-11-20", "place": null},
        {"draft": "v2", "channel": "official", "on": "2025-11-23", "place": "Geneva"},
    ])
}

const GONE: [&str; 26] = [
    "3", "4", "8", "9", "10", "10.#1", "10.#2", "10.#3", "10.#4", "12.d", "12.e", "13.b", "13.c",
    "14.#1", "14.#2", "14.#3", "15", "17", "20.a", "20.b", "20.c", "21.b", "21.c", "24.d", "25",
    "26",
];

const WAS: [(&str, &[&str]); 23] = [
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
    ("19", &["28"]),
    ("7.a", &["12.a"]),
];

/// Which provision of v1 each of v2 was, and which are gone.
fn check_identity(framework: &Value) {
    let provisions = provisions(framework);
    for (path, was) in WAS {
        assert_eq!(provisions[path]["was"], json!({ "v1": was }), "{path}");
    }
    let proposed = "The Armed Forces of Ukraine are limited to a strength of 800,000 in peacetime.";
    assert_eq!(provisions["4"]["words"], proposed);
    let mut gone: Vec<&str> = GONE.to_vec();
    gone.sort_unstable();
    let gone = gone.iter().map(|path| json!(["v1", path])).collect();
    assert_eq!(
        table(&framework["gone"], &["draft", "path"]),
        Value::Array(gone)
    );
}

/// The counts and brackets of both texts, which hold for the mediator and for ua on every date that is asked.
fn check_counts(status: &Value) {
    assert_eq!(status["stage"], "open");
    assert_eq!(status["ready_to_close"], false);
    assert_eq!(
        table(&status["texts"], &["id", "latest", "stage"]),
        json!([["assurances", "sa1", "open"], ["framework", "v2", "open"]])
    );
    let (framework, assurances) = (text(status, "framework"), text(status, "assurances"));
    check_points(
        framework,
        &[19, 0, 0, 3, 16, 3, 19],
        &[("substance", 2), ("unspecified", 1)],
        &[("5", 2), ("8", 1), ("14", 3)],
    );
    assert_eq!(assurances["parties"], json!(["us", "ua"]));
    check_points(
        assurances,
        &[3, 0, 0, 1, 2, 1, 3],
        &[("unspecified", 1)],
        &[("3", 1)],
    );
}

/// A text's counts (total, agreed, ad referendum, disputed, unknown, open at least and at most), its disputed points by
/// type, and its points with open brackets, which are here those that are disputed.
fn check_points(text: &Value, counts: &[u64; 7], types: &[(&str, u64)], brackets: &[(&str, u64)]) {
    let points = &text["points"];
    let open = &points["open"];
    let counted =
        ["total", "agreed", "agreed_ad_ref", "disputed", "unknown"].map(|field| &points[field]);
    let counted: Vec<&Value> = counted
        .into_iter()
        .chain([&open["min"], &open["max"]])
        .collect();
    assert_eq!(json!(counted), json!(counts));
    let all = [
        "language",
        "level",
        "time",
        "substance",
        "dependency",
        "unspecified",
    ];
    for kind in all {
        let count = types.iter().find(|(name, _)| *name == kind);
        assert_eq!(
            points["by_type"][kind],
            count.map_or(0, |(_, count)| *count),
            "{kind}"
        );
    }
    for point in text["provisions"]
        .as_array()
        .expect("points")
        .iter()
        .filter(|one| one["point"] == true)
    {
        let path = &point["path"];
        let open = brackets.iter().find(|(disputed, _)| path == disputed);
        assert_eq!(
            point["brackets"],
            open.map_or(0, |(_, count)| *count),
            "{path}"
        );
        let status = if open.is_some() {
            "disputed"
        } else {
            "unknown"
        };
        assert_eq!(point["status"], status, "{path}");
    }
}

const IN_TEXTS: [(&str, &[&str]); 3] = [
    ("reintroduced", &["v2#5"]),
    ("reintroduced", &["v2#14.b"]),
    ("terms-differ", &["v2#3", "assurances"]),
];
const GATE_TENSION: (&str, &[&str]) = ("gate-tension", &["visit", "summit"]);
const MANDATE_DIFFERS: (&str, &[&str]) = ("mandate-differs", &["mission-kyiv", "abu-dhabi"]);

/// These alerts and no others; what is reintroduced never left, and the terms that differ are named.
fn check_alerts(status: &Value, more: &[(&str, &[&str])]) {
    let all = IN_TEXTS.iter().chain(more);
    let mut all: Vec<Value> = all.map(|(kind, about)| json!([kind, about])).collect();
    all.sort_by_key(ToString::to_string);
    assert_eq!(
        table(&status["alerts"], &["kind", "about"]),
        Value::Array(all)
    );
    for alert in status["alerts"].as_array().expect("alerts") {
        let words = match alert["kind"].as_str() {
            Some("reintroduced") => "retained",
            Some("terms-differ") => "guarantees and assurances",
            _ => continue,
        };
        let said = alert["text"].as_str().expect("words");
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// The claims, what the record makes of them, and who said, confirmed and denied them: the same for every seat.
fn check_claims(status: &Value) {
    let fields = ["id", "verdict", "asserted_by", "confirmed_by", "denied_by"];
    assert_eq!(
        table(&status["claims"], &fields),
        rows([
            json!(["few-open", "unsupported", ["us"], [], []]),
            json!(["phase", "unsupported", ["us"], [], []]),
            json!(["common", "unsupported", ["ua"], [], []]),
            json!(["no-deadline", "supported", ["us"], [], []]),
        ])
    );
}

const SESSION: [&str; 6] = [
    "id",
    "state",
    "on",
    "proposed_by",
    "discussed_by",
    "confirmed_by",
];

fn geneva() -> Value {
    json!(["geneva", "held", "2025-11-22/2025-11-23", [], [], []])
}

fn abu_dhabi() -> Value {
    json!(["abu-dhabi", "held", "2025-11-25", [], [], []])
}

fn no_three_way() -> Value {
    json!(["no-three-way", "did-not-take-place", null, [], [], []])
}

fn visit() -> Value {
    json!(["visit", "proposed", null, ["ua"], ["us"], []])
}

/// The one condition does not hold, for reasons that name all of these and none of those.
fn check_gate(status: &Value, named: &[&str], hidden: &[&str]) {
    assert_eq!(
        table(&status["gates"], &["id", "holds"]),
        json!([["summit", false]])
    );
    let reasons = status["gates"][0]["reasons"].to_string();
    for words in named {
        assert!(reasons.contains(words), "{words}: {reasons}");
    }
    for words in hidden {
        assert!(!reasons.contains(words), "{words}: {reasons}");
    }
}

/// The understanding of August, neither its letter nor its spirit assessed.
fn check_alaska(status: &Value) {
    assert_eq!(
        table(&status["understandings"], &["id", "assessed"]),
        json!([["alaska", false]])
    );
    let tenets = &status["understandings"][0]["tenets"];
    assert_eq!(
        table(tenets, &["id", "letter", "spirit"]),
        json!([["basic-tenets", null, null]])
    );
}

fn check_empty(status: &Value, lists: &[&str]) {
    for list in lists {
        assert_eq!(status[list], json!([]), "{list}");
    }
}

/// What a claim or an awaited reply rests on names all of these.
fn check_because(entry: &Value, named: &[&str]) {
    let because = entry["because"].as_str().expect("a sentence");
    for words in named {
        assert!(because.contains(words), "{words}: {because}");
    }
}
