//! One item of a buffer: a number, a truth or a byte, as C keeps it on a 64-bit machine.

#![allow(clippy::float_cmp, reason = "Python compares floats exactly")]

use smallvec::SmallVec;

use super::super::number::complex::Complex;
use super::super::number::float::width::Width;
use super::super::number::int::ByteOrder;

/// The order of bytes of the machine that CPython is compared on.
pub const NATIVE: ByteOrder = ByteOrder::Little;

/// The bytes of an item.
pub type ItemBytes = SmallVec<[u8; 16]>;

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A truth: no bit is set, or any.
    Bool,
    /// A byte, as bytes.
    Char,
    /// An int that may be negative.
    Signed,
    /// An int that may not.
    Unsigned,
    /// A float.
    Float,
    /// Two floats.
    Complex,
}

/// How an item is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// What it is.
    pub kind: Kind,
    /// How many bytes it has.
    pub size: u8,
}

/// A decoded item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Item {
    /// A truth.
    Bool(bool),
    /// A byte.
    Char(u8),
    /// An int.
    Int(i128),
    /// A float.
    Float(f64),
    /// A complex number.
    Complex(Complex),
}

impl Item {
    /// Whether the Python objects of both are equal.
    pub fn equals(self, other: Self) -> bool {
        match (self.number(), other.number()) {
            (Self::Char(one), Self::Char(two)) => one == two,
            (Self::Int(one), Self::Int(two)) => one == two,
            (Self::Float(one), Self::Float(two)) => one == two,
            // Ints of items are shorter than what a float can be converted to without a loss.
            (Self::Int(int), Self::Float(float)) | (Self::Float(float), Self::Int(int)) => {
                float.fract() == 0.0 && float.abs() < 1e30 && float as i128 == int
            }
            (Self::Complex(one), Self::Complex(two)) => one == two,
            (Self::Complex(number), real @ (Self::Int(_) | Self::Float(_)))
            | (real @ (Self::Int(_) | Self::Float(_)), Self::Complex(number)) => {
                number.imag == 0.0 && real.equals(Self::Float(number.real))
            }
            (Self::Char(_) | Self::Bool(_), _) | (_, Self::Char(_) | Self::Bool(_)) => false,
        }
    }

    fn number(self) -> Self {
        match self {
            Self::Bool(truth) => Self::Int(truth.into()),
            other => other,
        }
    }
}

impl Code {
    /// Bytes as ints: what memory is where nothing else is said.
    pub const BYTE: Self = Self::new(Kind::Unsigned, 1);

    /// Items of this kind and so many bytes.
    pub const fn new(kind: Kind, size: u8) -> Self {
        Self { kind, size }
    }

    /// What a letter means in native sizes, to `struct` and `memoryview`.
    pub const fn native(letter: u8) -> Option<Self> {
        Some(match letter {
            b'?' => Self::new(Kind::Bool, 1),
            b'c' => Self::new(Kind::Char, 1),
            b'b' => Self::new(Kind::Signed, 1),
            b'B' => Self::BYTE,
            b'h' => Self::new(Kind::Signed, 2),
            b'H' => Self::new(Kind::Unsigned, 2),
            b'i' => Self::new(Kind::Signed, 4),
            b'I' => Self::new(Kind::Unsigned, 4),
            b'l' | b'q' | b'n' => Self::new(Kind::Signed, 8),
            b'L' | b'Q' | b'N' | b'P' => Self::new(Kind::Unsigned, 8),
            b'e' => Self::new(Kind::Float, 2),
            b'f' => Self::new(Kind::Float, 4),
            b'd' => Self::new(Kind::Float, 8),
            _ => return None,
        })
    }

    /// The item that these bytes stand for; there must be as many as it has.
    pub fn unpack(self, bytes: &[u8], order: ByteOrder) -> Item {
        let bits = bits(bytes, order);
        match self.kind {
            Kind::Bool => Item::Bool(bits != 0),
            Kind::Char => Item::Char(bits as u8),
            Kind::Unsigned => Item::Int(bits.into()),
            Kind::Signed => {
                let spare = 64 - 8 * u32::from(self.size);
                Item::Int((((bits << spare) as i64) >> spare).into())
            }
            Kind::Float => Item::Float(float(bits, self.size)),
            Kind::Complex => {
                let (real, imag) = bytes.split_at(bytes.len() / 2);
                let part = |bytes: &[u8]| float(self::bits(bytes, order), self.size / 2);
                Item::Complex(Complex { real: part(real), imag: part(imag) })
            }
        }
    }

