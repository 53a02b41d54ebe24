//! Conditions and packages, case by case (`dossier.md`, "Hard cases").

use onetext_talks::*;

use crate::small::*;

const THREE: [&str; 3] = [
    "The port is shared.",
    "The toll is nothing.",
    "The tower is lit.",
];

fn small() -> Small {
    Small::with_points(&["a", "b"], &THREE)
}

#[track_caller]
fn check(small: &Small, path: &str, party: &str, stance: CellStance, status: PointStatus) {
    let shown = small.status();
    assert_eq!(
        cell(&shown, "main", path, party).stance,
        stance,
        "{path} of {party}"
    );
    assert_eq!(row(&shown, "main", path).status, status, "{path}");
}

use CellStance::{Accepted, AcceptedAdRef, AcceptedOnCondition, Lapsed};
use PointStatus::{Agreed, AgreedAdRef, Unknown};

#[test]
fn a_condition_is_met_while_every_party_accepts_its_points() {
    let mut small = small();
    small.act(
        "c",
        "head-a",
        "plenary",
        1,
        on_condition("v1", &["1"], &["2"]),
    );
    small.accepts("b1", "b", 1, "v1", &["1"]);
    small.accepts("b2", "b", 1, "v1", &["2"]);
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
    let shown = small.status();
    assert_eq!(shown.conditions[0].state, ConditionState::NotMet);
    assert_eq!(shown.conditions[0].because, ["Seat a does not accept v1#2"]);
    assert!(
        small
            .why("v1#1")
            .contains("the condition of c is not met: Seat a does not accept v1#2")
    );
    small.accepts("a2", "a", 2, "v1", &["2"]);
    check(&small, "1", "a", Accepted, Agreed);
    let shown = small.status();
    assert_eq!(
        cell(&shown, "main", "1", "a").condition,
        Some(ConditionState::Met)
    );
    assert!(
        small
            .why("v1#1")
            .contains("the condition of c is met: every party accepts v1#2 [c]")
    );
    // Taken back, it holds no longer.
    small.act("w", "head-b", "plenary", 3, withdraw("b2"));
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
}

#[test]
fn mutual_conditions_hold_together_and_are_shown() {
    let mut small = small();
    small.act(
        "x",
        "head-a",
        "plenary",
        1,
        on_condition("v1", &["1", "2"], &["2"]),
    );
    small.act(
        "y",
        "head-b",
        "plenary",
        1,
        on_condition("v1", &["1", "2"], &["1"]),
    );
    check(&small, "1", "a", Accepted, Agreed);
    check(&small, "2", "b", Accepted, Agreed);
    let shown = small.status();
    assert_eq!(shown.conditions[0].together_with, [ActId::from("y")]);
    assert_eq!(shown.conditions[1].together_with, [ActId::from("x")]);
    small.act(
        "o",
        "head-b",
        "plenary",
        2,
        Deed::Stance(stance("v1", &["2"], StanceKind::Object)),
    );
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
    check(&small, "1", "b", AcceptedOnCondition, Unknown);
}

#[test]
fn met_by_an_acceptance_ad_referendum_it_counts_no_higher() {
    for (who, kind) in [
        ("head-b", StanceKind::AcceptAdRef),
        ("second-b", StanceKind::Accept),
    ] {
        let mut small = small();
        small.act(
            "c",
            "head-a",
            "plenary",
            1,
            on_condition("v1", &["1"], &["2"]),
        );
        small.accepts("a2", "a", 1, "v1", &["2"]);
        small.accepts("b1", "b", 1, "v1", &["1"]);
        small.act(
            "b2",
            who,
            "plenary",
            1,
            Deed::Stance(stance("v1", &["2"], kind)),
        );
        check(&small, "1", "a", Accepted, AgreedAdRef);
        assert_eq!(
            small.status().conditions[0].state,
            ConditionState::MetAdReferendum
        );
    }
}

#[test]
fn a_condition_binds_to_the_wording_of_the_draft_it_names() {
    let mut small = small();
    small.act(
        "c",
        "head-a",
        "plenary",
        1,
        on_condition("v1", &["1"], &["v1#2"]),
    );
    small.accepts("b1", "b", 1, "v1", &["1"]);
    small.draft(
        "main",
        "v2",
        Some("v1"),
        5,
        &[THREE[0], "The toll is half.", THREE[2]],
    );
    small.accepts("a2", "a", 6, "v2", &["2"]);
    small.accepts("b2", "b", 6, "v2", &["2"]);
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
    let shown = small.status();
    assert_eq!(alerts(&shown, AlertKind::ConditionContradicted), 1);
    assert!(
        shown.conditions[0]
            .contradiction
            .as_ref()
            .unwrap()
            .contains("no longer reads as it did")
    );
    // Where the wording stayed, a draft more changes nothing.
    small.act(
        "d",
        "head-a",
        "plenary",
        7,
        on_condition("v1", &["1"], &["v1#3"]),
    );
    small.accepts("a3", "a", 7, "v2", &["3"]);
    small.accepts("b3", "b", 7, "v2", &["3"]);
    check(&small, "1", "a", Accepted, Agreed);
}

