//! `--as us`, and `--as us --at 2025-11-24`.

use serde_json::{Value, json};

use super::*;

fn check_assurances(assurances: &Value) {
    for seat in ["us", "ua"] {
        assert_eq!(
            cells(assurances, seat),
            everywhere(assurances, &nothing("no-reply", Some(true))),
            "{seat}"
        );
    }
    let given =
        json!({"ua": [{"draft": "sa1", "channel": "official", "on": "2025-11-23", "place": null}]});
    assert_eq!(circulation(assurances), given);
}

#[test]
fn texts_and_positions() {
    let Some(status) = status(&["--as", "us"]) else {
        return;
    };
    assert_eq!(
        (&status["basis"], &status["at"]),
        (&json!("record"), &Value::Null)
    );
    check_counts(&status);
    let framework = text(&status, "framework");
    check_identity(framework);
    let endorsed = json!({
        "stance": "endorsed", "level": "leader", "on": "2025-11-25", "attested": "reported", "endorsed": "v2",
    });
    let endorsed = over(nothing("", Some(true)), &endorsed);
    assert_eq!(
        cells(framework, "ua"),
        positions_of_ua(framework, &endorsed, Some("v2"))
    );
    assert_eq!(
        cells(framework, "ru"),
        everywhere(framework, &withheld(Some(false)))
    );
    let own_copy = json!([
        {"draft": "v1", "channel": "unofficial", "on": "2025-11-25", "place": null, "copy_of": "v1"},
    ]);
    assert_eq!(
        circulation(framework),
        json!({"ua": given_to_ua(), "ru": own_copy})
    );
    check_assurances(text(&status, "assurances"));
}

#[test]
fn what_stands_around_the_texts() {
    let Some(status) = status(&["--as", "us"]) else {
        return;
    };
    assert_eq!(
        table(&status["obligations"], &["id", "from", "state", "due"]),
        json!([["reply-owed", "ru", "not-due", null]])
    );
    check_because(
        &status["obligations"][0],
        &["no draft of framework was officially delivered to Russian Federation"],
    );
    check_gate(
        &status,
        &[
            "final stage lacks: 3 points disputed and 16 unknown\"",
            "final lacks: 3 points disputed and 16 unknown; assurances is not final; alaska (a condition for Russian \
             Federation) is not assessed",
        ],
        &[],
    );
    check_claims(&status);
    check_because(
        find(&status["claims"], "few-open"),
        &[
            "3 to 19 points are open",
            "Russian Federation has taken no position",
            "Ukraine endorses the whole in principle",
            "and has accepted no wording",
        ],
    );
    assert_eq!(
        table(&status["sessions"], &SESSION),
        rows([geneva(), abu_dhabi(), no_three_way(), visit()])
    );
    assert_eq!(
        table(&status["missions"], &["id", "state"]),
        json!([["mission-kyiv", "ordered"], ["mission-moscow", "ordered"]])
    );
    check_alaska(&status);
    check_alerts(&status, &[GATE_TENSION, MANDATE_DIFFERS]);
}

#[test]
fn only_new_words_make_15_an_edit() {
    let Some(redline) = say(&["redline", "v1.md", "v2.md", "--json"]) else {
        return;
    };
    let redline: Value = serde_json::from_str(&redline).expect("JSON");
    let pairs = redline["pairs"].as_array().expect("pairs");
    let pair = pairs.iter().find(|pair| pair["new"] == json!(["15"]));
    let pair = pair.expect("a pair of 15");
    assert_eq!(
        (&pair["old"], &pair["kind"]),
        (&json!(["22"]), &json!("edited"))
    );
    let mut runs = pair["runs"].as_array().expect("runs").iter();
    assert!(
        runs.any(|run| run["op"] == "insert" && run["text"].to_string().contains("under point 14"))
    );
}

#[test]
fn on_the_24th() {
    let Some(status) = status(&["--as", "us", "--at", THE_24TH]) else {
        return;
    };
    assert_eq!(
        (&status["basis"], &status["at"]),
        (&json!("record"), &json!(THE_24TH))
    );
    check_counts(&status);
    let framework = text(&status, "framework");
    check_identity(framework);
    assert_eq!(
        cells(framework, "ua"),
        positions_of_ua(framework, &nothing("no-reply", Some(true)), None)
    );
    assert_eq!(
        cells(framework, "ru"),
        everywhere(framework, &nothing("no-reply", Some(false)))
    );
    assert_eq!(
        circulation(framework),
        json!({"ua": given_to_ua(), "ru": []})
    );
    check_assurances(text(&status, "assurances"));
    check_alaska(&status);
    assert_eq!(table(&status["sessions"], &SESSION), rows([geneva()]));
    check_alerts(&status, &[]);
    check_empty(
        &status,
        &["gates", "claims", "missions", "obligations", "packages"],
    );
}
