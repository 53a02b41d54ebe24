//! What a statement claims of the process, in the kinds of a dossier.

use std::ops::Range;

use serde::Serialize;

use crate::page::{Page, Token, tokens};
use crate::phrases::same;
use crate::rules::*;
use crate::speech::Said;
use crate::work::step;

/// A claim; kinds and values as a dossier has them, and `progress`, which a dossier does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The kind: `open-points`, `phase`, `common-understanding`, `deadline`, `received`, `accepted`, `progress`.
    pub what: String,
    /// A number, `few`, `final`, `none`; null where the kind has none.
    pub value: Option<String>,
}

/// The claims in what is said.
pub(crate) fn claims(page: &Page, rules: &Rules, said: &Said) -> Vec<Claim> {
    let range = match said.marked {
        Some(quote) => page.marked[quote].inner.clone(),
        None => {
            // What is quoted within reported speech is told of the quotation.
            let plain = said
                .tokens
                .clone()
                .filter(|at| page.tokens[*at].marked().is_none());
            let mut runs: Vec<Range<usize>> = Vec::new();
            for at in plain {
                match runs.last_mut() {
                    Some(run) if run.end == at => run.end = at + 1,
                    _ => runs.push(at..at + 1),
                }
            }
            let mut found = Vec::new();
            for run in runs {
                let range = page.tokens[run.start].start..page.tokens[run.end - 1].end;
                for claim in claims_in(rules, page.text, range) {
                    if !found.contains(&claim) {
                        found.push(claim);
                    }
                }
            }
            return found;
        }
    };
    claims_in(rules, page.text, range)
}

fn claims_in(rules: &Rules, text: &str, range: Range<usize>) -> Vec<Claim> {
    let mut words: Vec<Token> = Vec::new();
    tokens(rules, text, range, &mut words);
    let word = |at: usize| {
        words
            .get(at)
            .and_then(|t| text.get(t.start..t.end))
            .unwrap_or_default()
    };
    let mut found: Vec<Claim> = Vec::new();
    // `only when the deal is final` claims nothing.
    let mut condition = false;
    for at in 0..words.len() {
        step(1);
        let lower = word(at).to_lowercase();
        for phrase in rules.phrases(&lower) {
            step(1);
            let Sense::Claim(index) = phrase.sense else {
                continue;
            };
            let fits = phrase
                .rest
                .iter()
                .enumerate()
                .all(|(offset, rule)| same(word(at + 1 + offset), rule));
            if let Some(rule) = rules
                .claims
                .get(index)
                .filter(|rule| fits && !(condition && rule.value.is_some()))
            {
                take(&mut found, rule, rule.value.clone());
            }
        }
        for rule in rules
            .claims
            .iter()
            .filter(|rule| rule.nouns.contains(&lower))
        {
            let from = at.saturating_sub(4);
            let near: Vec<String> = (from..(at + 4).min(words.len()))
                .map(|i| word(i).to_lowercase())
                .collect();
            let value = near
                .iter()
                .take(at - from)
                .find_map(|word| number(rules, word));
            if value.is_some() && near.iter().any(|word| rule.qualifiers.contains(word)) {
                take(&mut found, rule, value);
            }
        }
        condition |= words[at].is(SUBORDINATE) && !words[at].is(DETERMINER | LINK);
    }
    found
}

fn take(found: &mut Vec<Claim>, rule: &ClaimRule, value: Option<String>) {
    if !found.iter().any(|claim| claim.what == rule.what) {
        found.push(Claim {
            what: rule.what.clone(),
            value,
        });
    }
}

fn number(rules: &Rules, word: &str) -> Option<String> {
    if rules.few.iter().any(|few| few == word) {
        return rules.few.first().cloned();
    }
    let number = rules
        .numbers
        .get(word)
        .copied()
        .or_else(|| word.parse::<u32>().ok())?;
    Some(number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let found = claims_in(&Rules::english().unwrap(), text, 0..text.len());
        let found: Vec<(&str, Option<&str>)> = found
            .iter()
            .map(|c| (c.what.as_str(), c.value.as_deref()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn claims_by_wording() {
        check(
            "Only a few points remain open.",
            &[("open-points", Some("few"))],
        );
        check(
            "Three outstanding issues are left.",
            &[("open-points", Some("3"))],
        );
        check("We are in the final phase.", &[("phase", Some("final"))]);
        check("No timeline has been set.", &[("deadline", Some("none"))]);
        check("The bridge has three points of entry.", &[]);
    }
}
