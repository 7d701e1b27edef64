//! Work on a file through a buffer: `BufferedReader`, `BufferedWriter`, `BufferedRandom`.
//!
//! The helpers say what has to be done before something holds, or that it holds already.

use super::{Asked, Attempt, FileOp, FileWork, Need};
use crate::machine::Machine;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::system::Call;
use crate::machine::value::{Handle, Value};

/// The most that is asked for in one call.
const MOST: usize = 1 << 20;

impl Machine {
    /// The number of the open file below a buffer.
    fn fd_below(&self, file: Handle) -> i32 {
        self.raw_below(file).map_or(-1, |raw| self.raw_file(raw).fd)
    }
}

impl FileWork {
    /// Whether what is written is to be seen at once: on standard output or error.
    pub(super) fn is_shown(m: &Machine, file: Handle) -> bool {
        matches!(m.fd_below(file), 1 | 2)
    }

    /// Nothing is left to be written.
    pub(super) fn drained(m: &Machine, buffer: Handle) -> Option<Need> {
        let pending = &m.buffered_file(buffer).pending;
        if pending.is_empty() {
            return None;
        }
        Some(Need::Call(Call::Write(m.fd_below(buffer), pending.as_slice().into()), Asked::Drain(buffer)))
    }

    /// The place of the file is that of the buffer.
    pub(super) fn rewound(m: &mut Machine, buffer: Handle) -> Option<Need> {
        let fd = m.fd_below(buffer);
        let part = m.buffered_file_mut(buffer);
        let unread = part.unread();
        part.forget();
        (unread > 0).then(|| Need::Call(Call::Seek(fd, -(unread as i64), 1), Asked::Done))
    }

    /// So many bytes are there, or the end of the file is seen.
    pub(super) fn filled(&self, m: &mut Machine, buffer: Handle, count: usize) -> Option<Need> {
        if let Some(need) = Self::drained(m, buffer) {
            return Some(need);
        }
        let fd = m.fd_below(buffer);
        let part = m.buffered_file_mut(buffer);
        let unread = part.unread();
        if unread >= count || self.ended {
            return None;
        }
        part.ahead.drain(..part.at);
        part.at = 0;
        let wanted = part.size.max((count - unread).min(MOST));
        Some(Need::Call(Call::Read(fd, wanted), Asked::Fill(buffer)))
    }

    /// The bytes on their way are in the buffer.
    pub(super) fn stored(&mut self, m: &mut Machine, buffer: Handle) -> Option<Need> {
        if self.carry.is_empty() {
            return None;
        }
        if let Some(need) = Self::rewound(m, buffer) {
            return Some(need);
        }
        let part = m.buffered_file(buffer);
        if part.pending.len() + self.carry.len() > part.size {
            if let Some(need) = Self::drained(m, buffer) {
                return Some(need);
            }
            if self.carry.len() > m.buffered_file(buffer).size {
                m.buffered_file_mut(buffer).pending = std::mem::take(&mut self.carry);
                return Self::drained(m, buffer);
            }
        }
        m.buffered_file_mut(buffer).pending.append(&mut self.carry);
        None
    }

    /// The file has this place, which is then the number that was replied.
    pub(super) fn sought(
        &mut self,
        m: &mut Machine,
        buffer: Handle,
        offset: i64,
        whence: u8,
    ) -> Option<Need> {
        if self.stage > 0 {
            return None;
        }
        if let Some(need) = Self::drained(m, buffer) {
            return Some(need);
        }
        self.stage = 1;
        let fd = m.fd_below(buffer);
        let part = m.buffered_file_mut(buffer);
        let unread = if whence == 1 { part.unread() as i64 } else { 0 };
        part.forget();
        Some(Need::Call(Call::Seek(fd, offset - unread, whence), Asked::Reply))
    }

    /// The place of the file is known: see [`FileWork::place`].
    pub(super) fn located(&mut self, m: &Machine, buffer: Handle) -> Option<Need> {
        if self.stage > 0 {
            return None;
        }
        self.stage = 1;
        Some(Need::Call(Call::Seek(m.fd_below(buffer), 0, 1), Asked::Reply))
    }