#[test]
fn a_wording_that_comes_back_meets_no_condition_on_it() {
    let mut small = small();
    small.act(
        "c",
        "head-a",
        "plenary",
        1,
        on_condition("v1", &["1"], &["v1#2"]),
    );
    small.accepts("b1", "b", 1, "v1", &["1"]);
    small.draft(
        "main",
        "v2",
        Some("v1"),
        5,
        &[THREE[0], "The toll is half.", THREE[2]],
    );
    small.draft("main", "v3", Some("v2"), 6, &THREE);
    small.accepts("a2", "a", 7, "v3", &["2"]);
    small.accepts("b2", "b", 7, "v3", &["2"]);
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
}

#[test]
fn a_condition_on_a_point_that_its_own_seat_disputes_is_a_contradiction() {
    let mut small = small();
    small.act(
        "c",
        "head-a",
        "plenary",
        1,
        on_condition("v1", &["1"], &["2"]),
    );
    small.act(
        "o",
        "head-a",
        "plenary",
        2,
        Deed::Stance(stance("v1", &["2"], StanceKind::Object)),
    );
    let shown = small.status();
    assert_eq!(alerts(&shown, AlertKind::ConditionContradicted), 1);
    assert_eq!(
        shown.conditions[0].contradiction.as_deref(),
        Some("Seat a itself disputes v1#2")
    );
}

#[test]
fn words_alone_are_never_met_and_words_beside_points_explain_them() {
    for (points, stance) in [
        (vec![], AcceptedOnCondition),
        (vec!["2".to_owned()], Accepted),
    ] {
        let mut small = small();
        for party in ["a", "b"] {
            small.accepts(&format!("{party}2"), party, 1, "v1", &["2"]);
        }
        let mut deed = on_condition("v1", &["1"], &[]);
        if let Deed::Stance(stance) = &mut deed {
            let condition = stance.condition.as_mut().unwrap();
            (condition.points, condition.words) = (points, Some("if it is fair".into()));
        }
        small.act("c", "head-a", "plenary", 1, deed);
        assert_eq!(cell(&small.status(), "main", "1", "a").stance, stance);
    }
}

#[test]
fn a_condition_on_a_text_is_met_when_that_is_final() {
    let mut small = small();
    small.text("side", TextKind::Side, false);
    small.draft("side", "s1", None, 0, &["The light is green."]);
    let mut deed = on_condition("v1", &["1"], &[]);
    if let Deed::Stance(stance) = &mut deed {
        stance.condition.as_mut().unwrap().texts = vec!["side".into()];
    }
    small.act("c", "head-a", "plenary", 1, deed);
    small.accepts("b1", "b", 1, "v1", &["1"]);
    small.accepts("as", "a", 1, "s1", &[]);
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
    small.accepts("bs", "b", 1, "s1", &[]);
    check(&small, "1", "a", Accepted, Agreed);
}

#[test]
fn a_part_of_an_own_package_is_none_of_it() {
    let mut small = small();
    small.act("k", "a", "plenary", 1, package("v1", &["1", "2"]));
    small.accepts("b", "b", 1, "v1", &[]);
    small.accepts("a1", "a", 2, "v1", &["1"]);
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
    assert_eq!(small.status().packages[0].state, PackageState::Open);
    assert!(
        small
            .why("v1#1")
            .contains("part of the package k, and does not count before all of that")
    );
    small.accepts("a3", "a", 2, "v1", &["3"]);
    check(&small, "3", "a", Accepted, Agreed);
    small.accepts("a2", "a", 2, "v1", &["2"]);
    check(&small, "1", "a", Accepted, Agreed);
    assert_eq!(small.status().packages[0].state, PackageState::Accepted);
    small.act(
        "o",
        "head-a",
        "plenary",
        3,
        Deed::Stance(stance("v1", &["2"], StanceKind::Object)),
    );
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
    // Who takes the tie back accepts one by one.
    small.act("w", "a", "plenary", 4, withdraw("k"));
    check(&small, "1", "a", Accepted, Agreed);
    assert_eq!(small.status().packages[0].state, PackageState::Withdrawn);
}

