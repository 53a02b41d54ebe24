//! Holds a parsed table against the schema: names the first thing wrong in each field, and puts what is right into
//! one form (a list of one becomes a list, a date becomes words).

use onetext_talks::When;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Fault;
use super::schema::{Field, Shape};

/// Which fields a table may have, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Rules<'r> {
    /// Two lists, of which the second may be empty: what all acts have, and what this kind has.
    pub(super) fields: [&'static [Field]; 2],
    /// What the table is, for errors: `an act of kind stance`.
    pub(super) what: &'r str,
    /// Where something missing is reported: the byte of the table's header.
    pub(super) header: usize,
    /// What has to be added to an offset in the table to make it one in the source.
    pub(super) base: usize,
}

impl Rules<'_> {
    fn all(&self) -> impl Iterator<Item = &'static Field> {
        let [first, second] = self.fields;
        first.iter().chain(second)
    }
}

/// Checks every field of a table.
pub(super) fn table(table: &mut DeTable<'_>, rules: Rules<'_>, faults: &mut Vec<Fault>) {
    for field in rules.all().filter(|field| field.required) {
        if !table.contains_key(field.name) {
            let message = format!("{} has no `{}`", rules.what, field.name);
            faults.push(
                Fault::new("missing-field", rules.header, message).expected(format!(
                    "`{}`: {}",
                    field.name,
                    field.shape.words()
                )),
            );
        }
    }
    for (key, value) in table.iter_mut() {
        match rules.all().find(|field| field.name == key.get_ref()) {
            Some(field) => check(value, field.shape, field.name, rules, faults),
            None => faults.push(unknown_field(key, rules)),
        }
    }
}

fn unknown_field(key: &Spanned<std::borrow::Cow<'_, str>>, rules: Rules<'_>) -> Fault {
    let at = rules.base + key.span().start;
    let names = || rules.all().map(|field| field.name);
    let names_listed: Vec<&str> = names().collect();
    Fault::new(
        "unknown-field",
        at,
        format!("{} has no field `{}`", rules.what, shown(key.get_ref())),
    )
    .expected(format!("one of {}", names_listed.join(", ")))
    .nearest(key.get_ref(), names())
}

fn check(
    value: &mut Spanned<DeValue<'_>>,
    shape: Shape,
    name: &str,
    rules: Rules<'_>,
    faults: &mut Vec<Fault>,
) {
    let at = rules.base + value.span().start;
    let wrong = |value: &DeValue<'_>| {
        Fault::new(
            "wrong-type",
            at,
            format!("`{name}` is {}", described(value)),
        )
        .expected(shape.words())
    };
    match shape {
        Shape::Many(one) => many(value, *one, name, rules, faults),
        Shape::Table(fields) => match value.get_mut() {
            DeValue::Table(inner) => {
                let what = format!("`{name}`");
                table(
                    inner,
                    Rules {
                        fields: [fields, &[]],
                        what: &what,
                        header: at,
                        base: rules.base,
                    },
                    faults,
                );
            }
            other => faults.push(wrong(other)),
        },
        Shape::Points => match value.get_ref() {
            DeValue::String(_) => {}
            DeValue::Array(_) => many(value, Shape::Path, name, rules, faults),
            other => faults.push(wrong(other)),
        },
        Shape::Pairs => pairs(value, name, rules, faults),
        Shape::Number | Shape::Flag | Shape::WordsOrNumber => match value.get_ref() {
            DeValue::Integer(number)
                if !matches!(shape, Shape::Flag) && whole(number.as_str(), number.radix()) => {}
            DeValue::Boolean(_) if matches!(shape, Shape::Flag) => {}
            DeValue::String(_) if matches!(shape, Shape::WordsOrNumber) => {}
            other => faults.push(wrong(other)),
        },
        Shape::Time => time(value, name, at, faults),
        Shape::OneOf(words) => match value.get_ref().as_str() {
            Some(given) if words.contains(&given) => {}
            Some(given) => faults.push(
                Fault::new(
                    "not-one-of",
                    at,
                    format!("`{name}` cannot be {:?}", shown(given)),
                )
                .expected(shape.words())
                .nearest(given, words.iter().copied()),
            ),
            None => faults.push(wrong(value.get_ref())),
        },
        Shape::Id | Shape::Name(_) | Shape::Words | Shape::Path | Shape::Point | Shape::File => {
            match value.get_ref().as_str() {
                Some(given) if matches!(shape, Shape::Id) && !is_handle(given) => {
                    faults.push(
                        Fault::new(
                            "bad-handle",
                            at,
                            format!("{:?} cannot be a handle", shown(given)),
                        )
                        .expected(shape.words()),
                    );
                }
                Some(given) if matches!(shape, Shape::Point) && !given.contains('#') => {
                    faults.push(wrong(value.get_ref()));
                }
                Some("") if matches!(shape, Shape::Name(_) | Shape::File) => {
                    faults.push(
                        Fault::new("wrong-type", at, format!("`{name}` is empty"))
                            .expected(shape.words()),
                    );
                }
                Some(_) => {}
                None => faults.push(wrong(value.get_ref())),
            }
        }
    }
}

