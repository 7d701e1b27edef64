//! Setting a machine up: the builtin types, the builtins module, the program's main module.

mod builtin_order;
mod specs;

use std::rc::Rc;

use smallvec::SmallVec;

use super::Machine;
use super::frame::{Frame, PythonFrame};
use super::heap::Heap;
use super::names;
use super::native::{Input, NativeFrame, RunModule, Session};
use super::object::accessors;
use super::object::class::{Class, Hooks, Layout, TypeSpec};
use super::object::exceptions;
use super::object::function::{Binding, NativeDef, NativeKind};
use super::object::struct_sequence::Shape;
use super::object::{Payload, types};
use super::output::Output;
use super::text::Str;
use super::thread::Thread;
use super::value::{Handle, Value};
use crate::code::CodeObject;
use crate::code::verify::VerifyError;

/// A program to run: [`Program::new`], and what is known of it besides.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its code.
    pub code: Rc<CodeObject>,
    /// Its text, for tracebacks; empty where there is none.
    pub source: Rc<str>,
    /// `sys.argv`, the script first.
    pub argv: Vec<String>,
    /// `__file__`, for a program that came from a file.
    pub file: Option<Rc<str>>,
    /// What it is as a module, for `-m`.
    pub module: Option<MainModule>,
    /// `sys.path`; the first entry is where the program lies.
    pub path: Vec<String>,
    /// `sys.dont_write_bytecode`.
    pub keeps_nothing: bool,
    /// What `-W` and `PYTHONWARNINGS` ask for, in that order of precedence from the last.
    pub warn_options: Vec<String>,
    /// The variables of the environment, names and values, for `posix.environ`.
    pub environment: Vec<(Vec<u8>, Vec<u8>)>,
}

/// A program that is run as a module.
#[derive(Clone, Debug)]
pub struct MainModule {
    /// `package.module`, or `package.__main__`.
    pub name: Rc<str>,
    /// Where its compiled file is kept.
    pub cached: Option<Rc<str>>,
}

impl Program {
    /// A program with this code, text and `sys.argv`, without a file, and with an empty `sys.path`.
    pub fn new(code: Rc<CodeObject>, source: Rc<str>, argv: Vec<String>) -> Self {
        Self {
            code,
            source,
            argv,
            file: None,
            module: None,
            path: Vec::new(),
            keeps_nothing: false,
            warn_options: Vec::new(),
            environment: Vec::new(),
        }
    }
}

impl Machine {
    /// A machine that is about to execute the first instruction of a program.
    pub fn new(program: &Program) -> Result<Self, VerifyError> {
        let mut machine = Self::bare();
        machine.start(program)?;
        Ok(machine)
    }

    /// A machine that is about to execute a program statement by statement, as they are typed at a prompt:
    /// `program` is the first, compiled by itself, and `rest` are the others.
    pub fn line_by_line(program: &Program, rest: Vec<Rc<CodeObject>>) -> Result<Self, VerifyError> {
        let mut machine = Self::new(program)?;
        machine.statements = rest.into();
        let module = machine.frame().globals;
        let session = NativeFrame::waiting(Session::new(module).into());
        session.each_value(&mut |value| machine.heap.retain(value));
        machine.thread.frames.insert(0, Frame::Native(Box::new(session)));
        Ok(machine)
    }

