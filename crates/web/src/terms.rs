//! The field's words for what the record says, in the language of whoever looks. In English they are those of `paper`.

use onetext_paper::state::{Key, cell_signs};
use onetext_talks::{
    CellStance, CellStatus, Interval, PointStatus, Stage, StanceType, TextKind, When,
};

use crate::words::Words;

/// The state of a point.
pub(crate) fn status(w: Words, status: PointStatus) -> String {
    match status {
        PointStatus::Disputed => w.say("term-status-disputed"),
        PointStatus::Unknown => w.say("term-status-unknown"),
        PointStatus::AgreedAdRef => w.say("term-status-agreed-ad-ref"),
        PointStatus::Agreed => w.say("term-status-provisionally"),
    }
}

/// The state of a point of a text at this stage: nothing is agreed before everything is, and then it is (law 7).
pub(crate) fn status_at(w: Words, of: PointStatus, stage: Stage) -> String {
    match (of, stage) {
        (PointStatus::Agreed, Stage::Final) => w.say("term-status-agreed"),
        _ => status(w, of),
    }
}

/// A position.
pub(crate) fn stance(w: Words, stance: CellStance) -> String {
    match stance {
        CellStance::Objected => w.say("term-stance-objected"),
        CellStance::Proposed => w.say("term-stance-proposed"),
        CellStance::Reserved => w.say("term-stance-reserved"),
        CellStance::Withheld => w.say("term-stance-withheld"),
        CellStance::NotKnown => w.say("term-stance-not-known"),
        CellStance::NoReply => w.say("term-stance-no-reply"),
        CellStance::Lapsed => w.say("term-stance-lapsed"),
        CellStance::Endorsed => w.say("term-stance-endorsed"),
        CellStance::AcceptedOnCondition => w.say("term-stance-on-condition"),
        CellStance::AcceptedAdRef => w.say("term-stance-ad-ref"),
        CellStance::Accepted => w.say("term-stance-accepted"),
    }
}

/// The position in a cell, with its red line and what it is about, as the room allows.
pub(crate) fn cell(w: Words, cell: &CellStatus, short: bool) -> String {
    if short && cell.red_line && cell.stance == CellStance::Objected {
        return w.say("term-red-line");
    }
    let word = match (cell.stance, short) {
        (CellStance::AcceptedOnCondition, true) => w.say("term-short-on-condition"),
        (CellStance::AcceptedAdRef, true) => w.say("term-short-ad-ref"),
        (other, _) => stance(w, other),
    };
    match (cell.red_line, cell.kind, short) {
        (true, ..) => format!("{word} ({})", w.say("term-red-line")),
        (false, Some(kind), false) => format!("{word} ({})", stance_type(w, kind)),
        _ => word,
    }
}

/// What a disagreement is about.
pub(crate) fn stance_type(w: Words, kind: StanceType) -> String {
    match kind {
        StanceType::Language => w.say("term-type-language"),
        StanceType::Level => w.say("term-type-level"),
        StanceType::Time => w.say("term-type-time"),
        StanceType::Substance => w.say("term-type-substance"),
        StanceType::Dependency => w.say("term-type-dependency"),
    }
}

/// The stage of a text or of the process.
pub(crate) fn stage(w: Words, stage: Stage) -> String {
    match stage {
        Stage::Open => w.say("term-stage-open"),
        Stage::FinalStage => w.say("term-stage-final-stage"),
        Stage::Final => w.say("term-stage-final"),
    }
}

/// What a text is.
pub(crate) fn text_kind(w: Words, kind: TextKind) -> String {
    match kind {
        TextKind::Main => w.say("term-text-main"),
        TextKind::Side => w.say("term-text-side"),
        TextKind::Annex => w.say("term-text-annex"),
        TextKind::Input => w.say("term-text-input"),
        TextKind::Precedent => w.say("term-text-precedent"),
    }
}

/// How many points are open: a number, or an interval where some are unknown.
pub(crate) fn open(w: Words, open: Interval) -> String {
    match open.min == open.max {
        true => w.say_with("term-open-exactly", &[("n", open.min.into())]),
        false => w.say_with(
            "term-open-between",
            &[("min", open.min.into()), ("max", open.max.into())],
        ),
    }
}

