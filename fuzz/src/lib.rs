//! What must hold for any input: one function per target, each panics where something does not hold.

pub mod docx;
pub mod record;

use std::collections::BTreeMap;

use onetext_paper::dossier;
use onetext_talks::{Board, Cut, Record, Viewer};
use onetext_text::{BracketPiece, Brackets, Draft, PathError, ReadingError, RunOp, align, redline};

/// Any text is read as a draft, or refused within bounds; what was read lies in the source, and paths name it.
pub fn draft(source: &str) {
    let Ok(draft) = Draft::read(source) else {
        return;
    };
    assert_eq!(draft.source(), source);
    assert_eq!(draft.unread(), Vec::new(), "nothing is left unread");
    let mut end = draft.front_matter().map_or(0, str::len);
    for (index, provision) in draft.provisions().iter().enumerate() {
        assert_eq!(
            source.get(provision.span.clone()),
            Some(provision.wording.as_str())
        );
        assert!(
            provision.span.start >= end,
            "{}: wordings do not overlap",
            provision.path
        );
        end = provision.span.end;
        let line = source[..provision.start].matches('\n').count() + 1;
        assert_eq!(provision.line, line, "{}", provision.path);
        let depth = provision
            .parent
            .map_or(0, |parent| draft.provisions()[parent].depth + 1);
        assert_eq!(provision.depth, depth, "{}", provision.path);
        assert!(provision.parent.is_none_or(|parent| parent < index));
        for &child in &provision.children {
            assert_eq!(draft.provisions()[child].parent, Some(index));
        }
        match draft.find(&provision.path) {
            Ok(found) => assert_eq!(found, index, "{} names another", provision.path),
            Err(PathError::Ambiguous { .. }) => {}
            Err(error) => panic!("line {}: {error}", provision.line),
        }
    }
    for bracket in draft.open_brackets() {
        assert!(source.is_char_boundary(bracket.span.start) && bracket.first <= bracket.last);
    }
    for reference in draft.references() {
        let wording = &draft.provisions()[reference.provision].wording;
        assert!(wording.get(reference.span.clone()).is_some());
        assert!(
            reference
                .target
                .is_none_or(|target| target < draft.provisions().len())
        );
    }
}

/// Any wording is read for brackets: its pieces are the wording, and one reading of it can be had or is refused with
/// a reason.
pub fn brackets(wording: &str) {
    let brackets = Brackets::parse(wording);
    assert_eq!(brackets.to_string(), wording);
    let mut end = 0;
    for (index, piece) in brackets.pieces().iter().enumerate() {
        assert_eq!(piece.span().start, end, "pieces follow one another");
        end = piece.span().end;
        if let BracketPiece::Opens {
            partner: Some(partner),
            ..
        } = piece
        {
            let back = BracketPiece::Closes {
                span: brackets.pieces()[*partner].span(),
                partner: Some(index),
            };
            assert_eq!(brackets.pieces()[*partner], back);
        }
    }
    assert_eq!(end, wording.len());
    for group in brackets.groups() {
        assert!(wording.get(group.span.clone()).is_some() && !group.alternatives.is_empty());
        for alternative in &group.alternatives {
            assert!(wording.get(alternative.span.clone()).is_some());
        }
    }
    assert!(
        brackets
            .alternatives()
            .iter()
            .map(String::len)
            .sum::<usize>()
            <= 2 * wording.len()
    );
    for choice in [1, 2] {
        reading(&brackets, &vec![choice; brackets.groups().len()]);
    }
}

/// One reading: as many choices as it meets are enough, and it says nothing that the wording does not say.
fn reading(brackets: &Brackets, selection: &[usize]) {
    let reading = match brackets.readings(selection) {
        Err(ReadingError::TooMany { made, .. }) => brackets.readings(&selection[..made]),
        other => other,
    };
    match reading {
        Ok(words) => assert!(words.len() <= brackets.wording().len()),
        Err(ReadingError::Unbalanced) => assert!(brackets.unbalanced() > 0),
        Err(ReadingError::NoSuchAlternative {
            alternatives,
            given,
            ..
        }) => assert!(given > alternatives),
        Err(error) => panic!("{error}"),
    }
}

