//! Words that stand before (or after) a number in a label: an open table, one row per word and language.

use std::sync::LazyLock;

use crate::lexicon::Lexicon;

/// What kind of division a word names. Words of several languages share a class: `Article`, `Статья`, `المادة`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum KeywordClass {
    Annex,
    Book,
    Part,
    Title,
    Subtitle,
    Chapter,
    Section,
    Subsection,
    Article,
    /// `§ 3`.
    Paragraphus,
    Paragraph,
    Subparagraph,
    Clause,
    Point,
    Rule,
    Protocol,
    Appendix,
    Schedule,
    /// `Pp2`: a paragraph of the preamble.
    Preambular,
    /// `OP1`: an operative paragraph.
    Operative,
    /// `Buchstabe c`, `letter (c)`.
    Letter,
}

impl KeywordClass {
    /// How high the division stands: a new one closes all that stand lower. Section and article share a rank, for
    /// either may hold the other; which does, the first to appear decides.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Self::Annex | Self::Appendix | Self::Schedule | Self::Protocol => 0,
            Self::Book => 1,
            Self::Part => 2,
            Self::Title | Self::Subtitle => 3,
            Self::Chapter => 4,
            Self::Section | Self::Article | Self::Paragraphus | Self::Rule => 5,
            Self::Subsection => 6,
            Self::Clause | Self::Paragraph | Self::Point | Self::Preambular | Self::Operative => 7,
            Self::Subparagraph | Self::Letter => 8,
        }
    }

    /// True for a division that only groups what is negotiated: part, title, chapter.
    pub(crate) fn groups(self) -> bool {
        self.rank() <= 4 || matches!(self, Self::Section | Self::Subsection)
    }

    /// True for words that people use of any numbered provision, whatever its own label says.
    pub(crate) fn generic(self) -> bool {
        self.rank() >= 6
    }
}

use KeywordClass as K;

/// The table: a word in lower case and what it names. Another language is more rows here, and its rows in
/// `reference::language` where its cross-references are to be found too.
#[rustfmt::skip]
const WORDS: &[(&str, KeywordClass)] = &[
    // English
    ("annex", K::Annex), ("appendix", K::Appendix), ("schedule", K::Schedule), ("protocol", K::Protocol),
    ("book", K::Book), ("part", K::Part), ("division", K::Part), ("title", K::Title), ("subtitle", K::Subtitle),
    ("chapter", K::Chapter), ("section", K::Section), ("sec", K::Section), ("subsection", K::Subsection),
    ("article", K::Article), ("art", K::Article), ("rule", K::Rule), ("clause", K::Clause), ("paragraph", K::Paragraph),
    ("para", K::Paragraph), ("subparagraph", K::Subparagraph), ("point", K::Point), ("item", K::Point), ("letter", K::Letter),
    ("principle", K::Rule), ("recital", K::Preambular),
    ("phase", K::Part), ("stage", K::Part), ("pillar", K::Part), ("basket", K::Part), ("step", K::Point),
    ("§", K::Paragraphus),
    // French
    ("annexe", K::Annex), ("livre", K::Book), ("partie", K::Part), ("titre", K::Title), ("chapitre", K::Chapter),
    ("paragraphe", K::Paragraph), ("alinéa", K::Subparagraph), ("protocole", K::Protocol),
    // German
    ("anhang", K::Annex), ("anlage", K::Annex), ("protokoll", K::Protocol), ("buch", K::Book), ("teil", K::Part), ("titel", K::Title),
    ("untertitel", K::Subtitle), ("kapitel", K::Chapter), ("abschnitt", K::Section), ("unterabschnitt", K::Subsection),
    ("artikel", K::Article), ("absatz", K::Paragraph), ("abs", K::Paragraph), ("nummer", K::Point), ("nr", K::Point), ("punkt", K::Point),
    ("ziffer", K::Point), ("buchstabe", K::Letter), ("buchst", K::Letter),
    // Spanish, Italian, Portuguese
    ("anexo", K::Annex), ("libro", K::Book), ("parte", K::Part), ("título", K::Title), ("capítulo", K::Chapter), ("sección", K::Section),
    ("artículo", K::Article), ("párrafo", K::Paragraph), ("apartado", K::Paragraph), ("punto", K::Point), ("allegato", K::Annex),
    ("titolo", K::Title), ("capo", K::Chapter), ("articolo", K::Article), ("paragrafo", K::Paragraph), ("artigo", K::Article),
    // Russian, Ukrainian
    ("приложение", K::Annex), ("додаток", K::Annex), ("протокол", K::Protocol), ("книга", K::Book), ("часть", K::Part),
    ("частина", K::Part), ("раздел", K::Title), ("розділ", K::Title), ("глава", K::Chapter), ("подраздел", K::Section),
    ("статья", K::Article), ("стаття", K::Article), ("ст", K::Article), ("пункт", K::Point), ("подпункт", K::Subparagraph),
    ("параграф", K::Paragraphus), ("абзац", K::Subparagraph),
    ("этап", K::Part), ("етап", K::Part), ("фаза", K::Part),
    // Arabic
    ("مرفق", K::Annex), ("المرفق", K::Annex), ("ملحق", K::Annex), ("الملحق", K::Annex), ("الجزء", K::Part), ("جزء", K::Part),
    ("الباب", K::Title), ("باب", K::Title), ("الفصل", K::Chapter), ("فصل", K::Chapter), ("القسم", K::Section), ("قسم", K::Section),
    ("المادة", K::Article), ("مادة", K::Article), ("الفقرة", K::Paragraph), ("فقرة", K::Paragraph), ("البند", K::Point), ("بند", K::Point),
    ("المرحلة", K::Part),
    // Hebrew, Turkish
    ("סעיף", K::Article), ("פרק", K::Chapter), ("madde", K::Article), ("bölüm", K::Chapter),
    // Polish, Dutch, Swedish
    ("artykuł", K::Article), ("rozdział", K::Chapter), ("hoofdstuk", K::Chapter), ("artikkel", K::Article), ("kapitel", K::Chapter),
];

