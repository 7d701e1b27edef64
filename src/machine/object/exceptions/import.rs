//! `ImportError` and `ModuleNotFoundError`.

use super::super::class::TypeSpec;
use super::super::function::NativeDef;
use super::super::types;
use super::fields::{fill, member};
use super::{plain, reduced, state_with, take_args, text_of_args, with_fields};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::value::Value;

/// `msg`: the only positional argument.
pub const MSG: usize = 0;
/// `name`: the module that could not be imported.
pub const NAME: usize = 1;
/// `path`: the file it was looked for in.
pub const PATH: usize = 2;
/// `name_from`: the name that the module does not have.
pub const NAME_FROM: usize = 3;
pub(super) const COUNT: usize = 4;

pub(super) const SPECS: &[&TypeSpec] = &[
    &TypeSpec {
        natives: &[
            NativeDef::wrapper("__init__", Params::Any, init),
            NativeDef::wrapper("__str__", Params::None, str),
            NativeDef::method("__reduce__", Params::None, reduce),
        ],
        accessors: &[
            member::<MSG>("msg"),
            member::<NAME>("name"),
            member::<PATH>("path"),
            member::<NAME_FROM>("name_from"),
        ],
        ..with_fields(types::IMPORT_ERROR, "ImportError", types::EXCEPTION)
    },
    &TypeSpec {
        layout: super::Layout::Builtin(types::IMPORT_ERROR),
        natives: &[],
        ..plain(types::MODULE_NOT_FOUND_ERROR, "ModuleNotFoundError", types::IMPORT_ERROR)
    },
];

fn init(m: &mut Machine, args: &Args) -> Eval {
    take_args(m, args);
    let [name, path, name_from] = m.keywords_among("ImportError", args, ["name", "path", "name_from"])?;
    let msg = (args.positional() == 2).then(|| args.at(1));
    fill(m, args.at(0), [msg, name, path, name_from]);
    Ok(Value::NONE.into())
}

/// What was given by name is part of the state.
fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let exception = args.at(0);
    let fields = [("name", NAME), ("path", PATH), ("name_from", NAME_FROM)];
    let fields = fields.map(|(name, field)| (name, m.exception_field(exception, field)));
    let state = state_with(m, exception, &fields);
    let arguments = m.exception(exception).args;
    Ok(reduced(m, exception, arguments, state).into())
}

fn str(m: &mut Machine, args: &Args) -> Eval {
    match m.exception_field(args.at(0), MSG) {
        Some(msg) if m.heap.class_of(msg) == types::STR => Ok(msg.into()),
        _ => text_of_args(m, args.at(0)),
    }
}
