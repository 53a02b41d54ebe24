//! Texts that a report mentions, each once.

use onetext_press::{Mentioned, Rules, read};

fn found(text: &str) -> Vec<Mentioned> {
    let rules = Rules::english().unwrap();
    let report = read(&rules, "", text, Some("2031-05-20"));
    let letters: Vec<char> = text.chars().collect();
    for told in &report.texts {
        let words: String = letters[told.start..told.end].iter().collect();
        assert_eq!(words, told.text);
        assert!((0.0..=1.0).contains(&told.sure), "{text}");
        assert!(told.sentence.start <= told.start && told.end <= told.sentence.end);
    }
    report.texts
}

/// Words, kind, and what else is told: `28 points`, `B`, a day, `by` somebody, `3 times`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let told: Vec<String> = found(text)
        .iter()
        .map(|told| {
            let mut parts = vec![told.text.clone(), told.kind.clone()];
            parts.extend(told.points.map(|points| format!("{points} points")));
            parts.extend(told.label.clone());
            parts.extend(told.date.as_ref().and_then(|date| date.on.clone()));
            parts.extend(told.attributed_to.as_ref().map(|who| format!("by {who}")));
            if told.mentions.len() > 1 {
                parts.push(format!("{} times", told.mentions.len()));
            }
            parts.join(", ")
        })
        .collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn what_tells_of_a_text() {
    check(
        "Karr left with a 28-point plan.",
        &["a 28-point plan, plan, 28 points"],
    );
    check(
        "Karr read the 20-point framework.",
        &["the 20-point framework, framework, 20 points"],
    );
    check(
        "Karr read the twenty-point framework.",
        &["the twenty-point framework, framework, 20 points"],
    );
    check(
        "Karr backed a plan of nineteen points.",
        &["a plan of nineteen points, plan, 19 points"],
    );
    check(
        "Karr read the draft dated 12 May.",
        &["the draft dated 12 May, draft, 2031-05-12"],
    );
    check(
        "Karr read the draft of May 12, 2031.",
        &["the draft of May 12, 2031, draft, 2031-05-12"],
    );
    check(
        "Reyl sent a counter-proposal.",
        &["a counter-proposal, counter-proposal"],
    );
    check("The map is in Annex B.", &["Annex B, annex, B"]);
    check(
        "They signed a memorandum of understanding.",
        &["a memorandum of understanding, memorandum"],
    );
    check(
        "Karr's 28-point plan was read in Orsk.",
        &["Karr's 28-point plan, plan, 28 points, by Karr"],
    );
    check(
        "The framework drafted by Ines Karr was read in Orsk.",
        &["The framework, framework, by Ines Karr"],
    );
    check(
        "Karr read the latest Vossian-drafted framework.",
        &["the latest Vossian-drafted framework, framework, by Vossian"],
    );
    check(
        "Karr called the 28-point Vossian plan \"a draft treaty of surrender.\"",
        &[
            "the 28-point Vossian plan, plan, 28 points, by Vossian",
            "a draft treaty, draft",
        ],
    );
    check(
        "\"We have read the 28-point plan,\" Karr said.",
        &["the 28-point plan, plan, 28 points"],
    );
}

#[test]
fn what_is_no_text() {
    for text in [
        "Karr has a plan to meet Reyl.",
        "They plan to meet in Orsk.",
        "There is no agreement.",
        "Nobody reached an agreement.",
        "Officials draft laws.",
        "Any proposal would do.",
        "Karr texts Reyl every day.",
        "There's little agreement on the pass.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn one_text_is_told_once() {
    check(
        "Karr brought a 28-point plan. The plan was read in Orsk. \"The plan is dead,\" Reyl said of the 28-point proposal.",
        &["a 28-point plan, plan, 28 points, 4 times"],
    );
    check(
        "Karr brought a 28-point plan. Reyl answered with a 19-point plan.",
        &[
            "a 28-point plan, plan, 28 points",
            "a 19-point plan, plan, 19 points",
        ],
    );
    check(
        "Karr read the original proposal. He prefers the revised proposal, and the document is short.",
        &[
            "the original proposal, proposal",
            "the revised proposal, proposal, 2 times",
        ],
    );
    check(
        "Karr read the framework. A separate Vossian document speaks of the river.",
        &[
            "the framework, framework",
            "A separate Vossian document, document, by Vossian",
        ],
    );
    check(
        "Karr read the plan, Annex A and Annex B. Nobody has seen Annex B.",
        &[
            "the plan, plan",
            "Annex A, annex, A",
            "Annex B, annex, B, 2 times",
        ],
    );
    check(
        "Karr sent a proposal. Reyl sent a counter-proposal, and the counter-proposal was read first.",
        &[
            "a proposal, proposal",
            "a counter-proposal, counter-proposal, 2 times",
        ],
    );
    check(
        "Karr backed the latest U.S.-drafted framework. Envoys read the updated text and a 28-point plan. Reyl wants to see the \
         framework first, and a \"updated and refined framework\" came on Monday.",
        &[
            "the latest U.S.-drafted framework, framework, by U.S., 4 times",
            "a 28-point plan, plan, 28 points",
        ],
    );
}
