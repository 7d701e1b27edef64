//! Arguments of str methods, with CPython's messages where they do not fit.

use std::ops::Range;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::Value;

impl Machine {
    /// A str argument; `what` begins the message: `find() argument 1`.
    pub(super) fn text_argument(&mut self, value: Value, what: &str) -> Result<Str, Raise> {
        if let Some(text) = self.heap.text_of(value) {
            return Ok(text.clone());
        }
        let class = if what.is_empty() { self.class_name(value) } else { self.argument_class(value) };
        let space = if what.is_empty() { "" } else { " " };
        Err(self.type_error(format!("{what}{space}must be str, not {class}")))
    }

    /// An int argument that fits 64 bits.
    pub(in crate::machine) fn size_argument(&mut self, value: Value) -> Result<i64, Raise> {
        let Some(int) = self.heap.int_ref(value) else {
            let class = self.class_name(value);
            return Err(self.type_error(format!("'{class}' object cannot be interpreted as an integer")));
        };
        match int.small() {
            Some(size) => Ok(size),
            None => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }

    /// An int argument that fits 32 bits.
    pub(in crate::machine) fn int_argument(&mut self, value: Value) -> Result<i32, Raise> {
        let Some(int) = self.heap.int_ref(value) else {
            let class = self.class_name(value);
            return Err(self.type_error(format!("'{class}' object cannot be interpreted as an integer")));
        };
        let small = int.small().and_then(|int| i32::try_from(int).ok());
        small.ok_or_else(|| self.overflow_error("Python int too large to convert to C int"))
    }

    /// The `start` and `end` arguments of searches, cut to a text of `length`; empty where they cross.
    pub(in crate::machine) fn bounds(
        &mut self,
        args: &Args,
        first: usize,
        length: usize,
    ) -> Result<Option<Range<usize>>, Raise> {
        let start = self.bound(args.some(first), length, 0)?;
        let end = self.bound(args.some(first + 1), length, length)?.min(length);
        Ok((start <= end).then_some(start..end))
    }

    fn bound(&mut self, value: Option<Value>, length: usize, default: usize) -> Result<usize, Raise> {
        let Some(value) = value else { return Ok(default) };
        let Some(int) = self.heap.int_ref(value) else {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        };
        let bound = int.small().unwrap_or(if int.signum() < 0 { i64::MIN } else { i64::MAX });
        Ok(if bound < 0 {
            usize::try_from(bound.saturating_add_unsigned(length as u64)).unwrap_or(0)
        } else {
            bound as usize
        })
    }
}
