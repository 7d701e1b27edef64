//! Collecting items in a list, and making of it what is wanted.

use super::{Hint, Taken, Takes};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::object::list::MAX_ITEMS;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What the collected items become.
#[derive(Clone, Debug, Hash)]
pub enum Collected {
    /// A new list.
    List,
    /// The list to which they were appended; the result is None.
    Extended,
    /// The list with which they began: `list.__init__`, `+=`.
    Filled(Value),
    /// A tuple.
    Tuple,
    /// A tuple of a subclass.
    TupleOf(Handle),
    /// A sorted list, which takes the place of the first of these arguments; the others are those of its method `sort`.
    Sorted(Args),
    /// A tuple with an item for each target of an assignment.
    Unpacked {
        /// Targets before a starred one, or all.
        before: usize,
        /// Targets behind a starred one, if there is one.
        after: Option<usize>,
        /// How many items there are, where the message of an error gives that.
        length: Option<usize>,
        /// Whether the items behind those before the star are made a list of: their iterator was asked
        /// for an iterator once more.
        rest: bool,
    },
}

/// Appends each item to a list.
#[derive(Clone, Debug, Hash)]
pub struct Collect {
    list: Handle,
    into: Collected,
}

impl Collect {
    /// Collects in `list`.
    pub const fn new(list: Handle, into: Collected) -> Self {
        Self { list, into }
    }

    /// Whether the items from here on are to be taken from the `iter()` of the iterator, as CPython does
    /// behind the targets before a star.
    pub(super) fn wants_iterator_again(&mut self, machine: &Machine) -> bool {
        match &mut self.into {
            Collected::Unpacked { before, after: Some(_), rest, .. }
                if !*rest && machine.heap.list_items(self.list).len() == *before =>
            {
                *rest = true;
                true
            }
            _ => false,
        }
    }

    /// Whether the list is one that CPython makes room in for as many items as it guesses there will be.
    const fn guesses(&self) -> bool {
        matches!(self.into, Collected::Extended | Collected::Filled(_) | Collected::Sorted(_))
    }

    /// Makes room for the items that there will be: a guess, if there is one, and whether a set or a dict has them.
    pub fn expect(&self, machine: &mut Machine, guess: Option<usize>, of_table: bool) {
        if !self.guesses() {
            return;
        }
        let list = machine.heap.list_mut(self.list);
        match guess {
            None => list.forget_room(),
            Some(guess) if of_table => list.expect_of_table(guess),
            Some(guess) => list.expect(guess),
        }
    }

    pub(super) const fn hint(&self) -> Hint {
        match self.into {
            Collected::Extended | Collected::Filled(_) | Collected::Sorted(_) => Hint::Iterable,
            Collected::Unpacked { rest: true, .. } => Hint::Iterable,
            Collected::List => Hint::Iterator,
            Collected::Tuple | Collected::TupleOf(_) | Collected::Unpacked { .. } => Hint::Nobody,
        }
    }
}

impl Takes for Collect {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        let len = machine.heap.list_items(self.list).len();
        if let Collected::Unpacked { before, after: None, length, .. } = self.into
            && len == before
        {
            let got = length.map_or_else(String::new, |length| format!(", got {length}"));
            let message = format!("too many values to unpack (expected {before}{got})");
            return Err(machine.value_error(message));
        }
        if len >= MAX_ITEMS {
            return Err(machine.out_of_memory());
        }
        machine.heap.list_push(self.list, item);
        Ok(Taken::More)
    }

    fn answer(&mut self, _machine: &mut Machine, _value: Value) -> Result<Taken, Raise> {
        Ok(Taken::More)
    }

    fn finish(&mut self, machine: &mut Machine) -> Eval {
        let list = Value::object(self.list);
        if self.guesses() {
            machine.heap.list_mut(self.list).settle();
        }
        Ok(Flow::Value(match &self.into {
            Collected::List => list,
            Collected::Extended => Value::NONE,
            Collected::Filled(result) => *result,
            Collected::Tuple => {
                let items = machine.heap.list_items(self.list).to_vec();
                machine.heap.tuple(items)
            }
            Collected::TupleOf(class) => {
                let items = machine.heap.list_items(self.list).to_vec();
                machine.new_tuple(*class, items)
            }
            Collected::Sorted(args) => {
                let mut args = args.clone();
                args.set(0, list);
                return machine.sort_collected(&args);
            }
            Collected::Unpacked { before, after, .. } => {
                let items = machine.heap.list_items(self.list).to_vec();
                machine.unpacked(items, *before, *after, false)?
            }
        }))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.list));
        match &self.into {
            Collected::Filled(value) => visit(*value),
            Collected::Sorted(args) => args.each_value(visit),
            Collected::TupleOf(class) => visit(Value::object(*class)),
            Collected::List | Collected::Extended | Collected::Tuple | Collected::Unpacked { .. } => {}
        }
    }

    fn name(&self) -> &'static str {
        match self.into {
            Collected::List | Collected::Filled(_) => "list",
            Collected::Extended => "list.extend",
            Collected::Tuple | Collected::TupleOf(_) => "tuple",
            Collected::Sorted(_) => "sorted",
            Collected::Unpacked { .. } => "unpacking",
        }
    }

    fn doing(&self, number: usize) -> String {
        format!("keeping item {number}")
    }
}
