//! What surrounds a statement: attribution, medium, confidence.

use crate::page::{Page, Sentence, Shape};
use crate::rules::*;
use crate::speech::{Voice, Way};
use crate::who::Who;
use crate::work::step;

/// The class of attribution.
pub(crate) fn attribution(
    page: &Page,
    rules: &Rules,
    sentence: &Sentence,
    voice: Option<&Voice>,
) -> &'static str {
    let Some(voice) = voice else {
        return "on-record";
    };
    if voice.second_hand {
        return "second-hand";
    }
    let Who::Body(words) = &voice.who else {
        return "on-record";
    };
    let mut tokens = Vec::new();
    crate::page::tokens(rules, words, 0..words.len(), &mut tokens);
    let has = |kinds: Kinds| tokens.iter().any(|t| t.is(kinds));
    let nameless = page
        .phrases(sentence)
        .iter()
        .any(|phrase| phrase.sense == Sense::Anonymity);
    let owned = tokens.iter().any(|t| t.shape == Shape::Possessive);
    if nameless && has(SOMEBODY | SENDER) || has(SENDER | FAMILIAR) {
        return "anonymous";
    }
    let indefinite = tokens.first().is_some_and(|t| t.is(INDEFINITE));
    if has(ROLES) || voice.plural && !tokens.iter().any(|t| t.is(CONJUNCTION)) {
        return if indefinite && has(ROLES) {
            "anonymous"
        } else {
            "collective"
        };
    }
    if !owned
        && has(ROLE)
        && !has(INSTITUTION & !ROLE)
        && (indefinite || tokens.first().is_some_and(|t| t.is(ANONYMOUS)))
    {
        return "anonymous";
    }
    if indefinite && has(ROLE | ANONYMOUS) {
        "anonymous"
    } else {
        "on-record"
    }
}

/// The medium that a sentence names.
pub(crate) fn medium(page: &Page, rules: &Rules, sentence: &Sentence) -> Option<String> {
    let mut found: Option<(usize, usize)> = None;
    for phrase in page.phrases(sentence) {
        step(1);
        if let Sense::Medium(index) = phrase.sense
            && found.is_none_or(|(length, _)| phrase.tokens.len() > length)
        {
            found = Some((phrase.tokens.len(), index));
        }
    }
    found.and_then(|(_, index)| rules.media.get(index).cloned())
}

/// How often a way to the speaker leads to the right one; measured, see `docs/press-figures.md`.
pub(crate) fn sureness(voice: Option<&Voice>, way: Way) -> f64 {
    let Some(voice) = voice else { return 0.2 };
    let base: f64 = match way {
        Way::After | Way::Inverted => 0.97,
        Way::Before => 0.93,
        Way::According | Way::Dash => 0.93,
        Way::Reported | Way::Colon => 0.9,
        Way::Continued => 0.9,
        Way::TakenOver | Way::Trailing => 0.85,
        Way::Noun => 0.6,
        Way::Carried | Way::Thought => 0.5,
        Way::Subject => 0.35,
        Way::None => 0.2,
    };
    let factor = match &voice.who {
        Who::Unknown => 0.3,
        _ if voice.pronoun => 0.8,
        Who::Person(_) => 1.0,
        Who::Body(_) => 0.85,
    };
    (base * factor * 100.0).round() / 100.0
}
