//! Files of `_io`: what they hold.  What they do is in [`native::file`](super::super::native).

pub mod base;
pub mod bytes_io;
pub mod file;
pub mod newline_decoder;
pub mod pair;
mod repr;
pub mod state;
pub mod string_io;

use std::rc::Rc;

use super::super::text::codec::Codec;
use super::super::value::{Handle, Value};
use super::Payload;
use crate::machine::Machine;
use crate::machine::native::BUFFER_SIZE;

/// A file object.
#[derive(Clone, Debug, Hash)]
pub enum Io {
    /// `StringIO`.
    Text(StringBuffer),
    /// `BytesIO`.
    Bytes(BytesBuffer),
    /// `FileIO`.
    Raw(Raw),
    /// `BufferedReader`, `BufferedWriter` or `BufferedRandom`.
    Buffered(Buffered),
    /// `TextIOWrapper` of a file.
    Wrapper(Wrapper),
    /// `BufferedRWPair`.
    Pair(pair::Pair),
    /// `IncrementalNewlineDecoder`, which is no file.
    Newlines(newline_decoder::NewlineDecoder),
}

/// Where lines of a text end, as `newline=` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Newline {
    /// `None`: anywhere; read as `\n`.
    Universal,
    /// `''`: anywhere, and left as it is.
    Untranslated,
    /// `'\n'`.
    Lf,
    /// `'\r'`.
    Cr,
    /// `'\r\n'`.
    CrLf,
}

impl Newline {
    /// What `newline=` means.
    pub fn named(text: &str) -> Option<Self> {
        Some(match text {
            "" => Self::Untranslated,
            "\n" => Self::Lf,
            "\r" => Self::Cr,
            "\r\n" => Self::CrLf,
            _ => return None,
        })
    }

    /// What `\n` is written as.
    pub const fn written(self) -> &'static str {
        match self {
            Self::Universal | Self::Untranslated | Self::Lf => "\n",
            Self::Cr => "\r",
            Self::CrLf => "\r\n",
        }
    }

    /// Whether all line ends count, and are noted in `newlines`.
    pub const fn is_universal(self) -> bool {
        matches!(self, Self::Universal | Self::Untranslated)
    }

    /// The end of the first line in the code points of `text`.
    pub fn line_end(self, text: &[u32]) -> Option<usize> {
        const LF: u32 = 10;
        const CR: u32 = 13;
        let find = |wanted: u32| text.iter().position(|point| *point == wanted);
        match self {
            Self::Universal | Self::Lf => find(LF).map(|at| at + 1),
            Self::Cr => find(CR).map(|at| at + 1),
            Self::CrLf => text.windows(2).position(|pair| pair == [CR, LF]).map(|at| at + 2),
            Self::Untranslated => {
                let at = text.iter().position(|point| matches!(*point, LF | CR))?;
                let pair = text[at] == CR && text.get(at + 1) == Some(&LF);
                Some(at + 1 + usize::from(pair))
            }
        }
    }
}

/// Which line ends a text has shown: bits for `\r`, `\n` and `\r\n`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seen(u8);

impl Seen {
    const ENDS: [&str; 3] = ["\r", "\n", "\r\n"];

    /// Notes the line ends of a text.
    pub fn note(&mut self, text: &[u32]) {
        for (at, point) in text.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| text[before]);
            let behind = text.get(at + 1);
            self.0 |= match (before, point, behind) {
                (Some(13), 10, _) => 4,
                (_, 10, _) => 2,
                (_, 13, Some(10)) => 0,
                (_, 13, _) => 1,
                _ => 0,
            };
        }
    }

    /// The line ends, in the order in which CPython tells them.
    pub fn ends(self) -> Vec<&'static str> {
        let ends = Self::ENDS.iter().enumerate();
        ends.filter(|(bit, _)| self.0 & (1 << bit) != 0).map(|(_, end)| *end).collect()
    }
}

/// The text of a `StringIO`.
#[derive(Clone, Debug, Hash)]
pub struct StringBuffer {
    /// The code points.
    pub points: Vec<u32>,
    /// The place of the next read or write.
    pub at: usize,
    /// Where lines end.
    pub newline: Newline,
    /// The line ends so far.
    pub seen: Seen,
    /// Whether it is closed.
    pub closed: bool,
}

/// The bytes of a `BytesIO`.
#[derive(Clone, Debug, Default, Hash)]
pub struct BytesBuffer {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The place of the next read or write.
    pub at: usize,
    /// Whether it is closed.
    pub closed: bool,
}

/// An open file of the operating system.
#[derive(Clone, Debug, Hash)]
#[allow(clippy::struct_excessive_bools, reason = "what a file was opened for")]
pub struct Raw {
    /// Its number; −1 once it is closed.
    pub fd: i32,
    /// What it was opened by: a path or a number.
    pub name: Value,
    /// It can be read.
    pub reads: bool,
    /// It can be written.
    pub writes: bool,
    /// It is written at the end.
    pub appends: bool,
    /// It was made by opening it.
    pub created: bool,
    /// Its number is given back when it is closed.
    pub closes: bool,
    /// It has places to seek to.
    pub seeks: bool,
    /// It is a terminal.
    pub terminal: bool,
}

