//! `itemgetter`, `attrgetter`, `methodcaller`: callables that know what they take out of their argument.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Part, Steps, Stepwise, lending};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::{Handle, Value};

/// How such an object is called.
const TEXT_SIGNATURE: Accessor =
    Accessor::read_only("__text_signature__", |m, _| Ok(m.heap.str("(obj, /)").into())).as_member();

/// `operator.itemgetter`: the tuple of its keys.
pub static ITEMGETTER: TypeSpec = TypeSpec {
    module: "operator",
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let keys = arguments(m, args, "itemgetter")?;
            Ok(make(m, args, [keys]).into())
        }),
        NativeDef::wrapper("__call__", Params::Any, call_itemgetter),
        NativeDef::wrapper("__repr__", Params::None, |m, args| {
            let keys = slot(m, args.at(0), 0);
            repr_call(m, "itemgetter", keys, None)
        }),
        NativeDef::method("__reduce__", Params::None, |m, args| {
            let parts = vec![Value::object(types::ITEMGETTER), slot(m, args.at(0), 0)];
            Ok(m.heap.tuple(parts).into())
        }),
    ],
    accessors: &[TEXT_SIGNATURE],
    ..TypeSpec::new(types::ITEMGETTER, "itemgetter")
};

/// `operator.attrgetter`: the tuple of its names as they were given, and a tuple of the parts of each.
pub static ATTRGETTER: TypeSpec = TypeSpec {
    module: "operator",
    natives: &[
        NativeDef::new(Params::Any, new_attrgetter),
        NativeDef::wrapper("__call__", Params::Any, call_attrgetter),
        NativeDef::wrapper("__repr__", Params::None, |m, args| {
            let names = slot(m, args.at(0), 0);
            repr_call(m, "attrgetter", names, None)
        }),
        NativeDef::method("__reduce__", Params::None, |m, args| {
            let parts = vec![Value::object(types::ATTRGETTER), slot(m, args.at(0), 0)];
            Ok(m.heap.tuple(parts).into())
        }),
    ],
    accessors: &[TEXT_SIGNATURE],
    ..TypeSpec::new(types::ATTRGETTER, "attrgetter")
};

/// `operator.methodcaller`: the name, the tuple of positional arguments, the dict of the others.
pub static METHODCALLER: TypeSpec = TypeSpec {
    module: "operator",
    natives: &[
        NativeDef::new(Params::Any, new_methodcaller),
        NativeDef::wrapper("__call__", Params::Any, call_methodcaller),
        NativeDef::wrapper("__repr__", Params::None, |m, args| {
            let [name, values, keywords] = [0, 1, 2].map(|index| slot(m, args.at(0), index));
            let all = [name].into_iter().chain(m.tuple_items(values).iter().copied()).collect();
            let all = m.heap.tuple(all);
            repr_call(m, "methodcaller", all, Some(keywords))
        }),
        NativeDef::method("__reduce__", Params::None, reduce_methodcaller),
    ],
    accessors: &[TEXT_SIGNATURE],
    ..TypeSpec::new(types::METHODCALLER, "methodcaller")
};

fn slot(m: &Machine, value: Value, index: usize) -> Value {
    match m.heap.payload_of(value) {
        Some(Payload::Slots(slots)) => slots[index].unwrap_or(Value::NONE),
        _ => panic!("a getter has slots"),
    }
}

fn make<const N: usize>(m: &mut Machine, args: &Args, slots: [Value; N]) -> Value {
    let class = args.at(0).handle().expect("__new__ is called with a class");
    Value::object(m.heap.alloc(class, Payload::Slots(Box::new(slots.map(Some)))))
}

/// The arguments of the getter that is made: at least one, none by name.
fn arguments(m: &mut Machine, args: &Args, name: &str) -> Result<Value, Raise> {
    m.check_no_keywords(name, args)?;
    if args.positional() < 2 {
        return Err(m.type_error(format!("{name} expected 1 argument, got 0")));
    }
    let given = args.rest(1).collect();
    Ok(m.heap.tuple(given))
}

/// The one argument of a call.
fn subject(m: &mut Machine, args: &Args, name: &str) -> Result<Value, Raise> {
    // `methodcaller` counts first, the others look for keywords first.
    if name != "methodcaller" {
        m.check_no_keywords(name, args)?;
    }
    m.check_count(name, args.positional() - 1, 1, 1)?;
    m.check_no_keywords(name, args)?;
    Ok(args.at(1))
}

fn call_itemgetter(m: &mut Machine, args: &Args) -> Eval {
    let object = subject(m, args, "itemgetter")?;
    let keys = slot(m, args.at(0), 0);
    match *m.tuple_items(keys) {
        [key] => m.get_item(object, key),
        _ => m.begin(GetItems::new(Items { getter: args.at(0), object, got: Vec::new() })),
    }
}

/// Several items of one object, taken one after the other.
#[derive(Clone, Debug, Hash)]
pub struct Items {
    getter: Value,
    object: Value,
    got: Vec<Value>,
}

/// See [`Items`].
pub type GetItems = Steps<Items>;

impl Stepwise for Items {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if let Got::Value(item) = got {
            self.got.push(item);
        }
        let keys = slot(m, self.getter, 0);
        match m.tuple_items(keys).get(self.got.len()).copied() {
            Some(key) => {
                let flow = m.get_item(self.object, key)?;
                Ok(lending("itemgetter", keys, flow).into())
            }
            None => Ok(Do::Done(m.heap.tuple(std::mem::take(&mut self.got)))),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.getter);
        visit(self.object);
        self.got.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("itemgetter: taking item {}", self.got.len() + 1)
    }
}

