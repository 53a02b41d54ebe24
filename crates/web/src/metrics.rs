//! How the workbench is doing, for whoever runs the host: requests by route and answer, how long they took, and how many pages wait
//! for news. Routes stand as the table has them, with their parts in braces: no name and no word of a process is in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::fault::Fault;
use crate::tls::Source;
use crate::{Workbench, blocking};

/// Up to how many microseconds each step of the histogram counts.
const STEPS: [u64; 9] = [
    5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000,
];

#[derive(Debug, Default, Clone)]
struct Counted {
    within: [u64; STEPS.len()],
    count: u64,
    micros: u64,
}

/// What was counted since the workbench began.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    answers: Mutex<BTreeMap<(String, String, u16), Counted>>,
    streams: AtomicU64,
}

/// A page that waits for news, as long as it is held.
#[derive(Debug)]
pub(crate) struct Waiting(Arc<Workbench>);

impl Waiting {
    pub(crate) fn on(bench: &Arc<Workbench>) -> Waiting {
        bench.metrics.streams.fetch_add(1, Ordering::Relaxed);
        Waiting(Arc::clone(bench))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.metrics.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    fn count(&self, of: (String, String, u16), micros: u64) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = answers.entry(of).or_default();
        counted.count += 1;
        counted.micros = counted.micros.saturating_add(micros);
        for (step, within) in STEPS.iter().zip(&mut counted.within) {
            *within += u64::from(micros <= *step);
        }
    }

    /// As Prometheus reads them.
    fn text(&self) -> String {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::new();
        // Writing into a string cannot fail.
        let _ = writeln!(
            out,
            "# HELP onetext_request_seconds How long requests took.\n# TYPE onetext_request_seconds histogram"
        );
        for ((method, route, status), counted) in answers.iter() {
            let of = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (step, within) in STEPS.iter().zip(counted.within) {
                let step = *step as f64 / 1e6;
                let _ = writeln!(
                    out,
                    "onetext_request_seconds_bucket{{{of},le=\"{step}\"}} {within}"
                );
            }
            let (count, sum) = (counted.count, counted.micros as f64 / 1e6);
            let _ = writeln!(
                out,
                "onetext_request_seconds_bucket{{{of},le=\"+Inf\"}} {count}\n\
                 onetext_request_seconds_sum{{{of}}} {sum}\n\
                 onetext_request_seconds_count{{{of}}} {count}"
            );
        }
        let _ = writeln!(
            out,
            "# HELP onetext_waiting_pages Pages that wait for news.\n# TYPE onetext_waiting_pages gauge\n\
             onetext_waiting_pages {}",
            self.streams.load(Ordering::Relaxed)
        );
        out
    }
}

/// Around every route: what was asked, how it was answered, and how long it took.
pub(crate) async fn counted(
    State(bench): State<Arc<Workbench>>,
    request: Request,
    next: Next,
) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("none", |path| path.as_str()).to_owned();
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "DELETE") => known,
        _ => "other",
    };
    let (method, begun) = (method.to_owned(), bench.now());
    let answer = next.run(request).await;
    let took = u64::try_from(bench.now().saturating_sub(begun)).unwrap_or_default();
    bench
        .metrics
        .count((method, route, answer.status().as_u16()), took);
    answer
}

/// Whether a request comes from this computer itself, and not through something that carries others'.
fn is_from_here(request: &Request) -> bool {
    let from = request.extensions().get::<ConnectInfo<Source>>();
    let loopback = |ip: IpAddr| ip.to_canonical().is_loopback();
    let carried = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
    from.is_none_or(|from| loopback(from.0.0.ip()))
        && !carried
            .iter()
            .any(|name| request.headers().contains_key(*name))
}

const PLAIN: [(header::HeaderName, &str); 1] = [(
    header::CONTENT_TYPE,
    "text/plain; version=0.0.4; charset=utf-8",
)];

/// The counts, for this computer alone.
pub(crate) async fn metrics(State(bench): State<Arc<Workbench>>, request: Request) -> Response {
    match is_from_here(&request) {
        true => (PLAIN, bench.metrics.text()).into_response(),
        false => Fault::nothing().into_response(),
    }
}

/// Whether the record can be read, for this computer alone.
pub(crate) async fn health(State(bench): State<Arc<Workbench>>, request: Request) -> Response {
    if !is_from_here(&request) {
        return Fault::nothing().into_response();
    }
    match blocking(move || Ok(bench.office().look()?)).await {
        Ok(()) => (PLAIN, "ok\n").into_response(),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            PLAIN,
            "the record cannot be read\n",
        )
            .into_response(),
    }
}
