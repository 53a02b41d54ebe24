//! Somebody without a session who sends slowly, or holds connections open.

use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use onetext_desk::workspace::{Manner, Workspace};
use onetext_web::entrance::Entrance;
use onetext_web::office::Office;
use onetext_web::tls::Identity;
use onetext_web::{Limits, Workbench};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const LIMITS: Limits = Limits {
    connections: 12,
    from_one: 6,
    handshake: Duration::from_secs(3),
    head: Duration::from_millis(700),
    whole: Duration::from_millis(1_500),
};

/// A workbench on a port, with or without TLS. The folder goes when the test ends.
fn served(tls: bool) -> (SocketAddr, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let manner = Manner::usual(None);
    let mut workspace = Workspace::create(folder.path(), Some("we"), &manner).unwrap();
    workspace.found_titled("we", "Our talks", 1).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let entrance = Entrance::in_memory().unwrap();
    let office = Office::of(workspace);
    let mut bench = Workbench::new(office, entrance, || 2_000_000, at).with_limits(LIMITS);
    if tls {
        let (chain, key) = (
            include_bytes!("../tls/certificate.pem"),
            include_bytes!("../tls/key.pem"),
        );
        let identity = Identity::of_pem(chain, key).unwrap();
        bench = bench.with_tls(identity, &["localhost".to_owned()], at.port());
    }
    std::thread::spawn(move || onetext_web::serve(bench, listener));
    (at, folder)
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a connection is held open is what is asked"
)]
fn instant() -> Instant {
    Instant::now()
}

/// What comes until the other side ends, and after how long it does.
async fn until_it_ends(mut stream: TcpStream) -> (String, Duration) {
    let (begun, mut all) = (instant(), Vec::new());
    let read = stream.read_to_end(&mut all);
    // A server that ends without a farewell has ended too.
    let _ = tokio::time::timeout(Duration::from_secs(20), read)
        .await
        .expect("it never ends");
    (String::from_utf8(all).unwrap(), begun.elapsed())
}

async fn sent(at: SocketAddr, words: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn a_head_that_does_not_come_and_a_connection_that_rests_are_ended() {
    let (at, _folder) = served(false);
    for words in [
        "",
        "GET /enter HTTP/1.1\r\nhost: ",
        "GET /enter HTTP/1.1\r\nhost: x\r\nx-y: ",
    ] {
        let (answer, _) = until_it_ends(sent(at, words).await).await;
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    // Answered, and then nothing more comes.
    let whole = format!("GET /first HTTP/1.1\r\nhost: {at}\r\n\r\n");
    let (answer, _) = until_it_ends(sent(at, &whole).await).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_ended() {
    let (at, _folder) = served(false);
    let head = format!(
        "POST /enter HTTP/1.1\r\nhost: {at}\r\norigin: http://{at}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 99\r\n\r\nname="
    );
    let (answer, after) = until_it_ends(sent(at, &head).await).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("This took too long to come"), "{answer}");
    assert!(after >= LIMITS.whole - Duration::from_millis(200));
}

#[tokio::test]
async fn who_holds_connections_open_holds_a_share_and_for_a_while() {
    let (at, _folder) = served(true);
    // They never shake hands. Beyond the share of one address the next is not even heard.
    let mut held = Vec::new();
    for _ in 0..LIMITS.from_one {
        held.push(sent(at, "").await);
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let (_, after) = until_it_ends(sent(at, "").await).await;
    assert!(after < LIMITS.handshake, "turned away at once: {after:?}");
    for stream in held {
        until_it_ends(stream).await;
    }
    // All are gone, and the share is free.
    let (_, after) = until_it_ends(sent(at, "").await).await;
    assert!(after >= LIMITS.handshake / 2, "heard again: {after:?}");
}
