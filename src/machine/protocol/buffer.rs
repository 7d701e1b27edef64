//! The buffer protocol: which objects have memory to show, and how others look at it.
//!
//! The memory itself is always a row of bytes inside one object: bytes, a bytearray, an array, the contents of a
//! `BytesIO`.  A memoryview names its owner and where the items lie in there.  Between the two there may be an
//! object that stands for a class with `__buffer__` written in Python (PEP 688).

use num_traits::ToPrimitive;

use super::super::Machine;
use super::super::args::Args;
use super::super::buffer::item::{Code, Item};
use super::super::buffer::layout::{Layout, Order};
use super::super::frame::{Eval, Flow};
use super::super::heap::Heap;
use super::super::names;
use super::super::native::Style;
use super::super::number::IntRef;
use super::super::object::extension::Extension;
use super::super::object::function::NativeBody;
use super::super::object::io::Io;
use super::super::object::memory_view::{Format, MemoryView};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::iterate::Next;

/// What a request for memory asks for: the numbers of `inspect.BufferFlags`.
pub(in crate::machine) mod flags {
    /// Bytes one behind the other.
    pub const SIMPLE: i64 = 0;
    /// That they can be changed.
    pub const WRITABLE: i64 = 1;
    /// `PyBUF_FORMAT`: what an item is.
    pub const FORMAT: i64 = 4;
    /// `PyBUF_ND`: the dimensions.
    pub const DIMENSIONS: i64 = 8;
    /// All there is to know, wherever the items lie.
    pub const FULL_READ_ONLY: i64 = 0x11C;
}

impl Heap {
    /// The object whose own bytes an owner of memory shows.
    fn store(&self, mut owner: Value) -> Option<Handle> {
        loop {
            let handle = owner.handle()?;
            owner = match self.payload(handle) {
                Payload::Bytes(_) | Payload::ByteArray(_) | Payload::Extension(_) | Payload::Io(_) => {
                    return Some(handle);
                }
                Payload::Slots(slots) => match self.payload_of(slots.first().copied().flatten()?)? {
                    Payload::MemoryView(view) => view.owner?,
                    _ => slots[0]?,
                },
                _ => return None,
            };
        }
    }

    /// The bytes that an owner of memory shows.
    fn memory(&self, owner: Value) -> Option<&[u8]> {
        match self.payload(self.store(owner)?) {
            Payload::Bytes(bytes) => Some(bytes),
            Payload::ByteArray(bytes) => Some(bytes),
            Payload::Extension(extension) => match &**extension {
                Extension::Array(array) => Some(&array.bytes),
                _ => None,
            },
            Payload::Io(io) => match &**io {
                Io::Bytes(buffer) => Some(&buffer.bytes),
                _ => None,
            },
            _ => None,
        }
    }

    /// The same, to change them; nothing where they cannot be.
    fn memory_mut(&mut self, owner: Value) -> &mut [u8] {
        let Some(store) = self.store(owner) else { return &mut [] };
        match self.payload_mut(store) {
            Payload::ByteArray(bytes) => bytes,
            Payload::Extension(extension) => match &mut **extension {
                Extension::Array(array) => &mut array.bytes,
                _ => &mut [],
            },
            Payload::Io(io) => match &mut **io {
                Io::Bytes(buffer) => &mut buffer.bytes,
                _ => &mut [],
            },
            _ => &mut [],
        }
    }

    /// The bytes of a bytes-like object, where they lie one behind the other: what CPython gets by the buffer
    /// protocol when it asks for no more than that.
    pub fn byte_string(&self, value: Value) -> Option<&[u8]> {
        match self.payload_of(value)? {
            Payload::Bytes(bytes) => Some(bytes),
            Payload::ByteArray(bytes) => Some(bytes),
            Payload::MemoryView(view) if view.layout.is_contiguous(Order::Row) => {
                let memory = self.memory(view.owner?)?;
                memory.get(view.layout.start..view.layout.start + view.layout.bytes())
            }
            Payload::Extension(extension) => match &**extension {
                Extension::Array(array) => Some(&array.bytes),
                _ => None,
            },
            _ => None,
        }
    }

