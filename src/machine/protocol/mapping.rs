//! Dicts and sets whose keys may be anything: what is known without Python code is done at once.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{
    CompareDicts, Consume, DictAction, DictMerge, DictProbe, Fill, HashKey, MappingUpdate, MergeFor,
    NameLookup, Pairs, SetAction, SetLoop, SetLoopKind, SetProbe, SetWork, SetWorkKind, Sink,
};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::table::{
    Dict, DictCursor, EntryIndex, Find, FindToAdd, KeyKind, Sameness, Set, SlotIndex, Vacancy,
};
use super::super::value::{Handle, Value};
use super::super::verdict::Asked;

impl Machine {
    /// The hash of a key, which is to be `role`: an int.
    pub(in crate::machine) fn hash_key(&mut self, key: Value, role: &'static str) -> Eval {
        if let Some(hash) = self.hash_atom(key) {
            return Ok(self.heap.int(hash).into());
        }
        self.begin(HashKey::new(key, role))
    }

    /// A TypeError of `hash()` in the words of a container.
    #[cold]
    pub(in crate::machine) fn reword_unhashable(
        &mut self,
        exception: Value,
        key: Value,
        role: &str,
    ) -> Raise {
        let args = self.tuple_items(self.exception(exception).args).to_vec();
        let reason = match args[..] {
            [text] if self.heap.text_of(text).is_some() => self.str_text(text).to_string_lossy().into_owned(),
            [] => String::new(),
            [value] => self.heap.brief(value, usize::MAX),
            _ => self.heap.brief(self.exception(exception).args, usize::MAX),
        };
        let class = self.full_class_name(key);
        self.type_error(format!("cannot use '{class}' as {role} ({reason})"))
    }

    /// Whether a key is exactly a str.
    pub(in crate::machine) fn key_kind(&self, key: Value) -> KeyKind {
        if self.heap.class_of(key) == types::STR { KeyKind::Str } else { KeyKind::Other }
    }

    /// Does something with a key of a dict; the value is what `action` says, or None.
    #[inline]
    pub(in crate::machine) fn dict_act(&mut self, dict: Handle, key: Value, action: DictAction) -> Eval {
        match self.hash_atom(key) {
            Some(hash) => self.dict_act_hashed(dict, key, hash, action),
            None => self.begin(DictProbe::new(dict, key, action)),
        }
    }

    /// The same where the hash of the key is known.
    pub(in crate::machine) fn dict_act_hashed(
        &mut self,
        dict: Handle,
        key: Value,
        hash: i64,
        action: DictAction,
    ) -> Eval {
        match self.dict_find(dict, key, hash, action) {
            Find::Found(at) => self.dict_finish(dict, key, hash, action, Some(at)),
            Find::Absent => self.dict_finish(dict, key, hash, action, None),
            Find::Ask(question) => self.begin(DictProbe::asking(dict, key, hash, action, question)),
        }
    }

    /// Looks a key up in order to do something with it.
    pub(in crate::machine) fn dict_find(
        &mut self,
        dict: Handle,
        key: Value,
        hash: i64,
        action: DictAction,
    ) -> Find<Value, EntryIndex, DictCursor> {
        let stores = match action {
            DictAction::Set(_) | DictAction::SetNew(_) | DictAction::SetDefault(_) => true,
            DictAction::Subscript
            | DictAction::Get(_)
            | DictAction::Contains
            | DictAction::Delete
            | DictAction::Pop(_)
            | DictAction::Place
            | DictAction::DropDead => false,
        };
        if stores && self.key_kind(key) == KeyKind::Other {
            self.heap.dict_mut(dict).prepare_insert(KeyKind::Other);
        }
        if !self.records_verdicts {
            return self.heap.dict(dict).find(key, hash, |stored| self.same_key(stored, key));
        }
        let mut asked = Asked::new();
        let find =
            self.heap.dict(dict).find(key, hash, |stored| self.same_key_noted(stored, key, &mut asked));
        let is_there =
            matches!(find, Find::Found(_)) && !asked.iter().any(|(_, sameness)| *sameness == Sameness::Same);
        self.note_lookup(key, &asked, is_there);
        find
    }

