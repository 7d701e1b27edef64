//! What `zlib` deflates and inflates with, part by part.

use super::deflate::{Deflater, End, is_usable};
use super::inflate::Inflater;
use super::{number, refuse_dictionary, wrapper};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::Eval;
use crate::machine::native::Style;
use crate::machine::object::class::{Accessor, TypeSpec};
use crate::machine::object::extension::Extension;
use crate::machine::object::function::NativeDef;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What an object of `zlib` holds.
#[derive(Clone, Debug, Hash)]
pub enum Zlib {
    /// `Compress`.
    Deflater(Deflater),
    /// `Decompress`, and `_ZlibDecompressor`, which keeps what it has not read yet.
    Reader(Reader),
}

/// What is being inflated.
#[derive(Clone, Debug, Hash)]
pub struct Reader {
    inflater: Inflater,
    /// What stands behind the data.
    unused: Vec<u8>,
    /// What was given and has not been read.
    tail: Vec<u8>,
    /// Whether nothing more can be made of what was given.
    needs_input: bool,
}

impl Reader {
    fn new(window: wrapper::Window) -> Self {
        Self { inflater: Inflater::new(window), unused: Vec::new(), tail: Vec::new(), needs_input: true }
    }
}

/// `Compress`.
pub static COMPRESS: TypeSpec = TypeSpec {
    module: "zlib",
    natives: &[
        NativeDef::method("compress", Params::One, |m, args| {
            m.with_buffers("compress", args, &[1], |m, args| {
                let data = m.bytes_argument(args.at(1))?;
                if deflater(m, args).is_done() {
                    let message = "Error -2 while compressing data: inconsistent stream state";
                    return Err(m.zlib_error(message));
                }
                let bytes = deflater(m, args).add(&data);
                Ok(m.heap.bytes(&bytes).into())
            })
        }),
        NativeDef::method("flush", Params::Range(0, 1), |m, args| {
            m.with_indices("flush", args, &[1], Style::Plain, flush_compressed)
        }),
        NativeDef::method("copy", Params::None, copy),
        NativeDef::method("__copy__", Params::None, copy),
        NativeDef::method("__deepcopy__", Params::One, copy),
    ],
    ..TypeSpec::new(types::ZLIB_COMPRESS, "Compress")
};

/// `Decompress`.
pub static DECOMPRESS: TypeSpec = TypeSpec {
    module: "zlib",
    natives: &[
        NativeDef::method(
            "decompress",
            Params::Named { names: &["", "max_length"], required: 1, positional: 2 },
            |m, args| {
                m.with_indices("decompress", args, &[2], Style::Plain, |m, args| {
                    m.with_buffers("decompress", args, &[1], decompress)
                })
            },
        ),
        NativeDef::method("flush", Params::Range(0, 1), |m, args| {
            m.with_indices("flush", args, &[1], Style::Plain, |m, args| {
                if let Some(length) = args.get(1)
                    && m.index_i64(length, types::OVERFLOW_ERROR)? <= 0
                {
                    return Err(m.value_error("length must be greater than zero"));
                }
                let tail = std::mem::take(&mut reader(m, args).tail);
                inflate(m, args, &tail, usize::MAX)
            })
        }),
        NativeDef::method("copy", Params::None, copy),
        NativeDef::method("__copy__", Params::None, copy),
        NativeDef::method("__deepcopy__", Params::One, copy),
    ],
    accessors: &[
        UNUSED_DATA,
        Accessor::read_only("unconsumed_tail", |m, object| {
            let tail = reader_of(m, object).tail.clone();
            Ok(m.heap.bytes(&tail).into())
        })
        .as_member(),
        EOF,
    ],
    ..TypeSpec::new(types::ZLIB_DECOMPRESS, "Decompress")
};

/// `_ZlibDecompressor`, which `gzip` uses.
pub static DECOMPRESSOR: TypeSpec = TypeSpec {
    module: "zlib",
    natives: &[
        NativeDef::new(Params::named(&["wbits", "zdict"], 0), |m, args| {
            m.with_indices("_ZlibDecompressor", args, &[1], Style::Plain, |m, args| {
                let wbits = number(m, args, 1, 15)?;
                refuse_dictionary(m, args.get(2))?;
                make_reader(m, types::ZLIB_DECOMPRESSOR, wbits)
            })
        }),
        NativeDef::method("decompress", Params::named(&["data", "max_length"], 1), |m, args| {
            m.with_indices("decompress", args, &[2], Style::Plain, |m, args| {
                m.with_buffers("decompress", args, &[1], decompress_buffered)
            })
        }),
    ],
    accessors: &[
        UNUSED_DATA,
        Accessor::read_only("needs_input", |m, object| {
            Ok(Value::bool(reader_of(m, object).needs_input).into())
        })
        .as_member(),
        EOF,
    ],
    ..TypeSpec::new(types::ZLIB_DECOMPRESSOR, "_ZlibDecompressor")
};

const UNUSED_DATA: Accessor = Accessor::read_only("unused_data", |m, object| {
    let unused = reader_of(m, object).unused.clone();
    Ok(m.heap.bytes(&unused).into())
})
.as_member();
const EOF: Accessor =
    Accessor::read_only("eof", |m, object| Ok(Value::bool(reader_of(m, object).inflater.is_done()).into()))
        .as_member();

fn make(m: &mut Machine, class: Handle, content: Zlib) -> Eval {
    let payload = Payload::Extension(Box::new(Extension::Zlib(content)));
    Ok(Value::object(m.heap.alloc(class, payload)).into())
}

