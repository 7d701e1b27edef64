//! Writes values as CPython's `marshal.dumps` does.

use std::hash::Hash;
use std::rc::Rc;

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;
use thiserror::Error;

use super::identity::Objects;
use super::read::{CodeParts, Container, MAX_DEPTH};
use super::{VERSION, kind};
use crate::code::{CodeObject, Text, stack};

/// The version from which on objects have numbers.
const NUMBERS_SINCE: i32 = 3;
/// The version from which on ASCII texts and small tuples have forms of their own.
const SHORT_SINCE: i32 = 4;
/// The version from which on floats are written in binary.
const BINARY_SINCE: i32 = 2;

/// What an object is.
#[derive(Debug)]
pub enum View<'code, Id> {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `StopIteration`.
    StopIteration,
    /// `True` or `False`.
    Bool(bool),
    /// An int.
    Int(BigInt),
    /// A float.
    Float(f64),
    /// A complex number.
    Complex(f64, f64),
    /// A str.
    Str {
        /// Its text.
        text: Text,
        /// Whether it is interned.
        interned: bool,
    },
    /// Bytes, or what shows its memory as bytes.
    Bytes(Rc<[u8]>),
    /// What holds these, a dict keys and values in turns.
    Container(Container, Vec<Id>),
    /// A code object, and those of its parts that are objects others may hold as well.
    Code(&'code CodeObject, Box<CodeParts<Option<Id>>>),
    /// Something that has no form here.
    Unknown,
}

/// Objects that hold one another.
pub trait Graph<'code> {
    /// Names an object.
    type Id: Copy;
    /// What two names of one object have in common.
    type Key: Eq + Hash;

    /// The key of an object.
    fn key(&self, id: Self::Id) -> Self::Key;

    /// Whether more than one place holds it.
    fn is_shared(&self, id: Self::Id) -> bool;

    /// What it is.
    fn view(&mut self, id: Self::Id) -> View<'code, Self::Id>;
}

/// Why something cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unwritable {
    /// There is an object of a type that has no form.
    #[error("unmarshallable object")]
    Type,
    /// Objects are nested too deeply.
    #[error("object too deeply nested to marshal")]
    TooDeep,
    /// There is code where none is allowed.
    #[error("marshalling code objects is disallowed")]
    Code,
    /// It is too large for its size to be written.
    #[error("object too large to marshal")]
    TooLarge,
}

/// The marshalled code object, as CPython writes a freshly compiled one.
pub fn write(code: &CodeObject) -> Vec<u8> {
    let mut objects = Objects::default();
    let root = objects.code(code);
    // The caller holds the outermost code object, too.
    write_graph(&mut objects, root, true, VERSION, true).expect("a compiler's constants can be written")
}

/// An object and all that it holds, marshalled; `is_held` says that the root has an owner besides those in the
/// graph.
pub fn write_graph<'code, G: Graph<'code>>(
    graph: &mut G,
    root: G::Id,
    is_held: bool,
    version: i32,
    allows_code: bool,
) -> Result<Vec<u8>, Unwritable> {
    let mut writer =
        Writer { graph, numbers: FxHashMap::default(), count: 0, version, allows_code, out: Vec::new() };
    writer.object(root, is_held, 0)?;
    Ok(writer.out)
}

struct Writer<'graph, 'code, G: Graph<'code>> {
    graph: &'graph mut G,
    /// The numbers given out so far.
    numbers: FxHashMap<G::Key, u32>,
    /// How many were given out; some go to objects that never occur again.
    count: u32,
    version: i32,
    allows_code: bool,
    out: Vec<u8>,
}

type Written = Result<(), Unwritable>;

impl<'code, G: Graph<'code>> Writer<'_, 'code, G> {
    fn int(&mut self, value: u32) {
        self.out.extend(value.to_le_bytes());
    }

    fn size(&mut self, size: usize) -> Written {
        let size = i32::try_from(size).map_err(|_| Unwritable::TooLarge)?;
        self.int(size as u32);
        Ok(())
    }

