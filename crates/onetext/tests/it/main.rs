//! The program as people run it.

mod answers;
mod demo;
mod errors;
mod help;
mod stories;
mod support;
