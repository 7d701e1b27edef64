//! Dicts whose keys are str: namespaces, attribute dicts, keyword arguments.
//!
//! Two str are compared without running any Python code, so these operations always have an answer.
//! Keys of other types go through `protocol`.

use super::super::names;
use super::super::object::class::Hooks;
use super::super::object::{Payload, types};
use super::super::table::{Dict, Entry, Find, KeyKind, Sameness};
use super::super::text::Str;
use super::super::value::{Handle, Value};
use super::Heap;

impl Heap {
    /// The text of a value that is a str (or an instance of a subclass); `None` for anything else.
    #[inline]
    pub fn text_of(&self, value: Value) -> Option<&Str> {
        match self.payload_of(value) {
            Some(Payload::Str(object)) => Some(&object.text),
            _ => None,
        }
    }

    /// The text of a handle that is a str.
    #[inline]
    pub fn text(&self, handle: Handle) -> &Str {
        match self.payload(handle) {
            Payload::Str(object) => &object.text,
            _ => panic!("a name is a str"),
        }
    }

    /// The hash of a str.
    #[inline]
    pub fn str_hash(&self, handle: Handle) -> i64 {
        match self.payload(handle) {
            Payload::Str(object) => object.hash(),
            _ => panic!("a name is a str"),
        }
    }

    /// What two keys have to do with each other, as far as it can be told without Python code, where
    /// one of them is the str `name`.
    fn same_as_name(&self, name: Handle, key: Value) -> Sameness {
        match key.handle() {
            Some(key) if self.get(key).class == types::STR => {
                Sameness::from(self.text(key) == self.text(name))
            }
            // An instance of a subclass may define `__eq__`; namespaces do not look at it.
            _ => Sameness::Different,
        }
    }

    /// Looks the str `name` up in a namespace.
    #[inline]
    pub fn name_in(&self, dict: &Dict<Value>, name: Handle) -> Option<Value> {
        let key = Value::object(name);
        match dict.find(key, self.str_hash(name), |key| self.same_as_name(name, key)) {
            Find::Found(at) => dict.entry(at).map(|entry| entry.value),
            Find::Absent | Find::Ask(_) => None,
        }
    }

    /// The dict behind a handle of a dict.
    #[inline]
    pub fn dict(&self, handle: Handle) -> &Dict<Value> {
        match self.payload(handle) {
            Payload::Dict(dict) => dict,
            _ => panic!("a namespace is a dict"),
        }
    }

    /// The same, to change it.
    pub fn dict_mut(&mut self, handle: Handle) -> &mut Dict<Value> {
        match self.payload_mut(handle) {
            Payload::Dict(dict) => dict,
            _ => panic!("a namespace is a dict"),
        }
    }

    /// `dict[name]` for a dict and an interned name.
    #[inline]
    pub fn get_name(&self, dict: Handle, name: Handle) -> Option<Value> {
        self.name_in(self.dict(dict), name)
    }

    /// `dict.get(key)` for a dict and a str.
    pub fn dict_get(&self, dict: Value, key: Value) -> Option<Value> {
        self.get_name(dict.handle()?, key.handle()?)
    }

    /// `dict[name] = value` for a dict and a str.
    pub fn set_name(&mut self, dict: Handle, name: Handle, value: Value) {
        let hash = self.str_hash(name);
        let key = Value::object(name);
        let found = self.dict(dict).find(key, hash, |key| self.same_as_name(name, key));
        let kind = if self.get(name).class == types::STR { KeyKind::Str } else { KeyKind::Other };
        self.retain(value);
        match found {
            Find::Found(at) => {
                if let Some(old) = self.dict_mut(dict).replace(at, value) {
                    self.release(old);
                }
            }
            Find::Absent | Find::Ask(_) => {
                self.retain(key);
                self.dict_mut(dict).insert_absent(kind, key, hash, value);
            }
        }
    }

    /// Adds an item of another dict, whose key `dict` does not have: nothing need be compared.
    pub fn add_entry(&mut self, dict: Handle, entry: Entry<Value>) {
        let kind = if self.class_of(entry.key) == types::STR { KeyKind::Str } else { KeyKind::Other };
        self.retain(entry.key);
        self.retain(entry.value);
        self.dict_mut(dict).insert_absent(kind, entry.key, entry.hash, entry.value);
    }

