//! The compilation of what several seats propose.

use onetext_text::{
    Compilation, Draft, Entry, SeatText, Shape, Source, Stretch, TakenOut, compile,
};
use proptest::prelude::*;

use crate::generated::Chance;

fn compiled(base: &Draft, texts: &[Draft]) -> Compilation {
    let names: Vec<String> = (0..texts.len()).map(|seat| format!("S{seat}")).collect();
    let texts: Vec<SeatText> = names
        .iter()
        .zip(texts)
        .map(|(seat, draft)| SeatText { seat, draft })
        .collect();
    compile(base, &texts)
}

fn as_read(draft: &Draft) -> Vec<TakenOut> {
    let provisions = draft.provisions().iter();
    provisions
        .map(|provision| TakenOut {
            shape: Shape::of(provision),
            wording: provision.wording.clone(),
        })
        .collect()
}

/// What is open, with marks: `[base|S0: words|S1 S2: words]`, `+S0: a new provision+`, `-S0-` behind what S0 would drop.
fn shown(compilation: &Compilation, base: &Draft) -> Vec<String> {
    let names = |seats: &[usize]| {
        let names: Vec<String> = seats.iter().map(|seat| format!("S{seat}")).collect();
        names.join(" ")
    };
    let entry = |entry: &Entry| match entry {
        Entry::Base {
            index,
            stretches,
            absent,
            ..
        } => {
            let wording = &base.provisions()[*index].wording;
            let mut line: String = stretches
                .iter()
                .map(|stretch| match stretch {
                    Stretch::Agreed(span) => wording[span.clone()].to_owned(),
                    Stretch::Open {
                        base,
                        follows: true,
                        ..
                    } => wording[base.clone()].to_owned(),
                    Stretch::Open { base, proposed, .. } => {
                        let proposed: Vec<String> = proposed
                            .iter()
                            .map(|each| format!("|{}: {}", names(&each.seats), each.text))
                            .collect();
                        format!("[{}{}]", &wording[base.clone()], proposed.concat())
                    }
                })
                .collect();
            for (_, seats) in absent {
                line.push_str(&format!(" -{}-", names(seats)));
            }
            line
        }
        Entry::Proposed {
            wording,
            seats,
            source,
            ..
        } => {
            let moved = if matches!(source, Source::Moved(_)) {
                " moved"
            } else {
                ""
            };
            format!("+{}{moved}: {wording}+", names(seats))
        }
    };
    compilation.entries.iter().map(entry).collect()
}

#[track_caller]
fn check(base: &str, texts: &[&str], expected: &[&str], conflicts: usize) {
    let base = Draft::read(base).unwrap();
    let texts: Vec<Draft> = texts
        .iter()
        .map(|text| Draft::read(text).unwrap())
        .collect();
    let compilation = compiled(&base, &texts);
    assert_eq!(shown(&compilation, &base), expected);
    assert_eq!(compilation.conflicts(), conflicts);
    for (seat, text) in texts.iter().enumerate() {
        assert_eq!(compilation.taken_out(seat, &base), as_read(text));
    }
}

const BASE: &str = "1. Each Party shall report every year to the Commission.\n\n2. The Commission publishes the reports under point 1.\n\n3. This Agreement enters into force on signature.\n";

#[test]
fn equal_proposals_stand_once_and_other_ones_beside_them() {
    check(
        BASE,
        &[
            &BASE.replace("shall report", "should report"),
            &BASE.replace("shall report", "should report"),
            &BASE.replace("shall report", "may report"),
        ],
        &[
            "Each Party [shall|S0 S1: should|S2: may] report every year to the Commission.",
            "The Commission publishes the reports under point 1.",
            "This Agreement enters into force on signature.",
        ],
        1,
    );
}

#[test]
fn a_new_provision_opens_nothing_but_itself() {
    let longer = "1. Each Party names an envoy within one month.\n\n2. Each Party shall report every year to the Commission.\n\n3. The Commission publishes the reports under point 2.\n\n4. This Agreement enters into force on signature.\n";
    check(
        BASE,
        &[longer, BASE, longer],
        &[
            "+S0 S2: Each Party names an envoy within one month.+",
            "Each Party shall report every year to the Commission.",
            "The Commission publishes the reports under point 1.",
            "This Agreement enters into force on signature.",
        ],
        0,
    );
}

#[test]
fn what_one_would_drop_and_another_reword_is_in_conflict() {
    check(
        BASE,
        &[
            "1. Each Party shall report every year to the Commission.\n\n2. This Agreement enters into force on signature.\n",
            &BASE.replace("publishes", "keeps"),
        ],
        &[
            "Each Party shall report every year to the Commission.",
            "The Commission [publishes|S1: keeps] the reports under point 1. -S0-",
            "This Agreement enters into force on signature.",
        ],
        1,
    );
}

#[test]
fn nobody_and_nothing() {
    check("", &[], &[], 0);
    check("", &["1. Words.\n"], &["+S0: Words.+"], 0);
    check("1. Words.\n", &["", "1. Words.\n"], &["Words. -S0-"], 0);
}

/// A seat's text: a base of lines, redrafted by chance.
fn redrafted(base: &[String], chance: &mut Chance) -> String {
    let mut lines: Vec<String> = base.to_vec();
    for _ in 0..chance.below(8) {
        let at = chance.below(lines.len());
        match chance.below(6) {
            0 if !lines.is_empty() => {
                lines.remove(at);
            }
            1 => lines.insert(
                at,
                format!("New words number {} come in here.", chance.below(5)),
            ),
            2 if !lines.is_empty() => {
                let line = lines.remove(at);
                lines.insert(chance.below(lines.len() + 1), line);
            }
            _ => {
                if let Some(line) = lines.get_mut(at) {
                    let mut words: Vec<&str> = line.split(' ').collect();
                    let place = chance.below(words.len());
                    match chance.below(3) {
                        0 => {
                            words[place] = ["shall", "[may]", "Should", "point 2,"][chance.below(4)]
                        }
                        1 => words.insert(place, ["not", "“as agreed”", "1,000"][chance.below(3)]),
                        _ => {
                            words.remove(place);
                        }
                    }
                    *line = words.join(" ");
                }
            }
        }
    }
    let numbered = lines.iter().enumerate();
    numbered
        .map(|(place, line)| format!("{}. {line}\n\n", place + 1))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Each seat's text comes back to the letter, whatever the others propose.
    #[test]
    fn every_text_can_be_taken_back_out(seed in any::<u64>(), seats in 1_usize..6, size in 0_usize..12) {
        let mut chance = Chance::new(seed);
        let lines: Vec<String> = (0..size)
            .map(|_| {
                let words = ["each Party", "reports", "under point 1", "to the fund", "of 2026", "[in full]"];
                (0..3 + chance.below(9)).map(|_| words[chance.below(words.len())]).collect::<Vec<_>>().join(" ")
            })
            .collect();
        let text: String = lines.iter().enumerate().map(|(place, line)| format!("{}. {line}\n\n", place + 1)).collect();
        let base = Draft::read(&text).unwrap();
        let texts: Vec<Draft> = (0..seats)
            .map(|_| Draft::read(&redrafted(&lines, &mut chance)).unwrap())
            .collect();
        let compilation = compiled(&base, &texts);
        for (seat, text) in texts.iter().enumerate() {
            prop_assert_eq!(compilation.taken_out(seat, &base), as_read(text));
        }
        prop_assert_eq!(compilation.taken_out(seats, &base), as_read(&base));
    }
}
