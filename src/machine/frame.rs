//! Frames: every way of being in the middle of something, as data.

use std::rc::Rc;

use smallvec::{SmallVec, smallvec};

use super::native::NativeFrame;
use super::object::code::LoadedCode;
use super::raise::Raise;
use super::specialize::{FrameMemory, Inlined};
use super::tracing::{Passage, Told};
use super::value::{Handle, Slot, Value};
use crate::code::CodeUnit;

/// A frame's number: frames are numbered in the order in which they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FrameId(pub u64);

/// One link of the frame chain.
#[derive(Clone, Debug, Hash)]
pub enum Frame {
    /// Python code that runs.  It may stand anywhere.
    Python(Box<PythonFrame>),
    /// A native function waiting for Python code above it, or about to go on.  It may stand anywhere; at
    /// the bottom only where it begins or ends the program.
    Native(Box<NativeFrame>),
    /// An exception on its way down.  It stands on top, and nothing runs before it is gone.
    Unwind(Unwind),
}

/// An exception on its way down the frame chain.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Unwind {
    /// The exception.
    pub exception: Value,
    /// Whether the frame below still has to be entered in the traceback; a re-raise is not.
    pub trace: bool,
    /// Where its handler is looked for, if that is not the instruction that the frame below stands at:
    /// a re-raise puts the frame back to where the exception came from, but is itself somewhere else.
    pub at: Option<CodeUnit>,
    /// What those who watch have been told of it in the frame below.
    pub passage: Passage,
}

/// What a frame does with the value that the frame above it returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resume {
    /// Nothing is running above: the frame itself is on top.
    None,
    /// Pushes it.
    Push,
    /// Drops it.
    Discard,
    /// Takes it as the answer of `in`, or the opposite of it as that of `not in`.
    Contains {
        /// Whether it is `not in`.
        inverted: bool,
    },
    /// Takes it as the verdict of a comparison; `COMPARE_OP` may ask for its truth.
    Compare {
        /// Whether its truth is pushed instead of itself.
        to_bool: bool,
    },
    /// Pushes its truth.
    Truth,
    /// Pushes it and a NULL, so that it is called without a self.
    PushWithNull,
    /// Takes it as the next item of a `for`; exhaustion jumps so many units on.
    ForIter(u32),
    /// Takes it as what a delegation yielded; the end of it jumps so many units on.
    Send(u32),
    /// Takes it as the parts of a group that `except*` has split.
    SplitGroup,
    /// Yields it: what the frame's generator delegates to has yielded it after a `throw()`.
    Yield,
    /// Spreads the items of the list or tuple it is over the stack, for `UNPACK_SEQUENCE` and `UNPACK_EX`.
    Unpack,
    /// Takes it as the tuple of positional arguments, and calls: `CALL_FUNCTION_EX`.
    Spread,
}

/// Who keeps a Python frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The frame chain of a thread: a call.
    Thread,
    /// A generator, which takes it back at each `yield`.
    Generator(Handle),
}

/// Python code that runs: what CPython calls `_PyInterpreterFrame`.
#[derive(Clone, Debug, Hash)]
pub struct PythonFrame {
    /// Which frame this is.
    pub id: FrameId,
    /// The code.
    pub code: Rc<LoadedCode>,
    /// The code as an object; counted.
    pub code_handle: Handle,
    /// The function; counted.  Its globals and builtins live as long as it does.
    pub function: Handle,
    /// The dict of globals.
    pub globals: Handle,
    /// The dict of builtins.
    pub builtins: Handle,
    /// The namespace of a module or class body; counted.
    pub namespace: Option<Value>,
    /// The fast locals, then the value stack.
    pub slots: Vec<Slot>,
    /// The instruction to execute next.
    pub next: CodeUnit,
    /// The instruction that ran last, or is running.
    pub last: CodeUnit,
    /// What EXTENDED_ARG has given the next instruction so far.
    pub extended: u32,
    /// What happens with the value that the frame above returns.
    pub resume: Resume,
    /// How many slots on top of the value stack are operands of the instruction that waits: they stay there,
    /// as in CPython, until it has its value.
    pub operands: u32,
    /// The step that began the instruction that waits for the frame above.
    pub since: u64,
    /// Who keeps the frame.
    pub owner: Owner,
    /// The frame as an object of Python, if somebody has asked for it; counted.
    pub object: Option<Handle>,
    /// What those who watch have been told of the next instruction.
    pub told: Told,
    /// How it came on the frame chain.
    pub inlined: Inlined,
    /// How full the memory for frames was then.
    pub memory_below: FrameMemory,
}

