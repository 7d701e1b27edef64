//! What the compiler makes and the machine runs: a code object and its constants, as plain data.
//!
//! A code object never changes once made.  It is shared by [`Rc`], so that handing one to the
//! machine, or keeping it in a history, costs nothing.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use num_bigint::BigInt;

/// A text that may hold lone surrogates, as a Python `str` may: its code points.
///
/// Almost every text is valid Unicode; then it is kept as such.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Text {
    /// Valid Unicode.
    Unicode(Rc<str>),
    /// At least one lone surrogate: the code points one by one, each at most 0x10FFFF.
    Surrogates(Rc<[u32]>),
}

impl Text {
    /// The text as UTF-8, where it is valid Unicode.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Unicode(text) => Some(text),
            Self::Surrogates(_) => None,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Unicode(text.into())
    }
}

/// A constant of a code object: the closed set of types that CPython's compiler puts there.
#[derive(Clone, Debug)]
pub enum Const {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `True` or `False`.
    Bool(bool),
    /// An int of any size.
    Int(BigInt),
    /// A float; its bits count, so that 0.0 and -0.0 are two constants.
    Float(f64),
    /// A complex number, real and imaginary part.
    Complex(f64, f64),
    /// A str.
    Str(Text),
    /// A bytes object.
    Bytes(Rc<[u8]>),
    /// A tuple of constants.
    Tuple(Rc<[Const]>),
    /// A frozenset of constants, in the order in which the source names them.
    FrozenSet(Rc<[Const]>),
    /// A slice of constants: start, stop, step.
    Slice(Rc<[Const; 3]>),
    /// A nested code object.
    Code(Rc<CodeObject>),
}

impl PartialEq for Const {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) | (Self::Ellipsis, Self::Ellipsis) => true,
            (Self::Bool(one), Self::Bool(two)) => one == two,
            (Self::Int(one), Self::Int(two)) => one == two,
            (Self::Float(one), Self::Float(two)) => one.to_bits() == two.to_bits(),
            (Self::Complex(real, imaginary), Self::Complex(other_real, other_imaginary)) => {
                real.to_bits() == other_real.to_bits() && imaginary.to_bits() == other_imaginary.to_bits()
            }
            (Self::Str(one), Self::Str(two)) => one == two,
            (Self::Bytes(one), Self::Bytes(two)) => one == two,
            (Self::Tuple(one), Self::Tuple(two)) | (Self::FrozenSet(one), Self::FrozenSet(two)) => one == two,
            (Self::Slice(one), Self::Slice(two)) => one == two,
            // Two that were compiled alike are still two.
            (Self::Code(one), Self::Code(two)) => Rc::ptr_eq(one, two),
            _ => false,
        }
    }
}

impl Eq for Const {}

impl Hash for Const {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::None | Self::Ellipsis => {}
            Self::Bool(value) => value.hash(state),
            Self::Int(value) => value.hash(state),
            Self::Float(value) => value.to_bits().hash(state),
            Self::Complex(real, imaginary) => (real.to_bits(), imaginary.to_bits()).hash(state),
            Self::Str(text) => text.hash(state),
            Self::Bytes(bytes) => bytes.hash(state),
            Self::Tuple(items) | Self::FrozenSet(items) => items.hash(state),
            Self::Slice(parts) => parts.hash(state),
            // An address would differ from run to run.
            Self::Code(code) => (code.firstlineno, &code.qualname).hash(state),
        }
    }
}

/// What a fast local is; the bits CPython keeps in `co_localspluskinds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocalKind(pub u8);

impl LocalKind {
    /// A positional parameter (also positional-only).
    pub const ARG_POS: u8 = 0x02;
    /// A keyword parameter (a positional-or-keyword parameter has both bits).
    pub const ARG_KW: u8 = 0x04;
    /// `*args` or `**kwargs`.
    pub const ARG_VAR: u8 = 0x08;
    /// Hidden from `locals()`: a name of an inlined comprehension.
    pub const HIDDEN: u8 = 0x10;
    /// A local variable.
    pub const LOCAL: u8 = 0x20;
    /// A variable of this function that an inner function uses.
    pub const CELL: u8 = 0x40;
    /// A variable of an enclosing function.
    pub const FREE: u8 = 0x80;

