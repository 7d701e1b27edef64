//! `container[key]`, `in`, `len`.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{
    Consume, ContainsResult, Conversion, Convert, DictAction, Find, OrderedAction, Search, SearchFor,
    SetAction, Sink, Style, Wanted,
};
use super::super::object::function::Binding;
use super::super::object::{Payload, type_flags, types};
use super::super::raise::Raise;
use super::super::slicing::{self, Indices};
use super::super::text::search;
use super::super::value::{Handle, Kind, Value};

/// The order in which the parts of a slice are asked for their `__index__`: the step first.
pub(in crate::machine) const SLICE_ORDER: &[usize] = &[3, 1, 2];

impl Machine {
    /// The special method `name` of a value, if Python code (or a type this machine does not know how to
    /// treat at once) defines it: None where the builtin type's own behaviour holds.
    fn overridden(&self, value: Value, name: Handle) -> Option<Value> {
        let class = self.heap.class_of(value);
        if self.heap.class(class).builtin {
            return None;
        }
        let method = self.heap.lookup(class, name)?;
        (!self.heap.is_builtin_special(class, name, method)).then_some(method)
    }

    /// `container[key]`.
    pub fn get_item(&mut self, container: Value, key: Value) -> Eval {
        if let (Kind::Int(index), Some(handle)) = (key.kind(), container.handle())
            && matches!(self.heap.get(handle).class, types::LIST | types::TUPLE)
            && let Some(items) = self.heap.sequence_items(handle)
            && let Some(place) = slicing::item(index, items.len())
        {
            return Ok(items[place].into());
        }
        match self.overridden(container, names::GETITEM) {
            Some(method) => self.call_method(method, container, Args::new([key])),
            None => self.builtin_get_item(container, key),
        }
    }

    /// What the `__getitem__` of a builtin type gives.
    pub(in crate::machine) fn builtin_get_item(&mut self, container: Value, key: Value) -> Eval {
        let Some(handle) = container.handle() else { return Err(self.not_subscriptable(container)) };
        match self.heap.payload(handle) {
            Payload::Dict(_) => self.dict_act(handle, key, DictAction::Subscript),
            Payload::List(_)
            | Payload::Tuple(_)
            | Payload::Str(_)
            | Payload::Bytes(_)
            | Payload::ByteArray(_)
            | Payload::Range(_) => self.sequence_get(container, handle, key),
            Payload::MappingProxy(mapping) => {
                let mapping = *mapping;
                self.get_item(mapping, key)
            }
            Payload::Class(_) => self.class_get_item(handle, key),
            _ => match self.heap.special(container, names::GETITEM) {
                Some(method) => self.call_method(method, container, Args::new([key])),
                None => Err(self.not_subscriptable(container)),
            },
        }
    }

    #[cold]
    fn not_subscriptable(&mut self, container: Value) -> Raise {
        let class = self.class_name(container);
        self.type_error(format!("'{class}' object is not subscriptable"))
    }

    /// `class[key]`: `__class_getitem__`.
    fn class_get_item(&mut self, class: Handle, key: Value) -> Eval {
        if class == types::TYPE {
            return Ok(self.generic_alias(Value::object(class), key).into());
        }
        match self.heap.lookup(class, names::CLASS_GETITEM) {
            None => {
                let name = self.type_name(class);
                Err(self.type_error(format!("type '{name}' is not subscriptable")))
            }
            Some(method) => match self.heap.payload_of(method) {
                Some(Payload::Native(native, Binding::Owner(_))) => {
                    (native.body)(self, &Args::new([Value::object(class), key]))
                }
                _ => match self.get_attr(Value::object(class), names::CLASS_GETITEM)? {
                    Flow::Value(method) => self.call(method, Args::new([key])),
                    Flow::Enter(entry) => self.call_later(entry, Args::new([key])),
                },
            },
        }
    }

