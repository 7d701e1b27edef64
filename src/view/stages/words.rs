//! Changes in words, and constants as they stand in rows.

use std::rc::Rc;

use crate::code::{CodeObject, Const, Opcode, operand};
use crate::compile::flowgraph::{Change, ChangeKind, Operation};
use crate::compile::{TreeChange, TreeChangeKind};
use crate::view::constant;

/// Constants longer than this are cut.
const LONGEST: usize = 60;

/// A constant in a row.
pub fn short(value: &Const) -> String {
    match value {
        Const::Code(code) => format!("<code {}>", code.qualname),
        other => cut(&constant::text(other, &|_: &CodeObject| 0)),
    }
}

/// A text without its middle, where it is long.
pub fn cut(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST * 2 / 3).collect();
    let tail: String = text.chars().skip(count - LONGEST / 4).collect();
    format!("{head}…{tail}")
}

/// What a pass over the graph changed.
pub fn change(change: &Change, locals: &[Rc<str>]) -> String {
    let block = |block: crate::compile::flowgraph::BlockId| format!("B{}", block.index());
    match &change.kind {
        ChangeKind::Folded { operation, operands, result } => folded(*operation, operands, result),
        ChangeKind::Truth { value, truth } => {
            format!("the truth of {} is known: {}", short(value), python_bool(*truth))
        }
        ChangeKind::Decided { value, jumps } => {
            let (what, then) = if *jumps { ("always", "") } else { ("never", ", so that it falls through") };
            format!("the test of {} is decided: it {what} jumps{then}", short(value))
        }
        ChangeKind::Merged { first, second, into } => {
            format!("merged {} and {} into {}", first.name(), second.name(), into.name())
        }
        ChangeKind::Threaded { over, to } => {
            format!("threaded jump: not to the jump in {} but right to {}", block(*over), block(*to))
        }
        ChangeKind::Copied { block: copied } => {
            format!("replaced a jump to {} by a copy of it", block(*copied))
        }
        ChangeKind::Removed { block: removed, instructions } => {
            let plural = if *instructions == 1 { "" } else { "s" };
            format!("removed unreachable block {} ({instructions} instruction{plural})", block(*removed))
        }
        ChangeKind::Moved { block: moved } => {
            format!("moved {}, which only exceptions lead to, to the end", block(*moved))
        }
        ChangeKind::Dropped { value } => {
            format!("dropped the constant {}, which nothing loads", short(value))
        }
        ChangeKind::Checked { local } => {
            let name = locals.get(*local as usize).map_or("a local", |name| name);
            format!("{name} may be unbound here: its load checks that")
        }
    }
}

fn folded(operation: Operation, operands: &[Const], result: &Const) -> String {
    let result = short(result);
    let operand = |index: usize| operands.get(index).map(short).unwrap_or_default();
    match operation {
        Operation::Binary(number) => match operand::BINARY_OPERATORS.get(number as usize) {
            Some(&"[]") => format!("folded {}[{}] to {result}", operand(0), operand(1)),
            operator => {
                let operator = operator.copied().unwrap_or_default();
                format!("folded {} {operator} {} to {result}", operand(0), operand(1))
            }
        },
        Operation::Unary(opcode) => {
            let sign = match opcode {
                Opcode::UNARY_NOT => "not ",
                Opcode::UNARY_INVERT => "~",
                Opcode::UNARY_NEGATIVE => "-",
                // The intrinsic function for the sign that changes nothing.
                _ => "+",
            };
            format!("folded {sign}{} to {result}", operand(0))
        }
        Operation::Tuple => format!("folded a tuple of constants to one constant {result}"),
        Operation::List => format!("folded a list of constants to one constant {result}"),
        Operation::Set => format!("folded a set of constants to one constant {result}"),
    }
}

const fn python_bool(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// What preprocessing changed in the tree; `written` is how the source has it.
pub fn tree_change(change: &TreeChange, written: &str) -> String {
    let written = cut(written);
    match &change.kind {
        TreeChangeKind::Debug(value) => format!("folded __debug__ to {}", python_bool(*value)),
        TreeChangeKind::Format => format!("turned {written} into an f-string"),
        TreeChangeKind::Number(value) => format!("folded {written} to {}", short(value)),
        TreeChangeKind::Docstring => "dropped the docstring".to_owned(),
        TreeChangeKind::NoDocstring => {
            format!("{written} is a constant now and must not be taken for a docstring")
        }
    }
}
