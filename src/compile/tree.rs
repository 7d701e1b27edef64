//! CPython's abstract syntax tree, node for node, with CPython's positions.
//!
//! The parser's own tree differs in shape (flat `elif` clauses, implicit concatenation, parameters
//! with their defaults) and in ranges (decorated definitions); `lower` makes this one of it, so that
//! the passes behind it can follow CPython's.  Names are those of CPython's grammar (`Python.asdl`).

use std::rc::Rc;

pub use super::arena::List;
pub use super::names::Name;
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
#[derive(Debug)]
pub struct Tree<'a> {
    /// What it is compiled as.
    pub root: &'a mut Mod<'a>,
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
#[derive(Debug)]
pub enum Mod<'a> {
    /// A file.
    Module(List<'a, Stmt<'a>>),
    /// What was typed at a prompt.
    Interactive(List<'a, Stmt<'a>>),
    /// An expression for `eval`.
    Expression(&'a mut Expr<'a>),
}

/// `stmt`.
#[derive(Debug)]
pub struct Stmt<'a> {
    pub loc: Location,
    pub kind: StmtKind<'a>,
}

/// The kinds of `stmt`; `async` ones are flags.  Small, so that a tree takes little memory: what is large
/// has a box of its own.
#[derive(Debug)]
pub enum StmtKind<'a> {
    FunctionDef(&'a mut FunctionDef<'a>),
    ClassDef(&'a mut ClassDef<'a>),
    Return(Option<&'a mut Expr<'a>>),
    Delete(List<'a, Expr<'a>>),
    Assign(&'a mut Assign<'a>),
    TypeAlias(&'a mut TypeAlias<'a>),
    AugAssign(&'a mut AugAssign<'a>),
    AnnAssign(&'a mut AnnAssign<'a>),
    For(&'a mut For<'a>),
    While(&'a mut While<'a>),
    If(&'a mut If<'a>),
    With(&'a mut With<'a>),
    Match { subject: &'a mut Expr<'a>, cases: List<'a, MatchCase<'a>> },
    Raise { exc: Option<&'a mut Expr<'a>>, cause: Option<&'a mut Expr<'a>> },
    Try(&'a mut Try<'a>),
    Assert { test: &'a mut Expr<'a>, msg: Option<&'a mut Expr<'a>> },
    Import(List<'a, Alias<'a>>),
    ImportFrom(&'a mut ImportFrom<'a>),
    Global(List<'a, Name<'a>>),
    Nonlocal(List<'a, Name<'a>>),
    Expr(&'a mut Expr<'a>),
    Pass,
    Break,
    Continue,
}

/// `FunctionDef` and `AsyncFunctionDef`.
#[derive(Debug)]
pub struct FunctionDef<'a> {
    pub id: NodeId,
    pub is_async: bool,
    pub name: Name<'a>,
    pub args: Arguments<'a>,
    pub body: List<'a, Stmt<'a>>,
    pub decorator_list: List<'a, Expr<'a>>,
    pub returns: Option<&'a mut Expr<'a>>,
    pub type_comment: Option<&'a str>,
    pub type_params: List<'a, TypeParam<'a>>,
    /// Whether `preprocess` may have something to do in it, docstrings aside; most functions it can pass over.
    pub to_preprocess: bool,
}

/// `ClassDef`.
#[derive(Debug)]
pub struct ClassDef<'a> {
    pub id: NodeId,
    pub name: Name<'a>,
    pub bases: List<'a, Expr<'a>>,
    pub keywords: List<'a, Keyword<'a>>,
    pub body: List<'a, Stmt<'a>>,
    pub decorator_list: List<'a, Expr<'a>>,
    pub type_params: List<'a, TypeParam<'a>>,
}

/// `Assign`.
#[derive(Debug)]
pub struct Assign<'a> {
    /// Most often one.
    pub targets: List<'a, Expr<'a>>,
    pub value: Expr<'a>,
    pub type_comment: Option<&'a str>,
}

