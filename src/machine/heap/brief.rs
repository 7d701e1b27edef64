//! A value in a few characters, without running any Python code: for panes and for the log.

use std::fmt::Write as _;
use std::rc::Rc;

use super::Heap;
use crate::machine::names;
use crate::machine::number::{Complex, float};
use crate::machine::object::function::{Binding, NativeKind};
use crate::machine::object::{Payload, types};
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
    /// Whether entries of a dict are shown as tuples: `dict.items()`.
    pairs: bool,
}

impl Limits {
    /// Those of what stands inside a container.
    const fn inner(self) -> Self {
        Self { text: self.part, depth: self.depth.saturating_sub(1), pairs: false, ..self }
    }
}

impl Heap {
    /// A short form of a value, at most about `limit` characters: what `repr()` gives for builtin types,
    /// the type's name for others.  Of containers the first few items are shown.
    pub fn brief(&self, value: Value, limit: usize) -> String {
        self.in_limits(
            value,
            Limits { whole: limit, text: limit, part: 60, depth: 3, items: 8, pairs: false },
        )
    }

    /// The same, shorter still: for a record that is made as the program runs.
    pub fn glimpse(&self, value: Value, limit: usize) -> String {
        self.in_limits(
            value,
            Limits { whole: limit, text: limit, part: 30, depth: 2, items: 4, pairs: false },
        )
    }

    /// The same with all items of containers, as far as `limit` allows.
    pub fn in_full(&self, value: Value, limit: usize) -> String {
        self.in_limits(
            value,
            Limits { whole: limit, text: limit, part: limit, depth: 20, items: usize::MAX, pairs: false },
        )
    }

    /// The text of a value that is a name; of anything else a short form.
    pub fn brief_name(&self, value: Value) -> Rc<str> {
        match self.text_of(value) {
            Some(text) => text.to_string_lossy().into(),
            None => self.brief(value, 60).into(),
        }
    }

