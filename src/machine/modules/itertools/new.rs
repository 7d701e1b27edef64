//! Making the iterators of `itertools`: their arguments, and what is asked of these.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::native::{Collected, Do, Got, Steps, Stepwise, Style};
use super::super::super::number::IntRef;
use super::super::super::object::iterator::Iter;
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::tool::{Choice, Choosing, Groups, Product, Tool};
use crate::machine::names;

/// The class that argument 0 is, which `__new__` is to make an instance of.
fn class(args: &Args) -> Handle {
    args.at(0).handle().expect("__new__ is called with a class")
}

fn made(m: &mut Machine, class: Handle, tool: Tool) -> Eval {
    Ok(m.heap.new_iterator(class, Iter::Tool(Box::new(tool))).into())
}

/// The positional arguments of a type that takes no others, the class in front.
fn exactly(m: &mut Machine, args: &Args, own: Handle, name: &str, count: usize) -> Result<Args, Raise> {
    m.refuse_keywords(name, own, names::INIT, args)?;
    m.check_count(name, args.positional() - 1, count, count)?;
    Ok(Args::new([args.at(0)].into_iter().chain(args.rest(1))))
}

pub fn accumulate(m: &mut Machine, args: &Args) -> Eval {
    let flow = m.iter(args.at(1))?;
    m.continue_with("accumulate", flow, args.clone(), 1, |m, args| {
        let function = args.get(2).unwrap_or(Value::NONE);
        let tool = Tool::Accumulate { source: args.at(1), function, total: None, initial: args.some(3) };
        made(m, class(args), tool)
    })
}

pub fn batched(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("batched", args, &[2], Style::Plain, |m, args| {
        m.with_indices("batched", args, &[3], Style::Truth, |m, args| {
            let size = size(m, args.at(2))?;
            if size < 1 {
                return Err(m.value_error("n must be at least one"));
            }
            let flow = m.iter(args.at(1))?;
            m.continue_with("batched", flow, args.clone(), 1, |m, args| {
                let size = m.index_clamped(args.at(2)).unwrap_or(0) as usize;
                let strict = args.get(3) == Some(Value::TRUE);
                made(m, class(args), Tool::Batched(args.some(1), size, strict))
            })
        })
    })
}

