//! `repr()` of containers: one task for a container and all containers inside it.
//!
//! Which containers are being shown, so that one that holds itself is shown as `[...]`, is told by the
//! tasks on the frame chain and by nothing else.

use super::{Advance, Input, NativeTask, Progress, Task};
use crate::machine::Machine;
use crate::machine::frame::{Entry, Eval, Flow, Frame};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::table::EntryIndex;
use crate::machine::text::StrBuilder;
use crate::machine::value::{Handle, Value};

/// How deep containers may be nested.
const DEPTH: usize = 5_000;
/// How many items are shown in one step.
const ITEMS_IN_A_STEP: usize = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// The next item of a list, tuple or slice.
    Index(usize),
    /// The next entry of a dict; the value of the one shown last, if only its key was.
    Entry(EntryIndex, Option<Value>),
}

/// A container that is being shown.
#[derive(Clone, Debug, Hash)]
struct Level {
    /// The container.
    container: Handle,
    /// What is gone through: the container itself, or a list of its items.
    items: Handle,
    place: Place,
    first: bool,
    close: &'static str,
}

/// The `repr()` of a container.
#[derive(Clone, Debug, Hash)]
pub struct Repr {
    start: Value,
    /// Whether it is shown as the dict it is, whatever its own type says.
    plain: bool,
    levels: Vec<Level>,
    text: Box<StrBuilder>,
}

/// What comes next.
enum Next {
    Item(Value),
    /// A container has been shown.
    Closed,
    End,
}

impl Repr {
    /// The repr of `container`.
    pub fn new(container: Value) -> Self {
        Self { start: container, plain: false, levels: Vec::new(), text: Box::new(StrBuilder::new()) }
    }

    /// The repr of a dict as dict has it.
    pub fn of_plain_dict(dict: Value) -> Self {
        Self { plain: true, ..Self::new(dict) }
    }

    fn shows(&self, container: Handle) -> bool {
        self.levels.iter().any(|level| level.container == container)
    }

    /// Begins to show a container.
    fn open(&mut self, machine: &mut Machine, container: Handle) -> Result<(), Raise> {
        let heap = &machine.heap;
        let active = self.shows(container) || machine.is_shown(container);
        let class = heap.get(container).class;
        let name = heap.class(class).name.clone();
        let is_plain = self.plain && self.start == Value::object(container);
        let (named, open, close, place) = match heap.payload(container) {
            Payload::List(_) => (false, "[", "]", Place::Index(0)),
            Payload::Tuple(_) => (false, "(", ")", Place::Index(0)),
            Payload::Dict(_) if !is_plain && heap.is_subclass(class, types::ORDERED_DICT) => {
                (true, "({", "})", Place::Entry(EntryIndex::FIRST, None))
            }
            Payload::Dict(_) | Payload::FrameLocals(_) => {
                (false, "{", "}", Place::Entry(EntryIndex::FIRST, None))
            }
            Payload::Deque(_) => (true, "([", "])", Place::Index(0)),
            Payload::Set(_) if class == types::SET => (false, "{", "}", Place::Index(0)),
            Payload::Set(_) => (true, "({", "})", Place::Index(0)),
            Payload::DictView(_) => (true, "([", "])", Place::Index(0)),
            Payload::Slice(_) | Payload::MappingProxy(_) => (true, "(", ")", Place::Index(0)),
            _ => panic!("a container is shown"),
        };
        if active {
            match heap.payload(container) {
                Payload::Set(_) => self.text.push_chars(&format!("{name}(...)")),
                Payload::DictView(_) => self.text.push_chars("..."),
                Payload::Dict(_) if named => self.text.push_chars("..."),
                Payload::Deque(_) => self.text.push_chars("[...]"),
                _ => self.text.push_chars(&format!("{open}...{close}")),
            }
            return Ok(());
        }
        if self.levels.len() >= DEPTH {
            let message = "maximum recursion depth exceeded while getting the repr of an object";
            return Err(machine.recursion_error(message));
        }
        let items = match heap.payload(container) {
            Payload::Set(set) if set.is_empty() => {
                self.text.push_chars(&format!("{name}()"));
                return Ok(());
            }
            Payload::Set(set) => {
                let keys = set.iter().map(|(_, key)| key).collect();
                Self::list(machine, keys)
            }
            Payload::Dict(dict) if named && dict.is_empty() => {
                self.text.push_chars(&format!("{name}()"));
                return Ok(());
            }
            Payload::Deque(_) => {
                let (items, _) = machine.deque_parts(container);
                Self::list(machine, items)
            }
            Payload::DictView(_) => {
                let items = machine.view_items(container);
                Self::list(machine, items)
            }
            Payload::FrameLocals(_) => {
                let shown = machine.locals_in_dict(Value::object(container));
                shown.handle().expect("a dict is a heap object")
            }
            Payload::MappingProxy(mapping) => {
                let mapping = vec![*mapping];
                Self::list(machine, mapping)
            }
            _ => container,
        };
        if named {
            self.text.push_chars(&name);
        }
        self.text.push_chars(open);
        self.levels.push(Level { container, items, place, first: true, close });
        Ok(())
    }

