//! Random drafts and redrafts: points with sub-items and brackets, of which some are reworded, moved, dropped, joined or
//! added from one draft to the next.

use std::fmt::Write as _;
use std::sync::Arc;

use onetext_text::{Draft, IssuedDraft, Settled};

use super::Choices;
use crate::act::{Act, AlignDeed, Deed, Seldom};
use crate::names::{DraftId, RoomId, SeatId};
use crate::record::{DraftBlock, PointRef, Record, TextKind};

/// One point of a draft that is being made up.
#[derive(Debug, Clone)]
pub(super) struct Point {
    words: String,
    items: Vec<String>,
}

/// Adds one to four drafts to each text, and what their issuer settled of them.
pub(super) fn add(choices: &mut Choices<'_>, record: &mut Record) {
    for text in 0..record.texts.len() {
        let mut points: Vec<Point> = (0..2 + choices.below(4)).map(|_| point(choices)).collect();
        let mut base: Option<usize> = None;
        for _ in 0..1 + choices.below(3) {
            if base.is_some() {
                redraft(choices, &mut points);
            }
            let number = record.drafts.len();
            let id = format!("v{number}").into();
            add_draft(choices, record, text, base, &points, id);
            if record.drafts.len() > number {
                base = Some(number);
            }
        }
    }
    link(choices, record);
}

/// One more draft of the text with this number, the base being the draft with that number.
pub(super) fn add_draft(
    choices: &mut Choices<'_>,
    record: &mut Record,
    text: usize,
    base: Option<usize>,
    points: &[Point],
    id: DraftId,
) {
    let Ok(draft) = Draft::read(&printed(points)) else {
        return;
    };
    let text = &record.texts[text];
    let older = base.and_then(|base| record.drafts.get(base));
    let pairs = match older {
        Some(older) if choices.chance(40) => pairs(choices, &older.issued.draft, &draft),
        _ => Vec::new(),
    };
    let settled: Vec<Settled> = pairs
        .iter()
        .map(|(old, new)| Settled {
            old: *old,
            new: *new,
        })
        .collect();
    let by = match (text.kind, older) {
        (_, Some(older)) => older.by.clone(),
        (TextKind::Input, None) => choices
            .pick(&record.seats)
            .map_or_else(|| text.issuer.clone(), |seat| seat.id.clone()),
        _ => text.issuer.clone(),
    };
    let aligned = older
        .filter(|_| !pairs.is_empty())
        .map(|older| align_act(record, older, &id, &by, &draft, &pairs));
    let stream = format!("{}\0{}\0{}", record.process.id, text.id, id);
    let issued = IssuedDraft::issue(draft, older.map(|older| &*older.issued), &settled, &stream);
    let block = DraftBlock {
        file: format!("{id}.md"),
        text: text.id.clone(),
        base: older.map(|older| older.id.clone()),
        on: if choices.chance(50) {
            Some(super::when(choices))
        } else {
            None
        },
        by,
        language: choices.maybe("en".to_owned()),
        renders: None,
        ids: None,
        issued: Arc::new(issued),
        id,
    };
    record.drafts.push(block);
    record.acts.extend(aligned);
}

/// Pairs of provisions that the issuer settles, each provision once.
fn pairs(
    choices: &mut Choices<'_>,
    old: &Draft,
    new: &Draft,
) -> Vec<(Option<usize>, Option<usize>)> {
    let (old, new) = (old.provisions().len(), new.provisions().len());
    if old == 0 || new == 0 {
        return Vec::new();
    }
    match choices.below(3) {
        0 => vec![(Some(choices.below(old)), Some(choices.below(new)))],
        1 => vec![(Some(choices.below(old)), None)],
        _ => vec![(None, Some(choices.below(new)))],
    }
}

fn align_act(
    record: &Record,
    older: &DraftBlock,
    id: &DraftId,
    by: &SeatId,
    draft: &Draft,
    pairs: &[(Option<usize>, Option<usize>)],
) -> Act {
    let path = |draft: &Draft, index: Option<usize>| {
        index
            .and_then(|index| draft.provisions().get(index))
            .map_or_else(String::new, |one| one.path.clone())
    };
    let room = RoomId::chamber(by);
    Act {
        id: format!("settled {id}").into(),
        standing: super::next_in(record, &room).into(),
        room,
        seat: by.clone(),
        person: None,
        recorder: by.clone(),
        on: super::day("2025-11-01"),
        seldom: Seldom::default(),
        deed: Deed::Align(AlignDeed {
            from: older.id.clone(),
            to: id.clone(),
            pairs: pairs
                .iter()
                .map(|(old, new)| (path(&older.issued.draft, *old), path(draft, *new)))
                .collect(),
        }),
    }
}

