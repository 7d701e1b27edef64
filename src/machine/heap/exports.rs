//! Whose memory is shown: how many views there are of an object, which must keep its size meanwhile.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::modules::sre::Regex;
use super::super::object::extension::Extension;
use super::super::object::{Object, Payload, types};
use super::super::value::{Handle, Value};
use super::Heap;

/// The number of views of each object that has some.
pub(super) type Exports = Rc<FxHashMap<Handle, u32>>;

impl Object {
    /// The object whose memory this one shows, where it keeps it from changing its size.
    pub(super) fn shows(&self) -> Option<Handle> {
        match self.payload() {
            Payload::MemoryView(view) => view.owner.and_then(Value::handle),
            Payload::Slots(slots) if matches!(self.class, types::BUFFER_WRAPPER | types::BYTES_IO_BUFFER) => {
                slots.first().copied().flatten().and_then(Value::handle)
            }
            Payload::Extension(extension) => match &**extension {
                Extension::Regex(Regex::Scanner(scanner)) => scanner.subject().handle(),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Heap {
    /// How many views of an object there are.
    pub(in crate::machine) fn exports(&self, owner: Handle) -> u32 {
        self.exports.get(&owner).copied().unwrap_or(0)
    }

    /// There is one more.
    pub(in crate::machine) fn count_export(&mut self, owner: Handle) {
        *Rc::make_mut(&mut self.exports).entry(owner).or_default() += 1;
    }

    /// There is a view fewer.
    pub(in crate::machine) fn drop_export(&mut self, owner: Handle) {
        let exports = Rc::make_mut(&mut self.exports);
        match exports.get_mut(&owner) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                exports.remove(&owner);
            }
        }
    }
}
