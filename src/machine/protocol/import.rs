//! Imports: of the modules that the machine is made with.  There are no others yet.

use super::super::Machine;
use super::super::frame::{Eval, Flow};
use super::super::modules::stdlib;
use super::super::names;
use super::super::object::exceptions::import as fields;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Kind, Value};

impl Machine {
    /// `import name`, or `from name import …`.
    pub fn import(&mut self, name: Handle, from_list: Value, level: Value) -> Eval {
        match level.kind() {
            Kind::Int(0) => {}
            Kind::Int(level) if level < 0 => return Err(self.value_error("level must be >= 0")),
            _ => {
                let message = "attempted relative import with no known parent package";
                return Err(self.raise(types::IMPORT_ERROR, message));
            }
        }
        let text = self.name_text(name);
        if text.is_empty() {
            return Err(self.value_error("Empty module name"));
        }
        let mut parent = None;
        for end in text.match_indices('.').map(|(dot, _)| dot).chain([text.len()]) {
            let part = self.heap.intern(&text[..end]);
            let part = part.handle().expect("a str is a heap object");
            match self.heap.get_name(self.modules, part) {
                Some(module) if !module.is_none() => parent = Some((module, text[..end].to_owned())),
                _ => return Err(self.no_module(&text[..end], parent.map(|(_, name)| name))),
            }
        }
        let whole = parent.expect("a name has a part").0;
        if self.plain_truth(from_list).unwrap_or(false) {
            return Ok(whole.into());
        }
        let first = text.split('.').next().unwrap_or(&text);
        let first = self.heap.intern(first).handle().expect("a str is a heap object");
        Ok(self.heap.get_name(self.modules, first).unwrap_or(whole).into())
    }

    #[cold]
    fn no_module(&mut self, name: &str, parent: Option<String>) -> Raise {
        let first = name.split('.').next().unwrap_or(name);
        if parent.is_none() && stdlib::MODULE_NAMES.binary_search(&first).is_ok() {
            return self.raise(types::NOT_IMPLEMENTED_ERROR, format!("wordcode cannot import '{first}' yet"));
        }
        let module = self.heap.str(name);
        let message = match parent {
            None => format!("No module named '{name}'"),
            Some(parent) => format!("No module named '{name}'; '{parent}' is not a package"),
        };
        self.import_error(types::MODULE_NOT_FOUND_ERROR, message, module, None)
    }

    /// `from module import name`.
    pub fn import_from(&mut self, module: Value, name: Handle) -> Eval {
        match self.find_attr(module, name) {
            Ok(Some(flow)) => Ok(flow),
            Ok(None) => Err(self.cannot_import(module, name)),
            Err(raise) if self.heap.is_instance(raise.exception, types::ATTRIBUTE_ERROR) => {
                Err(self.cannot_import(module, name))
            }
            Err(raise) => Err(raise),
        }
    }

    #[cold]
    fn cannot_import(&mut self, module: Value, name: Handle) -> Raise {
        let attribute = |m: &Self, name: Handle| {
            let handle = module.handle()?;
            m.heap.own_attribute(handle, name).filter(|value| m.heap.text_of(*value).is_some())
        };
        let module_name = attribute(self, names::NAME);
        let file = attribute(self, names::FILE);
        let text = |m: &Self, value: Value| m.str_text(value).to_string_lossy().into_owned();
        let shown = module_name.map_or_else(|| "<unknown module name>".to_owned(), |name| text(self, name));
        let place = file.map_or_else(|| "unknown location".to_owned(), |file| text(self, file));
        let message = format!("cannot import name '{}' from '{shown}' ({place})", self.name_text(name));
        let module_name = module_name.unwrap_or(Value::NONE);
        let raise = self.import_error(types::IMPORT_ERROR, message, module_name, Some(Value::object(name)));
        self.set_exception_field(raise.exception, fields::PATH, file);
        raise
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
            Some(Payload::List(names)) => names.clone(),
            Some(Payload::Tuple(names)) => names.to_vec(),
            _ => entries.iter().map(|(name, _)| *name).filter(|name| self.is_public(*name)).collect(),
        };
        for name in wanted {
            let Some(handle) = name.handle().filter(|_| self.heap.text_of(name).is_some()) else {
                return Err(self.type_error("Item in __all__ must be str"));
            };
            match self.heap.get_name(dict, handle) {
                Some(value) => self.heap.set_name(namespace, handle, value),
                None => return Err(self.no_attribute(module, handle)),
            }
        }
        Ok(Flow::Value(Value::NONE))
    }

    fn is_public(&self, name: Value) -> bool {
        self.heap.text_of(name).is_some_and(|name| name.get(0) != Some(u32::from('_')))
    }
}
