//! The arena of objects: handles, exact reference counts, release.
//!
//! What must hold: the count of an object is the number of places that hold it *between two steps*
//! (other objects, frames, the machine's own roots; a borrowed slot is no such place).  Within a step
//! a native may hold any handle without counting it, because nothing is released before
//! [`Heap::settle`], which the machine calls at the end of each step.
//!
//! Payloads live in pages shared between the machine and the checkpoints of its history, and are
//! copied when first written; counts live in one flat vector, because every step changes some.

mod audit;
mod brief;
mod dicts;
mod exports;
mod garbage;
mod hashes;
mod items;
mod tracking;
mod weak;

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

use super::names;
use super::object::class::Layout;
use super::object::generator::Generator;
use super::object::io::Io;
use super::object::io::file::is_system_file;
use super::object::list_items::Items;
use super::object::{Object, Payload, types};
use super::text::Str;
use super::value::{Handle, Kind, Serial, Slot, Value};

pub use audit::AuditError;
pub use garbage::Doomed;
pub use tracking::{Collector, GENERATIONS, Stats};

const PAGE: usize = 64;
/// The count of an object that is never released: everything made before the program starts.
const IMMORTAL: u32 = u32::MAX;

#[derive(Clone)]
struct Page([Object; PAGE]);

impl Page {
    fn empty() -> Self {
        Self(std::array::from_fn(|_| Object::FREE))
    }
}

/// All objects of a machine.
#[derive(Clone)]
pub struct Heap {
    /// Whether somebody is told of each exception that ends a frame.
    pub(super) watches_ends: bool,
    pages: Vec<Rc<Page>>,
    counts: Vec<u32>,
    /// Released places, to be used again, the latest first.
    free: Vec<Handle>,
    /// Objects whose count fell to 0, or that were just made, since the last [`Heap::settle`].
    zero: Vec<Handle>,
    /// Objects that must run Python code (or close a generator) before they can be released: their own, or
    /// the callbacks of weak references to them.
    finalize: Vec<Handle>,
    /// The lists that are being sorted, which are empty meanwhile, the latest last; whether a program has put
    /// something into them.
    sorting: Vec<(Handle, bool)>,
    /// The weak references to each object that has some.
    weak: weak::WeakLists,
    /// Whose memory is shown.
    exports: exports::Exports,
    /// The hashes that tuples keep.
    hashes: hashes::TupleHashes,
    /// What the garbage collector knows.
    pub(super) collector: Collector,
    interned: Rc<FxHashMap<Str, Handle>>,
    /// One object for each character up to U+00FF, as in CPython.
    latin1: Rc<[Handle]>,
    /// One bytes object for each byte, as in CPython.
    single_bytes: Rc<[Handle]>,
    next_serial: u64,
    /// The step being executed: the birth of what is made now.
    pub(super) now: u64,
    live: usize,
}

impl Heap {
    pub(super) fn new() -> Self {
        Self {
            pages: Vec::new(),
            counts: Vec::new(),
            free: Vec::new(),
            zero: Vec::new(),
            finalize: Vec::new(),
            sorting: Vec::new(),
            watches_ends: false,
            weak: Rc::default(),
            exports: Rc::default(),
            hashes: Rc::default(),
            collector: Collector::default(),
            interned: Rc::new(FxHashMap::default()),
            latin1: Rc::new([]),
            single_bytes: Rc::new([]),
            next_serial: Serial::FIRST_NEW,
            now: 0,
            live: 0,
        }
    }

    /// The object behind a handle.
    #[inline]
    pub fn get(&self, handle: Handle) -> &Object {
        let index = handle.index();
        &self.pages[index / PAGE].0[index % PAGE]
    }

    /// The object behind a handle, to change it.  Whoever adds or removes a value inside counts it:
    /// [`Heap::retain`], [`Heap::release`].
    #[inline]
    pub fn get_mut(&mut self, handle: Handle) -> &mut Object {
        let index = handle.index();
        &mut Rc::make_mut(&mut self.pages[index / PAGE]).0[index % PAGE]
    }

