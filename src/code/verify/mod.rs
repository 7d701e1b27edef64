//! Whether a code object can be run: what a compiler makes always can, what comes from a file may be anything.
//!
//! A code object that passes never takes from an empty value stack nor lets it grow beyond `co_stacksize`,
//! jumps only to instructions, names only constants, names and locals that are there, borrows no local that
//! it overwrites, and ends only where it returns or raises.  That a value has the type which an instruction
//! expects is not proved here: the machine looks at what it finds, and raises `SystemError`.

mod constant;
mod entry;
mod flow;
mod instruction;
mod operand;
mod table;
mod variable;

use std::borrow::Cow;
use std::rc::Rc;

use rustc_hash::FxHashSet;
use thiserror::Error;

use super::{CodeObject, CodeUnit};

/// Why a code object cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("code object {qualname}{}: {problem}", place(*.at))]
pub struct VerifyError {
    /// The qualified name of the code object that is wrong: the one asked about, or one inside it.
    pub qualname: Rc<str>,
    /// The instruction that is wrong; none where it is the code object as a whole.
    pub at: Option<CodeUnit>,
    /// What is wrong with it.
    pub problem: Cow<'static, str>,
}

fn place(at: Option<CodeUnit>) -> String {
    at.map_or_else(String::new, |at| format!(" at offset {}", at.bytes()))
}

/// A problem and its place, before it is known whose it is.
type Check<T = ()> = Result<T, (Option<CodeUnit>, Cow<'static, str>)>;

/// A problem of the code object as a whole.
fn whole<T>(problem: impl Into<Cow<'static, str>>) -> Check<T> {
    Err((None, problem.into()))
}

/// A problem of the instruction at `at`.
fn at<T>(at: CodeUnit, problem: impl Into<Cow<'static, str>>) -> Check<T> {
    Err((Some(at), problem.into()))
}

/// Verifies a code object and all those inside it.  The time it takes grows with their size, not with how
/// often one is referred to.
pub fn verify(code: &Rc<CodeObject>) -> Result<(), VerifyError> {
    let mut seen = FxHashSet::from_iter([Rc::as_ptr(code)]);
    let mut left = vec![Rc::clone(code)];
    while let Some(code) = left.pop() {
        verify_alone(&code)?;
        left.extend(code.children().filter(|child| seen.insert(Rc::as_ptr(child))).cloned());
    }
    Ok(())
}

/// Verifies a code object, and not those inside it.
pub fn verify_alone(code: &CodeObject) -> Result<(), VerifyError> {
    one(code).map_err(|(at, problem)| VerifyError { qualname: Rc::clone(&code.qualname), at, problem })
}

fn one(code: &CodeObject) -> Check {
    variable::check(code)?;
    constant::check(code)?;
    let instructions = instruction::decode(&code.code)?;
    for instruction in &instructions.list {
        operand::check(code, instruction)?;
    }
    table::lines(code)?;
    let handlers = table::handlers(code, &instructions)?;
    entry::check(code, &instructions, &handlers)?;
    flow::check(code, &instructions, &handlers)
}
