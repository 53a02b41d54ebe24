//! Kinds and rules that can be switched off, so that it can be shown that some story fails without each of them
//! (`cargo xtask mutants`). In a build without the feature `mutants` nothing can be switched off.

/// The rules that can be switched off, beside every kind of act (`kind:silence`) and every kind of alert
/// (`alert:terms-differ`).
pub const RULES: &[&str] = &[
    "a claim is judged",
    "a gate has reasons",
    "a group is named",
    "a non-paper states nothing",
    "a note verbale awaits a reply",
    "a placeholder is open",
    "a version stands for its draft",
    "agreed in aim is yellow",
    "an assent binds to its wording",
    "an item needs its opening words",
    "an objection is carried",
    "an open bracket disputes",
    "an own copy is compared",
    "common takes every side",
    "criticism disputes",
    "each text has its own parties",
    "endorsing accepts nothing",
    "finality takes a room of all",
    "finality takes every point",
    "finality takes the own word",
    "hold is held",
    "inputs are not counted",
    "letter and spirit are two",
    "levels count",
    "other rooms are closed",
    "powers count",
    "proposals stand beside the text",
    "provisions keep their identity",
    "required texts are required",
    "rooms are merged",
    "signatures are in escrow",
    "silence is unknown",
    "the first is not the latest",
    "what another wrote down is reported",
    "what is about an act is told with it",
    "what was not known then is left out",
    "who was given what is known",
];

#[cfg(feature = "mutants")]
static OFF: std::sync::OnceLock<String> = std::sync::OnceLock::new();

/// Switches one of [`RULES`], a kind of act or a kind of alert off, once and for all.
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

/// Whether alerts of a kind are not raised.
#[cfg(feature = "mutants")]
pub(crate) fn hushes(kind: crate::status::AlertKind) -> bool {
    OFF.get()
        .is_some_and(|off| off.strip_prefix("alert:") == Some(kind.name()))
}

/// Whether alerts of a kind are not raised: never.
#[cfg(not(feature = "mutants"))]
#[inline]
pub(crate) fn hushes(_kind: crate::status::AlertKind) -> bool {
    false
}
