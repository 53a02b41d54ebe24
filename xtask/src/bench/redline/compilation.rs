//! The compilation of 40 seats' proposals on 600 provisions.

use onetext_text::{Draft, SeatText, Shape, TakenOut, compile};
use serde_json::json;

use super::Report;
use crate::clock::{median, told};
use crate::drafts;
use crate::failure::Result;
use crate::prng::Chance;
use crate::sample::{LARGE, Sample, Size};

const SEATS: usize = 40;
const SECONDS: f64 = 1.0;
/// One line in so many is another in a seat's text.
const CHANGED: usize = 12;
const RUNS: usize = 3;

pub(super) fn measure(report: &mut Report) -> Result {
    let size = Size {
        drafts: 1,
        positions: 0,
        ..LARGE
    };
    let sample = Sample::of(size, 3);
    let text = sample.drafts.first().map_or("", |(_, text)| text);
    let mut chance = Chance::new(5);
    let texts: Vec<String> = (0..SEATS)
        .map(|seat| redrafted(text, seat, &mut chance))
        .collect();
    // Reading is measured too: the seats' texts come in as files.
    let (compiled, taken) = median(RUNS, || -> Result<_> {
        let base = drafts::read(text)?;
        let read = texts
            .iter()
            .map(|text| drafts::read(text))
            .collect::<Result<Vec<Draft>>>()?;
        let names: Vec<String> = (0..SEATS).map(|seat| format!("S{seat}")).collect();
        let seats: Vec<SeatText<'_>> = names
            .iter()
            .zip(&read)
            .map(|(seat, draft)| SeatText { seat, draft })
            .collect();
        let compilation = compile(&base, &seats);
        Ok((base, read, compilation))
    });
    let (base, read, compilation) = compiled?;
    let back = read.iter().enumerate().filter(|(seat, draft)| {
        let as_read = draft.provisions().iter().map(|provision| TakenOut {
            shape: Shape::of(provision),
            wording: provision.wording.clone(),
        });
        compilation.taken_out(*seat, &base).into_iter().eq(as_read)
    });
    let back = back.count();
    report.note(
        &format!(
            "compilation: {SEATS} seats on {} provisions, {} of {} open, {} in conflict: {} ({} of the processor); {back} texts taken back out",
            base.provisions().len(),
            compilation.open(),
            compilation.entries.len(),
            compilation.conflicts(),
            told(taken.wall),
            taken.worked.map_or("unknown".to_owned(), told),
        ),
        json!({"compilation": {"seats": SEATS, "provisions": base.provisions().len(),
            "seconds": taken.wall.as_secs_f64(), "taken_back_out": back}}),
    );
    report.promise(
        "compilation: seconds",
        taken.wall.as_secs_f64(),
        SECONDS,
        true,
    );
    report.promise(
        "compilation: texts taken back out",
        back as f64,
        SEATS as f64,
        false,
    );
    Ok(())
}

/// A seat's text: some lines with other words, some gone, some new.
fn redrafted(text: &str, seat: usize, chance: &mut Chance) -> String {
    let mut out = String::with_capacity(text.len() + 1024);
    for line in text.split_inclusive('\n') {
        let words = line.split(' ').count();
        match chance.below(CHANGED) {
            0 if words > 6 => {
                let at = 2 + chance.below(words - 3);
                let other: Vec<&str> = line
                    .split(' ')
                    .enumerate()
                    .map(|(place, word)| if place == at { "otherwise" } else { word })
                    .collect();
                out.push_str(&other.join(" "));
            }
            1 if words > 6 && chance.below(4) == 0 => {
                out.push_str(line);
                out.push_str(&format!("\nNew words that seat {seat} would add here.\n"));
            }
            _ => out.push_str(line),
        }
    }
    out
}
