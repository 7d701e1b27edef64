//! What a program asks of the outside, and what it is answered, as plain data.
//!
//! The machine never reads, compiles or writes anything itself.  A task that needs to leaves an [`Ask`]
//! and waits; whoever runs the machine answers it, and may answer a replay with what it said before.

use std::rc::Rc;

use super::system::{Call, LocalTime, Reply};
use super::text::Str;
use crate::ast::Tree;
use crate::code::CodeObject;

/// A question to the outside.  The machine does not go on before [`Machine::answer`](super::Machine::answer).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ask {
    /// A line of standard input, for `input()` and `sys.stdin`; answered by [`Answer::Line`].
    Line,
    /// A source to compile, for `compile()`, `exec()` and `eval()`; answered by [`Answer::Compiled`].
    Compile(Rc<Source>),
    /// A source whose tree is wanted, for `compile()` with `PyCF_ONLY_AST`; answered by [`Answer::Parsed`].
    Parse(Rc<TreeWanted>),
    /// A tree to compile, for `compile()` of nodes; answered by [`Answer::Compiled`].
    CompileTree(Rc<TreeSource>),
    /// A tree to look through and perhaps to optimize, for `compile()` of nodes to nodes; answered by
    /// [`Answer::Parsed`].
    CheckTree(Rc<TreeSource>),
    /// The tokens of some lines, for `tokenize`; answered by [`Answer::Tokens`].
    Tokens(Rc<TokensWanted>),
    /// The symbol table of a source, for `symtable`; answered by [`Answer::Symbols`].
    Symbols(Rc<Source>),
    /// A module to find and load, for `import`; answered by [`Answer::Module`].
    Module(Rc<ModuleWanted>),
    /// A call of the operating system; answered by [`Answer::System`].
    System(Rc<Call>),
}

/// The answer to a question.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The line with its newline; empty at the end.
    Line(Vec<u8>),
    /// The code, or why there is none.
    Compiled(Result<Compiled, Refused>),
    /// The tree, or why there is none.
    Parsed(Result<Parsed, Refused>),
    /// The tokens, and what comes behind them.
    Tokens(TokensFound),
    /// The symbol table, or why there is none.
    Symbols(Result<SymbolTable, Refused>),
    /// The module, or that there is none.
    Module(FoundModule),
    /// What the operating system replied, or that the call failed.
    System(Result<Reply, OsFailure>),
}

impl Answer {
    /// Of a module: its file, and where its code came from and why, in a line for the user.
    pub fn loaded_from(&self) -> Option<String> {
        let Self::Module(FoundModule::File(file)) = self else { return None };
        file.notice.as_ref().map(|notice| format!("{}: {notice}", file.origin.to_string_lossy()))
    }
}

impl Ask {
    /// The answer of an outside that has nothing to offer: no input, no compiler, no files.
    pub fn nothing(&self) -> Answer {
        match self {
            Self::Line => Answer::Line(Vec::new()),
            Self::Compile(_) | Self::CompileTree(_) => Answer::Compiled(Err(no_compiler())),
            Self::Parse(_) | Self::CheckTree(_) => Answer::Parsed(Err(no_compiler())),
            Self::Tokens(_) => {
                let behind = TokensBehind::Wrong(Rc::new(no_compiler()));
                Answer::Tokens(TokensFound { tokens: Rc::default(), behind })
            }
            Self::Symbols(_) => Answer::Symbols(Err(no_compiler())),
            Self::Module(_) => Answer::Module(FoundModule::Nothing),
            Self::System(call) => match &**call {
                // Who knows nothing of time zones has the one of Greenwich.
                Call::LocalTime(_, Some(seconds)) | Call::FindTime(_, seconds, _) => {
                    Answer::System(Ok(Reply::Local(LocalTime::utc(*seconds))))
                }
                Call::Seasons(_) => {
                    Answer::System(Ok(Reply::Seasons(Box::new([LocalTime::utc(0), LocalTime::utc(0)]))))
                }
                _ => not_permitted(),
            },
        }
    }
}

fn no_compiler() -> Refused {
    let message = "there is no compiler here".to_owned();
    Refused { kind: RefusedKind::System, message, place: None }
}

fn not_permitted() -> Answer {
    const NOT_PERMITTED: i32 = 1;
    let text = "Operation not permitted".to_owned();
    Answer::System(Err(OsFailure { errno: NOT_PERMITTED, text, filename: None }))
}

/// What a source is compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Statements.
    Exec,
    /// An expression.
    Eval,
    /// One statement at a prompt.
    Single,
}

/// The text of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SourceText {
    /// A str; a coding cookie in it means nothing.
    Text(Rc<str>),
    /// Bytes, whose encoding they say themselves.
    Bytes(Rc<[u8]>),
}

