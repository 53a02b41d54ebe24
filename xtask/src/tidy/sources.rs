//! Source files: each says what it is, says one thing, and leaves nothing undone.

use super::Finding;
use crate::house::House;

/// Longer than this and a file says more than one thing.
const MOST_LINES: usize = 700;

const UNDONE: &[(&str, &str)] = &[
    ("todo!(", "do it, or leave it out"),
    ("unimplemented!(", "do it, or leave it out"),
    ("dbg!(", "take it out"),
    (
        "#[ignore",
        "a test that is not run proves nothing: mend it or take it out",
    ),
];

/// Every file of a crate opens with what it is for, is short enough to say one thing, and has nothing left undone.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in house.texts_in("crates/", ".rs") {
        if path.contains("/src/") && !text.starts_with("//!") {
            findings.push(Finding::new(
                path,
                1,
                "begin the file with a `//!` comment that says what it is for",
            ));
        }
        let lines = text.lines().count();
        if path.contains("/src/") && lines > MOST_LINES {
            findings.push(Finding::new(
                path,
                MOST_LINES + 1,
                format!("{lines} lines; a file has at most {MOST_LINES}: part it where it says a second thing"),
            ));
        }
        for (index, line) in code_of(text).lines().enumerate() {
            for (sign, advice) in UNDONE {
                if line.contains(sign) {
                    findings.push(Finding::new(path, index + 1, format!("`{sign}`: {advice}")));
                }
            }
        }
    }
    findings
}

/// One integration binary per crate, `tests/it/main.rs`: each further one is linked anew and costs every run.
pub(super) fn check_test_binaries(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, _) in house.texts_in("crates/", ".rs") {
        let Some((_, inside)) = path.split_once("/tests/") else {
            continue;
        };
        let own_binary = match inside.split_once('/') {
            None => true,
            Some((folder, file)) => folder != "it" && file == "main.rs",
        };
        if own_binary {
            findings.push(Finding::new(
                path,
                0,
                "make it a module of tests/it/main.rs: a crate has one integration binary",
            ));
        }
    }
    findings
}

/// No file names a folder of the machine it was written on.
pub(super) fn check_machine_paths(house: &House) -> Vec<Finding> {
    // Put together here, so that this file does not break its own rule.
    let roots = ["work", "farm", "home"].map(|root| format!("/{root}/"));
    let mut findings = Vec::new();
    for (path, text) in house.texts() {
        for (index, line) in text.lines().enumerate() {
            for root in &roots {
                if starts_a_path(line, root) {
                    findings.push(Finding::new(
                        path,
                        index + 1,
                        format!("names a folder of one machine ({root}): say it from the checkout"),
                    ));
                }
            }
        }
    }
    findings
}

/// Whether the line has the text with nothing before it that would make it the middle of a longer path.
fn starts_a_path(line: &str, root: &str) -> bool {
    line.match_indices(root).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '.' | '/'))
    })
}

/// What makes a browser go and fetch.
const FETCHES: &[&str] = &[
    "src=\"http",
    "src='http",
    "src=\\\"http",
    "src=\"//",
    "url(http",
    "url(\"http",
    "url('http",
    "@import",
    "<link rel=\"stylesheet\" href=\"http",
    "fetch(",
    "XMLHttpRequest",
    "new WebSocket",
    "navigator.sendBeacon",
];

/// The pages we write are whole in themselves: a reader opens them without a network, and no third party learns of it.
pub(super) fn check_pages(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let code = house.texts_in("crates/paper/", ".rs");
    let assets = [".html", ".css", ".js", ".svg"]
        .into_iter()
        .flat_map(|ending| house.texts_in("crates/", ending));
    // A test may name what a page must not hold.
    let pages = code
        .chain(assets)
        .filter(|(path, _)| !path.contains("tests"));
    for (path, text) in pages {
        for (index, line) in text.lines().enumerate() {
            for sign in FETCHES {
                // A page that is served may ask the host that serves it, and its policy (`connect-src 'self'`) holds it to that.
                let asks_its_host = *sign == "fetch(" && path.starts_with("crates/web/assets/");
                if line.contains(sign) && !asks_its_host {
                    findings.push(Finding::new(
                        path,
                        index + 1,
                        format!("`{sign}` fetches: put what the page needs into the page"),
                    ));
                }
            }
        }
    }
    findings
}

