//! CPython's abstract syntax tree, node for node, with CPython's positions.
//!
//! The parser's own tree differs in shape (flat `elif` clauses, implicit concatenation, parameters
//! with their defaults) and in ranges (decorated definitions); `lower` makes this one of it, so that
//! the passes behind it can follow CPython's.  Names are those of CPython's grammar (`Python.asdl`).

pub use super::names::Name;
use std::rc::Rc;

use smallvec::SmallVec;

use super::sequence::Location;
use crate::code::{Const, Text};

/// Identifies a node that opens a scope, so that the symbol table can be asked for it.
///
/// A function takes three numbers in a row: itself, its annotations, its type parameters; a class
/// and a type alias two: itself and, two further, its type parameters; a type parameter two: its
/// bound and its default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The module itself.
    pub const MODULE: Self = Self(0);

    /// The scope of a function's annotations.
    pub const fn annotations(self) -> Self {
        Self(self.0 + 1)
    }

    /// The scope of the type parameters of a function, class or type alias.
    pub const fn type_params(self) -> Self {
        Self(self.0 + 2)
    }

    /// The scope of a type parameter's default.
    pub const fn default_value(self) -> Self {
        Self(self.0 + 1)
    }
}

/// A whole program.
#[derive(Clone, Debug)]
pub struct Tree {
    /// What it is compiled as.
    pub root: Mod,
    /// How many [`NodeId`]s were given out.
    pub nodes: u32,
    /// The `# type: ignore` comments of a module, where type comments were asked for.
    pub type_ignores: Vec<TypeIgnore>,
}

/// `TypeIgnore`.
#[derive(Clone, Debug)]
pub struct TypeIgnore {
    /// The line of the comment, from 1.
    pub line: u32,
    /// What stands behind `ignore`.
    pub tag: Rc<str>,
}

/// `mod`.
#[derive(Clone, Debug)]
pub enum Mod {
    /// A file.
    Module(Vec<Stmt>),
    /// What was typed at a prompt.
    Interactive(Vec<Stmt>),
    /// An expression for `eval`.
    Expression(Box<Expr>),
}

/// `stmt`.
#[derive(Clone, Debug)]
pub struct Stmt {
    pub loc: Location,
    pub kind: StmtKind,
}

/// The kinds of `stmt`; `async` ones are flags.  Small, so that a tree takes little memory: what is large
/// has a box of its own.
#[derive(Clone, Debug)]
pub enum StmtKind {
    FunctionDef(Box<FunctionDef>),
    ClassDef(Box<ClassDef>),
    Return(Option<Box<Expr>>),
    Delete(Vec<Expr>),
    Assign(Box<Assign>),
    TypeAlias(Box<TypeAlias>),
    AugAssign(Box<AugAssign>),
    AnnAssign(Box<AnnAssign>),
    For(Box<For>),
    While(Box<While>),
    If(Box<If>),
    With(Box<With>),
    Match { subject: Box<Expr>, cases: Vec<MatchCase> },
    Raise { exc: Option<Box<Expr>>, cause: Option<Box<Expr>> },
    Try(Box<Try>),
    Assert { test: Box<Expr>, msg: Option<Box<Expr>> },
    Import(Vec<Alias>),
    ImportFrom(Box<ImportFrom>),
    Global(Vec<Name>),
    Nonlocal(Vec<Name>),
    Expr(Box<Expr>),
    Pass,
    Break,
    Continue,
}

/// `FunctionDef` and `AsyncFunctionDef`.
#[derive(Clone, Debug)]
pub struct FunctionDef {
    pub id: NodeId,
    pub is_async: bool,
    pub name: Name,
    pub args: Arguments,
    pub body: Vec<Stmt>,
    pub decorator_list: Vec<Expr>,
    pub returns: Option<Box<Expr>>,
    pub type_comment: Option<Rc<str>>,
    pub type_params: Vec<TypeParam>,
}

/// `ClassDef`.
#[derive(Clone, Debug)]
pub struct ClassDef {
    pub id: NodeId,
    pub name: Name,
    pub bases: Vec<Expr>,
    pub keywords: Vec<Keyword>,
    pub body: Vec<Stmt>,
    pub decorator_list: Vec<Expr>,
    pub type_params: Vec<TypeParam>,
}

/// `Assign`.
#[derive(Clone, Debug)]
pub struct Assign {
    /// Most often one.
    pub targets: SmallVec<[Expr; 1]>,
    pub value: Expr,
    pub type_comment: Option<Rc<str>>,
}

/// `AugAssign`.
#[derive(Clone, Debug)]
pub struct AugAssign {
    pub target: Expr,
    pub op: Operator,
    pub value: Expr,
}

/// `While`.
#[derive(Clone, Debug)]
pub struct While {
    pub test: Expr,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
}

/// `If`.
#[derive(Clone, Debug)]
pub struct If {
    pub test: Expr,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
}

/// `ImportFrom`.
#[derive(Clone, Debug)]
pub struct ImportFrom {
    pub module: Option<Name>,
    pub names: Vec<Alias>,
    pub level: u32,
}

