//! `cargo xtask picture`: README's picture, drawn from what the program prints, so that it never shows what is not so.

use std::fmt::Write as _;

use crate::bench::Scratch;
use crate::failure::{Failure, Result, While};
use crate::house;
use crate::program::Program;
use crate::say;

/// Where the picture lies, from the root of the checkout.
const PLACE: &str = "docs/picture.svg";

/// Lines and columns of the picture.
const LINES: usize = 44;
const COLUMNS: usize = 82;

/// Points of a line and of a column.
const LINE: usize = 18;
const COLUMN: f64 = 7.83;

/// Draws the picture anew, or says whether it is what the program prints today.
pub(crate) fn run(check: bool) -> Result {
    let scratch = Scratch::new("picture")?;
    let program = Program::build()?;
    let demo = program.run(scratch.path(), &["demo", "demo"])?;
    let state = program.run(scratch.path(), &["status", "demo", "--color", "always"])?;
    if !demo.good || !state.good {
        return Err(Failure::because(format!("{}{}", demo.said, state.said)));
    }
    let svg = draw(&String::from_utf8_lossy(&state.answer));
    let file = house::root().join(PLACE);
    if !check {
        std::fs::write(&file, svg).on(file.display())?;
        say::line(&format!("drew {PLACE}"));
        return Ok(());
    }
    match std::fs::read_to_string(&file).on(file.display())? == svg {
        true => Ok(()),
        false => Err(Failure::because(format!(
            "{PLACE} shows what the program printed once: run `cargo xtask picture`"
        ))),
    }
}

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    class: String,
    text: String,
}

/// Draws terminal output with its colours as an SVG page of its own.
fn draw(output: &str) -> String {
    let lines: Vec<&str> = output.lines().take(LINES).collect();
    let width = (COLUMNS as f64 * COLUMN) as usize + 48;
    let height = lines.len() * LINE + 48;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-label=\"The state of play in the terminal\">\n<style>\n\
         text {{ font: 13px/1 ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #e4e6ea; white-space: pre; }}\n\
         .b {{ font-weight: 700; }} .d {{ opacity: .65; }} .u {{ text-decoration: underline; }}\n\
         .c1 {{ fill: #ff9a92; }} .c2 {{ fill: #8fdba7; }} .c3 {{ fill: #f2d479; }} .c4 {{ fill: #9cc4ff; }} \
         .c5 {{ fill: #dcb0ff; }} .c6 {{ fill: #8adbe6; }} .c7 {{ fill: #e4e6ea; }} .c0 {{ fill: #a0a7b2; }}\n\
         </style>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#191c22\"/>\n"
    );
    let mut style = Style::default();
    for (index, line) in lines.iter().enumerate() {
        let y = 34 + index * LINE;
        let _ = write!(svg, "<text x=\"24\" y=\"{y}\" xml:space=\"preserve\">");
        for stretch in style.part(line) {
            let text = escaped(&stretch.text);
            let _ = match stretch.class.as_str() {
                "" => write!(svg, "{text}"),
                class => write!(svg, "<tspan class=\"{class}\">{text}</tspan>"),
            };
        }
        svg.push_str("</text>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// What the terminal was last told about the style of what follows.
#[derive(Debug, Default)]
struct Style {
    bold: bool,
    dim: bool,
    underlined: bool,
    colour: Option<u8>,
}

impl Style {
    /// The line as stretches of one style each; the style goes on to the next line.
    fn part(&mut self, line: &str) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("\u{1b}[") {
            self.add(before, &mut stretches);
            let (codes, after) = after.split_once('m').unwrap_or((after, ""));
            codes.split(';').for_each(|code| self.turn(code));
            rest = after;
        }
        self.add(rest, &mut stretches);
        stretches
    }

    fn add(&self, text: &str, stretches: &mut Vec<Stretch>) {
        if !text.is_empty() {
            stretches.push(Stretch {
                class: self.class(),
                text: text.to_owned(),
            });
        }
    }

    /// Source: ECMA-48, "Select graphic rendition".
    fn turn(&mut self, code: &str) {
        match code.parse().unwrap_or(0) {
            1 => self.bold = true,
            2 => self.dim = true,
            4 => self.underlined = true,
            colour @ 30..=37 => self.colour = Some(colour - 30),
            colour @ 90..=97 => self.colour = Some(colour - 90),
            22 => (self.bold, self.dim) = (false, false),
            24 => self.underlined = false,
            39 => self.colour = None,
            0 => *self = Style::default(),
            _ => {}
        }
    }

    fn class(&self) -> String {
        let mut classes = Vec::new();
        for (on, name) in [(self.bold, "b"), (self.dim, "d"), (self.underlined, "u")] {
            if on {
                classes.push(name.to_owned());
            }
        }
        classes.extend(self.colour.map(|colour| format!("c{colour}")));
        classes.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<(String, String)> {
        let stretches = Style::default().part(line);
        stretches
            .into_iter()
            .map(|part| (part.class, part.text))
            .collect()
    }

    #[test]
    fn colours_become_classes() {
        let told = |class: &str, text: &str| (class.to_owned(), text.to_owned());
        assert_eq!(
            parts("a \u{1b}[1;31mb\u{1b}[0m c"),
            [told("", "a "), told("b c1", "b"), told("", " c")]
        );
    }

    #[test]
    fn signs_of_markup_are_words() {
        assert!(draw("<a> & b\n").contains("&lt;a&gt; &amp; b"));
    }
}