    /// The length of a builtin sequence.
    fn sequence_len(&self, handle: Handle) -> usize {
        self.payload_length(self.heap.payload(handle)).unwrap_or(0)
    }

    fn sequence_get(&mut self, sequence: Value, handle: Handle, key: Value) -> Eval {
        if let Some(Payload::Slice(parts)) = self.heap.payload_of(key) {
            let [start, stop, step] = **parts;
            let args = Args::new([sequence, start, stop, step]);
            return self.with_indices("slice", &args, SLICE_ORDER, Style::Slice, get_slice);
        }
        if self.heap.int_ref(key).is_none() && self.heap.special(key, names::INDEX).is_none() {
            return Err(self.wrong_index(handle, key));
        }
        self.with_indices("index", &Args::new([sequence, key]), &[1], Style::Plain, get_index)
    }

    #[cold]
    fn wrong_index(&mut self, sequence: Handle, key: Value) -> Raise {
        let class = self.class_name(key);
        let message = match self.heap.payload(sequence) {
            Payload::Str(_) => format!("string indices must be integers, not '{class}'"),
            Payload::List(_) => format!("list indices must be integers or slices, not {class}"),
            Payload::Tuple(_) => format!("tuple indices must be integers or slices, not {class}"),
            Payload::Bytes(_) => format!("byte indices must be integers or slices, not {class}"),
            Payload::ByteArray(_) => format!("bytearray indices must be integers or slices, not {class}"),
            _ => format!("range indices must be integers or slices, not {class}"),
        };
        self.type_error(message)
    }

    /// The place that an index means in a builtin sequence; an IndexError with `message` where none.
    fn place(&mut self, handle: Handle, index: Value, message: &str) -> Result<usize, Raise> {
        let number = self.index_i64(index, types::INDEX_ERROR)?;
        match slicing::item(number, self.sequence_len(handle)) {
            Some(place) => Ok(place),
            None => Err(self.index_error(message)),
        }
    }

    /// The items that a slice means in a builtin sequence.
    fn indices(&mut self, handle: Handle, args: &Args) -> Result<Indices, Raise> {
        let part = |index: usize| args.get(index).and_then(|value| self.index_clamped(value));
        let len = self.sequence_len(handle);
        Indices::new(part(1), part(2), part(3), len).map_err(|error| self.value_error(error.to_string()))
    }

    /// `container[key] = value`, or `del container[key]` without a value.
    pub fn set_item(&mut self, container: Value, key: Value, value: Option<Value>) -> Eval {
        if let (Kind::Int(index), Some(handle), Some(value)) = (key.kind(), container.handle(), value)
            && self.heap.get(handle).class == types::LIST
            && let Some(place) = slicing::item(index, self.heap.list_items(handle).len())
        {
            self.heap.retain(value);
            let old = std::mem::replace(&mut self.heap.list_mut(handle)[place], value);
            self.heap.release(old);
            return Ok(Value::NONE.into());
        }
        let name = if value.is_some() { names::SETITEM } else { names::DELITEM };
        match self.overridden(container, name) {
            Some(method) => {
                let args = Args::new([key].into_iter().chain(value));
                self.call_method(method, container, args)
            }
            None => self.builtin_set_item(container, key, value),
        }
    }

    /// What the `__setitem__` or `__delitem__` of a builtin type does.
    pub(in crate::machine) fn builtin_set_item(
        &mut self,
        container: Value,
        key: Value,
        value: Option<Value>,
    ) -> Eval {
        let Some(handle) = container.handle() else {
            return self.not_assignable(container, key, value);
        };
        match self.heap.payload(handle) {
            Payload::Dict(_) => {
                let done = if self.heap.is_instance(container, types::ORDERED_DICT) {
                    let action = value.map_or(OrderedAction::Delete, OrderedAction::Set);
                    self.ordered_act(handle, key, action)?
                } else {
                    self.dict_act(handle, key, value.map_or(DictAction::Delete, DictAction::Set))?
                };
                match done {
                    Flow::Value(_) => Ok(Value::NONE.into()),
                    flow @ Flow::Enter(_) => Ok(flow),
                }
            }
            Payload::List(_) | Payload::ByteArray(_) => self.sequence_set(container, handle, key, value),
            Payload::Tuple(_) | Payload::Str(_) | Payload::Bytes(_) | Payload::Range(_) => {
                self.not_assignable(container, key, value)
            }
            _ => {
                let name = if value.is_some() { names::SETITEM } else { names::DELITEM };
                match self.heap.special(container, name) {
                    Some(method) => {
                        let args = Args::new([key].into_iter().chain(value));
                        self.call_method(method, container, args)
                    }
                    None => self.not_assignable(container, key, value),
                }
            }
        }
    }

