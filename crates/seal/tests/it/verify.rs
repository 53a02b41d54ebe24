//! Good, unknown, bad: whose keys are whose, and who may write where.

use onetext_seal::testing::{self, Numbers, Site};
use onetext_seal::{
    ActDigest, Damage, Envelope, Flaw, PLENARY, ProcessId, Report, SiteKey, Unknown, Verifier,
    VoidKeyAct,
};
use serde_json::json;

fn verify(site: &Site) -> Report {
    let mut verifier = Verifier::new(Some(site.histories.process()));
    for (name, act) in &site.acts {
        verifier.act(*name, act);
    }
    for (name, bytes) in &site.contents {
        verifier.content(*name, bytes.as_deref());
    }
    verifier.finish(None)
}

fn mediator() -> Site {
    testing::process().swap_remove(0)
}

/// A site of its own key, with everything that another has.
fn beside(site: &Site, seat: &str, number: u8) -> Site {
    let mut other = Site::new(seat, number, site.histories.process());
    other.take_from(site);
    other
}

/// The verdict on one act by a site that the plenary binds as `setup` says.
fn check(setup: impl FnOnce(&mut Site, &Site), room: &str, expected: Option<&str>, status: u8) {
    let mut mediator = mediator();
    let mut site = beside(&mediator, "sahrel", 4);
    setup(&mut mediator, &site);
    site.take_from(&mediator);
    let act = site.write(room, json!({"kind": "note"}));
    let report = verify(&site);
    let told = report.unknown.iter().find(|(id, _)| *id == act);
    let told = told.map(|(_, why)| why.to_string());
    assert_eq!(told.is_some(), expected.is_some(), "{told:?}");
    assert!(
        told.unwrap_or_default()
            .contains(expected.unwrap_or_default()),
        "{report}"
    );
    assert_eq!(report.exit_status(), status, "{report}");
}

#[test]
fn a_key_counts_for_the_seat_that_it_is_bound_to() {
    let bind = |m: &mut Site, s: &Site| {
        m.write(PLENARY, s.binding(None));
    };
    check(bind, PLENARY, None, 0);
    check(|_, _| {}, PLENARY, Some("nothing binds"), 1);
    let elsewhere = |m: &mut Site, s: &Site| {
        let mut body = s.binding(None);
        body["seat"] = json!("thessa");
        m.write(PLENARY, body);
    };
    check(elsewhere, PLENARY, Some("bound to the seat `thessa`"), 1);
}

#[test]
fn a_missions_site_writes_in_its_rooms_alone() {
    let mission = |m: &mut Site, s: &Site| {
        m.write(PLENARY, s.binding(Some(&["caucus-sahrel"])));
    };
    check(mission, "caucus-sahrel", None, 0);
    check(
        mission,
        "chamber-sahrel",
        Some("may not write in this room"),
        1,
    );
    check(mission, PLENARY, Some("may not write in this room"), 1);
}

#[test]
fn a_seat_writes_in_the_rooms_that_it_sits_in() {
    let bind = |m: &mut Site, s: &Site| {
        m.write(PLENARY, s.binding(None));
    };
    check(bind, "public", None, 0);
    check(bind, "chamber-sahrel", None, 0);
    check(bind, "chamber-thessa", Some("does not sit"), 1);
}

#[test]
fn what_a_revoked_site_writes_is_kept_and_unknown() {
    let revoked = |m: &mut Site, s: &Site| {
        m.write(PLENARY, s.binding(None));
        m.write(PLENARY, json!({"kind": "revoke-site", "key": s.key.site()}));
    };
    check(revoked, PLENARY, Some("revoked by"), 0);
}

#[test]
fn what_a_site_wrote_before_it_was_revoked_stays_good() {
    let mut sites = testing::process();
    let act = sites[1].write("caucus-sahrel", json!({"kind": "note"}));
    let key = sites[1].key.site();
    testing::exchange(&mut sites, 1, 0);
    sites[0].clock += 10;
    sites[0].write(PLENARY, json!({"kind": "revoke-site", "key": key}));
    let report = verify(&sites[0]);
    assert!(report.unknown.is_empty(), "{report}");
    // Unless the revocation says that the key was lost before.
    let mut earlier = sites[0].clone();
    let from = testing::clock(3);
    earlier.write(
        PLENARY,
        json!({"kind": "revoke-site", "key": key, "from": from}),
    );
    let report = verify(&earlier);
    assert!(report.unknown.iter().any(|(id, _)| *id == act), "{report}");
}

/// Why the last key act has no effect.
fn void(write: impl FnOnce(&mut [Site]) -> (usize, ActDigest), expected: &VoidKeyAct) {
    let mut sites = testing::process();
    let (who, act) = write(&mut sites);
    let keys = sites[who].histories.keys();
    let why = keys
        .void()
        .iter()
        .find(|(id, _)| *id == act)
        .map(|(_, why)| why);
    assert_eq!(why, Some(expected));
    assert_eq!(verify(&sites[who]).exit_status(), 0);
}

