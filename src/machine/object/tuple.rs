//! `tuple`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::Collected;
use super::super::protocol::{wrappers, wrappers_container as containers};
use super::super::value::{Handle, Value};
use super::class::TypeSpec;
use super::function::NativeDef;
use super::{Payload, types};

/// `tuple`.
pub static TUPLE: TypeSpec = TypeSpec {
    subclassable: true,
    doc: Some("A sequence that cannot be changed: any objects, in order."),
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::method("__getnewargs__", Params::None, |m, args| {
            let mut items = args.at(0);
            if m.heap.class_of(items) != types::TUPLE {
                items = m.heap.tuple(m.tuple_items(items).to_vec());
            }
            Ok(m.heap.tuple(vec![items]).into())
        }),
        NativeDef::method("index", Params::Range(1, 3), Machine::index_of_item),
        NativeDef::method("count", Params::One, Machine::count_items),
    ],
    wrappers: &[
        &wrappers::REPR,
        &wrappers::HASH,
        &wrappers::LT,
        &wrappers::LE,
        &wrappers::EQ,
        &wrappers::NE,
        &wrappers::GT,
        &wrappers::GE,
        &containers::ITER,
        &containers::LEN,
        &containers::GETITEM,
        &wrappers::ADD,
        &wrappers::MUL,
        &wrappers::RMUL,
        &containers::CONTAINS,
        &containers::CLASS_GETITEM,
    ],
    ..TypeSpec::new(types::TUPLE, "tuple")
};

fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    m.refuse_keywords("tuple", types::TUPLE, names::INIT, args)?;
    m.check_count("tuple", args.positional() - 1, 0, 1)?;
    let Some(iterable) = args.get(1).filter(|_| args.positional() > 1) else {
        return Ok(m.new_tuple(class, Vec::new()).into());
    };
    if class == types::TUPLE && m.heap.class_of(iterable) == types::TUPLE {
        return Ok(iterable.into());
    }
    match m.known_items(iterable) {
        Some(items) => Ok(m.new_tuple(class, items).into()),
        None => m.collect(iterable, Collected::TupleOf(class)),
    }
}

impl Machine {
    /// A tuple of these items, of the class `class`.
    pub(in crate::machine) fn new_tuple(&mut self, class: Handle, items: Vec<Value>) -> Value {
        if class == types::TUPLE {
            return self.heap.tuple(items);
        }
        Value::object(self.heap.alloc(class, Payload::Tuple(items.into())))
    }
}
