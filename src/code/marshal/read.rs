//! Reads marshalled values from bytes that may hold anything, and that may come in pieces.
//!
//! What becomes of the values is for a [`Make`] to say: constants, or objects of a running machine.  Nothing of
//! the work lies on Rust's stack, so that a reader can stop where its bytes end and go on with more of them.

use std::fmt;

use num_bigint::{BigInt, BigUint, Sign};

use super::kind;

/// How deep values may be nested, as in CPython.
pub(super) const MAX_DEPTH: usize = 2000;

/// The fields of a code object that are values: those before its first line number.
const FIELDS_BEFORE_LINE: usize = 8;
/// All of them.
const FIELDS: usize = 10;
/// The numbers that a code object begins with.
const NUMBERS_AT_FIRST: usize = 5;

/// What is wrong with marshalled bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// They end where a value was to begin.
    NoValue,
    /// They end inside a value.
    Short,
    /// The type is none there is.
    UnknownType,
    /// A size is negative; of what, in CPython's words.
    Size(&'static str),
    /// The most significant digit of an int is 0.
    Unnormalized,
    /// A digit of an int is too large.
    Digit,
    /// A number refers to no value.
    Reference,
    /// Values are nested too deeply.
    TooDeep,
    /// The mark that ends a dict stands where a value was to be; in what, in CPython's words.
    Null(&'static str),
    /// There is code where none is allowed.
    CodeNotAllowed,
    /// What no code object of CPython 3.14 has; the words say what.
    Unfit(&'static str),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoValue | Self::Short => "the end of the data",
            Self::UnknownType => "a type that there is not",
            Self::Size(_) => "a negative number",
            Self::Unnormalized => "an int with a zero in front",
            Self::Digit => "a digit of an int that is too large",
            Self::Reference => "a reference to no value",
            Self::TooDeep => "a value nested too deeply",
            Self::Null(_) => "the end of a dict that has not begun",
            Self::CodeNotAllowed => "code where none is allowed",
            Self::Unfit(words) => words,
        })
    }
}

/// A value without parts.
#[derive(Debug)]
pub enum Atom<'a> {
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
    /// A float in decimal digits.
    FloatText(&'a [u8]),
    /// A complex number.
    Complex(f64, f64),
    /// A complex number in decimal digits.
    ComplexText(&'a [u8], &'a [u8]),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A str in UTF-8, in which lone surrogates are written as if they were characters.
    Utf8 {
        /// The bytes.
        bytes: &'a [u8],
        /// Whether it is to be interned.
        interned: bool,
    },
    /// A str of which each byte is a character.
    Latin1 {
        /// The bytes.
        bytes: &'a [u8],
        /// Whether it is to be interned.
        interned: bool,
    },
}

/// What holds other values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Container {
    /// A tuple.
    Tuple,
    /// A list.
    List,
    /// A set.
    Set,
    /// A frozenset.
    FrozenSet,
    /// A dict: keys and values in turns.
    Dict,
    /// A slice: start, stop, step.
    Slice,
}

impl Container {
    /// What CPython calls it where the mark of a dict's end stands in it.
    const fn name(self) -> &'static str {
        match self {
            Self::Tuple => "tuple",
            Self::List => "list",
            Self::Set | Self::FrozenSet => "set",
            Self::Dict => "dict",
            Self::Slice => "object",
        }
    }
}

/// A code object in parts, in the order in which they are marshalled.
#[derive(Debug)]
pub struct CodeParts<V> {
    /// `co_argcount`, `co_posonlyargcount`, `co_kwonlyargcount`, `co_stacksize`, `co_flags`, `co_firstlineno`.
    pub numbers: [i32; 6],
    /// `co_code`.
    pub code: V,
    /// `co_consts`.
    pub consts: V,
    /// `co_names`.
    pub names: V,
    /// The names of the fast locals.
    pub localsplusnames: V,
    /// What each of them is: bytes.
    pub localspluskinds: V,
    /// `co_filename`.
    pub filename: V,
    /// `co_name`.
    pub name: V,
    /// `co_qualname`.
    pub qualname: V,
    /// `co_linetable`.
    pub linetable: V,
    /// `co_exceptiontable`.
    pub exceptiontable: V,
}

