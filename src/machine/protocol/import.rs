//! Imports: what `import` and `from … import` mean, and what they say of a module that is not there.

use super::super::Machine;
use super::super::args::Args;
use super::super::ask::OsFailure;
use super::super::frame::{Eval, Flow};
use super::super::modules::stdlib;
use super::super::names;
use super::super::native::{ImportFrom, ImportModule, NameLookup, NameWanted};
use super::super::object::exceptions::import as fields;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::text::Str;
use super::super::value::{Handle, Value};

/// What is known of a module that lacks a name: why, perhaps.
enum Suspect {
    /// Nothing is amiss.
    Nobody,
    /// It has the name of a module of the standard library, and lies before that on the path.
    Standard,
    /// Its body still runs, and it may have the name of another module that was meant.
    Library,
    /// Its body still runs.
    Circle,
}

impl Machine {
    /// The statement `import name`, or `from name import …`, by whatever `__import__` there is.
    pub fn import_statement(&mut self, name: Handle, from_list: Value, level: Value) -> Eval {
        let frame = self.frame();
        let (globals, namespace) = (Value::object(frame.globals), frame.namespace);
        let (builtins, locals) = (frame.builtins, namespace.unwrap_or(Value::NONE));
        if self.heap.get(builtins).class != types::DICT {
            let lookup = NameLookup::of_builtins(builtins, names::IMPORT, NameWanted::Import);
            let import = self.begin(lookup)?;
            let args = Args::new([Value::NONE, Value::object(name), globals, locals, from_list, level]);
            return self.continue_with("import", import, args, 0, |m, args| {
                m.call(args.at(0), args.without_first())
            });
        }
        let Some(import) = self.heap.get_name(builtins, names::IMPORT) else {
            return Err(self.raise(types::IMPORT_ERROR, "__import__ not found"));
        };
        if matches!(self.heap.payload_of(import), Some(Payload::Native(..))) {
            let level = self.index_i64(level, types::OVERFLOW_ERROR)?;
            return self.import(name, Some(globals), Some(from_list).filter(|list| !list.is_none()), level);
        }
        self.call(import, Args::new([Value::object(name), globals, locals, from_list, level]))
    }

    /// `__import__(name, globals, None, from_list, level)`.
    pub fn import(
        &mut self,
        name: Handle,
        globals: Option<Value>,
        from_list: Option<Value>,
        level: i64,
    ) -> Eval {
        let text = self.name_text(name);
        if level < 0 {
            return Err(self.value_error("level must be >= 0"));
        }
        // The truth of other lists is asked when the module is there.
        let is_empty = |list: &Value| {
            let class = self.heap.class_of(*list);
            self.heap.class(class).builtin && self.plain_truth(*list) == Some(false)
        };
        let from_list = from_list.filter(|list| !is_empty(list));
        let first = text.find('.').unwrap_or(text.len());
        if level == 0 {
            if text.is_empty() {
                return Err(self.value_error("Empty module name"));
            }
            // The usual case needs no task.
            if from_list.is_none()
                && first == text.len()
                && let Some(module) = self.heap.get_name(self.modules, name)
                && !module.is_none()
            {
                return Ok(module.into());
            }
            return self.begin(ImportModule::new(&text, from_list, first));
        }
        let package = self.package_of(globals)?;
        let mut base = package.as_str();
        for _ in 1..level {
            let Some((outer, _)) = base.rsplit_once('.') else {
                let message = "attempted relative import beyond top-level package";
                return Err(self.raise(types::IMPORT_ERROR, message));
            };
            base = outer;
        }
        let absolute = if text.is_empty() { base.to_owned() } else { format!("{base}.{text}") };
        let result = absolute.len() - (text.len() - first);
        self.begin(ImportModule::new(&absolute, from_list, result))
    }

