//! The evaluator: three values, a bound on steps, and a list of what was asked.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, LiteralValue, operators};

use super::value::Value;
use super::{Asked, Known, Outcome, STEPS};

/// How deeply expressions may nest while being evaluated.
const DEPTH: u32 = 200;

pub(super) fn decide(expression: &IdedExpr, known: &dyn Known) -> Outcome {
    let mut run = Run {
        known,
        steps: 0,
        depth: 0,
        bound: Vec::new(),
        asked: Vec::new(),
    };
    let (holds, error) = match run.value(expression) {
        Ok(Value::Truth(truth)) => (Some(truth), None),
        Ok(Value::Null) => (None, None),
        Ok(other) => (
            Some(false),
            Some(format!(
                "the rule is neither true nor false but {}",
                other.words()
            )),
        ),
        Err(error) => (Some(false), Some(error)),
    };
    Outcome {
        holds,
        error,
        asked: run.asked,
    }
}

struct Run<'a> {
    known: &'a dyn Known,
    steps: u32,
    depth: u32,
    bound: Vec<(String, Value)>,
    asked: Vec<Asked>,
}

type Answer = Result<Value, String>;

impl Run<'_> {
    fn value(&mut self, expression: &IdedExpr) -> Answer {
        self.steps += 1;
        if self.steps > STEPS {
            return Err(format!("the rule takes more than {STEPS} steps"));
        }
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(format!("the rule nests more than {DEPTH} deep"));
        }
        let value = self.inner(&expression.expr);
        self.depth -= 1;
        value
    }

    fn inner(&mut self, expression: &Expr) -> Answer {
        match expression {
            Expr::Literal(literal) => self.literal(literal),
            Expr::Ident(name) => match self.bound.iter().rev().find(|(bound, _)| bound == name) {
                Some((_, value)) => Ok(value.clone()),
                None => Ok(self.ask(std::slice::from_ref(name))),
            },
            Expr::Select(select) if select.test => match self.path(expression)? {
                Some(path) => Ok(Value::Truth(self.ask(&path) != Value::Null)),
                None => Err("has() is asked of a name".to_owned()),
            },
            Expr::Select(_) => self.named(expression),
            Expr::List(list) => {
                let elements: Result<Vec<Value>, String> = list
                    .elements
                    .iter()
                    .map(|element| self.value(element))
                    .collect();
                elements.map(Value::List)
            }
            Expr::Call(call) if call.func_name == operators::INDEX => self.named(expression),
            Expr::Call(call) => self.call(call),
            Expr::Comprehension(comprehension) => self.comprehension(comprehension),
            _ => Err("the rule uses a construction that rules do not have".to_owned()),
        }
    }

    fn literal(&self, literal: &LiteralValue) -> Answer {
        match literal {
            LiteralValue::Boolean(truth) => Ok(Value::Truth(*truth.inner())),
            LiteralValue::Int(number) => Ok(Value::Number(*number.inner())),
            LiteralValue::UInt(number) => i64::try_from(*number.inner())
                .map(Value::Number)
                .map_err(|_| "a number is too large".to_owned()),
            LiteralValue::String(text) => Ok(Value::Text(text.inner().to_owned())),
            LiteralValue::Null => Ok(Value::Null),
            LiteralValue::Double(_) => Err("rules have whole numbers only".to_owned()),
            LiteralValue::Bytes(_) => Err("rules have no bytes".to_owned()),
        }
    }

    /// The value of a name such as `text["main"].open.max`.
    fn named(&mut self, expression: &Expr) -> Answer {
        match self.path(expression)? {
            Some(path) => Ok(self.ask(&path)),
            None => Err("only names and the tables of a process have fields".to_owned()),
        }
    }

    /// The steps of a name; none where the expression is something else.
    fn path(&mut self, expression: &Expr) -> Result<Option<Vec<String>>, String> {
        let mut steps = Vec::new();
        let mut at = expression;
        loop {
            match at {
                Expr::Ident(name) if self.bound.iter().all(|(bound, _)| bound != name) => {
                    steps.push(name.clone());
                    steps.reverse();
                    return Ok(Some(steps));
                }
                Expr::Select(select) => {
                    steps.push(select.field.clone());
                    at = &select.operand.expr;
                }
                Expr::Call(call) if call.func_name == operators::INDEX => {
                    let [table, index] = call.args.as_slice() else {
                        return Ok(None);
                    };
                    match self.value(index)? {
                        Value::Text(name) => steps.push(name),
                        Value::Null => steps.push(String::new()),
                        _ => return Err("tables are asked by name, in quotation marks".to_owned()),
                    }
                    at = &table.expr;
                }
                _ => return Ok(None),
            }
        }
    }

    fn ask(&mut self, path: &[String]) -> Value {
        let value = self.known.known(path);
        if value != Value::Node && !self.asked.iter().any(|asked| asked.path == path) {
            self.asked.push(Asked {
                path: path.to_vec(),
                value: value.words(),
            });
        }
        value
    }

    fn call(&mut self, call: &CallExpr) -> Answer {
        let arguments: Vec<&IdedExpr> = call
            .target
            .as_deref()
            .into_iter()
            .chain(&call.args)
            .collect();
        match (call.func_name.as_str(), arguments.as_slice()) {
            (operators::LOGICAL_AND, [one, other]) => self.connect(one, other, false),
            (operators::LOGICAL_OR, [one, other]) => self.connect(one, other, true),
            (operators::LOGICAL_NOT, [one]) => Ok(match self.truth(one)? {
                Some(truth) => Value::Truth(!truth),
                None => Value::Null,
            }),
            (operators::NOT_STRICTLY_FALSE, [one]) => {
                Ok(Value::Truth(self.truth(one)? != Some(false)))
            }
            (operators::CONDITIONAL, [condition, yes, no]) => match self.truth(condition)? {
                Some(true) => self.value(yes),
                Some(false) => self.value(no),
                None => Ok(Value::Null),
            },
            (operators::EQUALS, [one, other]) => self.equal(one, other),
            (operators::NOT_EQUALS, [one, other]) => Ok(match self.equal(one, other)? {
                Value::Truth(truth) => Value::Truth(!truth),
                other => other,
            }),
            (operators::IN, [one, other]) => {
                let (one, other) = (self.value(one)?, self.value(other)?);
                among(&one, &other)
            }
            (operators::NEGATE, [one]) => arithmetic("_-_", &Value::Number(0), &self.value(one)?),
            ("timestamp", [one]) => match self.value(one)? {
                Value::Text(text) => match crate::when::When::parse(&text) {
                    Ok(when) => Ok(Value::Time(when.earliest())),
                    Err(error) => Err(error.to_string()),
                },
                Value::Null => Ok(Value::Null),
                other => Err(format!("{} is no time", other.words())),
            },
            ("size", [one]) => match self.value(one)? {
                Value::List(list) => {
                    Ok(Value::Number(i64::try_from(list.len()).unwrap_or(i64::MAX)))
                }
                Value::Null => Ok(Value::Null),
                other => Err(format!("{} has no size", other.words())),
            },
            (function, [one, other]) if is_comparison(function) => {
                let (one, other) = (self.value(one)?, self.value(other)?);
                compare(function, &one, &other)
            }
            (function, [one, other]) if is_arithmetic(function) => {
                let (one, other) = (self.value(one)?, self.value(other)?);
                arithmetic(function, &one, &other)
            }
            (function, _) => Err(format!("rules have no function {function}")),
        }
    }

    /// And, or: decided by either side that decides it, whatever the other is.
    fn connect(&mut self, one: &IdedExpr, other: &IdedExpr, decisive: bool) -> Answer {
        let first = self.truth(one);
        if first == Ok(Some(decisive)) {
            return Ok(Value::Truth(decisive));
        }
        let second = self.truth(other);
        if second == Ok(Some(decisive)) {
            return Ok(Value::Truth(decisive));
        }
        Ok(match (first?, second?) {
            (Some(_), Some(_)) => Value::Truth(!decisive),
            _ => Value::Null,
        })
    }

    fn truth(&mut self, expression: &IdedExpr) -> Result<Option<bool>, String> {
        match self.value(expression)? {
            Value::Truth(truth) => Ok(Some(truth)),
            Value::Null => Ok(None),
            other => Err(format!("{} is neither true nor false", other.words())),
        }
    }

    /// Equality with what is not known is not known, unless the rule asks for just that by writing `null`.
    fn equal(&mut self, one: &IdedExpr, other: &IdedExpr) -> Answer {
        let asks_null =
            |expression: &IdedExpr| matches!(expression.expr, Expr::Literal(LiteralValue::Null));
        let by_name = asks_null(one) || asks_null(other);
        let (one, other) = (self.value(one)?, self.value(other)?);
        Ok(match (&one, &other) {
            (Value::Null, _) | (_, Value::Null) if !by_name => Value::Null,
            _ => Value::Truth(one == other),
        })
    }

    /// What `all`, `exists` and their like are written out to.
    fn comprehension(&mut self, comprehension: &ComprehensionExpr) -> Answer {
        let range = match self.value(&comprehension.iter_range)? {
            Value::List(list) => list,
            Value::Null => return Ok(Value::Null),
            other => return Err(format!("{} is no list", other.words())),
        };
        if range.is_empty() {
            return Ok(Value::Null);
        }
        let start = self.value(&comprehension.accu_init)?;
        let outer = self.bound.len();
        self.bound.push((comprehension.accu_var.clone(), start));
        for element in range {
            if self.truth(&comprehension.loop_cond)? == Some(false) {
                break;
            }
            self.bound.push((comprehension.iter_var.clone(), element));
            let step = self.value(&comprehension.loop_step);
            self.bound.truncate(outer);
            self.bound.push((comprehension.accu_var.clone(), step?));
        }
        let result = self.value(&comprehension.result);
        self.bound.truncate(outer);
        result
    }
}

