//! The Names pane: the names of the selected frame and what they are bound to.

use serde::Serialize;

use super::rows::Shown;
use super::show::Show;
use crate::code::LocalKind;
use crate::machine::frame::PythonFrame;
use crate::machine::object::Payload;
use crate::machine::value::{Handle, Slot, Value};
use crate::timeline::{Bound, Delta};

/// How many names are shown at most.
const MOST: usize = 500;

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

/// The names that Python itself puts into every module.
const OF_EVERY_MODULE: [&str; 8] = [
    "__name__",
    "__doc__",
    "__package__",
    "__loader__",
    "__spec__",
    "__builtins__",
    "__file__",
    "__cached__",
];

/// Whether Python itself puts a name into every module.
pub(super) fn is_of_every_module(name: &str) -> bool {
    OF_EVERY_MODULE.contains(&name)
}

/// The names of a frame: its own, then the module's; those that every module has are folded into one row.
pub(super) fn rows(frame: &PythonFrame, delta: &Delta, show: &mut Show<'_>) -> Vec<NameRow> {
    let bound: &[Bound] = match &delta.bound {
        Some((id, bound)) if *id == frame.id => bound,
        Some(_) | None => &[],
    };
    let is_bound = |name: &str| {
        bound.iter().any(|bound| match bound {
            Bound::Name(index) => frame.code.code.names.get(*index).is_some_and(|other| **other == *name),
            Bound::Local(_) => false,
        })
    };
    let mut rows = locals(frame, bound, show);
    let namespace = frame.namespace.and_then(Value::handle).filter(|namespace| *namespace != frame.globals);
    if let Some(namespace) = namespace {
        rows.extend(namespace_rows(namespace, Scope::Local, show, &is_bound));
    }
    rows.extend(namespace_rows(frame.globals, Scope::Global, show, &is_bound));
    rows.truncate(MOST);
    rows
}

fn locals(frame: &PythonFrame, bound: &[Bound], show: &mut Show<'_>) -> Vec<NameRow> {
    let code = &frame.code.code;
    let mut rows = Vec::new();
    for (index, slot) in frame.locals().iter().enumerate() {
        let (Some(name), Some(kind)) = (code.localsplusnames.get(index), code.localspluskinds.get(index))
        else {
            continue;
        };
        let is_cell = kind.has(LocalKind::CELL | LocalKind::FREE);
        let value = if is_cell { content(*slot, show) } else { slot.value() };
        if value.is_none() && kind.has(LocalKind::HIDDEN) {
            continue;
        }
        rows.push(NameRow {
            scope: match (kind.has(LocalKind::FREE), is_cell) {
                (true, _) => Scope::Free,
                (false, true) => Scope::Cell,
                (false, false) => Scope::Local,
            },
            name: name.to_string(),
            value: value.map(|value| show.value(value)),
            changed: bound.contains(&Bound::Local(index)),
        });
    }
    rows
}

/// What a slot's cell holds; before `MAKE_CELL` the slot holds the value itself.
pub(super) fn content(slot: Slot, show: &Show<'_>) -> Option<Value> {
    let value = slot.value()?;
    match show.heap.payload_of(value) {
        Some(Payload::Cell(content)) => *content,
        _ => Some(value),
    }
}

fn namespace_rows(
    namespace: Handle,
    scope: Scope,
    show: &mut Show<'_>,
    is_bound: &impl Fn(&str) -> bool,
) -> Vec<NameRow> {
    let Payload::Dict(dict) = show.heap.payload(namespace) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut folded = 0;
    for entry in dict.iter() {
        let Some(name) = show.heap.text_of(entry.key) else { continue };
        let name = name.to_string_lossy().to_string();
        let changed = is_bound(&name);
        if scope == Scope::Global && !changed && OF_EVERY_MODULE.contains(&name.as_str()) {
            folded += 1;
            continue;
        }
        rows.push(NameRow { scope, value: Some(show.value(entry.value)), name, changed });
    }
    if folded > 0 {
        let value = Shown { kind: format!("{folded} names"), text: "of every module".to_owned(), tag: None };
        rows.push(NameRow { scope, name: "__*__".to_owned(), value: Some(value), changed: false });
    }
    rows
}
