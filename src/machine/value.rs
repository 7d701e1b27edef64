//! Values: what the value stack, a local variable or a list item holds.
//!
//! A [`Value`] is two words and [`Copy`].  Equality of two values is Python's `is`: an int or float
//! that is no heap object carries a serial number, and the serial is its identity.

use std::fmt;
use std::num::{NonZeroU32, NonZeroU64};

/// An object of the heap.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(NonZeroU32);

impl Handle {
    /// The handle with the number `number`, from 1.
    pub const fn new(number: u32) -> Self {
        match NonZeroU32::new(number) {
            Some(number) => Self(number),
            None => panic!("handles start at 1"),
        }
    }

    /// Its number, from 1.
    pub const fn number(self) -> u32 {
        self.0.get()
    }

    /// Its place in the arena, from 0.
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.0)
    }
}

/// The identity of an int or float that is no heap object.
///
/// Serials below [`Serial::FIRST_NEW`] belong to the small ints −5…256, one each.  Later ones are
/// given in the order in which the numbers are made, so a serial also says which of two is older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Serial(u64);

impl Serial {
    /// The first serial that belongs to no small int.
    pub const FIRST_NEW: u64 = 512;
    /// Serials have 56 bits: 70 thousand million million numbers, years of running.
    pub const MAX: u64 = (1 << 56) - 1;

    /// The serial with this number, at most [`Serial::MAX`].
    pub const fn new(number: u64) -> Self {
        assert!(number <= Self::MAX, "serial numbers have 56 bits");
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// The smallest int that CPython 3.14 keeps one object of.
pub const SMALL_INT_MIN: i64 = -5;
/// The largest one.
pub const SMALL_INT_MAX: i64 = 256;

const TAG_NONE: u64 = 1;
const TAG_NOT_IMPLEMENTED: u64 = 2;
const TAG_ELLIPSIS: u64 = 3;
const TAG_BOOL: u64 = 4;
const TAG_INT: u64 = 5;
const TAG_FLOAT: u64 = 6;
const TAG_OBJECT: u64 = 7;
/// Only in a [`Slot`]: a number that the interpreter itself keeps on the stack.
const TAG_TAGGED: u64 = 8;
const TAG_MASK: u64 = 0x7F;
/// Only in a [`Slot`].
const BORROWED: u64 = 0x80;
const SERIAL_SHIFT: u32 = 8;

/// A Python value.  `==` on two of them is Python's `is`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Value {
    /// The tag in the low byte, the serial above it.
    head: NonZeroU64,
    payload: u64,
}

/// A value taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// `None`.
    None,
    /// `NotImplemented`.
    NotImplemented,
    /// `...`.
    Ellipsis,
    /// `True` or `False`.
    Bool(bool),
    /// An int of the exact type `int` that fits 64 bits.
    Int(i64),
    /// A float of the exact type `float`.
    Float(f64),
    /// Anything else.
    Object(Handle),
}

impl Value {
    /// `None`.
    pub const NONE: Self = Self::pack(TAG_NONE, 0);
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Self = Self::pack(TAG_NOT_IMPLEMENTED, 0);
    /// `...`.
    pub const ELLIPSIS: Self = Self::pack(TAG_ELLIPSIS, 0);
    /// `True`.
    pub const TRUE: Self = Self::pack(TAG_BOOL, 1);
    /// `False`.
    pub const FALSE: Self = Self::pack(TAG_BOOL, 0);

    const fn pack(head: u64, payload: u64) -> Self {
        match NonZeroU64::new(head) {
            Some(head) => Self { head, payload },
            None => panic!("every tag is above 0"),
        }
    }

    /// `True` or `False`.
    #[inline]
    pub const fn bool(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }

    /// A heap object.
    #[inline]
    pub const fn object(handle: Handle) -> Self {
        Self::pack(TAG_OBJECT, handle.number() as u64)
    }

    /// The one object of a small int; `None` outside −5…256.
    #[inline]
    pub const fn small_int(value: i64) -> Option<Self> {
        if value >= SMALL_INT_MIN && value <= SMALL_INT_MAX {
            Some(Self::int(value, Serial::new((value - SMALL_INT_MIN) as u64)))
        } else {
            None
        }
    }

    /// An int with the identity `serial`.  [`Heap::int`](super::heap::Heap::int) is what keeps small
    /// ints unique; this is for it alone.
    #[inline]
    pub(super) const fn int(value: i64, serial: Serial) -> Self {
        Self::pack(TAG_INT | serial.0 << SERIAL_SHIFT, value as u64)
    }

    /// A float with the identity `serial`.
    #[inline]
    pub(super) const fn float(value: f64, serial: Serial) -> Self {
        Self::pack(TAG_FLOAT | serial.0 << SERIAL_SHIFT, value.to_bits())
    }

    /// Takes it apart.
    #[inline]
    pub const fn kind(self) -> Kind {
        match self.head.get() & TAG_MASK {
            TAG_NONE => Kind::None,
            TAG_NOT_IMPLEMENTED => Kind::NotImplemented,
            TAG_ELLIPSIS => Kind::Ellipsis,
            TAG_BOOL => Kind::Bool(self.payload != 0),
            TAG_INT => Kind::Int(self.payload as i64),
            TAG_FLOAT => Kind::Float(f64::from_bits(self.payload)),
            _ => Kind::Object(Handle::new(self.payload as u32)),
        }
    }

