//! Words that carry a meaning, cut to their stems, so that wordings can be compared.

use std::collections::BTreeSet;

use crate::page::{Shape, Token, tokens};
use crate::rules::*;
use crate::work::step;

/// Words that hold a sentence together and say nothing of what it is about.
const EMPTY: Kinds = DETERMINER
    | POSSESSIVE
    | PREPOSITION
    | CONJUNCTION
    | SUBORDINATE
    | RELATIVE
    | AUXILIARY
    | NEGATION
    | ADVERB
    | ADVERB_ENDING
    | PRONOUN
    | TIME
    | COUNTS
    | SPEECH;

/// The stems of a text, each once.
pub(crate) fn stems(rules: &Rules, text: &str) -> BTreeSet<String> {
    let mut words: Vec<Token> = Vec::new();
    tokens(rules, text, 0..text.len(), &mut words);
    let mut found = BTreeSet::new();
    for token in words {
        step(1);
        let meant = match token.shape {
            Shape::Word => !token.is(EMPTY) || token.is(SOMEBODY),
            Shape::Number => true,
            _ => false,
        };
        let word = text.get(token.start..token.end).unwrap_or_default();
        if meant && (word.len() > 2 || matches!(token.shape, Shape::Number)) {
            found.insert(rules.stem(&word.to_lowercase()).to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_are_about() {
        let rules = Rules::english().unwrap();
        let found = stems(
            &rules,
            "The 3 gauges of the river were being read by its readers.",
        );
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(found, ["3", "gaug", "reader", "river"]);
    }
}
