//! The method resolution order: C3 linearization, with CPython's errors.

use std::fmt;

/// Why a class cannot be made of these bases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MroError<T> {
    /// A base stands there twice.
    Duplicate(T),
    /// No order puts each class before its bases and each base where the class statement has it: these
    /// are in each other's way.
    Inconsistent(Vec<T>),
}

impl<T> MroError<T> {
    /// The message of CPython's `TypeError`; `name` gives a class's `__name__`.
    pub fn message<N: fmt::Display>(&self, name: impl Fn(&T) -> N) -> String {
        match self {
            Self::Duplicate(base) => format!("duplicate base class {}", name(base)),
            Self::Inconsistent(bases) => {
                let names: Vec<String> = bases.iter().map(|base| name(base).to_string()).collect();
                let names = names.join(", ");
                format!("Cannot create a consistent method resolution order (MRO) for bases {names}")
            }
        }
    }
}

/// The order in which a class and all its bases are searched, from each base and its own order.
pub fn linearize<T: Copy + Eq>(class: T, bases: &[(T, &[T])]) -> Result<Vec<T>, MroError<T>> {
    let mut mro = vec![class];
    if let [(_, only)] = bases {
        mro.extend_from_slice(only);
        return Ok(mro);
    }
    let direct: Vec<T> = bases.iter().map(|&(base, _)| base).collect();
    for (index, base) in direct.iter().enumerate() {
        if direct[index + 1..].contains(base) {
            return Err(MroError::Duplicate(*base));
        }
    }
    let mut rest: Vec<&[T]> = bases.iter().map(|&(_, order)| order).collect();
    rest.push(&direct);
    loop {
        rest.retain(|order| !order.is_empty());
        if rest.is_empty() {
            return Ok(mro);
        }
        // The first class of some order that no order has further back.
        let free = |class: &T| !rest.iter().any(|order| order[1..].contains(class));
        let Some(next) = rest.iter().map(|order| order[0]).find(free) else {
            let mut stuck = Vec::new();
            for order in &rest {
                if !stuck.contains(&order[0]) {
                    stuck.push(order[0]);
                }
            }
            return Err(MroError::Inconsistent(stuck));
        };
        mro.push(next);
        for order in &mut rest {
            if order[0] == next {
                *order = &order[1..];
            }
        }
    }
}
