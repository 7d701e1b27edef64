//! `mappingproxy`: a mapping that can only be read, such as `__dict__` of a class.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::protocol::operator::Binary;
use super::super::protocol::wrappers::{EQ, GE, GT, LE, LT, NE, REPR};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::TypeSpec;
use super::function::NativeDef;
use super::generic::CLASS_GETITEM;
use super::{Payload, types};

/// `mappingproxy`.
pub static MAPPING_PROXY: TypeSpec = TypeSpec {
    natives: &[
        NativeDef::new(Params::Range(1, 1), new),
        NativeDef::wrapper("__len__", Params::None, |m, args| m.length(mapping(m, args.at(0)))),
        NativeDef::wrapper("__getitem__", Params::One, |m, args| {
            m.get_item(mapping(m, args.at(0)), args.at(1))
        }),
        NativeDef::wrapper("__contains__", Params::One, |m, args| {
            m.contains(mapping(m, args.at(0)), args.at(1))
        }),
        NativeDef::wrapper("__iter__", Params::None, |m, args| m.iter(mapping(m, args.at(0)))),
        NativeDef::wrapper("__or__", Params::One, |m, args| or(m, args.at(0), args.at(1))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| or(m, args.at(1), args.at(0))),
        NativeDef::wrapper("__ior__", Params::One, |m, _| Err(read_only_union(m))),
        NativeDef::wrapper("__hash__", Params::None, |m, args| m.hash(mapping(m, args.at(0)))),
        NativeDef::wrapper("__str__", Params::None, |m, args| m.str(mapping(m, args.at(0)))),
        NativeDef::method("get", Params::Range(1, 2), |m, args| forward(m, args, names::GET_KEY)),
        NativeDef::method("keys", Params::None, |m, args| forward(m, args, names::KEYS)),
        NativeDef::method("values", Params::None, |m, args| forward(m, args, names::VALUES)),
        NativeDef::method("items", Params::None, |m, args| forward(m, args, names::ITEMS)),
        NativeDef::method("copy", Params::None, |m, args| forward(m, args, names::COPY)),
        NativeDef::method("__reversed__", Params::None, |m, args| forward(m, args, names::REVERSED)),
    ],
    wrappers: &[&REPR, &LT, &LE, &EQ, &NE, &GT, &GE, &CLASS_GETITEM],
    ..TypeSpec::new(types::MAPPING_PROXY, "mappingproxy")
};

/// How many views of views there may be.
const MOST_NESTED: usize = 32;

fn mapping(m: &Machine, proxy: Value) -> Value {
    match m.heap.payload_of(proxy) {
        Some(Payload::MappingProxy(mapping)) => *mapping,
        _ => proxy,
    }
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    let given = args.at(1);
    let unsuitable = matches!(m.heap.payload_of(given), Some(Payload::List(_) | Payload::Tuple(_)));
    if unsuitable || m.heap.special(given, names::GETITEM).is_none() {
        let class = m.class_name(given);
        return Err(m.type_error(format!("mappingproxy() argument must be a mapping, not {class}")));
    }
    let (mut depth, mut at) = (0, given);
    while let Some(Payload::MappingProxy(inner)) = m.heap.payload_of(at) {
        (depth, at) = (depth + 1, *inner);
    }
    if depth > MOST_NESTED {
        return Err(m.recursion_error("maximum recursion depth exceeded"));
    }
    let proxy = m.heap.alloc(types::MAPPING_PROXY, Payload::MappingProxy(given));
    Ok(Value::object(proxy).into())
}

fn forward(m: &mut Machine, args: &Args, method: Handle) -> Eval {
    let mapping = mapping(m, args.at(0));
    m.call_attr(mapping, method, args.rest(1).collect())
}

fn or(m: &mut Machine, left: Value, right: Value) -> Eval {
    let (left, right) = (mapping(m, left), mapping(m, right));
    m.binary(Binary::Or, false, left, right)
}

fn read_only_union(m: &mut Machine) -> Raise {
    m.type_error("'|=' is not supported by mappingproxy; use '|' instead")
}

impl Machine {
    /// Whether a value is a `mappingproxy`.
    pub(in crate::machine) fn is_proxy(&self, value: Value) -> bool {
        matches!(self.heap.payload_of(value), Some(Payload::MappingProxy(_)))
    }

    /// Whether a value is a `mappingproxy` of what may have methods of its own.
    pub(in crate::machine) fn shows_derived_mapping(&self, value: Value) -> bool {
        match self.heap.payload_of(value) {
            Some(Payload::MappingProxy(mapping)) => !self.heap.class(self.heap.class_of(*mapping)).builtin,
            _ => false,
        }
    }

    /// `left | right` where one of them is a `mappingproxy`: its mapping takes its place.
    pub(in crate::machine) fn proxy_union(
        &mut self,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        if in_place && self.is_proxy(left) {
            return Err(read_only_union(self));
        }
        or(self, left, right).map(Some)
    }
}
