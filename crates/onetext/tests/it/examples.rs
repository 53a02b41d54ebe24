//! Every alert, every reason of a condition and every refusal has an example in `docs/stories` that the program gave.

use std::path::Path;

use onetext_paper::state::words;
use onetext_talks::{AlertKind, GateReason, Rule};

/// What the program says in the stories, white space made one space.
fn said() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/stories");
    let mut said = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let story = entry.unwrap().path();
        if story.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let mut inside = false;
        for line in std::fs::read_to_string(story).unwrap().lines() {
            if line.starts_with("```") {
                inside = line == "```console";
            } else if inside && !line.starts_with("$ ") {
                said.extend(line.split_whitespace().flat_map(|word| [word, " "]));
            }
        }
    }
    said
}

#[test]
fn every_alert_has_an_example() {
    let said = said();
    for kind in AlertKind::ALL {
        let heading = format!("! {}:", words::alert(kind));
        assert!(said.contains(&heading), "no story shows {heading:?}");
    }
}

#[test]
fn every_reason_of_a_condition_has_an_example() {
    let said = said();
    for reason in GateReason::ALL {
        let fixed = reason.fixed();
        assert!(said.contains(fixed), "no story shows {fixed:?}");
    }
}

#[test]
fn every_refusal_has_an_example() {
    let said = said();
    for rule in Rule::ALL {
        let sentence = sentence(rule);
        assert!(
            said.contains(sentence),
            "no story shows {:?}: {sentence:?}",
            rule.code()
        );
    }
    // What a workspace refuses beside the rules: what is for another seat to say, and rooms of others.
    for sentence in [" to say, and ", ", where mere does not sit"] {
        assert!(said.contains(sentence), "no story shows {sentence:?}");
    }
}

/// The part of a refusal's sentence that is always the same.
fn sentence(rule: Rule) -> &'static str {
    match rule {
        Rule::DuplicateId => "already names an act or a claim; expected a handle that is not taken",
        Rule::UnknownName => "is known here; expected the handle of",
        Rule::WrongKind => "is an act of kind",
        Rule::NotInRoom => "sits in no room named",
        Rule::NotIssuer => "does not issue the drafts of",
        Rule::Cycle => "the drafts go round in a circle",
        Rule::OtherText => "is a draft of",
        Rule::NotOwn => "expected an act of its own",
        Rule::NoSuchPoint => "has no provision",
        Rule::AmbiguousPoint => "names more than one provision of",
        Rule::BadReading => "the reading does not fit",
        Rule::MissingField => "a reply is due on nothing: there is no",
        Rule::NotTogether => "with a stance that proposes nothing",
        Rule::NotReleased => "which is on hold in",
        Rule::OtherRoom => "expected an objection in the room of the procedure",
    }
}
