//! What the import machinery of CPython leaves in every module: its spec and its loader, and their types.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::ask::{Answer, FoundModule, Loaded, ModuleFile};
use super::super::frame::{Eval, Frame};
use super::super::names;
use super::super::native::{Part, Scope};
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::setup::MainModule;
use super::super::text::Str;
use super::super::value::{Handle, Value};
use super::frozen;

/// The machinery's module of specs and of what is in no file.
pub const CORE: &str = "_frozen_importlib";
/// The one of files.
pub const EXTERNAL: &str = "_frozen_importlib_external";

/// The types of specs and loaders.
pub const SPECS: [&TypeSpec; 8] = [
    &TypeSpec {
        module: CORE,
        has_dict: true,
        natives: REPR,
        accessors: &[
            Accessor::read_only("parent", parent),
            Accessor::new("cached", cached, |m, spec, value| {
                set_or_delete(m, spec, names::SPEC_CACHED, value);
                Ok(())
            }),
            Accessor::new("has_location", has_location, |m, spec, value| {
                set_or_delete(m, spec, names::SET_FILEATTR, value);
                Ok(())
            }),
        ],
        ..TypeSpec::new(types::MODULE_SPEC, "ModuleSpec")
    },
    &loader(types::SOURCE_FILE_LOADER, EXTERNAL, "SourceFileLoader"),
    &loader(types::SOURCELESS_FILE_LOADER, EXTERNAL, "SourcelessFileLoader"),
    &loader(types::NAMESPACE_LOADER, EXTERNAL, "NamespaceLoader"),
    &TypeSpec {
        module: EXTERNAL,
        has_dict: true,
        natives: PATH_FINDER,
        ..TypeSpec::new(types::PATH_FINDER, "PathFinder")
    },
    &loader(types::BUILTIN_IMPORTER, CORE, "BuiltinImporter"),
    &TypeSpec {
        module: CORE,
        has_dict: true,
        natives: frozen::IMPORTER,
        ..TypeSpec::new(types::FROZEN_IMPORTER, "FrozenImporter")
    },
    &TypeSpec {
        module: EXTERNAL,
        layout: super::super::object::class::Layout::Builtin(types::LIST),
        natives: REPR,
        base: types::LIST,
        ..TypeSpec::new(types::NAMESPACE_PATH, "_NamespacePath")
    },
];

const fn loader(handle: Handle, module: &'static str, name: &'static str) -> TypeSpec {
    TypeSpec { module, has_dict: true, natives: LOADER, ..TypeSpec::new(handle, name) }
}

const REPR: &[NativeDef] =
    &[NativeDef::wrapper("__repr__", Params::None, |m, args: &Args| m.repr_of_importlib(args.at(0)))];

/// What the finder of files can do for a program that asks it.
const PATH_FINDER: &[NativeDef] = &[
    NativeDef::class_method("find_spec", Params::Any, |m, _| Err(m.unsupported("PathFinder.find_spec()"))),
    // `importlib.metadata` asks the finders, and has the answer itself.
    NativeDef::static_method("find_distributions", Params::Any, |m, args| {
        let finder = m.heap.intern("MetadataPathFinder");
        let (whole, wanted) = (m.text_handle("importlib.metadata"), m.heap.tuple(vec![finder]));
        let module = m.import(whole, None, Some(wanted), 0)?;
        let mut args = args.clone();
        args.prepend(Value::NONE);
        m.continue_with("PathFinder.find_distributions", module, args, 0, |m, args| {
            let name = m.text_handle("MetadataPathFinder");
            let finder = m.get_attr(args.at(0), name)?;
            m.continue_with("PathFinder.find_distributions", finder, args.clone(), 0, |m, args| {
                let name = m.text_handle("find_distributions");
                m.call_attr_with(args.at(0), name, args.without_first())
            })
        })
    }),
];

/// What loaders can do for a program that asks them.
const LOADER: &[NativeDef] = &[
    NativeDef::method("get_filename", Params::Range(0, 1), |m, args| {
        let loader = args.at(0).handle().expect("a loader is a heap object");
        let path = m.text_handle("path");
        match m.heap.own_attribute(loader, path) {
            Some(path) => Ok(path.into()),
            None => Err(m.unsupported("get_filename() of this loader")),
        }
    }),
    NativeDef::method("get_data", Params::One, |m, _| Err(m.unsupported("get_data() of loaders"))),
    NativeDef::method("get_source", Params::One, |m, _| Err(m.unsupported("get_source() of loaders"))),
    NativeDef::method("get_code", Params::One, |m, _| Err(m.unsupported("get_code() of loaders"))),
    NativeDef::method("exec_module", Params::One, |m, _| Err(m.unsupported("exec_module() of loaders"))),
    NativeDef::method("load_module", Params::Any, |m, _| Err(m.unsupported("load_module() of loaders"))),
];