/// `AugAssign`.
#[derive(Debug)]
pub struct AugAssign<'a> {
    pub target: Expr<'a>,
    pub op: Operator,
    pub value: Expr<'a>,
}

/// `While`.
#[derive(Debug)]
pub struct While<'a> {
    pub test: Expr<'a>,
    pub body: List<'a, Stmt<'a>>,
    pub orelse: List<'a, Stmt<'a>>,
}

/// `If`.
#[derive(Debug)]
pub struct If<'a> {
    pub test: Expr<'a>,
    pub body: List<'a, Stmt<'a>>,
    pub orelse: List<'a, Stmt<'a>>,
}

/// `ImportFrom`.
#[derive(Debug)]
pub struct ImportFrom<'a> {
    pub module: Option<Name<'a>>,
    pub names: List<'a, Alias<'a>>,
    pub level: u32,
}

/// `TypeAlias`; its name is a `Name` node.
#[derive(Debug)]
pub struct TypeAlias<'a> {
    pub id: NodeId,
    pub target: Expr<'a>,
    pub name: Name<'a>,
    pub type_params: List<'a, TypeParam<'a>>,
    pub value: Expr<'a>,
}

/// `AnnAssign`.
#[derive(Debug)]
pub struct AnnAssign<'a> {
    pub target: Expr<'a>,
    pub annotation: Expr<'a>,
    pub value: Option<Expr<'a>>,
    pub simple: bool,
}

/// `For` and `AsyncFor`.
#[derive(Debug)]
pub struct For<'a> {
    pub is_async: bool,
    pub target: Expr<'a>,
    pub iter: Expr<'a>,
    pub body: List<'a, Stmt<'a>>,
    pub orelse: List<'a, Stmt<'a>>,
    pub type_comment: Option<&'a str>,
}

/// `With` and `AsyncWith`.
#[derive(Debug)]
pub struct With<'a> {
    pub is_async: bool,
    pub items: List<'a, WithItem<'a>>,
    pub body: List<'a, Stmt<'a>>,
    pub type_comment: Option<&'a str>,
}

/// `withitem`.
#[derive(Debug)]
pub struct WithItem<'a> {
    pub context_expr: Expr<'a>,
    pub optional_vars: Option<Expr<'a>>,
}

/// `Try` and `TryStar`.
#[derive(Debug)]
pub struct Try<'a> {
    pub is_star: bool,
    pub body: List<'a, Stmt<'a>>,
    pub handlers: List<'a, ExceptHandler<'a>>,
    pub orelse: List<'a, Stmt<'a>>,
    pub finalbody: List<'a, Stmt<'a>>,
}

/// `ExceptHandler`.
#[derive(Debug)]
pub struct ExceptHandler<'a> {
    pub loc: Location,
    pub type_: Option<Expr<'a>>,
    pub name: Option<Name<'a>>,
    pub body: List<'a, Stmt<'a>>,
}

/// `alias`.
#[derive(Debug)]
pub struct Alias<'a> {
    pub loc: Location,
    pub name: Name<'a>,
    pub asname: Option<Name<'a>>,
}

/// `arguments`, of a function or a lambda.
#[derive(Debug, Default)]
pub struct Arguments<'a> {
    pub posonlyargs: List<'a, Arg<'a>>,
    pub args: List<'a, Arg<'a>>,
    pub vararg: Option<Arg<'a>>,
    pub kwonlyargs: List<'a, Arg<'a>>,
    /// One for each of `kwonlyargs`.
    pub kw_defaults: List<'a, Option<Expr<'a>>>,
    pub kwarg: Option<Arg<'a>>,
    /// For the last positional parameters.
    pub defaults: List<'a, Expr<'a>>,
}

/// `arg`.
#[derive(Debug)]
#[allow(clippy::struct_field_names, reason = "the grammar's name")]
pub struct Arg<'a> {
    pub loc: Location,
    pub arg: Name<'a>,
    pub annotation: Option<&'a mut Expr<'a>>,
    pub type_comment: Option<&'a str>,
}

/// `keyword`.
#[derive(Debug)]
pub struct Keyword<'a> {
    pub loc: Location,
    pub arg: Option<Name<'a>>,
    pub value: Expr<'a>,
}

