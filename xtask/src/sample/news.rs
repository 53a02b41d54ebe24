//! Invented news: reports of some 800 words, as agencies write them, made by chance that repeats.

use std::fmt::Write as _;

use crate::prng::Chance;

/// How many words a report has, at least.
const WORDS: usize = 800;

const GIVEN: &[&str] = &[
    "Runa", "Edo", "Halla", "Jory", "Mira", "Anton", "Yunes", "Astri", "Tarik", "Lena", "Oskar",
    "Ilse",
];
const FAMILY: &[&str] = &[
    "Halvard",
    "Tarn",
    "Venn",
    "Reskin",
    "Haldar",
    "Vemmel",
    "Oster",
    "Marsh",
    "Dorn",
    "Karr",
    "Belov",
    "Lindqvist",
];
const OFFICE: &[&str] = &[
    "Interior Minister",
    "Foreign Minister",
    "President",
    "Prime Minister",
    "Special Envoy",
    "Governor",
    "Senator",
    "spokeswoman",
    "the Vossian negotiator",
    "Defence Secretary",
];
const PLACE: &[&str] = &[
    "Orsk",
    "Lisse",
    "Brenik",
    "Karvonia",
    "Sahrel",
    "Port Amery",
];
const DAY: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const VERB: &[&str] = &["said", "told reporters", "added", "insisted", "wrote on X"];
const BODY: &[&str] = &[
    "Vossian officials",
    "Both sides",
    "a senior diplomat",
    "The foreign ministry",
    "Two people familiar with the talks",
];
const PLAIN: &str = "the pass remains shut to heavy traffic and the villages below it wait for flour and fuel while the \
    committee on crossings reads the newest draft of the framework point by point and the observers count the boats that \
    go over the river at night without lamps because nobody has told the ferrymen which of the two permits is the one \
    that counts until the assembly votes on the budget of the joint authority after a long winter of slow talks";

/// Somebody whom a report names.
struct Somebody {
    office: &'static str,
    given: &'static str,
    family: &'static str,
}

/// One report: its words, plain text, a paragraph a line.
pub(crate) fn report(chance: &mut Chance) -> String {
    let people: Vec<Somebody> = (0..6)
        .map(|_| Somebody {
            office: one(chance, OFFICE),
            given: one(chance, GIVEN),
            family: one(chance, FAMILY),
        })
        .collect();
    let mut page = String::new();
    let mut words = 0;
    while words < WORDS {
        let from = page.len();
        for _ in 0..2 + chance.below(3) {
            sentence(chance, &people, &mut page);
            page.push(' ');
        }
        page.truncate(page.trim_end().len());
        page.push('\n');
        words += page[from..].split_whitespace().count();
    }
    page
}

fn one(chance: &mut Chance, from: &[&'static str]) -> &'static str {
    chance.pick(from).copied().unwrap_or_default()
}

fn sentence(chance: &mut Chance, people: &[Somebody], page: &mut String) {
    let Some(who) = chance.pick(people) else {
        return;
    };
    let other = chance.pick(people).unwrap_or(who);
    let (day, place, verb) = (one(chance, DAY), one(chance, PLACE), one(chance, VERB));
    let (office, given, family) = (who.office, who.given, who.family);
    let plain = plain(chance);
    // A page of a string takes any writing.
    let _ = match chance.below(9) {
        0 => write!(
            page,
            "“We will read {plain},” {office} {given} {family} {verb} on {day}."
        ),
        1 => write!(page, "\"Nobody expects {plain},\" {family} {verb}."),
        2 => write!(page, "{office} {given} {family} said that {plain}."),
        3 => write!(
            page,
            "{given} {family} met {} {} in {place} on {day}, and {plain}.",
            other.office, other.family
        ),
        4 => write!(
            page,
            "{} said only a few points remain open, while {plain}.",
            one(chance, BODY)
        ),
        5 => write!(
            page,
            "According to {given} {family}, the so-called “{place} line” is where {plain}."
        ),
        6 => write!(
            page,
            "Talks between {} negotiators and {family} in {place} were postponed because {plain}.",
            one(chance, PLACE)
        ),
        _ => write!(page, "In {place}, {plain}; {plain}."),
    };
}

/// Some words in a row, as they stand in no quotation.
fn plain(chance: &mut Chance) -> String {
    let words: Vec<&str> = PLAIN.split_whitespace().collect();
    let from = chance.below(words.len() - 24);
    let length = 8 + chance.below(16);
    words[from..from + length].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_its_length_and_repeats() {
        let text = report(&mut Chance::new(1));
        let words = text.split_whitespace().count();
        assert!((WORDS..WORDS + 200).contains(&words), "{words}");
        assert_eq!(text, report(&mut Chance::new(1)));
    }
}
