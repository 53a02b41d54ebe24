//! What must hold for any input: one function per target, each panics where something does not hold.

use onetext_text::{Draft, RunOp, align, redline};

/// Any text is read as a draft, or refused within bounds; what was read lies in the source, and paths name it.
pub fn draft(source: &str) {
    let Ok(draft) = Draft::read(source) else {
        return;
    };
    assert_eq!(draft.source(), source);
    assert_eq!(draft.unread(), Vec::new(), "nothing is left unread");
    let mut end = draft.front_matter().map_or(0, str::len);
    for (index, provision) in draft.provisions().iter().enumerate() {
        assert_eq!(source.get(provision.span.clone()), Some(provision.wording.as_str()));
        assert!(provision.span.start >= end, "{}: wordings do not overlap", provision.path);
        end = provision.span.end;
        let line = source[..provision.start].matches('\n').count() + 1;
        assert_eq!(provision.line, line, "{}", provision.path);
        let depth = provision.parent.map_or(0, |parent| draft.provisions()[parent].depth + 1);
        assert_eq!(provision.depth, depth, "{}", provision.path);
        assert!(provision.parent.is_none_or(|parent| parent < index));
        for &child in &provision.children {
            assert_eq!(draft.provisions()[child].parent, Some(index));
        }
    }
    for bracket in draft.open_brackets() {
        assert!(source.is_char_boundary(bracket.span.start) && bracket.first <= bracket.last);
    }
    for reference in draft.references() {
        let wording = &draft.provisions()[reference.provision].wording;
        assert!(wording.get(reference.span.clone()).is_some());
        assert!(reference.target.is_none_or(|target| target < draft.provisions().len()));
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
        assert_eq!(letters(&told_old), letters(&joined(&old, &pair.old_index, &mut seen_old)));
        assert_eq!(letters(&told_new), letters(&joined(&new, &pair.new_index, &mut seen_new)));
        assert!((0.0..=1.0).contains(&pair.similarity));
    }
    assert!(seen_old.into_iter().chain(seen_new).all(|seen| seen), "no provision is left out");
}

/// The wordings of a pair's provisions, each taken once.
fn joined(draft: &Draft, indices: &[usize], seen: &mut [bool]) -> String {
    let mut text = String::new();
    for &index in indices {
        assert!(!std::mem::replace(&mut seen[index], true), "one provision stands in two pairs");
        text.push_str(&draft.provisions()[index].wording);
    }
    text
}

/// Wordings of several provisions are joined with white space of the redline's own.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}