/// The steps of a name that is written out, as `text["main"].stage` is; none where something else stands there, or
/// the name is bound inside the rule.
pub(super) fn literal_path(expression: &Expr) -> Option<Vec<String>> {
    const TABLES: [&str; 7] = [
        "process",
        "text",
        "point",
        "seat",
        "understanding",
        "session",
        "now",
    ];
    let mut steps = Vec::new();
    let mut at = expression;
    loop {
        match at {
            Expr::Ident(name) if TABLES.contains(&name.as_str()) => {
                steps.push(name.clone());
                steps.reverse();
                return Some(steps);
            }
            Expr::Select(select) => {
                steps.push(select.field.clone());
                at = &select.operand.expr;
            }
            Expr::Call(call) if call.func_name == operators::INDEX => {
                let [table, index] = call.args.as_slice() else {
                    return None;
                };
                let Expr::Literal(LiteralValue::String(name)) = &index.expr else {
                    return None;
                };
                steps.push(name.inner().to_owned());
                at = &table.expr;
            }
            _ => return None,
        }
    }
}

/// A name as rules spell it.
pub(super) fn spell(path: &[String]) -> String {
    let mut spelled = String::new();
    for (index, step) in path.iter().enumerate() {
        let by_name = matches!(
            index
                .checked_sub(1)
                .and_then(|before| path.get(before))
                .map(String::as_str),
            Some("text" | "point" | "seat" | "seen" | "understanding" | "session")
        );
        match (index, by_name) {
            (0, _) => spelled.push_str(step),
            (_, true) => spelled.push_str(&format!("[\"{step}\"]")),
            (_, false) => spelled.push_str(&format!(".{step}")),
        }
    }
    spelled
}