    /// Does what was to be done with a key that was found at `at`, or not found.
    pub(in crate::machine) fn dict_finish(
        &mut self,
        dict: Handle,
        key: Value,
        hash: i64,
        action: DictAction,
        at: Option<EntryIndex>,
    ) -> Eval {
        let entry = at.and_then(|at| self.heap.dict(dict).entry(at));
        let value = match (action, at, entry) {
            (DictAction::Contains, _, entry) => Value::bool(entry.is_some()),
            (DictAction::Subscript | DictAction::Get(_) | DictAction::SetDefault(_), _, Some(entry)) => {
                entry.value
            }
            (DictAction::Get(default), _, None) => default,
            (DictAction::Subscript, _, None) => return self.dict_missing(dict, key),
            (DictAction::Set(value), Some(at), Some(_)) => {
                self.heap.retain(value);
                let old = self.heap.dict_mut(dict).replace(at, value);
                if let Some(old) = old {
                    self.heap.release(old);
                }
                Value::NONE
            }
            (DictAction::Set(value) | DictAction::SetNew(value), _, None)
            | (DictAction::Set(value), None, Some(_)) => {
                self.dict_insert(dict, key, hash, value)?;
                Value::NONE
            }
            (DictAction::SetNew(_), _, Some(_)) => return Err(self.key_error(key)),
            (DictAction::SetDefault(value), _, None) => {
                self.dict_insert(dict, key, hash, value)?;
                value
            }
            (DictAction::Delete | DictAction::Pop(_), Some(at), Some(entry)) => {
                self.heap.dict_mut(dict).remove(at);
                self.heap.release(entry.key);
                self.heap.release(entry.value);
                entry.value
            }
            (DictAction::Pop(Some(default)), ..) => default,
            (DictAction::Place, Some(at), Some(_)) => self.heap.int(at.number() as i64),
            (DictAction::Place, ..) => self.heap.int(self.heap.dict(dict).next_place() as i64),
            (DictAction::DropDead, Some(at), Some(entry)) => {
                match self.heap.payload_of(entry.value) {
                    Some(Payload::WeakRef(weak)) if weak.referent.is_none() => {
                        self.heap.dict_mut(dict).remove(at);
                        self.heap.release(entry.key);
                        self.heap.release(entry.value);
                    }
                    Some(Payload::WeakRef(_)) => {}
                    _ => return Err(self.type_error("not a weakref")),
                }
                Value::NONE
            }
            (DictAction::DropDead, ..) => Value::NONE,
            (DictAction::Delete | DictAction::Pop(None), ..) => return Err(self.key_error(key)),
        };
        Ok(value.into())
    }

    /// Adds an item whose key is not there.
    fn dict_insert(&mut self, dict: Handle, key: Value, hash: i64, value: Value) -> Result<(), Raise> {
        if self.heap.dict(dict).len() >= Dict::<Value>::MAX_LEN {
            return Err(self.out_of_memory());
        }
        let kind = self.key_kind(key);
        self.heap.retain(key);
        self.heap.retain(value);
        self.heap.dict_mut(dict).insert_absent(kind, key, hash, value);
        Ok(())
    }

    /// `dict[key]` for a key that is not there.
    fn dict_missing(&mut self, dict: Handle, key: Value) -> Eval {
        if self.heap.get(dict).class != types::DICT
            && let Some(missing) = self.heap.special(Value::object(dict), names::MISSING)
        {
            return self.call_method(missing, Value::object(dict), Args::new([key]));
        }
        Err(self.key_error(key))
    }

    /// A MemoryError, as CPython raises it: without a message.
    #[cold]
    pub(in crate::machine) fn out_of_memory(&mut self) -> Raise {
        self.raise_with(types::MEMORY_ERROR, vec![])
    }

    /// A new dict of keys and values, alternating.
    pub fn build_dict(&mut self, items: Vec<Value>) -> Eval {
        let all_str = items.iter().step_by(2).all(|key| self.key_kind(*key) == KeyKind::Str);
        let kind = if all_str { KeyKind::Str } else { KeyKind::Other };
        let table = Dict::with_capacity(items.len() / 2, kind);
        let dict = self.heap.alloc(types::DICT, Payload::Dict(Box::new(table)));
        self.begin(Fill::dict(dict, items))
    }

    /// `dict[key] = value` for a dict or an instance of a subclass, without regard to `__setitem__`.
    pub fn dict_set(&mut self, dict: Value, key: Value, value: Value) -> Eval {
        let dict = self.filled_dict(dict)?;
        self.dict_act(dict, key, DictAction::Set(value))
    }

    /// The dict that an instruction fills; code that was not compiled may have anything there.
    fn filled_dict(&mut self, value: Value) -> Result<Handle, Raise> {
        match value.handle() {
            Some(handle) if matches!(self.heap.payload(handle), Payload::Dict(_)) => Ok(handle),
            _ => Err(self.system_error("there is no dict to fill")),
        }
    }

    /// The set that an instruction fills.
    fn filled_set(&mut self, value: Value) -> Result<Handle, Raise> {
        match value.handle() {
            Some(handle) if self.heap.is_instance(value, types::SET) => Ok(handle),
            _ => {
                // A program may have bound a name of the compiler's to something else.
                let class = self.class_name(value);
                Err(self.type_error(format!("'{class}' object is not a set")))
            }
        }
    }

