//! The module `sys`: the interpreter as the program sees it.

mod count;
pub mod hooks;
pub mod info;
mod jit;
mod monitoring;
mod running;
mod settings;
mod size;

pub(in crate::machine::modules) use count::{places_of_numbers, references_of_call};

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::number::IntRef;
use super::super::object::function::{Binding, NativeDef};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::setup::Program;
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule, builtin_names};
use super::stdlib;

/// The functions.
static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("exit", Params::Range(0, 1), exit),
    NativeDef::function("getrefcount", Params::One, count::getrefcount),
    NativeDef::function("getsizeof", Params::named(&["object", "default"], 1), size::getsizeof),
    NativeDef::function("exc_info", Params::None, exc_info),
    NativeDef::function("exception", Params::None, exception),
    NativeDef::function("_getframe", Params::Range(0, 1), getframe),
    NativeDef::function("intern", Params::One, intern),
    NativeDef::function("_clear_type_descriptors", Params::One, clear_type_descriptors),
    NativeDef::function("getdefaultencoding", Params::None, |m, _| Ok(m.heap.intern("utf-8").into())),
    NativeDef::function("getfilesystemencoding", Params::None, |m, _| Ok(m.heap.intern("utf-8").into())),
    NativeDef::function("getfilesystemencodeerrors", Params::None, |m, _| {
        Ok(m.heap.intern("surrogateescape").into())
    }),
    NativeDef::function("gettrace", Params::None, |m, _| Ok(m.watch.trace.unwrap_or(Value::NONE).into())),
    NativeDef::function("getprofile", Params::None, |m, _| Ok(m.watch.profile.unwrap_or(Value::NONE).into())),
    NativeDef::function("settrace", Params::One, set_trace),
    NativeDef::function("setprofile", Params::One, set_profile),
    // There is one thread.
    NativeDef::function("_settraceallthreads", Params::One, set_trace),
    NativeDef::function("_setprofileallthreads", Params::One, set_profile),
    NativeDef::function("audit", Params::AtLeast(1), |_, _| Ok(Value::NONE.into())),
    NativeDef::function("addaudithook", Params::One, |m, _| Err(m.unsupported("sys.addaudithook()"))),
    NativeDef::function("_getframemodulename", Params::named(&["depth"], 0), |m, args| {
        let depth = match args.get(0) {
            Some(depth) => small_int(m, depth)?,
            None => 0,
        };
        let frame = m.thread().python_frames().nth(usize::try_from(depth).unwrap_or(0));
        let function = frame.map(|frame| frame.function);
        Ok(match function.map(|function| m.heap.payload(function)) {
            Some(Payload::Function(function)) => function.module.into(),
            _ => Value::NONE.into(),
        })
    }),
    NativeDef::function("get_asyncgen_hooks", Params::None, |m, _| Ok(m.async_hooks().into())),
    NativeDef::function("set_asyncgen_hooks", Params::named(&["firstiter", "finalizer"], 0), |m, args| {
        m.set_async_hooks(args.get(0), args.get(1))
    }),
    NativeDef::function("is_finalizing", Params::None, |m, _| {
        Ok(Value::bool(m.thread.result.is_some()).into())
    }),
];

/// Takes `__dict__` and `__weakref__` out of a class that is made anew with slots, as `dataclasses` does.
fn clear_type_descriptors(m: &mut Machine, args: &Args) -> Eval {
    let class = args.at(0);
    let Some(handle) = class.handle().filter(|_| m.is_class(class)) else {
        let given = m.argument_class(class);
        let message = format!("_clear_type_descriptors() argument must be type, not {given}");
        return Err(m.type_error(message));
    };
    if m.heap.class(handle).builtin {
        return Err(m.type_error("argument is immutable"));
    }
    for name in [names::DICT, names::WEAKREF] {
        m.heap.delete_class_name(handle, name);
    }
    Ok(Value::NONE.into())
}

