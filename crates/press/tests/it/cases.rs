//! The cases of `cases.txt`.

use onetext_press::{Report, Rules, read};

const CASES: &str = include_str!("cases.txt");

/// What a report has between marks: the words, the speaker, the attribution.
fn found(report: &Report) -> Vec<[String; 3]> {
    let said = report.statements.iter().filter(|s| s.verbatim).map(|s| {
        let speaker = s.speaker.as_deref().unwrap_or("-").to_owned();
        (
            s.start,
            [s.text.trim().to_owned(), speaker, s.attribution.to_owned()],
        )
    });
    let terms = report
        .terms
        .iter()
        .map(|t| (t.start, [t.text.clone(), "term".to_owned(), "-".to_owned()]));
    let mut all: Vec<(usize, [String; 3])> = said.chain(terms).collect();
    all.sort();
    all.into_iter().map(|(_, found)| found).collect()
}

#[test]
fn cases() {
    let rules = Rules::english().unwrap();
    let mut wrong = String::new();
    let mut count = 0;
    let mut lines = CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .peekable();
    while let Some(text) = lines.next() {
        let mut expected: Vec<[String; 3]> = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with("> ")) {
            let parts: Vec<String> = line[2..].split(" | ").map(str::to_owned).collect();
            expected.push(parts.try_into().unwrap());
        }
        let found = found(&read(&rules, "", &text.replace('¶', "\n"), None));
        count += 1;
        if found != expected {
            wrong.push_str(&format!(
                "{text}\n  found {found:?}\n  not   {expected:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 60, "{count} cases");
}

#[test]
fn meetings_have_states() {
    let rules = Rules::english().unwrap();
    let cases = [
        (
            "Halvard met Tarn in Orsk on Tuesday.",
            "held",
            "Halvard+Tarn",
            "Orsk",
        ),
        (
            "Halvard will meet Tarn in Orsk on Friday.",
            "scheduled",
            "Halvard+Tarn",
            "Orsk",
        ),
        (
            "Halvard intends to meet Tarn.",
            "proposed",
            "Halvard+Tarn",
            "",
        ),
        (
            "Tarn directed Envoy Jory Venn to meet Halvard in Orsk.",
            "ordered",
            "Jory Venn+Halvard",
            "Orsk",
        ),
        (
            "Halvard did not meet Tarn in Orsk.",
            "did-not-take-place",
            "Halvard+Tarn",
            "Orsk",
        ),
        (
            "Vossian negotiators held talks with Orskian officials in Lisse.",
            "held",
            "Vossian negotiators+Orskian officials",
            "Lisse",
        ),
    ];
    for (text, state, who, place) in cases {
        let report = read(&rules, "", text, Some("2031-03-12"));
        let found: Vec<_> = report
            .meetings
            .iter()
            .map(|m| {
                (
                    m.state,
                    m.participants.join("+"),
                    m.place.clone().unwrap_or_default(),
                )
            })
            .collect();
        assert_eq!(found, [(state, who.to_owned(), place.to_owned())], "{text}");
    }
}

#[test]
fn silence_is_no_statement() {
    let rules = Rules::english().unwrap();
    for text in [
        "A spokeswoman declined to comment.",
        "The ministry has not answered the letter.",
        "The ministry has not issued a reply.",
    ] {
        assert_eq!(read(&rules, "", text, None).statements, [], "{text}");
    }
}