/// Links a side text to a provision of a draft of the same issuer.
fn link(choices: &mut Choices<'_>, record: &mut Record) {
    if !choices.chance(40) {
        return;
    }
    let Record { texts, drafts, .. } = record;
    for text in texts.iter_mut().filter(|text| text.kind == TextKind::Side) {
        let own: Vec<&DraftBlock> = drafts
            .iter()
            .filter(|draft| draft.by == text.issuer)
            .collect();
        let Some(draft) = choices.pick(&own) else {
            continue;
        };
        if let Some(provision) = choices.pick(draft.issued.draft.provisions()) {
            text.linked_to.push(PointRef {
                draft: draft.id.clone(),
                path: provision.path.clone(),
            });
        }
    }
}

/// The points of a draft as it stands, redrafted; without a draft, points of their own.
pub(super) fn points_after(choices: &mut Choices<'_>, draft: Option<&Draft>) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for provision in draft.map_or(&[][..], Draft::provisions) {
        let words = provision
            .wording
            .trim_end_matches(['.', ':', ';'])
            .to_owned();
        match points.last_mut() {
            Some(point) if provision.depth > 0 => point.items.push(words),
            _ => points.push(Point {
                words,
                items: Vec::new(),
            }),
        }
    }
    if points.is_empty() {
        points = (0..1 + choices.below(4)).map(|_| point(choices)).collect();
    } else {
        redraft(choices, &mut points);
    }
    points
}

fn point(choices: &mut Choices<'_>) -> Point {
    let items = (0..choices.below(4)).map(|_| sentence(choices)).collect();
    Point {
        words: sentence(choices),
        items,
    }
}

fn sentence(choices: &mut Choices<'_>) -> String {
    const WHO: [&str; 5] = [
        "Ash",
        "Birch",
        "the commission",
        "each party",
        "the observer",
    ];
    const DOES: [&str; 6] = [
        "opens",
        "repairs",
        "shares",
        "closes",
        "[pays for] [maintains]",
        "guarantees",
    ];
    const WHAT: [&str; 7] = [
        "the bridge",
        "the mill",
        "the [upper] valley",
        "every road",
        "the water",
        "the archive",
        "100 boats",
    ];
    const WHEN: [&str; 5] = [
        "in spring",
        "within 30 days",
        "under point 1",
        "[as will be agreed]",
        "for ten years",
    ];
    let mut words = format!(
        "{} {} {} {}",
        WHO[choices.below(WHO.len())],
        DOES[choices.below(DOES.len())],
        WHAT[choices.below(WHAT.len())],
        WHEN[choices.below(WHEN.len())],
    );
    for _ in 0..choices.below(3) {
        let _ = write!(
            words,
            " and {} {}",
            WHAT[choices.below(WHAT.len())],
            WHEN[choices.below(WHEN.len())]
        );
    }
    words
}

fn redraft(choices: &mut Choices<'_>, points: &mut Vec<Point>) {
    for _ in 0..1 + choices.below(3) {
        let at = choices.below(points.len());
        match choices.below(6) {
            0 => points.insert(at, point(choices)),
            1 if points.len() > 1 => {
                points.remove(at);
            }
            2 if points.len() > 1 => {
                let moved = points.remove(at);
                points.insert(choices.below(points.len() + 1), moved);
            }
            3 if at + 1 < points.len() => {
                let joined = points.remove(at + 1);
                let _ = write!(points[at].words, " and {}", joined.words);
                points[at].items.extend(joined.items);
            }
            4 => points[at].items.push(sentence(choices)),
            _ => {
                let _ = write!(points[at].words, " {}", sentence(choices));
            }
        }
    }
}

fn printed(points: &[Point]) -> String {
    let mut text = String::new();
    for (number, point) in points.iter().enumerate() {
        let end = if point.items.is_empty() { "." } else { ":" };
        let _ = writeln!(text, "{}. {}{end}", number + 1, point.words);
        for (letter, item) in ('a'..='z').zip(&point.items) {
            let _ = writeln!(text, "    - {letter}. {item};");
        }
        text.push('\n');
    }
    text
}
