//! `_imp`: what the import machinery of CPython's library stands on.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::ask::{Answer, Ask, FoundModule, ModuleWanted};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::Value;
use super::bootstrap::texts;
use super::frozen::is_frozen;
use super::native::{Constant, NativeModule, builtin_names};
use crate::code::pyc;

/// What the names of modules in machine code end with, on the platform whose CPython is shown.
pub(super) const EXTENSION_SUFFIXES: [&str; 4] =
    [".cpython-314-x86_64-linux-gnu.so", ".abi3.so", ".abi3-x86_64-linux-gnu.so", ".so"];

/// `_imp`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[
        &[
            NativeDef::function("extension_suffixes", Params::None, |m, _| {
                Ok(texts(m, &EXTENSION_SUFFIXES).into())
            }),
            NativeDef::function("lock_held", Params::None, |_, _| Ok(Value::FALSE.into())),
            NativeDef::function("acquire_lock", Params::None, |_, _| Ok(Value::NONE.into())),
            NativeDef::function("release_lock", Params::None, |_, _| Ok(Value::NONE.into())),
            NativeDef::function("is_builtin", Params::One, |m, args| {
                let name = text(m, "is_builtin", args.at(0))?;
                Ok(m.heap.int(i64::from(builtin_names().contains(&name.as_str()))).into())
            }),
            NativeDef::function("create_builtin", Params::One, create_builtin),
            NativeDef::function("exec_builtin", Params::One, |m, _| Ok(m.heap.int(0).into())),
            NativeDef::function("_fix_co_filename", Params::Range(2, 2), fix_filename),
            NativeDef::function("source_hash", Params::Range(2, 2), source_hash),
            NativeDef::function("create_dynamic", Params::Any, |m, _| {
                Err(m.unsupported("extension modules (_imp.create_dynamic)"))
            }),
            NativeDef::function("exec_dynamic", Params::Any, |m, _| {
                Err(m.unsupported("extension modules (_imp.exec_dynamic)"))
            }),
        ],
        FROZEN,
    ],
    constants: &[
        ("check_hash_based_pycs", Constant::Text("default")),
        ("pyc_magic_number_token", Constant::Int(u32::from_le_bytes(pyc::MAGIC) as i64)),
    ],
    ..NativeModule::new("_imp", "What imports are made of.")
};

/// What it tells of the modules that CPython carries frozen.
const FROZEN: &[NativeDef] = &[
    NativeDef::function("is_frozen", Params::One, |m, args| {
        Ok(Value::bool(is_frozen(&text(m, "is_frozen", args.at(0))?)).into())
    }),
    NativeDef::function("is_frozen_package", Params::One, |m, args| {
        if is_frozen(&text(m, "is_frozen_package", args.at(0))?) {
            Ok(Value::FALSE.into())
        } else {
            Err(not_frozen(m, args.at(0)))
        }
    }),
    NativeDef::function(
        "find_frozen",
        Params::Named { names: &["name", "withdata"], required: 1, positional: 1 },
        |m, args| {
            let name = text(m, "find_frozen", args.at(0))?;
            if let Some(data) = args.get(1)
                && m.plain_truth(data) != Some(false)
            {
                return Err(m.unsupported("_imp.find_frozen() with data"));
            }
            if !is_frozen(&name) {
                return Ok(Value::NONE.into());
            }
            Ok(m.heap.tuple(vec![Value::NONE, Value::FALSE, args.at(0)]).into())
        },
    ),
    NativeDef::function("get_frozen_object", Params::Range(1, 2), frozen_code),
    NativeDef::function("_override_frozen_modules_for_tests", Params::One, |m, args| {
        m.index_i64(args.at(0), types::OVERFLOW_ERROR)?;
        Ok(Value::NONE.into())
    }),
];

fn text(m: &mut Machine, function: &str, name: Value) -> Result<String, Raise> {
    if let Some(text) = m.heap.text_of(name) {
        return Ok(text.to_string_lossy().into_owned());
    }
    let given = m.argument_class(name);
    Err(m.type_error(format!("{function}() argument must be str, not {given}")))
}

fn not_frozen(m: &mut Machine, name: Value) -> Raise {
    let message = format!("No such frozen object named {}", m.str_text(name).to_string_lossy());
    m.import_error(types::IMPORT_ERROR, message, name, None)
}

/// `_imp.create_builtin(spec)`: the module that the name of the spec stands for, made anew unless it is one of those
/// that are there from the start.
fn create_builtin(m: &mut Machine, args: &Args) -> Eval {
    let name = m.get_attr(args.at(0), names::PLAIN_NAME)?;
    m.continue_with("_imp.create_builtin", name, Args::new([Value::NONE]), 0, |m, args| {
        let name = text(m, "create_builtin", args.at(0))?;
        if let Some(module) = m.loaded_module(&name)
            && builtin_names().contains(&name.as_str())
        {
            return Ok(module.into());
        }
        let Some(native) = NativeModule::named(&name) else { return Ok(Value::NONE.into()) };
        let module = m.make_native_module(native);
        let made = Args::new([Value::NONE, Value::object(module)]);
        let asked = match native.ask {
            Some(ask) => {
                let dict = m.heap.attributes(module);
                ask(m, dict)?
            }
            None => Flow::Value(Value::NONE),
        };
        m.continue_with("_imp.create_builtin", asked, made, 0, |_, args| Ok(args.at(1).into()))
    })
}

/// `_imp._fix_co_filename(code, path)`.
fn fix_filename(m: &mut Machine, args: &Args) -> Eval {
    let path = text(m, "_fix_co_filename", args.at(1))?;
    let Some(Payload::Code(code)) = m.heap.payload_of(args.at(0)) else {
        let given = m.argument_class(args.at(0));
        return Err(m.type_error(format!("_fix_co_filename() argument 1 must be code, not {given}")));
    };
    if *code.code.filename != *path {
        return Err(m.unsupported("the compiled file of a source that lies elsewhere now"));
    }
    Ok(Value::NONE.into())
}

/// `_imp.source_hash(key, source)`.
fn source_hash(m: &mut Machine, args: &Args) -> Eval {
    let key = m.index_i64(args.at(0), types::OVERFLOW_ERROR)?;
    let source = m.bytes_argument(args.at(1))?;
    Ok(m.heap.bytes(&pyc::keyed_hash(key.cast_unsigned(), &source)).into())
}

/// `_imp.get_frozen_object(name)`: the code of a module that CPython carries frozen.
fn frozen_code(m: &mut Machine, args: &Args) -> Eval {
    let name = text(m, "get_frozen_object", args.at(0))?;
    if !is_frozen(&name) {
        return Err(not_frozen(m, args.at(0)));
    }
    if args.get(1).is_some_and(|data| !data.is_none()) {
        return Err(m.unsupported("_imp.get_frozen_object() with data"));
    }
    let frozen = Some(m.frozen_wanted(&name)?);
    let wanted = ModuleWanted { child: name.as_str().into(), path: Vec::new(), frozen, keeps_nothing: false };
    let asked = Flow::Enter(m.ask(Ask::Module(Rc::new(wanted))));
    let args = Args::new([Value::NONE, args.at(0)]);
    m.continue_with("_imp.get_frozen_object", asked, args, 0, |m, args| match &*m.take_answer() {
        Answer::Module(FoundModule::File(file)) => Ok(Value::object(m.module_code(file)?).into()),
        _ => Err(not_frozen(m, args.at(1))),
    })
}
