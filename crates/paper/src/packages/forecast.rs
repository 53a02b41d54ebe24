//! What a study will cost, put into words and JSON.

use onetext_bargain::Forecast;
use serde_json::{Value, json};

use super::terminal::grouped;

/// As lines.
#[must_use]
pub fn forecast_words(forecast: &Forecast) -> String {
    let held = grouped(&format!("{:.0}", forecast.combinations.min(1e30)));
    let limit = grouped(&forecast.budget.to_string());
    let tied = match forecast.width {
        0 => "no point is tied to another".to_owned(),
        width => format!(
            "links and constraints hold at most {width} points open at once, {} combinations of their options{}",
            grouped(&forecast.contexts.to_string()),
            match forecast.along_a_tree {
                true => ", along a tree of links",
                false => "",
            }
        ),
    };
    let whole = match forecast.exact {
        true => format!(
            "the largest step will hold about {held} combinations of at most {limit}: the frontier will be whole"
        ),
        false => format!(
            "the largest step would hold about {held} combinations, and at most {limit} are held: the frontier will carry a bound"
        ),
    };
    format!(
        "{} packages; {tied}; {whole}. Expected: about {}, {}.\n",
        grouped(&forecast.outcomes),
        time(forecast.seconds),
        memory(forecast.bytes)
    )
}

/// As one object.
#[must_use]
pub fn forecast_json(forecast: &Forecast) -> Value {
    json!({
        "outcomes": forecast.outcomes,
        "width": forecast.width,
        "contexts": forecast.contexts.to_string(),
        "along_a_tree": forecast.along_a_tree,
        "combinations": forecast.combinations,
        "budget": forecast.budget,
        "seconds": forecast.seconds,
        "bytes": forecast.bytes,
        "exact": forecast.exact,
    })
}

fn time(seconds: f64) -> String {
    match seconds {
        long if long >= 1.0 => format!("{long:.1} s"),
        short if short >= 1e-3 => format!("{:.0} ms", short * 1e3),
        _ => "less than 1 ms".to_owned(),
    }
}

fn memory(bytes: f64) -> String {
    match bytes {
        many if many >= 1e6 => format!("{:.0} MB", many / 1e6),
        few => format!("{:.0} kB", (few / 1e3).max(1.0)),
    }
}
