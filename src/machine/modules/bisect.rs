//! `_bisect`: places in a sorted sequence, by halves.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::heap::Heap;
use super::super::native::{Do, Got, Steps, Stepwise, Style};
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::protocol::compare::Comparison;
use super::super::raise::Raise;
use super::super::value::Value;
use super::itertools::small_size;
use super::native::NativeModule;

const PARAMS: Params = Params::Named { names: &["a", "x", "lo", "hi", "key"], required: 2, positional: 4 };

/// `_bisect`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("bisect_right", PARAMS, |m, args| begin(m, args, "bisect_right", RIGHT)),
        NativeDef::function("insort_right", PARAMS, |m, args| {
            begin(m, args, "insort_right", Search { inserts: true, ..RIGHT })
        }),
        NativeDef::function("bisect_left", PARAMS, |m, args| begin(m, args, "bisect_left", LEFT)),
        NativeDef::function("insort_left", PARAMS, |m, args| {
            begin(m, args, "insort_left", Search { inserts: true, ..LEFT })
        }),
    ]],
    ..NativeModule::new("_bisect", "Places in a sorted sequence.")
};

/// Which place is wanted, and whether the item goes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Search {
    /// Behind items that are equal, not before them.
    right: bool,
    inserts: bool,
}

const RIGHT: Search = Search { right: true, inserts: false };
const LEFT: Search = Search { right: false, inserts: false };

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    /// The key of the item that is inserted.
    OwnKey,
    /// The length of the sequence.
    Length,
    /// An item in the middle.
    Item,
    /// Its key.
    Key,
    /// Which half.
    Test,
    /// The item is put in.
    Insert,
}

/// A search in progress.
#[derive(Clone, Debug, Hash)]
pub struct Halving {
    name: &'static str,
    search: Search,
    sequence: Value,
    item: Value,
    /// What items, or their keys, are compared with.
    wanted: Value,
    key: Option<Value>,
    low: i64,
    high: Option<i64>,
    /// The item in the middle, and its key.
    middle: [Option<Value>; 2],
    phase: Phase,
}

/// See [`Halving`].
pub type Bisect = Steps<Halving>;

fn begin(m: &mut Machine, args: &Args, name: &'static str, search: Search) -> Eval {
    if let Some(high) = args.some(3)
        && m.heap.int_ref(high).is_none()
        && m.heap.special(high, crate::machine::names::INDEX).is_none()
    {
        let class = m.class_name(high);
        return Err(m.type_error(format!("argument should be integer or None, not '{class}'")));
    }
    // Which function it is goes along as a bool each.
    let parts =
        [args.at(0), args.at(1), args.get(2).unwrap_or(m.heap.int(0)), args.get(3).unwrap_or(Value::NONE)];
    let rest = [args.get(4).unwrap_or(Value::NONE), Value::bool(search.right), Value::bool(search.inserts)];
    let parts = Args::new(parts.into_iter().chain(rest));
    let wanted: &'static [usize] = if args.some(3).is_some() { &[2, 3] } else { &[2] };
    m.with_indices(name, &parts, wanted, Style::Plain, |m, args| {
        let low = small_size(m, args.at(2))?;
        let high = match args.some(3) {
            None => None,
            Some(high) => Some(m.index_i64(high, types::OVERFLOW_ERROR)?).filter(|high| *high != -1),
        };
        if low < 0 {
            return Err(m.value_error("lo must be non-negative"));
        }
        let search = Search { right: args.at(5) == Value::TRUE, inserts: args.at(6) == Value::TRUE };
        let name = match (search.inserts, search.right) {
            (false, false) => "bisect_left",
            (false, true) => "bisect_right",
            (true, false) => "insort_left",
            (true, true) => "insort_right",
        };
        m.begin(Bisect::new(Halving {
            name,
            search,
            sequence: args.at(0),
            item: args.at(1),
            wanted: args.at(1),
            key: args.some(4),
            low,
            high,
            middle: [None; 2],
            phase: Phase::Start,
        }))
    })
}

impl Halving {
    fn middle(&self) -> i64 {
        let high = self.high.unwrap_or(0);
        self.low + (high - self.low) / 2
    }

    /// Looks at the middle, or ends.
    fn halve(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.middle = [None; 2];
        if self.high.is_some_and(|high| self.low < high) {
            self.phase = Phase::Item;
            let middle = m.heap.int(self.middle());
            return Ok(m.get_item(self.sequence, middle)?.into());
        }
        if !self.search.inserts {
            return Ok(Do::Done(m.heap.int(self.low)));
        }
        if m.heap.class_of(self.sequence) == types::LIST {
            let list = self.sequence.handle().expect("a list is a heap object");
            let length = m.heap.list_items(list).len();
            let place = (self.low as usize).min(length);
            m.heap.list_splice(list, place..place, &[self.item]);
            return Ok(Do::Done(Value::NONE));
        }
        self.phase = Phase::Insert;
        let name = m.text_handle("insert");
        let place = m.heap.int(self.low);
        Ok(m.call_attr(self.sequence, name, vec![place, self.item])?.into())
    }

    fn compare(&mut self, m: &mut Machine, item: Value) -> Result<Do, Raise> {
        self.phase = Phase::Test;
        let (left, right) = if self.search.right { (self.wanted, item) } else { (item, self.wanted) };
        Ok(m.compare_bool(Comparison::Lt, left, right)?.into())
    }
}

impl Stepwise for Halving {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = match got {
            Got::Value(value) => value,
            _ => match self.key {
                Some(key) if self.search.inserts => {
                    self.phase = Phase::OwnKey;
                    return Ok(m.call(key, Args::new([self.item]))?.into());
                }
                _ => self.wanted,
            },
        };
        match self.phase {
            Phase::Start | Phase::OwnKey => {
                self.wanted = value;
                if self.high.is_some() {
                    return self.halve(m);
                }
                self.phase = Phase::Length;
                Ok(m.length(self.sequence)?.into())
            }
            Phase::Length => {
                self.high = m.index_clamped(value);
                self.halve(m)
            }
            Phase::Item => {
                self.middle[0] = Some(value);
                match self.key {
                    None => self.compare(m, value),
                    Some(key) => {
                        self.phase = Phase::Key;
                        Ok(m.call(key, Args::new([value]))?.into())
                    }
                }
            }
            Phase::Key => {
                self.middle[1] = Some(value);
                self.compare(m, value)
            }
            Phase::Test => {
                // On the right, the wanted one comes before the middle; on the left, the middle before it.
                if (value == Value::TRUE) == self.search.right {
                    self.high = Some(self.middle());
                } else {
                    self.low = self.middle() + 1;
                }
                self.halve(m)
            }
            Phase::Insert => Ok(Do::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.sequence);
        visit(self.item);
        if self.wanted != self.item {
            visit(self.wanted);
        }
        self.key.into_iter().chain(self.middle.into_iter().flatten()).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = self.name;
        match self.phase {
            Phase::Start | Phase::OwnKey | Phase::Key => format!("{name}: waiting for a key"),
            Phase::Length => format!("{name}: waiting for the length"),
            Phase::Item => format!("{name}: taking item {}", self.middle()),
            Phase::Test => format!("{name}: comparing item {}", self.middle()),
            Phase::Insert => format!("{name}: inserting at {}", self.low),
        }
    }
}
