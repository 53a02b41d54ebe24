//! A compilation as a document: the base, in which every seat's proposals stand as tracked changes of that seat.
//!
//! A word processor knows one author for each change. A change that several seats ask for bears the name of the first; each
//! of the others says in a comment of its own that it asks for the same. Whoever rejects every change has the base.

use std::collections::BTreeMap;
use std::ops::Range;

use onetext_text::{Absence, Compilation, Draft, Entry, Seats, Shape, Stretch};

use super::super::comments::{self, Added};
use super::super::content::{Content, Objects, Sort, is_object};
use super::super::error::DocxError;
use super::super::package::Package;
use super::super::read::body;
use super::super::resolve::{Tracked, resolve};
use super::super::xml::Tree;
use super::ink::{Author, Ink, Mark};
use super::pen::Pen;
use super::side::Side;
use super::{Source, Written};

/// Writes a compilation on its base, in which tracked changes that were there are read so; the changes bear this date.
///
/// # Errors
/// Where the base is no document that can be read.
pub fn compiled(
    base: Source<'_>,
    draft: &Draft,
    compilation: &Compilation,
    tracked: Tracked,
    date: Option<&str>,
) -> Result<Written, DocxError> {
    let mut package = Package::open(base.bytes)?;
    let main = package.main_part()?;
    let name = package.main.clone();
    let first = Tree::parse(&name, &main)?;
    let accepted = super::super::read::changes_at(&first).len();
    let resolved = resolve(&first, tracked).unwrap_or_else(|| main.clone());
    let tree = Tree::parse(&name, &resolved)?;
    let found = body(&name, &tree)?;
    let ink = Ink::new(&first, Author { name: "", date });
    let seats = compilation.seats.iter();
    let inks = seats.map(|name| ink.by(Author { name, date }));
    let mut plan = Plan {
        side: Side::new(tree, found, &mut Objects::default()),
        seats: &compilation.seats,
        date,
        next_comment: comments::next_number(&mut package)?,
        comments: Vec::new(),
        paragraphs: BTreeMap::new(),
        starts: Vec::new(),
        read: BTreeMap::new(),
    };
    let mut last = None;
    for entry in &compilation.entries {
        plan.entry(entry, draft, base.places, &mut last);
    }
    let main = plan.write(&inks.collect::<Vec<_>>());
    let mut parts = comments::add(&mut package, &plan.comments)?;
    parts.insert(name, main);
    Ok(Written {
        bytes: package.with(parts)?,
        accepted,
    })
}

/// What is done to one paragraph of the base.
#[derive(Debug, Default)]
struct Planned {
    cuts: Vec<Cut>,
    /// The seat that would have no such paragraph.
    gone: Option<usize>,
    /// Comments on all of it.
    comments: Vec<u64>,
    after: Vec<Coming>,
}

/// A stretch of a paragraph that some seat would change.
#[derive(Debug)]
struct Cut {
    range: Range<usize>,
    /// The seat that would have it gone.
    gone: Option<usize>,
    /// What seats would have in its place.
    words: Vec<(usize, String)>,
    comments: Vec<u64>,
}

/// A paragraph that a seat would have.
#[derive(Debug)]
struct Coming {
    seat: usize,
    text: String,
    comments: Vec<u64>,
}

struct Plan<'p, 's> {
    side: Side<'s>,
    seats: &'p [String],
    date: Option<&'p str>,
    next_comment: u64,
    comments: Vec<Added>,
    paragraphs: BTreeMap<usize, Planned>,
    /// What comes before the first paragraph.
    starts: Vec<Coming>,
    /// How far the words of each paragraph were found in provisions.
    read: BTreeMap<usize, usize>,
}

impl Plan<'_, '_> {
    fn entry(&mut self, entry: &Entry, draft: &Draft, places: &[usize], last: &mut Option<usize>) {
        match entry {
            Entry::Base {
                index,
                stretches,
                absent,
                shapes,
            } => {
                let (Some(provision), Some(place)) =
                    (draft.provisions().get(*index), places.get(*index).copied())
                else {
                    return;
                };
                *last = Some(place);
                let label = provision.label.as_ref().map(|label| label.printed.as_str());
                let text = self.side.text(place).to_owned();
                let from = self.read.get(&place).copied().unwrap_or(0);
                let found = Found::of(&text, from, &provision.wording);
                self.read.insert(place, found.end());
                self.absent(place, absent);
                for (shape, seats) in shapes {
                    self.shape((place, from), (&text, found.start(), label), shape, seats);
                }
                for stretch in stretches {
                    self.stretch(place, &found, &provision.wording, stretch);
                }
            }
            Entry::Proposed {
                shape,
                wording,
                seats,
                ..
            } => {
                let Some((first, others)) = seats.split_first() else {
                    return;
                };
                let text = match &shape.label {
                    Some(label) => format!("{label} {wording}"),
                    None => wording.clone(),
                };
                let coming = Coming {
                    seat: *first,
                    text,
                    comments: self.same(others),
                };
                match *last {
                    Some(place) => self.planned(place).after.push(coming),
                    None => self.starts.push(coming),
                }
            }
        }
    }

