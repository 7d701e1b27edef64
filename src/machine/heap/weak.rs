//! Weak references: which lead to an object, in CPython's order, and what becomes of them when it goes.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::object::weakref::WeakRef;
use super::super::object::{Payload, types};
use super::super::value::{Handle, Value};
use super::Heap;

/// The weak references to each object that has some.
///
/// The plain one without a callback comes first, then the plain proxy, then the others, the newest first.
pub(super) type WeakLists = Rc<FxHashMap<Handle, Vec<Handle>>>;

impl Heap {
    /// Makes a weak reference, or a proxy, of the type `class`.
    pub(in crate::machine) fn new_weakref(
        &mut self,
        class: Handle,
        referent: Handle,
        callback: Option<Value>,
    ) -> Handle {
        let payload = WeakRef { referent: Some(referent), callback, hash: None };
        let made = self.alloc(class, Payload::WeakRef(Box::new(payload)));
        let plain = |heap: &Self, handle: Handle| heap.is_plain_weakref(handle);
        let refs = self.weakrefs(referent);
        let place = if self.is_plain_weakref(made) && class == types::WEAK_REFERENCE {
            0
        } else if self.is_plain_weakref(made) {
            usize::from(refs.first().is_some_and(|first| self.is_plain_reference(*first)))
        } else {
            refs.iter().take(2).filter(|handle| plain(self, **handle)).count()
        };
        Rc::make_mut(&mut self.weak).entry(referent).or_default().insert(place, made);
        self.get_mut(referent).head.set_weakly_held(true);
        made
    }

    fn is_plain_reference(&self, handle: Handle) -> bool {
        self.get(handle).class == types::WEAK_REFERENCE && self.is_plain_weakref(handle)
    }

    /// Whether it is a reference or proxy as it is made without a callback and without a subclass: there is
    /// one of them for an object.
    pub(in crate::machine) fn is_plain_weakref(&self, handle: Handle) -> bool {
        let object = self.get(handle);
        let builtin =
            matches!(object.class, types::WEAK_REFERENCE | types::WEAK_PROXY | types::WEAK_CALLABLE_PROXY);
        builtin && matches!(object.payload(), Payload::WeakRef(weak) if weak.callback.is_none())
    }

    /// The weak references to an object, proxies among them.
    pub(in crate::machine) fn weakrefs(&self, object: Handle) -> &[Handle] {
        if !self.get(object).head.is_weakly_held() {
            return &[];
        }
        self.weak.get(&object).map_or(&[], Vec::as_slice)
    }

    /// The payload of a weak reference or proxy.
    pub(in crate::machine) fn weakref(&self, handle: Handle) -> &WeakRef {
        match self.payload(handle) {
            Payload::WeakRef(weak) => weak,
            _ => panic!("a weak reference is there"),
        }
    }

    /// The same, to change it.
    pub(in crate::machine) fn weakref_mut(&mut self, handle: Handle) -> &mut WeakRef {
        match self.payload_mut(handle) {
            Payload::WeakRef(weak) => weak,
            _ => panic!("a weak reference is there"),
        }
    }

    /// Whether somebody has asked to be told when the object goes, by a reference that is still there.
    pub(super) fn has_weak_callbacks(&self, object: Handle) -> bool {
        self.weakrefs(object).iter().any(|weak| self.is_to_be_told(*weak))
    }

    fn is_to_be_told(&self, weak: Handle) -> bool {
        self.weakref(weak).callback.is_some() && self.count(weak) != Some(0)
    }

    /// Makes every weak reference to an object a dead one; gives those whose callback is to be called, in
    /// the order of the calls.
    pub(in crate::machine) fn clear_weakrefs(&mut self, object: Handle) -> Vec<Handle> {
        if !self.get(object).head.is_weakly_held() {
            return Vec::new();
        }
        self.get_mut(object).head.set_weakly_held(false);
        let refs = Rc::make_mut(&mut self.weak).remove(&object).unwrap_or_default();
        for weak in &refs {
            self.weakref_mut(*weak).referent = None;
        }
        refs.into_iter().filter(|weak| self.is_to_be_told(*weak)).collect()
    }

    /// A weak reference goes: what it led to has one fewer.
    pub(super) fn drop_weakref(&mut self, weak: Handle, referent: Handle) {
        let lists = Rc::make_mut(&mut self.weak);
        let Some(refs) = lists.get_mut(&referent) else { return };
        refs.retain(|other| *other != weak);
        if refs.is_empty() {
            lists.remove(&referent);
            self.get_mut(referent).head.set_weakly_held(false);
        }
    }
}