/// What is made of marshalled values.
pub trait Make {
    /// A value.
    type Value: Clone;
    /// What goes wrong.
    type Error;

    /// A value without parts.
    fn atom(&mut self, atom: Atom<'_>) -> Result<Self::Value, Self::Error>;

    /// What holds `count` values, if that is known, before they are there, so that they may refer to it; none
    /// where that cannot be.
    fn begin(&mut self, what: Container, count: usize) -> Option<Self::Value>;

    /// What holds these values; `begun` is what [`Make::begin`] gave.
    fn finish(
        &mut self,
        what: Container,
        begun: Option<Self::Value>,
        parts: Vec<Self::Value>,
    ) -> Result<Self::Value, Self::Error>;

    /// A code object.
    fn code(&mut self, parts: CodeParts<Self::Value>) -> Result<Self::Value, Self::Error>;

    /// Looks at a value that was made, or that is referred to again; `count` is how many values it holds, itself
    /// included.
    fn check_count(&mut self, _count: u64) -> Result<(), Problem> {
        Ok(())
    }

    /// The error for what is wrong with the bytes.
    fn refuse(&mut self, problem: Problem) -> Self::Error;
}

/// What bytes are missing for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The type of a value: nothing of it is there.
    Value,
    /// The byte that says how long something is.
    Length,
    /// Something else.
    Content,
}

/// How far a reader came.
#[derive(Debug)]
pub enum Progress<V> {
    /// The value.
    Value(V),
    /// It wants so many more bytes.
    Wants(usize, Missing),
}

/// Something whose parts are being read.
#[derive(Clone, Debug, Hash)]
enum Work<V> {
    /// So many values are to come; until the mark of its end, for a dict.
    Container(Container, Option<V>, usize),
    /// A code object with the numbers that were read.
    Code(Vec<i32>),
}

#[derive(Clone, Debug, Hash)]
struct Open<V> {
    work: Work<V>,
    parts: Vec<V>,
    /// Its number, if it may be referred to.
    number: Option<usize>,
    /// How many values had been counted before it.
    before: u64,
}

/// A reader of one value.
#[derive(Clone, Debug, Hash)]
pub struct Reader<V> {
    open: Vec<Open<V>>,
    /// The numbered values, each with how many it counts for; `None` for one that cannot be referred to yet.
    references: Vec<Option<(V, u64)>>,
    /// How many values were read, one that is referred to counted each time.
    count: u64,
    allows_code: bool,
}

/// Why a step did not succeed.
enum Halt<E> {
    /// So many bytes are missing.
    Wants(usize, Missing),
    Problem(Problem),
    Made(E),
}

