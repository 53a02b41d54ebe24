//! One case for each class of error: what is wrong, where, what was expected, the nearest valid name.

use super::{BASIS, act, errors};

/// The basis with these lines at its end, which begin on line 66, and every error they bring, one a line.
#[track_caller]
fn check(lines: &str, expected: &str) {
    assert_eq!(errors(&format!("{BASIS}{lines}")), expected);
}

#[test]
fn basis_is_good() {
    assert_eq!(errors(BASIS), "imported");
    assert_eq!(errors(&format!("\u{feff}{BASIS}")), "imported");
}

#[test]
fn no_toml() {
    check(
        r#"oops"#,
        r##"dossier.toml:66:5: this is not TOML: key with no value, expected `=`"##,
    );
}

#[test]
fn a_key_twice() {
    check(
        &act(
            "note",
            "plenary",
            "med",
            r#"words = "a"
words = "b""#,
        ),
        r##"dossier.toml:73:1: this is not TOML: duplicate key"##,
    );
}

#[test]
fn an_unknown_block() {
    check(
        r#"[[acts]]
id = "x"
"#,
        r##"dossier.toml:66:3: a dossier has no `acts`; expected one of process, seat, person, room, text, draft, act; did you mean "act"?"##,
    );
}

#[test]
fn a_block_in_the_wrong_form() {
    check(
        r#"[room]
id = "x"
members = ["ash"]
"#,
        r##"dossier.toml:66:2: this is not TOML: duplicate key"##,
    );
}

#[test]
fn a_second_process() {
    check(
        "[process]\nid = \"q\"\ntitle = \"Q\"\npen_holder = \"med\"\n",
        r##"dossier.toml:66:2: this is not TOML: duplicate key"##,
    );
}