    /// The payload behind a handle.
    #[inline]
    pub fn payload(&self, handle: Handle) -> &Payload {
        self.get(handle).payload()
    }

    /// The payload behind a handle, to change it; see [`Heap::get_mut`].
    #[inline]
    pub fn payload_mut(&mut self, handle: Handle) -> &mut Payload {
        self.get_mut(handle).payload_mut()
    }

    /// The payload of a value that is a heap object.
    #[inline]
    pub fn payload_of(&self, value: Value) -> Option<&Payload> {
        value.handle().map(|handle| self.payload(handle))
    }

    /// Makes an object of the type `class` and counts the values inside it.  Its own count is 0: it
    /// lives on after this step only if something holds it by then.
    pub fn alloc(&mut self, class: Handle, payload: Payload) -> Handle {
        // Builtin types have no slots, and are not there yet while the machine is being set up.
        let (layout, slots) = if types::is_builtin(class) {
            (Layout::Plain, 0)
        } else {
            (self.class(class).layout, self.class(class).slots)
        };
        self.alloc_object(Object::new(class, layout, slots, self.now, payload))
    }

    fn alloc_object(&mut self, mut object: Object) -> Handle {
        {
            let counts = &mut self.counts;
            object.each_value(&mut |value| retain(counts, value));
        }
        if let Some(owner) = object.shows() {
            self.count_export(owner);
        }
        self.live += 1;
        let handle = if let Some(handle) = self.free.pop() {
            self.counts[handle.index()] = 0;
            handle
        } else {
            let handle = Handle::new(u32::try_from(self.counts.len() + 1).expect("fewer than 2^32 objects"));
            if handle.index().is_multiple_of(PAGE) {
                self.pages.push(Rc::new(Page::empty()));
            }
            self.counts.push(0);
            handle
        };
        if self.may_be_in_cycle(&object) {
            self.track_new(handle, &mut object.head);
        }
        *self.get_mut(handle) = object;
        self.zero.push(handle);
        handle
    }

    /// Makes an object at a place known beforehand; only while the machine is being set up.
    pub(super) fn alloc_at(&mut self, handle: Handle, class: Handle, payload: Payload) {
        let made = self.alloc(class, payload);
        assert_eq!(made, handle, "the fixed objects are made in order");
    }

    /// Makes everything that exists now live for ever, as CPython does with its static objects.
    pub(super) fn make_immortal(&mut self) {
        self.counts.fill(IMMORTAL);
        self.zero.clear();
        let tracked: Vec<Handle> =
            self.objects().filter(|(_, object)| object.head.is_tracked()).map(|(handle, _)| handle).collect();
        for handle in tracked {
            self.untrack(handle);
        }
        self.collector = Collector::default();
    }

    /// An int: the cached object for −5…256, else a new one.
    #[inline]
    pub fn int(&mut self, value: i64) -> Value {
        match Value::small_int(value) {
            Some(value) => value,
            None => Value::int(value, self.new_serial()),
        }
    }

    /// An int of any size.
    pub fn big_int(&mut self, value: BigInt) -> Value {
        match value.to_i64() {
            Some(value) => self.int(value),
            None => Value::object(self.alloc(types::INT, Payload::Int(Box::new(value)))),
        }
    }

    /// A new float.
    #[inline]
    pub fn float(&mut self, value: f64) -> Value {
        let serial = self.new_serial();
        Value::float(value, serial)
    }

    /// The number of the serial that the next new int or float gets.
    pub const fn next_serial(&self) -> u64 {
        self.next_serial
    }

    fn new_serial(&mut self) -> Serial {
        let serial = Serial::new(self.next_serial);
        self.next_serial += 1;
        serial
    }

