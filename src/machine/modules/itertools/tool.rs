//! What each iterator of `itertools` holds between two items.

use super::super::super::value::{Handle, Value};

/// An iterator of `itertools`.  One that has let go of what it went through holds `None` for it.
#[derive(Clone, Debug, Hash)]
pub enum Tool {
    /// `accumulate`.
    Accumulate {
        /// The iterator.
        source: Value,
        /// The function of two items, or None for `+`.
        function: Value,
        /// The last result.
        total: Option<Value>,
        /// What comes before the first item, as long as it was not given.
        initial: Option<Value>,
    },
    /// `batched`: the iterator, the size of a batch, whether the last one must have it too.
    Batched(Option<Value>, usize, bool),
    /// `chain`: the iterator over what is chained, and the iterator that is gone through now.
    Chain(Option<Value>, Option<Value>),
    /// `combinations`, `combinations_with_replacement`, `permutations`.
    Choose(Choice),
    /// `compress`: data and selectors.
    Compress(Value, Value),
    /// `count` by ones: the next number.
    Count(i64),
    /// `count` by other steps, or of other numbers: the next number and the step.
    CountBy(Value, Value),
    /// `cycle`: the iterator, a list of what it gave, and the next place in it.
    Cycle(Option<Value>, Value, usize),
    /// `dropwhile`: function and iterator, and whether an item has been let through.
    DropWhile(Value, Value, bool),
    /// `filterfalse`: function and iterator.
    FilterFalse(Value, Value),
    /// `groupby`.
    GroupBy(Groups),
    /// The items of one group: the `groupby` and the key.
    Grouper(Value, Value),
    /// `islice`.
    Slice {
        /// The iterator.
        source: Option<Value>,
        /// How many items have been taken from it.
        taken: i64,
        /// The number of the item that is given next.
        next: i64,
        /// The number at which it ends.
        stop: Option<i64>,
        /// How far one goes from item to item.
        step: i64,
    },
    /// `pairwise`: the iterator, the item before, and a tuple that is given again when nobody has it.
    Pairwise(Option<Value>, Option<Value>, Value),
    /// `product`.
    Product(Product),
    /// `repeat`: the object, and how often it is still given.
    Repeat(Value, Option<i64>),
    /// `starmap`: function and iterator.
    StarMap(Value, Value),
    /// `takewhile`: function and iterator, and whether an item has been refused.
    TakeWhile(Value, Value, bool),
    /// One of the iterators that `tee` gives: the items, and the place among them.
    Tee(Value, usize),
    /// Items that several of them share.
    TeeData(Shared),
    /// `zip_longest`.
    ZipLongest {
        /// The iterators; `None` for those that are exhausted.
        sources: Box<[Option<Value>]>,
        /// What stands for their items.
        fill: Value,
        /// How many are not exhausted.
        active: usize,
        /// A tuple that is given again when nobody has it.
        result: Value,
    },
}

/// Which items of a pool are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choosing {
    /// Each once, in the order of the pool.
    Combinations,
    /// Each as often as one likes, in the order of the pool.
    WithReplacement,
    /// Each once, in any order.
    Permutations,
}

/// Ways to choose some items of a pool.
#[derive(Clone, Debug, Hash)]
pub struct Choice {
    /// Which items.
    pub kind: Choosing,
    /// The tuple of all items.
    pub pool: Value,
    /// The places of the chosen items; of permutations, of all items, the chosen ones first.
    pub indices: Vec<usize>,
    /// Of permutations: how many changes each place has before it.
    pub cycles: Vec<usize>,
    /// The tuple given last.
    pub result: Option<Value>,
    /// Whether it has ended.
    pub stopped: bool,
}

/// `product`.
#[derive(Clone, Debug, Hash)]
pub struct Product {
    /// The tuples of the items to choose from.
    pub pools: Box<[Value]>,
    /// The place in each.
    pub indices: Vec<usize>,
    /// The tuple given last.
    pub result: Option<Value>,
    /// Whether it has ended.
    pub stopped: bool,
}

