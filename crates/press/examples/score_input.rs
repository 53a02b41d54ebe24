//! Reads JSON lines `{"id", "text"}` and writes the reports, one a line, as `{"id", "quotes", "report"}`:
//! what a scorer of quotation attribution takes. Measured figures come from it: `docs/press-figures.md`.

use std::error::Error;
use std::io::{BufRead, Write};

use onetext_press::{Rules, read};

fn main() -> Result<(), Box<dyn Error>> {
    let rules = Rules::english()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let case: serde_json::Value = serde_json::from_str(&line?)?;
        let text = case["text"].as_str().unwrap_or_default();
        let report = read(&rules, "", text, case["date"].as_str());
        let quotes: Vec<serde_json::Value> = report.statements.iter().filter(|s| s.verbatim).map(|s| {
            serde_json::json!({"start": s.start, "end": s.end, "speaker": s.speaker, "mention": s.speaker_words, "sure": s.sure, "attribution": s.attribution})
        }).collect();
        serde_json::to_writer(
            &mut out,
            &serde_json::json!({"id": case["id"], "quotes": quotes, "report": report}),
        )?;
        writeln!(out)?;
    }
    Ok(())
}
