//! What is set like a title or a heading without a mark of Markdown.

use super::blocks::Block;
use crate::label::keyword::names_a_part_without_number;
use crate::label::parse::reads_like_a_title;

/// The block that is the title: the first heading where it has no number and is alone at its level, or, in a page
/// without such headings, a short first line.
pub(super) fn title(source: &str, blocks: &[Block]) -> Option<usize> {
    if blocks.len() < 2 {
        return None;
    }
    if let Some(first) = blocks.iter().position(|block| block.heading.is_some()) {
        let level = blocks[first].heading;
        let alone = blocks[first + 1..]
            .iter()
            .all(|block| block.heading.is_none_or(|other| Some(other) > level));
        if alone && blocks[first].label.is_none() {
            return Some(first);
        }
        if first == 0 {
            return None;
        }
    }
    let first = &blocks[0];
    let wording = first.wording(source);
    let plain = first.label.is_none() && first.heading.is_none() && !first.bullet && !first.wrapped;
    (plain
        && reads_like_a_title(wording)
        && !wording.starts_with(['[', '>'])
        && !names_a_part_without_number(wording))
    .then_some(0)
}

/// A line without a mark that is set like a heading: centred or in capitals, or known by name.
pub(super) fn looks_like_a_heading(block: &Block, source: &str) -> bool {
    let wording = block.wording(source);
    if block.wrapped
        || wording.len() > 320
        || !reads_like_a_title(wording)
        || wording.starts_with(['[', '(', '"', '“', '<', '>'])
    {
        return false;
    }
    let mut letters = wording.chars().filter(|c| c.is_alphabetic());
    let capitals = wording
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(4)
        .count()
        >= 4
        && letters.all(|c| c.is_uppercase());
    let centred = block.column >= 12;
    capitals || centred || (block.column < 4 && names_a_part_without_number(wording))
}
