//! What the pages of drafting share: the texts that a seat issues, and words for positions, answers and leave to use.

use maud::{Markup, html};
use onetext_desk::{Cut, ReadableDraft};
use onetext_paper::state::words;
use onetext_talks::{Outcome, ReleaseClass, TextStatus};

use super::part;
use crate::Visitor;
use crate::fault::Fault;
use crate::office::{SheetError, View};
use crate::words::Words;

/// What can become of feedback, as an act has it, and the key of its word.
pub(crate) const OUTCOMES: [(&str, &str); 4] = [
    ("taken", "merge-taken"),
    ("partly", "merge-partly"),
    ("not-taken", "merge-not-taken"),
    ("deferred", "merge-deferred"),
];

pub(crate) fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Taken => "merge-taken",
        Outcome::Partly => "merge-partly",
        Outcome::NotTaken => "merge-not-taken",
        Outcome::Deferred => "merge-deferred",
    }
}

pub(crate) fn release_key(class: Option<ReleaseClass>) -> &'static str {
    match class {
        None => "merge-release-default",
        Some(ReleaseClass::Hold) => "merge-release-hold",
        Some(ReleaseClass::Use) => "merge-release-use",
        Some(ReleaseClass::Pass) => "merge-release-pass",
        Some(ReleaseClass::Publish) => "merge-release-publish",
    }
}

/// The texts that a seat issues and of which there is a draft, in the order of lists.
pub(crate) fn texts_of_mine<'v>(view: &'v View, visitor: &Visitor) -> Vec<&'v TextStatus> {
    let texts = words::in_order(&view.play.status.texts).into_iter();
    let mine = texts.filter(|text| text.issuer.as_str() == visitor.seat());
    mine.filter(|text| text.latest.is_some()).collect()
}

/// One of them by its name; the first without one.
pub(crate) fn text_of_mine<'v>(
    view: &'v View,
    visitor: &Visitor,
    name: &str,
) -> Option<&'v TextStatus> {
    let mut mine = texts_of_mine(view, visitor).into_iter();
    match name {
        "" => mine.next(),
        name => mine.find(|text| text.id.as_str() == name),
    }
}

/// A draft of a text by its name, with what it says.
pub(crate) fn named(
    view: &View,
    text: &TextStatus,
    draft: &str,
) -> Result<Option<ReadableDraft>, Fault> {
    let drafts = onetext_desk::readable(&view.books, &view.viewer, &Cut::default())?;
    let mut drafts = drafts.into_iter();
    Ok(drafts.find(|own| own.text == text.id && own.id.as_str() == draft))
}

/// The latest draft of a text, with what it says.
pub(crate) fn latest(view: &View, text: &TextStatus) -> Result<Option<ReadableDraft>, Fault> {
    let drafts = onetext_desk::readable(&view.books, &view.viewer, &Cut::default())?;
    let mut drafts = drafts.into_iter();
    Ok(drafts.find(|draft| draft.text == text.id && Some(&draft.id) == text.latest.as_ref()))
}

pub(crate) fn title(text: &TextStatus) -> &str {
    match text.title.is_empty() {
        true => text.id.as_str(),
        false => &text.title,
    }
}

/// The other texts that a seat issues, where there are several.
pub(crate) fn switch(view: &View, visitor: &Visitor, here: &TextStatus) -> Markup {
    let all = texts_of_mine(view, visitor);
    let w = visitor.words();
    html! { @if all.len() > 1 {
        nav class="filters" aria-label=(w.say("merge-texts")) { div class="set" { @for text in all {
            a href=(format!("/merge?text={}", part(text.id.as_str()))) aria-current=[(text.id == here.id).then_some("true")] dir="auto" { (title(text)) }
        } } }
    } }
}

/// The first words of a wording, for a list.
pub(crate) fn first_words(wording: &str) -> String {
    const ENOUGH: usize = 44;
    let plain = onetext_desk::one_paragraph(wording);
    match plain.char_indices().nth(ENOUGH) {
        Some((at, _)) => format!("{}…", plain.get(..at).unwrap_or_default().trim_end()),
        None => plain,
    }
}

/// Drafts that were issued and that nobody else has been given.
pub(crate) fn working(w: Words, text: &TextStatus) -> Markup {
    html! { @for draft in text.drafts.iter().filter(|draft| draft.working) {
        p class="notice" { (w.say_with("merge-working", &[("draft", draft.id.as_str().into())])) " "
            a href=(format!("/circulate?draft={}", part(draft.id.as_str()))) { (w.say("merge-circulate")) } }
    } }
}

impl From<SheetError> for Fault {
    fn from(error: SheetError) -> Fault {
        use axum::http::StatusCode;
        match error {
            SheetError::TooLarge => Fault::told(
                StatusCode::PAYLOAD_TOO_LARGE,
                "fault-too-long",
                "fault-too-long-hint",
            ),
            _ => Fault::told(
                StatusCode::INTERNAL_SERVER_ERROR,
                "fault-made",
                "fault-made-hint",
            ),
        }
    }
}
