//! The words of the interface, in the languages that it has. They come from `locales/LANGUAGE/PAGE.ftl`, in Fluent.
//!
//! What a process says (its names, drafts, reasons given) is never translated: it has a language and a direction of its own.
//! An argument is set apart from the sentence around it, so that a name of the other direction disturbs nothing.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use maud::{Markup, PreEscaped, Render as _};

/// An argument of a sentence: a number, or words.
pub type Value<'a> = fluent_bundle::FluentValue<'a>;

/// The files of words: of which language, and what is in them.
const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The cookie that holds the language which somebody chose.
pub(crate) const COOKIE: &str = "onetext-language";

/// The most of a header that is read.
const LONGEST_HEADER: usize = 1024;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Language {
    #[default]
    English,
    Ukrainian,
    Arabic,
}

/// The languages: the tag, the name of each in itself, and the direction of its script.
const LANGUAGES: [(Language, &str, &str, &str); 3] = [
    (Language::English, "en", "English", "ltr"),
    (Language::Ukrainian, "uk", "Українська", "ltr"),
    (Language::Arabic, "ar", "العربية", "rtl"),
];

/// The words of the interface in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words(Language);

/// A language as it was read.
struct Bundle {
    fluent: FluentBundle<FluentResource>,
    /// The sentences without arguments, as they are said: a page says some thousand of them.
    plain: BTreeMap<String, String>,
}

impl Bundle {
    fn of(tag: &str) -> Bundle {
        let mut fluent = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        let mut plain = BTreeMap::new();
        let own = FILES.iter().filter(|(lang, _)| *lang == tag);
        for (_, source) in own.clone() {
            // What is wrong in a file, the tests say; the rest of it stands.
            let resource = FluentResource::try_new((*source).to_owned());
            fluent.add_resource_overriding(resource.unwrap_or_else(|(whole, _)| whole));
        }
        let keys = own.flat_map(|(_, source)| source.lines());
        for key in keys.filter_map(|line| Some(line.split_once(" =")?.0)) {
            let Some(pattern) = fluent.get_message(key).and_then(|own| own.value()) else {
                continue;
            };
            let mut wanting = Vec::new();
            let said = fluent.format_pattern(pattern, None, &mut wanting);
            if wanting.is_empty() {
                plain.insert(key.to_owned(), said.into_owned());
            }
        }
        Bundle { fluent, plain }
    }
}

/// All languages, read once.
fn bundles() -> &'static [Bundle; 3] {
    static BUNDLES: OnceLock<[Bundle; 3]> = OnceLock::new();
    BUNDLES.get_or_init(|| LANGUAGES.map(|(_, tag, ..)| Bundle::of(tag)))
}

impl Words {
    /// The words of a language by its tag, where the interface has it.
    #[must_use]
    pub fn of(tag: &str) -> Option<Words> {
        let base = tag.split(['-', '_']).next().unwrap_or_default();
        let mut languages = LANGUAGES.iter();
        let found = languages.find(|(_, own, ..)| own.eq_ignore_ascii_case(base));
        found.map(|(language, ..)| Words(*language))
    }

