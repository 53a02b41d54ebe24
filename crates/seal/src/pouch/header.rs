//! The first and the last line of a pouch.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::canonical::{canonical, canonical_value};
use crate::digest::ActDigest;
use crate::envelope::{FORMAT, ProcessId};
use crate::key::{Signature, SiteId};

/// Under which label a site signs a pouch.
pub(super) const POUCH_LABEL: &str = "onetext pouch 1";

/// Who sends a pouch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    /// The seat.
    pub seat: String,
    /// The site that signs.
    pub site: SiteId,
}

/// To whom a pouch goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// The seat.
    pub seat: String,
    /// The one site, where it is for a mission's laptop; else it is for every site of the seat that is not limited to
    /// some rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
}

/// The heads of some rooms.
pub(super) type RoomHeads = BTreeMap<String, BTreeSet<ActDigest>>;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) format: u64,
    pub(super) from: Sender,
    /// The sender's heads of the rooms that both sit in.
    pub(super) heads: RoomHeads,
    pub(super) onetext: String,
    /// The heads that the receiver is taken to have: what the acts of this pouch rest on.
    pub(super) previous: RoomHeads,
    pub(super) process: ProcessId,
    pub(super) to: Addressee,
}

impl Header {
    pub(super) const WORD: &'static str = "pouch";

    pub(super) fn line(&self) -> Option<Vec<u8>> {
        canonical(self).ok()
    }

    /// Reads the line; the error says what is wrong with it.
    pub(super) fn read(line: &[u8]) -> Result<Header, String> {
        let value = canonical_value(line).map_err(|error| error.to_string())?;
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        if let Some(format) = format
            && format != FORMAT
        {
            return Err(format!(
                "it is of format {format}; this program reads format {FORMAT}"
            ));
        }
        let header: Header = serde_json::from_value(value).map_err(|error| error.to_string())?;
        match header.line().as_deref() == Some(line) && header.onetext == Header::WORD {
            true => Ok(header),
            false => Err("it is not as a pouch begins".to_owned()),
        }
    }
}

/// The last line.
pub(super) fn signature_line(signature: &Signature) -> String {
    format!(r#"{{"signature":"{signature}"}}"#)
}

/// Reads the last line.
pub(super) fn read_signature_line(line: &[u8]) -> Option<Signature> {
    let text = std::str::from_utf8(line).ok()?;
    let digits = text
        .strip_prefix(r#"{"signature":""#)?
        .strip_suffix(r#""}"#)?;
    digits.parse().ok()
}
