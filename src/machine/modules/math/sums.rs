//! Functions of many numbers: `fsum`, `prod`, `sumprod`, `dist`, `hypot`.

use super::super::super::Machine;
use super::super::super::args::Params;
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, Steps, Stepwise};
use super::super::super::number::special::rounded;
use super::super::super::number::special::sums::{Partials, Triple};
use super::super::super::object::Real;
use super::super::super::object::function::NativeDef;
use super::super::super::object::types;
use super::super::super::protocol::number::Number;
use super::super::super::protocol::operator::Binary;
use super::super::super::raise::Raise;
use super::super::super::value::{Kind, Value};

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("fsum", Params::One, |m, args| {
        begin(m, Summing::Exact(Partials::default(), None), args.at(0))
    }),
    NativeDef::function(
        "prod",
        Params::Named { names: &["", "start"], required: 1, positional: 1 },
        |m, args| {
            let one = m.heap.int(1);
            begin(m, Summing::Product(args.get(1).unwrap_or(one)), args.at(0))
        },
    ),
    NativeDef::function("sumprod", Params::Range(2, 2), |m, args| {
        let first = m.iter(args.at(0))?;
        m.continue_with("sumprod", first, args.clone(), 0, |m, args| {
            let second = m.iter(args.at(1))?;
            m.continue_with("sumprod", second, args.clone(), 1, |m, args| {
                let total = m.heap.int(0);
                let work = Products {
                    sources: [args.at(0), args.at(1)],
                    total,
                    float: Some((Triple::default(), false)),
                    ints: true,
                    item: None,
                    ended: false,
                    phase: Turn::First,
                };
                m.begin(MathGather::new(Gather::Products(work)))
            })
        })
    }),
    NativeDef::function("dist", Params::Range(2, 2), |m, args| {
        let first = m.collect_tuple(args.at(0))?;
        m.continue_with("dist", first, args.clone(), 0, |m, args| {
            let second = m.collect_tuple(args.at(1))?;
            m.continue_with("dist", second, args.clone(), 1, |m, args| {
                let (p, q) = (m.tuple_items(args.at(0)).to_vec(), m.tuple_items(args.at(1)).to_vec());
                if p.len() != q.len() {
                    return Err(m.value_error("both points must have the same number of dimensions"));
                }
                let items = p.into_iter().zip(q).flat_map(|(a, b)| [a, b]).collect();
                m.begin(MathGather::new(Gather::Reals { items, got: Vec::new(), distance: true }))
            })
        })
    }),
    NativeDef::function("hypot", Params::AtLeast(0), |m, args| {
        let items = args.rest(0).collect();
        m.begin(MathGather::new(Gather::Reals { items, got: Vec::new(), distance: false }))
    }),
];

fn begin(m: &mut Machine, what: Summing, iterable: Value) -> Eval {
    m.begin(MathSum::new(Sum { what, source: iterable, phase: Phase::Start }))
}

#[derive(Clone, Debug, Hash)]
enum Summing {
    /// `fsum`: the sum, and that of what is no number or infinite.
    Exact(Partials, Option<Special>),
    /// `prod`.
    Product(Value),
}

/// What a sum with infinite parts comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Special {
    up: bool,
    down: bool,
    nan: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    Iter,
    Item,
    Made,
}

/// A sum or product of the items of an iterable.
#[derive(Clone, Debug, Hash)]
pub struct Sum {
    what: Summing,
    source: Value,
    phase: Phase,
}

/// See [`Sum`].
pub type MathSum = Steps<Sum>;

impl Sum {
    /// An item is there.
    fn take(&mut self, m: &mut Machine, item: Value) -> Result<Do, Raise> {
        self.phase = Phase::Made;
        match &self.what {
            Summing::Exact(..) => Ok(m.real_number(item)?.into()),
            Summing::Product(total) => Ok(m.binary(Binary::Multiply, false, *total, item)?.into()),
        }
    }

    fn add(&mut self, m: &mut Machine, value: Value) -> Result<(), Raise> {
        match &mut self.what {
            Summing::Product(total) => *total = value,
            Summing::Exact(partials, special) => {
                let Some(Number::Float(x)) = m.heap.number(value) else { panic!("a float was made") };
                if x.is_finite() {
                    if !partials.add(x) {
                        return Err(m.overflow_error("intermediate overflow in fsum"));
                    }
                    return Ok(());
                }
                let found = special.get_or_insert(Special { up: false, down: false, nan: false });
                found.nan |= x.is_nan();
                found.up |= x == f64::INFINITY;
                found.down |= x == f64::NEG_INFINITY;
            }
        }
        Ok(())
    }

