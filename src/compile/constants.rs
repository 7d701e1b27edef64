//! Constants told apart as CPython's compiler does: by type as well as by value, so that `1`, `1.0`
//! and `True` are three, and `0.0` and `-0.0` two.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::FromPrimitive;
use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;

use crate::code::{CodeObject, Const};

/// A constant that can be looked up.
#[derive(Clone, Debug)]
pub struct ConstKey(pub Const);

impl PartialEq for ConstKey {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for ConstKey {}

impl Hash for ConstKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        feed(&self.0, state);
    }
}

/// Whether two constants are one to the compiler.
pub fn same(left: &Const, right: &Const) -> bool {
    match (left, right) {
        (Const::None, Const::None) | (Const::Ellipsis, Const::Ellipsis) => true,
        (Const::Bool(left), Const::Bool(right)) => left == right,
        (Const::Int(left), Const::Int(right)) => left == right,
        (Const::Float(left), Const::Float(right)) => same_float(*left, *right),
        (Const::Complex(a, b), Const::Complex(c, d)) => same_float(*a, *c) && same_float(*b, *d),
        (Const::Str(left), Const::Str(right)) => left == right,
        (Const::Bytes(left), Const::Bytes(right)) => left == right,
        (Const::Tuple(left), Const::Tuple(right)) => all_same(left, right),
        (Const::FrozenSet(left), Const::FrozenSet(right)) => {
            left.len() == right.len() && left.iter().all(|a| right.iter().any(|b| same(a, b)))
        }
        (Const::Slice(left), Const::Slice(right)) => all_same(&left[..], &right[..]),
        (Const::Code(left), Const::Code(right)) => Rc::ptr_eq(left, right) || same_code(left, right),
        (
            Const::None
            | Const::Ellipsis
            | Const::Bool(_)
            | Const::Int(_)
            | Const::Float(_)
            | Const::Complex(..)
            | Const::Str(_)
            | Const::Bytes(_)
            | Const::Tuple(_)
            | Const::FrozenSet(_)
            | Const::Slice(_)
            | Const::Code(_),
            _,
        ) => false,
    }
}

/// Two nans are two objects, and unequal.
fn same_float(left: f64, right: f64) -> bool {
    left.to_bits() == right.to_bits() && !left.is_nan()
}

fn all_same(left: &[Const], right: &[Const]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
}

/// Whether two code objects compare equal in Python.
fn same_code(left: &CodeObject, right: &CodeObject) -> bool {
    left.name == right.name
        && left.argcount == right.argcount
        && left.posonlyargcount == right.posonlyargcount
        && left.kwonlyargcount == right.kwonlyargcount
        && left.flags == right.flags
        && left.firstlineno == right.firstlineno
        && left.code == right.code
        && all_same(&left.consts, &right.consts)
        && left.names == right.names
        && left.localsplusnames == right.localsplusnames
        && left.linetable == right.linetable
        && left.exceptiontable == right.exceptiontable
}

/// Whether two constants are equal in Python, as the keys of a mapping pattern must not be, and the
/// members of a set cannot be.
pub fn equal(left: &Const, right: &Const) -> bool {
    match (left, right) {
        (Const::Tuple(left), Const::Tuple(right)) => {
            left.len() == right.len() && left.iter().zip(&**right).all(|(left, right)| equal(left, right))
        }
        _ => match (number(left), number(right)) {
            (Some(left), Some(right)) => left == right,
            _ => same(left, right),
        },
    }
}

/// A number as something that compares across types: a whole number, or real and imaginary part.
#[derive(PartialEq)]
enum Number {
    Whole(BigInt),
    Other(f64, f64),
}

