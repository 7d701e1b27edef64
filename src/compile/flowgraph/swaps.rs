//! Shortens runs of `SWAP`, and swaps instructions instead of stack slots where it comes to the same.

use super::Instr;
use crate::code::Opcode;

/// Optimises every run of swaps in a block.
pub(super) fn optimize(code: &mut [Instr]) {
    let mut at = 0;
    while at < code.len() {
        if code[at].opcode == Opcode::SWAP {
            at += shorten_run(&mut code[at..]);
            swap_instructions(code, at);
        }
        at += 1;
    }
}

/// Replaces the run of `SWAP` and `NOP` that `code` begins with by the shortest one that does the
/// same; gives the distance to the last instruction of the run, 0 for a single swap.
fn shorten_run(code: &mut [Instr]) -> usize {
    let is_in_run = |instr: &Instr| matches!(instr.opcode, Opcode::SWAP | Opcode::NOP);
    let len = code.iter().position(|instr| !is_in_run(instr)).unwrap_or(code.len());
    let run = &mut code[..len];
    let swaps = || run.iter().filter(|instr| instr.opcode == Opcode::SWAP);
    if swaps().count() < 2 {
        return 0;
    }
    let depth = swaps().map(|instr| instr.arg as usize).max().unwrap_or(0);
    // What each slot holds in the end, the top being slot 0.
    let mut stack: Vec<Option<usize>> = (0..depth).map(Some).collect();
    for instr in swaps() {
        stack.swap(0, instr.arg as usize - 1);
    }
    // Each cycle of the permutation is written backwards from the end of the run; every cycle passes
    // through the top, as only it can be swapped.  That never takes more swaps than there were.
    let mut end = run.len();
    for start in 0..depth {
        if stack[start].is_none() || stack[start] == Some(start) {
            continue;
        }
        let mut slot = start;
        loop {
            if slot != 0 {
                end -= 1;
                run[end].set(Opcode::SWAP, slot as u32 + 1);
            }
            match stack[slot].take() {
                Some(next) => slot = next,
                None => break,
            }
        }
    }
    for instr in &mut run[..end] {
        instr.set_nop();
    }
    len - 1
}

/// Only these may change places: they take the top of the stack, run no other code and do not jump.
const fn is_swappable(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::STORE_FAST | Opcode::STORE_FAST_MAYBE_NULL | Opcode::POP_TOP)
}

fn stored_local(instr: &Instr) -> Option<u32> {
    matches!(instr.opcode, Opcode::STORE_FAST | Opcode::STORE_FAST_MAYBE_NULL).then_some(instr.arg)
}

/// The next instruction behind `at` that may change places, if only NOPs lie between; on `line`,
/// where one is given, as the tracing of lines would show a store on another line.
fn next_swappable(code: &[Instr], at: usize, line: Option<i32>) -> Option<usize> {
    for (index, instr) in code.iter().enumerate().skip(at + 1) {
        if line.is_some_and(|line| line >= 0 && instr.location.line != line) {
            return None;
        }
        if instr.opcode != Opcode::NOP {
            return is_swappable(instr.opcode).then_some(index);
        }
    }
    None
}

/// Going back from `at`, replaces swaps by changing the order of the stores behind them.
fn swap_instructions(code: &mut [Instr], at: usize) {
    for swap in (0..=at).rev() {
        if code[swap].opcode != Opcode::SWAP {
            if code[swap].opcode == Opcode::NOP || is_swappable(code[swap].opcode) {
                continue;
            }
            return;
        }
        let Some(first) = next_swappable(code, swap, None) else { return };
        let line = code[first].location.line;
        let mut second = first;
        for _ in 1..code[swap].arg {
            match next_swappable(code, second, Some(line)) {
                Some(next) => second = next,
                None => return,
            }
        }
        let (store, other) = (stored_local(&code[first]), stored_local(&code[second]));
        if store.is_some() || other.is_some() {
            if store == other {
                return;
            }
            let mut between = code[first + 1..second].iter().filter_map(stored_local);
            if between.any(|local| Some(local) == store || Some(local) == other) {
                return;
            }
        }
        code[swap].set_nop();
        code.swap(first, second);
    }
}