    /// `{**update}`.
    pub fn dict_update_for_display(&mut self, dict: Value, update: Value) -> Eval {
        let dict = self.filled_dict(dict)?;
        match self.plain_dict(update) {
            Some(source) => self.begin(DictMerge::new(dict, source)),
            None => self.begin(MappingUpdate::new(dict, update, MergeFor::Display)),
        }
    }

    /// `callable(**update)`: a repeated key is an error that names `callable`.
    pub fn dict_merge_for_call(&mut self, dict: Value, update: Value, callable: Value) -> Eval {
        let dict = self.filled_dict(dict)?;
        match self.plain_dict(update) {
            Some(source) => self.begin(DictMerge::for_call(dict, source, callable)),
            None => self.begin(MappingUpdate::new(dict, update, MergeFor::Call(callable))),
        }
    }

    /// Whether a value counts as a mapping where one is spread: it has `keys`.
    pub(in crate::machine) fn has_keys(&self, value: Value) -> bool {
        self.heap.special(value, names::KEYS).is_some()
            || value.handle().is_some_and(|handle| self.heap.own_attribute(handle, names::KEYS).is_some())
    }

    /// A dict whose own iteration is not replaced by a subclass.
    pub(in crate::machine) fn plain_dict(&self, value: Value) -> Option<Handle> {
        let handle = value.handle()?;
        let Payload::Dict(_) = self.heap.payload(handle) else { return None };
        let class = self.heap.get(handle).class;
        let plain = class == types::DICT
            || self.heap.lookup(class, names::ITER) == self.heap.lookup(types::DICT, names::ITER);
        plain.then_some(handle)
    }

    /// `dict.update(other)` for one argument: a dict, a mapping, or an iterable of pairs.
    pub(in crate::machine) fn dict_update(&mut self, dict: Handle, other: Value) -> Eval {
        let class = self.heap.class_of(other);
        if self.heap.class(class).builtin {
            let has_keys = self.has_keys(other);
            return self.dict_update_by(dict, other, has_keys);
        }
        // It is asked whether it has `keys`; who goes through them asks for them again.
        let asked = self.has_attr(other, names::KEYS)?;
        let args = Args::new([Value::NONE, Value::object(dict), other]);
        self.continue_with("dict.update", asked, args, 0, |m, args| {
            let dict = args.at(1).handle().expect("a dict is a heap object");
            m.dict_update_by(dict, args.at(2), args.at(0) == Value::TRUE)
        })
    }

    /// The same by the keys of `other`, or by the pairs that it gives.
    fn dict_update_by(&mut self, dict: Handle, other: Value, has_keys: bool) -> Eval {
        if has_keys {
            return match self.plain_dict(other) {
                Some(source) => self.begin(DictMerge::new(dict, source)),
                None => self.begin(MappingUpdate::new(dict, other, MergeFor::Update)),
            };
        }
        self.begin(Consume::new(other, Sink::Pairs(Pairs::new(dict))))
    }

    /// `left == right` or `left != right` for two dicts.
    pub(in crate::machine) fn compare_dicts(&mut self, not_equal: bool, left: Handle, right: Handle) -> Eval {
        if self.heap.dict(left).len() != self.heap.dict(right).len() {
            return Ok(Value::bool(not_equal).into());
        }
        self.begin(CompareDicts::new(not_equal, left, right))
    }

    /// A new set of these items.
    pub fn build_set(&mut self, items: Vec<Value>) -> Eval {
        let set = self.heap.new_set(types::SET, Set::new());
        self.begin(Fill::set(set, items))
    }

    /// `set.add(value)`.
    pub fn set_add(&mut self, set: Value, value: Value) -> Eval {
        let set = self.filled_set(set)?;
        self.set_act(set, value, SetAction::Add)
    }

    /// `set.update(iterable)`.
    pub fn set_update(&mut self, set: Value, iterable: Value) -> Eval {
        let set = self.filled_set(set)?;
        self.set_merge(set, iterable, Value::NONE)
    }

    /// Adds all items of `iterable` to a set, and gives `result`.
    pub(in crate::machine) fn set_merge(&mut self, set: Handle, iterable: Value, result: Value) -> Eval {
        if let Some(handle) = iterable.handle() {
            match self.heap.payload(handle) {
                Payload::Set(_) => return self.set_merge_set(set, handle, result),
                Payload::Dict(dict) if self.heap.get(handle).class == types::DICT => {
                    let len = dict.len();
                    self.heap.set_mut(set).reserve(len);
                    return self.begin(SetLoop::new(&self.heap, SetLoopKind::Merge, handle, set, result));
                }
                _ => {}
            }
        }
        self.begin(Consume::new(iterable, Sink::Set(SetWork::new(SetWorkKind::Add(result), set))))
    }

