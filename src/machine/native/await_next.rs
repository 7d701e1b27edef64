//! What `async for` waits for: what `__anext__` gave, made an iterator.  Whatever goes wrong there is the cause of a
//! TypeError about that object.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::heap::Heap;
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// Asks what `__anext__` gave for its `__await__`.
#[derive(Clone, Debug, Hash)]
pub struct Awaiting {
    given: Value,
    /// Whether that went wrong.
    failed: bool,
}

/// See [`Awaiting`].
pub type AwaitNext = Steps<Awaiting>;

impl AwaitNext {
    /// What is to be awaited of `given`.
    pub const fn of(given: Value) -> Self {
        Self::new(Awaiting { given, failed: false })
    }
}

impl Stepwise for Awaiting {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let given = self.given;
        let class = m.class_name(given);
        match got {
            Got::Value(iterator) => Ok(Do::Done(iterator)),
            Got::Raised(cause) => {
                self.failed = true;
                let text = format!("'async for' received an invalid object from __anext__: {class}");
                let raise = m.type_error(text);
                m.set_exception(raise.exception, |error| &mut error.cause, Some(cause));
                m.set_exception(raise.exception, |error| &mut error.context, Some(cause));
                m.set_suppress_context(raise.exception, true);
                Err(raise)
            }
            Got::Start | Got::End => {
                let flow =
                    m.await_iterator(given, |m| m.type_error(format!("'{class}' object can't be awaited")))?;
                Ok(flow.into())
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.given);
    }

    fn title(&self, _heap: &Heap) -> String {
        "async for: waiting for __await__ of what __anext__ gave".to_owned()
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        !self.failed
    }
}
