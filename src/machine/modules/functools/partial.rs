//! `partial`: a function with some of its arguments.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Part, Steps, Stepwise};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::protocol::wrappers_container::CLASS_GETITEM;
use super::super::super::raise::Raise;
use super::super::super::table::Entry;
use super::super::super::value::{Handle, Value};

/// `functools._PlaceholderType`.
pub static PLACEHOLDER_TYPE: TypeSpec = TypeSpec {
    module: "functools",
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            if args.len() > 1 {
                return Err(m.type_error("PlaceholderType takes no arguments"));
            }
            match m.placeholder() {
                Some(placeholder) => Ok(placeholder.into()),
                None => Err(m.unsupported("Placeholder without its module")),
            }
        }),
        NativeDef::wrapper("__repr__", Params::None, |m, _| Ok(m.heap.intern("Placeholder").into())),
        NativeDef::method("__reduce__", Params::None, |m, _| Ok(m.heap.intern("Placeholder").into())),
    ],
    ..TypeSpec::new(types::PLACEHOLDER_TYPE, "_PlaceholderType")
};

const FUNCTION: usize = 0;
const ARGS: usize = 1;
const KEYWORDS: usize = 2;

/// `functools.partial`: the function, the tuple of positional arguments, the dict of the others.
pub static PARTIAL: TypeSpec = TypeSpec {
    module: "functools",
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__repr__", Params::None, repr),
        NativeDef::wrapper("__call__", Params::Any, call),
        NativeDef::wrapper("__get__", Params::Range(1, 2), super::bind_as_method),
        NativeDef::method("__reduce__", Params::None, reduce),
        NativeDef::method("__setstate__", Params::One, set_state),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[
        part_accessor::<FUNCTION>("func"),
        part_accessor::<ARGS>("args"),
        part_accessor::<KEYWORDS>("keywords"),
    ],
    ..TypeSpec::new(types::PARTIAL, "partial")
};

const fn part_accessor<const N: usize>(name: &'static str) -> Accessor {
    Accessor::read_only(name, |m, partial| Ok(part(m, partial, N).into())).as_member()
}

fn part(m: &Machine, partial: Value, index: usize) -> Value {
    match m.heap.payload_of(partial) {
        Some(Payload::Slots(slots)) => slots[index].unwrap_or(Value::NONE),
        _ => panic!("a partial has slots"),
    }
}

impl Machine {
    /// `functools.Placeholder`, once its module has been imported.
    fn placeholder(&mut self) -> Option<Value> {
        let module = self.loaded_module("_functools")?.handle()?;
        let name = self.text_handle("Placeholder");
        self.heap.own_attribute(module, name)
    }

    /// `partial(function, *given, **keywords)`.
    pub(in crate::machine) fn partial(
        &mut self,
        function: Value,
        given: Vec<Value>,
        keywords: Value,
    ) -> Value {
        self.describe_when_needed(&PARTIAL);
        let keywords = self.copy_dict(keywords.handle().expect("keywords are a dict"));
        let given = self.heap.tuple(given);
        Value::object(self.heap.alloc(types::PARTIAL, slots(function, given, Value::object(keywords))))
    }

    fn is_placeholder(&self, value: Value) -> bool {
        self.heap.class_of(value) == types::PLACEHOLDER_TYPE
    }

    /// How many of these arguments are still missing.
    fn missing(&self, arguments: &[Value]) -> usize {
        arguments.iter().filter(|value| self.is_placeholder(**value)).count()
    }
}

