//! Warnings: the filters and registries of CPython's `_warnings`, and what the interpreter itself warns of.
//!
//! All that is known of warnings is here and in the heap, whether a program has imported `warnings` or not: a
//! list of filters, a registry for the action `once`, the action where no filter fits, and in the globals of each
//! module that warns a `__warningregistry__`.

mod filter;
mod give;
mod options;
mod source;

use std::rc::Rc;

use super::Machine;
use super::frame::Eval;
use super::heap::Heap;
use super::modules::contextvars;
use super::native::DictAction;
use super::number::IntRef;
use super::object::types;
use super::raise::Raise;
use super::value::{Handle, Value};

pub use give::Giving;
pub use source::SourceWarnings;

/// What is known of warnings, apart from the modules' registries.
#[derive(Clone, Debug, Hash)]
pub struct Warnings {
    /// `_warnings.filters`: a list of tuples of action, text, category, module and line; what `warnings.filters` was
    /// when it was last asked.
    filters: Option<Value>,
    /// `_warnings._onceregistry`: a dict.
    once: Handle,
    /// `_warnings._defaultaction`.
    default_action: Value,
    /// `_warnings._warnings_context`, once the module has been imported.
    context: Option<Value>,
    /// How often the filters have changed: registries of another version are out of date.
    version: i64,
    /// How many filters, from the first one, options of the command line have asked for.
    options: usize,
    /// How often the lock of the filters is held.
    locked: u32,
}

impl Warnings {
    /// No filters.
    pub(super) fn new(heap: &mut Heap) -> Self {
        let filters = Some(heap.list(Vec::new()));
        let default_action = heap.intern("default");
        let once = heap.new_dict();
        Self { filters, once, default_action, context: None, version: 0, options: 0, locked: 0 }
    }

    /// Visits every value that is held.
    pub(super) fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [Value::object(self.once), self.default_action].into_iter().for_each(&mut *visit);
        self.filters.into_iter().chain(self.context).for_each(visit);
    }

    fn filters(&self) -> Handle {
        self.filters.and_then(Value::handle).expect("there is a list of filters")
    }
}

/// Where a program is warned: what tells one warning from another.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Place {
    /// The file, a str.
    pub file: Value,
    /// The line, from 1.
    pub line: i64,
    /// The name of the module.
    pub module: Value,
    /// The module's `__warningregistry__`, a dict; where it is None, a warning is given each time.
    pub registry: Value,
}

impl Place {
    /// The registry, if there is one.
    fn dict(&self, m: &mut Machine) -> Result<Option<Handle>, Raise> {
        if self.registry.is_none() {
            return Ok(None);
        }
        match self.registry.handle().filter(|_| m.heap.is_instance(self.registry, types::DICT)) {
            Some(dict) => Ok(Some(dict)),
            None => Err(m.type_error("'registry' must be a dict or None")),
        }
    }
}

impl Machine {
    /// The filters that there are before a program asks for others.
    pub(super) fn make_warnings(&mut self) {
        let ignored = [
            types::DEPRECATION_WARNING,
            types::PENDING_DEPRECATION_WARNING,
            types::IMPORT_WARNING,
            types::RESOURCE_WARNING,
        ];
        let main = Value::object(super::names::MAIN);
        let first = self.warning_filter("default", Value::NONE, types::DEPRECATION_WARNING, main, 0);
        let filters = self.warnings.filters();
        self.heap.list_push(filters, first);
        for category in ignored {
            let filter = self.warning_filter("ignore", Value::NONE, category, Value::NONE, 0);
            self.heap.list_push(filters, filter);
        }
    }

    fn warning_filter(
        &mut self,
        action: &str,
        text: Value,
        category: Handle,
        module: Value,
        line: i64,
    ) -> Value {
        let action = self.heap.intern(action);
        let line = self.heap.int(line);
        self.heap.tuple(vec![action, text, Value::object(category), module, line])
    }

    /// What the dict of `_warnings` has of all this.
    pub(super) fn enter_warnings(&mut self, dict: Handle) {
        if self.warnings.context.is_none() {
            // The module `warnings`, which is importing this, enters those of the options again, as patterns, and
            // counts them again.
            if self.loaded_module("warnings").is_some() {
                let (filters, options) = (self.warnings.filters(), self.warnings.options);
                self.heap.list_splice(filters, 0..options, &[]);
                self.warnings.version -= i64::try_from(options).expect("options are few");
            }
            let context = contextvars::variable(self, "_warnings_context");
            self.heap.replace(&mut self.warnings.context, Some(context));
        }
        let Warnings { filters, once, default_action, context, .. } = self.warnings;
        for (name, value) in [
            ("filters", filters),
            ("_onceregistry", Some(Value::object(once))),
            ("_defaultaction", Some(default_action)),
            ("_warnings_context", context),
        ] {
            self.set_text_name(dict, name, value.expect("it is known or was just made"));
        }
    }

