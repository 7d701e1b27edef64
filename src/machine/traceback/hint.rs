//! "Did you mean …?" and "Did you forget to import …?", behind the text of an uncaught exception.

use super::super::Machine;
use super::super::modules::stdlib;
use super::super::names;
use super::super::object::exceptions::{import, name};
use super::super::object::{Payload, types};
use super::super::suggest::suggestion;
use super::super::value::{Handle, Value};

/// What is printed behind the text of `exception`; `told` are the names of [`asked_for_names`].
pub(super) fn hint(m: &Machine, exception: Value, told: Option<&[String]>) -> Option<String> {
    let is = |class| m.heap.is_instance(exception, class);
    if is(types::IMPORT_ERROR) {
        let wrong = text(m, m.exception_field(exception, import::NAME_FROM)?)?;
        let meant = missing_import(m, exception, &wrong, told)?;
        return Some(format!(". Did you mean: '{meant}'?"));
    }
    if is(types::ATTRIBUTE_ERROR) {
        let wrong = text(m, m.exception_field(exception, name::NAME)?)?;
        let meant = missing_attribute(m, exception, &wrong, told)?;
        return Some(format!(". Did you mean: '{meant}'?"));
    }
    if is(types::NAME_ERROR) {
        let wrong_name = m.exception_field(exception, name::NAME)?;
        let wrong = text(m, wrong_name)?;
        let meant = missing_name(m, exception, wrong_name, &wrong);
        let known = stdlib::MODULE_NAMES.binary_search(&&*wrong).is_ok();
        return match (meant, known) {
            (Some(meant), false) => Some(format!(". Did you mean: '{meant}'?")),
            (Some(meant), true) => {
                Some(format!(". Did you mean: '{meant}'? Or did you forget to import '{wrong}'?"))
            }
            (None, true) => Some(format!(". Did you forget to import '{wrong}'?")),
            (None, false) => None,
        };
    }
    None
}

/// The object whose names Python code tells, where `exception` is about one that it has not.
pub(in crate::machine) fn asked_for_names(m: &Machine, exception: Value) -> Option<Value> {
    let is = |class| m.heap.is_instance(exception, class);
    let object = if is(types::IMPORT_ERROR) {
        text(m, m.exception_field(exception, import::NAME_FROM)?)?;
        imported(m, exception)?
    } else if is(types::ATTRIBUTE_ERROR) {
        text(m, m.exception_field(exception, name::NAME)?)?;
        m.exception_field(exception, name::OBJ)?
    } else {
        return None;
    };
    let class = m.heap.class(m.heap.class_of(object));
    let of_class = m.heap.special(object, names::DIR).and_then(|dir| m.heap.payload_of(dir));
    let own = object.handle().filter(|_| !m.is_class(object));
    let tells = matches!(of_class, Some(Payload::Function(_)))
        || class.hooks.getattribute
        || own.is_some_and(|handle| m.heap.own_attribute(handle, names::DIR).is_some());
    tells.then_some(object)
}

/// The module that something was to be imported from.
fn imported(m: &Machine, exception: Value) -> Option<Value> {
    let name = m.exception_field(exception, import::NAME)?.handle()?;
    m.heap.text_of(Value::object(name))?;
    m.heap.get_name(m.modules, name)
}

fn text(m: &Machine, value: Value) -> Option<String> {
    m.heap.text_of(value).map(|text| text.to_string_lossy().into_owned())
}

/// The frame that an exception was raised in.
fn innermost(m: &Machine, exception: Value) -> Option<Handle> {
    let mut frame = None;
    let mut next = m.exception(exception).traceback;
    while let Some(Payload::Traceback(entry)) = next.and_then(|value| m.heap.payload_of(value)) {
        frame = entry.frame.handle();
        next = entry.next;
    }
    frame
}