/// These arguments with the first of `more` in the place of what is missing, and the rest behind.
fn filled(m: &Machine, arguments: &[Value], more: &[Value]) -> Vec<Value> {
    let mut more = more.iter().copied();
    let mut all: Vec<Value> = arguments
        .iter()
        .map(|value| if m.is_placeholder(*value) { more.next().unwrap_or(*value) } else { *value })
        .collect();
    all.extend(more);
    all
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    let Some(mut function) = args.rest(1).next() else {
        return Err(m.type_error("type 'partial' takes at least one argument"));
    };
    if !m.is_callable(function) {
        return Err(m.type_error("the first argument must be callable"));
    }
    let mut given: Vec<Value> = args.rest(2).collect();
    if given.last().is_some_and(|last| m.is_placeholder(*last)) {
        return Err(m.type_error("trailing Placeholders are not allowed"));
    }
    let keywords: Vec<(Value, Value)> = args.keywords().collect();
    if keywords.iter().any(|(_, value)| m.is_placeholder(*value)) {
        return Err(m.type_error("Placeholder cannot be passed as a keyword argument"));
    }
    let mut known: Vec<Entry<Value>> = Vec::new();
    if let Some(inner) = plain_partial(m, function) {
        known = m.heap.dict(part(m, inner, KEYWORDS).handle().expect("keywords are a dict")).iter().collect();
        given = filled(m, m.tuple_items(part(m, inner, ARGS)), &given);
        function = part(m, inner, FUNCTION);
    }
    let merged = merged(m, known.iter().map(|entry| (entry.key, entry.value)).collect(), keywords);
    let all = m.heap.new_dict();
    for (index, (key, value)) in merged.into_iter().enumerate() {
        match known.get(index) {
            Some(entry) => m.heap.add_entry(all, Entry { value, ..*entry }),
            None => m.heap.set_name(all, key.handle().expect("a name is a str"), value),
        }
    }
    let given = m.heap.tuple(given);
    Ok(Value::object(m.heap.alloc(class, slots(function, given, Value::object(all)))).into())
}

fn slots(function: Value, args: Value, keywords: Value) -> Payload {
    Payload::Slots(Box::new([Some(function), Some(args), Some(keywords)]))
}

/// A partial that another one may stand in for: nobody has given it attributes.
fn plain_partial(m: &Machine, function: Value) -> Option<Value> {
    let handle = function.handle()?;
    let plain = m.heap.is_instance(function, types::PARTIAL) && m.heap.get(handle).dict.is_none();
    plain.then_some(function)
}

/// Keyword arguments with others in the place of those of the same name, or behind.  The names of those that are known
/// are in a dict that any program may write to, and need be no names.
fn merged(m: &Machine, mut known: Vec<(Value, Value)>, others: Vec<(Value, Value)>) -> Vec<(Value, Value)> {
    for (name, value) in others {
        let is_same =
            |before: Value| m.heap.text_of(before).is_some_and(|before| Some(before) == m.heap.text_of(name));
        match known.iter_mut().find(|(before, _)| is_same(*before)) {
            Some(entry) => entry.1 = value,
            None => known.push((name, value)),
        }
    }
    known
}

fn call(m: &mut Machine, args: &Args) -> Eval {
    let partial = args.at(0);
    let known = m.tuple_items(part(m, partial, ARGS));
    let given: Vec<Value> = args.rest(1).collect();
    let missing = m.missing(known);
    if missing > given.len() {
        let given = given.len();
        return Err(m.type_error(format!(
            "missing positional arguments in 'partial' call; expected at least {missing}, got {given}"
        )));
    }
    let mut values = filled(m, known, &given);
    let keywords = part(m, partial, KEYWORDS).handle().expect("keywords are a dict");
    let known = m.heap.dict(keywords).iter().map(|entry| (entry.key, entry.value)).collect();
    let merged = merged(m, known, args.keywords().collect());
    if merged.iter().any(|(name, _)| m.heap.text_of(*name).is_none()) {
        return Err(m.type_error("keywords must be strings"));
    }
    values.extend(merged.iter().map(|(_, value)| *value));
    let function = part(m, partial, FUNCTION);
    match m.call(function, Args::with_names(values, merged.into_iter().map(|(name, _)| name)))? {
        Flow::Enter(entry) => m.then(entry, PartialCall::new(Held { args: args.clone() })),
        done @ Flow::Value(_) => Ok(done),
    }
}

/// The arguments that a partial was called with, which its caller holds while the function runs.
#[derive(Clone, Debug, Hash)]
pub struct Held {
    args: Args,
}

/// See [`Held`].
pub type PartialCall = Steps<Held>;

