//! From signs to choices: which brackets are alternatives to one another, and what each alternative says.

use std::ops::Range;

use super::sign::{self, Marker};
use super::{Alternative, BracketGroup, BracketPiece};

/// Words and signs of a wording, each sign with its partner.
pub(super) fn pieces(wording: &str) -> Vec<BracketPiece> {
    let mut pieces: Vec<BracketPiece> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    for sign in sign::signs(wording) {
        if sign.at > at {
            pieces.push(BracketPiece::Text(at..sign.at));
        }
        at = sign.at + sign.len;
        let (span, here) = (sign.at..at, pieces.len());
        if sign.opens {
            open.push(here);
            pieces.push(BracketPiece::Opens {
                span,
                partner: None,
            });
        } else {
            let opener = open.pop();
            if let Some(BracketPiece::Opens { partner, .. }) =
                opener.and_then(|opener| pieces.get_mut(opener))
            {
                *partner = Some(here);
            }
            pieces.push(BracketPiece::Closes {
                span,
                partner: opener,
            });
        }
    }
    if at < wording.len() {
        pieces.push(BracketPiece::Text(at..wording.len()));
    }
    pieces
}

/// The names of alternatives that stand in no bracket.
pub(super) fn free_markers<'m>(pieces: &[BracketPiece], markers: &'m [Marker]) -> Vec<&'m Marker> {
    let mut depth = 0_usize;
    let mut free = Vec::new();
    let mut next = 0;
    for piece in pieces {
        match piece {
            BracketPiece::Opens {
                partner: Some(_), ..
            } => depth += 1,
            BracketPiece::Closes {
                partner: Some(_), ..
            } => depth -= 1,
            BracketPiece::Text(span) => {
                while let Some(marker) = markers
                    .get(next)
                    .filter(|marker| marker.span.start < span.end)
                {
                    if depth == 0 && marker.span.start >= span.start {
                        free.push(marker);
                    }
                    next += 1;
                }
            }
            _ => {}
        }
    }
    free
}

/// The choices of a wording in the order in which they start.
pub(super) fn choices(
    wording: &str,
    pieces: &[BracketPiece],
    markers: &[Marker],
) -> Vec<BracketGroup> {
    let mut builder = Builder {
        wording,
        pieces,
        markers,
        groups: Vec::new(),
    };
    builder.build();
    builder.groups
}

/// Makes choices of brackets and options.
struct Builder<'w> {
    wording: &'w str,
    pieces: &'w [BracketPiece],
    markers: &'w [Marker],
    groups: Vec<BracketGroup>,
}

/// The bracket that was closed last: the choice it belongs to, where it ended, and whether it adjoins the one before.
#[derive(Clone, Copy)]
struct Closed {
    group: usize,
    end: usize,
    adjoins: bool,
}

/// A bracket (or the whole wording) that is being gone through.
struct Frame {
    last: Option<Closed>,
    /// Whether its opening sign adjoins the bracket before.
    adjoins: bool,
    /// The names of alternatives that stand in it directly.
    markers: Vec<usize>,
    /// Where its inside starts, in bytes.
    start: usize,
    /// The choice it belongs to; none for the whole wording.
    group: Option<usize>,
    depth: usize,
}

