//! From what a process holds to a package study: which points are weighed, by whose word, and what is refused.

use std::collections::BTreeMap;
use std::path::Path;

use onetext_desk::{Books, Cut, DeskError, PackagesAsked, Weighing, package_study};

const FOLDER: &str = "../../docs/stories/packages-of-a-process";

fn dossier() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    std::fs::read_to_string(folder.join("dossier.toml")).unwrap()
}

fn open(toml: &str, more: &[(&str, &str)]) -> Result<Books, DeskError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let mut files = BTreeMap::from([(
        "c3.md".to_owned(),
        std::fs::read(folder.join("c3.md")).unwrap(),
    )]);
    files.extend(
        more.iter()
            .map(|(name, words)| ((*name).to_owned(), words.as_bytes().to_vec())),
    );
    Books::open(toml, &mut files)
}

fn study(books: &Books) -> Result<serde_json::Value, DeskError> {
    let viewer = books.viewer(None)?;
    let weighing = Weighing::of_process(books, &viewer, &Cut::default())?;
    let answer = weighing.study(&PackagesAsked::default())?;
    Ok(package_study::json(&answer, std::time::Duration::ZERO))
}

fn act(id: &str, fields: &str) -> String {
    format!(
        "\n[[act]]\nid = {id:?}\nkind = \"preference\"\nroom = \"with-karvonia\"\nby = \"karvonia\"\non = 2051-06-01\n\
         draft = \"c3\"\n{fields}\n"
    )
}

