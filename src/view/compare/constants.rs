//! Which values are constants, and of what code.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::machine::loaded::{LoadLog, Loaded};
use crate::machine::object::code::LoadedCode;
use crate::view::tags::Identity;

/// The place of a constant.
#[derive(Clone, Debug)]
pub struct Place {
    /// The code object.
    pub code: Rc<LoadedCode>,
    /// The compilation it belongs to.
    pub unit: u64,
    /// Its place in `co_consts`.
    pub slot: u32,
    /// Its place in the tuple that is the constant.
    pub item: Option<u32>,
}

/// The constants of all code that was loaded so far.
#[derive(Debug, Default)]
pub struct Constants {
    seen: usize,
    loaded: Vec<Loaded>,
    places: FxHashMap<Identity, Vec<Place>>,
}

impl Constants {
    /// Takes in what has been loaded since the last time.  What was loaded later than `log` knows stays: a run
    /// that goes back in time comes by it again.
    pub fn learn(&mut self, log: &LoadLog) {
        if log.len() <= self.seen {
            return;
        }
        for loaded in log.since(self.seen) {
            for constant in loaded.constants.iter() {
                let place = Place {
                    code: Rc::clone(&loaded.code),
                    unit: loaded.unit,
                    slot: constant.slot,
                    item: constant.item,
                };
                self.places.entry(Identity::new(constant.value, constant.born)).or_default().push(place);
            }
            self.loaded.push(loaded.clone());
        }
        self.seen = log.len();
    }

    /// The places where this object is a constant.
    pub fn places(&self, identity: Identity) -> &[Place] {
        self.places.get(&identity).map_or(&[], Vec::as_slice)
    }

    /// All code objects made from one file.
    pub fn of_file<'a>(&'a self, file: &'a str) -> impl Iterator<Item = &'a Rc<LoadedCode>> {
        self.loaded.iter().map(|loaded| &loaded.code).filter(move |code| *code.code.filename == *file)
    }
}
