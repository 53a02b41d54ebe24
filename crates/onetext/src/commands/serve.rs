//! `onetext serve`: the workbench of a workspace, in a browser; beyond this computer with TLS alone.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use clap::Args;
use onetext_desk::workspace::Workspace;
use onetext_web::Workbench;
use onetext_web::entrance::{Entrance, Purpose};
use onetext_web::office::Office;
use onetext_web::tls::{Identity, TlsError};

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
    /// The address and port: of this computer alone (127.0.0.1, or ::1 in brackets) where there is no TLS; port 0 takes a free one
    #[arg(
        long,
        visible_alias = "bind",
        value_name = "ADDR",
        default_value = "127.0.0.1:8474"
    )]
    listen: SocketAddr,
    /// Do TLS with this chain of certificates, its own first, in PEM; then other computers may be let in
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The private key of the certificate, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A name or address under which browsers reach it, as the certificate has it; again for each. With TLS alone [default: the
    /// address it listens on]
    #[arg(long = "name", value_name = "NAME", requires = "tls_cert")]
    names: Vec<String>,
}

impl Listen {
    /// What it says of itself with TLS, from the two files.
    fn identity(&self) -> Result<Option<Identity>, Failure> {
        let (Some(certificate), Some(key)) = (&self.tls_cert, &self.tls_key) else {
            return Ok(None);
        };
        let (chain, secret) = (super::read(certificate)?, super::read(key)?);
        let identity = Identity::of_pem(&chain, &secret).map_err(|error| {
            let (file, hint) = match error {
                TlsError::Key => (key, "name the key in PEM, as -----BEGIN PRIVATE KEY-----"),
                _ => (
                    certificate,
                    "name the chain in PEM, its own certificate first, and the key that belongs to it",
                ),
            };
            Failure::new("tls", error.to_string(), hint).at(file.display())
        })?;
        Ok(Some(identity))
    }
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
    use onetext_web::routes::{Access, table};
    for route in table() {
        let access = match route.access {
            Access::Anybody => "anybody",
            Access::Seated => "seated",
            Access::Guest => "guest",
            Access::Token => "token",
            Access::ActingToken => "acting-token",
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
    let identity = listen.identity()?;
    if !wanted.ip().is_loopback() && identity.is_none() {
        return Err(Failure::usage(
            "beyond this computer the workbench is not served without TLS",
            "name a certificate and its key with --tls-cert and --tls-key, or listen on 127.0.0.1",
        )
        .at(wanted));
    }
    if wanted.ip().is_unspecified() && listen.names.is_empty() {
        return Err(Failure::usage(
            "browsers reach it under a name, and no name is told",
            "add --name NAME as the certificate has it, again for each",
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
    let mut bench = Workbench::new(Office::of(workspace), entrance, now, at);
    if let Some(identity) = identity {
        bench = bench.with_tls(identity, &listen.names, at.port());
    }
    let address = bench.address();
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
            ways.push((seat, format!("{address}/link/{}", secret.reveal())));
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
            format!("{address}/first  with the code {}", secret.reveal()),
        ));
    }
    if out.json() {
        let ways: Vec<_> = ways
            .iter()
            .map(|(seat, way)| serde_json::json!({ "seat": seat, "way": way }))
            .collect();
        out.object(&serde_json::json!({ "address": format!("{address}/"), "ways": ways }))?;
    } else {
        out.line(&format!("The workbench is at {address}/"))?;
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