    /// A str: the cached object for the empty one and for one character up to U+00FF, else a new one.
    pub fn str(&mut self, text: impl Into<Str>) -> Value {
        let text = text.into();
        match (text.len(), text.get(0)) {
            (0, _) => Value::object(names::EMPTY),
            (1, Some(point)) if point < 256 && !self.latin1.is_empty() => {
                Value::object(self.latin1[point as usize])
            }
            _ => Value::object(self.alloc(types::STR, Payload::str(text))),
        }
    }

    /// A str of its own, also of one character: most of what CPython computes is not looked up among those it keeps.
    pub fn new_str(&mut self, text: impl Into<Str>) -> Value {
        let text = text.into();
        if text.is_empty() {
            return Value::object(names::EMPTY);
        }
        Value::object(self.alloc(types::STR, Payload::str(text)))
    }

    /// The one interned str with this text.
    pub fn intern(&mut self, text: impl Into<Str>) -> Value {
        let text = text.into();
        if let Some(handle) = self.interned.get(&text) {
            return Value::object(*handle);
        }
        let value = self.str(text);
        self.intern_value(value)
    }

    /// The interned str equal to the str `value`: itself, if there was none.
    pub fn intern_value(&mut self, value: Value) -> Value {
        let handle = value.handle().expect("a str is a heap object");
        let Payload::Str(object) = self.payload(handle) else { return value };
        let text = object.text.clone();
        if let Some(known) = self.interned.get(&text).copied() {
            return Value::object(known);
        }
        if let Payload::Str(object) = self.payload_mut(handle) {
            object.interned = true;
        }
        Rc::make_mut(&mut self.interned).insert(text, handle);
        value
    }

    /// Makes the one-character strings; only while the machine is being set up.
    pub(super) fn make_latin1(&mut self) {
        let handles: Vec<Handle> = (0..256u32)
            .map(|point| {
                let text = Str::from_point(point);
                let handle = match self.interned.get(&text) {
                    Some(handle) => *handle,
                    None => self.alloc(types::STR, Payload::str(text)),
                };
                self.intern_value(Value::object(handle));
                handle
            })
            .collect();
        self.latin1 = handles.into();
    }

    /// A tuple; the empty one is one object.
    pub fn tuple(&mut self, items: Vec<Value>) -> Value {
        if items.is_empty() {
            return Value::object(types::EMPTY_TUPLE);
        }
        Value::object(self.alloc(types::TUPLE, Payload::Tuple(items.into())))
    }

    /// A new list with room for just these items.
    pub fn list_of(&mut self, items: Vec<Value>) -> Value {
        Value::object(self.alloc(types::LIST, Payload::List(Items::exact(items))))
    }

    /// A new list of which is not known how much room CPython has in it.
    pub fn list(&mut self, items: Vec<Value>) -> Value {
        Value::object(self.alloc(types::LIST, Payload::List(items.into())))
    }

    /// Makes the bytes objects of one byte; only while the machine is being set up.
    pub(super) fn make_single_bytes(&mut self) {
        let handles: Vec<Handle> =
            (0..=u8::MAX).map(|byte| self.alloc(types::BYTES, Payload::Bytes([byte].into()))).collect();
        self.single_bytes = handles.into();
    }

    /// A bytes object: the cached one for none and for a single byte, else a new one.
    pub fn bytes(&mut self, bytes: &[u8]) -> Value {
        match bytes {
            [] => return Value::object(types::EMPTY_BYTES),
            [byte] if !self.single_bytes.is_empty() => {
                return Value::object(self.single_bytes[usize::from(*byte)]);
            }
            _ => {}
        }
        Value::object(self.alloc(types::BYTES, Payload::Bytes(bytes.into())))
    }

    /// A bytes object of its own, also of a single byte.
    pub fn new_bytes(&mut self, bytes: &[u8]) -> Value {
        if bytes.is_empty() {
            return Value::object(types::EMPTY_BYTES);
        }
        Value::object(self.alloc(types::BYTES, Payload::Bytes(bytes.into())))
    }

