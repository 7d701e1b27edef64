//! The short way that common instructions take makes no difference: both ways give the same states.

mod support;

use support::{check_all, machine};

/// How many states of a program are compared, besides the last.
const COMPARED: u64 = 200;
const LONGEST: u64 = 100_000;

#[test]
fn the_short_way_leaves_the_states_of_the_general_one() {
    check_all("quick_differs.txt", |program| {
        let mut short = machine(program);
        short.run(LONGEST);
        let every = short.steps() / COMPARED + 1;
        let mut short = machine(program);
        let mut general = machine(program);
        general.never_quicken();
        while short.exit_status().is_none() && short.steps() < LONGEST {
            short.run(every);
            general.run(every);
            if short.digest() != general.digest() {
                return Some(format!("    the states differ by step {}", short.steps()));
            }
        }
        None
    });
}
