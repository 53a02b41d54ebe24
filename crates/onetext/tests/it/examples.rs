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
        let example = in_context(reason);
        let fixed = reason.fixed().trim_end_matches(" lacks");
        assert!(example.contains(fixed), "{example:?} is no {fixed:?}");
        assert!(said.contains(example), "no story shows {example:?}");
    }
}

/// A reason with so much around it that nothing else reads like it.
fn in_context(reason: GateReason) -> &'static str {
    match reason {
        GateReason::Holds => "process.stage == 'final' holds: process.stage is final",
        GateReason::DoesNotHold => ".open.max == 0 does not hold: text[",
        GateReason::All => "all of these are needed 3. the condition is set by this act",
        GateReason::FinalLacks => " 1. final lacks: ",
        GateReason::FinalStageLacks => " 2. final stage lacks: ",
        GateReason::StageRule => "final stage lacks: its rule process.open",
        GateReason::NoDraftOf => "final lacks: no draft of ",
        GateReason::NoDraft => "final stage lacks: no draft was given",
        GateReason::NoPoints => "lacks: map has no points",
        GateReason::Disputed => "final lacks: 4 points disputed",
        GateReason::Unknown => "final lacks: 3 points unknown",
        GateReason::AdReferendum => "unknown and 2 agreed ad referendum only",
        GateReason::NotFinal => "; letter is not final",
        GateReason::NotAssessed => "(a condition for Sahrel) is not assessed",
        GateReason::Challenged => "lacks: the capacity of Vera Brun is challenged",
        GateReason::WouldHold
        | GateReason::Undecided
        | GateReason::Slip
        | GateReason::EveryRule
        | GateReason::Either
        | GateReason::AnyOne
        | GateReason::NoText
        | GateReason::NoDraftOfOne
        | GateReason::NotInTheOpen
        | GateReason::Insertion
        | GateReason::OnTrack
        | GateReason::PackagePartial => reason.fixed(),
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
