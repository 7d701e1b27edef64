//! Code generation: CPython's tree to one instruction sequence per code unit.
//!
//! A nested function or class is generated and assembled where it is met, because its code object
//! is a constant of the unit around it.  The order of instructions, and the location each one gets,
//! are CPython's: the passes behind this one and every traceback depend on both.

mod annotations;
mod assign;
mod call;
mod class;
mod comprehension;
mod emit;
mod expr;
mod fblock;
mod fstring;
mod function;
mod import;
mod jump;
mod loop_;
mod name;
mod pattern;
mod stmt;
mod super_;
mod suspect;
mod try_;
mod type_params;
mod unit_state;
mod with;

use std::rc::Rc;

use super::KeptUnit;
use super::assemble::Assembler;
use super::error::{CompileError, Warning};
use super::future::Future;
use super::lines;
use super::names::Names;
use super::sequence::Location;
use super::symtable::{Entry, Symtable};
use super::tree::{Expr, Mod, Name, NodeId, Stmt};
use crate::code::{CodeObject, Opcode};
use crate::text::LineIndex;
use emit::Metadata;
use unit_state::{CodeUnit, Collections, ScopeType};

/// How deeply `for`, `while`, `try` and `with` may be nested in one code unit.
const MAX_BLOCKS: usize = 21;
/// How deeply functions and classes may be nested; each spells out its whole qualified name.
const MAX_SCOPES: usize = 2_500;

/// What all of a compilation has in common.
#[derive(Clone, Copy)]
pub struct Context<'s, 't> {
    /// `co_filename`.
    pub filename: &'s Rc<str>,
    /// The lines of the source, for errors.
    pub lines: &'s LineIndex,
    /// One copy of each name.
    pub names: &'s Names<'t>,
    /// Features from `__future__`.
    pub future: &'s Future,
    /// 0, 1 (`-O`) or 2 (`-OO`).
    pub optimize: u8,
    /// Whether to keep every unit as it was before it was assembled.
    pub keep: bool,
}

/// What code generation makes of a program.
pub struct Generated {
    /// The code object of the whole.
    pub code: Rc<CodeObject>,
    /// The units as they were before they were assembled, innermost first, if they were to be kept.
    pub units: Vec<KeptUnit>,
    /// What is hardly meant.
    pub warnings: Vec<Warning>,
}

/// Generates and assembles the code of a program.
pub fn generate<'t>(
    root: &'t Mod<'t>,
    table: Symtable<'t>,
    context: Context<'_, 't>,
) -> Result<Generated, CompileError> {
    let mut codegen = Codegen {
        table,
        context,
        interactive: false,
        units: Vec::new(),
        spare: Vec::new(),
        assembler: Assembler::default(),
        kept: Vec::new(),
        warnings: Vec::new(),
    };
    match codegen.module(root) {
        Ok(code) => Ok(Generated { code, units: codegen.kept, warnings: codegen.warnings }),
        Err(error) => Err(error.after(codegen.warnings)),
    }
}

struct Codegen<'s, 't> {
    /// Changed while an inlined comprehension is written, and put back behind it.
    table: Symtable<'t>,
    context: Context<'s, 't>,
    interactive: bool,
    /// The code units that are open, innermost last.
    units: Vec<CodeUnit<'t>>,
    /// Of units that are done.
    spare: Vec<Collections<'t>>,
    assembler: Assembler,
    kept: Vec<KeptUnit>,
    warnings: Vec<Warning>,
}

type Done = Result<(), CompileError>;

impl<'t> Codegen<'_, 't> {
    fn module(&mut self, root: &'t Mod<'t>) -> Result<Rc<CodeObject>, CompileError> {
        self.enter_scope(
            self.context.names.get("<module>"),
            ScopeType::Module,
            NodeId::MODULE,
            1,
            None,
            Metadata::default(),
        )?;
        match root {
            Mod::Module(body) => self.module_body(body, false)?,
            Mod::Interactive(body) => {
                self.interactive = true;
                self.module_body(body, true)?;
            }
            Mod::Expression(expr) => self.expr(expr)?,
        }
        let add_none = !matches!(root, Mod::Expression(_));
        self.assemble(add_none)
    }

    fn module_body(&mut self, body: &'t [Stmt<'t>], is_interactive: bool) -> Done {
        let start = Location { line: 1, end_line: 1, column: 0, end_column: 0 };
        let loc = body.first().map_or(start, |stmt| stmt.loc);
        if self.entry().has_conditional_annotations {
            self.op_i(loc, Opcode::BUILD_SET, 0);
            self.op_name_raw(loc, Opcode::STORE_NAME, "__conditional_annotations__");
        }
        self.body(loc, body, is_interactive)
    }

    /// The unit that is being written.
    fn unit(&mut self) -> &mut CodeUnit<'t> {
        self.units.last_mut().expect("a unit is open for as long as code is generated")
    }

    fn unit_ref(&self) -> &CodeUnit<'t> {
        self.units.last().expect("a unit is open for as long as code is generated")
    }

    /// The scope that is being written.
    fn entry(&self) -> &Entry<'t> {
        &self.table[self.unit_ref().entry]
    }

    #[cold]
    fn error<T>(&self, message: impl Into<String>, loc: Location) -> Result<T, CompileError> {
        Err(CompileError::syntax(message, lines::range(self.context.lines, loc)))
    }

    fn maybe_mangle(&self, name: &Name<'t>) -> Name<'t> {
        self.entry().maybe_mangle(self.unit_ref().private, *name, self.context.names)
    }

    fn exprs(&mut self, exprs: &'t [Expr<'t>]) -> Done {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }
}
