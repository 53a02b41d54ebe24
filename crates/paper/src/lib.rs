//! paper

pub mod state;
