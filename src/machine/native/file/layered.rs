//! Work on a buffer whose raw file may be any object with the methods of one: what a program has written in Python, or
//! an instance of a class derived from `FileIO`.  Each of those methods is called, in a frame of its own where it is
//! Python.

use super::{FileOp, buffered::closed_words};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::native::{Do, Got, Steps, Stepwise};
use crate::machine::object::types;
use crate::machine::protocol::buffer::flags;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What the raw file is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Nothing,
    /// Whether it is closed, and the truth of what it says to that.
    Closed,
    IsClosed,
    /// Whether it has places to seek to.
    Seekable,
    /// Bytes for the buffer.
    Fill,
    /// Bytes for the result, past the buffer.
    Past,
    /// Whether it can give all that is left.
    HasAll,
    /// All that is left, at once or part by part.
    All,
    Part,
    /// To take bytes: those that were kept back, or others past the buffer.
    Drain,
    WritePast,
    /// To go back by what was read ahead.
    Rewind,
    /// Where it stands: for the result, to seek from there, or only to know it.
    Tell,
    Start,
    After,
    Seek,
    Cut,
    /// A view of the bytes to be written, which it is then given.
    View,
    /// The file's own flush, before it is closed, and the end.
    Flush,
    Close,
    /// The raw file's flush, which is all that is wanted.
    Pass,
}

/// How far the preparations are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Stage {
    /// What is kept back is not written yet.
    Draining,
    /// The raw file is not where the buffer is yet.
    Rewinding,
    /// Both is done.
    Ready,
}

/// Work on a buffer over any raw file.
#[derive(Clone, Debug, Hash)]
pub struct Layer {
    file: Handle,
    op: FileOp,
    asked: Asked,
    stage: Stage,
    /// What goes to the raw file next when there is a view of it: for which purpose.
    purpose: Asked,
    /// The memory that the raw file fills.
    memory: Option<Value>,
    /// What was gathered for the result.
    bytes: Vec<u8>,
    /// What the raw file has filled of the buffer in this work.
    filled: usize,
    /// The end of the raw file was seen, or it has nothing just now.
    ended: bool,
    /// It said that it has nothing just now.
    blocked: bool,
    /// What is still to be written of the argument, from here on.
    written: usize,
    number: i64,
    /// What the raw file said to the last question that has an answer.
    answer: Option<Value>,
    /// What flushing raised, while the raw file is being closed all the same.
    error: Option<Value>,
    /// Nobody holds the file any more.
    forgotten: bool,
}

/// Work on a buffer over any raw file, under way.
pub type Layered = Steps<Layer>;

impl Layer {
    /// Work that has not begun.
    pub const fn new(file: Handle, op: FileOp) -> Self {
        Self {
            file,
            op,
            asked: Asked::Nothing,
            stage: Stage::Draining,
            purpose: Asked::Nothing,
            memory: None,
            bytes: Vec::new(),
            filled: 0,
            ended: false,
            blocked: false,
            written: 0,
            number: 0,
            answer: None,
            error: None,
            forgotten: false,
        }
    }

    /// Closes a buffer that nobody holds any more.
    pub fn forgotten(file: Handle) -> Self {
        Self { forgotten: true, ..Self::new(file, FileOp::Close) }
    }

    fn wait(&mut self, asked: Asked, flow: Flow) -> Result<Do, Raise> {
        self.asked = asked;
        Ok(flow.into())
    }

    fn ask(&mut self, m: &mut Machine, asked: Asked, method: &str, args: Vec<Value>) -> Result<Do, Raise> {
        let (raw, name) = (m.buffered_file(self.file).raw, m.text_handle(method));
        let flow = m.call_attr(raw, name, args)?;
        self.wait(asked, flow)
    }

    fn is_a(&self, m: &Machine, kind: Handle) -> bool {
        m.heap.is_subclass(m.heap.get(self.file).class, kind)
    }

    fn reads(&self, m: &Machine) -> bool {
        !self.is_a(m, types::BUFFERED_WRITER)
    }

    fn writes(&self, m: &Machine) -> bool {
        !self.is_a(m, types::BUFFERED_READER)
    }

