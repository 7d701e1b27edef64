//! Reads marshalled code objects from bytes that may hold anything.

use std::rc::Rc;

use num_bigint::{BigInt, BigUint, Sign};
use thiserror::Error;

use super::kind;
use crate::code::{CodeObject, Const, LocalKind, Text, stack};

/// How deep values may be nested, as in CPython.
const MAX_DEPTH: u32 = 2000;

/// How many values there may be, one that is referred to counted each time: without a limit, a few
/// bytes could stand for more than any memory holds once it is written out.
const MAX_VALUES: u64 = 1 << 24;

/// Why bytes are not a code object.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not a code object of CPython 3.14: {problem} at byte {offset}")]
pub struct MarshalError {
    /// What is wrong.
    pub problem: &'static str,
    /// Where the reader stood, counted from the start of the marshalled bytes.
    pub offset: usize,
}

/// Reads a code object; bytes behind it are left alone, as CPython does.
pub fn read(bytes: &[u8]) -> Result<Rc<CodeObject>, MarshalError> {
    let mut reader = Reader { bytes, at: 0, values: 0, references: Vec::new() };
    match reader.value(0)? {
        Const::Code(code) => Ok(code),
        _ => Err(reader.error("a value that is not a code object")),
    }
}

/// Reads any value that may be a constant.
pub fn read_constant(bytes: &[u8]) -> Result<Const, MarshalError> {
    Reader { bytes, at: 0, values: 0, references: Vec::new() }.value(0)
}

struct Reader<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
    /// How many values were read, see [`MAX_VALUES`].
    values: u64,
    /// The numbered values, each with how many it counts for; `None` for one that is not complete.
    references: Vec<Option<(Const, u64)>>,
}

type Result2<T> = Result<T, MarshalError>;

impl<'bytes> Reader<'bytes> {
    fn error(&self, problem: &'static str) -> MarshalError {
        MarshalError { problem, offset: self.at }
    }

    fn take(&mut self, count: usize) -> Result2<&'bytes [u8]> {
        let rest = &self.bytes[self.at..];
        let taken = rest.get(..count).ok_or_else(|| self.error("the end of the data"))?;
        self.at += count;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result2<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn byte(&mut self) -> Result2<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn int(&mut self) -> Result2<i32> {
        self.array().map(i32::from_le_bytes)
    }

    /// A number that must not be negative.
    fn count(&mut self) -> Result2<u32> {
        u32::try_from(self.int()?).map_err(|_| self.error("a negative number"))
    }

    fn float(&mut self) -> Result2<f64> {
        self.array().map(f64::from_le_bytes)
    }