    /// A machine with the builtin types and the builtins module, and nothing to run.
    fn bare() -> Self {
        let mut heap = Heap::new();
        for (index, name) in types::NAMES.iter().enumerate() {
            heap.alloc_at(
                Handle::new(index as u32 + 1),
                types::TYPE,
                Payload::Class(Box::new(empty_class(name, namespace_of(index)))),
            );
        }
        heap.alloc_at(types::EMPTY_TUPLE, types::TUPLE, Payload::Tuple(Box::default()));
        heap.alloc_at(types::EMPTY_BYTES, types::BYTES, Payload::Bytes(Rc::default()));
        heap.alloc_at(types::NO_DEFAULT, types::NO_DEFAULT_TYPE, Payload::Plain);
        heap.alloc_at(types::UNPACK, types::SPECIAL_FORM, Payload::Plain);
        heap.alloc_at(types::DISABLE, types::OBJECT, Payload::Plain);
        heap.alloc_at(types::MISSING, types::OBJECT, Payload::Plain);
        for (index, name) in names::TEXTS.iter().enumerate() {
            heap.alloc_at(
                Handle::new(types::AFTER + index as u32),
                types::STR,
                Payload::str(Str::from(*name)),
            );
            heap.intern_value(Value::object(Handle::new(types::AFTER + index as u32)));
        }
        for index in 0..types::NAMES.len() {
            heap.alloc_at(namespace_of(index), types::DICT, Payload::Dict(Box::default()));
        }
        heap.make_latin1();
        heap.make_single_bytes();
        let (builtins, modules) = (heap.new_dict(), heap.new_dict());
        let aliases = heap.list(Vec::new()).handle().expect("a list is a heap object");
        let warnings = super::warnings::Warnings::new(&mut heap);
        let mut machine = Self {
            heap,
            thread: Thread::new(),
            builtins,
            common_functions: [Value::NONE; 2],
            modules,
            aliases,
            popped: SmallVec::new(),
            output: Output::default(),
            verdicts: super::verdict::Verdicts::default(),
            records_verdicts: true,
            sites: super::specialize::Sites::default(),
            watch: super::tracing::Watch::default(),
            watching: false,
            statements: Rc::new([]),
            loaded: super::loaded::LoadLog::default(),
            in_native: false,
            large_indices: Vec::new(),
            warnings,
            locale: super::modules::locale::Locale::default(),
            exit_calls: None,
            standard: super::standard::Standard::default(),
            csv: super::modules::csv::CsvState::default(),
            signals: super::modules::signal::Signals::default(),
            socket_timeout: None,
            quickens: true,
            steps: 0,
            ask: None,
            answer: None,
            first_path: None,
            environment: Rc::new([]),
            codecs: None,
            machinery: super::modules::machinery::Machinery::Absent,
            nodes: None,
            abc_registrations: 0,
            next_frame: 0,
            nesting: 0,
            reuses_tuples: false,
            started: super::Started::Script,
            exit: None,
            sources: Rc::default(),
        };
        machine.describe_types();
        machine.fill_builtins();
        machine.common_functions = [names::ALL, names::ANY].map(|name| machine.builtin(name));
        machine.make_builtins_module();
        machine.make_sys();
        machine.make_warnings();
        machine.make_typing();
        machine.make_templates();
        machine.make_io();
        machine.heap.make_immortal();
        machine
    }

    /// Describes every builtin type that belongs to no native module.
    fn describe_types(&mut self) {
        for (index, name) in types::NAMES.iter().enumerate() {
            let handle = Handle::new(index as u32 + 1);
            if types::is_of_module(handle) {
                continue;
            }
            let default = TypeSpec::new(handle, name);
            let mut described = specs::ALL.iter().chain(exceptions::SPECS.iter().copied().flatten());
            self.describe_type(described.find(|spec| spec.handle == handle).copied().unwrap_or(&default));
        }
        self.add_second_base(types::EXCEPTION_GROUP, types::EXCEPTION);
        self.add_second_base(types::UNSUPPORTED_OPERATION, types::VALUE_ERROR);
    }

    /// Describes a type of a native module, unless an import has done so before.
    pub(in crate::machine) fn describe_when_needed(&mut self, spec: &TypeSpec) {
        if self.heap.class(spec.handle).mro.is_empty() {
            self.describe_type(spec);
            self.heap.remember(spec.handle);
        }
    }

    fn describe_type(&mut self, spec: &TypeSpec) {
        let base = (spec.handle != types::OBJECT).then_some(spec.base);
        let mut mro = vec![spec.handle];
        if let Some(base) = base {
            let inherited = &self.heap.class(base).mro;
            assert!(!inherited.is_empty(), "the base of {} is described before it", spec.name);
            mro.extend(inherited.iter());
        }
        let has_weakref = specs::WEAKLY_HELD.contains(&spec.handle)
            || base.is_some_and(|base| self.heap.class(base).has_weakref);
        let class = self.heap.class_mut(spec.handle);
        class.has_weakref = has_weakref;
        class.bases = base.into_iter().collect();
        class.base = base;
        class.mro = mro.into();
        class.module = spec.module;
        class.doc = spec.doc;
        class.layout = spec.layout;
        class.subclassable = spec.subclassable;
        class.has_dict = spec.has_dict;
        if let Some(base) = base {
            self.heap.class_mut(base).subclasses.push(spec.handle);
        }
        for native in spec.natives.iter().chain(spec.wrappers.iter().copied()) {
            self.define_native(spec.handle, native);
        }
        for accessor in spec.accessors {
            let class = if accessor.member { types::MEMBER_DESCRIPTOR } else { types::GETSET_DESCRIPTOR };
            let descriptor = self.heap.alloc(class, Payload::Accessor(accessor, spec.handle));
            self.define(spec.handle, accessor.name, Value::object(descriptor));
        }
        let own = |m: &Self, name| m.heap.get_name(m.heap.class(spec.handle).namespace, name);
        if own(self, names::DOC).is_none() {
            let doc = spec.doc.map_or(Value::NONE, |doc| self.heap.str(doc));
            self.heap.set_class_name(spec.handle, names::DOC, doc);
        }
        if spec.has_dict
            && own(self, names::DICT).is_none()
            && !base.is_some_and(|base| self.heap.class(base).has_dict)
        {
            let descriptor = Payload::Accessor(&accessors::INSTANCE_DICT, spec.handle);
            let descriptor = self.heap.alloc(types::GETSET_DESCRIPTOR, descriptor);
            self.heap.set_class_name(spec.handle, names::DICT, Value::object(descriptor));
        }
        if let Some(shape) = Shape::of(spec.handle) {
            shape.describe(self);
        }
        if spec.unhashable {
            self.heap.set_class_name(spec.handle, names::HASH, Value::NONE);
        }
    }

