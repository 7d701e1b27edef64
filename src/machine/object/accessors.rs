//! Attributes that more than one type has: `__dict__`, `__weakref__`, and help for writing others.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::raise::Raise;
use super::super::value::Value;
use super::class::Accessor;
use super::{Payload, types};

/// `__dict__` of an instance.
pub static INSTANCE_DICT: Accessor = Accessor::new("__dict__", instance_dict, set_instance_dict);

/// `__weakref__` of an instance: the first of the weak references to it.
pub static WEAKREF: Accessor = Accessor::read_only("__weakref__", |m, value| {
    let first = value.handle().and_then(|handle| m.heap.weakrefs(handle).first().copied());
    Ok(first.map_or(Value::NONE, Value::object).into())
});

/// The dict of an instance's attributes, which is made when it is asked for.
pub fn instance_dict(m: &mut Machine, value: Value) -> Eval {
    match value.handle() {
        Some(handle) => {
            let dict = m.heap.attributes(handle);
            m.heap.track(dict);
            Ok(Value::object(dict).into())
        }
        None => panic!("an object with a dict is a heap object"),
    }
}

/// Whether it is a builtin type that has given an object its dict, not a class of the program.
fn has_dict_of_builtin(m: &Machine, object: Value) -> bool {
    let class = m.heap.class(m.heap.class_of(object));
    class.mro.iter().map(|base| m.heap.class(*base)).any(|base| base.builtin && base.has_dict)
}

fn set_instance_dict(m: &mut Machine, object: Value, value: Option<Value>) -> Result<(), Raise> {
    let handle = object.handle().expect("an object with a dict is a heap object");
    let new = match value {
        _ if [types::MODULE, types::SIMPLE_NAMESPACE]
            .iter()
            .any(|class| m.heap.is_instance(object, *class)) =>
        {
            return Err(m.raise(types::ATTRIBUTE_ERROR, "readonly attribute"));
        }
        None if has_dict_of_builtin(m, object) => {
            return Err(m.type_error("cannot delete __dict__"));
        }
        None => None,
        Some(value) => match value.handle() {
            Some(dict) if matches!(m.heap.payload(dict), Payload::Dict(_)) => Some(dict),
            _ => {
                let given = m.class_name(value);
                return Err(m.type_error(format!("__dict__ must be set to a dictionary, not a '{given}'")));
            }
        },
    };
    if let Some(new) = new {
        m.heap.retain_handle(new);
    }
    if let Some(old) = std::mem::replace(&mut m.heap.get_mut(handle).dict, new) {
        m.heap.release_handle(old);
    }
    Ok(())
}