/// `comprehension`.
#[derive(Debug)]
pub struct Comprehension<'a> {
    pub target: Expr<'a>,
    pub iter: Expr<'a>,
    pub ifs: List<'a, Expr<'a>>,
    pub is_async: bool,
}

/// `type_param`.
#[derive(Debug)]
pub struct TypeParam<'a> {
    pub id: NodeId,
    pub loc: Location,
    pub name: Name<'a>,
    pub default_value: Option<Expr<'a>>,
    pub kind: TypeParamKind<'a>,
}

/// The kinds of `type_param`.
#[derive(Debug)]
pub enum TypeParamKind<'a> {
    TypeVar { bound: Option<Expr<'a>> },
    ParamSpec,
    TypeVarTuple,
}

/// `expr`.
#[derive(Debug)]
pub struct Expr<'a> {
    pub loc: Location,
    pub kind: ExprKind<'a>,
}

/// The kinds of `expr`; small, as those of statements are.
#[derive(Debug)]
pub enum ExprKind<'a> {
    BoolOp {
        op: BoolOp,
        values: List<'a, Expr<'a>>,
    },
    NamedExpr {
        target: &'a mut Expr<'a>,
        value: &'a mut Expr<'a>,
    },
    BinOp(&'a mut BinOp<'a>),
    UnaryOp {
        op: UnaryOp,
        operand: &'a mut Expr<'a>,
    },
    Lambda {
        id: NodeId,
        args: &'a mut Arguments<'a>,
        body: &'a mut Expr<'a>,
    },
    IfExp(&'a mut IfExp<'a>),
    Dict(&'a mut Dict<'a>),
    Set(List<'a, Expr<'a>>),
    Comp(&'a mut Comp<'a>),
    Await(&'a mut Expr<'a>),
    Yield(Option<&'a mut Expr<'a>>),
    YieldFrom(&'a mut Expr<'a>),
    Compare(&'a mut Compare<'a>),
    Call(&'a mut Call<'a>),
    FormattedValue {
        value: &'a mut Expr<'a>,
        conversion: Option<Conversion>,
        format_spec: Option<&'a mut Expr<'a>>,
    },
    JoinedStr(List<'a, Expr<'a>>),
    Interpolation(&'a mut Interpolation<'a>),
    TemplateStr(List<'a, Expr<'a>>),
    Constant {
        value: &'a Const,
        u_prefix: bool,
    },
    Attribute {
        value: &'a mut Expr<'a>,
        attr: Name<'a>,
        ctx: Context,
    },
    Subscript(&'a mut Subscript<'a>),
    Starred {
        value: &'a mut Expr<'a>,
        ctx: Context,
    },
    Name {
        id: Name<'a>,
        ctx: Context,
    },
    List {
        elts: List<'a, Expr<'a>>,
        ctx: Context,
    },
    Tuple {
        elts: List<'a, Expr<'a>>,
        ctx: Context,
    },
    Slice(&'a mut Slice<'a>),
}

/// `BinOp`.
#[derive(Debug)]
pub struct BinOp<'a> {
    pub left: Expr<'a>,
    pub op: Operator,
    pub right: Expr<'a>,
}

/// `IfExp`.
#[derive(Debug)]
pub struct IfExp<'a> {
    pub test: Expr<'a>,
    pub body: Expr<'a>,
    pub orelse: Expr<'a>,
}

/// `Dict`.
#[derive(Debug)]
pub struct Dict<'a> {
    /// One for each of `values`; none where that is a mapping to be unpacked.
    pub keys: List<'a, Option<Expr<'a>>>,
    pub values: List<'a, Expr<'a>>,
}

/// `Compare`.
#[derive(Debug)]
pub struct Compare<'a> {
    pub left: Expr<'a>,
    /// One for each of `comparators`, most often one.
    pub ops: List<'a, CmpOp>,
    pub comparators: List<'a, Expr<'a>>,
}

