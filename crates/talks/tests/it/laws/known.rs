//! What was known by a day never changes, whatever is put on record afterwards.

use onetext_talks::*;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::world::{config, day, viewer, worlds};

fn told(record: &Record, viewer: &Viewer, cut: &Cut, clock: Option<i64>) -> String {
    let board = Board::of(record, viewer, cut).unwrap();
    let board = match clock {
        Some(now) => board.by_the_clock(now),
        None => board,
    };
    format!("{:?}", board.status())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_6_what_was_known_by_a_day_never_changes_when_acts_are_added(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 77);
        let mut record = world.record;
        let mut written = 0;
        for act in record.acts.iter_mut() {
            written += chance.below(2);
            act.recorded = Some(day(written.min(27)));
        }
        let known_at = day(chance.below(written.clamp(1, 27)));
        let mut then = record.clone();
        then.acts.retain(|act| act.recorded.as_ref().is_some_and(|on| on.latest() <= known_at.latest()));
        let viewer = viewer(&record, &mut chance);
        let cut = Cut { at: None, known_at: Some(known_at.clone()) };
        prop_assert_eq!(told(&then, &viewer, &cut, None), told(&record, &viewer, &cut, None));
        // By a clock that runs on it is told as of that day, so that it does not change by waiting either.
        let (soon, late) = (known_at.latest() + 1, known_at.latest() + 1_000_000);
        prop_assert_eq!(told(&then, &viewer, &cut, Some(soon)), told(&record, &viewer, &cut, Some(late)));
    }
}