/// `sys`, as far as it is known beforehand.
static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS, settings::FUNCTIONS, running::FUNCTIONS],
    constants: &[
        ("version", Constant::Text(info::VERSION)),
        ("platform", Constant::Text("linux")),
        ("byteorder", Constant::Text("little")),
        ("float_repr_style", Constant::Text("short")),
        ("copyright", Constant::Text("Copyright (c) 2001 Python Software Foundation.")),
        ("executable", Constant::Text("")),
        ("prefix", Constant::Text("")),
        ("base_prefix", Constant::Text("")),
        ("exec_prefix", Constant::Text("")),
        ("base_exec_prefix", Constant::Text("")),
        ("platlibdir", Constant::Text("lib")),
        ("abiflags", Constant::Text("")),
        ("_framework", Constant::Text("")),
        ("maxsize", Constant::Int(i64::MAX)),
        ("maxunicode", Constant::Int(0x10_FFFF)),
        ("hexversion", Constant::Int(info::HEX_VERSION)),
        ("api_version", Constant::Int(1013)),
    ],
    ..NativeModule::new("sys", "The interpreter as the program sees it.")
};

impl Machine {
    /// Makes the module `sys` and enters it in `sys.modules`.
    pub(in crate::machine) fn make_sys(&mut self) {
        let module = self.make_native_module(&MODULE);
        let dict = self.heap.attributes(module);
        for (name, stream) in self.standard_streams() {
            self.set_text_name(dict, name, stream);
            self.set_text_name(dict, &format!("__{name}__"), stream);
        }
        let warn_options = self.heap.list(Vec::new());
        self.set_text_name(dict, "warnoptions", warn_options);
        let finders = [types::BUILTIN_IMPORTER, types::FROZEN_IMPORTER, types::PATH_FINDER];
        let finders = self.heap.list(finders.map(Value::object).to_vec());
        self.set_text_name(dict, "meta_path", finders);
        self.set_text_name(dict, "modules", Value::object(self.modules));
        let builtin = builtin_names().into_iter().map(|name| self.heap.intern(name)).collect();
        let builtin = self.heap.tuple(builtin);
        self.set_text_name(dict, "builtin_module_names", builtin);
        self.add_sys_info(dict);
        self.add_sys_implementation(dict);
        for native in hooks::FUNCTIONS {
            let payload = Payload::Native(native, Binding::Module(&MODULE, module));
            let hook = self.heap.alloc(types::BUILTIN_FUNCTION, payload);
            self.set_text_name(dict, native.name, Value::object(hook));
            self.set_text_name(dict, &format!("__{}__", native.name), Value::object(hook));
        }
        let names = stdlib::MODULE_NAMES.iter().map(|name| self.heap.intern(*name));
        let known: Vec<Value> = names.collect();
        let known = self.frozen_set_of_constants(&known);
        self.set_text_name(dict, "stdlib_module_names", known);
        for name in ["path_hooks", "path_importer_cache"] {
            let empty = if name == "path_hooks" {
                self.heap.list(Vec::new())
            } else {
                Value::object(self.heap.new_dict())
            };
            self.set_text_name(dict, name, empty);
        }
        self.set_text_name(dict, "pycache_prefix", Value::NONE);
        self.set_text_name(dict, "_home", Value::NONE);
        self.add_jit(dict);
        let options = Value::object(self.heap.new_dict());
        self.set_text_name(dict, "_xoptions", options);
        self.make_monitoring(dict);
    }

    /// Makes an empty module and enters it in `sys.modules`.
    pub(in crate::machine) fn make_module(&mut self, name: &str) -> Handle {
        let module = self.heap.alloc(types::MODULE, Payload::Module);
        self.name_module(module, name);
        module
    }

    /// Gives a module the names that every module has, and enters it in `sys.modules`.
    pub(in crate::machine) fn name_module(&mut self, module: Handle, name: &str) {
        let dict = self.heap.attributes(module);
        let text = self.heap.intern(name);
        let spec = Value::object(self.builtin_spec(name));
        for (name, value) in [
            (names::NAME, text),
            (names::DOC, Value::NONE),
            (names::PACKAGE, Value::object(names::EMPTY)),
            (names::LOADER, self.builtin_importer()),
            (names::SPEC, spec),
        ] {
            self.heap.set_name(dict, name, value);
        }
        let name = text.handle().expect("a str is a heap object");
        self.heap.set_name(self.modules, name, Value::object(module));
    }

