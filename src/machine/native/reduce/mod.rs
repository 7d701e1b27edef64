//! `object.__reduce_ex__`: what an object is made of, for copying and pickling.

mod old;
mod state;

pub use old::OldReduce;
pub use state::ObjectState;

use super::{Advance, Input, NativeTask, Progress, holding};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::modules::{copyreg, native::NativeModule};
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `__getnewargs_ex__` runs, if there is one.
    NewArgsEx,
    /// `__getnewargs__` runs, if there is one.
    NewArgs,
    /// `__getstate__` runs.
    State,
    /// The iterator over the items of a list, or over those of a dict, is asked for.
    Items,
    /// The same of what `items()` gave.
    ItemsIterator,
}

/// `object.__reduce_ex__(2)`.
#[derive(Clone, Debug, Hash)]
pub struct Reduce {
    object: Value,
    /// What `__new__` gets: a tuple, and a dict.
    args: Option<Value>,
    keywords: Option<Value>,
    state: Value,
    phase: Phase,
}

impl Reduce {
    /// What `object` is made of.
    pub const fn new(object: Value) -> Self {
        Self { object, args: None, keywords: None, state: Value::NONE, phase: Phase::NewArgsEx }
    }

    fn is_a(&self, m: &Machine, class: Handle) -> bool {
        m.heap.is_instance(self.object, class)
    }

    /// Calls a special method of the object, if its class has it.
    fn ask(&self, m: &mut Machine, name: Handle) -> Result<Option<Flow>, Raise> {
        match m.heap.special(self.object, name) {
            Some(method) => m.call_method(method, self.object, Args::default()).map(Some),
            None => Ok(None),
        }
    }

    fn take_args_ex(&mut self, m: &mut Machine, given: Value) -> Result<(), Raise> {
        let items = match m.heap.payload_of(given) {
            Some(Payload::Tuple(items)) => items.to_vec(),
            _ => {
                let class = m.class_name(given);
                return Err(m.type_error(format!("__getnewargs_ex__ should return a tuple, not '{class}'")));
            }
        };
        let [args, keywords] = items[..] else {
            let count = items.len();
            return Err(
                m.value_error(format!("__getnewargs_ex__ should return a tuple of length 2, not {count}"))
            );
        };
        if !matches!(m.heap.payload_of(args), Some(Payload::Tuple(_))) {
            let class = m.class_name(args);
            return Err(m.type_error(format!(
                "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{class}'"
            )));
        }
        if !matches!(m.heap.payload_of(keywords), Some(Payload::Dict(_))) {
            let class = m.class_name(keywords);
            return Err(m.type_error(format!(
                "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{class}'"
            )));
        }
        (self.args, self.keywords) = (Some(args), Some(keywords));
        Ok(())
    }

    fn take_args(&mut self, m: &mut Machine, given: Value) -> Result<(), Raise> {
        if !matches!(m.heap.payload_of(given), Some(Payload::Tuple(_))) {
            let class = m.class_name(given);
            return Err(m.type_error(format!("__getnewargs__ should return a tuple, not '{class}'")));
        }
        self.args = Some(given);
        Ok(())
    }

    /// What `__getstate__` gives; where that is object's, it has to be all there is to say of the object.
    fn state(&self, m: &mut Machine) -> Eval {
        let has_items = self.is_a(m, types::LIST) || self.is_a(m, types::DICT);
        m.object_state(self.object, self.args.is_none() && !has_items)
    }

    fn items(&self, m: &mut Machine) -> Eval {
        if self.is_a(m, types::LIST) {
            m.iter(self.object)
        } else if self.is_a(m, types::DICT) {
            m.call_attr(self.object, names::ITEMS, Vec::new())
        } else {
            Ok(Value::NONE.into())
        }
    }

