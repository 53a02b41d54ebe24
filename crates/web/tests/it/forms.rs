//! Every form, sent with what nobody would write: no answer is a failure of the workbench, and nothing panics.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use onetext_web::routes::{Access, table};

use crate::support::{HOST, World, asked};

/// How often each way is tried.
const TRIES: usize = 60;

/// Chance that repeats.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }
}

/// What is put in: words that mean something here, and what breaks programs.
fn values() -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        " ",
        "framework#6.b",
        "framework#",
        "#",
        "v1",
        "v3",
        "sahrel",
        "tolan",
        "helmark-sahrel",
        "accept",
        "object",
        "propose",
        "2031-03-11",
        "2031-99-99",
        "9999999999999-01-01",
        "-1",
        "0",
        "1e999",
        "18446744073709551616",
        "NaN",
        "null",
        "[]",
        "{}",
        "\u{0}",
        "\u{202e}txt",
        "\u{feff}",
        "\u{e000}\u{e001}",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "../../etc/passwd",
        "%00",
        "%ff",
        "a=b&c=d",
        "\r\nset-cookie: x=y",
        "𐀀\u{10ffff}",
        "ن\u{64b}",
        "[[[[((((",
        "]]]]",
        "[ ] [",
        "1.1.1.1",
        "yes",
        "on",
        "{ $by }",
        "-----BEGIN",
        "sahrel#tolan",
        "FROM/TO",
        "2031-03-11/2031-01-01",
    ]
    .map(str::to_owned)
    .to_vec();
    values.push("[".repeat(20_000));
    values.push("x".repeat(100_000));
    values.push("1.".repeat(5_000));
    values.push("\u{301}".repeat(3_000));
    values
}

fn encoded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The fields of all forms that pages show, and some that none does.
async fn fields(world: &World, cookie: &str) -> Vec<String> {
    let mut fields: BTreeSet<String> = [
        "card", "code", "ticket", "files", "kind", "id", "draft", "x",
    ]
    .map(str::to_owned)
    .into();
    for path in [
        "/",
        "/enter",
        "/first",
        "/account",
        "/account/keys",
        "/point?subject=framework%236.b",
        "/position?subject=framework%236.b",
        "/draft/v3",
    ] {
        let page = world.get(cookie, path).await.body;
        for part in page.split(" name=\"").skip(1) {
            fields.insert(part.split('"').next().unwrap().to_owned());
        }
    }
    fields.into_iter().collect()
}

#[tokio::test]
async fn no_form_breaks_the_workbench() {
    let world = World::of(|source| source);
    let (fields, values) = (fields(&world, &world.sits("helmark")).await, values());
    let mut chance = Chance(0x5EED);
    for route in table() {
        let tokens = matches!(route.access, Access::Token | Access::ActingToken);
        // Making a password takes a tenth of a second by intention.
        let slow = route.path.contains("first") || route.path.contains("password");
        if tokens || route.path == "/live" {
            continue;
        }
        let cookie = world.sits(["helmark", "sahrel"][chance.next(2)]);
        for number in 0..if slow { 5 } else { TRIES } {
            let mut form = String::new();
            for _ in 0..1 + chance.next(8) {
                let field = &fields[chance.next(fields.len())];
                form += &format!("&{field}={}", encoded(&values[chance.next(values.len())]));
            }
            let mut path = String::new();
            for (place, part) in route.path.split('{').enumerate() {
                let rest = part.split_once('}').map_or(part, |(_, rest)| rest);
                if place > 0 {
                    let value: String = values[chance.next(values.len())]
                        .chars()
                        .take(300)
                        .collect();
                    path += &encoded(&value);
                }
                path += rest;
            }
            let request = match route.method {
                "GET" => {
                    let query: String = form.chars().take(20_000).collect();
                    let query = query.rsplit_once('%').map_or("", |(whole, _)| whole);
                    asked("GET", &format!("{path}?{query}"), &cookie, "")
                }
                // Now and then what is no form at all.
                _ if number % 7 == 3 => Request::post(&path)
                    .header("host", HOST)
                    .header("origin", format!("http://{HOST}"))
                    .header("cookie", &cookie)
                    .header(
                        "content-type",
                        [
                            "text/plain",
                            "application/json",
                            "multipart/form-data; boundary=x",
                        ][chance.next(3)],
                    )
                    .body(Body::from(form.clone()))
                    .unwrap(),
                method => asked(method, &path, &cookie, form.trim_start_matches('&')),
            };
            let answer = world.send(request).await;
            assert!(
                !answer.status.is_server_error(),
                "{} {path}: {} {form:.300}",
                route.method,
                answer.status
            );
            if route.path == "/leave" || answer.status == StatusCode::UNAUTHORIZED {
                break;
            }
        }
    }
}