    /// Asks the raw file to fill so many bytes of new memory.
    fn fill(&mut self, m: &mut Machine, asked: Asked, size: usize) -> Result<Do, Raise> {
        let memory = m.heap.bytearray(vec![0; size]);
        self.memory = Some(memory);
        let Flow::Value(view) = m.required_view(memory, flags::SIMPLE, "")? else {
            panic!("the memory of a bytearray is there at once")
        };
        self.ask(m, asked, "readinto", vec![view])
    }

    /// The buffer is filled once more.
    fn fill_buffer(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let part = m.buffered_file_mut(self.file);
        if part.unread() == 0 {
            part.forget();
        }
        let size = part.size.saturating_sub(self.filled).max(1);
        self.fill(m, Asked::Fill, size)
    }

    /// Gives the raw file bytes, as a view of them.
    fn give(&mut self, m: &mut Machine, purpose: Asked, bytes: &[u8]) -> Result<Do, Raise> {
        let bytes = m.heap.bytes(bytes);
        self.purpose = purpose;
        let flow = m.required_view(bytes, flags::SIMPLE, "")?;
        self.wait(Asked::View, flow)
    }

    /// What was kept back is written, and the raw file stands where the buffer does, if this is nothing.
    fn prepared(&mut self, m: &mut Machine) -> Result<Option<Do>, Raise> {
        if self.stage == Stage::Draining {
            if self.writes(m) && !m.buffered_file(self.file).pending.is_empty() {
                let pending = m.buffered_file(self.file).pending.clone();
                return self.give(m, Asked::Drain, &pending).map(Some);
            }
            self.stage = Stage::Rewinding;
        }
        if self.stage == Stage::Rewinding {
            self.stage = Stage::Ready;
            if self.reads(m) && self.writes(m) {
                let part = m.buffered_file_mut(self.file);
                let unread = part.unread() as i64;
                part.forget();
                let (offset, whence) = (m.heap.int(-unread), m.heap.int(1));
                return self.ask(m, Asked::Rewind, "seek", vec![offset, whence]).map(Some);
            }
        }
        Ok(None)
    }

    /// How many bytes the raw file has read or written; nothing where it says None.
    fn count(m: &mut Machine, value: Value, most: usize, method: &str) -> Result<Option<usize>, Raise> {
        if value.is_none() {
            return Ok(None);
        }
        if m.heap.int_ref(value).is_none() {
            let class = m.class_name(value);
            let error = m.type_error(format!("'{class}' object cannot be interpreted as an integer"));
            let failed = m.os_error_text(&format!("raw {method}() failed"));
            m.set_exception_cause(failed.exception, Some(error.exception));
            m.set_context_to(failed.exception, Some(error.exception));
            return Err(Raise::passed(failed.exception));
        }
        let count = m.index_i64(value, types::VALUE_ERROR)?;
        match usize::try_from(count).ok().filter(|count| *count <= most) {
            Some(count) => Ok(Some(count)),
            None => Err(m.os_error_text(&format!(
                "raw {method}() returned invalid length {count} (should have been between 0 and {most})"
            ))),
        }
    }

    /// The bytes that the raw file has put into the memory it was given.
    fn filled(&mut self, m: &mut Machine, value: Value) -> Result<Vec<u8>, Raise> {
        let memory = self.memory.take().expect("the memory is there");
        let bytes = m.bytes_argument(memory)?;
        let count = Self::count(m, value, bytes.len(), "readinto")?;
        self.blocked = count.is_none();
        self.ended = count.unwrap_or(0) == 0;
        let part = m.buffered_file_mut(self.file);
        part.place = part.place.map(|place| place + count.unwrap_or(0) as i64);
        Ok(bytes[..count.unwrap_or(0)].to_vec())
    }

    /// Takes how much was written; true if the raw file takes nothing just now.
    fn written(&mut self, m: &mut Machine, value: Value, most: usize) -> Result<(usize, bool), Raise> {
        let count = Self::count(m, value, most, "write")?;
        let part = m.buffered_file_mut(self.file);
        part.place = part.place.map(|place| place + count.unwrap_or(0) as i64);
        Ok((count.unwrap_or(0), count.is_none()))
    }

