//! Native frames: natives that wait for Python code, one variant each.
//!
//! A native that may have to call Python is a task: a struct with all it needs to go on, and
//! [`NativeTask::advance`].  Nothing of it lives on Rust's own stack while Python code runs.  A task
//! that never has to wait finishes within the instruction that began it and is never seen as a frame.

mod abstract_check;
mod after;
mod alias_call;
mod annotations;
mod assign_bases;
mod assign_bytes;
mod async_step;
mod attribute;
mod await_next;
mod build_class;
mod call;
mod codec;
mod compare;
mod complex;
mod compose;
mod consume;
mod container;
mod convert;
mod deque_search;
mod evaluate;
mod execute;
mod exporting;
mod file;
mod fill;
mod finalize;
mod find;
mod finish;
mod format_percent;
mod format_template;
mod garbage_collection;
mod generator;
mod hash;
mod holding;
mod import_module;
mod indices;
mod input;
mod instance_check;
mod instantiate;
mod item_search;
mod length_hint;
mod merge;
mod name_lookup;
mod new_class;
mod next;
mod not_equal;
mod operate;
mod ordered;
mod ordered_next;
mod ordered_update;
mod pair_items;
mod pattern;
mod print;
mod probe;
mod raise;
mod reduce;
mod report;
mod repr;
mod run_module;
mod session;
mod set_chain;
mod set_docstring;
mod set_loop;
mod sink;
mod sort;
mod sorted_names;
mod sources;
mod split;
mod steps;
mod substitute;
mod system_call;
mod text;
mod then;
mod type_parameters;
mod type_title;
mod unclosed;
mod union;
mod unraisable;
mod wrap;

use smallvec::SmallVec;

use super::Machine;
use super::frame::{Entry, Eval, Flow, Frame};
use super::heap::Heap;
use super::modules::abc::{AbcCheck, AbcInit};
use super::modules::ast::{NodeInit, NodeRead, NodeReplace, NodeRepr};
use super::modules::atexit::{ExitCalls, Unregister};
use super::modules::bisect::Bisect;
use super::modules::codecs::registry::CodecLookup;
use super::modules::contextvars::ContextRun;
use super::modules::csv::{CsvNext, CsvRow, CsvRows, DialectMaking};
use super::modules::functools::{CachedCall, CompareKeys, PartialCall, ReduceCall};
use super::modules::heapq::HeapWork;
use super::modules::itertools::{ToolNew, ToolNext};
use super::modules::marshal::MarshalLoad;
use super::modules::math::{MathGather, MathSum};
use super::modules::operator::{GetAttributes, GetItems};
use super::modules::posix::EntryStat;
use super::modules::select::Selecting;
use super::modules::socket::Transfer;
use super::modules::sre::{GroupLookup, Matching, Sweep, TemplateCall};
use super::modules::structs::PackValues;
use super::modules::symtable::Symtable;
use super::modules::sys::hooks::Breakpoint;
use super::modules::tokenize::TokensNext;
use super::protocol::iterate::Next;
use super::raise::Raise;
use super::tracing::{AfterCall, CallTracing, Tell};
use super::value::Value;
use super::warnings::{Giving, SourceWarnings};

