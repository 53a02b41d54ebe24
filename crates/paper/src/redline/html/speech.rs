//! What the page of a redline says of its own, phrase by phrase, so that who serves its parts can say it in another language.

use maud::{Markup, html as markup};
use onetext_text::PairKind;

/// A phrase of the page. What stands in it (numbers of provisions, links to them) is handed beside it, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// The name of the list of changes.
    List,
    /// The heading of the list, with how many there are.
    Changes(usize),
    /// There are none.
    Nothing,
    /// What became of a provision, in a word, and whether it was edited too.
    Kind(PairKind, bool),
    /// Where something stood: its old numbers, its new ones.
    StoodHere,
    /// From where: old numbers.
    From,
    /// From where and into what: old numbers, new ones.
    FromInto,
    /// What it was: old numbers.
    Was,
    /// A heading came or went above it.
    OtherHeading,
    /// Words in place of all others: the new words.
    ReplacedBy,
    /// So many brackets opened.
    Opened(usize),
    /// So many brackets closed.
    Closed(usize),
    /// So many alternatives came.
    Added(usize),
    /// So many alternatives went.
    Dropped(usize),
    /// Aloud: words that are gone begin.
    AloudGone,
    /// Aloud: words that are new begin.
    AloudCome,
    /// Aloud: words that moved away begin.
    AloudMovedAway,
    /// Aloud: words that moved here begin.
    AloudMovedHere,
}

/// Says the phrases of the page.
pub trait Speech {
    /// A phrase, with what stands in it.
    fn say(&self, phrase: Phrase, parts: &[Markup]) -> Markup;
}

/// The page in English.
#[derive(Debug, Clone, Copy)]
pub struct English;

impl Speech for English {
    fn say(&self, phrase: Phrase, parts: &[Markup]) -> Markup {
        let part = |place: usize| markup! { @if let Some(part) = parts.get(place) { (part) } };
        let counted = |count: usize, one: &str, did: &str| {
            let ending = if count == 1 { "" } else { "s" };
            markup! { (count) " " (one) (ending) " " (did) }
        };
        match phrase {
            Phrase::List => markup! { "List of changes" },
            Phrase::Changes(count) => markup! { "Changes (" (count) ")" },
            Phrase::Nothing => markup! { "None." },
            Phrase::Kind(kind, edited) => {
                let word = super::super::telling::kind(kind);
                markup! { (word) @if edited { " and edited" } }
            }
            Phrase::StoodHere => markup! { (part(0)) " stood here; it moved to " (part(1)) "." },
            Phrase::From => markup! { "from " (part(0)) },
            Phrase::FromInto => markup! { "from " (part(0)) " into " (part(1)) },
            Phrase::Was => markup! { "was " (part(0)) },
            Phrase::OtherHeading => markup! { "it stands under another heading" },
            Phrase::ReplacedBy => markup! { "all of it replaced by " (part(0)) },
            Phrase::Opened(count) => counted(count, "bracket", "opened"),
            Phrase::Closed(count) => counted(count, "bracket", "closed"),
            Phrase::Added(count) => counted(count, "alternative", "added"),
            Phrase::Dropped(count) => counted(count, "alternative", "dropped"),
            Phrase::AloudGone => markup! { "deleted" },
            Phrase::AloudCome => markup! { "inserted" },
            Phrase::AloudMovedAway => markup! { "moved from here" },
            Phrase::AloudMovedHere => markup! { "moved to here" },
        }
    }
}
