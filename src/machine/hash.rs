//! CPython's hashes under `PYTHONHASHSEED=0`: every function gives the number `hash()` gives.
//!
//! A hash is an `i64` and never −1, which CPython keeps as its error code.  Only what is told by
//! address (objects without `__hash__`, nan) differs, since addresses do: these take an identity.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use siphasher::sip::SipHasher13;

/// `hash(None)`, a constant since CPython 3.12.
pub const NONE: i64 = 0xFCA8_6420;
/// `hash(float('inf'))`; its negative is the hash of `-inf`.
pub const INFINITY: i64 = 314_159;
/// What the hash of the imaginary part counts for in the hash of a complex number.
const IMAGINARY: i64 = 1_000_003;
/// Numbers are hashed modulo this Mersenne prime, so that equal numbers of all types hash alike.
const MODULUS: u64 = (1 << MODULUS_BITS) - 1;
const MODULUS_BITS: u32 = 61;

/// Replaces −1 as CPython does.
const fn no_error(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// The hash of a `bytes` object, and of a `str` whose characters are all below U+0080.
pub fn bytes(data: &[u8]) -> i64 {
    if data.is_empty() {
        return 0;
    }
    // Seed 0 makes CPython's whole secret zero, and with it both keys.
    no_error(SipHasher13::new_with_keys(0, 0).hash(data) as i64)
}

/// The hash of a `str` without surrogates.
pub fn str(text: &str) -> i64 {
    if text.is_ascii() { bytes(text.as_bytes()) } else { code_points(text.chars().map(u32::from)) }
}

/// The hash of a `str` given by its code points; surrogates are allowed.
///
/// CPython hashes the memory of the string, whose units are as wide as the widest character needs:
/// one byte up to U+00FF, two up to U+FFFF, else four.
pub fn code_points(text: impl Iterator<Item = u32> + Clone) -> i64 {
    let data: Vec<u8> = match text.clone().max() {
        None | Some(0..=0xFF) => text.map(|point| point as u8).collect(),
        Some(0x100..=0xFFFF) => text.flat_map(|point| (point as u16).to_le_bytes()).collect(),
        Some(0x1_0000..) => text.flat_map(u32::to_le_bytes).collect(),
    };
    bytes(&data)
}

/// The hash of an `int` of 64 bits (and so of `bool`).
pub const fn int(value: i64) -> i64 {
    let reduced = (value.unsigned_abs() % MODULUS) as i64;
    no_error(if value < 0 { -reduced } else { reduced })
}

/// The hash of any `int`.
pub fn big_int(value: &BigInt) -> i64 {
    // A remainder by a number of 61 bits always fits.
    let reduced = (value.magnitude() % MODULUS).to_i64().unwrap_or_default();
    no_error(if value.sign() == Sign::Minus { -reduced } else { reduced })
}

/// The hash of a `float`; `identity` is what [`pointer`] takes, and matters for nan only.
pub fn float(value: f64, identity: u64) -> i64 {
    if value.is_nan() {
        return pointer(identity);
    }
    if value.is_infinite() {
        return if value > 0.0 { INFINITY } else { -INFINITY };
    }
    let bits = value.abs().to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = match (bits >> 52) as i32 {
        0 => (fraction, -1074),
        biased => (fraction | (1 << 52), biased - 1075),
    };
    // Twice a number modulo 2**61−1 is its 61 bits rotated by one; halves go the other way.
    let turn = exponent.rem_euclid(MODULUS_BITS as i32) as u32;
    let turned = if turn == 0 {
        mantissa
    } else {
        ((mantissa << turn) & MODULUS) | (mantissa >> (MODULUS_BITS - turn))
    };
    let reduced = (turned % MODULUS) as i64;
    no_error(if value < 0.0 { -reduced } else { reduced })
}

/// The hash of a `complex`; `identity` as for [`float`].
pub fn complex(real: f64, imaginary: f64, identity: u64) -> i64 {
    let imaginary = float(imaginary, identity).wrapping_mul(IMAGINARY);
    no_error(float(real, identity).wrapping_add(imaginary))
}

/// The hash of an object that has only its identity: the identity turned by four bits, because the
/// low bits of an address are always zero.
pub const fn pointer(identity: u64) -> i64 {
    no_error(identity.rotate_right(4) as i64)
}

/// The constants of xxHash, as CPython's tuples use them.
const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;
/// What stands for −1 in hashes made with xxHash.
const XX_ERROR: i64 = 1_546_275_796;

const fn xx_round(accumulator: u64, hash: i64) -> u64 {
    accumulator.wrapping_add((hash as u64).wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1)
}

const fn xx_finish(accumulator: u64) -> i64 {
    let hash = accumulator as i64;
    if hash == -1 { XX_ERROR } else { hash }
}

/// The hash of a `tuple`, made item by item, since an item's `__hash__` may be a Python function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TupleHash {
    accumulator: u64,
    len: usize,
}

impl TupleHash {
    /// Starts the hash of a tuple of `len` items.
    pub const fn new(len: usize) -> Self {
        Self { accumulator: PRIME_5, len }
    }

    /// Takes the hash of the next item.
    pub const fn add(&mut self, hash: i64) {
        self.accumulator = xx_round(self.accumulator, hash);
    }

    /// The tuple's hash, once all items were added.
    pub const fn finish(self) -> i64 {
        xx_finish(self.accumulator.wrapping_add(self.len as u64 ^ PRIME_5 ^ 0x35_D373))
    }
}

/// The hash of a `slice` from the hashes of its three parts; unlike a tuple's, without a length.
pub const fn slice(start: i64, stop: i64, step: i64) -> i64 {
    xx_finish(xx_round(xx_round(xx_round(PRIME_5, start), stop), step))
}

/// The hash of a `frozenset`: the same for every order of its items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FrozenSetHash {
    mixed: u64,
    len: u64,
}

impl FrozenSetHash {
    /// Takes the hash of one item.
    pub const fn add(&mut self, hash: i64) {
        // Near hashes are driven apart, or many small sets of small ints would meet.
        let hash = hash as u64;
        self.mixed ^= ((hash ^ 0x55B_4DB3) ^ (hash << 16)).wrapping_mul(3_644_798_167);
        self.len += 1;
    }

    /// The frozenset's hash, once all items were added.
    pub const fn finish(self) -> i64 {
        let mut hash = self.mixed ^ (self.len + 1).wrapping_mul(1_927_868_237);
        hash ^= (hash >> 11) ^ (hash >> 25);
        hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
        let hash = hash as i64;
        if hash == -1 { 590_923_713 } else { hash }
    }
}
