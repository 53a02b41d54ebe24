//! The switch of language on a page whose form was sent and comes again: nothing that was typed is lost, and nothing is done.

use axum::http::StatusCode;

use crate::support::World;

/// Forms that are refused as they are, with the seat and words that were typed: where they are sent and what is in them.
const REFUSED: [(&str, &str, &str); 9] = [
    (
        "sahrel",
        "/position",
        "subject=framework%236.b&draft=v2&stance=object&by=karvonia&room=helmark-sahrel&interest=a+long+reason",
    ),
    (
        "sahrel",
        "/proposal",
        "subject=framework%238&draft=v2&sort=reword&wording=a+long+reason&by=karvonia&room=helmark-sahrel",
    ),
    (
        "sahrel",
        "/meetings",
        "form=meeting&by=karvonia&room=helmark-sahrel&on=2031-03-08&format=visit&state=proposed&participants=sahrel&place=a+long+reason",
    ),
    (
        "sahrel",
        "/meeting",
        "form=words&id=talks-in-irmal&what=note&words=a+long+reason&by=karvonia&room=helmark-sahrel&on=2031-03-08",
    ),
    (
        "helmark",
        "/mission",
        "form=step&id=mission-tal-mirel&state=reported&note=a+long+reason&by=karvonia&room=helmark-sahrel&on=2031-03-08",
    ),
    (
        "helmark",
        "/understandings/assess",
        "form=assess-quiet-talk&of=quiet-talk&tenet=ridge&draft=v3&grade=spirit&verdict=partly&note=a+long+reason&by=karvonia&on=2031-03-08&room=helmark-sahrel",
    ),
    (
        "helmark",
        "/gates/override",
        "form=gate-ferry&gate=ferry&reason=a+long+reason&by=karvonia&on=2031-03-08&room=helmark-sahrel",
    ),
    (
        "helmark",
        "/briefing",
        "for=olm&briefers=a+long+reason&by=karvonia&room=helmark-sahrel&on=2031-03-08",
    ),
    (
        "helmark",
        "/circulate",
        "draft=v3&to=sahrel+helmark-sahrel&channel=official&by=karvonia&place=a+long+reason&on=2031-03-09",
    ),
];

#[tokio::test]
async fn the_switch_of_language_takes_along_what_was_typed() {
    let world = World::of(|source| source);
    for (seat, path, form) in REFUSED {
        let seat = world.sits(seat);
        let refused = world.post(&seat, path, form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let to = format!("{path}?language=uk");
        let offered = format!("form=\"typed\" formaction=\"{to}\"");
        assert!(refused.body.contains(&offered), "{path}: {}", refused.body);
        let turned = world.post(&seat, &to, form).await;
        assert_eq!(turned.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        for kept in ["<html lang=\"uk\"", "a long reason", "id=\"typed\""] {
            assert!(turned.body.contains(kept), "{path}: {kept}");
        }
        let cookie = turned.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.starts_with("onetext-language=uk;"), "{cookie}");
    }
    // A report that was read and not refused is typed, too.
    let seat = world.sits("helmark");
    let read =
        "report=The+ridge+of+Torvik+belongs+to+Sahrel%2C+Samira+Tolan+said+on+Sunday.&read=yes";
    let turned = world
        .post(&seat, "/statements/report?language=ar", read)
        .await;
    assert!(
        turned.body.contains("<html lang=\"ar\" dir=\"rtl\">")
            && turned.body.contains("Samira Tolan said on Sunday.")
    );
}

#[tokio::test]
async fn who_changes_the_language_puts_nothing_on_record() {
    let world = World::of(|source| source);
    let seat = world.sits("sahrel");
    let form = "subject=framework%236.b&draft=v2&stance=object&type=substance&room=helmark-sahrel&interest=ours&by=sahrel";
    let before = world
        .get(&seat, "/point?subject=framework%236.b")
        .await
        .body;
    let turned = world.post(&seat, "/position?language=en", form).await;
    assert_eq!(turned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        turned
            .body
            .contains("the language was changed, and nothing else was done")
    );
    let after = world
        .get(&seat, "/point?subject=framework%236.b")
        .await
        .body;
    assert_eq!(before, after);
    let taken = world.post(&seat, "/position", form).await;
    assert_eq!(
        taken.status,
        StatusCode::SEE_OTHER,
        "the same form is in order"
    );
    // Elsewhere the address means nothing.
    let made = world
        .post(&seat, "/account/invite?language=uk", "to=sahrel%23")
        .await;
    assert!(made.status == StatusCode::OK && made.headers.get("set-cookie").is_none());
    assert!(made.body.contains("<html lang=\"en\""));
}
