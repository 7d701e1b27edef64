//! The short way that common instructions take makes no difference: both ways give the same states.

mod support;

use support::{check_all, machine, outside, run};

/// How many states of a program are compared, besides the last.
const COMPARED: u64 = 200;
const LONGEST: u64 = 100_000;

#[test]
fn the_short_way_leaves_the_states_of_the_general_one() {
    check_all("quick_differs.txt", |program| {
        let mut short = machine(program);
        run(&mut short, &mut outside(), LONGEST);
        let every = short.steps() / COMPARED + 1;
        let mut short = machine(program);
        let mut general = machine(program);
        general.never_quicken();
        let (mut short_outside, mut general_outside) = (outside(), outside());
        while short.exit_status().is_none() && short.steps() < LONGEST {
            run(&mut short, &mut short_outside, every);
            run(&mut general, &mut general_outside, every);
            if short.digest() != general.digest() {
                return Some(format!("    the states differ by step {}", short.steps()));
            }
        }
        None
    });
}