    /// The package that relative names of a module with these globals begin at.
    fn package_of(&mut self, globals: Option<Value>) -> Result<String, Raise> {
        let missing = |m: &mut Self| {
            let message = m.heap.str("'__name__' not in globals");
            m.key_error(message)
        };
        let Some(globals) = globals else { return Err(missing(self)) };
        let dict = globals.handle().filter(|dict| matches!(self.heap.payload(*dict), Payload::Dict(_)));
        let Some(dict) = dict else { return Err(self.type_error("globals must be a dict")) };
        let given = |m: &Self, name| m.heap.get_name(dict, name).filter(|value| !value.is_none());
        let text =
            |m: &Self, value: Value| m.heap.text_of(value).map(|text| text.to_string_lossy().into_owned());
        let package = if let Some(package) = given(self, names::PACKAGE) {
            text(self, package).ok_or_else(|| self.type_error("package must be a string"))?
        } else if let Some(spec) = given(self, names::SPEC) {
            let parent = self.text_handle("parent");
            match self.get_attr(spec, parent)? {
                Flow::Value(parent) => {
                    text(self, parent).ok_or_else(|| self.type_error("__spec__.parent must be a string"))?
                }
                Flow::Enter(_) => return Err(self.unsupported("a __spec__.parent that is Python code")),
            }
        } else {
            let Some(name) = self.heap.get_name(dict, names::NAME) else { return Err(missing(self)) };
            let name = text(self, name).ok_or_else(|| self.type_error("__name__ must be a string"))?;
            if self.heap.get_name(dict, names::PATH).is_some() {
                name
            } else {
                name.rsplit_once('.').map_or_else(String::new, |(package, _)| package.to_owned())
            }
        };
        if package.is_empty() {
            let message = "attempted relative import with no known parent package";
            return Err(self.raise(types::IMPORT_ERROR, message));
        }
        Ok(package)
    }

    /// What `sys.modules` has under a name.
    pub(in crate::machine) fn loaded_module(&mut self, name: &str) -> Option<Value> {
        let name = self.text_handle(name);
        self.heap.get_name(self.modules, name)
    }

    /// `sys.modules[name] = module`.
    pub(in crate::machine) fn enter_module(&mut self, name: &str, module: Value) {
        let name = self.text_handle(name);
        self.heap.set_name(self.modules, name, module);
    }

    /// Takes a module out of `sys.modules`.
    pub(in crate::machine) fn remove_module(&mut self, name: &str) {
        let name = self.text_handle(name);
        self.heap.delete_name(self.modules, name);
    }

    /// `sys.modules` has None under a name, which forbids its import.
    #[cold]
    pub(in crate::machine) fn halted(&mut self, name: &str) -> Raise {
        let message = format!("import of {name} halted; None in sys.modules");
        let module = self.heap.str(name);
        self.import_error(types::MODULE_NOT_FOUND_ERROR, message, module, None)
    }

    /// There is no such module; `parent` is what should be a package and is none.
    #[cold]
    pub(in crate::machine) fn no_module(&mut self, name: &str, parent: Option<&str>) -> Raise {
        let first = name.split('.').next().unwrap_or(name);
        // CPython can be built without many of its modules, and its library asks for those with `except ImportError`.
        let is_missing = first == name
            && stdlib::MODULE_NAMES.binary_search(&first).is_ok()
            && stdlib::ELSEWHERE.binary_search(&first).is_err();
        let module = self.heap.str(name);
        let message = match parent {
            None if is_missing => format!("No module named '{name}' (wordcode does not have it yet)"),
            None => format!("No module named '{name}'"),
            Some(parent) => format!("No module named '{name}'; '{parent}' is not a package"),
        };
        self.import_error(types::MODULE_NOT_FOUND_ERROR, message, module, None)
    }

    /// The OSError of a call of the operating system that failed.
    #[cold]
    pub(in crate::machine) fn os_error(&mut self, failure: &OsFailure) -> Raise {
        let errno = self.heap.int(failure.errno.into());
        let mut args = vec![errno, self.heap.str(failure.text.as_str())];
        args.extend(failure.filename.clone().map(|name| self.heap.str(name)));
        self.raise_os_error(args)
    }

    /// `from module import name`.
    pub fn import_from(&mut self, module: Value, name: Handle) -> Eval {
        match self.find_attr(module, name) {
            Ok(Some(Flow::Enter(entry))) => self.then(entry, ImportFrom::new(module, name)),
            Ok(Some(flow)) => Ok(flow),
            Ok(None) => self.import_from_modules(module, name),
            Err(raise) if self.heap.is_instance(raise.exception, types::ATTRIBUTE_ERROR) => {
                self.import_from_modules(module, name)
            }
            Err(raise) => Err(raise),
        }
    }

