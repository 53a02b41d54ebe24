//! A signed act: the bytes that are kept, carried and checked.

use crate::body::{Body, LARGEST_BODY, kind_of};
use crate::canonical::CanonicalError;
use crate::digest::ActDigest;
use crate::envelope::{Commitment, Envelope, EnvelopeError};
use crate::key::{KnownKeys, SIGNATURE_LABEL, Signature, SiteId, SiteKey};

/// An act as it is kept and carried, to the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAct {
    /// The envelope, as the bytes that were signed.
    pub envelope: Vec<u8>,
    /// The site's signature over the act's name.
    pub signature: Signature,
    /// What was done; none where it was erased.
    pub body: Option<Body>,
    /// A person's own signature over the act's name, beside the site's.
    pub person: Option<(SiteId, Signature)>,
}

/// What is wrong with an act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The envelope is none.
    #[error("its envelope was changed or is none: {0}")]
    Envelope(#[from] EnvelopeError),
    /// The site's signature is not that of the site named.
    #[error("its signature is not that of the site that it names")]
    Signature,
    /// The person's signature is wanting, or not that of the key that the envelope names, or there is one and the
    /// envelope names no key.
    #[error("the person's signature is not that of the key that its envelope names")]
    PersonSignature,
    /// Body and salt are not those that the envelope commits to.
    #[error("its body or salt was changed: they are not what the envelope commits to")]
    Body,
    /// The body is not in canonical form.
    #[error("its body is not in canonical form: {0}")]
    BodyForm(#[from] CanonicalError),
    /// Its line in a record or a pouch is not as the format says.
    #[error("what is kept of it was changed: {0}")]
    Line(&'static str),
    /// The body is canonical JSON and no object with a `kind`.
    #[error("its body is no object with a `kind`")]
    BodyKind,
    /// The body is larger than any may be.
    #[error("its body has {0} bytes; at most {LARGEST_BODY} are read")]
    BodySize(usize),
}

impl SignedAct {
    /// Signs an act: the commitment of the body is entered into the envelope, and the site that signs.
    ///
    /// Where the envelope names the actor's own key, the person's signature is added with
    /// [`signed_by_person`](Self::signed_by_person).
    ///
    /// # Errors
    /// Where envelope or body break a rule of the format.
    pub fn sign(mut envelope: Envelope, body: Body, key: &SiteKey) -> Result<SignedAct, Fault> {
        if body.bytes.len() > LARGEST_BODY {
            return Err(Fault::BodySize(body.bytes.len()));
        }
        kind_of(&body.value()?).ok_or(Fault::BodyKind)?;
        envelope.body = Commitment(body.commitment());
        envelope.recorder.site = key.site();
        let bytes = envelope.bytes()?;
        let signature = key.sign_act(&ActDigest::of(&bytes));
        Ok(SignedAct {
            envelope: bytes,
            signature,
            body: Some(body),
            person: None,
        })
    }

    /// The act's name: the digest of its envelope.
    #[must_use]
    pub fn id(&self) -> ActDigest {
        ActDigest::of(&self.envelope)
    }

    /// The act with the person's own signature beside the site's.
    #[must_use]
    pub fn signed_by_person(mut self, key: &SiteKey) -> SignedAct {
        let signature = key.sign(PERSON_LABEL, &self.id().0);
        self.person = Some((key.site(), signature));
        self
    }

    /// Checks everything that can be checked of one act alone, and gives its envelope.
    ///
    /// Whether the site may write for that seat is a matter of the process's keys: see [`Keys`](crate::Keys).
    ///
    /// # Errors
    /// [`Fault`]: the first thing that is wrong, in the order envelope, signature, person's signature, body.
    pub fn check(&self) -> Result<Envelope, Fault> {
        self.read().map(|(envelope, _)| envelope)
    }

    /// As [`check`](Self::check), and what the body says; none where it was erased.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn read(&self) -> Result<(Envelope, Option<serde_json::Value>), Fault> {
        self.read_with(&mut KnownKeys::default())
    }

    /// As [`read`](Self::read), for who reads many acts of few sites.
    pub(crate) fn read_with(
        &self,
        keys: &mut KnownKeys,
    ) -> Result<(Envelope, Option<serde_json::Value>), Fault> {
        let envelope = Envelope::read(&self.envelope)?;
        let id = self.id();
        let site = &envelope.recorder.site;
        if !keys.signed(site, SIGNATURE_LABEL, &id.0, &self.signature) {
            return Err(Fault::Signature);
        }
        let person_signed = match (&self.person, envelope.actor.key) {
            (None, None) => true,
            (Some((key, signature)), Some(named)) => {
                *key == named && keys.signed(key, PERSON_LABEL, &id.0, signature)
            }
            _ => false,
        };
        if !person_signed {
            return Err(Fault::PersonSignature);
        }
        let value = match &self.body {
            Some(body) => Some(read_body(body, &envelope.body)?),
            None => None,
        };
        Ok((envelope, value))
    }
}

fn read_body(body: &Body, commitment: &Commitment) -> Result<serde_json::Value, Fault> {
    if body.bytes.len() > LARGEST_BODY {
        return Err(Fault::BodySize(body.bytes.len()));
    }
    if body.commitment() != commitment.0 {
        return Err(Fault::Body);
    }
    let value = body.value()?;
    kind_of(&value).ok_or(Fault::BodyKind)?;
    Ok(value)
}

/// Under which label a person signs an act.
pub(crate) const PERSON_LABEL: &str = "onetext person 1";