    /// `dict[name] = value` for a name given as text.
    pub(in crate::machine) fn set_text_name(&mut self, dict: Handle, name: &str, value: Value) {
        let name = self.heap.intern(name).handle().expect("a str is a heap object");
        self.heap.set_name(dict, name, value);
    }

    /// What the module `sys` has under a name now; `None` where the program has deleted it.
    pub(in crate::machine) fn sys_attribute(&self, name: Handle) -> Option<Value> {
        let module = self.heap.get_name(self.modules, names::SYS)?.handle()?;
        self.heap.own_attribute(module, name)
    }

    /// What `sys` knows of the program.
    pub(in crate::machine) fn set_program(&mut self, program: &Program) {
        let module = self.heap.get_name(self.modules, names::SYS).and_then(Value::handle);
        let Some(dict) = module.map(|module| self.heap.attributes(module)) else { return };
        for (name, texts) in [("argv", &program.argv), ("path", &program.path)] {
            let texts = texts.iter().map(|text| self.heap.str(text.as_str())).collect();
            let list = self.heap.list(texts);
            self.set_text_name(dict, name, list);
        }
        self.set_text_name(dict, "dont_write_bytecode", Value::bool(program.keeps_nothing));
        self.add_sys_flags(dict, program.keeps_nothing, false);
        self.set_warn_options(&program.warn_options);
        self.first_path = program.path.first().map(|first| first.as_str().into());
    }
}

fn set_trace(m: &mut Machine, args: &Args) -> Eval {
    m.set_trace_function(Some(args.at(0)).filter(|function| !function.is_none()));
    Ok(Value::NONE.into())
}

fn set_profile(m: &mut Machine, args: &Args) -> Eval {
    m.set_profile_function(Some(args.at(0)).filter(|function| !function.is_none()));
    Ok(Value::NONE.into())
}

fn exit(m: &mut Machine, args: &Args) -> Eval {
    let code = args.some(0);
    let values = match code.and_then(|code| m.heap.payload_of(code)) {
        Some(Payload::Tuple(items)) => items.to_vec(),
        _ => code.into_iter().collect(),
    };
    let fields = match (&*values, code) {
        ([_, _, ..], Some(code)) => Some(code),
        (values, _) => values.first().copied(),
    };
    let exit = m.raise_with(types::SYSTEM_EXIT, values);
    m.set_exception_field(exit.exception, super::super::object::exceptions::stop::VALUE, fields);
    Err(exit)
}

fn exc_info(m: &mut Machine, _args: &Args) -> Eval {
    let parts = match m.handled() {
        Some(exception) => {
            let class = Value::object(m.heap.class_of(exception));
            vec![class, exception, m.exception(exception).traceback.unwrap_or(Value::NONE)]
        }
        None => vec![Value::NONE; 3],
    };
    Ok(m.heap.tuple(parts).into())
}

fn exception(m: &mut Machine, _args: &Args) -> Eval {
    Ok(m.handled().unwrap_or(Value::NONE).into())
}

fn getframe(m: &mut Machine, args: &Args) -> Eval {
    let depth = match args.get(0) {
        Some(depth) => small_int(m, depth)?,
        None => 0,
    };
    let frame = m.frame_object_below(usize::try_from(depth).unwrap_or(0));
    frame.map(Into::into).ok_or_else(|| m.value_error("call stack is not deep enough"))
}

/// An argument that must be an int of ordinary size.
fn small_int(m: &mut Machine, value: Value) -> Result<i64, Raise> {
    let Some(int) = m.heap.int_ref(value).map(IntRef::to_int) else {
        let class = m.class_name(value);
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    };
    match int.small() {
        Some(int) if i32::try_from(int).is_ok() => Ok(int),
        _ => Err(m.overflow_error("Python int too large to convert to C int")),
    }
}

fn intern(m: &mut Machine, args: &Args) -> Eval {
    let text = args.at(0);
    if m.heap.text_of(text).is_none() {
        let class = m.argument_class(text);
        return Err(m.type_error(format!("intern() argument must be str, not {class}")));
    }
    if m.heap.class_of(text) != types::STR {
        let class = m.class_name(text);
        return Err(m.type_error(format!("can't intern {class}")));
    }
    Ok(m.heap.intern_value(text).into())
}
