//! Words move only with their source's leave: what may be delivered, told and objected to where.

use super::{BASIS, errors};

fn act(id: &str, kind: &str, room: &str, by: &str, on: &str, lines: &str) -> String {
    format!(
        "[[act]]\nid = \"{id}\"\nkind = \"{kind}\"\nroom = \"{room}\"\nby = \"{by}\"\non = \"{on}\"\n{lines}\n\n"
    )
}

/// Ash proposes in its caucus, the mediator takes it up in d2, and gives d2 to Birch.
fn taken_up(release_field: &str, before: &str) -> String {
    let proposes = format!(
        "draft = \"d1\"\npoints = \"1\"\nstance = \"propose\"\nwording = \"w\"\n{release_field}"
    );
    let takes = "of = \"asked\"\noutcome = \"taken\"\ndraft = \"d2\"";
    let gives = "draft = \"d2\"\nto = \"birch\"\nchannel = \"official\"";
    [
        BASIS,
        &act("asked", "stance", "med-ash", "ash", "2025-01-02", &proposes),
        &act("took", "dispose", "med-ash", "med", "2025-01-03", takes),
        before,
        &act("gave", "deliver", "med-birch", "med", "2025-01-05", gives),
    ]
    .concat()
}

#[test]
fn what_took_up_a_word_on_hold_stays_where_it_was_said() {
    let refused = "dossier.toml:94:9: \"d2\" took up \"asked\" of \"ash\", which is on hold in \"med-ash\"; expected a release of \"asked\" by \"ash\" (use, pass or publish) before it; record an act of kind release by \"ash\" with of = \"asked\", or put release = \"use\" on \"asked\"";
    assert_eq!(errors(&taken_up("", "")), refused);
    assert!(errors(&taken_up("release = \"hold\"", "")).contains("on hold"));
    assert_eq!(errors(&taken_up("release = \"use\"", "")), "imported");
    let open = taken_up("", "").replacen(
        "pen_holder = \"med\"",
        "pen_holder = \"med\"\ndisclosure = \"open\"",
        1,
    );
    assert_eq!(errors(&open), "imported");
    // In the room where it was said, and in its author's own, there is nobody to keep it from.
    let at_home = taken_up("", "").replace(
        "room = \"med-birch\"\nby = \"med\"\non = \"2025-01-05\"\ndraft",
        "room = \"med-ash\"\nby = \"med\"\non = \"2025-01-05\"\ndraft",
    );
    assert_eq!(errors(&at_home), "imported");
}

#[test]
fn a_release_by_its_author_lets_it_go() {
    let release = act(
        "lets",
        "release",
        "med-ash",
        "ash",
        "2025-01-04",
        "of = \"asked\"\nclass = \"use\"",
    );
    assert_eq!(errors(&taken_up("", &release)), "imported");
    let taken_back = act(
        "no",
        "withdraw",
        "med-ash",
        "ash",
        "2025-01-04",
        "of = \"lets\"",
    );
    assert!(errors(&taken_up("", &(release + &taken_back))).contains("on hold"));
    let after = act(
        "lets",
        "release",
        "med-ash",
        "ash",
        "2025-01-09",
        "of = \"asked\"\nclass = \"use\"",
    );
    assert!(errors(&(taken_up("", "") + &after)).contains("on hold"));
}

#[test]
fn a_later_draft_keeps_what_the_one_before_took_up() {
    let later = |file: &str| {
        let block = format!(
            "[[draft]]\nid = \"d3\"\ntext = \"main\"\nfile = \"{file}\"\nbase = \"d2\"\n\n"
        );
        let gives = "draft = \"d3\"\nto = \"birch\"\nchannel = \"official\"";
        taken_up("", "").replace(
            "draft = \"d2\"\nto = \"birch\"",
            "draft = \"d1\"\nto = \"birch\"",
        ) + &block
            + &act("gave 3", "deliver", "med-birch", "med", "2025-01-06", gives)
    };
    assert!(
        errors(&later("d2.md")).contains("\"d3\" keeps what \"d2\" took up: \"asked\" of \"ash\"")
    );
    // Where the wording is another again, nobody can tell.
    assert_eq!(errors(&later("d1.md")), "imported");
}

#[test]
fn what_is_told_came_from_a_word_that_was_released() {
    let told = |release: &str| {
        [
            BASIS,
            &act(
                "said",
                "note",
                "med-ash",
                "ash",
                "2025-01-02",
                &format!("words = \"w\"\n{release}"),
            ),
            &act(
                "told",
                "convey",
                "med-birch",
                "med",
                "2025-01-03",
                "words = \"v\"\nmanner = \"unattributed\"\nto = \"birch\"",
            ),
            &act(
                "source",
                "note",
                "chamber-med",
                "med",
                "2025-01-03",
                "words = \"from\"\nabout = [\"told\", \"said\"]",
            ),
        ]
        .concat()
    };
    assert!(
        errors(&told("")).starts_with(
            "dossier.toml:92:18: \"told\" tells \"said\" of \"ash\", which is on hold"
        )
    );
    assert_eq!(errors(&told("release = \"pass\"")), "imported");
}

