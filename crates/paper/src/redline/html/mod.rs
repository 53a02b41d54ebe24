//! The redline as one HTML page: it asks the network for nothing, reads on a screen, by ear and on paper.
//!
//! The whole new text stands on the page, so that every change is read in its place; what is gone stands at its old
//! place. Colour never says anything alone: what is new is underlined, what is gone struck through, and both are
//! announced to who listens.

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use onetext_text::{PairKind, ProvisionKind, Redline, RedlinePair};

use super::telling::{self, Bracketed, Piece};
use super::{Choice, Sides};

pub use speech::{English, Phrase, Speech};

mod speech;

/// The deepest level that is set in further than the one above it.
const DEEPEST: usize = 6;

/// The page: self-contained, for screen and paper.
#[must_use]
pub fn html(redline: &Redline, sides: &Sides<'_>, choice: &Choice) -> String {
    Sheet::of(redline, sides, choice, &English)
        .page()
        .into_string()
}

/// How the page looks, for who serves its parts.
pub const STYLE: &str = include_str!("style.css");

/// The keys for the next and the previous change, for who serves its parts.
pub const STEPS: &str = include_str!("steps.js");

/// The list of changes and the text, for a page that has a head, a legend and steps of its own, in its language. It needs
/// [`STYLE`], and [`STEPS`] at the end of the page. How many changes there are is handed back beside it.
#[must_use]
pub fn html_columns(
    redline: &Redline,
    sides: &Sides<'_>,
    choice: &Choice,
    speech: &dyn Speech,
) -> (usize, String) {
    let sheet = Sheet::of(redline, sides, choice, speech);
    let changes = sheet.changes();
    (changes.len(), sheet.columns(&changes).into_string())
}

/// The difference of two wordings by themselves, to stand in a paragraph of somebody's page, set as [`html_columns`] sets
/// it.
#[must_use]
pub fn html_of_words(old: &str, new: &str, speech: &dyn Speech) -> String {
    let runs = onetext_text::redline_of_words(old, new);
    let pieces = telling::pieces_of(&runs);
    let kind = PairKind::Edited;
    markup! { @for piece in &pieces { (run(speech, piece, kind)) } }.into_string()
}

struct Sheet<'a> {
    redline: &'a Redline,
    sides: &'a Sides<'a>,
    speech: &'a dyn Speech,
    /// For each pair whether it stands on the page.
    shown: Vec<bool>,
    /// For each pair, the moved pairs whose old place is right after it; the last entry is the start of the text.
    ghosts: Vec<Vec<usize>>,
}

impl<'a> Sheet<'a> {
    fn of(
        redline: &'a Redline,
        sides: &'a Sides<'a>,
        choice: &Choice,
        speech: &'a dyn Speech,
    ) -> Sheet<'a> {
        Sheet {
            redline,
            sides,
            speech,
            shown: choice.of(&redline.pairs),
            ghosts: telling::ghosts(redline),
        }
    }
}

