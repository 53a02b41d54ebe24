//! As much of HTTP as the bench speaks: one connection, one request after the other.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::failure::{Failure, Result, While};

/// How long an answer may take before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection.
pub(super) struct Client {
    at: SocketAddr,
    reads: BufReader<TcpStream>,
}

impl Client {
    pub(super) fn to(at: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect(at).on("connecting")?;
        stream.set_nodelay(true).on("connecting")?;
        stream.set_read_timeout(Some(PATIENCE)).on("connecting")?;
        Ok(Client {
            at,
            reads: BufReader::new(stream),
        })
    }

    fn send(&mut self, method: &str, path: &str, header: &str, body: &str) -> Result {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\n{header}\r\ncontent-length: {}\r\n\r\n{body}",
            self.at,
            body.len()
        );
        self.reads
            .get_mut()
            .write_all(request.as_bytes())
            .on("asking")
    }

    /// The status, and how long the body is.
    fn head(&mut self) -> Result<(u16, usize)> {
        let (mut status, mut length, mut line) = (None, 0, String::new());
        loop {
            line.clear();
            self.reads.read_line(&mut line).on("reading")?;
            let words = line.trim_end();
            if words.is_empty() {
                break;
            }
            if status.is_none() {
                status = words
                    .split(' ')
                    .nth(1)
                    .and_then(|status| status.parse().ok());
            } else if let Some((name, value)) = words.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let status = status.ok_or_else(|| Failure::because("the server said nothing"))?;
        Ok((status, length))
    }

    fn answer(&mut self) -> Result<(u16, Vec<u8>)> {
        let (status, length) = self.head()?;
        let mut body = vec![0; length];
        self.reads.read_exact(&mut body).on("reading")?;
        Ok((status, body))
    }

    /// A page.
    pub(super) fn get(&mut self, path: &str, header: &str) -> Result<Vec<u8>> {
        self.send("GET", path, header, "")?;
        match self.answer()? {
            (200, body) => Ok(body),
            (status, _) => Err(Failure::because(format!(
                "{path} was answered with {status}"
            ))),
        }
    }

    /// Something put on record, with its answer.
    pub(super) fn post(&mut self, path: &str, header: &str, body: &str) -> Result<String> {
        let header = format!("{header}\r\ncontent-type: application/json");
        self.send("POST", path, &header, body)?;
        let (status, answer) = self.answer()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        match status {
            201 => Ok(answer),
            _ => Err(Failure::because(format!(
                "{path} was answered with {status}: {answer}"
            ))),
        }
    }

    /// Opens a stream of events.
    pub(super) fn listen(&mut self, path: &str, header: &str) -> Result {
        self.send("GET", path, header, "")?;
        match self.head()?.0 {
            200 => Ok(()),
            status => Err(Failure::because(format!(
                "{path} was answered with {status}"
            ))),
        }
    }

    /// Waits for the next mark of a stream.
    pub(super) fn mark(&mut self) -> Result<String> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.reads.read_line(&mut line).on("waiting for news")? == 0 {
                return Err(Failure::because("the stream ended"));
            }
            if let Some(mark) = line.trim_end().strip_prefix("data: ") {
                return Ok(mark.to_owned());
            }
        }
    }
}