    /// The place of the buffer, once that of the file is known.
    pub(super) fn place(&self, m: &Machine, buffer: Handle) -> i64 {
        let part = m.buffered_file(buffer);
        self.number - part.unread() as i64 + part.pending.len() as i64
    }

    /// The file is cut at `size`, or where it stands; the size is then the number.
    pub(super) fn cut(
        &mut self,
        m: &mut Machine,
        buffer: Handle,
        size: Option<i64>,
    ) -> Result<Option<Need>, Raise> {
        if self.stage == 2 {
            return Ok(None);
        }
        if let Some(need) = Self::drained(m, buffer).or_else(|| Self::rewound(m, buffer)) {
            return Ok(Some(need));
        }
        let fd = m.fd_below(buffer);
        if size.is_none() && self.stage == 0 {
            self.stage = 1;
            return Ok(Some(Need::Call(Call::Seek(fd, 0, 1), Asked::Reply)));
        }
        self.stage = 2;
        self.number = size.unwrap_or(self.number);
        let Ok(size) = u64::try_from(self.number) else { return Err(m.invalid_argument()) };
        Ok(Some(Need::Call(Call::Truncate(fd, size), Asked::Done)))
    }

    /// The file is closed.
    pub(super) fn closed(m: &mut Machine, buffer: Handle) -> Option<Need> {
        if let Some(need) = Self::drained(m, buffer) {
            return Some(need);
        }
        let raw = m.raw_below(buffer)?;
        let part = m.raw_file_mut(raw);
        let fd = std::mem::replace(&mut part.fd, -1);
        (fd >= 0 && part.closes).then_some(Need::Call(Call::Close(fd), Asked::Done))
    }

    /// The end of the next line in the buffer.
    fn line_end(m: &Machine, buffer: Handle, limit: usize) -> Option<usize> {
        let part = m.buffered_file(buffer);
        let unread = &part.ahead[part.at..];
        let end = unread.iter().take(limit).position(|byte| *byte == b'\n').map(|at| at + 1);
        end.or_else(|| (unread.len() >= limit).then_some(limit))
    }

    pub(super) fn attempt_buffered(&mut self, m: &mut Machine) -> Attempt {
        let file = self.file;
        if m.is_closed(file) {
            if let FileOp::Close = self.op {
                return Ok(Need::Done(Value::NONE));
            }
            return Err(m.value_error(closed_words(&self.op)));
        }
        self.check_buffered(m)?;
        let missing = match self.op {
            FileOp::Read(size) => self.filled(m, file, size.unwrap_or(usize::MAX)),
            FileOp::ReadSome(_) | FileOp::Peek => self.filled(m, file, 1),
            FileOp::ReadInto(view, once) => {
                let size = m.heap.memory_view(view).layout.bytes();
                self.filled(m, file, if once { size.min(1) } else { size })
            }
            FileOp::ReadLine(_) | FileOp::Next | FileOp::ReadLines(_) => return self.buffered_lines(m),
            FileOp::Write(_) | FileOp::WriteLines(_) => return self.buffered_write(m),
            FileOp::Flush if m.heap.get(file).class == types::BUFFERED_READER => None,
            FileOp::Flush => Self::drained(m, file).or_else(|| Self::rewound(m, file)),
            FileOp::Seek(offset, whence) => self.sought(m, file, offset, whence),
            FileOp::Tell => self.located(m, file),
            FileOp::Truncate(size) => self.cut(m, file, size)?,
            FileOp::Close => Self::closed(m, file),
        };
        if let Some(need) = missing {
            return Ok(need);
        }
        Ok(Need::Done(match self.op {
            FileOp::Read(size) | FileOp::ReadSome(size) => {
                let bytes = m.buffered_file_mut(file).take(size.unwrap_or(usize::MAX));
                m.heap.bytes(&bytes)
            }
            FileOp::Peek => {
                let part = m.buffered_file(file);
                let bytes = part.ahead[part.at..].to_vec();
                m.heap.bytes(&bytes)
            }
            FileOp::ReadInto(view, _) => {
                let size = m.heap.memory_view(view).layout.bytes();
                let bytes = m.buffered_file_mut(file).take(size);
                m.fill_view(view, &bytes)
            }
            FileOp::Tell => {
                let place = self.place(m, file);
                m.heap.int(place)
            }
            FileOp::Seek(..) | FileOp::Truncate(_) => m.heap.int(self.number),
            FileOp::Flush
            | FileOp::Close
            | FileOp::ReadLine(_)
            | FileOp::Next
            | FileOp::ReadLines(_)
            | FileOp::Write(_)
            | FileOp::WriteLines(_) => Value::NONE,
        }))
    }