    /// Where the raw file says it stands.
    fn placed(&self, m: &mut Machine, value: Value) -> Result<i64, Raise> {
        if m.heap.int_ref(value).is_none() {
            let class = m.class_name(value);
            return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
        }
        let place = m.index_i64(value, types::VALUE_ERROR)?;
        if place < 0 {
            return Err(m.os_error_text(&format!("Raw stream returned invalid position {place}")));
        }
        m.buffered_file_mut(self.file).place = Some(place);
        Ok(place)
    }

    /// Takes what the raw file said.
    fn take(&mut self, m: &mut Machine, value: Value) -> Result<Option<Do>, Raise> {
        match self.asked {
            Asked::Fill => {
                let bytes = self.filled(m, value)?;
                self.filled += bytes.len();
                m.buffered_file_mut(self.file).ahead.extend_from_slice(&bytes);
            }
            Asked::Past => {
                let bytes = self.filled(m, value)?;
                self.bytes.extend_from_slice(&bytes);
            }
            Asked::Drain => {
                let most = m.buffered_file(self.file).pending.len();
                let (count, blocked) = self.written(m, value, most)?;
                if blocked {
                    return Err(self.would_block(m, "write could not complete without blocking", 0));
                }
                m.buffered_file_mut(self.file).pending.drain(..count);
            }
            Asked::WritePast => return self.wrote_past(m, value),
            Asked::Rewind => {
                self.placed(m, value)?;
            }
            Asked::Start | Asked::Tell => self.number = self.placed(m, value)?,
            Asked::After => {}
            Asked::Seek => {
                self.number = self.placed(m, value)?;
                return Ok(Some(Do::Done(m.heap.int(self.number))));
            }
            Asked::Cut => {
                self.answer = Some(value);
                return self.ask(m, Asked::After, "tell", vec![]).map(Some);
            }
            Asked::Seekable if value != Value::TRUE => {
                return Err(m.unsupported_operation("File or stream is not seekable."));
            }
            Asked::HasAll => {
                if value == Value::NOT_IMPLEMENTED {
                    return self.ask(m, Asked::Part, "read", vec![]).map(Some);
                }
                let flow = m.call(value, Args::default())?;
                return self.wait(Asked::All, flow).map(Some);
            }
            Asked::All | Asked::Part => return self.took_all(m, value).map(Some),
            Asked::View => {
                let purpose = self.purpose;
                return self.ask(m, purpose, "write", vec![value]).map(Some);
            }
            Asked::Pass => return Ok(Some(Do::Done(value))),
            Asked::Flush => return self.ask(m, Asked::Close, "close", vec![]).map(Some),
            Asked::Close => {
                m.buffered_file_mut(self.file).closed = true;
                return match self.error.take() {
                    Some(error) => Err(Raise::passed(error)),
                    None => Ok(Some(Do::Done(Value::NONE))),
                };
            }
            Asked::Seekable | Asked::Nothing | Asked::Closed | Asked::IsClosed => {}
        }
        Ok(None)
    }

    /// A BlockingIOError that says how many bytes of the argument were taken all the same.
    fn would_block(&self, m: &mut Machine, text: &str, written: usize) -> Raise {
        // What was not taken the raw file has not said by an error of the operating system.
        let args = vec![m.heap.int(0), m.heap.str(text), m.heap.int(written as i64)];
        m.raise_os_error_of(types::BLOCKING_IO_ERROR, args)
    }

    fn took_all(&mut self, m: &mut Machine, value: Value) -> Result<Do, Raise> {
        let method = if self.asked == Asked::All { "readall" } else { "read" };
        if !value.is_none() && !m.heap.is_instance(value, types::BYTES) {
            return Err(m.type_error(format!("{method}() should return bytes")));
        }
        let bytes = if value.is_none() { vec![] } else { m.bytes_argument(value)? };
        let part = m.buffered_file_mut(self.file);
        part.place = part.place.map(|place| place + bytes.len() as i64);
        self.bytes.extend_from_slice(&bytes);
        if self.asked == Asked::Part && !bytes.is_empty() {
            return self.ask(m, Asked::Part, "read", vec![]);
        }
        if value.is_none() && self.bytes.is_empty() {
            return Ok(Do::Done(Value::NONE));
        }
        Ok(Do::Done(m.heap.bytes(&self.bytes)))
    }

