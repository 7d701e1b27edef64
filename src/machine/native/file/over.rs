//! Work on a text whose buffer may be any object with the methods of one: `TextIOWrapper` over a `BytesIO`, or over
//! what a program has written in Python.  Each of those methods is called, in a frame of its own where it is Python.

use super::FileOp;
use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::native::{Do, Got, Steps, Stepwise};
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::text::codec::Codec;
use crate::machine::value::{Handle, Value};

/// What the buffer is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Nothing,
    /// Whether it is closed, and the truth of what it says to that.
    Closed,
    IsClosed,
    /// To take what was written.
    Write,
    /// To write what it keeps back.
    Flush,
    /// The text itself is asked for that, where the program has said how.
    OwnFlush,
    /// For some bytes.
    Chunk,
    /// For all that is left.
    All,
    /// For another place, or where it is.
    Place,
    /// To be cut.
    Cut,
    /// To be closed.
    Close,
}

/// Work on a text over any buffer.
#[derive(Clone, Debug, Hash)]
pub struct Over {
    file: Handle,
    op: FileOp,
    asked: Asked,
    /// What was written ends a line, and is flushed.
    ends_line: bool,
    /// What was to be flushed has been.
    flushed: bool,
    /// The end of the buffer was seen.
    ended: bool,
    /// What the buffer said to the last question that has an answer.
    answer: Option<Value>,
    /// Lines that were read.
    lines: Vec<Value>,
    /// How long they are, or how many values were written.
    count: usize,
    /// How long the last text was that was written.
    length: usize,
    /// Nobody holds the text any more: what cannot say whether it is closed is left alone.
    forgotten: bool,
    /// What flushing raised, while the buffer is being closed all the same.
    error: Option<Value>,
}

/// Work on a text over any buffer, under way.
pub type TextOver = Steps<Over>;

impl Over {
    /// Work that has not begun.
    pub const fn new(file: Handle, op: FileOp) -> Self {
        Self {
            file,
            op,
            asked: Asked::Nothing,
            ends_line: false,
            flushed: false,
            ended: false,
            answer: None,
            lines: Vec::new(),
            count: 0,
            length: 0,
            forgotten: false,
            error: None,
        }
    }

    /// Closes a text that nobody holds any more.
    pub fn forgotten(file: Handle) -> Self {
        Self { forgotten: true, ..Self::new(file, FileOp::Close) }
    }

    fn ask(&mut self, m: &mut Machine, asked: Asked, method: &str, args: Vec<Value>) -> Result<Do, Raise> {
        self.asked = asked;
        let (buffer, name) = (m.wrapper(self.file).buffer, m.text_handle(method));
        Ok(m.call_attr(buffer, name, args)?.into())
    }

    /// The buffer has all that was written, if this is nothing.
    fn given(&mut self, m: &mut Machine) -> Result<Option<Do>, Raise> {
        let pending = std::mem::take(&mut m.wrapper_mut(self.file).pending);
        if pending.is_empty() {
            return Ok(None);
        }
        let bytes = m.heap.bytes(&pending);
        self.ask(m, Asked::Write, "write", vec![bytes]).map(Some)
    }

    /// The buffer has written all, too.
    fn flushed(&mut self, m: &mut Machine) -> Result<Option<Do>, Raise> {
        if let Some(wanted) = self.given(m)? {
            return Ok(Some(wanted));
        }
        if self.flushed {
            return Ok(None);
        }
        self.flushed = true;
        self.ask(m, Asked::Flush, "flush", vec![]).map(Some)
    }

    fn chunk(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let method = if m.wrapper(self.file).reads_some { "read1" } else { "read" };
        let size = m.heap.int(m.wrapper(self.file).chunk_size as i64);
        self.ask(m, Asked::Chunk, method, vec![size])
    }

