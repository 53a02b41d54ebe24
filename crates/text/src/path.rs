//! Paths: how a person names a provision.

/// Why a path names no provision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// No provision has that path.
    #[error("no provision is named {path}{}", nearest.as_ref().map(|n| format!("; did you mean {n}?")).unwrap_or_default())]
    Unknown {
        /// The path as given.
        path: String,
        /// The most similar path of the draft.
        nearest: Option<String>,
    },
    /// More than one provision has that path.
    #[error("{path} names more than one provision: {}", candidates.join(", "))]
    Ambiguous {
        /// The path as given.
        path: String,
        /// The provisions it fits, each as `path (line N)`.
        candidates: Vec<String>,
    },
}
