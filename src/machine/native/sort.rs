//! `list.sort()` and `sorted()`: the keys one by one, then CPython's sort, comparison by comparison.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::protocol::compare::Comparison;
use crate::machine::raise::Raise;
use crate::machine::sort::{Sort, SortStep};
use crate::machine::value::{Handle, Kind, Value};

/// How many comparisons are made in one step.
const COMPARISONS_IN_A_STEP: usize = 1_000_000;

/// The sort of a list, which is empty meanwhile, as in CPython.
#[derive(Clone, Debug, Hash)]
pub struct Sorting {
    list: Handle,
    /// All items, in a list that nobody else knows.
    items: Handle,
    /// The keys, in such a list as well: as many as have been computed.
    keys: Option<Handle>,
    key: Value,
    reverse: bool,
    /// What the whole comes to.
    result: Value,
    /// The sort itself; what it holds, `items` and `keys` hold too.
    sort: Option<Box<Sort<Value>>>,
    comparisons: usize,
    /// The keys being compared.
    compared: Option<(Value, Value)>,
    /// How it ends, once the keys are let go.
    ending: Option<Ending>,
}

/// How a sort ends that has let its keys go, behind whose finalizers the list gets its items back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Ending {
    Sorted,
    /// This exception was raised by a key function or a comparison.
    Failed(Value),
    /// It came out of Python code that one of these has called.
    Passed(Value),
}

/// How far the sort came.
enum Step {
    Wait(Entry),
    Pause,
    /// It is done; the items, where they are not those of the sort under way.
    Sorted(Option<Vec<Value>>),
}

impl Sorting {
    /// Computes the keys that are missing; true when all are there.
    fn compute_keys(
        &mut self,
        machine: &mut Machine,
        computed: Option<Value>,
    ) -> Result<Option<Flow>, Raise> {
        let Some(keys) = self.keys else { return Ok(None) };
        let mut computed = computed;
        loop {
            if let Some(key) = computed.take() {
                machine.heap.list_push(keys, key);
            }
            let next = machine.heap.list_items(keys).len();
            let Some(item) = machine.heap.list_items(self.items).get(next).copied() else { return Ok(None) };
            match machine.call(self.key, Args::new([item]))? {
                Flow::Value(key) => computed = Some(key),
                flow @ Flow::Enter(_) => return Ok(Some(flow)),
            }
        }
    }

    /// Begins the sort, all keys being there; where no program can see the comparisons and the order is
    /// total, ends it as well.
    fn begin_sort(&mut self, heap: &Heap) -> Option<Vec<Value>> {
        let items = heap.list_items(self.items).to_vec();
        let keys = self.keys.map_or_else(|| items.clone(), |keys| heap.list_items(keys).to_vec());
        if is_total(heap, &keys) {
            let mut order: Vec<usize> = (0..keys.len()).collect();
            let compare = |a: &usize, b: &usize| compare_total(heap, keys[*a], keys[*b]);
            if self.reverse {
                order.sort_by(|a, b| compare(b, a));
            } else {
                order.sort_by(compare);
            }
            return Some(order.into_iter().map(|index| items[index]).collect());
        }
        let values = self.keys.map(|_| items);
        self.sort = Some(Box::new(Sort::new(keys, values, self.reverse)));
        None
    }

    /// Gives the list its items back, sorted as far as they are.
    fn restore(&mut self, machine: &mut Machine) -> bool {
        let items = match self.sort.take() {
            Some(sort) => sort.into_items(),
            None => machine.heap.list_items(self.items).to_vec(),
        };
        self.put_back(machine, &items)
    }

    /// Whether the list was left alone meanwhile.
    fn put_back(&mut self, machine: &mut Machine, items: &[Value]) -> bool {
        machine.heap.list_sorted(self.list, items)
    }

    /// Lets the keys go while the list is still empty, in CPython's order, and ends behind their finalizers.
    fn let_keys_go(mut self, machine: &mut Machine, ending: Ending) -> Advance {
        let Some(list) = self.keys else { return self.ended(machine, ending) };
        let mut keys = machine.heap.list_take(list);
        let has_finalizers = keys.iter().any(|key| !is_atom(&machine.heap, *key));
        match self.sort.take() {
            Some(sort) => {
                let (ordered, items) = sort.into_parts();
                keys = ordered;
                if let Some(items) = items {
                    machine.heap.list_splice(self.items, .., &items);
                }
            }
            // The key function failed: the last key goes first.
            None => keys.reverse(),
        }
        for key in keys {
            machine.heap.release(key);
        }
        self.ending = Some(ending);
        if has_finalizers { Ok(Progress::Again(self.into())) } else { self.ended(machine, ending) }
    }

    fn ended(mut self, machine: &mut Machine, ending: Ending) -> Advance {
        match ending {
            Ending::Sorted => self.end(machine, None),
            Ending::Failed(exception) => {
                self.restore(machine);
                Err(Raise::new(exception))
            }
            Ending::Passed(exception) => {
                self.restore(machine);
                Err(Raise::passed(exception))
            }
        }
    }

    fn end(mut self, machine: &mut Machine, items: Option<Vec<Value>>) -> Advance {
        let untouched = match items {
            Some(items) => self.put_back(machine, &items),
            None => self.restore(machine),
        };
        if untouched {
            Ok(Progress::Done(self.result))
        } else {
            Err(machine.value_error("list modified during sort"))
        }
    }