    /// Takes what the buffer said.
    fn take(&mut self, m: &mut Machine, value: Value) -> Result<(), Raise> {
        match self.asked {
            Asked::Chunk | Asked::All => {
                let Some(bytes) = m.heap.byte_string(value).map(<[u8]>::to_vec) else {
                    if self.asked == Asked::All {
                        return Err(match m.wrapper(self.file).codec {
                            // These keep what may go on, and put it in front.
                            Codec::Utf8 | Codec::Utf8Signed | Codec::Utf16(_) | Codec::Utf32(_) => {
                                let class = m.class_name(value);
                                m.type_error(format!("can't concat {class} to bytes"))
                            }
                            Codec::Ascii | Codec::Latin1 | Codec::Charmap(_) => m.not_bytes_like(value),
                        });
                    }
                    let method = match self.asked {
                        Asked::Chunk if m.wrapper(self.file).reads_some => "read1",
                        _ => "read",
                    };
                    let class = m.class_name(value);
                    return Err(m.type_error(format!(
                        "underlying {method}() should have returned a bytes-like object, not '{class}'"
                    )));
                };
                self.ended = bytes.is_empty() || self.asked == Asked::All;
                m.decode_more(self.file, &bytes, self.ended)?;
            }
            Asked::Place | Asked::Cut => self.answer = Some(value),
            Asked::Nothing
            | Asked::Closed
            | Asked::IsClosed
            | Asked::Write
            | Asked::Flush
            | Asked::OwnFlush
            | Asked::Close => {}
        }
        Ok(())
    }

    fn go(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match self.op {
            FileOp::Read(None) => {
                m.check_text_over(self.file, &self.op)?;
                if let Some(wanted) = self.given(m)? {
                    return Ok(wanted);
                }
                if !self.ended {
                    return self.ask(m, Asked::All, "read", vec![]);
                }
                Ok(Do::Done(m.take_text(self.file, usize::MAX)))
            }
            FileOp::Read(Some(size)) => {
                m.check_text_over(self.file, &self.op)?;
                if let Some(wanted) = self.given(m)? {
                    return Ok(wanted);
                }
                let part = m.wrapper(self.file);
                if part.decoded.len() - part.at < size && !self.ended {
                    return self.chunk(m);
                }
                Ok(Do::Done(m.take_text(self.file, size)))
            }
            FileOp::ReadLine(_) | FileOp::Next | FileOp::ReadLines(_) => self.lines(m),
            FileOp::Write(_) | FileOp::WriteLines(_) => self.write(m),
            FileOp::Flush => match self.flushed(m)? {
                Some(wanted) => Ok(wanted),
                None => {
                    m.wrapper_mut(self.file).tells = true;
                    Ok(Do::Done(Value::NONE))
                }
            },
            FileOp::Seek(offset, whence) => self.seek(m, offset, whence),
            FileOp::Tell => match self.located(m)? {
                Some(wanted) => Ok(wanted),
                None => self.place(m).map(Do::Done),
            },
            FileOp::Truncate(size) => {
                if let Some(wanted) = self.flushed(m)? {
                    return Ok(wanted);
                }
                if let Some(answer) = self.answer {
                    return Ok(Do::Done(answer));
                }
                let size = size.map_or(Value::NONE, |size| m.heap.int(size));
                self.ask(m, Asked::Cut, "truncate", vec![size])
            }
            FileOp::Close if !self.flushed && m.has_own_flush(self.file, types::TEXT_IO) => {
                (self.flushed, self.asked) = (true, Asked::OwnFlush);
                Ok(m.call_attr(Value::object(self.file), names::FLUSH, vec![])?.into())
            }
            FileOp::Close => match self.flushed(m)? {
                Some(wanted) => Ok(wanted),
                None => self.ask(m, Asked::Close, "close", vec![]),
            },
            FileOp::ReadSome(_) | FileOp::Peek | FileOp::ReadInto(..) => {
                panic!("a text has no such operation")
            }
        }
    }

    fn lines(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        m.check_text_over(self.file, &self.op)?;
        if let Some(wanted) = self.given(m)? {
            return Ok(wanted);
        }
        let limit = match self.op {
            FileOp::ReadLine(limit) => limit.unwrap_or(usize::MAX),
            _ => usize::MAX,
        };
        if let FileOp::Next = self.op {
            m.wrapper_mut(self.file).tells = false;
        }
        loop {
            let part = m.wrapper(self.file);
            let there = &part.decoded[part.at..];
            let length = match part.newline.line_end(there) {
                Some(end) => end.min(limit),
                None if there.len() >= limit => limit,
                None if self.ended => there.len(),
                None => return self.chunk(m),
            };
            let line = m.take_text(self.file, length);
            match self.op {
                FileOp::ReadLines(hint) => {
                    self.count += length;
                    if length > 0 {
                        self.lines.push(line);
                    }
                    if length == 0 || hint.is_some_and(|hint| self.count > hint) {
                        let lines = std::mem::take(&mut self.lines);
                        return Ok(Do::Done(m.heap.list(lines)));
                    }
                }
                FileOp::Next if length == 0 => {
                    m.wrapper_mut(self.file).tells = true;
                    return Ok(Do::Exhausted);
                }
                _ => return Ok(Do::Done(line)),
            }
        }
    }

