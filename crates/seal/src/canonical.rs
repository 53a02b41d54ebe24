//! The canonical form of a JSON value: RFC 8785, and of that only what every language reads alike.
//!
//! No number with a fraction or an exponent, no integer of 2^53 or more: programs differ in how they read those. What is
//! signed is kept and checked as the bytes that were signed, never as what a reader made of them.

use serde::Serialize;
use serde_json::Value;

/// The deepest nesting of lists and objects that is read.
pub const DEEPEST: usize = 64;

/// The smallest integer that some language cannot hold exactly.
pub(crate) const TOO_LARGE: u64 = 1 << 53;

/// Why some bytes are not in canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// They are no JSON.
    #[error("this is no JSON: {0}")]
    NoJson(String),
    /// They are JSON, and another spelling of it is the canonical one.
    #[error("this is JSON, not in the canonical form of RFC 8785")]
    NotCanonical,
    /// They hold a number that not every language reads alike.
    #[error("the number {0} may not stand in an act: whole numbers below 2^53 are expected")]
    Number(String),
    /// They nest more deeply than is read.
    #[error("lists and objects are nested more than {DEEPEST} deep")]
    TooDeep,
}

/// A value in canonical form.
///
/// # Errors
/// Where it holds a number that may not stand in an act, or is nested too deeply.
pub fn canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, CanonicalError> {
    let value =
        serde_json::to_value(value).map_err(|error| CanonicalError::NoJson(error.to_string()))?;
    written(&value)
}

fn written(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    check(value, 0)?;
    serde_json_canonicalizer::to_vec(value)
        .map_err(|error| CanonicalError::NoJson(error.to_string()))
}

/// Reads bytes that must be in canonical form.
///
/// # Errors
/// Where they are not, to the letter.
pub fn canonical_value(bytes: &[u8]) -> Result<Value, CanonicalError> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| CanonicalError::NoJson(error.to_string()))?;
    if written(&value)? != bytes {
        return Err(CanonicalError::NotCanonical);
    }
    Ok(value)
}

fn check(value: &Value, depth: usize) -> Result<(), CanonicalError> {
    if depth > DEEPEST {
        return Err(CanonicalError::TooDeep);
    }
    match value {
        Value::Number(number) => {
            let whole = number
                .as_i64()
                .map(i64::unsigned_abs)
                .or_else(|| number.as_u64());
            match whole {
                Some(whole) if whole < TOO_LARGE => Ok(()),
                _ => Err(CanonicalError::Number(number.to_string())),
            }
        }
        Value::Array(list) => list.iter().try_for_each(|item| check(item, depth + 1)),
        Value::Object(table) => table.values().try_for_each(|item| check(item, depth + 1)),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &str, expected: Result<(), CanonicalError>) {
        assert_eq!(
            canonical_value(bytes.as_bytes()).map(|_| ()),
            expected,
            "{bytes}"
        );
    }

    #[test]
    fn one_spelling_is_canonical() {
        check(r#"{"a":1,"b":["х","ع"]}"#, Ok(()));
        check(r#"{"b":1,"a":1}"#, Err(CanonicalError::NotCanonical));
        check(r#"{"a": 1}"#, Err(CanonicalError::NotCanonical));
        check(r#"{"a":1,"a":1}"#, Err(CanonicalError::NotCanonical));
        check(r#""\u0061""#, Err(CanonicalError::NotCanonical));
        check("-0", Err(CanonicalError::Number("-0.0".to_owned())));
    }

    #[test]
    fn numbers_are_whole_and_below_two_to_the_53() {
        check("9007199254740991", Ok(()));
        check("-9007199254740991", Ok(()));
        check(
            "9007199254740992",
            Err(CanonicalError::Number("9007199254740992".to_owned())),
        );
        check("1.5", Err(CanonicalError::Number("1.5".to_owned())));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        check(&deep, Err(CanonicalError::TooDeep));
        let deeper = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(canonical_value(deeper.as_bytes()).is_err());
    }
}
