//! What is done with an open file: reading, writing, seeking, through its buffers.
//!
//! A task tries to do its work on what the buffers have; where that is not enough it makes one call of the
//! operating system and tries again.  So a call that was answered from a log leaves the same buffers.

mod base;
mod buffered;
mod close_pair;
mod close_raw;
mod layered;
mod open;
mod over;
mod raw;
mod text;

use std::rc::Rc;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::ask::{Answer, Ask};
use crate::machine::heap::Heap;
use crate::machine::object::io::Io;
use crate::machine::raise::Raise;
use crate::machine::standard::Below;
use crate::machine::system::{Call, Reply};
use crate::machine::value::{Handle, Value};

pub use base::{Base, BaseOp, BaseWork, IO_BASE_CLOSED};
pub use close_pair::{ClosePair, Sides};
pub use close_raw::{CloseRaw, RawClosing};
pub use layered::{BufferLayering, Layer, Layered, Layering};
pub use open::{BUFFER_SIZE, OpenArgs, OpenFile};
pub use over::{Over, TextOver, TextWrapping, Wrapping};
pub(in crate::machine) use text::{replaced, translated};

/// What is wanted of a file.
#[derive(Clone, Debug, Hash)]
pub enum FileOp {
    /// So many bytes or characters; all without a number.
    Read(Option<usize>),
    /// What one call gives, at most so much.
    ReadSome(Option<usize>),
    /// What is read ahead.
    Peek,
    /// A line, at most so long.
    ReadLine(Option<usize>),
    /// The next line, for a loop.
    Next,
    /// All lines, or so many that they are at least so long.
    ReadLines(Option<usize>),
    /// Bytes into the memory that a memoryview shows; what one call gives where that is true.
    ReadInto(Handle, bool),
    /// A str or bytes.
    Write(Value),
    /// The items of a list, one after the other.
    WriteLines(Value),
    /// What is kept back is written.
    Flush,
    /// Another place: offset and whence.
    Seek(i64, u8),
    /// The place.
    Tell,
    /// Cuts the file, here or at this place.
    Truncate(Option<i64>),
    /// Closes it.
    Close,
}

impl FileOp {
    /// Visits every value it holds.
    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Write(value) | Self::WriteLines(value) => visit(*value),
            Self::ReadInto(view, _) => visit(Value::object(*view)),
            Self::Read(_)
            | Self::ReadSome(_)
            | Self::Peek
            | Self::ReadLine(_)
            | Self::Next
            | Self::ReadLines(_)
            | Self::Flush
            | Self::Seek(..)
            | Self::Tell
            | Self::Truncate(_)
            | Self::Close => {}
        }
    }
}

/// What a task waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Nothing,
    /// Bytes for the buffer.
    Fill(Handle),
    /// Bytes of the buffer to be written.
    Drain(Handle),
    /// A reply that the operation itself looks at.
    Reply,
    /// Only that it is done.
    Done,
}

/// What an attempt came to.
enum Need {
    Done(Value),
    /// There is no further line.
    Exhausted,
    Call(Call, Asked),
}

type Attempt = Result<Need, Raise>;

/// Work on a file.
#[derive(Clone, Debug, Hash)]
pub struct FileWork {
    file: Handle,
    op: FileOp,
    asked: Asked,
    /// How far it is, in steps that each operation names for itself.
    stage: u8,
    /// The end of the file was seen.
    ended: bool,
    /// Bytes on their way: gathered by reading, or still to be given to a buffer.
    carry: Vec<u8>,
    /// How many bytes of a line of standard input are waited for, where one is.
    line: Option<usize>,
    /// The number that was replied.
    number: i64,
    /// Lines that were read.
    lines: Vec<Value>,
    /// How long they are, or how many values were written.
    count: usize,
}

impl FileWork {
    /// Work that has not begun.
    pub fn new(file: Handle, op: FileOp) -> Self {
        Self {
            file,
            op,
            asked: Asked::Nothing,
            stage: 0,
            ended: false,
            carry: Vec::new(),
            line: None,
            number: 0,
            lines: Vec::new(),
            count: 0,
        }
    }

    /// Takes what the operating system replied.
    fn absorb(&mut self, m: &mut Machine) -> Result<(), Raise> {
        let asked = std::mem::replace(&mut self.asked, Asked::Nothing);
        if asked == Asked::Nothing {
            return Ok(());
        }
        let reply = match self.line.take() {
            Some(size) => m.line_of_input(size),
            None => m.system_reply()?,
        };
        self.take(m, asked, reply);
        Ok(())
    }