impl Sheet<'_> {
    fn changes(&self) -> Vec<usize> {
        (0..self.redline.pairs.len())
            .filter(|place| self.shown[*place] && telling::is_change(&self.redline.pairs[*place]))
            .collect()
    }

    fn page(&self) -> Markup {
        let changes = self.changes();
        let title = format!("{} → {}", self.sides.old_name, self.sides.new_name);
        markup! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(crate::state::GENERATOR);
                    title { "Redline: " (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a class="skip" href="#text" { "Skip to the text" }
                    (self.inside(&changes))
                    script { (PreEscaped(STEPS)) }
                }
            }
        }
    }

    fn inside(&self, changes: &[usize]) -> Markup {
        markup! {
            header {
                p class="kicker" { "Redline" }
                h1 dir="auto" { (self.sides.old_name) " " span aria-label="to" { "→" } " " (self.sides.new_name) }
                p class="lead" { (telling::in_words(self.redline, self.sides)) }
                p class="small" {
                    (telling::extent(self.sides.old)) " before, " (telling::extent(self.sides.new)) " now. "
                    (telling::words(self.redline)) "."
                    @if let Some(brackets) = telling::brackets(self.redline) { " " (brackets) "." }
                    @if self.redline.coarse() { " " (telling::COARSE) }
                }
                (legend())
            }
            (bar(changes.len()))
            (self.columns(changes))
        }
    }

    fn columns(&self, changes: &[usize]) -> Markup {
        markup! {
            div class="columns" {
                (self.list(changes))
                main id="text" { (self.pairs()) }
            }
        }
    }

    fn say(&self, phrase: Phrase) -> Markup {
        self.speech.say(phrase, &[])
    }

    fn kinds(&self, pair: &RedlinePair) -> Markup {
        let edited = matches!(
            pair.kind,
            PairKind::Moved | PairKind::Split | PairKind::Merged
        );
        self.say(Phrase::Kind(pair.kind, edited && pair.edited))
    }

    fn numbers(&self, names: &[String]) -> Markup {
        markup! { bdi { (names.join(" · ")) } }
    }

    fn pairs(&self) -> Markup {
        markup! {
            (self.ghosts_after(self.redline.pairs.len()))
            @for (place, pair) in self.redline.pairs.iter().enumerate() {
                @if self.shown[place] { (self.pair(place, pair)) }
                (self.ghosts_after(place))
            }
        }
    }

    /// All changes, each a link to its place.
    fn list(&self, changes: &[usize]) -> Markup {
        markup! {
            nav class="list" aria-label=(plain(&self.say(Phrase::List))) {
                details open {
                    summary { (self.say(Phrase::Changes(changes.len()))) }
                    @if changes.is_empty() { p { (self.say(Phrase::Nothing)) } }
                    ol {
                        @for place in changes {
                            @let pair = &self.redline.pairs[*place];
                            li { a href=(format!("#p{place}")) {
                                bdi class="numbers" { (telling::numbers(pair)) } " "
                                span class=(format!("kind {}", telling::kind(pair.kind))) { (self.kinds(pair)) }
                            } }
                        }
                    }
                }
            }
        }
    }

    /// Marks the old place of what moved away from here.
    fn ghosts_after(&self, place: usize) -> Markup {
        markup! {
            @for moved in self.ghosts.get(place).into_iter().flatten().filter(|moved| self.shown[**moved]) {
                @let pair = &self.redline.pairs[*moved];
                p class="ghost" id=(format!("from{moved}")) {
                    (self.speech.say(Phrase::StoodHere, &[
                        self.numbers(&pair.old),
                        markup! { a href=(format!("#p{moved}")) { (self.numbers(&pair.new)) } },
                    ]))
                }
            }
        }
    }

    fn pair(&self, place: usize, pair: &RedlinePair) -> Markup {
        let change = telling::is_change(pair);
        let (draft, index) = match (pair.new_index.first(), pair.old_index.first()) {
            (Some(index), _) => (self.sides.new, *index),
            (None, index) => (self.sides.old, index.copied().unwrap_or(0)),
        };
        let provision = &draft.provisions()[index];
        let heading = matches!(
            provision.kind,
            ProvisionKind::Heading | ProvisionKind::Title
        );
        let class = format!(
            "pair {}{}{} d{}",
            telling::kind(pair.kind),
            if change { " change" } else { "" },
            if heading { " heading" } else { "" },
            provision.depth.min(DEEPEST)
        );
        let label = provision.label.as_ref().map(|label| label.printed.as_str());
        let numbers = telling::numbers(pair);
        markup! {
            article class=(class) id=(format!("p{place}")) tabindex=[change.then_some("-1")]
                aria-label=[change.then(|| format!("{numbers}: {}", plain(&self.kinds(pair))))] {
                div class="number" {
                    @if let Some(label) = label { bdi { (label) } }
                }
                div class="body" {
                    @if change { p class="fate" {
                        (self.fate(place, pair))
                        (self.brackets(pair))
                    } }
                    @if !pair.runs.is_empty() {
                        p class="wording" dir="auto" lang="" {
                            @for piece in telling::pieces(pair, self.sides) { (run(self.speech, &piece, pair.kind)) }
                        }
                    }
                }
            }
        }
    }

    /// What became of the provision, with a link to where it stood.
    fn fate(&self, place: usize, pair: &RedlinePair) -> Markup {
        let old = || self.numbers(&pair.old);
        let new = || self.numbers(&pair.new);
        let at = || markup! { a href=(format!("#from{place}")) { (old()) } };
        markup! {
            span class=(format!("kind {}", telling::kind(pair.kind))) { (self.kinds(pair)) }
            @match pair.kind {
                PairKind::Moved if pair.new.len() > 1 => { " " (self.speech.say(Phrase::FromInto, &[at(), new()])) }
                PairKind::Moved => { " " (self.speech.say(Phrase::From, &[at()])) }
                PairKind::Split => { " " (self.speech.say(Phrase::FromInto, &[old(), new()])) }
                PairKind::Merged => { " " (self.speech.say(Phrase::From, &[old()])) }
                PairKind::Renumbered | PairKind::Edited if pair.old != pair.new => { ", " (self.speech.say(Phrase::Was, &[old()])) }
                PairKind::Renumbered => { ": " (self.say(Phrase::OtherHeading)) }
                PairKind::Deleted => { ", " (self.speech.say(Phrase::Was, &[old()])) }
                _ => {}
            }
        }
    }

    /// What became of its brackets.
    fn brackets(&self, pair: &RedlinePair) -> Markup {
        let Some(told) = telling::bracketed(pair) else {
            return Markup::default();
        };
        let said: Vec<Markup> = match told {
            Bracketed::Replaced(words) => {
                vec![
                    self.speech
                        .say(Phrase::ReplacedBy, &[markup! { bdi { (words) } }]),
                ]
            }
            Bracketed::Counts([opened, closed, added, dropped]) => [
                Phrase::Opened(opened),
                Phrase::Closed(closed),
                Phrase::Added(added),
                Phrase::Dropped(dropped),
            ]
            .into_iter()
            .zip([opened, closed, added, dropped])
            .filter(|(_, count)| *count > 0)
            .map(|(phrase, _)| self.say(phrase))
            .collect(),
        };
        markup! { @for (place, words) in said.iter().enumerate() { @if place == 0 { ": " } @else { " · " } (words) } }
    }
}