    fn go(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match self.op {
            FileOp::Read(None) => {
                let bytes = m.buffered_file_mut(self.file).take(usize::MAX);
                self.bytes.extend_from_slice(&bytes);
                if self.writes(m)
                    && let Some(wanted) = self.prepared(m)?
                {
                    return Ok(wanted);
                }
                let (raw, name) = (m.buffered_file(self.file).raw, m.text_handle("readall"));
                let flow = m.get_attr_or(raw, name, Value::NOT_IMPLEMENTED)?;
                self.wait(Asked::HasAll, flow)
            }
            FileOp::Read(Some(size)) => self.read(m, size),
            FileOp::ReadSome(size) => self.read_some(m, size),
            FileOp::ReadInto(view, once) => self.read_into(m, view, once),
            FileOp::Peek => {
                if m.buffered_file(self.file).unread() == 0 && !self.ended {
                    if self.writes(m)
                        && let Some(wanted) = self.prepared(m)?
                    {
                        return Ok(wanted);
                    }
                    return self.fill_buffer(m);
                }
                let part = m.buffered_file(self.file);
                let bytes = part.ahead[part.at..].to_vec();
                Ok(Do::Done(m.heap.bytes(&bytes)))
            }
            FileOp::ReadLine(_) | FileOp::Next => self.read_line(m),
            FileOp::Write(value) => self.write(m, value),
            FileOp::Flush => match self.prepared(m)? {
                Some(wanted) => Ok(wanted),
                None => Ok(Do::Done(Value::NONE)),
            },
            FileOp::Tell => match self.asked {
                Asked::Tell => {
                    let part = m.buffered_file(self.file);
                    let place = self.number - part.unread() as i64 + part.pending.len() as i64;
                    Ok(Do::Done(m.heap.int(place)))
                }
                _ => self.ask(m, Asked::Tell, "tell", vec![]),
            },
            FileOp::Seek(offset, whence) => self.seek(m, offset, whence),
            FileOp::Truncate(size) => {
                if let Some(answer) = self.answer {
                    return Ok(Do::Done(answer));
                }
                if !self.writes(m) {
                    return Err(m.unsupported_operation("truncate"));
                }
                if let Some(wanted) = self.prepared(m)? {
                    return Ok(wanted);
                }
                let size = size.map_or(Value::NONE, |size| m.heap.int(size));
                self.ask(m, Asked::Cut, "truncate", vec![size])
            }
            FileOp::Close => {
                let name = m.text_handle("flush");
                let flow = m.call_attr(Value::object(self.file), name, vec![])?;
                self.wait(Asked::Flush, flow)
            }
            FileOp::ReadLines(_) | FileOp::WriteLines(_) => panic!("lines are gone through one by one"),
        }
    }

    fn read(&mut self, m: &mut Machine, size: usize) -> Result<Do, Raise> {
        let missing = size - self.bytes.len();
        let bytes = m.buffered_file_mut(self.file).take(missing);
        self.bytes.extend_from_slice(&bytes);
        let missing = size - self.bytes.len();
        if missing == 0 || self.ended {
            if self.blocked && self.bytes.is_empty() && size > 0 {
                return Ok(Do::Done(Value::NONE));
            }
            return Ok(Do::Done(m.heap.bytes(&self.bytes)));
        }
        if self.writes(m)
            && let Some(wanted) = self.prepared(m)?
        {
            return Ok(wanted);
        }
        let room = m.buffered_file(self.file).size;
        if missing >= room {
            return self.fill(m, Asked::Past, missing - missing % room);
        }
        self.fill_buffer(m)
    }

    fn read_some(&mut self, m: &mut Machine, size: Option<usize>) -> Result<Do, Raise> {
        let part = m.buffered_file(self.file);
        let size = size.unwrap_or(part.size);
        if size > 0 && part.unread() == 0 && self.asked != Asked::Past {
            if self.writes(m)
                && let Some(wanted) = self.prepared(m)?
            {
                return Ok(wanted);
            }
            m.buffered_file_mut(self.file).forget();
            return self.fill(m, Asked::Past, size);
        }
        let bytes = m.buffered_file_mut(self.file).take(size);
        self.bytes.extend_from_slice(&bytes);
        Ok(Do::Done(m.heap.bytes(&self.bytes)))
    }

