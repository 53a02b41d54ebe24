//! Law 8: no code path needs a deadline or a confirmed meeting to exist.

use onetext_talks::*;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::world::{config, viewer, worlds};

/// The same record where nothing is due, no meeting was ever spoken of, and no meeting has a time.
fn without_dates_and_meetings(record: &Record) -> Record {
    let mut record = record.clone();
    for act in record.acts.iter_mut() {
        match &mut act.deed {
            Deed::ReplyDue(due) => due.due = None,
            Deed::Session(_) => {
                act.deed = Deed::Note(Words {
                    words: "no meeting".into(),
                })
            }
            _ => {}
        }
    }
    record
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_8_no_dates_no_meetings_needed(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 31);
        let viewer = viewer(&world.record, &mut chance);
        let status = |record: &Record| Board::of(record, &viewer, &Cut::default()).unwrap().status();
        let (with, without) = (status(&world.record), status(&without_dates_and_meetings(&world.record)));
        prop_assert_eq!(&with.texts, &without.texts);
        prop_assert_eq!((with.stage, with.open, with.ready_to_close), (without.stage, without.open, without.ready_to_close));
        prop_assert_eq!(&with.gates, &without.gates);
        prop_assert!(without.sessions.is_empty());
        prop_assert!(without.obligations.iter().all(|due| due.due.is_none()));
    }
}
