//! The names inside a rule (CEL): `text["x"]`, `point["d#p"]`, `seat["x"].seen["d"]`, … are references like any other.

use cel::common::ast::{EntryExpr, Expr, IdedExpr, LiteralValue};

/// The longest rule that is read, in bytes: longer ones never hold.
pub const LONGEST_RULE: usize = 4096;

/// A name in a rule, and what it is meant to be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleName {
    /// `text["framework"]`
    Text(String),
    /// `point["v2#5"]`: a provision of a draft.
    Point(String),
    /// `seat["ua"]`
    Seat(String),
    /// `seat["ua"].seen["v2"]`: the draft.
    Draft(String),
    /// `understanding["alaska"]`
    Understanding(String),
    /// `session["geneva"]`
    Session(String),
}

/// Every name in a rule, sorted; none where it is no CEL, for such a rule refers to nothing and its gate does not hold.
///
/// ```
/// use onetext_talks::{RuleName, rule_names};
/// let names = rule_names(r#"text["framework"].agreed > 3 && seat["ua"].seen["v2"]"#);
/// assert_eq!(names, [RuleName::Text("framework".into()), RuleName::Seat("ua".into()), RuleName::Draft("v2".into())]);
/// assert_eq!(rule_names("text.framework.agreed > 3"), [RuleName::Text("framework".into())]);
/// assert!(rule_names("text[").is_empty());
/// ```
#[must_use]
pub fn rule_names(rule: &str) -> Vec<RuleName> {
    if rule.len() > LONGEST_RULE {
        return Vec::new();
    }
    let Ok(tree) = cel::parser::Parser::new().parse(rule) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    // A stack of our own: a rule may be nested more deeply than ours is.
    let mut waiting = vec![&tree];
    while let Some(part) = waiting.pop() {
        names.extend(named(&part.expr));
        push_parts(&part.expr, &mut waiting);
    }
    names.sort();
    names.dedup();
    names
}

/// The name that this expression is: `table["name"]` or `table.name`.
fn named(expr: &Expr) -> Option<RuleName> {
    let (operand, name) = match expr {
        Expr::Select(select) => (&select.operand.expr, select.field.as_str()),
        Expr::Call(call) if call.func_name == cel::common::ast::operators::INDEX => {
            match call.args.as_slice() {
                [
                    operand,
                    IdedExpr {
                        expr: Expr::Literal(LiteralValue::String(name)),
                        ..
                    },
                ] => (&operand.expr, name.inner()),
                _ => return None,
            }
        }
        _ => return None,
    };
    let name = name.to_owned();
    match operand {
        Expr::Ident(table) => match table.as_str() {
            "text" => Some(RuleName::Text(name)),
            "point" => Some(RuleName::Point(name)),
            "seat" => Some(RuleName::Seat(name)),
            "understanding" => Some(RuleName::Understanding(name)),
            "session" => Some(RuleName::Session(name)),
            _ => None,
        },
        Expr::Select(select) if select.field == "seen" => Some(RuleName::Draft(name)),
        _ => None,
    }
}

fn push_parts<'e>(expr: &'e Expr, waiting: &mut Vec<&'e IdedExpr>) {
    match expr {
        Expr::Call(call) => {
            waiting.extend(call.target.as_deref());
            waiting.extend(&call.args);
        }
        Expr::Comprehension(each) => waiting.extend([
            &each.iter_range,
            &each.accu_init,
            &each.loop_cond,
            &each.loop_step,
            &each.result,
        ]),
        Expr::List(list) => waiting.extend(&list.elements),
        Expr::Map(map) => push_entries(map.entries.iter().map(|entry| &entry.expr), waiting),
        Expr::Struct(object) => {
            push_entries(object.entries.iter().map(|entry| &entry.expr), waiting)
        }
        Expr::Select(select) => waiting.push(&select.operand),
        Expr::Unspecified | Expr::Ident(_) | Expr::Literal(_) => {}
    }
}

fn push_entries<'e>(entries: impl Iterator<Item = &'e EntryExpr>, waiting: &mut Vec<&'e IdedExpr>) {
    for entry in entries {
        match entry {
            EntryExpr::StructField(field) => waiting.push(&field.value),
            EntryExpr::MapEntry(entry) => waiting.extend([&entry.key, &entry.value]),
        }
    }
}
