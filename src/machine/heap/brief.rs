//! A value in a few characters, without running any Python code: for panes and for the log.

use super::Heap;
use crate::machine::number::{Complex, float};
use crate::machine::object::Payload;
use crate::machine::object::types;
use crate::machine::text::{Str, repr};
use crate::machine::value::{Handle, Kind, Value};

/// How deep containers are shown.
const DEPTH: usize = 3;
/// How many items of a container are shown.
const ITEMS: usize = 8;

impl Heap {
    /// A short form of a value, at most about `limit` characters: what `repr()` gives for builtin types,
    /// the type's name for others.
    pub fn brief(&self, value: Value, limit: usize) -> String {
        let mut text = String::new();
        self.brief_to(value, DEPTH, limit, &mut text);
        if text.chars().count() > limit {
            text = text.chars().take(limit.saturating_sub(1)).chain(['…']).collect();
        }
        text
    }

    fn brief_to(&self, value: Value, depth: usize, limit: usize, out: &mut String) {
        match value.kind() {
            Kind::None => out.push_str("None"),
            Kind::NotImplemented => out.push_str("NotImplemented"),
            Kind::Ellipsis => out.push_str("Ellipsis"),
            Kind::Bool(value) => out.push_str(if value { "True" } else { "False" }),
            Kind::Int(value) => out.push_str(&value.to_string()),
            Kind::Float(value) => out.push_str(&float::repr(value)),
            Kind::Object(handle) => self.brief_object(handle, depth, limit, out),
        }
    }

    fn brief_object(&self, handle: Handle, depth: usize, limit: usize, out: &mut String) {
        match self.payload(handle) {
            // Digits of a huge int take time that grows with their square.
            Payload::Int(value) if value.bits() > (limit as u64).saturating_mul(4) => {
                out.push_str(&format!("<int of {} bits>", value.bits()));
            }
            Payload::Int(value) => out.push_str(&value.to_string()),
            Payload::Float(value) => out.push_str(&float::repr(value.0)),
            Payload::Complex(real, imaginary) => {
                out.push_str(&Complex { real: real.0, imag: imaginary.0 }.repr());
            }
            Payload::Str(text) => out.push_str(&brief_str(&text.text, limit)),
            Payload::Bytes(bytes) => out.push_str(&repr::bytes(&bytes[..bytes.len().min(limit)])),
            Payload::List(items) => self.items_to("[", items.iter().copied(), "]", depth, out),
            Payload::Tuple(items) if items.len() == 1 => {
                self.items_to("(", items.iter().copied(), ",)", depth, out);
            }
            Payload::Tuple(items) => self.items_to("(", items.iter().copied(), ")", depth, out),
            Payload::Dict(dict) => {
                let entries = dict.iter().map(|entry| (entry.key, Some(entry.value)));
                self.members_to("{", entries, "}", depth, out);
            }
            Payload::Set(set) => {
                let is_frozen = self.get(handle).class == types::FROZENSET;
                let (open, close) = if is_frozen { ("frozenset({", "})") } else { ("{", "}") };
                self.members_to(open, set.iter().map(|(_, member)| (member, None)), close, depth, out);
            }
            Payload::Range(parts) => self.items_to("range(", parts.iter().copied(), ")", depth, out),
            Payload::Slice(parts) => self.items_to("slice(", parts.iter().copied(), ")", depth, out),
            Payload::Class(class) => out.push_str(&format!("<class '{}'>", class.qualname)),
            Payload::Function(function) => match self.text_of(function.qualname) {
                Some(name) => out.push_str(&format!("<function {}>", name.to_string_lossy())),
                None => out.push_str("<function>"),
            },
            Payload::Native(native, _) => out.push_str(&format!("<built-in function {}>", native.name)),
            Payload::Code(code) => out.push_str(&format!("<code object {}>", code.code.qualname)),
            _ => out.push_str(&format!("<{}>", self.class(self.get(handle).class).name)),
        }
    }

    fn items_to(
        &self,
        open: &str,
        items: impl Iterator<Item = Value>,
        close: &str,
        depth: usize,
        out: &mut String,
    ) {
        self.members_to(open, items.map(|item| (item, None)), close, depth, out);
    }

    fn members_to(
        &self,
        open: &str,
        mut members: impl Iterator<Item = (Value, Option<Value>)>,
        close: &str,
        depth: usize,
        out: &mut String,
    ) {
        /// Members share what room there is.
        const LIMIT: usize = 60;
        out.push_str(open);
        for index in 0..=ITEMS {
            let Some((member, value)) = members.next() else { break };
            if index > 0 {
                out.push_str(", ");
            }
            if depth == 0 || index == ITEMS {
                out.push('…');
                break;
            }
            self.brief_to(member, depth - 1, LIMIT, out);
            if let Some(value) = value {
                out.push_str(": ");
                self.brief_to(value, depth - 1, LIMIT, out);
            }
        }
        out.push_str(close);
    }
}

/// The `repr` of a str, of a very long one only of its beginning.
fn brief_str(text: &Str, limit: usize) -> String {
    if text.len() <= limit {
        return text.repr().to_string_lossy().into_owned();
    }
    text.slice(0..limit).repr().to_string_lossy().into_owned()
}
