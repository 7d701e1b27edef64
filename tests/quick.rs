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
        let (mut outside, mut answers) = (outside(), Vec::new());
        run(&mut short, LONGEST, |ask| {
            let answer = outside.answer(ask).unwrap().unwrap();
            answers.push(answer.clone());
            answer
        });
        let every = short.steps() / COMPARED + 1;
        let mut short = machine(program);
        let mut general = machine(program);
        general.never_quicken();
        // Both are told what the first run was told: what they do outside is done once.
        let (mut for_short, mut for_general) = (answers.iter(), answers.iter());
        while short.exit_status().is_none() && short.steps() < LONGEST {
            run(&mut short, every, |_| for_short.next().unwrap().clone());
            run(&mut general, every, |_| for_general.next().unwrap().clone());
            if short.digest() != general.digest() {
                return Some(format!("    the states differ by step {}", short.steps()));
            }
        }
        None
    });
}
