//! `cls.__bases__ = …`: a class that derives from others from now on.

use super::super::Machine;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

impl Machine {
    /// Makes a class that Python code has made derive from these, a tuple that is not empty.
    pub(in crate::machine) fn assign_bases(&mut self, class: Handle, bases: &[Value]) -> Result<(), Raise> {
        let name = self.heap.class(class).name.clone();
        let mut new = Vec::with_capacity(bases.len());
        for base in bases {
            let Some(handle) = base.handle().filter(|_| self.is_class(*base)) else {
                let given = self.class_name(*base);
                let message = format!("{name}.__bases__ must be tuple of classes, not '{given}'");
                return Err(self.type_error(message));
            };
            if self.heap.is_subclass(handle, class) {
                return Err(self.type_error("a __bases__ item causes an inheritance cycle"));
            }
            new.push(handle);
        }
        let base = self.best_base(&new)?;
        if let Some(old) = self.heap.class(class).base {
            self.check_base(old, base)?;
        }
        for held in new.iter().chain([&base]) {
            self.heap.retain_handle(*held);
        }
        let object = self.heap.class_mut(class);
        let old_bases = std::mem::replace(&mut object.bases, new.clone());
        let old_base = object.base.replace(base);
        if let Err(raise) = self.order_anew(class) {
            let object = self.heap.class_mut(class);
            (object.bases, object.base) = (old_bases, old_base);
            for held in new.iter().chain([&base]) {
                self.heap.release_handle(*held);
            }
            return Err(raise);
        }
        for base in &old_bases {
            self.heap.class_mut(*base).subclasses.retain(|subclass| *subclass != class);
        }
        for base in new {
            self.heap.class_mut(base).subclasses.push(class);
        }
        for held in old_bases.iter().chain(&old_base) {
            self.heap.release_handle(*held);
        }
        Ok(())
    }

    /// Whether instances of a class that has derived from `old` can be what those of one of `new` are.
    fn check_base(&mut self, old: Handle, new: Handle) -> Result<(), Raise> {
        let is_builtin = |class: Handle| self.heap.class(class).builtin;
        let wrong = if old == new {
            return Ok(());
        } else if is_builtin(old) || is_builtin(new) {
            "deallocator"
        } else if !self.same_layout(old, new) {
            "object layout"
        } else {
            return Ok(());
        };
        let (new, old) = (self.heap.class(new).name.clone(), self.heap.class(old).name.clone());
        Err(self.type_error(format!("__bases__ assignment: '{new}' {wrong} differs from '{old}'")))
    }

    /// Finds the order of a class and of all that derive from it anew; if there is none, they stay as they were.
    fn order_anew(&mut self, class: Handle) -> Result<(), Raise> {
        let mut before = Vec::new();
        let (mut todo, mut at) = (vec![class], 0);
        let mut failed = None;
        while let Some(class) = todo.get(at).copied() {
            at += 1;
            match self.linear_order(class) {
                Ok(order) => {
                    for held in &order {
                        self.heap.retain_handle(*held);
                    }
                    let object = self.heap.class_mut(class);
                    before.push((class, std::mem::replace(&mut object.mro, order.into())));
                    todo.extend(object.subclasses.iter().copied());
                }
                Err(raise) => {
                    failed = Some(raise);
                    break;
                }
            }
        }
        for (class, mut order) in before.into_iter().rev() {
            if failed.is_some() {
                std::mem::swap(&mut self.heap.class_mut(class).mro, &mut order);
            }
            for held in order.iter() {
                self.heap.release_handle(*held);
            }
            self.heap.remember(class);
        }
        failed.map_or(Ok(()), Err)
    }
}
