//! A draft, to be read: the text in one column, the positions on its points in the margin.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Html;
use maud::html;
use onetext_desk::Cut;
use onetext_paper::state::{class, words};
use onetext_talks::ProvisionStatus;
use onetext_text::ProvisionKind;

use super::{Page, part, seat_name};
use crate::fault::Fault;
use crate::{Visitor, Workbench, blocking, terms};

fn by_path<'s>(
    provisions: &'s [Arc<ProvisionStatus>],
    into: &mut BTreeMap<&'s str, &'s ProvisionStatus>,
) {
    for provision in provisions {
        into.insert(&provision.path, provision);
        by_path(&provision.children, into);
    }
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let drafts = onetext_desk::readable(&view.books, &view.viewer, &Cut::default())?;
        let draft = drafts.iter().find(|draft| draft.id.as_str() == id).ok_or_else(Fault::nothing)?;
        let status = &view.play.status;
        let text = status.texts.iter().find(|text| text.id == draft.text);
        let latest = text.filter(|text| text.latest.as_ref() == Some(&draft.id) && words::counted(text));
        let mut states = BTreeMap::new();
        if let Some(text) = latest {
            by_path(&text.provisions, &mut states);
        }
        let w = visitor.words();
        let body = html! {
            main {
                p class="kicker" { (w.say("draft-kicker")) }
                h1 dir="auto" { (text.map_or(draft.text.as_str(), |text| if text.title.is_empty() { text.id.as_str() } else { &text.title })) ": " (draft.id) }
                @if latest.is_none() { p class="small" { (w.say("draft-earlier")) } }
                div class="reading" { @for provision in draft.issued.draft.provisions() {
                    @let heading = matches!(provision.kind, ProvisionKind::Title | ProvisionKind::Heading);
                    div class=(if heading { "line head" } else { "line" }) id=(format!("p-{}", provision.path)) {
                        div class="label-of" { @if let Some(label) = &provision.label { bdi { (label.printed) } } }
                        p dir="auto" { (provision.wording) }
                        div class="margin" { @if let Some(state) = states.get(provision.path.as_str()).filter(|state| state.point || state.brackets > 0) {
                            a href=(format!("/point?subject={}", part(&format!("{}#{}", draft.text, state.path)))) { span aria-hidden="true" { (words::status_sign(state.status)) } " " (terms::status(w, state.status)) }
                            @for (seat, cell) in &state.stances { span class=(format!("label {}", class(words::cell_tone(cell)))) { bdi { (seat_name(status, seat.as_str())) } ": " (terms::cell(w, cell, true)) } }
                        } }
                    }
                } }
            }
        };
        let page = Page { title: &id, style: "state.css", here: "", live: true };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}
