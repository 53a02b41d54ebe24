//! The state of play in the terminal.

use onetext_talks::{CellStance, PointStatus};

use super::super::sample;
use super::{Page, explanation, terminal};

fn page() -> Page {
    Page {
        ask: "talks.toml --as chair".to_owned(),
        ..Page::default()
    }
}

#[test]
fn the_state_of_play_at_a_glance() {
    insta::assert_snapshot!("at_a_glance", terminal(&sample::status(), &page()));
}

#[test]
fn nothing_is_wider_than_the_screen() {
    for width in [60, 80, 120] {
        let screen = terminal(&sample::status(), &Page { width, ..page() });
        for line in screen.lines() {
            let wide = super::super::layout::width(line);
            assert!(width < 80 || wide <= width, "{wide} > {width}: {line}");
        }
    }
}

#[test]
fn colour_changes_no_word() {
    let plain = terminal(&sample::status(), &page());
    let coloured = terminal(
        &sample::status(),
        &Page {
            colour: true,
            ..page()
        },
    );
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    let tidy = |page: &str| {
        page.lines()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect::<String>()
    };
    assert_eq!(tidy(&stripped), tidy(&plain));
}

#[test]
fn many_parties_are_counted() {
    let mut status = sample::status();
    let text = &mut status.texts[0];
    let seats: Vec<String> = (0..8).map(|n| format!("seat{n}")).collect();
    text.parties = seats.iter().map(|seat| seat.as_str().into()).collect();
    text.provisions = vec![
        super::super::sample::point(
            "1",
            "The river is shared.",
            PointStatus::Disputed,
            &seats
                .iter()
                .enumerate()
                .map(|(n, seat)| {
                    let mut cell = sample::cell(if n < 2 {
                        CellStance::Objected
                    } else {
                        CellStance::NoReply
                    });
                    cell.red_line = n == 0;
                    (seat.as_str(), cell)
                })
                .collect::<Vec<_>>(),
        )
        .into(),
    ];
    let screen = terminal(&status, &page());
    assert!(
        screen.contains("2 objected (1 red line), 6 no reply"),
        "{screen}"
    );
}

#[test]
fn an_answer_comes_before_its_reasons() {
    insta::assert_snapshot!("why", explanation(&sample::explanation(), &page()));
}