/// How many brackets are open.
pub(crate) fn brackets(w: Words, count: u64) -> String {
    w.say_with("term-brackets", &[("n", count.into())])
}

/// A day, or a span of days.
pub(crate) fn when(w: Words, when: &When) -> String {
    match when.as_str().split_once('/') {
        None => when.as_str().to_owned(),
        Some((from, to)) => w.say_with("term-span", &[("from", from.into()), ("to", to.into())]),
    }
}

/// The signs beside a position, in words.
pub(crate) fn signs(w: Words, cell: &CellStatus) -> Vec<(Key, String)> {
    let keys = cell_signs(cell).into_iter();
    keys.map(|key| (key, key_word(w, key))).collect()
}

/// A word or sign of a table, as it is called.
pub(crate) fn key_word(w: Words, key: Key) -> String {
    match key {
        Key::Agreed => status(w, PointStatus::Agreed),
        Key::AdReferendum => w.say("term-short-ad-ref"),
        Key::RedLine => w.say("term-red-line"),
        Key::OnCondition => stance(w, CellStance::AcceptedOnCondition),
        Key::Endorsed => stance(w, CellStance::Endorsed),
        Key::Lapsed | Key::LapsedPackage => stance(w, CellStance::Lapsed),
        Key::NotKnown => stance(w, CellStance::NotKnown),
        Key::Reported => w.say("term-key-reported"),
        Key::Carried => w.say("term-key-carried"),
        Key::Incomplete => w.say("term-key-incomplete"),
        Key::Denied => w.say("term-key-denied"),
        Key::BySilence => w.say("term-key-by-silence"),
        Key::BeforeChange => w.say("term-key-before-change"),
        Key::OtherTrack => w.say("term-key-other-track"),
        Key::Brackets | Key::NotGiven => key.sign().to_owned(),
    }
}

/// What it means; none where the word says it.
pub(crate) fn key_meaning(w: Words, key: Key) -> Option<String> {
    Some(match key {
        Key::AdReferendum => w.say("term-mean-ad-ref"),
        Key::RedLine => w.say("term-mean-red-line"),
        Key::OnCondition => w.say("term-mean-on-condition"),
        Key::Endorsed => w.say("term-mean-endorsed"),
        Key::Lapsed => w.say("term-mean-lapsed"),
        Key::LapsedPackage => w.say("term-mean-lapsed-package"),
        Key::NotKnown => w.say("term-mean-not-known"),
        Key::Reported => w.say("term-mean-reported"),
        Key::Carried => w.say("term-mean-carried"),
        Key::Incomplete => w.say("term-mean-incomplete"),
        Key::Denied => w.say("term-mean-denied"),
        Key::BySilence => w.say("term-mean-by-silence"),
        Key::BeforeChange => w.say("term-mean-before-change"),
        Key::OtherTrack => w.say("term-mean-other-track"),
        Key::Agreed | Key::Brackets | Key::NotGiven => return None,
    })
}

#[cfg(test)]
mod tests {
    use onetext_paper::state::words;

    use super::*;

    /// In English a page of the workbench says the same as a page that is written to a file.
    #[test]
    fn in_english_the_words_are_those_of_paper() {
        let w = Words::default();
        for one in [
            PointStatus::Disputed,
            PointStatus::Unknown,
            PointStatus::AgreedAdRef,
            PointStatus::Agreed,
        ] {
            assert_eq!(status(w, one), words::status(one));
            assert_eq!(
                status_at(w, one, Stage::Final),
                words::status_at(one, Stage::Final)
            );
        }
        for one in [
            CellStance::Objected,
            CellStance::Proposed,
            CellStance::Reserved,
            CellStance::Withheld,
            CellStance::NotKnown,
            CellStance::NoReply,
            CellStance::Lapsed,
            CellStance::Endorsed,
            CellStance::AcceptedOnCondition,
            CellStance::AcceptedAdRef,
            CellStance::Accepted,
        ] {
            assert_eq!(stance(w, one), words::stance(one));
        }
        for one in [Stage::Open, Stage::FinalStage, Stage::Final] {
            assert_eq!(stage(w, one), words::stage(one));
        }
        for key in Key::ALL {
            assert_eq!(key_word(w, key), key.word());
            if let Some(meaning) = key_meaning(w, key) {
                assert_eq!(meaning, key.meaning());
            }
        }
    }
}