    fn write(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        m.check_text_over(self.file, &self.op)?;
        loop {
            // What the last text made too much, or what it ended a line of, goes on its way first.
            let part = m.wrapper(self.file);
            if part.pending.len() >= part.chunk_size || self.ends_line || part.write_through {
                if let Some(wanted) = self.given(m)? {
                    return Ok(wanted);
                }
                if self.ends_line && !self.flushed {
                    self.flushed = true;
                    return self.ask(m, Asked::Flush, "flush", vec![]);
                }
            }
            (self.ends_line, self.flushed) = (false, false);
            let value = match self.op {
                FileOp::Write(value) => (self.count == 0).then_some(value),
                FileOp::WriteLines(lines) => {
                    m.heap.items_of(lines).and_then(|lines| lines.get(self.count)).copied()
                }
                _ => None,
            };
            let Some(value) = value else {
                let is_write = matches!(self.op, FileOp::Write(_));
                return Ok(Do::Done(if is_write { m.heap.int(self.length as i64) } else { Value::NONE }));
            };
            let Some(text) = m.heap.text_of(value).cloned() else {
                let class = m.argument_class(value);
                return Err(m.type_error(format!("write() argument must be str, not {class}")));
            };
            let bytes = m.encode_for(self.file, &text)?;
            let part = m.wrapper(self.file);
            if !part.pending.is_empty() && part.pending.len() + bytes.len() > part.chunk_size {
                // The text is encoded again when these are gone.
                if let Some(wanted) = self.given(m)? {
                    return Ok(wanted);
                }
            }
            (self.count, self.length) = (self.count + 1, text.len());
            let part = m.wrapper_mut(self.file);
            part.forget();
            part.pending.extend_from_slice(&bytes);
            self.ends_line = part.line_buffering && text.points().any(|point| point == 10 || point == 13);
        }
    }

    /// Where the buffer stands is known.
    fn located(&mut self, m: &mut Machine) -> Result<Option<Do>, Raise> {
        if self.answer.is_some() {
            return Ok(None);
        }
        if !m.wrapper(self.file).seeks {
            return Err(m.unsupported_operation("underlying stream is not seekable"));
        }
        if let Some(wanted) = self.flushed(m)? {
            return Ok(Some(wanted));
        }
        if !m.wrapper(self.file).tells {
            return Err(m.os_error_text("telling position disabled by next() call"));
        }
        self.ask(m, Asked::Place, "tell", vec![]).map(Some)
    }

    /// The place in the text, once that of the buffer is known.
    fn place(&mut self, m: &mut Machine) -> Result<Value, Raise> {
        let place = self.answer.take().unwrap_or(Value::NONE);
        let place = m.index_i64(place, types::OVERFLOW_ERROR)? - m.wrapper(self.file).unread();
        Ok(m.heap.int(place))
    }

    fn seek(&mut self, m: &mut Machine, offset: i64, whence: u8) -> Result<Do, Raise> {
        if let Some(place) = self.answer {
            if whence == 1 {
                let place = self.place(m)?;
                let place = m.index_i64(place, types::OVERFLOW_ERROR)?;
                (self.op, self.flushed) = (FileOp::Seek(place, 0), false);
                return self.seek(m, place, 0);
            }
            m.restart_codec(self.file, m.index_clamped(place) == Some(0))?;
            return Ok(Do::Done(place));
        }
        if !m.wrapper(self.file).seeks {
            return Err(m.unsupported_operation("underlying stream is not seekable"));
        }
        match whence {
            1 if offset != 0 => return Err(m.unsupported_operation("can't do nonzero cur-relative seeks")),
            2 if offset != 0 => return Err(m.unsupported_operation("can't do nonzero end-relative seeks")),
            0 if offset < 0 => return Err(m.value_error(format!("negative seek position {offset}"))),
            1 => {
                let wanted = self.located(m)?;
                return Ok(wanted.expect("where it stands is not known yet"));
            }
            _ => {}
        }
        if let Some(wanted) = self.flushed(m)? {
            return Ok(wanted);
        }
        let part = m.wrapper_mut(self.file);
        part.forget();
        part.tells = true;
        let mut args = vec![m.heap.int(offset)];
        if whence == 2 {
            args.push(m.heap.int(2));
        }
        self.ask(m, Asked::Place, "seek", args)
    }
}