fn number(constant: &Const) -> Option<Number> {
    let (real, imaginary) = match constant {
        Const::Bool(value) => return Some(Number::Whole(BigInt::from(u8::from(*value)))),
        Const::Int(value) => return Some(Number::Whole(value.clone())),
        Const::Float(value) => (*value, 0.0),
        Const::Complex(real, imaginary) => (*real, *imaginary),
        _ => return None,
    };
    let whole = if imaginary == 0.0 && real.fract() == 0.0 { BigInt::from_f64(real) } else { None };
    Some(whole.map_or(Number::Other(real, imaginary), Number::Whole))
}

fn feed<H: Hasher>(constant: &Const, state: &mut H) {
    std::mem::discriminant(constant).hash(state);
    match constant {
        Const::None | Const::Ellipsis => {}
        Const::Bool(value) => value.hash(state),
        Const::Int(value) => value.hash(state),
        Const::Float(value) => value.to_bits().hash(state),
        Const::Complex(real, imaginary) => (real.to_bits(), imaginary.to_bits()).hash(state),
        Const::Str(text) => text.hash(state),
        Const::Bytes(bytes) => bytes.hash(state),
        Const::Tuple(items) => items.iter().for_each(|item| feed(item, state)),
        Const::FrozenSet(items) => items.len().hash(state),
        Const::Slice(parts) => parts.iter().for_each(|part| feed(part, state)),
        Const::Code(code) => (&code.name, code.firstlineno, &code.code).hash(state),
    }
}

/// As long as there are so few constants, looking at the hash of each is the fastest.
const FEW: usize = 16;

/// The constants of a code unit, each once, in the order of their first use.
#[derive(Clone, Debug, Default)]
pub struct Constants {
    list: Vec<Const>,
    /// The hash of each.
    hashes: Vec<u64>,
    /// By hash the places of those with it, where there are many.
    places: FxHashMap<u64, SmallVec<[u32; 2]>>,
}

impl Constants {
    /// The index of a constant.
    pub fn add(&mut self, constant: &Const) -> u32 {
        let mut hasher = FxHasher::default();
        feed(constant, &mut hasher);
        let hash = hasher.finish();
        if let Some(place) = self.find(constant, hash) {
            return place;
        }
        self.list.push(constant.clone());
        self.hashes.push(hash);
        if self.list.len() > FEW {
            // From the first one too many on all have their places noted.
            let first = if self.places.is_empty() { 0 } else { self.list.len() - 1 };
            for (place, &hash) in self.hashes.iter().enumerate().skip(first) {
                self.places.entry(hash).or_default().push(place as u32);
            }
        }
        self.list.len() as u32 - 1
    }

    fn find(&self, constant: &Const, hash: u64) -> Option<u32> {
        let is_it = |place: u32| same(&self.list[place as usize], constant);
        if self.list.len() > FEW {
            return self.places.get(&hash)?.iter().copied().find(|&place| is_it(place));
        }
        let alike = self.hashes.iter().enumerate().filter(|&(_, &known)| known == hash);
        alike.map(|(place, _)| place as u32).find(|&place| is_it(place))
    }

    /// Takes all of them out.
    pub fn take_list(&mut self) -> Vec<Const> {
        self.hashes.clear();
        self.places.clear();
        self.list.drain(..).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Constants;
    use crate::code::Const;

    #[test]
    fn types_and_signs_count() {
        let mut constants = Constants::default();
        let values = [
            Const::Int(1.into()),
            Const::Float(1.0),
            Const::Bool(true),
            Const::Float(0.0),
            Const::Float(-0.0),
            Const::Complex(0.0, 0.0),
            Const::Complex(-0.0, 0.0),
            Const::Str("a".into()),
            Const::Bytes(b"a".as_slice().into()),
            Const::Tuple([Const::Int(1.into())].into()),
            Const::Tuple([Const::Bool(true)].into()),
        ];
        let first: Vec<u32> = values.iter().map(|value| constants.add(value)).collect();
        assert_eq!(first, (0..values.len() as u32).collect::<Vec<_>>());
        let again: Vec<u32> = values.iter().map(|value| constants.add(value)).collect();
        assert_eq!(again, first);
    }
}