impl Raw {
    /// One that was never opened.
    pub const fn closed() -> Self {
        Self { fd: -1, closes: true, ..Self::standard(-1, Value::NONE, true) }
    }

    /// One of the standard streams, which closing does not close.
    pub const fn standard(fd: i32, name: Value, reads: bool) -> Self {
        Self {
            fd,
            name,
            reads,
            writes: !reads,
            appends: false,
            created: false,
            closes: false,
            seeks: false,
            terminal: false,
        }
    }

    /// `mode`.
    pub const fn mode(&self) -> &'static str {
        match (self.created, self.appends, self.reads, self.writes) {
            (true, _, true, _) => "xb+",
            (true, _, false, _) => "xb",
            (false, true, true, _) => "ab+",
            (false, true, false, _) => "ab",
            (false, false, true, true) => "rb+",
            (false, false, true, false) => "rb",
            (false, false, false, _) => "wb",
        }
    }
}

/// A buffer before a file.
#[derive(Clone, Debug, Hash)]
pub struct Buffered {
    /// The file.
    pub raw: Value,
    /// What was read from it; what lies before `at` has been given out.
    pub ahead: Vec<u8>,
    /// See `ahead`.
    pub at: usize,
    /// What is to be written to it.
    pub pending: Vec<u8>,
    /// How much is kept back.
    pub size: usize,
    /// Where the file stands, if that is known; asked only where it is no file of the operating system.
    pub place: Option<i64>,
    /// Whether it had a file that was taken away.
    pub detached: bool,
    /// Whether it was closed, as far as it knows itself.
    pub closed: bool,
}

impl Buffered {
    /// An empty buffer of the usual size before `raw`.
    pub const fn new(raw: Value) -> Self {
        Self {
            raw,
            ahead: Vec::new(),
            at: 0,
            pending: Vec::new(),
            size: BUFFER_SIZE,
            place: None,
            detached: false,
            closed: false,
        }
    }

    /// How many bytes have been read and not given out.
    pub const fn unread(&self) -> usize {
        self.ahead.len() - self.at
    }

    /// Gives out so many bytes of those that are there.
    pub fn take(&mut self, count: usize) -> Vec<u8> {
        let end = self.at + count.min(self.unread());
        let taken = self.ahead[self.at..end].to_vec();
        self.at = end;
        if self.at == self.ahead.len() {
            self.forget();
        }
        taken
    }

    /// Forgets what was read ahead.
    pub fn forget(&mut self) {
        self.ahead.clear();
        self.at = 0;
    }
}

/// Text before a buffer of bytes.
#[derive(Clone, Debug, Hash)]
pub struct Wrapper {
    /// The buffer.
    pub buffer: Value,
    /// `mode`, as `open` was given it.
    pub mode: Option<Value>,
    /// How it is encoded.
    pub codec: Codec,
    /// `encoding`.
    pub encoding: Rc<str>,
    /// `errors`.
    pub errors: Rc<str>,
    /// Where lines end.
    pub newline: Newline,
    /// Whether a line that is written is flushed.
    pub line_buffering: bool,
    /// What was decoded, as code points; what lies before `at` has been given out.
    pub decoded: Vec<u32>,
    /// See `decoded`.
    pub at: usize,
    /// The bytes that `decoded` was decoded from.
    pub chunk: Vec<u8>,
    /// How many bytes are read at once, and kept before they are written.
    pub chunk_size: usize,
    /// Bytes behind these that are not decoded yet: part of a character, or a `\r` that may be half a line
    /// end.
    pub tail: Vec<u8>,
    /// The line ends so far.
    pub seen: Seen,
    /// Whether `tell` knows where it is: not within a loop over the lines.
    pub tells: bool,
    /// What is to be written, encoded.
    pub pending: Vec<u8>,
    /// Whether what is written goes to the buffer at once.
    pub write_through: bool,
    /// Whether it had a buffer that was taken away.
    pub detached: bool,
    /// Whether it was closed, as far as it knows itself.
    pub closed: bool,
    /// Where the buffer is no file of the operating system: whether it can be read, ...
    pub reads: bool,
    /// ... be written, ...
    pub writes: bool,
    /// ... has places to seek to, ...
    pub seeks: bool,
    /// ... and has `read1`.
    pub reads_some: bool,
}

impl Wrapper {
    /// Text before `buffer`, of which nothing has been read or written yet.
    pub fn new(
        buffer: Value,
        mode: Option<Value>,
        (codec, encoding, errors): (Codec, Rc<str>, Rc<str>),
        newline: Newline,
        line_buffering: bool,
    ) -> Self {
        Self {
            buffer,
            mode,
            codec,
            encoding,
            errors,
            newline,
            line_buffering,
            decoded: Vec::new(),
            at: 0,
            chunk: Vec::new(),
            chunk_size: 8192,
            tail: Vec::new(),
            seen: Seen::default(),
            tells: true,
            pending: Vec::new(),
            write_through: false,
            detached: false,
            closed: false,
            reads: false,
            writes: false,
            seeks: false,
            reads_some: false,
        }
    }