    /// The least and the greatest int there is room for.
    pub const fn bounds(self) -> (i128, i128) {
        let bits = 8 * self.size as u32;
        match self.kind {
            Kind::Signed => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
            _ => (0, (1 << bits) - 1),
        }
    }

    /// The bytes of an int; None if it does not fit.
    pub fn pack_int(self, number: i128, order: ByteOrder) -> Option<ItemBytes> {
        let (low, high) = self.bounds();
        (low..=high).contains(&number).then(|| ordered(number as u64, self.size, order))
    }

    /// The bytes of a float; `Err` has those of the infinity, where it is too large.
    pub fn pack_float(self, number: f64, order: ByteOrder) -> Result<ItemBytes, ItemBytes> {
        let bits = match self.size {
            2 => Width::HALF.narrow(number),
            4 => Width::SINGLE.narrow(number),
            _ => Ok(number.to_bits()),
        };
        bits.map(|bits| ordered(bits, self.size, order)).map_err(|bits| ordered(bits, self.size, order))
    }

    /// The bytes of a complex number; `Err` has those with infinities for what is too large.
    pub fn pack_complex(self, number: Complex, order: ByteOrder) -> Result<ItemBytes, ItemBytes> {
        let part = Self::new(Kind::Float, self.size / 2);
        let join = |one: ItemBytes, two: ItemBytes| one.into_iter().chain(two).collect();
        match (part.pack_float(number.real, order), part.pack_float(number.imag, order)) {
            (Ok(real), Ok(imag)) => Ok(join(real, imag)),
            (Ok(real) | Err(real), Ok(imag) | Err(imag)) => Err(join(real, imag)),
        }
    }
}

/// Up to eight bytes as one number.
fn bits(bytes: &[u8], order: ByteOrder) -> u64 {
    let join = |bits: u64, byte: &u8| bits << 8 | u64::from(*byte);
    match order {
        ByteOrder::Little => bytes.iter().rev().fold(0, join),
        ByteOrder::Big => bytes.iter().fold(0, join),
    }
}

fn ordered(bits: u64, size: u8, order: ByteOrder) -> ItemBytes {
    let mut bytes = ItemBytes::from_slice(&bits.to_le_bytes()[..usize::from(size)]);
    if order == ByteOrder::Big {
        bytes.reverse();
    }
    bytes
}

fn float(bits: u64, size: u8) -> f64 {
    match size {
        2 => Width::HALF.widen(bits),
        4 => Width::SINGLE.widen(bits),
        _ => f64::from_bits(bits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints_come_back_from_every_code_and_order() {
        for letter in b"bBhHiIlLqQnNP" {
            let code = Code::native(*letter).expect("it is a letter of an int");
            let (low, high) = code.bounds();
            for order in [ByteOrder::Little, ByteOrder::Big] {
                for number in [low, low + 1, 0, 1, high - 1, high] {
                    let bytes = code.pack_int(number, order).expect("it fits");
                    assert_eq!(bytes.len(), usize::from(code.size));
                    assert_eq!(code.unpack(&bytes, order), Item::Int(number));
                }
                assert_eq!(code.pack_int(low - 1, order), None);
                assert_eq!(code.pack_int(high + 1, order), None);
            }
        }
    }

    #[test]
    fn items_equal_one_another_as_their_python_objects_do() {
        assert!(Item::Bool(true).equals(Item::Float(1.0)));
        assert!(Item::Int(1 << 60).equals(Item::Float(2f64.powi(60))));
        assert!(!Item::Int((1 << 60) + 1).equals(Item::Float(2f64.powi(60))));
        assert!(!Item::Char(1).equals(Item::Int(1)));
        assert!(!Item::Float(f64::NAN).equals(Item::Float(f64::NAN)));
    }
}
