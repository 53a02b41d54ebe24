//! `cargo xtask bench web`: the workbench under load. A host serves the medium process to 200 people who sit at 20 seats and ask for
//! the matrix, 100 times a second together, while 20 programs write, mostly positions, a quarter of them where all seats sit;
//! whoever makes the load runs on the same machine.
//!
//! Latency is counted from when a request was due, so that a server that stands still is not asked less. The static page is one
//! of the same size, served by the same libraries in the same run.

mod client;
mod load;

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use onetext_desk::workspace::{Manner, Workspace};
use onetext_desk::{Books, FileError, Files};
use onetext_web::Workbench;
use onetext_web::entrance::{Entrance, Way};
use onetext_web::office::Office;

use super::{Scratch, against, figure, line};
use crate::clock::{self, Taken};
use crate::failure::{Failure, Result, While};
use crate::sample::{Sample, Size};
use crate::say;
use client::Client;

/// People who read, and the seats that they sit at.
const READERS: usize = 200;
const SEATS: usize = 20;
/// Programs that write, each in the name of a seat.
const WRITERS: usize = 20;
/// Requests a second, of all readers together, and for how long.
const RATE: usize = 100;
const LASTS: Duration = Duration::from_secs(30);
/// How often each program writes.
const WRITES: Duration = Duration::from_secs(2);

const SLOWEST: Duration = Duration::from_millis(250);
const ARRIVAL: Duration = Duration::from_secs(1);
const TIMES: f64 = 5.0;

/// The sample's files, in memory.
struct Drafts(Vec<(String, String)>);

impl Files for Drafts {
    fn read(&mut self, name: &str) -> std::result::Result<Vec<u8>, FileError> {
        let found = self.0.iter().find(|(own, _)| own == name);
        let (_, text) = found.ok_or(FileError::Missing)?;
        Ok(text.clone().into_bytes())
    }

    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }
}

/// The clock of the machine, as the program hands it to the workbench.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(0))
}

fn seat(number: usize) -> String {
    format!("p{:03}", number + 1)
}

/// Serves the process of a size and measures against the limits.
pub(crate) fn run(size: Size) -> Result {
    let scratch = Scratch::new("bench-web")?;
    let sample = Sample::of(size, 1);
    let mut files = Drafts(sample.drafts.clone());
    let books = Books::open(&sample.dossier, &mut files).on("the sample")?;
    let mut workspace =
        Workspace::create(scratch.path(), None, &Manner::usual(None)).on("a workspace")?;
    let (imported, taken) =
        clock::time(|| onetext_desk::import(&books, &mut workspace, true, now()));
    imported.on("importing")?;
    drop(books);
    say::line(&format!(
        "{} positions of {} parties on {} provisions through {} drafts; {READERS} readers at {SEATS} seats, {WRITERS} writers",
        size.positions, size.parties, size.provisions, size.drafts
    ));
    figure("imported", taken);
    let entrance = Entrance::open(scratch.path()).on("the entrance")?;
    let readers: Vec<String> = (0..READERS)
        .map(|number| {
            let seat = seat(number % SEATS);
            let secret = entrance.begin_session(
                (&seat, None),
                (Way::Terminal, "bench web"),
                now() / 1_000_000,
            )?;
            Ok(secret.reveal().to_owned())
        })
        .collect::<std::result::Result<_, onetext_web::entrance::EntranceError>>()
        .on("sessions")?;
    let mut tokens = Vec::new();
    for number in 0..WRITERS {
        let seat = seat(number);
        let seconds = now() / 1_000_000;
        let person = entrance
            .make_person(
                (&format!("writer of {seat}"), "four words and a river"),
                (&seat, None, "bench web"),
                seconds,
            )
            .on("a person")?;
        let token = entrance
            .make_token((&seat, person), ("bench web", true), 1, seconds)
            .on("a token")?;
        tokens.push((seat, token.reveal()));
    }
    let listener = TcpListener::bind("127.0.0.1:0").on("listening")?;
    let at = listener.local_addr().on("listening")?;
    let bench = Workbench::new(Office::of(workspace), entrance, now, at);
    // It serves as long as the bench runs.
    std::thread::spawn(move || onetext_web::serve(bench, listener));
    let cookies: Vec<String> = readers
        .iter()
        .map(|secret| format!("cookie: onetext-{}={secret}", at.port()))
        .collect();
    let mut holds = pages(at, &cookies)?;
    let latest = sample.drafts.last().map_or("", |(file, _)| file.as_str());
    let writers: Vec<load::Writer<'_>> = tokens
        .iter()
        .map(|(seat, token)| load::Writer {
            seat,
            token,
            draft: latest.trim_end_matches(".md"),
            points: size.points,
        })
        .collect();
    let loaded = load::run(at, &cookies, &writers)?;
    holds &= told(&loaded);
    let workspace = Workspace::open(scratch.path(), &Manner::usual(None)).on("the workspace")?;
    let lost = loaded.acts.iter().filter(|id| {
        let id = id.parse::<onetext_seal::ActDigest>();
        !id.is_ok_and(|id| workspace.has(&id).unwrap_or(false))
    });
    let lost = lost.count();
    line(
        "acts acknowledged and not there",
        &lost.to_string(),
        &format!(
            "of {}, limit none: {}",
            loaded.acts.len(),
            verdict(lost == 0)
        ),
    );
    match holds && lost == 0 {
        true => Ok(()),
        false => Err(Failure::because("a limit is missed")),
    }
}

