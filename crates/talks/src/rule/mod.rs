//! Rules of gates and stages: CEL expressions, decided in three values.
//!
//! The `cel` crate parses (Common Expression Language, <https://cel.dev>); the evaluator is ours, because a rule here
//! is asked of a viewer who may not know: what is not known is null, null makes a comparison undecidable, and `all`
//! over nothing seen is never true (law 5). An evaluation takes [`STEPS`] steps at most.

mod eval;
mod value;

use cel::IdedExpr;
use cel::common::ast::{Expr, LiteralValue, operators};
use cel::parser::Parser;

pub use value::Value;

/// The most steps that one evaluation takes.
pub const STEPS: u32 = 10_000;
/// The longest rule that is read, in bytes.
pub const LENGTH: usize = 4_000;

/// What a rule may ask.
pub trait Known {
    /// The value of a name such as `process.open.max` or `text["main"].stage`, step by step; [`Value::Null`] where
    /// it is not known, [`Value::Node`] where more steps must follow.
    fn known(&self, path: &[String]) -> Value;
}

/// A rule that was read.
#[derive(Debug, Clone)]
pub struct Rule {
    source: String,
    expression: Result<IdedExpr, String>,
}

/// What a rule comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// True or false; none where what is not known decides.
    pub holds: Option<bool>,
    /// Why it could not be evaluated, where it could not; it then does not hold.
    pub error: Option<String>,
    /// The names that were asked and what they came to, in order.
    pub asked: Vec<Asked>,
}

/// A name that a rule asks, and what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The name, step by step.
    pub path: Vec<String>,
    /// What it came to, in words.
    pub value: String,
}

impl Asked {
    /// The name as rules spell it.
    #[must_use]
    pub fn name(&self) -> String {
        eval::spell(&self.path)
    }
}

/// How the parts of a rule bear on the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// One of them is enough.
    Any,
    /// All of them are needed.
    All,
    /// Neither holds for all parts: the rule itself must be read.
    Mixed,
}

impl Rule {
    /// Reads a rule. One that cannot be read never holds, and says why.
    #[must_use]
    pub fn parse(source: &str) -> Rule {
        let expression = if source.len() > LENGTH {
            Err(format!("the rule is longer than {LENGTH} bytes"))
        } else {
            Parser::new().parse(source).map_err(|errors| {
                let first = errors
                    .errors
                    .first()
                    .map_or(String::new(), |error| error.msg.clone());
                format!("the rule cannot be read: {first}")
            })
        };
        Rule {
            source: source.to_owned(),
            expression,
        }
    }

    /// As written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Why it cannot be read, where it cannot.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.expression.as_ref().err().map(String::as_str)
    }

    /// Decides the rule on what is known.
    #[must_use]
    pub fn decide(&self, known: &dyn Known) -> Outcome {
        match &self.expression {
            Ok(expression) => eval::decide(expression, known),
            Err(error) => Outcome {
                holds: Some(false),
                error: Some(error.clone()),
                asked: Vec::new(),
            },
        }
    }

    /// How the parts of the rule bear on the whole: `||` and `in` leave a choice, `&&` needs all. With only one part
    /// either is true.
    #[must_use]
    pub fn join(&self) -> Join {
        let (mut any, mut all, mut other) = (false, false, false);
        self.walk(&mut |expression| match expression {
            Expr::Call(call) => match call.func_name.as_str() {
                operators::LOGICAL_OR | operators::IN => any = true,
                operators::LOGICAL_AND => all = true,
                operators::LOGICAL_NOT | operators::CONDITIONAL => other = true,
                _ => {}
            },
            Expr::Comprehension(_) => other = true,
            _ => {}
        });
        match (any, all, other) {
            (_, false, false) => Join::Any,
            (false, true, false) => Join::All,
            _ => Join::Mixed,
        }
    }

    /// Every name in the rule with a value, sorted, also those that deciding it did not come to.
    #[must_use]
    pub fn asks(&self, known: &dyn Known) -> Vec<Asked> {
        let mut paths: Vec<Vec<String>> = Vec::new();
        self.walk(&mut |expression| paths.extend(eval::literal_path(expression)));
        paths.sort();
        paths.dedup();
        // What a name is reached through stands right before it, and is asked with it.
        let through: Vec<bool> = paths
            .iter()
            .zip(paths.iter().skip(1))
            .map(|(path, next)| next.starts_with(path))
            .chain([false])
            .collect();
        let mut through = through.into_iter();
        paths.retain(|_| !through.next().unwrap_or(false));
        let asked = paths.into_iter().map(|path| {
            let value = known.known(&path);
            (path, value)
        });
        asked
            .filter(|(_, value)| *value != Value::Node)
            .map(|(path, value)| Asked {
                value: value.words(),
                path,
            })
            .collect()
    }

    /// The stages that the rule asks of a name, as `process.stage == 'final'` does.
    #[must_use]
    pub fn stages_asked(&self, name: &[String]) -> Vec<String> {
        let mut stages = Vec::new();
        self.walk(&mut |expression| {
            let Expr::Call(call) = expression else { return };
            let compares = matches!(call.func_name.as_str(), operators::EQUALS | operators::IN);
            let sides = call.args.iter().map(|side| &side.expr);
            let paths: Vec<_> = sides.clone().filter_map(eval::literal_path).collect();
            if compares && paths.iter().any(|path| path == name) {
                sides.for_each(|side| strings(side, &mut stages));
            }
        });
        stages.sort();
        stages.dedup();
        stages
    }

    /// Visits every expression of the rule.
    fn walk(&self, visit: &mut dyn FnMut(&Expr)) {
        let Ok(root) = &self.expression else { return };
        let mut open = vec![root];
        while let Some(next) = open.pop() {
            visit(&next.expr);
            match &next.expr {
                Expr::Call(call) => {
                    open.extend(call.target.as_deref().into_iter().chain(&call.args))
                }
                Expr::List(list) => open.extend(&list.elements),
                Expr::Select(select) => open.push(&select.operand),
                Expr::Comprehension(comprehension) => open.extend([
                    &comprehension.iter_range,
                    &comprehension.accu_init,
                    &comprehension.loop_cond,
                    &comprehension.loop_step,
                    &comprehension.result,
                ]),
                _ => {}
            }
        }
    }
}