    /// A module has no such name: a submodule that is being imported has it in `sys.modules`.
    pub(in crate::machine) fn import_from_modules(&mut self, module: Value, name: Handle) -> Eval {
        let whole = self.text_attribute(module, names::NAME).map(|module| self.str_text(module).clone());
        if let Some(whole) = whole {
            let text = whole.concat(&Str::from(".")).concat(self.heap.text(name));
            let submodule = self.heap.intern(text).handle().expect("a str is a heap object");
            if let Some(submodule) = self.heap.get_name(self.modules, submodule) {
                return Ok(submodule.into());
            }
        }
        Err(self.cannot_import(module, name))
    }

    /// An attribute in a module's own dict that is a str.
    fn text_attribute(&self, module: Value, name: Handle) -> Option<Value> {
        self.heap.own_attribute(module.handle()?, name).filter(|value| self.heap.text_of(*value).is_some())
    }

    /// The file that a module's spec names.
    fn origin_of(&self, module: Value) -> Option<Value> {
        let spec = self.heap.own_attribute(module.handle()?, names::SPEC)?.handle()?;
        let has_location = self.heap.own_attribute(spec, names::SET_FILEATTR) == Some(Value::TRUE);
        self.heap
            .own_attribute(spec, names::PLAIN_ORIGIN)
            .filter(|origin| has_location && self.heap.text_of(*origin).is_some())
    }

    /// Why a module may lack a name.
    fn suspect(&self, module: Value) -> Suspect {
        let name = self.text_attribute(module, names::NAME).map(|name| self.str_text(name).to_string_lossy());
        let origin = self.origin_of(module).map(|origin| self.str_text(origin).to_string_lossy());
        let shadows = origin.as_deref().is_some_and(|origin| self.is_beside_script(origin));
        let standard = name.is_some_and(|name| stdlib::MODULE_NAMES.binary_search(&&*name).is_ok());
        let spec = module.handle().and_then(|module| self.heap.own_attribute(module, names::SPEC));
        match spec.is_some_and(|spec| self.is_initializing(spec)) {
            _ if shadows && standard => Suspect::Standard,
            true if shadows => Suspect::Library,
            true => Suspect::Circle,
            false => Suspect::Nobody,
        }
    }

    /// Whether a module's file lies in the folder that is searched first, so that it comes before all others
    /// of its name.
    fn is_beside_script(&self, origin: &str) -> bool {
        let file = origin.strip_suffix("/__init__.py").unwrap_or(origin);
        let folder = file.rsplit_once('/').map(|(folder, _)| folder);
        folder.is_some_and(|folder| self.first_path.as_deref() == Some(folder))
    }

    #[cold]
    fn cannot_import(&mut self, module: Value, name: Handle) -> Raise {
        let module_name = self.text_attribute(module, names::NAME);
        let file = self.origin_of(module).or_else(|| self.text_attribute(module, names::FILE));
        let text = |m: &Self, value: Value| m.str_text(value).to_string_lossy().into_owned();
        let shown = module_name.map_or_else(|| "<unknown module name>".to_owned(), |name| text(self, name));
        let place = file.map(|file| text(self, file));
        let quoted = place.as_deref().unwrap_or_default();
        let said = match self.suspect(module) {
            Suspect::Standard => format!("'{shown}' {}", renamed_standard(quoted, &shown)),
            Suspect::Library => format!("'{shown}' {}", renamed(quoted)),
            Suspect::Circle => {
                let circle = "(most likely due to a circular import)";
                let place = place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
                format!("partially initialized module '{shown}' {circle}{place}")
            }
            Suspect::Nobody => {
                format!("'{shown}' ({})", place.as_deref().unwrap_or("unknown location"))
            }
        };
        let message = format!("cannot import name '{}' from {said}", self.name_text(name));
        let module_name = module_name.unwrap_or(Value::NONE);
        let raise = self.import_error(types::IMPORT_ERROR, message, module_name, Some(Value::object(name)));
        self.set_exception_field(raise.exception, fields::PATH, file);
        raise
    }

