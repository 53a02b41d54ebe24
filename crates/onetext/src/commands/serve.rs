//! `onetext serve`: the workbench of a workspace, in a browser on this computer.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use clap::Args;
use onetext_desk::workspace::Workspace;
use onetext_web::Workbench;
use onetext_web::entrance::{Entrance, Purpose};
use onetext_web::office::Office;

use crate::failure::Failure;
use crate::out::Out;
use crate::place::{Place, now};

/// How long a link that the terminal shows holds, in seconds.
const HOLDS: i64 = 3600;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The workspace, as -C
    #[arg(value_name = "DIR", conflicts_with = "folder")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    listen: Listen,
    /// Print a one-time link for each seat that signs here, to sit down at it without a password; each holds for an hour
    #[arg(long)]
    links: bool,
    /// Print the table of addresses that are served (method, path, and whether one must sit at a seat), and end
    #[arg(long)]
    routes: bool,
}

/// Where to listen.
#[derive(Debug, Clone, Args)]
pub(crate) struct Listen {
    /// The address and port: of this computer alone (127.0.0.1, or ::1 in brackets) until TLS can be set up; port 0 takes a free one
    #[arg(
        long,
        visible_alias = "bind",
        value_name = "ADDR",
        default_value = "127.0.0.1:8474"
    )]
    listen: SocketAddr,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    if given.routes {
        return table(out);
    }
    let workspace = match &given.dir {
        Some(folder) => given.place.open_at(folder)?,
        None => given.place.open()?,
    };
    let folder = given.dir.as_deref().unwrap_or(given.place.folder());
    open(workspace, folder, &given.listen, given.links, out)
}

/// The table of routes, one a line: for who checks each of them from outside.
fn table(out: &mut Out) -> Result<(), Failure> {
    for route in onetext_web::routes::table() {
        let access = match route.access {
            onetext_web::routes::Access::Anybody => "anybody",
            onetext_web::routes::Access::Seated => "seated",
        };
        out.line(&format!("{} {} {access}", route.method, route.path))?;
    }
    out.flush()
}

/// Serves a workspace, and prints where and how to sit down.
pub(crate) fn open(
    workspace: Workspace,
    folder: &Path,
    listen: &Listen,
    links: bool,
    out: &mut Out,
) -> Result<(), Failure> {
    let wanted = listen.listen;
    if !wanted.ip().is_loopback() {
        return Err(Failure::usage(
            "beyond this computer the workbench is not served: that takes TLS, which it cannot do yet",
            "listen on 127.0.0.1, and let a tunnel or a proxy that does TLS on this computer carry it further",
        )
        .at(wanted));
    }
    let listening = TcpListener::bind(wanted).and_then(|listener| {
        let at = listener.local_addr()?;
        Ok((listener, at))
    });
    let (listener, at) = listening.map_err(|error| {
        Failure::new(
            "listen",
            format!("it cannot listen there: {error}"),
            "name another port with --listen 127.0.0.1:PORT; port 0 takes a free one",
        )
        .at(wanted)
    })?;
    let failed = |error: onetext_web::entrance::EntranceError| {
        Failure::new(
            "entrance",
            error.to_string(),
            "check that the workspace's folder can be written",
        )
        .at(folder.display())
    };
    let entrance = Entrance::open(folder).map_err(failed)?;
    let bench = Workbench::new(Office::of(workspace), entrance, now, at);
    let seconds = now().div_euclid(1_000_000);
    let first = bench.office().first_seat(now())?;
    let mut ways = Vec::new();
    if links {
        for seat in bench.office().seats() {
            let link = (Purpose::SignIn, seat.as_str(), "the terminal of this host");
            let secret = bench
                .entrance()
                .make_link(link, seconds, HOLDS)
                .map_err(failed)?;
            ways.push((seat, format!("http://{at}/link/{}", secret.reveal())));
        }
    } else if !bench.entrance().has_people().map_err(failed)? {
        let link = (
            Purpose::FirstRun,
            first.as_str(),
            "the terminal of this host",
        );
        let secret = bench
            .entrance()
            .make_link(link, seconds, HOLDS)
            .map_err(failed)?;
        ways.push((
            first,
            format!("http://{at}/first  with the code {}", secret.reveal()),
        ));
    }
    if out.json() {
        let ways: Vec<_> = ways
            .iter()
            .map(|(seat, way)| serde_json::json!({ "seat": seat, "way": way }))
            .collect();
        out.object(&serde_json::json!({ "address": format!("http://{at}/"), "ways": ways }))?;
    } else {
        out.line(&format!("The workbench is at http://{at}/"))?;
        if !ways.is_empty() {
            out.line("\nTo sit down, each once and within an hour:")?;
        }
        for (seat, way) in &ways {
            out.line(&format!("  {seat}  {way}"))?;
        }
        out.line("\nCtrl-C ends it.")?;
    }
    out.flush()?;
    onetext_web::serve(bench, listener).map_err(|error| {
        Failure::new("serve", format!("it ended: {error}"), "start it again").at(at)
    })
}
