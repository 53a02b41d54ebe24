//! Who is invited, what a guest may do, and the second factor.

use axum::http::StatusCode;
use onetext_web::entrance::Purpose;
use onetext_web::routes::{Access, table};

use crate::support::{World, asked, code_of, cookie_of as cookie, link_of as link};

const NOTE: &str = "subject=framework%236.b&draft=v2&stance=object&type=substance&room=helmark-sahrel&interest=ours";

#[tokio::test]
async fn a_guest_of_an_invitation_reads_and_accepts_and_signs_nothing() {
    let world = World::of(|source| source);
    let path = format!("/link/{}", world.link(Purpose::Invitation, "sahrel"));
    let guest = cookie(&world.post("", &path, "look=yes").await);
    assert_eq!(
        world.post("", &path, "look=yes").await.status,
        StatusCode::GONE
    );
    let page = world.get(&guest, "/").await;
    assert_eq!(page.status, StatusCode::OK);
    for route in table() {
        if route.method == "POST" && route.access == Access::Seated {
            let path = route.path.replace(['{', '}'], "");
            let answer = world
                .send(asked("POST", &path, &guest, &format!("{NOTE}&by=sahrel")))
                .await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{route:?}");
        }
    }
    let made = world
        .post(
            &guest,
            "/account/password",
            "name=Vara&password=four+words+and+a+river",
        )
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert_eq!(
        world.get(&guest, "/").await.status,
        StatusCode::SEE_OTHER,
        "the guest is gone"
    );
    let taken = world
        .post(&cookie(&made), "/position", &format!("{NOTE}&by=sahrel"))
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let people = world.bench.entrance().people_of("sahrel").unwrap();
    assert_eq!(
        (people[0].name.as_str(), people[0].invited_by.as_str()),
        ("Vara", "somebody")
    );
}