    fn finish(&self, m: &mut Machine, iterator: Value) -> Value {
        let class = Value::object(m.heap.class_of(self.object));
        let keywords = self.keywords.filter(|keywords| match m.heap.payload_of(*keywords) {
            Some(Payload::Dict(dict)) => !dict.is_empty(),
            _ => false,
        });
        let (maker, args) = match (self.args, keywords) {
            (Some(args), Some(keywords)) => ("__newobj_ex__", vec![class, args, keywords]),
            (args, _) => {
                let given = args.map_or_else(Vec::new, |args| m.tuple_items(args).to_vec());
                ("__newobj__", [class].into_iter().chain(given).collect())
            }
        };
        let maker = m.copyreg_function(maker);
        let args = m.heap.tuple(args);
        let (list, dict) = match (self.is_a(m, types::LIST), self.is_a(m, types::DICT)) {
            (true, _) => (iterator, Value::NONE),
            (_, true) => (Value::NONE, iterator),
            _ => (Value::NONE, Value::NONE),
        };
        m.heap.tuple(vec![maker, args, self.state, list, dict])
    }
}

impl NativeTask for Reduce {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let mut given = match input {
            Input::Value(value) => Some(value),
            Input::Start | Input::Exhausted | Input::Raised(_) => None,
        };
        loop {
            let flow = match (self.phase, given.take()) {
                (Phase::NewArgsEx, Some(value)) => {
                    self.take_args_ex(m, value)?;
                    self.phase = Phase::State;
                    continue;
                }
                (Phase::NewArgsEx, None) => match self.ask(m, names::GETNEWARGS_EX)? {
                    Some(flow) => flow,
                    None => {
                        self.phase = Phase::NewArgs;
                        continue;
                    }
                },
                (Phase::NewArgs, Some(value)) => {
                    self.take_args(m, value)?;
                    self.phase = Phase::State;
                    continue;
                }
                (Phase::NewArgs, None) => match self.ask(m, names::GETNEWARGS)? {
                    Some(flow) => flow,
                    None => {
                        self.phase = Phase::State;
                        continue;
                    }
                },
                (Phase::State, Some(value)) => {
                    self.state = value;
                    self.phase = Phase::Items;
                    continue;
                }
                (Phase::State, None) => self.state(m)?,
                (Phase::Items, Some(value)) if self.is_a(m, types::DICT) => {
                    self.phase = Phase::ItemsIterator;
                    m.iter(value)?
                }
                (Phase::Items, None) => self.items(m)?,
                (Phase::Items | Phase::ItemsIterator, value) => {
                    let iterator = value.unwrap_or(Value::NONE);
                    return Ok(Progress::Done(self.finish(m, iterator)));
                }
            };
            match flow {
                Flow::Value(value) => given = Some(value),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.object);
        visit(self.state);
        self.args.into_iter().chain(self.keywords).for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let method = match self.phase {
            Phase::NewArgsEx => "__getnewargs_ex__",
            Phase::NewArgs => "__getnewargs__",
            Phase::State => "__getstate__",
            Phase::Items | Phase::ItemsIterator => "the iterator over its items",
        };
        format!("__reduce_ex__: {method} of a {}", heap.class(heap.class_of(self.object)).name)
    }
}

impl Machine {
    /// `object.__reduce_ex__(protocol)`.
    pub(in crate::machine) fn reduce_ex(&mut self, object: Value, protocol: i64) -> Eval {
        let method = self.heap.special(object, names::REDUCE);
        if let Some(method) =
            method.filter(|method| self.heap.lookup(types::OBJECT, names::REDUCE) != Some(*method))
        {
            return self.call_method(method, object, Args::default());
        }
        self.common_reduce(object, protocol)
    }

    /// `object.__reduce__()` is this with protocol 0.
    pub(in crate::machine) fn common_reduce(&mut self, object: Value, protocol: i64) -> Eval {
        if protocol >= 2 {
            return self.begin(Reduce::new(object));
        }
        // A function of copyreg in Python has it as its argument.
        let flow = self.begin(OldReduce::new(old::Work::new(object)))?;
        Ok(holding("copyreg._reduce_ex", [object, object], flow))
    }

    /// A function of the module `copyreg`, which is made now if the program has not imported it.
    pub(in crate::machine) fn copyreg_function(&mut self, name: &str) -> Value {
        let module = match self.loaded_module("copyreg").and_then(Value::handle) {
            Some(module) => module,
            None => {
                let native: &'static NativeModule = &copyreg::MODULE;
                self.make_native_module(native)
            }
        };
        let name = self.text_handle(name);
        self.heap.own_attribute(module, name).unwrap_or(Value::NONE)
    }
}
