//! A draft as one seat would have it: the page with that seat's proposals worked into it.

use std::collections::BTreeMap;
use std::ops::Range;

use onetext_talks::StandingProposal;
use onetext_text::Draft;

/// The page of a draft with these proposals in it. Of two that ask for other words of one provision, or for other places, the
/// later counts.
pub(crate) fn wanted<'p>(
    draft: &Draft,
    proposals: impl Iterator<Item = &'p StandingProposal>,
) -> String {
    let mut page = Page::of(draft);
    for proposal in proposals {
        page.take(proposal);
    }
    page.written()
}

/// The page of a draft, and what is to become of it.
pub(crate) struct Page<'d> {
    draft: &'d Draft,
    /// Other words, by provision; for none of it the provision goes, with its sub-items unless it is the chapeau alone.
    pub(crate) wordings: BTreeMap<usize, (String, bool)>,
    /// The label that a provision is to have in place of the one printed.
    pub(crate) labels: BTreeMap<usize, String>,
    /// The provision that another is to follow, by the one that moves.
    moved: BTreeMap<usize, Option<usize>>,
    /// What is to come behind a provision, or at the start.
    pub(crate) coming: Vec<(Option<usize>, String)>,
}

impl<'d> Page<'d> {
    pub(crate) fn of(draft: &'d Draft) -> Page<'d> {
        Page {
            draft,
            wordings: BTreeMap::new(),
            labels: BTreeMap::new(),
            moved: BTreeMap::new(),
            coming: Vec::new(),
        }
    }

    fn take(&mut self, proposal: &StandingProposal) {
        let Some(stance) = proposal.stance() else {
            return;
        };
        if let Some(after) = &stance.after {
            let after = self.place(after);
            let text = stance.wording.clone().unwrap_or_default();
            let text = match &stance.label {
                Some(label) => format!("{label} {text}"),
                None => text,
            };
            self.coming.push((after, text));
            return;
        }
        for (index, chapeau) in &proposal.on {
            if let Some(wording) = &stance.wording {
                self.wordings.insert(*index, (wording.clone(), *chapeau));
            }
            if let Some(after) = &stance.move_after {
                let after = self.place(after);
                self.moved.insert(*index, after);
            }
        }
    }

    /// The provision of a path; none for the start, and for a path that is not there.
    fn place(&self, path: &str) -> Option<usize> {
        match path {
            "" => None,
            path => self.draft.find(path).ok(),
        }
    }

    /// Where a provision stands on the page, with its sub-items, from the start of its line.
    fn block(&self, index: usize) -> Range<usize> {
        let provisions = self.draft.provisions();
        let Some(first) = provisions.get(index) else {
            return 0..0;
        };
        let mut last = index;
        while let Some(child) = provisions.get(last).and_then(|own| own.children.last()) {
            last = *child;
        }
        let end = provisions
            .get(last)
            .map_or(first.span.end, |last| last.span.end);
        self.line_start(first.start)..end
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.draft.source().get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// What stands before the label on the line of a provision: blanks, the sign of an item.
    fn margin(&self, index: usize) -> &str {
        let Some(own) = self.draft.provisions().get(index) else {
            return "";
        };
        let line = self.line_start(own.start);
        let line = self.draft.source().get(line..).unwrap_or_default();
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        let sign = ["- ", "* ", "+ "]
            .iter()
            .find(|sign| line[blanks..].starts_with(**sign));
        line.get(..blanks + sign.map_or(0, |sign| sign.len()))
            .unwrap_or_default()
    }

    /// Whether a provision, or one that it stands in, goes or moves.
    fn leaves(&self, index: usize) -> bool {
        let provisions = self.draft.provisions();
        let mut above = Some(index);
        while let Some(at) = above {
            let gone = self
                .wordings
                .get(&at)
                .is_some_and(|(words, chapeau)| words.is_empty() && !chapeau);
            if gone || self.moved.contains_key(&at) {
                return true;
            }
            above = provisions.get(at).and_then(|own| own.parent);
        }
        false
    }

    pub(crate) fn written(&self) -> String {
        let source = self.draft.source();
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for (index, (wording, _)) in &self.wordings {
            let Some(own) = self.draft.provisions().get(*index) else {
                continue;
            };
            if !self.leaves(*index) {
                edits.push((own.span.clone(), wording.clone()));
            }
        }
        for (index, label) in &self.labels {
            let own = self.draft.provisions().get(*index);
            let printed = own.and_then(|own| Some((own, own.label.as_ref()?)));
            let Some((own, printed)) = printed.filter(|_| !self.leaves(*index)) else {
                continue;
            };
            let before = source.get(own.start..own.span.start).unwrap_or_default();
            if let Some(at) = before.find(&printed.printed) {
                let at = own.start + at;
                edits.push((at..at + printed.printed.len(), label.clone()));
            }
        }
        let tops = |index: &usize| {
            let parent = self
                .draft
                .provisions()
                .get(*index)
                .and_then(|own| own.parent);
            self.leaves(*index) && !parent.is_some_and(|parent| self.leaves(parent))
        };
        for index in (0..self.draft.provisions().len()).filter(tops) {
            edits.push((self.block(index), String::new()));
        }
        let mut coming: Vec<(Option<usize>, String)> = Vec::new();
        for (index, after) in &self.moved {
            let block = source.get(self.block(*index)).unwrap_or_default();
            let reworded = self
                .wordings
                .get(index)
                .filter(|(words, _)| !words.is_empty());
            let block = match (reworded, self.draft.provisions().get(*index)) {
                (Some((words, _)), Some(own)) => block.replacen(own.wording.as_str(), words, 1),
                _ => block.to_owned(),
            };
            coming.push((*after, block));
        }
        for (after, text) in &self.coming {
            let margin = after.map_or("", |after| self.margin(after));
            coming.push((*after, format!("{margin}{text}")));
        }
        for (after, block) in coming {
            let at = after.map_or(self.start(), |after| self.block(after).end);
            let text = match after {
                Some(_) => format!("\n\n{block}"),
                None => format!("{block}\n\n"),
            };
            edits.push((at..at, text));
        }
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut out, mut at) = (String::with_capacity(source.len()), 0);
        for (range, text) in edits {
            out.push_str(source.get(at..range.start.max(at)).unwrap_or_default());
            out.push_str(&text);
            at = range.end.max(at);
        }
        out.push_str(source.get(at..).unwrap_or_default());
        out
    }

    /// Where the first provision stands.
    fn start(&self) -> usize {
        let first = self.draft.provisions().first();
        first.map_or(0, |first| self.line_start(first.start))
    }
}
