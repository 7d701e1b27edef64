//! The import machinery in Python: `importlib._bootstrap` and `importlib._bootstrap_external` of CPython's library.
//!
//! Imports are made by this interpreter itself.  But where the library is on the path, a program that imports
//! `importlib` gets the library's own code of it, and from then on specs and loaders are of its classes.  That code
//! also finds and loads where a program has put a finder of its own into `sys.meta_path` or `sys.path_hooks`.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::heap::Heap;
use super::super::names;
use super::super::object::exception::Traceback;
use super::super::object::{Payload, types};
use super::super::value::{Handle, Value};
use super::importlib::{CORE, EXTERNAL};
use super::native::NativeModule;

/// What `co_filename` of the machinery's code begins with.
const FILES: &str = "<frozen importlib._bootstrap";
/// The function that calls what is none of the machinery's own.
const CALLER: &str = "_call_with_frames_removed";

/// How far the library's machinery is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Machinery {
    /// Nobody has asked for it, or there is no library.
    #[default]
    Absent,
    /// Its modules are being loaded.
    Loading,
    /// It is in use; what it has put into `sys.path_hooks` is known once it has.
    Installed {
        /// The dict of `_frozen_importlib`.
        core: Handle,
        /// That of `_frozen_importlib_external`.
        external: Handle,
        /// The class of specs, and that of what finds builtin modules.
        classes: [Handle; 2],
        /// The hook for folders.
        hook: Option<Value>,
    },
}

impl Machinery {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        if let Self::Installed { core, external, classes: [spec, importer], hook } = *self {
            [core, external, spec, importer].map(Value::object).into_iter().chain(hook).for_each(visit);
        }
    }
}

/// The types that stand for classes of the machinery until that is there.
const TYPES: [Handle; 7] = [
    types::MODULE_SPEC,
    types::BUILTIN_IMPORTER,
    types::FROZEN_IMPORTER,
    types::SOURCE_FILE_LOADER,
    types::SOURCELESS_FILE_LOADER,
    types::NAMESPACE_LOADER,
    types::PATH_FINDER,
];

impl Machine {
    /// The class that a type of the machinery is by now.
    pub(in crate::machine) fn machinery_class(&mut self, native: Handle) -> Handle {
        let Machinery::Installed { core, external, .. } = self.machinery else { return native };
        let (name, module) = (self.heap.class(native).name.to_string(), self.heap.class(native).module);
        let dict = if module == CORE { core } else { external };
        let name = self.text_handle(&name);
        let class = self.heap.get_name(dict, name).filter(|class| self.is_class(*class));
        class.and_then(Value::handle).unwrap_or(native)
    }

    /// Whether an object is the spec of a module.
    pub(in crate::machine) fn is_spec(&self, object: Handle) -> bool {
        let class = self.heap.get(object).class;
        let own = matches!(self.machinery, Machinery::Installed { classes: [spec, _], .. } if spec == class);
        own || class == types::MODULE_SPEC
    }

    /// What finds builtin modules, and loads them.
    pub(in crate::machine) fn builtin_importer(&self) -> Value {
        match self.machinery {
            Machinery::Installed { classes: [_, importer], .. } => Value::object(importer),
            Machinery::Absent | Machinery::Loading => Value::object(types::BUILTIN_IMPORTER),
        }
    }

    /// Makes what the machinery needs of its two modules, and puts its classes in the place of those that stood for
    /// them.
    pub(in crate::machine) fn install_machinery(&mut self) -> Eval {
        let [Some(core), Some(external)] =
            [CORE, EXTERNAL].map(|name| self.loaded_module(name).and_then(Value::handle))
        else {
            return Ok(Value::NONE.into());
        };
        let [core_dict, external_dict] = [core, external].map(|module| self.heap.attributes(module));
        for name in ["sys", "_imp", "_thread", "_warnings", "_weakref"] {
            let module = match (self.loaded_module(name), NativeModule::named(name)) {
                (None, Some(native)) => Value::object(self.make_native_module(native)),
                (module, _) => module.unwrap_or(Value::NONE),
            };
            self.set_text_name(core_dict, name, module);
        }
        self.tell_library(core_dict);
        self.set_text_name(core_dict, "_bootstrap_external", Value::object(external));
        self.set_text_name(external_dict, "_bootstrap", Value::object(core));
        let classes = [types::MODULE_SPEC, types::BUILTIN_IMPORTER];
        let (core, external) = (core_dict, external_dict);
        self.machinery = Machinery::Installed { core, external, classes, hook: None };
        let classes = classes.map(|class| self.machinery_class(class));
        self.machinery = Machinery::Installed { core, external, classes, hook: None };
        for held in [core, external, classes[0], classes[1]] {
            self.heap.retain_handle(held);
        }
        self.adopt_modules();
        let waiting = self.of_machinery(core_dict, "_WeakValueDictionary");
        let waiting = self.call(waiting, Args::default())?;
        self.continue_with("importlib", waiting, Args::new([Value::NONE]), 0, |m, args| {
            let Machinery::Installed { core, external, .. } = m.machinery else {
                return Ok(Value::NONE.into());
            };
            m.set_text_name(core, "_blocking_on", args.at(0));
            let loaders = m.of_machinery(external, "_get_supported_file_loaders");
            let loaders = m.call(loaders, Args::default())?;
            m.continue_with("importlib", loaders, Args::new([Value::NONE]), 0, make_hook)
        })
    }

