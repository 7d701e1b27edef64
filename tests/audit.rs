//! Reference counts are exact: counted anew from the roots, they are the same between any two steps.

mod support;

use support::{Program, check_all, machine, outside, run};

/// How many of a program's steps are audited at most; of a sample all are.
const AUDITS: u64 = 300;
const LONGEST: u64 = 200_000;

#[test]
fn reference_counts_are_exact() {
    check_all("audit_differs.txt", |program| {
        let steps = steps(program)?;
        let every = if program.is_sample() { 1 } else { steps / AUDITS + 1 };
        let (mut machine, mut outside) = (machine(program), outside());
        while machine.exit_status().is_none() && machine.steps() < LONGEST {
            run(&mut machine, 1, |ask| outside.answer(ask).unwrap().unwrap());
            let due = machine.steps().is_multiple_of(every) || machine.exit_status().is_some();
            if due && let Err(error) = machine.audit() {
                return Some(format!("    after step {}: {error}", machine.steps()));
            }
        }
        None
    });
}

/// How many steps a program makes; `None`, so that it is no failure here, where that are too many.
fn steps(program: &Program) -> Option<u64> {
    let mut machine = machine(program);
    let mut outside = outside();
    run(&mut machine, LONGEST, |ask| outside.answer(ask).unwrap().unwrap());
    Some(machine.steps())
}