    /// The same for the text of a str.
    pub fn brief_text(text: &Str, limit: usize) -> String {
        brief_str(text, limit)
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
            Payload::Bytes(bytes) => out.push_str(&brief_bytes(bytes, limits.text)),
            Payload::ByteArray(bytes) => {
                _ = write!(out, "{}({})", self.name_of(handle), brief_bytes(bytes, limits.text));
            }
            Payload::List(items) => self.items_to("[", items.iter().copied(), "]", limits, out),
            Payload::Deque(deque) => {
                self.items_to("deque([", deque.items.iter().copied(), "])", limits, out);
            }
            Payload::Tuple(items) => {
                let close = if items.len() == 1 { ",)" } else { ")" };
                self.items_to("(", items.iter().copied(), close, limits, out);
            }
            Payload::Dict(dict) if dict.order().is_some() => {
                let entries = dict.shown().into_iter().map(|entry| (entry.key, Some(entry.value)));
                self.members_to("{", entries, "}", limits, out);
            }
            Payload::Dict(dict) => {
                let entries = dict.iter().map(|entry| (entry.key, Some(entry.value)));
                self.members_to("{", entries, "}", limits, out);
            }
            Payload::Set(set) => {
                let is_set = self.get(handle).class == types::SET;
                let (open, close) = match (set.is_empty(), is_set) {
                    (true, _) => (format!("{}(", self.name_of(handle)), ")"),
                    (false, true) => ("{".to_owned(), "}"),
                    (false, false) => (format!("{}({{", self.name_of(handle)), "})"),
                };
                self.members_to(&open, set.iter().map(|(_, member)| (member, None)), close, limits, out);
            }
            Payload::Range(parts) => {
                let shown = if parts[2].kind() == Kind::Int(1) { &parts[..2] } else { &parts[..] };
                self.items_to("range(", shown.iter().copied(), ")", limits, out);
            }
            Payload::Slice(parts) => self.items_to("slice(", parts.iter().copied(), ")", limits, out),
            Payload::DictView(dict) => self.view_to(handle, *dict, limits, out),
            Payload::MappingProxy(mapping) => self.around("mappingproxy", *mapping, limits, out),
            Payload::ClassMethod(function) => self.around("<classmethod", *function, limits, out),
            Payload::StaticMethod(function) => self.around("<staticmethod", *function, limits, out),
            Payload::Exception(exception) => {
                out.push_str(self.name_of(handle));
                match self.payload_of(exception.args) {
                    Some(Payload::Tuple(args)) => {
                        self.items_to("(", args.iter().copied(), ")", limits, out);
                    }
                    _ => out.push_str("()"),
                }
            }
            Payload::Method { function, receiver } => {
                out.push_str("<bound method ");
                match self.payload_of(*function) {
                    Some(Payload::Function(function)) => out.push_str(&self.text_or(function.qualname, "?")),
                    _ => self.brief_to(*function, limits.inner(), out),
                }
                out.push_str(" of ");
                self.brief_to(*receiver, limits.inner(), out);
                out.push('>');
            }
            Payload::TypeParam(param) => {
                out.push_str(param.sign());
                out.push_str(&self.text_or(param.name, "?"));
            }
            Payload::TypeAlias(alias) => out.push_str(&self.text_or(alias.name, "?")),
            Payload::GenericAlias(origin, args, ..) | Payload::UnpackedAlias(origin, args, ..) => {
                if let Payload::UnpackedAlias(..) = self.payload(handle) {
                    out.push('*');
                }
                self.type_to(*origin, limits, out);
                if let Some(Payload::Tuple(args)) = self.payload_of(*args) {
                    self.types_to("[", ", ", args, "]", limits, out);
                }
            }
            Payload::Union(union) => {
                if let Some(Payload::Tuple(members)) = self.payload_of(union.members) {
                    self.types_to("", " | ", members, "", limits, out);
                }
            }
            _ => self.named_to(handle, limits, out),
        }
    }

    /// Objects that are shown by their name, or by that of their type.
    fn named_to(&self, handle: Handle, limits: Limits, out: &mut String) {
        let kind = self.name_of(handle);
        let name = match self.payload(handle) {
            Payload::Class(class) => format!("<class '{}'>", class.qualname),
            Payload::Function(function) => format!("<function {}>", self.text_or(function.qualname, "?")),
            Payload::Native(native, Binding::Owner(owner)) => match native.kind {
                NativeKind::Wrapper => {
                    format!("<slot wrapper '{}' of '{}' objects>", native.name, self.class(*owner).name)
                }
                NativeKind::Method | NativeKind::ClassMethod => {
                    format!("<method '{}' of '{}' objects>", native.name, self.class(*owner).name)
                }
                NativeKind::New | NativeKind::StaticMethod | NativeKind::Function => {
                    format!("<built-in method {} of type object>", native.name)
                }
            },
            Payload::Native(native, Binding::None | Binding::Module(..)) => {
                format!("<built-in function {}>", native.name)
            }
            Payload::Native(native, Binding::Receiver(receiver)) => {
                let owner = &self.class(self.class_of(*receiver)).name;
                match native.kind {
                    NativeKind::Function => format!("<built-in function {}>", native.name),
                    NativeKind::Wrapper => format!("<method-wrapper '{}' of {owner} object>", native.name),
                    _ => format!("<built-in method {} of {owner} object>", native.name),
                }
            }
            Payload::Code(code) => format!("<code object {}>", code.code.qualname),
            Payload::Generator(generator) => {
                format!("<{kind} object {}>", self.text_or(generator.qualname, "?"))
            }
            Payload::Module => {
                let name = self.own_attribute(handle, names::NAME);
                format!("<module '{}'>", name.map_or_else(|| "?".to_owned(), |name| self.text_or(name, "?")))
            }
            Payload::Cell(None) => "<cell: empty>".to_owned(),
            Payload::Cell(Some(content)) => {
                format!("<cell: {} object>", self.class(self.class_of(*content)).name)
            }
            Payload::Accessor(accessor, owner) => {
                let kind = if accessor.member { "member" } else { "attribute" };
                format!("<{kind} '{}' of '{}' objects>", accessor.name, self.class(*owner).name)
            }
            Payload::Member(member) => {
                format!("<member '{}' of '{}' objects>", member.name, self.class(member.owner).name)
            }
            Payload::Super(parts) => {
                out.push_str("<super: ");
                self.brief_to(parts[0], limits.inner(), out);
                out.push_str(", ");
                self.brief_to(parts[1], limits.inner(), out);
                ">".to_owned()
            }
            _ => format!("<{kind} object>"),
        };
        out.push_str(&name);
    }

    fn name_of(&self, handle: Handle) -> &str {
        &self.class(self.get(handle).class).name
    }

    fn text_or(&self, value: Value, other: &str) -> String {
        self.text_of(value).map_or_else(|| other.to_owned(), |text| text.to_string_lossy().into_owned())
    }

    /// `name(value)`; a name that begins with "<" ends with ">".
    fn around(&self, name: &str, value: Value, limits: Limits, out: &mut String) {
        let close = if name.starts_with('<') { ")>" } else { ")" };
        self.items_to(&format!("{name}("), std::iter::once(value), close, limits, out);
    }

    /// `dict_keys([…])` and its like.
    fn view_to(&self, view: Handle, dict: Value, limits: Limits, out: &mut String) {
        let name = self.name_of(view);
        let Some(Payload::Dict(dict)) = self.payload_of(dict) else {
            _ = write!(out, "<{name} object>");
            return;
        };
        let (open, close) = (format!("{name}(["), "])");
        match self.get(view).class {
            types::DICT_KEYS | types::ORDERED_KEYS => {
                self.items_to(&open, dict.shown().into_iter().map(|entry| entry.key), close, limits, out);
            }
            types::DICT_VALUES | types::ORDERED_VALUES => {
                self.items_to(&open, dict.shown().into_iter().map(|entry| entry.value), close, limits, out);
            }
            _ => {
                let limits = Limits { pairs: true, ..limits };
                let entries = dict.shown().into_iter().map(|entry| (entry.key, Some(entry.value)));
                self.members_to(&open, entries, close, limits, out);
            }
        }
    }

    /// A type as it stands within another one: `int`, `list[str]`, `None`.
    fn type_to(&self, value: Value, limits: Limits, out: &mut String) {
        match self.payload_of(value) {
            Some(Payload::Class(_)) if value.handle() == Some(types::NONE_TYPE) => out.push_str("None"),
            Some(Payload::Class(class)) => out.push_str(&class.qualname),
            _ => self.brief_to(value, limits.inner(), out),
        }
    }

    fn types_to(
        &self,
        open: &str,
        separator: &str,
        types: &[Value],
        close: &str,
        limits: Limits,
        out: &mut String,
    ) {
        out.push_str(open);
        for (index, member) in types.iter().enumerate() {
            if index > 0 {
                out.push_str(separator);
            }
            if limits.depth == 0 || index == limits.items || out.len() > limits.whole {
                out.push('…');
                break;
            }
            self.type_to(*member, limits, out);
        }
        out.push_str(close);
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
        let inner = limits.inner();
        for (index, (member, value)) in members.enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            if limits.depth == 0 || index == limits.items || out.len() > limits.whole {
                out.push('…');
                break;
            }
            let (before, between, behind) = if limits.pairs { ("(", ", ", ")") } else { ("", ": ", "") };
            out.push_str(before);
            self.brief_to(member, inner, out);
            if let Some(value) = value {
                out.push_str(between);
                self.brief_to(value, inner, out);
            }
            out.push_str(behind);
        }
        out.push_str(close);
    }
}

/// The `repr` of a str, of a very long one only of its beginning.
fn brief_str(text: &Str, limit: usize) -> String {
    if text.len() <= limit {
        return text.repr().to_string_lossy().into_owned();
    }
    cut_short(text.slice(0..limit).repr().to_string_lossy().into_owned())
}

/// The `repr` of bytes, of very many only of the first.
fn brief_bytes(bytes: &[u8], limit: usize) -> String {
    if bytes.len() <= limit { repr::bytes(bytes) } else { cut_short(repr::bytes(&bytes[..limit])) }
}

/// Marks before its closing quote that a literal is not all there is.
fn cut_short(mut literal: String) -> String {
    let quote = literal.pop();
    literal.push('…');
    literal.extend(quote);
    literal
}
