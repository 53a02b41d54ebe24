//! What can be said of a record by who trusts nobody: each act good, unknown or bad, and every other damage with its
//! place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::digest::{ActDigest, ContentDigest};
use crate::envelope::{Envelope, ProcessId};
use crate::heads::Heads;
use crate::histories::Histories;
use crate::history::Flaw;
use crate::key::{KnownKeys, SiteId};
use crate::keys::{Unknown, VoidKeyAct};
use crate::moment::Moment;
use crate::says::{Says, contents_of};
use crate::signed::{Fault, SignedAct};

/// From how many flaws on a room's history is no longer read: it is the work of somebody who writes to be costly.
const MOST_FLAWS: usize = 1000;

/// Checks the acts and contents of a record one after the other, in any order, and says at the end what it found.
#[derive(Debug)]
pub struct Verifier {
    process: Option<ProcessId>,
    keys: KnownKeys,
    histories: Histories,
    facts: BTreeMap<ActDigest, Facts>,
    rooms: Names,
    seats: Names,
    named: BTreeMap<ContentDigest, ActDigest>,
    contents: BTreeMap<ContentDigest, Content>,
    report: Report,
}

/// Of a well-signed act, what its verdict depends on.
#[derive(Debug, Clone, Copy)]
struct Facts {
    site: SiteId,
    seat: u32,
    room: u32,
    recorded: Moment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Here,
    Erased,
    Changed,
}

/// Names that stand in many acts, each kept once.
#[derive(Debug, Default)]
struct Names {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }
}

/// A damage that is not the change of an act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The carrier of the record, a file or a store, is damaged.
    #[error("{place}: {what}")]
    Carrier {
        /// Where: a line, a row.
        place: String,
        /// What is wrong there.
        what: String,
    },
    /// An act is kept under another name than its own.
    #[error("the act {is} is kept under another name, {kept}")]
    Name {
        /// The name that its envelope gives it.
        is: ActDigest,
        /// The name under which it is kept.
        kept: ActDigest,
    },
    /// An act stands twice.
    #[error("the act {0} stands twice")]
    Twice(ActDigest),
    /// An act of another process.
    #[error("the act {0} belongs to another process")]
    Process(ActDigest),
    /// An act is missing on which others rest.
    #[error("room {room}: the act {act} is missing; {child} rests on it")]
    Missing {
        /// The room.
        room: String,
        /// The missing act.
        act: ActDigest,
        /// One that rests on it.
        child: ActDigest,
    },
    /// A head that somebody holds is not there.
    #[error(
        "room {room}: the act {act} was a head and is not there: the end of this room was cut off or replaced"
    )]
    Head {
        /// The room.
        room: String,
        /// The head.
        act: ActDigest,
    },
    /// An author broke a rule of the history.
    #[error("room {room}: the act {act}: {flaw}")]
    Flaw {
        /// The room.
        room: String,
        /// The act.
        act: ActDigest,
        /// What is wrong.
        flaw: Flaw,
    },
    /// So many flaws that the rest of the room was not read.
    #[error(
        "room {0}: more than {MOST_FLAWS} acts of its history are wrong; the rest was not placed"
    )]
    Tangled(String),
    /// A room begins with an act that may not begin it.
    #[error(
        "room {room}: it begins with {act}, which does not say what the first act of this room must say"
    )]
    Beginning {
        /// The room.
        room: String,
        /// Its first act.
        act: ActDigest,
    },
    /// The signature is good and nobody vouches for the key.
    #[error("the act {act} is well signed, and {why}")]
    Stranger {
        /// The act.
        act: ActDigest,
        /// Why it is not known.
        why: Unknown,
    },
    /// A body whose `contents` are no list of digests.
    #[error("the act {0} names its contents as no digests")]
    Contents(ActDigest),
    /// A content is not what its digest says.
    #[error("the content {0} was changed")]
    ContentChanged(ContentDigest),
    /// A content that an act names is missing.
    #[error("the content {content} is missing; the act {act} names it")]
    ContentMissing {
        /// The content.
        content: ContentDigest,
        /// An act that names it.
        act: ActDigest,
    },
    /// A content that no act names.
    #[error("the content {0} is named by no act")]
    ContentStray(ContentDigest),
    /// A content stands twice.
    #[error("the content {0} stands twice")]
    ContentTwice(ContentDigest),
}