/// `TypeAlias`; its name is a `Name` node.
#[derive(Clone, Debug)]
pub struct TypeAlias {
    pub id: NodeId,
    pub target: Expr,
    pub name: Name,
    pub type_params: Vec<TypeParam>,
    pub value: Expr,
}

/// `AnnAssign`.
#[derive(Clone, Debug)]
pub struct AnnAssign {
    pub target: Expr,
    pub annotation: Expr,
    pub value: Option<Expr>,
    pub simple: bool,
}

/// `For` and `AsyncFor`.
#[derive(Clone, Debug)]
pub struct For {
    pub is_async: bool,
    pub target: Expr,
    pub iter: Expr,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
    pub type_comment: Option<Rc<str>>,
}

/// `With` and `AsyncWith`.
#[derive(Clone, Debug)]
pub struct With {
    pub is_async: bool,
    pub items: Vec<WithItem>,
    pub body: Vec<Stmt>,
    pub type_comment: Option<Rc<str>>,
}

/// `withitem`.
#[derive(Clone, Debug)]
pub struct WithItem {
    pub context_expr: Expr,
    pub optional_vars: Option<Expr>,
}

/// `Try` and `TryStar`.
#[derive(Clone, Debug)]
pub struct Try {
    pub is_star: bool,
    pub body: Vec<Stmt>,
    pub handlers: Vec<ExceptHandler>,
    pub orelse: Vec<Stmt>,
    pub finalbody: Vec<Stmt>,
}

/// `ExceptHandler`.
#[derive(Clone, Debug)]
pub struct ExceptHandler {
    pub loc: Location,
    pub type_: Option<Expr>,
    pub name: Option<Name>,
    pub body: Vec<Stmt>,
}

/// `alias`.
#[derive(Clone, Debug)]
pub struct Alias {
    pub loc: Location,
    pub name: Name,
    pub asname: Option<Name>,
}

/// `arguments`, of a function or a lambda.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    pub posonlyargs: Vec<Arg>,
    pub args: Vec<Arg>,
    pub vararg: Option<Arg>,
    pub kwonlyargs: Vec<Arg>,
    /// One for each of `kwonlyargs`.
    pub kw_defaults: Vec<Option<Expr>>,
    pub kwarg: Option<Arg>,
    /// For the last positional parameters.
    pub defaults: Vec<Expr>,
}

/// `arg`.
#[derive(Clone, Debug)]
#[allow(clippy::struct_field_names, reason = "the grammar's name")]
pub struct Arg {
    pub loc: Location,
    pub arg: Name,
    pub annotation: Option<Box<Expr>>,
    pub type_comment: Option<Rc<str>>,
}

/// `keyword`.
#[derive(Clone, Debug)]
pub struct Keyword {
    pub loc: Location,
    pub arg: Option<Name>,
    pub value: Expr,
}

/// `comprehension`.
#[derive(Clone, Debug)]
pub struct Comprehension {
    pub target: Expr,
    pub iter: Expr,
    pub ifs: Vec<Expr>,
    pub is_async: bool,
}

/// `type_param`.
#[derive(Clone, Debug)]
pub struct TypeParam {
    pub id: NodeId,
    pub loc: Location,
    pub name: Name,
    pub default_value: Option<Expr>,
    pub kind: TypeParamKind,
}

/// The kinds of `type_param`.
#[derive(Clone, Debug)]
pub enum TypeParamKind {
    TypeVar { bound: Option<Expr> },
    ParamSpec,
    TypeVarTuple,
}

/// `expr`.
#[derive(Clone, Debug)]
pub struct Expr {
    pub loc: Location,
    pub kind: ExprKind,
}

/// The kinds of `expr`; small, as those of statements are.
#[derive(Clone, Debug)]
pub enum ExprKind {
    BoolOp { op: BoolOp, values: Vec<Expr> },
    NamedExpr { target: Box<Expr>, value: Box<Expr> },
    BinOp(Box<BinOp>),
    UnaryOp { op: UnaryOp, operand: Box<Expr> },
    Lambda { id: NodeId, args: Box<Arguments>, body: Box<Expr> },
    IfExp(Box<IfExp>),
    Dict(Box<Dict>),
    Set(Vec<Expr>),
    Comp(Box<Comp>),
    Await(Box<Expr>),
    Yield(Option<Box<Expr>>),
    YieldFrom(Box<Expr>),
    Compare(Box<Compare>),
    Call(Box<Call>),
    FormattedValue { value: Box<Expr>, conversion: Option<Conversion>, format_spec: Option<Box<Expr>> },
    JoinedStr(Vec<Expr>),
    Interpolation(Box<Interpolation>),
    TemplateStr(Vec<Expr>),
    Constant { value: Const, u_prefix: bool },
    Attribute { value: Box<Expr>, attr: Name, ctx: Context },
    Subscript(Box<Subscript>),
    Starred { value: Box<Expr>, ctx: Context },
    Name { id: Name, ctx: Context },
    List { elts: Vec<Expr>, ctx: Context },
    Tuple { elts: Vec<Expr>, ctx: Context },
    Slice { lower: Option<Box<Expr>>, upper: Option<Box<Expr>>, step: Option<Box<Expr>> },
}

