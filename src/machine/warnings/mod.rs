//! Warnings: the filters and registries of CPython's `_warnings`, and what the interpreter itself warns of.
//!
//! All that is known of warnings is here and in the heap, whether a program has imported `warnings` or not: a
//! list of filters, a registry for the action `once`, the action where no filter fits, and in the globals of each
//! module that warns a `__warningregistry__`.

mod give;
mod options;

use super::Machine;
use super::frame::{Eval, Flow};
use super::heap::Heap;
use super::native::DictAction;
use super::number::IntRef;
use super::object::{Payload, types};
use super::output::Stream;
use super::raise::Raise;
use super::value::{Handle, Value};

pub use give::Giving;

/// What is known of warnings, apart from the modules' registries.
#[derive(Clone, Debug, Hash)]
pub struct Warnings {
    /// `_warnings.filters`: a list of tuples of action, text, category, module and line.
    pub filters: Handle,
    /// `_warnings._onceregistry`: a dict.
    pub once: Handle,
    /// `_warnings._defaultaction`.
    pub default_action: Value,
    /// How often the filters have changed: registries of another version are out of date.
    pub version: i64,
}

impl Warnings {
    /// No filters.
    pub(super) fn new(heap: &mut Heap) -> Self {
        let filters = heap.list(Vec::new()).handle().expect("a list is a heap object");
        let default_action = heap.intern("default");
        Self { filters, once: heap.new_dict(), default_action, version: 0 }
    }

    /// Visits every value that is held.
    pub(super) fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [Value::object(self.filters), Value::object(self.once), self.default_action]
            .into_iter()
            .for_each(visit);
    }
}

/// Where a program is warned: what tells one warning from another.
#[derive(Clone, Debug, Hash)]
pub struct Place {
    /// The file, a str.
    pub file: Value,
    /// The line, from 1.
    pub line: u32,
    /// The name of the module.
    pub module: Value,
    /// The module's `__warningregistry__`, a dict; without one a warning is given each time.
    pub registry: Option<Handle>,
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
        let filters = self.warnings.filters;
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

    /// Where the Python code on top stands, as the place of a warning.
    pub(super) fn warning_place(&mut self) -> Place {
        let Some(frame) = self.thread.python_frames().next() else {
            let (file, module) = (self.heap.str("sys"), self.heap.str("sys"));
            return Place { file, line: 1, module, registry: None };
        };
        let line = frame.code.line_at(frame.last).unwrap_or(frame.code.code.firstlineno);
        let globals = frame.globals;
        let file = std::rc::Rc::clone(&frame.code.code.filename);
        let file = self.heap.str(&*file);
        let module = self.heap.get_name(globals, super::names::NAME);
        let module = module.unwrap_or_else(|| self.heap.str("<string>"));
        let name = self.text_handle("__warningregistry__");
        let known = self.heap.get_name(globals, name).and_then(Value::handle);
        let registry = known.filter(|dict| self.heap.get(*dict).class == types::DICT).unwrap_or_else(|| {
            let dict = self.heap.new_dict();
            self.heap.set_name(globals, name, Value::object(dict));
            dict
        });
        Place { file, line, module, registry: Some(registry) }
    }

    /// Warns of something in the line that runs, and then comes to `result`; or to the warning itself as an
    /// exception, where a filter makes it one.
    pub(super) fn warned(&mut self, category: Handle, text: &str, result: Value) -> Eval {
        let place = self.warning_place();
        let text = self.heap.str(text);
        self.begin(Giving::of(category, text, place, result))
    }

    /// Whether a registry has a key, one of its own version; where it has not, and that is wanted, it gets it.
    fn registered(&mut self, registry: Handle, key: Value, enter: bool) -> Result<bool, Raise> {
        let version = self.text_handle("version");
        let known = self.heap.get_name(registry, version).and_then(|known| self.heap.int_ref(known)?.small());
        if known == Some(self.warnings.version) {
            let absent = DictAction::Get(Value::NONE);
            if let Flow::Value(found) = self.key_of_registry(registry, key, absent)?
                && self.plain_truth(found).unwrap_or(true)
            {
                return Ok(true);
            }
        } else {
            self.heap.clear_dict(registry);
            let number = self.heap.int(self.warnings.version);
            self.heap.set_name(registry, version, number);
        }
        if enter {
            self.key_of_registry(registry, key, DictAction::Set(Value::TRUE))?;
        }
        Ok(false)
    }

