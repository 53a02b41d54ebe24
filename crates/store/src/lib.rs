//! Remembering: acts and contents, sealed, in an embedded database.
