//! Functions from bytes to bytes: escapes as the literals of bytes have them.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::codec::escape::{letter, octal};
use super::super::super::value::Value;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("escape_encode", Params::Range(1, 2), |m, args| {
        let Some(Payload::Bytes(bytes)) = m.heap.payload_of(args.at(0)) else {
            let class = m.argument_class(args.at(0));
            return Err(m.type_error(format!("escape_encode() argument 1 must be bytes, not {class}")));
        };
        let mut out = Vec::new();
        for byte in bytes.iter().copied() {
            match byte {
                b'\\' | b'\'' => out.extend([b'\\', byte]),
                b'\n' => out.extend(*b"\\n"),
                b'\r' => out.extend(*b"\\r"),
                b'\t' => out.extend(*b"\\t"),
                b' '..=b'~' => out.push(byte),
                _ => out.extend(format!("\\x{byte:02x}").into_bytes()),
            }
        }
        let length = bytes.len();
        Ok(pair(m, &out, length).into())
    }),
    NativeDef::function("escape_decode", Params::Range(1, 2), escape_decode),
    NativeDef::function("readbuffer_encode", Params::Range(1, 2), |m, args| {
        let bytes = text_or_bytes(m, args.at(0))?;
        Ok(pair(m, &bytes, bytes.len()).into())
    }),
];

fn pair(m: &mut Machine, bytes: &[u8], length: usize) -> Value {
    let (bytes, length) = (m.heap.bytes(bytes), m.heap.int(length as i64));
    m.heap.pair(bytes, length)
}

fn text_or_bytes(m: &mut Machine, value: Value) -> Result<Vec<u8>, Raise> {
    if m.heap.text_of(value).is_some() {
        let bytes = m.encode_text(value, None, None, "encode")?;
        return Ok(m.heap.byte_string(bytes).unwrap_or_default().to_vec());
    }
    m.bytes_argument(value)
}

fn escape_decode(m: &mut Machine, args: &Args) -> Eval {
    let bytes = text_or_bytes(m, args.at(0))?;
    let errors = super::errors(m, args, "escape_decode")?;
    let (mut at, mut out, mut strange) = (0, Vec::with_capacity(bytes.len()), None);
    while let Some(&byte) = bytes.get(at) {
        if byte != b'\\' {
            out.push(byte);
            at += 1;
            continue;
        }
        let start = at;
        let Some(&kind) = bytes.get(at + 1) else { return Err(m.value_error("Trailing \\ in string")) };
        at += 2;
        if let Some(meaning) = letter(kind) {
            out.extend(meaning);
        } else if (b'0'..b'8').contains(&kind) {
            let (value, count) = octal(&bytes, start + 1);
            at = start + 1 + count;
            if value > 0o377 {
                strange.get_or_insert(start);
            }
            out.push(value as u8);
        } else if kind == b'x' {
            let digits: Vec<u32> =
                bytes[at..].iter().take(2).map_while(|byte| char::from(*byte).to_digit(16)).collect();
            at += digits.len();
            match (digits.as_slice(), errors.as_str()) {
                ([high, low], _) => out.push((high << 4 | low) as u8),
                (_, "strict") => {
                    return Err(m.value_error(format!("invalid \\x escape at position {start}")));
                }
                (_, "replace") => out.push(b'?'),
                (_, "ignore") => {}
                (_, other) => {
                    let message = format!("decoding error; unknown error handling code: {other}");
                    return Err(m.value_error(message));
                }
            }
        } else {
            strange.get_or_insert(start);
            out.extend([b'\\', kind]);
        }
    }
    let result = pair(m, &out, bytes.len());
    match strange {
        Some(place) => m.warn_of_escape("b", &bytes[place..], result),
        None => Ok(result.into()),
    }
}

impl Machine {
    /// Warns of the escape with which these bytes begin, which means nothing, and then comes to `result`;
    /// `prefix` is that of the literal.
    pub(in crate::machine) fn warn_of_escape(&mut self, prefix: &str, bytes: &[u8], result: Value) -> Eval {
        let (_, digits) = octal(bytes, 1);
        let shown: String = match digits {
            0 => bytes[1..].iter().take(1).map(|byte| char::from(*byte)).collect(),
            count => bytes[1..=count].iter().map(|byte| char::from(*byte)).collect(),
        };
        let kind = if digits == 0 { "invalid escape sequence" } else { "invalid octal escape sequence" };
        let message =
            format!("{prefix}\"\\{shown}\" is an {kind}. Such sequences will not work in the future. ");
        self.warned(types::DEPRECATION_WARNING, &message, result)
    }
}