fn ids(answer: &serde_json::Value) -> Vec<&str> {
    answer["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["id"].as_str().unwrap())
        .collect()
}

#[test]
fn readings_proposals_and_the_wording_as_it_stands_are_the_options() {
    let books = open(&dossier(), &[]).unwrap();
    let answer = study(&books).unwrap();
    assert_eq!(ids(&answer), ["1", "2", "3", "4", "5"]);
    let names = |point: usize| -> Vec<&str> {
        let options = answer["points"][point]["options"].as_array().unwrap();
        options
            .iter()
            .map(|own| own["name"].as_str().unwrap())
            .collect()
    };
    assert_eq!(names(1), ["1", "2", "3"]);
    assert_eq!(names(2), ["text", "apart"]);
    assert_eq!(names(3), ["1", "2"]);
    assert_eq!(
        answer["points"][3]["options"][1]["words"],
        "The ridge above the crossing is open to observers."
    );
    // The point that nobody put other words to is said to be left out.
    assert_eq!(answer["left_out"][0]["about"], "c3#6");
    // A red line takes its option out.
    let kept = answer["frontier"].as_array().unwrap();
    assert!(!kept.is_empty() && kept.iter().all(|point| point["package"]["2"] != "1"));
}

#[test]
fn every_number_follows_from_what_was_said() {
    let books = open(&dossier(), &[]).unwrap();
    let answer = study(&books).unwrap();
    let worth = |point: usize, option: usize, party: usize| {
        answer["points"][point]["options"][option]["worth"][party]
            .as_f64()
            .unwrap()
    };
    // Karvonia: the ferry before the review, the ridge as much as the review, the toll before the ferry.
    assert!(worth(0, 0, 0) > worth(4, 1, 0));
    assert!((worth(3, 0, 0) - worth(4, 1, 0)).abs() < 1e-9);
    assert!(worth(1, 1, 0) > worth(0, 0, 0));
    let best: f64 = (0..5)
        .map(|point| {
            let options = answer["points"][point]["options"].as_array().unwrap();
            options
                .iter()
                .map(|own| own["worth"][0].as_f64().unwrap())
                .fold(0.0, f64::max)
        })
        .sum();
    assert!((best - 100.0).abs() < 1e-9, "{best}");
    assert_eq!(answer["reservation"], serde_json::json!([35.0, 30.0]));
}

#[test]
fn a_later_word_takes_the_place_of_an_earlier_one_and_withdrawing_brings_it_back() {
    let turned = act(
        "later",
        "ranking = { point = \"1\", order = [\"2\", \"1\"] }",
    );
    let worth = |toml: &str| {
        let answer = study(&open(toml, &[]).unwrap())?;
        Ok::<f64, DeskError>(
            answer["points"][0]["options"][0]["worth"][0]
                .as_f64()
                .unwrap(),
        )
    };
    assert!(worth(&dossier()).unwrap() > 0.0);
    // Its own swaps speak against the new order: that is a contradiction, and named.
    let error = worth(&format!("{}{turned}", dossier())).unwrap_err();
    assert_eq!(error.code(), "contradicting-preferences");
    assert!(
        error.others().iter().any(|told| told.contains("later")),
        "{:?}",
        error.others()
    );
    let back = "\n[[act]]\nid = \"back\"\nkind = \"withdraw\"\nroom = \"with-karvonia\"\nby = \"karvonia\"\non = 2051-06-02\nof = \"later\"\n";
    assert!(worth(&format!("{}{turned}{back}", dossier())).is_ok());
}

#[test]
fn a_circle_is_named_with_the_acts_that_close_it() {
    let circle = act(
        "circle",
        "swaps = [\n\
         { rather = [{ point = \"5\", option = \"five-years\" }], than = [{ point = \"2\", option = \"2\" }] },\n\
         { rather = [{ point = \"2\", option = \"2\" }], than = [{ point = \"4\", option = \"1\" }] },\n]",
    );
    let books = open(&format!("{}{circle}", dossier()), &[]).unwrap();
    let error = study(&books).unwrap_err();
    let told = error.others().join("\n");
    assert!(error.to_string().contains("circle of 3"), "{error}");
    assert!(
        told.contains("(circle)") && told.contains("(karvonia-prefers)"),
        "{told}"
    );
}

#[test]
fn an_estimate_that_its_party_contradicts_is_set_aside() {
    let estimate = "\n[[act]]\nid = \"wrong\"\nkind = \"preference\"\nroom = \"chamber-gallen\"\nby = \"gallen\"\non = 2051-06-01\n\
        draft = \"c3\"\nparty = \"karvonia\"\nswaps = { rather = [{ point = \"5\", option = \"five-years\" }], than = [{ point = \"1\", option = \"1\" }] }\n";
    let before = study(&open(&dossier(), &[]).unwrap()).unwrap();
    let after = study(&open(&format!("{}{estimate}", dossier()), &[]).unwrap()).unwrap();
    assert_eq!(before["frontier"], after["frontier"]);
    assert!(
        after["remarks"].to_string().contains("set aside"),
        "{}",
        after["remarks"]
    );
}

#[test]
fn what_was_ranked_lapses_with_its_words() {
    // A later draft words one reading of the first point otherwise.
    let next = "\n[[draft]]\nid = \"c4\"\ntext = \"crossing\"\nfile = \"c4.md\"\nbase = \"c3\"\non = 2051-06-10\n\
        [[act]]\nid = \"given-again\"\nkind = \"deliver\"\nroom = \"with-karvonia\"\nby = \"gallen\"\non = 2051-06-11\n\
        draft = \"c4\"\nto = \"karvonia\"\nchannel = \"official\"\n";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let words = std::fs::read_to_string(folder.join("c3.md")).unwrap();
    let c4 = words.replace("on market days", "on market days and feasts");
    let books = open(&format!("{}{next}", dossier()), &[("c4.md", &c4)]).unwrap();
    let answer = study(&books).unwrap();
    assert_eq!(ids(&answer), ["2", "3", "4", "5"]);
    let remarks = answer["remarks"].to_string();
    assert!(
        remarks.contains("karvonia-prefers") && remarks.contains("no longer counts"),
        "{remarks}"
    );
    let left = answer["left_out"].to_string();
    assert!(
        left.contains("c4#1") && left.contains("has not ranked"),
        "{left}"
    );
}

#[test]
fn what_cannot_be_meant_is_refused_with_its_place() {
    for (fields, code) in [
        (
            "ranking = { point = \"9\", order = [\"1\"] }",
            "no-such-point",
        ),
        (
            "ranking = { point = \"1\", order = [\"1\", \"7\"] }",
            "bad-reading",
        ),
        (
            "ranking = { point = \"1\", order = [\"1\", \"2\", \"1\"] }",
            "not-together",
        ),
        (
            "ranking = { point = \"1\", order = [\"1\", \"nothing\"] }",
            "unknown-name",
        ),
        // A proposal that Sahrel made in its own caucus is not known to Karvonia.
        (
            "ranking = { point = \"3\", order = [\"text\", \"apart\"] }",
            "unknown-name",
        ),
        ("reservation = \"140\"", "bad-reading"),
        ("reservation = \"about half\"", "bad-reading"),
        ("note = \"nothing said\"", "missing-field"),
        ("ranking = 3", "wrong-type"),
    ] {
        let error = open(&format!("{}{}", dossier(), act("wrong", fields)), &[]).unwrap_err();
        assert_eq!(error.code(), code, "{fields}: {error}");
        assert!(
            error.place().is_some_and(|place| place.contains(':')),
            "{fields}"
        );
    }
}

#[test]
fn where_there_is_nothing_to_weigh_it_says_why() {
    let bare: String = dossier()
        .split("# What Karvonia prefers")
        .next()
        .unwrap()
        .to_owned();
    let error = study(&open(&bare, &[]).unwrap()).unwrap_err();
    assert_eq!(error.code(), "nothing-to-weigh");
    assert!(
        error.to_string().contains("nobody's preferences"),
        "{error}"
    );
}