pub use abstract_check::AbstractCheck;
pub use after::{After, Follow};
pub use alias_call::AliasCall;
pub use annotations::Annotations;
pub use assign_bases::AssignBases;
pub use assign_bytes::AssignBytes;
pub use async_step::{AnextStep, AsyncAction, AsyncStep};
pub use attribute::{AttributeLater, GetAttribute, GetAttributeOr};
pub use await_next::AwaitNext;
pub use build_class::BuildClass;
pub use call::{CallLater, CallWith};
pub use codec::CodecWork;
pub use compare::{Compare, CompareSequences};
pub use complex::NewComplex;
pub use compose::{Compose, Part};
pub use consume::Consume;
pub use container::{AssignSlice, ContainsResult};
pub use convert::{Conversion, Convert};
pub use deque_search::{DequeSearch, DequeWanted};
pub use evaluate::Evaluate;
pub use execute::{Execute, Scope, Use};
pub use exporting::Exporting;
pub use file::{
    BUFFER_SIZE, Base, BaseOp, BaseWork, BufferLayering, ClosePair, CloseRaw, FileOp, FileWork,
    IO_BASE_CLOSED, Layer, Layered, Layering, OpenArgs, OpenFile, Over, RawClosing, Sides, TextOver,
    TextWrapping, Wrapping,
};
pub(super) use file::{replaced, translated};
pub use fill::Fill;
pub use finalize::{CalledDel, CalledDelWork, Finalize, NeverAwaited};
pub use find::{Find, Wanted};
pub use finish::Finish;
pub use format_percent::FormatPercent;
pub use format_template::FormatTemplate;
pub use garbage_collection::{GarbageCollection, Reason};
pub use generator::{Close, CloseForeign, Throw};
pub use hash::{HashItems, HashResult};
pub use holding::{Holding, Lending, arguments_of_wrapper, holding, lending};
pub use import_module::{ImportFrom, ImportModule};
pub use indices::{Continue, ConvertIndices, Style};
pub use input::ReadLine;
pub use instance_check::{ClassClaim, InstanceCheck};
pub use instantiate::Instantiate;
pub use item_search::ItemSearch;
pub use length_hint::LengthHint;
pub use merge::{CompareDicts, DictMerge, MappingUpdate, MergeFor};
pub use name_lookup::{NameLookup, NameWanted};
pub use new_class::NewClass;
pub use next::{CallableNext, EnumerateNext, FilterNext, MakeIter, NextOr, SequenceNext, TogetherNext};
pub use not_equal::NotEqual;
pub use operate::{DivMod, Operate, Truth};
pub use ordered::{OrderedAct, OrderedAction, OrderedPlace, SameOrder};
pub use ordered_next::OrderedNext;
pub use ordered_update::OrderedUpdate;
pub use pair_items::PairItems;
pub use pattern::{MatchClass, MatchKeys};
pub use print::Print;
pub use probe::{DictAction, DictProbe, HashKey, SetAction, SetProbe};
pub use raise::RaiseStatement;
pub use reduce::{ObjectState, OldReduce, Reduce};
pub use report::{Ignored, Occasion, Report};
pub use repr::{Repr, ReprOf};
pub use run_module::RunModule;
pub use session::Session;
pub use set_chain::{SetChain, SetChainKind};
pub use set_docstring::SetDocstring;
pub use set_loop::{SetLoop, SetLoopKind};
pub use sink::{
    Bytes, BytesFor, Collect, Collected, Extreme, FromKeys, Pairs, Quantifier, Search, SearchFor, SetWork,
    SetWorkKind, Sink, Sum, Supply, Taken, Takes, Tally,
};
pub use sort::Sorting;
pub use sorted_names::SortedNames;
pub use sources::{ReversedNew, Sources, SourcesFor};
pub use split::{Matcher, Split, SplitResult};
pub use steps::{Do, Got, Steps, Stepwise};
pub use substitute::Substitute;
pub use system_call::SystemCall;
pub use text::{JoinPieces, Translate};
pub use then::{Then, ViewContains};
pub use type_parameters::FindParameters;
pub use type_title::TypeTitle;
pub use unclosed::{OpenThing, WarnUnclosed};
pub use union::{UnionCompare, UnionHash, UnionMaking};
pub use unraisable::Unraisable;
pub use wrap::{TakeOver, TakeOverWork};

/// How many tasks may begin within one another in one step.  Deeper ones, as of iterators over iterators
/// over iterators, begin in steps of their own, on the frame chain instead of Rust's stack.
pub(super) const NESTING: u32 = 64;

/// What a task is told when it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// It begins.
    Start,
    /// What it waited for returned this; None where that is an answer of the outside, which
    /// [`Machine::take_answer`] gives.
    Value(Value),
    /// The generator or iterator it waited for is exhausted; only a task that says it
    /// [`NativeTask::takes_exhaustion`] is told so, for others it is a StopIteration.
    Exhausted,
    /// What it waited for raised this exception; only a task that [`NativeTask::catches`] it is told.
    Raised(Value),
}