/// What the verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// How many acts are good: signed, and by a site of the seat that they name.
    pub good: usize,
    /// Acts that are well signed and not known to be of the seat that they name, with the reason.
    pub unknown: Vec<(ActDigest, Unknown)>,
    /// Acts whose envelope, body, salt or signature was changed, by the name under which they are kept.
    pub bad: Vec<(ActDigest, Fault)>,
    /// How many bodies were erased; their acts verify all the same.
    pub erased: usize,
    /// How many contents are what their digests say.
    pub contents: usize,
    /// How many contents were erased.
    pub contents_erased: usize,
    /// Key acts without effect, with the reason. They are no damage.
    pub void_keys: Vec<(ActDigest, VoidKeyAct)>,
    /// Every other damage.
    pub damages: Vec<Damage>,
    /// The heads of each room, to be handed to others, so that they can find a later change.
    pub heads: Heads,
    /// Whether heads were given that somebody else holds.
    pub against_heads: bool,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.bad.is_empty() && self.damages.is_empty()
    }

    /// The exit status of `verify`: 0 good; 3 an act was changed; 1 any other damage.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        match (self.bad.is_empty(), self.damages.is_empty()) {
            (false, _) => 3,
            (true, false) => 1,
            (true, true) => 0,
        }
    }

    /// Whether an end that was cut off, or a history that was replaced as a whole, cannot be excluded: no head was
    /// given that somebody else holds.
    #[must_use]
    pub fn cannot_exclude_a_cut(&self) -> bool {
        !self.against_heads
    }
}

impl fmt::Display for Report {
    /// One line for each thing found, then one that sums up.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (act, fault) in &self.bad {
            writeln!(f, "bad {act}: {fault}")?;
        }
        for damage in &self.damages {
            writeln!(f, "damage: {damage}")?;
        }
        for (act, why) in &self.unknown {
            writeln!(f, "unknown {act}: {why}")?;
        }
        for (act, why) in &self.void_keys {
            writeln!(f, "without effect {act}: {why}")?;
        }
        writeln!(
            f,
            "{} good, {} unknown, {} bad; {} bodies erased; {} contents, {} erased",
            self.good,
            self.unknown.len(),
            self.bad.len(),
            self.erased,
            self.contents,
            self.contents_erased,
        )?;
        if self.cannot_exclude_a_cut() {
            writeln!(
                f,
                "not excluded: that the last acts of a room were cut off, or that the whole was replaced; compare with \
                 heads that another site, a receipt or a printed page holds"
            )?;
        }
        Ok(())
    }
}

impl Verifier {
    /// A verifier of this process's acts; none where the process is not known, then the first act's is taken.
    #[must_use]
    pub fn new(process: Option<ProcessId>) -> Verifier {
        Verifier {
            process,
            keys: KnownKeys::default(),
            histories: Histories::new(process.unwrap_or(ProcessId([0; 16]))),
            facts: BTreeMap::new(),
            rooms: Names::default(),
            seats: Names::default(),
            named: BTreeMap::new(),
            contents: BTreeMap::new(),
            report: Report::default(),
        }
    }

    /// Checks an act that is kept under this name. Gives its envelope where the act is good as far as it goes.
    pub fn act(&mut self, kept: ActDigest, act: &SignedAct) -> Option<Envelope> {
        let (envelope, body) = match act.read_with(&mut self.keys) {
            Ok(read) => read,
            Err(fault) => {
                self.bad(kept, fault);
                return None;
            }
        };
        let is = act.id();
        if is != kept {
            self.damage(Damage::Name { is, kept });
        }
        if *self.process.get_or_insert(envelope.process) != envelope.process {
            self.damage(Damage::Process(is));
        }
        if self.facts.contains_key(&is) {
            self.damage(Damage::Twice(is));
            return Some(envelope);
        }
        let facts = Facts {
            site: envelope.recorder.site,
            seat: self.seats.number(&envelope.recorder.seat),
            room: self.rooms.number(&envelope.room),
            recorded: envelope.moment(),
        };
        self.facts.insert(is, facts);
        match &body {
            None => self.report.erased += 1,
            Some(body) => self.names(is, body),
        }
        let says = body.as_ref().map(Says::of);
        let tangled = self
            .histories
            .room(&envelope.room)
            .is_some_and(|history| history.flaw_count() > MOST_FLAWS);
        if !tangled {
            self.histories.add_said(is, &envelope, says.as_ref());
        }
        Some(envelope)
    }

