//! The words of the interface: whole in every language, and each of them used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use fluent_syntax::parser::parse;
use onetext_web::words::Words;

use crate::support::{World, asked};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Each message with the file it stands in and the arguments it takes.
type Messages = BTreeMap<String, (String, BTreeSet<String>)>;

fn in_pattern(pattern: &Pattern<String>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression(expression: &Expression<String>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            variants
                .iter()
                .for_each(|variant| in_pattern(&variant.value, found));
        }
    }
}

fn in_inline(inline: &InlineExpression<String>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.clone());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            let CallArguments { positional, .. } = arguments;
            positional
                .iter()
                .for_each(|inline| in_inline(inline, found));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        _ => {}
    }
}

fn messages(lang: &str) -> Messages {
    let mut all = Messages::new();
    for file in std::fs::read_dir(here().join("locales").join(lang)).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        let resource =
            parse(source).unwrap_or_else(|(_, errors)| panic!("{lang}/{name}: {errors:?}"));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let mut arguments = BTreeSet::new();
                    let value = message.value.expect("a message has words");
                    in_pattern(&value, &mut arguments);
                    let key = message.id.name;
                    let stem = name.strip_suffix(".ftl").unwrap();
                    assert!(
                        key.starts_with(&format!("{stem}-")),
                        "{lang}/{name}: {key} bears the name of its file"
                    );
                    let before = all.insert(key.clone(), (name.clone(), arguments));
                    assert!(before.is_none(), "{lang}: {key} is there twice");
                }
                Entry::Junk { content } => panic!("{lang}/{name}: {content}"),
                _ => {}
            }
        }
    }
    all
}

#[test]
fn every_language_says_everything_with_the_same_arguments() {
    let english = messages("en");
    for (lang, _) in Words::languages() {
        let own = messages(lang);
        for (key, told) in &english {
            assert_eq!(own.get(key), Some(told), "{lang}: {key}");
        }
        for key in own.keys() {
            assert!(english.contains_key(key), "{lang}: {key} is not in English");
        }
    }
}

#[test]
fn every_file_is_built_in() {
    for (lang, _) in Words::languages() {
        let words = Words::of(lang).unwrap();
        for key in messages(lang).keys() {
            assert_ne!(&words.say(key), key, "{lang}: {key}");
        }
    }
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(&path, into),
            false => into.push(path),
        }
    }
}

/// The words in double quotes of a source, and whether each is the first argument of a call that says something.
fn quoted(source: &str) -> Vec<(bool, &str)> {
    const CALLS: [&str; 4] = ["say(", "say_with(", "rich(", "told("];
    let mut found = Vec::new();
    let mut parts = source.split('"');
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        let opened = before.trim_end();
        found.push((CALLS.iter().any(|call| opened.ends_with(call)), part));
        before = part;
    }
    found
}

#[test]
fn every_key_of_the_source_is_there_and_every_key_is_used() {
    let english = messages("en");
    let mut files = Vec::new();
    sources(&here().join("src"), &mut files);
    let mut used = BTreeSet::new();
    for file in files {
        let source = std::fs::read_to_string(&file).unwrap();
        // What a file's own tests say is no part of a page.
        let source = source.split("#[cfg(test)]").next().unwrap();
        for (called, words) in quoted(source) {
            assert!(
                !called || english.contains_key(words),
                "{}: there are no words for {words}",
                file.display()
            );
            used.insert(words.to_owned());
        }
    }
    for key in english.keys() {
        assert!(
            used.contains(key),
            "{key} is used nowhere: keys stand in the source as they are, whole"
        );
    }
}

#[test]
fn numbers_have_the_forms_that_each_language_wants() {
    let say = |lang: &str, n: usize| {
        let words = Words::of(lang).unwrap();
        let said = words.say_with("enter-wait", &[("minutes", n.into())]);
        said.replace(['\u{2068}', '\u{2069}'], "")
    };
    for (lang, n, expected) in [
        ("en", 1, "1 minute"),
        ("en", 2, "2 minutes"),
        ("uk", 1, "1 хвилину"),
        ("uk", 3, "3 хвилини"),
        ("uk", 11, "11 хвилин"),
        ("uk", 21, "21 хвилину"),
        ("ar", 2, "دقيقتين"),
        ("ar", 3, "3 دقائق"),
        ("ar", 11, "11 دقيقة"),
        ("ar", 100, "100 دقيقة"),
    ] {
        assert!(say(lang, n).ends_with(expected), "{lang}: {}", say(lang, n));
    }
}

#[tokio::test]
async fn a_language_is_chosen_by_a_form_and_kept_in_the_browser() {
    let world = World::of(|source| source);
    let seat = world.sits("sahrel");
    let page = world.get(&seat, "/").await.body;
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"));
    let mut request = asked("POST", "/language", &seat, "language=ar");
    let referer = "http://127.0.0.1:8474/redline/v1/v2?x=1";
    request
        .headers_mut()
        .insert("referer", referer.parse().unwrap());
    let chosen = world.send(request).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    assert_eq!(chosen.headers["location"], "/redline/v1/v2?x=1");
    let kept = chosen.headers["set-cookie"].to_str().unwrap();
    let kept = kept.split(';').next().unwrap();
    for path in [
        "/",
        "/account",
        "/enter",
        "/nowhere",
        "/draft/v9",
        "/redline/v1/v2",
    ] {
        let page = world.get(&format!("{seat}; {kept}"), path).await.body;
        assert!(
            page.contains("<html lang=\"ar\" dir=\"rtl\">"),
            "{path}: {page}"
        );
    }
    let unknown = world.post(&seat, "/language", "language=xx").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn the_switch_leads_to_no_other_site_and_to_no_form_that_was_sent() {
    let world = World::of(|source| source);
    for referer in [
        "http://elsewhere.example/",
        "http://127.0.0.1:8474//elsewhere.example/",
        "http://127.0.0.1:8474.elsewhere.example/",
        "http://127.0.0.1:8474/account/invite",
        "http://127.0.0.1:8474",
    ] {
        let mut request = asked("POST", "/language", "", "language=uk");
        request
            .headers_mut()
            .insert("referer", referer.parse().unwrap());
        let chosen = world.send(request).await;
        assert_eq!(chosen.headers["location"], "/", "{referer}");
    }
}

#[tokio::test]
async fn a_request_that_cannot_be_read_gets_a_page_in_the_language_of_the_browser() {
    let world = World::of(|source| source);
    let seat = world.sits("sahrel");
    let mut request = asked("GET", "/point", &seat, "");
    request
        .headers_mut()
        .insert("accept-language", "uk-UA,en;q=0.5".parse().unwrap());
    let answer = world.send(request).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(
        answer.body.contains("<html lang=\"uk\" dir=\"ltr\">"),
        "{}",
        answer.body
    );
}
