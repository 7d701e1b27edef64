//! `range`: its values as a [`Range`] computes them, and its methods.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::native::{Consume, Search, SearchFor, Sink, Style};
use super::super::number::{Int, IntRef};
use super::super::protocol::wrappers::{EQ, GE, GT, HASH, LE, LT, NE, REPR};
use super::super::protocol::wrappers_container as wrappers;
use super::super::raise::Raise;
use super::super::range::Range;
use super::super::value::{Handle, Kind, Value};
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::{Payload, types};

/// `range`.
pub static RANGE: TypeSpec = TypeSpec {
    doc: Some("The whole numbers from one to another, a step apart."),
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__bool__", Params::None, truth),
        NativeDef::method("__reversed__", Params::None, reversed),
        NativeDef::method("__reduce__", Params::None, reduce),
        NativeDef::method("count", Params::One, count),
        NativeDef::method("index", Params::One, index),
    ],
    wrappers: &[
        &REPR,
        &HASH,
        &LT,
        &LE,
        &EQ,
        &NE,
        &GT,
        &GE,
        &wrappers::ITER,
        &wrappers::LEN,
        &wrappers::GETITEM,
        &wrappers::CONTAINS,
    ],
    accessors: &[
        Accessor::read_only("start", |m, range| Ok(m.range_part(range, 0).into())).as_member(),
        Accessor::read_only("stop", |m, range| Ok(m.range_part(range, 1).into())).as_member(),
        Accessor::read_only("step", |m, range| Ok(m.range_part(range, 2).into())).as_member(),
    ],
    ..TypeSpec::new(types::RANGE, "range")
};

fn new(m: &mut Machine, args: &Args) -> Eval {
    if args.keywords().next().is_some() {
        return Err(m.type_error("range() takes no keyword arguments"));
    }
    m.check_count("range", args.len() - 1, 1, 3)?;
    let parts = match args.len() {
        2 => Args::new([args.at(0), Value::NONE, args.at(1)]),
        _ => args.clone(),
    };
    let wanted: &'static [usize] = if args.len() == 2 { &[2] } else { &[1, 2, 3] };
    m.with_indices("range", &parts, wanted, Style::Plain, make)
}

fn make(m: &mut Machine, args: &Args) -> Eval {
    let start = args.some(1).unwrap_or(ZERO);
    let step = args.get(3).unwrap_or(ONE);
    if let Some(number) = m.heap.int_ref(step)
        && number.signum() == 0
    {
        return Err(m.value_error("range() arg 3 must not be zero"));
    }
    let parts = [start, args.at(2), step].map(|part| m.exact_int(part));
    Ok(m.new_range(parts).into())
}

const ZERO: Value = small(0);
const ONE: Value = small(1);

const fn small(number: i64) -> Value {
    match Value::small_int(number) {
        Some(value) => value,
        None => panic!("a small int"),
    }
}

fn truth(m: &mut Machine, args: &Args) -> Eval {
    let range = m.range_at(args.at(0))?;
    Ok(Value::bool(!range.is_empty()).into())
}

fn reversed(m: &mut Machine, args: &Args) -> Eval {
    let range = m.range_at(args.at(0))?;
    Ok(m.range_iterator(range.reversed(), None).into())
}

fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let parts = [0, 1, 2].map(|index| m.range_part(args.at(0), index));
    let parts = m.heap.tuple(parts.to_vec());
    Ok(m.heap.pair(Value::object(types::RANGE), parts).into())
}

fn count(m: &mut Machine, args: &Args) -> Eval {
    search(m, args, SearchFor::Count)
}

fn index(m: &mut Machine, args: &Args) -> Eval {
    search(m, args, SearchFor::Place)
}

fn search(m: &mut Machine, args: &Args, what: SearchFor) -> Eval {
    let range = m.range_at(args.at(0))?;
    let Some(number) = m.plain_int(args.at(1)) else {
        return m.begin(Consume::new(args.at(0), Sink::Search(Search::new(args.at(1), what))));
    };
    let found = range.index_of(&number);
    Ok(Flow::Value(match (what, found) {
        (SearchFor::Count, found) => m.heap.int(found.is_some().into()),
        (SearchFor::Presence, found) => Value::bool(found.is_some()),
        (SearchFor::Place, Some(index)) => m.heap.new_int(index),
        (SearchFor::Place, None) => return Err(m.value_error("range.index(x): x not in range")),
    }))
}

impl Machine {
    /// The number of an int or bool of any class.
    pub(in crate::machine) fn int_number(&self, value: Value) -> Option<Int> {
        self.heap.int_ref(value).map(IntRef::to_int)
    }

