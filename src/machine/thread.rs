//! A thread of Python code, as data.

use super::frame::{Frame, PythonFrame};
use super::number::int::DEFAULT_DIGIT_LIMIT;
use super::specialize::FrameMemory;
use super::value::Value;

/// How many Python frames may stand on one another: CPython's default limit.
pub const RECURSION_LIMIT: usize = 1000;
/// How many frames of any kind: natives that nest without Python code between them end here.
pub const FRAME_LIMIT: usize = 20_000;

/// What a program may set in `sys` beside the recursion limit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// How many digits an int may have that is written or read in decimal; 0 for any number.
    pub digit_limit: usize,
    /// How many callers of the place where a coroutine is made are kept with it.
    pub origin_depth: usize,
    /// `sys.getswitchinterval()` in microseconds; with one thread nothing comes of it.
    pub switch_interval: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { digit_limit: DEFAULT_DIGIT_LIMIT, origin_depth: 0, switch_interval: 5_000 }
    }
}

/// One thread: its frame chain, and what it is handling.
#[derive(Clone, Debug, Hash)]
pub struct Thread {
    /// The frame chain, newest last.
    pub frames: Vec<Frame>,
    /// The exceptions being handled: one entry for the thread itself, and one on top for each generator
    /// whose frame runs.
    pub handled: Vec<Option<Value>>,
    /// The hooks of asynchronous generators: `firstiter` and `finalizer`.
    pub async_hooks: (Option<Value>, Option<Value>),
    /// The context of `contextvars` that runs, once anybody has asked for it.
    pub context: Option<Value>,
    /// How many Python frames may be on it.
    pub recursion_limit: usize,
    /// What else the program has set.
    pub settings: Settings,
    /// How many Python frames are on the chain, as CPython counts them.
    pub depth: usize,
    /// How full the memory is that CPython lays them out in.
    pub memory: FrameMemory,
    /// The value the bottom frame returned, or the exception that went through it.
    pub result: Option<Result<Value, Value>>,
}

impl Thread {
    pub(super) fn new() -> Self {
        Self {
            frames: Vec::new(),
            handled: vec![None],
            async_hooks: (None, None),
            context: None,
            recursion_limit: RECURSION_LIMIT,
            settings: Settings::default(),
            depth: 0,
            memory: FrameMemory::EMPTY,
            result: None,
        }
    }

    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.frames.iter().for_each(|frame| frame.each_value(visit));
        self.handled.iter().flatten().copied().for_each(&mut *visit);
        [self.async_hooks.0, self.async_hooks.1].into_iter().flatten().for_each(&mut *visit);
        self.context.into_iter().for_each(&mut *visit);
        if let Some(Ok(value) | Err(value)) = self.result {
            visit(value);
        }
    }

    /// The Python frames, newest first.
    ///
    /// What a step lets go of is finalized on top of the call that it has prepared, though before it: such a call is
    /// no caller of the finalizer, and left out until its frame is on top.
    pub fn python_frames(&self) -> impl Iterator<Item = &PythonFrame> {
        self.frames.iter().rev().enumerate().filter_map(|(above, frame)| match frame {
            Frame::Python(frame) if above == 0 || frame.has_begun() => Some(&**frame),
            Frame::Python(_) | Frame::Native(_) | Frame::Unwind(_) => None,
        })
    }
}