impl<E> From<Problem> for Halt<E> {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// The bytes at hand, and how far they are read.
#[derive(Clone, Copy, Debug)]
struct Source<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Source<'a> {
    fn take<E>(&mut self, count: usize) -> Result<&'a [u8], Halt<E>> {
        self.take_in(count, count)
    }

    /// So many bytes, asked for in portions.
    fn take_in<E>(&mut self, count: usize, portion: usize) -> Result<&'a [u8], Halt<E>> {
        let rest = &self.bytes[self.at..];
        let Some(taken) = rest.get(..count) else {
            let missing = count - rest.len();
            return Err(Halt::Wants(missing.min(portion), Missing::Content));
        };
        self.at += count;
        Ok(taken)
    }

    fn array<const N: usize, E>(&mut self) -> Result<[u8; N], Halt<E>> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    /// The byte at hand, where `what` wants one.
    fn byte<E>(&mut self, what: Missing) -> Result<u8, Halt<E>> {
        let byte = self.bytes.get(self.at).copied().ok_or(Halt::Wants(1, what))?;
        self.at += 1;
        Ok(byte)
    }

    fn int<E>(&mut self) -> Result<i32, Halt<E>> {
        self.array().map(i32::from_le_bytes)
    }

    fn float<E>(&mut self) -> Result<f64, Halt<E>> {
        self.array().map(f64::from_le_bytes)
    }

    /// The number of something, that must not be negative.
    fn size<E>(&mut self, of: &'static str) -> Result<usize, Halt<E>> {
        usize::try_from(self.int()?).map_err(|_| Problem::Size(of).into())
    }

    fn sized<E>(&mut self, of: &'static str) -> Result<&'a [u8], Halt<E>> {
        let count = self.size(of)?;
        self.take(count)
    }

    /// A text behind the byte that says how long it is.
    fn short<E>(&mut self) -> Result<&'a [u8], Halt<E>> {
        let count = self.byte(Missing::Length)?;
        self.take(usize::from(count))
    }

    /// An int in digits of 15 bits, the lowest first; a negative number of them for a negative int.
    fn long<E>(&mut self) -> Result<BigInt, Halt<E>> {
        let count = self.int()?;
        if count == i32::MIN {
            return Err(Problem::Size("long").into());
        }
        let bytes = self.take_in(count.unsigned_abs() as usize * 2, 2)?;
        // Bits are gathered and handed on in bytes, so that the time stays linear.
        let mut magnitude = Vec::with_capacity(bytes.len());
        let (mut bits, mut filled) = (0u32, 0);
        let mut digit = 1;
        for pair in bytes.chunks_exact(2) {
            digit = u32::from(pair[0]) | u32::from(pair[1]) << 8;
            if digit > 0x7FFF {
                return Err(Problem::Digit.into());
            }
            bits |= digit << filled;
            filled += 15;
            while filled >= 8 {
                magnitude.push(bits as u8);
                bits >>= 8;
                filled -= 8;
            }
        }
        if digit == 0 {
            return Err(Problem::Unnormalized.into());
        }
        magnitude.push(bits as u8);
        let magnitude = BigUint::from_bytes_le(&magnitude);
        Ok(BigInt::from_biguint(if count < 0 { Sign::Minus } else { Sign::Plus }, magnitude))
    }
}

impl<V: Clone> Reader<V> {
    /// Nothing is read yet.
    pub const fn new(allows_code: bool) -> Self {
        Self { open: Vec::new(), references: Vec::new(), count: 0, allows_code }
    }

    /// Visits every value it holds.
    pub fn each_value(&self, visit: &mut impl FnMut(&V)) {
        for open in &self.open {
            open.parts.iter().for_each(&mut *visit);
            if let Work::Container(_, Some(begun), _) = &open.work {
                visit(begun);
            }
        }
        self.references.iter().flatten().for_each(|(value, _)| visit(value));
    }

    /// Reads on in `bytes` from `at`, which it moves: to behind the value, or to what it wants more bytes for.
    pub fn advance<M: Make<Value = V>>(
        &mut self,
        make: &mut M,
        bytes: &[u8],
        at: &mut usize,
    ) -> Result<Progress<V>, M::Error> {
        loop {
            let mut source = Source { bytes, at: *at };
            match self.step(make, &mut source) {
                Ok(done) => {
                    *at = source.at;
                    if let Some(value) = done {
                        return Ok(Progress::Value(value));
                    }
                }
                Err(Halt::Wants(count, what)) => return Ok(Progress::Wants(count, what)),
                Err(Halt::Problem(problem)) => {
                    *at = source.at;
                    return Err(make.refuse(problem));
                }
                Err(Halt::Made(error)) => return Err(error),
            }
        }
    }

    /// Whether a number of a code object comes next.
    fn reads_number(&self) -> bool {
        self.open.last().is_some_and(|open| match &open.work {
            Work::Container(..) => false,
            Work::Code(numbers) => {
                numbers.len() < NUMBERS_AT_FIRST
                    || (open.parts.len() == FIELDS_BEFORE_LINE && numbers.len() == NUMBERS_AT_FIRST)
            }
        })
    }

