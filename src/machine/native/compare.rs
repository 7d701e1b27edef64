//! Comparing two values whose types have a say in it.

use std::rc::Rc;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::compare::Comparison;
use crate::machine::value::{Handle, Value};
use crate::machine::verdict::{Means, Side};

/// Which of the two operands is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Turn {
    /// Nobody yet.
    Start,
    /// The right one first, because its type derives from the left one's.
    RightFirst,
    /// The left one.
    Left,
    /// The right one, because the left one did not know.
    Right,
    /// Nobody any more: the truth of the answer is computed.
    Truth,
}

/// `left < right` and its kin: `__lt__` of one, `__gt__` of the other, then identity or a TypeError.
#[derive(Clone, Debug, Hash)]
pub struct Compare {
    comparison: Comparison,
    left: Value,
    right: Value,
    as_bool: bool,
    turn: Turn,
    /// Whether the answer awaited is that of `__eq__` for a `!=`.
    inverted: bool,
    /// The number under which the evaluation is recorded.
    number: Option<u64>,
    /// The last method written in Python that did not know, where that is recorded.
    gave_up: Option<Rc<str>>,
}

impl Compare {
    /// The comparison.
    pub const fn new(comparison: Comparison, left: Value, right: Value) -> Self {
        let turn = Turn::Start;
        Self { comparison, left, right, as_bool: false, turn, inverted: false, number: None, gave_up: None }
    }

    /// Its truth.
    #[must_use]
    pub fn as_bool(self) -> Self {
        Self { as_bool: true, ..self }
    }

    /// The same, recorded under a number.
    #[must_use]
    pub fn noted_as(self, number: Option<u64>) -> Self {
        Self { number, ..self }
    }

    /// Notes that `method` is asked.
    fn note(&self, machine: &mut Machine, method: Value) {
        if self.number.is_none() {
            return;
        }
        let side = match self.turn {
            Turn::RightFirst => Side::RightFirst,
            Turn::Right => Side::Right,
            Turn::Start | Turn::Left | Turn::Truth => Side::Left,
        };
        let receiver = if side == Side::Left { self.left } else { self.right };
        // These compare values, though the method they are asked by is object's.
        let by_value = matches!(
            machine.heap.payload_of(receiver),
            Some(
                Payload::Range(_)
                    | Payload::Slice(_)
                    | Payload::Cell(_)
                    | Payload::Method { .. }
                    | Payload::Native(..)
                    | Payload::GenericAlias(..)
                    | Payload::UnpackedAlias(..)
                    | Payload::Union(_)
                    | Payload::MappingProxy(_)
                    | Payload::Code(_)
            )
        );
        let is_default = !by_value && machine.heap.lookup(types::OBJECT, names::EQ) == Some(method);
        machine.note_means(self.number, |heap| match heap.payload_of(method) {
            Some(Payload::Native(..)) if is_default => Means::Default,
            Some(Payload::Native(..)) => Means::Values,
            Some(Payload::Function(function)) => {
                Means::Method { name: heap.brief_name(function.qualname), side }
            }
            _ => Means::Method { name: heap.brief_name(method), side },
        });
    }

    /// Who is asked after `turn`.
    fn next_turn(&self, heap: &Heap, right_was_first: bool) -> Turn {
        match self.turn {
            Turn::Start => {
                let (left, right) = (heap.class_of(self.left), heap.class_of(self.right));
                if left != right && heap.is_subclass(right, left) { Turn::RightFirst } else { Turn::Left }
            }
            Turn::RightFirst => Turn::Left,
            Turn::Left if right_was_first => Turn::Truth,
            Turn::Left => Turn::Right,
            Turn::Right | Turn::Truth => Turn::Truth,
        }
    }

    /// Asks the operand whose turn it is.
    fn ask(&mut self, machine: &mut Machine) -> Eval {
        let (receiver, other, comparison) = match self.turn {
            Turn::Left => (self.left, self.right, self.comparison),
            Turn::Right | Turn::RightFirst => (self.right, self.left, self.comparison.reflected()),
            Turn::Start | Turn::Truth => panic!("an operand is asked"),
        };
        self.inverted = false;
        let class = machine.heap.class_of(receiver);
        let Some(mut method) = machine.heap.lookup(class, comparison.name()) else {
            return Ok(Value::NOT_IMPLEMENTED.into());
        };
        let mut asked = comparison;
        if comparison == Comparison::Ne && machine.is_default_ne(method) {
            // object's own `__ne__` is the opposite of whatever `__eq__` says.
            method = machine.heap.slot(class, names::EQ);
            self.inverted = true;
            asked = Comparison::Eq;
        }
        self.note(machine, method);
        if machine.heap.is_builtin_special(class, asked.name(), method)
            && machine.own_special(receiver, asked.name()).is_none()
        {
            return machine.builtin_compare(asked, receiver, other);
        }
        machine.call_method(method, receiver, Args::new([other]))
    }

    fn fallback(&mut self, machine: &mut Machine) -> Result<Value, crate::machine::raise::Raise> {
        let gave_up = self.gave_up.take();
        machine.note_means(self.number, |_| Means::Fallback { gave_up });
        match self.comparison {
            Comparison::Eq => Ok(Value::bool(self.left == self.right)),
            Comparison::Ne => Ok(Value::bool(self.left != self.right)),
            Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge => {
                let (left, right) = (machine.class_name(self.left), machine.class_name(self.right));
                let sign = self.comparison.sign();
                Err(machine.type_error(format!(
                    "'{sign}' not supported between instances of '{left}' and '{right}'"
                )))
            }
        }
    }