#[tokio::test]
async fn who_is_invited_as_one_person_speaks_as_nobody_else() {
    let world = World::of(|source| source);
    let host = world.sits("sahrel");
    let invited = world
        .post(&host, "/account/invite", "to=sahrel%23tolan")
        .await;
    let path = link(&invited.body);
    let shown = world.get("", &path).await.body;
    assert!(shown.contains("tolan"), "{shown}");
    let joined = world
        .post("", &path, "name=Tolan&password=four+words+and+a+river")
        .await;
    let tolan = cookie(&joined);
    for (by, status) in [
        ("sahrel", StatusCode::UNPROCESSABLE_ENTITY),
        ("elhan", StatusCode::UNPROCESSABLE_ENTITY),
        ("tolan", StatusCode::SEE_OTHER),
    ] {
        let answer = world
            .post(&tolan, "/position", &format!("{NOTE}&by={by}"))
            .await;
        assert_eq!(answer.status, status, "{by}: {}", answer.body);
    }
    let wider = world.post(&tolan, "/account/invite", "to=sahrel%23").await;
    assert_eq!(wider.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_seat_invites_its_own_and_who_holds_the_pen_the_others() {
    let world = World::of(|source| source);
    for (seat, to, status) in [
        ("sahrel", "sahrel%23", StatusCode::OK),
        ("sahrel", "karvonia%23", StatusCode::NOT_FOUND),
        ("sahrel", "sahrel%23reskin", StatusCode::NOT_FOUND),
        ("helmark", "karvonia%23reskin", StatusCode::OK),
        ("helmark", "nobody%23", StatusCode::NOT_FOUND),
    ] {
        let answer = world
            .post(&world.sits(seat), "/account/invite", &format!("to={to}"))
            .await;
        assert_eq!(answer.status, status, "{seat} invites {to}");
    }
    let made = world
        .post(&world.sits("helmark"), "/account/invite", "to=karvonia%23")
        .await;
    let shown = world.get("", &link(&made.body)).await.body;
    assert!(
        shown.contains("helmark") && shown.contains("karvonia"),
        "who invites whom: {shown}"
    );
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_each_code_is_good_once() {
    let world = World::of(|source| source);
    world.person("sahrel", "Vara", None);
    let name = "name=Vara&password=four+words+and+a+river";
    let vara = cookie(&world.post("", "/enter", name).await);
    let sure = "password=four+words+and+a+river";
    world.post(&vara, "/account/second/begin", sure).await;
    let page = world.get(&vara, "/account/keys").await.body;
    let secret = page
        .split("secret=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    assert!(page.contains("otpauth://totp/OneText:Vara?secret=") && page.contains("<svg"));
    let wrong = world.post(&vara, "/account/second/on", "code=000000").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = code_of(secret, World::seconds());
    let on = world
        .post(&vara, "/account/second/on", &format!("code={code}"))
        .await;
    assert_eq!(on.status, StatusCode::OK, "{}", on.body);
    let paper = on.body.split("<li><code dir=\"ltr\">").nth(1).unwrap();
    let paper = paper.split('<').next().unwrap().to_owned();

    let half = world.post("", "/enter", name).await;
    assert!(
        half.headers.get("set-cookie").is_none(),
        "the password alone opens nothing"
    );
    let ticket = half.body.split("name=\"ticket\" value=\"").nth(1).unwrap();
    let ticket = ticket.split('"').next().unwrap().to_owned();
    // The code that turned it on was used.
    let again = world
        .post("", "/enter/code", &format!("ticket={ticket}&code={code}"))
        .await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        world.get("", &format!("/link/{ticket}")).await.status,
        StatusCode::GONE
    );
    let form = format!("ticket={ticket}&code={paper}");
    let entered = world.post("", "/enter/code", &form).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    assert_eq!(
        world.post("", "/enter/code", &form).await.status,
        StatusCode::GONE
    );

    // A code of paper is spent; and after five that fail no more are heard.
    let half = world.post("", "/enter", name).await.body;
    let ticket = half.split("name=\"ticket\" value=\"").nth(1).unwrap();
    let ticket = ticket.split('"').next().unwrap();
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        let form = format!("ticket={ticket}&code={paper}");
        last = world.post("", "/enter/code", &form).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
#[tokio::test]
async fn what_was_sent_after_a_session_had_ended_can_be_sent_again() {
    let world = World::of(|source| source);
    let form = "subject=framework%236.b&draft=v2&stance=object&by=tolan&room=helmark-sahrel&interest=words+that+took+an+hour";
    let answer = world.post("", "/position", form).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(
        answer.body.contains("action=\"/position\""),
        "{}",
        answer.body
    );
    let field = |name: &str| crate::support::field(&answer.body, name);
    assert_eq!(field("interest"), "words that took an hour");
    assert_eq!(field("stance"), "object");
    // Never what is secret, and not for a script.
    for path in [
        "/account/password",
        "/account/second/off",
        "/merge/keep",
        "/position",
    ] {
        let secret = "name=a&password=four+words+and+a+river&code=123456";
        let answer = world.post("", path, secret).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(
            !answer.body.contains("river") && !answer.body.contains("123456"),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn what_is_sent_again_goes_where_it_was_sent() {
    let world = World::of(|source| source);
    let form = "subject=framework%236.b&draft=v2&stance=object&by=tolan&room=helmark-sahrel&interest=words+that+took+an+hour";
    // A change of language puts nothing on record, later neither.
    let answer = world.post("", "/position?language=uk", form).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(
        answer.body.contains("action=\"/position?language=uk\""),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn a_long_form_is_handed_back_as_far_as_its_page_takes_it() {
    let world = World::of(|source| source);
    let long = format!("report=a+report+{}&day=2031-03-09", "x".repeat(300 << 10));
    let answer = world.post("", "/statements/report", &long).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("action=\"/statements/report\""));
    assert!(answer.body.len() > 300 << 10);
    // Elsewhere so much is not taken.
    let answer = world.post("", "/position", &long).await;
    assert!(!answer.body.contains("action=\"/position\""));
    // Of a text with many provisions the form of merging has many fields.
    let fields: Vec<String> = (0..2000).map(|n| format!("seen-{n}=a+word")).collect();
    let answer = world.post("", "/merge", &fields.join("&")).await;
    assert!(
        answer.body.contains("name=\"seen-1999\""),
        "{}",
        answer.body.len()
    );
}

#[tokio::test]
async fn a_form_that_is_refused_at_the_door_or_in_the_account_keeps_what_was_typed() {
    let world = World::of(|source| source);
    let path = format!("/link/{}", world.link(Purpose::Invitation, "sahrel"));
    let refused = world
        .post("", &path, "name=Vara+of+Sahrel&password=short")
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("value=\"Vara of Sahrel\""),
        "{}",
        refused.body
    );
    world.person("sahrel", "Vara", None);
    let name = "name=Vara&password=four+words+and+a+river";
    let vara = cookie(&world.post("", "/enter", name).await);
    let form = "name=a+table&acts=yes&days=90&password=another+password+of+mine";
    let refused = world.post(&vara, "/account/tokens", form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in [
        "value=\"a table\"",
        "value=\"yes\" checked",
        "value=\"90\" selected",
    ] {
        assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
    }
}
