//! `compile()`, `exec()` and `eval()`: a source is compiled outside, and its code runs in a frame of its own.

use std::rc::Rc;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::ask::{Answer, Ask, Source, TreeSource, TreeWanted};
use crate::machine::frame::{Entry, Flow};
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::value::{Handle, Value};

/// What becomes of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    /// `compile()`: it is the result.
    Keep,
    /// `exec()`: it runs, and the result is None.
    Exec,
    /// `eval()`: it runs, and its value is the result.
    Eval,
}

impl Use {
    const fn name(self) -> &'static str {
        match self {
            Self::Keep => "compile",
            Self::Exec => "exec",
            Self::Eval => "eval",
        }
    }
}

#[derive(Clone, Debug, Hash)]
enum Phase {
    /// The source is to be compiled.
    Source(Rc<Source>),
    /// It is being compiled.
    Compiling,
    /// A tree that the program has made is to be compiled, or looked through.
    Nodes(Rc<TreeSource>),
    /// The tree of a source is to be made.
    Tree(Rc<TreeWanted>),
    /// It is being made.
    Parsing(Rc<str>),
    /// The tree is there, and what the parser warns of is being told.
    Parsed(Value),
    /// The code is there, and what the compiler warns of is being told.
    Warned(Handle),
    /// The code is about to run, or runs.
    Code(Handle),
}

/// Where code runs: its globals and its locals.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Scope {
    /// The globals: a dict.
    pub globals: Handle,
    /// The locals: any mapping.
    pub locals: Value,
}

/// Compiles a source, or takes a code object, and runs it.
#[derive(Clone, Debug, Hash)]
pub struct Execute {
    used: Use,
    /// Where the code runs; nowhere for `compile()`.
    scope: Option<Scope>,
    /// The cells of a code object's free variables: a tuple.
    closure: Option<Value>,
    phase: Phase,
}

impl Execute {
    /// `compile(source)`.
    pub fn keep(source: Source) -> Self {
        Self { used: Use::Keep, scope: None, closure: None, phase: Phase::Source(Rc::new(source)) }
    }

    /// `compile(tree)`.
    pub fn tree(source: TreeSource) -> Self {
        Self { used: Use::Keep, scope: None, closure: None, phase: Phase::Nodes(Rc::new(source)) }
    }

    /// `compile(source)` where the tree is the result.
    pub fn parse(wanted: TreeWanted) -> Self {
        Self { used: Use::Keep, scope: None, closure: None, phase: Phase::Tree(Rc::new(wanted)) }
    }

    /// Compiles a source and runs it.
    pub fn source(used: Use, source: Source, scope: Scope) -> Self {
        Self { used, scope: Some(scope), closure: None, phase: Phase::Source(Rc::new(source)) }
    }

    /// Runs a code object.
    pub const fn code(used: Use, code: Handle, scope: Scope, closure: Option<Value>) -> Self {
        Self { used, scope: Some(scope), closure, phase: Phase::Code(code) }
    }

    /// Goes on once what the compiler warns of has been told.
    fn when_warned(self, machine: &mut Machine, warned: Flow) -> Advance {
        match warned {
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
            Flow::Value(value) => self.advance(machine, Input::Value(value)),
        }
    }

    fn run(mut self, machine: &mut Machine, code: Handle) -> Advance {
        let Some(scope) = self.scope else { return Ok(Progress::Done(Value::object(code))) };
        let frame = machine.code_frame(code, scope, self.closure)?;
        self.phase = Phase::Code(code);
        Ok(Progress::Wait(self.into(), Entry::one(frame)))
    }
}

impl NativeTask for Execute {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        match (self.phase.clone(), input) {
            (Phase::Code(_), Input::Value(value)) => {
                Ok(Progress::Done(if self.used == Use::Eval { value } else { Value::NONE }))
            }
            (Phase::Code(code) | Phase::Warned(code), _) => self.run(machine, code),
            (Phase::Source(source), _) => {
                let entry = machine.ask(Ask::Compile(source));
                self.phase = Phase::Compiling;
                Ok(Progress::Wait(self.into(), entry))
            }
            (Phase::Nodes(source), _) => {
                let entry = if source.purpose.wants_tree {
                    self.phase = Phase::Parsing(Rc::clone(&source.purpose.filename));
                    machine.ask(Ask::CheckTree(source))
                } else {
                    self.phase = Phase::Compiling;
                    machine.ask(Ask::CompileTree(source))
                };
                Ok(Progress::Wait(self.into(), entry))
            }
            (Phase::Tree(wanted), _) => {
                let entry = machine.ask(Ask::Parse(Rc::clone(&wanted)));
                self.phase = Phase::Parsing(Rc::clone(&wanted.filename));
                Ok(Progress::Wait(self.into(), entry))
            }
            (Phase::Parsing(filename), _) => {
                let answer = machine.take_answer();
                let tree = machine.parsed_tree(&answer)?;
                let Answer::Parsed(Ok(parsed)) = &*answer else { panic!("the tree is there") };
                self.phase = Phase::Parsed(tree);
                let warned = machine.warn_of_source(&filename, &parsed.warnings)?;
                self.when_warned(machine, warned)
            }
            (Phase::Parsed(tree), _) => Ok(Progress::Done(tree)),
            (Phase::Compiling, _) => {
                let answer = machine.take_answer();
                let code = machine.compiled_code(&answer)?;
                let Answer::Compiled(Ok(compiled)) = &*answer else { panic!("the code is there") };
                self.phase = Phase::Warned(code);
                let warned = machine.warn_of_source(&compiled.code.filename, &compiled.warnings)?;
                self.when_warned(machine, warned)
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        if let Some(scope) = self.scope {
            visit(Value::object(scope.globals));
            visit(scope.locals);
        }
        self.closure.into_iter().for_each(&mut *visit);
        if let Phase::Parsed(tree) = self.phase {
            visit(tree);
        }
        if let Phase::Code(code) | Phase::Warned(code) = self.phase {
            visit(Value::object(code));
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let name = self.used.name();
        match &self.phase {
            Phase::Source(source) => format!("{name}: compiling {}", source.filename),
            Phase::Nodes(source) => format!("{name}: compiling {}", source.purpose.filename),
            Phase::Compiling | Phase::Warned(_) => format!("{name}: compiling"),
            Phase::Parsed(_) => format!("{name}: telling what the parser warns of"),
            Phase::Tree(wanted) => format!("{name}: parsing {}", wanted.filename),
            Phase::Parsing(filename) => format!("{name}: parsing {filename}"),
            Phase::Code(code) => match heap.payload(*code) {
                Payload::Code(code) => format!("{name}: running {}", code.code.filename),
                _ => format!("{name}: running"),
            },
        }
    }
}
