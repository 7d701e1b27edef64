//! `FileIO.close()` where flushing is Python code: the file is closed whatever that says.

use super::FileOp;
use crate::machine::Machine;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::native::{Do, Got, Steps, Stepwise};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// A file that is flushed, and then closed.
#[derive(Clone, Debug, Hash)]
pub struct RawClosing {
    file: Handle,
    /// Whether it is being closed by now.
    flushed: bool,
    /// What flushing raised.
    error: Option<Value>,
}

/// The closing, under way.
pub type CloseRaw = Steps<RawClosing>;

impl RawClosing {
    /// Closes this file.
    pub const fn new(file: Handle) -> Self {
        Self { file, flushed: false, error: None }
    }

    fn close(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.flushed = true;
        Ok(m.work_on(self.file, FileOp::Close)?.into())
    }
}

impl Stepwise for RawClosing {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.flushed, got) {
            (false, Got::Value(_)) => self.close(m),
            (false, Got::Raised(error)) => {
                self.error = Some(error);
                self.close(m)
            }
            (false, _) => Ok(m.call_attr(Value::object(self.file), names::FLUSH, vec![])?.into()),
            (true, Got::Raised(error)) => {
                m.set_context_to(error, self.error.take());
                Err(Raise::passed(error))
            }
            (true, _) => match self.error.take() {
                Some(error) => Err(Raise::passed(error)),
                None => Ok(Do::Done(Value::NONE)),
            },
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.file));
        self.error.into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("{}: closing", heap.class(heap.get(self.file).class).name)
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        !self.flushed || self.error.is_some()
    }
}
