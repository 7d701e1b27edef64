//! How arrays are copied, pickled, and written to files.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::buffer::item::{Code, Item, Kind, NATIVE};
use super::super::super::frame::{Eval, Flow};
use super::super::super::names;
use super::super::super::native::Style;
use super::super::super::number::IntRef;
use super::super::super::number::int::ByteOrder;
use super::super::super::object::function::NativeDef;
use super::super::super::object::iterator::Iter;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::{MODULE, array};

/// The functions of the module.
pub(super) const FUNCTIONS: &[NativeDef] =
    &[NativeDef::function("_array_reconstructor", Params::Range(4, 4), |m, args| {
        m.with_indices("_array_reconstructor", args, &[2], Style::Plain, reconstruct)
    })];

/// The number of UTF-16 with the least significant byte first; UTF-32 and the other orders follow.
const UTF_16: i64 = 18;
const UTF_32: i64 = 20;

/// What a number of a machine's format means: how items are coded, and in which order of bytes.
fn machine_format(number: i64) -> Option<(Code, ByteOrder)> {
    const KINDS: [(Kind, u8); 9] = [
        (Kind::Unsigned, 2),
        (Kind::Signed, 2),
        (Kind::Unsigned, 4),
        (Kind::Signed, 4),
        (Kind::Unsigned, 8),
        (Kind::Signed, 8),
        (Kind::Float, 4),
        (Kind::Float, 8),
        // Characters of UTF-16 and UTF-32 are decoded as texts.
        (Kind::Unsigned, 4),
    ];
    let order = if number % 2 == 0 { ByteOrder::Little } else { ByteOrder::Big };
    match number {
        0 => Some((Code::BYTE, order)),
        1 => Some((Code::new(Kind::Signed, 1), ByteOrder::Little)),
        2..18 => KINDS.get((number - 2) as usize / 2).map(|(kind, size)| (Code::new(*kind, *size), order)),
        _ => None,
    }
}

/// The number of the format that items of a type code are in here.
fn format_of(letter: u8) -> i64 {
    if letter == b'u' || letter == b'w' {
        return UTF_32;
    }
    let code = Code::native(letter);
    let native = |number: &i64| {
        machine_format(*number)
            .is_some_and(|(kind, order)| Some(kind) == code && (order == NATIVE || kind.size == 1))
    };
    (0..UTF_16).find(native).unwrap_or(-1)
}

/// `_array_reconstructor(class, typecode, format, bytes)`.
fn reconstruct(m: &mut Machine, args: &Args) -> Eval {
    let letter = m.array_letter(args.at(1), "_array_reconstructor()", "_array_reconstructor():", 2)?;
    let format = m.index_i64(args.at(2), types::OVERFLOW_ERROR)?;
    let Some(class) = args.at(0).handle().filter(|_| m.is_class(args.at(0))) else {
        let class = m.argument_class(args.at(0));
        return Err(m.type_error(format!("first argument must be a type object, not {class}")));
    };
    if !m.heap.is_subclass(class, types::ARRAY) {
        let name = m.type_name(class);
        return Err(m.type_error(format!("{name} is not a subtype of array.array")));
    }
    let letter = letter.ok_or_else(|| m.value_error("second argument must be a valid type code"))?;
    if !(0..UTF_32 + 2).contains(&format) {
        return Err(m.value_error("third argument must be a valid machine format code."));
    }
    let bytes = match m.heap.payload_of(args.at(3)) {
        Some(Payload::Bytes(bytes)) => bytes.clone(),
        _ => {
            let class = m.class_name(args.at(3));
            return Err(m.type_error(format!("fourth argument should be bytes, not {class}")));
        }
    };
    let made = m.new_array(class, letter, Vec::new());
    if format_of(letter) == format {
        if !bytes.len().is_multiple_of(m.heap.array(made).size()) {
            return Err(m.value_error("bytes length not a multiple of item size"));
        }
        *m.heap.array_bytes(made) = bytes.to_vec();
        return Ok(made.into());
    }
    let items = match machine_format(format) {
        Some((code, order)) => {
            if !bytes.len().is_multiple_of(usize::from(code.size)) {
                return Err(m.value_error("string length not a multiple of item size"));
            }
            let items: Vec<Item> =
                bytes.chunks(usize::from(code.size)).map(|item| code.unpack(item, order)).collect();
            let letter = same_kind(letter, code);
            let made = m.new_array(class, letter, Vec::new());
            return pack_all(m, made, &items);
        }
        None => {
            let names = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"];
            let encoding = m.heap.str(names[(format - UTF_16) as usize]);
            m.decode_bytes(args.at(3), Some(encoding), None, "decode")?
        }
    };
    let text = m.str_text(items).clone();
    if !m.heap.array(made).is_text() {
        let letter = char::from(letter);
        let message = format!("cannot use a str to initialize an array with typecode '{letter}'");
        return Err(m.type_error(message));
    }
    *m.heap.array_bytes(made) = super::construct::coded(&text);
    Ok(made.into())
}