impl Stepwise for Over {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        m.attached(self.file)?;
        match (self.asked, got) {
            (Asked::Nothing, _) => {
                self.asked = Asked::Closed;
                let (buffer, name) = (m.wrapper(self.file).buffer, m.text_handle("closed"));
                return Ok(m.get_attr(buffer, name)?.into());
            }
            (Asked::Closed, Got::Value(closed)) => {
                self.asked = Asked::IsClosed;
                return Ok(m.truth(closed)?.into());
            }
            (Asked::IsClosed, Got::Value(Value::TRUE)) => {
                return match self.op {
                    FileOp::Close => {
                        m.wrapper_mut(self.file).closed = true;
                        Ok(Do::Done(Value::NONE))
                    }
                    _ => Err(m.value_error("I/O operation on closed file.")),
                };
            }
            (Asked::Close, Got::Value(_)) => {
                m.wrapper_mut(self.file).closed = true;
                return match self.error.take() {
                    Some(error) => Err(Raise::passed(error)),
                    None => Ok(Do::Done(Value::NONE)),
                };
            }
            // What the program's own flush has left is lost.
            (Asked::OwnFlush, Got::Value(_)) => m.wrapper_mut(self.file).pending.clear(),
            (_, Got::Value(value)) => self.take(m, value)?,
            (Asked::Closed | Asked::IsClosed, Got::Raised(_)) => {
                m.wrapper_mut(self.file).closed = true;
                return Ok(Do::Done(Value::NONE));
            }
            (Asked::Close, Got::Raised(error)) => {
                m.set_context_to(error, self.error.take());
                return Err(Raise::passed(error));
            }
            (_, Got::Raised(error)) => {
                // The buffer is closed whatever flushing says.
                self.error = Some(error);
                m.wrapper_mut(self.file).pending.clear();
                self.flushed = true;
            }
            (asked, got) => panic!("{asked:?} does not give {got:?}"),
        }
        self.asked = Asked::Nothing;
        self.go(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.file));
        self.lines.iter().copied().chain(self.answer).chain(self.error).for_each(&mut *visit);
        self.op.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let asked = match self.asked {
            Asked::Nothing | Asked::Closed | Asked::IsClosed => "whether its buffer is closed",
            Asked::Write => "its buffer's write",
            Asked::Flush => "its buffer's flush",
            Asked::OwnFlush => "its flush",
            Asked::Chunk | Asked::All => "its buffer's read",
            Asked::Place => "its buffer's place",
            Asked::Cut => "its buffer's truncate",
            Asked::Close => "its buffer's close",
        };
        format!("TextIOWrapper: waiting for {asked}")
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        matches!(self.op, FileOp::Close)
            && (matches!(self.asked, Asked::Write | Asked::Flush | Asked::OwnFlush)
                || matches!(self.asked, Asked::Closed | Asked::IsClosed) && self.forgotten
                || self.asked == Asked::Close && self.error.is_some())
            && heap.is_instance(exception, types::BASE_EXCEPTION)
    }
}

/// Makes a `TextIOWrapper` of a buffer that is asked what it can do.
#[derive(Clone, Debug, Hash)]
pub struct Wrapping {
    file: Handle,
    /// Which question comes next: a method, and the truth of what it gave, in turns.
    at: usize,
}

/// The making of a `TextIOWrapper`, under way.
pub type TextWrapping = Steps<Wrapping>;

impl Wrapping {
    const QUESTIONS: [&str; 3] = ["readable", "writable", "seekable"];
    /// Behind the questions: whether it has `read1`, and where it stands.
    const READ1: usize = 2 * Self::QUESTIONS.len() + 1;
    const TELL: usize = Self::READ1 + 1;

    /// The wrapper has all it needs but this.
    pub const fn new(file: Handle) -> Self {
        Self { file, at: 0 }
    }

    fn note(&self, m: &mut Machine, value: Value) {
        match self.at {
            2 => m.wrapper_mut(self.file).reads = value == Value::TRUE,
            4 => m.wrapper_mut(self.file).writes = value == Value::TRUE,
            6 => m.wrapper_mut(self.file).seeks = value == Value::TRUE,
            Self::READ1 => m.wrapper_mut(self.file).reads_some = value != Value::NOT_IMPLEMENTED,
            Self::TELL if m.index_clamped(value) != Some(0) => {
                m.begin_in_the_middle(Value::object(self.file));
            }
            _ => {}
        }
    }
}

