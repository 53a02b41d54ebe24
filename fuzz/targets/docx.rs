//! See the table in `fuzz/README.md`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| onetext_fuzz::docx::docx(input));