    /// Reads one thing: a value without parts, the beginning of one with parts, or a number of a code object.
    fn step<M: Make<Value = V>>(
        &mut self,
        make: &mut M,
        source: &mut Source<'_>,
    ) -> Result<Option<V>, Halt<M::Error>> {
        if self.reads_number() {
            let number = source.int()?;
            if let Some(Open { work: Work::Code(numbers), .. }) = self.open.last_mut() {
                numbers.push(number);
            }
            return Ok(None);
        }
        // What holds nothing is complete as soon as it has begun.
        let mut value = match self.value(make, source)? {
            Some(value) => Some(value),
            None => self.close_full(make)?,
        };
        while let Some(complete) = value {
            let Some(open) = self.open.last_mut() else { return Ok(Some(complete)) };
            open.parts.push(complete);
            value = self.close_full(make)?;
        }
        Ok(None)
    }

    /// What was begun last, if all of it is there.
    fn close_full<M: Make<Value = V>>(&mut self, make: &mut M) -> Result<Option<V>, Halt<M::Error>> {
        let is_full = self.open.last().is_some_and(|open| match &open.work {
            Work::Container(Container::Dict, ..) => false,
            Work::Container(_, _, count) => open.parts.len() >= *count,
            Work::Code(_) => open.parts.len() >= FIELDS,
        });
        if is_full { self.close(make).map(Some) } else { Ok(None) }
    }

    /// What was begun last, which is complete.
    fn close<M: Make<Value = V>>(&mut self, make: &mut M) -> Result<V, Halt<M::Error>> {
        let open = self.open.pop().expect("something is open");
        let value = match open.work {
            Work::Container(what, begun, _) => make.finish(what, begun, open.parts).map_err(Halt::Made)?,
            Work::Code(numbers) => {
                let mut parts = open.parts.into_iter();
                let mut part = || parts.next().expect("all parts are there");
                let mut six = [0; 6];
                six.copy_from_slice(&numbers);
                let parts = CodeParts {
                    numbers: six,
                    code: part(),
                    consts: part(),
                    names: part(),
                    localsplusnames: part(),
                    localspluskinds: part(),
                    filename: part(),
                    name: part(),
                    qualname: part(),
                    linetable: part(),
                    exceptiontable: part(),
                };
                make.code(parts).map_err(Halt::Made)?
            }
        };
        if let Some(number) = open.number {
            self.references[number] = Some((value.clone(), self.count - open.before));
        }
        Ok(value)
    }

