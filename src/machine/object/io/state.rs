//! What files in memory are copied and pickled by, and the refusal of all others.

use super::{BytesBuffer, Newline};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::object::function::NativeDef;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// `BytesIO.__getstate__()`: the bytes, the place, and the instance's dict.
pub(super) const GET_BYTES: NativeDef = NativeDef::method("__getstate__", Params::None, |m, args| {
    let BytesBuffer { bytes, at, .. } = super::bytes_io::open(m, args)?.clone();
    let parts = vec![m.heap.bytes(&bytes), m.heap.int(at as i64), dict_copy(m, args.at(0))];
    Ok(m.heap.tuple(parts).into())
});

/// `BytesIO.__setstate__(state)`.
pub(super) const SET_BYTES: NativeDef = NativeDef::method("__setstate__", Params::One, |m, args| {
    let [bytes, at, dict] = parts(m, args)?;
    let args = Args::new([args.at(0), bytes, at, dict]);
    super::bytes_io::unexported(m, &args)?;
    let buffer = m.bytes_buffer_mut(handle(&args));
    (buffer.bytes, buffer.at) = (Vec::new(), 0);
    m.with_buffers("__setstate__", &args, &[1], |m, args| {
        super::bytes_io::write_bytes(m, args)?;
        let at = place(m, args.at(2), ["second", ", not "])?;
        m.bytes_buffer_mut(handle(args)).at = at;
        add_to_dict(m, args.at(0), args.at(3), "third")
    })
});

/// `StringIO.__getstate__()`: the text, where its lines end, the place, and the instance's dict.
pub(super) const GET_TEXT: NativeDef = NativeDef::method("__getstate__", Params::None, |m, args| {
    let (newline, at) = {
        let buffer = super::string_io::open(m, args)?;
        (buffer.newline, buffer.at)
    };
    let newline = match newline {
        Newline::Universal => Value::NONE,
        Newline::Untranslated => m.heap.intern(""),
        Newline::Lf | Newline::Cr | Newline::CrLf => m.heap.intern(newline.written()),
    };
    let text = super::string_io::text(m, args)?;
    let parts = vec![text, newline, m.heap.int(at as i64), dict_copy(m, args.at(0))];
    Ok(m.heap.tuple(parts).into())
});

/// `StringIO.__setstate__(state)`: the text is taken as it is, whatever its lines end with.
pub(super) const SET_TEXT: NativeDef = NativeDef::method("__setstate__", Params::One, |m, args| {
    super::string_io::open(m, args)?;
    let [text, newline, at, dict] = parts(m, args)?;
    super::string_io::init(m, &Args::new([args.at(0), text, newline]))?;
    let points = m.heap.text_of(text).map(|text| text.points().collect()).unwrap_or_default();
    super::string_io::open(m, args)?.points = points;
    let at = place(m, at, ["third", ", got "])?;
    super::string_io::open(m, args)?.at = at;
    add_to_dict(m, args.at(0), dict, "fourth")
});

/// `__getstate__` of what holds an open file, which nothing can make anew.
pub const NO_STATE: NativeDef = NativeDef::method("__getstate__", Params::None, |m, args| {
    let class = m.heap.class(m.heap.class_of(args.at(0))).name.clone();
    Err(m.type_error(format!("cannot pickle '{class}' instances")))
});

fn handle(args: &Args) -> Handle {
    args.at(0).handle().expect("a file is a heap object")
}

/// The first parts of the tuple that a state is.
fn parts<const COUNT: usize>(m: &mut Machine, args: &Args) -> Result<[Value; COUNT], Raise> {
    let items = match m.heap.payload_of(args.at(1)) {
        Some(Payload::Tuple(items)) => items.get(..COUNT).and_then(|items| items.try_into().ok()),
        _ => None,
    };
    items.ok_or_else(|| {
        let (class, given) = (m.class_name(args.at(0)), m.class_name(args.at(1)));
        m.type_error(format!("{class}.__setstate__ argument should be {COUNT}-tuple, got {given}"))
    })
}

/// The place that a state names; the words say which part of it that is.
fn place(m: &mut Machine, value: Value, [part, got]: [&str; 2]) -> Result<usize, Raise> {
    let Some(number) = m.heap.int_ref(value) else {
        let given = m.class_name(value);
        return Err(m.type_error(format!("{part} item of state must be an integer{got}{given}")));
    };
    let Some(number) = number.small() else {
        return Err(m.overflow_error("Python int too large to convert to C ssize_t"));
    };
    usize::try_from(number).map_err(|_| m.value_error("position value cannot be negative"))
}

/// A copy of the instance's dict; None where nothing ever was in it.
fn dict_copy(m: &mut Machine, file: Value) -> Value {
    let dict = file.handle().and_then(|file| m.heap.get(file).dict);
    dict.map_or(Value::NONE, |dict| Value::object(m.copy_dict(dict)))
}

/// Adds what a state has of the instance's dict.
fn add_to_dict(m: &mut Machine, file: Value, given: Value, part: &str) -> Eval {
    if given.is_none() {
        return Ok(Value::NONE.into());
    }
    if !m.heap.is_instance(given, types::DICT) {
        let class = m.class_name(given);
        return Err(m.type_error(format!("{part} item of state should be a dict, got a {class}")));
    }
    let dict = m.heap.attributes(file.handle().expect("a file is a heap object"));
    let name = m.text_handle("update");
    m.call_attr(Value::object(dict), name, vec![given])
}