    /// Sets `sys._stdlib_dir`, by which the machinery knows the files of frozen modules.
    fn tell_library(&mut self, core: Handle) {
        const INSIDE: &str = "/importlib/_bootstrap.py";
        let spec = self.heap.get_name(core, names::SPEC).and_then(Value::handle);
        let file = spec.and_then(|spec| self.file_of_frozen(spec));
        let file =
            file.and_then(|file| self.heap.text_of(file)).map(|file| file.to_string_lossy().into_owned());
        let folder = file.as_deref().and_then(|file| file.strip_suffix(INSIDE));
        let sys = self.heap.get_name(self.modules, names::SYS).and_then(Value::handle);
        if let (Some(folder), Some(sys)) = (folder, sys) {
            let (dict, folder) = (self.heap.attributes(sys), self.heap.str(folder));
            self.set_text_name(dict, "_stdlib_dir", folder);
        }
    }

    fn of_machinery(&mut self, dict: Handle, name: &str) -> Value {
        let name = self.text_handle(name);
        self.heap.get_name(dict, name).unwrap_or(Value::NONE)
    }

    /// Puts the machinery's classes in the place of those that stood for them, in every module and in
    /// `sys.meta_path`.
    fn adopt_modules(&mut self) {
        let modules: Vec<Value> = self.heap.dict(self.modules).iter().map(|entry| entry.value).collect();
        for module in modules {
            let Some(dict) = module.handle().and_then(|module| self.heap.get(module).dict) else { continue };
            for name in [names::LOADER, names::SPEC] {
                if let Some(old) = self.heap.get_name(dict, name) {
                    self.adopt_in(dict, name, old);
                }
            }
            let spec = self.heap.get_name(dict, names::SPEC).and_then(Value::handle);
            if let Some(spec) = spec.and_then(|spec| self.heap.get(spec).dict)
                && let Some(old) = self.heap.get_name(spec, names::PLAIN_LOADER)
            {
                self.adopt_in(spec, names::PLAIN_LOADER, old);
            }
        }
        let name = self.text_handle("meta_path");
        let Some(finders) = self.sys_attribute(name).filter(|list| self.heap.items_of(*list).is_some())
        else {
            return;
        };
        let items = self.heap.items_of(finders).unwrap_or_default().to_vec();
        let items: Vec<Value> = items.into_iter().map(|finder| self.adopted(finder)).collect();
        if let Some(list) =
            finders.handle().filter(|list| matches!(self.heap.payload(*list), Payload::List(_)))
        {
            self.heap.list_splice(list, .., &items);
        }
    }

    fn adopt_in(&mut self, dict: Handle, name: Handle, old: Value) {
        let new = self.adopted(old);
        if new != old {
            self.heap.set_name(dict, name, new);
        }
    }

    /// The class that stands in the place of this one, or an instance that is one of it now.
    fn adopted(&mut self, value: Value) -> Value {
        let Some(handle) = value.handle() else { return value };
        if TYPES.contains(&handle) {
            return Value::object(self.machinery_class(handle));
        }
        let old = self.heap.class_of(value);
        if TYPES.contains(&old) {
            let new = self.machinery_class(old);
            self.heap.retain_handle(new);
            self.heap.get_mut(handle).class = new;
            self.heap.release_handle(old);
        }
        value
    }