    fn read_into(&mut self, m: &mut Machine, view: Handle, once: bool) -> Result<Do, Raise> {
        let size = m.heap.memory_view(view).layout.bytes();
        let missing = size - self.bytes.len();
        let bytes = m.buffered_file_mut(self.file).take(missing);
        self.bytes.extend_from_slice(&bytes);
        let missing = size - self.bytes.len();
        // What the buffer has no room for is read at once, behind what the buffer had.
        let past = missing > m.buffered_file(self.file).size && self.asked != Asked::Past;
        let goes_on = self.bytes.is_empty() || !once || past;
        if missing > 0 && !self.ended && goes_on {
            if self.writes(m)
                && let Some(wanted) = self.prepared(m)?
            {
                return Ok(wanted);
            }
            if missing > m.buffered_file(self.file).size {
                return self.fill(m, Asked::Past, missing);
            }
            return self.fill_buffer(m);
        }
        if self.blocked && self.bytes.is_empty() {
            return Ok(Do::Done(Value::NONE));
        }
        Ok(Do::Done(m.fill_view(view, &self.bytes)))
    }

    fn read_line(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let limit = match self.op {
            FileOp::ReadLine(limit) => limit.unwrap_or(usize::MAX),
            _ => usize::MAX,
        };
        let most = limit - self.bytes.len();
        let part = m.buffered_file_mut(self.file);
        let unread = &part.ahead[part.at..];
        let end = unread.iter().take(most).position(|byte| *byte == b'\n').map(|at| at + 1);
        let bytes = part.take(end.unwrap_or(most));
        self.bytes.extend_from_slice(&bytes);
        if end.is_none() && self.bytes.len() < limit && !self.ended {
            if self.writes(m)
                && let Some(wanted) = self.prepared(m)?
            {
                return Ok(wanted);
            }
            self.filled = 0;
            return self.fill_buffer(m);
        }
        if let (FileOp::Next, true) = (&self.op, self.bytes.is_empty()) {
            return Ok(Do::Exhausted);
        }
        Ok(Do::Done(m.heap.bytes(&self.bytes)))
    }

    fn write(&mut self, m: &mut Machine, value: Value) -> Result<Do, Raise> {
        let bytes = m.bytes_argument(value)?;
        if m.buffered_file(self.file).unread() > 0
            && let Some(wanted) = self.prepared(m)?
        {
            return Ok(wanted);
        }
        let part = m.buffered_file_mut(self.file);
        let missing = bytes.len() - self.written;
        let room = part.size - part.pending.len().min(part.size);
        if missing > room || missing == part.size {
            if !part.pending.is_empty() {
                let pending = part.pending.clone();
                return self.give(m, Asked::Drain, &pending);
            }
            if missing > part.size {
                return self.give(m, Asked::WritePast, &bytes[self.written..]);
            }
        }
        part.pending.extend_from_slice(&bytes[self.written..]);
        Ok(Do::Done(m.heap.int(bytes.len() as i64)))
    }

    /// Bytes of the argument went past the buffer.
    fn wrote_past(&mut self, m: &mut Machine, value: Value) -> Result<Option<Do>, Raise> {
        let FileOp::Write(argument) = self.op else { panic!("something is written") };
        let bytes = m.bytes_argument(argument)?;
        let (count, blocked) = self.written(m, value, bytes.len() - self.written)?;
        self.written += count;
        if !blocked {
            return Ok(None);
        }
        // What there is room for is kept back, and the rest is not taken.
        let part = m.buffered_file_mut(self.file);
        let end = bytes.len().min(self.written + part.size);
        part.pending.extend_from_slice(&bytes[self.written..end]);
        if end == bytes.len() {
            return Ok(Some(Do::Done(m.heap.int(end as i64))));
        }
        Err(self.would_block(m, "write could not complete without blocking", end))
    }

