//! Work on a file without a buffer: `FileIO`.

use super::{Asked, Attempt, FileOp, FileWork, Need};
use crate::machine::Machine;
use crate::machine::system::Call;
use crate::machine::value::Value;

/// How much is read at once where all is wanted.
const ALL: usize = 1 << 18;

impl FileWork {
    pub(super) fn attempt_raw(&mut self, m: &mut Machine) -> Attempt {
        let raw = m.raw_file(self.file);
        let (fd, reads, writes, closes) = (raw.fd, raw.reads, raw.writes, raw.closes);
        if let FileOp::Close = self.op {
            if fd < 0 {
                return Ok(Need::Done(Value::NONE));
            }
            m.raw_file_mut(self.file).fd = -1;
            return Ok(if closes {
                Need::Call(Call::Close(fd), Asked::Done)
            } else {
                Need::Done(Value::NONE)
            });
        }
        if fd < 0 {
            return Err(m.value_error("I/O operation on closed file"));
        }
        match &self.op {
            FileOp::Read(_) | FileOp::ReadSome(_) | FileOp::ReadInto(..) if !reads => {
                Err(m.unsupported_operation("File not open for reading"))
            }
            FileOp::Write(_) if !writes => Err(m.unsupported_operation("File not open for writing")),
            FileOp::Read(None) | FileOp::ReadSome(None) if !self.ended => {
                Ok(Need::Call(Call::Read(fd, ALL), Asked::Reply))
            }
            FileOp::Read(Some(size)) | FileOp::ReadSome(Some(size)) if self.stage == 0 => {
                self.stage = 1;
                Ok(Need::Call(Call::Read(fd, *size), Asked::Reply))
            }
            FileOp::Read(_) | FileOp::ReadSome(_) | FileOp::Peek => Ok(Need::Done(m.heap.bytes(&self.carry))),
            FileOp::ReadInto(array, _) => {
                let array = *array;
                if self.stage == 0 {
                    self.stage = 1;
                    let size = m.heap.byte_string(Value::object(array)).map_or(0, <[u8]>::len);
                    return Ok(Need::Call(Call::Read(fd, size), Asked::Reply));
                }
                Ok(Need::Done(m.fill_view(array, &self.carry)))
            }
            FileOp::ReadLine(_) | FileOp::Next | FileOp::ReadLines(_) => self.raw_lines(m, fd),
            FileOp::Write(_) | FileOp::WriteLines(_) => match self.next_written(m) {
                None => Ok(self.written(m)),
                Some(value) => {
                    self.count += 1;
                    let bytes = m.bytes_argument(value)?;
                    Ok(Need::Call(Call::Write(fd, bytes.into()), Asked::Reply))
                }
            },
            FileOp::Flush => Ok(Need::Done(Value::NONE)),
            FileOp::Seek(offset, whence) if self.stage == 0 => {
                self.stage = 1;
                Ok(Need::Call(Call::Seek(fd, *offset, *whence), Asked::Reply))
            }
            FileOp::Tell if self.stage == 0 => {
                self.stage = 1;
                Ok(Need::Call(Call::Seek(fd, 0, 1), Asked::Reply))
            }
            FileOp::Seek(..) | FileOp::Tell => Ok(Need::Done(m.heap.int(self.number))),
            FileOp::Truncate(_) if !writes => Err(m.unsupported_operation("File not open for writing")),
            FileOp::Truncate(size) => match (*size, self.stage) {
                (None, 0) => {
                    self.stage = 1;
                    Ok(Need::Call(Call::Seek(fd, 0, 1), Asked::Reply))
                }
                (_, 2) => Ok(Need::Done(m.heap.int(self.number))),
                (size, _) => {
                    self.stage = 2;
                    self.number = size.unwrap_or(self.number);
                    let Ok(size) = u64::try_from(self.number) else { return Err(m.invalid_argument()) };
                    Ok(Need::Call(Call::Truncate(fd, size), Asked::Done))
                }
            },
            FileOp::Close => Ok(Need::Done(Value::NONE)),
        }
    }

    /// A byte at a time, as CPython reads lines without a buffer.
    fn raw_lines(&mut self, m: &mut Machine, fd: i32) -> Attempt {
        let limit = match self.op {
            FileOp::ReadLine(limit) => limit.unwrap_or(usize::MAX),
            _ => usize::MAX,
        };
        let complete = self.carry.last() == Some(&b'\n') || self.carry.len() >= limit;
        if !complete && !self.ended {
            return Ok(Need::Call(Call::Read(fd, 1), Asked::Reply));
        }
        let line = std::mem::take(&mut self.carry);
        let value = m.heap.bytes(&line);
        match self.op {
            FileOp::ReadLines(hint) => {
                if !line.is_empty() {
                    self.count += line.len();
                    self.lines.push(value);
                    if self.count <= hint.unwrap_or(usize::MAX) && !self.ended {
                        return Ok(Need::Call(Call::Read(fd, 1), Asked::Reply));
                    }
                }
                let lines = self.take_lines(m);
                Ok(Need::Done(lines))
            }
            FileOp::Next if line.is_empty() => Ok(Need::Exhausted),
            _ => Ok(Need::Done(value)),
        }
    }
}
