//! The workbench: OneText in a browser, on one's own computer, or with TLS on others.
//!
//! Pages are rendered here and work without scripts. Every route stands in one table ([`routes`]); before each of them stands
//! the [`guard`], and a page reads only through the [`Visitor`] that the guard makes. Who may sit at which seat is kept apart
//! from the record ([`entrance`]).

mod api;
pub mod entrance;
mod fault;
pub mod guard;
mod invite;
mod limits;
mod live;
mod metrics;
pub mod office;
mod pages;
pub mod routes;
mod serving;
mod sheet;
mod terms;
pub mod tls;
pub mod words;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use entrance::Entrance;
use fault::Fault;
pub use guard::Visitor;
use limits::Limit;
use office::Office;
pub use serving::Limits;

/// Everything that the pages stand on.
#[derive(Debug)]
pub struct Workbench {
    office: Office,
    entrance: Entrance,
    /// The caller's clock, in microseconds since 1970.
    clock: fn() -> i64,
    /// The names under which it is reached, with the port.
    hosts: Vec<String>,
    /// The name of the cookie: one a port, so that two workbenches of one computer do not sign each other out.
    cookie: String,
    /// What it says of itself where it does TLS.
    identity: Option<tls::Identity>,
    metrics: metrics::Metrics,
    /// One form of deliveries is recorded at a time.
    delivering: Mutex<()>,
    /// What was computed for the course of the open points.
    course: pages::course::Kept,
    /// What comes to the door at once: a password takes a tenth of a second and 19 MiB.
    door: Arc<Limit>,
    /// Pages that wait for news.
    waiting: Arc<Limit>,
    limits: Limits,
}

/// How many attempts to come in may wait at once, in all and from one address: the next is told to come again.
const AT_THE_DOOR: (usize, usize) = (32, 8);
/// How many pages may wait for news, in all and of one session.
const WAITING: (usize, usize) = (512, 8);

impl Workbench {
    /// A workbench at an address of this computer.
    #[must_use]
    pub fn new(
        office: Office,
        entrance: Entrance,
        clock: fn() -> i64,
        at: SocketAddr,
    ) -> Workbench {
        let port = at.port();
        Workbench {
            office,
            entrance,
            clock,
            hosts: vec![
                at.to_string(),
                format!("127.0.0.1:{port}"),
                format!("localhost:{port}"),
                format!("[::1]:{port}"),
            ],
            cookie: format!("onetext-{port}"),
            identity: None,
            metrics: metrics::Metrics::default(),
            delivering: Mutex::default(),
            course: pages::course::Kept::default(),
            door: Limit::of(AT_THE_DOOR.0, AT_THE_DOOR.1),
            waiting: Limit::of(WAITING.0, WAITING.1),
            limits: Limits::default(),
        }
    }

    /// The same with TLS, so that it may be reached from other computers, under these names.
    #[must_use]
    pub fn with_tls(mut self, identity: tls::Identity, names: &[String], port: u16) -> Workbench {
        let mut hosts = Vec::new();
        for name in names {
            hosts.push(format!("{name}:{port}"));
            if port == 443 {
                hosts.push(name.clone());
            }
        }
        hosts.append(&mut self.hosts);
        self.hosts = hosts;
        self.cookie = format!("__Host-{}", self.cookie);
        self.identity = Some(identity);
        self
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Workbench {
        self.limits = limits;
        self
    }

    /// Whether it does TLS.
    fn is_secure(&self) -> bool {
        self.identity.is_some()
    }

    /// Where it is reached, as an origin.
    #[must_use]
    pub fn address(&self) -> String {
        let host = self.hosts.first().map_or("", String::as_str);
        format!("{}://{host}", self.scheme())
    }

    fn scheme(&self) -> &'static str {
        if self.is_secure() { "https" } else { "http" }
    }

    /// Who may sit where.
    #[must_use]
    pub fn entrance(&self) -> &Entrance {
        &self.entrance
    }

    /// The record.
    #[must_use]
    pub fn office(&self) -> &Office {
        &self.office
    }

    fn now(&self) -> i64 {
        (self.clock)()
    }

    fn seconds(&self) -> i64 {
        self.now().div_euclid(1_000_000)
    }
}

/// Does what reads the disk or takes long where it keeps no other request waiting.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(_) => Err(Fault::told(
            axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            "fault-made",
            "fault-made-hint",
        )),
    }
}

/// Does what holds a password or a code against what is kept, where not too many do already: so many at once would take every
/// thread, and no page would be answered.
async fn at_the_door<T: Send + 'static>(
    bench: &Workbench,
    source: &str,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let Some(place) = bench.door.take(source) else {
        return Err(Fault::told(
            axum::http::StatusCode::TOO_MANY_REQUESTS,
            "fault-crowd",
            "fault-crowd-hint",
        ));
    };
    // The place goes with the work, which goes on where nobody waits for it any more.
    blocking(move || {
        let _place = place;
        work()
    })
    .await
}

/// Serves a workbench until the process is asked to end.
///
/// # Errors
/// Where the runtime cannot be started, or the listener fails.
pub fn serve(bench: Workbench, listener: std::net::TcpListener) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let (tls, limits) = (
            bench.identity.as_ref().map(tls::Identity::acceptor),
            bench.limits,
        );
        let bench = Arc::new(bench);
        let router = routes::router(Arc::clone(&bench));
        tokio::select! {
            () = serving::take(listener, tls, router, limits) => Ok(()),
            () = live::look(Arc::clone(&bench)) => Ok(()),
            () = live::keep_up(bench) => Ok(()),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })
}