/// An int as a size of CPython's.
pub fn size(m: &mut Machine, value: Value) -> Result<i64, Raise> {
    match m.heap.int_ref(value).and_then(IntRef::small) {
        Some(size) => Ok(size),
        None => Err(m.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

pub fn chain(m: &mut Machine, args: &Args) -> Eval {
    m.refuse_keywords("chain", types::CHAIN, names::INIT, args)?;
    let sources = args.rest(1).collect();
    let sources = m.heap.tuple(sources);
    let sources = m.builtin_iter(sources);
    made(m, class(args), Tool::Chain(sources, None))
}

pub fn chain_from_iterable(m: &mut Machine, args: &Args) -> Eval {
    let flow = m.iter(args.at(1))?;
    m.continue_with("chain.from_iterable", flow, args.clone(), 1, |m, args| {
        made(m, class(args), Tool::Chain(args.some(1), None))
    })
}

pub fn compress(m: &mut Machine, args: &Args) -> Eval {
    let flow = m.iter(args.at(1))?;
    m.continue_with("compress", flow, args.clone(), 1, |m, args| {
        let flow = m.iter(args.at(2))?;
        m.continue_with("compress", flow, args.clone(), 2, |m, args| {
            made(m, class(args), Tool::Compress(args.at(1), args.at(2)))
        })
    })
}

pub fn count(m: &mut Machine, args: &Args) -> Eval {
    let (start, step) = (args.get(1), args.get(2));
    for number in [start, step].into_iter().flatten() {
        let can = |name| m.heap.special(number, name).is_some();
        if !(can(names::INDEX) || can(names::INT) || can(names::FLOAT) || m.is_number_like(number)) {
            return Err(m.type_error("a number is required"));
        }
    }
    let (zero, one) = (m.heap.int(0), m.heap.int(1));
    let (start, step) = (start.unwrap_or(zero), step.unwrap_or(one));
    let small = |value| m.heap.int_ref(value).and_then(IntRef::small);
    let tool = match (small(start), small(step)) {
        (Some(start), Some(1)) => Tool::Count(start),
        _ => Tool::CountBy(start, step),
    };
    made(m, class(args), tool)
}

pub fn repr_of_count(m: &mut Machine, args: &Args) -> Eval {
    let Tool::CountBy(number, step) = tool_at(m, args) else {
        let Tool::Count(number) = tool_at(m, args) else { panic!("a count is shown") };
        let text = format!("count({number})");
        return Ok(m.heap.str(text).into());
    };
    let (number, step) = (*number, *step);
    let by_one = m.heap.int_ref(step).and_then(IntRef::small) == Some(1);
    if by_one {
        return m.compose(vec!["count(".into(), part(number), ")".into()]);
    }
    m.compose(vec!["count(".into(), part(number), ", ".into(), part(step), ")".into()])
}

const fn part(value: Value) -> super::super::super::native::Part {
    super::super::super::native::Part::Repr(value)
}

fn tool_at<'a>(m: &'a Machine, args: &Args) -> &'a Tool {
    m.heap.tool(args.at(0).handle().expect("an iterator is a heap object"))
}

pub fn cycle(m: &mut Machine, args: &Args) -> Eval {
    let args = exactly(m, args, types::CYCLE, "cycle", 1)?;
    let flow = m.iter(args.at(1))?;
    m.continue_with("cycle", flow, args, 1, |m, args| {
        let saved = m.heap.list(Vec::new());
        made(m, class(args), Tool::Cycle(args.some(1), saved, 0))
    })
}

/// The iterators that have a function and a source.
fn with_function(m: &mut Machine, args: &Args, own: Handle, name: &'static str) -> Eval {
    let args = exactly(m, args, own, name, 2)?;
    let flow = m.iter(args.at(2))?;
    let args = Args::new([args.at(0), args.at(1), args.at(2), Value::object(own)]);
    m.continue_with(name, flow, args, 2, |m, args| {
        let (function, source) = (args.at(1), args.at(2));
        let tool = match args.at(3).handle().expect("a class is a heap object") {
            types::DROPWHILE => Tool::DropWhile(function, source, false),
            types::TAKEWHILE => Tool::TakeWhile(function, source, false),
            types::FILTERFALSE => Tool::FilterFalse(function, source),
            types::STARMAP => Tool::StarMap(function, source),
            other => panic!("{other:?} has no function"),
        };
        made(m, class(args), tool)
    })
}

pub fn dropwhile(m: &mut Machine, args: &Args) -> Eval {
    with_function(m, args, types::DROPWHILE, "dropwhile")
}

pub fn filterfalse(m: &mut Machine, args: &Args) -> Eval {
    with_function(m, args, types::FILTERFALSE, "filterfalse")
}

pub fn starmap(m: &mut Machine, args: &Args) -> Eval {
    with_function(m, args, types::STARMAP, "starmap")
}

pub fn takewhile(m: &mut Machine, args: &Args) -> Eval {
    with_function(m, args, types::TAKEWHILE, "takewhile")
}

pub fn groupby(m: &mut Machine, args: &Args) -> Eval {
    let flow = m.iter(args.at(1))?;
    m.continue_with("groupby", flow, args.clone(), 1, |m, args| {
        let function = args.get(2).unwrap_or(Value::NONE);
        let groups =
            Groups { source: args.at(1), function, target: None, key: None, item: None, grouper: None };
        made(m, class(args), Tool::GroupBy(groups))
    })
}

pub fn pairwise(m: &mut Machine, args: &Args) -> Eval {
    let args = exactly(m, args, types::PAIRWISE, "pairwise", 1)?;
    let flow = m.iter(args.at(1))?;
    m.continue_with("pairwise", flow, args, 1, |m, args| {
        let result = m.heap.tuple(vec![Value::NONE; 2]);
        made(m, class(args), Tool::Pairwise(args.some(1), None, result))
    })
}

pub fn permutations(m: &mut Machine, args: &Args) -> Eval {
    let flow = m.collect_tuple(args.at(1))?;
    m.continue_with("permutations", flow, args.clone(), 1, |m, args| {
        let count = m.tuple_items(args.at(1)).len();
        let chosen = match args.some(2) {
            None => count as i64,
            Some(r) if m.heap.int_ref(r).is_none() => return Err(m.type_error("Expected int as r")),
            Some(r) => size(m, r)?,
        };
        choose(m, args, Choosing::Permutations, chosen)
    })
}

pub fn combinations(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("combinations", args, &[2], Style::Plain, |m, args| {
        size(m, args.at(2))?;
        let flow = m.collect_tuple(args.at(1))?;
        m.continue_with("combinations", flow, args.clone(), 1, |m, args| {
            let chosen = size(m, args.at(2))?;
            choose(m, args, Choosing::Combinations, chosen)
        })
    })
}

pub fn with_replacement(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("combinations_with_replacement", args, &[2], Style::Plain, |m, args| {
        size(m, args.at(2))?;
        let flow = m.collect_tuple(args.at(1))?;
        m.continue_with("combinations_with_replacement", flow, args.clone(), 1, |m, args| {
            let chosen = size(m, args.at(2))?;
            choose(m, args, Choosing::WithReplacement, chosen)
        })
    })
}

/// How many places may be kept; more would not fit in memory.
const MOST_PLACES: usize = 1 << 28;

fn choose(m: &mut Machine, args: &Args, kind: Choosing, chosen: i64) -> Eval {
    let Ok(chosen) = usize::try_from(chosen) else {
        return Err(m.value_error("r must be non-negative"));
    };
    let pool = args.at(1);
    let count = m.tuple_items(pool).len();
    let stopped = match kind {
        Choosing::Combinations | Choosing::Permutations => chosen > count,
        Choosing::WithReplacement => count == 0 && chosen > 0,
    };
    if chosen > MOST_PLACES {
        return Err(m.out_of_memory());
    }
    let (indices, cycles) = match kind {
        _ if stopped => (Vec::new(), Vec::new()),
        Choosing::Combinations => ((0..chosen).collect(), Vec::new()),
        Choosing::WithReplacement => (vec![0; chosen], Vec::new()),
        Choosing::Permutations => ((0..count).collect(), (0..chosen).map(|place| count - place).collect()),
    };
    let choice = Choice { kind, pool, indices, cycles, result: None, stopped };
    made(m, class(args), Tool::Choose(choice))
}

pub fn repeat(m: &mut Machine, args: &Args) -> Eval {
    m.with_indices("repeat", args, &[2], Style::Plain, |m, args| {
        let times = match args.get(2) {
            Some(times) => Some(size(m, times)?.max(0)),
            None => None,
        };
        made(m, class(args), Tool::Repeat(args.at(1), times))
    })
}

pub fn repr_of_repeat(m: &mut Machine, args: &Args) -> Eval {
    let Tool::Repeat(value, left) = tool_at(m, args) else { panic!("a repeat is shown") };
    let (value, left) = (*value, *left);
    let end = left.map_or_else(|| ")".to_owned(), |left| format!(", {left})"));
    m.compose(vec!["repeat(".into(), part(value), end.as_str().into()])
}

pub fn repeat_hint(m: &mut Machine, args: &Args) -> Eval {
    match tool_at(m, args) {
        Tool::Repeat(_, Some(left)) => {
            let left = *left;
            Ok(m.heap.int(left).into())
        }
        _ => Err(m.type_error("len() of unsized object")),
    }
}

pub fn new_tee(m: &mut Machine, args: &Args) -> Eval {
    let args = exactly(m, args, types::TEE, "_tee", 1)?;
    let flow = m.iter(args.at(1))?;
    m.continue_with("_tee", flow, args, 1, |m, args| Ok(super::tee::over(m, args.at(1)).into()))
}

pub fn new_grouper(m: &mut Machine, args: &Args) -> Eval {
    let args = exactly(m, args, types::GROUPER, "_grouper", 2)?;
    if !m.heap.is_instance(args.at(1), types::GROUPBY) {
        let given = m.argument_class(args.at(1));
        return Err(m.type_error(format!("_grouper() argument 1 must be itertools.groupby, not {given}")));
    }
    let parent = args.at(1).handle().expect("a groupby is a heap object");
    let grouper =
        m.heap.new_iterator(types::GROUPER, Iter::Tool(Box::new(Tool::Grouper(args.at(1), args.at(2)))));
    if let Tool::GroupBy(groups) = m.heap.tool_mut(parent) {
        groups.grouper = grouper.handle();
    }
    Ok(grouper.into())
}

impl Machine {
    /// `tuple(iterable)`.
    pub(in crate::machine) fn collect_tuple(&mut self, iterable: Value) -> Eval {
        if self.heap.class_of(iterable) == types::TUPLE {
            return Ok(iterable.into());
        }
        self.collect(iterable, Collected::Tuple)
    }
}

// What is made of several sources, or has bounds that need not be what they should.

/// What is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Making {
    /// `product` of tuples, so many times.
    Product(i64),
    /// `zip_longest` with this in the place of what is missing.
    ZipLongest(Value),
    /// `islice`: its bounds.
    Slice,
}