/// The type code that is made: of ints the one that says how many bytes there are, whatever was wanted.
fn same_kind(letter: u8, code: Code) -> u8 {
    match (code.kind, code.size) {
        (Kind::Signed, 1) => b'b',
        (Kind::Unsigned, 1) => b'B',
        (Kind::Signed, 2) => b'h',
        (Kind::Unsigned, 2) => b'H',
        (Kind::Signed, 4) => b'i',
        (Kind::Unsigned, 4) => b'I',
        (Kind::Signed, _) => b'q',
        (Kind::Unsigned, _) => b'Q',
        // Floats are converted.
        _ => letter,
    }
}

fn pack_all(m: &mut Machine, made: Value, items: &[Item]) -> Eval {
    let letter = m.heap.array(made).letter;
    for item in items {
        let value = m.item_value(*item);
        let Flow::Value(value) = m.array_convert(letter, value)? else {
            panic!("a number is no Python code")
        };
        let bytes = m.array_pack(letter, value)?;
        m.heap.array_bytes(made).extend_from_slice(&bytes);
    }
    Ok(made.into())
}

/// `__copy__()`, and `__deepcopy__(memo)`: items are no objects that could be shared.
pub(super) fn copied(m: &mut Machine, args: &Args) -> Eval {
    let (letter, bytes) = (array(m, args).letter, array(m, args).bytes.clone());
    Ok(m.new_array(types::ARRAY, letter, bytes).into())
}

/// `__reduce_ex__(protocol)`: below 3 with a list of the items, since those protocols have no bytes.
pub(super) fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let Some(protocol) = m.heap.int_ref(args.at(1)).map(IntRef::small) else {
        let class = m.class_name(args.at(1));
        return Err(m.type_error(format!("__reduce_ex__ argument should be an integer, not {class}")));
    };
    let state = match args.at(0).handle().and_then(|handle| m.heap.get(handle).dict) {
        Some(dict) => Value::object(dict),
        None => Value::NONE,
    };
    let class = Value::object(m.heap.class_of(args.at(0)));
    let letter = array(m, args).letter;
    let code = m.heap.str(char::from(letter).to_string());
    if protocol.is_none_or(|protocol| protocol < 3) {
        return reduce_to_list(m, args, [class, code, state]);
    }
    let maker = reconstructor(m);
    let format = m.heap.int(format_of(letter));
    let bytes = array(m, args).bytes.clone();
    let bytes = m.heap.bytes(&bytes);
    let made_of = m.heap.tuple(vec![class, code, format, bytes]);
    Ok(m.heap.tuple(vec![maker, made_of, state]).into())
}

/// The function that makes an array anew, of the module as it is now.
fn reconstructor(m: &mut Machine) -> Value {
    let module = match m.loaded_module("array").and_then(Value::handle) {
        Some(module) => module,
        None => m.make_native_module(&MODULE),
    };
    let name = m.text_handle("_array_reconstructor");
    m.heap.own_attribute(module, name).unwrap_or(Value::NONE)
}

