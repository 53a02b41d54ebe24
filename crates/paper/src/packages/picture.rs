//! A package study as a picture (SVG): what packages give two parties, the solutions by shape, reservations as lines.

use std::fmt::Write as _;

use onetext_bargain::Point;

use super::{Answer, plain};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 600.0;
/// The frame that points are drawn in: left, top, right, bottom.
const FRAME: [f64; 4] = [80.0, 40.0, 730.0, 440.0];

/// Where a number of one party falls along an axis.
struct Axis {
    least: f64,
    most: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn new(numbers: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (least, most) = numbers
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), own| {
                (least.min(own), most.max(own))
            });
        let room = ((most - least) * 0.06).max(most.abs() * 1e-6).max(1e-9);
        Axis {
            least: least - room,
            most: most + room,
            from,
            to,
        }
    }

    fn at(&self, number: f64) -> f64 {
        self.from + (number - self.least) / (self.most - self.least) * (self.to - self.from)
    }
}

/// The picture; none where there are fewer than two parties or nothing to show. With more than two it shows the first two.
#[must_use]
pub fn picture(answer: &Answer) -> Option<String> {
    let [first, second, ..] = answer.terms.parties.as_slice() else {
        return None;
    };
    let given = answer.given.as_ref().map(|given| &given.point);
    let named = answer.named();
    let points: Vec<&Point> = answer
        .study
        .frontier
        .iter()
        .chain(named.iter().map(|named| &named.solution.point))
        .chain(given)
        .collect();
    if points.is_empty() {
        return None;
    }
    let number =
        |point: &Point, party: usize| point.utilities.get(party).map_or(0.0, |own| own.shown());
    let [left, top, right, bottom] = FRAME;
    let along = |party: usize, reservation: f64| {
        points
            .iter()
            .map(move |point| number(point, party))
            .chain([reservation])
    };
    let (low, high) = (first.reservation.shown(), second.reservation.shown());
    let across = Axis::new(along(0, low), left, right);
    let up = Axis::new(along(1, high), bottom, top);
    let place = |point: &Point| (across.at(number(point, 0)), up.at(number(point, 1)));
    let mut drawn = String::new();
    for point in &answer.study.frontier {
        let (x, y) = place(point);
        let _ = write!(
            drawn,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"#767676\"/>"
        );
    }
    let (x, y) = (across.at(low), up.at(high));
    let _ = write!(
        drawn,
        "<g stroke=\"#333\" stroke-dasharray=\"6 4\"><path d=\"M{x:.1} {top}V{bottom}\"/><path d=\"M{left} {y:.1}H{right}\"/></g>"
    );
    let mut legend: Vec<(String, String)> = vec![
        (
            "<circle cx=\"0\" cy=\"0\" r=\"3\" fill=\"#767676\"/>".to_owned(),
            frontier_words(answer),
        ),
        (
            "<path d=\"M-9 0H9\" stroke=\"#333\" stroke-dasharray=\"6 4\"/>".to_owned(),
            format!(
                "reservations: {} {}, {} {}",
                first.id,
                plain(low),
                second.id,
                plain(high)
            ),
        ),
    ];
    // The larger shapes first, so that solutions that meet in one package show all.
    let mut shapes = String::new();
    for (named, shape) in named.iter().zip(SHAPES) {
        let point = &named.solution.point;
        let (x, y) = place(point);
        let _ = write!(
            shapes,
            "<g transform=\"translate({x:.1} {y:.1})\">{shape}</g>"
        );
        let words = format!(
            "{}: {} {}, {} {}",
            named.name,
            first.id,
            plain(number(point, 0)),
            second.id,
            plain(number(point, 1))
        );
        legend.push((shape.to_owned(), words));
    }
    if let Some(point) = given {
        let (x, y) = place(point);
        let _ = write!(
            shapes,
            "<g transform=\"translate({x:.1} {y:.1})\">{GIVEN}</g>"
        );
        let words = format!(
            "the given package: {} {}, {} {}",
            first.id,
            plain(number(point, 0)),
            second.id,
            plain(number(point, 1))
        );
        legend.push((GIVEN.to_owned(), words));
    }
    let mut keys = String::new();
    for (line, (shape, words)) in legend.iter().enumerate() {
        let (x, y) = (
            left + (line % 2) as f64 * 330.0,
            500.0 + (line / 2) as f64 * 24.0,
        );
        let _ = write!(
            keys,
            "<g transform=\"translate({x} {y})\">{shape}<text x=\"18\" y=\"5\">{}</text></g>",
            escaped(words)
        );
    }
    let more = match answer.terms.parties.len() {
        2 => String::new(),
        count => format!(" {count} parties take part; the picture shows the first two."),
    };
    let words: Vec<&str> = legend.iter().map(|(_, words)| words.as_str()).collect();
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"t d\" \
         font-family=\"sans-serif\" font-size=\"13\"><title id=\"t\">Packages of {name}</title><desc id=\"d\">What packages give \
         {a} (to the right) and {b} (upwards).{more} {said}.</desc><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\
         <path d=\"M{left} {top}V{bottom}H{right}\" fill=\"none\" stroke=\"#000\"/>{ticks}{drawn}{shapes}\
         <text x=\"{middle}\" y=\"{below}\" text-anchor=\"middle\">what it gives {a}</text>\
         <text transform=\"translate(24 {halfway}) rotate(-90)\" text-anchor=\"middle\">what it gives {b}</text>{keys}</svg>\n",
        name = escaped(&answer.name),
        a = escaped(&first.id),
        b = escaped(&second.id),
        said = escaped(&words.join("; ")),
        ticks = ticks(&across, &up),
        middle = (left + right) / 2.0,
        below = bottom + 40.0,
        halfway = (top + bottom) / 2.0,
    ))
}