/// `groupby`.
#[derive(Clone, Debug, Hash)]
pub struct Groups {
    /// The iterator.
    pub source: Value,
    /// The function that gives an item's key, or None.
    pub function: Value,
    /// The key of the group given last.
    pub target: Option<Value>,
    /// The key of the item taken last.
    pub key: Option<Value>,
    /// The item taken last, as long as it was not given.
    pub item: Option<Value>,
    /// The group that may take items.  It is not held: once it is gone, nobody asks.
    pub grouper: Option<Handle>,
}

/// Items that the iterators of a `tee` share.
#[derive(Clone, Debug, Hash)]
pub struct Shared {
    /// Where they come from.
    pub source: Value,
    /// Those taken so far.
    pub items: Vec<Value>,
    /// The items behind the last that fits.
    pub next: Option<Value>,
    /// Whether an item is being taken.
    pub running: bool,
}

impl Tool {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self {
            Self::Accumulate { source, function, total, initial } => {
                [Some(*source), Some(*function), *total, *initial].into_iter().flatten().for_each(visit);
            }
            Self::Batched(source, ..) | Self::Slice { source, .. } => source.iter().copied().for_each(visit),
            Self::Chain(one, other) => [*one, *other].into_iter().flatten().for_each(visit),
            Self::Pairwise(source, old, result) => {
                [*source, *old, Some(*result)].into_iter().flatten().for_each(visit);
            }
            Self::Choose(choice) => [Some(choice.pool), choice.result].into_iter().flatten().for_each(visit),
            Self::Compress(one, other)
            | Self::CountBy(one, other)
            | Self::DropWhile(one, other, _)
            | Self::FilterFalse(one, other)
            | Self::Grouper(one, other)
            | Self::StarMap(one, other)
            | Self::TakeWhile(one, other, _) => [*one, *other].into_iter().for_each(visit),
            Self::Count(_) => {}
            Self::Cycle(source, saved, _) => [*source, Some(*saved)].into_iter().flatten().for_each(visit),
            Self::GroupBy(groups) => {
                let parts = [groups.target, groups.key, groups.item];
                [Some(groups.source), Some(groups.function)]
                    .into_iter()
                    .chain(parts)
                    .flatten()
                    .for_each(visit);
            }
            Self::Product(product) => product.pools.iter().copied().chain(product.result).for_each(visit),
            Self::Repeat(value, _) | Self::Tee(value, _) => visit(*value),
            Self::TeeData(shared) => {
                let parts = [shared.source].into_iter().chain(shared.items.iter().copied());
                parts.chain(shared.next).for_each(visit);
            }
            Self::ZipLongest { sources, fill, result, .. } => {
                sources.iter().flatten().copied().chain([*fill, *result]).for_each(visit);
            }
        }
    }

    /// Its type's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accumulate { .. } => "accumulate",
            Self::Batched(..) => "batched",
            Self::Chain(..) => "chain",
            Self::Choose(choice) => match choice.kind {
                Choosing::Combinations => "combinations",
                Choosing::WithReplacement => "combinations_with_replacement",
                Choosing::Permutations => "permutations",
            },
            Self::Compress(..) => "compress",
            Self::Count(_) | Self::CountBy(..) => "count",
            Self::Cycle(..) => "cycle",
            Self::DropWhile(..) => "dropwhile",
            Self::FilterFalse(..) => "filterfalse",
            Self::GroupBy(_) | Self::Grouper(..) => "groupby",
            Self::Slice { .. } => "islice",
            Self::Pairwise(..) => "pairwise",
            Self::Product(_) => "product",
            Self::Repeat(..) => "repeat",
            Self::StarMap(..) => "starmap",
            Self::TakeWhile(..) => "takewhile",
            Self::Tee(..) | Self::TeeData(_) => "tee",
            Self::ZipLongest { .. } => "zip_longest",
        }
    }
}