    /// What comes of an item that cannot be set, or not be deleted.
    #[cold]
    fn not_assignable(&mut self, container: Value, key: Value, value: Option<Value>) -> Eval {
        let (asked, other) = match value {
            Some(_) => (names::SETITEM, names::DELITEM),
            None => (names::DELITEM, names::SETITEM),
        };
        // A class with one of the two methods has the one slot for both, which does not find the other.
        if self.heap.special(container, other).is_some() {
            let name =
                self.heap.text_of(Value::object(asked)).map(|text| text.to_string_lossy().into_owned());
            return Err(self.raise(types::ATTRIBUTE_ERROR, name.unwrap_or_default()));
        }
        let is_index = self.heap.int_ref(key).is_some() || self.heap.special(key, names::INDEX).is_some();
        if is_index && type_flags::has_sequence_slots(&self.heap, self.heap.class_of(container)) {
            // CPython converts the index before it finds that there is nothing to be done with it.
            let args = Args::new([container, key].into_iter().chain(value));
            return self.with_indices("index", &args, &[1], Style::Plain, refuse_index);
        }
        let class = self.class_name(container);
        let what = if value.is_some() { "assignment" } else { "deletion" };
        Err(self.type_error(format!("'{class}' object does not support item {what}")))
    }

    fn sequence_set(&mut self, sequence: Value, handle: Handle, key: Value, value: Option<Value>) -> Eval {
        if let Some(Payload::Slice(parts)) = self.heap.payload_of(key) {
            let [start, stop, step] = **parts;
            let is_bytearray = |value| matches!(self.heap.payload_of(value), Some(Payload::ByteArray(_)));
            // Of what is no other bytearray, CPython makes one first, and asks for the bounds again.
            let asks_again = value
                .is_some_and(|value| is_bytearray(sequence) && (value == sequence || !is_bytearray(value)));
            let again = asks_again.then_some([start, stop, step]).into_iter().flatten();
            let args = Args::new([sequence, start, stop, step].into_iter().chain(value).chain(again));
            return self.with_indices("slice", &args, SLICE_ORDER, Style::Slice, set_slice);
        }
        if self.heap.int_ref(key).is_none() && self.heap.special(key, names::INDEX).is_none() {
            return Err(self.wrong_index(handle, key));
        }
        let args = Args::new([sequence, key].into_iter().chain(value));
        self.with_indices("index", &args, &[1], Style::Plain, set_index)
    }

    /// `item in container`, as a bool.
    pub fn contains(&mut self, container: Value, item: Value) -> Eval {
        let class = self.heap.class_of(container);
        if !self.heap.class(class).builtin
            && let Some(method) = self.heap.special(container, names::CONTAINS)
        {
            if method.is_none() {
                let class = self.class_name(container);
                return Err(self.type_error(format!("'{class}' object is not a container")));
            }
            if !self.heap.is_builtin_special(class, names::CONTAINS, method) {
                return self.begin(ContainsResult::new(method, container, item));
            }
        }
        self.builtin_contains(container, item)
    }