    /// Whether a program has changed what is asked for modules.
    pub(in crate::machine) fn has_program_finders(&mut self) -> bool {
        if self.machinery == Machinery::Loading {
            return false;
        }
        let known = [types::BUILTIN_IMPORTER, types::FROZEN_IMPORTER, types::PATH_FINDER]
            .map(|finder| Value::object(self.machinery_class(finder)));
        let [finders, hooks] = ["meta_path", "path_hooks"].map(|name| {
            let name = self.text_handle(name);
            self.sys_attribute(name)
        });
        let hook = match self.machinery {
            Machinery::Installed { hook, .. } => hook,
            Machinery::Absent | Machinery::Loading => None,
        };
        let items = |list: Option<Value>| list.and_then(|list| self.heap.items_of(list));
        items(finders) != Some(&known[..]) || items(hooks) != Some(hook.as_slice())
    }

    /// Takes the machinery's entries out of the traceback of an error that an `import` raises: all of them of an
    /// ImportError, of others those that lead to what is none of its own.
    pub(in crate::machine) fn trim_machinery(&mut self, exception: Value) {
        let all = self.heap.is_instance(exception, types::IMPORT_ERROR);
        let (mut kept, mut before, mut inside) = (Vec::new(), 0, false);
        let mut next = self.exception(exception).traceback;
        let mut count = 0;
        while let Some((value, entry)) = next.and_then(|value| Some((value, entry_of(&self.heap, value)?))) {
            next = entry.next;
            count += 1;
            let name = machinery_name(&self.heap, entry);
            if name.is_some() && !inside {
                before = kept.len();
            }
            inside = name.is_some();
            if name.is_some_and(|name| all || name == CALLER) {
                kept.truncate(before);
            } else {
                kept.push(value);
            }
        }
        if kept.len() == count {
            return;
        }
        for value in &kept {
            self.heap.retain(*value);
        }
        self.set_exception(exception, |exception| &mut exception.traceback, kept.first().copied());
        for (index, value) in kept.iter().enumerate() {
            let next = kept.get(index + 1).copied();
            if let Some(next) = next {
                self.heap.retain(next);
            }
            let handle = value.handle().expect("a traceback is a heap object");
            let Payload::Traceback(entry) = self.heap.payload_mut(handle) else { continue };
            if let Some(old) = std::mem::replace(&mut entry.next, next) {
                self.heap.release(old);
            }
        }
        for value in kept {
            self.heap.release(value);
        }
    }
}

/// Makes the hook for folders of the loaders that there are.
fn make_hook(m: &mut Machine, args: &Args) -> Eval {
    let Machinery::Installed { external, .. } = m.machinery else { return Ok(Value::NONE.into()) };
    let loaders = m.heap.items_of(args.at(0)).unwrap_or_default().to_vec();
    let finder = m.of_machinery(external, "FileFinder");
    let name = m.text_handle("path_hook");
    let made = m.call_attr(finder, name, loaders)?;
    m.continue_with("importlib", made, Args::new([Value::NONE]), 0, |m, args| {
        let made = args.at(0);
        let name = m.text_handle("path_hooks");
        let hooks = m.sys_attribute(name).and_then(Value::handle);
        if let Some(hooks) = hooks.filter(|hooks| matches!(m.heap.payload(*hooks), Payload::List(_))) {
            m.heap.list_push(hooks, made);
        }
        if let Machinery::Installed { hook, .. } = &mut m.machinery {
            m.heap.retain(made);
            *hook = Some(made);
        }
        Ok(Value::NONE.into())
    })
}

fn entry_of(heap: &Heap, value: Value) -> Option<&Traceback> {
    match heap.payload_of(value) {
        Some(Payload::Traceback(entry)) => Some(entry),
        _ => None,
    }
}

/// The name of the machinery's function that a traceback entry is of.
fn machinery_name<'a>(heap: &'a Heap, entry: &Traceback) -> Option<&'a str> {
    let Some(Payload::Frame(frame)) = heap.payload_of(entry.frame) else { return None };
    frame.code.code.filename.starts_with(FILES).then_some(&*frame.code.code.name)
}

/// Whether the traceback of an exception has entries of the machinery.
pub fn goes_through_machinery(heap: &Heap, exception: Value) -> bool {
    let Some(Payload::Exception(object)) = heap.payload_of(exception) else { return false };
    let mut next = object.traceback;
    while let Some(entry) = next.and_then(|value| entry_of(heap, value)) {
        if machinery_name(heap, entry).is_some() {
            return true;
        }
        next = entry.next;
    }
    false
}