    fn planned(&mut self, place: usize) -> &mut Planned {
        self.paragraphs.entry(place).or_default()
    }

    /// Comments of seats that ask for the same as another.
    fn same(&mut self, seats: &[usize]) -> Vec<u64> {
        self.say(seats, "Proposes the same.")
    }

    fn say(&mut self, seats: &[usize], words: &str) -> Vec<u64> {
        let mut given = Vec::with_capacity(seats.len());
        for seat in seats {
            given.push(self.next_comment);
            self.comments.push(Added {
                id: self.next_comment,
                author: self.seats.get(*seat).cloned().unwrap_or_default(),
                date: self.date.map(str::to_owned),
                text: words.to_owned(),
            });
            self.next_comment += 1;
        }
        given
    }

    /// Seats that would not have a provision where it stands.
    fn absent(&mut self, place: usize, absent: &[(Absence, Seats)]) {
        for (at, (absence, seats)) in absent.iter().enumerate() {
            let others = match at {
                0 => seats.get(1..).unwrap_or_default(),
                _ => seats,
            };
            let words = match absence {
                Absence::Deleted if at == 0 => "Proposes the same.",
                Absence::Deleted => "Would delete this.",
                Absence::Moved => "Would have this elsewhere.",
                Absence::Merged => "Would have these words in another provision.",
            };
            let comments = self.say(others, words);
            let planned = self.planned(place);
            planned.comments.extend(comments);
            planned.gone = planned.gone.or(seats.first().copied());
        }
    }

    /// Seats that would number a provision otherwise.
    fn shape(
        &mut self,
        (place, from): (usize, usize),
        (text, words, label): (&str, usize, Option<&str>),
        shape: &Shape,
        seats: &Seats,
    ) {
        let wanted = shape.label.as_deref();
        let Some((first, others)) = seats.split_first().filter(|_| wanted != label) else {
            return;
        };
        let head = text.get(from..words).unwrap_or_default();
        let typed = label.and_then(|label| {
            let at = from + head.rfind(label)?;
            Some(at..at + label.len())
        });
        if typed.is_none() && label.is_some() {
            // The word processor counts: a number of its own cannot be proposed as a change.
            let words = match wanted {
                Some(wanted) => format!("Would number this {wanted}"),
                None => "Would not number this.".to_owned(),
            };
            let comments = self.say(seats, &words);
            self.planned(place).comments.extend(comments);
            return;
        }
        let range = typed.unwrap_or(from..from);
        let blank = if label.is_none() { " " } else { "" };
        let cut = Cut {
            gone: (!range.is_empty()).then_some(*first),
            range,
            words: wanted
                .map(|wanted| (*first, format!("{wanted}{blank}")))
                .into_iter()
                .collect(),
            comments: self.same(others),
        };
        self.planned(place).cuts.push(cut);
    }

    fn stretch(&mut self, place: usize, found: &Found, wording: &str, stretch: &Stretch) {
        let Stretch::Open {
            base,
            proposed,
            follows: false,
        } = stretch
        else {
            return;
        };
        let range = found.range(wording, base);
        let (mut words, mut comments) = (Vec::new(), Vec::new());
        for each in proposed {
            let Some((first, others)) = each.seats.split_first() else {
                continue;
            };
            if !each.text.is_empty() {
                words.push((*first, each.text.clone()));
            }
            comments.extend(self.same(others));
        }
        let asks = proposed.iter().find_map(|each| each.seats.first());
        let gone = asks.copied().filter(|_| !range.is_empty());
        self.planned(place).cuts.push(Cut {
            range,
            gone,
            words,
            comments,
        });
    }

