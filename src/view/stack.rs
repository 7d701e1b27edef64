//! The Value stack pane: one row per slot, the top first.

use serde::Serialize;

use super::rows::{Held, Shown};
use super::show::Show;
use crate::code::Opcode;
use crate::code::opcode::Slot;
use crate::machine::frame::PythonFrame;
use crate::machine::value::SlotKind;
use crate::timeline::Delta;

/// One slot of the value stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StackRow {
    /// The slot's number, from the bottom, from 0.
    pub slot: usize,
    /// What the next instruction calls it, where it takes it: `left`, `callable`, `self_or_null`.
    pub role: Option<String>,
    /// How it holds its value.
    pub held: Held,
    /// The value; `None` for NULL.
    pub value: Option<Shown>,
    /// Whether the last step put it there.
    pub pushed: bool,
}

/// The slots of a frame's value stack; `next` is the instruction that takes some of them, where the frame is
/// about to run one.
pub(super) fn rows(
    frame: &PythonFrame,
    next: Option<(Opcode, u32)>,
    delta: &Delta,
    show: &mut Show<'_>,
) -> Vec<StackRow> {
    let stack = frame.stack();
    let roles = next.map_or_else(Vec::new, |(opcode, arg)| roles(opcode.info().takes, arg));
    let pushed = if delta.frame == Some(frame.id) { delta.pushed } else { 0 };
    let row = |(from_top, (slot, held)): (usize, (usize, &crate::machine::value::Slot))| {
        let (held, value) = match held.kind() {
            SlotKind::Null => (Held::Null, None),
            SlotKind::Owned(value) => (Held::Owned, Some(show.value(value))),
            SlotKind::Borrowed(value) => (Held::Borrowed, Some(show.value(value))),
            SlotKind::Tagged(unit) => {
                let text = format!("{}", unit * 2);
                (Held::Owned, Some(Shown { kind: "offset".to_owned(), text, tag: None }))
            }
        };
        let role = roles.len().checked_sub(from_top + 1).map(|index| roles[index].clone());
        StackRow { slot, role, held, value, pushed: from_top < pushed }
    };
    stack.iter().enumerate().rev().enumerate().map(row).collect()
}

/// What each of an instruction's slots is called, deepest first; several of one name are numbered from 1.
pub(super) fn roles(slots: &[Slot], arg: u32) -> Vec<String> {
    let mut roles = Vec::new();
    for slot in slots {
        let count = slot.count.of(arg);
        match count {
            0 => {}
            1 => roles.push(slot.name.to_owned()),
            _ => roles.extend((1..=count.min(MOST_ROLES)).map(|number| format!("{} {number}", slot.name))),
        }
    }
    roles
}

/// No code object has more slots than this; an argument may say anything.
const MOST_ROLES: u32 = 1 << 20;
