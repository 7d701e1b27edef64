//! `_heapq`: a list kept as a heap, least item first or greatest first.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::heap::Heap;
use super::super::native::{Do, Got, Steps, Stepwise};
use super::super::object::Payload;
use super::super::object::function::NativeDef;
use super::super::protocol::compare::Comparison;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::NativeModule;

const TWO: Params = Params::Range(2, 2);

/// `_heapq`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("heappush", TWO, |m, args| push(m, args, "heappush", false)),
        NativeDef::function("heappushpop", TWO, |m, args| push_pop(m, args, "heappushpop", false)),
        NativeDef::function("heappop", Params::One, |m, args| pop(m, args, "heappop", false)),
        NativeDef::function("heapreplace", TWO, |m, args| replace(m, args, "heapreplace", false)),
        NativeDef::function("heapify", Params::One, |m, args| heapify(m, args, "heapify", false)),
        NativeDef::function("heappush_max", TWO, |m, args| push(m, args, "heappush_max", true)),
        NativeDef::function("heappushpop_max", TWO, |m, args| push_pop(m, args, "heappushpop_max", true)),
        NativeDef::function("heappop_max", Params::One, |m, args| pop(m, args, "heappop_max", true)),
        NativeDef::function("heapreplace_max", TWO, |m, args| replace(m, args, "heapreplace_max", true)),
        NativeDef::function("heapify_max", Params::One, |m, args| heapify(m, args, "heapify_max", true)),
    ]],
    ..NativeModule::new("_heapq", "A list kept as a heap.")
};

/// What is going on with the items.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next place of the plan begins to sink.
    Begin,
    /// An item sinks to a leaf: at the place, its two children are compared.
    Sink,
    /// It rises again, but not above where it began.
    Rise,
    /// The item is compared with the first of the heap, to know whether it would be the first.
    First,
}

/// Work on a heap.
#[derive(Clone, Debug, Hash)]
pub struct Work {
    name: &'static str,
    heap: Handle,
    /// Whether the greatest item comes first.
    greatest: bool,
    /// Places that have to sink, the next one last.
    plan: Vec<usize>,
    /// The length that the list must keep.
    length: usize,
    start: usize,
    place: usize,
    /// What is being compared.
    compared: Option<[Value; 2]>,
    /// The item that comes in, until it is in.
    item: Option<Value>,
    result: Value,
    phase: Phase,
}

/// See [`Work`].
pub type HeapWork = Steps<Work>;

/// The list that an argument must be.
fn heap_at(m: &mut Machine, args: &Args, name: &str, which: &str) -> Result<Handle, Raise> {
    match args.at(0).handle() {
        Some(handle) if matches!(m.heap.payload(handle), Payload::List(_)) => Ok(handle),
        _ => {
            let class = m.argument_class(args.at(0));
            Err(m.type_error(format!("{name}() argument{which} must be list, not {class}")))
        }
    }
}

fn work(m: &Machine, name: &'static str, heap: Handle, greatest: bool, phase: Phase) -> Work {
    let length = m.heap.list_items(heap).len();
    let (plan, start, place) = (Vec::new(), 0, 0);
    let (compared, item, result) = (None, None, Value::NONE);
    Work { name, heap, greatest, plan, length, start, place, compared, item, result, phase }
}

fn push(m: &mut Machine, args: &Args, name: &'static str, greatest: bool) -> Eval {
    let heap = heap_at(m, args, name, " 1")?;
    m.heap.list_push(heap, args.at(1));
    let work = work(m, name, heap, greatest, Phase::Rise);
    m.begin(HeapWork::new(Work { place: work.length - 1, ..work }))
}

/// Puts an item in the first place, from where it sinks; the one that was there is the result.
fn sink_first(m: &mut Machine, work: Work, item: Value) -> Work {
    let first = m.heap.list_items(work.heap)[0];
    m.heap.list_splice(work.heap, 0..1, &[item]);
    Work { plan: vec![0], result: first, item: None, compared: None, phase: Phase::Begin, ..work }
}

fn pop(m: &mut Machine, args: &Args, name: &'static str, greatest: bool) -> Eval {
    let heap = heap_at(m, args, name, "")?;
    let Some(last) = m.heap.list_items(heap).last().copied() else {
        return Err(m.index_error("index out of range"));
    };
    let length = m.heap.list_items(heap).len() - 1;
    m.heap.list_splice(heap, length..=length, &[]);
    if length == 0 {
        return Ok(last.into());
    }
    let work = work(m, name, heap, greatest, Phase::Begin);
    let work = sink_first(m, work, last);
    m.begin(HeapWork::new(work))
}

fn replace(m: &mut Machine, args: &Args, name: &'static str, greatest: bool) -> Eval {
    let heap = heap_at(m, args, name, " 1")?;
    if m.heap.list_items(heap).is_empty() {
        return Err(m.index_error("index out of range"));
    }
    let work = work(m, name, heap, greatest, Phase::Begin);
    let work = sink_first(m, work, args.at(1));
    m.begin(HeapWork::new(work))
}

