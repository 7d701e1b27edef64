//! `object.__reduce_ex__` in the pickle protocols 0 and 1: the builtin base makes the object anew.

use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::native::{Do, Got, Steps, Stepwise};
use crate::machine::object::{type_flags, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// The task.
pub type OldReduce = Steps<Work>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `__class__` is asked for.
    Class,
    /// The builtin base copies what the object has of it.
    Copy,
    /// `__getstate__` is asked for.
    GetState,
    /// `__slots__` is asked for, since the class has no `__getstate__` of its own.
    Slots,
    /// Whether there are any.
    HasSlots,
    /// `__getstate__` runs.
    State,
    /// Whether there is any state.
    HasState,
}

/// What is known of the object so far.
#[derive(Clone, Debug, Hash)]
pub struct Work {
    object: Value,
    class: Value,
    base: Value,
    /// What the base has made of the object, or None.
    copy: Value,
    /// The method that gives the state.
    method: Value,
    state: Value,
    phase: Phase,
}

/// Builtin types that CPython makes while it runs, as it makes classes, and whose `__new__` is that of `object`.
const MADE_BY_OBJECT: [Handle; 7] = [
    types::GENERIC,
    types::BUFFERED_READER,
    types::BUFFERED_WRITER,
    types::BUFFERED_RANDOM,
    types::BUFFERED_RW_PAIR,
    types::NEWLINE_DECODER,
    types::TEXT_IO,
];

/// Whether a type knows how its instances are made, as `copyreg` finds out: it is a static one, or has a builtin
/// `__new__` of its own.
fn has_maker(heap: &Heap, class: Handle) -> bool {
    let object = heap.class(class);
    let has_new = || heap.get_name(object.namespace, names::NEW).is_some();
    object.builtin && !MADE_BY_OBJECT.contains(&class) && (!type_flags::is_on_heap(heap, class) || has_new())
}

impl Work {
    /// What `object` is made of.
    pub(super) const fn new(object: Value) -> Self {
        let none = Value::NONE;
        Self { object, class: none, base: none, copy: none, method: none, state: none, phase: Phase::Class }
    }

    fn wait(&mut self, phase: Phase, flow: Flow) -> Result<Do, Raise> {
        self.phase = phase;
        Ok(Do::Wait(flow))
    }

    /// The class is known: what its builtin base makes of the object.
    fn copy_by_base(&mut self, m: &mut Machine, class: Value) -> Result<Do, Raise> {
        let Some(handle) = class.handle().filter(|_| m.is_class(class)) else {
            return Err(m.no_attribute(class, names::MRO));
        };
        let mro = m.heap.class(handle).mro.clone();
        let base = mro.iter().copied().find(|base| has_maker(&m.heap, *base));
        let base: Handle = base.unwrap_or(types::OBJECT);
        (self.class, self.base) = (class, Value::object(base));
        if base == types::OBJECT {
            return self.ask_for_state(m);
        }
        if base == handle {
            let name = m.heap.class(handle).name.clone();
            return Err(m.type_error(format!("cannot pickle '{name}' object")));
        }
        let flow = m.call(self.base, Args::new([self.object]))?;
        self.wait(Phase::Copy, flow)
    }

    fn ask_for_state(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let flow = m.get_attr(self.object, names::GETSTATE)?;
        self.wait(Phase::GetState, flow)
    }

    fn call_for_state(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let flow = m.call(self.method, Args::default())?;
        self.wait(Phase::State, flow)
    }

    fn result(&self, m: &mut Machine, has_state: bool) -> Value {
        let maker = m.copyreg_function("_reconstructor");
        let args = m.heap.tuple(vec![self.class, self.base, self.copy]);
        let parts = [maker, args].into_iter().chain(has_state.then_some(self.state)).collect();
        m.heap.tuple(parts)
    }
}

impl Stepwise for Work {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else {
            return m.get_attr(self.object, names::CLASS).map(Do::Wait);
        };
        match self.phase {
            Phase::Class => self.copy_by_base(m, value),
            Phase::Copy => {
                self.copy = value;
                self.ask_for_state(m)
            }
            Phase::GetState => {
                self.method = value;
                let class = m.heap.class_of(self.object);
                let own =
                    m.heap.lookup(class, names::GETSTATE) != m.heap.lookup(types::OBJECT, names::GETSTATE);
                if own {
                    return self.call_for_state(m);
                }
                let flow = m.get_attr_or(self.object, names::SLOTS, Value::NONE)?;
                self.wait(Phase::Slots, flow)
            }
            Phase::Slots => {
                let flow = m.truth(value)?;
                self.wait(Phase::HasSlots, flow)
            }
            Phase::HasSlots if value == Value::TRUE => Err(m.type_error(
                "a class that defines __slots__ without defining __getstate__ cannot be pickled",
            )),
            Phase::HasSlots => self.call_for_state(m),
            Phase::State => {
                self.state = value;
                let flow = m.truth(value)?;
                self.wait(Phase::HasState, flow)
            }
            Phase::HasState => Ok(Do::Done(self.result(m, value == Value::TRUE))),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.object, self.class, self.base, self.copy, self.method, self.state].into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let what = match self.phase {
            Phase::Class => "__class__",
            Phase::Copy => "the builtin part",
            Phase::GetState | Phase::State | Phase::HasState => "__getstate__",
            Phase::Slots | Phase::HasSlots => "__slots__",
        };
        format!("__reduce_ex__: {what} of a {}", heap.class(heap.class_of(self.object)).name)
    }
}