    /// What is said of a module that has no such attribute.
    #[cold]
    pub(in crate::machine) fn no_module_attribute(&self, module: Value, name: Handle) -> String {
        let text = self.name_text(name);
        let Some(shown) = self.text_attribute(module, names::NAME) else {
            return format!("module has no attribute '{text}'");
        };
        let shown = self.str_text(shown).to_string_lossy();
        let origin = self.origin_of(module).map(|origin| self.str_text(origin).to_string_lossy());
        let plain = format!("module '{shown}' has no attribute '{text}'");
        match self.suspect(module) {
            Suspect::Standard => format!("{plain} {}", renamed_standard(&origin.unwrap_or_default(), &shown)),
            Suspect::Library => format!("{plain} {}", renamed(&origin.unwrap_or_default())),
            Suspect::Circle => {
                let from = origin.map_or_else(String::new, |origin| format!(" from '{origin}'"));
                format!(
                    "partially initialized module '{shown}'{from} has no attribute '{text}' (most likely due to \
                     a circular import)"
                )
            }
            Suspect::Nobody => {
                let spec = module.handle().and_then(|module| self.heap.own_attribute(module, names::SPEC));
                if spec.is_some_and(|spec| self.is_loading_submodule(spec, self.heap.text(name))) {
                    return format!(
                        "cannot access submodule '{text}' of module '{shown}' (most likely due to a circular import)"
                    );
                }
                plain
            }
        }
    }

    /// `from module import *`.
    pub fn import_star(&mut self, module: Value) -> Eval {
        let dict = module.handle().and_then(|module| self.heap.get(module).dict);
        let namespace = self.frame().namespace.and_then(|namespace| self.exact_dict(namespace));
        let (Some(dict), Some(namespace)) = (dict, namespace) else {
            return Err(self.unsupported("from … import * of something that is no module"));
        };
        let entries: Vec<(Value, Value)> =
            self.heap.dict(dict).iter().map(|entry| (entry.key, entry.value)).collect();
        let all = self.heap.get_name(dict, names::DUNDER_ALL);
        let wanted: Vec<Value> = match all.and_then(|all| self.heap.payload_of(all)) {
            Some(Payload::List(names)) => names.to_vec(),
            Some(Payload::Tuple(names)) => names.to_vec(),
            _ => entries.iter().map(|(name, _)| *name).filter(|name| self.is_public(*name)).collect(),
        };
        let wanted = self.heap.list(wanted);
        self.import_rest(module, Value::object(namespace), wanted, 0)
    }

    /// Binds the names of a list, from number `from` on, to what a module has under them; its `__getattr__` may
    /// be asked.
    fn import_rest(&mut self, module: Value, namespace: Value, wanted: Value, from: usize) -> Eval {
        let names = self.heap.items_of(wanted).unwrap_or_default().to_vec();
        let into = namespace.handle().expect("names are bound in a dict");
        for (index, name) in names.into_iter().enumerate().skip(from) {
            let Some(handle) = name.handle().filter(|_| self.heap.text_of(name).is_some()) else {
                return Err(self.type_error("Item in __all__ must be str"));
            };
            match self.get_attr(module, handle)? {
                Flow::Value(value) => self.heap.set_name(into, handle, value),
                flow @ Flow::Enter(_) => {
                    let index = self.heap.int(index as i64);
                    let args = Args::new([Value::NONE, module, namespace, wanted, index]);
                    return self.continue_with("import *", flow, args, 0, |m, args| {
                        let index = m.index_clamped(args.at(4)).and_then(|index| usize::try_from(index).ok());
                        let index = index.unwrap_or(usize::MAX);
                        let name = m.heap.items_of(args.at(3)).and_then(|names| names.get(index)?.handle());
                        let into = args.at(2).handle().expect("names are bound in a dict");
                        m.heap.set_name(into, name.expect("the name was there before"), args.at(0));
                        m.import_rest(args.at(1), args.at(2), args.at(3), index + 1)
                    });
                }
            }
        }
        Ok(Flow::Value(Value::NONE))
    }

    fn is_public(&self, name: Value) -> bool {
        self.heap.text_of(name).is_some_and(|name| name.get(0) != Some(u32::from('_')))
    }
}

fn renamed_standard(file: &str, name: &str) -> String {
    format!(
        "(consider renaming '{file}' since it has the same name as the standard library module named '{name}' \
         and prevents importing that standard library module)"
    )
}

fn renamed(file: &str) -> String {
    format!("(consider renaming '{file}' if it has the same name as a library you intended to import)")
}
