//! The table of points: one row a point, one column a party; counts where the parties are many.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_talks::{CellStance, CellStatus, ProvisionStatus, SeatId, Stage, TextStatus};

use super::super::keys::{self, Key};
use super::super::layout::{cut, pad, width};
use super::super::rows::{Row, rows};
use super::super::words::{self, Tone};
use super::Sheet;

/// More parties than this are counted instead of shown one by one.
const COLUMNS: usize = 6;
/// Longer tables draw equal rows in a run together.
const LONG: usize = 60;

/// How the table is laid out.
struct Columns<'a> {
    label: usize,
    words: usize,
    state: usize,
    seats: Vec<(&'a SeatId, usize)>,
    short: bool,
    stage: Stage,
}

impl Sheet<'_> {
    pub(super) fn points(&mut self, text: &TextStatus) {
        let (rows, left_out) = rows(&text.provisions);
        if rows.is_empty() {
            return;
        }
        let columns = self.columns(text, &rows);
        let mut keys = BTreeSet::new();
        self.line("");
        self.head(text, &columns, &mut keys);
        let points = rows
            .iter()
            .filter(|row| matches!(row, Row::Point(_)))
            .count();
        if points > LONG {
            self.runs(&rows, &columns, &mut keys);
        } else {
            for row in &rows {
                self.row(*row, &columns, &mut keys);
            }
        }
        self.legend(&keys);
        self.denials(text);
        if left_out > 0 {
            let beside = words::count(left_out, "provision", "provisions");
            self.hang(
                "  ",
                &format!(
                    "{beside} beside the points (title, preamble) not shown: nothing is open there."
                ),
            );
        }
    }

    fn legend(&mut self, keys: &BTreeSet<Key>) {
        for key in keys {
            let said = match key.is_word() {
                true => format!("  {}: ", key.sign()),
                false if key.word() == key.sign() => format!("  {} ", key.sign()),
                false => format!("  {} {}: ", key.sign(), key.word()),
            };
            self.hang(&said, key.meaning());
        }
    }

    /// Positions that were written down for a party and that it denies.
    fn denials(&mut self, text: &TextStatus) {
        for ((seat, denied), paths) in words::denied(text) {
            let said = words::denial(
                denied,
                self.names.seat(seat),
                self.names.seat(&denied.recorded_by),
            );
            self.hang("  ¬ ", &format!("{}: {said}", paths.join(", ")));
        }
    }

    /// Insertions that nobody has disposed of.
    pub(super) fn proposed(&mut self, text: &TextStatus) {
        for insertion in &text.proposed {
            let place = match insertion.after.as_deref() {
                Some("") => "at the start".to_owned(),
                Some(path) => format!("after {path}"),
                None => "(the place it was meant for is gone)".to_owned(),
            };
            let label = insertion
                .label
                .as_deref()
                .map(|label| format!("{label} "))
                .unwrap_or_default();
            self.hang(
                "  + ",
                &format!(
                    "{} proposes to insert {place}: {label}\"{}\" ({})",
                    self.names.seat(&insertion.seat),
                    insertion.wording,
                    insertion.act
                ),
            );
        }
    }

    /// Where the latest draft changed and a language version of it did not, or the other way round.
    pub(super) fn versions(&mut self, text: &TextStatus) {
        for version in &text.versions {
            let told = words::version(version);
            self.hang("  ", &told);
        }
    }

    /// What the previous draft had and this one has not.
    pub(super) fn gone(&mut self, text: &TextStatus) {
        let mut by_draft: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for gone in &text.gone {
            by_draft
                .entry(gone.draft.as_str())
                .or_default()
                .push(&gone.path);
        }
        for (draft, paths) in by_draft {
            self.hang("  - ", &format!("Gone since {draft}: {}", paths.join(", ")));
        }
    }

    fn columns<'t>(&self, text: &'t TextStatus, rows: &[Row<'_>]) -> Columns<'t> {
        let label = rows
            .iter()
            .map(|row| width(&label(*row)))
            .max()
            .unwrap_or(1)
            .clamp(2, 12);
        let many = text.parties.len() > COLUMNS;
        let layout = |short: bool| {
            let state = rows
                .iter()
                .filter_map(|row| provision(*row))
                .map(|provision| width(&state(provision, short, text.stage)))
                .max()
                .unwrap_or(0)
                .max(5);
            let seats: Vec<(&SeatId, usize)> = if many {
                Vec::new()
            } else {
                text.parties
                    .iter()
                    .map(|seat| {
                        let cells = rows
                            .iter()
                            .filter_map(|row| provision(*row)?.stances.get(seat))
                            .map(|cell| width(&cell_words(cell, short)))
                            .max()
                            .unwrap_or(0);
                        (seat, cells.max(width(self.heading_of(seat)) + 2))
                    })
                    .collect()
            };
            let used: usize =
                label + 2 + state + 2 + seats.iter().map(|(_, wide)| wide + 2).sum::<usize>();
            (state, seats, self.width.saturating_sub(used + 2))
        };
        let roomy = layout(false);
        let short = roomy.2 < 26;
        let (state, seats, left) = if short { layout(true) } else { roomy };
        let words = if many { 30 } else { left.clamp(12, 60) };
        Columns {
            label,
            words,
            state,
            seats,
            short,
            stage: text.stage,
        }
    }

    /// A seat's name where it is short, else its handle.
    pub(super) fn heading_of<'s>(&'s self, seat: &'s SeatId) -> &'s str {
        let name = self.names.seat(seat);
        if width(name) <= 14 {
            name
        } else {
            seat.as_str()
        }
    }

    fn head(&mut self, text: &TextStatus, columns: &Columns<'_>, keys: &mut BTreeSet<Key>) {
        let mut line = format!(
            "  {}  {}  {}",
            pad("", columns.label),
            pad("Point", columns.words),
            pad("State", columns.state)
        );
        for (seat, wide) in &columns.seats {
            let mut name = cut(self.heading_of(seat), wide.saturating_sub(2));
            if unseen(&text.provisions, seat) {
                name.push_str(" ø");
                keys.insert(Key::NotGiven);
            }
            line.push_str(&format!("  {}", pad(&name, *wide)));
        }
        if columns.seats.is_empty() {
            line.push_str("  Positions");
        }
        let line = self.ink.quiet(line.trim_end());
        self.line(&line);
    }

    fn row(&mut self, row: Row<'_>, columns: &Columns<'_>, keys: &mut BTreeSet<Key>) {
        match row {
            Row::Folded(count) => {
                let items = words::count(count, "sub-item", "sub-items");
                let words = format!(
                    "  {}  and {items} with the same positions",
                    pad("", columns.label)
                );
                let line = self.ink.quiet(&words);
                self.line(&line);
            }
            Row::Section(section) => {
                let words = format!("  {} {}", label(row), section.words);
                let line = self.ink.bold(&cut(&words, self.width));
                self.line(&format!("  {}", line.trim_start()));
            }
            Row::Point(provision) => {
                self.cells(&label(row), &provision.words, provision, columns, keys)
            }
            Row::Item(provision, depth) => {
                let words = format!("{}{}", "  ".repeat(depth.min(4)), provision.words);
                self.cells(&label(row), &words, provision, columns, keys);
            }
        }
    }

    fn cells(
        &mut self,
        label: &str,
        wording: &str,
        provision: &ProvisionStatus,
        columns: &Columns<'_>,
        keys: &mut BTreeSet<Key>,
    ) {
        keys.extend(keys::of_row(
            provision,
            columns.short && columns.stage != Stage::Final,
        ));
        let state = pad(
            &state(provision, columns.short, columns.stage),
            columns.state,
        );
        let mut line = format!(
            "  {}  {}  {}",
            pad(&cut(label, columns.label), columns.label),
            pad(&cut(wording, columns.words), columns.words),
            self.ink.tone(words::status_tone(provision.status), &state)
        );
        for (seat, wide) in &columns.seats {
            let (words, tone) = match provision.stances.get(seat) {
                Some(cell) => (cell_words(cell, columns.short), words::cell_tone(cell)),
                None => (String::new(), Tone::Plain),
            };
            line.push_str(&format!("  {}", self.ink.tone(tone, &pad(&words, *wide))));
        }
        if columns.seats.is_empty() {
            line.push_str("  ");
            line.push_str(&counted(provision));
        }
        self.line(&line);
    }

    /// In a long table, points one after another that stand alike are one row.
    fn runs(&mut self, rows: &[Row<'_>], columns: &Columns<'_>, keys: &mut BTreeSet<Key>) {
        let mut index = 0;
        while let Some(row) = rows.get(index) {
            let mut end = index + 1;
            if let Row::Point(first) = row {
                while let Some(Row::Point(next)) = rows.get(end) {
                    if !alike(first, next) {
                        break;
                    }
                    end += 1;
                }
                if let (true, Some(Row::Point(last))) = (end - index > 2, rows.get(end - 1)) {
                    let words = format!("to {}: {} points alike", last.path, end - index);
                    self.cells(&label(*row), &words, first, columns, keys);
                    index = end;
                    continue;
                }
            }
            self.row(*row, columns, keys);
            index += 1;
        }
    }
}

fn provision<'a>(row: Row<'a>) -> Option<&'a ProvisionStatus> {
    match row {
        Row::Point(provision) | Row::Item(provision, _) => Some(provision),
        Row::Section(_) | Row::Folded(_) => None,
    }
}