fn own(m: &Machine, object: Value, name: Handle) -> Option<Value> {
    m.heap.own_attribute(object.handle()?, name).filter(|value| !value.is_none())
}

fn set_or_delete(m: &mut Machine, object: Value, name: Handle, value: Option<Value>) {
    let dict = m.heap.attributes(object.handle().expect("a spec is a heap object"));
    match value {
        Some(value) => m.heap.set_name(dict, name, value),
        None => {
            m.heap.delete_name(dict, name);
        }
    }
}

fn repr(m: &mut Machine, spec: Value) -> Eval {
    let mut parts: Vec<Part> = vec!["ModuleSpec(name=".into()];
    parts.push(Part::Repr(own(m, spec, names::PLAIN_NAME).unwrap_or(Value::NONE)));
    parts.push(", loader=".into());
    parts.push(Part::Repr(own(m, spec, names::PLAIN_LOADER).unwrap_or(Value::NONE)));
    for (name, title) in
        [(names::PLAIN_ORIGIN, "origin"), (names::SEARCH_LOCATIONS, "submodule_search_locations")]
    {
        if let Some(value) = own(m, spec, name) {
            parts.extend([format!(", {title}=").as_str().into(), Part::Repr(value)]);
        }
    }
    parts.push(")".into());
    m.compose(parts)
}

/// The package: the module itself, or what its name says.
fn parent(m: &mut Machine, spec: Value) -> Eval {
    let name = own(m, spec, names::PLAIN_NAME).unwrap_or(Value::object(names::EMPTY));
    if own(m, spec, names::SEARCH_LOCATIONS).is_some() {
        return Ok(name.into());
    }
    let text = m.heap.text_of(name).map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let package = text.rsplit_once('.').map_or("", |(package, _)| package);
    Ok(m.heap.str(package).into())
}

fn cached(m: &mut Machine, spec: Value) -> Eval {
    Ok(own(m, spec, names::SPEC_CACHED).unwrap_or(Value::NONE).into())
}

fn has_location(m: &mut Machine, spec: Value) -> Eval {
    Ok(own(m, spec, names::SET_FILEATTR).unwrap_or(Value::FALSE).into())
}

/// What goes into a spec.
struct Spec {
    loader: Value,
    origin: Option<Value>,
    cached: Option<Value>,
    search: Option<Value>,
    has_location: bool,
}

impl Machine {
    /// Whether an object is of one of these types and has a repr of its own.
    pub(in crate::machine) fn is_of_importlib(&self, object: Handle) -> bool {
        matches!(self.heap.get(object).class, types::MODULE_SPEC | types::NAMESPACE_PATH)
    }

    /// The repr of a spec or of the path of a namespace package.
    pub(in crate::machine) fn repr_of_importlib(&mut self, value: Value) -> Eval {
        match self.heap.items_of(value).map(<[Value]>::to_vec) {
            None => repr(self, value),
            Some(items) => {
                let list = self.heap.list(items);
                self.compose(vec!["_NamespacePath(".into(), Part::Repr(list), ")".into()])
            }
        }
    }

    /// The interned name with this text.
    pub(in crate::machine) fn text_handle(&mut self, text: &str) -> Handle {
        self.heap.intern(text).handle().expect("a str is a heap object")
    }

    fn new_spec(&mut self, name: &str, spec: &Spec) -> Handle {
        let name = self.heap.str(name);
        let class = self.machinery_class(types::MODULE_SPEC);
        let object = self.heap.alloc(class, Payload::Plain);
        let dict = self.heap.attributes(object);
        let uninitialized = self.heap.list(Vec::new());
        for (key, value) in [
            (names::PLAIN_NAME, name),
            (names::PLAIN_LOADER, spec.loader),
            (names::PLAIN_ORIGIN, spec.origin.unwrap_or(Value::NONE)),
            (names::LOADER_STATE, Value::NONE),
            (names::SEARCH_LOCATIONS, spec.search.unwrap_or(Value::NONE)),
            (names::UNINITIALIZED, uninitialized),
            (names::SET_FILEATTR, Value::bool(spec.has_location)),
            (names::SPEC_CACHED, spec.cached.unwrap_or(Value::NONE)),
        ] {
            self.heap.set_name(dict, key, value);
        }
        object
    }

