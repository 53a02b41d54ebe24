//! Generated pairs whose truth is known, pooled: provisions mapped, moves, splits and merges found, words marked.

use std::path::Path;

use serde_json::{Value, json};

use super::Report;
use crate::failure::{Failure, Result};
use crate::program::Program;
use crate::reference::Shared;
use crate::reference::synth::{self, Pair};

/// Seeds beside the reference pair, each with so many articles.
const SEEDS: [u64; 5] = [20_271, 20_272, 20_273, 20_274, 20_275];
const ARTICLES: usize = 250;

/// A share that is summed over pairs.
#[derive(Debug, Default, Clone, Copy)]
struct Share {
    part: f64,
    whole: f64,
}

impl Share {
    fn add(&mut self, part: f64, whole: f64) {
        self.part += part;
        self.whole += whole;
    }

    fn value(self) -> f64 {
        if self.whole > 0.0 {
            self.part / self.whole
        } else {
            1.0
        }
    }
}

pub(super) fn measure(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    report: &mut Report,
) -> Result {
    let mut pairs = vec![Pair::kept(shared, "t")];
    for seed in SEEDS {
        pairs.push(Pair::made(
            shared,
            folder,
            (&format!("seed-{seed}"), ARTICLES, seed),
        )?);
    }
    let (mut mapped, mut noise, mut false_edits) = (Share::default(), Share::default(), 0.0);
    let kinds = ["moved", "split", "merged"];
    let mut found = [(Share::default(), Share::default()); 3];
    for pair in &pairs {
        let score = synth::score(program, shared, folder, pair).map_err(Failure::because)?;
        let number = |value: &Value| value.as_f64().unwrap_or(0.0);
        let provisions = number(&score["provisions"]);
        mapped.add(number(&score["mapped"]) * provisions, provisions);
        false_edits += number(&score["false_edited"]);
        let words =
            |which: &str| number(&score[which]["deleted"]) + number(&score[which]["inserted"]);
        noise.add(words("words_marked"), words("words_least"));
        for (kind, (precision, recall)) in kinds.iter().zip(&mut found) {
            let told = &score[kind];
            let hits = number(&told["precision"]) * number(&told["found"]);
            precision.add(hits, number(&told["found"]));
            recall.add(hits, number(&told["truth"]));
        }
        report.note(
            &format!(
                "{}: mapped {}, words marked {} of the least",
                pair.name, score["mapped"], score["noise"]
            ),
            json!({"pair": pair.name, "score": score}),
        );
    }
    report.promise(
        "provisions mapped as the truth says",
        mapped.value(),
        0.995,
        false,
    );
    for (kind, ((precision, recall), least)) in kinds.iter().zip(found.iter().zip([0.98, 0.9, 0.9]))
    {
        report.promise(
            &format!("{kind}: precision"),
            precision.value(),
            least,
            false,
        );
        report.promise(&format!("{kind}: recall"), recall.value(), least, false);
    }
    report.promise("words marked, of the least", noise.value(), 1.03, true);
    report.promise("provisions falsely called edited", false_edits, 0.0, true);
    Ok(())
}