    /// Whether any of `bits` is set.
    pub const fn has(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

/// The bits of `co_flags`.
pub mod flags {
    /// Locals live in fast slots.
    pub const OPTIMIZED: u32 = 0x1;
    /// A call makes a new namespace.
    pub const NEWLOCALS: u32 = 0x2;
    /// There is a `*args`.
    pub const VARARGS: u32 = 0x4;
    /// There is a `**kwargs`.
    pub const VARKEYWORDS: u32 = 0x8;
    /// It is nested in a function.
    pub const NESTED: u32 = 0x10;
    /// A generator.
    pub const GENERATOR: u32 = 0x20;
    /// A coroutine (`async def`).
    pub const COROUTINE: u32 = 0x80;
    /// A generator that may be awaited.
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    /// An asynchronous generator.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// `from __future__ import barry_as_FLUFL`.
    pub const FUTURE_BARRY_AS_BDFL: u32 = 0x0040_0000;
    /// `from __future__ import annotations`.
    pub const FUTURE_ANNOTATIONS: u32 = 0x0100_0000;
    /// No flag of a code object: among the features that are on, that `await` may stand outside of functions
    /// (`PyCF_ALLOW_TOP_LEVEL_AWAIT`).
    pub const TOP_LEVEL_AWAIT: u32 = 0x2000;
    /// Everything that `from __future__ import` asks for.
    pub const FUTURE: u32 = 0x01FE_0000;
    /// The first constant is the docstring.
    pub const HAS_DOCSTRING: u32 = 0x0400_0000;
    /// A method: defined directly in a class body.
    pub const METHOD: u32 = 0x0800_0000;
}

/// A code object: `types.CodeType` field for field.
#[derive(Clone, Debug)]
pub struct CodeObject {
    /// `co_argcount`: positional parameters, positional-only ones included.
    pub argcount: u32,
    /// `co_posonlyargcount`.
    pub posonlyargcount: u32,
    /// `co_kwonlyargcount`.
    pub kwonlyargcount: u32,
    /// `co_stacksize`: slots the value stack may need.
    pub stacksize: u32,
    /// `co_flags`, see [`flags`].
    pub flags: u32,
    /// `co_code`: two bytes an instruction unit, caches as zeros.
    pub code: Box<[u8]>,
    /// `co_consts`.
    pub consts: Box<[Const]>,
    /// `co_names`.
    pub names: Box<[Rc<str>]>,
    /// Names of the fast locals: locals, then cells that are not locals too, then free variables.
    pub localsplusnames: Box<[Rc<str>]>,
    /// What each fast local is.
    pub localspluskinds: Box<[LocalKind]>,
    /// `co_filename`.
    pub filename: Rc<str>,
    /// `co_name`.
    pub name: Rc<str>,
    /// `co_qualname`.
    pub qualname: Rc<str>,
    /// `co_firstlineno`, from 1.
    pub firstlineno: u32,
    /// `co_linetable`, encoded as CPython's location table.
    pub linetable: Box<[u8]>,
    /// `co_exceptiontable`, encoded.
    pub exceptiontable: Box<[u8]>,
}

impl CodeObject {
    /// `co_nlocals`: fast locals that are local variables.
    pub fn nlocals(&self) -> usize {
        self.localspluskinds.iter().filter(|kind| kind.has(LocalKind::LOCAL)).count()
    }

    /// Whether two compare equal in Python: everything is the same but the file and the qualified name.
    pub fn is_alike(&self, other: &Self) -> bool {
        // What a code object holds is a tree, and a program may have made it a deep one.
        super::stack::grow(|| {
            let numbers = |code: &Self| {
                (code.argcount, code.posonlyargcount, code.kwonlyargcount, code.flags, code.firstlineno)
            };
            self.name == other.name
                && numbers(self) == numbers(other)
                && self.code == other.code
                && self.names == other.names
                && self.localsplusnames == other.localsplusnames
                && self.linetable == other.linetable
                && self.exceptiontable == other.exceptiontable
                && self.consts.len() == other.consts.len()
                && self.consts.iter().zip(&other.consts).all(|pair| match pair {
                    (Const::Code(one), Const::Code(two)) => Rc::ptr_eq(one, two) || one.is_alike(two),
                    (one, two) => one == two,
                })
        })
    }

    /// The code objects among the constants, in order.
    pub fn children(&self) -> impl Iterator<Item = &Rc<CodeObject>> {
        self.consts.iter().filter_map(|constant| match constant {
            Const::Code(code) => Some(code),
            _ => None,
        })
    }
}
