//! Compiled files that pass the verifier: they run for a while, and reference counts are right all the way.
//!
//! New inputs are made by changing instructions, tables and constants of a file, so that many of them pass.

#![no_main]

#[path = "../../tests/support/drive.rs"]
mod drive;
#[path = "../../tests/support/mutate.rs"]
mod mutate;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use mutate::{Random, mutated};
use wordcode::code::marshal;
use wordcode::code::pyc;

const STEPS: u64 = 10_000;

/// A text that the code's locations do not fit, with characters of several bytes.
const TEXT: &str = "x = é + 本\nif 𝒙:\n\tpass\n";

fuzz_target!(|bytes: &[u8]| {
    let Ok((_, code)) = pyc::read(bytes) else { return };
    drive::run(&code, TEXT, STEPS).expect("what was read has been verified");
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let read = pyc::header(&data[..size]).and_then(|(tie, marshalled)| Ok((tie, marshal::read(marshalled)?)));
    if let Ok((tie, code)) = read
        && !seed.is_multiple_of(8)
    {
        let bytes = pyc::write(&mutated(&code, &mut Random::new(seed.into())), tie);
        if bytes.len() <= max_size {
            data[..bytes.len()].copy_from_slice(&bytes);
            return bytes.len();
        }
    }
    fuzzer_mutate(data, size, max_size)
});