    /// What the `__contains__` of a builtin type gives; else looks at each item.
    pub(in crate::machine) fn builtin_contains(&mut self, container: Value, item: Value) -> Eval {
        if let Some(answer) = self.ask_itself(container, names::CONTAINS, Args::new([item])) {
            return answer;
        }
        let Some(handle) = container.handle() else { return Err(self.not_container(container)) };
        match self.heap.payload(handle) {
            Payload::Dict(_) => self.dict_act(handle, item, DictAction::Contains),
            Payload::Set(_) => self.set_act(handle, item, SetAction::Contains),
            Payload::List(_) | Payload::Tuple(_) => {
                self.begin(Find::new(Wanted::Presence, handle, item, 0, i64::MAX))
            }
            Payload::Str(_) => self.str_contains(container, item),
            Payload::Bytes(_) | Payload::ByteArray(_)
                if self.heap.byte_string(item).is_none()
                    && self.heap.special(item, names::INDEX).is_some() =>
            {
                let args = Args::new([container, item]);
                let found = self.with_indices("in", &args, &[1], Style::Plain, |m, args| {
                    m.bytes_contains(args.at(0), args.at(1))
                })?;
                Ok(self.exporting("in", [container], found))
            }
            Payload::Bytes(_) | Payload::ByteArray(_) if self.has_python_buffer(item) => {
                let args = Args::new([container, item]);
                let found =
                    self.with_buffers("in", &args, &[1], |m, args| m.bytes_contains(args.at(0), args.at(1)))?;
                Ok(self.exporting("in", [container], found))
            }
            Payload::Bytes(_) | Payload::ByteArray(_) => self.bytes_contains(container, item),
            Payload::Range(_) => self.range_contains(container, item),
            Payload::DictView(dict) => {
                let dict = *dict;
                self.view_contains(handle, dict, item)
            }
            Payload::MappingProxy(mapping) => {
                let mapping = *mapping;
                self.contains(mapping, item)
            }
            _ if let Some(method) = self.own_special(container, names::CONTAINS) => {
                self.call_method(method, container, Args::new([item]))
            }
            _ if self.is_iterable(container) => {
                self.begin(Consume::new(container, Sink::Search(Search::new(item, SearchFor::Presence))))
            }
            _ => Err(self.not_container(container)),
        }
    }

    /// `part in text`.
    fn str_contains(&mut self, text: Value, part: Value) -> Eval {
        match (self.heap.text_of(text), self.heap.text_of(part)) {
            (Some(text), Some(part)) => Ok(Value::bool(text.find(part, 0..text.len()).is_some()).into()),
            _ => {
                let class = self.class_name(part);
                Err(self.type_error(format!("'in <string>' requires string as left operand, not {class}")))
            }
        }
    }

    /// `part in bytes`, for bytes or a number.
    fn bytes_contains(&mut self, bytes: Value, part: Value) -> Eval {
        if let Some(number) = self.index_clamped(part) {
            let Ok(byte) = u8::try_from(number) else {
                return Err(self.value_error("byte must be in range(0, 256)"));
            };
            return Ok(
                Value::bool(self.heap.byte_string(bytes).is_some_and(|bytes| bytes.contains(&byte))).into()
            );
        }
        match (self.heap.byte_string(bytes), self.heap.byte_string(part)) {
            (Some(bytes), Some(part)) => {
                Ok(Value::bool(search::find(bytes, part, 0..bytes.len()).is_some()).into())
            }
            _ => {
                self.refuse_python_buffer(part)?;
                let class = self.class_name(part);
                Err(self.type_error(format!("a bytes-like object is required, not '{class}'")))
            }
        }
    }

    #[cold]
    fn not_container(&mut self, container: Value) -> Raise {
        let class = self.class_name(container);
        self.type_error(format!("argument of type '{class}' is not a container or iterable"))
    }

    /// `len(value)`.
    pub fn length(&mut self, value: Value) -> Eval {
        match self.overridden(value, names::LEN) {
            Some(method) => self.begin(Convert::new(Conversion::Length, method, value, Args::default())),
            None => self.builtin_length(value),
        }
    }