    fn take(&mut self, m: &mut Machine, asked: Asked, reply: Reply) {
        match (asked, reply) {
            (Asked::Fill(buffer), Reply::Bytes(bytes)) => {
                self.ended = bytes.is_empty();
                m.buffered_file_mut(buffer).ahead.extend_from_slice(&bytes);
            }
            (Asked::Drain(buffer), Reply::Number(written)) => {
                let pending = &mut m.buffered_file_mut(buffer).pending;
                pending.drain(..(written as usize).min(pending.len()));
            }
            (Asked::Reply, Reply::Number(number)) => self.number = number,
            (Asked::Reply, Reply::Bytes(bytes)) => {
                self.ended = bytes.is_empty();
                self.carry.extend_from_slice(&bytes);
            }
            (Asked::Done, _) => {}
            (asked, reply) => panic!("the reply to {asked:?} is {reply:?}"),
        }
    }

    fn attempt(&mut self, m: &mut Machine) -> Attempt {
        match m.io(self.file) {
            Some(Io::Raw(_)) => self.attempt_raw(m),
            Some(Io::Buffered(_)) => self.attempt_buffered(m),
            Some(Io::Wrapper(_)) => self.attempt_text(m),
            Some(Io::Text(_) | Io::Bytes(_) | Io::Pair(_) | Io::Newlines(_)) | None => {
                panic!("a file of the operating system is worked on")
            }
        }
    }

    /// Lets go of the lines that were gathered, as a list.
    fn take_lines(&mut self, m: &mut Machine) -> Value {
        let lines = std::mem::take(&mut self.lines);
        m.heap.list(lines)
    }

    /// The str or bytes that is written next; `None` when all is written.
    fn next_written(&self, m: &Machine) -> Option<Value> {
        match self.op {
            FileOp::Write(value) => (self.count == 0).then_some(value),
            FileOp::WriteLines(lines) => m.heap.items_of(lines)?.get(self.count).copied(),
            _ => None,
        }
    }

    /// What a write gives: how much it took.
    fn written(&self, m: &mut Machine) -> Need {
        let is_write = matches!(self.op, FileOp::Write(_));
        Need::Done(if is_write { m.heap.int(self.number) } else { Value::NONE })
    }
}

impl NativeTask for FileWork {
    fn advance(mut self, m: &mut Machine, _input: Input) -> Advance {
        self.absorb(m)?;
        loop {
            let (call, asked) = match self.attempt(m)? {
                Need::Done(value) => return Ok(Progress::Done(value)),
                Need::Exhausted => return Ok(Progress::Exhausted),
                Need::Call(call, asked) => (call, asked),
            };
            let ask = match m.standard_call(&call) {
                Below::Elsewhere => Ask::System(Rc::new(call)),
                Below::Line(size) => {
                    self.line = Some(size);
                    Ask::Line
                }
                Below::Replied(Ok(reply)) => {
                    self.take(m, asked, reply);
                    continue;
                }
                Below::Replied(Err(failure)) => return Err(m.os_error(&failure)),
            };
            self.asked = asked;
            let entry = m.ask(ask);
            return Ok(Progress::Wait(self.into(), entry));
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.file));
        self.lines.iter().copied().for_each(&mut *visit);
        self.op.each_value(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.get(self.file).class).name;
        let doing = match self.op {
            FileOp::Read(_) | FileOp::ReadSome(_) | FileOp::Peek | FileOp::ReadInto(..) => "reading",
            FileOp::ReadLine(_) | FileOp::Next | FileOp::ReadLines(_) => "reading lines",
            FileOp::Write(_) | FileOp::WriteLines(_) => "writing",
            FileOp::Flush => "flushing",
            FileOp::Seek(..) | FileOp::Tell => "finding its place",
            FileOp::Truncate(_) => "cutting the file",
            FileOp::Close => "closing",
        };
        format!("{class}: {doing}")
    }
}

impl Machine {
    /// What the operating system replied; a call that failed is an OSError.
    pub(in crate::machine) fn system_reply(&mut self) -> Result<Reply, Raise> {
        match &*self.take_answer() {
            Answer::System(Ok(reply)) => Ok(reply.clone()),
            Answer::System(Err(failure)) => Err(self.os_error(failure)),
            other => panic!("a call was made, and the answer is {other:?}"),
        }
    }
}
