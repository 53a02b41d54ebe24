//! What can happen to a pouch on the way, and what a dishonest sender can pack; each with the one reason for which it must
//! be refused, found from the pouch and from what the receiver has, not from the program's own checks.

use std::collections::BTreeSet;

use onetext_desk::workspace::KEYS_FOLDER;
use onetext_seal::{ActDigest, PouchKey, SiteKey, seal_pouch, unseal_pouch};
use onetext_store::{KeyRing, SeatKeys};
use serde_json::Value;

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
    /// The reason for which it must be refused.
    pub(super) code: &'static str,
}

/// Does something to a good pouch for a site; none where it cannot be done to this one.
pub(super) fn make(
    chance: &mut Chance,
    sites: &[Site],
    to: usize,
    sealed: &[u8],
) -> Result<Option<Forged>> {
    let forged = |to, sealed, what, code| {
        Some(Forged {
            to,
            sealed,
            what,
            code,
        })
    };
    Ok(match chance.below(14) {
        0 | 1 => {
            let (changed, code) = changed(chance, sealed);
            forged(to, changed, "pouches with a changed byte: refused", code)
        }
        2 | 3 => {
            let at = chance.below(sealed.len());
            // What stops within the first words is no pouch at all.
            let code = if at < FIRST_WORDS.len() {
                "no-pouch"
            } else {
                "pouch-torn"
            };
            let cut = sealed[..at].to_vec();
            forged(to, cut, "pouches cut off on the way: refused", code)
        }
        4 => {
            let other = (to + 1) % sites.len();
            let what = "pouches brought to somebody else: refused";
            forged(other, sealed.to_vec(), what, "pouch-for-somebody-else")
        }
        kind => {
            let receiver = keys(&sites[to])?;
            let mut lines = Lines::of(&open(&receiver, sealed)?, sites)?;
            let Some((what, code)) = lines.lie(kind, chance, &sites[to])? else {
                return Ok(None);
            };
            let plain = lines.signed();
            let sealed = seal_pouch(&plain, &[receiver.recipient().to_owned()]).on("sealing")?;
            forged(to, sealed, what, code)
        }
    })
}

/// With what every encrypted file begins.
const FIRST_WORDS: &[u8] = b"age-encryption.org/";

