//! The constants of a code unit while passes add to them.

use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::contradiction;
use crate::code::{Const, Opcode};
use crate::compile::error::CompileError;
use crate::compile::evaluate::{hash_constant, same_constant};

/// The list that becomes `co_consts`, each constant once.
#[derive(Clone, Debug, Default)]
pub struct ConstTable {
    values: Vec<Const>,
    /// Places by hash; made when a constant is first added, which most units never do.
    places: Option<FxHashMap<u64, SmallVec<[u32; 2]>>>,
}

impl ConstTable {
    pub(super) fn new(values: Vec<Const>) -> Self {
        Self { values, places: None }
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

    /// The place of `value`, which is appended if it is new.
    pub(super) fn add(&mut self, value: Const) -> Result<u32, CompileError> {
        let values = &mut self.values;
        let places = self.places.get_or_insert_with(|| {
            let mut places = FxHashMap::<u64, SmallVec<[u32; 2]>>::default();
            for (place, value) in values.iter().enumerate() {
                places.entry(hash_constant(value)).or_default().push(place as u32);
            }
            places
        });
        let same_hash = places.entry(hash_constant(&value)).or_default();
        if let Some(&place) = same_hash.iter().find(|&&place| same_constant(&values[place as usize], &value))
        {
            return Ok(place);
        }
        let place = u32::try_from(values.len()).map_err(|_| contradiction("too many constants"))?;
        same_hash.push(place);
        values.push(value);
        Ok(place)
    }

    /// Keeps the constants for which `keep` says so.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        self.places = None;
        let mut keep = keep.iter();
        self.values.retain(|_| keep.next().copied().unwrap_or(false));
    }
}