    /// What the `__len__` of a builtin type gives.
    pub(in crate::machine) fn builtin_length(&mut self, value: Value) -> Eval {
        if let Some(length) = self.heap.payload_of(value).and_then(|payload| self.payload_length(payload)) {
            return Ok(self.heap.int(length as i64).into());
        }
        if self.speaks_for_itself(value)
            && let Some(length) = self.convert(Conversion::Length, value)
        {
            return length;
        }
        let class = self.class_name(value);
        match self.heap.payload_of(value) {
            Some(Payload::Range(_)) => {
                Err(self.overflow_error("Python int too large to convert to C ssize_t"))
            }
            Some(Payload::MappingProxy(mapping)) => {
                let mapping = *mapping;
                self.length(mapping)
            }
            _ => match self.own_special(value, names::LEN) {
                Some(method) => self.call_method(method, value, Args::default()),
                None => Err(self.type_error(format!("object of type '{class}' has no len()"))),
            },
        }
    }
}

/// `sequence[index]` for an int.
fn get_index(m: &mut Machine, args: &Args) -> Eval {
    let (handle, index) = (args.at(0).handle().expect("a sequence is a heap object"), args.at(1));
    if let Payload::Range(_) = m.heap.payload(handle) {
        return m.range_item(handle, index);
    }
    let message = match m.heap.payload(handle) {
        Payload::Str(_) => "string index out of range",
        Payload::List(_) => "list index out of range",
        Payload::Tuple(_) => "tuple index out of range",
        Payload::ByteArray(_) => "bytearray index out of range",
        _ => "index out of range",
    };
    let place = m.place(handle, index, message)?;
    let byte = match m.heap.payload(handle) {
        Payload::List(items) => return Ok(items[place].into()),
        Payload::Tuple(items) => return Ok(items[place].into()),
        Payload::Str(text) => {
            let point = text.text.get(place).unwrap_or_default();
            return Ok(m.heap.str(super::super::text::Str::from_point(point)).into());
        }
        Payload::Bytes(bytes) => bytes[place],
        Payload::ByteArray(bytes) => bytes[place],
        _ => panic!("a sequence is there"),
    };
    Ok(m.heap.int(byte.into()).into())
}

/// `sequence[start:stop:step]` for ints or None.
fn get_slice(m: &mut Machine, args: &Args) -> Eval {
    let handle = args.at(0).handle().expect("a sequence is a heap object");
    if let Payload::Range(_) = m.heap.payload(handle) {
        return m.range_slice(handle, args.at(1), args.at(2), args.at(3));
    }
    let indices = m.indices(handle, args)?;
    let whole = indices.step == 1 && indices.count == m.sequence_len(handle);
    let class = m.heap.get(handle).class;
    let bytes = |bytes: &[u8]| -> Vec<u8> { indices.iter().map(|index| bytes[index]).collect() };
    Ok(match m.heap.payload(handle) {
        Payload::List(items) => {
            let items = pick(items, indices);
            m.heap.list_of(items)
        }
        Payload::Tuple(_) if whole && class == types::TUPLE => args.at(0),
        Payload::Tuple(items) => {
            let items = pick(items, indices);
            m.heap.tuple(items)
        }
        Payload::Str(_) if whole && class == types::STR => args.at(0),
        Payload::Str(text) => {
            let text =
                text.text.slice_step(indices.start.max(0) as usize, indices.step as isize, indices.count);
            if indices.step == 1 && !whole { m.heap.str(text) } else { m.heap.new_str(text) }
        }
        Payload::Bytes(_) if whole && class == types::BYTES => args.at(0),
        Payload::Bytes(all) => {
            let part = bytes(all);
            if indices.step == 1 { m.heap.bytes(&part) } else { m.heap.new_bytes(&part) }
        }
        Payload::ByteArray(all) => {
            let part = bytes(all);
            Value::object(m.heap.alloc(types::BYTEARRAY, Payload::ByteArray(part)))
        }
        _ => panic!("a sequence is there"),
    }
    .into())
}

