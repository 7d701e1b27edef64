//! The constants of a code unit while passes add to them.

use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

use super::contradiction;
use crate::code::{Const, Opcode};
use crate::compile::constants::{ConstKey, same};
use crate::compile::error::CompileError;

/// As long as there are so few, looking at each is the fastest.
const FEW: usize = 16;

/// The list that becomes `co_consts`, each constant once.
#[derive(Clone, Debug, Default)]
pub struct ConstTable {
    values: Vec<Const>,
    /// Their places; made when a constant is first added to many.
    places: Option<FxHashMap<ConstKey, u32>>,
    /// Whether a load was dropped or changed, so that there may be constants that nothing loads.
    pub(super) may_have_unused: bool,
}

impl ConstTable {
    pub(super) fn new(values: Vec<Const>) -> Self {
        Self { values, places: None, may_have_unused: false }
    }

    /// The constants in order.
    pub fn values(&self) -> &[Const] {
        &self.values
    }

    /// The constants in order, for the code object.
    pub fn into_values(self) -> Vec<Const> {
        self.values
    }

    /// The constant that `opcode` with `arg` pushes.
    pub(super) fn value(&self, opcode: Opcode, arg: u32) -> Const {
        if opcode == Opcode::LOAD_SMALL_INT {
            Const::Int(arg.into())
        } else {
            self.values[arg as usize].clone()
        }
    }

    /// The argument of `LOAD_SMALL_INT`, where the constant at `index` is so small an int.
    pub(super) fn small_int(&self, index: u32) -> Option<u32> {
        Self::as_small_int(&self.values[index as usize])
    }

    /// The argument of `LOAD_SMALL_INT` for `value`, where it is so small an int.
    pub(super) fn as_small_int(value: &Const) -> Option<u32> {
        match value {
            Const::Int(int) => int.to_u8().map(u32::from),
            _ => None,
        }
    }

    /// The place of `value`, which is appended if it is new; it takes the place of others.
    pub(super) fn add(&mut self, value: Const) -> Result<u32, CompileError> {
        self.may_have_unused = true;
        if self.places.is_none() && self.values.len() < FEW {
            if let Some(place) = self.values.iter().position(|known| same(known, &value)) {
                return Ok(place as u32);
            }
            self.values.push(value);
            return Ok(self.values.len() as u32 - 1);
        }
        let next = u32::try_from(self.values.len()).map_err(|_| contradiction("too many constants"))?;
        let places = self.places.get_or_insert_with(|| {
            self.values.iter().enumerate().map(|(at, value)| (ConstKey(value.clone()), at as u32)).collect()
        });
        let place = *places.entry(ConstKey(value.clone())).or_insert(next);
        if place == next {
            self.values.push(value);
        }
        Ok(place)
    }

    /// Keeps the constants for which `keep` says so.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        self.places = None;
        let mut keep = keep.iter();
        self.values.retain(|_| keep.next().copied().unwrap_or(false));
    }
}
