//! Prints the outline that the reader makes of a draft: `cargo run -p onetext-text --example outline -- FILE`.
#![allow(clippy::print_stdout, reason = "an example speaks")]

use onetext_text::Draft;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for file in std::env::args().skip(1) {
        let source = std::fs::read_to_string(&file)?;
        let draft = Draft::read(&source)?;
        println!(
            "== {file}: {} provisions, {} points (level {:?}), {} brackets",
            draft.provisions().len(),
            draft.points().len(),
            draft.point_depth(),
            draft.open_brackets().len()
        );
        for (index, provision) in draft.provisions().iter().enumerate() {
            let label = provision
                .label
                .as_ref()
                .map_or("", |label| label.printed.as_str());
            let words: String = provision
                .wording
                .replace('\n', "⏎")
                .chars()
                .take(70)
                .collect();
            let point = if draft.points().contains(&index) {
                '*'
            } else {
                ' '
            };
            println!(
                "{:4} {point}{:w$}{:?} {} «{label}» {words} [{}]",
                provision.line,
                "",
                provision.kind,
                provision.path,
                draft.open_pairs_in(index),
                w = provision.depth * 2
            );
        }
        for reference in draft.references() {
            let at = &draft.provisions()[reference.provision];
            let target = reference
                .target
                .map_or("?", |target| draft.provisions()[target].path.as_str());
            println!(
                "ref {}: {} -> {target}",
                at.path,
                &at.wording[reference.span.clone()]
            );
        }
        for remark in draft.remarks() {
            println!("{}:{}: {}", remark.line, remark.column, remark.text);
        }
    }
    Ok(())
}
