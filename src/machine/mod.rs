//! Code object to state: the machine is a value, and `step()` is one transition of it.
//!
//! Nothing of the program lives on Rust's own stack between two steps, nothing in here reads a clock,
//! a random source or a file, and a clone of a machine goes on exactly as the original would.

mod access;
pub mod args;
pub mod ask;
pub mod buffer;
mod call;
mod class;
mod finish;
pub mod format;
pub mod frame;
mod frame_object;
pub mod hash;
pub mod heap;
mod load;
pub mod loaded;
pub mod log;
mod modules;
pub mod mro;
pub mod names;
pub mod native;
pub mod number;
pub mod object;
mod ops;
pub mod output;
mod protocol;
pub mod raise;
pub mod range;
mod setup;
pub mod slicing;
pub mod sort;
pub mod specialize;
mod standard;
mod step;
pub mod suggest;
pub mod system;
pub mod table;
pub mod text;
pub mod thread;
mod traceback;
pub mod tracing;
mod unwind;
pub mod value;
pub mod verdict;
mod warnings;

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use heap::{AuditError, Heap};
use output::Output;
use smallvec::SmallVec;
use thread::Thread;
use value::{Handle, Slot, Value};
use verdict::Verdicts;

use crate::code::CodeObject;

pub use ask::{Answer, Ask};
pub use protocol::path::{file_bytes, file_name};
pub use setup::{MainModule, Program};
pub use step::Outcome;

/// How the program was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Started {
    /// As a script.
    Script,
    /// As a module (`-m`): the package that it is in is being imported; whether the module is that package.
    Package {
        /// `-m package`, which runs `package.__main__`.
        itself: bool,
    },
    /// As a module, which runs.
    Module,
}

impl Started {
    /// How many frames CPython has below the program's own.
    const fn depth(self) -> usize {
        match self {
            Self::Script => 0,
            Self::Package { .. } | Self::Module => 2,
        }
    }

    /// These frames as a traceback shows them.
    const fn frames(self) -> &'static str {
        match self {
            Self::Script => "",
            Self::Package { itself: false } => {
                "  File \"<frozen runpy>\", line 194, in _run_module_as_main\n  \
                 File \"<frozen runpy>\", line 114, in _get_module_details\n"
            }
            Self::Package { itself: true } => {
                "  File \"<frozen runpy>\", line 194, in _run_module_as_main\n  \
                 File \"<frozen runpy>\", line 151, in _get_module_details\n  \
                 File \"<frozen runpy>\", line 114, in _get_module_details\n"
            }
            Self::Module => {
                "  File \"<frozen runpy>\", line 203, in _run_module_as_main\n  \
                 File \"<frozen runpy>\", line 88, in _run_code\n"
            }
        }
    }
}