    /// Takes the lock of the filters: once more, if it is held already.
    pub(super) fn lock_warnings(&mut self) {
        self.warnings.locked += 1;
    }

    /// Lets the lock of the filters go, once.
    pub(super) fn unlock_warnings(&mut self) -> Result<(), Raise> {
        let Some(locked) = self.warnings.locked.checked_sub(1) else {
            return Err(self.runtime_error("cannot release un-acquired lock"));
        };
        self.warnings.locked = locked;
        Ok(())
    }

    /// All registries are out of date from now on.
    pub(super) fn forget_warnings(&mut self) -> Result<(), Raise> {
        if self.warnings.locked == 0 {
            return Err(self.runtime_error("warnings lock is not held"));
        }
        self.warnings.version += 1;
        Ok(())
    }

    /// What the module `warnings` has under a name, if the program has the module.
    pub(super) fn of_warnings_module(&mut self, name: &str) -> Option<Value> {
        let module = self.loaded_module("warnings").and_then(Value::handle)?;
        let name = self.text_handle(name);
        self.heap.own_attribute(module, name)
    }

    /// The filters of all, a list: those of the module `warnings`, where that has some.
    fn warning_filters(&mut self) -> Result<Value, Raise> {
        if let Some(filters) = self.of_warnings_module("filters") {
            if !self.heap.is_instance(filters, types::LIST) {
                return Err(self.value_error("_warnings.filters must be a list"));
            }
            self.heap.replace(&mut self.warnings.filters, Some(filters));
        }
        Ok(Value::object(self.warnings.filters()))
    }

    /// Whether the first filter about all warnings of a category ignores them, without asking any Python code.
    pub(in crate::machine) fn is_ignored(&mut self, category: Handle) -> bool {
        if self.warnings_context().is_some() {
            return false;
        }
        let Ok(filters) = self.warning_filters() else { return false };
        for filter in self.heap.items_of(filters).unwrap_or_default() {
            let Some(&[action, text, kind, module, line]) = self.heap.items_of(*filter) else { return false };
            let Some(kind) = kind.handle().filter(|kind| self.heap.type_of(*kind).is_some()) else {
                return false;
            };
            if !self.heap.is_subclass(category, kind) {
                continue;
            }
            let is_for_all = text.is_none() && module.is_none() && self.index_clamped(line) == Some(0);
            let action = self.heap.text_of(action).map(|action| action.to_string_lossy());
            return is_for_all && action.as_deref() == Some("ignore");
        }
        false
    }

    /// What is done where no filter fits.
    fn default_warning_action(&mut self) -> Result<Value, Raise> {
        let Some(action) = self.of_warnings_module("defaultaction") else {
            return Ok(self.warnings.default_action);
        };
        if self.heap.text_of(action).is_none() {
            let given = self.class_name(action);
            return Err(self.type_error(format!("_warnings.defaultaction must be a string, not '{given}'")));
        }
        Ok(action)
    }

    /// What has been given once, whatever the module.
    fn once_registry(&mut self) -> Result<Handle, Raise> {
        let Some(registry) = self.of_warnings_module("onceregistry") else { return Ok(self.warnings.once) };
        match registry.handle().filter(|_| self.heap.is_instance(registry, types::DICT)) {
            Some(registry) => Ok(registry),
            None => {
                let given = self.class_name(registry);
                Err(self.type_error(format!("_warnings.onceregistry must be a dict, not '{given}'")))
            }
        }
    }

    /// What the context the program runs in has for warnings; None where that is the same as for all.
    fn warnings_context(&self) -> Option<Value> {
        let variable = self.warnings.context?;
        contextvars::current_value(self, variable).filter(|context| !context.is_none())
    }

    /// Where the Python code on top stands, as the place of a warning.
    pub(super) fn warning_place(&mut self) -> Place {
        self.warning_place_at(1, &[])
    }