/// The strings that an expression is, or lists.
fn strings(expression: &Expr, found: &mut Vec<String>) {
    match expression {
        Expr::Literal(LiteralValue::String(text)) => found.push(text.inner().to_owned()),
        Expr::List(list) => list
            .elements
            .iter()
            .for_each(|element| strings(&element.expr, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sample;

    impl Known for Sample {
        fn known(&self, path: &[String]) -> Value {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            match path.as_slice() {
                ["process"] | ["text"] | ["text", "main"] | ["process", "open"] => Value::Node,
                ["process", "stage"] => Value::Text("open".into()),
                ["process", "open", "max"] => Value::Number(19),
                ["text", "main", "brackets"] => Value::Number(0),
                ["now"] => Value::Time(1_764_028_800),
                _ => Value::Null,
            }
        }
    }

    #[track_caller]
    fn check(rule: &str, holds: Option<bool>) {
        let outcome = Rule::parse(rule).decide(&Sample);
        assert_eq!((outcome.holds, outcome.error), (holds, None), "{rule}");
    }

    #[test]
    fn what_is_known_decides() {
        check("process.stage in ['final', 'final-stage']", Some(false));
        check(
            "process.stage == 'open' && process.open.max <= 19",
            Some(true),
        );
        check("process.open.max - 16 == 3", Some(true));
        check("text['main'].brackets == 0 ? true : false", Some(true));
        check("now > timestamp('2025-11-24T00:00:00Z')", Some(true));
        check("['a', 'b'].exists(x, x == 'b')", Some(true));
    }

    #[test]
    fn what_is_not_known_leaves_it_undecided() {
        check("text['side'].stage == 'final'", None);
        check("text['side'].open.max < 3", None);
        check("text['side'].stage == 'final' && false", Some(false));
        check("text['side'].stage == 'final' || true", Some(true));
        check("!(text['side'].stage == 'final')", None);
        check("nobody.knows.this", None);
        check("text['side'].stage == null", Some(true));
        check("text['side'].stage in ['final']", None);
    }

    #[test]
    fn law_5_all_over_nothing_is_never_true() {
        check("[].all(x, x == 'a')", None);
        check("['a'].all(x, x == 'a')", Some(true));
    }

    #[track_caller]
    fn check_error(rule: &str, expected: &str) {
        let outcome = Rule::parse(rule).decide(&Sample);
        let error = outcome.error.unwrap_or_default();
        assert!(
            outcome.holds == Some(false) && error.contains(expected),
            "{rule}: {error}"
        );
    }

    #[test]
    fn what_errs_or_loops_does_not_hold_and_says_why() {
        check_error("process.stage <", "cannot be read");
        check_error("process.stage < 3", "cannot be compared");
        check_error("1 / 0 == 1", "divided by zero");
        check_error("9223372036854775807 + 1 > 0", "too large");
        check_error("process", "neither true nor false");
        check_error("frobnicate(1)", "no function");
        let list = format!("[{}]", vec!["1"; 60].join(","));
        check_error(
            &format!("{list}.all(a, {list}.all(b, {list}.all(c, a == b)))"),
            "10000 steps",
        );
        check_error(&"(".repeat(3_000), "cannot be read");
        check_error(&"!".repeat(3_999), "");
        check_error(&format!("{}1 > 0", "1+".repeat(1_900)), "");
        check_error(&"x".repeat(5_000), "longer than");
    }
}
