//! What several panes show alike: a value, its tag, how a stack slot holds it.

use std::fmt;

use serde::Serialize;

/// An object's tag, `@17`: small, the same in every pane, stable forwards and backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Tag(pub u64);

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.0)
    }
}

/// A value as the screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The name of its type.
    pub kind: String,
    /// What `repr()` would say for a builtin object, or a short description; made without running any
    /// Python code, and cut where it would be very long.
    pub text: String,
    /// Which object it is.
    pub tag: Option<Tag>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.text)?;
        match self.tag {
            Some(tag) => write!(f, " {tag}"),
            None => Ok(()),
        }
    }
}

/// How a slot of the value stack holds its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Held {
    /// No value: NULL.
    Null,
    /// A reference of its own.
    Owned,
    /// A reference borrowed from a local variable (`LOAD_FAST_BORROW`).
    Borrowed,
}

impl Held {
    /// One word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Owned => "owned",
            Self::Borrowed => "borrowed",
        }
    }
}
