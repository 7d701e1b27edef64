//! Compiled files that no compiler wrote: refused with a reason, or run without a fault, never a panic.

#[path = "support/drive.rs"]
mod drive;
#[path = "support/mutate.rs"]
mod mutate;
mod support;

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use mutate::{Random, mutated};
use proptest::prelude::*;
use support::{Program, ROOT, code, programs};
use wordcode::code::pyc::{self, Source};
use wordcode::code::verify::verify;
use wordcode::code::{CodeObject, marshal};
use wordcode::record::dis::{DisOptions, disassembly};

const STEPS: u64 = 2_000;

/// A program, and its code with some changes that `seed` decides.
fn changed(seed: u64) -> (Program, Rc<CodeObject>) {
    let mut random = Random::new(seed);
    let mut all = programs();
    let program = all.swap_remove(random.below(all.len()));
    let code = mutated(&code(&program), &mut random);
    (program, Rc::new(code))
}

fn text(program: &Program) -> String {
    String::from_utf8_lossy(&fs::read(program.path()).unwrap()).replace('\0', "")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn code_that_is_verified_runs_without_a_fault(seed in any::<u64>()) {
        let (program, code) = changed(seed);
        // What is refused, is refused with a reason that can be shown.
        if let Err(error) = drive::run(&code, &text(&program), STEPS) {
            drop(error.to_string());
        }
    }

    #[test]
    fn code_is_verified_or_refused_whatever_its_bytes(seed in any::<u64>(), spoils in prop::collection::vec((any::<usize>(), any::<u8>()), 1..4)) {
        let (_, code) = changed(seed);
        let mut bytes = pyc::write(&code, Source::Timestamp { mtime: 0, size: 0 });
        for (place, byte) in spoils {
            let length = bytes.len();
            bytes[place % length] = byte;
        }
        if let Ok((_, code)) = pyc::read(&bytes) {
            let all = DisOptions { show_positions: true, show_caches: true, ..DisOptions::default() };
            drop(disassembly(&code, all));
            let again = marshal::write(&code);
            prop_assert_eq!(marshal::write(&marshal::read(&again).unwrap()), again);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn code_that_is_verified_can_be_looked_at(seed in any::<u64>()) {
        let (program, code) = changed(seed);
        if let Err(error) = drive::look(&code, &text(&program), 40) {
            drop(error.to_string());
        }
    }
}

#[test]
fn what_the_fuzzer_found_runs_without_a_fault() {
    let folder = Path::new(ROOT).join("tests/hostile_pyc");
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        println!("{}", file.display());
        if let Ok((_, code)) = pyc::read(&fs::read(&file).unwrap()) {
            drop(drive::run(&code, "x = é + 本\n", 10_000));
        }
    }
}

#[test]
fn many_changes_pass_so_that_the_machine_meets_them() {
    let (passed, all) = (Cell::new(0), 400);
    for seed in 0..all {
        passed.set(passed.get() + usize::from(verify(&changed(seed * 7919).1).is_ok()));
    }
    assert!(passed.get() > all as usize / 10, "{} of {all} pass", passed.get());
    println!("{} of {all} pass", passed.get());
}
