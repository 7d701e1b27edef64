//! `binascii`: bytes as texts of printable characters, and checksums.
//!
//! Quoted-printable is not here: the library's `quopri` does it in Python where this module does not.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::object::class::{Layout, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::Value;
use super::native::{Constant, NativeModule};
use super::zlib::wrapper::crc32;

/// The digits of base 64.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// How many bytes a line of `uuencode` has at most.
const UU_LINE: usize = 45;
/// The polynomial of the checksum of `binhex`.
const HQX_POLYNOMIAL: u16 = 0x1021;

/// `binascii`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function(
            "a2b_base64",
            Params::Named { names: &["", "strict_mode"], required: 1, positional: 1 },
            |m, args| {
                m.with_indices("a2b_base64", args, &[1], Style::Truth, |m, args| {
                    m.with_buffers("a2b_base64", args, &[0], from_base64)
                })
            },
        ),
        NativeDef::function("a2b_hex", Params::named(&["hexstr"], 1), |m, args| {
            m.with_buffers("a2b_hex", args, &[0], from_hex)
        }),
        NativeDef::function("a2b_uu", Params::One, |m, args| m.with_buffers("a2b_uu", args, &[0], from_uu)),
        NativeDef::function(
            "b2a_base64",
            Params::Named { names: &["", "newline"], required: 1, positional: 1 },
            |m, args| {
                m.with_indices("b2a_base64", args, &[1], Style::Truth, |m, args| {
                    m.with_buffers("b2a_base64", args, &[0], to_base64)
                })
            },
        ),
        NativeDef::function("b2a_hex", HEX_PARAMS, to_hex),
        NativeDef::function(
            "b2a_uu",
            Params::Named { names: &["", "backtick"], required: 1, positional: 1 },
            |m, args| {
                m.with_indices("b2a_uu", args, &[1], Style::Truth, |m, args| {
                    m.with_buffers("b2a_uu", args, &[0], to_uu)
                })
            },
        ),
        CRC32,
        NativeDef::function("crc_hqx", Params::Range(2, 2), |m, args| {
            m.with_indices("crc_hqx", args, &[1], Style::Plain, |m, args| {
                m.with_buffers("crc_hqx", args, &[0], |m, args| {
                    let bytes = m.bytes_argument(args.at(0))?;
                    let sum = hqx(&bytes, low_bits(m, args.get(1)) as u16);
                    Ok(m.heap.int(sum.into()).into())
                })
            })
        }),
        NativeDef::function("hexlify", HEX_PARAMS, to_hex),
        NativeDef::function("unhexlify", Params::named(&["hexstr"], 1), |m, args| {
            m.with_buffers("unhexlify", args, &[0], from_hex)
        }),
    ]],
    hidden_types: &[&ERROR, &INCOMPLETE],
    constants: &[
        ("Error", Constant::Type(types::BINASCII_ERROR)),
        ("Incomplete", Constant::Type(types::BINASCII_INCOMPLETE)),
    ],
    ..NativeModule::new("binascii", "Bytes as texts of printable characters, and checksums.")
};

/// The checksum that `zlib` has, too.
pub const CRC32: NativeDef = NativeDef::function("crc32", Params::Range(1, 2), |m, args| {
    m.with_indices("crc32", args, &[1], Style::Plain, |m, args| {
        m.with_buffers("crc32", args, &[0], |m, args| {
            let bytes = m.bytes_argument(args.at(0))?;
            let sum = crc32(low_bits(m, args.get(1)), &bytes);
            Ok(m.heap.int(sum.into()).into())
        })
    })
});

const HEX_PARAMS: Params = Params::named(&["data", "sep", "bytes_per_sep"], 1);

/// `binascii.Error`.
static ERROR: TypeSpec = TypeSpec {
    module: "binascii",
    base: types::VALUE_ERROR,
    layout: Layout::Builtin(types::BASE_EXCEPTION),
    subclassable: true,
    has_dict: true,
    ..TypeSpec::new(types::BINASCII_ERROR, "Error")
};

/// `binascii.Incomplete`, which nothing raises any more.
static INCOMPLETE: TypeSpec = TypeSpec {
    module: "binascii",
    base: types::EXCEPTION,
    layout: Layout::Builtin(types::BASE_EXCEPTION),
    subclassable: true,
    has_dict: true,
    ..TypeSpec::new(types::BINASCII_INCOMPLETE, "Incomplete")
};

#[cold]
fn error(m: &mut Machine, message: impl AsRef<str>) -> Raise {
    m.raise(types::BINASCII_ERROR, message)
}

/// The 32 bits of least worth of an int; 0 if it is absent.
pub fn low_bits(m: &Machine, value: Option<Value>) -> u32 {
    let Some(int) = value.and_then(|value| m.heap.int_ref(value)) else { return 0 };
    match int.small() {
        Some(small) => small as u32,
        None => {
            let low = int.to_int().into_big() & num_bigint::BigInt::from(u32::MAX);
            num_traits::ToPrimitive::to_u32(&low).unwrap_or_default()
        }
    }
}

/// The characters of a str of ASCII, or the bytes of something bytes-like.
fn ascii_argument(m: &mut Machine, value: Value) -> Result<Vec<u8>, Raise> {
    if let Some(text) = m.heap.text_of(value) {
        return match text.as_ascii() {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => Err(m.value_error("string argument should contain only ASCII characters")),
        };
    }
    match m.heap.byte_string(value) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => {
            let class = m.class_name(value);
            Err(m.type_error(format!("argument should be bytes, buffer or ASCII string, not '{class}'")))
        }
    }
}

