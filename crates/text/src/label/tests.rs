//! Labels of a line as they read without neighbours.

use super::parse::{Certainty, Place, parse};

/// `printed|short|wording`, the label of a line as it reads without neighbours; `?` marks one that needs them.
fn shown(text: &str, place: Place) -> String {
    parse(text, place).map_or_else(
        || "none".to_owned(),
        |label| {
            let doubt = if label.certainty == Certainty::Sure {
                ""
            } else {
                "?"
            };
            format!(
                "{}|{}|{}{doubt}",
                &text[label.printed.clone()],
                label.short,
                &text[label.end..]
            )
        },
    )
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text, Place::Line), expected, "{text}");
}

#[track_caller]
fn heading(text: &str, expected: &str) {
    assert_eq!(shown(text, Place::Heading), expected, "{text}");
}

#[test]
fn decimal() {
    check("1. The", "1.|1|The");
    check("1) The", "1)|1|The");
    check("(1) The", "(1)|1|The");
    check("1 The", "1|1|The?");
    check("1.2.3 The", "1.2.3|1.2.3|The?");
    check("1.2.3. The", "1.2.3.|1.2.3|The");
    check("1a. The", "1a.|1a|The");
    check("(1a) The", "(1a)|1a|The");
    check("1.The", "1.|1|The");
    check("1° The", "1°|1|The?");
    check("3.", "3.|3|");
}

#[test]
fn letters_and_roman() {
    check("a. The", "a.|a|The");
    check("a) The", "a)|a|The");
    check("(a) The", "(a)|a|The");
    check("A. [[Preamble]", "A.|A|[[Preamble]");
    check("(iv) The", "(iv)|iv|The");
    check("i. The", "i.|i|The");
    check("IV. The", "IV.|IV|The");
    check("aa) The", "aa)|aa|The");
    check("I. Newton was", "I.|I|Newton was?");
    check("A. Smith said", "A.|A|Smith said?");
}

#[test]
fn words_before_numbers() {
    check("Article 5", "Article 5|5|");
    check("Article 5 - Fisheries", "Article 5|5|Fisheries");
    check("Article 5 – Fisheries", "Article 5|5|Fisheries");
    check("Article 5. Fisheries", "Article 5|5|Fisheries");
    check("Article 5: Fisheries", "Article 5|5|Fisheries");
    check("Art. 5 Fisheries", "Art. 5|5|Fisheries");
    check("ARTICLE V", "ARTICLE V|V|");
    check("Section 2", "Section 2|2|");
    check("SEC. 2. REPORT.", "SEC. 2|2|REPORT.");
    check(
        "SECTION 1. SHORT TITLE. This Act",
        "SECTION 1|1|SHORT TITLE. This Act",
    );
    check(
        "TITLE I DEPARTMENT OF AGRICULTURE. For the",
        "TITLE I|I|DEPARTMENT OF AGRICULTURE. For the",
    );
    check("§ 3", "§ 3|3|");
    check("§ 1a Heading", "§ 1a|1a|Heading");
    check("Annex II", "Annex II|II|");
    check("Part One", "Part One|1|");
    check("Статья 5", "Статья 5|5|");
    check("Статья 5. Общие положения", "Статья 5|5|Общие положения");
    check("Глава II", "Глава II|II|");
    check("Artikel 7", "Artikel 7|7|");
    check("Article premier", "Article premier|1|");
    check("Article 1er", "Article 1er|1|");
    check("المادة 5", "المادة 5|5|");
    check("مادة ٥", "مادة ٥|٥|");
    check("المادة الأولى", "المادة الأولى|1|");
    check("第五条", "第五条|5|");
    heading(
        "1. Abschnitt - Allgemeine Vorschriften",
        "1. Abschnitt|1|Allgemeine Vorschriften",
    );
    heading("Erster Abschnitt - Begriffe", "Erster Abschnitt|1|Begriffe");
    heading("I. - Allgemeine Regelungen", "I.|I|Allgemeine Regelungen?");
    heading("§ 1 bemessung", "§ 1|1|bemessung");
    heading("Anlage 1 (zu § 3)", "Anlage 1|1|(zu § 3)");
}

#[test]
fn glued_words_and_suffixes() {
    check("Pp2 [In pursuit", "Pp2|Pp2|[In pursuit");
    check("Pp2bis The", "Pp2bis|Pp2bis|The");
    check("Pp3 bis Recalling", "Pp3 bis|Pp3 bis|Recalling");
    check("OP1. Decides", "OP1.|OP1|Decides");
    check("5 bis. [Landlocked", "5 bis.|5 bis|[Landlocked");
    check("7 quinquies. The", "7 quinquies.|7 quinquies|The");
    check("(a bis) The", "(a bis)|a bis|The");
}

#[test]
fn other_scripts() {
    check("а) Первое", "а)|а|Первое");
    check("٣. النص", "٣.|٣|النص");
    check("أ) النص", "أ)|أ|النص");
    check("(ب) النص", "(ب)|ب|النص");
    check("(هـ) النص", "(هـ)|هـ|النص");
    check("１．条文", "１．|１|条文");
    check("一、总则", "一、|1|总则");
    check("（一）条文", "（一）|1|条文");
}

#[test]
fn sentences_are_no_labels() {
    check("1945 saw the end", "1945|1945|saw the end?");
    check("A country may", "none");
    check("23 November is", "23|23|November is?");
    check("Article 5 of the Convention applies.", "none");
    check("Article 5(2) applies.", "none");
    check("Articles 5 and 6", "none");
    check("point 14 applies", "none");
    check("Part of the area", "none");
    check("23.11.2025 Geneva", "none");
    check("1.5", "1.5|1.5|?");
    check("$3,000 go", "none");
    check("3,5 per cent", "none");
    check("(see below) The", "none");
    check("(2019) The", "none");
    check("(mix) The", "none");
    check("5 - 10 per cent", "5|5|10 per cent?");
    check("e.g. this", "none");
    check("Title is moot", "none");
}