/// An iterator over several things in the making.
#[derive(Clone, Debug, Hash)]
pub struct Gather {
    making: Making,
    class: Value,
    /// What was given.
    given: Vec<Value>,
    /// What became of it so far.
    got: Vec<Value>,
    /// Whether a bound is being read, so that what is raised means a bad bound.
    reads: bool,
}

/// See [`Gather`].
pub type ToolNew = Steps<Gather>;

pub fn product(m: &mut Machine, args: &Args) -> Eval {
    let [repeat] = m.keywords_among("product", args, ["repeat"])?;
    let one = m.heap.int(1);
    let parts = Args::new([repeat.unwrap_or(one), args.at(0)].into_iter().chain(args.rest(1)));
    m.with_indices("product", &parts, &[0], Style::Plain, |m, args| {
        let times = size(m, args.at(0))?;
        if times < 0 {
            return Err(m.value_error("repeat argument cannot be negative"));
        }
        let given: Vec<Value> = args.rest(2).collect();
        if times as u64 > (i64::MAX as u64 / 8) / given.len().max(1) as u64 {
            return Err(m.overflow_error("repeat argument too large"));
        }
        if given.len() as i64 * times > MOST_PLACES as i64 {
            return Err(m.out_of_memory());
        }
        let given = if times == 0 { Vec::new() } else { given };
        let gather = Gather {
            making: Making::Product(times),
            class: args.at(1),
            given,
            got: Vec::new(),
            reads: false,
        };
        m.begin(ToolNew::new(gather))
    })
}