#[test]
fn an_objection_to_silence_is_made_in_its_room() {
    let objects = |room: &str, on: &str, points: &str| {
        let opens = "draft = \"d1\"\npoints = [\"2\"]\naddressees = [\"ash\", \"birch\"]\nexpires = \"2025-01-10\"";
        let lines = format!("draft = \"d1\"\npoints = \"{points}\"\nstance = \"object\"");
        [
            BASIS,
            &act("silence", "silence", "plenary", "med", "2025-01-02", opens),
            &act("no", "stance", room, "ash", on, &lines),
        ]
        .concat()
    };
    assert_eq!(
        errors(&objects("med-ash", "2025-01-05", "2.a")),
        "dossier.toml:80:8: \"silence\" asks for silence on this in \"plenary\"; expected an objection in the room of the procedure; record it with room = \"plenary\""
    );
    assert_eq!(errors(&objects("plenary", "2025-01-05", "2.a")), "imported");
    assert_eq!(errors(&objects("med-ash", "2025-01-11", "2.a")), "imported");
    assert_eq!(errors(&objects("med-ash", "2025-01-05", "3")), "imported");
}

#[test]
fn a_name_is_known_wherever_its_issuer_names_it_also_later_in_the_file() {
    let stance = act(
        "first",
        "stance",
        "med-birch",
        "birch",
        "2025-01-02",
        "draft = \"d1\"\npoints = \"whole\"\nstance = \"endorse\"",
    );
    assert!(errors(&format!("{BASIS}{stance}")).contains("no draft named \"d1\" is known here"));
    for about in ["d1", "d1#2"] {
        let named = act(
            "named",
            "note",
            "public",
            "med",
            "2025-01-03",
            &format!("words = \"w\"\nabout = \"{about}\""),
        );
        assert_eq!(errors(&format!("{BASIS}{stance}{named}")), "imported");
    }
    // Not by another than its issuer.
    let named = act(
        "named",
        "note",
        "public",
        "ash",
        "2025-01-03",
        "words = \"w\"\nabout = \"d1\"",
    );
    assert!(
        errors(&format!("{BASIS}{stance}{named}")).contains("no draft named \"d1\" is known here")
    );
    // Its text is known with it.
    let text = act(
        "waits",
        "stance",
        "plenary",
        "birch",
        "2025-01-02",
        "text = \"main\"\nstance = \"withhold\"",
    );
    assert!(errors(&format!("{BASIS}{text}")).contains("no text named \"main\" is known here"));
    let named = act(
        "named",
        "note",
        "public",
        "med",
        "2025-01-03",
        "words = \"w\"\nabout = \"d1\"",
    );
    assert_eq!(errors(&format!("{BASIS}{text}{named}")), "imported");
}

#[test]
fn a_path_of_a_draft_not_given_is_neither_confirmed_nor_corrected() {
    let named = act(
        "named",
        "note",
        "public",
        "med",
        "2025-01-03",
        "words = \"w\"\nabout = \"d1\"",
    );
    let stance = act(
        "blind",
        "stance",
        "chamber-birch",
        "birch",
        "2025-01-04",
        "draft = \"d1\"\npoints = \"99\"\nstance = \"object\"",
    );
    assert_eq!(errors(&format!("{BASIS}{named}{stance}")), "imported");
}

#[test]
fn an_own_name_means_the_copy_where_no_such_draft_is_known() {
    let copy = act(
        "copy",
        "acknowledge",
        "med-birch",
        "birch",
        "2025-01-02",
        "text = \"main\"\ndraft = \"leak\"\nfile = \"d2.md\"",
    );
    let named = act(
        "named",
        "note",
        "med-birch",
        "med",
        "2025-01-01",
        "words = \"w\"\nabout = \"main\"",
    );
    let on = |seat: &str, room: &str, point: &str| {
        act(
            "on it",
            "stance",
            room,
            seat,
            "2025-01-03",
            &format!("draft = \"leak\"\npoints = \"{point}\"\nstance = \"object\""),
        )
    };
    let all = |last: String| errors(&format!("{BASIS}{named}{copy}{last}"));
    assert_eq!(all(on("birch", "med-birch", "2")), "imported");
    assert_eq!(all(on("birch", "chamber-birch", "2")), "imported");
    assert!(all(on("birch", "med-birch", "3")).contains("the copy has no provision \"3\""));
    assert!(all(on("birch", "plenary", "2")).contains("no draft named \"leak\""));
    assert!(all(on("med", "med-birch", "2")).contains("no draft named \"leak\""));
}