    /// `del dict[name]` for a dict and a str; whether it was there.
    pub fn delete_name(&mut self, dict: Handle, name: Handle) -> bool {
        let key = Value::object(name);
        let found = self.dict(dict).find(key, self.str_hash(name), |key| self.same_as_name(name, key));
        let Find::Found(at) = found else { return false };
        if let Some(entry) = self.dict_mut(dict).remove(at) {
            self.release(entry.key);
            self.release(entry.value);
        }
        true
    }

    /// Sets an attribute in a class's namespace.
    pub fn set_class_name(&mut self, class: Handle, name: Handle, value: Value) {
        self.set_name(self.class(class).namespace, name, value);
        self.class_changed(class, name);
    }

    /// Deletes an attribute of a class's namespace; whether it was there.
    pub fn delete_class_name(&mut self, class: Handle, name: Handle) -> bool {
        let found = self.delete_name(self.class(class).namespace, name);
        if found {
            self.class_changed(class, name);
        }
        found
    }

    /// Keeps what is remembered of a class's namespace true after a change of `name`.
    fn class_changed(&mut self, class: Handle, name: Handle) {
        const REMEMBERED: [Handle; 8] = [
            names::DEL,
            names::GETATTRIBUTE,
            names::GETATTR,
            names::SETATTR,
            names::DELATTR,
            names::GET,
            names::SET,
            names::DELETE,
        ];
        let (count, _) = self.class(class).changed;
        self.class_mut(class).changed = (count.saturating_add(1), self.now);
        if !REMEMBERED.contains(&name) {
            return;
        }
        let mut todo = vec![class];
        while let Some(class) = todo.pop() {
            self.remember(class);
            todo.extend(self.class(class).subclasses.iter().copied());
        }
    }

    /// Finds out what is remembered of the MRO of `class`.
    pub(in crate::machine) fn remember(&mut self, class: Handle) {
        let has = |name| {
            self.lookup(class, name)
                .is_some_and(|found| !matches!(self.payload_of(found), Some(Payload::Native(..))))
        };
        // Another method of a builtin type may stand in its place.
        let sets = |name| {
            self.lookup(class, name).is_some_and(|found| match self.payload_of(found) {
                Some(Payload::Native(native, _)) => !matches!(native.name, "__setattr__" | "__delattr__"),
                _ => true,
            })
        };
        // The types of native modules bind by natives of their own.
        let of_module =
            |name| self.lookup_with_owner(class, name).is_some_and(|(_, owner)| types::is_of_module(owner));
        let hooks = Hooks {
            getattribute: has(names::GETATTRIBUTE),
            getattr: self.lookup(class, names::GETATTR).is_some(),
            setattr: sets(names::SETATTR) || sets(names::DELATTR),
            get: has(names::GET) || of_module(names::GET),
            set: has(names::SET) || has(names::DELETE),
        };
        // What a generator has to do before it goes its payload tells.
        let own = !self.class(class).builtin || self.class(class).subclassable;
        let has_del = own && self.lookup(class, names::DEL).is_some();
        let class = self.class_mut(class);
        class.hooks = hooks;
        class.has_del = has_del;
    }

    /// `dict.clear()`.
    pub fn clear_dict(&mut self, dict: Handle) {
        let old = self.dict(dict).clone();
        self.dict_mut(dict).clear();
        old.each_value(&mut |value| self.release(value));
    }

    /// A new empty dict.
    pub fn new_dict(&mut self) -> Handle {
        self.alloc(types::DICT, Payload::Dict(Box::default()))
    }

    /// The attribute dict of an object, made now if it had none.
    ///
    /// The collector does not know that of a plain instance until a program asks for it: in CPython there
    /// is none as long, and the instance holds its attributes itself.
    pub fn attributes(&mut self, object: Handle) -> Handle {
        if let Some(dict) = self.get(object).dict {
            return dict;
        }
        let dict = self.new_dict();
        let holder = self.get(object);
        // Code objects have none that a program sees.
        let hidden = matches!(holder.payload(), Payload::Code(_));
        if hidden || matches!(holder.payload(), Payload::Plain) && !self.class(holder.class).builtin {
            self.untrack_new(dict);
        }
        self.retain_handle(dict);
        self.get_mut(object).dict = Some(dict);
        dict
    }

    /// The attribute `name` of an object's own dict.
    #[inline]
    pub fn own_attribute(&self, object: Handle, name: Handle) -> Option<Value> {
        self.get_name(self.get(object).dict?, name)
    }
}
