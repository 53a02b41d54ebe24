//! A workbench over the sample process, asked without a socket.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use onetext_desk::workspace::{Entropy, KEYS_FOLDER, Manner, SeededEntropy, Workspace};
use onetext_desk::{Books, FileError, Files};
use onetext_web::entrance::{Entrance, Purpose, Way};
use onetext_web::office::Office;
use onetext_web::{Workbench, routes};
use tower::ServiceExt as _;

pub(crate) const HOST: &str = "127.0.0.1:8474";
/// 2031-03-07, in microseconds since 1970.
pub(crate) const NOW: i64 = 1_930_608_000_000_000;

struct Beside(PathBuf);

impl Files for Beside {
    fn read(&mut self, name: &str) -> Result<Vec<u8>, FileError> {
        std::fs::read(self.0.join(name)).map_err(|_| FileError::Missing)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

fn seeded() -> Box<dyn Entropy> {
    Box::new(SeededEntropy::new(7))
}

/// A workspace with keys for every seat, and a copy of its store from when it was empty.
fn base() -> &'static Path {
    static BASE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = BASE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let manner = Manner {
            entropy: &seeded,
            ..Manner::usual(None)
        };
        let mut workspace = Workspace::create(folder.path(), None, &manner).unwrap();
        workspace.backup(&folder.path().join("empty.db")).unwrap();
        let demo = demo();
        let source = std::fs::read_to_string(demo.join("dossier.toml")).unwrap();
        let books = Books::open(&source, &mut Beside(demo)).unwrap();
        onetext_desk::import(&books, &mut workspace, true, NOW).unwrap();
        folder
    });
    made.path()
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../onetext/demo")
}

pub(crate) struct World {
    pub(crate) bench: Arc<Workbench>,
    router: Router,
    folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

impl World {
    /// The sample process, with changes to its dossier.
    pub(crate) fn of(change: impl Fn(String) -> String) -> World {
        World::by(change, || NOW)
    }

    /// The same by another clock.
    pub(crate) fn by(change: impl Fn(String) -> String, clock: fn() -> i64) -> World {
        let demo = demo();
        let source = std::fs::read_to_string(demo.join("dossier.toml")).unwrap();
        let books = Books::open(&change(source), &mut Beside(demo)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let manner = Manner {
            entropy: &seeded,
            ..Manner::usual(None)
        };
        // The same keys in every world: those that age makes are random (ADR 0006).
        let keys = folder.path().join(KEYS_FOLDER);
        std::fs::create_dir(&keys).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o700)).unwrap();
        }
        for file in std::fs::read_dir(base().join(KEYS_FOLDER)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), keys.join(file.file_name())).unwrap();
        }
        Workspace::restore(&base().join("empty.db"), folder.path(), &manner).unwrap();
        let mut workspace = Workspace::open(folder.path(), &manner).unwrap();
        workspace.take_up_again().unwrap();
        onetext_desk::import(&books, &mut workspace, true, NOW).unwrap();
        let at: SocketAddr = HOST.parse().unwrap();
        let entrance = Entrance::open(folder.path()).unwrap();
        let bench = Workbench::new(Office::of(workspace), entrance, clock, at);
        let bench = Arc::new(bench);
        World {
            router: routes::router(Arc::clone(&bench)),
            bench,
            folder,
        }
    }

    /// The workspace's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn seconds() -> i64 {
        NOW / 1_000_000
    }

    /// A session at a seat, as its cookie.
    pub(crate) fn sits(&self, seat: &str) -> String {
        let entrance = self.bench.entrance();
        let secret = entrance
            .begin_session((seat, None), (Way::Terminal, "a test"), World::seconds())
            .unwrap();
        format!("onetext-8474={}", secret.reveal())
    }

    /// A session of somebody who speaks as one person of a seat alone.
    pub(crate) fn sits_as(&self, seat: &str, person: &str) -> String {
        let own = self.person(seat, &format!("as {person}"), Some(person));
        self.sits_by(seat, own)
    }

    /// A session of a person of the entrance.
    pub(crate) fn sits_by(&self, seat: &str, own: i64) -> String {
        let entrance = self.bench.entrance();
        let secret = entrance
            .begin_session(
                (seat, Some(own)),
                (Way::Password, "a test"),
                World::seconds(),
            )
            .unwrap();
        format!("onetext-8474={}", secret.reveal())
    }

    /// A person of a seat, by the name of the seat and a number.
    pub(crate) fn person(&self, seat: &str, name: &str, speaks_as: Option<&str>) -> i64 {
        let entrance = self.bench.entrance();
        let who = (name, "four words and a river");
        let made = entrance.make_person(who, (seat, speaks_as, "somebody"), World::seconds());
        made.unwrap()
    }

    /// A token of a person of a seat.
    pub(crate) fn token(&self, seat: &str, acts: bool) -> String {
        let entrance = self.bench.entrance();
        let name = format!("{seat} {acts}");
        let people = entrance.people_of(seat).unwrap();
        let known = people.iter().find(|person| person.name == name);
        let person = match known {
            Some(person) => person.id,
            None => self.person(seat, &name, None),
        };
        self.token_of(seat, person, acts)
    }

    pub(crate) fn token_of(&self, seat: &str, person: i64, acts: bool) -> String {
        let entrance = self.bench.entrance();
        let made = entrance.make_token((seat, person), ("a test", acts), 1, World::seconds());
        made.unwrap().reveal()
    }

    pub(crate) fn link(&self, purpose: Purpose, seat: &str) -> String {
        let entrance = self.bench.entrance();
        let secret = entrance
            .make_link((purpose, seat, "somebody"), World::seconds(), 60)
            .unwrap();
        secret.reveal().to_owned()
    }

    pub(crate) async fn raw(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.raw(request).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body(), 16 << 20).await.unwrap();
        let body = String::from_utf8(bytes.to_vec()).unwrap();
        Answer {
            status,
            headers,
            body,
        }
    }

    pub(crate) async fn get(&self, cookie: &str, path: &str) -> Answer {
        self.send(asked("GET", path, cookie, "")).await
    }

    pub(crate) async fn post(&self, cookie: &str, path: &str, form: &str) -> Answer {
        self.send(asked("POST", path, cookie, form)).await
    }
}

/// The value of a field of a form in a page.
pub(crate) fn field(page: &str, name: &str) -> String {
    let from = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    from.and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

/// The cookie that an answer gives.
pub(crate) fn cookie_of(answer: &Answer) -> String {
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// The path of the link that a page shows.
pub(crate) fn link_of(page: &str) -> String {
    let at = page.find("/link/").unwrap();
    page[at..at + 38].to_owned()
}

/// As a page of the workbench asks.
pub(crate) fn asked(method: &str, path: &str, cookie: &str, form: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", HOST)
        .header("origin", format!("http://{HOST}"))
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap()
}

/// As a program with a token asks.
pub(crate) fn with_token(method: &str, path: &str, token: &str, body: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", HOST)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

/// The code of a telephone, worked out apart from the workbench.
pub(crate) fn code_of(letters: &str, now: i64) -> String {
    let mut bits = Vec::new();
    for letter in letters.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'2' + 26,
        };
        bits.extend((0..5).rev().map(|bit| value >> bit & 1));
    }
    let key: Vec<u8> = bits
        .chunks_exact(8)
        .map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit))
        .collect();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = ring::hmac::sign(&key, &(now / 30).to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let word = u32::from_be_bytes([tag[at], tag[at + 1], tag[at + 2], tag[at + 3]]) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}
