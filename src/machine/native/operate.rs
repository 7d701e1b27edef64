//! Binary and unary operators whose operands' types have a say in them.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::protocol::operator::Binary;
use crate::machine::value::{Handle, Value};

/// Which special method is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Turn {
    /// `left.__iadd__(right)`.
    InPlace,
    /// `right.__radd__(left)`, because the right type derives from the left one and has its own.
    RightFirst,
    /// `left.__add__(right)`.
    Left,
    /// `right.__radd__(left)`.
    Right,
    /// None is left.
    End,
}

/// `left + right` and its kin: `__iadd__`, `__add__` of one, `__radd__` of the other.
#[derive(Clone, Debug, Hash)]
pub struct Operate {
    operator: Binary,
    in_place: bool,
    left: Value,
    right: Value,
    /// The third operand of `pow()`.
    modulus: Option<Value>,
    turn: Turn,
}

impl Operate {
    /// `left operator right`.
    pub const fn new(operator: Binary, in_place: bool, left: Value, right: Value) -> Self {
        Self { operator, in_place, left, right, modulus: None, turn: Turn::InPlace }
    }

    /// `pow(base, exponent, modulus)`.
    pub const fn power_modulo(base: Value, exponent: Value, modulus: Value) -> Self {
        Self { modulus: Some(modulus), ..Self::new(Binary::Power, false, base, exponent) }
    }

    /// The right type derives from the left one and brings a reflected method of its own.
    fn right_is_first(&self, heap: &Heap) -> bool {
        let (left, right) = (heap.class_of(self.left), heap.class_of(self.right));
        if left == right || !heap.is_subclass(right, left) {
            return false;
        }
        let name = self.operator.reflected_name();
        heap.lookup(right, name).is_some_and(|own| heap.lookup(left, name) != Some(own))
    }

    fn ask(&self, machine: &mut Machine) -> Eval {
        let (receiver, other, name) = match self.turn {
            Turn::InPlace => (self.left, self.right, self.operator.in_place_name()),
            Turn::Left => (self.left, self.right, self.operator.name()),
            Turn::RightFirst | Turn::Right => (self.right, self.left, self.operator.reflected_name()),
            Turn::End => panic!("an operand is asked"),
        };
        let class = machine.heap.class_of(receiver);
        match machine.heap.lookup(class, name) {
            Some(method) => {
                machine.call_method(method, receiver, Args::new([other].into_iter().chain(self.modulus)))
            }
            None => Ok(Value::NOT_IMPLEMENTED.into()),
        }
    }

    /// Whether the special method whose turn it is comes from a builtin type.  A sequence's `+` and `*`
    /// are asked last there, and raise instead of giving NotImplemented.
    fn is_builtin_sequence(&self, heap: &Heap) -> bool {
        let (receiver, name) = match self.turn {
            Turn::InPlace => (self.left, self.operator.in_place_name()),
            Turn::Left => (self.left, self.operator.name()),
            Turn::RightFirst | Turn::Right => (self.right, self.operator.reflected_name()),
            Turn::End => return false,
        };
        heap.payload_of(receiver).is_some_and(Payload::is_joinable)
            && matches!(self.operator, Binary::Add | Binary::Multiply)
            && heap
                .lookup(heap.class_of(receiver), name)
                .is_some_and(|method| matches!(heap.payload_of(method), Some(Payload::Native(..))))
    }

    fn next_turn(&self, heap: &Heap, right_first: bool) -> Turn {
        match self.turn {
            Turn::InPlace if right_first => Turn::RightFirst,
            Turn::InPlace | Turn::RightFirst => Turn::Left,
            Turn::Left if right_first || heap.class_of(self.left) == heap.class_of(self.right) => Turn::End,
            Turn::Left => Turn::Right,
            Turn::Right | Turn::End => Turn::End,
        }
    }
}