/// How far a task came.
#[derive(Debug)]
pub enum Progress {
    /// It is done, with this result.
    Done(Value),
    /// It was to give the next item of an iterator, and there is none.
    Exhausted,
    /// It waits for what `Entry` gives, and goes on as the task in front.
    Wait(Task, Entry),
    /// It goes on in the next step, told [`Input::Start`] again: behind the finalizers of what it has let
    /// go of, or because it has done much in this one and no step may be without an end.
    Again(Task),
    /// Its result is what `Entry` gives: there is nothing more for the task to do.
    Tail(Entry),
}

impl From<Flow> for Progress {
    fn from(flow: Flow) -> Self {
        match flow {
            Flow::Value(value) => Self::Done(value),
            Flow::Enter(entry) => Self::Tail(entry),
        }
    }
}

/// The result of advancing a task.
pub type Advance = Result<Progress, Raise>;

/// A native that may have to wait for Python code.
pub trait NativeTask: Sized + Into<Task> {
    /// Goes on with `input` until it is done or has to wait.
    fn advance(self, machine: &mut Machine, input: Input) -> Advance;

    /// Visits every value it holds.
    fn each_value(&self, visit: &mut impl FnMut(Value));

    /// Whether it counts `value` even where the instruction that led here has it on the value stack, because
    /// CPython's C code takes a reference of its own.
    fn owns(&self, _value: Value) -> bool {
        false
    }

    /// Visits what it has without a reference, because something that cannot change and that it holds has it: an
    /// item of a tuple.  What runs above has it without one as well.
    fn borrows(&self, _heap: &Heap, _visit: &mut impl FnMut(Value)) {}

    /// What the frame pane shows, the function first: `sorted: computing key 3 of 10`.
    fn title(&self, heap: &Heap) -> String;

    /// Whether [`Input::Raised`] is wanted for this exception.
    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        false
    }

    /// An exception goes through the task, which does not go on: what it has to put right.
    fn abandon(self, _machine: &mut Machine) {}

    /// Whether the task is waiting for the next item of an iterator, so that it wants
    /// [`Input::Exhausted`].
    fn takes_exhaustion(&self) -> bool {
        false
    }

    /// Whether it came in between two steps of the frame below, which wants no result of it.
    fn interrupts(&self) -> bool {
        false
    }
}

macro_rules! tasks {
    ($($name:ident,)*) => {
        /// Any native that may have to wait.
        #[derive(Clone, Debug, Hash)]
        pub enum Task { $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)* }

        $(impl From<$name> for Task {
            fn from(task: $name) -> Self {
                Self::$name(task)
            }
        })*

        impl Task {
            fn advance(self, machine: &mut Machine, input: Input) -> Advance {
                match self { $(Self::$name(task) => task.advance(machine, input),)* }
            }

            fn each_value(&self, visit: &mut impl FnMut(Value)) {
                match self { $(Self::$name(task) => task.each_value(visit),)* }
            }

            fn owns(&self, value: Value) -> bool {
                match self { $(Self::$name(task) => task.owns(value),)* }
            }

            fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
                match self { $(Self::$name(task) => task.borrows(heap, visit),)* }
            }

            /// What the frame pane shows.
            pub fn title(&self, heap: &Heap) -> String {
                match self { $(Self::$name(task) => task.title(heap),)* }
            }

            /// Whether it runs the statements of a program one by one.
            pub const fn is_session(&self) -> bool {
                matches!(self, Self::Session(_))
            }

            fn catches(&self, heap: &Heap, exception: Value) -> bool {
                match self { $(Self::$name(task) => task.catches(heap, exception),)* }
            }

            fn abandon(self, machine: &mut Machine) {
                match self { $(Self::$name(task) => task.abandon(machine),)* }
            }

            fn takes_exhaustion(&self) -> bool {
                match self { $(Self::$name(task) => task.takes_exhaustion(),)* }
            }

            fn interrupts(&self) -> bool {
                match self { $(Self::$name(task) => task.interrupts(),)* }
            }
        }
    };
}

