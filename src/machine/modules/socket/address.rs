//! Addresses of networks as text and as bytes, in the forms that C libraries know.

use std::str::FromStr;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::Style;
use super::super::super::object::function::NativeDef;
use super::super::super::raise::Raise;
use super::super::super::system::Address;
use super::super::super::value::Value;
use super::{INET, c_int, counted, failed};
use crate::machine::file_name;

/// `socket.AF_INET6`.
const INET6: i32 = 10;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("inet_aton", Params::One, |m, args| {
        let text = text(m, args.at(0), "inet_aton() argument")?;
        match of_old_form(&text) {
            Some(number) => Ok(m.heap.bytes(&number.to_be_bytes()).into()),
            None => Err(m.os_error_text("illegal IP address string passed to inet_aton")),
        }
    }),
    NativeDef::function("inet_ntoa", Params::One, |m, args| {
        m.with_buffers("inet_ntoa", args, &[0], |m, args| {
            match <[u8; 4]>::try_from(m.bytes_argument(args.at(0))?) {
                Ok([a, b, c, d]) => Ok(m.heap.str(format!("{a}.{b}.{c}.{d}")).into()),
                Err(_) => Err(m.os_error_text("packed IP wrong length for inet_ntoa")),
            }
        })
    }),
    NativeDef::function("inet_pton", Params::Any, |m, args| {
        counted(m, "inet_pton", args, 2, 2)?;
        m.with_indices("inet_pton", args, &[0], Style::Plain, packed)
    }),
    NativeDef::function("inet_ntop", Params::Any, |m, args| {
        counted(m, "inet_ntop", args, 2, 2)?;
        m.with_indices("inet_ntop", args, &[0], Style::Plain, |m, args| {
            m.with_buffers("inet_ntop", args, &[1], shown)
        })
    }),
];

/// A str without zero characters, as UTF-8.
fn text(m: &mut Machine, value: Value, title: &str) -> Result<String, Raise> {
    let Some(text) = m.heap.text_of(value) else {
        let given = m.argument_class(value);
        return Err(m.type_error(format!("{title} must be str, not {given}")));
    };
    let text = text.to_string_lossy().into_owned();
    if text.contains('\0') {
        return Err(m.value_error("embedded null character"));
    }
    Ok(text)
}

/// `inet_pton(family, text)`.
fn packed(m: &mut Machine, args: &Args) -> Eval {
    let family = c_int(m, args.at(0))?;
    let text = text(m, args.at(1), "inet_pton() argument 2")?;
    let bytes = match family {
        INET => core::net::Ipv4Addr::from_str(&text).ok().map(|address| address.octets().to_vec()),
        INET6 => core::net::Ipv6Addr::from_str(&text).ok().map(|address| address.octets().to_vec()),
        _ => return Err(failed(m, 97, "Address family not supported by protocol")),
    };
    match bytes {
        Some(bytes) => Ok(m.heap.bytes(&bytes).into()),
        None => Err(m.os_error_text("illegal IP address string passed to inet_pton")),
    }
}

/// `inet_ntop(family, bytes)`.
fn shown(m: &mut Machine, args: &Args) -> Eval {
    let family = c_int(m, args.at(0))?;
    let bytes = m.bytes_argument(args.at(1))?;
    let shown = match family {
        INET => <[u8; 4]>::try_from(bytes).ok().map(|[a, b, c, d]| format!("{a}.{b}.{c}.{d}")),
        INET6 => <[u8; 16]>::try_from(bytes).ok().map(shown_v6),
        _ => return Err(m.value_error(format!("unknown address family {family}"))),
    };
    match shown {
        Some(shown) => Ok(m.heap.str(shown).into()),
        None => Err(m.value_error("invalid length of packed IP address string")),
    }
}

/// An address of four parts, or fewer of which the last stands for the rest, each in decimal, octal (`0`) or
/// hexadecimal (`0x`); what comes behind white space does not matter.
fn of_old_form(text: &str) -> Option<u32> {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '\x0b').unwrap_or(text.len());
    let parts: Vec<u32> = text[..end].split('.').map(number).collect::<Option<_>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3 || first.iter().any(|part| *part > 0xff) {
        return None;
    }
    let bits = 32 - 8 * first.len() as u32;
    if bits < 32 && *last >> bits != 0 {
        return None;
    }
    let high = first.iter().enumerate().map(|(index, part)| part << (24 - 8 * index as u32)).sum::<u32>();
    Some(high | last)
}

fn number(part: &str) -> Option<u32> {
    if part.starts_with('+') {
        return None;
    }
    match part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")) {
        Some(digits) if !digits.starts_with('+') => u32::from_str_radix(digits, 16).ok(),
        Some(_) => None,
        None if part.len() > 1 && part.starts_with('0') => u32::from_str_radix(part, 8).ok(),
        None => part.parse().ok(),
    }
}

/// An address of version 6: without the first of its longest rows of zeros, and with the end as one of version 4
/// where it has been made of one.
fn shown_v6(bytes: [u8; 16]) -> String {
    let mut words = [0_u16; 8];
    for (word, pair) in words.iter_mut().zip(bytes.chunks(2)) {
        *word = u16::from(pair[0]) << 8 | u16::from(pair[1]);
    }
    let row = longest_zeros(&words);
    let [.., a, b, c, d] = bytes;
    let of_v4 = row.start == 0 && (row.len() == 6 || (row.len() == 5 && words[5] == 0xffff));
    let (count, end) = if of_v4 { (6, Some(format!("{a}.{b}.{c}.{d}"))) } else { (8, None) };
    let part = |from: usize, to: usize| -> String {
        let parts = words[from.min(count)..to.min(count)].iter().map(|word| format!("{word:x}"));
        parts.chain(end.clone().filter(|_| to == 8)).collect::<Vec<_>>().join(":")
    };
    if row.len() < 2 { part(0, 8) } else { format!("{}::{}", part(0, row.start), part(row.end, 8)) }
}

/// The first of the longest rows of zeros.
fn longest_zeros(words: &[u16; 8]) -> std::ops::Range<usize> {
    let mut longest = 0..0;
    let mut start = 0;
    for end in 0..=words.len() {
        if words.get(end) == Some(&0) {
            continue;
        }
        if end - start > longest.len() {
            longest = start..end;
        }
        start = end + 1;
    }
    longest
}

impl Machine {
    /// An address as Python has it.
    pub(in crate::machine) fn socket_address(&mut self, address: &Address) -> Value {
        match address {
            Address::Nothing => Value::NONE,
            Address::Name(name) if name.first() == Some(&0) => self.heap.bytes(name),
            Address::Name(name) => self.heap.str(file_name(name)),
            Address::V4([a, b, c, d], port) => {
                let host = self.heap.str(format!("{a}.{b}.{c}.{d}"));
                let port = self.heap.int((*port).into());
                self.heap.pair(host, port)
            }
            Address::V6(host, port, [flow, scope]) => {
                let host = self.heap.str(shown_v6(*host));
                let numbers = [u32::from(*port), *flow, *scope].map(|number| self.heap.int(number.into()));
                self.heap.tuple([host].into_iter().chain(numbers).collect())
            }
        }
    }
}
