//! The symbol table as rows of plain data, to be shown.

use super::{BlockType, EntryId, Scope, Symtable, def};

/// A scope, with its names in the order in which they were met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeRow {
    /// Its name; `top` for the module.
    pub name: String,
    /// What it belongs to: `module`, `class`, `function`, `annotation`, …
    pub kind: &'static str,
    /// The line it starts at; 0 for the module.
    pub line: u32,
    /// How many scopes are around it.
    pub depth: usize,
    /// Its names.
    pub symbols: Vec<SymbolRow>,
}

/// A name in a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolRow {
    /// The name, mangled.
    pub name: String,
    /// What it is bound to: `local`, `global explicit`, `global implicit`, `free` or `cell`.
    pub scope: &'static str,
    /// How it is used: `used`, `assigned`, `parameter`, `imported`, …
    pub uses: Vec<&'static str>,
}

/// A scope as the module `_symtable` tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeFacts {
    /// Its name; `top` for the module.
    pub name: String,
    /// What it belongs to, as CPython numbers it.
    pub kind: u8,
    /// The line it starts at; 0 for the module.
    pub line: u32,
    /// Whether there is a function around it.
    pub nested: bool,
    /// The parameters, in order.
    pub parameters: Vec<String>,
    /// Its names, with how they are used and what they are bound to in CPython's bits.
    pub symbols: Vec<(String, u32)>,
    /// The scopes directly inside it, by their places.
    pub children: Vec<usize>,
}

/// How many bits stand in front of what a name is bound to.
const SCOPE_OFFSET: u32 = 12;

/// How each bit of `def` is called.
const USES: [(u16, &str); 9] = [
    (def::PARAM, "parameter"),
    (def::LOCAL, "assigned"),
    (def::IMPORT, "imported"),
    (def::USE, "used"),
    (def::GLOBAL, "declared global"),
    (def::NONLOCAL, "declared nonlocal"),
    (def::ANNOT, "annotated"),
    (def::COMP_ITER, "iteration variable"),
    (def::TYPE_PARAM, "type parameter"),
];

impl Symtable<'_> {
    /// All scopes as `_symtable` tells of them, the module's first.
    pub fn facts(&self) -> Vec<ScopeFacts> {
        let facts = self.entries.iter().map(|entry| ScopeFacts {
            name: entry.name.to_string(),
            kind: entry.block as u8,
            line: u32::try_from(entry.loc.line).unwrap_or(0),
            nested: entry.nested,
            parameters: entry.varnames.iter().map(ToString::to_string).collect(),
            symbols: entry
                .symbols
                .iter()
                .map(|(name, symbol)| {
                    let bits = u32::from(symbol.flags) | (symbol.scope as u32) << SCOPE_OFFSET;
                    (name.to_string(), bits)
                })
                .collect(),
            children: entry.children.iter().map(|child| child.0 as usize).collect(),
        });
        facts.collect()
    }

    /// All scopes, each before those inside it.
    pub fn rows(&self) -> Vec<ScopeRow> {
        let mut rows = Vec::with_capacity(self.entries.len());
        let mut waiting = vec![(Self::TOP, 0)];
        while let Some((id, depth)) = waiting.pop() {
            rows.push(self.row(id, depth));
            waiting.extend(self[id].children.iter().rev().map(|&child| (child, depth + 1)));
        }
        rows
    }

    fn row(&self, id: EntryId, depth: usize) -> ScopeRow {
        let entry = &self[id];
        let symbols = entry.symbols.iter().map(|(name, symbol)| SymbolRow {
            name: name.to_string(),
            scope: match symbol.scope {
                Scope::Unknown => "unknown",
                Scope::Local => "local",
                Scope::GlobalExplicit => "global explicit",
                Scope::GlobalImplicit => "global implicit",
                Scope::Free => "free",
                Scope::Cell => "cell",
            },
            uses: USES.iter().filter(|(bit, _)| symbol.flags & bit != 0).map(|(_, word)| *word).collect(),
        });
        ScopeRow {
            name: entry.name.to_string(),
            kind: match entry.block {
                BlockType::Module => "module",
                BlockType::Class => "class",
                BlockType::Function if entry.comprehension.is_some() => "comprehension",
                BlockType::Function => "function",
                BlockType::Annotation => "annotation",
                BlockType::TypeVariable => "type variable",
                BlockType::TypeAlias => "type alias",
                BlockType::TypeParameters => "type parameters",
            },
            line: u32::try_from(entry.loc.line).unwrap_or(0),
            depth,
            symbols: symbols.collect(),
        }
    }
}
