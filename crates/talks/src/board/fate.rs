//! What became of a provision of an earlier draft, draft by draft, as far as the viewer was given them.

use onetext_text::{PairKind, RedlinePair, redline};

use super::stage::list;
use super::{Board, TextBoard};

/// One step on the way to the latest draft: what some provisions of one sheet are in a later one.
pub(super) struct Step {
    pub from: usize,
    pub old: Vec<usize>,
    pub to: usize,
}

impl TextBoard {
    /// The steps from a provision to what it is in the latest draft, or to where it is gone. A draft whose making is not
    /// known here is one step from the latest.
    pub(super) fn fate(&self, sheet: usize, index: usize) -> Vec<Step> {
        let sheets = &self.shelf.sheets;
        let equal = sheets[sheet].copy_of();
        let equal = equal.and_then(|draft| self.shelf.find_draft(draft));
        let (mut at, mut old) = (equal.unwrap_or(sheet), vec![index]);
        let mut steps = Vec::new();
        while let Some(latest) = self.shelf.latest.filter(|latest| *latest != at)
            && !old.is_empty()
            && steps.len() < sheets.len()
        {
            let (to, step) = match &sheets[at].next {
                Some((to, step)) => (*to, step),
                None => (latest, &sheets[at].to_latest),
            };
            let onward = old.iter().filter_map(|index| step.successors.get(*index));
            let mut now: Vec<usize> = onward.flatten().copied().collect();
            now.sort_unstable();
            now.dedup();
            steps.push(Step { from: at, old, to });
            (at, old) = (to, now);
        }
        steps
    }

    /// The path of a provision of a sheet.
    pub(super) fn path(&self, sheet: usize, index: usize) -> &str {
        let provisions = self.shelf.sheets[sheet].issued.draft.provisions();
        provisions
            .get(index)
            .map_or("", |provision| &provision.path)
    }
}

impl Board {
    /// A draft and its day: "v3 of 2031-03-02".
    pub(super) fn draft_and_day(&self, board: &TextBoard, sheet: usize) -> String {
        let name = &board.shelf.sheets[sheet].name;
        let on = self
            .state
            .drafts
            .get(name)
            .and_then(|draft| draft.on.as_ref());
        on.map_or_else(|| name.to_string(), |on| format!("{name} of {on}"))
    }

    /// What one step made of its provisions, one sentence each, in the kinds of the redline.
    pub(super) fn step_sentences(&self, board: &TextBoard, step: &Step) -> Vec<String> {
        let (from, to) = (&board.shelf.sheets[step.from], &board.shelf.sheets[step.to]);
        let lineage = match &from.next {
            Some((next, lineage)) if *next == step.to => lineage,
            _ => &from.to_latest,
        };
        let told = redline(&from.issued.draft, &to.issued.draft, &lineage.alignment());
        let ours = |pair: &&RedlinePair| pair.old_index.iter().any(|old| step.old.contains(old));
        let draft = self.draft_and_day(board, step.to);
        let pairs = told.pairs.iter().filter(ours);
        pairs
            .map(|pair| {
                let own = pair.old_index.iter().filter(|old| step.old.contains(old));
                let own: Vec<&str> = own.map(|old| board.path(step.from, *old)).collect();
                let was = format!("{} of {}", list(&own), from.name);
                format!("{was} {}", became(pair, &own, &draft))
            })
            .collect()
    }
}

fn became(pair: &RedlinePair, own: &[&str], draft: &str) -> String {
    let new: Vec<&str> = pair.new.iter().map(String::as_str).collect();
    let new = list(&new);
    let words = if pair.edited {
        "its words changed"
    } else {
        "word for word the same"
    };
    let others: Vec<&str> = pair.old.iter().map(String::as_str).collect();
    let others: Vec<&str> = others
        .into_iter()
        .filter(|old| !own.contains(old))
        .collect();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!(" with {}", list(&others))
    };
    match pair.kind {
        PairKind::Deleted => format!("is gone in {draft}: nothing there continues it"),
        PairKind::Split => format!("was split into {new} of {draft}"),
        PairKind::Merged => format!("was merged{others} into {new} of {draft}"),
        _ if pair.old.len() > 1 => format!("was merged{others} and moved to {new} of {draft}"),
        _ if pair.new.len() > 1 => format!("was split and moved to {new} of {draft}"),
        PairKind::Moved => format!("was moved to {new} of {draft}, {words}"),
        PairKind::Renumbered => format!("is numbered {new} in {draft}, {words}"),
        PairKind::Unchanged | PairKind::Edited | PairKind::Inserted => {
            let is = if pair.old == pair.new {
                "is still"
            } else {
                "became"
            };
            format!("{is} {new} of {draft}, {words}")
        }
    }
}