fn pick(items: &[Value], indices: Indices) -> Vec<Value> {
    match indices.range() {
        Some(range) => items[range].to_vec(),
        None => indices.iter().map(|index| items[index]).collect(),
    }
}

/// `list[index] = value`, or `del list[index]`, for an int.
fn set_index(m: &mut Machine, args: &Args) -> Eval {
    let handle = args.at(0).handle().expect("a sequence is a heap object");
    if let Payload::ByteArray(_) = m.heap.payload(handle) {
        m.index_i64(args.at(1), types::INDEX_ERROR)?;
        return m.bytearray_set_index(handle, args.at(1), args.get(2));
    }
    let place = m.place(handle, args.at(1), "list assignment index out of range")?;
    let old = match args.get(2) {
        Some(value) => {
            m.heap.retain(value);
            std::mem::replace(&mut m.heap.list_mut(handle)[place], value)
        }
        None => m.heap.list_mut(handle).delete(place),
    };
    m.heap.release(old);
    Ok(Value::NONE.into())
}

/// `list[start:stop:step] = values`, or `del list[start:stop:step]`, for ints or None.
fn set_slice(m: &mut Machine, args: &Args) -> Eval {
    let handle = args.at(0).handle().expect("a sequence is a heap object");
    if let Payload::ByteArray(_) = m.heap.payload(handle) {
        return m.bytearray_set_slice(handle, args);
    }
    let Some(values) = args.get(4) else {
        let indices = m.indices(handle, args)?;
        delete_slice(m, handle, indices);
        return Ok(Value::NONE.into());
    };
    if let Some(items) = m.known_items(values) {
        return assign_slice(m, handle, args, &items);
    }
    if !m.is_iterable(values) {
        // That a step is zero is said first.
        m.indices(handle, args)?;
        return Err(m.type_error("must assign iterable to extended slice"));
    }
    m.assign_slice_later(args)
}

/// `list[start:stop:step] = items` for the items themselves.
pub(in crate::machine) fn assign_slice(m: &mut Machine, list: Handle, args: &Args, items: &[Value]) -> Eval {
    let indices = m.indices(list, args)?;
    if indices.step == 1 {
        let start = indices.start as usize;
        m.heap.list_splice(list, start..start + indices.count, items);
        return Ok(Value::NONE.into());
    }
    if items.len() != indices.count {
        let (given, count) = (items.len(), indices.count);
        let message = format!("attempt to assign sequence of size {given} to extended slice of size {count}");
        return Err(m.value_error(message));
    }
    for (index, value) in indices.iter().zip(items) {
        m.heap.retain(*value);
        let old = std::mem::replace(&mut m.heap.list_mut(list)[index], *value);
        m.heap.release(old);
    }
    Ok(Value::NONE.into())
}

fn delete_slice(m: &mut Machine, list: Handle, indices: Indices) {
    if let Some(range) = indices.range() {
        m.heap.list_splice(list, range, &[]);
        return;
    }
    let mut gone = vec![false; m.heap.list_items(list).len()];
    indices.iter().for_each(|index| gone[index] = true);
    let items = m.heap.list_mut(list).take();
    let mut kept = Vec::with_capacity(items.len() - indices.count);
    for (index, item) in items.into_iter().enumerate() {
        if gone[index] {
            m.heap.release(item);
        } else {
            kept.push(item);
        }
    }
    m.heap.list_mut(list).keep(kept);
}

/// Of an object that has no items by index: what CPython says once it knows the index.
fn refuse_index(m: &mut Machine, args: &Args) -> Eval {
    m.index_i64(args.at(1), types::INDEX_ERROR)?;
    let class = m.class_name(args.at(0));
    Err(m.type_error(match args.get(2) {
        Some(_) => format!("'{class}' object does not support item assignment"),
        None => format!("'{class}' object doesn't support item deletion"),
    }))
}