/// A source to compile.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// Its text.
    pub text: SourceText,
    /// Its name, which becomes `co_filename`.
    pub filename: Rc<str>,
    /// What it is compiled as.
    pub form: Form,
    /// Features from `__future__` that are on already, as bits of `co_flags`.
    pub features: u32,
    /// 0, 1 or 2, as the option `-O` given so often.
    pub optimize: u8,
    /// Whether its rest may still come: to end too early is an error of its own (`PyCF_ALLOW_INCOMPLETE_INPUT`).
    pub is_beginning: bool,
    /// Whether a block at the end of a statement at a prompt ends only with a line end (`PyCF_DONT_IMPLY_DEDENT`).
    pub needs_line_end: bool,
    /// How many digits a decimal literal may have; 0 for any number.
    pub digit_limit: usize,
}

/// What a tree is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TreeForm {
    /// What can be compiled too.
    Code(Form),
    /// A type comment of a function, `(int, str) -> bool`.
    FunctionType,
}

/// A source whose tree is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TreeWanted {
    /// Its text.
    pub text: SourceText,
    /// Its name.
    pub filename: Rc<str>,
    /// What it is.
    pub form: TreeForm,
    /// The optimizations that CPython makes on the tree, 0 to 2; `None` for the tree as it was written.
    pub optimize: Option<u8>,
    /// Whether comments that begin with `type:` are part of the tree.
    pub type_comments: bool,
    /// N: what Python 3.N does not know is refused; `None` for the newest.
    pub feature_version: Option<u8>,
    /// How many digits a decimal literal may have; 0 for any number.
    pub digit_limit: usize,
}

/// A tree that a program has made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TreeSource {
    /// The tree, whose fields hold what their classes say.
    pub tree: Tree,
    /// What becomes of it.
    pub purpose: TreePurpose,
}

/// What becomes of a tree that a program has made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TreePurpose {
    /// Its name, which becomes `co_filename`.
    pub filename: Rc<str>,
    /// What its root is for.
    pub form: TreeForm,
    /// Features from `__future__` that are on already, as bits of `co_flags`.
    pub features: u32,
    /// 0, 1 or 2, as the option `-O` given so often; `None` for a tree that stays as it is.
    pub optimize: Option<u8>,
    /// Whether a tree is wanted, no code.
    pub wants_tree: bool,
}

/// What stands open where a line of a source begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenState {
    /// The number of the line, from 1.
    pub line: u32,
    /// The columns at which the open blocks stand, with tabs of eight and of one.
    pub indents: Vec<(usize, usize)>,
    /// The open brackets: the character, its line, and the bytes before it.
    pub brackets: Vec<(char, u32, u32)>,
}

impl Default for TokenState {
    /// The first line.
    fn default() -> Self {
        Self { line: 1, indents: vec![(0, 0)], brackets: Vec::new() }
    }
}

/// Lines of a source whose tokens are wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokensWanted {
    /// The lines, with their ends.
    pub lines: Rc<[Rc<str>]>,
    /// What stands open where the first begins.
    pub state: TokenState,
    /// Whether no line follows.
    pub ended: bool,
}

/// The symbol table of a source.
#[derive(Clone, Debug)]
pub struct SymbolTable {
    /// Its scopes, the module's first.
    pub scopes: Rc<[SymbolScope]>,
    /// What the parser warns of.
    pub warnings: Rc<[CompileWarning]>,
}

/// A scope of a symbol table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolScope {
    /// Its name; `top` for the module.
    pub name: Rc<str>,
    /// What it belongs to, as CPython numbers it.
    pub kind: u8,
    /// The line it starts at; 0 for the module.
    pub line: u32,
    /// Whether there is a function around it.
    pub nested: bool,
    /// The parameters, in order.
    pub parameters: Vec<Rc<str>>,
    /// Its names, with how they are used and what they are bound to in CPython's bits.
    pub symbols: Vec<(Rc<str>, u32)>,
    /// The scopes directly inside it, by their places.
    pub children: Vec<usize>,
}

/// The tokens of some lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokensFound {
    /// The tokens.
    pub tokens: Rc<[FoundToken]>,
    /// What comes behind them.
    pub behind: TokensBehind,
}

/// What comes behind the tokens of some lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TokensBehind {
    /// Another line, that begins with this open.
    Line(TokenState),
    /// Another line, to be read again with these: they end within a token.
    More,
    /// Nothing.
    End,
    /// What is no token.
    Wrong(Rc<Refused>),
}

/// A token, as `tokenize` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoundToken {
    /// What it is, as the module `token` numbers it.
    pub kind: u8,
    /// Its text.
    pub text: Rc<str>,
    /// Where it begins: the line, from 1, and the characters before it on the line.
    pub from: (u32, u32),
    /// Where it ends, likewise.
    pub to: (u32, u32),
    /// The lines on which it stands.
    pub line: Rc<str>,
}

