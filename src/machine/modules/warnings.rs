//! `_warnings`: what Lib/warnings.py has of the interpreter, whose own warnings go the same way.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::Style;
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::Value;
use super::super::warnings::{Giving, Place};
use super::native::NativeModule;

/// `_warnings`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function(
            "warn",
            Params::Named {
                names: &["message", "category", "stacklevel", "source", "skip_file_prefixes"],
                required: 1,
                positional: 4,
            },
            |m, args| m.with_indices("warn", args, &[2], Style::Plain, warn),
        ),
        NativeDef::function(
            "warn_explicit",
            Params::named(
                &[
                    "message",
                    "category",
                    "filename",
                    "lineno",
                    "module",
                    "registry",
                    "module_globals",
                    "source",
                ],
                4,
            ),
            |m, args| m.with_indices("warn_explicit", args, &[3], Style::Plain, warn_explicit),
        ),
        NativeDef::function("_filters_mutated_lock_held", Params::None, |m, _| {
            m.forget_warnings()?;
            Ok(Value::NONE.into())
        }),
        NativeDef::function("_acquire_lock", Params::None, |m, _| {
            m.lock_warnings();
            Ok(Value::NONE.into())
        }),
        NativeDef::function("_release_lock", Params::None, |m, _| {
            m.unlock_warnings()?;
            Ok(Value::NONE.into())
        }),
    ]],
    fill: Machine::enter_warnings,
    ..NativeModule::new("_warnings", "Gives warnings, and has the filters that say what becomes of them.")
};

/// The category of a warning: that of the message, if it is one.
fn category(m: &mut Machine, message: Value, wanted: Option<Value>) -> Result<Value, Raise> {
    if m.heap.is_instance(message, types::WARNING) {
        return Ok(Value::object(m.heap.class_of(message)));
    }
    let Some(wanted) = wanted else { return Ok(Value::object(types::USER_WARNING)) };
    let class = wanted.handle().filter(|_| m.is_class(wanted));
    if class.is_some_and(|class| m.heap.is_subclass(class, types::WARNING)) {
        return Ok(wanted);
    }
    let given = m.class_name(wanted);
    Err(m.type_error(format!("category must be a Warning subclass, not '{given}'")))
}

fn warn(m: &mut Machine, args: &Args) -> Eval {
    let message = args.at(0);
    let mut level = args.get(2).map_or(Ok(1), |level| m.warning_number(level))?;
    let prefixes = match args.get(4) {
        None => Vec::new(),
        Some(prefixes) if m.heap.is_instance(prefixes, types::TUPLE) => m.tuple_items(prefixes).to_vec(),
        Some(other) => {
            let given = m.argument_class(other);
            let message = format!("warn() argument 'skip_file_prefixes' must be tuple, not {given}");
            return Err(m.type_error(message));
        }
    };
    let category = category(m, message, args.some(1))?;
    let mut skipped = Vec::new();
    for prefix in prefixes {
        match m.heap.text_of(prefix) {
            Some(text) => skipped.push(text.to_string_lossy().into_owned()),
            None => {
                let given = m.class_name(prefix);
                return Err(m.type_error(format!("Found non-str '{given}' in skip_file_prefixes.")));
            }
        }
    }
    if !skipped.is_empty() {
        level = level.max(2);
    }
    let place = m.warning_place_at(level, &skipped);
    let source = args.get(3).unwrap_or(Value::NONE);
    let giving = Giving::of(category, message, place, Value::NONE).caused_by(source);
    m.give_warning(giving, place, Value::NONE)
}

fn warn_explicit(m: &mut Machine, args: &Args) -> Eval {
    let (message, category, file) = (args.at(0), args.at(1), args.at(2));
    if m.heap.text_of(file).is_none() {
        let given = m.argument_class(file);
        return Err(m.type_error(format!("warn_explicit() argument 'filename' must be str, not {given}")));
    }
    let line = m.heap.int_ref(args.at(3)).and_then(super::super::number::IntRef::small);
    let Some(line) = line.filter(|line| i32::try_from(*line).is_ok()) else {
        return Err(m.overflow_error("Python int too large to convert to C int"));
    };
    if let Some(globals) = args.some(6) {
        check_globals(m, globals)?;
    }
    let module = match args.get(4) {
        Some(module) => module,
        None => {
            let name = m.str_text(file).to_string_lossy().into_owned();
            match name.strip_suffix(".py").unwrap_or(&name) {
                "" => m.heap.str("<unknown>"),
                module => m.heap.str(module),
            }
        }
    };
    let place = Place { file, line, module, registry: args.get(5).unwrap_or(Value::NONE) };
    let source = args.get(7).unwrap_or(Value::NONE);
    let giving = Giving::of(category, message, place, Value::NONE).caused_by(source);
    m.give_warning(giving, place, Value::NONE)
}

/// The globals of the module are there for its loader to be asked for the line, which is wanted only where the module
/// `warnings` does not show it.
fn check_globals(m: &mut Machine, globals: Value) -> Result<(), Raise> {
    let Some(dict) = globals.handle().filter(|_| m.heap.is_instance(globals, types::DICT)) else {
        let given = m.class_name(globals);
        return Err(m.type_error(format!("module_globals must be a dict, not '{given}'")));
    };
    let spec = m.heap.get_name(dict, names::SPEC);
    if spec.is_some_and(|spec| !spec.is_none()) && m.loaded_module("warnings").is_some() {
        return Ok(());
    }
    Err(m.unsupported("module_globals without a __spec__, or without the module warnings"))
}
