//! `array`: numbers or characters of one kind, kept as C keeps them.

mod change;
mod construct;
mod copy;
mod item;
mod read;

pub use item::FillArray;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::buffer::item::Code;
use super::super::heap::Heap;
use super::super::object::Payload;
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::extension::Extension;
use super::super::object::function::{NativeDef, indexed};
use super::super::object::generic::CLASS_GETITEM;
use super::super::object::iterators::PROTOCOL;
use super::super::object::memory_view::{BUFFER, Format, RELEASE_BUFFER};
use super::super::object::types;
use super::super::protocol::compare::Comparison;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule};

/// The type codes, in the order of `array.typecodes`.
const TYPE_CODES: &str = "bBuwhHiIlLqQfd";

/// `array`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[copy::FUNCTIONS],
    types: &[&ARRAY],
    hidden_types: &[&ARRAY_ITERATOR],
    constants: &[("ArrayType", Constant::Type(types::ARRAY)), ("typecodes", Constant::Text(TYPE_CODES))],
    ..NativeModule::new("array", "Numbers or characters of one kind, kept as C keeps them.")
};

/// `array.array`.
static ARRAY: TypeSpec = TypeSpec {
    module: "array",
    subclassable: true,
    unhashable: true,
    doc: Some("Numbers or characters of one kind in a row."),
    natives: &[
        NativeDef::new(Params::Any, construct::new),
        NativeDef::wrapper("__repr__", Params::None, read::repr),
        NativeDef::wrapper("__len__", Params::None, |m, args| {
            let len = array(m, args).len();
            Ok(m.heap.int(len as i64).into())
        }),
        NativeDef::wrapper("__getitem__", Params::One, read::get_item),
        NativeDef::wrapper("__setitem__", Params::Range(2, 2), change::set_item),
        NativeDef::wrapper("__delitem__", Params::One, change::set_item),
        NativeDef::wrapper("__contains__", Params::One, read::contains),
        NativeDef::wrapper("__iter__", Params::None, read::iterate),
        NativeDef::wrapper("__add__", Params::One, read::add),
        NativeDef::wrapper("__mul__", Params::One, read::multiply),
        NativeDef::wrapper("__rmul__", Params::One, read::multiply),
        NativeDef::wrapper("__iadd__", Params::One, change::add_in_place),
        NativeDef::wrapper("__imul__", Params::One, change::multiply_in_place),
        NativeDef::wrapper("__lt__", Params::One, |m, args| read::compare(m, Comparison::Lt, args)),
        NativeDef::wrapper("__le__", Params::One, |m, args| read::compare(m, Comparison::Le, args)),
        NativeDef::wrapper("__eq__", Params::One, |m, args| read::compare(m, Comparison::Eq, args)),
        NativeDef::wrapper("__ne__", Params::One, |m, args| read::compare(m, Comparison::Ne, args)),
        NativeDef::wrapper("__gt__", Params::One, |m, args| read::compare(m, Comparison::Gt, args)),
        NativeDef::wrapper("__ge__", Params::One, |m, args| read::compare(m, Comparison::Ge, args)),
        NativeDef::method("append", Params::One, change::append),
        NativeDef::method("buffer_info", Params::None, |m, _| Err(m.unsupported("array.buffer_info()"))),
        NativeDef::method("byteswap", Params::None, change::byteswap),
        NativeDef::method("clear", Params::None, change::clear),
        NativeDef::method("count", Params::One, read::count),
        NativeDef::method(
            "extend",
            Params::Named { names: &[""], required: 1, positional: 1 },
            change::extend,
        ),
        NativeDef::method("frombytes", Params::One, |m, args| {
            m.with_buffers("frombytes", args, &[1], change::from_bytes)
        }),
        NativeDef::method("fromfile", Params::Range(2, 2), copy::from_file),
        NativeDef::method("fromlist", Params::One, change::from_list),
        NativeDef::method("fromunicode", Params::One, change::from_unicode),
        indexed!("index", Params::Range(1, 3), &[2, 3], Bound, read::index),
        indexed!("insert", Params::Range(2, 2), &[1], Plain, change::insert),
        indexed!("pop", Params::Range(0, 1), &[1], Plain, change::pop),
        NativeDef::method("remove", Params::One, change::remove),
        NativeDef::method("reverse", Params::None, change::reverse),
        NativeDef::method("tobytes", Params::None, |m, args| {
            let bytes = array(m, args).bytes.clone();
            Ok(m.heap.bytes(&bytes).into())
        }),
        NativeDef::method("tofile", Params::One, copy::to_file),
        NativeDef::method("tolist", Params::None, read::to_list),
        NativeDef::method("tounicode", Params::None, read::to_unicode),
        NativeDef::method("__copy__", Params::None, copy::copied),
        NativeDef::method("__deepcopy__", Params::One, copy::copied),
        NativeDef::method("__reduce_ex__", Params::One, copy::reduce),
    ],
    wrappers: &[&CLASS_GETITEM, &BUFFER, &RELEASE_BUFFER],
    accessors: &[
        Accessor::read_only("typecode", |m, value| {
            let letter = m.heap.array(value).letter;
            Ok(m.heap.str(char::from(letter).to_string()).into())
        }),
        Accessor::read_only("itemsize", |m, value| {
            let size = m.heap.array(value).size();
            Ok(m.heap.int(size as i64).into())
        }),
    ],
    ..TypeSpec::new(types::ARRAY, "array")
};

