//! `typing.TypeAliasType`: what the statement `type X = …` makes.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::super::class::{Accessor, TypeSpec};
use super::super::function::NativeDef;
use super::super::{Payload, types};
use super::{Lazy, LazyPart, TypeAlias, given};

/// `typing.TypeAliasType`.
pub static TYPE_ALIAS_TYPE: TypeSpec = TypeSpec {
    module: "typing",
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__repr__", Params::None, |m, args| name(m, args.at(0))),
        NativeDef::method("__reduce__", Params::None, |m, args| name(m, args.at(0))),
        NativeDef::wrapper("__or__", Params::One, |m, args| m.union_of(args.at(0), args.at(1))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| m.union_of(args.at(1), args.at(0))),
        NativeDef::wrapper("__getitem__", Params::One, |m, args| {
            if alias(m, args.at(0)).params.is_none() {
                return Err(m.type_error("Only generic type aliases are subscriptable"));
            }
            Ok(m.generic_alias(args.at(0), args.at(1)).into())
        }),
        NativeDef::wrapper("__iter__", Params::None, |m, args| {
            let unpacked = m.unpack_alias(args.at(0), false);
            let items = m.heap.tuple(vec![unpacked]);
            m.iter(items)
        }),
    ],
    accessors: &[
        Accessor::read_only("__name__", name).as_member(),
        Accessor::read_only("__type_params__", params),
        Accessor::read_only("__parameters__", |m, value| {
            let params = alias(m, value).params;
            Ok(params.unwrap_or(Value::object(types::EMPTY_TUPLE)).into())
        }),
        Accessor::read_only("__value__", |m, value| m.lazy_value(value, LazyPart::Value)),
        Accessor::read_only("evaluate_value", |m, value| m.evaluator(value, LazyPart::Value)),
        Accessor::read_only("__module__", |m, value| Ok(alias(m, value).module.into())),
    ],
    ..TypeSpec::new(types::TYPE_ALIAS_TYPE, "TypeAliasType")
};

fn alias(m: &Machine, value: Value) -> &TypeAlias {
    match m.heap.payload_of(value) {
        Some(Payload::TypeAlias(alias)) => alias,
        _ => panic!("an attribute of type aliases is asked of one"),
    }
}

fn name(m: &mut Machine, value: Value) -> Eval {
    Ok(alias(m, value).name.into())
}

fn params(m: &mut Machine, value: Value) -> Eval {
    Ok(alias(m, value).params.unwrap_or(Value::object(types::EMPTY_TUPLE)).into())
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    let given = given(m, args, "typealias", &["name", "value"], Some(2), &["type_params"])?;
    let params = match given.named[0] {
        None => None,
        Some(params) => match m.heap.payload_of(params) {
            Some(Payload::Tuple(items)) => (!items.is_empty()).then_some(params),
            _ => return Err(m.type_error("type_params must be a tuple")),
        },
    };
    let module = m.calling_module().unwrap_or(Value::NONE);
    let value = Lazy::known(Some(given.positional[1]));
    let alias = TypeAlias { name: given.positional[0], params, module, value };
    Ok(Value::object(m.heap.alloc(types::TYPE_ALIAS_TYPE, Payload::TypeAlias(Box::new(alias)))).into())
}

impl Machine {
    /// What the statement `type name[params] = …` makes of its parts, a tuple of three.
    pub(in crate::machine) fn type_alias(&mut self, parts: Value) -> Result<Value, Raise> {
        let parts = match self.heap.payload_of(parts) {
            Some(Payload::Tuple(parts)) if parts.len() == 3 => [parts[0], parts[1], parts[2]],
            _ => return Err(self.system_error("a type alias is made of three parts")),
        };
        let [name, params, evaluate] = parts;
        let is_tuple = matches!(self.heap.payload_of(params), Some(Payload::Tuple(_)));
        if self.heap.text_of(name).is_none() || !(params.is_none() || is_tuple) {
            return Err(self.system_error("a type alias has a name and a tuple of parameters"));
        }
        let module = self.calling_module().unwrap_or(Value::NONE);
        let params = Some(params).filter(|params| !params.is_none());
        let alias = TypeAlias { name, params, module, value: Lazy::later(evaluate) };
        Ok(Value::object(self.heap.alloc(types::TYPE_ALIAS_TYPE, Payload::TypeAlias(Box::new(alias)))))
    }
}
