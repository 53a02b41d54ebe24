//! Taking connections. Who sends slowly, or holds many connections open, takes only a share: one address its own, and everything
//! that is begun must come to an end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::serve::Listener;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tower::Layer as _;

use crate::Workbench;
use crate::fault::Fault;
use crate::limits::Limit;
use crate::tls::{Source, named};

/// How much of connections and of waiting there may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many connections may stand, those of which the handshake is still under way among them.
    pub connections: usize,
    /// How many of them from one address.
    pub from_one: usize,
    /// How long a handshake may take.
    pub handshake: Duration,
    /// How long the head of a request may take to come, and how long a connection may stand on which nothing comes.
    pub head: Duration,
    /// How long a request may take from its head to its answer, but for a page that waits for news.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 768,
            // A delegation behind one address: thirty people with a few pages each.
            from_one: 192,
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(15),
            whole: Duration::from_secs(60),
        }
    }
}

/// Takes connections for as long as it is asked to.
pub(crate) async fn take(
    mut listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
) {
    let places = Limit::of(limits.connections, limits.from_one);
    loop {
        // What cannot be taken now is tried again.
        let (stream, from) = Listener::accept(&mut listener).await;
        // Without TLS all come from this computer itself, perhaps carried there: they share one address and are not told apart.
        let who = match tls.is_some() {
            true => named(from.ip()),
            false => from.to_string(),
        };
        let Some(place) = places.take(&who) else {
            continue;
        };
        let (tls, router) = (tls.clone(), router.clone());
        tokio::spawn(async move {
            let _place = place;
            match tls {
                None => answer(stream, from, router, limits).await,
                Some(tls) => {
                    let shaken = tokio::time::timeout(limits.handshake, tls.accept(stream)).await;
                    if let Ok(Ok(stream)) = shaken {
                        answer(stream, from, router, limits).await;
                    }
                }
            }
        });
    }
}

/// Answers what comes on a connection, until it ends.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    from: SocketAddr,
    router: Router,
    limits: Limits,
) {
    let service = Extension(ConnectInfo(Source(from))).layer(router);
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head);
    // Whoever went away in the middle is told nothing.
    let _ = builder
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .await;
}

/// Around every route but the one that waits for news: what takes too long, above all to come, ends.
pub(crate) async fn in_time(
    State(bench): State<Arc<Workbench>>,
    request: Request,
    next: Next,
) -> Response {
    if request.uri().path() == "/live" {
        return next.run(request).await;
    }
    match tokio::time::timeout(bench.limits.whole, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => Fault::told(StatusCode::REQUEST_TIMEOUT, "fault-late", "fault-late-hint")
            .into_response(),
    }
}
