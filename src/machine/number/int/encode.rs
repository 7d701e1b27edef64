//! `int.to_bytes` and `int.from_bytes`.

use num_bigint::{BigInt, Sign};

use super::{Int, IntRef, NumberError, Result};

/// Which byte comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// The one of least worth.
    Little,
    /// The one of greatest worth.
    Big,
}

impl IntRef<'_> {
    /// `int.to_bytes`.
    pub fn to_bytes(self, length: usize, order: ByteOrder, signed: bool) -> Result<Vec<u8>> {
        if self.signum() < 0 && !signed {
            return Err(NumberError::overflow("can't convert negative int to unsigned"));
        }
        let mut bytes = match self {
            IntRef::Small(0) => Vec::new(),
            _ if signed => self.big().to_signed_bytes_le(),
            _ => self.big().to_bytes_le().1,
        };
        if bytes.len() > length {
            return Err(NumberError::overflow("int too big to convert"));
        }
        if length > crate::machine::text::MAX_LENGTH {
            return Err(NumberError::MEMORY);
        }
        bytes.resize(length, if self.signum() < 0 { 0xFF } else { 0 });
        if order == ByteOrder::Big {
            bytes.reverse();
        }
        Ok(bytes)
    }
}

impl Int {
    /// `int.from_bytes`.
    pub fn from_bytes(bytes: &[u8], order: ByteOrder, signed: bool) -> Result<Self> {
        let value = match (order, signed) {
            (ByteOrder::Little, false) => BigInt::from_bytes_le(Sign::Plus, bytes),
            (ByteOrder::Big, false) => BigInt::from_bytes_be(Sign::Plus, bytes),
            (ByteOrder::Little, true) => BigInt::from_signed_bytes_le(bytes),
            (ByteOrder::Big, true) => BigInt::from_signed_bytes_be(bytes),
        };
        Self::from(value).bounded()
    }
}