    /// The number of a value that is exactly an int or a bool.
    fn plain_int(&self, value: Value) -> Option<Int> {
        matches!(self.heap.class_of(value), types::INT | types::BOOL).then(|| self.int_number(value))?
    }

    /// `value + more` for an int.
    pub(in crate::machine) fn int_plus(&mut self, value: Value, more: i64) -> Value {
        if let Kind::Int(number) = value.kind()
            && let Some(sum) = number.checked_add(more)
        {
            return self.heap.int(sum);
        }
        let sum = &self.int_number(value).unwrap_or(Int::Small(0)) + &Int::Small(more);
        self.heap.new_int(sum)
    }

    /// A range object of three exact ints.
    pub(super) fn new_range(&mut self, parts: [Value; 3]) -> Value {
        Value::object(self.heap.alloc(types::RANGE, Payload::Range(Box::new(parts))))
    }

    fn range_object(&mut self, range: &Range) -> Value {
        let parts = [range.start.clone(), range.stop.clone(), range.step.clone()];
        let parts = parts.map(|part| self.heap.new_int(part));
        self.new_range(parts)
    }

    /// `start`, `stop` or `step` of a range.
    pub(in crate::machine) fn range_part(&self, range: Value, index: usize) -> Value {
        match self.heap.payload_of(range) {
            Some(Payload::Range(parts)) => parts[index],
            _ => Value::NONE,
        }
    }

    /// What a range object computes.
    pub(in crate::machine) fn range(&self, handle: Handle) -> Range {
        self.range_payload(self.heap.payload(handle)).expect("a range is there")
    }

    fn range_payload(&self, payload: &Payload) -> Option<Range> {
        let Payload::Range(parts) = payload else { return None };
        let [start, stop, step] = parts.map(|part| self.int_number(part).unwrap_or(Int::Small(0)));
        Range::new(start, stop, step).ok()
    }

    fn range_at(&mut self, value: Value) -> Result<Range, Raise> {
        match self.heap.payload_of(value).and_then(|payload| self.range_payload(payload)) {
            Some(range) => Ok(range),
            None => {
                let class = self.class_name(value);
                Err(self.type_error(format!("a range is required, not '{class}'")))
            }
        }
    }

    /// The length of a range, if it fits.
    pub(in crate::machine) fn range_length(&self, payload: &Payload) -> Option<usize> {
        usize::try_from(self.range_payload(payload)?.len().small()?).ok()
    }

    /// Whether two ranges give the same numbers.
    pub(in crate::machine) fn equal_ranges(&self, left: Handle, right: Handle) -> bool {
        self.range(left).identity() == self.range(right).identity()
    }

    /// A tuple that hashes as the range does.
    pub(in crate::machine) fn range_hash_key(&mut self, range: Value) -> Value {
        let range = self.range(range.handle().expect("a range is a heap object"));
        let (len, start, step) = range.identity();
        let parts = [Some(len), start, step];
        let parts = parts.map(|part| part.map_or(Value::NONE, |part| self.heap.new_int(part.clone())));
        self.heap.tuple(parts.to_vec())
    }

    /// `range[index]` for an int.
    pub(in crate::machine) fn range_item(&mut self, handle: Handle, index: Value) -> Eval {
        let index = self.int_number(index).unwrap_or(Int::Small(0));
        match self.range(handle).item(&index) {
            Some(number) => Ok(self.heap.new_int(number).into()),
            None => Err(self.index_error("range object index out of range")),
        }
    }

    /// `range[start:stop:step]` for ints or None.
    pub(in crate::machine) fn range_slice(
        &mut self,
        handle: Handle,
        start: Value,
        stop: Value,
        step: Value,
    ) -> Eval {
        let [start, stop, step] = [start, stop, step].map(|part| self.int_number(part));
        match self.range(handle).slice(start.as_ref(), stop.as_ref(), step.as_ref()) {
            Ok(range) => Ok(self.range_object(&range).into()),
            Err(error) => Err(self.value_error(error.to_string())),
        }
    }

    /// `item in range`.
    pub(in crate::machine) fn range_contains(&mut self, range: Value, item: Value) -> Eval {
        search(self, &Args::new([range, item]), SearchFor::Presence)
    }

    /// The repr of a range: its parts are ints of the exact type.
    pub(in crate::machine) fn range_repr(&self, handle: Handle) -> String {
        let Payload::Range(parts) = self.heap.payload(handle) else { return String::new() };
        let [start, stop, step] = parts.map(|part| self.int_number(part).unwrap_or(Int::Small(0)));
        let step = if step == Int::Small(1) { String::new() } else { format!(", {step}") };
        format!("range({start}, {stop}{step})")
    }
}