/// One piece of a redline, told in a language.
fn run(speech: &dyn Speech, piece: &Piece<'_>, kind: PairKind) -> Markup {
    let bare = |phrase: Phrase| speech.say(phrase, &[]);
    // What is announced to who listens is in the language of the page, the words in that of the text.
    let aloud = |words: Markup| markup! { span class="aloud" { "[" (words) ": " } };
    let end = || markup! { span class="aloud" { "] " } };
    match *piece {
        Piece::Kept(text) => markup! { (text) },
        Piece::Adapted { text, old } => {
            let was = speech.say(Phrase::Was, &[markup! { (old.trim()) }]);
            markup! {
                span class="adapted" title=(plain(&was)) { (text.trim_end()) span class="aloud" { " (" (was) ")" } }
                (&text[text.trim_end().len()..])
            }
        }
        // A provision that is gone or new as a whole is announced by its own words.
        Piece::Gone(text) if kind == PairKind::Deleted => markup! { del { (text) } },
        Piece::Come(text) if kind == PairKind::Inserted => markup! { ins { (text) } },
        Piece::Gone(text) => {
            markup! { del { (aloud(bare(Phrase::AloudGone))) (text) (end()) } }
        }
        Piece::Come(text) => {
            markup! { ins { (aloud(bare(Phrase::AloudCome))) (text) (end()) } }
        }
        Piece::MovedAway(text) => {
            markup! { del class="moved" { (aloud(bare(Phrase::AloudMovedAway))) (text) (end()) } }
        }
        Piece::MovedHere(text) => {
            markup! { ins class="moved" { (aloud(bare(Phrase::AloudMovedHere))) (text) (end()) } }
        }
        Piece::Joint { path, new: true } => {
            markup! { br; span class="joint" { bdi { (path) } } " " }
        }
        Piece::Joint { path, new: false } => {
            markup! { " " span class="joint" { (speech.say(Phrase::From, &[markup! { bdi { (path) } }])) } " " }
        }
    }
}

/// A phrase where no markup can stand; it has none but for what sets names apart, and signs that were escaped for markup.
fn plain(said: &Markup) -> String {
    let bare = said.0.replace("<bdi>", "").replace("</bdi>", "");
    let bare = bare.replace("&lt;", "<").replace("&gt;", ">");
    bare.replace("&quot;", "\"").replace("&amp;", "&")
}

fn legend() -> Markup {
    markup! {
        dl class="legend" aria-label="Legend" {
            div { dt { ins { "new words" } } dd { "inserted" } }
            div { dt { del { "old words" } } dd { "deleted" } }
            div { dt { ins class="moved" { "words" } } dd { "moved to here, inside the provision" } }
            div { dt { del class="moved" { "words" } } dd { "moved from here" } }
            div { dt { span class="adapted" { "point 15" } } dd { "a reference that follows its target, or only the case of letters: point at it for what it was" } }
        }
    }
}

/// Next and previous change, and where one is.
fn bar(changes: usize) -> Markup {
    markup! {
        div class="bar" role="region" aria-label="Steps through the changes" {
            button type="button" id="previous" { "← Previous " kbd { "p" } }
            button type="button" id="next" { "Next " kbd { "n" } " →" }
            output id="position" aria-live="polite" { (changes) @if changes == 1 { " change" } @else { " changes" } }
            label { input type="checkbox" id="only"; " changes only" }
            label { input type="checkbox" id="beside"; " side by side" }
            label { input type="checkbox" id="letters" checked; " keys " kbd { "n" } " " kbd { "p" } }
        }
    }
}