/// The code of a Rust file, line for line: comments and the insides of strings blanked out.
pub(super) fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = '\n';
    while let Some(sign) = rest.next() {
        match sign {
            '/' if rest.peek() == Some(&'/') => {
                while rest.next_if(|next| *next != '\n').is_some() {}
            }
            '/' if rest.peek() == Some(&'*') => skip_block(&mut rest, &mut code),
            '"' => {
                code.push('"');
                skip_string(&mut rest, &mut code);
            }
            'r' if !is_word(before) && matches!(rest.peek(), Some('"' | '#')) => {
                code.push('r');
                skip_raw_string(&mut rest, &mut code);
            }
            '\'' => {
                code.push('\'');
                skip_char(&mut rest);
            }
            _ => code.push(sign),
        }
        before = sign;
    }
    code
}

type Signs<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

fn skip_block(rest: &mut Signs<'_>, code: &mut String) {
    rest.next();
    let mut depth = 1;
    let mut before = ' ';
    for sign in rest.by_ref() {
        match (before, sign) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {}
        }
        if sign == '\n' {
            code.push('\n');
        }
        if depth == 0 {
            break;
        }
        before = sign;
    }
}

fn skip_string(rest: &mut Signs<'_>, code: &mut String) {
    while let Some(sign) = rest.next() {
        match sign {
            '\\' => code.extend(rest.next().filter(|next| *next == '\n')),
            '"' => {
                code.push('"');
                return;
            }
            '\n' => code.push('\n'),
            _ => {}
        }
    }
}

fn skip_raw_string(rest: &mut Signs<'_>, code: &mut String) {
    let mut hashes = 0;
    while rest.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    // `r#name` is a name, not a string.
    if rest.next_if_eq(&'"').is_none() {
        return;
    }
    code.push('"');
    while let Some(sign) = rest.next() {
        if sign == '\n' {
            code.push('\n');
        }
        if sign == '"' {
            let mut seen = 0;
            while seen < hashes && rest.next_if_eq(&'#').is_some() {
                seen += 1;
            }
            if seen == hashes {
                code.push('"');
                return;
            }
        }
    }
}

/// A character in quotes, so that `'"'` opens no string; a lifetime is left alone.
fn skip_char(rest: &mut Signs<'_>) {
    let mut ahead = rest.clone();
    match (ahead.next(), ahead.next()) {
        (Some('\\'), _) => {
            rest.next();
            rest.next();
            while rest
                .next_if(|sign| *sign != '\'' && *sign != '\n')
                .is_some()
            {}
            rest.next_if_eq(&'\'');
        }
        (Some(_), Some('\'')) => {
            rest.next();
            rest.next();
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_file_says_what_it_is_for() {
        assert_eq!(
            found(check, &[("crates/text/src/lib.rs", "pub mod x;\n")]),
            [
                "crates/text/src/lib.rs:1: begin the file with a `//!` comment that says what it is for"
            ]
        );
    }

    #[test]
    fn a_file_says_one_thing() {
        let long = format!("//! x\n{}", "\n".repeat(700));
        assert_eq!(
            found(check, &[("crates/text/src/long.rs", &long)]),
            [
                "crates/text/src/long.rs:701: 701 lines; a file has at most 700: part it where it says a second thing"
            ]
        );
    }

    #[test]
    fn nothing_is_left_undone() {
        let left = format!(
            "//! x\nfn f() {{ {}() }} // todo!() in a comment\n",
            "todo!"
        );
        assert_eq!(
            found(check, &[("crates/text/src/a.rs", &left)]),
            ["crates/text/src/a.rs:2: `todo!(`: do it, or leave it out"]
        );
    }

    #[test]
    fn a_second_test_binary_is_found() {
        let files = [
            ("crates/text/tests/it/main.rs", ""),
            ("crates/text/tests/it/reader.rs", ""),
            ("crates/text/tests/more.rs", ""),
        ];
        let findings = found(check_test_binaries, &files);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings.concat().starts_with("crates/text/tests/more.rs"));
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let told = format!("see {}/x/y\nnot a.b/{}/\n", "/work", "work");
        let findings = found(check_machine_paths, &[("README.md", &told)]);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings.concat().starts_with("README.md:1:"));
    }

    #[test]
    fn a_page_fetches_nothing() {
        let page =
            "<script src=\"https://example.org/x.js\"></script>\n<a href=\"https://example.org\">";
        let findings = found(check_pages, &[("crates/paper/assets/page.html", page)]);
        assert_eq!(findings.len(), 1, "{findings:?}");
    }

    #[test]
    fn code_is_told_from_comments_and_strings() {
        let code = code_of("a // b\n\"c \\\" d\" 'x' '\"' e /* f /* g */ h */ i r#\"j\"k\"# &'a l");
        assert_eq!(code, "a \n\"\" ' ' e  i r\"\" &'a l");
    }
}
