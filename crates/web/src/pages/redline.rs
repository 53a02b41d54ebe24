//! The redline of any two drafts that a seat was given.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use maud::{PreEscaped, html};
use onetext_desk::Cut;
use onetext_paper::redline::{Choice, Sides, html_inside};
use serde::Deserialize;

use super::{Page, part};
use crate::fault::Fault;
use crate::{Visitor, Workbench, blocking};

#[derive(Deserialize)]
pub(crate) struct Two {
    old: String,
    new: String,
}

pub(crate) async fn chosen(Query(two): Query<Two>) -> Redirect {
    Redirect::to(&format!("/redline/{}/{}", part(&two.old), part(&two.new)))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Path((old, new)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let found =
            onetext_desk::between(&view.books, &view.viewer, &Cut::default(), (&old, &new))?;
        let sides = Sides {
            old_name: &found.old_name,
            new_name: &found.new_name,
            old: &found.old,
            new: &found.new,
        };
        // What became of each provision is told in English so far.
        let told = html_inside(&found.redline, &sides, &Choice::default());
        let body = html! { div lang="en" dir="ltr" { (PreEscaped(told)) } };
        let page = Page {
            title: &visitor.words().say_with(
                "redline-title",
                &[("old", old.as_str().into()), ("new", new.as_str().into())],
            ),
            style: "redline.css",
            here: "",
            live: false,
        };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}