    /// Goes on sorting until it is done, or a comparison needs Python code.
    fn compare(&mut self, machine: &mut Machine, answer: Option<bool>) -> Result<Step, Raise> {
        let mut answer = answer;
        for _ in 0..COMPARISONS_IN_A_STEP {
            let sort = self.sort.as_mut().expect("the sort has begun");
            let SortStep::Compare(left, right) = sort.step(answer.take()) else {
                return Ok(Step::Sorted(None));
            };
            self.comparisons += 1;
            self.compared = Some((left, right));
            match machine.compare_bool(Comparison::Lt, left, right)? {
                Flow::Value(less) => answer = Some(less == Value::TRUE),
                Flow::Enter(entry) => return Ok(Step::Wait(entry)),
            }
        }
        // The last answer has to be taken in before the step ends.
        let sort = self.sort.as_mut().expect("the sort has begun");
        Ok(match sort.step(answer) {
            SortStep::Done => Step::Sorted(None),
            SortStep::Compare(..) => Step::Pause,
        })
    }

    fn go_on(&mut self, machine: &mut Machine, input: Input) -> Result<Step, Raise> {
        let value = if let Input::Value(value) = input { Some(value) } else { None };
        let answer = if self.sort.is_some() {
            value.map(|less| less == Value::TRUE)
        } else {
            if let Some(Flow::Enter(entry)) = self.compute_keys(machine, value)? {
                return Ok(Step::Wait(entry));
            }
            if let Some(items) = self.begin_sort(&machine.heap) {
                return Ok(Step::Sorted(Some(items)));
            }
            None
        };
        self.compare(machine, answer)
    }
}

/// Whether nobody can notice that a value is let go.
fn is_atom(heap: &Heap, value: Value) -> bool {
    value.handle().is_none()
        || matches!(heap.class_of(value), types::STR | types::INT | types::FLOAT | types::BYTES)
}

/// Whether all keys are exactly of one type whose order is total.
fn is_total(heap: &Heap, keys: &[Value]) -> bool {
    match keys.first().map(|key| key.kind()) {
        None => true,
        Some(Kind::Int(_)) => keys.iter().all(|key| matches!(key.kind(), Kind::Int(_))),
        Some(Kind::Float(_)) => {
            keys.iter().all(|key| matches!(key.kind(), Kind::Float(value) if !value.is_nan()))
        }
        Some(Kind::Object(_)) => keys.iter().all(|key| heap.class_of(*key) == types::STR),
        Some(Kind::None | Kind::NotImplemented | Kind::Ellipsis | Kind::Bool(_)) => false,
    }
}

fn compare_total(heap: &Heap, left: Value, right: Value) -> std::cmp::Ordering {
    match (left.kind(), right.kind()) {
        (Kind::Int(left), Kind::Int(right)) => left.cmp(&right),
        (Kind::Float(left), Kind::Float(right)) => {
            left.partial_cmp(&right).unwrap_or(std::cmp::Ordering::Equal)
        }
        _ => heap.text_of(left).cmp(&heap.text_of(right)),
    }
}

impl NativeTask for Sorting {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        if let Some(ending) = self.ending {
            return self.ended(machine, ending);
        }
        if let Input::Raised(exception) = input {
            return self.let_keys_go(machine, Ending::Passed(exception));
        }
        match self.go_on(machine, input) {
            Ok(Step::Wait(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Ok(Step::Pause) => Ok(Progress::Again(self.into())),
            Ok(Step::Sorted(Some(items))) => self.end(machine, Some(items)),
            Ok(Step::Sorted(None)) => self.let_keys_go(machine, Ending::Sorted),
            Err(raise) => self.let_keys_go(machine, Ending::Failed(raise.exception)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.list));
        visit(Value::object(self.items));
        self.keys.into_iter().for_each(|keys| visit(Value::object(keys)));
        visit(self.key);
        visit(self.result);
        if let Some(Ending::Failed(exception) | Ending::Passed(exception)) = self.ending {
            visit(exception);
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        self.keys.is_some() && self.ending.is_none()
    }

    fn borrows(&self, _heap: &Heap, visit: &mut impl FnMut(Value)) {
        self.compared.into_iter().for_each(|(left, right)| {
            visit(left);
            visit(right);
        });
    }

    fn title(&self, heap: &Heap) -> String {
        let name = if self.result == Value::object(self.list) { "sorted" } else { "list.sort" };
        match (&self.sort, self.keys) {
            _ if self.ending.is_some() => format!("{name}: letting the keys go"),
            (None, Some(keys)) => {
                let (done, all) = (heap.list_items(keys).len(), heap.list_items(self.items).len());
                format!("{name}: computing key {} of {all}", done + 1)
            }
            _ => format!("{name}: comparison {}", self.comparisons),
        }
    }

    fn abandon(mut self, machine: &mut Machine) {
        self.restore(machine);
    }
}

impl Machine {
    /// Sorts a list in place, and gives `result`.
    pub(in crate::machine) fn sort_list(
        &mut self,
        list: Handle,
        key: Value,
        reverse: bool,
        result: Value,
    ) -> Eval {
        let taken = self.heap.list_take_to_sort(list);
        let items = self.heap.list(taken.clone()).handle().expect("a list is a heap object");
        // The new list counts what the other one counted.
        for value in taken {
            self.heap.release(value);
        }
        let keys = if key.is_none() { None } else { self.heap.list(Vec::new()).handle() };
        self.begin(Sorting {
            list,
            items,
            keys,
            key,
            reverse,
            result,
            sort: None,
            comparisons: 0,
            compared: None,
            ending: None,
        })
    }
}
