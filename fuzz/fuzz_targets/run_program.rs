//! Programs that end, each byte of the input choosing how one goes on: see `tests/support/same_states.rs` for
//! what must hold of them.

#![no_main]

#[path = "../../tests/support/random_program.rs"]
mod random_program;
#[path = "../../tests/support/same_states.rs"]
mod same_states;

use libfuzzer_sys::fuzz_target;

/// How many steps of a program are made.
const STEPS: u64 = 20_000;

fuzz_target!(|bytes: &[u8]| same_states::check(&random_program::program(bytes), STEPS));
