//! The filters that `-W` and `PYTHONWARNINGS` ask for, read as Lib/warnings.py reads them.

use super::super::Machine;
use super::super::object::types;
use super::super::output::Stream;
use super::super::value::{Handle, Value};

/// The actions, the earlier ones first where an option has only the beginning of one.
const ACTIONS: [&str; 7] = ["default", "always", "all", "ignore", "module", "once", "error"];

impl Machine {
    /// Enters the filters that the options ask for, each before those that are there, and lists the options in
    /// `sys.warnoptions`.  One that cannot be read is told of and does nothing.
    pub fn set_warn_options(&mut self, options: &[String]) {
        let mut listed = Vec::new();
        for option in options {
            listed.push(self.heap.str(option.as_str()));
            match self.warn_option(option) {
                Ok(filter) => {
                    let filters = self.warnings.filters();
                    self.heap.list_splice(filters, 0..0, &[filter]);
                    self.warnings.options += 1;
                    self.warnings.version += 1;
                }
                Err(reason) => {
                    self.write(Stream::Stderr, &format!("Invalid -W option ignored: {reason}\n"));
                }
            }
        }
        let listed = self.heap.list(listed);
        let name = self.text_handle("warnoptions");
        if let Some(sys) = self.loaded_module("sys").and_then(Value::handle) {
            let dict = self.heap.attributes(sys);
            self.heap.set_name(dict, name, listed);
        }
    }

    fn warn_option(&mut self, option: &str) -> Result<Value, String> {
        let parts: Vec<&str> = option.split(':').collect();
        if parts.len() > 5 {
            return Err(format!("too many fields (max 5): '{option}'"));
        }
        let part = |index: usize| parts.get(index).map_or("", |part| part.trim());
        let action = match part(0) {
            "" => "default",
            given => match ACTIONS.iter().find(|action| action.starts_with(given)) {
                Some(action) => action,
                None => return Err(format!("invalid action: '{given}'")),
            },
        };
        if !part(1).is_empty() {
            return Err(format!("wordcode does not support a message in it: '{option}'"));
        }
        let category = self.warning_category(part(2))?;
        let module = match part(3) {
            "" => Value::NONE,
            module => self.heap.str(module),
        };
        let line = match part(4) {
            "" => 0,
            line => line.parse::<u32>().map_err(|_| format!("invalid lineno '{line}'"))?,
        };
        Ok(self.warning_filter(action, Value::NONE, category, module, line.into()))
    }

    fn warning_category(&mut self, name: &str) -> Result<Handle, String> {
        if name.is_empty() {
            return Ok(types::WARNING);
        }
        if name.contains('.') {
            return Err(format!("wordcode does not support a category of a module: '{name}'"));
        }
        let key = self.text_handle(name);
        let found = self.heap.get_name(self.builtins, key).and_then(Value::handle);
        match found.filter(|class| self.heap.type_of(*class).is_some()) {
            None => Err(format!("unknown warning category: '{name}'")),
            Some(class) if self.heap.is_subclass(class, types::WARNING) => Ok(class),
            Some(_) => Err(format!("invalid warning category: '{name}'")),
        }
    }
}
