//! What SECURITY.md claims is shown by tests: each test that it names is there.

use super::Finding;
use crate::house::House;

const CLAIMS: &str = "SECURITY.md";

/// Every name of a test between backticks is the name of a function in a crate.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let text = house.text(CLAIMS).unwrap_or_default();
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for name in line
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| is_test(name))
        {
            if !is_there(house, name) {
                let text = format!(
                    "names the test `{name}`, which is in no crate: write the test, or name the one that shows it"
                );
                findings.push(Finding::new(CLAIMS, number + 1, text));
            }
        }
    }
    findings
}

/// Whether this can only be the name of a test: several words in small letters.
fn is_test(name: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.contains('_') && name.bytes().all(letters)
}

fn is_there(house: &House, name: &str) -> bool {
    let written = format!("fn {name}(");
    house
        .texts_in("crates/", ".rs")
        .any(|(_, source)| source.contains(&written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::found;

    #[test]
    fn a_test_that_is_named_is_there() {
        let claims =
            "| it cannot | `law_2_rooms` |\n| read `onetext.db` | `law_2_…`, `not_there` |\n";
        let source = "fn law_2_rooms() {}\n";
        let files = [("SECURITY.md", claims), ("crates/a/tests/it/a.rs", source)];
        let expected = "SECURITY.md:2: names the test `not_there`, which is in no crate: write the test, or name the one \
                        that shows it";
        assert_eq!(found(check, &files), [expected]);
    }
}
