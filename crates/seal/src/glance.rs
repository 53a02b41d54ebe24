//! An envelope that was checked when it arrived and kept since under a seal, read at a glance: without copying, and
//! without looking again at what was checked.

use crate::digest::{ActDigest, unhex};
use crate::key::SiteId;
use crate::moment::Moment;

/// What an envelope says, in the reader's buffers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance<'a> {
    /// The seat that did it.
    pub seat: &'a str,
    /// The person of that seat who did it.
    pub person: Option<&'a str>,
    /// How deep it lies.
    pub depth: u64,
    /// The event time, as its author wrote it.
    pub on: &'a str,
    parents: &'a str,
    /// The recorder's clock.
    pub recorded: Moment,
    /// The seat that wrote it down.
    pub recorder: &'a str,
    /// The site that signed.
    pub site: SiteId,
    /// The room.
    pub room: &'a str,
    /// How many acts the site wrote in this room before it.
    pub sequence: u64,
}

impl<'a> Glance<'a> {
    /// Reads an envelope in canonical form; none where it has escaped letters, or is otherwise for
    /// [`Envelope::read_kept`](crate::Envelope::read_kept) to read.
    #[must_use]
    pub fn of(bytes: &'a [u8]) -> Option<Glance<'a>> {
        let mut at = Cursor(std::str::from_utf8(bytes).ok()?);
        at.skip("{\"actor\":{")?;
        if at.skip("\"key\":").is_some() {
            at.digits(64)?;
            at.skip(",")?;
        }
        let person = at.person()?;
        at.skip("\"seat\":")?;
        let seat = at.string()?;
        at.skip("},\"algorithm\":\"sha256-ed25519\",\"body\":")?;
        at.digits(64)?;
        at.skip(",\"depth\":")?;
        let depth = at.number()?;
        at.skip(",\"format\":1,\"on\":")?;
        let on = at.string()?;
        at.skip(",\"parents\":[")?;
        let parents = at.until(']')?;
        at.skip(",\"process\":")?;
        at.digits(32)?;
        at.skip(",\"recorded\":")?;
        let recorded = Moment::parse(at.string()?)?;
        at.skip(",\"recorder\":{")?;
        at.person()?;
        at.skip("\"seat\":")?;
        let recorder = at.string()?;
        at.skip(",\"site\":")?;
        let site = SiteId(unhex(at.digits(64)?)?);
        at.skip("},\"room\":")?;
        let room = at.string()?;
        at.skip(",\"sequence\":")?;
        let sequence = at.number()?;
        at.skip("}")?;
        at.0.is_empty().then_some(Glance {
            seat,
            person,
            depth,
            on,
            parents,
            recorded,
            recorder,
            site,
            room,
            sequence,
        })
    }

    /// Whether it rests on this act alone; on none, where none is named.
    #[must_use]
    pub fn rests_on(&self, act: Option<&ActDigest>) -> bool {
        match act {
            None => self.parents.is_empty(),
            Some(act) => self.parents.len() == 66 && self.parents().next().flatten() == Some(*act),
        }
    }

    /// The acts that it rests on; none in place of one that is written as no digest is.
    pub fn parents(&self) -> impl Iterator<Item = Option<ActDigest>> + 'a {
        let names = self.parents.split(',').filter(|name| !name.is_empty());
        names.map(|name| {
            let digits = name.strip_prefix('"')?.strip_suffix('"')?;
            unhex(digits).map(ActDigest)
        })
    }
}