fn among(one: &Value, list: &Value) -> Answer {
    match (one, list) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (one, Value::List(list)) if list.contains(one) => Ok(Value::Truth(true)),
        (_, Value::List(list)) if list.contains(&Value::Null) => Ok(Value::Null),
        (_, Value::List(_)) => Ok(Value::Truth(false)),
        (_, other) => Err(format!("{} is no list", other.words())),
    }
}

fn is_comparison(function: &str) -> bool {
    matches!(
        function,
        operators::LESS | operators::LESS_EQUALS | operators::GREATER | operators::GREATER_EQUALS
    )
}

fn compare(function: &str, one: &Value, other: &Value) -> Answer {
    use std::cmp::Ordering;
    let order = match (one, other) {
        (Value::Null, _) | (_, Value::Null) => return Ok(Value::Null),
        (Value::Number(one), Value::Number(other)) | (Value::Time(one), Value::Time(other)) => {
            one.cmp(other)
        }
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        _ => {
            return Err(format!(
                "{} and {} cannot be compared",
                one.words(),
                other.words()
            ));
        }
    };
    Ok(Value::Truth(match function {
        operators::LESS => order == Ordering::Less,
        operators::LESS_EQUALS => order != Ordering::Greater,
        operators::GREATER => order == Ordering::Greater,
        _ => order != Ordering::Less,
    }))
}

fn is_arithmetic(function: &str) -> bool {
    matches!(
        function,
        operators::ADD
            | operators::SUBSTRACT
            | operators::MULTIPLY
            | operators::DIVIDE
            | operators::MODULO
    )
}

fn arithmetic(function: &str, one: &Value, other: &Value) -> Answer {
    let (one, other) = match (one, other) {
        (Value::Null, _) | (_, Value::Null) => return Ok(Value::Null),
        (Value::Number(one), Value::Number(other)) => (*one, *other),
        _ => {
            return Err(format!(
                "{} and {} are not numbers",
                one.words(),
                other.words()
            ));
        }
    };
    let result = match function {
        operators::ADD => one.checked_add(other),
        operators::SUBSTRACT => one.checked_sub(other),
        operators::MULTIPLY => one.checked_mul(other),
        _ if other == 0 => return Err("a number is divided by zero".to_owned()),
        operators::DIVIDE => one.checked_div(other),
        _ => one.checked_rem(other),
    };
    result
        .map(Value::Number)
        .ok_or_else(|| "a number is too large".to_owned())
}