// One line for each native that can call back into Python.
tasks! {
    AbcCheck,
    AbcInit,
    AbstractCheck,
    AliasCall,
    After,
    AfterCall,
    AnextStep,
    Annotations,
    AssignBases,
    AssignBytes,
    AssignSlice,
    AsyncStep,
    AwaitNext,
    AttributeLater,
    Bisect,
    BuildClass,
    CallLater,
    CachedCall,
    CallTracing,
    CallWith,
    CallableNext,
    ClassClaim,
    Close,
    CloseForeign,
    CodecLookup,
    CodecWork,
    Compare,
    CompareDicts,
    CompareKeys,
    CompareSequences,
    Compose,
    Consume,
    ContainsResult,
    ContextRun,
    CsvNext,
    TokensNext,
    CsvRow,
    CsvRows,
    DialectMaking,
    Continue,
    Convert,
    ConvertIndices,
    DequeSearch,
    DictMerge,
    DictProbe,
    DivMod,
    EntryStat,
    EnumerateNext,
    Evaluate,
    Execute,
    ExitCalls,
    Exporting,
    BaseWork,
    BufferLayering,
    ClosePair,
    CloseRaw,
    FileWork,
    Layered,
    WarnUnclosed,
    Selecting,
    Symtable,
    Breakpoint,
    Transfer,
    Fill,
    FilterNext,
    Finalize,
    Find,
    FindParameters,
    Finish,
    FormatPercent,
    FormatTemplate,
    GarbageCollection,
    GetAttribute,
    GetAttributeOr,
    Giving,
    HashItems,
    HashKey,
    HashResult,
    HeapWork,
    Holding,
    ImportFrom,
    ImportModule,
    InstanceCheck,
    Instantiate,
    ItemSearch,
    GetAttributes,
    GetItems,
    GroupLookup,
    JoinPieces,
    Lending,
    LengthHint,
    MakeIter,
    MappingUpdate,
    MatchClass,
    MarshalLoad,
    MathGather,
    MathSum,
    MatchKeys,
    Matching,
    NameLookup,
    NewClass,
    NewComplex,
    NodeInit,
    NodeRead,
    NodeReplace,
    NodeRepr,
    NeverAwaited,
    CalledDel,
    TakeOver,
    NextOr,
    NotEqual,
    ObjectState,
    PairItems,
    OldReduce,
    OpenFile,
    Operate,
    OrderedAct,
    OrderedNext,
    OrderedPlace,
    OrderedUpdate,
    PackValues,
    PartialCall,
    Print,
    RaiseStatement,
    ReadLine,
    Reduce,
    ReduceCall,
    Report,
    Repr,
    ReprOf,
    ReversedNew,
    RunModule,
    SameOrder,
    SequenceNext,
    Session,
    SetChain,
    SetDocstring,
    SetLoop,
    SetProbe,
    SortedNames,
    Sorting,
    Sources,
    SourceWarnings,
    Split,
    Substitute,
    Sweep,
    SystemCall,
    Tell,
    TemplateCall,
    TextOver,
    TextWrapping,
    Then,
    Throw,
    TogetherNext,
    ToolNew,
    ToolNext,
    Translate,
    Truth,
    TypeTitle,
    UnionCompare,
    UnionHash,
    UnionMaking,
    Unraisable,
    Unregister,
    ViewContains,
}

/// A task on the frame chain.
#[derive(Clone, Debug, Hash)]
pub struct NativeFrame {
    /// The task.
    pub task: Task,
    /// What it will be told when it goes on; `None` while the frame above runs.
    pub input: Option<Input>,
    /// What it has without counting it.
    pub lent: Lent,
}

/// What a task has from those who wait for it, where it is counted, if at all: C code, too, has its arguments
/// without references of its own.
#[derive(Clone, Debug, Default, Hash)]
pub struct Lent {
    /// The operands of the instruction that led here, which stay on the value stack, then what the native frame
    /// below holds.
    values: SmallVec<[Value; 4]>,
    /// How many of these are operands.
    operands: usize,
}

impl Lent {
    /// Only the operands of an instruction.
    pub fn operands(values: impl IntoIterator<Item = Value>) -> Self {
        let values: SmallVec<[Value; 4]> = values.into_iter().collect();
        Self { operands: values.len(), values }
    }