    fn list(machine: &mut Machine, items: Vec<Value>) -> Handle {
        machine.heap.list(items).handle().expect("a list is a heap object")
    }

    /// Moves on to the next item, and writes what stands before it.
    fn next_item(&mut self, heap: &Heap) -> Next {
        let Some(level) = self.levels.last_mut() else { return Next::End };
        if let Place::Entry(at, Some(value)) = level.place {
            level.place = Place::Entry(at, None);
            self.text.push_chars(": ");
            return Next::Item(value);
        }
        let found = match level.place {
            Place::Index(index) => {
                level.place = Place::Index(index + 1);
                let items = match heap.payload(level.items) {
                    Payload::Slice(parts) => Some(&parts[..]),
                    _ => heap.sequence_items(level.items),
                };
                items.and_then(|items| items.get(index).copied())
            }
            Place::Entry(at, _) => heap.dict(level.items).next_entry(at).map(|(at, entry)| {
                level.place = Place::Entry(at.next(), Some(entry.value));
                entry.key
            }),
        };
        match found {
            Some(item) => {
                if !std::mem::take(&mut level.first) {
                    self.text.push_chars(", ");
                }
                Next::Item(item)
            }
            None => {
                let single =
                    matches!(heap.payload(level.container), Payload::Tuple(items) if items.len() == 1);
                let close = level.close;
                match heap.payload(level.container) {
                    Payload::Deque(deque) if deque.most.is_some() => {
                        let most = deque.most.unwrap_or(0);
                        self.text.push_chars(&format!("], maxlen={most})"));
                    }
                    _ => self.text.push_chars(if single { ",)" } else { close }),
                }
                self.levels.pop();
                Next::Closed
            }
        }
    }

    /// Shows an item; the entry that has to run first, if there is one.
    fn show(&mut self, machine: &mut Machine, item: Value) -> Result<Option<Entry>, Raise> {
        if let Some(container) = machine.plain_container(item) {
            self.open(machine, container)?;
            return Ok(None);
        }
        if machine.shows_others(item) {
            // It may hold this container again: the frame chain must tell that this one is being shown.
            let task = Task::from(ReprOf { value: item });
            return Ok(Some(Entry::again(task)));
        }
        match machine.repr(item)? {
            Flow::Value(text) => {
                self.push(machine, text);
                Ok(None)
            }
            Flow::Enter(entry) => Ok(Some(entry)),
        }
    }

    fn push(&mut self, machine: &Machine, text: Value) {
        if let Some(text) = machine.heap.text_of(text) {
            self.text.push_str(text);
        }
    }
}

