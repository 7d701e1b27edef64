//! The Names pane: the names of the selected frame and what they are bound to.

use serde::Serialize;

use super::rows::Shown;

/// Where a name lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Scope {
    /// A fast local, or a name of a class body.
    Local,
    /// A local variable that inner functions share.
    Cell,
    /// A variable of an enclosing function.
    Free,
    /// A name of the module.
    Global,
}

impl Scope {
    /// One word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Cell => "cell",
            Self::Free => "free",
            Self::Global => "global",
        }
    }
}

/// One name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameRow {
    /// Where it lives.
    pub scope: Scope,
    /// The name.
    pub name: String,
    /// What it is bound to; `None` where it is unbound.
    pub value: Option<Shown>,
    /// Whether the last step bound it.
    pub changed: bool,
}
