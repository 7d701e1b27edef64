//! Lists, sets and iterators: changing them and counting what comes and goes.

use super::super::object::iterator::Iter;
use super::super::object::list_items::Items;
use super::super::object::{Payload, types};
use super::super::table::Set;
use super::super::value::{Handle, Value};
use super::Heap;

impl Heap {
    /// The items of a list or tuple.
    #[inline]
    pub fn sequence_items(&self, sequence: Handle) -> Option<&[Value]> {
        match self.payload(sequence) {
            Payload::List(items) => Some(items),
            Payload::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The items of a value that is a list or a tuple, or derives from them.
    pub fn items_of(&self, value: Value) -> Option<&[Value]> {
        self.sequence_items(value.handle()?)
    }

    /// The items of something that must be a list.
    #[inline]
    pub fn list_items(&self, list: Handle) -> &[Value] {
        match self.payload(list) {
            Payload::List(items) => items,
            _ => panic!("a list is there"),
        }
    }

    /// The items of something that must be a list, to change them; whoever adds or removes one counts it.
    #[inline]
    pub fn list_mut(&mut self, list: Handle) -> &mut Items {
        if !self.sorting.is_empty() {
            self.notice_change(list);
        }
        match self.payload_mut(list) {
            Payload::List(items) => items,
            _ => panic!("a list is there"),
        }
    }

    /// Appends to a list.
    #[inline]
    pub fn list_push(&mut self, list: Handle, value: Value) {
        self.retain(value);
        self.list_mut(list).push(value);
    }

    /// Appends many values to a list.
    pub fn list_extend(&mut self, list: Handle, values: &[Value]) {
        for value in values {
            self.retain(*value);
        }
        self.list_mut(list).extend_from_slice(values);
    }

    /// Replaces the items in `range` by others, and lets go of the old ones.
    pub fn list_splice(&mut self, list: Handle, range: impl std::ops::RangeBounds<usize>, values: &[Value]) {
        for value in values {
            self.retain(*value);
        }
        let old = self.list_mut(list).splice(range, values);
        // The last first, as CPython does it.
        old.into_iter().rev().for_each(|value| self.release(value));
    }

    /// Notices that a list is about to be changed: if it is being sorted and is not empty, somebody has put
    /// something into it.
    #[cold]
    fn notice_change(&mut self, list: Handle) {
        if !self.list_items(list).is_empty() {
            self.sorting
                .iter_mut()
                .filter(|(sorted, _)| *sorted == list)
                .for_each(|(_, changed)| *changed = true);
        }
    }

    /// Takes all items out of a list that is going to be sorted, and watches it from now on; the caller takes
    /// over that the items are counted.
    pub fn list_take_to_sort(&mut self, list: Handle) -> Vec<Value> {
        let items = self.list_take(list);
        self.sorting.push((list, false));
        items
    }

    /// Puts items into a list that has been sorted; whether it was left alone meanwhile.
    pub fn list_sorted(&mut self, list: Handle, items: &[Value]) -> bool {
        for value in items {
            self.retain(*value);
        }
        let old = self.list_mut(list).put_back(items);
        old.into_iter().rev().for_each(|value| self.release(value));
        let watched = self.sorting.iter().rposition(|(sorted, _)| *sorted == list);
        watched.is_none_or(|index| !self.sorting.remove(index).1)
    }

    /// Takes all items out of a list; the caller takes over that they are counted.
    pub fn list_take(&mut self, list: Handle) -> Vec<Value> {
        self.list_mut(list).take()
    }

    /// The set behind a handle of a set or frozenset.
    #[inline]
    pub fn set(&self, handle: Handle) -> &Set<Value> {
        match self.payload(handle) {
            Payload::Set(set) => set,
            _ => panic!("a set is there"),
        }
    }

    /// The same, to change it; whoever adds or removes a key counts it.
    #[inline]
    pub fn set_mut(&mut self, handle: Handle) -> &mut Set<Value> {
        match self.payload_mut(handle) {
            Payload::Set(set) => set,
            _ => panic!("a set is there"),
        }
    }

    /// A new set or frozenset (or instance of a subclass) with this table.
    pub fn new_set(&mut self, class: Handle, set: Set<Value>) -> Handle {
        self.alloc(class, Payload::Set(Box::new(set)))
    }

    /// Puts another table in the place of a set's, and lets go of the old keys.
    pub fn replace_set(&mut self, handle: Handle, set: Set<Value>) {
        set.each_value(&mut |key| self.retain(key));
        let old = std::mem::replace(self.set_mut(handle), set);
        old.each_value(&mut |key| self.release(key));
    }

    /// The builtin iterator behind a handle of one.
    #[inline]
    pub fn iterator(&self, handle: Handle) -> &Iter {
        match self.payload(handle) {
            Payload::Iter(iterator) => iterator,
            _ => panic!("a builtin iterator is there"),
        }
    }

    /// The same, to change it.
    #[inline]
    pub fn iterator_mut(&mut self, handle: Handle) -> &mut Iter {
        match self.payload_mut(handle) {
            Payload::Iter(iterator) => iterator,
            _ => panic!("a builtin iterator is there"),
        }
    }

    /// A new iterator of a builtin type.
    pub fn new_iterator(&mut self, class: Handle, iterator: Iter) -> Value {
        Value::object(self.alloc(class, Payload::Iter(Box::new(iterator))))
    }

    /// A new view of a dict.
    pub fn new_view(&mut self, class: Handle, dict: Value) -> Value {
        Value::object(self.alloc(class, Payload::DictView(dict)))
    }

    /// A pair, as `enumerate` and `dict.items()` give it.
    pub fn pair(&mut self, first: Value, second: Value) -> Value {
        Value::object(self.alloc(types::TUPLE, Payload::Tuple(Box::new([first, second]))))
    }
}
