//! A code unit: what code generation hands to the back half for one module, class, function,
//! comprehension or annotation scope.
//!
//! Arguments of the instructions in `sequence` index the tables beside it: `consts`, `names`,
//! `varnames`, and for cells first `cellvars`, then, from `cellvars.len()` on, `freevars`.

use std::rc::Rc;

use super::sequence::Sequence;
use crate::code::Const;

/// Everything that is needed to turn one instruction sequence into a code object.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// `co_name`.
    pub name: Rc<str>,
    /// `co_qualname`.
    pub qualname: Rc<str>,
    /// `co_firstlineno`, from 1.
    pub firstlineno: u32,
    /// `co_argcount`: positional parameters, positional-only ones included.
    pub argcount: u32,
    /// `co_posonlyargcount`.
    pub posonlyargcount: u32,
    /// `co_kwonlyargcount`.
    pub kwonlyargcount: u32,
    /// `co_flags`, complete.
    pub flags: u32,
    /// Constants in the order of their first use, each once by CPython's constant key.
    pub consts: Vec<Const>,
    /// `co_names` in the order of their first use.
    pub names: Vec<Rc<str>>,
    /// Local variables: the parameters first, then the others in the order of their first use.
    pub varnames: Vec<Rc<str>>,
    /// Cell variables; some may be in `varnames` as well.
    pub cellvars: Vec<Rc<str>>,
    /// Free variables.
    pub freevars: Vec<Rc<str>>,
    /// Names that were fast locals only inside an inlined comprehension of a class or module body.
    pub fast_hidden: Vec<Rc<str>>,
    /// How many of `varnames` are parameters, `*args` and `**kwargs` included.
    pub nparams: u32,
    /// The instructions.
    pub sequence: Sequence,
}
