//! `marshal`: values as compiled files have them.

mod graph;
mod load;
mod make;

pub use load::MarshalLoad;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::Style;
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::Value;
use super::native::{Constant, NativeModule};
use super::sys::references_of_call;
use crate::code::marshal::{Missing, Problem, Progress, Reader, Unwritable, VERSION, write_graph};
use load::Load;
use make::Objects;

/// `marshal`.
pub static MODULE: NativeModule =
    NativeModule {
        functions: &[&[
            NativeDef::function(
                "dump",
                Params::Named { names: &["", "", "", "allow_code"], required: 2, positional: 3 },
                |m, args| {
                    m.with_indices("dump", args, &[2], Style::Plain, |m, args| {
                        m.with_indices("dump", args, &[3], Style::Truth, dump)
                    })
                },
            ),
            NativeDef::function(
                "dumps",
                Params::Named { names: &["", "", "allow_code"], required: 1, positional: 2 },
                |m, args| {
                    m.with_indices("dumps", args, &[1], Style::Plain, |m, args| {
                        m.with_indices("dumps", args, &[2], Style::Truth, |m, args| {
                            Ok(dumped(m, args, 1)?.into())
                        })
                    })
                },
            ),
            NativeDef::function(
                "load",
                Params::Named { names: &["", "allow_code"], required: 1, positional: 1 },
                |m, args| {
                    m.with_indices("load", args, &[1], Style::Truth, |m, args| {
                        let load = Load::new(args.at(0), allows_code(args, 1));
                        m.begin(MarshalLoad::new(load))
                    })
                },
            ),
            NativeDef::function(
                "loads",
                Params::Named { names: &["", "allow_code"], required: 1, positional: 1 },
                |m, args| {
                    m.with_indices("loads", args, &[1], Style::Truth, |m, args| {
                        m.with_buffers("loads", args, &[0], loads)
                    })
                },
            ),
        ]],
        constants: &[("version", Constant::Int(VERSION as i64))],
        ..NativeModule::new("marshal", "Values as compiled files have them.")
    };

/// Whether code may be among the values, as the argument at `index` says.
fn allows_code(args: &Args, index: usize) -> bool {
    args.get(index).is_none_or(|allows| allows == Value::TRUE)
}

/// The bytes of the value that is argument 0, in the version at `index`.
fn dumped(m: &mut Machine, args: &Args, index: usize) -> Result<Value, Raise> {
    let version = match args.get(index) {
        Some(version) => m.c_int(version)?,
        None => VERSION,
    };
    let more = references_of_call(m, args.at(0));
    let mut graph = graph::MachineGraph::new(m, args.at(0), more);
    let root = graph.root();
    match write_graph(&mut graph, root, false, version, allows_code(args, index + 1)) {
        Ok(bytes) => Ok(m.heap.bytes(&bytes)),
        Err(Unwritable::TooLarge) => Err(m.out_of_memory()),
        Err(problem) => Err(m.value_error(problem.to_string())),
    }
}

fn dump(m: &mut Machine, args: &Args) -> Eval {
    let version = args.without(1);
    let bytes = dumped(m, &version, 1)?;
    m.call_attr(args.at(1), names::WRITE, vec![bytes])
}

fn loads(m: &mut Machine, args: &Args) -> Eval {
    let bytes = m.bytes_argument(args.at(0))?;
    let mut reader = Reader::new(allows_code(args, 1));
    let mut at = 0;
    let mut objects = Objects::new(m);
    match reader.advance(&mut objects, &bytes, &mut at)? {
        Progress::Value(value) => Ok(value.into()),
        Progress::Wants(_, missing) => Err(m.raise(
            types::EOF_ERROR,
            match missing {
                Missing::Value => "EOF read where object expected",
                Missing::Length => "EOF read where not expected",
                Missing::Content => "marshal data too short",
            },
        )),
    }
}

impl Machine {
    /// The exception for what is wrong with marshalled bytes.
    #[cold]
    fn bad_marshal(&mut self, problem: Problem) -> Raise {
        let what = match problem {
            Problem::NoValue => return self.raise(types::EOF_ERROR, "EOF read where object expected"),
            Problem::Short => return self.raise(types::EOF_ERROR, "marshal data too short"),
            Problem::Null(what) => {
                return self.type_error(format!("NULL object in marshal data for {what}"));
            }
            Problem::TooDeep => return self.value_error("recursion limit exceeded"),
            Problem::CodeNotAllowed => {
                return self.value_error("unmarshalling code objects is disallowed");
            }
            Problem::UnknownType => "unknown type code".to_owned(),
            Problem::Size(of) => format!("{of} size out of range"),
            Problem::Unnormalized => "unnormalized long data".to_owned(),
            Problem::Digit => "digit out of range in long".to_owned(),
            Problem::Reference => "invalid reference".to_owned(),
            Problem::Unfit(words) => words.to_owned(),
        };
        self.value_error(format!("bad marshal data ({what})"))
    }
}
