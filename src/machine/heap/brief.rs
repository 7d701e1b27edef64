//! A value in a few characters, without running any Python code: for panes and for the log.

use std::fmt::Write as _;

use super::Heap;
use crate::machine::number::{Complex, float};
use crate::machine::object::Payload;
use crate::machine::object::types;
use crate::machine::text::{Str, repr};
use crate::machine::value::{Handle, Kind, Value};

/// How much of a value is shown.
#[derive(Clone, Copy)]
struct Limits {
    /// Characters of the whole, about.
    whole: usize,
    /// Characters of a str, or digits of an int.
    text: usize,
    /// The same inside a container.
    part: usize,
    /// How deep containers are shown.
    depth: usize,
    /// How many items of a container are shown.
    items: usize,
}

impl Heap {
    /// A short form of a value, at most about `limit` characters: what `repr()` gives for builtin types,
    /// the type's name for others.  Of containers the first few items are shown.
    pub fn brief(&self, value: Value, limit: usize) -> String {
        self.in_limits(value, Limits { whole: limit, text: limit, part: 60, depth: 3, items: 8 })
    }

    /// The same with all items of containers, as far as `limit` allows.
    pub fn in_full(&self, value: Value, limit: usize) -> String {
        self.in_limits(value, Limits { whole: limit, text: limit, part: limit, depth: 20, items: usize::MAX })
    }

    fn in_limits(&self, value: Value, limits: Limits) -> String {
        let mut text = String::new();
        self.brief_to(value, limits, &mut text);
        if text.chars().count() > limits.whole {
            text = text.chars().take(limits.whole.saturating_sub(1)).chain(['…']).collect();
        }
        text
    }

    fn brief_to(&self, value: Value, limits: Limits, out: &mut String) {
        match value.kind() {
            Kind::None => out.push_str("None"),
            Kind::NotImplemented => out.push_str("NotImplemented"),
            Kind::Ellipsis => out.push_str("Ellipsis"),
            Kind::Bool(value) => out.push_str(if value { "True" } else { "False" }),
            Kind::Int(value) => out.push_str(&value.to_string()),
            Kind::Float(value) => out.push_str(&float::repr(value)),
            Kind::Object(handle) => self.brief_object(handle, limits, out),
        }
    }

    fn brief_object(&self, handle: Handle, limits: Limits, out: &mut String) {
        match self.payload(handle) {
            // Digits of a huge int take time that grows with their square.
            Payload::Int(value) if value.bits() > (limits.text as u64).saturating_mul(4) => {
                _ = write!(out, "<int of {} bits>", value.bits());
            }
            Payload::Int(value) => out.push_str(&value.to_string()),
            Payload::Float(value) => out.push_str(&float::repr(value.0)),
            Payload::Complex(real, imaginary) => {
                out.push_str(&Complex { real: real.0, imag: imaginary.0 }.repr());
            }
            Payload::Str(text) => out.push_str(&brief_str(&text.text, limits.text)),
            Payload::Bytes(bytes) => out.push_str(&repr::bytes(&bytes[..bytes.len().min(limits.text)])),
            Payload::List(items) => self.items_to("[", items.iter().copied(), "]", limits, out),
            Payload::Tuple(items) if items.len() == 1 => {
                self.items_to("(", items.iter().copied(), ",)", limits, out);
            }
            Payload::Tuple(items) => self.items_to("(", items.iter().copied(), ")", limits, out),
            Payload::Dict(dict) => {
                let entries = dict.iter().map(|entry| (entry.key, Some(entry.value)));
                self.members_to("{", entries, "}", limits, out);
            }
            Payload::Set(set) => {
                let is_frozen = self.get(handle).class == types::FROZENSET;
                let (open, close) = if is_frozen { ("frozenset({", "})") } else { ("{", "}") };
                self.members_to(open, set.iter().map(|(_, member)| (member, None)), close, limits, out);
            }
            Payload::Range(parts) => self.items_to("range(", parts.iter().copied(), ")", limits, out),
            Payload::Slice(parts) => self.items_to("slice(", parts.iter().copied(), ")", limits, out),
            Payload::Class(class) => _ = write!(out, "<class '{}'>", class.qualname),
            Payload::Function(function) => match self.text_of(function.qualname) {
                Some(name) => _ = write!(out, "<function {}>", name.to_string_lossy()),
                None => out.push_str("<function>"),
            },
            Payload::Native(native, _) => _ = write!(out, "<built-in function {}>", native.name),
            Payload::Code(code) => _ = write!(out, "<code object {}>", code.code.qualname),
            _ => _ = write!(out, "<{}>", self.class(self.get(handle).class).name),
        }
    }

    fn items_to(
        &self,
        open: &str,
        items: impl Iterator<Item = Value>,
        close: &str,
        limits: Limits,
        out: &mut String,
    ) {
        self.members_to(open, items.map(|item| (item, None)), close, limits, out);
    }

    fn members_to(
        &self,
        open: &str,
        members: impl Iterator<Item = (Value, Option<Value>)>,
        close: &str,
        limits: Limits,
        out: &mut String,
    ) {
        out.push_str(open);
        let inner = Limits { text: limits.part, depth: limits.depth.saturating_sub(1), ..limits };
        for (index, (member, value)) in members.enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            if limits.depth == 0 || index == limits.items || out.len() > limits.whole {
                out.push('…');
                break;
            }
            self.brief_to(member, inner, out);
            if let Some(value) = value {
                out.push_str(": ");
                self.brief_to(value, inner, out);
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
