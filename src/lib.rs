//! wordcode shows how CPython 3.14 runs a program, one two-byte instruction at a time.
//!
//! The modules, in the order in which a program passes through them; imports run one way, down
//! this list, and `tests/layering.rs` holds that:
//!
//! - [`text`]: source files, line index, spans.
//! - [`code`]: what a code object is: opcode table, code object, its tables, marshal, disassembly.
//! - [`ast`]: the classes of syntax tree nodes, and trees of them as plain data.
//! - [`compile`]: syntax tree to code object, one file per pass.
//! - [`cache`]: source file to code object by way of `__pycache__`.
//! - [`machine`]: code object to state; `step()` is one transition.
//! - [`outside`]: what answers the questions of a running program: compiler, files, standard input.
//! - [`timeline`]: state to history; step back, go to, reverse.
//! - [`view`]: history to rows of plain data, one file per pane.
//! - [`record`]: rows to JSON and text.
//! - [`tui`]: rows to screen.
//!
//! Beside them stands [`scratch`], the memory of a compilation.
//!
//! `machine` never imports `compile`: what it needs of the outside it asks for, and the answer comes
//! back through a log.  `view` never imports a terminal library.

pub mod ast;
pub mod cache;
pub mod code;
pub mod compile;
pub mod machine;
pub mod outside;
pub mod record;
pub mod scratch;
pub mod text;
pub mod timeline;
pub mod tui;
pub mod view;