/// The local variables of a frame that have a value, with their names.
fn locals(m: &Machine, frame: Handle) -> Vec<(Value, Value)> {
    let Payload::Frame(object) = m.heap.payload(frame) else { return Vec::new() };
    if let Some(Payload::Dict(dict)) = object.namespace.and_then(|namespace| m.heap.payload_of(namespace)) {
        return dict.iter().map(|entry| (entry.key, entry.value)).collect();
    }
    let slots = m.frame_locals(object).iter().map(|slot| slot.value());
    let content = |value: Value| match m.heap.payload_of(value) {
        Some(Payload::Cell(content)) => *content,
        _ => Some(value),
    };
    let names = object.code.locals.iter().map(|name| Value::object(*name));
    names.zip(slots).filter_map(|(name, value)| Some((name, value.and_then(content)?))).collect()
}

fn keys(m: &Machine, dict: Handle) -> Vec<String> {
    match m.heap.payload(dict) {
        Payload::Dict(dict) => dict.iter().filter_map(|entry| text(m, entry.key)).collect(),
        _ => Vec::new(),
    }
}

fn nearest(wrong: &str, known: &[String]) -> Option<String> {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    suggestion(wrong, &known).map(str::to_owned)
}

fn missing_name(m: &Machine, exception: Value, wrong_name: Value, wrong: &str) -> Option<String> {
    let frame = innermost(m, exception)?;
    let Payload::Frame(object) = m.heap.payload(frame) else { return None };
    let locals = locals(m, frame);
    let receiver = locals.iter().find(|(name, _)| text(m, *name).as_deref() == Some("self"));
    if let (Some((_, receiver)), Some(name)) = (receiver, wrong_name.handle())
        && has_attribute(m, *receiver, name)
    {
        return Some(format!("self.{wrong}"));
    }
    let mut known: Vec<String> = locals.iter().filter_map(|(name, _)| text(m, *name)).collect();
    known.extend(keys(m, object.globals));
    known.extend(keys(m, m.builtins));
    nearest(wrong, &known)
}

/// Whether an object has an attribute, as far as that can be told without Python code.
fn has_attribute(m: &Machine, object: Value, name: Handle) -> bool {
    m.heap.special(object, name).is_some()
        || object.handle().is_some_and(|handle| m.heap.own_attribute(handle, name).is_some())
}

fn missing_attribute(m: &Machine, exception: Value, wrong: &str, told: Option<&[String]>) -> Option<String> {
    let object = m.exception_field(exception, name::OBJ)?;
    let mut known = told.map_or_else(|| directory(m, object), <[String]>::to_vec);
    let inside = innermost(m, exception).is_some_and(|frame| {
        locals(m, frame)
            .iter()
            .any(|(name, value)| *value == object && text(m, *name).as_deref() == Some("self"))
    });
    if !wrong.starts_with('_') && !inside {
        known.retain(|name| !name.starts_with('_'));
    }
    nearest(wrong, &known)
}

/// `dir(object)`, where no Python code decides it.
fn directory(m: &Machine, object: Value) -> Vec<String> {
    let class = m.heap.class_of(object);
    let mut known = Vec::new();
    let of_class = |class: Handle, known: &mut Vec<String>| {
        for base in m.heap.class(class).mro.iter() {
            known.extend(keys(m, m.heap.class(*base).namespace));
        }
    };
    match object.handle() {
        Some(handle) if m.is_class(object) => of_class(handle, &mut known),
        handle => {
            let own = handle.and_then(|handle| m.heap.get(handle).dict);
            known.extend(own.map_or_else(Vec::new, |dict| keys(m, dict)));
            if !matches!(m.heap.payload_of(object), Some(Payload::Module)) {
                of_class(class, &mut known);
            }
        }
    }
    known.sort_unstable();
    known.dedup();
    known
}

fn missing_import(m: &Machine, exception: Value, wrong: &str, told: Option<&[String]>) -> Option<String> {
    let module = imported(m, exception)?;
    let mut known = told.map_or_else(|| directory(m, module), <[String]>::to_vec);
    if !wrong.starts_with('_') {
        known.retain(|name| !name.starts_with('_'));
    }
    nearest(wrong, &known)
}
