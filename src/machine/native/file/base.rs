//! What the classes that all files derive from do by way of the methods of the file itself, which may be Python's:
//! lines by `read()`, `read()` by `readinto()`, the end by `close()`.

use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::native::{BUFFER_SIZE, Do, Got, Steps, Stepwise};
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// The attribute that says that a file without a payload is closed.
pub const IO_BASE_CLOSED: &str = "__IOBase_closed";

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BaseOp {
    /// A line of bytes, at most so long.
    ReadLine(Option<usize>),
    /// The next line, for a loop.
    Next,
    /// Lines, until they are longer than this.
    ReadLines(Option<usize>),
    /// To write the items of an iterable.
    WriteLines(Value),
    /// To be flushed, and to be closed from then on.
    Close,
    /// To be closed, as nobody needs it any more.
    Finalize,
    /// So many bytes by `readinto()`.
    Read(usize),
    /// All bytes by `read()`.
    ReadAll,
    /// To fill the memory of a memoryview by `read()`, or by `read1()`.
    ReadInto(Handle, bool),
}

/// What is being waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Nothing,
    /// Whether it has `peek`.
    HasPeek,
    Peek,
    Read,
    ReadLine,
    /// Whether there is anything in a line.
    Line,
    Closed,
    IsClosed,
    Iterator,
    Item,
    Length,
    Write,
    Flush,
    SetClosed,
    Close,
    Report,
}

/// See [`BaseOp`].
#[derive(Clone, Debug, Hash)]
pub struct Base {
    file: Value,
    op: BaseOp,
    asked: Asked,
    /// The method `peek`, where there is one.
    peek: Option<Value>,
    iterator: Option<Value>,
    bytes: Vec<u8>,
    lines: Vec<Value>,
    count: usize,
    /// The line whose length is asked, or the memory that is being filled.
    held: Option<Value>,
    /// What flushing raised, while the file is being closed all the same.
    error: Option<Value>,
}

/// The work, under way.
pub type BaseWork = Steps<Base>;

impl Base {
    /// Work that has not begun.
    pub const fn new(file: Value, op: BaseOp) -> Self {
        Self {
            file,
            op,
            asked: Asked::Nothing,
            peek: None,
            iterator: None,
            bytes: Vec::new(),
            lines: Vec::new(),
            count: 0,
            held: None,
            error: None,
        }
    }

    fn wait(&mut self, asked: Asked, flow: Flow) -> Result<Do, Raise> {
        self.asked = asked;
        Ok(flow.into())
    }

    fn ask(&mut self, m: &mut Machine, asked: Asked, method: &str, args: Vec<Value>) -> Result<Do, Raise> {
        let name = m.text_handle(method);
        let flow = m.call_attr(self.file, name, args)?;
        self.wait(asked, flow)
    }

    fn begin(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match self.op {
            BaseOp::ReadLine(_) => {
                let name = m.text_handle("peek");
                let flow = m.get_attr_or(self.file, name, Value::NOT_IMPLEMENTED)?;
                self.wait(Asked::HasPeek, flow)
            }
            BaseOp::Next => self.ask(m, Asked::ReadLine, "readline", vec![]),
            BaseOp::WriteLines(_) | BaseOp::Finalize => {
                let name = m.text_handle("closed");
                let flow = m.get_attr(self.file, name)?;
                self.wait(Asked::Closed, flow)
            }
            BaseOp::ReadLines(_) => {
                let flow = m.iter(self.file)?;
                self.wait(Asked::Iterator, flow)
            }
            BaseOp::Close => {
                let name = m.text_handle(IO_BASE_CLOSED);
                let flow = m.has_attr(self.file, name)?;
                self.wait(Asked::IsClosed, flow)
            }
            BaseOp::Read(size) => {
                let memory = m.heap.bytearray(vec![0; size]);
                self.held = Some(memory);
                self.ask(m, Asked::Read, "readinto", vec![memory])
            }
            BaseOp::ReadAll => self.read(m, BUFFER_SIZE),
            BaseOp::ReadInto(view, once) => {
                let size = m.heap.memory_view(view).layout.bytes();
                let size = m.heap.int(size as i64);
                self.ask(m, Asked::Read, if once { "read1" } else { "read" }, vec![size])
            }
        }
    }

    fn read(&mut self, m: &mut Machine, size: usize) -> Result<Do, Raise> {
        let size = m.heap.int(size as i64);
        self.ask(m, Asked::Read, "read", vec![size])
    }

    /// The next part of a line: as much as may be taken without looking behind its end.
    fn next_part(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let BaseOp::ReadLine(limit) = self.op else { panic!("a line is read") };
        if self.bytes.ends_with(b"\n") || limit.is_some_and(|limit| self.bytes.len() >= limit) {
            return Ok(Do::Done(m.heap.bytes(&self.bytes)));
        }
        let Some(peek) = self.peek else { return self.read(m, 1) };
        let one = m.heap.int(1);
        let flow = m.call(peek, crate::machine::args::Args::new([one]))?;
        self.wait(Asked::Peek, flow)
    }

