//! Making functions and classes.

use super::super::Machine;
use super::super::frame::Resume;
use super::super::names;
use super::super::native::{NameLookup, NameWanted};
use super::super::object::function::Function;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use crate::code::object::flags;

impl Machine {
    /// A new function object that runs the code object `code`.
    pub(in crate::machine) fn new_function(
        &mut self,
        code: Handle,
        globals: Handle,
        builtins: Handle,
    ) -> Handle {
        let loaded = self.code(code);
        let has_doc = loaded.code.flags & flags::HAS_DOCSTRING != 0;
        let function = Function {
            code,
            globals,
            builtins,
            name: Value::object(loaded.name),
            qualname: Value::object(loaded.qualname),
            module: self.heap.get_name(globals, names::NAME).unwrap_or(Value::NONE),
            doc: loaded.consts.first().copied().filter(|_| has_doc).unwrap_or(Value::NONE),
            defaults: None,
            kwdefaults: None,
            closure: None,
            annotations: None,
            annotate: None,
            type_params: None,
        };
        self.heap.alloc(types::FUNCTION, Payload::Function(Box::new(function)))
    }
}

pub(super) fn make_function(m: &mut Machine) -> Result<(), Raise> {
    let code = m.pop()?;
    let Some(code) = code.handle().filter(|code| matches!(m.heap.payload(*code), Payload::Code(_))) else {
        return Err(m.system_error("a function is made of a code object"));
    };
    let frame = m.frame();
    let (globals, builtins) = (frame.globals, frame.builtins);
    let function = m.new_function(code, globals, builtins);
    m.push(Value::object(function));
    Ok(())
}

/// The attribute that computes the annotations.
const ANNOTATE: u32 = 16;

pub(super) fn set_function_attribute(m: &mut Machine, which: u32) -> Result<(), Raise> {
    let function = m.peek(1)?;
    let slot = m.pop_slot()?;
    let attribute = m.pop()?;
    m.frame_mut().slots.push(slot);
    // What is of another type than the compiler puts there would be misunderstood later.
    let payload = m.heap.payload_of(attribute);
    let fits = match (which, payload) {
        (1, Some(Payload::Tuple(_))) | (2, Some(Payload::Dict(_))) => true,
        (4, Some(Payload::Tuple(_) | Payload::Dict(_))) | (ANNOTATE, Some(Payload::Function(_))) => true,
        (8, Some(Payload::Tuple(cells))) => {
            cells.iter().all(|cell| matches!(m.heap.payload_of(*cell), Some(Payload::Cell(_))))
        }
        _ => false,
    };
    if !fits {
        return Err(m.system_error("a function attribute is of another type"));
    }
    let Some(Payload::Function(object)) = function.handle().map(|handle| m.heap.payload_mut(handle)) else {
        return Err(m.system_error("only a function gets function attributes"));
    };
    let place = match which {
        1 => &mut object.defaults,
        2 => &mut object.kwdefaults,
        4 => &mut object.annotations,
        8 => &mut object.closure,
        ANNOTATE => &mut object.annotate,
        _ => return Err(m.system_error(format!("there is no function attribute {which}"))),
    };
    let old = place.replace(attribute);
    let qualname = object.qualname;
    m.heap.retain(attribute);
    if let Some(old) = old {
        m.heap.release(old);
    }
    if which == ANNOTATE {
        name_annotate(m, attribute, qualname);
    }
    Ok(())
}

/// The function that computes the annotations of another is called as an attribute of that one.
fn name_annotate(m: &mut Machine, annotate: Value, owner: Value) {
    let name = format!("{}.__annotate__", m.str_text(owner).to_string_lossy());
    let name = m.heap.str(name);
    m.heap.retain(name);
    let Some(Payload::Function(object)) = annotate.handle().map(|handle| m.heap.payload_mut(handle)) else {
        return;
    };
    let old = std::mem::replace(&mut object.qualname, name);
    m.heap.release(old);
}

pub(super) fn load_build_class(m: &mut Machine) -> Result<(), Raise> {
    let builtins = m.frame().builtins;
    if m.heap.get(builtins).class != types::DICT {
        let lookup = NameLookup::of_builtins(builtins, names::BUILD_CLASS, NameWanted::BuildClass);
        let found = m.begin(lookup)?;
        return m.complete(Ok(found), Resume::Push);
    }
    match m.heap.get_name(builtins, names::BUILD_CLASS) {
        Some(value) => {
            m.push(value);
            Ok(())
        }
        None => {
            let message = "__build_class__ not found";
            Err(m.name_error(types::NAME_ERROR, message.to_owned(), names::BUILD_CLASS))
        }
    }
}
