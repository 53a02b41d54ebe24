//! The words of cross-references, a row per language. All languages are looked for at once: a draft may quote in another.
//!
//! Another language is another [`Language`]: the words for the divisions of a text in every form in which they stand
//! before a number, the words that join numbers, and those that lead up to a higher division or to another instrument.

use std::sync::LazyLock;

use crate::label::KeywordClass as K;
use crate::lexicon::Lexicon;

/// How many numbers may follow a word: "Article 5 and 30 days" is one number, "Articles 5 and 6" are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    One,
    Many,
}

use Count::{Many, One};

struct Language {
    /// A division's word in lower case, and whether several numbers may follow it.
    words: &'static [(&'static str, K, Count)],
    /// Joins two numbers: "7 and 8".
    and: &'static [&'static str],
    /// Joins the ends of a range: "2 to 4".
    to: &'static [&'static str],
    /// Leads to a higher division, or to the instrument: "of", "of the".
    of: &'static [&'static str],
    /// Says that the instrument is this one: "of this Agreement".
    this: &'static [&'static str],
    /// Says, before the reference, that it is another's: "its Article 3".
    other: &'static [&'static str],
    /// True where the instrument follows without a word for "of": «статьи 5 Конвенции».
    genitive: bool,
}

const LANGUAGES: &[Language] = &[ENGLISH, GERMAN, FRENCH, SPANISH, RUSSIAN, ARABIC];

#[rustfmt::skip]
const ENGLISH: Language = Language {
    words: &[
        ("annex", K::Annex, One), ("annexes", K::Annex, Many), ("appendix", K::Appendix, One), ("schedule", K::Schedule, One),
        ("protocol", K::Protocol, One), ("part", K::Part, One), ("parts", K::Part, Many), ("title", K::Title, One), ("titles", K::Title, Many),
        ("chapter", K::Chapter, One), ("chapters", K::Chapter, Many), ("section", K::Section, One), ("sections", K::Section, Many),
        ("sec", K::Section, One), ("subsection", K::Subsection, One), ("subsections", K::Subsection, Many),
        ("article", K::Article, One), ("articles", K::Article, Many), ("art", K::Article, Many), ("arts", K::Article, Many),
        ("rule", K::Rule, One), ("rules", K::Rule, Many), ("clause", K::Clause, One), ("clauses", K::Clause, Many),
        ("paragraph", K::Paragraph, One), ("paragraphs", K::Paragraph, Many), ("para", K::Paragraph, One), ("paras", K::Paragraph, Many),
        ("subparagraph", K::Subparagraph, One), ("subparagraphs", K::Subparagraph, Many),
        ("point", K::Point, One), ("points", K::Point, Many), ("item", K::Point, One), ("items", K::Point, Many), ("letter", K::Letter, One),
        ("§", K::Paragraphus, Many),
    ],
    and: &["and", "or", "and/or", "as well as"],
    to: &["to", "through", "until"],
    of: &["of", "of the", "to the", "in the", "under the"],
    this: &["this", "present", "these", "said"],
    other: &["its", "their", "whose", "his", "her"],
    genitive: false,
};

#[rustfmt::skip]
const GERMAN: Language = Language {
    words: &[
        ("artikel", K::Article, Many), ("artikels", K::Article, One), ("artikeln", K::Article, Many),
        ("absatz", K::Paragraph, One), ("absatzes", K::Paragraph, One), ("absätze", K::Paragraph, Many), ("absätzen", K::Paragraph, Many),
        ("abs", K::Paragraph, Many), ("nummer", K::Point, One), ("nummern", K::Point, Many), ("nr", K::Point, Many), ("punkt", K::Point, One),
        ("punkte", K::Point, Many), ("punkten", K::Point, Many), ("punktes", K::Point, One), ("ziffer", K::Point, One), ("ziffern", K::Point, Many),
        ("buchstabe", K::Letter, One), ("buchstaben", K::Letter, Many), ("buchst", K::Letter, Many),
        ("anlage", K::Annex, One), ("anlagen", K::Annex, Many), ("anhang", K::Annex, One), ("abschnitt", K::Section, One), ("kapitel", K::Chapter, Many),
        ("teil", K::Part, One), ("titel", K::Title, Many),
    ],
    and: &["und", "oder", "sowie"],
    to: &["bis"],
    of: &["des", "der", "von", "des", "im"],
    this: &["dieses", "dieser", "diesem", "vorliegenden"],
    other: &["dessen", "deren"],
    genitive: false,
};

#[rustfmt::skip]
const FRENCH: Language = Language {
    words: &[
        ("paragraphe", K::Paragraph, One), ("paragraphes", K::Paragraph, Many), ("alinéa", K::Subparagraph, One), ("alinéas", K::Subparagraph, Many),
        ("annexe", K::Annex, One), ("chapitre", K::Chapter, One), ("chapitres", K::Chapter, Many), ("titre", K::Title, One),
    ],
    and: &["et", "ou"],
    to: &["à"],
    of: &["de", "du", "de la", "de l", "des", "d"],
    this: &["présent", "présente", "présents"],
    other: &["son", "leur"],
    genitive: false,
};

#[rustfmt::skip]
const SPANISH: Language = Language {
    words: &[
        ("artículo", K::Article, One), ("artículos", K::Article, Many), ("párrafo", K::Paragraph, One), ("párrafos", K::Paragraph, Many),
        ("apartado", K::Paragraph, One), ("apartados", K::Paragraph, Many), ("punto", K::Point, One), ("puntos", K::Point, Many),
        ("anexo", K::Annex, One), ("capítulo", K::Chapter, One), ("sección", K::Section, One),
    ],
    and: &["y"],
    to: &["hasta"],
    of: &["de", "del", "de la"],
    this: &["presente", "esta", "este"],
    other: &["su"],
    genitive: false,
};

