//! Circulation: who has been given which draft, when and by which way.

use onetext_talks::{Basis, DraftId, TextStatus};

use super::super::given::without;
use super::super::layout::{clean, cut, pad, width};
use super::super::words;
use super::Sheet;

/// More seats than this are counted instead of shown one by one.
const COLUMNS: usize = 6;

impl Sheet<'_> {
    pub(super) fn circulation(&mut self, text: &TextStatus) {
        if text.exposure.is_empty() {
            return;
        }
        let drafts = drafts(text);
        self.line("");
        let title = self
            .ink
            .bold("  Circulation: who has been given which draft");
        self.line(&title);
        if text.exposure.len() > COLUMNS {
            self.counted(text, &drafts);
        } else {
            for (seat, given) in &text.exposure {
                let name = cut(self.names.seat(seat), 24);
                let wide = self.widest(text);
                let drafts = given_widest(text);
                if given.is_empty() {
                    self.line(&format!("  {}  nothing yet", pad(&name, wide)));
                }
                for (index, exposure) in words::once_each(given).into_iter().enumerate() {
                    let name = if index == 0 { name.as_str() } else { "" };
                    let first = format!(
                        "  {}  {}  ",
                        pad(name, wide),
                        pad(&clean(exposure.draft.as_str()), drafts)
                    );
                    self.hang(&first, &words::given(exposure));
                }
            }
            self.not_given(text, &drafts);
        }
        for draft in text.drafts.iter().filter(|draft| draft.working) {
            self.line(&format!(
                "  {} is a working draft: nobody else has been given it.",
                draft.id
            ));
        }
        if self.status.basis == Basis::View {
            self.line("  What other seats were given is not known to this seat.");
        }
    }

    fn widest(&self, text: &TextStatus) -> usize {
        text.exposure
            .keys()
            .map(|seat| width(self.names.seat(seat)).min(24))
            .max()
            .unwrap_or(0)
    }

    /// In the record's view: who has not been given the latest draft.
    fn not_given(&mut self, text: &TextStatus, drafts: &[&DraftId]) {
        let Some(latest) = text
            .latest
            .as_ref()
            .filter(|_| self.status.basis == Basis::Record)
        else {
            return;
        };
        if !drafts.contains(&latest) {
            return;
        }
        let mut without = without(text, latest);
        without.retain(|seat| {
            text.exposure
                .get(*seat)
                .is_some_and(|given| !given.is_empty())
        });
        if !without.is_empty() {
            let names: Vec<&str> = without.iter().map(|seat| self.names.seat(seat)).collect();
            self.hang(
                "  ",
                &format!("Not given {latest}: {}.", words::list(&names)),
            );
        }
    }

    fn counted(&mut self, text: &TextStatus, drafts: &[&DraftId]) {
        for draft in drafts {
            let given = text
                .exposure
                .values()
                .filter(|list| list.iter().any(|one| &one.draft == *draft))
                .count();
            self.line(&format!(
                "  {draft}  given to {given} of {} seats",
                text.exposure.len()
            ));
        }
    }
}

/// Every draft that anybody was given, in order of issue.
fn drafts(text: &TextStatus) -> Vec<&DraftId> {
    let mut drafts: Vec<&DraftId> = text
        .drafts
        .iter()
        .filter(|draft| !draft.working)
        .map(|draft| &draft.id)
        .collect();
    for exposure in text.exposure.values().flatten() {
        if !drafts.contains(&&exposure.draft) {
            drafts.push(&exposure.draft);
        }
    }
    drafts
}

fn given_widest(text: &TextStatus) -> usize {
    let drafts = text.exposure.values().flatten();
    drafts
        .map(|one| width(one.draft.as_str()))
        .max()
        .unwrap_or(0)
}
