//! A value in a few characters, without running any Python code: for panes and for the log.

use super::Heap;
use crate::machine::object::Payload;
use crate::machine::value::{Kind, Value};

/// How deep containers are shown.
const DEPTH: usize = 3;
/// How many items of a container are shown.
const ITEMS: usize = 8;

impl Heap {
    /// A short form of a value, at most about `limit` characters: what `repr()` gives for builtin types,
    /// the type's name for others.
    pub fn brief(&self, value: Value, limit: usize) -> String {
        let mut text = String::new();
        self.brief_to(value, DEPTH, &mut text);
        if text.chars().count() > limit {
            text = text.chars().take(limit.saturating_sub(1)).chain(['…']).collect();
        }
        text
    }

    fn brief_to(&self, value: Value, depth: usize, out: &mut String) {
        match value.kind() {
            Kind::None => out.push_str("None"),
            Kind::NotImplemented => out.push_str("NotImplemented"),
            Kind::Ellipsis => out.push_str("Ellipsis"),
            Kind::Bool(value) => out.push_str(if value { "True" } else { "False" }),
            Kind::Int(value) => out.push_str(&value.to_string()),
            Kind::Float(value) => out.push_str(&value.to_string()),
            Kind::Object(handle) => match self.payload(handle) {
                Payload::Int(value) => out.push_str(&value.to_string()),
                Payload::Str(text) => out.push_str(&text.text.repr().to_string_lossy()),
                Payload::List(items) => self.items_to("[", items.iter().copied(), "]", depth, out),
                Payload::Tuple(items) if items.len() == 1 => {
                    self.items_to("(", items.iter().copied(), ",)", depth, out)
                }
                Payload::Tuple(items) => self.items_to("(", items.iter().copied(), ")", depth, out),
                Payload::Class(class) => out.push_str(&format!("<class '{}'>", class.qualname)),
                _ => out.push_str(&format!("<{}>", self.class(self.get(handle).class).name)),
            },
        }
    }

    fn items_to(
        &self,
        open: &str,
        items: impl ExactSizeIterator<Item = Value>,
        close: &str,
        depth: usize,
        out: &mut String,
    ) {
        out.push_str(open);
        let count = items.len();
        if depth == 0 && count > 0 {
            out.push('…');
        } else {
            for (index, item) in items.take(ITEMS).enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                self.brief_to(item, depth - 1, out);
            }
            if count > ITEMS {
                out.push_str(", …");
            }
        }
        out.push_str(close);
    }
}