impl Stepwise for Wrapping {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let buffer = m.wrapper(self.file).buffer;
        if let Got::Value(value) = got {
            self.note(m, value);
            if self.at % 2 == 1 && self.at < Self::READ1 {
                self.at += 1;
                return Ok(m.truth(value)?.into());
            }
        }
        self.at += 1;
        if let Some(question) = Self::QUESTIONS.get(self.at / 2).filter(|_| self.at < Self::READ1) {
            let name = m.text_handle(question);
            return Ok(m.call_attr(buffer, name, vec![])?.into());
        }
        let part = m.wrapper(self.file);
        let looks = part.seeks && part.writes;
        match self.at {
            Self::READ1 => {
                let name = m.text_handle("read1");
                Ok(m.get_attr_or(buffer, name, Value::NOT_IMPLEMENTED)?.into())
            }
            Self::TELL if looks => {
                let name = m.text_handle("tell");
                Ok(m.call_attr(buffer, name, vec![])?.into())
            }
            _ => Ok(Do::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.file));
    }

    fn title(&self, _heap: &Heap) -> String {
        "TextIOWrapper: asking what its buffer can do".to_owned()
    }
}

impl Machine {
    /// Whether a text or a buffer works on a file of the operating system without asking anybody: its own, and of
    /// the types that `open()` makes, with no attributes of their own that might be methods.
    pub(in crate::machine) fn is_direct(&self, file: Handle) -> bool {
        use crate::machine::object::io::Io;
        let class = self.heap.get(file).class;
        if self.heap.get(file).dict.is_some_and(|dict| !self.heap.dict(dict).is_empty()) {
            return false;
        }
        let below = |value: Value| value.handle().is_some_and(|below| self.is_direct(below));
        match self.io(file) {
            Some(Io::Raw(_)) => class == types::FILE_IO,
            Some(Io::Buffered(buffered)) => {
                matches!(class, types::BUFFERED_READER | types::BUFFERED_WRITER | types::BUFFERED_RANDOM)
                    && below(buffered.raw)
            }
            Some(Io::Wrapper(wrapper)) => {
                class == types::TEXT_IO
                    && below(wrapper.buffer)
                    && !matches!(wrapper.buffer.handle().and_then(|buffer| self.io(buffer)), Some(Io::Raw(_)))
            }
            Some(Io::Text(_) | Io::Bytes(_) | Io::Pair(_) | Io::Newlines(_)) | None => false,
        }
    }

    /// Whether a file is flushed by something of the program's own, and not by the method of its builtin type.
    pub(in crate::machine) fn has_own_flush(&self, file: Handle, kind: Handle) -> bool {
        let object = self.heap.get(file);
        object.dict.is_some_and(|dict| self.heap.get_name(dict, names::FLUSH).is_some())
            || self.heap.lookup(object.class, names::FLUSH) != self.heap.lookup(kind, names::FLUSH)
    }

    /// A text without a buffer is good for nothing.
    pub(in crate::machine) fn attached(&mut self, file: Handle) -> Result<(), Raise> {
        let part = self.wrapper(file);
        match (part.buffer.is_none(), part.detached) {
            (false, _) => Ok(()),
            (true, true) => Err(self.value_error("underlying buffer has been detached")),
            (true, false) => Err(self.value_error("I/O operation on uninitialized object")),
        }
    }

    /// Whether the buffer of a text can do what is wanted.
    fn check_text_over(&mut self, file: Handle, op: &FileOp) -> Result<(), Raise> {
        let part = self.wrapper(file);
        let (reads, writes) = (part.reads, part.writes);
        match op {
            FileOp::Write(_) | FileOp::WriteLines(_) if !writes => {
                Err(self.unsupported_operation("not writable"))
            }
            FileOp::Read(_) | FileOp::ReadLine(_) | FileOp::Next | FileOp::ReadLines(_) if !reads => {
                Err(self.unsupported_operation("not readable"))
            }
            _ => Ok(()),
        }
    }

    /// What the buffer of a text has under this name, or what its method gives.
    pub(in crate::machine) fn ask_buffer(&mut self, file: Value, name: &str, calls: bool) -> Eval {
        let handle = file.handle().expect("a file is a heap object");
        self.attached(handle)?;
        let (buffer, name) = (self.wrapper(handle).buffer, self.text_handle(name));
        if calls { self.call_attr(buffer, name, vec![]) } else { self.get_attr(buffer, name) }
    }
}