    fn finish(&self, m: &mut Machine) -> Result<Do, Raise> {
        let total = match &self.what {
            // A number of ordinary size is made of what the processor has, also where nothing was multiplied.
            Summing::Product(total) => {
                let total = match total.kind() {
                    Kind::Int(total) => m.heap.int(total),
                    Kind::Float(total) => m.heap.float(total),
                    _ => *total,
                };
                return Ok(Do::Done(total));
            }
            Summing::Exact(_, Some(Special { nan: false, up: true, down: true })) => {
                return Err(m.value_error("-inf + inf in fsum"));
            }
            Summing::Exact(_, Some(Special { nan: true, .. })) => f64::NAN,
            Summing::Exact(_, Some(Special { up, .. })) => {
                if *up {
                    f64::INFINITY
                } else {
                    f64::NEG_INFINITY
                }
            }
            Summing::Exact(partials, None) => partials.total(),
        };
        Ok(Do::Done(m.heap.float(total)))
    }
}

impl Stepwise for Sum {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Phase::Start, _) => {
                self.phase = Phase::Iter;
                return Ok(m.iter(self.source)?.into());
            }
            (Phase::Iter, Got::Value(iterator)) => self.source = iterator,
            (Phase::Item, Got::Value(item)) => return self.take(m, item),
            (Phase::Made, Got::Value(value)) => self.add(m, value)?,
            _ => return self.finish(m),
        }
        self.phase = Phase::Item;
        Ok(m.next(self.source)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.source);
        if let Summing::Product(total) = self.what {
            visit(total);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = if matches!(self.what, Summing::Product(_)) { "prod" } else { "fsum" };
        match self.phase {
            Phase::Start | Phase::Iter => format!("{name}: waiting for __iter__"),
            Phase::Item => format!("{name}: taking the next item"),
            Phase::Made => format!("{name}: waiting for an item's number"),
        }
    }
}

/// Numbers that are gathered before anything is computed, or pair by pair.
#[derive(Clone, Debug, Hash)]
pub enum Gather {
    /// Coordinates: those of two points in turns for a distance.
    Reals {
        /// What was given.
        items: Vec<Value>,
        /// The floats that became of it so far.
        got: Vec<Real>,
        /// Whether it is the distance of two points.
        distance: bool,
    },
    /// `sumprod`.
    Products(Products),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Turn {
    First,
    Second,
    Multiply,
    Flush,
    Add,
}

/// The sum of products of two iterables' items.
#[derive(Clone, Debug, Hash)]
pub struct Products {
    sources: [Value; 2],
    total: Value,
    /// As long as all were floats: their sum, and whether there was one.
    float: Option<(Triple, bool)>,
    /// Whether all were ints so far.
    ints: bool,
    /// The item of the first iterable, then the pair, then the product.
    item: Option<(Value, Option<Value>)>,
    ended: bool,
    phase: Turn,
}

/// See [`Gather`].
pub type MathGather = Steps<Gather>;

impl Products {
    /// The pair as floats, if one of them is a float and the other a number too.
    fn floats(&self, m: &Machine, left: Value, right: Value) -> Option<(f64, f64)> {
        let real = |value: Value| match value.kind() {
            Kind::Float(x) => Some((x, true)),
            Kind::Int(_) | Kind::Bool(_) => m.heap.int_ref(value)?.to_float().ok().map(|x| (x, false)),
            _ => {
                let is_int = m.heap.class_of(value) == types::INT;
                m.heap.int_ref(value).filter(|_| is_int)?.to_float().ok().map(|x| (x, false))
            }
        };
        let ((x, one), (y, other)) = (real(left)?, real(right)?);
        (one || other).then_some((x, y))
    }

    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = match got {
            Got::Value(value) => Some(value),
            _ => None,
        };
        match (self.phase, value) {
            (Turn::First, _) if got == Got::Start => {}
            (Turn::First, value) => {
                self.ended = value.is_none();
                self.item = value.map(|value| (value, None));
                self.phase = Turn::Second;
                return Ok(m.next(self.sources[1])?.into());
            }
            (Turn::Second, value) => {
                if value.is_none() != self.ended {
                    return Err(m.value_error("Inputs are not the same length"));
                }
                let (Some((left, _)), Some(right)) = (self.item, value) else { return self.flush(m) };
                if let Some(done) = self.pair(m, left, right)? {
                    return Ok(done);
                }
            }
            (Turn::Flush, Some(total)) => {
                self.total = total;
                self.float = None;
                let Some((left, Some(right))) = self.item else { return Ok(Do::Done(self.total)) };
                return self.multiply(m, left, right);
            }
            (Turn::Multiply, Some(product)) => {
                self.phase = Turn::Add;
                self.item = Some((product, None));
                return Ok(m.binary(Binary::Add, false, self.total, product)?.into());
            }
            (Turn::Add, Some(total)) => {
                self.total = total;
                self.item = None;
            }
            _ => panic!("a sum of products waits for values"),
        }
        self.phase = Turn::First;
        Ok(m.next(self.sources[0])?.into())
    }

