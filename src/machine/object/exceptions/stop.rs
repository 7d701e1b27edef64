//! `StopIteration` and `SystemExit`: each keeps one value.

use super::super::class::TypeSpec;
use super::super::function::NativeDef;
use super::super::types;
use super::fields::{fill, member};
use super::{no_keywords, take_args, with_fields};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::value::Value;

/// `value` of a StopIteration, `code` of a SystemExit.
pub const VALUE: usize = 0;
pub(super) const COUNT: usize = 1;

pub(super) const SPECS: &[&TypeSpec] = &[
    &TypeSpec {
        natives: &[NativeDef::wrapper("__init__", Params::Any, stop_iteration_init)],
        accessors: &[member::<VALUE>("value")],
        ..with_fields(types::STOP_ITERATION, "StopIteration", types::EXCEPTION)
    },
    &TypeSpec {
        natives: &[NativeDef::wrapper("__init__", Params::Any, system_exit_init)],
        accessors: &[member::<VALUE>("code")],
        ..with_fields(types::SYSTEM_EXIT, "SystemExit", types::BASE_EXCEPTION)
    },
];

fn stop_iteration_init(m: &mut Machine, args: &Args) -> Eval {
    no_keywords(m, args)?;
    take_args(m, args);
    fill(m, args.at(0), [args.rest(1).next()]);
    Ok(Value::NONE.into())
}

fn system_exit_init(m: &mut Machine, args: &Args) -> Eval {
    no_keywords(m, args)?;
    take_args(m, args);
    let code = match args.positional() {
        1 => None,
        2 => Some(args.at(1)),
        _ => Some(m.exception(args.at(0)).args),
    };
    fill(m, args.at(0), [code]);
    Ok(Value::NONE.into())
}
