//! Pouches: whatever arrives, in whatever order, changes only what it may, and says why when it changes nothing.

use onetext_seal::testing::{self, Numbers, Site, caucus, process_of};
use onetext_seal::{
    Addressee, Heads, LARGEST_POUCH, PLENARY, PackError, PouchError, ProcessId, SiteKey,
    seal_pouch, unseal_pouch,
};
use proptest::prelude::*;
use serde_json::json;

fn note(words: &str) -> serde_json::Value {
    json!({"kind": "note", "words": words})
}

/// Three sites that have everything of each other.
fn even() -> Vec<Site> {
    testing::process()
}

fn refused(site: &Site, plain: &[u8]) -> PouchError {
    site.look(plain).unwrap_err()
}

/// The same pouch, signed anew by this site after its lines were changed.
fn signed_anew(plain: &[u8], key: &SiteKey, change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    let text = std::str::from_utf8(plain).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.pop();
    change(&mut lines);
    let mut signed: Vec<u8> = lines
        .iter()
        .flat_map(|line| format!("{line}\n").into_bytes())
        .collect();
    let signature = key.sign("onetext pouch 1", &signed);
    signed.extend(format!("{{\"signature\":\"{signature}\"}}\n").bytes());
    signed
}

#[test]
fn a_pouch_brings_what_the_other_lacks_of_the_shared_rooms() {
    let mut sites = even();
    let have = sites[1].histories.heads();
    let content = sites[0].keep(b"Article 1".to_vec());
    sites[0].write(
        &caucus("sahrel"),
        json!({"kind": "issue", "contents": [content]}),
    );
    sites[0].write(&caucus("thessa"), note("for the others"));
    sites[0].write("chamber-mediator", note("for nobody"));
    let plain = sites[0].pack("sahrel", &have).unwrap();
    let opened = sites[1].look(&plain).unwrap();
    assert_eq!(
        (opened.acts.len(), opened.contents.len(), opened.known),
        (1, 1, 0)
    );
    assert_eq!(opened.from.seat, "mediator");
    assert_eq!(opened.founding, None);
    assert!(
        !String::from_utf8(plain.clone())
            .unwrap()
            .contains("thessa\",")
    );
    assert_eq!(sites[1].open(&plain), Ok(1));
    assert_eq!(sites[1].histories.room(&caucus("sahrel")).unwrap().len(), 2);
    assert_eq!(
        sites[1].contents[&content].as_deref(),
        Some(&b"Article 1"[..])
    );
}

#[test]
fn a_new_site_is_founded_by_its_first_pouch() {
    let sites = even();
    let mut fresh = Site::new("sahrel", 1, sites[0].histories.process());
    let plain = sites[0].pack("sahrel", &Heads::default()).unwrap();
    let opened = fresh.look(&plain).unwrap();
    assert!(opened.founding.is_some());
    fresh.open(&plain).unwrap();
    assert_eq!(fresh.histories.heads(), sites[1].histories.heads());
}

#[test]
fn pouches_are_encrypted_to_the_receivers_sites() {
    let mut sites = even();
    let mut laptop = Site::new("sahrel", 4, sites[0].histories.process());
    sites[0].write(PLENARY, laptop.binding(None));
    let mission = Site::new("sahrel", 5, sites[0].histories.process());
    sites[0].write(PLENARY, mission.binding(Some(&["chamber-sahrel"])));
    let to = Addressee {
        seat: "sahrel".to_owned(),
        site: None,
    };
    let (plain, recipients) = sites[0].pack_for(to, &Heads::default()).unwrap();
    assert_eq!(
        recipients.len(),
        2,
        "a mission's site gets pouches of its own"
    );
    let sealed = seal_pouch(&plain, &recipients).unwrap();
    let open = |site: &Site| unseal_pouch(&sealed, std::slice::from_ref(&site.pouch_key));
    for site in [&sites[1], &laptop] {
        assert!(site.look(&open(site).unwrap()).is_ok());
    }
    for site in [&sites[0], &sites[2], &mission] {
        assert_eq!(open(site), Err(PouchError::Closed));
    }
    assert!(laptop.open(&open(&laptop).unwrap()).is_ok());
}