    fn buffered_write(&mut self, m: &mut Machine) -> Attempt {
        loop {
            if let Some(need) = self.stored(m, self.file) {
                return Ok(need);
            }
            if Self::is_shown(m, self.file)
                && let Some(need) = Self::drained(m, self.file)
            {
                return Ok(need);
            }
            let Some(value) = self.next_written(m) else { return Ok(self.written(m)) };
            self.count += 1;
            self.carry = m.bytes_argument(value)?;
            self.number = self.carry.len() as i64;
        }
    }

    fn buffered_lines(&mut self, m: &mut Machine) -> Attempt {
        let limit = match self.op {
            FileOp::ReadLine(limit) => limit.unwrap_or(usize::MAX),
            _ => usize::MAX,
        };
        loop {
            let end = match Self::line_end(m, self.file, limit) {
                Some(end) => end,
                None => {
                    let unread = m.buffered_file(self.file).unread();
                    if let Some(need) = self.filled(m, self.file, unread + 1) {
                        return Ok(need);
                    }
                    unread
                }
            };
            let line = m.buffered_file_mut(self.file).take(end);
            let value = m.heap.bytes(&line);
            match self.op {
                FileOp::ReadLines(_) if line.is_empty() => break,
                FileOp::ReadLines(hint) => {
                    self.count += line.len();
                    self.lines.push(value);
                    if hint.is_some_and(|hint| self.count > hint) {
                        break;
                    }
                }
                FileOp::Next if line.is_empty() => return Ok(Need::Exhausted),
                _ => return Ok(Need::Done(value)),
            }
        }
        let lines = self.take_lines(m);
        Ok(Need::Done(lines))
    }

    /// Whether the file was opened for what is wanted of it.
    fn check_buffered(&self, m: &mut Machine) -> Result<(), Raise> {
        let Some(raw) = m.raw_below(self.file) else { return Ok(()) };
        let raw = m.raw_file(raw);
        let (reads, writes, seeks) = (raw.reads, raw.writes, raw.seeks);
        match self.op {
            FileOp::Read(_)
            | FileOp::ReadSome(_)
            | FileOp::Peek
            | FileOp::ReadInto(..)
            | FileOp::ReadLine(_)
            | FileOp::Next
            | FileOp::ReadLines(_)
                if !reads =>
            {
                Err(m.unsupported_operation("read"))
            }
            FileOp::Write(_) | FileOp::WriteLines(_) if !writes => Err(m.unsupported_operation("write")),
            FileOp::Truncate(_) if !writes => Err(m.unsupported_operation("truncate")),
            FileOp::Seek(..) if !seeks => Err(m.unsupported_operation("File or stream is not seekable.")),
            _ => Ok(()),
        }
    }
}

/// What is said of a closed file.
pub(super) const fn closed_words(op: &FileOp) -> &'static str {
    match op {
        FileOp::Read(_) | FileOp::ReadSome(_) => "read of closed file",
        FileOp::Peek => "peek of closed file",
        FileOp::ReadLine(_) | FileOp::Next => "readline of closed file",
        FileOp::ReadInto(..) => "readinto of closed file",
        FileOp::Write(_) => "write to closed file",
        FileOp::Flush => "flush of closed file",
        FileOp::Seek(..) => "seek of closed file",
        FileOp::Truncate(_) => "truncate of closed file",
        FileOp::Tell => "I/O operation on closed file",
        FileOp::ReadLines(_) | FileOp::WriteLines(_) | FileOp::Close => "I/O operation on closed file.",
    }
}
