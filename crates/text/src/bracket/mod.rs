//! Square brackets: text that is not agreed, as a tree.
//!
//! The tree is kept flat, in the order of the page, so that brackets nested ten thousand deep are read, printed and
//! dropped like any others. After the United Nations' custom: brackets side by side are alternatives, a lone bracket is
//! there or is not, `Option 1: … Option 2: …` are alternatives with or without brackets, `[UA: …]` names who asked for
//! the words, `[…]` and `[missing]` hold a place.

mod open;
mod reading;
mod sign;

use std::ops::Range;

pub use open::OpenBracket;
pub use reading::ReadingError;

use sign::Marker;

/// A wording with its brackets; printing it gives the wording back byte for byte.
///
/// ```
/// use onetext_text::Brackets;
/// let brackets = Brackets::parse("Each Party [shall][should] report [every year].");
/// assert_eq!(brackets.open_pairs(), 3);
/// assert_eq!(brackets.readings(&[2, 2])?, "Each Party should report.");
/// assert_eq!(brackets.to_string(), "Each Party [shall][should] report [every year].");
/// # Ok::<(), onetext_text::ReadingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brackets {
    wording: String,
    pieces: Vec<BracketPiece>,
    groups: Vec<BracketGroup>,
    open_pairs: usize,
    unbalanced: usize,
    placeholder: bool,
}

/// A stretch of a bracketed wording, in bytes; the pieces of a wording, one after the other, are the wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BracketPiece {
    /// Words.
    Text(Range<usize>),
    /// A sign that opens a bracket, and the piece that closes it.
    Opens {
        /// Where it stands.
        span: Range<usize>,
        /// The piece that closes it, as an index; none where nothing does.
        partner: Option<usize>,
    },
    /// A sign that closes a bracket, and the piece that opened it.
    Closes {
        /// Where it stands.
        span: Range<usize>,
        /// The piece that opened it, as an index; none where nothing did.
        partner: Option<usize>,
    },
}

impl BracketPiece {
    /// Where it stands in the wording, in bytes.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Text(span) | Self::Opens { span, .. } | Self::Closes { span, .. } => span.clone(),
        }
    }
}

/// One open choice: a lone bracket, brackets side by side, or options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BracketGroup {
    /// From its first sign to its last, in bytes of the wording.
    pub span: Range<usize>,
    /// In how many other choices it stands.
    pub depth: usize,
    /// What can be chosen, in order. Of a lone bracket: its words, and nothing.
    pub alternatives: Vec<Alternative>,
}

/// One alternative of an open choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Where its words stand in the wording, in bytes, without name and attribution; empty for the alternative of
    /// saying nothing.
    pub span: Range<usize>,
    /// `Option 1`, as printed.
    pub name: Option<String>,
    /// Who is named as its author (`[UA: …]`, `[Option 2 (US): …]`).
    pub attribution: Option<String>,
    /// True where it only holds a place: `[…]`, `[missing]`, `[to be settled]`.
    pub placeholder: bool,
}

impl Brackets {
    /// Reads the brackets of a wording, in time proportional to its length. Every text is read; signs without their
    /// partner are kept.
    #[must_use]
    pub fn parse(wording: &str) -> Brackets {
        let pieces = pieces(wording);
        let markers = sign::markers(wording);
        let mut builder = Builder {
            wording,
            pieces: &pieces,
            markers: &markers,
            groups: Vec::new(),
        };
        builder.build();
        let groups = builder.groups;
        let unbalanced = pieces
            .iter()
            .filter(|piece| {
                matches!(
                    piece,
                    BracketPiece::Opens { partner: None, .. }
                        | BracketPiece::Closes { partner: None, .. }
                )
            })
            .count();
        let pairs = pieces
            .iter()
            .filter(|piece| {
                matches!(
                    piece,
                    BracketPiece::Opens {
                        partner: Some(_),
                        ..
                    }
                )
            })
            .count();
        let options = free_markers(&pieces, &markers).len();
        let placeholder = groups.iter().any(|group| {
            group
                .alternatives
                .iter()
                .any(|alternative| alternative.placeholder)
        }) || has_braces(wording);
        Brackets {
            wording: wording.to_owned(),
            groups,
            open_pairs: pairs + unbalanced + options,
            unbalanced,
            placeholder,
            pieces,
        }
    }

    /// The wording as it was read.
    #[must_use]
    pub fn wording(&self) -> &str {
        &self.wording
    }

    /// Words and signs, in order.
    #[must_use]
    pub fn pieces(&self) -> &[BracketPiece] {
        &self.pieces
    }

    /// How many pairs are open, nested ones too. A sign without its partner counts as one, and so does each `Option 1:`
    /// that stands in no bracket.
    #[must_use]
    pub fn open_pairs(&self) -> usize {
        self.open_pairs
    }

    /// How many signs have no partner.
    #[must_use]
    pub fn unbalanced(&self) -> usize {
        self.unbalanced
    }

    /// The open choices in the order in which they start, each with its alternatives; nested ones after the one they
    /// stand in.
    #[must_use]
    pub fn groups(&self) -> &[BracketGroup] {
        &self.groups
    }

    /// True where something is still to be filled in: `[…]`, `[missing]`, `[to be agreed]`, `{Placeholder …}`.
    #[must_use]
    pub fn has_placeholder(&self) -> bool {
        self.placeholder
    }

    /// The words of one alternative as printed, brackets inside it too.
    #[must_use]
    pub fn words_of(&self, alternative: &Alternative) -> &str {
        self.wording
            .get(alternative.span.clone())
            .unwrap_or_default()
            .trim()
    }

    /// The words of the alternatives that hold no further choice, and of the outermost ones (their bracket signs left
    /// out); those that say nothing or hold a place are none.
    #[must_use]
    pub fn alternatives(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (index, group) in self.groups.iter().enumerate() {
            for alternative in group
                .alternatives
                .iter()
                .filter(|alternative| !alternative.placeholder && !alternative.span.is_empty())
            {
                let leaf = self.groups[index + 1..]
                    .first()
                    .is_none_or(|next| next.span.start >= alternative.span.end)
                    || !self.holds_a_group(&alternative.span);
                if leaf || group.depth == 0 {
                    let words: String = self
                        .words_of(alternative)
                        .chars()
                        .filter(|c| !matches!(c, '[' | ']' | '［' | '］'))
                        .collect();
                    if !words.trim().is_empty() {
                        found.push(words.trim().to_owned());
                    }
                }
            }
        }
        found
    }

    fn holds_a_group(&self, span: &Range<usize>) -> bool {
        let first = self
            .groups
            .partition_point(|group| group.span.start < span.start);
        self.groups
            .get(first)
            .is_some_and(|group| group.span.end <= span.end)
    }
}

impl std::fmt::Display for Brackets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.pieces
            .iter()
            .try_for_each(|piece| f.write_str(self.wording.get(piece.span()).unwrap_or_default()))
    }
}

/// `{Placeholder for preamble}`.
fn has_braces(wording: &str) -> bool {
    wording.match_indices('{').any(|(at, _)| {
        let inside = &wording[at + 1..];
        let word: String = inside
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphabetic())
            .take(12)
            .collect();
        word.eq_ignore_ascii_case("placeholder")
    })
}

/// Words and signs of a wording, each sign with its partner.
fn pieces(wording: &str) -> Vec<BracketPiece> {
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
fn free_markers<'m>(pieces: &[BracketPiece], markers: &'m [Marker]) -> Vec<&'m Marker> {
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
    let lone =
        group.alternatives.len() == 1 && wording[group.span.clone()].starts_with(['[', '［']);
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