impl Builder<'_> {
    fn build(&mut self) {
        let mut frames = vec![Frame {
            last: None,
            adjoins: false,
            markers: Vec::new(),
            start: 0,
            group: None,
            depth: 0,
        }];
        let mut next_marker = 0;
        for (index, piece) in self.pieces.iter().enumerate() {
            let Some(frame) = frames.last_mut() else {
                return;
            };
            match piece {
                BracketPiece::Text(span) => {
                    while let Some(marker) = self
                        .markers
                        .get(next_marker)
                        .filter(|marker| marker.span.start < span.end)
                    {
                        if marker.span.start >= span.start {
                            frame.markers.push(next_marker);
                        }
                        next_marker += 1;
                    }
                }
                BracketPiece::Opens {
                    span,
                    partner: Some(_),
                } => {
                    let adjoins = frame.last.is_some_and(|last| last.end == span.start);
                    let beside = frame
                        .last
                        .filter(|last| self.joins(*last, index))
                        .map(|last| last.group);
                    let group = beside.unwrap_or_else(|| {
                        self.groups.push(BracketGroup {
                            span: span.clone(),
                            depth: frame.depth,
                            alternatives: Vec::new(),
                        });
                        self.groups.len() - 1
                    });
                    let depth = frame.depth + 1;
                    frames.push(Frame {
                        last: None,
                        adjoins,
                        markers: Vec::new(),
                        start: span.end,
                        group: Some(group),
                        depth,
                    });
                }
                BracketPiece::Closes {
                    span,
                    partner: Some(_),
                } => {
                    let Some(frame) = frames.pop() else { return };
                    self.close(&frame, span);
                    if let (Some(outer), Some(group)) = (frames.last_mut(), frame.group) {
                        outer.last = Some(Closed {
                            group,
                            end: span.end,
                            adjoins: frame.adjoins,
                        });
                    }
                }
                BracketPiece::Opens { .. } | BracketPiece::Closes { .. } => frame.last = None,
            }
        }
        if let Some(frame) = frames.first() {
            self.add_options(&frame.markers, self.wording.len(), 0);
        }
        for group in &mut self.groups {
            complete(group, self.wording);
        }
        self.groups
            .sort_by_key(|group| (group.span.start, usize::MAX - group.span.end));
        self.count_depth();
    }

    /// Whether the bracket that opens at a piece is an alternative to the one before. `[A] [B]` are alternatives, and so
    /// are `[A][B]`; in `[Party][State] [shall][should]` the space parts two choices.
    fn joins(&self, last: Closed, index: usize) -> bool {
        let BracketPiece::Opens {
            span,
            partner: Some(partner),
        } = &self.pieces[index]
        else {
            return false;
        };
        let between = &self.wording[last.end..span.start];
        let adjoined = |piece: Option<&BracketPiece>| {
            matches!(
                piece,
                Some(BracketPiece::Opens {
                    partner: Some(_),
                    ..
                })
            )
        };
        let parted = last.adjoins || adjoined(self.pieces.get(partner + 1));
        between.is_empty() || (sign::joins(between) && !(parted && between.trim().is_empty()))
    }

    /// Adds what a closed bracket holds to its choice.
    fn close(&mut self, frame: &Frame, closing: &Range<usize>) {
        let Some(group) = frame.group else { return };
        let inside = frame.start..closing.start;
        let named = frame.markers.first().is_some_and(|&first| {
            self.wording[inside.start..self.markers[first].span.start]
                .trim()
                .is_empty()
        });
        let alternatives = if named {
            self.options(&frame.markers, inside.end)
        } else {
            self.add_options(&frame.markers, inside.end, frame.depth);
            vec![self.alternative(inside)]
        };
        let group = &mut self.groups[group];
        group.span.end = closing.end;
        group.alternatives.extend(alternatives);
    }

    fn alternative(&self, inside: Range<usize>) -> Alternative {
        let words = &self.wording[inside.clone()];
        if let Some((names, after)) = sign::attribution(words) {
            let span = inside.start + after..inside.end;
            let placeholder = sign::is_placeholder(&self.wording[span.clone()]);
            return Alternative {
                span,
                name: None,
                attribution: Some(words[names].to_owned()),
                placeholder,
            };
        }
        if sign::is_no_text(words) {
            return Alternative {
                span: inside.end..inside.end,
                name: None,
                attribution: None,
                placeholder: false,
            };
        }
        Alternative {
            placeholder: sign::is_placeholder(words),
            span: inside,
            name: None,
            attribution: None,
        }
    }

    /// The alternatives that names set off from one another, up to `end`.
    fn options(&self, markers: &[usize], end: usize) -> Vec<Alternative> {
        markers
            .iter()
            .enumerate()
            .map(|(place, &index)| {
                let marker = &self.markers[index];
                let until = markers
                    .get(place + 1)
                    .map_or(end, |&next| self.markers[next].span.start);
                let mut alternative = self.alternative(marker.span.end..until);
                alternative.name = self.wording.get(marker.name.clone()).map(str::to_owned);
                if let Some(names) = &marker.attribution {
                    alternative.attribution = self.wording.get(names.clone()).map(str::to_owned);
                }
                alternative
            })
            .collect()
    }

    /// Adds a choice among options that stand in no bracket of their own.
    fn add_options(&mut self, markers: &[usize], end: usize, depth: usize) {
        if let Some(&first) = markers.first() {
            let alternatives = self.options(markers, end);
            self.groups.push(BracketGroup {
                span: self.markers[first].span.start..end,
                depth,
                alternatives,
            });
        }
    }

    /// In how many other choices each stands; they are in order.
    fn count_depth(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for group in &mut self.groups {
            while open.last().is_some_and(|&end| end <= group.span.start) {
                open.pop();
            }
            group.depth = open.len();
            open.push(group.span.end);
        }
    }
}

/// A lone bracket can also go: its second alternative says nothing.
fn complete(group: &mut BracketGroup, wording: &str) {
    let lone = group.alternatives.len() == 1
        && wording[group.span.clone()]
            .trim_start_matches('\\')
            .starts_with(['[', '［']);
    if let (true, Some(only)) = (lone, group.alternatives.first())
        && (!only.span.is_empty() || only.placeholder)
    {
        let end = group.span.end;
        group.alternatives.push(Alternative {
            span: end..end,
            name: None,
            attribution: None,
            placeholder: false,
        });
    }
}
