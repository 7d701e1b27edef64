//! Short ways to what values are: their text, items and names, for messages and for other modules.

use super::Machine;
use super::object::{Payload, types};
use super::text::Str;
use super::value::{Handle, Value};

impl Machine {
    /// The text of a value that must be a str: a name, a keyword.
    pub(super) fn str_text(&self, value: Value) -> &Str {
        self.heap.text_of(value).expect("a name is a str")
    }

    /// The text of a name, for a message.
    pub(super) fn name_text(&self, name: Handle) -> String {
        self.heap.text(name).to_string_lossy().into_owned()
    }

    /// The items of a value that must be a tuple.
    pub(super) fn tuple_items(&self, value: Value) -> &[Value] {
        match self.heap.payload_of(value) {
            Some(Payload::Tuple(items)) => items,
            _ => panic!("a tuple is there"),
        }
    }

    /// The name of a value's type, as most messages give it.
    pub(super) fn class_name(&self, value: Value) -> String {
        self.type_name(self.heap.class_of(value))
    }

    /// What messages about a wrong argument say it is: its type, or None.
    pub(super) fn argument_class(&self, value: Value) -> String {
        if value.is_none() { "None".to_owned() } else { self.class_name(value) }
    }

    /// The name of a type, as most messages give it.
    pub(super) fn type_name(&self, class: Handle) -> String {
        self.heap.class(class).name_in_messages().into_owned()
    }

    /// The name of a value's type with its module, where that is neither builtins nor `__main__`, as
    /// newer messages give it.
    pub(super) fn qualified_class_name(&self, value: Value) -> String {
        self.qualified_type_name(self.heap.class_of(value))
    }

    /// The same for a type.
    pub(super) fn qualified_type_name(&self, class: Handle) -> String {
        match self.class_module(class) {
            Some(module) if module != "builtins" && module != "__main__" => {
                format!("{module}.{}", self.heap.class(class).qualname)
            }
            _ => self.heap.class(class).qualname.to_string(),
        }
    }

    /// The name of a value's type with its module, where that is neither builtins nor the program itself.
    pub(super) fn full_class_name(&self, value: Value) -> String {
        let name = self.qualified_class_name(value);
        name.strip_prefix("__main__.").map_or_else(|| name.clone(), str::to_owned)
    }

    /// What the builtins module has under `name`; None where the program has deleted it.
    pub(super) fn builtin(&self, name: Handle) -> Value {
        self.heap.get_name(self.builtins, name).unwrap_or(Value::NONE)
    }

    /// A dict of str keys and values, in this order.
    pub(super) fn dict_from_names(&mut self, items: &[(Value, Value)]) -> Value {
        let dict = self.heap.new_dict();
        for (name, value) in items {
            self.heap.set_name(dict, name.handle().expect("a name is a str"), *value);
        }
        Value::object(dict)
    }

    /// Whether a value is a type.
    pub(super) fn is_class(&self, value: Value) -> bool {
        matches!(self.heap.payload_of(value), Some(Payload::Class(_)))
    }

    /// The handle of a value that is exactly a dict, whose items are then found without Python code
    /// deciding how.
    pub(super) fn exact_dict(&self, value: Value) -> Option<Handle> {
        value.handle().filter(|handle| self.heap.get(*handle).class == types::DICT)
    }
}