    /// A value without parts, one that is referred to, or a dict that ends; `None` where one with parts begins.
    fn value<M: Make<Value = V>>(
        &mut self,
        make: &mut M,
        source: &mut Source<'_>,
    ) -> Result<Option<V>, Halt<M::Error>> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Problem::TooDeep.into());
        }
        let first = source.byte(Missing::Value)?;
        let kind = first & !kind::FLAG_REF;
        if kind == kind::NULL {
            return self.null(make).map(Some);
        }
        if kind == kind::REFERENCE {
            let number = source.int::<M::Error>()?;
            let referred =
                usize::try_from(number).ok().and_then(|number| self.references.get(number)).cloned();
            let (value, count) = referred.flatten().ok_or(Problem::Reference)?;
            self.count_values(make, count)?;
            return Ok(Some(value));
        }
        let before = self.count;
        let has_number = first & kind::FLAG_REF != 0;
        if let Some((what, count)) = container(kind, source)? {
            self.count_values(make, 1)?;
            let begun = make.begin(what, count);
            // A value has its number from where it begins, before the values inside it.
            let number = has_number.then(|| self.reserve(begun.clone().map(|begun| (begun, 1))));
            self.open.push(Open {
                work: Work::Container(what, begun, count),
                parts: Vec::new(),
                number,
                before,
            });
            return Ok(None);
        }
        if kind == kind::CODE {
            if !self.allows_code {
                return Err(Problem::CodeNotAllowed.into());
            }
            self.count_values(make, 1)?;
            let number = has_number.then(|| self.reserve(None));
            self.open.push(Open { work: Work::Code(Vec::new()), parts: Vec::new(), number, before });
            return Ok(None);
        }
        let atom = atom(kind, source)?;
        self.count_values(make, 1)?;
        let is_single = matches!(atom, Atom::None | Atom::Ellipsis | Atom::StopIteration | Atom::Bool(_));
        let value = make.atom(atom).map_err(Halt::Made)?;
        if has_number && !is_single {
            self.reserve(Some((value.clone(), 1)));
        }
        Ok(Some(value))
    }

    fn reserve(&mut self, value: Option<(V, u64)>) -> usize {
        self.references.push(value);
        self.references.len() - 1
    }

    /// The mark that ends a dict: where a value was to be, there is none.
    fn null<M: Make<Value = V>>(&mut self, make: &mut M) -> Result<V, Halt<M::Error>> {
        let what = match self.open.last_mut() {
            Some(Open { work: Work::Container(Container::Dict, ..), parts, .. }) => {
                // A key without a value is no item.
                parts.truncate(parts.len() & !1);
                return self.close(make);
            }
            Some(Open { work: Work::Container(what, ..), .. }) => what.name(),
            Some(Open { work: Work::Code(_), .. }) | None => "object",
        };
        Err(Problem::Null(what).into())
    }

    fn count_values<M: Make<Value = V>>(&mut self, make: &mut M, count: u64) -> Result<(), Halt<M::Error>> {
        self.count = self.count.saturating_add(count);
        make.check_count(self.count).map_err(Halt::Problem)
    }
}

/// What holds other values and how many, if it is that which begins.
fn container<E>(kind: u8, source: &mut Source<'_>) -> Result<Option<(Container, usize)>, Halt<E>> {
    Ok(Some(match kind {
        kind::SMALL_TUPLE => (Container::Tuple, usize::from(source.byte(Missing::Length)?)),
        kind::TUPLE => (Container::Tuple, source.size("tuple")?),
        kind::LIST => (Container::List, source.size("list")?),
        kind::SET => (Container::Set, source.size("set")?),
        kind::FROZENSET => (Container::FrozenSet, source.size("set")?),
        kind::DICT => (Container::Dict, 0),
        kind::SLICE => (Container::Slice, 3),
        _ => return Ok(None),
    }))
}

/// A value without parts.
fn atom<'a, E>(kind: u8, source: &mut Source<'a>) -> Result<Atom<'a>, Halt<E>> {
    Ok(match kind {
        kind::NONE => Atom::None,
        kind::FALSE => Atom::Bool(false),
        kind::TRUE => Atom::Bool(true),
        kind::ELLIPSIS => Atom::Ellipsis,
        kind::STOP_ITERATION => Atom::StopIteration,
        kind::INT => Atom::Int(source.int()?.into()),
        kind::INT64 => Atom::Int(source.array().map(i64::from_le_bytes)?.into()),
        kind::LONG => Atom::Int(source.long()?),
        kind::FLOAT => Atom::Float(source.float()?),
        kind::FLOAT_TEXT => Atom::FloatText(source.short()?),
        kind::COMPLEX => Atom::Complex(source.float()?, source.float()?),
        kind::COMPLEX_TEXT => Atom::ComplexText(source.short()?, source.short()?),
        kind::BYTES => Atom::Bytes(source.sized("bytes object")?),
        kind::INTERNED | kind::UNICODE => {
            Atom::Utf8 { bytes: source.sized("string")?, interned: kind == kind::INTERNED }
        }
        kind::ASCII | kind::ASCII_INTERNED => {
            Atom::Latin1 { bytes: source.sized("string")?, interned: kind == kind::ASCII_INTERNED }
        }
        kind::SHORT_ASCII | kind::SHORT_ASCII_INTERNED => {
            Atom::Latin1 { bytes: source.short()?, interned: kind == kind::SHORT_ASCII_INTERNED }
        }
        _ => return Err(Problem::UnknownType.into()),
    })
}
