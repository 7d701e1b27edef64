//! Work on a file as text: `TextIOWrapper`.

use super::{Attempt, FileOp, FileWork, Need};
use crate::machine::Machine;
use crate::machine::object::io::Newline;
use crate::machine::raise::Raise;
use crate::machine::text::Str;
use crate::machine::text::codec::{Codec, Order, by_mark};
use crate::machine::value::{Handle, Value};

/// Leaves with what has to be done first, if there is something.
macro_rules! first {
    ($need:expr) => {
        if let Some(need) = $need {
            return Ok(need);
        }
    };
}

impl FileWork {
    pub(super) fn attempt_text(&mut self, m: &mut Machine) -> Attempt {
        let file = self.file;
        let buffer = m.wrapper(file).buffer.handle().expect("a buffer is a heap object");
        if m.is_closed(file) {
            if let FileOp::Close = self.op {
                return Ok(Need::Done(Value::NONE));
            }
            return Err(m.value_error("I/O operation on closed file."));
        }
        self.check_text(m)?;
        match self.op {
            FileOp::Read(None) => {
                first!(self.given(m, buffer));
                first!(self.filled(m, buffer, usize::MAX));
                let bytes = m.buffered_file_mut(buffer).take(usize::MAX);
                m.decode_more(file, &bytes, true)?;
                Ok(Need::Done(m.take_text(file, usize::MAX)))
            }
            FileOp::Read(Some(size)) => {
                first!(self.given(m, buffer));
                while m.wrapper(file).decoded.len() - m.wrapper(file).at < size && self.stage == 0 {
                    first!(self.chunk(m, buffer)?);
                }
                Ok(Need::Done(m.take_text(file, size)))
            }
            FileOp::ReadLine(_) | FileOp::Next | FileOp::ReadLines(_) => self.text_lines(m, buffer),
            FileOp::Write(_) | FileOp::WriteLines(_) => self.write_text(m, buffer),
            FileOp::Flush => {
                first!(self.given(m, buffer));
                first!(Self::drained(m, buffer));
                m.wrapper_mut(file).tells = true;
                Ok(Need::Done(Value::NONE))
            }
            FileOp::Seek(offset, whence) => self.seek_text(m, buffer, offset, whence),
            FileOp::Tell => {
                first!(self.text_located(m, buffer)?);
                let place = self.place(m, buffer) - m.wrapper(file).unread();
                Ok(Need::Done(m.heap.int(place)))
            }
            FileOp::Truncate(size) => {
                if self.stage == 0 {
                    first!(self.given(m, buffer));
                }
                first!(self.cut(m, buffer, size)?);
                Ok(Need::Done(m.heap.int(self.number)))
            }
            FileOp::Close => {
                first!(self.given(m, buffer));
                first!(Self::closed(m, buffer));
                Ok(Need::Done(Value::NONE))
            }
            FileOp::ReadSome(_) | FileOp::Peek | FileOp::ReadInto(..) => {
                panic!("a text has no such operation")
            }
        }
    }

    fn check_text(&self, m: &mut Machine) -> Result<(), Raise> {
        let Some(raw) = m.raw_below(self.file) else { return Ok(()) };
        let raw = m.raw_file(raw);
        let (reads, writes, seeks) = (raw.reads, raw.writes, raw.seeks);
        match self.op {
            FileOp::Read(_) | FileOp::ReadLine(_) | FileOp::Next | FileOp::ReadLines(_) if !reads => {
                Err(m.unsupported_operation("not readable"))
            }
            FileOp::Write(_) | FileOp::WriteLines(_) if !writes => {
                Err(m.unsupported_operation("not writable"))
            }
            FileOp::Truncate(_) if !writes => Err(m.unsupported_operation("truncate")),
            FileOp::Seek(..) | FileOp::Tell if !seeks => {
                Err(m.unsupported_operation("underlying stream is not seekable"))
            }
            _ => Ok(()),
        }
    }

    /// The buffer has all that was written.
    fn given(&mut self, m: &mut Machine, buffer: Handle) -> Option<Need> {
        self.carry.append(&mut m.wrapper_mut(self.file).pending);
        self.stored(m, buffer)
    }

    /// The place of the file is known.
    fn text_located(&mut self, m: &mut Machine, buffer: Handle) -> Result<Option<Need>, Raise> {
        if let Some(need) = self.given(m, buffer).or_else(|| Self::drained(m, buffer)) {
            return Ok(Some(need));
        }
        if !m.wrapper(self.file).tells {
            return Err(m.os_error_text("telling position disabled by next() call"));
        }
        Ok(self.located(m, buffer))
    }

    /// Another chunk is decoded; at the end of the file the stage is 1.
    fn chunk(&mut self, m: &mut Machine, buffer: Handle) -> Result<Option<Need>, Raise> {
        if let Some(need) = self.filled(m, buffer, 1) {
            return Ok(Some(need));
        }
        let size = m.wrapper(self.file).chunk_size;
        let bytes = m.buffered_file_mut(buffer).take(size);
        let ended = bytes.is_empty();
        self.stage = u8::from(ended);
        m.decode_more(self.file, &bytes, ended)?;
        Ok(None)
    }

