//! What acts say, as the threads that read them turn it: a plain position to an act at once, since nearly all acts of a
//! long process are positions; anything else to a body that is read beside the others.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_seal::{ActDigest, ContentDigest, Envelope, Fault, Glance, canonical, read_kept_body};
use onetext_talks::{
    Act, Deed, Points, Seldom, Stance, StanceKind, StanceSeldom, StanceType, Standing, When,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Why;
use super::kept::Lexicon;
use crate::workspace::{Heard, Opened, WorkspaceError};

/// What an act says.
#[derive(Debug, Clone)]
pub enum Said {
    /// A position that names no other act.
    Plain(Plain),
    /// A position that counts, under the name that it goes by.
    Counts(Arc<Act>),
    /// A position that does not count: why, and in words.
    OutOf(Box<(Why, String)>),
    /// Anything else.
    Other(Box<Heard>),
    /// Nothing any more: it was taken over.
    Taken,
}

/// A position that names no other act. It stands on its room's only line, until it is known to have several.
#[derive(Debug, Clone)]
pub struct Plain {
    pub(super) act: Arc<Act>,
    /// The manifest of the draft that it says it was done on.
    pub(super) issued: Option<Arc<ContentDigest>>,
    /// The number of its handle's letters, where it has one of its own.
    pub(super) handle: Option<u64>,
}

/// The body of a plain position. Whatever else a body has that bears on an act is read the other way.
#[derive(Deserialize)]
struct Body<'a> {
    kind: &'a str,
    id: Option<&'a str>,
    draft: &'a str,
    #[serde(borrow)]
    points: Option<&'a RawValue>,
    stance: StanceKind,
    #[serde(rename = "type")]
    on_what: Option<StanceType>,
    #[serde(default)]
    red_line: bool,
    issued: Option<&'a str>,
    interest: Option<&'a str>,
    wording: Option<&'a str>,
    #[serde(default, rename = "about")]
    _about: Never,
    #[serde(default, rename = "after")]
    _after: Never,
    #[serde(default, rename = "communication")]
    _communication: Never,
    #[serde(default, rename = "condition")]
    _condition: Never,
    #[serde(default, rename = "contents")]
    _contents: Never,
    #[serde(default, rename = "label")]
    _label: Never,
    #[serde(default, rename = "language")]
    _language: Never,
    #[serde(default, rename = "move_after")]
    _move_after: Never,
    #[serde(default, rename = "note")]
    _note: Never,
    #[serde(default, rename = "on_behalf_of")]
    _on_behalf_of: Never,
    #[serde(default, rename = "package")]
    _package: Never,
    #[serde(default, rename = "reading")]
    _reading: Never,
    #[serde(default, rename = "recorded")]
    _recorded: Never,
    #[serde(default, rename = "release")]
    _release: Never,
    #[serde(default, rename = "text")]
    _text: Never,
    #[serde(default, rename = "until")]
    _until: Never,
}

/// A field that a plain position does not have.
#[derive(Default)]
struct Never;

impl<'de> Deserialize<'de> for Never {
    fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Never, D::Error> {
        Err(serde::de::Error::custom("it is no plain position"))
    }
}

/// Turns acts into what they say. Names that many acts have are held once.
#[derive(Debug, Default)]
pub struct Ear {
    pub(super) names: Once<Arc<str>>,
    pub(super) points: Once<Points>,
    pub(super) issued: Once<Arc<ContentDigest>>,
    pub(super) whens: Once<When>,
    pub(super) name_words: Lexicon<Arc<str>>,
    pub(super) point_words: Lexicon<Points>,
    pub(super) issued_words: Lexicon<Arc<ContentDigest>>,
}

impl Ear {
    /// What an act says.
    ///
    /// # Errors
    /// Where its envelope or its body cannot be read.
    pub(super) fn listen(&mut self, (act, glance): Opened<'_>) -> Result<Said, WorkspaceError> {
        if let (Some(glance), Some((body, _))) = (glance, &act.body)
            && let Some(plain) = self.plain(&act.id, glance, body)
        {
            return Ok(Said::Plain(plain));
        }
        let envelope = Envelope::read_kept(act.envelope).map_err(Fault::from)?;
        let body = act.body.map(|(bytes, _)| read_kept_body(bytes));
        Ok(Said::Other(Box::new(Heard {
            id: act.id,
            envelope,
            body: body.transpose()?,
            received: 0,
        })))
    }

