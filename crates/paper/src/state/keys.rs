//! What the signs and the short words of a table mean: one line each, and only for those that the table uses.

use std::collections::BTreeSet;

use onetext_talks::{Attested, CellStance, CellStatus, PointStatus, ProvisionStatus};

use super::words;

/// A sign or word of a table that is explained under it, in the order of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is explained by its meaning")]
pub enum Key {
    Agreed,
    AdReferendum,
    RedLine,
    OnCondition,
    Endorsed,
    Lapsed,
    LapsedPackage,
    NotKnown,
    Brackets,
    Reported,
    Carried,
    Incomplete,
    Denied,
    BySilence,
    BeforeChange,
    OtherTrack,
    NotGiven,
}

impl Key {
    /// All of them, in order.
    pub const ALL: [Key; 17] = [
        Key::Agreed,
        Key::AdReferendum,
        Key::RedLine,
        Key::OnCondition,
        Key::Endorsed,
        Key::Lapsed,
        Key::LapsedPackage,
        Key::NotKnown,
        Key::Brackets,
        Key::Reported,
        Key::Carried,
        Key::Incomplete,
        Key::Denied,
        Key::BySilence,
        Key::BeforeChange,
        Key::OtherTrack,
        Key::NotGiven,
    ];

    /// As it stands in the table of a terminal.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Key::Agreed => words::status_short(PointStatus::Agreed),
            Key::AdReferendum => words::AD_REFERENDUM,
            Key::RedLine => words::RED_LINE,
            Key::OnCondition => "on condition",
            Key::Endorsed => words::stance(CellStance::Endorsed),
            Key::Lapsed | Key::LapsedPackage => words::stance(CellStance::Lapsed),
            Key::NotKnown => words::stance(CellStance::NotKnown),
            Key::Brackets => "[1]",
            Key::Reported => "°",
            Key::Carried => "←",
            Key::Incomplete => "…",
            Key::Denied => "¬",
            Key::BySilence => "(s)",
            Key::BeforeChange => "≈",
            Key::OtherTrack => "→",
            Key::NotGiven => "ø",
        }
    }

    /// As it is called where there is room for words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Key::Agreed => words::status(PointStatus::Agreed),
            Key::AdReferendum => "ad referendum",
            Key::OnCondition => words::stance(CellStance::AcceptedOnCondition),
            Key::Reported => "reported",
            Key::Carried => "carried from",
            Key::Incomplete => "incomplete",
            Key::Denied => "denied",
            Key::BySilence => "by silence",
            Key::BeforeChange => "before a change of words",
            Key::OtherTrack => "on another track",
            other => other.sign(),
        }
    }

    /// What it means; the sign or the word stands before it.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Key::Agreed => "provisionally: every party accepts these words",
            Key::AdReferendum => "accepted or agreed, to be confirmed at home",
            Key::RedLine => "objected, and this party says that it will not go beyond it",
            Key::OnCondition => "accepted on a condition that is not met",
            Key::Endorsed => "backed in principle; these words are not accepted by it",
            Key::Lapsed => {
                "accepted or endorsed on earlier words; the words changed, and it no longer counts"
            }
            Key::LapsedPackage => {
                "accepted as part of a package of which other words changed; it no longer counts"
            }
            Key::NotKnown => "no position is known to this seat; there may be one elsewhere",
            Key::Brackets => "so many brackets are open in it",
            Key::Reported => "written down by another seat, not yet confirmed by its own",
            Key::Carried => "taken on an earlier wording, and it stands",
            Key::Incomplete => "sub-items were added or dropped since",
            Key::Denied => {
                "another seat wrote down a position, and this party says that it did not take it"
            }
            Key::BySilence => "accepted by saying nothing until a silence procedure ended",
            Key::BeforeChange => {
                "accepted before an editorial change that still runs; it does not count meanwhile"
            }
            Key::OtherTrack => "moved to other talks: off the counts, neither agreed nor deleted",
            Key::NotGiven => "this party has not been given this draft",
        }
    }

    /// Whether it is a word rather than a sign.
    pub(super) fn is_word(self) -> bool {
        self < Key::Brackets
    }
}

/// What is explained under a table of these rows: only what they use, and no sign that stands for itself.
#[must_use]
pub fn legend<'p>(rows: impl Iterator<Item = &'p ProvisionStatus>) -> Vec<Key> {
    let used: BTreeSet<Key> = rows.flat_map(|row| of_row(row, false)).collect();
    let shown = |key: &Key| !matches!(key, Key::Brackets | Key::NotGiven);
    used.into_iter().filter(shown).collect()
}

/// The signs beside a position.
#[must_use]
pub fn cell_signs(cell: &CellStatus) -> Vec<Key> {
    let signs = [
        (cell.attested == Some(Attested::Reported), Key::Reported),
        (
            cell.carried_from.is_some() && cell.stance != CellStance::Lapsed,
            Key::Carried,
        ),
        (cell.incomplete, Key::Incomplete),
        (!cell.denied.is_empty(), Key::Denied),
        (cell.by_silence, Key::BySilence),
        (cell.before_change.is_some(), Key::BeforeChange),
    ];
    let used = signs.into_iter().filter(|(used, _)| *used);
    used.map(|(_, key)| key).collect()
}

/// The keys of one row: its state and its positions, in short words or in full.
pub(super) fn of_row(provision: &ProvisionStatus, short: bool) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    if provision.brackets > 0 {
        keys.insert(Key::Brackets);
    }
    if provision.track.is_some() {
        keys.insert(Key::OtherTrack);
    }
    match provision.status {
        _ if provision.track.is_some() => false,
        PointStatus::Agreed if short => keys.insert(Key::Agreed),
        PointStatus::AgreedAdRef => keys.insert(Key::AdReferendum),
        _ => false,
    };
    for cell in provision.stances.values() {
        keys.extend(cell_signs(cell));
        keys.extend(match cell.stance {
            CellStance::AcceptedAdRef => Some(Key::AdReferendum),
            CellStance::AcceptedOnCondition => Some(Key::OnCondition),
            CellStance::Endorsed => Some(Key::Endorsed),
            CellStance::Lapsed if cell.package.is_some() => Some(Key::LapsedPackage),
            CellStance::Lapsed => Some(Key::Lapsed),
            CellStance::NotKnown => Some(Key::NotKnown),
            _ => None,
        });
        if cell.red_line {
            keys.insert(Key::RedLine);
        }
    }
    keys
}
