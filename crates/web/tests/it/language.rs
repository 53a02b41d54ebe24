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

#[tokio::test]
async fn the_switch_of_language_takes_along_what_was_typed_where_somebody_was_quicker() {
    let world = World::of(|source| source);
    let (one, other) = (world.sits("helmark"), world.sits("helmark"));
    let party = world.sits("sahrel");
    let offers = |page: &str, path: &str| {
        page.contains(&format!("form=\"typed\" formaction=\"{path}?language=uk\""))
    };

    // On the merge screen: nothing is kept by it.
    let at = "/merge?text=framework&at=9";
    let version = crate::support::field(&world.get(&one, at).await.body, "version");
    let form = |words: &str| {
        format!("text=framework&base=v3&at=9&wording={words}&version={version}&do=save")
    };
    let kept = world.post(&one, "/merge", &form("their+words")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let late = world.post(&other, "/merge", &form("a+long+reason")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(offers(&late.body, "/merge"), "{}", late.body);
    let version = crate::support::field(&late.body, "version");
    let again =
        format!("text=framework&base=v3&at=9&wording=a+long+reason&version={version}&do=save");
    let turned = world.post(&other, "/merge?language=uk", &again).await;
    for kept in ["<html lang=\"uk\"", "a long reason", "id=\"typed\""] {
        assert!(turned.body.contains(kept), "{kept}: {}", turned.body);
    }
    let page = world.get(&one, at).await.body;
    assert!(page.contains("their words") && !page.contains("a long reason"));
    let carried = world
        .post(
            &other,
            "/merge?language=uk",
            "text=framework&base=v2&do=carry",
        )
        .await;
    assert!(!carried.status.is_server_error());

    // Before a draft is issued, where something is otherwise than it was shown.
    let form = "text=framework&base=v3&id=v4&on=2031-03-09&seen=";
    let late = world.post(&one, "/issue", form).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    assert!(offers(&late.body, "/issue"), "{}", late.body);

    // On a draft that another has followed.
    let given = "draft=v3&to=sahrel+helmark-sahrel&channel=official&by=olm&on=2031-03-09";
    let delivered = world.post(&one, "/circulate", given).await;
    assert_eq!(
        delivered.status,
        StatusCode::SEE_OTHER,
        "{}",
        delivered.body
    );
    let form = "subject=framework%236.b&draft=v2&stance=object&type=substance&by=tolan&room=helmark-sahrel&on=2031-03-09&interest=a+long+reason";
    let late = world.post(&party, "/position", form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(offers(&late.body, "/position"), "{}", late.body);
    let turned = world.post(&party, "/position?language=uk", form).await;
    assert!(turned.body.contains("a long reason") && turned.body.contains("<html lang=\"uk\""));
}