#[test]
fn a_missions_site_is_given_its_rooms_and_the_plenary() {
    let mut sites = even();
    let mut mission = Site::new("mediator", 4, sites[0].histories.process());
    sites[0].write(PLENARY, mission.binding(Some(&["caucus-sahrel"])));
    sites[0].write("chamber-mediator", note("stays at home"));
    let to = Addressee {
        seat: "mediator".to_owned(),
        site: Some(mission.key.site()),
    };
    let (plain, recipients) = sites[0].pack_for(to.clone(), &Heads::default()).unwrap();
    assert_eq!(recipients, [mission.pouch_key.recipient()]);
    mission.open(&plain).unwrap();
    let rooms: Vec<&str> = mission.histories.rooms().map(|(room, _)| room).collect();
    assert_eq!(rooms, ["caucus-sahrel", PLENARY]);
    assert!(matches!(
        refused(&sites[0], &plain),
        PouchError::ForSomebodyElse(_)
    ));
    // What it writes comes home.
    mission.write("caucus-sahrel", note("from the mission"));
    let back = mission
        .pack("mediator", &sites[0].histories.heads())
        .unwrap();
    assert_eq!(sites[0].open(&back), Ok(1));
    // Had it written elsewhere, it would not.
    mission.write("chamber-mediator", note("beyond its rooms"));
    let back = mission
        .pack("mediator", &sites[0].histories.heads())
        .unwrap();
    assert_eq!(sites[0].open(&back), Ok(0));
}

#[test]
fn a_pouch_that_comes_twice_is_refused_and_named() {
    let mut sites = even();
    let have = sites[1].histories.heads();
    sites[0].write(PLENARY, note("x"));
    let plain = sites[0].pack("sahrel", &have).unwrap();
    let name = sites[1].look(&plain).unwrap().name;
    assert_eq!(sites[1].open(&plain), Ok(1));
    assert_eq!(sites[1].open(&plain), Err(PouchError::Replayed(name)));
    // Padding does not make it another pouch.
    let padded = [&plain[..], b"\n\n\n"].concat();
    assert_eq!(sites[1].open(&padded), Err(PouchError::Replayed(name)));
    // What is known already is welcome in another pouch, and changes nothing.
    let again = sites[0].pack("sahrel", &Heads::default()).unwrap();
    assert_eq!(sites[1].open(&again), Ok(0));
}

#[test]
fn a_pouch_that_comes_before_its_forerunner_is_early() {
    let mut sites = even();
    let have = sites[1].histories.heads();
    let first = sites[0].write(PLENARY, note("first"));
    let one = sites[0].pack("sahrel", &have).unwrap();
    let have = sites[0].histories.heads();
    sites[0].write(PLENARY, note("second"));
    let two = sites[0].pack("sahrel", &have).unwrap();
    let room = PLENARY.to_owned();
    assert_eq!(
        sites[1].open(&two),
        Err(PouchError::Early { room, act: first })
    );
    assert_eq!(sites[1].open(&one), Ok(1));
    assert_eq!(sites[1].open(&two), Ok(1));
}

#[test]
fn a_pouch_for_somebody_else_of_elsewhere_or_from_nobody_is_refused() {
    let mut sites = even();
    let plain = sites[0].pack("sahrel", &Heads::default()).unwrap();
    assert!(matches!(
        refused(&sites[2], &plain),
        PouchError::ForSomebodyElse(_)
    ));
    let elsewhere = process_of(ProcessId([9; 16]));
    let other = elsewhere[0].pack("sahrel", &Heads::default()).unwrap();
    assert!(matches!(
        refused(&sites[1], &other),
        PouchError::OtherProcess(_)
    ));
    // A stranger who learned everything and signs with a key of its own.
    let mut stranger = Site::new("mediator", 5, sites[0].histories.process());
    stranger.take_from(&sites[0]);
    let key = stranger.key.site();
    let forged = signed_anew(&plain, &stranger.key, |lines| {
        lines[0] = lines[0].replace(&sites[0].key.site().to_string(), &key.to_string());
    });
    assert_eq!(refused(&sites[1], &forged), PouchError::UnknownSender(key));
    let forged = signed_anew(&plain, &stranger.key, |_| {});
    assert_eq!(refused(&sites[1], &forged), PouchError::Forged);
    // A site that says it is of another seat.
    let site = sites[2].key.site().to_string();
    let forged = signed_anew(&plain, &sites[2].key, |lines| {
        lines[0] = lines[0].replace(&sites[0].key.site().to_string(), &site);
    });
    assert!(matches!(
        refused(&sites[1], &forged),
        PouchError::OtherSeat { .. }
    ));
    let key = sites[0].key.site();
    sites[0].clock += 1;
    let revoked = sites[1].write(PLENARY, json!({"kind": "revoke-site", "key": key}));
    assert!(
        sites[1].look(&plain).is_ok(),
        "only its own seat revokes a key: {revoked}"
    );
}

