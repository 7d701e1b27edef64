//! What tools can be told of.

/// Something that happens in Python code, in the order of `sys.monitoring.events`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Event {
    /// A function begins.
    PyStart,
    /// A generator goes on behind a `yield`.
    PyResume,
    /// A function is about to return.
    PyReturn,
    /// A generator is about to yield.
    PyYield,
    /// Something is about to be called.
    Call,
    /// An instruction of another line is about to run.
    Line,
    /// An instruction is about to run.
    Instruction,
    /// A jump that is always made.
    Jump,
    /// A conditional jump is not made, or a `for` has another item.
    BranchLeft,
    /// A conditional jump is made, or a `for` has no more items.
    BranchRight,
    /// A generator that was delegated to has ended.
    StopIteration,
    /// An exception comes up in a frame.
    Raise,
    /// An exception has found its handler.
    ExceptionHandled,
    /// An exception ends a function.
    PyUnwind,
    /// A generator goes on with an exception thrown into it.
    PyThrow,
    /// An exception is raised again.
    Reraise,
    /// A call of something that is no Python function has returned.
    CReturn,
    /// A call of something that is no Python function has raised.
    CRaise,
}

impl Event {
    /// How many there are.
    pub const COUNT: usize = 18;
    /// How many there are without those that come with [`Event::Call`].
    pub const UNGROUPED: usize = 16;
    /// How many of them, the first ones, belong to an instruction, so that one code object may be watched for them.
    pub const LOCAL: usize = 11;

    /// All of them.
    pub const ALL: [Self; Self::COUNT] = [
        Self::PyStart,
        Self::PyResume,
        Self::PyReturn,
        Self::PyYield,
        Self::Call,
        Self::Line,
        Self::Instruction,
        Self::Jump,
        Self::BranchLeft,
        Self::BranchRight,
        Self::StopIteration,
        Self::Raise,
        Self::ExceptionHandled,
        Self::PyUnwind,
        Self::PyThrow,
        Self::Reraise,
        Self::CReturn,
        Self::CRaise,
    ];

    /// Its name in `sys.monitoring.events`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PyStart => "PY_START",
            Self::PyResume => "PY_RESUME",
            Self::PyReturn => "PY_RETURN",
            Self::PyYield => "PY_YIELD",
            Self::Call => "CALL",
            Self::Line => "LINE",
            Self::Instruction => "INSTRUCTION",
            Self::Jump => "JUMP",
            Self::BranchLeft => "BRANCH_LEFT",
            Self::BranchRight => "BRANCH_RIGHT",
            Self::StopIteration => "STOP_ITERATION",
            Self::Raise => "RAISE",
            Self::ExceptionHandled => "EXCEPTION_HANDLED",
            Self::PyUnwind => "PY_UNWIND",
            Self::PyThrow => "PY_THROW",
            Self::Reraise => "RERAISE",
            Self::CReturn => "C_RETURN",
            Self::CRaise => "C_RAISE",
        }
    }

    /// What `sys.settrace` and `sys.setprofile` call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PyStart | Self::PyResume | Self::PyThrow => "call",
            Self::PyReturn | Self::PyYield | Self::PyUnwind => "return",
            Self::Call => "c_call",
            Self::CReturn => "c_return",
            Self::CRaise => "c_exception",
            Self::Line | Self::Jump | Self::BranchLeft | Self::BranchRight => "line",
            Self::Instruction => "opcode",
            Self::StopIteration | Self::Raise | Self::ExceptionHandled | Self::Reraise => "exception",
        }
    }

    /// Whether it belongs to an instruction.
    pub const fn is_local(self) -> bool {
        (self as usize) < Self::LOCAL
    }

    /// The event under which tools ask for this one.
    #[must_use]
    pub const fn asked_as(self) -> Self {
        match self {
            Self::CReturn | Self::CRaise => Self::Call,
            event => event,
        }
    }
}

/// A set of events: one bit each.
pub const fn set_of(events: &[Event]) -> u32 {
    let (mut set, mut index) = (0, 0);
    while index < events.len() {
        set |= 1 << events[index] as u32;
        index += 1;
    }
    set
}