    /// Bytes that `method` gave; anything else is an error of the class that `class` says.
    fn given(m: &mut Machine, value: Value, method: &str) -> Result<Vec<u8>, Raise> {
        if m.heap.is_instance(value, types::BYTES)
            && let Some(bytes) = m.heap.byte_string(value)
        {
            return Ok(bytes.to_vec());
        }
        let class = m.class_name(value);
        Err(m.os_error_text(&format!("{method}() should have returned a bytes object, not '{class}'")))
    }

    /// What `read()`, `read1()` or `readinto()` gave.
    fn took(&mut self, m: &mut Machine, value: Value) -> Result<Do, Raise> {
        match self.op {
            BaseOp::ReadLine(_) => {
                let bytes = Self::given(m, value, "read")?;
                if bytes.is_empty() {
                    return Ok(Do::Done(m.heap.bytes(&self.bytes)));
                }
                self.bytes.extend_from_slice(&bytes);
                self.next_part(m)
            }
            BaseOp::Read(size) => {
                if value.is_none() {
                    return Ok(Do::Done(Value::NONE));
                }
                if m.heap.int_ref(value).is_none() {
                    let class = m.class_name(value);
                    return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
                }
                let count = m.index_i64(value, types::VALUE_ERROR)?;
                let Some(count) = usize::try_from(count).ok().filter(|count| *count <= size) else {
                    return Err(
                        m.value_error(format!("readinto returned {count} outside buffer size {size}"))
                    );
                };
                let memory = self.held.expect("the memory that was filled");
                let bytes = m.heap.byte_string(memory).unwrap_or_default();
                let bytes = bytes[..count.min(bytes.len())].to_vec();
                Ok(Do::Done(m.heap.bytes(&bytes)))
            }
            BaseOp::ReadAll => {
                if value.is_none() && self.bytes.is_empty() {
                    return Ok(Do::Done(Value::NONE));
                }
                let bytes = if value.is_none() {
                    vec![]
                } else if m.heap.is_instance(value, types::BYTES) {
                    m.bytes_argument(value)?
                } else {
                    return Err(m.type_error("read() should return bytes"));
                };
                if bytes.is_empty() {
                    return Ok(Do::Done(m.heap.bytes(&self.bytes)));
                }
                self.bytes.extend_from_slice(&bytes);
                self.read(m, BUFFER_SIZE)
            }
            BaseOp::ReadInto(view, once) => {
                if !m.heap.is_instance(value, types::BYTES) {
                    return Err(
                        m.type_error(format!("read{}() should return bytes", if once { "1" } else { "" }))
                    );
                }
                let bytes = m.bytes_argument(value)?;
                let size = m.heap.memory_view(view).layout.bytes();
                if bytes.len() > size {
                    let (name, given) = (if once { "read1" } else { "read" }, bytes.len());
                    return Err(m.value_error(format!(
                        "{name}() returned too much data: {size} bytes requested, {given} returned"
                    )));
                }
                Ok(Do::Done(m.fill_view(view, &bytes)))
            }
            BaseOp::Next
            | BaseOp::ReadLines(_)
            | BaseOp::WriteLines(_)
            | BaseOp::Close
            | BaseOp::Finalize => panic!("nothing was read"),
        }
    }

    /// Another line of those that are gathered.
    fn add_line(&mut self, m: &mut Machine, line: Value) -> Result<Do, Raise> {
        self.lines.push(line);
        let BaseOp::ReadLines(Some(_)) = self.op else { return self.next_item(m) };
        let flow = m.length(line)?;
        self.wait(Asked::Length, flow)
    }

    fn next_item(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.asked = Asked::Item;
        Ok(m.next(self.iterator.expect("the iterator is there"))?.into())
    }

    fn gathered(&mut self, m: &mut Machine) -> Do {
        let lines = std::mem::take(&mut self.lines);
        Do::Done(match self.op {
            BaseOp::ReadLines(_) => m.heap.list(lines),
            _ => Value::NONE,
        })
    }

