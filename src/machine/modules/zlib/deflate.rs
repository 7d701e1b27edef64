//! Deflating data. It is gathered until it must be written: the library's own state cannot be copied, and the machine
//! is copied at each checkpoint.

use miniz_oxide::deflate::core::{CompressorOxide, create_comp_flags_from_zip_params};
use miniz_oxide::deflate::stream::deflate;
use miniz_oxide::{MZError, MZFlush, MZStatus};

use super::wrapper::{Sum, Window, header};

/// Deflates data that comes in parts.
#[derive(Clone, Debug, Hash)]
pub struct Deflater {
    window: Window,
    level: i64,
    strategy: i64,
    /// What is still to be deflated.
    input: Vec<u8>,
    sum: Sum,
    /// Whether the header was written.
    begun: bool,
    /// Whether the end was written.
    done: bool,
}

/// How the data of a deflated part ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// More follows.
    Open,
    /// It is the last.
    Finished,
}

impl Deflater {
    /// Nothing was written yet.
    pub const fn new(window: Window, level: i64, strategy: i64) -> Self {
        Self {
            window,
            level,
            strategy,
            input: Vec::new(),
            sum: Sum::new(window.0),
            begun: false,
            done: false,
        }
    }

    /// Whether the end was written.
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// Adds data; the header, if nothing was written yet.
    pub fn add(&mut self, data: &[u8]) -> Vec<u8> {
        self.input.extend_from_slice(data);
        self.sum.add(data);
        self.begin()
    }

    fn begin(&mut self) -> Vec<u8> {
        if std::mem::replace(&mut self.begun, true) {
            return Vec::new();
        }
        header(self.window.0, self.window.1, self.level)
    }

    /// Writes all that was added.
    pub fn flush(&mut self, end: End) -> Vec<u8> {
        let mut out = self.begin();
        let input = std::mem::take(&mut self.input);
        // What follows a part repeats nothing of it, so that a reader with the window that was said is enough.
        let bits = self.window.1;
        let size = if bits == 15 { usize::MAX } else { 1 << bits };
        let mut parts = input.chunks(size).peekable();
        while let Some(part) = parts.next() {
            let is_last = end == End::Finished && parts.peek().is_none();
            self.part(part, is_last, &mut out);
        }
        if input.is_empty() {
            self.part(&[], end == End::Finished, &mut out);
        }
        if end == End::Finished {
            self.done = true;
            out.extend(self.sum.trailer());
        }
        out
    }

    fn part(&self, data: &[u8], is_last: bool, out: &mut Vec<u8>) {
        const RAW: i32 = -15;
        const ROOM: usize = 1 << 16;
        let flags = create_comp_flags_from_zip_params(self.level as i32, RAW, self.strategy as i32);
        let mut oxide = CompressorOxide::new(flags);
        let flush = if is_last { MZFlush::Finish } else { MZFlush::Sync };
        let (mut room, mut at) = (vec![0; ROOM], 0);
        loop {
            let result = deflate(&mut oxide, &data[at..], &mut room, flush);
            at += result.bytes_consumed;
            out.extend_from_slice(&room[..result.bytes_written]);
            match result.status {
                Ok(MZStatus::StreamEnd) => return,
                // All is out where there was room for more.
                Ok(_) if flush == MZFlush::Sync && at == data.len() && result.bytes_written < ROOM => return,
                Ok(_) => {}
                // There was no room to tell that all is out.
                Err(MZError::Buf) if flush == MZFlush::Sync => return,
                Err(error) => panic!("data in memory can be deflated: {error:?}"),
            }
        }
    }
}

/// Deflates data at once.
pub fn at_once(window: Window, level: i64, data: &[u8]) -> Vec<u8> {
    let mut deflater = Deflater::new(window, level, 0);
    let head = deflater.add(data);
    [head, deflater.flush(End::Finished)].concat()
}

/// Whether `wbits` and the others are what deflating can be begun with.
pub const fn is_usable(level: i64, memory: i64, strategy: i64) -> bool {
    matches!((level, memory, strategy), (-1..=9, 1..=9, 0..=4))
}