    /// Makes `class`, which is described already, derive from `second` too, whose bases it has already.
    fn add_second_base(&mut self, class: Handle, second: Handle) {
        let object = self.heap.class_mut(class);
        object.bases.push(second);
        let mut mro = object.mro.to_vec();
        mro.insert(object.bases.len(), second);
        object.mro = mro.into();
        self.heap.class_mut(second).subclasses.push(class);
    }

    fn define_native(&mut self, class: Handle, native: &'static NativeDef) {
        let (kind, binding) = match native.kind {
            NativeKind::Function => (types::BUILTIN_FUNCTION, Binding::None),
            NativeKind::New | NativeKind::StaticMethod => (types::BUILTIN_FUNCTION, Binding::Owner(class)),
            NativeKind::Method => (types::METHOD_DESCRIPTOR, Binding::Owner(class)),
            NativeKind::Wrapper => (types::WRAPPER_DESCRIPTOR, Binding::Owner(class)),
            NativeKind::ClassMethod => (types::CLASS_METHOD_DESCRIPTOR, Binding::Owner(class)),
        };
        let function = self.heap.alloc(kind, Payload::Native(native, binding));
        let value = match native.kind {
            NativeKind::StaticMethod => Value::object(
                self.heap.alloc(types::STATICMETHOD, Payload::StaticMethod(Value::object(function))),
            ),
            _ => Value::object(function),
        };
        self.define(class, native.name, value);
    }

    fn define(&mut self, class: Handle, name: &str, value: Value) {
        let name = self.heap.intern(name).handle().expect("a str is a heap object");
        self.heap.set_class_name(class, name, value);
    }

    /// Puts a name into the builtins module.
    fn define_builtin(&mut self, name: &str, value: Value) {
        let name = self.heap.intern(name).handle().expect("a str is a heap object");
        self.heap.set_name(self.builtins, name, value);
    }

    fn fill_builtins(&mut self) {
        // Each has its place before it has its value.
        for name in builtin_order::NAMES.split_ascii_whitespace() {
            self.define_builtin(name, Value::NONE);
        }
        for native in specs::FUNCTIONS.iter().copied().flatten() {
            let function = self.heap.alloc(types::BUILTIN_FUNCTION, Payload::Native(native, Binding::None));
            self.define_builtin(native.name, Value::object(function));
        }
        let exceptions = exceptions::SPECS.iter().copied().flatten().map(|spec| spec.handle);
        for handle in specs::BUILTIN_TYPES.iter().copied().chain(exceptions) {
            let name = self.heap.class(handle).name.clone();
            self.define_builtin(&name, Value::object(handle));
        }
        for alias in ["EnvironmentError", "IOError"] {
            self.define_builtin(alias, Value::object(types::OS_ERROR));
        }
        for (name, value) in [
            ("None", Value::NONE),
            ("Ellipsis", Value::ELLIPSIS),
            ("NotImplemented", Value::NOT_IMPLEMENTED),
            ("False", Value::FALSE),
            ("True", Value::TRUE),
            ("__debug__", Value::TRUE),
        ] {
            self.define_builtin(name, value);
        }
    }

    /// Makes the dict of builtins the one of a module.
    fn make_builtins_module(&mut self) {
        let module = self.heap.alloc(types::MODULE, Payload::Module);
        self.heap.get_mut(module).dict = Some(self.builtins);
        self.name_module(module, "builtins");
    }

