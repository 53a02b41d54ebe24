//! What can happen to a pouch on the way, and what a dishonest sender can pack.

use onetext_desk::workspace::KEYS_FOLDER;
use onetext_seal::{ActDigest, PouchKey, SiteKey, seal_pouch, unseal_pouch};
use onetext_store::{KeyRing, SeatKeys};

use super::site::Site;
use crate::failure::{Failure, Result, While};
use crate::prng::Chance;

/// A pouch that must be refused.
pub(super) struct Forged {
    /// To whom it is brought.
    pub(super) to: usize,
    pub(super) sealed: Vec<u8>,
    /// What was done to it.
    pub(super) what: &'static str,
    /// How the refusal may name it.
    pub(super) codes: &'static [&'static str],
}

/// Does something to a good pouch for a site; none where it cannot be done to this one.
pub(super) fn make(
    chance: &mut Chance,
    sites: &[Site],
    to: usize,
    sealed: &[u8],
) -> Result<Option<Forged>> {
    let forged = |sealed, what, codes| {
        Some(Forged {
            to,
            sealed,
            what,
            codes,
        })
    };
    let mut changed = sealed.to_vec();
    let at = chance.below(sealed.len());
    Ok(match chance.below(7) {
        0 => {
            changed[at] ^= 1 << chance.below(8);
            forged(
                changed,
                "pouches with a changed bit: refused",
                &["pouch-torn", "no-pouch", "pouch-for-somebody-else"],
            )
        }
        1 => {
            changed.truncate(at);
            forged(
                changed,
                "pouches cut off on the way: refused",
                &["pouch-torn", "no-pouch"],
            )
        }
        2 => Some(Forged {
            to: (to + 1) % sites.len(),
            sealed: changed,
            what: "pouches brought to somebody else: refused",
            codes: &["pouch-for-somebody-else"],
        }),
        kind => {
            let receiver = keys(&sites[to])?;
            let Some((plain, what, codes)) =
                packed_by_a_liar(kind, chance, sites, to, &open(&receiver, sealed)?)?
            else {
                return Ok(None);
            };
            let sealed = seal_pouch(&plain, &[receiver.recipient().to_owned()]).on("sealing")?;
            forged(sealed, what, codes)
        }
    })
}

fn keys(site: &Site) -> Result<SeatKeys> {
    let ring = KeyRing::open(&site.desk.folder().join(KEYS_FOLDER), None).on("keys")?;
    ring.seat(&site.seat)
        .cloned()
        .ok_or_else(|| Failure::because("a site without keys"))
}

fn open(receiver: &SeatKeys, sealed: &[u8]) -> Result<Vec<u8>> {
    let key = PouchKey::parse(receiver.identity()).on("key")?;
    let plain = unseal_pouch(sealed, &[key]).on("unsealing")?;
    let padding = plain
        .iter()
        .rev()
        .take_while(|byte| **byte == b'\n')
        .count();
    Ok(plain[..plain.len() - padding].to_vec())
}

type Lie = (Vec<u8>, &'static str, &'static [&'static str]);

/// The lines of a pouch, changed by who can read them and encrypt them anew.
fn packed_by_a_liar(
    kind: usize,
    chance: &mut Chance,
    sites: &[Site],
    to: usize,
    plain: &[u8],
) -> Result<Option<Lie>> {
    let text = String::from_utf8(plain.to_vec()).on("a pouch")?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.pop();
    let from = sites
        .iter()
        .find(|site| lines[0].contains(&format!("\"from\":{{\"seat\":\"{}\"", site.seat)))
        .ok_or_else(|| Failure::because("a pouch from nobody"))?;
    let key = keys(from)?.site;
    let stranger = SiteKey::from_secret([9; 32]);
    let acts: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].starts_with("{\"act\":\""))
        .collect();
    Ok(match kind {
        3 => Some((
            signed(&lines, &stranger),
            "pouches signed with another key: refused",
            &["pouch-forged"],
        )),
        4 => {
            lines[0] = lines[0].replace(&key.site().to_string(), &stranger.site().to_string());
            // Where nothing is known yet, the pouch itself must bind its sender.
            Some((
                signed(&lines, &stranger),
                "pouches of an unknown site: refused",
                &["unknown-site", "pouch-gap", "pouch-early"],
            ))
        }
        5 if !acts.is_empty() => {
            let at = acts[chance.below(acts.len())];
            let name: ActDigest = lines[at]
                .get(8..72)
                .unwrap_or_default()
                .parse()
                .on("an act")?;
            if sites[to].desk.has(&name).on("has")? {
                return Ok(None);
            }
            lines.remove(at);
            let codes = &[
                "pouch-truncated",
                "pouch-gap",
                "pouch-contents",
                "unknown-site",
                "room-not-shared",
                "pouch-early",
                "unknown-author",
            ];
            Some((
                signed(&lines, &key),
                "pouches with an act left out: refused",
                codes,
            ))
        }
        6 => {
            let Some(at) = acts
                .iter()
                .find(|at| lines[**at].contains("\"words\":\"marked"))
            else {
                return Ok(None);
            };
            lines[*at] = lines[*at].replace("\"words\":\"marked", "\"words\":\"Marked");
            Some((
                signed(&lines, &key),
                "pouches with a changed act: refused",
                &["pouch-changed"],
            ))
        }
        _ => None,
    })
}

fn signed(lines: &[String], key: &SiteKey) -> Vec<u8> {
    let mut plain: Vec<u8> = lines
        .iter()
        .flat_map(|line| format!("{line}\n").into_bytes())
        .collect();
    let signature = key.sign("onetext pouch 1", &plain);
    plain.extend(format!("{{\"signature\":\"{signature}\"}}\n").bytes());
    plain
}
