//! Books that follow a workspace answer as if they had been read anew after each act.

use onetext_desk::workspace::{Manner, Workspace};
use onetext_desk::{Books, Cut, Desk, Viewer, When, foresee_acts, import, status, why};
use onetext_paper::dossier;
use onetext_talks::testing::records;
use onetext_talks::{Act, Deed, Record};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// 6 March 2031, in microseconds since 1970.
const NOW: i64 = 1_930_521_600_000_000;
const HOUR: i64 = 3_600_000_000;

fn host(record: &Record) -> (tempfile::TempDir, Workspace) {
    let written = dossier::write(record);
    let books = Books::open(&written.toml, &mut written.folder()).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::create(scratch.path(), None, &Manner::usual(None)).unwrap();
    import(&books, &mut workspace, true, NOW).unwrap();
    (scratch, workspace)
}

/// An act as somebody enters it: without a handle.
fn fields(act: &Act) -> Map<String, Value> {
    let deed = serde_json::to_value(&act.deed).unwrap();
    let mut fields = deed.as_object().cloned().unwrap();
    fields.retain(|_, value| !value.is_null());
    fields.insert("room".to_owned(), json!(act.room));
    let by = act
        .person
        .as_ref()
        .map_or(act.seat.as_str(), |person| person.as_str());
    fields.insert("by".to_owned(), json!(by));
    fields.insert("recorded_by".to_owned(), json!(act.recorder));
    fields.insert("on".to_owned(), json!(act.on));
    fields
}

/// Everything that a seat is told: the state now and of an earlier day, why everything is as it is, and what does not count.
fn told((books, viewer): &(Books, Viewer), names: &[String]) -> String {
    let earlier = Cut {
        at: Some(When::parse("2025-11-22").unwrap()),
        known_at: None,
    };
    let mut told = String::new();
    for cut in [Cut::default(), earlier] {
        let status = status(books, viewer, &cut).unwrap();
        told.push_str(&serde_json::to_string_pretty(&status).unwrap());
        for name in names {
            told.push_str(&format!("\n{name}: {:?}", why(books, viewer, &cut, name)));
        }
    }
    format!("{told}\n{:?}", books.left_out())
}

fn read(workspace: &mut Workspace, seat: &str, now: i64) -> (Books, Viewer) {
    Books::of_workspace(workspace, Some(seat), None, now).unwrap()
}

/// Whether most acts of a process are of this kind.
fn is_usual(act: &Act) -> bool {
    matches!(
        act.deed,
        Deed::Stance(_) | Deed::Note(_) | Deed::Deliver(_) | Deed::Acknowledge(_)
    )
}

/// Enters acts again, one after the other, while every seat's books follow; how often they did, and how often they were to be
/// read anew.
fn follow(record: &Record, again: &[usize], usual: bool) -> (usize, usize) {
    let mut acts: Vec<&Act> = record.acts.iter().collect();
    acts.retain(|act| !usual || is_usual(act));
    let (_scratch, mut workspace) = host(record);
    let seats: Vec<&str> = record.seats.iter().map(|seat| seat.id.as_str()).collect();
    let mut names: Vec<String> = record.acts.iter().map(|act| act.id.to_string()).collect();
    names.extend(record.drafts.iter().flat_map(|draft| {
        let provisions = draft.issued.draft.provisions().iter();
        provisions.map(|provision| format!("{}#{}", draft.id, provision.path))
    }));
    let mut now = NOW;
    let mut books: Vec<_> = seats
        .iter()
        .map(|seat| read(&mut workspace, seat, now))
        .collect();
    let (mut followed, mut anew) = (0, 0);
    for (number, place) in again.iter().enumerate() {
        let Some(act) = acts.get(place % acts.len().max(1)) else {
            break;
        };
        // The clock of books moves on by the minute; one that goes back dates acts before those of other rooms.
        now += [0, -HOUR, 30 * 24 * HOUR][number % 3];
        let own = seats.iter().position(|seat| *seat == act.recorder.as_str());
        let files = &mut std::collections::BTreeMap::new();
        match own.and_then(|own| books.get(own)) {
            // What its seat's books hold it against says the same as what its rooms hold, read anew.
            Some((books, _)) if number % 2 == 0 => {
                let mut fields = fields(act);
                if fields["by"] == json!(act.recorder) {
                    fields.remove("recorded_by");
                }
                let (fresh, _) = read(&mut workspace, act.recorder.as_str(), now);
                let by_books = books.act(&mut workspace, &fields, files, now);
                if let Ok(Some(_)) = &by_books {
                    let foreseen = foresee_acts(&fresh, std::slice::from_ref(&fields));
                    assert!(foreseen[0].is_none(), "{foreseen:?}");
                }
                if let Err(refused) = &by_books {
                    let mut desk = Desk::open_as(&mut workspace, act.recorder.as_str()).unwrap();
                    let anew = desk.act(fields, files, now).map(|id| id.to_string());
                    assert_eq!(anew.unwrap_err().to_string(), refused.to_string());
                }
            }
            _ => {
                let mut desk = Desk::open(&mut workspace).unwrap();
                let _ = desk.act(fields(act), files, now);
            }
        }
        for (seat, held) in seats.iter().zip(&mut books) {
            // A board that stands already is what has to be kept right.
            let _ = status(&held.0, &held.1, &Cut::default());
            let fresh = read(&mut workspace, seat, now);
            let before = told(held, &[]);
            if held.0.follow(&mut workspace, now).unwrap() {
                followed += usize::from(told(held, &[]) != before);
                let (told, anew) = (told(held, &names), told(&fresh, &names));
                assert!(
                    told == anew,
                    "{seat} after act {number}: {}",
                    first_difference(&told, &anew)
                );
            } else {
                anew += 1;
                *held = fresh;
            }
        }
    }
    (followed, anew)
}

fn first_difference(one: &str, other: &str) -> String {
    let lines = one.lines().zip(other.lines());
    let differ = lines.into_iter().find(|(one, other)| one != other);
    format!("{differ:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn law_4_what_is_followed_equals_the_fold_from_scratch(
        record in records(),
        again in proptest::collection::vec(0_usize..1000, 1..8),
        usual in any::<bool>(),
    ) {
        follow(&record, &again, usual);
    }
}

#[test]
fn much_of_what_is_usually_said_is_followed() {
    let (mut followed, mut anew) = (0, 0);
    for seed in 1_u32..9 {
        let numbers: Vec<u32> = (0..1200_u32)
            .map(|number| (number ^ seed.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b) >> 3)
            .collect();
        let record = onetext_talks::testing::record_from(&numbers);
        let told = follow(&record, &[1, 4, 9, 16, 25, 36], true);
        followed += told.0;
        anew += told.1;
    }
    assert!(followed * 2 > anew, "{followed} followed, {anew} read anew");
}
