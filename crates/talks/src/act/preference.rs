//! What a party prefers of what is open: in confidence to the mediator, or as somebody estimates it.

use serde::{Deserialize, Serialize};

use super::one_or_many;
use crate::check::Place;
use crate::names::{ActId, DraftId, SeatId};

/// Preferences: options of open points in order, and swaps.
///
/// They stand in the room where they were given, and move nothing: no position, no count. An option is named by the
/// reading that it is (`1`, or `2.1` where several brackets are open), by the proposal that made it, or as `text`, the wording
/// as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preference {
    /// The draft whose words are meant.
    pub draft: DraftId,
    /// Whose preferences these are; none for those of the actor's own seat. Of another seat they are an estimate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<SeatId>,
    /// Options of points, the best first.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub ranking: Vec<Ranking>,
    /// What is preferred to what, everything else being equal.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub swaps: Vec<PreferenceSwap>,
    /// What the party has without an agreement, in hundredths of the best package: `40`, or `30..50`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation: Option<String>,
}

/// The options of one point in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// The path of the point.
    pub point: String,
    /// Its options, the best first.
    #[serde(deserialize_with = "one_or_many::deserialize")]
    pub order: Vec<String>,
    /// Those that are worth as much as the one before them.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub ties: Vec<String>,
}

/// One swap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreferenceSwap {
    /// This is preferred.
    #[serde(deserialize_with = "one_or_many::deserialize")]
    pub rather: Vec<OptionOf>,
    /// To this.
    #[serde(deserialize_with = "one_or_many::deserialize")]
    pub than: Vec<OptionOf>,
    /// Or both are worth the same.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub same: bool,
}

/// One option of one point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OptionOf {
    /// The path of the point.
    pub point: String,
    /// The option.
    pub option: String,
}

/// What the name of an option means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionName {
    /// The wording as it stands.
    Text,
    /// The alternative of each open bracket in order, from 1.
    Reading(Vec<usize>),
    /// What this act proposes.
    Proposal(ActId),
}

impl OptionName {
    /// Reads the name of an option.
    ///
    /// ```
    /// use onetext_talks::OptionName;
    /// assert_eq!(OptionName::of("2.1"), OptionName::Reading(vec![2, 1]));
    /// assert_eq!(OptionName::of("text"), OptionName::Text);
    /// assert_eq!(OptionName::of("p-14"), OptionName::Proposal("p-14".into()));
    /// ```
    #[must_use]
    pub fn of(name: &str) -> OptionName {
        if name == "text" {
            return OptionName::Text;
        }
        let reading: Option<Vec<usize>> = name
            .split('.')
            .map(|part| {
                let digits = part.bytes().all(|byte| byte.is_ascii_digit());
                part.parse().ok().filter(|_| digits)
            })
            .collect();
        match reading {
            Some(reading) => OptionName::Reading(reading),
            None => OptionName::Proposal(name.into()),
        }
    }
}

/// Reads a share in hundredths, or a least and a most: `40`, `30..50`, `12.5`. None where it is none, or not within 0 to 100.
#[must_use]
pub fn hundredths(words: &str) -> Option<(&str, &str)> {
    let (least, most) = words.split_once("..").unwrap_or((words, words));
    let (least, most) = (least.trim(), most.trim());
    let number = |words: &str| {
        let plain = words
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number: f64 = words.parse().ok().filter(|_| plain && words.len() <= 12)?;
        (0.0..=100.0).contains(&number).then_some(number)
    };
    (number(least)? <= number(most)?).then_some((least, most))
}

/// An option that preferences name: in which item of which field, and where in that.
pub(crate) struct NamedOption<'a> {
    pub(crate) field: &'static str,
    pub(crate) item: usize,
    pub(crate) inner: (&'static str, usize),
    pub(crate) point: &'a str,
    pub(crate) name: &'a str,
}

impl Preference {
    /// Every option that it names, and where.
    pub(crate) fn options(&self) -> impl Iterator<Item = NamedOption<'_>> {
        let ranked = self.ranking.iter().enumerate().flat_map(|(item, ranking)| {
            let order = ranking.order.iter().map(move |name| ("order", name));
            let ties = ranking.ties.iter().map(move |name| ("ties", name));
            let own = order.enumerate().chain(ties.enumerate());
            own.map(move |(at, (inner, name))| NamedOption {
                field: "ranking",
                item,
                inner: (inner, at),
                point: &ranking.point,
                name,
            })
        });
        let swapped = self.swaps.iter().enumerate().flat_map(|(item, swap)| {
            let rather = swap.rather.iter().map(|option| ("rather", option));
            let than = swap.than.iter().map(|option| ("than", option));
            let own = rather.enumerate().chain(than.enumerate());
            own.map(move |(at, (inner, named))| NamedOption {
                field: "swaps",
                item,
                inner: (inner, at),
                point: &named.point,
                name: &named.option,
            })
        });
        ranked.chain(swapped)
    }

    /// The proposals that it names.
    pub(crate) fn proposals(&self) -> impl Iterator<Item = &str> {
        self.options()
            .map(|named| named.name)
            .filter(|name| matches!(OptionName::of(name), OptionName::Proposal(_)))
    }
}

impl NamedOption<'_> {
    /// Where it stands.
    pub(crate) fn place(&self) -> Place {
        Place {
            field: self.field,
            item: Some(self.item),
            inner: Some((self.inner.0, Some(self.inner.1))),
        }
    }
}