/// One byte changed: in the first line, in the key for the receiver, in the header's seal, or in what is encrypted.
fn changed(chance: &mut Chance, sealed: &[u8]) -> (Vec<u8>, &'static str) {
    let mut changed = sealed.to_vec();
    let find = |words: &[u8]| sealed.windows(words.len()).position(|at| at == words);
    let seal = find(b"\n--- ").unwrap_or(0);
    let end = seal
        + 1
        + sealed[seal + 1..]
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(0);
    let wrapped = find(b"-> X25519 ").unwrap_or(0);
    let wrapped = wrapped
        + 1
        + sealed[wrapped..]
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(0);
    let (at, code) = match chance.below(4) {
        0 => (chance.below(FIRST_WORDS.len()), "no-pouch"),
        // Who cannot open the key cannot know that it was changed.
        1 => (wrapped, "pouch-for-somebody-else"),
        2 => (seal + 5, "pouch-torn"),
        _ => (end + 1 + chance.below(sealed.len() - end - 1), "pouch-torn"),
    };
    changed[at] = match (at > end, changed[at]) {
        (true, byte) => byte ^ (1 << chance.below(8)),
        (false, b'A') => b'B',
        (false, _) => b'A',
    };
    (changed, code)
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

/// What a lie is called, and the reason for which it must be refused.
type Lie = (&'static str, &'static str);

/// The lines of a pouch, changed by who can read them and encrypt them anew.
struct Lines {
    lines: Vec<String>,
    /// Who signs them in the end.
    key: SiteKey,
}

impl Lines {
    fn of(plain: &[u8], sites: &[Site]) -> Result<Lines> {
        let text = String::from_utf8(plain.to_vec()).on("a pouch")?;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.pop();
        let from = sites
            .iter()
            .find(|site| lines[0].contains(&format!("\"from\":{{\"seat\":\"{}\"", site.seat)))
            .ok_or_else(|| Failure::because("a pouch from nobody"))?;
        let key = keys(from)?.site;
        Ok(Lines { lines, key })
    }

    fn signed(&self) -> Vec<u8> {
        let mut plain: Vec<u8> = self
            .lines
            .iter()
            .flat_map(|line| format!("{line}\n").into_bytes())
            .collect();
        let signature = self.key.sign("onetext pouch 1", &plain);
        plain.extend(format!("{{\"signature\":\"{signature}\"}}\n").bytes());
        plain
    }

    fn lie(&mut self, kind: usize, chance: &mut Chance, to: &Site) -> Result<Option<Lie>> {
        let stranger = SiteKey::from_secret([9; 32]);
        let own = self.key.site().to_string();
        Ok(match kind {
            5 => {
                self.key = stranger;
                Some(("pouches signed with another key: refused", "pouch-forged"))
            }
            6 => {
                self.lines[0] = self.lines[0].replace(&own, &stranger.site().to_string());
                self.key = stranger;
                let code = self.early(to)?.unwrap_or("unknown-site");
                Some(("pouches of an unknown site: refused", code))
            }
            7 => {
                let process = self.header()?["process"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                self.lines[0] = self.lines[0].replace(&process, &"7".repeat(32));
                let told = to.is_founded()? || !self.acts().is_empty();
                told.then_some(("pouches of another process: refused", "other-process"))
            }
            8 | 9 => self.leave_an_act_out(chance, to)?,
            10 => self.leave_a_content_out(chance, to)?,
            11 => self.change_an_act(chance),
            12 => self.write_for_another(chance, to)?,
            _ => self.seat_of_another(to)?,
        })
    }

    fn header(&self) -> Result<Value> {
        serde_json::from_str(&self.lines[0]).on("the first line")
    }

    /// Each act with its place among the lines.
    fn acts(&self) -> Vec<(usize, Value)> {
        let lines = self.lines.iter().enumerate();
        lines
            .filter(|(_, line)| line.starts_with("{\"act\":\""))
            .filter_map(|(at, line)| Some((at, serde_json::from_str(line).ok()?)))
            .collect()
    }

    /// Why the pouch cannot be judged yet: heads on which it rests are not there.
    fn early(&self, to: &Site) -> Result<Option<&'static str>> {
        let header = self.header()?;
        let rooms = header["previous"].as_object().into_iter().flatten();
        for head in rooms.flat_map(|(_, heads)| names(heads)) {
            if !to.desk.has(&head).on("has")? {
                return Ok(Some("pouch-early"));
            }
        }
        Ok(None)
    }

    /// An act that the receiver lacks is not in the pouch.
    fn leave_an_act_out(&mut self, chance: &mut Chance, to: &Site) -> Result<Option<Lie>> {
        let acts = self.acts();
        let Some((at, act)) = chance.pick(&acts) else {
            return Ok(None);
        };
        let name = digest(&act["act"]);
        if to.desk.has(&name).on("has")? {
            return Ok(None);
        }
        let room = &act["envelope"]["room"];
        let sender = Value::String(self.key.site().to_string());
        let binds = |act: &Value| act["body"]["kind"] == "site" && act["body"]["key"] == sender;
        let binding = acts.iter().find(|(_, other)| binds(other));
        let unbound = binding.is_some_and(|(_, binding)| {
            *room == "plenary"
                && act["envelope"]["depth"].as_u64() <= binding["envelope"]["depth"].as_u64()
        });
        let rests = acts
            .iter()
            .any(|(_, other)| names(&other["envelope"]["parents"]).contains(&name));
        let code = match self.early(to)? {
            Some(early) => early,
            // Without the act that binds the sender, or one before it, nobody knows whose site it is.
            None if unbound => "unknown-site",
            None if act["body"]["kind"] == "room" => "room-not-shared",
            None if rests => "pouch-gap",
            None => "pouch-truncated",
        };
        self.lines.remove(*at);
        Ok(Some(("pouches with an act left out: refused", code)))
    }

    fn leave_a_content_out(&mut self, chance: &mut Chance, to: &Site) -> Result<Option<Lie>> {
        let lines = self.lines.iter().enumerate();
        let contents: Vec<usize> = lines
            .filter(|(_, line)| line.starts_with("{\"content\":\""))
            .map(|(at, _)| at)
            .collect();
        let Some(at) = chance.pick(&contents) else {
            return Ok(None);
        };
        self.lines.remove(*at);
        let code = self.early(to)?.unwrap_or("pouch-contents");
        Ok(Some(("pouches with a content left out: refused", code)))
    }

    /// A word, a clock, a salt or a signature of an act is another.
    fn change_an_act(&mut self, chance: &mut Chance) -> Option<Lie> {
        let acts = self.acts();
        let (at, act) = chance.pick(&acts)?;
        let line = &mut self.lines[*at];
        let other = |digits: &str| match digits.strip_prefix('0') {
            Some(rest) => format!("1{rest}"),
            None => format!("0{}", digits.get(1..).unwrap_or_default()),
        };
        let changed = match chance.below(4) {
            0 => line.replacen("\"words\":\"marked", "\"words\":\"Marked", 1),
            1 => line.replacen("\"recorded\":\"2031-03-", "\"recorded\":\"2031-04-", 1),
            2 => {
                let salt = act["salt"].as_str()?;
                line.replacen(salt, &other(salt), 1)
            }
            _ => {
                let signature = act["signature"].as_str()?;
                line.replacen(signature, &other(signature), 1)
            }
        };
        if changed == *line {
            return None;
        }
        *line = changed;
        Some(("pouches with a changed act: refused", "pouch-changed"))
    }

    /// A bound site signs an act of its own in another seat's name: all is well signed, and nothing rests on the act.
    fn write_for_another(&mut self, chance: &mut Chance, to: &Site) -> Result<Option<Lie>> {
        let acts = self.acts();
        let own = Value::String(self.key.site().to_string());
        let place = |act: &Value| {
            let envelope = &act["envelope"];
            (envelope["room"].clone(), envelope["depth"].clone())
        };
        let rests_on = |name: &ActDigest| {
            acts.iter()
                .any(|(_, other)| names(&other["envelope"]["parents"]).contains(name))
        };
        let mut fit = Vec::new();
        for (at, act) in &acts {
            let name = digest(&act["act"]);
            let alone = acts
                .iter()
                .filter(|(_, other)| place(other) == place(act))
                .count()
                == 1;
            if alone
                && act["envelope"]["recorder"]["site"] == own
                && act["body"]["kind"] != "site"
                && !names(&act["envelope"]["parents"]).is_empty()
                && !rests_on(&name)
                && !to.desk.has(&name).on("has")?
            {
                fit.push((*at, act.clone()));
            }
        }
        let Some((at, act)) = chance.pick(&fit) else {
            return Ok(None);
        };
        let seat = act["envelope"]["recorder"]["seat"]
            .as_str()
            .unwrap_or_default();
        let Some(other) = super::SEATS.iter().find(|other| **other != seat) else {
            return Ok(None);
        };
        let (old, room) = (digest(&act["act"]), &act["envelope"]["room"]);
        let written = format!("\"seat\":\"{seat}\",\"site\":{own}");
        let line =
            self.lines[*at].replacen(&written, &format!("\"seat\":\"{other}\",\"site\":{own}"), 1);
        let (Some(from), Some(to_end)) = (line.find("\"envelope\":"), line.rfind("\"sequence\":"))
        else {
            return Ok(None);
        };
        let (from, end) = (from + "\"envelope\":".len(), line[to_end..].find('}'));
        let Some(end) = end.map(|end| to_end + end + 1) else {
            return Ok(None);
        };
        let new = ActDigest::of(&line.as_bytes()[from..end]);
        let signature = self.key.sign("onetext signature 1", &new.0).to_string();
        let signed = act["signature"].as_str().unwrap_or_default();
        self.lines[*at] = line
            .replacen(&old.to_string(), &new.to_string(), 1)
            .replacen(signed, &signature, 1);
        // The heads that the pouch states are those that it brings.
        let mut header = self.header()?;
        if let Some(heads) = room.as_str().and_then(|room| header["heads"].get_mut(room)) {
            let mut stated = names(heads);
            if stated.remove(&old) {
                stated.insert(new);
            }
            *heads = stated.iter().map(ToString::to_string).collect();
        }
        self.lines[0] =
            String::from_utf8(onetext_seal::canonical(&header).on("a header")?).on("a header")?;
        let code = self.early(to)?.unwrap_or("unknown-author");
        Ok(Some((
            "pouches with an act in another seat's name: refused",
            code,
        )))
    }

    /// A bound site says that it is another seat's.
    fn seat_of_another(&mut self, to: &Site) -> Result<Option<Lie>> {
        let seat = self.header()?["from"]["seat"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let other = super::SEATS
            .iter()
            .find(|other| **other != seat && **other != to.seat);
        let (Some(other), true) = (other, to.is_founded()?) else {
            return Ok(None);
        };
        self.lines[0] = self.lines[0].replacen(
            &format!("\"from\":{{\"seat\":\"{seat}\""),
            &format!("\"from\":{{\"seat\":\"{other}\""),
            1,
        );
        Ok(Some((
            "pouches that name another seat: refused",
            "unknown-site",
        )))
    }
}

fn digest(name: &Value) -> ActDigest {
    let parsed = name.as_str().and_then(|name| name.parse().ok());
    parsed.unwrap_or(ActDigest([0; 32]))
}

fn names(list: &Value) -> BTreeSet<ActDigest> {
    list.as_array().into_iter().flatten().map(digest).collect()
}