    /// Text before nothing: what `__new__` makes.
    pub fn uninitialized() -> Self {
        let way = (Codec::Utf8, "UTF-8".into(), "strict".into());
        Self::new(Value::NONE, None, way, Newline::Universal, false)
    }

    /// Forgets what was read ahead.
    pub fn forget(&mut self) {
        self.decoded.clear();
        self.at = 0;
        self.chunk.clear();
        self.tail.clear();
    }

    /// How many bytes have been read from the buffer and not given out as text.
    pub fn unread(&self) -> i64 {
        (self.chunk.len() - self.consumed() + self.tail.len()) as i64
    }

    /// How many bytes of `chunk` the text takes that has been given out.
    pub fn consumed(&self) -> usize {
        if self.at == self.decoded.len() {
            return self.chunk.len();
        }
        let mut place = 0;
        for _ in 0..self.at {
            let Some(first) = self.chunk.get(place).copied() else { break };
            let unit = self.codec.unit_width();
            let is = |place: usize, end: u8| {
                self.chunk.get(place..place + unit).is_some_and(|unit| self.codec.is_unit(unit, end))
            };
            let pair = self.newline == Newline::Universal && is(place, b'\r') && is(place + unit, b'\n');
            place += match self.codec {
                _ if pair => 2 * unit,
                Codec::Utf8 | Codec::Utf8Signed => match first {
                    0xF0.. => 4,
                    0xE0.. => 3,
                    0xC0.. => 2,
                    _ => 1,
                },
                Codec::Utf16(order) if order.is_first_of_two(&self.chunk[place..]) => 4,
                Codec::Ascii | Codec::Latin1 | Codec::Charmap(_) | Codec::Utf16(_) | Codec::Utf32(_) => unit,
            };
        }
        place.min(self.chunk.len())
    }
}

impl Io {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Text(_) | Self::Bytes(_) => {}
            Self::Raw(raw) => visit(raw.name),
            Self::Buffered(buffered) => visit(buffered.raw),
            Self::Wrapper(wrapper) => {
                visit(wrapper.buffer);
                wrapper.mode.into_iter().for_each(&mut *visit);
            }
            Self::Pair(pair) => pair.reader.into_iter().chain(pair.writer).for_each(visit),
            Self::Newlines(part) => part.decoder.into_iter().for_each(visit),
        }
    }
}

macro_rules! parts {
    ($($name:ident $name_mut:ident $variant:ident $part:ty,)*) => {
        impl Machine {
            $(
                /// The file object, which must be of this kind.
                pub(in crate::machine) fn $name(&self, file: Handle) -> &$part {
                    match self.io(file) {
                        Some(Io::$variant(part)) => part,
                        other => panic!("another kind of file is there: {other:?}"),
                    }
                }

                /// The same, to change it.
                pub(in crate::machine) fn $name_mut(&mut self, file: Handle) -> &mut $part {
                    match self.heap.payload_mut(file) {
                        Payload::Io(io) => match &mut **io {
                            Io::$variant(part) => part,
                            other => panic!("another kind of file is there: {other:?}"),
                        },
                        _ => panic!("a file is there"),
                    }
                }
            )*
        }
    };
}

parts! {
    string_buffer string_buffer_mut Text StringBuffer,
    bytes_buffer bytes_buffer_mut Bytes BytesBuffer,
    raw_file raw_file_mut Raw Raw,
    buffered_file buffered_file_mut Buffered Buffered,
    wrapper wrapper_mut Wrapper Wrapper,
}

impl Machine {
    /// The kind of file that an object is.
    pub(in crate::machine) fn io(&self, file: Handle) -> Option<&Io> {
        match self.heap.payload(file) {
            Payload::Io(io) => Some(io),
            _ => None,
        }
    }

    /// The open file of the operating system below a file object; none below those in memory.
    pub(in crate::machine) fn raw_below(&self, file: Handle) -> Option<Handle> {
        match self.io(file)? {
            Io::Raw(_) => Some(file),
            Io::Buffered(buffered) => self.raw_below(buffered.raw.handle()?),
            Io::Wrapper(wrapper) => self.raw_below(wrapper.buffer.handle()?),
            Io::Text(_) | Io::Bytes(_) | Io::Pair(_) | Io::Newlines(_) => None,
        }
    }

    /// Whether a file object is closed.
    pub(in crate::machine) fn is_closed(&self, file: Handle) -> bool {
        match self.io(file) {
            Some(Io::Text(buffer)) => buffer.closed,
            Some(Io::Bytes(buffer)) => buffer.closed,
            None | Some(Io::Pair(_) | Io::Newlines(_)) => false,
            // Only what lies below knows.
            Some(Io::Buffered(_) | Io::Wrapper(_)) if !self.is_direct(file) => false,
            Some(Io::Raw(_) | Io::Buffered(_) | Io::Wrapper(_)) => {
                self.raw_below(file).is_none_or(|raw| self.raw_file(raw).fd < 0)
            }
        }
    }
}
