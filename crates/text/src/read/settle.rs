//! What only the neighbours of a block can tell: whether it is numbered, and whether it is the heading of the one before.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Block;
use crate::label::parse::{Delimiter, Series, Suffix, reads_like_a_title};
use crate::label::{Certainty, Style};

/// Decides on the labels that only their neighbours can tell from words.
pub(super) fn settle(blocks: &mut [Block], source: &str) {
    let mut sequences: BTreeMap<Style, Vec<(usize, u64)>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        for reading in block.label.iter().flat_map(|label| &label.readings) {
            sequences
                .entry(reading.style)
                .or_default()
                .push((index, reading.number));
        }
    }
    let mut accepted: BTreeMap<Style, (u64, Suffix)> = BTreeMap::new();
    let mut numbers: BTreeSet<Vec<u64>> = BTreeSet::new();
    for (index, block) in blocks.iter_mut().enumerate() {
        let Some(label) = &block.label else { continue };
        let next = |style: &Style| {
            let sequence = sequences.get(style)?;
            let place = sequence.partition_point(|&(at, _)| at <= index);
            sequence.get(place).map(|&(_, number)| number)
        };
        let loose = label.unseparated && !reads_like_a_title(block.wording(source));
        let holds = (label.certainty == Certainty::Sure && !loose)
            || label.readings.iter().any(|reading| {
                let bare = reading.style.delimiter == Delimiter::Bare;
                let slack = if matches!(reading.style.series, Series::Letters { .. }) {
                    3
                } else {
                    1
                };
                let follows = accepted
                    .get(&reading.style)
                    .is_some_and(|&(number, suffix)| {
                        (reading.number > number && reading.number <= number + slack)
                            || (reading.number == number && label.suffix > suffix)
                    });
                let leads = next(&reading.style) == Some(reading.number + 1)
                    && (reading.number == 1
                        || !(bare || reading.style.delimiter == Delimiter::Dash));
                follows || leads
            })
            || (block.heading.is_some() && label.parts.len() != 1)
            || (block.heading.is_some() && label.keyword.is_some())
            || nests(&label.parts, &numbers);
        if holds {
            label.count_on(&mut accepted);
            if !label.parts.is_empty() {
                numbers.insert(label.parts.clone());
            }
        } else {
            block.drop_label();
        }
    }
}

/// `1.2` where `1` or `1.1` was seen.
pub(super) fn nests(parts: &[u64], seen: &BTreeSet<Vec<u64>>) -> bool {
    let Some((&last, above)) = parts.split_last() else {
        return false;
    };
    if above.is_empty() {
        return false;
    }
    let mut sibling = parts.to_vec();
    if let Some(number) = sibling.last_mut() {
        *number = last.saturating_sub(1);
    }
    (last <= 1 && (seen.contains(above) || opens_the_next(above, seen)))
        || seen.contains(&sibling)
        || (above.len() > 1 && seen.contains(above))
}

/// `2.1` where `1.3` was seen and no `2` stands between them.
fn opens_the_next(above: &[u64], seen: &BTreeSet<Vec<u64>>) -> bool {
    let mut before = above.to_vec();
    let Some(last) = before.last_mut().filter(|last| **last > 1) else {
        return false;
    };
    *last -= 1;
    seen.range(before.clone()..)
        .next()
        .is_some_and(|number| number.starts_with(&before))
}

/// `Article 5` alone, and its heading in the next paragraph: one block.
pub(super) fn join_headings(blocks: &mut Vec<Block>, source: &str) {
    blocks.dedup_by(|block, before| {
        let belongs = before.heading.is_none()
            && before.text.is_empty()
            && before
                .label
                .as_ref()
                .is_some_and(|label| label.keyword.is_some())
            && block.label.is_none()
            && block.heading.is_none()
            && !block.bullet
            && !block.wrapped
            && reads_like_a_title(block.wording(source));
        if belongs {
            before.text = block.text.clone();
            before.body_column = block.body_column;
        }
        belongs
    });
}