    fn go_on(&mut self, m: &mut Machine, value: Value) -> Result<Do, Raise> {
        match self.asked {
            Asked::Nothing => self.begin(m),
            Asked::HasPeek => {
                self.peek = (value != Value::NOT_IMPLEMENTED).then_some(value);
                self.next_part(m)
            }
            Asked::Peek => {
                let BaseOp::ReadLine(limit) = self.op else { panic!("a line is read") };
                let ahead = Self::given(m, value, "peek")?;
                let most = limit.map_or(usize::MAX, |limit| limit - self.bytes.len());
                let end = ahead.iter().take(most).position(|byte| *byte == b'\n').map(|at| at + 1);
                self.read(m, end.unwrap_or(ahead.len()).min(most).max(1))
            }
            Asked::Read => self.took(m, value),
            Asked::ReadLine => {
                self.held = Some(value);
                let flow = m.length(value)?;
                self.wait(Asked::Line, flow)
            }
            Asked::Line if m.index_clamped(value) == Some(0) => Ok(Do::Exhausted),
            Asked::Line => Ok(Do::Done(self.held.expect("the line is there"))),
            Asked::Closed => {
                let flow = m.truth(value)?;
                self.wait(Asked::IsClosed, flow)
            }
            Asked::IsClosed => match (self.op, value == Value::TRUE) {
                (BaseOp::WriteLines(_), true) => Err(m.value_error("I/O operation on closed file.")),
                (BaseOp::WriteLines(lines), false) => {
                    let flow = m.iter(lines)?;
                    self.wait(Asked::Iterator, flow)
                }
                (BaseOp::Finalize, false) => self.ask(m, Asked::Close, "close", vec![]),
                (_, true) => Ok(Do::Done(Value::NONE)),
                (_, false) => self.ask(m, Asked::Flush, "flush", vec![]),
            },
            Asked::Iterator => {
                self.iterator = Some(value);
                self.next_item(m)
            }
            Asked::Item => match self.op {
                BaseOp::WriteLines(_) => self.ask(m, Asked::Write, "write", vec![value]),
                _ => self.add_line(m, value),
            },
            Asked::Length => {
                let BaseOp::ReadLines(Some(hint)) = self.op else { panic!("there is a limit") };
                self.count += m.index_clamped(value).map_or(0, |length| length.max(0) as usize);
                if self.count > hint { Ok(self.gathered(m)) } else { self.next_item(m) }
            }
            Asked::Write => self.next_item(m),
            Asked::Flush => {
                let name = m.text_handle(IO_BASE_CLOSED);
                let flow = m.set_attr(self.file, name, Some(Value::TRUE))?;
                self.wait(Asked::SetClosed, flow)
            }
            Asked::SetClosed => match self.error.take() {
                Some(error) => Err(Raise::passed(error)),
                None => Ok(Do::Done(Value::NONE)),
            },
            Asked::Close | Asked::Report => Ok(Do::Done(Value::NONE)),
        }
    }

    fn go_on_after(&mut self, m: &mut Machine, error: Value) -> Result<Do, Raise> {
        match self.asked {
            Asked::Flush => {
                self.error = Some(error);
                self.go_on(m, Value::NONE)
            }
            Asked::SetClosed => {
                m.set_context_to(error, self.error.take());
                Err(Raise::passed(error))
            }
            Asked::Close => {
                let flow = m.report_ignored(error, "while finalizing file", self.file)?;
                self.wait(Asked::Report, flow)
            }
            // What cannot say whether it is closed is left alone.
            _ => Ok(Do::Done(Value::NONE)),
        }
    }
}

impl Stepwise for Base {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match got {
            Got::Start => self.begin(m),
            Got::Value(value) => self.go_on(m, value),
            Got::End => Ok(self.gathered(m)),
            Got::Raised(error) => self.go_on_after(m, error),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.file);
        let held = [self.peek, self.iterator, self.held, self.error];
        self.lines.iter().copied().chain(held.into_iter().flatten()).for_each(&mut *visit);
        match self.op {
            BaseOp::WriteLines(lines) => visit(lines),
            BaseOp::ReadInto(view, _) => visit(Value::object(view)),
            BaseOp::ReadLine(_)
            | BaseOp::Next
            | BaseOp::ReadLines(_)
            | BaseOp::Close
            | BaseOp::Finalize
            | BaseOp::Read(_)
            | BaseOp::ReadAll => {}
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.class_of(self.file)).name;
        let asked = match self.asked {
            Asked::HasPeek | Asked::Peek => "peek",
            Asked::Nothing | Asked::Read => "read",
            Asked::ReadLine | Asked::Line => "readline",
            Asked::Closed | Asked::IsClosed | Asked::SetClosed => "closed",
            Asked::Iterator | Asked::Item | Asked::Length => "lines",
            Asked::Write => "write",
            Asked::Flush => "flush",
            Asked::Close | Asked::Report => "close",
        };
        format!("{class}: waiting for its own {asked}")
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        match self.op {
            BaseOp::Close => match self.asked {
                Asked::Flush => heap.is_instance(exception, types::BASE_EXCEPTION),
                Asked::SetClosed => self.error.is_some(),
                _ => false,
            },
            BaseOp::Finalize => self.asked != Asked::Report,
            _ => false,
        }
    }
}