    /// The spec of a module that is part of the interpreter.
    pub(in crate::machine) fn builtin_spec(&mut self, name: &str) -> Handle {
        self.located_spec(name, types::BUILTIN_IMPORTER, "built-in")
    }

    /// The spec of a module that was found in no file: by what, and what is said of where it was.
    pub(super) fn located_spec(&mut self, name: &str, loader: Handle, origin: &str) -> Handle {
        let loader = Value::object(self.machinery_class(loader));
        let origin = Some(self.heap.intern(origin));
        self.new_spec(name, &Spec { loader, origin, cached: None, search: None, has_location: false })
    }

    /// A loader of a file.
    pub(in crate::machine) fn file_loader(&mut self, class: Handle, name: &str, path: Value) -> Value {
        let class = self.machinery_class(class);
        let loader = self.heap.alloc(class, Payload::Plain);
        let dict = self.heap.attributes(loader);
        let name = self.heap.str(name);
        self.heap.set_name(dict, names::PLAIN_NAME, name);
        self.set_text_name(dict, "path", path);
        Value::object(loader)
    }

    /// The spec of the program itself, where it is run as the module of this name.
    pub(in crate::machine) fn main_spec(&mut self, main: &MainModule, file: Option<Value>) -> Handle {
        let path = file.unwrap_or(Value::NONE);
        let loader = self.file_loader(types::SOURCE_FILE_LOADER, &main.name, path);
        let cached = main.cached.as_ref().map(|cached| self.heap.str(&**cached));
        self.new_spec(&main.name, &Spec { loader, origin: file, cached, search: None, has_location: true })
    }

    /// The spec of a module of the program, as the outside found it, with the file it is in; a namespace
    /// package has none.
    pub(in crate::machine) fn module_spec(
        &mut self,
        name: &str,
        answer: &Answer,
    ) -> Result<(Handle, Option<Rc<ModuleFile>>), Raise> {
        let Answer::Module(found) = answer else { panic!("a module was looked for, not {answer:?}") };
        match found {
            FoundModule::Nothing => Err(self.no_module(name, None)),
            FoundModule::Extension(path) => {
                let path = path.to_string_lossy();
                Err(self.unsupported(format!("extension modules like '{name}' in '{path}'")))
            }
            FoundModule::Namespace(portions) => {
                let class = self.machinery_class(types::NAMESPACE_LOADER);
                let loader = self.heap.alloc(class, Payload::Plain);
                let portions: Vec<Value> =
                    portions.iter().map(|portion| self.heap.str(portion.clone())).collect();
                let path =
                    Value::object(self.heap.alloc(types::NAMESPACE_PATH, Payload::List(portions.into())));
                let dict = self.heap.attributes(loader);
                self.set_text_name(dict, "_path", path);
                let loader = Value::object(loader);
                let spec =
                    Spec { loader, origin: None, cached: None, search: Some(path), has_location: false };
                Ok((self.new_spec(name, &spec), None))
            }
            FoundModule::File(file) if file.frozen.is_some() => {
                Ok((self.frozen_spec(name, file), Some(Rc::new((**file).clone()))))
            }
            FoundModule::File(file) => {
                let origin = self.heap.str(file.origin.clone());
                let class =
                    if file.is_source { types::SOURCE_FILE_LOADER } else { types::SOURCELESS_FILE_LOADER };
                let loader = self.file_loader(class, name, origin);
                let cached = file.cached.clone().map(|cached| self.heap.str(cached));
                let search = file.package.clone().map(|folder| {
                    let folder = self.heap.str(folder);
                    self.heap.list(vec![folder])
                });
                let spec = Spec { loader, origin: Some(origin), cached, search, has_location: true };
                Ok((self.new_spec(name, &spec), Some(Rc::new((**file).clone()))))
            }
        }
    }