/// `Subscript`.
#[derive(Debug)]
pub struct Subscript<'a> {
    pub value: Expr<'a>,
    pub slice: Expr<'a>,
    pub ctx: Context,
}

/// `Slice`.
#[derive(Debug)]
pub struct Slice<'a> {
    pub lower: Option<Expr<'a>>,
    pub upper: Option<Expr<'a>>,
    pub step: Option<Expr<'a>>,
}

/// `ListComp`, `SetComp`, `DictComp` and `GeneratorExp`.
#[derive(Debug)]
pub struct Comp<'a> {
    pub id: NodeId,
    pub kind: CompKind,
    /// The element, or a dict's key.
    pub elt: Expr<'a>,
    /// A dict's value.
    pub value: Option<Expr<'a>>,
    pub generators: List<'a, Comprehension<'a>>,
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
#[derive(Debug)]
pub struct Call<'a> {
    pub func: Expr<'a>,
    pub args: List<'a, Expr<'a>>,
    pub keywords: List<'a, Keyword<'a>>,
}

/// `Interpolation`, of a template string.
#[derive(Debug)]
pub struct Interpolation<'a> {
    pub value: Expr<'a>,
    /// The expression's source text.
    pub str: &'a str,
    pub conversion: Option<Conversion>,
    pub format_spec: Option<Expr<'a>>,
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
#[derive(Debug)]
pub struct MatchCase<'a> {
    pub pattern: Pattern<'a>,
    pub guard: Option<Expr<'a>>,
    pub body: List<'a, Stmt<'a>>,
}

/// `pattern`.
#[derive(Debug)]
pub struct Pattern<'a> {
    pub loc: Location,
    pub kind: PatternKind<'a>,
}

/// The kinds of `pattern`.
#[derive(Debug)]
#[allow(clippy::enum_variant_names, reason = "the grammar's names")]
pub enum PatternKind<'a> {
    MatchValue(Expr<'a>),
    /// `None`, `True` or `False`.
    MatchSingleton(&'a Const),
    MatchSequence(List<'a, Pattern<'a>>),
    MatchMapping {
        keys: List<'a, Expr<'a>>,
        patterns: List<'a, Pattern<'a>>,
        rest: Option<Name<'a>>,
    },
    MatchClass {
        cls: Expr<'a>,
        patterns: List<'a, Pattern<'a>>,
        kwd_attrs: List<'a, Name<'a>>,
        kwd_patterns: List<'a, Pattern<'a>>,
    },
    MatchStar(Option<Name<'a>>),
    MatchAs {
        pattern: Option<&'a mut Pattern<'a>>,
        name: Option<Name<'a>>,
    },
    MatchOr(List<'a, Pattern<'a>>),
}

impl Pattern<'_> {
    /// `_`: matches anything and binds nothing.
    pub fn is_wildcard(&self) -> bool {
        matches!(self.kind, PatternKind::MatchAs { pattern: None, name: None })
    }

    /// `*_`.
    pub fn is_star_wildcard(&self) -> bool {
        matches!(self.kind, PatternKind::MatchStar(None))
    }
}

impl<'a> Expr<'a> {
    /// Whether no node is inside it, so that a walk over it takes no more stack.
    pub fn is_leaf(&self) -> bool {
        matches!(self.kind, ExprKind::Name { .. } | ExprKind::Constant { .. })
    }

    /// A constant at a place.
    pub fn constant(value: &'a Const, loc: Location) -> Self {
        Self { loc, kind: ExprKind::Constant { value, u_prefix: false } }
    }

    /// Whether it is a `Constant` node.
    pub fn is_constant(&self) -> bool {
        matches!(self.kind, ExprKind::Constant { .. })
    }

    /// The value of a `Constant` node.
    pub fn as_constant(&self) -> Option<&'a Const> {
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
pub fn docstring<'a>(body: &[Stmt<'a>]) -> Option<(&'a Text, Location)> {
    let StmtKind::Expr(value) = &body.first()?.kind else { return None };
    match &value.kind {
        ExprKind::Constant { value: Const::Str(text), .. } => Some((text, value.loc)),
        _ => None,
    }
}