#[test]
fn one_point_that_lapses_takes_its_package_with_it() {
    let mut small = small();
    small.act("k", "a", "plenary", 1, package("v1", &["1", "2"]));
    small.accepts("b", "b", 1, "v1", &[]);
    small.accepts("a", "a", 2, "v1", &[]);
    small.draft(
        "main",
        "v2",
        Some("v1"),
        5,
        &[THREE[0], "The toll is half.", THREE[2]],
    );
    check(&small, "1", "a", Lapsed, Unknown);
    check(&small, "3", "a", Accepted, Agreed);
    let shown = small.status();
    assert_eq!(cell(&shown, "main", "1", "b").stance, Accepted);
    assert_eq!(cell(&shown, "main", "1", "a").package, Some("k".into()));
    assert_eq!(shown.packages[0].state, PackageState::Lapsed);
    assert_eq!(alerts(&shown, AlertKind::PackageLapsed), 1);
    assert!(
        small.why("v2#1").contains(
            "it lapsed with the package k: 2 of it reads no longer as it is in it since v2"
        )
    );
    assert!(small.why("k").contains("lapsed"));
    // A wording that comes back revives nothing; a new acceptance counts at once.
    small.draft("main", "v3", Some("v2"), 6, &THREE);
    check(&small, "1", "a", Lapsed, Unknown);
    small.accepts("again", "a", 7, "v3", &["1"]);
    check(&small, "1", "a", Accepted, Agreed);
}

#[test]
fn an_offer_is_accepted_as_a_package_or_not_at_all() {
    let mut small = small();
    small.act("k", "m", "plenary", 1, package("v1", &["1", "2"]));
    assert_eq!(small.status().packages[0].state, PackageState::Open);
    // Point by point is not accepting it, and it does not tie who did.
    small.accepts("b", "b", 2, "v1", &["1", "2"]);
    assert_eq!(small.status().packages[0].state, PackageState::Open);
    // A part of it accepted as part of it is none.
    small.act("a1", "head-a", "plenary", 2, as_package("v1", &["1"], "k"));
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
    small.act("a2", "head-a", "plenary", 2, as_package("v1", &["2"], "k"));
    check(&small, "1", "a", Accepted, Agreed);
    let shown = small.status();
    assert_eq!(shown.packages[0].state, PackageState::Partial);
    assert_eq!(shown.packages[0].accepted_by, [SeatId::from("a")]);
    assert_eq!(shown.packages[0].waiting_for, [SeatId::from("b")]);
    assert_eq!(alerts(&shown, AlertKind::PackagePartial), 1);
    small.act(
        "b2",
        "head-b",
        "plenary",
        3,
        as_package("v1", &["1", "2"], "k"),
    );
    let shown = small.status();
    assert_eq!(shown.packages[0].state, PackageState::Accepted);
    assert_eq!(alerts(&shown, AlertKind::PackagePartial), 0);
    small.act("w", "m", "plenary", 4, withdraw("k"));
    check(&small, "1", "a", AcceptedOnCondition, Unknown);
    assert_eq!(small.status().packages[0].state, PackageState::Withdrawn);
}

#[test]
fn a_partial_package_keeps_a_text_from_being_final() {
    let mut small = small();
    small.act("k", "m", "plenary", 1, package("v1", &["1", "2"]));
    small.act("a", "head-a", "plenary", 2, as_package("v1", &[], "k"));
    small.accepts("b", "b", 2, "v1", &[]);
    let shown = small.status();
    assert_eq!(text_of(&shown, "main").points.as_ref().unwrap().agreed, 3);
    assert_eq!(shown.stage, Stage::FinalStage);
    assert!(
        small
            .why("main")
            .contains("the package k is accepted by some only")
    );
    small.act("b2", "head-b", "plenary", 3, as_package("v1", &[], "k"));
    assert_eq!(small.status().stage, Stage::Final);
}

#[test]
fn a_package_accepted_ad_referendum_in_one_point_counts_no_higher_in_the_others() {
    let mut small = small();
    small.act("k", "a", "plenary", 1, package("v1", &["1", "2"]));
    small.accepts("b", "b", 1, "v1", &[]);
    small.accepts("a1", "a", 2, "v1", &["1"]);
    small.act(
        "a2",
        "head-a",
        "plenary",
        2,
        Deed::Stance(stance("v1", &["2"], StanceKind::AcceptAdRef)),
    );
    check(&small, "1", "a", Accepted, AgreedAdRef);
    check(&small, "2", "a", AcceptedAdRef, AgreedAdRef);
}

#[test]
fn an_offer_in_a_caucus_binds_the_party_there_alone() {
    let mut small = small();
    small.act("k", "m", "m-a", 1, package("v1", &["1", "2"]));
    small.act("a", "head-a", "m-a", 2, as_package("v1", &["1", "2"], "k"));
    assert_eq!(small.status().packages[0].state, PackageState::Accepted);
    assert_eq!(small.board("b").status().packages, []);
}
