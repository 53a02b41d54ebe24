//! The files that pages need: styles, two small scripts, an icon. They say nothing of a process.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::fault::Fault;

pub(crate) async fn file(Path(name): Path<String>) -> Response {
    let (kind, bytes) = match name.as_str() {
        "state.css" => ("text/css; charset=utf-8", onetext_paper::state::STYLE),
        "redline.css" => ("text/css; charset=utf-8", onetext_paper::redline::STYLE),
        "workbench.css" => (
            "text/css; charset=utf-8",
            include_str!("../../assets/workbench.css"),
        ),
        "drafting.css" => (
            "text/css; charset=utf-8",
            include_str!("../../assets/drafting.css"),
        ),
        "drafting.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../assets/drafting.js"),
        ),
        "steps.js" => (
            "text/javascript; charset=utf-8",
            onetext_paper::redline::STEPS,
        ),
        "live.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../assets/live.js"),
        ),
        "icon.svg" => ("image/svg+xml", include_str!("../../assets/icon.svg")),
        _ => return Fault::nothing().into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, bytes).into_response()
}
