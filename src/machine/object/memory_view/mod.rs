//! `memoryview`: the memory of another object, as it is or as numbers in a grid.

mod cast;
mod compare;
mod items;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::buffer::item::Code;
use super::super::buffer::layout::{Layout, Order};
use super::super::frame::{Eval, Flow};
use super::super::hash;
use super::super::native::{ItemSearch, Style, Wanted};
use super::super::protocol::buffer::flags;
use super::super::protocol::compare::Comparison;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Accessor, TypeSpec};
use super::function::{NativeDef, indexed};
use super::generic::CLASS_GETITEM;
use super::iterator::Iter;
use super::{Payload, types};

/// What the items of a view are: a letter as `struct` has them, or one of an array that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format {
    letter: u8,
    /// Whether it is written with `@` in front.
    marked: bool,
}

impl Format {
    /// Bytes as ints.
    pub const BYTES: Self = Self::of(b'B');

    /// The format of a letter.
    pub const fn of(letter: u8) -> Self {
        Self { letter, marked: false }
    }

    /// How items are coded, if the format is a native one.
    pub const fn code(self) -> Option<Code> {
        Code::native(self.letter)
    }

    const fn is_byte(self) -> bool {
        matches!(self.letter, b'b' | b'B' | b'c')
    }

    /// As `memoryview.format` gives it.
    pub fn text(self) -> String {
        format!("{}{}", if self.marked { "@" } else { "" }, char::from(self.letter))
    }

    /// The native format that a text names.
    fn parse(text: &[u8]) -> Option<Self> {
        let (marked, letter) = match text {
            [b'@', letter] => (true, *letter),
            [letter] => (false, *letter),
            _ => return None,
        };
        Code::native(letter).map(|_| Self { letter, marked })
    }
}

/// The payload of a memoryview.
#[derive(Clone, Debug, Hash)]
pub struct MemoryView {
    /// The object whose memory it shows; `None` once it is released.
    pub owner: Option<Value>,
    /// Where the items are in the memory of the owner.
    pub layout: Layout,
    /// What they are.
    pub format: Format,
    /// Whether they cannot be changed.
    pub readonly: bool,
    /// Python's hash of it, once somebody asked.
    pub hash: Option<i64>,
    /// Whether it does not tell whose memory it shows: a decoder gets bytes in this way.
    pub anonymous: bool,
}

/// `__buffer__` of the types that have memory to show.
pub const BUFFER: NativeDef = NativeDef::wrapper("__buffer__", Params::Range(1, 1), |m, args| {
    m.with_indices("__buffer__", args, &[1], Style::Plain, |m, args| {
        let flags = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
        if i32::try_from(flags).is_err() {
            return Err(m.overflow_error("buffer flags out of range"));
        }
        m.own_view(args.at(0), flags).expect("a type with __buffer__ has memory")
    })
});

/// `__release_buffer__` of those among them that keep count of their views.
pub const RELEASE_BUFFER: NativeDef =
    NativeDef::wrapper("__release_buffer__", Params::Range(1, 1), |m, args| {
        m.release_buffer(args.at(0), args.at(1))
    });