pub fn zip_longest(m: &mut Machine, args: &Args) -> Eval {
    let mut fill = Value::NONE;
    for (name, value) in args.keywords().collect::<Vec<_>>() {
        match &*m.str_text(name).to_string_lossy() {
            "fillvalue" => fill = value,
            _ => return Err(m.type_error("zip_longest() got an unexpected keyword argument")),
        }
    }
    let given = args.rest(1).collect();
    let making = Making::ZipLongest(fill);
    m.begin(ToolNew::new(Gather { making, class: args.at(0), given, got: Vec::new(), reads: false }))
}

pub fn islice(m: &mut Machine, args: &Args) -> Eval {
    m.refuse_keywords("islice", types::ISLICE, names::INIT, args)?;
    m.check_count("islice", args.positional() - 1, 2, 4)?;
    let given: Vec<Value> = args.rest(1).collect();
    // Iterable, start, stop, step: the bounds are looked at first, in this order.
    let bounds = match *given {
        [iterable, stop] => vec![Value::NONE, stop, Value::NONE, iterable],
        [iterable, start, stop] => vec![start, stop, Value::NONE, iterable],
        _ => vec![given[1], given[2], given[3], given[0]],
    };
    m.begin(ToolNew::new(Gather {
        making: Making::Slice,
        class: args.at(0),
        given: bounds,
        got: Vec::new(),
        reads: false,
    }))
}