    fn finish(mut self, machine: &mut Machine, answer: Value) -> Advance {
        if !self.as_bool {
            return Ok(Progress::Done(answer));
        }
        self.turn = Turn::Truth;
        match machine.truth(answer)? {
            Flow::Value(value) => {
                machine.settle_verdict(self.number, value);
                Ok(Progress::Done(value))
            }
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn go_on(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut answer = match input {
            Input::Value(value) if self.turn == Turn::Truth => {
                machine.settle_verdict(self.number, value);
                return Ok(Progress::Done(value));
            }
            Input::Value(value) => value,
            _ => Value::NOT_IMPLEMENTED,
        };
        let mut right_was_first = self.turn == Turn::RightFirst || {
            let (left, right) = (machine.heap.class_of(self.left), machine.heap.class_of(self.right));
            left != right && machine.heap.is_subclass(right, left)
        };
        loop {
            if answer != Value::NOT_IMPLEMENTED {
                let answer = if self.inverted { machine.invert(answer) } else { answer };
                return self.finish(machine, answer);
            }
            self.gave_up = machine.noted_method(self.number).or(self.gave_up);
            self.turn = self.next_turn(&machine.heap, right_was_first);
            right_was_first |= self.turn == Turn::RightFirst;
            if self.turn == Turn::Truth {
                let answer = self.fallback(machine)?;
                return self.finish(machine, answer);
            }
            match self.ask(machine)? {
                Flow::Value(value) => answer = value,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }
}

impl NativeTask for Compare {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let number = self.number;
        self.go_on(machine, input).inspect_err(|_| machine.raise_verdict(number))
    }

    fn abandon(self, machine: &mut Machine) {
        machine.raise_verdict(self.number);
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.left);
        visit(self.right);
    }

    fn title(&self, heap: &Heap) -> String {
        let (left, right) = (heap.class_of(self.left), heap.class_of(self.right));
        let sign = self.comparison.sign();
        let (left, right) = (&heap.class(left).name, &heap.class(right).name);
        match self.turn {
            Turn::Truth => format!("{left} {sign} {right}: waiting for the truth of the answer"),
            Turn::Right | Turn::RightFirst => format!("{left} {sign} {right}: asking the right operand"),
            Turn::Start | Turn::Left => format!("{left} {sign} {right}: asking the left operand"),
        }
    }
}

/// Comparing two lists or two tuples item by item.
#[derive(Clone, Debug, Hash)]
pub struct CompareSequences {
    comparison: Comparison,
    left: Handle,
    right: Handle,
    index: usize,
    /// Whether the items at `index` are known to differ and decide.
    deciding: bool,
}

impl CompareSequences {
    /// `left comparison right` for two lists or two tuples.
    pub const fn new(comparison: Comparison, left: Handle, right: Handle) -> Self {
        Self { comparison, left, right, index: 0, deciding: false }
    }
}

fn item(heap: &Heap, sequence: Handle, index: usize) -> Option<Value> {
    heap.sequence_items(sequence).and_then(|items| items.get(index).copied())
}

fn length(heap: &Heap, sequence: Handle) -> usize {
    heap.sequence_items(sequence).map_or(0, <[Value]>::len)
}

impl NativeTask for CompareSequences {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut equal = match input {
            Input::Value(value) if self.deciding => return Ok(Progress::Done(value)),
            Input::Value(value) => Some(value == Value::TRUE),
            _ => None,
        };
        let only_equality = matches!(self.comparison, Comparison::Eq | Comparison::Ne);
        // Lists of different lengths are not looked into; tuples are, up to where they differ.
        if equal.is_none()
            && only_equality
            && matches!(machine.heap.payload(self.left), Payload::List(_))
            && length(&machine.heap, self.left) != length(&machine.heap, self.right)
        {
            return Ok(Progress::Done(Value::bool(self.comparison == Comparison::Ne)));
        }
        loop {
            match equal.take() {
                Some(true) => self.index += 1,
                Some(false) => break,
                None => {}
            }
            let left = item(&machine.heap, self.left, self.index);
            let right = item(&machine.heap, self.right, self.index);
            let (Some(left), Some(right)) = (left, right) else {
                let lengths = length(&machine.heap, self.left).cmp(&length(&machine.heap, self.right));
                return Ok(Progress::Done(Value::bool(self.comparison.holds(lengths))));
            };
            match machine.compare_bool(Comparison::Eq, left, right)? {
                Flow::Value(value) => equal = Some(value == Value::TRUE),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
        // The items may be gone by now: what compared them may have changed the lists.
        let left = item(&machine.heap, self.left, self.index);
        let right = item(&machine.heap, self.right, self.index);
        let (Some(left), Some(right)) = (left, right) else {
            let lengths = length(&machine.heap, self.left).cmp(&length(&machine.heap, self.right));
            return Ok(Progress::Done(Value::bool(self.comparison.holds(lengths))));
        };
        if only_equality {
            return Ok(Progress::Done(Value::bool(self.comparison == Comparison::Ne)));
        }
        self.deciding = true;
        match machine.compare(self.comparison, left, right)? {
            Flow::Value(value) => Ok(Progress::Done(value)),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.left));
        visit(Value::object(self.right));
    }

    fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
        for sequence in [self.left, self.right] {
            if let Payload::Tuple(items) = heap.payload(sequence) {
                items.get(self.index).copied().into_iter().for_each(&mut *visit);
            }
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let kind = if heap.is_instance(Value::object(self.left), types::LIST) { "list" } else { "tuple" };
        let sign = self.comparison.sign();
        format!("{kind} {sign} {kind}: comparing item {}", self.index)
    }
}