    fn names(&mut self, act: ActDigest, body: &serde_json::Value) {
        match contents_of(body) {
            Some(contents) => {
                for content in contents {
                    self.named.entry(content).or_insert(act);
                }
            }
            None => self.damage(Damage::Contents(act)),
        }
    }

    /// Checks a content that is kept under this digest; none where it was erased.
    pub fn content(&mut self, kept: ContentDigest, bytes: Option<&[u8]>) {
        let state = match bytes {
            None => Content::Erased,
            Some(bytes) if ContentDigest::of(bytes) == kept => Content::Here,
            Some(_) => Content::Changed,
        };
        if self.contents.insert(kept, state).is_some() {
            self.damage(Damage::ContentTwice(kept));
        }
    }

    /// Notes an act that its carrier holds under this name and that cannot be read.
    pub fn bad(&mut self, kept: ActDigest, fault: Fault) {
        self.report.bad.push((kept, fault));
    }

    /// Notes a damage that the carrier of the record found.
    pub fn damage(&mut self, damage: Damage) {
        self.report.damages.push(damage);
    }

    /// What was found, also against heads that somebody else holds.
    #[must_use]
    pub fn finish(mut self, against: Option<&Heads>) -> Report {
        let keys = self.histories.keys();
        self.report.void_keys = keys.void().to_vec();
        self.report.heads = self.histories.heads();
        self.judge_acts(&keys);
        self.judge_histories();
        self.judge_contents();
        if let Some(heads) = against {
            self.report.against_heads = true;
            self.judge_heads(heads);
        }
        self.report
    }

    fn judge_acts(&mut self, keys: &crate::keys::Keys) {
        for (id, facts) in &self.facts {
            let (seat, room) = (self.seats.name(facts.seat), self.rooms.name(facts.room));
            let unknown = keys
                .unknown(&facts.site, seat, room, facts.recorded)
                .or_else(|| {
                    let sits = self.histories.members(room).has(seat);
                    (sits == Some(false)).then_some(Unknown::NotAMember)
                });
            let Some(why) = unknown else {
                self.report.good += 1;
                continue;
            };
            self.report.unknown.push((*id, why.clone()));
            // What a site wrote after it was revoked is kept and counts for nothing; everything else has no way in.
            if !matches!(why, Unknown::Revoked(_)) {
                let act = *id;
                self.report.damages.push(Damage::Stranger { act, why });
            }
        }
    }

    fn judge_histories(&mut self) {
        let bad: BTreeSet<ActDigest> = self.report.bad.iter().map(|(id, _)| *id).collect();
        let mut damages = Vec::new();
        for (room, history) in self.histories.rooms() {
            let room = room.to_owned();
            if history.flaw_count() > MOST_FLAWS {
                damages.push(Damage::Tangled(room));
                continue;
            }
            for (act, child) in history.missing() {
                // What rests on a changed act has no damage of its own.
                if !bad.contains(&act) {
                    let room = room.clone();
                    damages.push(Damage::Missing { room, act, child });
                }
            }
            damages.extend(history.flaws().into_iter().map(|(act, flaw)| {
                let room = room.clone();
                Damage::Flaw { room, act, flaw }
            }));
        }
        let misbegun = self.histories.misbegun().into_iter();
        damages.extend(misbegun.map(|(room, act)| Damage::Beginning { room, act }));
        self.report.damages.extend(damages);
    }

    fn judge_contents(&mut self) {
        let mut damages = Vec::new();
        for (content, state) in &self.contents {
            match state {
                Content::Changed => damages.push(Damage::ContentChanged(*content)),
                // It may be that a changed act named it.
                _ if !self.named.contains_key(content) && self.report.bad.is_empty() => {
                    damages.push(Damage::ContentStray(*content));
                }
                Content::Here => self.report.contents += 1,
                Content::Erased => self.report.contents_erased += 1,
            }
        }
        for (content, act) in &self.named {
            if !self.contents.contains_key(content) {
                let (content, act) = (*content, *act);
                damages.push(Damage::ContentMissing { content, act });
            }
        }
        self.report.damages.extend(damages);
    }

    fn judge_heads(&mut self, heads: &Heads) {
        for (room, head) in heads.each() {
            let found = self
                .histories
                .room(room)
                .is_some_and(|history| history.has(head) || history.is_waiting(head));
            if !found && !self.report.bad.iter().any(|(id, _)| id == head) {
                let (room, act) = (room.to_owned(), *head);
                self.report.damages.push(Damage::Head { room, act });
            }
        }
    }
}