    /// The main part with all of it.
    fn write(&mut self, inks: &[Ink]) -> String {
        for planned in self.paragraphs.values_mut() {
            planned
                .cuts
                .sort_by_key(|cut| (cut.range.start, cut.range.end));
        }
        let source = self.side.tree.source();
        let mut out = String::with_capacity(source.len() * 2);
        let mut at = 0;
        let mut starts = self.starts.iter().collect::<Vec<_>>();
        for (number, node) in self.side.nodes.iter().enumerate() {
            let range = self.side.tree.range(*node);
            if range.start < at {
                continue;
            }
            out.push_str(source.get(at..range.start).unwrap_or_default());
            for coming in starts.drain(..) {
                out.push_str(&self.coming(number, coming, inks));
            }
            match self.paragraphs.get(&number) {
                Some(planned) => {
                    out.push_str(&self.paragraph(number, planned, inks));
                    for coming in &planned.after {
                        out.push_str(&self.coming(number, coming, inks));
                    }
                }
                None => out.push_str(self.side.tree.raw(*node)),
            }
            at = range.end;
        }
        out.push_str(source.get(at..).unwrap_or_default());
        out
    }

    fn paragraph(&self, number: usize, planned: &Planned, inks: &[Ink]) -> String {
        let (Some(content), Some(node), Some(first)) = (
            self.side.contents.get(number),
            self.side.nodes.get(number),
            inks.first(),
        ) else {
            return String::new();
        };
        if planned.cuts.is_empty() && planned.gone.is_none() && planned.comments.is_empty() {
            return self.side.tree.raw(*node).to_owned();
        }
        let tree = &self.side.tree;
        let mut writing = Writing {
            tree,
            content,
            inks,
            pen: Pen::new(first),
            leaf: 0,
        };
        comment_starts(&planned.comments, &mut writing.pen);
        let mut at = 0;
        for cut in &planned.cuts {
            let range = cut.range.start.max(at)..cut.range.end.max(at);
            writing.base(at..range.start, planned.gone);
            comment_starts(&cut.comments, &mut writing.pen);
            writing.base(range.clone(), planned.gone.or(cut.gone));
            for (seat, words) in &cut.words {
                writing.words(*seat, words, range.start);
            }
            comment_ends(&cut.comments, &mut writing.pen);
            at = range.end;
        }
        writing.base(at..content.text.len() + 1, planned.gone);
        comment_ends(&planned.comments, &mut writing.pen);
        let sign = planned.gone.filter(|_| self.goes_on(*node));
        let sign = sign.and_then(|seat| inks.get(seat));
        let sign = sign.map_or(String::new(), |ink| format!("{}/>", ink.tag(Mark::Deleted)));
        let open = tree.open(*node);
        let open = open
            .strip_suffix("/>")
            .or(open.strip_suffix('>'))
            .unwrap_or(open);
        format!(
            "{open}>{}{}</w:p>",
            signed(tree, *node, &sign, &|_| true),
            writing.pen.finish()
        )
    }

    /// Whether another paragraph follows, so that the mark of this one can go.
    fn goes_on(&self, node: usize) -> bool {
        let after = self.side.tree.within(node).end;
        (after..after + 8)
            .map(|next| self.side.tree.name(next))
            .find(|name| !name.is_empty())
            .is_some_and(|name| name == "w:p")
    }

    /// A paragraph that a seat would have, with the look of one beside it.
    fn coming(&self, beside: usize, coming: &Coming, inks: &[Ink]) -> String {
        let (Some(ink), Some(node), Some(content)) = (
            inks.get(coming.seat),
            self.side.nodes.get(beside),
            self.side.contents.get(beside),
        ) else {
            return String::new();
        };
        let tree = &self.side.tree;
        let mut pen = Pen::new(ink);
        comment_starts(&coming.comments, &mut pen);
        let like = content.leaves.iter().find(|leaf| leaf.sort == Sort::Text);
        pen.words_of(tree, like.and_then(|leaf| leaf.run), &coming.text);
        comment_ends(&coming.comments, &mut pen);
        let sign = format!("{}/>", ink.tag(Mark::Inserted));
        // A number of its own the word processor would count; this paragraph bears the one that is proposed.
        let kept = |name: &str| !matches!(name, "w:numPr" | "w:sectPr");
        format!(
            "<w:p>{}{}</w:p>",
            signed(tree, *node, &sign, &kept),
            pen.finish()
        )
    }
}

fn comment_starts(comments: &[u64], pen: &mut Pen<'_>) {
    for id in comments {
        pen.raw(&format!("<w:commentRangeStart w:id=\"{id}\"/>"));
    }
}

fn comment_ends(comments: &[u64], pen: &mut Pen<'_>) {
    for id in comments {
        pen.raw(&format!(
            "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
        ));
    }
}