static TABLE: LazyLock<Lexicon<KeywordClass>> =
    LazyLock::new(|| Lexicon::new(WORDS.iter().copied()));

/// Ordinal numbers in words, as they stand before or after a division's word: `Erster Abschnitt`, `Article premier`,
/// `Part One`.
#[rustfmt::skip]
const ORDINALS: &[(u64, &[&str])] = &[
    (1, &["one", "first", "i", "premier", "première", "unique", "erster", "erste", "erstes", "primero", "primera", "primer", "первый", "первая", "первое", "перший", "перша", "الأول", "الأولى", "الاولى", "الاول"]),
    (2, &["two", "second", "deuxième", "second", "seconde", "zweiter", "zweite", "zweites", "segundo", "segunda", "второй", "вторая", "другий", "друга", "الثاني", "الثانية"]),
    (3, &["three", "third", "troisième", "dritter", "dritte", "drittes", "tercero", "tercera", "третий", "третья", "третій", "третя", "الثالث", "الثالثة"]),
    (4, &["four", "fourth", "quatrième", "vierter", "vierte", "viertes", "cuarto", "cuarta", "четвёртый", "четвертый", "четвёртая", "четвертая", "الرابع", "الرابعة"]),
    (5, &["five", "fifth", "cinquième", "fünfter", "fünfte", "fünftes", "quinto", "quinta", "пятый", "пятая", "الخامس", "الخامسة"]),
    (6, &["six", "sixth", "sixième", "sechster", "sechste", "sechstes", "sexto", "sexta", "шестой", "шестая", "السادس", "السادسة"]),
    (7, &["seven", "seventh", "septième", "siebter", "siebente", "siebenter", "siebte", "siebtes", "séptimo", "седьмой", "седьмая", "السابع", "السابعة"]),
    (8, &["eight", "eighth", "huitième", "achter", "achte", "achtes", "octavo", "восьмой", "восьмая", "الثامن", "الثامنة"]),
    (9, &["nine", "ninth", "neuvième", "neunter", "neunte", "neuntes", "noveno", "девятый", "девятая", "التاسع", "التاسعة"]),
    (10, &["ten", "tenth", "dixième", "zehnter", "zehnte", "zehntes", "décimo", "десятый", "десятая", "العاشر", "العاشرة"]),
    (11, &["eleven", "eleventh", "elfter", "elfte"]),
    (12, &["twelve", "twelfth", "zwölfter", "zwölfte"]),
];

static ORDINAL_TABLE: LazyLock<Lexicon<u64>> = LazyLock::new(|| {
    let words = ORDINALS
        .iter()
        .flat_map(|&(value, words)| words.iter().map(move |&word| (word, value)));
    Lexicon::new(words.filter(|&(word, _)| word != "i"))
});

/// What a word names, in whatever letter case.
pub(crate) fn class_of(word: &str) -> Option<KeywordClass> {
    TABLE.folded(word)
}

/// The value of an ordinal (or number) written as a word.
pub(crate) fn ordinal(word: &str) -> Option<u64> {
    ORDINAL_TABLE.folded(word)
}

/// Words that say: this number belongs to a sentence (`Article 5 of the Convention`).
pub(crate) fn continues_a_sentence(word: &str) -> bool {
    matches!(
        word,
        "of" | "to"
            | "and"
            | "or"
            | "is"
            | "the"
            | "من"
            | "في"
            | "و"
            | "von"
            | "des"
            | "der"
            | "und"
            | "de"
            | "du"
            | "et"
    )
}

/// Headings that carry no number.
pub(crate) fn names_a_part_without_number(line: &str) -> bool {
    const NAMES: [&str; 31] = [
        "preamble",
        "annex",
        "appendix",
        "schedule",
        "introduction",
        "definitions",
        "final provisions",
        "general provisions",
        "préambule",
        "annexe",
        "präambel",
        "anhang",
        "anlage",
        "eingangsformel",
        "schlussformel",
        "преамбула",
        "приложение",
        "додаток",
        "ديباجة",
        "الديباجة",
        "preámbulo",
        "anexo",
        "вступ",
        "مرفق",
        "المرفق",
        "ملحق",
        "序言",
        "前言",
        "附件",
        "附录",
        "附則",
    ];
    let lower = line.trim().to_lowercase();
    NAMES.contains(&lower.as_str())
}