    /// The bytes of bytes or a bytearray: where nothing else that is bytes-like will do.
    pub fn bytes_object(&self, value: Value) -> Option<&[u8]> {
        match self.payload_of(value)? {
            Payload::Bytes(bytes) => Some(bytes),
            Payload::ByteArray(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The memoryview behind a handle of one.
    pub(in crate::machine) fn memory_view(&self, handle: Handle) -> &MemoryView {
        match self.payload(handle) {
            Payload::MemoryView(view) => view,
            _ => panic!("a memoryview is there"),
        }
    }

    /// The bytes of the items of a view, in that order; none once it is released.
    pub(in crate::machine) fn view_bytes(&self, view: &MemoryView, order: Order) -> Vec<u8> {
        let Some(memory) = view.owner.and_then(|owner| self.memory(owner)) else { return Vec::new() };
        let places = view.layout.places(order).into_iter();
        places.flat_map(|place| memory[place..place + view.layout.size].iter().copied()).collect()
    }

    /// The item of a view that begins at a place of its owner's memory.
    pub(in crate::machine) fn view_item(&self, view: &MemoryView, code: Code, place: usize) -> Item {
        let memory = view.owner.and_then(|owner| self.memory(owner)).unwrap_or_default();
        code.unpack(&memory[place..place + usize::from(code.size)], crate::machine::buffer::item::NATIVE)
    }

    /// Puts bytes at a place of the memory of a view's owner.
    pub(in crate::machine) fn write_memory(&mut self, owner: Value, place: usize, bytes: &[u8]) {
        self.memory_mut(owner)[place..place + bytes.len()].copy_from_slice(bytes);
    }

    /// The memory of an object as it shows it itself, if it is of a builtin type that has some.
    fn own_memory(&self, value: Value) -> Option<MemoryView> {
        let (owner, format, size, readonly) = match self.payload_of(value)? {
            Payload::Bytes(_) => (value, Format::BYTES, 1, true),
            Payload::ByteArray(_) => (value, Format::BYTES, 1, false),
            Payload::Extension(extension) => match &**extension {
                Extension::Array(array) => (value, array.format(), array.size(), false),
                _ => return None,
            },
            Payload::Slots(_) if self.class_of(value) == types::BYTES_IO_BUFFER => {
                (value, Format::BYTES, 1, false)
            }
            _ => return None,
        };
        let items = self.memory(owner)?.len() / size;
        let layout = Layout::contiguous(0, size, vec![items]);
        Some(MemoryView { owner: Some(owner), layout, format, readonly, hash: None, anonymous: false })
    }
}

impl Machine {
    /// A memoryview of the memory of `value`; None if it has none to show.  A class may have its own
    /// `__buffer__` in Python, which is called.
    pub(in crate::machine) fn memory_of(&mut self, value: Value, flags: i64) -> Option<Eval> {
        if let Some(method) = self.python_buffer(value) {
            let flags = self.heap.int(flags);
            let given = Args::new([Value::NONE, value]);
            return Some(self.call_method(method, value, Args::new([flags])).and_then(|flow| {
                self.continue_with("__buffer__", flow, given, 0, |m, args| {
                    m.wrap_buffer(args.at(0), args.at(1)).map(Flow::Value)
                })
            }));
        }
        self.own_view(value, flags)
    }

    /// The same by what its builtin type does, whatever `__buffer__` its class has.
    pub(in crate::machine) fn own_view(&mut self, value: Value, flags: i64) -> Option<Eval> {
        let view = match self.shown(value)? {
            Ok(view) => view,
            Err(raise) => return Some(Err(raise)),
        };
        let has_format_alone = flags & (flags::FORMAT | flags::DIMENSIONS) == flags::FORMAT;
        if has_format_alone && matches!(self.heap.payload_of(value), Some(Payload::MemoryView(_))) {
            let message = "memoryview: cannot cast to unsigned bytes if the format flag is present";
            return Some(Err(self.buffer_error(message)));
        }
        if flags & flags::WRITABLE != 0 && view.readonly {
            let message = match self.heap.payload_of(value) {
                Some(Payload::MemoryView(_)) => "memoryview: underlying buffer is not writable",
                _ => "Object is not writable.",
            };
            return Some(Err(self.buffer_error(message)));
        }
        Some(Ok(self.new_view(view).into()))
    }

    /// What a view of a value would show, by what its builtin type does.
    fn shown(&mut self, value: Value) -> Option<Result<MemoryView, Raise>> {
        match self.heap.payload_of(value) {
            Some(Payload::MemoryView(_)) => Some(self.open_view(value).cloned()),
            _ => self.heap.own_memory(value).map(Ok),
        }
    }

    /// What a decoder is given in the place of something bytes-like: a view of its bytes that tells of no owner.
    pub(in crate::machine) fn decoder_view(&mut self, value: Value) -> Result<Value, Raise> {
        let Some(view) = self.shown(value) else { return Ok(value) };
        let view = view?;
        let layout = Layout::contiguous(view.layout.start, 1, vec![view.layout.bytes()]);
        let view = MemoryView {
            layout,
            format: Format::BYTES,
            readonly: true,
            hash: None,
            anonymous: true,
            owner: view.owner,
        };
        Ok(self.new_view(view))
    }

    /// A bytes object with the bytes of what has memory to show, wherever its items lie; None if it has none.
    pub(in crate::machine) fn bytes_of_memory(&mut self, value: Value) -> Option<Eval> {
        if !self.has_python_buffer(value) {
            // Without a view, which would keep a bytearray from changing its size.
            let shown = self.shown(value)?;
            return Some(shown.map(|view| {
                let bytes = self.heap.view_bytes(&view, Order::Row);
                self.heap.new_bytes(&bytes).into()
            }));
        }
        let view = self.memory_of(value, flags::FULL_READ_ONLY)?;
        Some(view.and_then(|view| {
            self.continue_with("bytes", view, Args::new([Value::NONE]), 0, |m, args| {
                let view = m.open_view(args.at(0))?.clone();
                let bytes = m.heap.view_bytes(&view, Order::Row);
                Ok(m.heap.bytes(&bytes).into())
            })
        }))
    }

    /// `__buffer__` of a value, where it is written in Python.
    fn python_buffer(&self, value: Value) -> Option<Value> {
        let class = self.heap.class_of(value);
        if self.heap.class(class).builtin {
            return None;
        }
        let method = self.heap.lookup(class, names::BUFFER)?;
        (!matches!(self.heap.payload_of(method), Some(Payload::Native(..)))).then_some(method)
    }

    /// A view of what `__buffer__` of an object in Python gave, which keeps both until nobody looks any more.
    fn wrap_buffer(&mut self, given: Value, object: Value) -> Result<Value, Raise> {
        let Some(Payload::MemoryView(_)) = self.heap.payload_of(given) else {
            return Err(self.type_error("__buffer__ returned non-memoryview object"));
        };
        let view = self.open_view(given)?.clone();
        let slots = Payload::Slots([Some(given), Some(object)].into());
        let owner = Value::object(self.heap.alloc(types::BUFFER_WRAPPER, slots));
        Ok(self.new_view(MemoryView { owner: Some(owner), ..view }))
    }

    /// Nobody looks any more at what `__buffer__` of an object in Python gave: `__release_buffer__` is told.
    pub(in crate::machine) fn end_buffer(&mut self, wrapper: Handle) -> Eval {
        let Payload::Slots(slots) = self.heap.payload_mut(wrapper) else { return Ok(Value::NONE.into()) };
        let (Some(given), Some(object)) = (slots[0].take(), slots[1]) else { return Ok(Value::NONE.into()) };
        if let Some(view) = given.handle() {
            self.heap.drop_export(view);
        }
        self.heap.release(given);
        match self.heap.special(object, names::RELEASE_BUFFER) {
            Some(method) => self.call_method(method, object, Args::new([given])),
            None => Ok(Value::NONE.into()),
        }
    }

    pub(in crate::machine) fn new_view(&mut self, view: MemoryView) -> Value {
        Value::object(self.heap.alloc(types::MEMORY_VIEW, Payload::MemoryView(Box::new(view))))
    }

    /// What a memoryview shows; one that was released is an error.
    pub(in crate::machine) fn open_view(&mut self, value: Value) -> Result<&MemoryView, Raise> {
        let handle = value.handle().expect("a memoryview is a heap object");
        if self.heap.memory_view(handle).owner.is_none() {
            return Err(self.value_error("operation forbidden on released memoryview object"));
        }
        Ok(self.heap.memory_view(handle))
    }

    /// Lets the object go whose memory a view shows.
    pub(in crate::machine) fn release_view(&mut self, value: Value) {
        let handle = value.handle().expect("a memoryview is a heap object");
        let Payload::MemoryView(view) = self.heap.payload_mut(handle) else { return };
        if let Some(owner) = view.owner.take() {
            if let Some(owner) = owner.handle() {
                self.heap.drop_export(owner);
            }
            self.heap.release(owner);
        }
    }

    /// Goes on with `body` once the arguments `wanted` that have their memory in Python are views of it.
    pub(in crate::machine) fn with_buffers(
        &mut self,
        name: &'static str,
        args: &Args,
        wanted: &'static [usize],
        body: NativeBody,
    ) -> Eval {
        self.with_indices(name, args, wanted, Style::Buffer, body)
    }

    /// Whether an argument is to be replaced by a view of what its `__buffer__` in Python gives.
    pub(in crate::machine) fn has_python_buffer(&self, value: Value) -> bool {
        self.python_buffer(value).is_some()
    }

    /// The bytes of an argument that must be bytes-like.
    pub(in crate::machine) fn bytes_argument(&mut self, value: Value) -> Result<Vec<u8>, Raise> {
        match self.heap.byte_string(value) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => Err(self.not_bytes_like(value)),
        }
    }

    /// Something that has its memory in Python is refused by name where nobody asks for it.
    pub(in crate::machine) fn refuse_python_buffer(&mut self, value: Value) -> Result<(), Raise> {
        if self.has_python_buffer(value) {
            return Err(self.unsupported("__buffer__() written in Python for this argument"));
        }
        Ok(())
    }

    /// What is wrong with an argument that must be bytes-like.
    #[cold]
    pub(in crate::machine) fn not_bytes_like(&mut self, value: Value) -> Raise {
        if let Some(Payload::MemoryView(_)) = self.heap.payload_of(value) {
            return match self.open_view(value) {
                Err(raise) => raise,
                Ok(_) => self.buffer_error("memoryview: underlying buffer is not C-contiguous"),
            };
        }
        if let Err(raise) = self.refuse_python_buffer(value) {
            return raise;
        }
        let class = self.class_name(value);
        self.type_error(format!("a bytes-like object is required, not '{class}'"))
    }

    /// A view of an argument that must be bytes-like and changeable; `title` begins the message if it is not.
    pub(in crate::machine) fn writable_view(&mut self, title: &str, value: Value) -> Eval {
        let usable = match self.shown(value).transpose()? {
            Some(view) => !view.readonly && view.layout.is_contiguous(Order::Row),
            None => self.has_python_buffer(value),
        };
        match self.memory_of(value, flags::WRITABLE) {
            Some(view) if usable => view,
            _ => {
                let class = self.class_name(value);
                Err(self.type_error(format!("{title} must be read-write bytes-like object, not {class}")))
            }
        }
    }

    /// Puts bytes at the beginning of the memory that a contiguous view shows, as many as it has room for; how
    /// many.
    pub(in crate::machine) fn fill_view(&mut self, view: Handle, bytes: &[u8]) -> Value {
        let view = self.heap.memory_view(view);
        let (owner, start) = (view.owner, view.layout.start);
        let count = bytes.len().min(view.layout.bytes());
        if let Some(owner) = owner {
            self.heap.write_memory(owner, start, &bytes[..count]);
        }
        self.heap.int(count as i64)
    }

    /// The Python object of an item.
    pub(in crate::machine) fn item_value(&mut self, item: Item) -> Value {
        match item {
            Item::Bool(truth) => Value::bool(truth),
            Item::Char(byte) => self.heap.bytes(&[byte]),
            Item::Int(number) => self.heap.big_int(number.into()),
            Item::Float(number) => self.heap.float(number),
            Item::Complex(number) => self.heap.new_complex(number),
        }
    }

    /// The number that an int is, if it has fewer than 128 bits.
    pub(in crate::machine) fn wide_int(&self, value: Value) -> Option<i128> {
        match self.heap.int_ref(value)? {
            IntRef::Small(number) => Some(number.into()),
            IntRef::Big(number) => number.to_i128(),
        }
    }

    /// An item of a memoryview or an array by its place in the row; None behind the last.
    pub(in crate::machine) fn item_of(
        &mut self,
        sequence: Value,
        index: usize,
    ) -> Result<Option<Value>, Raise> {
        let Some(Payload::MemoryView(_)) = self.heap.payload_of(sequence) else {
            return self.array_item(sequence, index);
        };
        let view = self.open_view(sequence)?;
        if index >= view.layout.shape.first().copied().unwrap_or(0) {
            return Ok(None);
        }
        let (format, place) = (view.format, view.layout.place(&[index]));
        let code = self.item_code(format)?;
        let handle = sequence.handle().expect("a memoryview is a heap object");
        let item = self.heap.view_item(self.heap.memory_view(handle), code, place);
        Ok(Some(self.item_value(item)))
    }

    /// How items of a format are coded.
    pub(in crate::machine) fn item_code(&mut self, format: Format) -> Result<Code, Raise> {
        format.code().ok_or_else(|| {
            let format = format.text();
            self.not_implemented_error(format!("memoryview: format {format} not supported"))
        })
    }

    /// The next item of an iterator over a memoryview or an array.
    pub(super) fn next_item(&mut self, iterator: Handle) -> Result<Next, Raise> {
        use super::super::object::iterator::Iter;
        let Iter::Items(Some(source), index) = self.heap.iterator(iterator) else {
            return Ok(Next::Exhausted(Value::NONE));
        };
        let (source, index) = (*source, *index);
        match self.item_of(source, index)? {
            Some(item) => {
                if let Iter::Items(_, index) = self.heap.iterator_mut(iterator) {
                    *index += 1;
                }
                Ok(Next::Value(item))
            }
            None => {
                self.exhaust(iterator);
                Ok(Next::Exhausted(Value::NONE))
            }
        }
    }
}