/// A shape for each solution, in the order in which they are told: they differ without their colours.
const SHAPES: [&str; 5] = [
    "<rect x=\"-10\" y=\"-10\" width=\"20\" height=\"20\" fill=\"none\" stroke=\"#0b4f8a\" stroke-width=\"2.5\"/>",
    "<path d=\"M0 -8L8 7H-8Z\" fill=\"none\" stroke=\"#8a4b00\" stroke-width=\"2\"/>",
    "<path d=\"M0 -13L13 0L0 13L-13 0Z\" fill=\"none\" stroke=\"#14663a\" stroke-width=\"2\"/>",
    "<path d=\"M0 -9V9M-9 0H9\" stroke=\"#7a1f5c\" stroke-width=\"2.5\"/>",
    "<circle r=\"6\" fill=\"none\" stroke=\"#4a3a8a\" stroke-width=\"2\"/>",
];
const GIVEN: &str = "<path d=\"M-8 -8L8 8M-8 8L8 -8\" stroke=\"#b00020\" stroke-width=\"3\"/>";

fn frontier_words(answer: &Answer) -> String {
    let count = answer.study.frontier.len();
    match answer.study.epsilon {
        None => format!("frontier: {count} packages"),
        Some(_) => format!("frontier, thinned out: {count} packages"),
    }
}

/// Five numbers along each axis.
fn ticks(across: &Axis, up: &Axis) -> String {
    let [left, _, _, bottom] = FRAME;
    let mut ticks = String::new();
    for step in 0..=4 {
        let share = f64::from(step) / 4.0;
        let number = |axis: &Axis| axis.least + share * (axis.most - axis.least);
        let (x, y) = (across.at(number(across)), up.at(number(up)));
        let _ = write!(
            ticks,
            "<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            bottom + 18.0,
            short(number(across)),
            left - 8.0,
            y + 4.0,
            short(number(up))
        );
    }
    ticks
}

fn short(number: f64) -> String {
    let words = if number.abs() >= 100.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.2}")
    };
    if words.trim_start_matches(['-', '0', '.']).is_empty() {
        return "0".to_owned();
    }
    words
}

fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