/// A list, or what stands for a list of one.
fn many(
    value: &mut Spanned<DeValue<'_>>,
    one: Shape,
    name: &str,
    rules: Rules<'_>,
    faults: &mut Vec<Fault>,
) {
    if !value.get_ref().is_array() {
        let span = value.span();
        let alone = std::mem::replace(value.get_mut(), DeValue::Boolean(false));
        let mut list = toml::de::DeArray::new();
        list.push(Spanned::new(span, alone));
        *value.get_mut() = DeValue::Array(list);
    }
    if let DeValue::Array(list) = value.get_mut() {
        for item in list.iter_mut() {
            check(item, one, name, rules, faults);
        }
    }
}

fn pairs(value: &Spanned<DeValue<'_>>, name: &str, rules: Rules<'_>, faults: &mut Vec<Fault>) {
    let is_pair = |item: &Spanned<DeValue<'_>>| {
        item.get_ref()
            .as_array()
            .is_some_and(|pair| pair.len() == 2 && pair.iter().all(|path| path.get_ref().is_str()))
    };
    let wrong = match value.get_ref().as_array() {
        Some(list) => match list.iter().find(|item| !is_pair(item)) {
            Some(item) => item,
            None => return,
        },
        None => value,
    };
    let message = format!("`{name}` is {}", described(wrong.get_ref()));
    faults.push(
        Fault::new("wrong-type", rules.base + wrong.span().start, message)
            .expected(Shape::Pairs.words()),
    );
}

/// A time in quotes, or a date of TOML's own, which becomes words.
fn time(value: &mut Spanned<DeValue<'_>>, name: &str, at: usize, faults: &mut Vec<Fault>) {
    let given = match value.get_ref() {
        DeValue::String(given) => given.to_string(),
        DeValue::Datetime(given) => given.to_string(),
        other => {
            let message = format!("`{name}` is {}", described(other));
            faults.push(Fault::new("wrong-type", at, message).expected(Shape::Time.words()));
            return;
        }
    };
    if When::parse(&given).is_err() {
        faults.push(
            Fault::new("bad-time", at, format!("{:?} is no time", shown(&given)))
                .expected(Shape::Time.words()),
        );
    } else if value.get_ref().is_datetime() {
        *value.get_mut() = DeValue::String(given.into());
    }
}

fn whole(digits: &str, radix: u32) -> bool {
    u64::from_str_radix(digits.trim_start_matches('+'), radix).is_ok_and(|number| number < 1 << 53)
}

/// Whether this can be a handle: `DRAFT#PATH` must be readable, and so must a line of a list.
fn is_handle(given: &str) -> bool {
    !given.is_empty()
        && given.trim() == given
        && !given.contains('#')
        && !given.contains(char::is_control)
}

fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(given) => format!("{:?}", shown(given)),
        DeValue::Integer(number) => format!("the number {}", shown(number.as_str())),
        DeValue::Float(number) => format!("the number {}", shown(number.as_str())),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => format!("the time {time}"),
        DeValue::Array(list) if list.is_empty() => "an empty list".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// The beginning of what was given: errors stay readable whatever is in the file.
pub(super) fn shown(given: &str) -> String {
    const ENOUGH: usize = 60;
    let mut short: String = given.chars().take(ENOUGH).collect();
    if given.chars().nth(ENOUGH).is_some() {
        short.push('…');
    }
    short
}