fn push_pop(m: &mut Machine, args: &Args, name: &'static str, greatest: bool) -> Eval {
    let heap = heap_at(m, args, name, " 1")?;
    if m.heap.list_items(heap).is_empty() {
        return Ok(args.at(1).into());
    }
    let work = work(m, name, heap, greatest, Phase::First);
    m.begin(HeapWork::new(Work { item: Some(args.at(1)), ..work }))
}

fn heapify(m: &mut Machine, args: &Args, name: &'static str, greatest: bool) -> Eval {
    let heap = heap_at(m, args, name, "")?;
    let work = work(m, name, heap, greatest, Phase::Begin);
    let plan = plan(work.length);
    m.begin(HeapWork::new(Work { plan, ..work }))
}

/// Lists longer than this are made heaps in an order that keeps to neighbouring items, as in CPython.
const LONG: usize = 2500;

/// The places that have children, in the order in which they sink, the first one last.
fn plan(length: usize) -> Vec<usize> {
    let parents = length / 2;
    if length <= LONG {
        return (0..parents).collect();
    }
    // The first place of the lowest row of parents.
    let leftmost = (1 << (usize::BITS - 1 - (parents + 1).leading_zeros())) - 1;
    let mut order = Vec::with_capacity(parents);
    for place in (parents / 2..leftmost).rev().chain((leftmost..parents).rev()) {
        let mut at = place;
        loop {
            order.push(at);
            // After the left child of two, all below their parent has been dealt with.
            if at % 2 == 0 {
                break;
            }
            at /= 2;
        }
    }
    order.reverse();
    order
}

impl Work {
    /// Asks whether `one` belongs above `other`.
    fn above(&mut self, m: &mut Machine, one: Value, other: Value) -> Result<Do, Raise> {
        let pair = if self.greatest { [other, one] } else { [one, other] };
        self.compared = Some(pair);
        Ok(m.compare_bool(Comparison::Lt, pair[0], pair[1])?.into())
    }

    fn item(&self, m: &Machine, place: usize) -> Value {
        m.heap.list_items(self.heap)[place]
    }

    fn swap(&self, m: &mut Machine, one: usize, other: usize) {
        m.heap.list_mut(self.heap).swap(one, other);
    }

    /// Goes on until something has to be compared.
    fn go_on(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        loop {
            match self.phase {
                Phase::First => {
                    let (first, item) = (self.item(m, 0), self.item.unwrap_or(Value::NONE));
                    return self.above(m, first, item);
                }
                Phase::Begin => match self.plan.pop() {
                    None => return Ok(Do::Done(self.result)),
                    Some(place) => (self.start, self.place, self.phase) = (place, place, Phase::Sink),
                },
                Phase::Sink => {
                    let child = 2 * self.place + 1;
                    if self.place >= self.length / 2 {
                        self.phase = Phase::Rise;
                        continue;
                    }
                    if child + 1 < self.length {
                        let (left, right) = (self.item(m, child), self.item(m, child + 1));
                        return self.above(m, left, right);
                    }
                    self.swap(m, child, self.place);
                    self.place = child;
                }
                Phase::Rise => {
                    if self.place <= self.start {
                        self.phase = Phase::Begin;
                        continue;
                    }
                    let parent = (self.place - 1) / 2;
                    let (own, above) = (self.item(m, self.place), self.item(m, parent));
                    return self.above(m, own, above);
                }
            }
        }
    }

    /// Whether the first of those compared belongs above is known.
    fn judged(&mut self, m: &mut Machine, above: bool) -> Result<Do, Raise> {
        self.compared = None;
        if self.phase == Phase::First {
            let item = self.item.expect("an item comes in");
            if !above {
                return Ok(Do::Done(item));
            }
            if m.heap.list_items(self.heap).is_empty() {
                return Err(m.index_error("index out of range"));
            }
            let mut work = sink_first(m, self.clone(), item);
            work.length = m.heap.list_items(work.heap).len();
            *self = work;
            return self.go_on(m);
        }
        if m.heap.list_items(self.heap).len() != self.length {
            return Err(m.runtime_error("list changed size during iteration"));
        }
        match self.phase {
            Phase::Sink => {
                let child = 2 * self.place + 1 + usize::from(!above);
                self.swap(m, child, self.place);
                self.place = child;
            }
            Phase::Rise if above => {
                let parent = (self.place - 1) / 2;
                self.swap(m, parent, self.place);
                self.place = parent;
            }
            Phase::Rise | Phase::Begin | Phase::First => self.phase = Phase::Begin,
        }
        self.go_on(m)
    }
}

impl Stepwise for Work {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match got {
            Got::Value(answer) => self.judged(m, answer == Value::TRUE),
            Got::Start | Got::End | Got::Raised(_) => self.go_on(m),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.heap));
        visit(self.result);
        self.item.into_iter().chain(self.compared.into_iter().flatten()).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: comparing items", self.name)
    }
}