fn make_reader(m: &mut Machine, class: Handle, wbits: i64) -> Eval {
    match wrapper::read(wbits) {
        Some(window) => make(m, class, Zlib::Reader(Reader::new(window))),
        None => Err(m.value_error("Invalid initialization option")),
    }
}

/// `compressobj(level=-1, method=DEFLATED, wbits=15, memLevel=8, strategy=0, zdict=None)`.
pub(super) fn compress_object(m: &mut Machine, args: &Args) -> Eval {
    let [level, method, wbits, memory, strategy] =
        [(0, -1), (1, 8), (2, 15), (3, 8), (4, 0)].map(|(index, default)| number(m, args, index, default));
    let (level, strategy) = (level?, strategy?);
    refuse_dictionary(m, args.some(5))?;
    match wrapper::written(wbits?) {
        Some(window) if method? == 8 && is_usable(level, memory?, strategy) => {
            make(m, types::ZLIB_COMPRESS, Zlib::Deflater(Deflater::new(window, level, strategy)))
        }
        _ => Err(m.value_error("Invalid initialization option")),
    }
}

/// `decompressobj(wbits=15, zdict=b'')`.
pub(super) fn decompress_object(m: &mut Machine, args: &Args) -> Eval {
    let wbits = number(m, args, 0, 15)?;
    refuse_dictionary(m, args.get(1))?;
    make_reader(m, types::ZLIB_DECOMPRESS, wbits)
}

fn content(m: &mut Machine, object: Value) -> &mut Zlib {
    match m.heap.payload_mut(object.handle().expect("an object of zlib is a heap object")) {
        Payload::Extension(extension) => match &mut **extension {
            Extension::Zlib(content) => content,
            other => panic!("an object of zlib is there, not {other:?}"),
        },
        _ => panic!("an object of zlib is there"),
    }
}

fn deflater<'a>(m: &'a mut Machine, args: &Args) -> &'a mut Deflater {
    match content(m, args.at(0)) {
        Zlib::Deflater(deflater) => deflater,
        Zlib::Reader(_) => panic!("what deflates is there"),
    }
}

fn reader_of(m: &mut Machine, object: Value) -> &mut Reader {
    match content(m, object) {
        Zlib::Reader(reader) => reader,
        Zlib::Deflater(_) => panic!("what inflates is there"),
    }
}

fn reader<'a>(m: &'a mut Machine, args: &Args) -> &'a mut Reader {
    reader_of(m, args.at(0))
}

fn copy(m: &mut Machine, args: &Args) -> Eval {
    let (class, copied) = (m.heap.class_of(args.at(0)), content(m, args.at(0)).clone());
    if let Zlib::Deflater(deflater) = &copied
        && deflater.is_done()
    {
        return Err(m.value_error("Inconsistent stream state"));
    }
    make(m, class, copied)
}

/// `Compress.flush(mode=Z_FINISH)`.
fn flush_compressed(m: &mut Machine, args: &Args) -> Eval {
    const NONE: i64 = 0;
    const BLOCK: i64 = 5;
    const FINISH: i64 = 4;
    let mode = number(m, args, 1, FINISH)?;
    if mode == NONE {
        return Ok(m.heap.bytes(b"").into());
    }
    if deflater(m, args).is_done() || !(NONE..=BLOCK).contains(&mode) {
        return Err(m.zlib_error("Error -2 while flushing: inconsistent stream state"));
    }
    let bytes = deflater(m, args).flush(if mode == FINISH { End::Finished } else { End::Open });
    Ok(m.heap.bytes(&bytes).into())
}

/// Inflates data; what is left of it stands behind the stream, or waits.
fn inflate(m: &mut Machine, args: &Args, data: &[u8], most: usize) -> Eval {
    let part = reader(m, args);
    let (bytes, used) = match part.inflater.read(data, most) {
        Ok(read) => read,
        Err(fault) => return Err(m.zlib_fault(fault)),
    };
    let rest = data[used..].to_vec();
    if part.inflater.is_done() {
        part.unused.extend(rest);
        (part.tail, part.needs_input) = (Vec::new(), false);
    } else {
        part.needs_input = rest.is_empty() && bytes.len() < most;
        part.tail = rest;
    }
    Ok(m.heap.bytes(&bytes).into())
}

/// `Decompress.decompress(data, max_length=0)`.
fn decompress(m: &mut Machine, args: &Args) -> Eval {
    let data = m.bytes_argument(args.at(1))?;
    let most = match args.get(2) {
        None => 0,
        Some(most) => m.index_i64(most, types::OVERFLOW_ERROR)?,
    };
    match usize::try_from(most) {
        Err(_) => Err(m.value_error("max_length must be non-negative")),
        Ok(0) => inflate(m, args, &data, usize::MAX),
        Ok(most) => inflate(m, args, &data, most),
    }
}

/// `_ZlibDecompressor.decompress(data, max_length=-1)`.
fn decompress_buffered(m: &mut Machine, args: &Args) -> Eval {
    let data = m.bytes_argument(args.at(1))?;
    let most = match args.get(2) {
        None => -1,
        Some(most) => m.index_i64(most, types::OVERFLOW_ERROR)?,
    };
    let part = reader(m, args);
    if part.inflater.is_done() {
        return Err(at_end(m));
    }
    let data = [std::mem::take(&mut part.tail), data].concat();
    inflate(m, args, &data, usize::try_from(most).unwrap_or(usize::MAX))
}

fn at_end(m: &mut Machine) -> Raise {
    m.raise(types::EOF_ERROR, "End of stream already reached")
}