fn new_attrgetter(m: &mut Machine, args: &Args) -> Eval {
    let names = arguments(m, args, "attrgetter")?;
    let mut paths = Vec::new();
    for name in m.tuple_items(names).to_vec() {
        let Some(text) = m.heap.text_of(name).cloned() else {
            return Err(m.type_error("attribute name must be a string"));
        };
        let points: Vec<u32> = text.points().collect();
        let parts = points.split(|point| *point == u32::from('.'));
        let parts = parts.map(|part| m.heap.intern(Str::from_points(part))).collect();
        paths.push(m.heap.tuple(parts));
    }
    // Names are shown joined again, which makes plain strings of them.
    let shown: Vec<Value> = m.tuple_items(names).to_vec();
    let shown = shown
        .into_iter()
        .map(|name| match m.heap.class_of(name) {
            types::STR => name,
            _ => {
                let text = m.str_text(name).clone();
                m.heap.str(text)
            }
        })
        .collect();
    let (shown, paths) = (m.heap.tuple(shown), m.heap.tuple(paths));
    Ok(make(m, args, [shown, paths]).into())
}

fn call_attrgetter(m: &mut Machine, args: &Args) -> Eval {
    let object = subject(m, args, "attrgetter")?;
    let work = Attributes { getter: args.at(0), object, at: None, depth: 0, got: Vec::new() };
    m.begin(GetAttributes::new(work))
}

/// Attributes of an object, taken one after the other, each along its path.
#[derive(Clone, Debug, Hash)]
pub struct Attributes {
    getter: Value,
    object: Value,
    /// Where the path that is followed has come to, if further than the object.
    at: Option<Value>,
    /// How many parts of it have been followed.
    depth: usize,
    got: Vec<Value>,
}

/// See [`Attributes`].
pub type GetAttributes = Steps<Attributes>;

impl Stepwise for Attributes {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if let Got::Value(value) = got {
            self.at = Some(value);
            self.depth += 1;
        }
        let paths = slot(m, self.getter, 1);
        loop {
            let paths = m.tuple_items(paths);
            let count = paths.len();
            let Some(path) = paths.get(self.got.len()).copied() else {
                return Ok(Do::Done(m.heap.tuple(std::mem::take(&mut self.got))));
            };
            if let Some(part) = m.tuple_items(path).get(self.depth).copied() {
                let name = part.handle().expect("a str is a heap object");
                return Ok(m.get_attr(self.at.unwrap_or(self.object), name)?.into());
            }
            let found = self.at.take().unwrap_or(self.object);
            if count == 1 {
                return Ok(Do::Done(found));
            }
            self.got.push(found);
            self.depth = 0;
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.getter, self.object].into_iter().chain(self.at).for_each(&mut *visit);
        self.got.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("attrgetter: taking attribute {}", self.got.len() + 1)
    }
}

fn new_methodcaller(m: &mut Machine, args: &Args) -> Eval {
    if args.positional() < 2 {
        return Err(m.type_error("methodcaller needs at least one argument, the method name"));
    }
    let Some(text) = m.heap.text_of(args.at(1)).cloned() else {
        return Err(m.type_error("method name must be a string"));
    };
    let name = m.heap.intern(text);
    let values = args.rest(2).collect();
    let values = m.heap.tuple(values);
    let keywords: Vec<(Value, Value)> = args.keywords().collect();
    let keywords = if keywords.is_empty() { Value::NONE } else { m.dict_from_names(&keywords) };
    Ok(make(m, args, [name, values, keywords]).into())
}

fn call_methodcaller(m: &mut Machine, args: &Args) -> Eval {
    let object = subject(m, args, "methodcaller")?;
    let [name, values, keywords] = [0, 1, 2].map(|index| slot(m, args.at(0), index));
    let args = m.spread_arguments(None, values, Some(keywords).filter(|keywords| !keywords.is_none()))?;
    m.call_attr_with(object, name.handle().expect("a str is a heap object"), args)
}

/// The type and its arguments; with keywords, a `partial` of the type that has them.
fn reduce_methodcaller(m: &mut Machine, args: &Args) -> Eval {
    let [name, values, keywords] = [0, 1, 2].map(|index| slot(m, args.at(0), index));
    let class = Value::object(types::METHODCALLER);
    if keywords.is_none() {
        let all = [name].into_iter().chain(m.tuple_items(values).iter().copied()).collect();
        let parts = vec![class, m.heap.tuple(all)];
        return Ok(m.heap.tuple(parts).into());
    }
    let partial = m.partial(class, vec![name], keywords);
    let parts = vec![partial, values];
    Ok(m.heap.tuple(parts).into())
}

/// `operator.name(value, …, key=value, …)`.
fn repr_call(m: &mut Machine, name: &str, values: Value, keywords: Option<Value>) -> Eval {
    let mut parts: Vec<Part> = vec![format!("operator.{name}(").as_str().into()];
    for (index, value) in m.tuple_items(values).iter().enumerate() {
        if index > 0 {
            parts.push(", ".into());
        }
        parts.push(Part::Repr(*value));
    }
    let keywords: Option<Handle> = keywords.and_then(Value::handle);
    for entry in keywords.iter().flat_map(|keywords| m.heap.dict(*keywords).iter()) {
        parts.push(format!(", {}=", m.str_text(entry.key).to_string_lossy()).as_str().into());
        parts.push(Part::Repr(entry.value));
    }
    parts.push(")".into());
    let flow = m.compose(parts)?;
    Ok(lending("repr", values, flow))
}