    /// A new module with the names that its spec gives it.
    pub(in crate::machine) fn module_of_spec(&mut self, spec: Handle) -> Handle {
        let module = self.heap.alloc(types::MODULE, Payload::Module);
        let dict = self.heap.attributes(module);
        let own = |m: &Self, name| m.heap.own_attribute(spec, name).unwrap_or(Value::NONE);
        let name = own(self, names::PLAIN_NAME);
        let search = own(self, names::SEARCH_LOCATIONS);
        let text = self.str_text(name).to_string_lossy().into_owned();
        let package = match text.rsplit_once('.') {
            _ if !search.is_none() => name,
            Some((package, _)) => self.heap.str(package),
            None => Value::object(names::EMPTY),
        };
        for (key, value) in [
            (names::NAME, name),
            (names::DOC, Value::NONE),
            (names::PACKAGE, package),
            (names::LOADER, own(self, names::PLAIN_LOADER)),
            (names::SPEC, Value::object(spec)),
        ] {
            self.heap.set_name(dict, key, value);
        }
        if let Some(file) = self.file_of_frozen(spec) {
            self.heap.set_name(dict, names::FILE, file);
        }
        if !search.is_none() {
            if self.heap.class_of(search) == types::NAMESPACE_PATH {
                self.heap.set_name(dict, names::FILE, Value::NONE);
            }
            self.heap.set_name(dict, names::PATH, search);
        }
        if own(self, names::SET_FILEATTR) == Value::TRUE {
            self.heap.set_name(dict, names::FILE, own(self, names::PLAIN_ORIGIN));
            let cached = own(self, names::SPEC_CACHED);
            if !cached.is_none() {
                self.heap.set_name(dict, names::CACHED, cached);
            }
        }
        module
    }

    /// The code of a module.
    pub(in crate::machine) fn module_code(&mut self, file: &ModuleFile) -> Result<Handle, Raise> {
        match &file.loaded {
            Loaded::Code(compiled) => self.load_compiled(compiled),
            Loaded::Refused(refused) => Err(self.refused(refused)),
            Loaded::Failed(failure) => Err(self.os_error(failure)),
            Loaded::Damaged(message) => Err(self.raise(types::IMPORT_ERROR, message)),
        }
    }

    /// Tells what the compiler warns of in the code of a module.
    pub(in crate::machine) fn warn_of_file(&mut self, file: &ModuleFile) -> Eval {
        match &file.loaded {
            Loaded::Code(compiled) => self.warn_of_source(&compiled.code.filename, &compiled.warnings),
            Loaded::Refused(_) | Loaded::Failed(_) | Loaded::Damaged(_) => Ok(Value::NONE.into()),
        }
    }

    /// The frame that runs the body of a module.
    pub(in crate::machine) fn module_frame(&mut self, module: Handle, code: Handle) -> Result<Frame, Raise> {
        let globals = self.heap.attributes(module);
        self.add_builtins(globals);
        self.code_frame(code, Scope { globals, locals: Value::object(globals) }, None)
    }

    /// The folders that a path names; what is no str is passed over.
    pub(in crate::machine) fn search_path(&mut self, path: Value) -> Result<Vec<Str>, Raise> {
        match self.heap.items_of(path) {
            Some(entries) => {
                Ok(entries.iter().filter_map(|entry| self.heap.text_of(*entry).cloned()).collect())
            }
            None => Err(self.unsupported("a module search path that is no list")),
        }
    }

    /// Notes that the body of a module runs, or has ended.
    pub(in crate::machine) fn set_initializing(&mut self, spec: Handle, initializing: bool) {
        let dict = self.heap.attributes(spec);
        self.heap.set_name(dict, names::INITIALIZING, Value::bool(initializing));
    }

    /// Whether the body of the module with this spec runs.
    pub(in crate::machine) fn is_initializing(&self, spec: Value) -> bool {
        own(self, spec, names::INITIALIZING) == Some(Value::TRUE)
    }

    /// The list of the submodules of a package that are being loaded.
    fn submodules_loading(&self, package: Value) -> Option<Handle> {
        own(self, own(self, package, names::SPEC)?, names::UNINITIALIZED)?.handle()
    }

    /// Notes that a submodule of a package is being loaded.
    pub(in crate::machine) fn begin_submodule(&mut self, package: Value, child: &str) {
        let Some(list) = self.submodules_loading(package) else { return };
        let child = self.heap.str(child);
        if let Payload::List(names) = self.heap.payload_mut(list) {
            names.push(child);
            self.heap.retain(child);
        }
    }

    /// Notes that it is there now, or will not be.
    pub(in crate::machine) fn end_submodule(&mut self, package: Value) {
        let Some(list) = self.submodules_loading(package) else { return };
        if let Payload::List(names) = self.heap.payload_mut(list)
            && let Some(child) = names.pop()
        {
            self.heap.release(child);
        }
    }

    /// Whether a submodule of the package with this spec is being loaded.
    pub(in crate::machine) fn is_loading_submodule(&self, spec: Value, name: &Str) -> bool {
        let loading = own(self, spec, names::UNINITIALIZED).and_then(|list| self.heap.items_of(list));
        loading.is_some_and(|names| names.iter().any(|child| self.heap.text_of(*child) == Some(name)))
    }
}
