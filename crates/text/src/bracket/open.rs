//! The brackets that are open in a whole draft, also those that open in one provision and close in a later one.

use std::ops::Range;

use super::sign;
use crate::draft::{Draft, Remark};

/// A bracket that is open in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBracket {
    /// The provision in which it opens, as an index: where it is counted.
    pub first: usize,
    /// The provision in which it closes, as an index; it disputes each from first to last.
    pub last: usize,
    /// Where it opens in the source, in bytes: from the opening sign through the closing one. Of an `Option 1:` without
    /// brackets, its name.
    pub span: Range<usize>,
    /// True for a sign without its partner.
    pub unbalanced: bool,
    /// How many brackets it stands in: 0 for the outermost.
    pub depth: usize,
}

impl Draft {
    /// How many brackets are counted at a provision: those that open in it.
    #[must_use]
    pub fn open_pairs_in(&self, index: usize) -> usize {
        let start = self
            .open_brackets
            .partition_point(|bracket| bracket.first < index);
        let end = self
            .open_brackets
            .partition_point(|bracket| bracket.first <= index);
        end - start
    }

    /// Whether a bracket is open in a provision, or around it.
    #[must_use]
    pub fn disputed_by_bracket(&self, index: usize) -> bool {
        self.bracketed.get(index).copied().unwrap_or(false)
    }

    /// The bracket signs that open before a provision's label: the first of `[5. Each [Party][State] reports.]`. With
    /// the label gone they stand before the wording, and a position on it is on them too.
    pub(crate) fn opened_before_label(&self, index: usize) -> String {
        let before = self
            .provisions
            .get(index)
            .filter(|provision| provision.label.is_some())
            .and_then(|provision| self.source.get(provision.start..provision.span.start))
            .filter(|before| before.contains(['[', '［']))
            .unwrap_or_default();
        let opening = sign::signs(before).into_iter().filter(|sign| sign.opens);
        opening
            .filter_map(|sign| before.get(sign.at..sign.at + sign.len))
            .collect()
    }

    pub(crate) fn find_open_brackets(&mut self) {
        let mut found: Vec<OpenBracket> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (index, provision) in self.provisions.iter().enumerate() {
            // From the start of the provision: a bracket may open before its label.
            let from = provision.start.min(provision.span.start);
            let Some(text) = self.source.get(from..provision.span.end) else {
                continue;
            };
            let mut markers = sign::markers(text).into_iter().peekable();
            let mut free = |until: usize, depth: usize, found: &mut Vec<OpenBracket>| {
                while let Some(marker) = markers.next_if(|marker| marker.span.start < until) {
                    if depth == 0 {
                        let span = from + marker.span.start..from + marker.span.end;
                        found.push(OpenBracket {
                            first: index,
                            last: index,
                            span,
                            unbalanced: false,
                            depth: 0,
                        });
                    }
                }
            };
            for sign in sign::signs(text) {
                free(sign.at, open.len(), &mut found);
                let span = from + sign.at..from + sign.at + sign.len;
                if sign.opens {
                    open.push(found.len());
                    found.push(OpenBracket {
                        first: index,
                        last: index,
                        span,
                        unbalanced: true,
                        depth: open.len() - 1,
                    });
                } else if let Some(opener) = open.pop() {
                    let bracket = &mut found[opener];
                    bracket.last = index;
                    bracket.span.end = span.end;
                    bracket.unbalanced = false;
                } else {
                    found.push(OpenBracket {
                        first: index,
                        last: index,
                        span,
                        unbalanced: true,
                        depth: 0,
                    });
                }
            }
            free(text.len() + 1, open.len(), &mut found);
        }
        self.remark_on_unbalanced(&found);
        self.bracketed = covered(&found, self.provisions.len());
        self.open_brackets = found;
    }

    fn remark_on_unbalanced(&mut self, found: &[OpenBracket]) {
        let unbalanced: Vec<usize> = found
            .iter()
            .filter(|bracket| bracket.unbalanced)
            .map(|bracket| bracket.span.start)
            .collect();
        let places = self.positions(&unbalanced);
        for (at, (line, column)) in unbalanced.into_iter().zip(places) {
            let opens = self.source[at..]
                .trim_start_matches('\\')
                .starts_with(['[', '［']);
            let text = if opens {
                "this bracket is not closed"
            } else {
                "this bracket is closed and was not opened"
            };
            self.remarks.push(Remark {
                line,
                column,
                text: text.to_owned(),
            });
        }
    }
}

/// For each provision whether some bracket reaches over it.
fn covered(brackets: &[OpenBracket], provisions: usize) -> Vec<bool> {
    let mut reaches = vec![0_usize; provisions];
    for bracket in brackets {
        if let Some(reach) = reaches.get_mut(bracket.first) {
            *reach = (*reach).max(bracket.last + 1);
        }
    }
    let mut until = 0;
    reaches
        .into_iter()
        .enumerate()
        .map(|(index, reach)| {
            until = until.max(reach);
            index < until
        })
        .collect()
}