#[test]
fn keys_are_bound_by_those_who_may() {
    let process = ProcessId([0x51; 16]);
    let another = |seat: &str| Site::new(seat, 5, process).binding(None);
    // Not for another seat, except by the founding seat.
    void(
        |sites| (1, sites[1].write(PLENARY, another("thessa"))),
        &VoidKeyAct::NotTheirs,
    );
    // Not a key that is bound.
    void(
        |sites| {
            let body = sites[1].binding(None);
            (1, sites[1].write(PLENARY, body))
        },
        &VoidKeyAct::BoundAlready,
    );
    // Not by a key that was revoked.
    void(
        |sites| {
            let key = sites[1].key.site();
            sites[1].write(PLENARY, json!({"kind": "revoke-site", "key": key}));
            (1, sites[1].write(PLENARY, another("sahrel")))
        },
        &VoidKeyAct::Author,
    );
    // No revocation of a key that nobody knows, or of another seat's.
    void(
        |sites| {
            let key = Site::new("sahrel", 5, process).key.site();
            (
                1,
                sites[1].write(PLENARY, json!({"kind": "revoke-site", "key": key})),
            )
        },
        &VoidKeyAct::NotBound,
    );
    void(
        |sites| {
            let key = sites[2].key.site();
            (
                1,
                sites[1].write(PLENARY, json!({"kind": "revoke-site", "key": key})),
            )
        },
        &VoidKeyAct::NotTheirs,
    );
    void(
        |sites| {
            (
                1,
                sites[1].write(
                    PLENARY,
                    json!({"kind": "site", "seat": "sahrel", "key": "x"}),
                ),
            )
        },
        &VoidKeyAct::Unreadable("key: the 64 hexadecimal digits of a site's key are expected"),
    );
}

#[test]
fn a_missions_site_binds_nobody() {
    let mut sites = testing::process();
    let process = sites[0].histories.process();
    let mut mission = Site::new("mediator", 4, process);
    sites[0].write(PLENARY, mission.binding(Some(&[PLENARY])));
    mission.take_from(&sites[0]);
    let act = mission.write(PLENARY, Site::new("mediator", 5, process).binding(None));
    let keys = mission.histories.keys();
    assert_eq!(keys.void(), [(act, VoidKeyAct::NotTheirs)]);
}

#[test]
fn a_seats_own_site_binds_its_next_one() {
    let mut sites = testing::process();
    let mut laptop = Site::new("sahrel", 4, sites[0].histories.process());
    sites[1].write(PLENARY, laptop.binding(None));
    laptop.take_from(&sites[1]);
    laptop.write("caucus-sahrel", json!({"kind": "note"}));
    let report = verify(&laptop);
    assert_eq!(report.exit_status(), 0, "{report}");
    assert!(report.unknown.is_empty());
}

#[test]
fn law_9_what_another_seat_recorded_names_both_and_is_good() {
    let mut mediator = mediator();
    let act = mediator.write_for("sahrel", "caucus-sahrel", json!({"kind": "object"}));
    let report = verify(&mediator);
    assert_eq!(report.exit_status(), 0, "{report}");
    let envelope = mediator.acts[&act].check().unwrap();
    assert_eq!(
        (
            envelope.actor.seat.as_str(),
            envelope.recorder.seat.as_str()
        ),
        ("sahrel", "mediator")
    );
}

#[test]
fn law_9_a_recorder_cannot_pass_for_another_seat() {
    let mut mediator = mediator();
    let mut envelope = mediator.envelope("sahrel", "caucus-sahrel", None);
    envelope.recorder.seat = "sahrel".to_owned();
    let act = mediator.sign_as(envelope, &json!({"kind": "accept"}));
    let name = mediator.take(act);
    let report = verify(&mediator);
    assert_eq!(
        report.unknown,
        [(name, Unknown::OtherSeat("mediator".to_owned()))]
    );
    assert_eq!(report.exit_status(), 1);
}

/// The damage that one act with a changed envelope does.
fn damage(change: impl FnOnce(&mut Envelope), body: serde_json::Value) -> Vec<Damage> {
    let mut mediator = mediator();
    mediator.write("caucus-sahrel", json!({"kind": "note"}));
    let mut envelope = mediator.envelope("mediator", "caucus-sahrel", None);
    change(&mut envelope);
    let act = mediator.sign_as(envelope, &body);
    mediator.take(act);
    let report = verify(&mediator);
    assert!(report.bad.is_empty());
    report.damages
}