/// Where the parts of a slice stand among what is gathered.
const STOP: usize = 1;
const STEP: usize = 2;
const SOURCE: usize = 3;

impl Gather {
    /// What is wrong with the bound that is looked at.
    fn bad_bound(&self, m: &mut Machine, index: usize) -> Raise {
        let whose = match index {
            STEP => return m.value_error("Step for islice() must be a positive integer or None."),
            STOP => "Stop argument for islice()",
            _ => "Indices for islice()",
        };
        m.value_error(format!("{whose} must be None or an integer: 0 <= x <= sys.maxsize."))
    }

    fn bound(&self, m: &Machine, index: usize) -> Option<i64> {
        self.got.get(index).and_then(|value| m.heap.int_ref(*value)).and_then(IntRef::small)
    }

    /// Checks the bounds as far as they are there.  Where it begins and where it ends are looked at together.
    fn check(&self, m: &mut Machine) -> Result<(), Raise> {
        let at = self.got.len() - 1;
        if at == STOP {
            // CPython takes -1 for a bound that cannot be read.
            let [start, stop] = [0, STOP].map(|index| match self.got[index] {
                Value::NONE => 0,
                _ => self.bound(m, index).unwrap_or(-1),
            });
            if stop == -1 || start < 0 || stop < 0 {
                return Err(self.bad_bound(m, if stop == -1 { STOP } else { 0 }));
            }
        }
        if at == STEP && !self.got[STEP].is_none() && self.bound(m, STEP).is_none_or(|step| step < 1) {
            return Err(self.bad_bound(m, STEP));
        }
        Ok(())
    }

    fn finish(&self, m: &mut Machine) -> Eval {
        let class = self.class.handle().expect("a class is a heap object");
        let tool = match self.making {
            Making::Product(times) => {
                let pools: Box<[Value]> =
                    std::iter::repeat_n(&self.got, times as usize).flatten().copied().collect();
                let indices = vec![0; pools.len()];
                Tool::Product(Product { pools, indices, result: None, stopped: false })
            }
            Making::ZipLongest(fill) => {
                let result = m.heap.tuple(vec![Value::NONE; self.got.len()]);
                let sources: Box<[Option<Value>]> = self.got.iter().copied().map(Some).collect();
                Tool::ZipLongest { active: sources.len(), sources, fill, result }
            }
            Making::Slice => Tool::Slice {
                source: Some(self.got[SOURCE]),
                taken: 0,
                next: self.bound(m, 0).unwrap_or(0),
                stop: self.bound(m, STOP),
                step: self.bound(m, STEP).unwrap_or(1),
            },
        };
        made(m, class, tool)
    }
}

impl Stepwise for Gather {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        self.reads = false;
        match got {
            Got::Start => {}
            Got::Value(value) => self.got.push(value),
            // What cannot be read as a bound is told like any bad bound.
            Got::Raised(_) | Got::End => self.got.push(Value::ELLIPSIS),
        }
        if self.making == Making::Slice && !self.got.is_empty() && self.got.len() <= SOURCE {
            self.check(m)?;
        }
        let index = self.got.len();
        let Some(given) = self.given.get(index).copied() else { return Ok(Do::Tail(self.finish(m)?)) };
        let flow = match self.making {
            Making::Product(_) => m.collect_tuple(given)?,
            Making::ZipLongest(_) => m.iter(given)?,
            Making::Slice if index == SOURCE => m.iter(given)?,
            Making::Slice if given.is_none() => Flow::Value(given),
            Making::Slice => {
                self.reads = true;
                m.index(given)?
            }
        };
        Ok(flow.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.class);
        if let Making::ZipLongest(fill) = self.making {
            visit(fill);
        }
        self.given.iter().chain(&self.got).copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = match self.making {
            Making::Product(_) => "product",
            Making::ZipLongest(_) => "zip_longest",
            Making::Slice => "islice",
        };
        format!("{name}: waiting for argument {}", self.got.len() + 1)
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        self.reads
    }
}