    fn seek(&mut self, m: &mut Machine, offset: i64, whence: u8) -> Result<Do, Raise> {
        if self.asked == Asked::IsClosed {
            return self.ask(m, Asked::Seekable, "seekable", vec![]);
        }
        let within = whence != 2 && self.reads(m) && self.stage == Stage::Draining;
        if within {
            let Some(place) = m.buffered_file(self.file).place else {
                return self.ask(m, Asked::Start, "tell", vec![]);
            };
            let part = m.buffered_file_mut(self.file);
            let step = if whence == 0 { offset - (place - part.unread() as i64) } else { offset };
            let target = part.at as i64 + step;
            if part.pending.is_empty()
                && !part.ahead.is_empty()
                && (0..=part.ahead.len() as i64).contains(&target)
            {
                part.at = target as usize;
                let stands = place - part.unread() as i64;
                return Ok(Do::Done(m.heap.int(stands)));
            }
        }
        if self.stage == Stage::Draining {
            if self.writes(m) && !m.buffered_file(self.file).pending.is_empty() {
                let pending = m.buffered_file(self.file).pending.clone();
                return self.give(m, Asked::Drain, &pending);
            }
            self.stage = Stage::Ready;
        }
        let part = m.buffered_file_mut(self.file);
        let target = if whence == 1 { offset - part.unread() as i64 } else { offset };
        part.forget();
        let args = vec![m.heap.int(target), m.heap.int(whence.into())];
        self.ask(m, Asked::Seek, "seek", args)
    }
}

impl Stepwise for Layer {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        m.has_raw(self.file)?;
        match (self.asked, got) {
            (Asked::Nothing, _) if matches!(self.op, FileOp::Tell) => {}
            (Asked::Nothing, _) if matches!(self.op, FileOp::Flush) && !self.writes(m) => {
                return self.ask(m, Asked::Pass, "flush", vec![]);
            }
            (Asked::Nothing, _) => {
                let (raw, name) = (m.buffered_file(self.file).raw, m.text_handle("closed"));
                let flow = m.get_attr(raw, name)?;
                return self.wait(Asked::Closed, flow);
            }
            (Asked::Closed, Got::Value(closed)) => {
                let flow = m.truth(closed)?;
                return self.wait(Asked::IsClosed, flow);
            }
            (Asked::IsClosed, Got::Value(Value::TRUE)) => {
                return match self.op {
                    FileOp::Close => {
                        m.buffered_file_mut(self.file).closed = true;
                        Ok(Do::Done(Value::NONE))
                    }
                    _ => Err(m.value_error(closed_words(&self.op))),
                };
            }
            (_, Got::Value(value)) => {
                if let Some(wanted) = self.take(m, value)? {
                    return Ok(wanted);
                }
            }
            (Asked::Closed | Asked::IsClosed, Got::Raised(_)) => {
                m.buffered_file_mut(self.file).closed = true;
                return Ok(Do::Done(Value::NONE));
            }
            (Asked::Close, Got::Raised(error)) => {
                m.set_context_to(error, self.error.take());
                return Err(Raise::passed(error));
            }
            (Asked::Flush, Got::Raised(error)) => {
                // The raw file is closed whatever flushing says.
                self.error = Some(error);
                return self.ask(m, Asked::Close, "close", vec![]);
            }
            (Asked::After, Got::Raised(_)) => {}
            (asked, got) => panic!("{asked:?} does not give {got:?}"),
        }
        self.go(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.file));
        self.memory.into_iter().chain(self.answer).chain(self.error).for_each(&mut *visit);
        self.op.each_value(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.get(self.file).class).name;
        let asked = match self.asked {
            Asked::Nothing | Asked::Closed | Asked::IsClosed => "whether its raw file is closed",
            Asked::Seekable => "its raw file's seekable",
            Asked::Fill | Asked::Past | Asked::HasAll | Asked::All | Asked::Part => "its raw file's read",
            Asked::View | Asked::Drain | Asked::WritePast => "its raw file's write",
            Asked::Rewind | Asked::Seek => "its raw file's seek",
            Asked::Tell | Asked::Start | Asked::After => "its raw file's tell",
            Asked::Cut => "its raw file's truncate",
            Asked::Flush | Asked::Pass => "flush",
            Asked::Close => "its raw file's close",
        };
        format!("{class}: waiting for {asked}")
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        match self.asked {
            Asked::After => heap.is_instance(exception, types::EXCEPTION),
            Asked::Flush => heap.is_instance(exception, types::BASE_EXCEPTION),
            Asked::Closed | Asked::IsClosed => self.forgotten,
            Asked::Close => self.error.is_some(),
            _ => false,
        }
    }
}

