//! Chains of drafts that come back to themselves: made from one another, or each a language version of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::{BlockKind, Place, Refusal, Rule};
use crate::record::DraftBlock;

/// One refusal for each cycle, at the draft of it that stands first.
pub(super) fn check(drafts: &[DraftBlock]) -> Vec<Refusal> {
    let base = |draft: &DraftBlock| draft.base.as_ref().map(ToString::to_string);
    let renders = |draft: &DraftBlock| draft.renders.as_ref().map(ToString::to_string);
    let mut refusals = along(drafts, "base", base);
    refusals.extend(along(drafts, "renders", renders));
    refusals
}

fn along(
    drafts: &[DraftBlock],
    field: &'static str,
    next: fn(&DraftBlock) -> Option<String>,
) -> Vec<Refusal> {
    let numbers: BTreeMap<&str, usize> = drafts
        .iter()
        .enumerate()
        .rev()
        .map(|(number, draft)| (draft.id.as_str(), number))
        .collect();
    let next =
        |number: usize| next(drafts.get(number)?).and_then(|id| numbers.get(id.as_str()).copied());
    let mut done = BTreeSet::new();
    let mut refusals = Vec::new();
    for start in 0..drafts.len() {
        let mut chain = Vec::new();
        let mut at = Some(start);
        while let Some(number) = at.filter(|&number| done.insert(number)) {
            chain.push(number);
            at = next(number);
        }
        // Where the walk stopped inside its own chain, the rest of the chain from there is a cycle.
        let Some(entry) = at.and_then(|number| chain.iter().position(|&member| member == number))
        else {
            continue;
        };
        let members = chain.get(entry..).unwrap_or_default();
        refusals.extend(refusal(drafts, members, field));
    }
    refusals
}

fn refusal(drafts: &[DraftBlock], members: &[usize], field: &'static str) -> Option<Refusal> {
    const ENOUGH: usize = 10;
    let first = *members.iter().min()?;
    let begin = members.iter().position(|&member| member == first)?;
    let round = members.iter().cycle().skip(begin).take(members.len() + 1);
    let mut names: Vec<String> = round
        .filter_map(|&member| drafts.get(member))
        .map(|draft| draft.id.to_string())
        .collect();
    if names.len() > ENOUGH {
        names.truncate(ENOUGH);
        names.push("…".to_owned());
    }
    let message = format!("the drafts go round in a circle: {}", names.join(" from "));
    let refusal = Refusal::new(
        Rule::Cycle,
        (BlockKind::Draft, first),
        Some(Place::field(field)),
        message,
    );
    Some(refusal.expected("a draft that was there before"))
}