/// What is still to be read.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn skip(&mut self, expected: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    /// Up to a letter of ASCII, which is passed over.
    fn until(&mut self, end: char) -> Option<&'a str> {
        let (before, after) = self.0.split_once(end)?;
        self.0 = after;
        Some(before)
    }

    /// A string without escaped letters.
    fn string(&mut self) -> Option<&'a str> {
        self.skip("\"")?;
        let length = self
            .0
            .bytes()
            .position(|byte| byte == b'"' || byte == b'\\')?;
        let (string, rest) = (self.0.get(..length)?, self.0.get(length..)?);
        self.0 = rest.strip_prefix('"')?;
        Some(string)
    }

    /// A string of so many digits.
    fn digits(&mut self, count: usize) -> Option<&'a str> {
        self.skip("\"")?;
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest.strip_prefix('"')?;
        Some(digits)
    }

    fn person(&mut self) -> Option<Option<&'a str>> {
        if self.skip("\"person\":").is_none() {
            return Some(None);
        }
        let person = self.string()?;
        self.skip(",")?;
        Some(Some(person))
    }

    fn number(&mut self) -> Option<u64> {
        let bytes = self.0.bytes();
        let length = bytes.take_while(u8::is_ascii_digit).count();
        let (digits, rest) = (self.0.get(..length)?, self.0.get(length..)?);
        self.0 = rest;
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::{Actor, Commitment, Envelope, FORMAT, ProcessId, Recorder};

    fn sample() -> Envelope {
        Envelope {
            actor: Actor {
                key: None,
                person: None,
                seat: "sahrel".to_owned(),
            },
            algorithm: Envelope::algorithm(),
            body: Commitment([7; 32]),
            depth: 0,
            format: FORMAT,
            on: "2031-03".to_owned(),
            parents: Vec::new(),
            process: ProcessId([1; 16]),
            recorded: "2031-03-06T14:30:00.000000Z".to_owned(),
            recorder: Recorder {
                person: None,
                seat: "mediator".to_owned(),
                site: SiteId([2; 32]),
            },
            room: "комната, \u{1f600}".to_owned(),
            sequence: 0,
        }
    }

    /// What is seen at a glance is what the envelope says.
    fn check(envelope: &Envelope) {
        let bytes = envelope.bytes().unwrap();
        let glance = Glance::of(&bytes).unwrap();
        assert_eq!(glance.seat, envelope.actor.seat);
        assert_eq!(glance.person, envelope.actor.person.as_deref());
        assert_eq!(
            (glance.depth, glance.sequence),
            (envelope.depth, envelope.sequence)
        );
        assert_eq!((glance.on, glance.room), (&*envelope.on, &*envelope.room));
        assert_eq!(glance.recorded, envelope.moment());
        assert_eq!(glance.recorder, envelope.recorder.seat);
        assert_eq!(glance.site, envelope.recorder.site);
        let parents: Option<Vec<ActDigest>> = glance.parents().collect();
        assert_eq!(parents, Some(envelope.parents.clone()));
        let (first, second) = (ActDigest([3; 32]), ActDigest([4; 32]));
        assert_eq!(glance.rests_on(None), envelope.parents.is_empty());
        assert_eq!(glance.rests_on(Some(&first)), envelope.parents == [first]);
        assert_eq!(glance.rests_on(Some(&second)), envelope.parents == [second]);
        for length in 0..bytes.len() {
            assert_eq!(Glance::of(bytes.get(..length).unwrap_or_default()), None);
        }
    }

    #[test]
    fn a_glance_sees_what_the_envelope_says() {
        let mut envelope = sample();
        check(&envelope);
        envelope.actor.key = Some(SiteId([5; 32]));
        check(&envelope);
        envelope.actor.person = Some("mara]}".to_owned());
        envelope.recorder.person = Some("ilse,".to_owned());
        envelope.parents = vec![ActDigest([3; 32])];
        (envelope.depth, envelope.sequence) = (17, (1 << 53) - 1);
        check(&envelope);
        envelope.parents.push(ActDigest([4; 32]));
        check(&envelope);
    }

    #[test]
    fn escaped_letters_are_for_the_slow_way() {
        let mut envelope = sample();
        envelope.room = "\"here\"".to_owned();
        let bytes = envelope.bytes().unwrap();
        assert_eq!(Glance::of(&bytes), None);
        assert_eq!(Envelope::read_kept(&bytes), Ok(envelope));
    }
}
