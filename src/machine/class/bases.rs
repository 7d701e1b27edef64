//! `cls.__bases__ = …`: a class that derives from others from now on.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::native::AssignBases;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

impl Machine {
    /// Makes a class that Python code has made derive from these, a tuple that is not empty.
    pub(in crate::machine) fn assign_bases(&mut self, class: Handle, bases: &[Value]) -> Eval {
        let name = self.heap.class(class).name.clone();
        let mut new = Vec::with_capacity(bases.len());
        for base in bases {
            let Some(handle) = base.handle().filter(|_| self.is_class(*base)) else {
                let given = self.class_name(*base);
                let message = format!("{name}.__bases__ must be tuple of classes, not '{given}'");
                return Err(self.type_error(message));
            };
            // Where a mro() assigns bases, an order may not know yet what the bases already say.
            let mut below = Some(handle);
            while let Some(base) = below.filter(|base| *base != class) {
                below = self.heap.class(base).base;
            }
            if below.is_some() || self.heap.is_subclass(handle, class) {
                return Err(self.type_error("a __bases__ item causes an inheritance cycle"));
            }
            new.push(handle);
        }
        let base = self.best_base(&new)?;
        if let Some(old) = self.heap.class(class).base {
            self.check_base(old, base)?;
        }
        self.begin(AssignBases::of(&self.heap, class, new, base))
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
}
