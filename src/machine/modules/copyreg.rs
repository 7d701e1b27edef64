//! `copyreg`: what objects that are copied or unpickled are made by.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::value::{Handle, Value};
use super::native::{NativeModule, StandsIn};

/// `copyreg`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("__newobj__", Params::AtLeast(1), |m, args| {
            let args = Args::new(args.rest(0));
            call_new(m, args.at(0), args)
        }),
        NativeDef::function("__newobj_ex__", Params::Range(3, 3), |m, args| {
            let (class, positional, keywords) = (args.at(0), args.at(1), args.at(2));
            let positional = match m.heap.payload_of(positional) {
                Some(Payload::Tuple(items)) => items.to_vec(),
                _ => return Err(m.unsupported("copyreg.__newobj_ex__() without a tuple of arguments")),
            };
            let keywords: Vec<(Value, Value)> = match m.heap.payload_of(keywords) {
                Some(Payload::Dict(dict)) => dict.iter().map(|entry| (entry.key, entry.value)).collect(),
                _ => return Err(m.unsupported("copyreg.__newobj_ex__() without a dict of arguments")),
            };
            if !keywords.iter().all(|(name, _)| m.heap.text_of(*name).is_some()) {
                return Err(m.type_error("keywords must be strings"));
            }
            let (names, values): (Vec<Value>, Vec<Value>) = keywords.into_iter().unzip();
            let all = [class].into_iter().chain(positional).chain(values);
            let args = Args::with_names(all.collect::<Vec<_>>(), names);
            call_new(m, class, args)
        }),
        NativeDef::function("_reconstructor", Params::Range(3, 3), reconstructor),
        NativeDef::function("_reduce_ex", Params::Range(2, 2), |m, args| m.common_reduce(args.at(0), 0)),
        NativeDef::function("_slotnames", Params::One, slot_names),
        NativeDef::function(
            "pickle",
            Params::named(&["ob_type", "pickle_function", "constructor_ob"], 2),
            |m, args| {
                for (index, what) in
                    [(1, "reduction functions must be callable"), (2, "constructors must be callable")]
                {
                    if args.some(index).is_some_and(|function| !m.is_callable(function)) {
                        return Err(m.type_error(what));
                    }
                }
                let table = m.loaded_module("copyreg").and_then(Value::handle);
                let name = m.text_handle("dispatch_table");
                match table.and_then(|module| m.heap.own_attribute(module, name)) {
                    Some(table) => m.set_item(table, args.at(0), Some(args.at(1))),
                    None => Err(m.unsupported("copyreg.pickle() without a dispatch table")),
                }
            },
        ),
        NativeDef::function("pickle_complex", Params::One, |m, args| {
            let names = ["real", "imag"].map(|name| m.text_handle(name));
            reduced_to(m, types::COMPLEX, args.at(0), names)
        }),
        NativeDef::function("pickle_super", Params::One, |m, args| {
            let names = [m.text_handle("__thisclass__"), names::SELF];
            reduced_to(m, types::SUPER, args.at(0), names)
        }),
        NativeDef::function("pickle_union", Params::One, |m, args| {
            let operator = match m.loaded_module("_operator").and_then(Value::handle) {
                Some(module) => module,
                None => m.make_native_module(&super::operator::MODULE),
            };
            let name = m.text_handle("getitem");
            let getitem = m.heap.own_attribute(operator, name).unwrap_or(Value::NONE);
            let members = m.get_attr(args.at(0), names::ARGS)?;
            m.continue_with(
                "copyreg.pickle_union",
                members,
                Args::new([getitem, Value::NONE]),
                1,
                |m, args| {
                    let parts = m.heap.pair(Value::object(types::UNION), args.at(1));
                    Ok(m.heap.pair(args.at(0), parts).into())
                },
            )
        }),
        NativeDef::function("constructor", Params::One, |m, args| {
            if !m.is_callable(args.at(0)) {
                return Err(m.type_error("constructors must be callable"));
            }
            Ok(Value::NONE.into())
        }),
    ]],
    fill: |m, dict| {
        // The others are pickle's: numbers for classes, which nobody has registered.
        for name in ["dispatch_table", "_extension_registry", "_inverted_registry", "_extension_cache"] {
            let table = Value::object(m.heap.new_dict());
            m.set_text_name(dict, name, table);
        }
        let table = m.text_handle("dispatch_table");
        let table = m.heap.get_name(dict, table).expect("it has just been made");
        for (class, name) in [
            (types::COMPLEX, "pickle_complex"),
            (types::UNION, "pickle_union"),
            (types::SUPER, "pickle_super"),
        ] {
            let name = m.text_handle(name);
            let function = m.heap.get_name(dict, name).unwrap_or(Value::NONE);
            let set = m.set_item(table, Value::object(class), Some(function));
            set.expect("a type as a key runs no Python code");
        }
    },
    stands_in: StandsIn::Always,
    ..NativeModule::new("copyreg", "What objects that are copied or unpickled are made by.")
};

