//! The Value stack pane: one row per slot, the top first.

use serde::Serialize;

use super::rows::{Held, Shown};

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
