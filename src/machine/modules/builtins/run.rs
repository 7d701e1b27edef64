//! `input`, `exit`, `__import__`, and what the machine cannot do yet.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::{ImportModule, ReadLine, Style};
use super::super::super::object::function::NativeDef;
use super::super::super::object::types;
use super::super::super::value::Value;
use super::super::sys::hooks;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("input", Params::Range(0, 1), |m, args| m.begin(ReadLine::input(args.get(0)))),
    NativeDef::function("exit", Params::named(&["code"], 0), exit),
    NativeDef::function("quit", Params::named(&["code"], 0), exit),
    NativeDef::function(
        "__import__",
        Params::named(&["name", "globals", "locals", "fromlist", "level"], 1),
        |m, args| m.with_indices("__import__", args, &[4], Style::Plain, import),
    ),
    NativeDef::function("breakpoint", Params::Any, hooks::breakpoint),
    // What CPython's library puts here for whoever sits at a prompt.
    NativeDef::function("help", Params::Any, help),
    NativeDef::function("copyright", Params::Any, |m, _| Err(m.unsupported("copyright()"))),
    NativeDef::function("credits", Params::Any, |m, _| Err(m.unsupported("credits()"))),
    NativeDef::function("license", Params::Any, |m, _| Err(m.unsupported("license()"))),
];

/// `help(...)`: what the library's `pydoc` says.
fn help(m: &mut Machine, args: &Args) -> Eval {
    const PYDOC: &str = "pydoc";
    let module = m.begin(ImportModule::new(PYDOC, None, PYDOC.len()))?;
    let mut args = args.clone();
    args.prepend(Value::NONE);
    m.continue_with("help", module, args, 0, |m, args| {
        let name = m.text_handle("help");
        let helper = m.get_attr(args.at(0), name)?;
        m.continue_with("help", helper, args.clone(), 0, |m, args| m.call(args.at(0), args.without_first()))
    })
}

fn exit(m: &mut Machine, args: &Args) -> Eval {
    Err(m.raise_with(types::SYSTEM_EXIT, vec![args.get(0).unwrap_or(Value::NONE)]))
}

fn import(m: &mut Machine, args: &Args) -> Eval {
    let name = args.at(0);
    let Some(name) = name.handle().filter(|_| m.heap.text_of(name).is_some()) else {
        return Err(m.type_error("module name must be a string"));
    };
    let level = match args.get(4) {
        Some(level) => m.index_i64(level, types::OVERFLOW_ERROR)?,
        None => 0,
    };
    m.import(name, args.get(1), args.some(3), level)
}