/// Two texts, parted by a NUL: each provision stands in one pair of the redline, and the runs rebuild both sides.
pub fn align_two(sources: &str) {
    let Some((old, new)) = sources.split_once('\0') else {
        return;
    };
    let (Ok(old), Ok(new)) = (Draft::read(old), Draft::read(new)) else {
        return;
    };
    let redline = redline(&old, &new, &align(&old, &new, &[]));
    let mut seen_old = vec![false; old.provisions().len()];
    let mut seen_new = vec![false; new.provisions().len()];
    for pair in &redline.pairs {
        let (mut told_old, mut told_new) = (String::new(), String::new());
        for run in &pair.runs {
            match run.op {
                RunOp::Keep => {
                    told_old.push_str(run.old.as_deref().unwrap_or(&run.text));
                    told_new.push_str(&run.text);
                }
                RunOp::Delete | RunOp::MoveFrom => told_old.push_str(&run.text),
                RunOp::Insert | RunOp::MoveTo => told_new.push_str(&run.text),
            }
        }
        assert_eq!(told_old, joined(&old, &pair.old_index, &mut seen_old));
        assert_eq!(told_new, joined(&new, &pair.new_index, &mut seen_new));
        assert!((0.0..=1.0).contains(&pair.similarity));
    }
    assert!(
        seen_old.into_iter().chain(seen_new).all(|seen| seen),
        "no provision is left out"
    );
}

/// The wordings of a pair's provisions, each taken once, one a line.
fn joined(draft: &Draft, indices: &[usize], seen: &mut [bool]) -> String {
    let mut wordings = Vec::new();
    for &index in indices {
        assert!(
            !std::mem::replace(&mut seen[index], true),
            "one provision stands in two pairs"
        );
        wordings.push(draft.provisions()[index].wording.as_str());
    }
    wordings.join("\n")
}

/// A dossier and the files `0`, `1`, … beside it, parted by NULs: it is read, or refused with a place for each fault;
/// what was read is written and read again the same; no seat's state of play panics.
pub fn dossier(input: &str) {
    let mut parts = input.split('\0');
    let source = parts.next().unwrap_or_default();
    let mut files: BTreeMap<String, Vec<u8>> = (0..8)
        .zip(parts)
        .map(|(index, text)| (index.to_string(), text.as_bytes().to_vec()))
        .collect();
    let record = match dossier::read(source, &mut files) {
        Ok(record) => record,
        Err(errors) => {
            assert!(!errors.is_empty() && errors.len() <= dossier::MOST_ERRORS);
            assert!(
                errors
                    .iter()
                    .all(|error| error.line > 0 && error.column > 0)
            );
            return;
        }
    };
    let written = dossier::write(&record);
    let again = dossier::read(&written.toml, &mut written.folder()).unwrap_or_else(|errors| {
        panic!(
            "what was written is refused: {}\n{}",
            errors[0], written.toml
        )
    });
    assert_eq!(again.acts, record.acts);
    assert_eq!(dossier::write(&again), written);
    let middle = record.acts.get(record.acts.len() / 2);
    let then = Cut {
        at: middle.map(|act| act.on.clone()),
        known_at: None,
    };
    for cut in [Cut::default(), then] {
        for seat in &record.seats {
            let viewer = Viewer {
                seat: seat.id.clone(),
                rooms: None,
            };
            look(&record, &viewer, &cut);
        }
    }
}

/// The state of play of one viewer, and why a few things in it stand as they do.
fn look(record: &Record, viewer: &Viewer, cut: &Cut) {
    let board = Board::of(record, viewer, cut).unwrap_or_else(|error| panic!("{error}"));
    let status = board.status();
    for text in &status.texts {
        for provision in text.provisions.iter().take(4) {
            let subject = format!("{}#{}", text.id, provision.path);
            drop(board.why(&subject));
        }
        let counted = text.points.as_ref().is_none_or(|points| {
            points.open.min == points.disputed
                && points.open.max == points.disputed + points.unknown
        });
        assert!(
            counted,
            "the open points are the disputed, to the disputed and the unknown"
        );
    }
    let gates = status.gates.iter().map(|gate| gate.id.as_str());
    let claims = status.claims.iter().map(|claim| claim.id.as_str());
    let seats = status.seats.iter().map(|seat| seat.id.as_str());
    for subject in gates.chain(claims).chain(seats) {
        drop(board.why(subject));
    }
}