    /// The same so many frames further down, where that of 1 is the one on top.  From there on, frames of the import
    /// system do not count, nor those of files whose names begin so.
    pub(super) fn warning_place_at(&mut self, level: i64, skipped: &[String]) -> Place {
        let is_internal = |file: &str| file.contains("importlib") && file.contains("_bootstrap");
        let below = level.max(1) as usize - 1;
        let found = {
            let frames = self.thread.python_frames().enumerate();
            let on_top = self.thread.python_frames().next();
            let counts_all = level <= 0 || on_top.is_some_and(|frame| is_internal(&frame.code.code.filename));
            let mut counted = frames.filter(|(at, frame)| {
                let file = &*frame.code.code.filename;
                let is_skipped = || skipped.iter().any(|prefix| file.starts_with(prefix.as_str()));
                *at == 0 || counts_all || !(is_internal(file) || is_skipped())
            });
            counted.nth(below).map(|(_, frame)| {
                let line = frame.code.line_at(frame.last).unwrap_or(frame.code.code.firstlineno);
                (Rc::clone(&frame.code.code.filename), line, frame.globals)
            })
        };
        let (file, line, globals) = match found {
            Some((file, line, globals)) => (self.heap.str(&*file), i64::from(line), Some(globals)),
            None => {
                let sys = self.loaded_module("sys").and_then(Value::handle);
                let globals = sys.map(|sys| self.heap.attributes(sys));
                (self.heap.str("<sys>"), 0, globals)
            }
        };
        let Some(globals) = globals else {
            let module = self.heap.str("<string>");
            return Place { file, line, module, registry: Value::NONE };
        };
        let module = self.heap.get_name(globals, super::names::NAME);
        let module = module.filter(|name| name.is_none() || self.heap.text_of(*name).is_some());
        let module = module.unwrap_or_else(|| self.heap.str("<string>"));
        let name = self.text_handle("__warningregistry__");
        let registry = self.heap.get_name(globals, name).unwrap_or_else(|| {
            let dict = Value::object(self.heap.new_dict());
            self.heap.set_name(globals, name, dict);
            dict
        });
        Place { file, line, module, registry }
    }

    /// Warns of something in the line that runs, and then comes to `result`; or to the warning itself as an
    /// exception, where a filter makes it one.
    pub(super) fn warned(&mut self, category: Handle, text: &str, result: Value) -> Eval {
        let place = self.warning_place();
        let text = self.heap.str(text);
        self.give_warning(Giving::of(Value::object(category), text, place, result), place, result)
    }

    /// Gives a warning; but nothing is said of what has no module.
    pub(super) fn give_warning(&mut self, giving: Giving, place: Place, result: Value) -> Eval {
        if place.module.is_none() {
            return Ok(result.into());
        }
        place.dict(self)?;
        self.begin(giving)
    }

    /// Whether a registry is of the version that the filters have; one that is not is emptied.
    fn is_current(&mut self, registry: Handle) -> bool {
        let version = self.text_handle("version");
        let known = self.heap.get_name(registry, version).and_then(|known| self.heap.int_ref(known)?.small());
        if known == Some(self.warnings.version) {
            return true;
        }
        self.heap.clear_dict(registry);
        let number = self.heap.int(self.warnings.version);
        self.heap.set_name(registry, version, number);
        false
    }

    /// What a registry has under a key.
    fn registered(&mut self, registry: Handle, key: Value) -> Eval {
        self.dict_act(registry, key, DictAction::Get(Value::NONE))
    }

    /// Enters a key in a registry.
    fn register(&mut self, registry: Handle, key: Value) -> Eval {
        self.dict_act(registry, key, DictAction::Set(Value::TRUE))
    }

    /// A warning as it is shown where nobody shows it otherwise: of a category with this name, with this text.
    fn warning_text(&self, place: &Place, name: Value, text: Value) -> String {
        let file = self.str_text(place.file).to_string_lossy().into_owned();
        // The text of what came from no file is not looked for.
        let known = !file.starts_with('<');
        let line = u32::try_from(place.line).ok();
        let source = line.and_then(|line| self.source_line(&file, line));
        let source = source.filter(|text| known && !text.is_empty());
        let source = source.map_or_else(String::new, |text| format!("  {text}\n"));
        let [name, text] = [name, text].map(|value| match self.heap.text_of(value) {
            Some(text) => text.to_string_lossy().into_owned(),
            None => String::new(),
        });
        format!("{file}:{}: {name}: {text}\n{source}", place.line)
    }

    /// A number that CPython takes as a C `Py_ssize_t`.
    pub(super) fn warning_number(&mut self, value: Value) -> Result<i64, Raise> {
        match self.heap.int_ref(value).and_then(IntRef::small) {
            Some(number) => Ok(number),
            None => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }

    /// A module that is to run as the program has been imported by its package, and so will run twice.
    pub(super) fn warn_of_early_import(&mut self, package: &str, module: &str) -> Eval {
        let text = format!(
            "'{module}' found in sys.modules after import of package '{package}', but prior to execution of \
             '{module}'; this may result in unpredictable behaviour"
        );
        let (file, name) = (self.heap.str("<frozen runpy>"), self.heap.str("runpy"));
        let place = Place { file, line: 130, module: name, registry: Value::NONE };
        let text = self.heap.str(text);
        self.begin(Giving::of(Value::object(types::RUNTIME_WARNING), text, place, Value::NONE))
    }
}