/// The properties of a paragraph, with what is said of its mark.
fn signed(tree: &Tree<'_>, node: usize, sign: &str, kept: &dyn Fn(&str) -> bool) -> String {
    let own = tree.child(node, "w:pPr");
    let (mut before, mut after) = (String::new(), String::new());
    let mut mark = format!("<w:rPr>{sign}</w:rPr>");
    if sign.is_empty() {
        mark.clear();
    }
    for child in own.into_iter().flat_map(|own| tree.children(own)) {
        match tree.name(child) {
            "w:rPr" => {
                let open = tree
                    .open(child)
                    .trim_end_matches("/>")
                    .trim_end_matches('>');
                mark = format!("{open}>{sign}{}</w:rPr>", tree.inner(child));
            }
            name if !kept(name) => {}
            "w:sectPr" | "w:pPrChange" => after.push_str(tree.raw(child)),
            _ => before.push_str(tree.raw(child)),
        }
    }
    match before.is_empty() && mark.is_empty() && after.is_empty() {
        true => String::new(),
        false => format!("<w:pPr>{before}{mark}{after}</w:pPr>"),
    }
}

/// A paragraph of the base as far as it is written.
struct Writing<'w, 's> {
    tree: &'w Tree<'s>,
    content: &'w Content,
    inks: &'w [Ink],
    pen: Pen<'w>,
    leaf: usize,
}

impl Writing<'_, '_> {
    /// A stretch of the base, which a seat would have gone.
    fn base(&mut self, range: Range<usize>, gone: Option<usize>) {
        let mark = match gone.and_then(|seat| self.inks.get(seat)) {
            Some(ink) => {
                self.pen.hand_to(ink);
                Mark::Deleted
            }
            None => Mark::None,
        };
        while let Some(leaf) = self.content.leaves.get(self.leaf) {
            if leaf.text.start >= range.end {
                break;
            }
            let (from, to) = (
                leaf.text.start.max(range.start),
                leaf.text.end.min(range.end),
            );
            if leaf.text.is_empty() || from < to {
                self.pen
                    .new_leaf(self.tree, self.content, leaf, mark, (from, to));
            }
            if leaf.text.end > range.end {
                break;
            }
            self.leaf += 1;
        }
    }

    fn words(&mut self, seat: usize, words: &str, near: usize) {
        let Some(ink) = self.inks.get(seat) else {
            return;
        };
        self.pen.hand_to(ink);
        let mut text = self
            .content
            .leaves
            .iter()
            .filter(|leaf| leaf.sort == Sort::Text);
        let like = text
            .clone()
            .rfind(|leaf| leaf.text.start <= near)
            .or_else(|| text.next());
        self.pen
            .words_of(self.tree, like.and_then(|leaf| leaf.run), words);
    }
}

/// Where the words of a provision stand in the text of its paragraph: blanks aside they are the same letters.
struct Found {
    /// The places of the letters of the wording that are no blanks, start and end.
    letters: Vec<(usize, usize)>,
}

impl Found {
    /// Looks behind `from`; a wording that is not there is taken to be the whole of the rest.
    fn of(text: &str, from: usize, wording: &str) -> Found {
        let rest = text.get(from..).unwrap_or_default();
        let solid = rest
            .char_indices()
            .filter(|(_, letter)| !letter.is_whitespace() && !is_object(*letter))
            .map(|(at, letter)| (from + at, letter))
            .collect::<Vec<_>>();
        let wanted: Vec<char> = wording.chars().filter(|c| !c.is_whitespace()).collect();
        let at = solid
            .windows(wanted.len().max(1))
            .position(|window| window.iter().map(|(_, letter)| letter).eq(wanted.iter()));
        let own = match at {
            Some(at) => solid.get(at..at + wanted.len()).unwrap_or_default(),
            None => &solid,
        };
        let letters = own.iter().map(|(at, letter)| (*at, at + letter.len_utf8()));
        Found {
            letters: letters.collect(),
        }
    }

    fn start(&self) -> usize {
        self.letters.first().map_or(0, |(start, _)| *start)
    }

    fn end(&self) -> usize {
        self.letters.last().map_or(0, |(_, end)| *end)
    }

    /// The stretch of the paragraph that is this stretch of the wording.
    fn range(&self, wording: &str, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let before = wording.get(..at).unwrap_or_default();
            let solid = before.chars().filter(|c| !c.is_whitespace()).count();
            if before.is_empty() || before.ends_with(char::is_whitespace) {
                let next = self.letters.get(solid);
                next.map_or(self.end(), |(start, _)| *start)
            } else {
                let last = self.letters.get(solid.saturating_sub(1));
                last.map_or(self.end(), |(_, end)| *end)
            }
        };
        let (start, end) = (place(range.start), place(range.end));
        start..end.max(start)
    }
}