    /// What an act says that was read before.
    pub(super) fn again(&mut self, heard: Heard) -> Said {
        let envelope = heard.envelope.bytes().ok();
        let body = heard.body.as_ref().and_then(|body| canonical(body).ok());
        let plain = envelope.zip(body).and_then(|(envelope, body)| {
            let glance = Glance::of(&envelope)?;
            self.plain(&heard.id, &glance, &body)
        });
        match plain {
            Some(plain) => Said::Plain(plain),
            None => Said::Other(Box::new(heard)),
        }
    }

    /// The plain position that these bytes are; none where they are anything else.
    pub(super) fn plain(
        &mut self,
        id: &ActDigest,
        glance: &Glance<'_>,
        body: &[u8],
    ) -> Option<Plain> {
        let body: Body<'_> = serde_json::from_slice(body).ok()?;
        if body.kind != "stance" {
            return None;
        }
        let points = match body.points {
            None => None,
            Some(points) => Some(
                self.points
                    .get(points.get(), |points| serde_json::from_str(points).ok())?,
            ),
        };
        let issued = match body.issued {
            None => None,
            Some(issued) => Some(
                self.issued
                    .get(issued, |issued| issued.parse().ok().map(Arc::new))?,
            ),
        };
        let seldom = match (body.interest, body.wording) {
            (None, None) => Seldom::default(),
            (interest, wording) => StanceSeldom {
                interest: interest.map(str::to_owned),
                wording: wording.map(str::to_owned),
                ..StanceSeldom::default()
            }
            .into(),
        };
        let stance = Stance {
            draft: Some(self.name(body.draft)),
            points,
            stance: body.stance,
            kind: body.on_what,
            red_line: body.red_line,
            seldom,
        };
        let act = Act {
            id: match body.id {
                Some(id) => id.into(),
                None => id.to_string().into(),
            },
            room: self.name(glance.room),
            standing: Standing::from(glance.depth),
            seat: self.name(glance.seat),
            person: glance.person.map(|person| self.name(person)),
            recorder: self.name(glance.recorder),
            on: self.whens.near(glance.on, |on| When::parse(on).ok())?,
            seldom: Seldom::default(),
            deed: Deed::Stance(stance),
        };
        Some(Plain {
            act: Arc::new(act),
            issued,
            handle: body.id.map(number_of),
        })
    }

    pub(super) fn name<T: From<Arc<str>>>(&mut self, name: &str) -> T {
        let held = self.names.get(name, |name| Some(name.into()));
        held.unwrap_or_else(|| name.into()).into()
    }
}

/// Things that are made of words, each held once.
#[derive(Debug)]
pub(super) struct Once<T> {
    all: BTreeMap<Arc<str>, T>,
    /// What was asked for last, by a number made of its letters.
    near: Vec<Option<(Arc<str>, T)>>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Once {
            all: BTreeMap::new(),
            near: Vec::new(),
        }
    }
}

impl<T: Clone> Once<T> {
    /// What is made of these words; none where nothing can be.
    pub(super) fn get(&mut self, words: &str, make: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if let Some(made) = self.at(words) {
            return Some(made.clone());
        }
        let (known, made) = match self.all.get_key_value(words) {
            Some((known, made)) => (Arc::clone(known), made.clone()),
            None => {
                let (known, made): (Arc<str>, T) = (words.into(), make(words)?);
                self.all.insert(Arc::clone(&known), made.clone());
                (known, made)
            }
        };
        Some(self.keep(known, made))
    }

    /// The same of words that many may share and none need to: only what was asked for lately is held.
    pub(super) fn near(&mut self, words: &str, make: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if let Some(made) = self.at(words) {
            return Some(made.clone());
        }
        let made = make(words)?;
        Some(self.keep(words.into(), made))
    }

    fn at(&self, words: &str) -> Option<&T> {
        let (known, made) = self.near.get(place_of(words))?.as_ref()?;
        (**known == *words).then_some(made)
    }

    fn keep(&mut self, known: Arc<str>, made: T) -> T {
        if self.near.is_empty() {
            self.near.resize_with(NEAR, || None);
        }
        if let Some(slot) = self.near.get_mut(place_of(&known)) {
            *slot = Some((known, made.clone()));
        }
        made
    }
}

/// So many things are found at once.
const NEAR: usize = 1 << 12;

/// Where words are looked for first.
fn place_of(words: &str) -> usize {
    usize::try_from(number_of(words) >> 32).unwrap_or(0) % NEAR
}

/// A number made of letters: the same for the same (FNV-1a).
pub(super) fn number_of(letters: &str) -> u64 {
    letters.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
        (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