    /// The type of a value.
    #[inline]
    pub fn class_of(&self, value: Value) -> Handle {
        match value.kind() {
            Kind::Object(handle) => self.get(handle).class,
            Kind::Int(_) => types::INT,
            Kind::Float(_) => types::FLOAT,
            Kind::Bool(_) => types::BOOL,
            Kind::None => types::NONE_TYPE,
            Kind::NotImplemented => types::NOT_IMPLEMENTED_TYPE,
            Kind::Ellipsis => types::ELLIPSIS_TYPE,
        }
    }

    /// Counts one more place that holds `value`.
    #[inline]
    pub fn retain(&mut self, value: Value) {
        retain(&mut self.counts, value);
    }

    /// Counts one place fewer that holds `value`.
    #[inline]
    pub fn release(&mut self, value: Value) {
        if let Some(handle) = value.handle() {
            self.release_handle(handle);
        }
    }

    /// [`Heap::retain`] for a handle.
    #[inline]
    pub fn retain_handle(&mut self, handle: Handle) {
        let count = &mut self.counts[handle.index()];
        if *count != IMMORTAL {
            *count += 1;
        }
    }

    /// [`Heap::release`] for a handle.
    #[inline]
    pub fn release_handle(&mut self, handle: Handle) {
        let count = &mut self.counts[handle.index()];
        if *count == IMMORTAL {
            return;
        }
        *count = count.checked_sub(1).expect("no place is given up twice");
        if *count == 0 {
            self.zero.push(handle);
        }
    }

    /// [`Heap::release`] for what a slot owns.
    #[inline]
    pub fn release_slot(&mut self, slot: Slot) {
        if let Some(handle) = slot.owned_handle() {
            self.release_handle(handle);
        }
    }

    /// Puts `value` in the place of `old` in something that counts what it holds.
    pub fn replace(&mut self, old: &mut Option<Value>, value: Option<Value>) {
        if let Some(value) = value {
            self.retain(value);
        }
        if let Some(old) = std::mem::replace(old, value) {
            self.release(old);
        }
    }

    /// The number of places that hold an object; `None` where it lives for ever.
    pub fn count(&self, handle: Handle) -> Option<u32> {
        let count = self.counts[handle.index()];
        (count != IMMORTAL).then_some(count)
    }

    /// Objects alive, those that live for ever included.
    pub const fn live(&self) -> usize {
        self.live
    }

    /// The largest handle number given out so far.
    pub fn size(&self) -> u32 {
        self.counts.len() as u32
    }

    /// Every live object.
    pub fn objects(&self) -> impl Iterator<Item = (Handle, &Object)> {
        (1..=self.size())
            .map(Handle::new)
            .map(|handle| (handle, self.get(handle)))
            .filter(|(_, object)| !object.is_free())
    }

    /// Whether there may be something that nothing holds any more.
    #[inline]
    pub(super) const fn has_dying(&self) -> bool {
        !self.zero.is_empty() || !self.finalize.is_empty()
    }

    /// Whether Python code is to be called for something that nothing holds any more, as far as that is settled.
    pub(super) const fn has_finalizers(&self) -> bool {
        !self.finalize.is_empty()
    }

    /// Releases everything that nothing holds any more: the end of a step.  What was given up first goes
    /// first, and what an object held goes right behind it, as if it were released by recursion.
    pub(super) fn settle(&mut self) {
        let mut todo = std::mem::take(&mut self.zero);
        todo.reverse();
        while let Some(handle) = todo.pop() {
            if self.counts[handle.index()] != 0 || self.get(handle).is_free() {
                continue;
            }
            if self.needs_finalizer(handle) || self.has_weak_callbacks(handle) {
                self.counts[handle.index()] = 1;
                self.finalize.push(handle);
                continue;
            }
            self.clear_weakrefs(handle);
            self.free_object(handle);
            todo.extend(self.zero.drain(..).rev());
        }
        // The memory of the list is used again.
        self.zero = todo;
    }