fn from_base64(m: &mut Machine, args: &Args) -> Eval {
    let text = ascii_argument(m, args.at(0))?;
    let strict = args.get(1) == Some(Value::TRUE);
    match base64(&text, strict) {
        Ok(bytes) => Ok(m.heap.bytes(&bytes).into()),
        Err(message) => Err(error(m, message)),
    }
}

/// The bytes that digits of base 64 stand for.  What is no digit is passed over, unless that is strictly forbidden.
fn base64(text: &[u8], strict: bool) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut digits, mut bits, mut padding) = (0_usize, 0_u32, 0_usize);
    for &byte in text {
        let place = digits % 4;
        if byte == b'=' {
            if strict && digits == 0 {
                return Err("Leading padding not allowed".to_owned());
            }
            if strict && (place == 0 || (place >= 2 && place + padding >= 4)) {
                return Err("Excess padding not allowed".to_owned());
            }
            padding += 1;
            continue;
        }
        let Some(digit) = DIGITS.iter().position(|digit| *digit == byte) else {
            if strict {
                return Err("Only base64 data is allowed".to_owned());
            }
            continue;
        };
        if strict && padding > 0 {
            let is_complete = place >= 2 && place + padding >= 4;
            let what = if is_complete { "Excess data after" } else { "Discontinuous" };
            let end = if is_complete { "" } else { " not allowed" };
            return Err(format!("{what} padding{end}"));
        }
        padding = 0;
        bits = bits << 6 | digit as u32;
        digits += 1;
        if place > 0 {
            bytes.push((bits >> (6 - 2 * place)) as u8);
        }
    }
    match digits % 4 {
        0 => Ok(bytes),
        1 => Err(format!(
            "Invalid base64-encoded string: number of data characters ({digits}) cannot be 1 more than a multiple \
             of 4"
        )),
        place if place + padding < 4 => Err("Incorrect padding".to_owned()),
        _ => Ok(bytes),
    }
}

fn to_base64(m: &mut Machine, args: &Args) -> Eval {
    let bytes = m.bytes_argument(args.at(0))?;
    let mut text = Vec::with_capacity(bytes.len() / 3 * 4 + 5);
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() { digit } else { b'=' });
        }
    }
    if args.get(1) != Some(Value::FALSE) {
        text.push(b'\n');
    }
    Ok(m.heap.bytes(&text).into())
}

fn from_hex(m: &mut Machine, args: &Args) -> Eval {
    let text = ascii_argument(m, args.at(0))?;
    if text.len() % 2 != 0 {
        return Err(error(m, "Odd-length string"));
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.chunks_exact(2).map(|pair| Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8));
    match pairs.collect::<Option<Vec<u8>>>() {
        Some(bytes) => Ok(m.heap.new_bytes(&bytes).into()),
        None => Err(error(m, "Non-hexadecimal digit found")),
    }
}

fn to_hex(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("hexlify", args, &[2], Style::Plain, |m, args| {
        m.with_buffers("hexlify", args, &[0], |m, args| {
            m.bytes_argument(args.at(0))?;
            let text = m.hex_text(args)?;
            m.continue_with("hexlify", text, Args::new([Value::NONE]), 0, |m, args| {
                let text: Vec<u8> = m.str_text(args.at(0)).points().map(|point| point as u8).collect();
                Ok(m.heap.bytes(&text).into())
            })
        })
    })
}

fn from_uu(m: &mut Machine, args: &Args) -> Eval {
    let text = ascii_argument(m, args.at(0))?;
    match uu(&text) {
        Ok(bytes) => Ok(m.heap.bytes(&bytes).into()),
        Err(message) => Err(error(m, message)),
    }
}

/// The bytes of a line of `uuencode`: how many there are, then four characters for three of them.
fn uu(text: &[u8]) -> Result<Vec<u8>, &'static str> {
    let (first, mut rest) = text.split_first().ok_or("Missing length byte")?;
    let length = usize::from(first.wrapping_sub(b' ') & 63);
    let mut bytes = Vec::with_capacity(length);
    let (mut bits, mut count) = (0_u32, 0);
    while bytes.len() < length {
        // Blanks at the end of a line may have got lost on the way.
        let digit = match rest.split_first() {
            None | Some((b'\n' | b'\r', _)) => 0,
            Some((byte, _)) if !(b' '..=b' ' + 64).contains(byte) => return Err("Illegal char"),
            Some((byte, _)) => (byte - b' ') & 63,
        };
        rest = rest.get(1..).unwrap_or_default();
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    if rest.iter().any(|byte| !matches!(byte, b' ' | b'`' | b'\n' | b'\r')) {
        return Err("Trailing garbage");
    }
    Ok(bytes)
}

fn to_uu(m: &mut Machine, args: &Args) -> Eval {
    let bytes = m.bytes_argument(args.at(0))?;
    if bytes.len() > UU_LINE {
        return Err(error(m, "At most 45 bytes at once"));
    }
    let zero = if args.get(1) == Some(Value::TRUE) { b'`' } else { b' ' };
    let shown = |digit: u32| if digit == 0 { zero } else { digit as u8 + b' ' };
    let mut text = vec![shown(bytes.len() as u32)];
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        text.extend([18, 12, 6, 0].map(|shift| shown(bits >> shift & 63)));
    }
    text.push(b'\n');
    Ok(m.heap.bytes(&text).into())
}

/// The checksum of `binhex`, from that of what came before on.
fn hqx(bytes: &[u8], before: u16) -> u16 {
    bytes.iter().fold(before, |sum, byte| {
        let sum = sum ^ u16::from(*byte) << 8;
        (0..8).fold(sum, |sum, _| sum << 1 ^ if sum & 0x8000 == 0 { 0 } else { HQX_POLYNOMIAL })
    })
}