    /// A frozenset of constants, none of which can run Python code.
    pub(in crate::machine) fn frozen_set_of_constants(&mut self, items: &[Value]) -> Value {
        let set = self.heap.new_set(types::FROZENSET, Set::new());
        for item in items {
            // Constants are hashed and compared without Python code, so the flow is always a value.
            let added = self.set_act(set, *item, SetAction::Add);
            debug_assert!(matches!(added, Ok(Flow::Value(_))), "constants are hashable");
        }
        Value::object(set)
    }

    /// Does something with a key of a set: whether it was there, or None.
    pub(in crate::machine) fn set_act(&mut self, set: Handle, key: Value, action: SetAction) -> Eval {
        if let Some(hash) = self.hash_atom(key) {
            return self.set_act_hashed(set, key, hash, action);
        }
        // A set that is looked for among the keys of a set stands for the frozenset of its keys.
        let looks = !matches!(action, SetAction::Add);
        if looks
            && let Some(handle) = key.handle()
            && let Payload::Set(keys) = self.heap.payload(handle)
            && self.heap.lookup(self.heap.get(handle).class, names::HASH).is_none_or(Value::is_none)
        {
            let keys = keys.copy();
            let hash = keys.frozenset_hash();
            let frozen = Value::object(self.heap.new_set(types::FROZENSET, keys));
            return self.set_act_hashed(set, frozen, hash, action);
        }
        self.begin(SetProbe::new(set, key, action))
    }

    /// The same where the hash of the key is known.
    pub(in crate::machine) fn set_act_hashed(
        &mut self,
        set: Handle,
        key: Value,
        hash: i64,
        action: SetAction,
    ) -> Eval {
        let mut asked = Asked::new();
        let same = |stored| self.same_key_noted(stored, key, &mut asked);
        if action == SetAction::Add {
            let find = self.heap.set(set).find_to_add(key, hash, same);
            let is_there = matches!(find, FindToAdd::Found)
                && !asked.iter().any(|(_, sameness)| *sameness == Sameness::Same);
            self.note_lookup(key, &asked, is_there);
            return match find {
                FindToAdd::Found => Ok(Value::NONE.into()),
                FindToAdd::Vacant(at) => self.set_insert(set, at, key, hash).map(Flow::Value),
                FindToAdd::Ask(question) => self.begin(SetProbe::asking(set, key, hash, action, question)),
            };
        }
        let find = self.heap.set(set).find(key, hash, same);
        let is_there =
            matches!(find, Find::Found(_)) && !asked.iter().any(|(_, sameness)| *sameness == Sameness::Same);
        self.note_lookup(key, &asked, is_there);
        match find {
            Find::Found(at) => self.set_finish(set, action, Some(at)).map(Flow::Value),
            Find::Absent => self.set_finish(set, action, None).map(Flow::Value),
            Find::Ask(question) => self.begin(SetProbe::asking(set, key, hash, action, question)),
        }
    }

    /// Adds a key where it belongs.
    pub(in crate::machine) fn set_insert(
        &mut self,
        set: Handle,
        at: Vacancy,
        key: Value,
        hash: i64,
    ) -> Result<Value, Raise> {
        if self.heap.set(set).len() >= Set::<Value>::MAX_LEN {
            return Err(self.out_of_memory());
        }
        self.heap.retain(key);
        self.heap.set_mut(set).add(at, key, hash);
        Ok(Value::NONE)
    }

    /// Does what was to be done with a key that was found at `at`, or not found.
    pub(in crate::machine) fn set_finish(
        &mut self,
        set: Handle,
        action: SetAction,
        at: Option<SlotIndex>,
    ) -> Result<Value, Raise> {
        match (action, at) {
            (SetAction::Contains | SetAction::Add, at) => Ok(Value::bool(at.is_some())),
            (SetAction::Discard | SetAction::Remove(_), Some(at)) => {
                let key = self.heap.set_mut(set).remove(at);
                if let Some(key) = key {
                    self.heap.release(key);
                }
                Ok(Value::TRUE)
            }
            (SetAction::Discard, None) => Ok(Value::FALSE),
            (SetAction::Remove(key), None) => Err(self.key_error(key)),
        }
    }

    /// Looks a name up in a class body's namespace that is no plain dict.
    pub(in crate::machine) fn find_in_mapping(
        &mut self,
        namespace: Value,
        name: Handle,
        fallback: Option<Value>,
    ) -> Result<Option<Flow>, Raise> {
        self.begin(NameLookup::new(namespace, name, fallback)).map(Some)
    }
}
