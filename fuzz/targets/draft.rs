//! See the table in `fuzz/README.md`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| onetext_fuzz::draft(input));