    fn text_lines(&mut self, m: &mut Machine, buffer: Handle) -> Attempt {
        first!(self.given(m, buffer));
        let limit = match self.op {
            FileOp::ReadLine(limit) => limit.unwrap_or(usize::MAX),
            _ => usize::MAX,
        };
        if let FileOp::Next = self.op {
            m.wrapper_mut(self.file).tells = false;
        }
        loop {
            let length = loop {
                let part = m.wrapper(self.file);
                let there = &part.decoded[part.at..];
                match part.newline.line_end(there) {
                    Some(end) => break end.min(limit),
                    None if there.len() >= limit => break limit,
                    None if self.stage == 1 => break there.len(),
                    None => first!(self.chunk(m, buffer)?),
                }
            };
            let line = m.take_text(self.file, length);
            match self.op {
                FileOp::ReadLines(_) if length == 0 => break,
                FileOp::ReadLines(hint) => {
                    self.count += length;
                    self.lines.push(line);
                    if hint.is_some_and(|hint| self.count > hint) {
                        break;
                    }
                }
                FileOp::Next if length == 0 => {
                    m.wrapper_mut(self.file).tells = true;
                    return Ok(Need::Exhausted);
                }
                _ => return Ok(Need::Done(line)),
            }
        }
        let lines = self.take_lines(m);
        Ok(Need::Done(lines))
    }

    /// Stage 1: what was written has to reach the buffer; stage 2: the file, too.
    fn write_text(&mut self, m: &mut Machine, buffer: Handle) -> Attempt {
        loop {
            if self.stage >= 1 {
                first!(self.stored(m, buffer));
            }
            if self.stage == 2 {
                first!(Self::drained(m, buffer));
            }
            self.stage = 0;
            let Some(value) = self.next_written(m) else { return Ok(self.written(m)) };
            self.count += 1;
            let Some(text) = m.heap.text_of(value).cloned() else {
                let class = m.argument_class(value);
                return Err(m.type_error(format!("write() argument must be str, not {class}")));
            };
            self.number = text.len() as i64;
            let bytes = m.encode_for(self.file, &text)?;
            let is_shown = Self::is_shown(m, self.file);
            let part = m.wrapper_mut(self.file);
            part.forget();
            let flushes =
                is_shown || part.line_buffering && text.points().any(|point| point == 10 || point == 13);
            if part.pending.len() + bytes.len() > part.chunk_size {
                self.carry.append(&mut part.pending);
                self.stage = 1;
            }
            part.pending.extend_from_slice(&bytes);
            if part.pending.len() >= part.chunk_size || flushes {
                self.carry.append(&mut part.pending);
                self.stage = if flushes { 2 } else { 1 };
            }
        }
    }

    fn seek_text(&mut self, m: &mut Machine, buffer: Handle, offset: i64, whence: u8) -> Attempt {
        if self.stage == 0 {
            match whence {
                1 if offset != 0 => {
                    return Err(m.unsupported_operation("can't do nonzero cur-relative seeks"));
                }
                2 if offset != 0 => {
                    return Err(m.unsupported_operation("can't do nonzero end-relative seeks"));
                }
                0 if offset < 0 => return Err(m.value_error(format!("negative seek position {offset}"))),
                _ => {}
            }
            first!(self.given(m, buffer));
        }
        if whence == 1 {
            // The place stays; what was read ahead is read again.
            first!(self.text_located(m, buffer)?);
            let place = self.place(m, buffer) - m.wrapper(self.file).unread();
            (self.op, self.stage) = (FileOp::Seek(place, 0), 0);
            return self.seek_text(m, buffer, place, 0);
        }
        first!(self.sought(m, buffer, offset, whence));
        let part = m.wrapper_mut(self.file);
        part.forget();
        part.tells = true;
        m.restart_codec(self.file, self.number == 0)?;
        Ok(Need::Done(m.heap.int(self.number)))
    }
}

impl Machine {
    /// The text goes on at another place: a mark stands at the beginning of the file, and nowhere else.
    pub(super) fn restart_codec(&mut self, file: Handle, at_start: bool) -> Result<(), Raise> {
        if !at_start {
            self.begin_in_the_middle(Value::object(file));
            return Ok(());
        }
        let part = self.wrapper(file);
        if let Codec::Utf8 | Codec::Utf16(_) | Codec::Utf32(_) = part.codec {
            let name = part.encoding.clone();
            self.wrapper_mut(file).codec = self.codec_named(&name)?;
        }
        Ok(())
    }

    /// Gives out so many characters of what is decoded.
    pub(super) fn take_text(&mut self, file: Handle, count: usize) -> Value {
        let part = self.wrapper_mut(file);
        let end = part.at.saturating_add(count).min(part.decoded.len());
        let text = Str::from_points(&part.decoded[part.at..end]);
        part.at = end;
        self.heap.str(text)
    }