impl Stepwise for Held {
    fn step(&mut self, _m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match got {
            Got::Value(value) => Ok(Do::Done(value)),
            Got::Start | Got::End | Got::Raised(_) => panic!("a partial waits for its function"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.args.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "partial: waiting for its function".to_owned()
    }
}

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let partial = args.at(0);
    let class = m.heap.class_of(partial);
    let title = format!("{}.{}", m.class_module(class).unwrap_or_default(), m.heap.class(class).qualname);
    let mut parts: Vec<Part> =
        vec![format!("{title}(").as_str().into(), Part::Repr(part(m, partial, FUNCTION))];
    for value in m.tuple_items(part(m, partial, ARGS)) {
        parts.extend([", ".into(), Part::Repr(*value)]);
    }
    let keywords = part(m, partial, KEYWORDS).handle().expect("keywords are a dict");
    for entry in m.heap.dict(keywords).iter() {
        parts.extend([", ".into(), Part::Str(entry.key), "=".into(), Part::Repr(entry.value)]);
    }
    parts.push(")".into());
    let handle = partial.handle().expect("a partial is a heap object");
    match m.compose_repr(handle, parts)? {
        Some(flow) => Ok(flow),
        None => Ok(m.heap.str("...").into()),
    }
}

fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let partial = args.at(0);
    let [function, given, keywords] = [FUNCTION, ARGS, KEYWORDS].map(|index| part(m, partial, index));
    let handle = partial.handle().expect("a partial is a heap object");
    let dict = m.heap.get(handle).dict.map_or(Value::NONE, Value::object);
    let class = Value::object(m.heap.class_of(partial));
    let made_of = m.heap.tuple(vec![function]);
    let state = m.heap.tuple(vec![function, given, keywords, dict]);
    Ok(m.heap.tuple(vec![class, made_of, state]).into())
}

fn set_state(m: &mut Machine, args: &Args) -> Eval {
    let state = match m.heap.payload_of(args.at(1)) {
        Some(Payload::Tuple(items)) => items.to_vec(),
        _ => Vec::new(),
    };
    let [function, given, keywords, dict] = *state else { return Err(m.type_error("invalid partial state")) };
    let is_dict = |value: Value| matches!(m.heap.payload_of(value), Some(Payload::Dict(_)));
    let is_tuple = matches!(m.heap.payload_of(given), Some(Payload::Tuple(_)));
    let is_none_or_dict = |value: Value| value.is_none() || is_dict(value);
    if !m.is_callable(function) || !is_tuple || !is_none_or_dict(keywords) || !is_none_or_dict(dict) {
        return Err(m.type_error("invalid partial state"));
    }
    let items = m.tuple_items(given).to_vec();
    if items.last().is_some_and(|last| m.is_placeholder(*last)) {
        return Err(m.type_error("trailing Placeholders are not allowed"));
    }
    // Copies where a subclass might have a say.
    let given = if m.heap.class_of(given) == types::TUPLE { given } else { m.heap.tuple(items) };
    let keywords = match keywords.handle().filter(|_| !keywords.is_none()) {
        None => Value::object(m.heap.new_dict()),
        Some(dict) if m.heap.get(dict).class == types::DICT => keywords,
        Some(dict) => Value::object(m.copy_dict(dict)),
    };
    set_parts(m, args.at(0), slots(function, given, keywords), dict.handle())?;
    Ok(Value::NONE.into())
}

fn set_parts(m: &mut Machine, partial: Value, new: Payload, dict: Option<Handle>) -> Result<(), Raise> {
    let handle = partial.handle().expect("a partial is a heap object");
    new.each_value(&mut |value| m.heap.retain(value));
    let old = std::mem::replace(m.heap.payload_mut(handle), new);
    old.each_value(&mut |value| m.heap.release(value));
    if let Some(dict) = dict {
        m.heap.retain_handle(dict);
    }
    if let Some(old) = std::mem::replace(&mut m.heap.get_mut(handle).dict, dict) {
        m.heap.release_handle(old);
    }
    Ok(())
}
