//! The Objects pane: what is on the heap, who holds it, and which step made it.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::births;
use super::names;
use super::rows::Shown;
use super::show::{Detail, Show};
use super::tags::{Identity, Tags};
use crate::machine::Machine;
use crate::machine::object::Payload;
use crate::machine::value::{Handle, Kind, Value};
use crate::timeline::Step;

/// How many objects are shown at most: the newest.
const MOST: usize = 500;

/// One object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObjectRow {
    /// Its tag, type and value.
    pub value: Shown,
    /// How many references there are; `None` where it lives for ever, or is a number that nobody counts.
    pub count: Option<u32>,
    /// How many of them other objects hold.
    pub referrers: u32,
    /// The names that are bound to it.
    pub names: Vec<String>,
    /// The step that made it, where the object itself knows; 0 is before the program started.
    pub born: Option<Step>,
    /// Whether the last step made it.
    pub fresh: bool,
}

/// The objects that the program has made, and those that it has names for, in the order of their tags.
pub(super) fn rows(machine: &Machine, tags: &mut Tags) -> Vec<ObjectRow> {
    let heap = &machine.heap;
    let bound = bound(machine);
    let mut shown: Vec<(Value, Option<u64>)> = heap
        .objects()
        .filter(|(handle, object)| object.born > 0 && heap.count(*handle).is_some())
        .map(|(handle, object)| (Value::object(handle), Some(object.born)))
        .collect();
    // The newest are kept where there are too many.
    shown.sort_by_key(|(_, born)| std::cmp::Reverse(*born));
    shown.truncate(MOST);
    let known: std::collections::HashSet<Value> = shown.iter().map(|(value, _)| *value).collect();
    shown.extend(
        bound
            .keys()
            .filter(|value| !known.contains(value))
            .map(|value| (*value, value.handle().map(|handle| heap.get(handle).born))),
    );
    let mut referrers: FxHashMap<Value, u32> = shown.iter().map(|(value, _)| (*value, 0)).collect();
    for (_, object) in heap.objects() {
        object.each_value(&mut |value| {
            if let Some(count) = referrers.get_mut(&value) {
                *count += 1;
            }
        });
    }
    let mut show = Show { heap, tags, detail: Detail::Row };
    // Tags are given in the order of birth, not in that of a table.
    shown.sort_by_key(|(value, born)| (*born, value.serial(), value.handle()));
    let row = |(value, born): (Value, Option<u64>)| ObjectRow {
        value: show.value(value),
        count: value.handle().and_then(|handle| heap.count(handle)),
        referrers: referrers.get(&value).copied().unwrap_or(0),
        names: bound.get(&value).cloned().unwrap_or_default(),
        born: born.map(Step),
        fresh: born == Some(machine.steps()) && born != Some(0),
    };
    let mut rows: Vec<ObjectRow> = shown.into_iter().map(row).collect();
    rows.sort_by_key(|row| row.value.tag);
    rows
}

/// The names of all frames and of their modules, by what they are bound to; singletons are left out.
fn bound(machine: &Machine) -> FxHashMap<Value, Vec<String>> {
    let heap = &machine.heap;
    let mut bound: FxHashMap<Value, Vec<String>> = FxHashMap::default();
    let mut add = |value: Value, name: String| {
        let is_singleton = value.handle().is_none() && value.serial().is_none();
        if !is_singleton {
            bound.entry(value).or_default().push(name);
        }
    };
    let mut seen: Vec<Handle> = Vec::new();
    for frame in machine.thread().python_frames() {
        for (slot, name) in frame.locals().iter().zip(&*frame.code.code.localsplusnames) {
            let Some(held) = slot.value() else { continue };
            match heap.payload_of(held) {
                Some(Payload::Cell(Some(content))) => add(*content, name.to_string()),
                Some(Payload::Cell(None)) => {}
                _ => add(held, name.to_string()),
            }
        }
        let namespace = frame.namespace.and_then(Value::handle);
        for dict in namespace.into_iter().chain([frame.globals]) {
            if seen.contains(&dict) {
                continue;
            }
            seen.push(dict);
            let Payload::Dict(entries) = heap.payload(dict) else { continue };
            for entry in entries.iter() {
                let Some(name) = heap.text_of(entry.key) else { continue };
                let name = name.to_string_lossy();
                if !names::is_of_every_module(&name) {
                    add(entry.value, name.into_owned());
                }
            }
        }
    }
    bound
}

/// An object that is there now and has this identity.
pub(super) fn find(machine: &Machine, identity: Identity) -> Option<Value> {
    let heap = &machine.heap;
    match identity {
        Identity::Object(handle, _) => births::is_alive(heap, identity).then(|| Value::object(handle)),
        Identity::Singleton(_) => {
            [Value::NONE, Value::NOT_IMPLEMENTED, Value::ELLIPSIS, Value::FALSE, Value::TRUE]
                .into_iter()
                .find(|value| Identity::new(*value, None) == identity)
        }
        Identity::Number(serial) => {
            let is_it = |value: Value| value.serial().is_some_and(|other| other.number() == serial);
            let in_frames = machine.thread().python_frames().flat_map(|frame| &frame.slots);
            let mut found = in_frames.filter_map(|slot| slot.value()).find(|value| is_it(*value));
            if found.is_none() {
                for (_, object) in heap.objects() {
                    object.each_value(&mut |value| {
                        if is_it(value) {
                            found = Some(value);
                        }
                    });
                }
            }
            found.filter(|value| matches!(value.kind(), Kind::Int(_) | Kind::Float(_)))
        }
    }
}
