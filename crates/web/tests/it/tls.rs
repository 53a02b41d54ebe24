//! TLS: the certificate is shown, the cookie is for this host by TLS alone, and browsers are told to come by TLS.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use onetext_desk::workspace::{Manner, Workspace};
use onetext_web::Workbench;
use onetext_web::entrance::{Entrance, Purpose};
use onetext_web::office::Office;
use onetext_web::tls::{Identity, TlsError};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsConnector;

/// A certificate for tests alone, of nobody.
const CERTIFICATE: &[u8] = include_bytes!("../tls/certificate.pem");
const KEY: &[u8] = include_bytes!("../tls/key.pem");

#[test]
fn a_key_that_is_none_is_refused() {
    let refused = Identity::of_pem(CERTIFICATE, b"none");
    assert!(matches!(refused, Err(TlsError::Key)), "{refused:?}");
    let refused = Identity::of_pem(b"none", KEY);
    assert!(matches!(refused, Err(TlsError::Certificate)), "{refused:?}");
    assert!(Identity::of_pem(CERTIFICATE, KEY).is_ok());
}

async fn ask(at: SocketAddr, request: String) -> String {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(CERTIFICATE).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = tokio::net::TcpStream::connect(at).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A server that ends without a farewell has answered all the same.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn with_tls_the_cookie_is_this_hosts_alone() {
    let folder = tempfile::tempdir().unwrap();
    let manner = Manner::usual(None);
    let mut workspace = Workspace::create(folder.path(), Some("we"), &manner).unwrap();
    workspace.found_titled("we", "Our talks", 1).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let entrance = Entrance::in_memory().unwrap();
    let link = entrance
        .make_link((Purpose::SignIn, "we", "a test"), 1, 60)
        .unwrap();
    let identity = Identity::of_pem(CERTIFICATE, KEY).unwrap();
    let names = ["localhost".to_owned()];
    let bench = Workbench::new(Office::of(workspace), entrance, || 2_000_000, at).with_tls(
        identity,
        &names,
        at.port(),
    );
    assert_eq!(bench.address(), format!("https://localhost:{}", at.port()));
    std::thread::spawn(move || onetext_web::serve(bench, listener));

    let host = format!("localhost:{}", at.port());
    let path = format!("/link/{}", link.reveal());
    let plain = ask(
        at,
        format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        ),
    );
    assert!(plain.await.starts_with("HTTP/1.1 403"), "another origin");
    let entered = ask(
        at,
        format!("POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: https://{host}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
    )
    .await;
    assert!(entered.starts_with("HTTP/1.1 303"), "{entered}");
    assert!(
        entered.contains("strict-transport-security: max-age=31536000"),
        "{entered}"
    );
    assert!(
        entered.contains(&format!("set-cookie: __Host-onetext-{}=", at.port())),
        "{entered}"
    );
    assert!(
        entered.contains("HttpOnly; Secure; SameSite=Strict"),
        "{entered}"
    );

    let switched = ask(
        at,
        format!("POST /language HTTP/1.1\r\nhost: {host}\r\norigin: https://{host}\r\nreferer: https://{host}/first\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 11\r\nconnection: close\r\n\r\nlanguage=uk"),
    )
    .await;
    assert!(
        switched.contains("location: /first\r\n"),
        "back to where one was: {switched}"
    );
}
