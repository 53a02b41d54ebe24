//! `onetext site`: how the sites of a process stand; binding and revoking them.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use onetext_desk::workspace::{Introduction, Workspace, WorkspaceError};
use onetext_seal::SiteId;

use crate::failure::Failure;
use crate::out::Out;
use crate::place::{Place, note_clock, now, write_new};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    wish: Wish,
}

#[derive(Debug, Subcommand)]
enum Wish {
    /// List the sites of the process, and what this one is called
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Write this site's card: its seat, its key, and to whom pouches for it are encrypted; nothing in it is secret
    Card {
        /// The file to write, which is not there yet
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Bind a site to a seat, by an act of the plenary: by its card, or by what `onetext new` printed there
    Bind {
        /// The seat that it writes for
        #[arg(value_name = "SEAT", required_unless_present = "card", requires_all = ["key", "recipient"])]
        seat: Option<String>,
        /// Its card, a file that `onetext site card` wrote there
        #[arg(long, value_name = "FILE", conflicts_with_all = ["seat", "key", "recipient"])]
        card: Option<PathBuf>,
        /// Its key, 64 hexadecimal digits, as `onetext new` printed it there
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
        /// To whom pouches for it are encrypted, age1…, as `onetext new` printed it there
        #[arg(long, value_name = "RECIPIENT")]
        recipient: Option<String>,
        /// The only rooms that it may write in, for the laptop of a mission; it is given those and the plenary
        #[arg(long = "room", value_name = "ROOM")]
        rooms: Vec<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Revoke a site that was lost or stolen, by an act of the plenary
    Revoke {
        /// Its key, 64 hexadecimal digits
        #[arg(value_name = "KEY")]
        key: String,
        /// The last moment that still counts, as 2031-03-06T14:30:00.000000Z [default: now]
        #[arg(long, value_name = "MOMENT")]
        from: Option<String>,
        #[command(flatten)]
        place: Place,
    },
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let written = match &given.wish {
        Wish::List { place } => return list(&mut place.open()?, out),
        Wish::Card { output, place } => return card(&place.open()?, output, out),
        Wish::Bind {
            seat,
            card,
            key,
            recipient,
            rooms,
            place,
        } => {
            let words = |given: &Option<String>| given.clone().unwrap_or_default();
            let site = match card {
                Some(file) => read_card(file)?,
                None => Introduction {
                    seat: words(seat),
                    site: site(&words(key))?,
                    recipient: words(recipient),
                },
            };
            let rooms = (!rooms.is_empty()).then_some(rooms.as_slice());
            place.open()?.bind(&site, rooms, now())?
        }
        Wish::Revoke { key, from, place } => {
            let key = site(key)?;
            if let Some(from) = from
                && onetext_seal::Moment::parse(from).is_none()
            {
                return Err(Failure::usage(
                    format!("`{from}` is no moment"),
                    "write one as 2031-03-06T14:30:00.000000Z",
                ));
            }
            place.open()?.revoke(key, from.as_deref(), now())?
        }
    };
    note_clock(written.clock_behind.as_ref());
    if out.json() {
        return out.object(&serde_json::json!({ "id": written.id }));
    }
    out.line(&format!("recorded in the plenary: {}", written.id))
}

fn site(key: &str) -> Result<SiteId, Failure> {
    key.parse().map_err(|_| {
        Failure::usage(
            format!("`{key}` is no key of a site"),
            "64 hexadecimal digits are expected, as `onetext new` printed them on that computer",
        )
    })
}

/// Writes the card of the seat for which a workspace was made.
fn card(workspace: &Workspace, file: &Path, out: &mut Out) -> Result<(), Failure> {
    let seat = workspace.seat()?;
    let own = workspace.introductions().into_iter();
    let mut own = own.filter(|own| seat.as_ref().is_none_or(|seat| own.seat == *seat));
    let card = own.next().ok_or(WorkspaceError::NoSeat)?;
    let bytes = serde_json::to_vec_pretty(&card).map_err(|error| Failure::output(&error.into()))?;
    write_new(file, &[&bytes[..], b"\n"].concat())?;
    if out.json() {
        return out.object(&serde_json::json!({ "files": [file.display().to_string()] }));
    }
    out.line(&format!(
        "wrote {}: the card of this site, for the seat {}",
        file.display(),
        card.seat
    ))?;
    out.line(
        "\nNext: give it to the seat that holds the pen, which runs: onetext site bind --card FILE",
    )
}

fn read_card(file: &Path) -> Result<Introduction, Failure> {
    let bytes = super::read(file)?;
    let card: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    let field = |name: &str| card.as_ref()?.get(name)?.as_str().map(str::to_owned);
    let (Some(seat), Some(key), Some(recipient)) =
        (field("seat"), field("site"), field("recipient"))
    else {
        return Err(Failure::new(
            "no-card",
            "this is no card of a site",
            "ask for the file that `onetext site card -o FILE` writes there",
        )
        .at(file.display()));
    };
    Ok(Introduction {
        seat,
        site: site(&key)?,
        recipient,
    })
}

fn list(workspace: &mut Workspace, out: &mut Out) -> Result<(), Failure> {
    let here = workspace.introductions();
    let sites = match workspace.process()? {
        Some(_) => workspace.sites()?,
        None => Vec::new(),
    };
    if out.json() {
        return out.object(&serde_json::json!({ "here": here, "sites": sites }));
    }
    for own in here
        .iter()
        .filter(|own| !sites.iter().any(|site| site.site == own.site))
    {
        out.line(&format!(
            "{}  {}  here, and bound to no seat yet; recipient {}",
            own.seat, own.site, own.recipient
        ))?;
    }
    for site in sites {
        let mut words = vec![format!("{}  {}", site.seat, site.site)];
        words.extend(site.here.then(|| "here".to_owned()));
        words.extend(site.rooms.map(|rooms| {
            let rooms: Vec<String> = rooms.into_iter().collect();
            format!("in {} alone", rooms.join(", "))
        }));
        if site.recipient.is_none() {
            words.push("receives no pouches".to_owned());
        }
        words.extend(site.revoked_by.map(|act| format!("revoked by {act}")));
        out.line(&words.join("  "))?;
    }
    Ok(())
}
