//! What must hold for any input: one function per target, each panics where something does not hold.

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