    /// The bytes that a text is written as.
    pub(super) fn encode_for(&mut self, file: Handle, text: &Str) -> Result<Vec<u8>, Raise> {
        let part = self.wrapper(file);
        let (newline, codec) = (part.newline.written(), part.codec);
        let (encoding, errors) = (part.encoding.clone(), part.errors.clone());
        let text = if newline == "\n" { text.clone() } else { replaced(text, newline) };
        let name = match codec {
            Codec::Utf8 | Codec::Utf16(Order::Little) | Codec::Utf32(Order::Little) => codec.name(),
            _ => &encoding,
        };
        let text = self.heap.str(text);
        let (name, errors) = (self.heap.str(name), self.heap.str(&*errors));
        let bytes = self.encode_text(text, Some(name), Some(errors), "encode")?;
        // The mark stands at the beginning of the file alone.
        self.wrapper_mut(file).codec = codec.behind_mark().unwrap_or(codec);
        Ok(self.heap.byte_string(bytes).unwrap_or_default().to_vec())
    }

    /// Decodes what was read, but for what may go on in the next chunk.
    pub(super) fn decode_more(&mut self, file: Handle, bytes: &[u8], ended: bool) -> Result<(), Raise> {
        let part = self.wrapper_mut(file);
        let mut bytes = [std::mem::take(&mut part.tail), bytes.to_vec()].concat();
        if part.codec.behind_mark().is_some() {
            // Half a mark of UTF-8 is never text.
            if may_be_mark(part.codec, &bytes)
                && (!ended || part.codec == Codec::Utf8Signed && !bytes.is_empty())
            {
                part.tail = bytes;
                return Ok(());
            }
            let (codec, start) = by_mark(&bytes, part.codec);
            (part.codec, bytes) = (codec, bytes.split_off(start));
        }
        let kept = if ended { 0 } else { open_end(&bytes, part.codec, part.newline) };
        part.tail = bytes.split_off(bytes.len() - kept);
        let (codec, errors, newline) = (part.codec, part.errors.clone(), part.newline);
        let (name, errors) = (self.heap.str(codec.own_name()), self.heap.str(&*errors));
        let object = self.heap.bytes(&bytes);
        let text = self.decode_bytes(object, Some(name), Some(errors), "decode")?;
        let mut points: Vec<u32> = self.str_text(text).points().collect();
        let part = self.wrapper_mut(file);
        if newline.is_universal() {
            part.seen.note(&points);
        }
        if newline == Newline::Universal {
            points = translated(&points);
        }
        let consumed = part.consumed();
        part.chunk.drain(..consumed);
        part.chunk.extend_from_slice(&bytes);
        part.decoded.drain(..part.at);
        part.decoded.append(&mut points);
        part.at = 0;
        Ok(())
    }
}

/// Whether these bytes are too few to tell whether there is a mark.
fn may_be_mark(codec: Codec, bytes: &[u8]) -> bool {
    let marks: &[&[u8]] = match codec {
        Codec::Utf8Signed => &[b"\xef\xbb\xbf"],
        Codec::Utf16(_) => &[b"\xff\xfe", b"\xfe\xff"],
        _ => &[b"\xff\xfe\0\0", b"\0\0\xfe\xff"],
    };
    marks.iter().any(|mark| mark.len() > bytes.len() && mark.starts_with(bytes))
}

/// How many bytes at the end may belong to a character, or to a line end, that goes on.
fn open_end(bytes: &[u8], codec: Codec, newline: Newline) -> usize {
    let open = match codec {
        Codec::Ascii | Codec::Latin1 | Codec::Charmap(_) => 0,
        Codec::Utf8 | Codec::Utf8Signed => {
            let first = (1..=bytes.len().min(3)).find(|back| bytes[bytes.len() - back] >= 0xC0);
            let width = |back: usize| match bytes[bytes.len() - back] {
                0xF0.. => 4,
                0xE0.. => 3,
                _ => 2,
            };
            first.filter(|back| width(*back) > *back).unwrap_or(0)
        }
        Codec::Utf16(order) => {
            let odd = bytes.len() % 2;
            let last = &bytes[(bytes.len() - odd).saturating_sub(2)..];
            if order.is_first_of_two(last) { odd + 2 } else { odd }
        }
        Codec::Utf32(_) => bytes.len() % 4,
    };
    let whole = &bytes[..bytes.len() - open];
    let unit = codec.unit_width();
    let last = &whole[whole.len().saturating_sub(unit)..];
    let half = newline.is_universal() && codec.is_unit(last, b'\r');
    open + if half { unit } else { 0 }
}

/// The same with `\n` for each line end.
pub(in crate::machine) fn translated(text: &[u32]) -> Vec<u32> {
    let mut points = Vec::with_capacity(text.len());
    let mut before = 0;
    for point in text {
        if !(before == 13 && *point == 10) {
            points.push(if *point == 13 { 10 } else { *point });
        }
        before = *point;
    }
    points
}

/// The same with another line end for each `\n`.
pub(in crate::machine) fn replaced(text: &Str, newline: &str) -> Str {
    let mut points = Vec::with_capacity(text.len());
    for point in text.points() {
        if point == 10 {
            points.extend(newline.chars().map(u32::from));
        } else {
            points.push(point);
        }
    }
    Str::from(points)
}