    /// Two items that are there; `None` if they have been dealt with.
    fn pair(&mut self, m: &mut Machine, left: Value, right: Value) -> Result<Option<Do>, Raise> {
        self.item = Some((left, Some(right)));
        let exact = |value| m.heap.class_of(value) == types::INT;
        if self.ints && exact(left) && exact(right) {
            return self.multiply(m, left, right).map(Some);
        }
        self.ints = false;
        if let Some((triple, _)) = self.float {
            let added = self.floats(m, left, right).and_then(|(x, y)| triple.add_product(x, y));
            if let Some(triple) = added {
                self.float = Some((triple, true));
                self.item = None;
                return Ok(None);
            }
            return self.flush(m).map(Some);
        }
        self.multiply(m, left, right).map(Some)
    }

    /// Adds what the floats came to.
    fn flush(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if self.ended {
            self.item = None;
        }
        self.phase = Turn::Flush;
        match self.float {
            Some((triple, true)) => {
                let float = m.heap.float(triple.total());
                Ok(m.binary(Binary::Add, false, self.total, float)?.into())
            }
            _ => Ok(Do::Wait(Flow::Value(self.total))),
        }
    }

    fn multiply(&mut self, m: &mut Machine, left: Value, right: Value) -> Result<Do, Raise> {
        self.phase = Turn::Multiply;
        Ok(m.binary(Binary::Multiply, false, left, right)?.into())
    }
}

impl Stepwise for Gather {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let (items, reals, distance) = match self {
            Self::Products(products) => return products.step(m, got),
            Self::Reals { items, got, distance } => (items, got, *distance),
        };
        if let Got::Value(value) = got {
            let Some(Number::Float(x)) = m.heap.number(value) else { panic!("a float was made") };
            reals.push(Real(x));
        }
        if let Some(item) = items.get(reals.len()).copied() {
            return Ok(m.real_number(item)?.into());
        }
        let coordinates: Vec<f64> = if distance {
            reals.chunks_exact(2).map(|pair| (pair[0].0 - pair[1].0).abs()).collect()
        } else {
            reals.iter().map(|real| real.0.abs()).collect()
        };
        let length = if coordinates.iter().any(|x| x.is_infinite()) {
            f64::INFINITY
        } else if coordinates.iter().any(|x| x.is_nan()) {
            f64::NAN
        } else {
            rounded::norm(&coordinates)
        };
        Ok(Do::Done(m.heap.float(length)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Reals { items, .. } => items.iter().copied().for_each(visit),
            Self::Products(products) => {
                products.sources.into_iter().chain([products.total]).for_each(&mut *visit);
                if let Some((one, other)) = products.item {
                    [Some(one), other].into_iter().flatten().for_each(visit);
                }
            }
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self {
            Self::Reals { got, distance, .. } => {
                let name = if *distance { "dist" } else { "hypot" };
                format!("{name}: waiting for coordinate {}", got.len() + 1)
            }
            Self::Products(products) => match products.phase {
                Turn::First | Turn::Second => "sumprod: taking the next items".to_owned(),
                Turn::Multiply => "sumprod: waiting for a product".to_owned(),
                Turn::Add | Turn::Flush => "sumprod: waiting for a sum".to_owned(),
            },
        }
    }
}
