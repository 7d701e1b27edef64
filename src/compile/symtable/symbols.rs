//! The names of one scope, in the order in which they were met.

use super::super::names::{Name, Places};
use super::Scope;

/// What is known of a name in a scope; all zero for one that is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Symbol {
    /// Bits of `def`.
    pub flags: u16,
    /// Decided by `analyze`.
    pub scope: Scope,
}

/// Room for the names of a scope when the first comes.
const USUAL: usize = 8;

/// A map from names to symbols that keeps their order.
#[derive(Clone, Debug, Default)]
pub struct Symbols<'a> {
    list: Vec<(Name<'a>, Symbol)>,
    places: Places<'a>,
}

fn name_of<'a>(item: &(Name<'a>, Symbol)) -> Name<'a> {
    item.0
}

impl<'a> Symbols<'a> {
    fn find(&self, name: &Name<'a>) -> Option<usize> {
        self.places.find(&self.list, *name, name_of)
    }

    /// The symbol of `name`; an empty one where there is none.
    pub fn get(&self, name: &Name<'a>) -> Symbol {
        self.find(name).map_or_else(Symbol::default, |at| self.list[at].1)
    }

    /// Whether there is a symbol of that name.
    pub fn contains(&self, name: &Name<'a>) -> bool {
        self.find(name).is_some()
    }

    /// The symbol of `name`, to be changed; a new, empty one comes last.
    pub fn entry(&mut self, name: &Name<'a>) -> &mut Symbol {
        let at = self.find(name).unwrap_or_else(|| {
            if self.list.is_empty() {
                // Most scopes have so many names, and would get there in steps.
                self.list.reserve(USUAL);
            }
            self.list.push((*name, Symbol::default()));
            self.places.appended(&self.list, name_of);
            self.list.len() - 1
        });
        &mut self.list[at].1
    }

    /// Sets a symbol; a new one comes last.
    pub fn set(&mut self, name: &Name<'a>, symbol: Symbol) {
        *self.entry(name) = symbol;
    }

    /// Takes a symbol out.
    pub fn remove(&mut self, name: &Name<'a>) {
        if let Some(at) = self.find(name) {
            self.list.remove(at);
            self.places.renumbered(&self.list, name_of);
        }
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = &(Name<'a>, Symbol)> {
        self.list.iter()
    }

    /// All of them in order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Name<'a>, &mut Symbol)> {
        self.list.iter_mut().map(|(name, symbol)| (&*name, symbol))
    }
}
