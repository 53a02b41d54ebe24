//! What a redline says in words, the same in the terminal and on the page.

use std::collections::BTreeMap;

use onetext_text::{Draft, PairKind, ProvisionKind, Redline, RedlinePair, Run, RunOp, RunReason};
use unicode_width::UnicodeWidthStr;

use super::Sides;

/// A stretch of a pair's words as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// In both drafts, letters alike or differing in white space and typography alone.
    Kept(&'a str),
    /// In both drafts; what it was before, and that it was a reference or only the case of letters.
    Adapted { text: &'a str, old: &'a str },
    /// In the old draft only.
    Gone(&'a str),
    /// In the new draft only.
    Come(&'a str),
    /// Moved away from here, inside the provision.
    MovedAway(&'a str),
    /// Moved here, inside the provision.
    MovedHere(&'a str),
    /// Here the next part of a split begins, or what came from the next part of a merge.
    Joint { path: &'a str, new: bool },
}

/// The runs of a pair as they are shown, with the seams between the parts of a split or a merge.
pub(super) fn pieces<'a>(pair: &'a RedlinePair, sides: &Sides<'a>) -> Vec<Piece<'a>> {
    let new = seams(sides.new, &pair.new_index);
    let old = seams(sides.old, &pair.old_index);
    let (mut new, mut old) = (new.into_iter().peekable(), old.into_iter().peekable());
    let (mut at_new, mut at_old) = (0, 0);
    let mut pieces = Vec::with_capacity(pair.runs.len());
    for run in &pair.runs {
        let (end_new, end_old) = (at_new + run.new_text().len(), at_old + run.old_text().len());
        let mut from = 0;
        // A seam lies inside a run that its side has; a kept run is cut by the letters of its new text.
        if !run.new_text().is_empty() {
            while let Some((seam, path)) = new.next_if(|(seam, _)| *seam < end_new) {
                cut(run, &mut from, seam - at_new, &mut pieces);
                pieces.push(Piece::Joint { path, new: true });
            }
        }
        if !run.old_text().is_empty() {
            while let Some((seam, path)) = old.next_if(|(seam, _)| *seam < end_old) {
                let seam = if run.old.is_none() {
                    seam - at_old
                } else {
                    run.text.len().min(seam - at_old)
                };
                cut(run, &mut from, seam, &mut pieces);
                pieces.push(Piece::Joint { path, new: false });
            }
        }
        cut(run, &mut from, run.text.len(), &mut pieces);
        (at_new, at_old) = (end_new, end_old);
    }
    pieces
}

/// Runs as they are shown, with no drafts around them.
pub(super) fn pieces_of(runs: &[Run]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(runs.len());
    for run in runs {
        cut(run, &mut 0, run.text.len(), &mut pieces);
    }
    pieces
}

/// Appends what of a run lies before `to` and was not yet appended.
fn cut<'a>(run: &'a Run, from: &mut usize, to: usize, pieces: &mut Vec<Piece<'a>>) {
    let Some(text) = run.text.get(*from..to).filter(|text| !text.is_empty()) else {
        return;
    };
    *from = to;
    pieces.push(match (run.op, run.why, run.old.as_deref()) {
        (RunOp::Keep, Some(RunReason::Reference | RunReason::Case), Some(old)) => {
            Piece::Adapted { text, old }
        }
        (RunOp::Keep, ..) => Piece::Kept(text),
        (RunOp::Delete, ..) => Piece::Gone(text),
        (RunOp::Insert, ..) => Piece::Come(text),
        (RunOp::MoveFrom, ..) => Piece::MovedAway(text),
        (RunOp::MoveTo, ..) => Piece::MovedHere(text),
    });
}

/// Where the wordings of several provisions meet, in bytes of their joined text, and what begins there.
fn seams<'a>(draft: &'a Draft, parts: &[usize]) -> Vec<(usize, &'a str)> {
    let mut at = 0;
    let mut seams = Vec::new();
    for pair in parts.windows(2) {
        if let [part, next] = pair {
            at += draft.provisions()[*part].wording.len();
            seams.push((at, draft.provisions()[*next].path.as_str()));
            at += 1;
        }
    }
    seams
}

/// The one word for what became of a provision.
pub(super) fn kind(kind: PairKind) -> &'static str {
    match kind {
        PairKind::Unchanged => "unchanged",
        PairKind::Renumbered => "renumbered",
        PairKind::Edited => "edited",
        PairKind::Moved => "moved",
        PairKind::Split => "split",
        PairKind::Merged => "merged",
        PairKind::Inserted => "new",
        PairKind::Deleted => "gone",
    }
}

/// What became of a pair, in a few words.
pub(super) fn fate(pair: &RedlinePair) -> String {
    let old = list(&pair.old);
    let edited = if pair.edited { " and edited" } else { "" };
    let renamed = pair.old != pair.new;
    match pair.kind {
        PairKind::Unchanged => "unchanged".to_owned(),
        PairKind::Renumbered if renamed => format!("renumbered, was {old}"),
        PairKind::Renumbered => "renumbered: it stands under another heading".to_owned(),
        PairKind::Edited if renamed => format!("edited, was {old}"),
        PairKind::Edited => "edited".to_owned(),
        PairKind::Moved if pair.new.len() > 1 => format!("moved and split from {old}"),
        PairKind::Moved if pair.old.len() > 1 => format!("moved and merged from {old}"),
        PairKind::Moved => format!("moved from {old}{edited}"),
        PairKind::Split => format!("split from {old} into {}", list(&pair.new)),
        PairKind::Merged => format!("merged from {old}"),
        PairKind::Inserted => "new".to_owned(),
        PairKind::Deleted => "gone".to_owned(),
    }
}

/// `5 → 3`, `13 + 13.a → 9`, `7`.
pub(super) fn numbers(pair: &RedlinePair) -> String {
    let (old, new) = (pair.old.join(" + "), pair.new.join(" + "));
    if old == new || old.is_empty() {
        new
    } else if new.is_empty() {
        old
    } else {
        format!("{old} → {new}")
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// The whole redline in one sentence: "12 points renumbered by a new Article 3; 4 moved; 2 split".
#[must_use]
pub fn in_words(redline: &Redline, sides: &Sides<'_>) -> String {
    let summary = &redline.summary;
    let mut parts = renumbered(redline, sides);
    let edited_too = redline
        .pairs
        .iter()
        .filter(|pair| pair.edited && pair.kind == PairKind::Moved)
        .count();
    let moved = match (summary.moved, edited_too) {
        (0, _) => None,
        (moved, 0) => Some(format!("{moved} moved")),
        (moved, edited) if moved == edited => Some(format!("{moved} moved and edited")),
        (moved, edited) => Some(format!("{moved} moved, {edited} of them edited")),
    };
    parts.extend(moved);
    let counted = [
        (summary.split, "split"),
        (summary.merged, "merged"),
        (summary.edited, "edited"),
        (summary.inserted, "new"),
        (summary.deleted, "gone"),
    ];
    parts.extend(
        counted
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}")),
    );
    if parts.is_empty() {
        return "Nothing changed.".to_owned();
    }
    let (left, unchanged) = (parts.join("; "), summary.unchanged);
    if unchanged > 0 {
        format!("{left}; {unchanged} unchanged.")
    } else {
        format!("{left}.")
    }
}

/// How many were renumbered, and by what where one or two provisions account for all of it.
fn renumbered(redline: &Redline, sides: &Sides<'_>) -> Vec<String> {
    if redline.summary.renumbered == 0 {
        return Vec::new();
    }
    let mut by_cause: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    let mut points = true;
    // For each level, by how much what came and went so far shifts its numbers, and the place of the last of these in the
    // list of pairs. What stands below another provision is counted anew.
    let mut shifts: BTreeMap<usize, (i128, usize)> = BTreeMap::new();
    for (place, pair) in redline.pairs.iter().enumerate() {
        let numbered = |draft: &Draft, indices: &[usize]| {
            indices.first().and_then(|index| {
                let provision = &draft.provisions()[*index];
                let label = provision.label.as_ref()?;
                Some((provision.depth, i128::from(label.number)))
            })
        };
        let (old, new) = (
            numbered(sides.old, &pair.old_index),
            numbered(sides.new, &pair.new_index),
        );
        if let Some((depth, _)) = new.or(old) {
            shifts.retain(|level, _| *level <= depth);
            let by = match pair.kind {
                PairKind::Inserted => 1,
                PairKind::Deleted => -1,
                _ => 0,
            };
            if by != 0 {
                let before = shifts.get(&depth).map_or(0, |(shift, _)| *shift);
                shifts.insert(depth, (before + by, place));
            }
        }
        if pair.kind == PairKind::Renumbered {
            let index = pair.new_index.first().copied().unwrap_or(0);
            points &= sides.new.points().binary_search(&index).is_ok();
            let cause = old.zip(new).and_then(|((_, was), (depth, is))| {
                let (shift, place) = shifts.get(&depth)?;
                (shift.abs() == 1 && is - was == *shift).then_some(*place)
            });
            *by_cause.entry(cause).or_default() += 1;
        }
    }
    let total = redline.summary.renumbered;
    let what = match (points, total) {
        (true, 1) => "point",
        (true, _) => "points",
        (false, 1) => "provision",
        (false, _) => "provisions",
    };
    if by_cause.len() == 1
        && let Some(pair) = by_cause
            .keys()
            .next()
            .copied()
            .flatten()
            .and_then(|place| redline.pairs.get(place))
    {
        let by = match pair.kind {
            PairKind::Inserted => format!("by a new {}", name(sides.new, &pair.new_index)),
            _ => format!("because {} is gone", name(sides.old, &pair.old_index)),
        };
        return vec![format!("{total} {what} renumbered {by}")];
    }
    vec![format!("{total} {what} renumbered")]
}

/// Where moved provisions stood before: after the pair that holds the provision before them and kept its place. For each pair, the
/// moved pairs whose old place is right after it; the last entry is the start of the text.
pub(super) fn ghosts(redline: &Redline) -> Vec<Vec<usize>> {
    let pairs = &redline.pairs;
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (place, pair) in pairs.iter().enumerate() {
        places.extend(pair.old_index.iter().map(|index| (*index, place)));
    }
    places.sort_unstable();
    let mut ghosts = vec![Vec::new(); pairs.len() + 1];
    let mut after = pairs.len();
    let mut last = None;
    for (_, place) in places {
        if pairs[place].kind != PairKind::Moved {
            after = place;
        } else if last != Some(place) {
            ghosts[after].push(place);
        }
        last = Some(place);
    }
    ghosts
}

/// What a provision is called in a sentence: `Article 3`, `point 3`, `12.a`.
fn name(draft: &Draft, indices: &[usize]) -> String {
    let Some(provision) = indices.first().map(|index| &draft.provisions()[*index]) else {
        return String::new();
    };
    let printed = provision
        .label
        .as_ref()
        .map(|label| label.printed.trim_end_matches(['.', ':', ')', ' ']));
    match printed {
        Some(printed)
            if printed.chars().next().is_some_and(char::is_alphabetic) && printed.contains(' ') =>
        {
            printed.to_owned()
        }
        Some(_) if provision.parent.is_none() && provision.kind == ProvisionKind::Numbered => {
            format!("point {}", provision.path)
        }
        _ => provision.path.clone(),
    }
}

/// `28 points` or, where the points are all there is or none, `55 provisions`.
pub(super) fn extent(draft: &Draft) -> String {
    match (draft.points().len(), draft.provisions().len()) {
        (0, provisions) => counted(provisions, "provision"),
        (points, _) => counted(points, "point"),
    }
}

/// `118 words out, 97 in, 2,010 kept`.
pub(super) fn words(redline: &Redline) -> String {
    let summary = &redline.summary;
    let out = counted(summary.words_deleted, "word");
    let moved = match summary.words_moved {
        0 => String::new(),
        moved => format!(", {moved} moved inside a provision"),
    };
    format!(
        "{out} out, {} in{moved}, {} kept",
        summary.words_inserted, summary.words_kept
    )
}

/// `1 bracket was open, 6 are now`; nothing where there were and are none.
pub(super) fn brackets(redline: &Redline) -> Option<String> {
    match (redline.summary.brackets_old, redline.summary.brackets_new) {
        (0, 0) => None,
        (old, new) if old == new => Some(format!("{} open, as before", counted(new, "bracket"))),
        (old, new) => {
            let were = if old == 1 { "was" } else { "were" };
            let are = if new == 1 { "is" } else { "are" };
            Some(format!(
                "{} {were} open, {new} {are} now",
                counted(old, "bracket")
            ))
        }
    }
}

/// Said where texts were too long to be compared word by word to the end.
pub(super) const COARSE: &str = "Parts of these texts are so long and so unlike that their words were compared in coarser steps: more may be marked than changed.";

/// How many words of a pair went and how many came.
pub(super) fn words_of(pair: &RedlinePair) -> (usize, usize) {
    let count = |op: RunOp| {
        let runs = pair.runs.iter().filter(|run| run.op == op);
        runs.map(|run| onetext_text::words(&run.text).len()).sum()
    };
    (count(RunOp::Delete), count(RunOp::Insert))
}

/// What became of brackets in a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bracketed {
    /// All of its words were replaced by these, in brackets.
    Replaced(String),
    /// How many brackets opened and closed, how many alternatives came and went.
    Counts([usize; 4]),
}

/// What became of brackets in a pair. A bracket opens or closes around words that stay; an alternative comes or goes with its
/// words.
pub(super) fn bracketed(pair: &RedlinePair) -> Option<Bracketed> {
    if !pair.edited {
        return None;
    }
    if let Some(placeholder) = placeholder(pair) {
        return Some(Bracketed::Replaced(placeholder));
    }
    let (mut opened, mut closed, mut added, mut dropped) = (0, 0, 0, 0);
    for run in &pair.runs {
        let (whole, half) = bracket_signs(&run.text);
        match run.op {
            RunOp::Insert => (added, opened) = (added + whole, opened + half),
            RunOp::Delete => (dropped, closed) = (dropped + whole, closed + half),
            RunOp::Keep | RunOp::MoveFrom | RunOp::MoveTo => {}
        }
    }
    Some(Bracketed::Counts([opened, closed, added, dropped]))
}

/// The same in words: `1 bracket opened, 2 alternatives dropped`.
pub(super) fn bracket_changes(pair: &RedlinePair) -> Option<String> {
    let counts = match bracketed(pair)? {
        Bracketed::Replaced(words) => return Some(format!("all of it replaced by {words}")),
        Bracketed::Counts(counts) => counts,
    };
    let whats = [
        ("bracket", "opened"),
        ("bracket", "closed"),
        ("alternative", "added"),
        ("alternative", "dropped"),
    ];
    let told: Vec<String> = counts
        .into_iter()
        .zip(whats)
        .filter(|(count, _)| *count > 0)
        .map(|(count, (what, fate))| format!("{} {fate}", counted(count, what)))
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// The longest text of brackets that only holds a place, in letters.
const PLACEHOLDER: usize = 40;

/// What stands for the words of a pair that are all gone: `[deleted]`, `[missing]`.
fn placeholder(pair: &RedlinePair) -> Option<String> {
    if pair
        .runs
        .iter()
        .any(|run| run.op == RunOp::Keep && run.text.contains(char::is_alphanumeric))
    {
        return None;
    }
    let new: String = pair.runs.iter().map(Run::new_text).collect();
    let new = new.trim();
    let inside = new.strip_prefix('[')?.strip_suffix(']')?;
    (new.chars().count() <= PLACEHOLDER && !inside.contains(['[', ']'])).then(|| new.to_owned())
}

/// The first words of a provision, in so many columns at most.
pub(super) fn opening(draft: &Draft, index: usize, columns: usize) -> String {
    let wording = draft
        .provisions()
        .get(index)
        .map_or("", |provision| provision.wording.as_str());
    let mut shown = String::new();
    for word in wording.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
        if shown.width() > columns {
            while shown.width() >= columns && shown.pop().is_some() {}
            return format!("{}…", shown.trim_end());
        }
    }
    shown
}

/// Brackets that open and close in a stretch of words, outermost ones, those apart that hold a place for words to come;
/// and those that open and do not close.
fn bracket_signs(text: &str) -> (usize, usize) {
    let (mut whole, mut open, mut from) = (0, 0_usize, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => {
                from = if open == 0 { at } else { from };
                open += 1;
            }
            ']' if open > 0 => {
                open -= 1;
                let words = text.get(from..=at).unwrap_or_default();
                let counts = open == 0 && !onetext_text::Brackets::parse(words).has_placeholder();
                whole += usize::from(counts);
            }
            _ => {}
        }
    }
    (whole, open)
}

/// `moved and edited`, `new`.
pub(super) fn kinds(pair: &RedlinePair) -> String {
    let word = kind(pair.kind);
    match pair.kind {
        PairKind::Moved | PairKind::Split | PairKind::Merged if pair.edited => {
            format!("{word} and edited")
        }
        _ => word.to_owned(),
    }
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}

/// True for a pair that has something to be looked at: all but the unchanged.
pub(super) fn is_change(pair: &RedlinePair) -> bool {
    pair.kind != PairKind::Unchanged
}
