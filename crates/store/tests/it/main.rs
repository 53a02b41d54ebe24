//! The store, tested from outside.

mod contract;
mod world;
