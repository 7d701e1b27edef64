//! Functions of integers.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::Style;
use super::super::super::number::{Int, IntRef};
use super::super::super::object::function::NativeDef;
use super::super::super::raise::Raise;
use super::super::super::value::Value;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("factorial", Params::One, |m, args| {
        m.with_indices("factorial", args, &[0], Style::Plain, |m, args| {
            let n = int(m, args.at(0));
            factorial(m, &n)
        })
    }),
    NativeDef::function("gcd", Params::AtLeast(0), |m, args| {
        all_ints(m, "gcd", args, |m, args| {
            let Some(first) = args.get(0) else { return Ok(m.heap.int(0).into()) };
            let mut total = Natural::of(m, first);
            for other in args.rest(1) {
                let other = Natural::of(m, other);
                total = if total.number.is_one() { total } else { total.gcd(other) };
            }
            Ok(total.own.unwrap_or_else(|| m.heap.big_int(total.number)).into())
        })
    }),
    NativeDef::function("isqrt", Params::One, |m, args| {
        m.with_indices("isqrt", args, &[0], Style::Plain, |m, args| {
            let n = int(m, args.at(0));
            if n.is_negative() {
                return Err(m.value_error("isqrt() argument must be nonnegative"));
            }
            Ok(m.heap.big_int(n.sqrt()).into())
        })
    }),
    NativeDef::function("lcm", Params::AtLeast(0), |m, args| {
        all_ints(m, "lcm", args, |m, args| {
            if let Some(own) = its_own(m, args) {
                return Ok(own.into());
            }
            let total = args.rest(0).fold(BigInt::one(), |total, value| total.lcm(&int(m, value)));
            Ok(m.heap.big_int(total).into())
        })
    }),
    NativeDef::function("comb", Params::Range(2, 2), |m, args| {
        m.with_indices("comb", args, &[0, 1], Style::Plain, |m, args| {
            let (n, k) = natural_pair(m, args)?;
            if k > n {
                return Ok(m.heap.int(0).into());
            }
            let least = (&n - &k).min(k);
            let Some(count) = least.to_i64() else {
                return Err(m.overflow_error(format!("min(n - k, k) must not exceed {}", i64::MAX)));
            };
            fits(m, &n, count)?;
            if count == 1 {
                return Ok(m.exact_int(args.at(0)).into());
            }
            let mut total = BigInt::one();
            for i in 0..count {
                total = total * (&n - i) / (i + 1);
            }
            Ok(m.heap.big_int(total).into())
        })
    }),
    NativeDef::function("perm", Params::Range(1, 2), |m, args| match args.some(1) {
        None => m.with_indices("perm", args, &[0], Style::Plain, |m, args| {
            let n = int(m, args.at(0));
            factorial(m, &n)
        }),
        Some(_) => m.with_indices("perm", args, &[0, 1], Style::Plain, |m, args| {
            let (n, k) = natural_pair(m, args)?;
            if k > n {
                return Ok(m.heap.int(0).into());
            }
            let Some(count) = k.to_i64() else {
                return Err(m.overflow_error(format!("k must not exceed {}", i64::MAX)));
            };
            fits(m, &n, count)?;
            if count == 1 {
                return Ok(m.exact_int(args.at(0)).into());
            }
            let total = falling(&n, 0, count);
            Ok(m.heap.big_int(total).into())
        }),
    }),
];

/// The value of an int of whatever type.
fn int(m: &Machine, value: Value) -> BigInt {
    m.heap.int_ref(value).map_or_else(BigInt::zero, |int| IntRef::to_int(int).into_big())
}

fn natural_pair(m: &mut Machine, args: &Args) -> Result<(BigInt, BigInt), Raise> {
    let (n, k) = (int(m, args.at(0)), int(m, args.at(1)));
    for (value, name) in [(&n, "n"), (&k, "k")] {
        if value.is_negative() {
            return Err(m.value_error(format!("{name} must be a non-negative integer")));
        }
    }
    Ok((n, k))
}

/// Products of more bits than this are refused, as what does not fit in memory is.
const MOST_BITS: u64 = 1 << 27;

/// Whether a product of so many factors up to `n` may be computed.
fn fits(m: &mut Machine, n: &BigInt, factors: i64) -> Result<(), Raise> {
    if n.bits().saturating_mul(factors as u64) > MOST_BITS { Err(m.out_of_memory()) } else { Ok(()) }
}

/// `(n - from) * (n - from - 1) * …`, up to but without `n - to`: by halves, so that factors are of one size.
fn falling(n: &BigInt, from: i64, to: i64) -> BigInt {
    match to - from {
        ..=0 => BigInt::one(),
        1 => n - from,
        count => {
            let middle = from + count / 2;
            falling(n, from, middle) * falling(n, middle, to)
        }
    }
}

fn factorial(m: &mut Machine, n: &BigInt) -> Eval {
    if n.is_negative() {
        return Err(m.value_error("factorial() not defined for negative values"));
    }
    let Some(count) = n.to_i64() else {
        return Err(m.overflow_error(format!("factorial() argument should not exceed {}", i64::MAX)));
    };
    fits(m, n, count)?;
    let total = falling(n, 0, count);
    Ok(m.heap.new_int(Int::from(total)).into())
}

/// Any number of ints; each is converted in its turn.
fn all_ints(m: &mut Machine, name: &'static str, args: &Args, body: fn(&mut Machine, &Args) -> Eval) -> Eval {
    m.with_indices(name, args, &[], Style::Every, body)
}

/// The absolute value of an argument, or what was computed of some.
struct Natural {
    number: BigInt,
    /// The very object, where it is one that was given.
    own: Option<Value>,
}

impl Natural {
    fn of(m: &mut Machine, value: Value) -> Self {
        let number = int(m, value);
        let own = (!number.is_negative()).then(|| m.exact_int(value));
        Self { number: number.abs(), own }
    }

    /// The greatest common divisor.  CPython computes with two digits, of 60 bits together, by itself.  Above that it
    /// goes on with what it was given as long as it divides with a rest (Euclid); where the first bits of both numbers
    /// tell more (Lehmer), it goes on with numbers that it makes.
    fn gcd(self, other: Self) -> Self {
        const TWO_DIGITS: u64 = 60;
        let all = self.number.gcd(&other.number);
        let (mut a, mut b) = if self.number < other.number { (other, self) } else { (self, other) };
        let made = |number| Self { number, own: None };
        while a.number.bits() > TWO_DIGITS {
            if b.number.is_zero() {
                return a;
            }
            let below = a.number.bits() - TWO_DIGITS;
            let (x, y) = (&a.number >> below, &b.number >> below);
            if !y.is_zero() && &x / &y <= &x % &y {
                break;
            }
            let rest = &a.number % &b.number;
            (a, b) = (b, made(rest));
        }
        made(all)
    }
}

/// The only argument itself, where it is not negative.
fn its_own(m: &mut Machine, args: &Args) -> Option<Value> {
    let alone = args.len() == 1 && !int(m, args.at(0)).is_negative();
    alone.then(|| m.exact_int(args.at(0)))
}