/// What parsing gave.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree.
    pub tree: Rc<Tree>,
    /// What is to be warned of.
    pub warnings: Rc<[CompileWarning]>,
}

/// What compiling gave.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The code of the whole.
    pub code: Rc<CodeObject>,
    /// The text, decoded, with `\n` as its only line end.
    pub text: Rc<str>,
    /// The text that the file of that name has, where there is one: tracebacks show its lines.
    pub file_text: Option<Rc<str>>,
    /// What the compiler warns of.
    pub warnings: Rc<[CompileWarning]>,
}

/// A `SyntaxWarning`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CompileWarning {
    /// The line it is about, from 1.
    pub line: u32,
    /// What it says.
    pub message: String,
    /// What it becomes where a filter makes it an error; None where that is not known.
    pub as_error: Option<Refused>,
}

/// Which exception a source that cannot be compiled becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusedKind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
    /// `_IncompleteInputError`.
    Incomplete,
    /// `RecursionError`.
    Recursion,
    /// `SystemError`.
    System,
    /// `OverflowError`.
    Overflow,
    /// `ValueError`.
    Value,
    /// `TypeError`.
    Type,
}

/// Why a source was not compiled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Refused {
    /// The exception.
    pub kind: RefusedKind,
    /// Its message.
    pub message: String,
    /// Where it is wrong; `None` where CPython names no place.
    pub place: Option<Box<Place>>,
}

/// The place a SyntaxError complains of, as its attributes name it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// `filename`.
    pub filename: Option<Str>,
    /// `lineno`.
    pub line: u32,
    /// `offset`.
    pub column: i64,
    /// `text`.
    pub text: Option<Str>,
    /// `end_lineno` and `end_offset`.
    pub end: Option<(u32, i64)>,
    /// Whether the place stands in `args` too, as the parser and the code generator of CPython put it
    /// there, and its symbol table does not.
    pub in_args: bool,
    /// Whether the end stands there too where there is none, as None.
    pub has_no_end: bool,
    /// The source as the parser of CPython read it, which it keeps in the attribute `_metadata`.
    pub metadata: Option<Rc<str>>,
}

/// A module that is imported.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ModuleWanted {
    /// The last part of its name.
    pub child: Rc<str>,
    /// Where to look: `sys.path`, or the `__path__` of the package it is in.
    pub path: Vec<Str>,
    /// Where CPython carries it frozen: it is looked for where CPython's own library lies first, whatever else
    /// has that name.
    pub frozen: Option<FrozenWanted>,
    /// `sys.dont_write_bytecode`.
    pub keeps_nothing: bool,
}

/// A module that CPython carries frozen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FrozenWanted {
    /// Its whole name.
    pub name: Rc<str>,
    /// `sys.path`, which may lead to CPython's library.
    pub path: Vec<Str>,
}

/// What was found of a module.
#[derive(Clone, Debug)]
pub enum FoundModule {
    /// Nothing.
    Nothing,
    /// Folders without `__init__`: a namespace package.
    Namespace(Vec<Str>),
    /// A file with machine code, which this interpreter cannot run.
    Extension(Str),
    /// A file, and what is in it.
    File(Box<ModuleFile>),
}

/// The file of a module.
#[derive(Clone, Debug)]
pub struct ModuleFile {
    /// `__file__`.
    pub origin: Str,
    /// `__cached__`: where its compiled file is kept, were it there or not.
    pub cached: Option<Str>,
    /// The folder of a package.
    pub package: Option<Str>,
    /// Whether it is a source, not a compiled file without one.
    pub is_source: bool,
    /// The name of a module that CPython carries frozen, so that its code does not name this file.
    pub frozen: Option<Rc<str>>,
    /// Where its code came from, its source or a compiled file, and why: for the user, in a few words.
    pub notice: Option<Rc<str>>,
    /// What is in it.
    pub loaded: Loaded,
}

impl ModuleFile {
    /// Whether `filename` is what the code of the module has as its `co_filename`.
    pub fn is_named(&self, filename: &str) -> bool {
        match &self.frozen {
            Some(name) => frozen_file(name) == filename,
            None => self.origin.to_string_lossy() == filename,
        }
    }
}

/// `co_filename` in the code of a module that CPython carries frozen.
pub fn frozen_file(name: &str) -> String {
    format!("<frozen {name}>")
}

/// What is in the file of a module.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// Code.
    Code(Compiled),
    /// A source that cannot be compiled.
    Refused(Refused),
    /// It cannot be read.
    Failed(OsFailure),
    /// A compiled file that holds no code; the words say so.
    Damaged(String),
}

/// What the operating system says of a call that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OsFailure {
    /// `errno`.
    pub errno: i32,
    /// `strerror`.
    pub text: String,
    /// `filename`.
    pub filename: Option<Str>,
}