/// Makes a buffer of a raw file that is asked what it can do.
#[derive(Clone, Debug, Hash)]
pub struct Layering {
    file: Handle,
    raw: Value,
    size: i64,
    /// Which question comes next.
    at: usize,
}

/// The making of a buffer, under way.
pub type BufferLayering = Steps<Layering>;

/// What a raw file must say yes to, and what is wrong if it does not.
type Question = (&'static str, &'static str);

const SEEKABLE: Question = ("seekable", "File or stream is not seekable.");
const READABLE: Question = ("readable", "File or stream is not readable.");
const WRITABLE: Question = ("writable", "File or stream is not writable.");

impl Layering {
    /// The buffer is there, and has no raw file yet.
    pub const fn new(file: Handle, raw: Value, size: i64) -> Self {
        Self { file, raw, size, at: 0 }
    }

    fn questions(&self, m: &Machine) -> &'static [Question] {
        let class = m.heap.get(self.file).class;
        if m.heap.is_subclass(class, types::BUFFERED_RANDOM) {
            &[SEEKABLE, READABLE, WRITABLE]
        } else if m.heap.is_subclass(class, types::BUFFERED_WRITER) {
            &[WRITABLE]
        } else {
            &[READABLE]
        }
    }
}

impl Stepwise for Layering {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let questions = self.questions(m);
        if let (Some(asked), Got::Value(answer)) = (self.at.checked_sub(1), got) {
            match questions.get(asked) {
                Some((_, words)) if answer != Value::TRUE => return Err(m.unsupported_operation(words)),
                Some(_) => {}
                None => {
                    m.buffered_file_mut(self.file).place =
                        m.index_clamped(answer).filter(|place| *place >= 0);
                    return Ok(Do::Done(Value::NONE));
                }
            }
        } else if let Got::Raised(_) = got {
            // Where it stands need not be known.
            return Ok(Do::Done(Value::NONE));
        }
        let question = questions.get(self.at).map(|question| question.0);
        self.at += 1;
        if question.is_none() {
            let Some(size) = usize::try_from(self.size).ok().filter(|size| *size > 0) else {
                return Err(m.value_error("buffer size must be strictly positive"));
            };
            m.set_raw(self.file, self.raw, size);
            if m.is_direct(self.file) {
                return Ok(Do::Done(Value::NONE));
            }
        }
        let name = m.text_handle(question.unwrap_or("tell"));
        Ok(m.call_attr(self.raw, name, vec![])?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.file));
        visit(self.raw);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.get(self.file).class).name;
        format!("{class}: asking what its raw file can do")
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::EXCEPTION)
            && match heap.payload(self.file) {
                crate::machine::object::Payload::Io(io) => {
                    matches!(&**io, crate::machine::object::io::Io::Buffered(part) if !part.raw.is_none())
                }
                _ => false,
            }
    }
}

impl Machine {
    /// A buffer without a raw file is good for nothing.
    pub(in crate::machine) fn has_raw(&mut self, file: Handle) -> Result<(), Raise> {
        let part = self.buffered_file(file);
        match (part.raw.is_none(), part.detached) {
            (false, _) => Ok(()),
            (true, true) => Err(self.value_error("raw stream has been detached")),
            (true, false) => Err(self.value_error("I/O operation on uninitialized object")),
        }
    }

    /// What the raw file of a buffer has under this name, or what its method gives.
    pub(in crate::machine) fn ask_raw(&mut self, file: Value, name: &str, calls: bool) -> Eval {
        let handle = file.handle().expect("a file is a heap object");
        self.has_raw(handle)?;
        let (raw, name) = (self.buffered_file(handle).raw, self.text_handle(name));
        if calls { self.call_attr(raw, name, vec![]) } else { self.get_attr(raw, name) }
    }
}
