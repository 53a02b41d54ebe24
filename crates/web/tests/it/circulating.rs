//! Deliveries: tried before any is recorded, recorded once, and shown to everybody who will read them.

use axum::http::StatusCode;

use crate::support::World;

const TO_SAHREL: &str = "draft=v3&to=sahrel+helmark-sahrel&channel=official&by=olm&on=2031-03-09";

/// How often a seat stands in the table of who was given a draft.
fn given(page: &str, seat: &str) -> usize {
    let table = page.split("<tbody>").nth(1).unwrap_or_default();
    let table = table.split("</tbody>").next().unwrap_or_default();
    table
        .split("<tr>")
        .filter(|row| row.contains(&format!(">{seat}</th>")) && row.contains("official"))
        .count()
}

#[tokio::test]
async fn a_second_press_delivers_nothing_twice() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    for _ in 0..2 {
        let delivered = world.post(&mediator, "/circulate", TO_SAHREL).await;
        assert_eq!(
            delivered.status,
            StatusCode::SEE_OTHER,
            "{}",
            delivered.body
        );
        let page = world.get(&mediator, "/circulate?draft=v3").await.body;
        assert_eq!(given(&page, "Sahrel"), 1, "{page}");
    }
    let preview = format!("/circulate?{TO_SAHREL}&do=preview");
    let preview = world.get(&mediator, &preview).await.body;
    assert!(preview.contains("by this way already"), "{preview}");
    // By another way it is another delivery.
    let other = TO_SAHREL.replace("official", "unofficial");
    assert_eq!(
        world.post(&mediator, "/circulate", &other).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn nothing_is_recorded_where_one_of_them_would_be_refused() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let form = format!("{TO_SAHREL}&to=karvonia+zz-no-room");
    let refused = world.post(&mediator, "/circulate", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Nothing was recorded, to nobody"),
        "{}",
        refused.body
    );
    assert!(
        refused
            .body
            .contains("value=\"sahrel helmark-sahrel\" checked"),
        "{}",
        refused.body
    );
    let page = world.get(&mediator, "/circulate?draft=v3").await.body;
    assert_eq!(given(&page, "Sahrel"), 0, "{page}");
    let many: String = (0..41).map(|number| format!("&room=r{number}")).collect();
    let many = world
        .post(&mediator, "/circulate", &format!("{TO_SAHREL}{many}"))
        .await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(many.body.contains("More than"), "{}", many.body);
    let page = world.get(&mediator, "/circulate?draft=v3").await.body;
    assert_eq!(given(&page, "Sahrel"), 0, "{page}");
}

#[tokio::test]
async fn a_room_of_several_is_chosen_whole_and_each_of_its_seats_is_shown() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let choose = world.get(&mediator, "/circulate?draft=v3").await.body;
    assert!(
        choose.contains("name=\"room\" value=\"plenary\""),
        "{choose}"
    );
    assert!(!choose.contains("value=\"sahrel plenary\""), "{choose}");
    for asked in ["room=plenary", "to=karvonia+plenary"] {
        let path =
            format!("/circulate?draft=v3&{asked}&channel=official&by=olm&on=2031-03-09&do=preview");
        let page = world.get(&mediator, &path).await.body;
        let seats = page.matches("<section class=\"preview\">").count();
        assert!(seats > 2, "{asked}: {page}");
        for seat in ["Karvonia", "Sahrel"] {
            assert!(
                page.contains(&format!("As <bdi>{seat}"))
                    || page.contains(&format!("<bdi>{seat}</bdi>")),
                "{seat}: {page}"
            );
        }
    }
}

#[tokio::test]
async fn who_speaks_as_one_person_acknowledges_and_is_offered_nobody_else() {
    let world = World::of(|source| source);
    let (mediator, tolan) = (world.sits("helmark"), world.sits_as("sahrel", "tolan"));
    assert_eq!(
        world.post(&mediator, "/circulate", TO_SAHREL).await.status,
        StatusCode::SEE_OTHER
    );
    let receipt = "draft=v3&room=helmark-sahrel&on=2031-03-10";
    let received = world.post(&tolan, "/acknowledge", receipt).await;
    assert_eq!(received.status, StatusCode::SEE_OTHER, "{}", received.body);
    for path in [
        "/position?subject=framework%236.b",
        "/proposal?subject=framework%236.b",
        "/statements",
        "/meetings",
    ] {
        let page = world.get(&tolan, path).await.body;
        let mut lists = page.split("<select name=\"by\"").skip(1).peekable();
        assert!(lists.peek().is_some(), "{path}");
        for list in lists {
            let list = list.split("</select>").next().unwrap();
            assert!(list.contains("value=\"tolan\""), "{path}: {list}");
            assert_eq!(list.matches("<option").count(), 1, "{path}: {list}");
        }
    }
    let held = "subject=framework%236.b&draft=v3&sort=reword&wording=Other+words.&by=tolan&room=helmark-sahrel&on=2031-03-10";
    let proposed = world.post(&tolan, "/proposal", held).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
    let point = world
        .get(&tolan, "/point?subject=framework%236.b")
        .await
        .body;
    let forms = point.split("action=\"/release\"").skip(1);
    let form = forms.last().expect("leave to use one's own words");
    let own = |name: &str| crate::support::field(form, name);
    let release = format!(
        "subject=framework%236.b&room={}&of={}",
        own("room"),
        own("of")
    );
    let released = world.post(&tolan, "/release", &release).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
}