/// `BinOp`.
#[derive(Clone, Debug)]
pub struct BinOp {
    pub left: Expr,
    pub op: Operator,
    pub right: Expr,
}

/// `IfExp`.
#[derive(Clone, Debug)]
pub struct IfExp {
    pub test: Expr,
    pub body: Expr,
    pub orelse: Expr,
}

/// `Dict`.
#[derive(Clone, Debug)]
pub struct Dict {
    /// One for each of `values`; none where that is a mapping to be unpacked.
    pub keys: Vec<Option<Expr>>,
    pub values: Vec<Expr>,
}

/// `Compare`.
#[derive(Clone, Debug)]
pub struct Compare {
    pub left: Expr,
    /// One for each of `comparators`, most often one.
    pub ops: SmallVec<[CmpOp; 8]>,
    pub comparators: SmallVec<[Expr; 1]>,
}

/// `Subscript`.
#[derive(Clone, Debug)]
pub struct Subscript {
    pub value: Expr,
    pub slice: Expr,
    pub ctx: Context,
}

/// `ListComp`, `SetComp`, `DictComp` and `GeneratorExp`.
#[derive(Clone, Debug)]
pub struct Comp {
    pub id: NodeId,
    pub kind: CompKind,
    /// The element, or a dict's key.
    pub elt: Expr,
    /// A dict's value.
    pub value: Option<Expr>,
    pub generators: Vec<Comprehension>,
}

/// Which comprehension it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompKind {
    Generator,
    List,
    Set,
    Dict,
}

/// `Call`.
#[derive(Clone, Debug)]
pub struct Call {
    pub func: Expr,
    pub args: Vec<Expr>,
    pub keywords: Vec<Keyword>,
}

/// `Interpolation`, of a template string.
#[derive(Clone, Debug)]
pub struct Interpolation {
    pub value: Expr,
    /// The expression's source text.
    pub str: Text,
    pub conversion: Option<Conversion>,
    pub format_spec: Option<Expr>,
}

/// `!s`, `!r` or `!a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    Str,
    Repr,
    Ascii,
}

/// `expr_context`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    Load,
    Store,
    Del,
}

/// `boolop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoolOp {
    And,
    Or,
}

/// `operator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

/// `unaryop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Invert,
    Not,
    UAdd,
    USub,
}

/// `cmpop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// `match_case`.
#[derive(Clone, Debug)]
pub struct MatchCase {
    pub pattern: Pattern,
    pub guard: Option<Expr>,
    pub body: Vec<Stmt>,
}

/// `pattern`.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub loc: Location,
    pub kind: PatternKind,
}

/// The kinds of `pattern`.
#[derive(Clone, Debug)]
#[allow(clippy::enum_variant_names, reason = "the grammar's names")]
pub enum PatternKind {
    MatchValue(Expr),
    /// `None`, `True` or `False`.
    MatchSingleton(Const),
    MatchSequence(Vec<Pattern>),
    MatchMapping {
        keys: Vec<Expr>,
        patterns: Vec<Pattern>,
        rest: Option<Name>,
    },
    MatchClass {
        cls: Expr,
        patterns: Vec<Pattern>,
        kwd_attrs: Vec<Name>,
        kwd_patterns: Vec<Pattern>,
    },
    MatchStar(Option<Name>),
    MatchAs {
        pattern: Option<Box<Pattern>>,
        name: Option<Name>,
    },
    MatchOr(Vec<Pattern>),
}

impl Pattern {
    /// `_`: matches anything and binds nothing.
    pub fn is_wildcard(&self) -> bool {
        matches!(self.kind, PatternKind::MatchAs { pattern: None, name: None })
    }

    /// `*_`.
    pub fn is_star_wildcard(&self) -> bool {
        matches!(self.kind, PatternKind::MatchStar(None))
    }
}

impl Expr {
    /// Whether no node is inside it, so that a walk over it takes no more stack.
    pub fn is_leaf(&self) -> bool {
        matches!(self.kind, ExprKind::Name { .. } | ExprKind::Constant { .. })
    }

    /// A constant at a place.
    pub fn constant(value: Const, loc: Location) -> Self {
        Self { loc, kind: ExprKind::Constant { value, u_prefix: false } }
    }

    /// Whether it is a `Constant` node.
    pub fn is_constant(&self) -> bool {
        matches!(self.kind, ExprKind::Constant { .. })
    }

    /// The value of a `Constant` node.
    pub fn as_constant(&self) -> Option<&Const> {
        match &self.kind {
            ExprKind::Constant { value, .. } => Some(value),
            _ => None,
        }
    }

    /// Whether it is a `Starred` node.
    pub fn is_starred(&self) -> bool {
        matches!(self.kind, ExprKind::Starred { .. })
    }
}

/// The docstring of a body: its first statement, where that is a plain str constant.
pub fn docstring(body: &[Stmt]) -> Option<(&Text, Location)> {
    let StmtKind::Expr(value) = &body.first()?.kind else { return None };
    match &value.kind {
        ExprKind::Constant { value: Const::Str(text), .. } => Some((text, value.loc)),
        _ => None,
    }
}
