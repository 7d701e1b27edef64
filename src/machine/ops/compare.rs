//! Operators and comparisons.

use super::super::Machine;
use super::super::frame::Resume;
use super::super::protocol::compare::Comparison;
use super::super::protocol::operator::{Binary, Unary};
use super::super::raise::Raise;
use super::super::value::Value;
use super::super::verdict::{Asker, Means, Question};
use crate::code::Opcode;

/// The `BINARY_OP` argument of `container[key]`.
pub(super) const SUBSCRIPT: u32 = 26;
/// The first `BINARY_OP` argument of an in-place operator.
pub(super) const IN_PLACE: u32 = 13;
/// The bit of a `COMPARE_OP` argument that asks for a bool.
const TO_BOOL: u32 = 16;

pub(super) fn binary_op(m: &mut Machine, arg: u32) -> Result<(), Raise> {
    let right = m.pop()?;
    let left = m.pop()?;
    if arg == SUBSCRIPT {
        let mut item = m.get_item(left, right);
        m.inline_getitem(left, &mut item);
        return m.complete(item, Resume::Push);
    }
    let Some(operator) = Binary::from_number(arg % IN_PLACE).filter(|_| arg < 2 * IN_PLACE) else {
        return Err(m.system_error(format!("there is no operator {arg}")));
    };
    let result = m.binary(operator, arg >= IN_PLACE, left, right);
    m.complete(result, Resume::Push)
}

pub(super) fn unary(m: &mut Machine, opcode: Opcode) -> Result<(), Raise> {
    let operator = if opcode == Opcode::UNARY_NEGATIVE { Unary::Negative } else { Unary::Invert };
    let value = m.pop()?;
    let result = m.unary(operator, value);
    m.complete(result, Resume::Push)
}

pub(super) fn unary_not(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    m.push(Value::bool(value == Value::FALSE));
    Ok(())
}

pub(super) fn to_bool(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    let truth = m.truth(value);
    m.complete(truth, Resume::Push)
}

pub(super) fn is_op(m: &mut Machine, invert: u32) -> Result<(), Raise> {
    let right = m.pop()?;
    let left = m.pop()?;
    let result = Value::bool((left == right) != (invert == 1));
    let question = if invert == 1 { Question::IsNot } else { Question::Is };
    m.note_verdict((Asker::Instruction, question), (left, right), Means::Identity, result);
    m.push(result);
    Ok(())
}

pub(super) fn compare_op(m: &mut Machine, arg: u32) -> Result<(), Raise> {
    let right = m.pop()?;
    let left = m.pop()?;
    let Some(comparison) = Comparison::from_number(arg >> 5) else {
        return Err(m.system_error(format!("there is no comparison {arg}")));
    };
    let to_bool = arg & TO_BOOL != 0;
    let question = match comparison {
        Comparison::Eq => Question::Eq,
        Comparison::Ne => Question::Ne,
        Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge => {
            let result = m.compare(comparison, left, right);
            return m.complete(result, if to_bool { Resume::Truth } else { Resume::Push });
        }
    };
    if let Some(holds) = m.compare_atoms(comparison, left, right) {
        let result = Value::bool(holds);
        m.note_verdict((Asker::Instruction, question), (left, right), Means::Values, result);
        m.push(result);
        return Ok(());
    }
    let number = m.begin_verdict(Asker::Instruction, question, left, right);
    let result = m.compare_noted(comparison, left, right, number);
    m.complete(result, Resume::Compare { to_bool })
}

pub(super) fn contains_op(m: &mut Machine, invert: u32) -> Result<(), Raise> {
    let container = m.pop()?;
    let item = m.pop()?;
    if m.compares_items(container) {
        let question = if invert == 1 { Question::NotIn } else { Question::In };
        let number = m.begin_verdict(Asker::Instruction, question, item, container);
        m.note_means(number, |_| Means::Items);
    }
    let result = m.contains(container, item);
    m.complete(result, Resume::Contains { inverted: invert == 1 })
}