    /// Whether Python code has to run, or a generator has to be closed, before an object can go.
    pub(super) fn needs_finalizer(&self, handle: Handle) -> bool {
        let object = self.get(handle);
        if object.head.is_finalized() {
            return false;
        }
        match object.payload() {
            Payload::Generator(generator) => {
                generator.must_close(self.watches_ends)
                    || generator.never_awaited(object.class)
                    || generator.has_finalizer()
                    || self.frame_is_held(generator)
            }
            Payload::Awaitable(awaitable) => awaitable.never_awaited().is_some(),
            // A file is closed, and what is kept back is written.
            Payload::Io(_) if self.class(object.class).builtin => self.is_open_file(handle),
            Payload::Extension(_) if object.class == types::EPOLL => self.is_open_epoll(handle),
            // Who made a view in Python may want to be told that nobody looks any more.
            Payload::Slots(_) if object.class == types::BUFFER_WRAPPER => true,
            _ => self.type_of(object.class).is_some_and(|class| class.has_del),
        }
    }

    /// Whether somebody holds the frame of a generator as an object, which gets its variables when that goes.
    fn frame_is_held(&self, generator: &Generator) -> bool {
        let object = generator.frame.as_ref().and_then(|frame| frame.object);
        object.is_some_and(|object| self.count(object).is_none_or(|count| count > 1))
    }

    fn is_open_file(&self, handle: Handle) -> bool {
        let Payload::Io(io) = self.payload(handle) else { return false };
        match &**io {
            Io::Raw(raw) => raw.fd >= 0 && raw.closes,
            Io::Buffered(buffered) => match buffered.raw.handle() {
                Some(raw) if is_system_file(self.payload(raw)) => self.is_open_file(raw),
                Some(_) => !buffered.closed,
                None => false,
            },
            Io::Wrapper(wrapper) => match wrapper.buffer.handle() {
                Some(buffer) if is_system_file(self.payload(buffer)) => self.is_open_file(buffer),
                Some(_) => !wrapper.closed,
                None => false,
            },
            Io::Text(_) | Io::Bytes(_) | Io::Pair(_) | Io::Newlines(_) => false,
        }
    }

    fn free_object(&mut self, handle: Handle) {
        if let Payload::Str(text) = self.payload(handle)
            && text.interned
        {
            let text = text.text.clone();
            Rc::make_mut(&mut self.interned).remove(&text);
        }
        let object = std::mem::replace(self.get_mut(handle), Object::FREE);
        self.untrack_freed(object.head);
        if let Payload::WeakRef(weak) = object.payload()
            && let Some(referent) = weak.referent
        {
            self.drop_weakref(handle, referent);
        }
        if let Some(owner) = object.shows() {
            self.drop_export(owner);
        }
        self.forget_hash(handle);
        if let Payload::Class(class) = object.payload() {
            for base in &class.bases {
                self.class_mut(*base).subclasses.retain(|subclass| *subclass != handle);
            }
        }
        object.each_dropped(&mut |value| self.release(value));
        self.free.push(handle);
        self.live -= 1;
    }

    /// The objects that must run Python code before they can be released.  Each is held once, and the
    /// caller takes that over.
    pub(super) fn take_finalizers(&mut self) -> Vec<Handle> {
        std::mem::take(&mut self.finalize)
    }

    /// The same, left where they are.
    pub(super) fn waiting_finalizers(&self) -> &[Handle] {
        &self.finalize
    }
}

#[inline]
fn retain(counts: &mut [u32], value: Value) {
    if let Some(count) = value.handle().and_then(|handle| counts.get_mut(handle.index()))
        && *count != IMMORTAL
    {
        *count += 1;
    }
}