#[test]
fn a_false_claim_about_its_place_is_told_of_an_act() {
    let note = || json!({"kind": "note"});
    let flaw = |damages: Vec<Damage>| match damages.into_iter().next() {
        Some(Damage::Flaw { flaw, .. }) => flaw,
        other => panic!("{other:?}"),
    };
    let says = 9;
    assert_eq!(
        flaw(damage(|e| e.depth = says, note())),
        Flaw::Depth { says, is: 2 }
    );
    assert_eq!(
        flaw(damage(|e| e.sequence = says, note())),
        Flaw::Sequence { says, is: 2 }
    );
    let early = |e: &mut Envelope| e.recorded = "2030-01-01T00:00:00.000000Z".to_owned();
    assert_eq!(flaw(damage(early, note())), Flaw::Clock);
    let again = |e: &mut Envelope| {
        e.parents.clear();
        e.depth = 0;
        e.sequence = 0;
    };
    let damages = damage(again, json!({"kind": "room", "members": ["mediator"]}));
    let told = damages.iter().map(ToString::to_string).collect::<String>();
    assert!(
        told.contains("a room has one first act") && told.contains("rewritten"),
        "{told}"
    );
    let missing = |e: &mut Envelope| e.parents = vec![ActDigest([7; 32])];
    assert!(matches!(
        damage(missing, note())[..],
        [Damage::Missing { .. }]
    ));
    let process = |e: &mut Envelope| e.process = ProcessId([9; 16]);
    assert!(matches!(damage(process, note())[..], [Damage::Process(_)]));
    let contents = damage(|_| {}, json!({"kind": "note", "contents": "x"}));
    assert!(matches!(contents[..], [Damage::Contents(_)]));
    let room = damage(
        |e| {
            e.parents.clear();
            e.depth = 0;
            e.sequence = 0;
            e.room = "side-room".to_owned();
        },
        note(),
    );
    assert!(matches!(room[..], [Damage::Beginning { .. }]), "{room:?}");
}

#[test]
fn a_person_who_signs_cannot_be_left_out() {
    let mut mediator = mediator();
    let name = mediator.write_as_person(PLENARY, json!({"kind": "initial"}));
    assert_eq!(verify(&mediator).exit_status(), 0);
    let whole = mediator.acts[&name].clone();
    let key = SiteKey::from_secret([9; 32]);
    let mut without = whole.clone();
    without.person = None;
    for changed in [without, whole.clone().signed_by_person(&key)] {
        mediator.acts.insert(name, changed);
        let report = verify(&mediator);
        assert_eq!(report.exit_status(), 3);
        assert_eq!(report.bad[0].0, name);
    }
}

#[test]
fn an_act_under_another_name_and_an_act_twice_are_damages() {
    let mediator = mediator();
    let mut verifier = Verifier::new(None);
    for (name, act) in &mediator.acts {
        verifier.act(*name, act);
    }
    let (name, act) = mediator.acts.iter().next().unwrap();
    verifier.act(ActDigest([1; 32]), act);
    let report = verifier.finish(None);
    let kept = ActDigest([1; 32]);
    assert_eq!(
        report.damages,
        [Damage::Name { is: *name, kept }, Damage::Twice(*name)]
    );
}

#[test]
fn a_tangle_meant_to_be_costly_is_cut_short() {
    let mut mediator = mediator();
    let first = mediator.envelope("mediator", "caucus-sahrel", None);
    for number in 0..1500 {
        let act = mediator.sign_as(first.clone(), &json!({"kind": "note", "number": number}));
        let name = act.id();
        mediator.acts.insert(name, act);
    }
    let report = verify(&mediator);
    assert!(
        report
            .damages
            .contains(&Damage::Tangled("caucus-sahrel".to_owned()))
    );
}

#[test]
fn bodies_that_are_hostile_are_refused() {
    let mut mediator = mediator();
    let envelope = mediator.envelope("mediator", PLENARY, None);
    let sign = |bytes: &[u8]| {
        let body = onetext_seal::Body {
            salt: [0; 32],
            bytes: bytes.to_vec(),
        };
        onetext_seal::SignedAct::sign(envelope.clone(), body, &mediator.key).is_err()
    };
    assert!(sign(b"[]") && sign(b"{}") && sign(br#"{"kind":1}"#) && sign(br#"{"kind":"x" }"#));
    assert!(sign(br#"{"kind":"x","n":1e9}"#) && sign(br#"{"kind":"x","n":9007199254740992}"#));
    let deep = format!(r#"{{"a":{}{},"kind":"x"}}"#, "[".repeat(90), "]".repeat(90));
    assert!(sign(deep.as_bytes()));
    let digits = format!(r#"{{"kind":"x","n":{}}}"#, "9".repeat(100_000));
    assert!(sign(digits.as_bytes()));
    assert!(sign(&vec![b' '; 5 << 20]));
    mediator.clock += 1;
    let mut numbers = Numbers::new(1);
    assert!(numbers.below(2) < 2);
}
