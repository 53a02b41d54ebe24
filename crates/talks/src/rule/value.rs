//! What a rule computes with.

/// A value in a rule. There are no fractions: nothing here is compared in floating point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Not known.
    Null,
    /// A truth.
    Truth(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// A time, in seconds since 1970 UTC.
    Time(i64),
    /// A list.
    List(Vec<Value>),
    /// A name that more steps must follow.
    Node,
}

impl Value {
    /// For sentences.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Value::Null => "not known".to_owned(),
            Value::Truth(true) => "true".to_owned(),
            Value::Truth(false) => "false".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Time(seconds) => format!("second {seconds}"),
            Value::List(list) => format!("a list of {}", list.len()),
            Value::Node => "a table".to_owned(),
        }
    }
}