/// `memoryview`.
pub static MEMORY_VIEW: TypeSpec = TypeSpec {
    doc: Some("The memory of another object, without a copy of it."),
    natives: &[
        NativeDef::new(Params::named(&["object"], 1), |m, args| {
            m.required_view(args.at(1), flags::FULL_READ_ONLY, "memoryview: ")
        }),
        NativeDef::class_method("_from_flags", Params::named(&["object", "flags"], 2), |m, args| {
            m.with_indices("_from_flags", args, &[2], Style::Plain, |m, args| {
                let flags = m.int_argument(args.at(2))?;
                m.required_view(args.at(1), flags.into(), "memoryview: ")
            })
        }),
        NativeDef::wrapper("__repr__", Params::None, repr),
        NativeDef::wrapper("__hash__", Params::None, hash_of),
        NativeDef::wrapper("__len__", Params::None, |m, args| {
            match view(m, args)?.layout.shape.first().copied() {
                Some(len) => Ok(m.heap.int(len as i64).into()),
                None => Err(m.type_error("0-dim memory has no length")),
            }
        }),
        NativeDef::wrapper("__getitem__", Params::One, items::get),
        NativeDef::wrapper("__setitem__", Params::Range(2, 2), items::set),
        NativeDef::wrapper("__delitem__", Params::One, |m, args| {
            if view(m, args)?.readonly {
                return Err(m.type_error("cannot modify read-only memory"));
            }
            Err(m.type_error("cannot delete memory"))
        }),
        NativeDef::wrapper("__iter__", Params::None, |m, args| {
            items_in_a_row(m, args)?;
            Ok(m.heap.new_iterator(types::MEMORY_ITERATOR, Iter::Items(Some(args.at(0)), 0)).into())
        }),
        NativeDef::wrapper("__lt__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__le__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__eq__", Params::One, |m, args| compare::compare(m, Comparison::Eq, args)),
        NativeDef::wrapper("__ne__", Params::One, |m, args| compare::compare(m, Comparison::Ne, args)),
        NativeDef::wrapper("__gt__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__ge__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::method("__enter__", Params::None, |m, args| {
            view(m, args)?;
            Ok(args.at(0).into())
        }),
        NativeDef::method("__exit__", Params::AtLeast(0), release),
        NativeDef::method("release", Params::None, release),
        NativeDef::method("tobytes", Params::named(&["order"], 0), to_bytes),
        NativeDef::method("tolist", Params::None, items::to_list),
        indexed!("hex", Params::named(&["sep", "bytes_per_sep"], 0), &[2], Plain, hex),
        NativeDef::method("count", Params::One, |m, args| {
            items_in_a_row(m, args)?;
            m.begin(ItemSearch::new(Wanted::Count, args.at(0), args.at(1), 0, i64::MAX))
        }),
        indexed!("index", Params::Range(1, 3), &[2, 3], Bound, index),
        NativeDef::method("cast", Params::named(&["format", "shape"], 1), cast::cast),
        NativeDef::method("toreadonly", Params::None, |m, args| {
            let copy = MemoryView { readonly: true, hash: None, ..view(m, args)?.clone() };
            Ok(m.new_view(copy).into())
        }),
    ],
    wrappers: &[&CLASS_GETITEM, &BUFFER, &RELEASE_BUFFER],
    accessors: &[
        Accessor::read_only("obj", |m, value| {
            let view = m.open_view(value)?;
            Ok(view.owner.filter(|_| !view.anonymous).unwrap_or(Value::NONE).into())
        }),
        Accessor::read_only("nbytes", |m, value| number(m, value, |view| view.layout.bytes())),
        Accessor::read_only("readonly", |m, value| truth(m, value, |view| view.readonly)),
        Accessor::read_only("itemsize", |m, value| number(m, value, |view| view.layout.size)),
        Accessor::read_only("format", |m, value| {
            let text = m.open_view(value)?.format.text();
            Ok(m.heap.str(text).into())
        }),
        Accessor::read_only("ndim", |m, value| number(m, value, |view| view.layout.shape.len())),
        Accessor::read_only("shape", |m, value| {
            let shape = m.open_view(value)?.layout.shape.iter().map(|count| *count as i64).collect();
            ints(m, shape)
        }),
        Accessor::read_only("strides", |m, value| {
            let strides = m.open_view(value)?.layout.strides.iter().map(|step| *step as i64).collect();
            ints(m, strides)
        }),
        Accessor::read_only("suboffsets", |m, value| {
            m.open_view(value)?;
            Ok(Value::object(types::EMPTY_TUPLE).into())
        }),
        Accessor::read_only("c_contiguous", |m, value| {
            truth(m, value, |view| view.layout.is_contiguous(Order::Row))
        }),
        Accessor::read_only("f_contiguous", |m, value| {
            truth(m, value, |view| view.layout.is_contiguous(Order::Column))
        }),
        Accessor::read_only("contiguous", |m, value| {
            truth(m, value, |view| {
                view.layout.is_contiguous(Order::Row) || view.layout.is_contiguous(Order::Column)
            })
        }),
    ],
    ..TypeSpec::new(types::MEMORY_VIEW, "memoryview")
};

/// What stands between a view and an object with `__buffer__` in Python.
pub static BUFFER_WRAPPER: TypeSpec = TypeSpec::new(types::BUFFER_WRAPPER, "_buffer_wrapper");

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a memoryview is a heap object")
}

/// The view that is asked, which must not have been released.
fn view<'a>(m: &'a mut Machine, args: &Args) -> Result<&'a MemoryView, Raise> {
    m.open_view(args.at(0))
}

fn number(m: &mut Machine, value: Value, of: fn(&MemoryView) -> usize) -> Eval {
    let number = of(m.open_view(value)?);
    Ok(m.heap.int(number as i64).into())
}

fn truth(m: &mut Machine, value: Value, of: fn(&MemoryView) -> bool) -> Eval {
    Ok(Value::bool(of(m.open_view(value)?)).into())
}

fn ints(m: &mut Machine, numbers: Vec<i64>) -> Eval {
    let numbers = numbers.into_iter().map(|number| m.heap.int(number)).collect();
    Ok(m.heap.tuple(numbers).into())
}

/// Refuses a view whose items cannot be gone through one after the other.
fn items_in_a_row(m: &mut Machine, args: &Args) -> Result<(), Raise> {
    let format = view(m, args)?.format;
    m.item_code(format)?;
    let nested = "multi-dimensional sub-views are not implemented";
    one_dimension(m, args, "invalid indexing of 0-dim memory", nested)?;
    Ok(())
}