    fn sized(&mut self, bytes: &[u8]) -> Written {
        self.size(bytes.len())?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes an object, or the number it has already; `is_held` says that it has an owner besides
    /// those in the graph.
    fn object(&mut self, id: G::Id, is_held: bool, depth: usize) -> Written {
        if depth >= MAX_DEPTH {
            return Err(Unwritable::TooDeep);
        }
        let view = self.graph.view(id);
        let single = match view {
            View::None => Some(kind::NONE),
            View::Ellipsis => Some(kind::ELLIPSIS),
            View::StopIteration => Some(kind::STOP_ITERATION),
            View::Bool(true) => Some(kind::TRUE),
            View::Bool(false) => Some(kind::FALSE),
            _ => None,
        };
        if let Some(kind) = single {
            self.out.push(kind);
            return Ok(());
        }
        let mut flag = 0;
        if self.version >= NUMBERS_SINCE && (is_held || self.graph.is_shared(id)) {
            let key = self.graph.key(id);
            if let Some(&number) = self.numbers.get(&key) {
                self.out.push(kind::REFERENCE);
                self.int(number);
                return Ok(());
            }
            self.numbers.insert(key, self.count);
            self.count += 1;
            flag = kind::FLAG_REF;
        }
        self.content(view, flag, depth + 1)
    }

    fn content(&mut self, view: View<'code, G::Id>, flag: u8, depth: usize) -> Written {
        match view {
            View::None | View::Ellipsis | View::StopIteration | View::Bool(_) => {}
            View::Int(int) => self.python_int(&int, flag)?,
            View::Float(value) if self.version < BINARY_SINCE => {
                self.out.push(kind::FLOAT_TEXT | flag);
                self.digits(value);
            }
            View::Float(value) => {
                self.out.push(kind::FLOAT | flag);
                self.out.extend(value.to_le_bytes());
            }
            View::Complex(real, imaginary) if self.version < BINARY_SINCE => {
                self.out.push(kind::COMPLEX_TEXT | flag);
                self.digits(real);
                self.digits(imaginary);
            }
            View::Complex(real, imaginary) => {
                self.out.push(kind::COMPLEX | flag);
                self.out.extend(real.to_le_bytes());
                self.out.extend(imaginary.to_le_bytes());
            }
            View::Str { text, interned } => self.text(&text, interned, flag)?,
            View::Bytes(bytes) => {
                self.out.push(kind::BYTES | flag);
                self.sized(&bytes)?;
            }
            View::Container(what, parts) => {
                return stack::grow(|| self.container(what, &parts, flag, depth));
            }
            View::Code(..) if !self.allows_code => return Err(Unwritable::Code),
            View::Code(code, parts) => return stack::grow(|| self.code(code, &parts, flag, depth)),
            View::Unknown => return Err(Unwritable::Type),
        }
        Ok(())
    }

    fn container(&mut self, what: Container, parts: &[G::Id], flag: u8, depth: usize) -> Written {
        let kind = match what {
            Container::Tuple => match u8::try_from(parts.len()) {
                Ok(count) if self.version >= SHORT_SINCE => {
                    self.out.extend([kind::SMALL_TUPLE | flag, count]);
                    return self.parts(parts, depth);
                }
                _ => kind::TUPLE,
            },
            Container::List => kind::LIST,
            Container::Dict => {
                self.out.push(kind::DICT | flag);
                self.parts(parts, depth)?;
                self.out.push(kind::NULL);
                return Ok(());
            }
            Container::Slice if self.version < VERSION => return Err(Unwritable::Type),
            Container::Slice => {
                self.out.push(kind::SLICE | flag);
                return self.parts(parts, depth);
            }
            Container::Set => kind::SET,
            Container::FrozenSet => kind::FROZENSET,
        };
        self.out.push(kind | flag);
        self.size(parts.len())?;
        if matches!(what, Container::Tuple | Container::List) {
            return self.parts(parts, depth);
        }
        // The members are written in the order of their own marshalled bytes, and held in a list meanwhile.
        let mut dumps = Vec::with_capacity(parts.len());
        for member in parts {
            let dump = write_graph(self.graph, *member, true, self.version, self.allows_code)?;
            dumps.push((dump, *member));
        }
        dumps.sort_by(|left, right| left.0.cmp(&right.0));
        dumps.into_iter().try_for_each(|(_, member)| self.object(member, true, depth))
    }

    fn parts(&mut self, parts: &[G::Id], depth: usize) -> Written {
        parts.iter().try_for_each(|part| self.object(*part, false, depth))
    }

    fn python_int(&mut self, int: &BigInt, flag: u8) -> Written {
        if let Some(small) = int.to_i32() {
            self.out.push(kind::INT | flag);
            self.int(small as u32);
            return Ok(());
        }
        self.out.push(kind::LONG | flag);
        // Digits of 15 bits, the lowest first.
        let bytes = int.magnitude().to_bytes_le();
        let mut digits = Vec::with_capacity(bytes.len() / 2 + 1);
        let (mut bits, mut filled) = (0u32, 0);
        for byte in bytes {
            bits |= u32::from(byte) << filled;
            filled += 8;
            if filled >= 15 {
                digits.push(bits & 0x7FFF);
                bits >>= 15;
                filled -= 15;
            }
        }
        if bits != 0 {
            digits.push(bits);
        }
        let count = i32::try_from(digits.len()).map_err(|_| Unwritable::TooLarge)?;
        self.int(if int.sign() == Sign::Minus { -count } else { count } as u32);
        self.out.extend(digits.iter().flat_map(|&digit| (digit as u16).to_le_bytes()));
        Ok(())
    }

    /// A float in 17 decimal digits, behind their number.
    fn digits(&mut self, value: f64) {
        let text = seventeen_digits(value);
        self.out.push(text.len() as u8);
        self.out.extend(text.as_bytes());
    }

    fn text(&mut self, text: &Text, interned: bool, flag: u8) -> Written {
        let interned = interned && self.version >= NUMBERS_SINCE;
        match text {
            Text::Unicode(text) if text.is_ascii() && self.version >= SHORT_SINCE => {
                let kinds = if interned {
                    [kind::SHORT_ASCII_INTERNED, kind::ASCII_INTERNED]
                } else {
                    [kind::SHORT_ASCII, kind::ASCII]
                };
                if let Ok(count) = u8::try_from(text.len()) {
                    self.out.extend([kinds[0] | flag, count]);
                    self.out.extend_from_slice(text.as_bytes());
                    return Ok(());
                }
                self.out.push(kinds[1] | flag);
                self.sized(text.as_bytes())
            }
            Text::Unicode(text) => {
                self.out.push(if interned { kind::INTERNED } else { kind::UNICODE } | flag);
                self.sized(text.as_bytes())
            }
            Text::Surrogates(points) => {
                self.out.push(if interned { kind::INTERNED } else { kind::UNICODE } | flag);
                self.sized(&with_surrogates(points))
            }
        }
    }

    fn code(
        &mut self,
        code: &CodeObject,
        parts: &CodeParts<Option<G::Id>>,
        flag: u8,
        depth: usize,
    ) -> Written {
        self.out.push(kind::CODE | flag);
        let [numbers @ .., firstlineno] = parts.numbers;
        for number in numbers {
            self.int(number as u32);
        }
        // `co_code` is made for the asking, and then kept: two owners, and no other code has it.
        let mut own = 0;
        if self.version >= NUMBERS_SINCE {
            self.count += 1;
            own = kind::FLAG_REF;
        }
        self.out.push(kind::BYTES | own);
        self.sized(&code.code)?;
        for id in [parts.consts, parts.names, parts.localsplusnames].into_iter().flatten() {
            self.object(id, false, depth)?;
        }
        match parts.localspluskinds {
            Some(id) => self.object(id, false, depth)?,
            None => {
                self.out.push(kind::BYTES);
                self.size(code.localspluskinds.len())?;
                self.out.extend(code.localspluskinds.iter().map(|kind| kind.0));
            }
        }
        for id in [parts.filename, parts.name, parts.qualname].into_iter().flatten() {
            self.object(id, false, depth)?;
        }
        self.int(firstlineno as u32);
        let tables = [parts.linetable, parts.exceptiontable].into_iter().flatten();
        tables.into_iter().try_for_each(|id| self.object(id, false, depth))
    }
}

/// UTF-8 in which lone surrogates are written as if they were characters.
fn with_surrogates(points: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(points.len());
    for &point in points {
        match char::from_u32(point) {
            Some(character) => {
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            None => bytes.extend([
                0xE0 | (point >> 12) as u8,
                0x80 | (point >> 6 & 0x3F) as u8,
                0x80 | (point & 0x3F) as u8,
            ]),
        }
    }
    bytes
}

/// A float as C's `%.17g` writes it.
fn seventeen_digits(value: f64) -> String {
    if !value.is_finite() {
        let sign = if value == f64::NEG_INFINITY { "-" } else { "" };
        return format!("{sign}{}", if value.is_nan() { "nan" } else { "inf" });
    }
    let scientific = format!("{value:.16e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("an exponent is written");
    let exponent: i32 = exponent.parse().expect("an exponent is a number");
    let trimmed = |text: &str| {
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
        text.to_owned()
    };
    if (-4..17).contains(&exponent) {
        return trimmed(&format!("{value:.*}", (16 - exponent) as usize));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", trimmed(mantissa), exponent.unsigned_abs())
}
