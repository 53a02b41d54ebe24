//! Words marked on real pairs, beside the least that a comparison of words alone can mark.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::Report;
use crate::drafts;
use crate::failure::{Failure, Result};
use crate::program::{Program, other};
use crate::reference::Shared;

/// How many words may be marked, of the least, moved text counted once and absorbed words not at all.
const OF_THE_LEAST: f64 = 1.10;

pub(super) fn measure(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    report: &mut Report,
) -> Result {
    for (old, new) in shared.pairs()? {
        let name = shared.name(&old);
        if !name.starts_with("redline/pairs") {
            continue;
        }
        let words = |path: &Path| -> Result<Vec<String>> {
            let draft = drafts::open(path)?;
            let wordings = draft.provisions().iter();
            Ok(wordings
                .flat_map(|provision| split(&provision.wording))
                .collect())
        };
        let (old_words, new_words) = (words(&old)?, words(&new)?);
        let common = longest_common(&old_words, &new_words);
        let least = old_words.len() + new_words.len() - 2 * common;
        let (old_name, new_name) = (old.to_string_lossy(), new.to_string_lossy());
        let run = program.run(
            folder,
            &["redline", &old_name, &new_name, "--format", "json"],
        )?;
        let redline: Value = serde_json::from_slice(&run.answer)
            .map_err(|error| Failure::because(error.to_string()))?;
        let (marked, absorbed) = marked(&redline);
        let wdiff = other("wdiff", &["-s123", &old_name, &new_name]);
        let wdiff = wdiff.map(|run| by_wdiff(&String::from_utf8_lossy(&run.answer)));
        report.note(
            &format!(
                "{name}: {} and {} words; marked {marked}, {absorbed} of them absorbed; least {least}; wdiff {}",
                old_words.len(),
                new_words.len(),
                wdiff.map_or("none".to_owned(), |words| words.to_string()),
            ),
            json!({"pair": name, "words": [old_words.len(), new_words.len()], "marked": marked,
                "absorbed": absorbed, "least": least, "wdiff": wdiff}),
        );
        let ratio = (marked - absorbed) as f64 / least.max(1) as f64;
        report.promise(
            &format!("{name}: words marked, of the least"),
            ratio,
            OF_THE_LEAST,
            true,
        );
    }
    Ok(())
}

fn split(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(str::to_owned)
}

/// Words marked in a redline, moved ones once; and of these, words that a least comparison of the same pair would keep.
fn marked(redline: &Value) -> (usize, usize) {
    let (mut all, mut absorbed) = (0, 0);
    for pair in redline["pairs"].as_array().into_iter().flatten() {
        let (mut old, mut new, mut here, mut moved) = (String::new(), String::new(), 0, 0);
        for run in pair["runs"].as_array().into_iter().flatten() {
            let text = run["text"].as_str().unwrap_or_default();
            let count = split(text).count();
            match run["op"].as_str() {
                Some("keep") => {
                    old.push_str(run["old"].as_str().unwrap_or(text));
                    new.push_str(text);
                }
                Some("delete") => {
                    old.push_str(text);
                    here += count;
                }
                Some("insert") => {
                    new.push_str(text);
                    here += count;
                }
                Some("move_from") => old.push_str(text),
                _ => {
                    new.push_str(text);
                    moved += count;
                }
            }
        }
        all += here + moved;
        let (old, new): (Vec<String>, Vec<String>) = (split(&old).collect(), split(&new).collect());
        let least = old.len() + new.len() - 2 * longest_common(&old, &new);
        absorbed += (here + 2 * moved).saturating_sub(least).min(here);
    }
    (all, absorbed)
}

/// The words that wdiff says it deleted, inserted and changed.
fn by_wdiff(said: &str) -> usize {
    said.lines()
        .flat_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let counts: Vec<usize> = words
                .windows(3)
                .filter(|three| matches!(three[2], "deleted" | "inserted" | "changed"))
                .filter_map(|three| three[0].parse().ok())
                .collect();
            counts
        })
        .sum()
}

/// The length of a longest common subsequence, by rows of bits (Hyyrö, Bit-parallel LCS-length computation revisited,
/// 2004).
pub(in crate::bench) fn longest_common(old: &[String], new: &[String]) -> usize {
    let size = old.len().div_ceil(64);
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, word) in old.iter().enumerate() {
        places.entry(word).or_default().push(place);
    }
    let mut row = vec![u64::MAX; size];
    let mut hits = vec![0_u64; size];
    for word in new {
        let Some(found) = places.get(word.as_str()) else {
            continue;
        };
        found
            .iter()
            .for_each(|place| hits[place / 64] |= 1 << (place % 64));
        let mut carry = false;
        for (bits, hit) in row.iter_mut().zip(&hits) {
            let both = *bits & hit;
            let (sum, over) = bits.overflowing_add(both);
            let (sum, more) = sum.overflowing_add(u64::from(carry));
            carry = over || more;
            *bits = sum | (*bits & !hit);
        }
        found.iter().for_each(|place| hits[place / 64] = 0);
    }
    let zeros = |place: usize| row[place / 64] & (1 << (place % 64)) == 0;
    (0..old.len()).filter(|place| zeros(*place)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longest_common_subsequence_is_as_long_as_it_is() {
        let check = |old: &str, new: &str, length: usize| {
            let (old, new): (Vec<String>, Vec<String>) =
                (split(old).collect(), split(new).collect());
            assert_eq!(longest_common(&old, &new), length);
        };
        check("a b c d", "b d", 2);
        check("a b c", "c b a", 1);
        check("", "a", 0);
        let long: Vec<String> = (0..200).map(|number| number.to_string()).collect();
        assert_eq!(longest_common(&long, &long[50..150]), 100);
    }

    #[test]
    fn wdiffs_counts_are_summed() {
        let said = "a.txt: 10 words  7 70% common  1 10% deleted  2 20% changed\n\
                    b.txt: 12 words  7 58% common  3 25% inserted  2 17% changed\n";
        assert_eq!(by_wdiff(said), 8);
    }
}