impl NativeTask for Operate {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let right_first = self.right_is_first(&machine.heap);
        let mut answer = match input {
            Input::Value(value) => value,
            _ => {
                if !self.in_place {
                    self.turn = self.next_turn(&machine.heap, right_first);
                }
                match self.try_turn(machine)? {
                    Flow::Value(value) => value,
                    Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                }
            }
        };
        while answer == Value::NOT_IMPLEMENTED {
            self.turn = self.next_turn(&machine.heap, right_first);
            if self.turn == Turn::End {
                if let Some(modulus) = self.modulus {
                    return Err(machine.power_modulo_error(self.left, self.right, modulus));
                }
                return machine.sequence_last(self.operator, self.in_place, self.left, self.right).map(
                    |flow| match flow {
                        Flow::Value(value) => Progress::Done(value),
                        Flow::Enter(entry) => Progress::Wait(self.into(), entry),
                    },
                );
            }
            match self.try_turn(machine)? {
                Flow::Value(value) => answer = value,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
        Ok(Progress::Done(answer))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.left);
        visit(self.right);
        self.modulus.into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let (left, right) = (heap.class_of(self.left), heap.class_of(self.right));
        let (left, right) = (&heap.class(left).name, &heap.class(right).name);
        let sign = self.operator.sign(self.in_place);
        match self.turn {
            Turn::InPlace | Turn::Left => format!("{left} {sign} {right}: asking the left operand"),
            Turn::RightFirst | Turn::Right => format!("{left} {sign} {right}: asking the right operand"),
            Turn::End => format!("{left} {sign} {right}"),
        }
    }
}

impl Operate {
    fn try_turn(&self, machine: &mut Machine) -> Eval {
        if self.is_builtin_sequence(&machine.heap) {
            return Ok(Value::NOT_IMPLEMENTED.into());
        }
        self.ask(machine)
    }
}

/// An operator of one operand, or a conversion, that a Python method computes and whose result is
/// checked.
#[derive(Clone, Debug, Hash)]
pub struct Truth {
    value: Value,
    /// Whether `__len__` was asked, for want of a `__bool__`.
    by_length: bool,
}

impl Truth {
    /// The truth of `value` by its `__bool__` or `__len__`.
    pub const fn new(value: Value, by_length: bool) -> Self {
        Self { value, by_length }
    }
}

impl NativeTask for Truth {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let answer = match input {
            Input::Value(value) => value,
            _ => {
                let name: Handle =
                    if self.by_length { crate::machine::names::LEN } else { crate::machine::names::BOOL };
                let class = machine.heap.class_of(self.value);
                let method = machine.heap.lookup(class, name).expect("the method was found before");
                match machine.call_method(method, self.value, Args::default())? {
                    Flow::Value(value) => value,
                    Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                }
            }
        };
        let truth = if self.by_length {
            machine.checked_length(answer)? != 0
        } else {
            match machine.plain_truth(answer) {
                Some(truth) if answer == Value::TRUE || answer == Value::FALSE => truth,
                _ => {
                    let class = machine.class_name(answer);
                    return Err(machine.type_error(format!("__bool__ should return bool, returned {class}")));
                }
            }
        };
        Ok(Progress::Done(Value::bool(truth)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.value);
    }

    fn title(&self, heap: &Heap) -> String {
        let name = &heap.class(heap.class_of(self.value)).name;
        format!("bool: waiting for {name}.{}", if self.by_length { "__len__" } else { "__bool__" })
    }
}

/// `divmod(left, right)`: `__divmod__` of one, `__rdivmod__` of the other.
#[derive(Clone, Debug, Hash)]
pub struct DivMod {
    left: Value,
    right: Value,
    reflected: bool,
}

impl DivMod {
    /// `divmod(left, right)`.
    pub const fn new(left: Value, right: Value) -> Self {
        Self { left, right, reflected: false }
    }

    fn ask(&self, machine: &mut Machine) -> Eval {
        let (receiver, other, name) = if self.reflected {
            (self.right, self.left, crate::machine::names::RDIVMOD)
        } else {
            (self.left, self.right, crate::machine::names::DIVMOD)
        };
        match machine.heap.special(receiver, name) {
            Some(method) => machine.call_method(method, receiver, Args::new([other])),
            None => Ok(Value::NOT_IMPLEMENTED.into()),
        }
    }
}

impl NativeTask for DivMod {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut answer = match input {
            Input::Value(value) => Flow::Value(value),
            _ => self.ask(machine)?,
        };
        loop {
            match answer {
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                Flow::Value(value) if value != Value::NOT_IMPLEMENTED => return Ok(Progress::Done(value)),
                Flow::Value(_) if self.reflected => {
                    let (left, right) = (machine.class_name(self.left), machine.class_name(self.right));
                    return Err(machine.type_error(format!(
                        "unsupported operand type(s) for divmod(): '{left}' and '{right}'"
                    )));
                }
                Flow::Value(_) => {
                    self.reflected = true;
                    answer = self.ask(machine)?;
                }
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.left);
        visit(self.right);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("divmod: asking the {} operand", if self.reflected { "right" } else { "left" })
    }
}