    /// The languages there are: the tag, and the name of each in itself.
    pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
        LANGUAGES.iter().map(|(_, tag, name, _)| (*tag, *name))
    }

    /// As a request wishes: the language that was chosen here, else the first that the browser asks for, else English.
    pub(crate) fn asked(headers: &HeaderMap) -> Words {
        let chosen = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == COOKIE)
            .and_then(|(_, tag)| Words::of(tag));
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        chosen
            .or_else(|| accepted.and_then(|value| preferred(value.to_str().ok()?)))
            .unwrap_or_default()
    }

    fn entry(self) -> (usize, (Language, &'static str, &'static str, &'static str)) {
        let place = LANGUAGES.iter().position(|(own, ..)| *own == self.0);
        let place = place.unwrap_or_default();
        (place, LANGUAGES[place])
    }

    /// The tag of the language, as `lang` has it.
    #[must_use]
    pub fn lang(self) -> &'static str {
        self.entry().1.1
    }

    /// The direction of its script, as `dir` has it.
    #[must_use]
    pub fn dir(self) -> &'static str {
        self.entry().1.3
    }

    /// What stands between two things of a list.
    #[must_use]
    pub fn comma(self) -> &'static str {
        if self.0 == Language::Arabic {
            "، "
        } else {
            ", "
        }
    }

    /// From one thing to the next, as the script runs: no program turns an arrow round by itself.
    #[must_use]
    pub fn to(self) -> &'static str {
        if self.dir() == "rtl" {
            " ← "
        } else {
            " → "
        }
    }

    /// A sentence without arguments.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A sentence with its arguments by name. A key that no language has says itself: a page is never lost for a word.
    #[must_use]
    pub fn say_with(self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        let (place, _) = self.entry();
        let bundles = bundles();
        let all = [&bundles[place], &bundles[0]].into_iter();
        if arguments.is_empty()
            && let Some(said) = all.clone().find_map(|bundle| bundle.plain.get(key))
        {
            return said.clone();
        }
        let mut all = all;
        let found = all.find_map(|bundle| {
            let pattern = bundle.fluent.get_message(key)?.value()?;
            Some((&bundle.fluent, pattern))
        });
        let Some((bundle, pattern)) = found else {
            return key.to_owned();
        };
        let arguments: FluentArgs<'_> = arguments
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        // An argument that is wanting shows as its name.
        let mut wanting = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&arguments), &mut wanting);
        said.into_owned()
    }

    /// A sentence with markup among its arguments, say a link or a name in bold, wherever the language wants it.
    #[must_use]
    pub fn rich(
        self,
        key: &str,
        arguments: &[(&str, Value<'_>)],
        parts: &[(&str, Markup)],
    ) -> Markup {
        // Characters of the private area stand for the parts while the sentence is made and escaped; in arguments they say
        // nothing, and are left out.
        let clean = arguments.iter().map(|(name, value)| match value {
            Value::String(words) if words.contains(private) => {
                (*name, Value::from(words.replace(private, "")))
            }
            other => (*name, other.clone()),
        });
        let mut all: Vec<(&str, Value<'_>)> = clean.collect();
        for ((name, _), sign) in parts.iter().zip('\u{E000}'..='\u{E0FF}') {
            all.push((name, Value::from(sign.to_string())));
        }
        let mut page = self.say_with(key, &all).render().into_string();
        for ((_, part), sign) in parts.iter().zip('\u{E000}'..='\u{E0FF}') {
            page = page.replace(sign, &part.0);
        }
        PreEscaped(page)
    }
}

fn private(sign: char) -> bool {
    ('\u{E000}'..='\u{E0FF}').contains(&sign)
}

/// The language of an `Accept-Language` that comes first by its weight among those that there are.
fn preferred(header: &str) -> Option<Words> {
    let header = header.get(..LONGEST_HEADER).unwrap_or(header);
    let mut best: Option<(Words, f32)> = None;
    for wish in header.split(',').take(32) {
        let (tag, weight) = wish.split_once(';').unwrap_or((wish, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        let weight: f32 = weight.parse().unwrap_or(0.0);
        if let Some(words) = Words::of(tag.trim())
            && weight > best.map_or(0.0, |(_, best)| best)
        {
            best = Some((words, weight));
        }
    }
    best.map(|(words, _)| words)
}

/// The words that a request wishes, as the guard found them.
impl<S: Sync> FromRequestParts<S> for Words {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_that_it_wants_most() {
        let check = |header, expected: Option<&str>| {
            assert_eq!(preferred(header).map(Words::lang), expected, "{header}");
        };
        check("uk-UA,uk;q=0.9,en;q=0.8", Some("uk"));
        check("fr, ar;q=0.4, en;q=0.3", Some("ar"));
        check("en;q=0.1, ar-EG;q=0.7", Some("ar"));
        check("fr", None);
        check("en;q=0, uk;q=x", None);
        check(&"é,".repeat(2000), None);
    }

    #[test]
    fn a_part_stands_where_the_language_wants_it_and_arguments_are_escaped() {
        let words = Words::default();
        let part = maud::html! { b { "x" } };
        let page = words
            .rich("page-seat", &[], &[("seat", part)])
            .into_string();
        assert!(page.contains("<b>x</b>"), "{page}");
        let page = words.say_with("page-seat", &[("seat", "\u{5d0}".into())]);
        assert!(
            page.contains("\u{2068}\u{5d0}\u{2069}"),
            "set apart: {page}"
        );
        let page = words.rich("page-seat", &[("seat", "<i>\u{E000}".into())], &[]);
        assert!(page.into_string().contains("\u{2068}&lt;i&gt;\u{2069}"));
    }

    #[test]
    fn a_key_that_is_wanting_says_itself() {
        assert_eq!(Words::default().say("no-such-key"), "no-such-key");
    }
}