#[test]
fn a_pouch_of_a_revoked_site_is_refused_and_its_acts_carried_by_others_are_not() {
    let mut sites = even();
    let mut laptop = Site::new("sahrel", 4, sites[0].histories.process());
    sites[1].write(PLENARY, laptop.binding(None));
    laptop.take_from(&sites[1]);
    testing::exchange(&mut sites, 1, 0);
    let key = laptop.key.site();
    let act = sites[1].write(PLENARY, json!({"kind": "revoke-site", "key": key}));
    testing::exchange(&mut sites, 1, 0);
    laptop.clock += 100;
    laptop.write(&caucus("sahrel"), note("by the thief"));
    let plain = laptop
        .pack("mediator", &sites[0].histories.heads())
        .unwrap();
    assert_eq!(
        refused(&sites[0], &plain),
        PouchError::RevokedSender { site: key, act }
    );
    sites[1].take_from(&laptop);
    let plain = sites[1]
        .pack("mediator", &sites[0].histories.heads())
        .unwrap();
    assert_eq!(sites[0].open(&plain), Ok(1));
}

#[test]
fn every_changed_byte_of_a_pouch_is_found() {
    let mut sites = even();
    sites[0].write(PLENARY, note("x"));
    let plain = sites[0].pack("sahrel", &Heads::default()).unwrap();
    for at in (0..plain.len()).step_by(7) {
        let mut changed = plain.clone();
        changed[at] ^= 1;
        assert!(sites[1].look(&changed).is_err(), "byte {at}");
        assert!(sites[1].look(&plain[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn a_pouch_with_lines_left_out_is_refused_even_where_its_sender_signed_it() {
    let mut sites = even();
    let have = sites[1].histories.heads();
    let content = sites[0].keep(b"Article 1".to_vec());
    sites[0].write(PLENARY, json!({"kind": "issue", "contents": [content]}));
    sites[0].write(PLENARY, note("second"));
    sites[0].write(PLENARY, note("third"));
    let plain = sites[0].pack("sahrel", &have).unwrap();
    let anew = |change: fn(&mut Vec<String>)| {
        let pouch = signed_anew(&plain, &sites[0].key, change);
        refused(&sites[1], &pouch)
    };
    assert!(matches!(
        anew(|lines| drop(lines.remove(2))),
        PouchError::Gap { .. }
    ));
    assert!(matches!(
        anew(|lines| drop(lines.remove(3))),
        PouchError::Truncated { .. }
    ));
    assert!(matches!(
        anew(|lines| drop(lines.pop())),
        PouchError::ContentMissing { .. }
    ));
    assert!(matches!(
        anew(|lines| lines.swap(1, 2)),
        PouchError::Line { line: 3, .. }
    ));
    assert!(matches!(
        anew(|lines| lines.insert(1, "{}".to_owned())),
        PouchError::Line { line: 2, .. }
    ));
    let without_its_act = |lines: &mut Vec<String>| lines.truncate(1);
    assert!(matches!(
        anew(without_its_act),
        PouchError::Truncated { .. }
    ));
    assert!(matches!(
        anew(|lines| lines[4] = lines[4].replace("Article 1", "Article 2")),
        PouchError::ContentChanged(_)
    ));
    assert!(matches!(
        anew(|lines| lines[2] = lines[2].replace("second", "zecond")),
        PouchError::Act { .. }
    ));
}

#[test]
fn a_stray_content_is_refused() {
    let sites = even();
    let have = sites[1].histories.heads();
    let plain = sites[0].pack("sahrel", &have).unwrap();
    let name = onetext_seal::ContentDigest::of(b"x");
    let stray = signed_anew(&plain, &sites[0].key, |lines| {
        lines.push(format!(r#"{{"content":"{name}","text":"x"}}"#));
    });
    assert_eq!(refused(&sites[1], &stray), PouchError::ContentStray(name));
}

#[test]
fn a_site_that_rewrote_its_past_is_named() {
    let mut sites = even();
    let before = sites[0].clone();
    let have = sites[1].histories.heads();
    let one = sites[0].write(PLENARY, note("as it was said"));
    let plain = sites[0].pack("sahrel", &have).unwrap();
    sites[1].open(&plain).unwrap();
    // The same site from an old copy of its store.
    let mut rewritten = before;
    let other = rewritten.write(PLENARY, note("as it should have been said"));
    let plain = rewritten.pack("sahrel", &have).unwrap();
    assert_eq!(
        sites[1].open(&plain),
        Err(PouchError::Rewriting {
            room: PLENARY.to_owned(),
            site: rewritten.key.site(),
            act: other,
            other: one,
        })
    );
}

#[test]
fn a_room_cannot_be_begun_again_or_claimed() {
    let mut sites = even();
    let have = sites[1].histories.heads();
    let mut envelope = sites[0].envelope("mediator", &caucus("sahrel"), None);
    envelope.parents.clear();
    envelope.depth = 0;
    envelope.sequence = 1;
    let body = json!({"kind": "room", "members": ["mediator", "sahrel", "thessa"]});
    let act = sites[0].sign_as(envelope, &body);
    let mut forger = sites[0].clone();
    forger.take(act);
    // Even the forger's own site no longer counts as members any but those of both beginnings.
    let plain = forger.pack("sahrel", &have).unwrap();
    assert!(matches!(
        refused(&sites[1], &plain),
        PouchError::SecondBeginning { .. } | PouchError::Flaw { .. }
    ));
    // A room that does not say who sits in it.
    sites[0].write("side-room", note("x"));
    let plain = sites[0].pack("sahrel", &have).unwrap();
    assert!(
        sites[1]
            .look(&plain)
            .is_ok_and(|opened| opened.acts.is_empty())
    );
}

#[test]
fn a_room_that_is_not_shared_is_refused() {
    let mut sites = even();
    let act = sites[0].write(&caucus("thessa"), note("not for sahrel"));
    let line = {
        let record = String::from_utf8(sites[0].record()).unwrap();
        let start = format!(r#"{{"act":"{act}""#);
        record
            .lines()
            .find(|line| line.starts_with(&start))
            .unwrap()
            .to_owned()
    };
    let plain = sites[0]
        .pack("sahrel", &sites[1].histories.heads())
        .unwrap();
    let leaking = signed_anew(&plain, &sites[0].key, |lines| lines.push(line.clone()));
    assert_eq!(
        refused(&sites[1], &leaking),
        PouchError::NotShared(caucus("thessa"))
    );
    let listed = signed_anew(&plain, &sites[0].key, |lines| {
        let room = format!(r#""heads":{{"{}":["{act}"],"#, "aaa");
        lines[0] = lines[0].replace(r#""heads":{"#, &room);
    });
    assert_eq!(
        refused(&sites[1], &listed),
        PouchError::NotShared("aaa".to_owned())
    );
}

#[test]
fn false_claims_and_strangers_within_a_pouch_are_refused() {
    let mut sites = even();
    let have = sites[1].histories.heads();
    let mut deep = sites[0].clone();
    let mut envelope = deep.envelope("mediator", PLENARY, None);
    envelope.depth += 5;
    let act = deep.sign_as(envelope, &note("x"));
    deep.take(act);
    let plain = deep.pack("sahrel", &have).unwrap();
    assert!(matches!(
        refused(&sites[1], &plain),
        PouchError::Flaw { .. }
    ));
    let mut stranger = Site::new("mediator", 5, sites[0].histories.process());
    stranger.take_from(&sites[0]);
    stranger.write(PLENARY, note("by nobody"));
    sites[0].take_from(&stranger);
    let plain = sites[0].pack("sahrel", &have).unwrap();
    assert!(matches!(
        refused(&sites[1], &plain),
        PouchError::Stranger { .. }
    ));
}

#[test]
fn what_cannot_be_packed_is_said() {
    let sites = even();
    let fresh = Site::new("sahrel", 5, sites[0].histories.process());
    let mut unbound = fresh;
    unbound.take_from(&sites[0]);
    assert_eq!(
        unbound.pack("mediator", &Heads::default()),
        Err(PackError::NotBound)
    );
    let nobody = sites[0].pack("nobody", &Heads::default());
    assert_eq!(nobody, Err(PackError::NoRecipient("nobody".to_owned())));
    let mut lost = sites[0].clone();
    lost.acts.pop_first();
    assert!(matches!(
        lost.pack("sahrel", &Heads::default()),
        Err(PackError::ActMissing(_))
    ));
}

#[test]
fn bombs_and_rubbish_are_refused_within_bounds() {
    let sites = even();
    let check = |plain: &[u8]| refused(&sites[1], plain);
    assert_eq!(check(&vec![b'\n'; LARGEST_POUCH + 1]), PouchError::TooLarge);
    assert_eq!(check(b""), PouchError::Torn);
    assert_eq!(check(&vec![b'\n'; 1 << 20]), PouchError::Torn);
    assert_eq!(check(b"{}\n"), PouchError::Torn);
    assert!(matches!(
        check(b"{}\n{}\n"),
        PouchError::Line { line: 1, .. }
    ));
    let deep = format!("{}\nx\n", "[".repeat(1 << 20));
    assert!(matches!(
        check(deep.as_bytes()),
        PouchError::Line { line: 1, .. }
    ));
    assert_eq!(
        unseal_pouch(&vec![0; LARGEST_POUCH + 1], &[]),
        Err(PouchError::TooLarge)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn law_2_a_pouch_is_a_matter_of_the_shared_rooms(seed in any::<u64>(), acts in 0_usize..30) {
        let mut numbers = Numbers::new(seed);
        let mut sites = testing::process();
        testing::talk(&mut sites, acts, &mut numbers);
        (1..3).for_each(|from| testing::exchange(&mut sites, from, 0));
        let have = sites[1].histories.heads();
        let one = sites[0].clone();
        let mut other = sites[0].clone();
        for index in 0..numbers.below(8) {
            let content = other.keep(format!("elsewhere {index}").into_bytes());
            let room = [caucus("thessa"), "chamber-mediator".to_owned(), format!("other-{index}")][numbers.below(3)].clone();
            let body = match room.starts_with("other") {
                true => json!({"kind": "room", "members": ["mediator", "thessa"]}),
                false => json!({"kind": "issue", "contents": [content]}),
            };
            other.write(&room, body);
        }
        // What is written next in the shared room bears the same clock.
        let mut pouches = Vec::new();
        for mut world in [one, other] {
            world.clock = 1_000_000;
            world.write(&caucus("sahrel"), note("next"));
            let to = Addressee { seat: "sahrel".to_owned(), site: None };
            let (plain, recipients) = world.pack_for(to, &have).unwrap();
            let length = seal_pouch(&plain, &recipients).unwrap().len();
            pouches.push((plain, length));
        }
        prop_assert!(pouches[0] == pouches[1]);
    }

    #[test]
    fn law_6_pouches_late_twice_and_out_of_order_lead_to_one_history(seed in any::<u64>(), acts in 1_usize..40) {
        let mut numbers = Numbers::new(seed);
        let mut sites = testing::process();
        let seats = ["mediator", "sahrel", "thessa"];
        let mut under_way: Vec<(usize, Vec<u8>)> = Vec::new();
        let mut stated = vec![vec![Heads::default(); 3]; 3];
        for index in 0..acts {
            testing::talk(&mut sites[numbers.below(3)..][..1], 1, &mut Numbers::new(seed ^ index as u64));
            let (from, to) = (numbers.below(3), numbers.below(3));
            if from != to {
                under_way.push((to, sites[from].pack(seats[to], &stated[from][to]).unwrap()));
                // It trusts that every pouch arrives.
                stated[from][to] = sites[from].histories.heads();
            }
        }
        numbers.shuffle(&mut under_way);
        let twice: Vec<_> = under_way.iter().filter(|_| numbers.below(3) == 0).cloned().collect();
        under_way.extend(twice);
        for _ in 0..under_way.len() {
            for (to, plain) in &under_way {
                let before = sites[*to].histories.heads();
                match sites[*to].open(plain) {
                    Ok(_) => {}
                    Err(PouchError::Early { .. } | PouchError::Replayed(_)) => {
                        prop_assert_eq!(sites[*to].histories.heads(), before);
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        }
        // A last round, on what each truly has.
        for _ in 0..2 {
            for (from, to) in [(1, 0), (2, 0), (0, 1), (0, 2)] {
                let have = sites[to].histories.heads();
                let plain = sites[from].pack(seats[to], &have).unwrap();
                // Where nothing was written since, it is the pouch that came before.
                match sites[to].open(&plain) {
                    Ok(_) | Err(PouchError::Replayed(_)) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        }
        for (party, site) in [("sahrel", 1), ("thessa", 2)] {
            for room in [PLENARY.to_owned(), caucus(party)] {
                let heads = |site: usize| sites[site].histories.room(&room).unwrap().in_order();
                prop_assert_eq!(heads(site), heads(0));
            }
            let other = if party == "sahrel" { "thessa" } else { "sahrel" };
            prop_assert!(sites[site].histories.room(&caucus(other)).is_none());
            prop_assert!(sites[site].histories.room("chamber-mediator").is_none());
        }
        for site in &sites {
            let report = onetext_seal::verify_record(&site.record()[..], None).unwrap();
            prop_assert!(report.exit_status() == 0, "{}", report);
        }
    }
}
