//! The store, tested from outside.

mod bad_input;
mod contract;
mod copies;
mod keys;
mod law_2;
mod law_6;
mod law_6_disk;
mod samples;
mod secrecy;
mod tampering;
mod world;