    /// The heap object it is, if it is one.
    #[inline]
    pub const fn handle(self) -> Option<Handle> {
        if self.head.get() & TAG_MASK == TAG_OBJECT { Some(Handle::new(self.payload as u32)) } else { None }
    }

    /// The identity of an int or float; `None` for everything else.
    pub const fn serial(self) -> Option<Serial> {
        match self.head.get() & TAG_MASK {
            TAG_INT | TAG_FLOAT => Some(Serial(self.head.get() >> SERIAL_SHIFT)),
            _ => None,
        }
    }

    /// Whether it is True or False.
    pub fn is_bool(self) -> bool {
        self == Self::TRUE || self == Self::FALSE
    }

    /// Whether it is None.
    #[inline]
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind(), self.serial()) {
            (Kind::Int(value), Some(serial)) => write!(f, "{value}#{}", serial.0),
            (Kind::Float(value), Some(serial)) => write!(f, "{value:?}#{}", serial.0),
            (Kind::Object(handle), _) => write!(f, "{handle:?}"),
            (kind, _) => write!(f, "{kind:?}"),
        }
    }
}

/// One place of a frame's fast locals or value stack: empty (NULL), or a value that the frame owns or
/// has only borrowed (`LOAD_FAST_BORROW`), or a bare number of the interpreter.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot {
    head: u64,
    payload: u64,
}

/// A slot taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// Empty.
    Null,
    /// A value that counts as a reference.
    Owned(Value),
    /// A value that something else in the frame keeps alive.
    Borrowed(Value),
    /// An instruction offset that the interpreter notes below a re-raised exception, in code units.
    Tagged(u32),
}

impl Slot {
    /// The empty slot.
    pub const NULL: Self = Self { head: 0, payload: 0 };

    /// A value that counts as a reference.
    #[inline]
    pub const fn owned(value: Value) -> Self {
        Self { head: value.head.get(), payload: value.payload }
    }

    /// A value that does not count as a reference.
    #[inline]
    pub const fn borrowed(value: Value) -> Self {
        Self { head: value.head.get() | BORROWED, payload: value.payload }
    }

    /// A bare number.
    pub const fn tagged(number: u32) -> Self {
        Self { head: TAG_TAGGED, payload: number as u64 }
    }

    /// The value in it; `None` for NULL and for a bare number.
    #[inline]
    pub const fn value(self) -> Option<Value> {
        if self.head & TAG_MASK == TAG_TAGGED {
            return None;
        }
        match NonZeroU64::new(self.head & !BORROWED) {
            Some(head) => Some(Value { head, payload: self.payload }),
            None => None,
        }
    }

    /// Takes it apart.
    pub const fn kind(self) -> SlotKind {
        if self.head & TAG_MASK == TAG_TAGGED {
            return SlotKind::Tagged(self.payload as u32);
        }
        match (self.value(), self.is_borrowed()) {
            (None, _) => SlotKind::Null,
            (Some(value), false) => SlotKind::Owned(value),
            (Some(value), true) => SlotKind::Borrowed(value),
        }
    }

    /// Whether it is empty.
    #[inline]
    pub const fn is_null(self) -> bool {
        self.head == 0
    }

    /// Whether it holds a value without counting as a reference.
    #[inline]
    pub const fn is_borrowed(self) -> bool {
        self.head & BORROWED != 0
    }

    /// The heap object that this slot counts as a reference to.
    #[inline]
    pub const fn owned_handle(self) -> Option<Handle> {
        if self.head == TAG_OBJECT { Some(Handle::new(self.payload as u32)) } else { None }
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            SlotKind::Null => f.write_str("NULL"),
            SlotKind::Owned(value) => write!(f, "{value:?}"),
            SlotKind::Borrowed(value) => write!(f, "&{value:?}"),
            SlotKind::Tagged(number) => write!(f, "tagged {number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_two_words_and_so_is_a_slot() {
        assert_eq!(size_of::<Value>(), 16);
        assert_eq!(size_of::<Option<Value>>(), 16);
        assert_eq!(size_of::<Slot>(), 16);
    }

    #[test]
    fn identity_is_value_and_serial() {
        let a = Value::int(1000, Serial::new(600));
        let b = Value::int(1000, Serial::new(601));
        assert_ne!(a, b);
        assert_eq!(a.kind(), b.kind());
        assert_eq!(Value::small_int(256), Value::small_int(256));
        assert_eq!(Value::small_int(257), None);
        assert_eq!(Value::small_int(-5).and_then(Value::serial), Some(Serial::new(0)));
    }

    #[test]
    fn a_slot_keeps_value_and_ownership() {
        let value = Value::object(Handle::new(7));
        assert_eq!(Slot::owned(value).kind(), SlotKind::Owned(value));
        assert_eq!(Slot::borrowed(value).kind(), SlotKind::Borrowed(value));
        assert_eq!(Slot::borrowed(value).owned_handle(), None);
        assert_eq!(Slot::tagged(3).kind(), SlotKind::Tagged(3));
        assert_eq!(Slot::tagged(0).value(), None);
        assert!(Slot::NULL.is_null());
    }
}
