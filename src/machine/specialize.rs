//! What a program can tell of CPython's specializing interpreter: how deep its calls may nest.
//!
//! An instruction that runs for the second time gives way to one that does the same faster for the type that it has
//! met.  Three of those make frames of Python code without a look at the recursion limit: the call of a class, which
//! besides counts one frame more, a shim below that of `__init__`; the getter of a property; and `__getitem__`.  Only
//! where the chunk of memory that frames are laid out in has no room for theirs does the general instruction run, and
//! look.  So a RecursionError through these comes sooner or later than through other calls.
//!
//! The facts are those of CPython's `Python/bytecodes.c`, `Python/specialize.c` and `Python/pystate.c`, and were
//! measured: `tests/programs/untraced/recursion_*.py`.  What is left out: instructions that somebody watches are not
//! specialized here, and one that calls now a class, now something else counts the calls of classes alone.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Machine;
use super::frame::{Eval, Flow, PythonFrame};
use super::names;
use super::object::code::LoadedCode;
use super::object::{Payload, types};
use super::value::{Handle, Value};
use crate::code::CodeUnit;
use crate::code::object::flags;

/// The words of a frame beside its fast locals and its value stack.
const FRAME_WORDS: u32 = 10;
/// The words of the shim frame that `__init__` returns to.
const SHIM_WORDS: u32 = FRAME_WORDS + 2;
/// The words of a chunk of memory for frames, and those of its head.
const CHUNK_WORDS: u32 = 2048;
const HEAD_WORDS: u32 = 3;
/// The least words of a chunk beside the frame that it is made for.
const LEAST_BESIDE: u32 = 1000;
/// How often a specialized instruction may meet another type before it looks anew what it is to be made for.
const COOLDOWN: u8 = 52;
/// How often a class, or one that it inherits from, may change before nothing is made for it any more: it has no
/// more numbers for what it looks like.  (CPython gives it one when something is looked up behind a change.)
const MOST_CHANGES: u32 = 998;

/// How far the memory that frames are laid out in is full, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FrameMemory {
    used: u32,
    size: u32,
}

impl FrameMemory {
    /// That of a thread without frames: of its first chunk one word is left out.
    pub const EMPTY: Self = Self { used: 1, size: CHUNK_WORDS - HEAD_WORDS };

    const fn has_room(self, words: u32) -> bool {
        self.used.saturating_add(words) < self.size
    }

    /// With a frame of so many words more, in a chunk of its own if need be.
    const fn with(self, words: u32) -> Self {
        if self.has_room(words) {
            return Self { used: self.used + words, size: self.size };
        }
        let least = words.saturating_add(LEAST_BESIDE);
        let mut chunk = CHUNK_WORDS;
        while chunk < least && chunk < 1 << 31 {
            chunk *= 2;
        }
        Self { used: words, size: chunk - HEAD_WORDS }
    }
}

/// How a frame of Python code came on the frame chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Inlined {
    /// By a call that looks at the recursion limit.
    #[default]
    Checked,
    /// By a specialized instruction that does not.
    Unchecked,
    /// The same, on top of a shim, which is a frame too.
    OnShim,
}

impl Inlined {
    /// How many frames it is that count.
    pub const fn frames(self) -> usize {
        match self {
            Self::Checked | Self::Unchecked => 1,
            Self::OnShim => 2,
        }
    }
}

/// An instruction that may be specialized.
#[derive(Clone, Copy, Debug)]
struct Site {
    /// The step that made its code object: another one may have got the place since.
    code_born: u64,
    /// What it is made for, once it has run twice: a class, as it was since a step.
    class: Option<(Handle, u64)>,
    /// How often it may still meet another class.
    cooldown: u8,
}

/// The instructions that have met what they can be specialized for.
#[derive(Clone, Debug, Default)]
pub struct Sites(Rc<FxHashMap<(Handle, CodeUnit), Site>>);

impl LoadedCode {
    /// The words of a frame that runs it.
    fn frame_words(&self) -> u32 {
        (self.locals_len() as u32).saturating_add(self.code.stacksize).saturating_add(FRAME_WORDS)
    }
}

impl Machine {
    /// Counts a frame that goes on the frame chain, and gives it its memory.
    pub(super) fn lay_out(&mut self, frame: &mut PythonFrame) {
        let memory = self.thread.memory;
        frame.memory_below = memory;
        let below = if frame.inlined == Inlined::OnShim { memory.with(SHIM_WORDS) } else { memory };
        self.thread.memory = below.with(frame.code.frame_words());
        self.thread.depth += frame.inlined.frames();
    }

