//! The is / == pane: every evaluation of an identity or equality test so far, newest last.

use serde::Serialize;

use super::rows::Shown;
use crate::timeline::Step;

/// One evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompareRow {
    /// The step that did it.
    pub step: Step,
    /// The source line.
    pub line: Option<u32>,
    /// `is`, `is not`, `==`, `!=`.
    pub operator: &'static str,
    /// The left operand.
    pub left: Shown,
    /// The right operand.
    pub right: Shown,
    /// What came out; `None` while a `__eq__` written in Python is at work on it.
    pub verdict: Option<bool>,
    /// Whether the two are one object.
    pub same_object: bool,
    /// Whether the last step did it.
    pub fresh: bool,
}
