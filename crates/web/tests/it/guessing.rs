//! Guessing: names, passwords, codes; and what the log keeps of it.

use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use onetext_web::entrance::{Purpose, Visit};

use crate::support::{World, asked, code_of, cookie_of};

const RIGHT: &str = "password=four+words+and+a+river";

#[tokio::test]
async fn a_name_is_taken_is_said_a_few_times_and_the_link_is_spent_by_it() {
    let world = World::of(|source| source);
    world.person("karvonia", "Reskin", None);
    let path = format!("/link/{}", world.link(Purpose::Invitation, "sahrel"));
    for _ in 0..5 {
        let taken = world.post("", &path, &format!("{RIGHT}&name=Reskin")).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(world.get("", &path).await.status, StatusCode::GONE);
    // The same as a guest.
    let world = World::of(|source| source);
    world.person("karvonia", "Reskin", None);
    let path = format!("/link/{}", world.link(Purpose::Invitation, "sahrel"));
    let guest = cookie_of(&world.post("", &path, "look=yes").await);
    for _ in 0..5 {
        let form = format!("{RIGHT}&name=Reskin");
        let taken = world.post(&guest, "/account/password", &form).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(world.get(&guest, "/").await.status, StatusCode::SEE_OTHER);
    // And from one address with ever new links, until it is told to wait.
    let path = format!("/link/{}", world.link(Purpose::Invitation, "sahrel"));
    let late = world.post("", &path, &format!("{RIGHT}&name=Tolan")).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
#[allow(
    clippy::await_holding_lock,
    reason = "the work of the door stands still while this test looks"
)]
async fn so_many_at_the_door_at_once_keep_no_page_waiting() {
    let world = World::of(|source| source);
    let reader = world.sits("helmark");
    let path = format!("/link/{}", world.link(Purpose::Invitation, "sahrel"));
    let guest = cookie_of(&world.post("", &path, "look=yes").await);
    let form = format!("{RIGHT}&name=Vara");
    let busy = world.bench.entrance().attempt();
    let crowd = (0..600).map(|_| world.post(&guest, "/account/password", &form));
    let mut crowd: FuturesUnordered<_> = crowd.collect();
    for number in 0..592 {
        let answer = crowd.next().await.unwrap();
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{number}");
    }
    let page = world.get(&reader, "/account").await;
    assert_eq!(page.status, StatusCode::OK);
    drop(busy);
    let rest: Vec<_> = crowd.map(|answer| answer.status).collect().await;
    let made = rest.iter().filter(|one| **one == StatusCode::SEE_OTHER);
    assert_eq!(
        (made.count(), rest.len()),
        (1, 8),
        "one guest becomes one person"
    );
}

#[tokio::test]
async fn five_attempts_on_a_name_are_five_however_it_is_written() {
    let world = World::of(|source| source);
    world.person("sahrel", "Vara", None);
    for name in ["Vara", "Vara+", "+Vara", "vara", "VARA"] {
        let form = format!("name={name}&password=another");
        let answer = world.post("", "/enter", &form).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
    }
    for name in ["Vara", "Vara++"] {
        let answer = world
            .post("", "/enter", &format!("{RIGHT}&name={name}"))
            .await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{name}");
    }
}

#[tokio::test]
async fn the_addresses_of_one_network_are_one() {
    use onetext_web::tls::Source;
    let world = World::of(|source| source);
    let attempt = |at: &str| {
        let mut request = asked("POST", "/enter", "", "name=Vara&password=another");
        let source = Source(at.parse().unwrap());
        request.extensions_mut().insert(ConnectInfo(source));
        world.send(request)
    };
    for number in 1..=5 {
        let answer = attempt(&format!("[2001:db8:1:2::{number}]:4000")).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let same = attempt("[2001:db8:1:2:9:9:9:9]:4000").await;
    assert_eq!(same.status, StatusCode::TOO_MANY_REQUESTS);
    let other = attempt("[2001:db8:1:3::1]:4000").await;
    assert_eq!(other.status, StatusCode::UNAUTHORIZED);
}

fn log(world: &World) -> Vec<(String, String, bool)> {
    let visits = world.bench.entrance().visits("sahrel", 20).unwrap();
    let told = |visit: Visit| (visit.name, visit.way, visit.let_in);
    visits.into_iter().rev().map(told).collect()
}

#[tokio::test]
async fn the_log_says_what_was_refused_and_by_which_way_one_came() {
    let world = World::of(|source| source);
    let vara = world.person("sahrel", "Vara", None);
    world
        .post("", "/enter", "name=Vara+&password=another")
        .await;
    let secret = "name=a+password+in+the+wrong+field&password=Vara";
    world.post("", "/enter", secret).await;
    let door = world.bench.entrance();
    let letters = door
        .begin_second(vara, "a card", World::seconds())
        .unwrap()
        .letters;
    let code = code_of(&letters, World::seconds());
    let paper = door
        .turn_second_on((vara, "a card"), &code, World::seconds())
        .unwrap();
    let half = world
        .post("", "/enter", &format!("{RIGHT}&name=Vara"))
        .await
        .body;
    let ticket = half.split("name=\"ticket\" value=\"").nth(1).unwrap();
    let ticket = ticket.split('"').next().unwrap();
    let code = |code: &str| format!("ticket={ticket}&code={code}");
    world.post("", "/enter/code", &code("000000")).await;
    let entered = world
        .post("", "/enter/code", &code(paper[0].reveal()))
        .await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    let line = |way: &str, let_in| ("Vara".to_owned(), way.to_owned(), let_in);
    let told = [
        line("password", false),
        line("second factor", false),
        line("password and second factor", true),
    ];
    assert_eq!(log(&world), told);
    let page = world.get(&cookie_of(&entered), "/account").await.body;
    let row = |words: &str| {
        let cells = page.split("<tr>").filter(|row| row.contains(words));
        cells.count()
    };
    assert_eq!(
        (row("<strong>refused</strong>"), row("let in")),
        (2, 1),
        "{page}"
    );
    assert_eq!(row("password and second factor"), 1);
    let file = rusqlite::Connection::open(world.folder().join("entrance.db")).unwrap();
    let kept: Vec<String> = file
        .prepare("SELECT name FROM visits WHERE seat IS NULL")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(kept, [""], "what was typed as a name is not kept");
}

#[tokio::test]
async fn a_session_has_eight_pages_that_wait() {
    let world = World::of(|source| source);
    let (cookie, other) = (world.sits("sahrel"), world.sits("sahrel"));
    let mut open = Vec::new();
    for _ in 0..8 {
        let answer = world.raw(asked("GET", "/live", &cookie, "")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        open.push(answer);
    }
    let more = world.raw(asked("GET", "/live", &cookie, "")).await;
    assert_eq!(more.status(), StatusCode::TOO_MANY_REQUESTS);
    let others = world.raw(asked("GET", "/live", &other, "")).await;
    assert_eq!(others.status(), StatusCode::OK);
    open.pop();
    let again = world.raw(asked("GET", "/live", &cookie, "")).await;
    assert_eq!(again.status(), StatusCode::OK);
}