#[test]
fn a_missing_field() {
    check(
        &act("note", "plenary", "med", r#""#),
        r##"dossier.toml:66:1: an act of kind note has no `words`; expected `words`: words in quotes"##,
    );
}

#[test]
fn a_misspelt_field() {
    check(
        &act(
            "question",
            "plenary",
            "med",
            r#"words = "w"
released = "use""#,
        ),
        r##"dossier.toml:73:1: an act of kind question has no field `released`; expected one of id, kind, room, by, on, recorded_by, recorded, release, on_behalf_of, note, about, language, communication, words; did you mean "release"?"##,
    );
}

#[test]
fn a_field_of_another_kind() {
    check(
        &act(
            "note",
            "plenary",
            "med",
            r#"words = "w"
draft = "d1""#,
        ),
        r##"dossier.toml:73:1: an act of kind note has no field `draft`; expected one of id, kind, room, by, on, recorded_by, recorded, release, on_behalf_of, note, about, language, communication, words; the nearest is "about""##,
    );
}

#[test]
fn an_unknown_kind() {
    check(
        &act("stanse", "plenary", "med", r#"words = "w""#),
        r##"dossier.toml:68:8: no kind of act is named "stanse"; expected one of deliver, acknowledge, stance, withdraw, dispose, release, convey, package, red-line, bracket, track, align, mission, session, confirm, deny, statement, reply-due, reply, silence, editorial, understanding, minute, assess, gate, override, briefing, consent, challenge, initial, sign, ratify, correct, preference, note, question; did you mean "stance"?"##,
    );
}

#[test]
fn a_number_for_words() {
    check(
        &act("note", "plenary", "med", r#"words = 7"#),
        r##"dossier.toml:72:9: `words` is the number 7; expected words in quotes"##,
    );
}

#[test]
fn words_for_a_flag() {
    check(
        &act(
            "reply",
            "med-ash",
            "ash",
            r#"draft = "d1"
formal = "yes""#,
        ),
        r##"dossier.toml:73:10: `formal` is "yes"; expected true or false"##,
    );
}

#[test]
fn a_list_for_words() {
    check(
        &act("note", "plenary", "med", r#"words = ["a", "b"]"#),
        r##"dossier.toml:72:9: `words` is a list; expected words in quotes"##,
    );
}

#[test]
fn an_item_of_the_wrong_type() {
    check(
        &act(
            "stance",
            "med-ash",
            "ash",
            r#"draft = "d1"
points = ["1", 2]
stance = "accept""#,
        ),
        r##"dossier.toml:73:16: `points` is the number 2; expected a path in the draft"##,
    );
}

#[test]
fn a_word_that_is_none_of_the_list() {
    check(
        &act(
            "stance",
            "med-ash",
            "ash",
            r#"draft = "d1"
points = "1"
stance = "acept""#,
        ),
        r##"dossier.toml:74:10: `stance` cannot be "acept"; expected one of endorse, accept, accept-ad-ref, reserve, object, propose, withhold; did you mean "accept"?"##,
    );
}

#[test]
fn a_time_that_is_none() {
    check(
        &act(
            "note",
            "plenary",
            "med",
            r#"words = "w"
recorded = "soon""#,
        ),
        r##"dossier.toml:73:12: "soon" is no time; expected a date, a date and time, a month (2025-11) or FROM/TO"##,
    );
}

#[test]
fn pairs_that_are_none() {
    check(
        &act(
            "align",
            "chamber-med",
            "med",
            r#"from = "d1"
to = "d2"
pairs = [["1", "1"], ["2"]]"#,
        ),
        r##"dossier.toml:74:22: `pairs` is a list; expected a list of pairs of paths, as [["6", "4"], ["12", ""]]"##,
    );
}

#[test]
fn a_field_inside_a_table() {
    check(
        &act(
            "statement",
            "public",
            "med",
            r#"attribution = "collective"
words = "w"
claims = [{ id = "c", what = "deadline", valu = "none" }]"#,
        ),
        r##"dossier.toml:74:42: `claims` has no field `valu`; expected one of id, what, value, between, draft; did you mean "value"?"##,
    );
}

#[test]
fn an_empty_handle() {
    check(
        &act("note", "plenary", "", r#"words = "w""#),
        r##"dossier.toml:70:6: `by` is empty; expected a seat or a person"##,
    );
}

#[test]
fn a_handle_with_a_number_sign() {
    check(
        r#"[[room]]
id = "a#b"
members = ["ash"]
"#,
        r##"dossier.toml:67:6: "a#b" cannot be a handle; expected a handle: words without `#`, not empty"##,
    );
}

#[test]
fn a_file_that_is_missing() {
    check(
        r#"[[draft]]
id = "d3"
text = "main"
file = "d3.md"
"#,
        r##"dossier.toml:69:8: "d3.md" cannot be used: there is no such file; expected a file in the folder of the dossier, as "v1.md"; did you mean "d1.md"?"##,
    );
}

#[test]
fn a_file_outside() {
    check(
        r#"[[draft]]
id = "d3"
text = "main"
file = "../d1.md"
"#,
        r##"dossier.toml:69:8: "../d1.md" cannot be used: it lies outside the folder of the dossier; expected a file in the folder of the dossier, as "v1.md""##,
    );
}

#[test]
fn a_file_that_is_not_utf8() {
    check(
        r#"[[draft]]
id = "d3"
text = "main"
file = "latin.md"
"#,
        r##"dossier.toml:69:8: "latin.md" is not UTF-8: byte 26 on line 3 of it; expected a text file in UTF-8; save it again as UTF-8"##,
    );
}

#[test]
fn ids_that_do_not_fit() {
    check(
        r#"[[draft]]
id = "d3"
text = "main"
file = "d1.md"
ids = "wrong.ids"
"#,
        r##"dossier.toml:70:7: "wrong.ids" does not fit the draft: there are provisions without an id; expected a line of `path, id` for each provision; leave `ids` out to have them made anew"##,
    );
}

#[test]
fn an_own_copy_that_is_missing() {
    check(
        &act(
            "acknowledge",
            "med-birch",
            "birch",
            r#"text = "main"
file = "copy.md""#,
        ),
        r##"dossier.toml:72:8: no text named "main" is known here; expected the handle of a text that every member of the room knows
dossier.toml:73:8: "copy.md" cannot be used: there is no such file; expected a file in the folder of the dossier, as "v1.md"; the nearest is "d1.md""##,
    );
}

#[test]
fn a_handle_given_twice() {
    check(
        r#"[[text]]
id = "main"
title = "Again"
kind = "side"
"#,
        r##"dossier.toml:67:6: "main" already names a text; expected a handle that is not taken"##,
    );
}

#[test]
fn a_person_named_as_a_seat() {
    check(
        r#"[[person]]
id = "ash"
name = "A"
seat = "ash"
"#,
        r##"dossier.toml:67:6: "ash" already names a seat or a person; expected a handle that is not taken"##,
    );
}

#[test]
fn an_act_named_as_another() {
    check(
        &act("note", "plenary", "med", "words = \"w\"").repeat(2),
        r##"dossier.toml:74:6: "it" already names an act or a claim; expected a handle that is not taken"##,
    );
}

#[test]
fn a_claim_named_as_an_act() {
    check(
        &act(
            "statement",
            "public",
            "med",
            r#"attribution = "collective"
words = "w"
claims = { id = "given", what = "deadline", value = "none" }"#,
        ),
        r##"dossier.toml:74:17: "given" already names an act or a claim; expected a handle that is not taken"##,
    );
}

#[test]
fn a_room_that_is_always_there() {
    check(
        r#"[[room]]
id = "chamber-ash"
members = ["med", "ash"]
"#,
        r##"dossier.toml:67:6: "chamber-ash" already names a room; expected a handle that is not taken"##,
    );
}

#[test]
fn an_unknown_seat() {
    check(
        r#"[[room]]
id = "x"
members = ["med", "brich"]
"#,
        r##"dossier.toml:68:19: no seat is named "brich"; expected the handle of a seat; did you mean "birch"?"##,
    );
}

#[test]
fn an_unknown_text() {
    check(
        r#"[[draft]]
id = "d3"
text = "mian"
file = "d1.md"
"#,
        r##"dossier.toml:68:8: no text is named "mian"; expected the handle of a text; did you mean "main"?"##,
    );
}

#[test]
fn an_unknown_level() {
    check(
        r#"[[person]]
id = "al"
name = "Al"
seat = "ash"
level = "ministre"
"#,
        r##"dossier.toml:70:9: no level is named "ministre"; expected one of expert, envoy, negotiator, minister, leader; did you mean "minister"?"##,
    );
}

#[test]
fn a_room_the_person_cannot_enter() {
    check(
        r#"[[person]]
id = "al"
name = "Al"
seat = "ash"
rooms = ["plenary", "med-birch"]
"#,
        r##"dossier.toml:70:21: "ash" sits in no room named "med-birch"; expected a room of the person's seat; the nearest is "med-ash""##,
    );
}

#[test]
fn a_draft_by_another_than_the_issuer() {
    check(
        r#"[[draft]]
id = "d3"
text = "main"
file = "d1.md"
by = "ash"
"#,
        r##"dossier.toml:70:6: "ash" does not issue the drafts of "main"; expected "med", its issuer; a counter-text of another seat is a text of kind "input""##,
    );
}

#[test]
fn a_base_that_is_not_there() {
    check(
        r#"[[draft]]
id = "d3"
text = "main"
file = "d1.md"
base = "d0"
"#,
        r##"dossier.toml:70:8: no draft is named "d0"; expected the handle of a draft; the nearest is "d1""##,
    );
}

#[test]
fn a_base_of_another_text() {
    check(
        r#"[[text]]
id = "annex"
title = "A"
kind = "annex"

[[draft]]
id = "a1"
text = "annex"
file = "d1.md"
base = "d1"
"#,
        r##"dossier.toml:75:8: "d1" is a draft of "main", not of "annex"; expected a draft of "annex""##,
    );
}

#[test]
fn a_cycle_of_bases() {
    check(
        r#"[[draft]]
id = "d3"
text = "main"
file = "d1.md"
base = "d4"

[[draft]]
id = "d4"
text = "main"
file = "d1.md"
base = "d3"
"#,
        r##"dossier.toml:70:8: the drafts go round in a circle: d3 from d4 from d3; expected a draft that was there before"##,
    );
}

#[test]
fn a_link_to_no_provision() {
    check(
        r#"[[text]]
id = "annex"
title = "A"
kind = "annex"
linked_to = ["d1#2.a", "d1#2.c"]
"#,
        r##"dossier.toml:70:24: "d1" has no provision "2.c"; expected the path of a provision, as `5` or `21.d`; did you mean "d1#2.a"?"##,
    );
}

#[test]
fn a_room_the_actor_does_not_sit_in() {
    check(
        &act("note", "med-birch", "ash", r#"words = "w""#),
        r##"dossier.toml:69:8: "ash" sits in no room named "med-birch"; expected a room that "ash" sits in; the nearest is "med-ash""##,
    );
}

#[test]
fn a_room_that_is_not_there() {
    check(
        &act("note", "med-bircj", "ash", r#"words = "w""#),
        r##"dossier.toml:69:8: "ash" sits in no room named "med-bircj"; expected a room that "ash" sits in; the nearest is "med-ash""##,
    );
}

#[test]
fn a_recorder_who_does_not_sit_in_the_room() {
    check(
        &act(
            "note",
            "med-ash",
            "ash",
            r#"words = "w"
recorded_by = "birch""#,
        ),
        r##"dossier.toml:73:15: "birch" does not sit in "med-ash"; expected a seat that sits in the room; the nearest is "ash""##,
    );
}

#[test]
fn an_actor_who_is_nobody() {
    check(
        &act("note", "med-ash", "anne", r#"words = "w""#),
        r##"dossier.toml:70:6: no seat or person is named "anne"; expected a seat, or a person of one; did you mean "ann"?"##,
    );
}

#[test]
fn a_draft_hidden_from_the_room() {
    check(
        &act(
            "stance",
            "med-birch",
            "birch",
            r#"draft = "d1"
points = "whole"
stance = "accept""#,
        ),
        r##"dossier.toml:72:9: no draft named "d1" is known here; expected the handle of a draft that every member of the room knows"##,
    );
}

#[test]
fn a_draft_that_is_not_there() {
    check(
        &act(
            "stance",
            "med-birch",
            "birch",
            r#"draft = "d9"
points = "whole"
stance = "accept""#,
        ),
        r##"dossier.toml:72:9: no draft named "d9" is known here; expected the handle of a draft that every member of the room knows"##,
    );
}

#[test]
fn a_reference_into_a_narrower_room() {
    check(
        &act(
            "minute",
            "plenary",
            "med",
            r#"of = "given"
words = "w""#,
        ),
        r##"dossier.toml:72:6: no act named "given" is known here; expected the handle of an act that every member of the room knows"##,
    );
}

#[test]
fn a_person_hidden_from_the_author() {
    check(
        &act(
            "challenge",
            "chamber-ash",
            "ash",
            r#"of = "bob"
words = "w""#,
        ),
        r##"dossier.toml:72:6: no seat or person named "bob" is known here; expected the handle of a seat or person that every member of the room knows; the nearest is "ann""##,
    );
}

#[test]
fn a_name_in_a_rule() {
    check(
        &act(
            "gate",
            "med-birch",
            "birch",
            r#"event = "e"
rule = "text['main'].agreed > 3""#,
        ),
        r##"dossier.toml:73:8: no text named "main" is known here; expected the handle of a text that every member of the room knows"##,
    );
}

#[test]
fn a_point_in_a_rule() {
    check(
        &act(
            "gate",
            "med-ash",
            "med",
            r#"event = "e"
rules = ["true", "point['d1#7'].status == 'agreed'"]"#,
        ),
        r##"dossier.toml:73:18: "d1" has no provision "7"; expected the path of a provision, as `5` or `21.d`; did you mean "d1#1"?"##,
    );
}

#[test]
fn a_gate_that_is_none() {
    check(
        &act(
            "override",
            "med-ash",
            "med",
            r#"gate = "given"
reason = "r""#,
        ),
        r##"dossier.toml:72:8: "given" is an act of kind deliver; expected an act of kind gate"##,
    );
}

#[test]
fn an_act_of_another_seat() {
    check(
        &act("withdraw", "med-ash", "ash", r#"of = "given""#),
        r##"dossier.toml:72:6: "given" is of "med", not of "ash"; expected an act of its own"##,
    );
}

#[test]
fn a_point_that_is_not_there() {
    check(
        &act(
            "stance",
            "med-ash",
            "ash",
            r#"draft = "d1"
points = ["1", "2.c"]
stance = "accept""#,
        ),
        r##"dossier.toml:73:16: "d1" has no provision "2.c"; expected the path of a provision, as `5` or `21.d`; did you mean "2.a"?"##,
    );
}

#[test]
fn a_reading_out_of_range() {
    check(
        &act(
            "stance",
            "med-ash",
            "ash",
            r#"draft = "d1"
points = "2"
reading = [3]
stance = "accept""#,
        ),
        r##"dossier.toml:74:11: the reading does not fit: choice 1 has alternatives 1 to 2, not 3; expected one alternative, from 1, of each open bracket in order"##,
    );
}

#[test]
fn a_position_on_nothing() {
    check(
        &act("stance", "med-ash", "ash", r#"stance = "accept""#),
        r##"dossier.toml:66:1: a position on nothing: there is no `draft`; expected `draft` and `points`, or `text`"##,
    );
}

#[test]
fn a_position_on_no_point() {
    check(
        &act(
            "stance",
            "med-ash",
            "ash",
            r#"draft = "d1"
stance = "accept""#,
        ),
        r##"dossier.toml:66:1: a position on no provision: there is no `points`; expected paths, or "whole""##,
    );
}

#[test]
fn a_text_that_is_accepted() {
    check(
        &act(
            "stance",
            "med-ash",
            "ash",
            r#"text = "main"
stance = "accept""#,
        ),
        r##"dossier.toml:73:10: this position is taken on wording, not on a text alone; expected endorse, object or withhold; or `draft` and `points`"##,
    );
}

#[test]
fn a_proposal_of_nothing() {
    check(
        &act(
            "stance",
            "med-ash",
            "ash",
            r#"draft = "d1"
points = "1"
stance = "propose""#,
        ),
        r##"dossier.toml:66:1: nothing is proposed: there is no `wording`; expected `wording`, or `move_after`"##,
    );
}

#[test]
fn wording_that_is_not_proposed() {
    check(
        &act(
            "stance",
            "med-ash",
            "ash",
            r#"draft = "d1"
points = "1"
stance = "object"
wording = "w""#,
        ),
        r##"dossier.toml:75:11: `wording` with a stance that proposes nothing; expected stance = "propose""##,
    );
}

#[test]
fn a_gate_without_a_rule() {
    check(
        &act("gate", "med-ash", "med", r#"event = "e""#),
        r##"dossier.toml:66:1: the gate has no rule: there is no `rule`; expected `rule` or `rules`"##,
    );
}

#[test]
fn pairs_settled_by_another() {
    check(
        &act(
            "align",
            "med-ash",
            "ash",
            r#"from = "d1"
to = "d1"
pairs = []"#,
        ),
        r##"dossier.toml:73:6: "ash" is not the issuer of "d1"; expected its issuer: who issues a draft settles what its provisions continue"##,
    );
}

#[test]
fn pairs_of_a_draft_that_is_no_base() {
    check(
        &act(
            "align",
            "chamber-med",
            "med",
            r#"from = "d2"
to = "d1"
pairs = []"#,
        ),
        r##"dossier.toml:72:8: "d1" was not made from "d2"; expected the base of "d1", which names none"##,
    );
}

#[test]
fn a_hidden_name_and_an_unknown_one_give_the_same_error() {
    let stance = |draft: &str| {
        let lines = format!("stance = \"accept\"\ndraft = \"{draft}\"\npoints = \"whole\"");
        errors(&format!(
            "{BASIS}{}",
            act("stance", "med-birch", "birch", &lines)
        ))
    };
    assert_eq!(stance("d1").replace("d1", "d9"), stance("d9"));
    assert!(stance("d1").starts_with("dossier.toml:73:9: "));
}
