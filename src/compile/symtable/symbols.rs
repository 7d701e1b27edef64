//! The names of one scope, in the order in which they were met.

use rustc_hash::FxHashMap;

use super::super::tree::Name;
use super::Scope;

/// What is known of a name in a scope; all zero for one that is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Symbol {
    /// Bits of `def`.
    pub flags: u16,
    /// Decided by `analyze`.
    pub scope: Scope,
}

/// A map from names to symbols that keeps their order.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    list: Vec<(Name, Symbol)>,
    index: FxHashMap<Name, u32>,
}

impl Symbols {
    /// The symbol of `name`; an empty one where there is none.
    pub fn get(&self, name: &str) -> Symbol {
        self.index.get(name).map_or_else(Symbol::default, |&at| self.list[at as usize].1)
    }

    /// Whether there is a symbol of that name.
    pub fn contains(&self, name: &str) -> bool {
        self.index.contains_key(name)
    }

    /// Sets a symbol; a new one comes last.
    pub fn set(&mut self, name: &Name, symbol: Symbol) {
        if let Some(&at) = self.index.get(name) {
            self.list[at as usize].1 = symbol;
        } else {
            self.index.insert(name.clone(), self.list.len() as u32);
            self.list.push((name.clone(), symbol));
        }
    }

    /// Takes a symbol out.
    pub fn remove(&mut self, name: &str) {
        let Some(at) = self.index.remove(name) else { return };
        self.list.remove(at as usize);
        for place in self.index.values_mut() {
            if *place > at {
                *place -= 1;
            }
        }
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = &(Name, Symbol)> {
        self.list.iter()
    }

    /// All of them in order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Name, &mut Symbol)> {
        self.list.iter_mut().map(|(name, symbol)| (&*name, symbol))
    }
}
