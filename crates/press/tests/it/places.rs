//! Where something was said: told by the words of speaking, and by nothing else.

use onetext_press::{Rules, read};

/// The places of what is said in a text: name and words.
#[track_caller]
fn check(text: &str, expected: &[Option<(&str, &str)>]) {
    let rules = Rules::english().unwrap();
    let report = read(&rules, "", text, Some("2031-03-12"));
    let found: Vec<_> = report
        .statements
        .iter()
        .map(|said| {
            Some((
                said.place.as_ref()?.name.as_str(),
                said.place.as_ref()?.text.as_str(),
            ))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
    let letters: Vec<char> = text.chars().collect();
    for place in report.statements.iter().filter_map(|s| s.place.as_ref()) {
        let words: String = letters[place.start..place.end].iter().collect();
        assert_eq!(words, place.text);
    }
}

#[test]
fn behind_the_verb() {
    let ostrava = Some(("Ostrava", "in Ostrava"));
    for text in [
        "Karr told reporters in Ostrava that the pass stays shut.",
        "Karr said in Ostrava that the pass stays shut.",
        "\"The pass stays shut,\" Karr said in Ostrava on Monday.",
        "\"The pass stays shut,\" said Interior Minister Runa Halvard in Ostrava on Thursday.",
        "\"The pass stays shut,\" Karr told a crowd of supporters gathered in Ostrava.",
        "Karr said at a ceremony in Ostrava that the pass stays shut.",
        "Karr told Foreign Minister Reyl in Ostrava that the pass stays shut.",
        "Speaking in Ostrava on Monday, Karr said the pass stays shut.",
        "Karr, speaking to reporters in Ostrava, said the pass stays shut.",
        "Karr said during a meeting with Reyl in Ostrava that the pass stays shut.",
        "Karr told reporters at the airport in Ostrava that the pass stays shut.",
    ] {
        check(text, &[ostrava]);
    }
    let at_first = Some(("Ostrava", "In Ostrava"));
    check(
        "In Ostrava, Karr told reporters that the pass stays shut.",
        &[at_first],
    );
    check(
        "In Ostrava on Monday, a spokesman for Karr said the pass stays shut.",
        &[at_first],
    );
    check(
        "Karr said at a press conference in Tallis that the pass stays shut.",
        &[Some(("Tallis", "in Tallis"))],
    );
    let velmora = Some(("Velmora", "from Velmora"));
    check(
        "\"The pass stays shut,\" Karr said, speaking from Velmora.",
        &[velmora],
    );
    check(
        "Karr told the assembly on Monday in Ostrava: \"The pass stays shut.\"",
        &[ostrava, ostrava],
    );
    check(
        "During a visit to Orsk, Karr said the pass stays shut.",
        &[Some(("Orsk", "to Orsk"))],
    );
    let hall = Some(("Hall of Mirrors", "outside the Hall of Mirrors"));
    check(
        "\"The pass stays shut,\" Karr told reporters outside the Hall of Mirrors.",
        &[hall, hall],
    );
}

#[test]
fn what_is_said_of_a_place_is_not_said_there() {
    for text in [
        "Karr said in a post that the pass stays shut.",
        "Karr said in a post on X that the pass in Ostrava stays shut.",
        "Karr said the talks in Ostrava would go on.",
        "Karr said negotiators in Ostrava had reached terms.",
        "Karr told Reyl officials in Ostrava would come.",
        "Karr condemned the strikes in Ostrava.",
        "Karr said in March that the pass stays shut.",
        "Karr said in English that the pass stays shut.",
        "Karr said before talks in Ostrava that the pass stays shut.",
        "Karr told Reyl that officials in Ostrava would come.",
        "\"The pass stays shut,\" Karr said of the road in Ostrava.",
        "\"The pass stays shut,\" Karr said in Vossian waters.",
        "Karr wrote in the Ostrava Herald that the pass stays shut.",
    ] {
        check(text, &[None]);
    }
}

#[test]
fn it_holds_for_the_speaker_until_the_paragraph_ends() {
    let ostrava = Some(("Ostrava", "in Ostrava"));
    check(
        "Runa Halvard told reporters in Ostrava that the pass stays shut. \"Nobody will cross before May,\" she said.",
        &[ostrava, ostrava],
    );
    check(
        "Runa Halvard told reporters in Ostrava that the pass stays shut. \"Nobody will cross before May,\" said Edo Tarn.",
        &[ostrava, None],
    );
    check(
        "Runa Halvard told reporters in Ostrava that the pass stays shut. \"Nobody will cross before May,\" she wrote in a post on X.",
        &[ostrava, None, None],
    );
    check(
        "Runa Halvard told reporters in Ostrava that the pass stays shut.\n\n\"Nobody will cross before May,\" she said.",
        &[ostrava, None],
    );
}
