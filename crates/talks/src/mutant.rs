//! Kinds and rules that can be switched off, so that it can be shown that some story or test fails without each of them
//! (`cargo xtask mutants`). In a build without the feature `mutants` nothing can be switched off.

/// The rules that can be switched off, beside every kind of act (`kind:silence`).
pub const RULES: &[&str] = &[
    "an assent binds to its wording",
    "an objection is carried",
    "levels count",
    "powers count",
    "an open bracket disputes",
    "a placeholder is open",
    "silence is unknown",
    "finality takes the own word",
    "finality takes a room of all",
    "signatures are in escrow",
    "an own copy is compared",
    "a version stands for its draft",
    "hold is held",
    "the first is not the latest",
    "inputs are not counted",
    "required texts are required",
    "a claim is judged",
    "a gate has reasons",
    "provisions keep their identity",
    "who was given what is known",
];

#[cfg(feature = "mutants")]
static OFF: std::sync::OnceLock<String> = std::sync::OnceLock::new();

/// Switches one of [`RULES`] or a kind off, once and for all.
#[cfg(feature = "mutants")]
pub fn switch_off(name: &str) {
    let _ = OFF.set(name.to_owned());
}

/// Whether a rule is switched off.
#[cfg(feature = "mutants")]
pub(crate) fn off(rule: &str) -> bool {
    OFF.get().is_some_and(|off| off == rule)
}

/// Whether a rule is switched off: never.
#[cfg(not(feature = "mutants"))]
#[inline]
pub(crate) fn off(_rule: &str) -> bool {
    false
}

/// Whether acts of a kind are ignored.
#[cfg(feature = "mutants")]
pub(crate) fn ignores(deed: &crate::act::Deed) -> bool {
    OFF.get()
        .is_some_and(|off| off.strip_prefix("kind:") == Some(deed.kind()))
}

/// Whether acts of a kind are ignored: never.
#[cfg(not(feature = "mutants"))]
#[inline]
pub(crate) fn ignores(_deed: &crate::act::Deed) -> bool {
    false
}