impl NativeTask for Repr {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Value(text) => self.push(machine, text),
            _ if self.levels.is_empty() => {
                let container = self.start.handle().expect("a container is a heap object");
                self.open(machine, container)?;
            }
            _ => {}
        }
        for _ in 0..ITEMS_IN_A_STEP {
            match self.next_item(&machine.heap) {
                Next::Item(item) => {
                    if let Some(entry) = self.show(machine, item)? {
                        return Ok(Progress::Wait(self.into(), entry));
                    }
                }
                Next::Closed => {}
                Next::End => {
                    let text = std::mem::take(&mut *self.text).finish();
                    return Ok(Progress::Done(machine.heap.str(text)));
                }
            }
        }
        Ok(Progress::Again(self.into()))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.start);
        for level in &self.levels {
            visit(Value::object(level.container));
            visit(Value::object(level.items));
            if let Place::Entry(_, Some(value)) = level.place {
                visit(value);
            }
        }
    }

    fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
        if let Some(Level { items, place: Place::Index(next), .. }) = self.levels.last() {
            let items: &[Value] = match heap.payload(*items) {
                Payload::Tuple(items) => items,
                Payload::Slice(parts) => &parts[..],
                _ => return,
            };
            let shown = next.checked_sub(1).and_then(|shown| items.get(shown).copied());
            shown.into_iter().for_each(visit);
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let name = &heap.class(heap.class_of(self.start)).name;
        match self.levels.last().map(|level| level.place) {
            Some(Place::Index(index)) => format!("repr: item {index} of a {name}"),
            Some(Place::Entry(..)) | None => format!("repr: an item of a {name}"),
        }
    }
}

/// The `repr()` of one value, begun in a step of its own.
#[derive(Clone, Debug, Hash)]
pub struct ReprOf {
    value: Value,
}

impl ReprOf {
    /// The repr of `value`.
    pub const fn new(value: Value) -> Self {
        Self { value }
    }
}

impl NativeTask for ReprOf {
    fn advance(self, machine: &mut Machine, _input: Input) -> Advance {
        Ok(machine.repr(self.value)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.value);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("repr: of a {}", heap.class(heap.class_of(self.value)).name)
    }
}

impl Machine {
    /// The `repr()` of a container, range or slice, as the builtin types have it.
    pub(in crate::machine) fn repr_container(&mut self, value: Value) -> Eval {
        let text = match self.heap.payload_of(value) {
            Some(Payload::Range(_)) => self.range_repr(value.handle().expect("a range is a heap object")),
            Some(Payload::ByteArray(bytes)) => {
                let name = &self.heap.class(self.heap.class_of(value)).name;
                format!("{name}({})", crate::machine::text::repr::bytes(bytes))
            }
            _ => return self.begin(Repr::new(value)),
        };
        Ok(self.heap.str(text).into())
    }

    /// Whether a task of the frame chain is showing this container.
    pub(in crate::machine) fn is_shown(&self, container: Handle) -> bool {
        self.thread.frames.iter().any(|frame| match frame {
            Frame::Native(frame) => matches!(&frame.task, Task::Repr(repr) if repr.shows(container)),
            Frame::Python(_) | Frame::Unwind(_) => false,
        })
    }

    /// A container whose repr is the one of its builtin type.
    fn plain_container(&self, value: Value) -> Option<Handle> {
        let handle = value.handle()?;
        let object = self.heap.get(handle);
        let has_own = self.heap.class(object.class).builtin && object.class != types::TUPLE;
        match object.payload() {
            // Its items have names.
            Payload::Tuple(_) if has_own => return None,
            Payload::List(_)
            | Payload::Tuple(_)
            | Payload::Dict(_)
            | Payload::Set(_)
            | Payload::DictView(_)
            | Payload::Slice(_)
            | Payload::FrameLocals(_)
            | Payload::Deque(_)
            | Payload::MappingProxy(_) => {}
            _ => return None,
        }
        if self.is_default_dict(value) {
            return None;
        }
        if self.heap.class(object.class).builtin {
            return Some(handle);
        }
        let method = self.heap.lookup(object.class, names::REPR)?;
        self.heap.is_builtin_special(object.class, names::REPR, method).then_some(handle)
    }

    /// Whether the repr of a value, which is no container, shows other values.
    fn shows_others(&self, value: Value) -> bool {
        matches!(
            self.heap.payload_of(value),
            Some(
                Payload::Exception(_)
                    | Payload::GenericAlias(..)
                    | Payload::UnpackedAlias(..)
                    | Payload::Union(_)
                    | Payload::Method { .. }
                    | Payload::ClassMethod(_)
                    | Payload::StaticMethod(_)
            )
        ) || self.is_template_part(value)
            || self.is_default_dict(value)
    }
}
