//! What `match` asks of its subject.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::value::Value;

impl Machine {
    /// Whether a pattern in braces may match it.
    pub fn is_mapping(&self, _subject: Value) -> bool {
        false
    }

    /// Whether a pattern in brackets may match it.
    pub fn is_sequence(&self, _subject: Value) -> bool {
        false
    }

    /// The tuple of the values of `keys`, or None if one is missing.
    pub fn match_keys(&mut self, _subject: Value, _keys: Value) -> Eval {
        Err(self.unsupported("mapping patterns"))
    }

    /// The tuple of the attributes that a class pattern names, or None if it does not match.
    pub fn match_class(&mut self, _subject: Value, _class: Value, _names: Value, _positional: usize) -> Eval {
        Err(self.unsupported("class patterns"))
    }
}
