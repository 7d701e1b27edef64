//! Any bytes as a program: an error that can be shown, or code that stands the verifier, twice the same.

#![no_main]

#[path = "../check.rs"]
mod check;

use libfuzzer_sys::fuzz_target;
use wordcode::text::SourceFile;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = SourceFile::from_bytes("fuzz.py", bytes) {
        check::check(&source);
    }
});
