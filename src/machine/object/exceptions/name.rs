//! `NameError`, `UnboundLocalError` and `AttributeError`: they know the name that is missing.

use super::super::class::TypeSpec;
use super::super::function::NativeDef;
use super::super::types;
use super::fields::{fill, member};
use super::{Layout, plain, reduced, state_with, take_args, with_fields};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::value::Value;

/// `name`, of all of them.
pub const NAME: usize = 0;
/// `obj`, of an AttributeError.
pub const OBJ: usize = 1;
pub(super) const NAME_COUNT: usize = 1;
pub(super) const ATTRIBUTE_COUNT: usize = 2;

pub(super) const SPECS: &[&TypeSpec] = &[
    &TypeSpec {
        natives: &[NativeDef::wrapper("__init__", Params::Any, name_error_init)],
        accessors: &[member::<NAME>("name")],
        ..with_fields(types::NAME_ERROR, "NameError", types::EXCEPTION)
    },
    &TypeSpec {
        layout: Layout::Builtin(types::NAME_ERROR),
        natives: &[],
        ..plain(types::UNBOUND_LOCAL_ERROR, "UnboundLocalError", types::NAME_ERROR)
    },
    &TypeSpec {
        natives: &[
            NativeDef::wrapper("__init__", Params::Any, attribute_error_init),
            NativeDef::method("__getstate__", Params::None, |m, args| {
                Ok(attribute_error_state(m, args.at(0)).into())
            }),
            NativeDef::method("__reduce__", Params::None, |m, args| {
                let state = attribute_error_state(m, args.at(0));
                let arguments = m.exception(args.at(0)).args;
                Ok(reduced(m, args.at(0), arguments, Some(state)).into())
            }),
        ],
        accessors: &[member::<NAME>("name"), member::<OBJ>("obj")],
        ..with_fields(types::ATTRIBUTE_ERROR, "AttributeError", types::EXCEPTION)
    },
];

fn name_error_init(m: &mut Machine, args: &Args) -> Eval {
    take_args(m, args);
    let fields = m.keywords_among("NameError", args, ["name"])?;
    fill(m, args.at(0), fields);
    Ok(Value::NONE.into())
}

/// The object whose attribute was missing stays behind: it may be anything.
fn attribute_error_state(m: &mut Machine, exception: Value) -> Value {
    let name = m.exception_field(exception, NAME);
    let arguments = m.exception(exception).args;
    state_with(m, exception, &[("name", name), ("args", Some(arguments))]).unwrap_or(Value::NONE)
}

fn attribute_error_init(m: &mut Machine, args: &Args) -> Eval {
    take_args(m, args);
    let fields = m.keywords_among("AttributeError", args, ["name", "obj"])?;
    fill(m, args.at(0), fields);
    Ok(Value::NONE.into())
}
