//! Statements and claims.

use axum::http::StatusCode;

use crate::support::World;

#[tokio::test]
async fn a_claim_is_judged_as_of_its_day_and_today_and_denied_by_a_seat() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let page = world.get(&party, "/statements").await.body;
    assert!(
        page.contains("There is hardly anything left to settle."),
        "{page}"
    );
    assert!(page.contains("On the day it was said") && page.contains("Today"));
    let form = "of=few-left&what=deny&by=haldar&room=public&on=2031-03-08";
    let told = world.post(&party, "/statements/answer", form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = world.get(&world.sits("karvonia"), "/statements").await.body;
    let row = page.split("id=\"claim-few-left\"").nth(1).unwrap();
    assert!(
        row.split("</tr>").next().unwrap().contains("denied by"),
        "{row}"
    );
}

#[tokio::test]
async fn of_a_claim_that_is_not_there_nothing_is_recorded() {
    let world = World::of(|source| source);
    let form = "of=none&what=deny&by=haldar&room=public&on=2031-03-08";
    let refused = world
        .post(&world.sits("sahrel"), "/statements/answer", form)
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_answer_stands_ready_to_be_given() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let page = world.get(&party, "/statements").await.body;
    let form = page.split("id=\"answer\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    assert!(!form.contains(" checked"), "{form}");
    for list in ["of", "room"] {
        let list = form.split(&format!("name=\"{list}\"")).nth(1).unwrap();
        let list = list.split("</select>").next().unwrap();
        assert!(
            list.contains("<option value=\"\">") && !list.contains(" selected"),
            "{list}"
        );
    }
    for form in [
        "of=few-left&by=haldar&room=public&on=2031-03-08",
        "of=&what=confirm&by=haldar&room=public&on=2031-03-08",
    ] {
        let refused = world.post(&party, "/statements/answer", form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        // It answers a form: it does not show by itself what comes, which would send the form again.
        assert!(!refused.body.contains("data-live"), "{}", refused.body);
    }
    let asked = world.get(&party, "/statements?answer=few-left").await.body;
    let form = asked.split("id=\"answer\"").nth(1).unwrap();
    assert!(
        form.contains("value=\"few-left\" selected") && form.contains("value=\"public\" selected"),
        "{form}"
    );
}
