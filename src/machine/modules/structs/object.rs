//! `Struct`: a format that has been read.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::extension::Extension;
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::{StructFormat, pack, unpack};

/// `_struct.Struct`.
pub(super) static STRUCT: TypeSpec = TypeSpec {
    module: "_struct",
    subclassable: true,
    doc: Some("A format by which values are packed and unpacked."),
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = m.class_argument(args)?;
            let payload = Payload::Extension(Box::new(Extension::Struct(None)));
            Ok(Value::object(m.heap.alloc(class, payload)).into())
        }),
        NativeDef::wrapper("__init__", Params::named(&["format"], 1), init),
        NativeDef::wrapper("__repr__", Params::None, |m, args| {
            let format = format_of(m, args)?;
            let name = m.heap.class(m.heap.class_of(args.at(0))).name.clone();
            let text = m.heap.str(&*format.text);
            let text = m.str_text(text).repr();
            let shown = format!("{name}({text})");
            Ok(m.heap.str(shown).into())
        }),
        NativeDef::method("__sizeof__", Params::None, |m, args| {
            const FIELD: i64 = 32;
            let fields = format_of(m, args)?.fields.len() as i64 + 1;
            let basic = m.instance_memory(m.heap.class_of(args.at(0)))?.basic;
            Ok(m.heap.int(basic + FIELD * fields).into())
        }),
        NativeDef::method("iter_unpack", Params::One, unpack::iter_unpack),
        NativeDef::method("pack", Params::AtLeast(0), |m, args| {
            let format = format_of(m, args)?;
            m.pack(format, args.rest(1).collect())
        }),
        NativeDef::method("pack_into", Params::AtLeast(0), pack::pack_into),
        NativeDef::method("unpack", Params::One, unpack::unpack),
        NativeDef::method("unpack_from", Params::named(&["buffer", "offset"], 1), unpack::unpack_from),
    ],
    accessors: &[
        Accessor::read_only("format", |m, value| {
            let text = format_of(m, &Args::new([value]))?.text.clone();
            Ok(m.heap.str(text).into())
        }),
        Accessor::read_only("size", |m, value| {
            let size = read(m, value).map_or(-1, |format| format.size as i64);
            Ok(m.heap.int(size).into())
        }),
    ],
    ..TypeSpec::new(types::STRUCT, "Struct")
};

/// A `Struct` of a format.
pub(super) fn of(m: &mut Machine, format: Rc<StructFormat>) -> Value {
    let payload = Payload::Extension(Box::new(Extension::Struct(Some(format))));
    Value::object(m.heap.alloc(types::STRUCT, payload))
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    let format = m.parse_struct(args.at(1))?;
    if let Some(Payload::Extension(extension)) = args.at(0).handle().map(|handle| m.heap.payload_mut(handle))
    {
        **extension = Extension::Struct(Some(format));
    }
    Ok(Value::NONE.into())
}

fn read(m: &Machine, value: Value) -> Option<&Rc<StructFormat>> {
    match m.heap.payload_of(value) {
        Some(Payload::Extension(extension)) => match &**extension {
            Extension::Struct(format) => format.as_ref(),
            _ => None,
        },
        _ => None,
    }
}

/// The format of the receiver.
pub(super) fn format_of(m: &mut Machine, args: &Args) -> Result<Rc<StructFormat>, Raise> {
    match read(m, args.at(0)) {
        Some(format) => Ok(format.clone()),
        None => Err(m.runtime_error("Struct object is not initialized")),
    }
}