    fn start(&mut self, program: &Program) -> Result<(), VerifyError> {
        self.add_source(Rc::clone(&program.code.filename), Rc::clone(&program.source));
        let code = self.load(&program.code, Some(Rc::clone(&program.source)))?;
        self.set_program(program);
        self.environment = program.environment.as_slice().into();
        let module = self.main_module(program);
        if let Some(main) = &program.module
            && let Some((package, _)) = main.name.rsplit_once('.')
        {
            let itself = main.name.ends_with(".__main__");
            self.started = super::Started::Package { itself };
            self.thread.depth = self.started.depth();
            let task = RunModule::new(package.into(), Rc::clone(&main.name), code, module).into();
            let frame = Frame::Native(Box::new(NativeFrame::told(task, Input::Start)));
            frame.each_value(&mut |value| self.heap.retain(value));
            self.thread.frames.push(frame);
            self.heap.settle();
            return Ok(());
        }
        if program.module.is_some() {
            self.started = super::Started::Module;
        }
        self.thread.depth = self.started.depth();
        let mut frame = self.main_frame(code, module);
        self.lay_out(&mut frame);
        frame.each_value(&mut |value| self.heap.retain(value));
        self.thread.frames.push(Frame::Python(Box::new(frame)));
        self.heap.settle();
        Ok(())
    }

    /// The text of the program.
    pub(super) fn main_source(&self) -> Option<Rc<str>> {
        self.sources.first().map(|(_, text)| Rc::clone(text))
    }

    /// A frame that runs code in the namespace of a module.
    pub(super) fn main_frame(&mut self, code: Handle, module: Handle) -> PythonFrame {
        let function = self.new_function(code, module, self.builtins);
        self.new_frame(function, Vec::new(), Some(Value::object(module)))
    }

    /// Makes the module `__main__` and gives its dict.
    fn main_module(&mut self, program: &Program) -> Handle {
        let module = self.heap.alloc(types::MODULE, Payload::Module);
        let dict = self.heap.attributes(module);
        let builtins = self.heap.get_name(self.modules, names::BUILTINS_MODULE).unwrap_or(Value::NONE);
        let file = program.file.as_ref().map(|file| self.heap.str(&**file));
        let spec = program.module.as_ref().map(|main| self.main_spec(main, file));
        let (loader, package) = match (spec, file) {
            (Some(spec), _) => {
                let package = program.module.as_ref().and_then(|main| main.name.rsplit_once('.'));
                let package = self.heap.str(package.map_or("", |(package, _)| package));
                (self.heap.own_attribute(spec, names::PLAIN_LOADER).unwrap_or(Value::NONE), package)
            }
            (None, Some(file)) => {
                (self.file_loader(types::SOURCE_FILE_LOADER, "__main__", file), Value::NONE)
            }
            (None, None) => (Value::object(types::BUILTIN_IMPORTER), Value::NONE),
        };
        for (name, value) in [
            (names::NAME, Value::object(names::MAIN)),
            (names::DOC, Value::NONE),
            (names::PACKAGE, package),
            (names::LOADER, loader),
            (names::SPEC, spec.map_or(Value::NONE, Value::object)),
            (names::BUILTINS, builtins),
        ] {
            self.heap.set_name(dict, name, value);
        }
        if let Some(file) = file {
            self.heap.set_name(dict, names::FILE, file);
            let cached = spec.and_then(|spec| self.heap.own_attribute(spec, names::SPEC_CACHED));
            self.heap.set_name(dict, names::CACHED, cached.unwrap_or(Value::NONE));
        }
        self.heap.set_name(self.modules, names::MAIN, Value::object(module));
        dict
    }
}

/// The place of the namespace of the builtin type at place `index`: behind the names.
fn namespace_of(index: usize) -> Handle {
    Handle::new(types::AFTER + (names::TEXTS.len() + index) as u32)
}

fn empty_class(name: &str, namespace: Handle) -> Class {
    Class {
        name: name.into(),
        qualname: name.into(),
        bases: Vec::new(),
        base: None,
        mro: Rc::new([]),
        module: "builtins",
        doc: None,
        text_signature: None,
        namespace,
        layout: Layout::Plain,
        builtin: true,
        subclassable: false,
        has_dict: false,
        has_weakref: false,
        slots: 0,
        is_abstract: false,
        has_del: false,
        hooks: Hooks::default(),
        subclasses: Vec::new(),
        is_unordered: false,
        changed: (0, 0),
        collection: None,
    }
}