    /// What a frame on top of the native frame that runs `task` has.
    pub(super) fn above(&self, task: &Task, heap: &Heap) -> Self {
        if let Task::Holding(_) = task {
            // What it has is one more of each.
            return self.clone();
        }
        let mut values: SmallVec<[Value; 4]> = self.values[..self.operands].into();
        let mut lend = |value: Value| {
            if value.handle().is_some() {
                values.push(value);
            }
        };
        task.each_value(&mut lend);
        task.borrows(heap, &mut lend);
        Self { values, operands: self.operands }
    }
}

impl NativeFrame {
    /// A task that waits for the frame above.
    pub fn waiting(task: Task) -> Self {
        Self { task, input: None, lent: Lent::default() }
    }

    /// A task that goes on with `input` in the next step.
    pub fn told(task: Task, input: Input) -> Self {
        Self { task, input: Some(input), lent: Lent::default() }
    }

    /// Visits every value that is held and counted while the frame is on the frame chain.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        if self.lent.values.is_empty() {
            self.task.each_value(visit);
        } else {
            let mut lent = self.lent.values.clone();
            self.task.each_value(&mut |value| match lent.iter().position(|lent| *lent == value) {
                Some(index) if !self.task.owns(value) => {
                    lent.swap_remove(index);
                }
                _ => visit(value),
            });
        }
        if let Some(Input::Value(value) | Input::Raised(value)) = self.input {
            visit(value);
        }
    }

    pub(super) fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.task.catches(heap, exception)
    }

    pub(super) fn abandon(self, machine: &mut Machine) {
        self.task.abandon(machine);
    }

    pub(super) fn takes_exhaustion(&self) -> bool {
        self.task.takes_exhaustion()
    }
}

impl Machine {
    /// Begins a task: its result, where it need not wait, or the frames that have to run first.
    pub fn begin(&mut self, task: impl Into<Task>) -> Eval {
        Ok(match self.begin_nested(task.into())? {
            Progress::Done(value) => Flow::Value(value),
            Progress::Exhausted => return Err(self.stop_iteration(Value::NONE)),
            Progress::Wait(task, entry) => Flow::Enter(Entry::under(NativeFrame::waiting(task), entry)),
            Progress::Again(task) => Flow::Enter(Entry::again(task)),
            Progress::Tail(entry) => Flow::Enter(entry),
        })
    }

    /// Begins a task that gives the next item of an iterator.
    pub fn begin_next(&mut self, task: impl Into<Task>) -> Result<Next, Raise> {
        Ok(match self.begin_nested(task.into())? {
            Progress::Done(value) => Next::Value(value),
            Progress::Exhausted => Next::Exhausted(Value::NONE),
            Progress::Wait(task, entry) => Next::Enter(Entry::under(NativeFrame::waiting(task), entry)),
            Progress::Again(task) => Next::Enter(Entry::again(task)),
            Progress::Tail(entry) => Next::Enter(entry),
        })
    }

    fn begin_nested(&mut self, task: Task) -> Advance {
        if self.nesting >= NESTING {
            return Ok(Progress::Again(task));
        }
        self.nesting += 1;
        let progress = task.advance(self, Input::Start);
        self.nesting -= 1;
        progress
    }

    /// One step of the native frame on top, which has been told what it waited for.
    pub(super) fn advance_native(&mut self, frame: NativeFrame) -> Result<(), Raise> {
        let input = frame.input.expect("a native frame on top has been told how to go on");
        let interrupts = frame.task.interrupts();
        let lent = frame.lent;
        match frame.task.advance(self, input)? {
            Progress::Done(_) | Progress::Exhausted if interrupts => Ok(()),
            Progress::Done(value) => self.deliver(value),
            Progress::Exhausted => self.deliver_exhausted(Value::NONE),
            Progress::Wait(task, entry) => self.enter(Entry::under(NativeFrame::waiting(task), entry), lent),
            Progress::Again(task) => self.enter(Entry::again(task), lent),
            Progress::Tail(entry) => self.enter(entry, lent),
        }
    }
}

impl Entry {
    /// A task that goes on in the next step.
    pub(super) fn again(task: Task) -> Self {
        let frame = NativeFrame::told(task, Input::Start);
        Self::one(Frame::Native(Box::new(frame)))
    }
}
