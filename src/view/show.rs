//! Values as the screen shows them, made without running any Python code.

use super::rows::{Shown, Tag};
use super::tags::Tags;
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::object::function::Binding;
use crate::machine::value::{Kind, Value};

/// How much of a value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// As much as a row of a pane has room for.
    Row,
    /// All of it, within reason: a window has room for that.
    Whole,
}

/// The longest text in a row, in characters.
const ROW: usize = 300;
/// The longest text in a window.
const WHOLE: usize = 100_000;

/// A short form of a value, or all of it.
fn form(heap: &Heap, value: Value, detail: Detail) -> String {
    match detail {
        Detail::Row => heap.brief(value, ROW),
        Detail::Whole => heap.in_full(value, WHOLE),
    }
}

/// Shows the values of one state.
pub struct Show<'a> {
    /// The objects.
    pub heap: &'a Heap,
    /// The tags given so far.
    pub tags: &'a mut Tags,
    /// How much of each is shown.
    pub detail: Detail,
}

impl Show<'_> {
    /// A value that is alive.
    pub fn value(&mut self, value: Value) -> Shown {
        Shown {
            kind: type_name(self.heap, value),
            text: text(self.heap, value, self.detail),
            tag: Some(self.tag(value)),
        }
    }

    /// The tag of a value that is alive.
    pub fn tag(&mut self, value: Value) -> Tag {
        self.tags.of(self.heap, value)
    }
}

/// The name of a value's type.
pub fn type_name(heap: &Heap, value: Value) -> String {
    heap.class(heap.class_of(value)).name.to_string()
}

/// A value's text, its type's name left out: for functions, classes and the like their name; for objects without
/// a text of their own, nothing.
pub fn text(heap: &Heap, value: Value, detail: Detail) -> String {
    let Kind::Object(handle) = value.kind() else { return heap.brief(value, ROW) };
    match heap.payload(handle) {
        Payload::Function(function) => name(heap, function.qualname),
        Payload::Class(class) => class.qualname.to_string(),
        Payload::Native(native, _) => native.name.to_owned(),
        Payload::Method { function, .. }
        | Payload::ClassMethod(function)
        | Payload::StaticMethod(function) => text(heap, *function, detail),
        Payload::Code(code) => code.code.qualname.to_string(),
        Payload::Generator(generator) => name(heap, generator.qualname),
        Payload::Cell(Some(content)) => format!("holds {}", form(heap, *content, detail)),
        Payload::Cell(None) => "empty".to_owned(),
        Payload::Exception(exception) => form(heap, exception.args, detail),
        Payload::Member(member) => member.name.to_string(),
        Payload::Accessor(accessor, _) => accessor.name.to_owned(),
        Payload::Free
        | Payload::Plain
        | Payload::Slots(_)
        | Payload::Property(_)
        | Payload::Super(_)
        | Payload::Module
        | Payload::Traceback(_)
        | Payload::Frame(_)
        | Payload::Iter(_) => String::new(),
        _ => form(heap, value, detail),
    }
}

fn name(heap: &Heap, value: Value) -> String {
    heap.text_of(value).map_or_else(String::new, |text| text.to_string_lossy().to_string())
}

/// An exception in a line: `KeyError: 'a'`.
pub fn exception(heap: &Heap, exception: Value) -> String {
    let kind = type_name(heap, exception);
    let Some(Payload::Exception(contents)) = heap.payload_of(exception) else { return kind };
    let Some(Payload::Tuple(args)) = heap.payload_of(contents.args) else { return kind };
    match &**args {
        [] => kind,
        [one] => match heap.text_of(*one).filter(|_| kind != "KeyError") {
            Some(text) => format!("{kind}: {}", text.to_string_lossy()),
            None => format!("{kind}: {}", heap.brief(*one, ROW)),
        },
        _ => format!("{kind}: {}", heap.brief(contents.args, ROW)),
    }
}

/// The `repr` of a value of a simple builtin type, in full.
pub fn repr(heap: &Heap, value: Value) -> String {
    match heap.payload_of(value) {
        Some(Payload::Str(text)) => text.text.repr().to_string_lossy().into_owned(),
        Some(Payload::Int(value)) => value.to_string(),
        _ => heap.brief(value, usize::MAX),
    }
}

/// `__qualname__` of a class, a function or a builtin function.
pub fn qualname(heap: &Heap, value: Value) -> String {
    let Some(Payload::Native(native, binding)) = heap.payload_of(value) else {
        return text(heap, value, Detail::Row);
    };
    let class = match binding {
        Binding::None | Binding::Module(..) => return native.name.to_owned(),
        Binding::Owner(owner) => heap.class(*owner),
        Binding::Receiver(receiver) => match heap.payload_of(*receiver) {
            Some(Payload::Class(class)) => class,
            _ => heap.class(heap.class_of(*receiver)),
        },
    };
    format!("{}.{}", class.qualname, native.name)
}
