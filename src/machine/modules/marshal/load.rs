//! `marshal.load`: reads a value from a file, no byte more than it takes.

use super::super::super::Machine;
use super::super::super::frame::Flow;
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise};
use super::super::super::object::{Payload, types};
use super::super::super::protocol::buffer::flags;
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::make::Objects;
use crate::code::marshal::{Missing, Progress, Reader};

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Waiting {
    /// `file.read(0)`, which shows whether it gives bytes.
    Trial,
    /// `file.readinto(memory)`.
    Bytes,
    /// The `__index__` of what that gave.
    Count,
}

/// `marshal.load` at work.
pub type MarshalLoad = Steps<Load>;

/// The work of `marshal.load`.
#[derive(Clone, Debug, Hash)]
pub struct Load {
    file: Value,
    reader: Reader<Value>,
    /// What was read from the file and not yet by the reader.
    bytes: Vec<u8>,
    /// Where the file puts the bytes that are asked for: a bytearray.
    memory: Option<Value>,
    /// Whether the type of a value is asked for.
    begins: bool,
    waiting: Waiting,
}

impl Load {
    /// Nothing is read yet.
    pub(super) const fn new(file: Value, allows_code: bool) -> Self {
        Self {
            file,
            reader: Reader::new(allows_code),
            bytes: Vec::new(),
            memory: None,
            begins: false,
            waiting: Waiting::Trial,
        }
    }

    /// Reads on in the bytes that are there, and asks for more where they end.
    fn read_on(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let mut at = 0;
        let progress = self.reader.advance(&mut Objects::new(m), &self.bytes, &mut at)?;
        self.bytes.drain(..at);
        let (count, missing) = match progress {
            Progress::Value(value) => return Ok(Do::Done(value)),
            Progress::Wants(count, missing) => (count, missing),
        };
        self.begins = missing == Missing::Value;
        let mut memory = Vec::new();
        if memory.try_reserve_exact(count).is_err() {
            return Err(m.out_of_memory());
        }
        memory.resize(count, 0);
        let memory = Value::object(m.heap.alloc(types::BYTEARRAY, Payload::ByteArray(memory)));
        self.memory = Some(memory);
        let Some(Flow::Value(view)) = m.memory_of(memory, flags::WRITABLE).transpose()? else {
            panic!("a bytearray shows its memory at once");
        };
        self.waiting = Waiting::Bytes;
        let name = m.text_handle("readinto");
        m.call_attr(self.file, name, vec![view]).map(Do::Wait)
    }

    /// So many bytes are in the memory, the file says.
    fn take(&mut self, m: &mut Machine, count: Value) -> Result<(), Raise> {
        let Some(memory) = self.memory.take() else { return Ok(()) };
        let wanted = m.heap.bytes_object(memory).map_or(0, <[u8]>::len) as i64;
        let count = m.index_i64(count, types::VALUE_ERROR)?;
        if count > wanted {
            let message =
                format!("read() returned too much data: {wanted} bytes requested, {count} returned");
            return Err(m.value_error(message));
        }
        if count < wanted {
            let what = if self.begins { "object" } else { "not" };
            return Err(m.raise(types::EOF_ERROR, format!("EOF read where {what} expected")));
        }
        self.bytes.extend_from_slice(m.heap.bytes_object(memory).unwrap_or_default());
        Ok(())
    }
}

impl Stepwise for Load {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else {
            let zero = m.heap.int(0);
            let name = m.text_handle("read");
            return m.call_attr(self.file, name, vec![zero]).map(Do::Wait);
        };
        match self.waiting {
            Waiting::Trial => match m.heap.payload_of(value) {
                Some(Payload::Bytes(_)) => self.read_on(m),
                _ => {
                    let class = m.class_name(value);
                    Err(m.type_error(format!("file.read() returned not bytes but {class}")))
                }
            },
            Waiting::Bytes => {
                self.waiting = Waiting::Count;
                m.index(value).map(Do::Wait)
            }
            Waiting::Count => {
                self.take(m, value)?;
                self.read_on(m)
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.file);
        self.memory.into_iter().for_each(&mut *visit);
        self.reader.each_value(&mut |value| visit(*value));
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.waiting {
            Waiting::Trial => "marshal.load: waiting for the file's read".to_owned(),
            Waiting::Bytes => "marshal.load: waiting for the file's readinto".to_owned(),
            Waiting::Count => "marshal.load: waiting for how many bytes there are".to_owned(),
        }
    }
}
