//! Formats that others defined, bytes in and bytes out.
//!
//! This crate is pure: it opens no file. Where a format names further files, whoever calls brings them
//! (see [`dossier::Files`]).

pub mod brief;
pub mod compilation;
pub mod docx;
pub mod dossier;
pub mod packages;
pub mod redline;
pub mod scenario;
pub mod state;
