//! Rules of gates and stages: CEL expressions, decided in three values.
//!
//! The `cel` crate parses (Common Expression Language, <https://cel.dev>); the evaluator is ours, because a rule here
//! is asked of a viewer who may not know: what is not known is null, null makes a comparison undecidable, and `all`
//! over nothing seen is never true (law 5). An evaluation takes [`STEPS`] steps at most.

mod eval;
mod value;

use cel::IdedExpr;
use cel::common::ast::{Expr, LiteralValue};
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
    pub asked: Vec<(String, String)>,
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

    /// The strings that stand in the rule: stages, handles.
    #[must_use]
    pub fn strings(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.walk(&mut |expression| {
            if let Expr::Literal(LiteralValue::String(text)) = expression {
                found.push(text.inner().to_owned());
            }
        });
        found
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
