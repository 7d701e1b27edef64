//! `zlib`: deflated data, and its checksums.

mod deflate;
mod inflate;
mod objects;
pub mod wrapper;

pub use objects::Zlib;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::object::class::{Layout, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::Value;
use super::binascii::{CRC32, low_bits};
use super::native::{Constant, NativeModule};
use deflate::at_once;
use inflate::{Fault, Inflater};

/// `DEF_BUF_SIZE`.
const BUFFER_SIZE: i64 = 16384;

/// `zlib`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("adler32", Params::Range(1, 2), |m, args| {
            m.with_indices("adler32", args, &[1], Style::Plain, |m, args| {
                m.with_buffers("adler32", args, &[0], |m, args| {
                    let bytes = m.bytes_argument(args.at(0))?;
                    let start = if args.get(1).is_some() { low_bits(m, args.get(1)) } else { 1 };
                    Ok(m.heap.int(wrapper::adler32(start, &bytes).into()).into())
                })
            })
        }),
        NativeDef::function(
            "compress",
            Params::Named { names: &["", "level", "wbits"], required: 1, positional: 3 },
            |m, args| {
                m.with_indices("compress", args, &[1, 2], Style::Plain, |m, args| {
                    m.with_buffers("compress", args, &[0], compress)
                })
            },
        ),
        NativeDef::function(
            "compressobj",
            Params::named(&["level", "method", "wbits", "memLevel", "strategy", "zdict"], 0),
            |m, args| {
                m.with_indices("compressobj", args, &[0, 1, 2, 3, 4], Style::Plain, objects::compress_object)
            },
        ),
        CRC32,
        NativeDef::function(
            "decompress",
            Params::Named { names: &["", "wbits", "bufsize"], required: 1, positional: 3 },
            |m, args| {
                m.with_indices("decompress", args, &[1, 2], Style::Plain, |m, args| {
                    m.with_buffers("decompress", args, &[0], decompress)
                })
            },
        ),
        NativeDef::function("decompressobj", Params::named(&["wbits", "zdict"], 0), |m, args| {
            m.with_indices("decompressobj", args, &[0], Style::Plain, objects::decompress_object)
        }),
    ]],
    types: &[&objects::DECOMPRESSOR],
    hidden_types: &[&ERROR, &objects::COMPRESS, &objects::DECOMPRESS],
    constants: &[
        ("error", Constant::Type(types::ZLIB_ERROR)),
        ("MAX_WBITS", Constant::Int(15)),
        ("DEFLATED", Constant::Int(8)),
        ("DEF_MEM_LEVEL", Constant::Int(8)),
        ("DEF_BUF_SIZE", Constant::Int(BUFFER_SIZE)),
        ("Z_NO_COMPRESSION", Constant::Int(0)),
        ("Z_BEST_SPEED", Constant::Int(1)),
        ("Z_BEST_COMPRESSION", Constant::Int(9)),
        ("Z_DEFAULT_COMPRESSION", Constant::Int(-1)),
        ("Z_FILTERED", Constant::Int(1)),
        ("Z_HUFFMAN_ONLY", Constant::Int(2)),
        ("Z_RLE", Constant::Int(3)),
        ("Z_FIXED", Constant::Int(4)),
        ("Z_DEFAULT_STRATEGY", Constant::Int(0)),
        ("Z_NO_FLUSH", Constant::Int(0)),
        ("Z_PARTIAL_FLUSH", Constant::Int(1)),
        ("Z_SYNC_FLUSH", Constant::Int(2)),
        ("Z_FULL_FLUSH", Constant::Int(3)),
        ("Z_FINISH", Constant::Int(4)),
        ("Z_BLOCK", Constant::Int(5)),
        ("Z_TREES", Constant::Int(6)),
        // The version of zlib whose interface this is.
        ("ZLIB_VERSION", Constant::Text("1.3.1")),
        ("ZLIB_RUNTIME_VERSION", Constant::Text("1.3.1")),
        ("__version__", Constant::Text("1.0")),
    ],
    ..NativeModule::new("zlib", "Deflated data, and its checksums.")
};

/// `zlib.error`.
static ERROR: TypeSpec = TypeSpec {
    module: "zlib",
    base: types::EXCEPTION,
    layout: Layout::Builtin(types::BASE_EXCEPTION),
    subclassable: true,
    has_dict: true,
    ..TypeSpec::new(types::ZLIB_ERROR, "error")
};

/// An argument that is an int of C.
fn number(m: &mut Machine, args: &Args, index: usize, default: i64) -> Result<i64, Raise> {
    match args.get(index) {
        Some(value) => Ok(m.c_int(value)?.into()),
        None => Ok(default),
    }
}

/// `compress(data, level=-1, wbits=15)`.
fn compress(m: &mut Machine, args: &Args) -> Eval {
    let data = m.bytes_argument(args.at(0))?;
    let (level, wbits) = (number(m, args, 1, -1)?, number(m, args, 2, 15)?);
    match wrapper::written(wbits) {
        Some(window) if (-1..=9).contains(&level) => {
            let bytes = at_once(window, level, &data);
            Ok(m.heap.bytes(&bytes).into())
        }
        _ => Err(m.zlib_error("Bad compression level")),
    }
}

/// `decompress(data, wbits=15, bufsize=16384)`.
fn decompress(m: &mut Machine, args: &Args) -> Eval {
    let data = m.bytes_argument(args.at(0))?;
    let wbits = number(m, args, 1, 15)?;
    if let Some(size) = args.get(2)
        && m.index_i64(size, types::OVERFLOW_ERROR)? < 0
    {
        return Err(m.value_error("bufsize must be non-negative"));
    }
    let Some(window) = wrapper::read(wbits) else {
        return Err(m.zlib_error("Error -2 while preparing to decompress data: inconsistent stream state"));
    };
    let mut inflater = Inflater::new(window);
    match inflater.read(&data, usize::MAX) {
        Err(fault) => Err(m.zlib_fault(fault)),
        Ok((bytes, _)) if inflater.is_done() => Ok(m.heap.new_bytes(&bytes).into()),
        Ok(_) => Err(m.zlib_error("Error -5 while decompressing data: incomplete or truncated stream")),
    }
}

/// A dictionary that both sides have agreed on.
fn refuse_dictionary(m: &mut Machine, value: Option<Value>) -> Result<(), Raise> {
    let Some(value) = value else { return Ok(()) };
    if m.bytes_argument(value)?.is_empty() {
        return Ok(());
    }
    Err(m.unsupported("deflated data with a dictionary (zdict)"))
}

impl Machine {
    /// A `zlib.error` with this message.
    #[cold]
    fn zlib_error(&mut self, message: &str) -> Raise {
        self.raise(types::ZLIB_ERROR, message)
    }

    /// The error that data which cannot be read is.
    #[cold]
    fn zlib_fault(&mut self, fault: Fault) -> Raise {
        match fault {
            Fault::Data(words) => self.zlib_error(&format!("Error -3 while decompressing data: {words}")),
            Fault::WantsDictionary => self.unsupported("deflated data with a dictionary (zdict)"),
        }
    }
}
