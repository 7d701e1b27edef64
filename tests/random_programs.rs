//! Programs that nobody wrote: what must hold of every program holds of them too.  `fuzz/` has a target that
//! looks for such programs all night.

#[path = "support/random_program.rs"]
mod random_program;
#[path = "support/same_states.rs"]
mod same_states;

use random_program::program;

/// How many programs there are, and how many bytes choose each.
const PROGRAMS: u64 = 30;
const BYTES: usize = 400;
const STEPS: u64 = 4_000;

/// Bytes that look like chance, the same for the same seed: Marsaglia's xorshift.
fn bytes(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn random_programs_go_through_the_same_states_in_every_way() {
    let first = std::env::var("FIRST_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let count = std::env::var("PROGRAMS").map_or(PROGRAMS, |count| count.parse().expect("a number"));
    for seed in first..first + count {
        let text = program(&bytes(seed, BYTES));
        same_states::check(&text, STEPS);
    }
}
