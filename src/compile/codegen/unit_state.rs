//! What is known of a code unit while it is being written.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::constants::Constants;
use super::super::names::Places;
use super::super::sequence::{Location, Sequence};
use super::super::symtable::EntryId;
use super::super::tree::{AnnAssign, Name};
use super::fblock::FrameBlock;

/// What kind of code a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeType {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
    Annotations,
}

/// An annotation that is left for `__annotate__`.
#[derive(Clone, Copy)]
pub(super) struct Deferred<'t> {
    pub loc: Location,
    pub node: &'t AnnAssign<'t>,
    /// Its number among those that may not be reached.
    pub index: Option<u32>,
}

/// Names in the order of their first use, numbered from `base` on.
#[derive(Clone, Debug, Default)]
pub(super) struct NameTable<'t> {
    list: Vec<Name<'t>>,
    places: Places<'t>,
    base: u32,
}

impl<'t> NameTable<'t> {
    /// Becomes the table of `names`, numbered from `base` on.
    pub fn begin(&mut self, names: impl IntoIterator<Item = Name<'t>>, base: u32) {
        self.list.clear();
        self.places.clear();
        self.base = base;
        for name in names {
            self.add(&name);
        }
    }

    /// The number of a name, which is entered if need be.
    pub fn add(&mut self, name: &Name<'t>) -> u32 {
        self.get(name).unwrap_or_else(|| {
            self.list.push(*name);
            self.places.appended(&self.list, |name| *name);
            self.base + self.list.len() as u32 - 1
        })
    }

    pub fn get(&self, name: &Name<'t>) -> Option<u32> {
        self.places.find(&self.list, *name, |name| *name).map(|place| self.base + place as u32)
    }

    /// The one used first.
    pub fn first(&self) -> Option<&Name<'t>> {
        self.list.first()
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.list.len() as u32
    }

    /// Takes all of them out, in order.
    pub fn take_texts(&mut self) -> Vec<Rc<str>> {
        self.places.clear();
        self.list.drain(..).map(Name::text).collect()
    }
}

/// What instructions and what they name are collected in.
///
/// A file has thousands of code units, most of them small: the room of one that is done goes to the next.
#[derive(Default)]
pub(super) struct Collections<'t> {
    pub consts: Constants,
    pub names: NameTable<'t>,
    pub varnames: NameTable<'t>,
    pub cellvars: NameTable<'t>,
    pub freevars: NameTable<'t>,
    pub sequence: Sequence,
}

pub(super) struct CodeUnit<'t> {
    pub entry: EntryId,
    pub scope_type: ScopeType,
    /// The class whose private names are mangled.
    pub private: Option<Name<'t>>,
    pub name: Name<'t>,
    pub qualname: Rc<str>,
    pub firstlineno: u32,
    /// Positional parameters that may be given by name.
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    pub consts: Constants,
    pub names: NameTable<'t>,
    pub varnames: NameTable<'t>,
    pub cellvars: NameTable<'t>,
    pub freevars: NameTable<'t>,
    /// Names that are or were fast locals of an inlined comprehension, and whether they are now.
    pub fast_hidden: Vec<(Name<'t>, bool)>,
    /// Of a class: attributes that its methods set on `self`.
    pub static_attributes: BTreeSet<Name<'t>>,
    pub deferred_annotations: Vec<Deferred<'t>>,
    pub next_conditional_annotation: u32,
    pub sequence: Sequence,
    /// The sequence that waits while the annotations of the module are written.
    pub stashed: Option<Sequence>,
    pub blocks: Vec<FrameBlock<'t>>,
    pub inlined_comprehensions: u32,
    pub conditional_blocks: u32,
}

impl<'t> CodeUnit<'t> {
    /// Whether a name is a fast local of an inlined comprehension right now.
    pub fn is_hidden(&self, name: &Name<'t>) -> bool {
        self.fast_hidden.iter().any(|(hidden, now)| hidden == name && *now)
    }

    /// Sets that and tells whether it was so before.
    pub fn set_hidden(&mut self, name: &Name<'t>, now: bool) -> bool {
        if let Some((_, state)) = self.fast_hidden.iter_mut().find(|(hidden, _)| hidden == name) {
            return std::mem::replace(state, now);
        }
        self.fast_hidden.push((*name, now));
        false
    }
}
