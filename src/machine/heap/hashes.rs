//! Hashes of tuples that Python code had a say in: as in CPython, a tuple whose hash was told keeps it.
//!
//! All other hashes are computed again, which nobody can notice.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::value::Handle;
use super::Heap;

/// The hash of each tuple that keeps one.
pub(super) type TupleHashes = Rc<FxHashMap<Handle, i64>>;

impl Heap {
    /// The hash that a tuple keeps.
    #[inline]
    pub(in crate::machine) fn kept_hash(&self, tuple: Handle) -> Option<i64> {
        if self.hashes.is_empty() { None } else { self.hashes.get(&tuple).copied() }
    }

    /// A tuple keeps its hash.
    pub(in crate::machine) fn keep_hash(&mut self, tuple: Handle, hash: i64) {
        Rc::make_mut(&mut self.hashes).insert(tuple, hash);
    }

    /// The object behind a handle is gone.
    pub(super) fn forget_hash(&mut self, handle: Handle) {
        if !self.hashes.is_empty() && self.hashes.contains_key(&handle) {
            Rc::make_mut(&mut self.hashes).remove(&handle);
        }
    }
}