fn verdict(holds: bool) -> &'static str {
    if holds { "holds" } else { "MISSED" }
}

/// A server of one page, of the same libraries.
fn serve_static(page: Vec<u8>) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").on("listening")?;
    let at = listener.local_addr().on("listening")?;
    listener.set_nonblocking(true).on("listening")?;
    let page = axum::body::Bytes::from(page);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let router = Router::new().route("/", get(move || async move { page.clone() }));
            axum::serve(listener, router).await
        })
    });
    Ok(at)
}

/// What a page costs, one asked after the other: the first of each seat, the matrix, and a static page of its size.
fn pages(at: SocketAddr, cookies: &[String]) -> Result<bool> {
    let mut first = Duration::ZERO;
    let mut page = Vec::new();
    for cookie in cookies.iter().take(SEATS) {
        let mut client = Client::to(at)?;
        let (answer, taken) = clock::time(|| client.get("/", cookie));
        page = answer?;
        first = first.max(taken.wall);
    }
    line("first page of a seat, the slowest", &clock::told(first), "");
    let size = page.len();
    let plain = serve_static(page)?;
    let mut matrix = Client::to(at)?;
    let mut file = Client::to(plain)?;
    let cookie = cookies.first().map_or("", String::as_str);
    let (mut matrices, mut files) = (Vec::new(), Vec::new());
    // In turn, so that both meet the same machine.
    for _ in 0..300 {
        let (answer, taken) = clock::time(|| matrix.get("/", cookie));
        answer?;
        matrices.push(taken.wall);
        let (answer, taken) = clock::time(|| file.get("/", "x: y"));
        answer?;
        files.push(taken.wall);
    }
    let (matrix, file) = (load::part(&mut matrices, 50), load::part(&mut files, 50));
    let times = matrix.as_secs_f64() / file.as_secs_f64().max(f64::MIN_POSITIVE);
    let holds = times <= TIMES;
    line(
        "a static page, the middle of 300",
        &clock::told(file),
        &format!("{} KB", size / 1000),
    );
    line(
        "the matrix, the middle of 300",
        &clock::told(matrix),
        &format!("{times:.1} times that, limit {TIMES}: {}", verdict(holds)),
    );
    Ok(holds)
}

fn told(loaded: &load::Loaded) -> bool {
    let wall = |wall: Duration| Taken { wall, worked: None };
    let mut pages = loaded.pages.clone();
    let asked = loaded.due;
    line(
        "pages asked for",
        &asked.to_string(),
        &format!("{} answered, {} refused", pages.len(), loaded.refused),
    );
    figure(
        "a page under load, the middle",
        wall(load::part(&mut pages, 50)),
    );
    let mut holds = against(
        "a page under load, 99 of 100",
        wall(load::part(&mut pages, 99)),
        SLOWEST,
    );
    holds &= loaded.refused == 0 && pages.len() == asked;
    let mut acts = loaded.took.clone();
    figure("an act, the middle", wall(load::part(&mut acts, 50)));
    figure("an act, 99 of 100", wall(load::part(&mut acts, 99)));
    let mut arrivals = loaded.arrivals.clone();
    line(
        "acts whose arrival was watched",
        &arrivals.len().to_string(),
        "",
    );
    figure(
        "live arrival, the middle",
        wall(load::part(&mut arrivals, 50)),
    );
    holds &= against(
        "live arrival, the slowest",
        wall(load::part(&mut arrivals, 100)),
        ARRIVAL,
    );
    holds && !arrivals.is_empty()
}