impl PythonFrame {
    /// Visits every value that is held and counted.  Borrowed slots are not.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.code_handle));
        visit(Value::object(self.function));
        self.namespace.into_iter().for_each(&mut *visit);
        self.object.into_iter().for_each(|handle| visit(Value::object(handle)));
        self.slots
            .iter()
            .filter_map(|slot| slot.owned_handle())
            .for_each(|handle| visit(Value::object(handle)));
    }

    /// The same values in the order in which CPython lets go of them: the value stack and the fast locals
    /// from the last to the first, then the rest.
    pub fn each_dropped(&self, visit: &mut impl FnMut(Value)) {
        let slots = self.slots.iter().rev().filter_map(|slot| slot.owned_handle());
        slots.for_each(|handle| visit(Value::object(handle)));
        self.object.into_iter().for_each(|handle| visit(Value::object(handle)));
        self.namespace.into_iter().for_each(&mut *visit);
        visit(Value::object(self.function));
        visit(Value::object(self.code_handle));
    }

    /// Puts the frame of a generator, into which something is thrown, where CPython says that it stands:
    /// at the instruction behind the `yield`.  Gives the place of the `yield`.
    pub fn leave_yield(&mut self) -> CodeUnit {
        self.last = self.next;
        CodeUnit(self.next.0.saturating_sub(1))
    }

    /// Whether an instruction of it has run, or been announced to those who watch.
    pub fn has_begun(&self) -> bool {
        self.next.0 != 0 || self.last.0 != 0 || self.told != Told::default()
    }

    /// The fast locals.
    pub fn locals(&self) -> &[Slot] {
        &self.slots[..self.code.locals_len()]
    }

    /// How deep the value stack is without the operands of an instruction that waits.
    pub fn settled_depth(&self) -> usize {
        self.stack().len() - self.operands as usize
    }

    /// The value stack, bottom first.
    pub fn stack(&self) -> &[Slot] {
        &self.slots[self.code.locals_len()..]
    }
}

impl Frame {
    /// Visits every value that is held and counted while the frame is on the frame chain.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Python(frame) => {
                frame.each_value(visit);
                // The frame chain holds the generator whose frame runs.
                if let Owner::Generator(generator) = frame.owner {
                    visit(Value::object(generator));
                }
            }
            Self::Native(frame) => frame.each_value(visit),
            Self::Unwind(unwind) => visit(unwind.exception),
        }
    }
}

/// Something that goes on top of the frame chain.
#[derive(Debug)]
pub enum Entering {
    /// A new frame; what it holds is not counted yet.
    New(Frame),
    /// The frame that a generator keeps; it goes on with what is sent to it.
    Generator {
        /// The generator.
        generator: Handle,
        /// What is sent or thrown into it.
        sent: Sent,
    },
}

/// What a generator goes on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The value of the `yield` at which it stopped.
    Value(Value),
    /// An exception raised at that place.
    Exception(Value),
    /// Nothing: what was thrown goes to what it delegates to, whose frame stands above.
    Delegated,
}

/// The frames that have to run before a value is there, the one that gives it last.
#[derive(Debug)]
pub struct Entry(SmallVec<[Entering; 2]>);

impl Entry {
    /// One new frame.
    pub fn one(frame: Frame) -> Self {
        Self(smallvec![Entering::New(frame)])
    }

    /// A generator that goes on.
    pub fn generator(generator: Handle, sent: Sent) -> Self {
        Self(smallvec![Entering::Generator { generator, sent }])
    }

    /// These frames, in the order in which they go on the frame chain.
    pub fn of(frames: impl IntoIterator<Item = Entering>) -> Self {
        Self(frames.into_iter().collect())
    }

    /// Nothing: what is waited for comes from outside, as the answer to an [`Ask`](super::Ask).
    pub fn ask() -> Self {
        Self(SmallVec::new())
    }

    /// The frame of Python code that is all there is to run, if it is.
    pub fn only_python(&mut self) -> Option<&mut PythonFrame> {
        match &mut self.0[..] {
            [Entering::New(Frame::Python(frame))] => Some(frame),
            _ => None,
        }
    }

    /// A native frame that waits for what `entry` gives.
    pub fn under(frame: NativeFrame, entry: Self) -> Self {
        let mut frames: SmallVec<[Entering; 2]> = smallvec![Entering::New(Frame::Native(Box::new(frame)))];
        frames.extend(entry.0);
        Self(frames)
    }

    /// The frames, in the order in which they go on the frame chain.
    pub fn into_frames(self) -> impl Iterator<Item = Entering> {
        self.0.into_iter()
    }
}

/// What an operation comes to: a value, or frames that have to run first.
#[derive(Debug)]
pub enum Flow {
    /// It is done.
    Value(Value),
    /// Python code has to run; what it returns is the value.
    Enter(Entry),
}

/// The result of an operation that may call Python code.
pub type Eval = Result<Flow, Raise>;

impl From<Value> for Flow {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}
