//! `copyreg`: what objects that are copied or unpickled are made by.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::value::Value;
use super::native::NativeModule;

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
        NativeDef::function("_reconstructor", Params::Range(3, 3), |m, args| {
            if args.at(1) != Value::object(types::OBJECT) {
                return Err(m.unsupported("copyreg._reconstructor() of a class with a builtin base"));
            }
            let new = m.heap.lookup(types::OBJECT, names::NEW).expect("object has __new__");
            let new = m.unwrap_static(new);
            m.call(new, Args::new([args.at(0)]))
        }),
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
    },
    stands_in: true,
    ..NativeModule::new("copyreg", "What objects that are copied or unpickled are made by.")
};

/// `class.__new__(class, …)`.
fn call_new(m: &mut Machine, class: Value, args: Args) -> Eval {
    let new = m.get_attr(class, names::NEW)?;
    match new {
        super::super::frame::Flow::Value(new) => m.call(new, args),
        super::super::frame::Flow::Enter(entry) => m.call_later(entry, args),
    }
}