/// What iterators over an array are called.
static ARRAY_ITERATOR: TypeSpec = TypeSpec {
    module: "array",
    natives: &[
        NativeDef::method("__reduce__", Params::None, copy::reduce_iterator),
        NativeDef::method("__setstate__", Params::One, |m, args| {
            m.check_state(args.at(1))?;
            copy::set_iterator(m, args)
        }),
    ],
    wrappers: PROTOCOL,
    ..TypeSpec::new(types::ARRAY_ITERATOR, "arrayiterator")
};

/// The payload of an array.
#[derive(Clone, Debug, Hash)]
pub struct Array {
    /// Its type code.
    pub letter: u8,
    /// The items, one behind the other.
    pub bytes: Vec<u8>,
}

impl Array {
    /// Whether the items are characters.
    pub const fn is_text(&self) -> bool {
        matches!(self.letter, b'u' | b'w')
    }

    /// How many bytes an item has.
    pub const fn size(&self) -> usize {
        match Code::native(self.letter) {
            Some(code) => code.size as usize,
            None => 4,
        }
    }

    /// How its memory is described to others.
    pub const fn format(&self) -> Format {
        Format::of(if self.is_text() { b'w' } else { self.letter })
    }

    /// How many items there are.
    pub const fn len(&self) -> usize {
        self.bytes.len() / self.size()
    }
}

impl Heap {
    /// The array that a value is, if it is one.
    pub(in crate::machine) fn array_ref(&self, value: Value) -> Option<&Array> {
        match self.payload_of(value) {
            Some(Payload::Extension(extension)) => match &**extension {
                Extension::Array(array) => Some(array),
                _ => None,
            },
            _ => None,
        }
    }

    /// The same for what must be one.
    fn array(&self, value: Value) -> &Array {
        self.array_ref(value).expect("an array is there")
    }

    /// The bytes of an array, to change them.
    fn array_bytes(&mut self, value: Value) -> &mut Vec<u8> {
        match value.handle().map(|handle| self.payload_mut(handle)) {
            Some(Payload::Extension(extension)) => match &mut **extension {
                Extension::Array(array) => &mut array.bytes,
                _ => panic!("an array is there"),
            },
            _ => panic!("an array is there"),
        }
    }
}

impl Machine {
    /// A new array of the type `class`.
    fn new_array(&mut self, class: Handle, letter: u8, bytes: Vec<u8>) -> Value {
        let payload = Payload::Extension(Box::new(Extension::Array(Array { letter, bytes })));
        Value::object(self.heap.alloc(class, payload))
    }

    /// The bytes of an array, to make them fewer or more; an error while there are views of it.
    fn resizable_array(&mut self, value: Value) -> Result<&mut Vec<u8>, Raise> {
        if value.handle().is_some_and(|handle| self.heap.exports(handle) > 0) {
            return Err(self.buffer_error("cannot resize an array that is exporting buffers"));
        }
        Ok(self.heap.array_bytes(value))
    }
}

/// The receiver.
fn array<'a>(m: &'a Machine, args: &Args) -> &'a Array {
    m.heap.array(args.at(0))
}