    /// Looks for a key, a tuple of texts, classes and numbers, in a registry.
    fn key_of_registry(&mut self, registry: Handle, key: Value, action: DictAction) -> Eval {
        match self.dict_act(registry, key, action)? {
            Flow::Enter(_) => {
                Err(self.unsupported("a category of warnings whose class has a __hash__ in Python"))
            }
            flow @ Flow::Value(_) => Ok(flow),
        }
    }

    /// A warning as it is shown where nobody shows it otherwise.
    fn warning_text(&self, place: &Place, category: Handle, text: Value) -> String {
        let file = self.str_text(place.file).to_string_lossy().into_owned();
        // The text of what came from no file is not looked for.
        let known = !file.starts_with('<');
        let source = self.source_line(&file, place.line).filter(|text| known && !text.is_empty());
        let source = source.map_or_else(String::new, |text| format!("  {text}\n"));
        let (category, text) = (self.type_name(category), self.str_text(text).to_string_lossy());
        format!("{file}:{}: {category}: {text}\n{source}", place.line)
    }

    /// The parts of a filter: action, text, category, module and line.
    fn filter_parts(&mut self, filter: Value) -> Result<[Value; 5], Raise> {
        let parts = match self.heap.payload_of(filter) {
            Some(Payload::Tuple(parts)) => <[Value; 5]>::try_from(&**parts).ok(),
            _ => None,
        };
        match parts {
            Some(parts) if self.heap.text_of(parts[0]).is_some() => Ok(parts),
            _ => Err(self.value_error("warnings.filters item isn't a 5-tuple")),
        }
    }

    /// Whether what a filter wants of a text is there, as far as no `match` method has to be asked.
    fn fits_plainly(&self, wanted: Value, text: Value) -> Option<bool> {
        if wanted.is_none() {
            return Some(true);
        }
        if self.heap.class_of(wanted) != types::STR {
            return None;
        }
        Some(self.str_text(wanted) == self.str_text(text))
    }

    /// Gives a SyntaxWarning of the compiler, each time anew as CPython does.
    pub(super) fn warn_of_source(&mut self, file: &str, line: u32, message: &str) -> Result<(), Raise> {
        let module = self.heap.str(file.strip_suffix(".py").unwrap_or(file));
        let place = Place { file: self.heap.str(file), line, module, registry: None };
        let text = self.heap.str(message);
        for filter in self.heap.list_items(self.warnings.filters).to_vec() {
            let [action, wanted_text, category, wanted_module, wanted_line] = self.filter_parts(filter)?;
            let lines = self.heap.int_ref(wanted_line).and_then(IntRef::small).unwrap_or(0);
            if !category.handle().is_some_and(|class| self.heap.is_subclass(types::SYNTAX_WARNING, class))
                || (lines != 0 && lines != i64::from(line))
            {
                continue;
            }
            match (self.fits_plainly(wanted_text, text), self.fits_plainly(wanted_module, module)) {
                (Some(true), Some(true)) => {}
                (Some(false), _) | (_, Some(false)) => continue,
                _ => return Err(self.unsupported("a filter of SyntaxWarnings by a pattern")),
            }
            match &*self.str_text(action).to_string_lossy() {
                "ignore" => return Ok(()),
                "error" => return Err(self.unsupported("a SyntaxWarning that is made an error")),
                _ => break,
            }
        }
        let text = self.warning_text(&place, types::SYNTAX_WARNING, text);
        self.write(Stream::Stderr, &text);
        Ok(())
    }

    /// A module that is to run as the program has been imported by its package, and so will run twice.
    pub(super) fn warn_of_early_import(&mut self, package: &str, module: &str) -> Eval {
        let text = format!(
            "'{module}' found in sys.modules after import of package '{package}', but prior to execution of \
             '{module}'; this may result in unpredictable behaviour"
        );
        let (file, name) = (self.heap.str("<frozen runpy>"), self.heap.str("runpy"));
        let place = Place { file, line: 130, module: name, registry: None };
        let text = self.heap.str(text);
        self.begin(Giving::of(types::RUNTIME_WARNING, text, place, Value::NONE))
    }
}