fn label(row: Row<'_>) -> String {
    match row {
        Row::Point(provision) | Row::Item(provision, _) => provision.path.clone(),
        Row::Section(section) => section.number.clone().unwrap_or_default(),
        Row::Folded(_) => String::new(),
    }
}

fn state(provision: &ProvisionStatus, short: bool, stage: Stage) -> String {
    let word = if short && stage != Stage::Final {
        words::status_short(provision.status)
    } else {
        words::status_at(provision.status, stage)
    };
    let brackets = if provision.brackets > 0 {
        format!(" [{}]", provision.brackets)
    } else {
        String::new()
    };
    if provision.track.is_some() {
        // Neither agreed nor deleted, whatever its parties held on it.
        return format!(
            "{} {}{brackets}",
            Key::OtherTrack.sign(),
            Key::OtherTrack.word()
        );
    }
    format!("{} {word}{brackets}", words::status_sign(provision.status))
}

fn cell_words(cell: &CellStatus, short: bool) -> String {
    let mut out = words::cell(cell, short);
    let signs = keys::cell_signs(cell);
    if !signs.is_empty() {
        out.push(' ');
        out.extend(signs.into_iter().map(Key::sign));
    }
    out
}

/// Positions counted, the least favourable first.
fn counted(provision: &ProvisionStatus) -> String {
    let mut counts: BTreeMap<CellStance, (u64, u64)> = BTreeMap::new();
    for cell in provision.stances.values() {
        let entry = counts.entry(cell.stance).or_default();
        entry.0 += 1;
        entry.1 += u64::from(cell.red_line);
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(stance, (count, red))| {
            let red = if *red > 0 {
                format!(" ({red} red line)")
            } else {
                String::new()
            };
            format!("{count} {}{red}", words::stance(*stance))
        })
        .collect();
    parts.join(", ")
}

fn alike(a: &ProvisionStatus, b: &ProvisionStatus) -> bool {
    a.status == b.status
        && a.track == b.track
        && a.brackets == b.brackets
        && a.children.is_empty()
        && b.children.is_empty()
        && a.stances.values().zip(b.stances.values()).all(|(x, y)| {
            x.stance == y.stance
                && x.red_line == y.red_line
                && keys::cell_signs(x) == keys::cell_signs(y)
        })
}

/// Whether the record says that this seat has not been given the draft shown.
fn unseen(provisions: &[Arc<ProvisionStatus>], seat: &SeatId) -> bool {
    provisions
        .iter()
        .find_map(|provision| provision.stances.get(seat))
        .is_some_and(|cell| cell.seen == Some(false))
}
