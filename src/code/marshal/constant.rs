//! Marshalled values as constants of a compiler: what a compiled file holds.

use std::rc::Rc;

use thiserror::Error;

use super::read::{Atom, CodeParts, Container, Make, Problem, Progress, Reader};
use crate::code::{CodeObject, Const, LocalKind, Text};

/// How many values there may be, one that is referred to counted each time: without a limit, a few
/// bytes could stand for more than any memory holds once it is written out.
pub const MAX_VALUES: u64 = 1 << 24;

/// Why bytes are not a code object.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not a code object of CPython 3.14: {problem} at byte {offset}")]
pub struct MarshalError {
    /// What is wrong.
    pub problem: Problem,
    /// Where the reader stood, counted from the start of the marshalled bytes.
    pub offset: usize,
}

/// Reads a code object; bytes behind it are left alone, as CPython does.
pub fn read(bytes: &[u8]) -> Result<Rc<CodeObject>, MarshalError> {
    let (value, offset) = read_from(bytes)?;
    match value {
        Const::Code(code) => Ok(code),
        _ => Err(MarshalError { problem: Problem::Unfit("a value that is not a code object"), offset }),
    }
}

/// Reads any value that may be a constant.
pub fn read_constant(bytes: &[u8]) -> Result<Const, MarshalError> {
    read_from(bytes).map(|(value, _)| value)
}

/// The value, and where it ends.
fn read_from(bytes: &[u8]) -> Result<(Const, usize), MarshalError> {
    let mut at = 0;
    let problem = match Reader::new(true).advance(&mut Constants, bytes, &mut at) {
        Ok(Progress::Value(value)) => return Ok((value, at)),
        Ok(Progress::Wants(..)) => Problem::Short,
        Err(problem) => problem,
    };
    Err(MarshalError { problem, offset: at })
}

/// Makes constants.
struct Constants;

impl Make for Constants {
    type Value = Const;
    type Error = Problem;

    fn atom(&mut self, atom: Atom<'_>) -> Result<Const, Problem> {
        Ok(match atom {
            Atom::None => Const::None,
            Atom::Ellipsis => Const::Ellipsis,
            Atom::Bool(value) => Const::Bool(value),
            Atom::Int(value) => Const::Int(value),
            Atom::Float(value) => Const::Float(value),
            Atom::Complex(real, imaginary) => Const::Complex(real, imaginary),
            Atom::Bytes(bytes) => Const::Bytes(bytes.into()),
            Atom::Utf8 { bytes, .. } => {
                Const::Str(decode_text(bytes).ok_or(Problem::Unfit("a str that is not UTF-8"))?)
            }
            Atom::Latin1 { bytes, .. } => {
                let text = std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii());
                Const::Str(text.ok_or(Problem::Unfit("a str that is not ASCII"))?.into())
            }
            Atom::StopIteration | Atom::FloatText(_) | Atom::ComplexText(..) => {
                return Err(Problem::Unfit("a type that no code object holds"));
            }
        })
    }

    fn begin(&mut self, _what: Container, _count: usize) -> Option<Const> {
        None
    }

    fn finish(
        &mut self,
        what: Container,
        _begun: Option<Const>,
        parts: Vec<Const>,
    ) -> Result<Const, Problem> {
        match (what, <[Const; 3]>::try_from(parts)) {
            (Container::Slice, Ok(bounds)) => Ok(Const::Slice(Rc::new(bounds))),
            (Container::Tuple, parts) => Ok(Const::Tuple(slice(parts))),
            (Container::FrozenSet, parts) => Ok(Const::FrozenSet(slice(parts))),
            (Container::List | Container::Set | Container::Dict | Container::Slice, _) => {
                Err(Problem::Unfit("a type that no code object holds"))
            }
        }
    }

    fn code(&mut self, parts: CodeParts<Const>) -> Result<Const, Problem> {
        code_object(parts).map(|code| Const::Code(Rc::new(code))).map_err(Problem::Unfit)
    }

    fn check_count(&mut self, count: u64) -> Result<(), Problem> {
        if count > MAX_VALUES { Err(Problem::Unfit("more values than a program has")) } else { Ok(()) }
    }

    fn refuse(&mut self, problem: Problem) -> Problem {
        problem
    }
}

fn slice(parts: Result<[Const; 3], Vec<Const>>) -> Rc<[Const]> {
    match parts {
        Ok(three) => three.into(),
        Err(parts) => parts.into(),
    }
}

/// The code object of these parts; it has yet to be verified.  Else in words what is wrong with them.
pub fn code_object(parts: CodeParts<Const>) -> Result<CodeObject, &'static str> {
    let [argcount, posonlyargcount, kwonlyargcount, stacksize, flags, firstlineno] = parts.numbers;
    let count = |number: i32| u32::try_from(number).map_err(|_| "a negative number");
    let (code, localspluskinds) = (bytes(&parts.code)?, bytes(&parts.localspluskinds)?);
    let localsplusnames = names(&parts.localsplusnames)?;
    let (argcount, posonlyargcount) = (count(argcount)?, count(posonlyargcount)?);
    if code.is_empty() || code.len() % 2 != 0 {
        return Err("code of no or half an instruction");
    }
    if localspluskinds.len() != localsplusnames.len() {
        return Err("another number of kinds than of local names");
    }
    if posonlyargcount > argcount {
        return Err("more positional-only parameters than parameters");
    }
    Ok(CodeObject {
        argcount,
        posonlyargcount,
        kwonlyargcount: count(kwonlyargcount)?,
        stacksize: count(stacksize)?,
        flags: flags as u32,
        code: code.into(),
        consts: items(&parts.consts)?.into(),
        names: names(&parts.names)?,
        localsplusnames,
        localspluskinds: localspluskinds.iter().map(|&kind| LocalKind(kind)).collect(),
        filename: name(&parts.filename)?,
        name: name(&parts.name)?,
        qualname: name(&parts.qualname)?,
        firstlineno: count(firstlineno)?,
        linetable: bytes(&parts.linetable)?.into(),
        exceptiontable: bytes(&parts.exceptiontable)?.into(),
    })
}

fn bytes(value: &Const) -> Result<&[u8], &'static str> {
    match value {
        Const::Bytes(bytes) => Ok(bytes),
        _ => Err("something else than bytes"),
    }
}

fn name(value: &Const) -> Result<Rc<str>, &'static str> {
    match value {
        Const::Str(Text::Unicode(name)) => Ok(Rc::clone(name)),
        _ => Err("something else than a name"),
    }
}

fn items(value: &Const) -> Result<&[Const], &'static str> {
    match value {
        Const::Tuple(items) => Ok(items),
        _ => Err("something else than a tuple"),
    }
}

fn names(value: &Const) -> Result<Box<[Rc<str>]>, &'static str> {
    items(value)?.iter().map(name).collect()
}

/// UTF-8 in which lone surrogates are written as if they were characters.
pub fn decode_text(bytes: &[u8]) -> Option<Text> {
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