/// A running program: everything there is to know about it, as a value.
#[derive(Clone)]
pub struct Machine {
    /// All objects.
    pub heap: Heap,
    thread: Thread,
    /// The slots that the instruction being executed has taken off the value stack, the top one first; they
    /// go back if it has to wait.
    popped: SmallVec<[Slot; 8]>,
    /// The dict of the builtins module.
    builtins: Handle,
    /// The functions `all` and `any` as they were before the program started: what LOAD_COMMON_CONSTANT gives,
    /// whatever the builtins module has under these names by now.
    common_functions: [Value; 2],
    /// `sys.modules`.
    modules: Handle,
    /// The subscripted generic classes that `typing` remembers, the last one used last: a list.
    aliases: Handle,
    /// What the program printed.
    pub output: Output,
    /// The last `is` and `==`.
    pub verdicts: Verdicts,
    /// Whether they are recorded.
    records_verdicts: bool,
    /// The instructions that CPython has specialized by now.
    sites: specialize::Sites,
    /// Who watches the program from inside it.
    watch: tracing::Watch,
    /// Whether somebody does, and is not being told of something just now.
    watching: bool,
    /// Of a program that is run statement by statement, all but the first.
    statements: Rc<[Rc<CodeObject>]>,
    /// The code objects that were loaded.
    pub loaded: loaded::LoadLog,
    /// Whether the step being made is one of a native frame.
    in_native: bool,
    /// Ints that are larger than C's, and the names of the types whose `__index__` gave them, while a native that
    /// asked for them goes on.
    large_indices: Vec<(Value, String)>,
    /// Whether common instructions take the short way, which must make no difference.
    quickens: bool,
    /// What is known of warnings.
    warnings: warnings::Warnings,
    /// The locales that the program has set.
    locale: modules::locale::Locale,
    /// The calls that `atexit` makes when the program ends: a list, once there are some.
    exit_calls: Option<Value>,
    /// What `_csv` keeps.
    csv: modules::csv::CsvState,
    /// What `_signal` keeps.
    signals: modules::signal::Signals,
    /// How many nanoseconds sockets wait from the start; for ever if there is none.
    socket_timeout: Option<i64>,
    /// Steps made so far.
    steps: u64,
    /// The question the program waits for an answer to.
    ask: Option<Ask>,
    /// The answer that the task on top is about to take.
    answer: Option<Rc<Answer>>,
    next_frame: u64,
    /// How many tasks are just beginning within one another; 0 between two steps.
    nesting: u32,
    /// Whether the tuple that an iterator is about to give goes straight to the value stack, so that a tuple which
    /// only the iterator holds is one that nobody sees; false between two steps.
    reuses_tuples: bool,
    /// How the program was begun, which the traceback of an error that ends it shows.
    started: Started,
    /// The exit status, once the program has ended.
    exit: Option<i32>,
    /// The folder that is searched first for modules, as it was when the program began.
    first_path: Option<Rc<str>>,
    /// The codecs and error handlers that have been registered, once anybody has asked for them.
    codecs: Option<modules::codecs::registry::Registry>,
    /// How far the import machinery of CPython's library is there.
    machinery: modules::machinery::Machinery,
    /// The classes of syntax tree nodes, once anybody has asked for them.
    nodes: Option<modules::ast::NodeClasses>,
    /// How many classes have been registered with abstract base classes.
    abc_registrations: u64,
    /// The variables of the environment, names and values, as the program was given them and has changed them.
    environment: Rc<[(Vec<u8>, Vec<u8>)]>,
    /// What is kept of standard input, output and error.
    standard: standard::Standard,
    /// The text of each file that tracebacks can show lines of.
    sources: Rc<Vec<(Rc<str>, Rc<str>)>>,
}

impl Machine {
    /// Steps made so far.
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// The thread that runs.
    pub const fn thread(&self) -> &Thread {
        &self.thread
    }

    /// The question that the program waits for an answer to.
    pub const fn asked(&self) -> Option<&Ask> {
        self.ask.as_ref()
    }

    const fn thread_mut(&mut self) -> &mut Thread {
        &mut self.thread
    }

    fn roots(&self) -> Vec<Value> {
        let mut roots =
            vec![Value::object(self.builtins), Value::object(self.modules), Value::object(self.aliases)];
        self.thread.each_value(&mut |value| roots.push(value));
        roots.extend(self.codecs.into_iter().flat_map(modules::codecs::registry::Registry::roots));
        roots.extend(self.nodes.iter().flat_map(modules::ast::NodeClasses::roots));
        self.warnings.each_value(&mut |value| roots.push(value));
        self.machinery.each_value(&mut |value| roots.push(value));
        self.watch.each_value(&mut |value| roots.push(value));
        roots.extend(self.exit_calls);
        roots.extend(self.csv.dialects);
        roots.extend(self.signals.handlers);
        let collector = &self.heap.collector;
        roots.extend(collector.garbage.iter().chain(&collector.callbacks).copied().map(Value::object));
        roots
    }

    /// Counts every reference anew and compares; only between two steps.
    pub fn audit(&self) -> Result<(), AuditError> {
        self.heap.audit(self.roots())
    }

    /// A number for the whole state: equal states have equal digests.
    pub fn digest(&self) -> u64 {
        let mut hasher = rustc_hash::FxHasher::default();
        for (handle, object) in self.heap.objects() {
            handle.hash(&mut hasher);
            object.hash(&mut hasher);
            self.heap.count(handle).hash(&mut hasher);
        }
        self.heap.collector.hash(&mut hasher);
        self.thread.hash(&mut hasher);
        self.watch.hash(&mut hasher);
        self.output.hash(&mut hasher);
        self.steps.hash(&mut hasher);
        self.abc_registrations.hash(&mut hasher);
        self.environment.hash(&mut hasher);
        self.standard.hash(&mut hasher);
        self.warnings.hash(&mut hasher);
        self.exit_calls.hash(&mut hasher);
        self.csv.hash(&mut hasher);
        self.signals.hash(&mut hasher);
        self.socket_timeout.hash(&mut hasher);
        self.locale.hash(&mut hasher);
        self.machinery.hash(&mut hasher);
        hasher.finish()
    }
}