fn reduce_to_list(m: &mut Machine, args: &Args, [class, code, state]: [Value; 3]) -> Eval {
    let items = super::read::items(m, args)?;
    let made_of = m.heap.tuple(vec![code, items]);
    Ok(m.heap.tuple(vec![class, made_of, state]).into())
}

/// `tofile(file)`: in pieces, as CPython writes it.
pub(super) fn to_file(m: &mut Machine, args: &Args) -> Eval {
    const PIECE: usize = 64 * 1024;
    if array(m, args).bytes.len() > PIECE {
        return Err(m.unsupported("array.tofile() of more than 65536 bytes"));
    }
    if array(m, args).bytes.is_empty() {
        return Ok(Value::NONE.into());
    }
    let bytes = array(m, args).bytes.clone();
    let bytes = m.heap.bytes(&bytes);
    let flow = m.call_attr(args.at(1), names::WRITE, vec![bytes])?;
    m.flow_then(flow, Value::NONE)
}

/// `fromfile(file, count)`.
pub(super) fn from_file(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("fromfile", args, &[2], Style::Plain, |m, args| {
        let count = m.index_i64(args.at(2), types::OVERFLOW_ERROR)?;
        let Ok(count) = usize::try_from(count) else { return Err(m.value_error("negative count")) };
        let Some(wanted) = count.checked_mul(array(m, args).size()).and_then(|all| i64::try_from(all).ok())
        else {
            return Err(m.out_of_memory());
        };
        let wanted = m.heap.int(wanted);
        let read = m.text_handle("read");
        let flow = m.call_attr(args.at(1), read, vec![wanted])?;
        let given = Args::new([args.at(0), Value::NONE, wanted]);
        m.continue_with("fromfile", flow, given, 1, take_read)
    })
}

/// What a file gave goes into an array: the array, the bytes, how many were wanted.
fn take_read(m: &mut Machine, args: &Args) -> Eval {
    let bytes = match m.heap.payload_of(args.at(1)) {
        Some(Payload::Bytes(bytes)) => bytes.clone(),
        _ => return Err(m.type_error("read() didn't return bytes")),
    };
    m.extend_array_bytes(args.at(0), &bytes)?;
    let wanted = m.index_clamped(args.at(2)).unwrap_or(0);
    if (bytes.len() as i64) != wanted {
        return Err(not_enough(m));
    }
    Ok(Value::NONE.into())
}

fn not_enough(m: &mut Machine) -> Raise {
    m.raise(types::EOF_ERROR, "read() didn't return enough bytes")
}

/// How an iterator over an array is copied.
pub(super) fn reduce_iterator(m: &mut Machine, args: &Args) -> Eval {
    let iter = m.heap.intern("iter").handle().expect("a str is a heap object");
    let function = m.builtin(iter);
    let (source, index) = match args.at(0).handle().map(|handle| m.heap.iterator(handle)) {
        Some(Iter::Items(source, index)) => (*source, *index),
        _ => return Err(m.wrong_self("array.arrayiterator", args.at(0))),
    };
    let mut parts = vec![function, m.heap.tuple(vec![source.unwrap_or(Value::object(types::EMPTY_TUPLE))])];
    if source.is_some() {
        parts.push(m.heap.int(index as i64));
    }
    Ok(m.heap.tuple(parts).into())
}

pub(super) fn set_iterator(m: &mut Machine, args: &Args) -> Eval {
    let state = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?;
    let source = match args.at(0).handle().map(|handle| m.heap.iterator(handle)) {
        Some(Iter::Items(source, _)) => *source,
        _ => return Err(m.wrong_self("array.arrayiterator", args.at(0))),
    };
    let len = source.map_or(0, |source| m.heap.array(source).len() as i64);
    if let Some(Iter::Items(_, index)) = args.at(0).handle().map(|handle| m.heap.iterator_mut(handle)) {
        *index = state.clamp(0, len) as usize;
    }
    Ok(Value::NONE.into())
}