/// `_reconstructor(class, base, state)`: an instance that the base makes of the state.
fn reconstructor(m: &mut Machine, args: &Args) -> Eval {
    const NAME: &str = "copyreg._reconstructor";
    let (class, base, state) = (args.at(0), args.at(1), args.at(2));
    if base == Value::object(types::OBJECT) {
        return call_new(m, base, Args::new([class]));
    }
    let made = call_new(m, base, Args::new([class, state]))?;
    let args = Args::new([Value::NONE, base, state]);
    m.continue_with(NAME, made, args, 0, |m, args| {
        let inits = args.at(1).handle().filter(|_| m.is_class(args.at(1)));
        let inits = inits.is_some_and(|base| {
            m.heap.lookup(base, names::INIT) != m.heap.lookup(types::OBJECT, names::INIT)
        });
        if !inits {
            return Ok(args.at(0).into());
        }
        let init = m.get_attr(args.at(1), names::INIT)?;
        let args = Args::new([args.at(0), args.at(2), Value::NONE]);
        m.continue_with(NAME, init, args, 2, |m, args| {
            let done = m.call(args.at(2), Args::new([args.at(0), args.at(1)]))?;
            m.continue_with(NAME, done, Args::new([args.at(0), Value::NONE]), 1, |_, args| {
                Ok(args.at(0).into())
            })
        })
    })
}

/// The class, with two attributes of the object to call it with.
fn reduced_to(m: &mut Machine, class: Handle, object: Value, names: [Handle; 2]) -> Eval {
    const NAME: &str = "copyreg";
    let first = m.get_attr(object, names[0])?;
    let args = Args::new([object, Value::object(class), Value::object(names[1]), Value::NONE, Value::NONE]);
    m.continue_with(NAME, first, args, 3, |m, args| {
        let name = args.at(2).handle().expect("a name is a str");
        let second = m.get_attr(args.at(0), name)?;
        m.continue_with(NAME, second, args.clone(), 4, |m, args| {
            let parts = m.heap.pair(args.at(3), args.at(4));
            Ok(m.heap.pair(args.at(1), parts).into())
        })
    })
}

/// `_slotnames(class)`: what the class keeps of it, or a new list.
fn slot_names(m: &mut Machine, args: &Args) -> Eval {
    let class = args.at(0);
    let Some(class) = class.handle().filter(|_| m.is_class(class)) else {
        return Err(m.unsupported("copyreg._slotnames() of what is no class"));
    };
    let known = m.heap.get_name(m.heap.class(class).namespace, names::SLOTNAMES);
    match known.filter(|known| !known.is_none()) {
        Some(known) => Ok(known.into()),
        None => m.new_slot_names(class).map(Into::into),
    }
}

/// `class.__new__(…)`.
fn call_new(m: &mut Machine, class: Value, args: Args) -> Eval {
    let new = m.get_attr(class, names::NEW)?;
    match new {
        super::super::frame::Flow::Value(new) => m.call(new, args),
        super::super::frame::Flow::Enter(entry) => m.call_later(entry, args),
    }
}
