//! `==` of memoryviews: they are equal if their shapes and their items are, whatever the formats.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::buffer::layout::Order;
use super::super::super::frame::Eval;
use super::super::super::protocol::buffer::flags;
use super::super::super::protocol::compare::Comparison;
use super::super::super::value::Value;
use super::super::Payload;
use super::{MemoryView, handle};

pub(super) fn compare(m: &mut Machine, comparison: Comparison, args: &Args) -> Eval {
    let wanted = comparison == Comparison::Eq;
    let released = |m: &Machine, value: Value| matches!(m.heap.payload_of(value), Some(Payload::MemoryView(view)) if view.owner.is_none());
    if released(m, args.at(0)) || released(m, args.at(1)) {
        return Ok(Value::bool((args.at(0) == args.at(1)) == wanted).into());
    }
    let Some(other) = m.memory_of(args.at(1), flags::FULL_READ_ONLY) else {
        return Ok(Value::NOT_IMPLEMENTED.into());
    };
    let given = Args::new([args.at(0), Value::NONE, Value::bool(wanted)]);
    m.continue_with("memoryview == other", other?, given, 1, |m, args| {
        let right = m.heap.memory_view(args.at(1).handle().expect("a memoryview is a heap object"));
        let equal = are_equal(m, m.heap.memory_view(handle(args)), right);
        Ok(Value::bool(equal == (args.at(2) == Value::TRUE)).into())
    })
}

fn are_equal(m: &Machine, left: &MemoryView, right: &MemoryView) -> bool {
    let (Some(left_code), Some(right_code)) = (left.format.code(), right.format.code()) else { return false };
    let places = |view: &MemoryView| view.layout.places(Order::Row);
    left.layout.shape == right.layout.shape
        && places(left).into_iter().zip(places(right)).all(|(one, two)| {
            m.heap.view_item(left, left_code, one).equals(m.heap.view_item(right, right_code, two))
        })
}