    fn sized(&mut self) -> Result2<&'bytes [u8]> {
        let count = self.count()?;
        self.take(count as usize)
    }

    fn value(&mut self, depth: u32) -> Result2<Const> {
        if depth >= MAX_DEPTH {
            return Err(self.error("a value nested too deeply"));
        }
        let first = self.byte()?;
        let kind = first & !kind::FLAG_REF;
        if kind == kind::REFERENCE {
            let number = self.count()? as usize;
            let referred = self.references.get(number).cloned().flatten();
            let (value, count) = referred.ok_or_else(|| self.error("a reference to no value"))?;
            self.count_values(count)?;
            return Ok(value);
        }
        let before = self.values;
        self.count_values(1)?;
        // A value has its number from where it begins, before the values inside it.
        let number = (first & kind::FLAG_REF != 0).then(|| {
            self.references.push(None);
            self.references.len() - 1
        });
        let value = stack::grow(|| self.content(kind, depth + 1))?;
        if let Some(number) = number {
            self.references[number] = Some((value.clone(), self.values - before));
        }
        Ok(value)
    }

    fn count_values(&mut self, count: u64) -> Result2<()> {
        self.values += count;
        if self.values > MAX_VALUES { Err(self.error("more values than a program has")) } else { Ok(()) }
    }

    fn content(&mut self, kind: u8, depth: u32) -> Result2<Const> {
        Ok(match kind {
            kind::NONE => Const::None,
            kind::FALSE => Const::Bool(false),
            kind::TRUE => Const::Bool(true),
            kind::ELLIPSIS => Const::Ellipsis,
            kind::INT => Const::Int(self.int()?.into()),
            kind::LONG => Const::Int(self.long()?),
            kind::FLOAT => Const::Float(self.float()?),
            kind::COMPLEX => Const::Complex(self.float()?, self.float()?),
            kind::BYTES => Const::Bytes(self.sized()?.into()),
            kind::INTERNED | kind::UNICODE => {
                let bytes = self.sized()?;
                Const::Str(decode_text(bytes).ok_or_else(|| self.error("a str that is not UTF-8"))?)
            }
            kind::ASCII | kind::ASCII_INTERNED => {
                let bytes = self.sized()?;
                self.ascii(bytes)?
            }
            kind::SHORT_ASCII | kind::SHORT_ASCII_INTERNED => {
                let count = self.byte()?;
                let bytes = self.take(usize::from(count))?;
                self.ascii(bytes)?
            }
            kind::SMALL_TUPLE => {
                let count = self.byte()?;
                Const::Tuple(self.values(u32::from(count), depth)?.into())
            }
            kind::TUPLE => {
                let count = self.count()?;
                Const::Tuple(self.values(count, depth)?.into())
            }
            kind::FROZENSET => {
                let count = self.count()?;
                Const::FrozenSet(self.values(count, depth)?.into())
            }
            kind::SLICE => {
                let bounds = [self.value(depth)?, self.value(depth)?, self.value(depth)?];
                Const::Slice(Rc::new(bounds))
            }
            kind::CODE => Const::Code(Rc::new(self.code(depth)?)),
            _ => return Err(self.error("a type that no code object holds")),
        })
    }

    fn ascii(&self, bytes: &[u8]) -> Result2<Const> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii());
        let text = text.ok_or_else(|| self.error("a str that is not ASCII"))?;
        Ok(Const::Str(text.into()))
    }

    /// An int in digits of 15 bits, the lowest first; a negative number of them for a negative int.
    fn long(&mut self) -> Result2<BigInt> {
        let count = self.int()?;
        let bytes = self.take(count.unsigned_abs() as usize * 2)?;
        // Bits are gathered and handed on in bytes, so that the time stays linear.
        let mut magnitude = Vec::with_capacity(bytes.len());
        let (mut bits, mut filled) = (0u32, 0);
        for pair in bytes.chunks_exact(2) {
            let digit = u32::from(pair[0]) | u32::from(pair[1]) << 8;
            if digit > 0x7FFF {
                return Err(self.error("a digit of an int that is too large"));
            }
            bits |= digit << filled;
            filled += 15;
            while filled >= 8 {
                magnitude.push(bits as u8);
                bits >>= 8;
                filled -= 8;
            }
        }
        magnitude.push(bits as u8);
        let magnitude = BigUint::from_bytes_le(&magnitude);
        Ok(BigInt::from_biguint(if count < 0 { Sign::Minus } else { Sign::Plus }, magnitude))
    }

    fn values(&mut self, count: u32, depth: u32) -> Result2<Vec<Const>> {
        // Every value takes a byte at least, so that a false count cannot ask for much memory.
        let mut values = Vec::with_capacity((count as usize).min(self.bytes.len() - self.at));
        for _ in 0..count {
            values.push(self.value(depth)?);
        }
        Ok(values)
    }

    fn bytes_value(&mut self, depth: u32) -> Result2<Rc<[u8]>> {
        match self.value(depth)? {
            Const::Bytes(bytes) => Ok(bytes),
            _ => Err(self.error("something else than bytes")),
        }
    }

    fn name_of(&self, value: &Const) -> Result2<Rc<str>> {
        match value {
            Const::Str(Text::Unicode(name)) => Ok(Rc::clone(name)),
            _ => Err(self.error("something else than a name")),
        }
    }

    fn name(&mut self, depth: u32) -> Result2<Rc<str>> {
        let value = self.value(depth)?;
        self.name_of(&value)
    }

    fn tuple(&mut self, depth: u32) -> Result2<Rc<[Const]>> {
        match self.value(depth)? {
            Const::Tuple(items) => Ok(items),
            _ => Err(self.error("something else than a tuple")),
        }
    }

    fn names(&mut self, depth: u32) -> Result2<Box<[Rc<str>]>> {
        let items = self.tuple(depth)?;
        items.iter().map(|item| self.name_of(item)).collect()
    }

    fn code(&mut self, depth: u32) -> Result2<CodeObject> {
        let argcount = self.count()?;
        let posonlyargcount = self.count()?;
        let kwonlyargcount = self.count()?;
        let stacksize = self.count()?;
        let flags = self.int()? as u32;
        let code = self.bytes_value(depth)?;
        let consts = self.tuple(depth)?;
        let names = self.names(depth)?;
        let localsplusnames = self.names(depth)?;
        let kinds = self.bytes_value(depth)?;
        let filename = self.name(depth)?;
        let name = self.name(depth)?;
        let qualname = self.name(depth)?;
        let firstlineno = self.count()?;
        let linetable = self.bytes_value(depth)?;
        let exceptiontable = self.bytes_value(depth)?;
        if code.is_empty() || code.len() % 2 != 0 {
            return Err(self.error("code of no or half an instruction"));
        }
        if kinds.len() != localsplusnames.len() {
            return Err(self.error("another number of kinds than of local names"));
        }
        if posonlyargcount > argcount {
            return Err(self.error("more positional-only parameters than parameters"));
        }
        Ok(CodeObject {
            argcount,
            posonlyargcount,
            kwonlyargcount,
            stacksize,
            flags,
            code: (*code).into(),
            consts: (*consts).into(),
            names,
            localsplusnames,
            localspluskinds: kinds.iter().map(|&kind| LocalKind(kind)).collect(),
            filename,
            name,
            qualname,
            firstlineno,
            linetable: (*linetable).into(),
            exceptiontable: (*exceptiontable).into(),
        })
    }
}

/// UTF-8 in which lone surrogates are written as if they were characters.
fn decode_text(bytes: &[u8]) -> Option<Text> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.into());
    }
    let mut points = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let valid = match std::str::from_utf8(rest) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).ok()?,
        };
        points.extend(valid.chars().map(u32::from));
        rest = &rest[valid.len()..];
        if let [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, ..] = *rest {
            points.push(0xD000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F));
            rest = &rest[3..];
        } else if !rest.is_empty() {
            return None;
        }
    }
    Some(Text::Surrogates(points.into()))
}