fn one_dimension(m: &mut Machine, args: &Args, none: &str, more: &str) -> Result<(), Raise> {
    match view(m, args)?.layout.shape.len() {
        0 => Err(m.type_error(none)),
        1 => Ok(()),
        _ => Err(m.not_implemented_error(more)),
    }
}

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let released = m.heap.memory_view(handle(args)).owner.is_none();
    let state = if released { "released " } else { "" };
    let text = format!("<{state}memory at 0x{:x}>", m.identity(args.at(0)));
    Ok(m.heap.str(text).into())
}

fn hash_of(m: &mut Machine, args: &Args) -> Eval {
    if let Some(hash) = m.heap.memory_view(handle(args)).hash {
        return Ok(m.heap.int(hash).into());
    }
    let view = view(m, args)?.clone();
    if !view.readonly {
        return Err(m.value_error("cannot hash writable memoryview object"));
    }
    if !view.format.is_byte() {
        return Err(m.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    let flow = m.hash(view.owner.unwrap_or(Value::NONE))?;
    let flow = m.exporting("hash", [args.at(0)], flow);
    m.continue_with("hash", flow, Args::new([Value::NONE, args.at(0)]), 0, |m, args| {
        let view = m.open_view(args.at(1))?.clone();
        let hash = hash::bytes(&m.heap.view_bytes(&view, Order::Row));
        if let Some(Payload::MemoryView(view)) = args.at(1).handle().map(|handle| m.heap.payload_mut(handle))
        {
            view.hash = Some(hash);
        }
        Ok(m.heap.int(hash).into())
    })
}

fn release(m: &mut Machine, args: &Args) -> Eval {
    let views = m.heap.exports(handle(args));
    if views > 0 {
        let plural = if views == 1 { "" } else { "s" };
        let message = format!("memoryview has {views} exported buffer{plural}");
        return Err(m.buffer_error(message));
    }
    m.release_view(args.at(0));
    Ok(Value::NONE.into())
}

fn to_bytes(m: &mut Machine, args: &Args) -> Eval {
    let view = view(m, args)?.clone();
    let order = match args.some(1) {
        None => "C".to_owned(),
        Some(order) => match m.heap.text_of(order) {
            Some(order) => order.to_string_lossy().into_owned(),
            None => {
                let class = m.argument_class(order);
                return Err(
                    m.type_error(format!("tobytes() argument 'order' must be str or None, not {class}"))
                );
            }
        },
    };
    let order = match order.as_str() {
        "C" => Order::Row,
        "F" => Order::Column,
        // As it lies, if that is one behind the other.
        "A" if view.layout.is_contiguous(Order::Column) => Order::Column,
        "A" => Order::Row,
        _ => return Err(m.value_error("order must be 'C', 'F' or 'A'")),
    };
    let bytes = m.heap.view_bytes(&view, order);
    Ok(m.heap.new_bytes(&bytes).into())
}

fn hex(m: &mut Machine, args: &Args) -> Eval {
    view(m, args)?;
    m.hex_text(args)
}

fn index(m: &mut Machine, args: &Args) -> Eval {
    let format = view(m, args)?.format;
    m.item_code(format)?;
    one_dimension(m, args, "invalid lookup on 0-dim memory", "multi-dimensional lookup is not implemented")?;
    let len = view(m, args)?.layout.shape[0] as i64;
    let bound = |index: usize, default: i64| {
        let wanted = args.get(index).and_then(|value| m.index_clamped(value)).unwrap_or(default);
        if wanted < 0 { (wanted + len).max(0) } else { wanted }
    };
    let (start, stop) = (bound(2, 0), bound(3, len).min(len));
    m.begin(ItemSearch::new(Wanted::Place, args.at(0), args.at(1), start, stop))
}

impl Machine {
    /// A memoryview of what must be bytes-like; `title` begins the message where it is not.
    pub(in crate::machine) fn required_view(&mut self, value: Value, flags: i64, title: &str) -> Eval {
        match self.memory_of(value, flags) {
            Some(view) => view,
            None => {
                let class = self.class_name(value);
                Err(self.type_error(format!("{title}a bytes-like object is required, not '{class}'")))
            }
        }
    }

    fn release_buffer(&mut self, object: Value, view: Value) -> Eval {
        let Some(Payload::MemoryView(shown)) = self.heap.payload_of(view) else {
            return Err(self.type_error("expected a memoryview object"));
        };
        match shown.owner {
            None => Err(self.value_error("memoryview's buffer has already been released")),
            Some(owner) if owner != object => Err(self.value_error("memoryview's buffer is not this object")),
            Some(_) => {
                self.release_view(view);
                Ok(Flow::Value(Value::NONE))
            }
        }
    }
}