    /// The same the other way round, for a frame that leaves the frame chain for good or becomes a generator's.
    pub(super) fn take_down(&mut self, frame: &mut PythonFrame) {
        self.thread.memory = frame.memory_below;
        self.thread.depth -= frame.inlined.frames();
        frame.inlined = Inlined::Checked;
    }

    /// Whether the instruction being executed, the call of `class`, is specialized and has room for the frames.
    pub(super) fn is_class_call_inlined(&mut self, class: Handle) -> bool {
        let object = self.heap.class(class);
        if self.watching || object.builtin || self.heap.get(class).class != types::TYPE {
            return false;
        }
        let makes_plainly =
            self.heap.lookup(class, names::NEW) == self.heap.lookup(types::OBJECT, names::NEW);
        let init = self.heap.lookup(class, names::INIT).and_then(Value::handle);
        match init.filter(|_| makes_plainly).and_then(|init| self.simple_code(init, None)) {
            Some(code) => self.meets(class, SHIM_WORDS + code.frame_words()),
            None => false,
        }
    }

    /// Marks the frame of a property's getter that the instruction being executed has made for an instance.
    pub(super) fn inline_getter(&mut self, object: Value, name: Handle, result: &mut Eval) {
        let Some(frame) = only_frame(result) else { return };
        let class = self.heap.class_of(object);
        let hooks = self.heap.class(class).hooks;
        let getter = match self.heap.lookup(class, name).and_then(|found| self.heap.payload_of(found)) {
            Some(Payload::Property(property)) => property.getter.and_then(Value::handle),
            _ => None,
        };
        if getter == Some(frame.function) && !self.is_class(object) && !hooks.getattribute && !hooks.getattr {
            self.inline_frame(class, 1, frame);
        }
    }

    /// The same for `__getitem__` in Python.
    pub(super) fn inline_getitem(&mut self, container: Value, result: &mut Eval) {
        let Some(frame) = only_frame(result) else { return };
        let class = self.heap.class_of(container);
        if self.heap.lookup(class, names::GETITEM) == Some(Value::object(frame.function)) {
            self.inline_frame(class, 2, frame);
        }
    }

    fn inline_frame(&mut self, class: Handle, parameters: u32, frame: &mut PythonFrame) {
        let simple = !self.watching && self.simple_code(frame.function, Some(parameters)).is_some();
        if simple && self.meets(class, frame.code.frame_words()) {
            frame.inlined = Inlined::Unchecked;
        }
    }

    /// The code of a function that has nothing but plain parameters, so many if that matters.
    fn simple_code(&self, function: Handle, parameters: Option<u32>) -> Option<Rc<LoadedCode>> {
        let Payload::Function(function) = self.heap.payload(function) else { return None };
        let loaded = self.code(function.code);
        let code = &loaded.code;
        let plain = code.flags & (flags::OPTIMIZED | flags::VARARGS | flags::VARKEYWORDS) == flags::OPTIMIZED
            && code.kwonlyargcount == 0
            && parameters.is_none_or(|count| code.argcount == count);
        plain.then_some(loaded)
    }

    /// Tells the instruction being executed that it meets `class` and wants so many words for frames; whether it is
    /// specialized for that class and there is room.
    fn meets(&mut self, class: Handle, words: u32) -> bool {
        let frame = self.frame();
        let (key, code_born) = ((frame.code_handle, frame.last), self.heap.get(frame.code_handle).born);
        let order = self.heap.class(class).mro.iter().map(|class| self.heap.class(*class));
        let changes = order.filter(|class| !class.builtin).map(|class| class.changed);
        let (count, changed) = changes
            .fold((0, 0), |sum: (u32, u64), (count, step)| (sum.0.saturating_add(count), sum.1.max(step)));
        if count > MOST_CHANGES {
            return false;
        }
        let met = Some((class, changed));
        let site = self.sites.0.get(&key).copied().filter(|site| site.code_born == code_born);
        let room = self.thread.memory.has_room(words);
        let site = match site {
            None => Site { code_born, class: None, cooldown: 0 },
            Some(site) if site.class == met && room => return true,
            Some(site) if site.cooldown > 0 => Site { cooldown: site.cooldown - 1, ..site },
            Some(_) => Site { code_born, class: met, cooldown: if room { COOLDOWN } else { COOLDOWN - 1 } },
        };
        Rc::make_mut(&mut self.sites.0).insert(key, site);
        room && site.cooldown == COOLDOWN
    }
}

fn only_frame(result: &mut Eval) -> Option<&mut PythonFrame> {
    match result {
        Ok(Flow::Enter(entry)) => entry.only_python(),
        _ => None,
    }
}
