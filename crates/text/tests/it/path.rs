//! Finding provisions by path.

use onetext_text::{Draft, PathError};

const TREATY: &str = "# Treaty\n\nThe Parties,\n\nArticle 5 - Seat\n\n1. One.\n\n2. Two:\n\n(a) x;\n\n(b) y.\n\nArticle 6 bis - House\n\n1. One:\n\n- first\n- second\n\nMore.\n";

#[track_caller]
fn finds(source: &str, path: &str, expected: &str) {
    let draft = Draft::read(source).unwrap();
    let found = match draft.find_target(path) {
        Ok(target) => {
            let provision = &draft.provisions()[target.index];
            format!(
                "{}{}",
                provision.wording,
                if target.chapeau_only {
                    " (chapeau)"
                } else {
                    ""
                }
            )
        }
        Err(error) => error.to_string(),
    };
    assert_eq!(found, expected, "{path}");
}

#[test]
fn labels_and_words_in_many_spellings() {
    for path in [
        "5.2.a",
        "Article 5.2.(a)",
        "Art. 5(2)(a)",
        "article 5.2.a",
        "ARTICLE 5. 2. a",
        " 5.2.a ",
        "5.2.A",
        "Article 5.Paragraph 2.a",
    ] {
        finds(TREATY, path, "x;");
    }
    for path in ["6 bis", "6bis", "Article 6 bis", "Art. 6 BIS"] {
        finds(TREATY, path, "House");
    }
}

#[test]
fn places_among_siblings() {
    finds(TREATY, "¶1", "Treaty");
    finds(TREATY, "¶2", "The Parties,");
    finds(TREATY, "6 bis.1.#2", "second");
    finds(TREATY, "5.chapeau", "Seat (chapeau)");
    finds(TREATY, "5.2.chapeau", "Two: (chapeau)");
}

#[test]
fn digits_of_every_script() {
    let arabic = "المادة ٥\n\nالنطاق\n\n١. نص\n";
    finds(arabic, "5", "النطاق");
    finds(arabic, "٥.١", "نص");
    finds(arabic, "المادة 5.1", "نص");
}

#[test]
fn nothing_there() {
    finds(TREATY, "7", "no provision is named 7; did you mean 5?");
    finds(
        TREATY,
        "5.2.c",
        "no provision is named 5.2.c; did you mean 5.2.a?",
    );
    finds(TREATY, "", "no provision is named ");
    finds(TREATY, "chapeau", "no provision is named chapeau");
}

#[test]
fn words_tell_namesakes_apart() {
    let source = "Chapter 2\n\nRULES\n\n(a) x.\n\nAnnex 2\n\nMAPS\n\n(a) y.\n";
    let draft = Draft::read(source).unwrap();
    let paths: Vec<&str> = draft.provisions().iter().map(|p| p.path.as_str()).collect();
    assert_eq!(paths, ["Chapter 2", "Chapter 2.a", "Annex 2", "Annex 2.a"]);
    finds(source, "Chapter 2.a", "x.");
    finds(source, "ANNEX 2(a)", "y.");
    finds(
        source,
        "2.a",
        "2.a names more than one provision: Chapter 2.a (line 5), Annex 2.a (line 11)",
    );
    finds(source, "Article 2.a", "no provision is named Article 2.a");
}

#[test]
fn what_stands_above_tells_namesakes_apart() {
    let source = "## A\n\n1. x.\n\n## B\n\n1. y.\n\n2. z.\n";
    finds(source, "2", "z.");
    finds(source, "¶1.1", "x.");
    finds(source, "¶2.1", "y.");
    finds(
        source,
        "1",
        "1 names more than one provision: ¶1.1 (line 3), ¶2.1 (line 7)",
    );
}

#[test]
fn namesakes_that_nothing_tells_apart_are_remarked() {
    let draft = Draft::read("5. x.\n\n5. y.\n\n6. z.\n").unwrap();
    assert_eq!(draft.remarks().len(), 1);
    assert_eq!((draft.remarks()[0].line, draft.remarks()[0].column), (3, 1));
    assert!(matches!(draft.find("5"), Err(PathError::Ambiguous { .. })));
}

#[test]
fn every_path_finds_its_provision() {
    for source in [
        TREATY,
        "## A\n\n1. x:\n\n- i\n\n## B\n\n1. y.\n\n- i\n",
        "1. x:\n\n1. y;\n\n2. z\n\nand\n\n1. w;\n\n2. v\n",
    ] {
        let draft = Draft::read(source).unwrap();
        for (index, provision) in draft.provisions().iter().enumerate() {
            assert_eq!(draft.find(&provision.path), Ok(index), "{}", provision.path);
        }
    }
}

#[test]
fn a_printed_path_of_two_provisions_is_ambiguous_and_not_unknown() {
    // A label of two numbers below a word, found by fuzzing.
    let draft = Draft::read("§ c\n2.1.\n1.\n s\n\n\u{2}\n1.\n1.").unwrap();
    let last = draft.provisions().last().unwrap();
    assert!(matches!(
        draft.find(&last.path),
        Err(PathError::Ambiguous { .. })
    ));
}
