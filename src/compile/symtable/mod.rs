//! The symbol table: for every scope of a program, what each name in it is.
//!
//! Two passes, as in CPython: `build` walks the tree and notes how each name is used, `analyze`
//! decides from that what it is bound to.

mod analyze;
mod build;
mod expr;
mod mangle;
mod rows;
mod symbols;

use rustc_hash::FxHashSet;

pub use analyze::analyze;
pub use build::build;
pub use mangle::mangle;
pub use rows::{ScopeFacts, ScopeRow, SymbolRow};
pub use symbols::{Symbol, Symbols};

use super::names::Names;
use super::sequence::Location;
use super::tree::{Name, NodeId};

/// How a name is used in a scope; the bits CPython calls `DEF_…` and `USE`.
pub mod def {
    pub const GLOBAL: u16 = 1;
    pub const LOCAL: u16 = 2;
    pub const PARAM: u16 = 4;
    pub const NONLOCAL: u16 = 8;
    pub const USE: u16 = 16;
    /// A free variable of a method that is also a name of the class.
    pub const FREE_CLASS: u16 = 64;
    pub const IMPORT: u16 = 128;
    pub const ANNOT: u16 = 256;
    pub const COMP_ITER: u16 = 512;
    pub const TYPE_PARAM: u16 = 1024;
    /// A cell of an inlined comprehension.
    pub const COMP_CELL: u16 = 2048;
    /// Any way of being bound here.
    pub const BOUND: u16 = LOCAL | PARAM | IMPORT | TYPE_PARAM;
}

/// What a name is bound to, with CPython's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The name is not in this scope.
    #[default]
    Unknown = 0,
    Local = 1,
    GlobalExplicit = 2,
    GlobalImplicit = 3,
    Free = 4,
    Cell = 5,
}

/// What kind of code a scope belongs to, with CPython's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockType {
    Function = 0,
    Class = 1,
    Module = 2,
    Annotation = 3,
    TypeAlias = 4,
    TypeParameters = 5,
    TypeVariable = 6,
}

/// Index of an [`Entry`] in its [`Symtable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntryId(pub u32);

/// One scope.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own in CPython too")]
pub struct Entry<'a> {
    pub name: Name<'a>,
    pub block: BlockType,
    pub loc: Location,
    pub symbols: Symbols<'a>,
    /// Parameters in order.
    pub varnames: Vec<Name<'a>>,
    pub children: Vec<EntryId>,
    /// `global` and `nonlocal` statements, for error messages.
    pub directives: Vec<(Name<'a>, Location)>,
    /// In the type parameters of a class: the only names to be mangled.
    pub mangled_names: Option<Box<FxHashSet<Name<'a>>>>,
    /// What an error message calls the scope.
    pub scope_info: Option<&'static str>,
    pub nested: bool,
    pub generator: bool,
    pub coroutine: bool,
    pub comprehension: Option<super::tree::CompKind>,
    pub varargs: bool,
    pub varkeywords: bool,
    pub annotations_used: bool,
    pub needs_class_closure: bool,
    pub needs_classdict: bool,
    pub has_conditional_annotations: bool,
    pub in_conditional_block: bool,
    pub in_unevaluated_annotation: bool,
    pub comp_inlined: bool,
    pub comp_iter_target: bool,
    pub comp_iter_expr: u32,
    pub can_see_class_scope: bool,
    pub annotation_block: Option<EntryId>,
    pub has_docstring: bool,
    pub method: bool,
}

impl<'a> Entry<'a> {
    /// Whether its locals may be fast.
    pub fn is_function_like(&self) -> bool {
        match self.block {
            BlockType::Function
            | BlockType::Annotation
            | BlockType::TypeVariable
            | BlockType::TypeAlias
            | BlockType::TypeParameters => true,
            BlockType::Class | BlockType::Module => false,
        }
    }

    /// What `name` is, mangled already.
    pub fn scope(&self, name: &Name<'a>) -> Scope {
        self.symbols.get(name).scope
    }

    /// `name` as it is called in this scope inside the class `private`.
    #[inline]
    pub fn maybe_mangle(&self, private: Option<Name<'a>>, name: Name<'a>, names: &Names<'a>) -> Name<'a> {
        match &self.mangled_names {
            Some(mangled) if !mangled.contains(&name) => name,
            _ => mangle(private, name, names),
        }
    }
}

/// All scopes of a program.
#[derive(Clone, Debug)]
pub struct Symtable<'a> {
    /// The first one is the module's.
    pub entries: Vec<Entry<'a>>,
    /// By [`NodeId`].
    pub by_node: Vec<Option<EntryId>>,
}

impl Symtable<'_> {
    /// The module's scope.
    pub const TOP: EntryId = EntryId(0);

    /// The scope that a node opens.
    pub fn lookup(&self, node: NodeId) -> Option<EntryId> {
        self.by_node.get(node.0 as usize).copied().flatten()
    }
}

impl<'a> std::ops::Index<EntryId> for Symtable<'a> {
    type Output = Entry<'a>;

    fn index(&self, id: EntryId) -> &Entry<'a> {
        &self.entries[id.0 as usize]
    }
}

impl<'a> std::ops::IndexMut<EntryId> for Symtable<'a> {
    fn index_mut(&mut self, id: EntryId) -> &mut Entry<'a> {
        &mut self.entries[id.0 as usize]
    }
}