#[rustfmt::skip]
const RUSSIAN: Language = Language {
    words: &[
        ("статья", K::Article, One), ("статьи", K::Article, Many), ("статье", K::Article, One), ("статью", K::Article, One), ("статьей", K::Article, One),
        ("статьёй", K::Article, One), ("статей", K::Article, Many), ("статьям", K::Article, Many), ("статьях", K::Article, Many), ("статьями", K::Article, Many),
        ("стаття", K::Article, One), ("статті", K::Article, Many), ("статтю", K::Article, One), ("статтею", K::Article, One), ("статтями", K::Article, Many),
        ("пункт", K::Point, One), ("пункта", K::Point, One), ("пункту", K::Point, One), ("пунктом", K::Point, One), ("пункте", K::Point, One), ("пункті", K::Point, One),
        ("пункты", K::Point, Many), ("пункти", K::Point, Many), ("пунктов", K::Point, Many), ("пунктів", K::Point, Many), ("пунктам", K::Point, Many), ("пунктах", K::Point, Many), ("пунктами", K::Point, Many),
        ("подпункт", K::Subparagraph, One), ("подпункта", K::Subparagraph, One), ("подпункте", K::Subparagraph, One), ("подпунктом", K::Subparagraph, One),
        ("подпункты", K::Subparagraph, Many), ("подпунктах", K::Subparagraph, Many), ("подпунктами", K::Subparagraph, Many), ("подпунктов", K::Subparagraph, Many),
        ("раздел", K::Title, One), ("раздела", K::Title, One), ("разделе", K::Title, One), ("разделом", K::Title, One),
        ("глава", K::Chapter, One), ("главы", K::Chapter, Many), ("главе", K::Chapter, One), ("главой", K::Chapter, One),
        ("часть", K::Paragraph, One), ("части", K::Paragraph, Many), ("частью", K::Paragraph, One),
        ("приложение", K::Annex, One), ("приложения", K::Annex, Many), ("приложении", K::Annex, One), ("приложением", K::Annex, One),
    ],
    and: &["и", "или", "та", "або"],
    to: &["по", "до"],
    of: &["из", "к"],
    this: &["настоящего", "настоящей", "настоящему", "цього", "цієї"],
    other: &["его", "её", "ее", "их"],
    genitive: true,
};

#[rustfmt::skip]
const ARABIC: Language = Language {
    words: &[
        ("المادة", K::Article, One), ("مادة", K::Article, One), ("للمادة", K::Article, One), ("والمادة", K::Article, One), ("المادتين", K::Article, Many), ("المواد", K::Article, Many),
        ("الفقرة", K::Paragraph, One), ("فقرة", K::Paragraph, One), ("للفقرة", K::Paragraph, One), ("الفقرتين", K::Paragraph, Many), ("الفقرات", K::Paragraph, Many),
        ("النقطة", K::Point, One), ("البند", K::Point, One), ("المرفق", K::Annex, One), ("الفصل", K::Chapter, One),
    ],
    and: &["و", "أو"],
    to: &["إلى"],
    of: &["من", "في"],
    this: &["هذا", "هذه"],
    other: &[],
    genitive: false,
};

/// What a word says before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Division {
    pub(super) class: K,
    pub(super) count: Count,
    /// True in a language where another instrument follows without a word for "of".
    pub(super) genitive: bool,
}

static DIVISIONS: LazyLock<Lexicon<Division>> = LazyLock::new(|| {
    Lexicon::new(LANGUAGES.iter().flat_map(|language| {
        language.words.iter().map(|&(word, class, count)| {
            (
                word,
                Division {
                    class,
                    count,
                    genitive: language.genitive,
                },
            )
        })
    }))
});

fn merged(of: fn(&Language) -> &'static [&'static str]) -> Lexicon<()> {
    let words = LANGUAGES.iter().flat_map(of);
    Lexicon::new(words.map(|&word| (word, ())))
}

static AND: LazyLock<Lexicon<()>> = LazyLock::new(|| merged(|language| language.and));
static TO: LazyLock<Lexicon<()>> = LazyLock::new(|| merged(|language| language.to));
static OF: LazyLock<Lexicon<()>> = LazyLock::new(|| merged(|language| language.of));
static THIS: LazyLock<Lexicon<()>> = LazyLock::new(|| merged(|language| language.this));
static OTHER: LazyLock<Lexicon<()>> = LazyLock::new(|| merged(|language| language.other));

/// A quick look: whether a word in ASCII may name a division.
#[inline]
pub(super) fn may_divide(word: &[u8]) -> bool {
    DIVISIONS.may_hold_ascii(word)
}

/// The division that a word names, in whatever letter case.
pub(super) fn division(word: &str) -> Option<Division> {
    DIVISIONS.folded(word)
}

pub(super) fn is_and(word: &str) -> bool {
    AND.exact(word).is_some()
}

pub(super) fn is_to(word: &str) -> bool {
    TO.exact(word).is_some()
}

pub(super) fn is_of(word: &str) -> bool {
    OF.exact(word).is_some()
}

/// Articles and the like that may stand between "of" and what follows.
pub(super) fn is_article(word: &str) -> bool {
    matches!(
        word,
        "the" | "that" | "la" | "le" | "les" | "l" | "el" | "los" | "der" | "des" | "dem"
    )
}

pub(super) fn is_this(word: &str) -> bool {
    THIS.exact(word).is_some()
}

pub(super) fn is_other(word: &str) -> bool {
    OTHER.folded(word).is_some()
}
