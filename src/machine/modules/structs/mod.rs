//! `_struct`: values as C's structs keep them.

mod format;
mod object;
mod pack;
mod unpack;

pub use format::StructFormat;
pub use pack::PackValues;
pub use unpack::Unpacker;

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::file_name;
use super::super::frame::Eval;
use super::super::object::class::{Layout, TypeSpec};
use super::super::object::function::{NativeBody, NativeDef};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::Value;
use super::native::{Constant, NativeModule};

/// `_struct`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS],
    types: &[&object::STRUCT],
    hidden_types: &[&ERROR, &unpack::UNPACK_ITERATOR],
    constants: &[("error", Constant::Type(types::STRUCT_ERROR))],
    ..NativeModule::new("_struct", "Values as C's structs keep them, in bytes.")
};

/// `struct.error`.
static ERROR: TypeSpec = TypeSpec {
    module: "struct",
    base: types::EXCEPTION,
    layout: Layout::Builtin(types::BASE_EXCEPTION),
    subclassable: true,
    has_dict: true,
    ..TypeSpec::new(types::STRUCT_ERROR, "error")
};

const FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("_clearcache", Params::None, |_, _| Ok(Value::NONE.into())),
    NativeDef::function("calcsize", Params::One, |m, args| {
        let size = m.struct_format(args.at(0))?.size;
        Ok(m.heap.int(size as i64).into())
    }),
    NativeDef::function("iter_unpack", Params::Range(2, 2), |m, args| {
        by_struct(m, args, unpack::iter_unpack)
    }),
    NativeDef::function("pack", Params::AtLeast(0), |m, args| {
        let format = first_format(m, args)?;
        m.pack(format, args.rest(1).collect())
    }),
    NativeDef::function("pack_into", Params::AtLeast(0), |m, args| {
        first_format(m, args)?;
        by_struct(m, args, pack::pack_into)
    }),
    NativeDef::function("unpack", Params::Range(2, 2), |m, args| by_struct(m, args, unpack::unpack)),
    NativeDef::function(
        "unpack_from",
        Params::Named { names: &["", "buffer", "offset"], required: 2, positional: 3 },
        |m, args| by_struct(m, args, unpack::unpack_from),
    ),
];

fn first_format(m: &mut Machine, args: &Args) -> Result<Rc<StructFormat>, Raise> {
    match args.get(0) {
        Some(format) => m.struct_format(format),
        None => Err(m.type_error("missing format argument")),
    }
}

/// Does what a method of a `Struct` does, with one of the format that argument 0 describes.
fn by_struct(m: &mut Machine, args: &Args, method: NativeBody) -> Eval {
    let format = m.struct_format(args.at(0))?;
    let mut args = args.clone();
    args.set(0, object::of(m, format));
    method(m, &args)
}

impl Machine {
    /// A `struct.error` with this message.
    #[cold]
    fn struct_error(&mut self, message: impl AsRef<str>) -> Raise {
        self.raise(types::STRUCT_ERROR, message)
    }

    /// The format that a str or bytes describes.  Functions of the module look it up in a dict first, which
    /// wants it hashable.
    fn struct_format(&mut self, value: Value) -> Result<Rc<StructFormat>, Raise> {
        if let Some(Payload::ByteArray(_) | Payload::List(_) | Payload::Dict(_) | Payload::Set(_)) =
            self.heap.payload_of(value)
        {
            let class = self.class_name(value);
            let message = format!("cannot use '{class}' as a dict key (unhashable type: '{class}')");
            return Err(self.type_error(message));
        }
        self.parse_struct(value)
    }

    /// The format that a str or bytes describes.
    fn parse_struct(&mut self, value: Value) -> Result<Rc<StructFormat>, Raise> {
        let text = match (self.heap.text_of(value), self.heap.payload_of(value)) {
            (Some(_), _) => value,
            (None, Some(Payload::Bytes(bytes))) => {
                let text = file_name(bytes);
                self.heap.str(text)
            }
            _ => {
                let class = self.class_name(value);
                let message = format!("Struct() argument 1 must be a str or bytes object, not {class}");
                return Err(self.type_error(message));
            }
        };
        let ascii = self.heap.str("ascii");
        self.encode_text(text, Some(ascii), None, "encode")?;
        let text = self.str_text(text).to_string_lossy().into_owned();
        StructFormat::parse(&text).map(Rc::new).map_err(|message| self.struct_error(message))
    }
}
