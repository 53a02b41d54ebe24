//! Handles: the names by which the blocks and acts of a record are called.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

macro_rules! handle {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Whether the two share their letters in memory: then they are the same name, and seen to be at a glance.
            #[must_use]
            pub fn is_shared_with(&self, other: &Self) -> bool {
                Arc::ptr_eq(&self.0, &other.0)
            }

            /// The name as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(Arc::from(name))
            }
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self(Arc::from(name))
            }
        }

        impl From<Arc<str>> for $name {
            fn from(name: Arc<str>) -> Self {
                Self(name)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }
    )*};
}

handle! {
    /// A seat: a delegation at the process.
    SeatId,
    /// A person, who acts for a seat.
    PersonId,
    /// A room: a fixed set of seats and the acts they share.
    RoomId,
    /// A text under negotiation.
    TextId,
    /// A draft of a text, or a seat's own name for its copy of one.
    DraftId,
    /// An act.
    ActId,
    /// A claim inside a statement.
    ClaimId,
    /// A tenet of an understanding.
    TenetId,
}

/// How acts begin to be called that have no name of their own yet.
const UNNAMED: &str = "(this act)";

impl ActId {
    /// What an act is called until its digest is known, where its author gives it no handle: the first such act of a record, the
    /// second and so on.
    ///
    /// ```
    /// use onetext_talks::ActId;
    ///
    /// assert_eq!(ActId::unnamed(0).as_str(), "(this act)");
    /// assert!(ActId::unnamed(7).is_unnamed());
    /// ```
    #[must_use]
    pub fn unnamed(number: usize) -> ActId {
        match number {
            0 => UNNAMED.into(),
            number => format!("{UNNAMED} {number}").into(),
        }
    }

    /// Whether an act is called so. As a handle nobody may give it, and whoever did keeps nobody from being called so: it names
    /// one act for as long as that is looked at.
    #[must_use]
    pub fn is_unnamed(&self) -> bool {
        self.0.starts_with(UNNAMED)
    }
}

impl RoomId {
    /// The room of all seats.
    #[must_use]
    pub fn plenary() -> Self {
        "plenary".into()
    }

    /// The room of all seats for what is said in the open.
    #[must_use]
    pub fn public() -> Self {
        "public".into()
    }

    /// The delegation room of a seat.
    #[must_use]
    pub fn chamber(seat: &SeatId) -> Self {
        format!("chamber-{seat}").into()
    }
}
