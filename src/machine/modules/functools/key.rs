//! `cmp_to_key`: objects that compare as a function says.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::protocol::compare::Comparison;
use super::super::super::raise::Raise;
use super::super::super::value::Value;

const FUNCTION: usize = 0;
const OBJECT: usize = 1;

/// `functools.KeyWrapper`: the function, and the object that is compared.
pub static KEY_WRAPPER: TypeSpec = TypeSpec {
    module: "functools",
    natives: &[
        NativeDef::wrapper("__call__", Params::Any, call),
        comparison::<0>("__lt__"),
        comparison::<1>("__le__"),
        comparison::<2>("__eq__"),
        comparison::<3>("__ne__"),
        comparison::<4>("__gt__"),
        comparison::<5>("__ge__"),
    ],
    accessors: &[
        Accessor::new(
            "obj",
            |m, key| Ok(part(m, key, OBJECT).unwrap_or(Value::NONE).into()),
            |m, key, value| {
                set_object(m, key, value);
                Ok(())
            },
        )
        .as_member(),
        Accessor::read_only("__text_signature__", |m, _| Ok(m.heap.str("(obj)").into())),
    ],
    unhashable: true,
    ..TypeSpec::new(types::KEY_WRAPPER, "KeyWrapper")
};

const fn comparison<const N: u32>(name: &'static str) -> NativeDef {
    NativeDef::wrapper(name, Params::One, |m, args: &Args| {
        let comparison = Comparison::from_number(N).expect("there are six comparisons");
        compare(m, comparison, args)
    })
}

fn part(m: &Machine, key: Value, index: usize) -> Option<Value> {
    match m.heap.payload_of(key) {
        Some(Payload::Slots(slots)) => slots[index],
        _ => panic!("a key has slots"),
    }
}

fn set_object(m: &mut Machine, key: Value, value: Option<Value>) {
    if let Some(value) = value {
        m.heap.retain(value);
    }
    let handle = key.handle().expect("a key is a heap object");
    let Payload::Slots(slots) = m.heap.payload_mut(handle) else { panic!("a key has slots") };
    if let Some(old) = std::mem::replace(&mut slots[OBJECT], value) {
        m.heap.release(old);
    }
}

fn make(m: &mut Machine, function: Value, object: Option<Value>) -> Eval {
    let slots = Payload::Slots(Box::new([Some(function), object]));
    Ok(Value::object(m.heap.alloc(types::KEY_WRAPPER, slots)).into())
}

/// `cmp_to_key(mycmp)`: what makes the keys.
pub fn cmp_to_key(m: &mut Machine, args: &Args) -> Eval {
    make(m, args.at(0), None)
}

/// `K(obj)`.
fn call(m: &mut Machine, args: &Args) -> Eval {
    let given = m.bind_as("K", &["obj"], 1, &args.without_first())?;
    let function = part(m, args.at(0), FUNCTION).unwrap_or(Value::NONE);
    make(m, function, given.get(0))
}

fn compare(m: &mut Machine, comparison: Comparison, args: &Args) -> Eval {
    let (one, other) = (args.at(0), args.at(1));
    if m.heap.class_of(other) != types::KEY_WRAPPER {
        return Err(m.type_error("other argument must be K instance"));
    }
    let (Some(left), Some(right)) = (part(m, one, OBJECT), part(m, other, OBJECT)) else {
        return Err(m.raise(types::ATTRIBUTE_ERROR, "object"));
    };
    let function = part(m, one, FUNCTION).unwrap_or(Value::NONE);
    match m.call(function, Args::new([left, right]))? {
        Flow::Value(answer) => against_zero(m, comparison, answer),
        Flow::Enter(entry) => m.then(entry, CompareKeys::new(Keys { comparison, judged: false })),
    }
}

fn against_zero(m: &mut Machine, comparison: Comparison, answer: Value) -> Eval {
    let zero = m.heap.int(0);
    m.compare(comparison, answer, zero)
}

/// Two keys of which a function says how they compare.
#[derive(Clone, Debug, Hash)]
pub struct Keys {
    comparison: Comparison,
    judged: bool,
}

/// See [`Keys`].
pub type CompareKeys = Steps<Keys>;

impl Stepwise for Keys {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(answer) = got else { panic!("a comparison waits for its function") };
        if std::mem::replace(&mut self.judged, true) {
            return Ok(Do::Done(answer));
        }
        Ok(against_zero(m, self.comparison, answer)?.into())
    }

    fn each_value(&self, _visit: &mut impl FnMut(Value)) {}

    fn title(&self, _heap: &Heap) -> String {
        format!("cmp_to_key: waiting for the function that tells {}", self.comparison.sign())
    }
}
