//! `sys.getsizeof`: how many bytes an object takes in CPython 3.14.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::object::types;

pub(super) fn getsizeof(m: &mut Machine, args: &Args) -> Eval {
    match (m.size_with_front(args.at(0)), args.some(1)) {
        (Err(raise), Some(default)) if m.heap.is_instance(raise.exception, types::TYPE_ERROR) => {
            Ok(default.into())
        }
        (size, _) => size,
    }
}
