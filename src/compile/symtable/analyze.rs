//! The second pass: decides for each name whether it is local, global, free or a cell.
//!
//! A scope gets from around it the names bound in enclosing functions and those declared global,
//! and gives back those it uses but does not bind.  List, set and dict comprehensions are dissolved
//! into the scope around them here, except where that would show.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::error::CompileError;
use super::super::lines;
use super::super::names::Names;
use super::super::stack;
use super::super::tree::{CompKind, Name};
use super::{BlockType, EntryId, Scope, Symbol, Symbols, Symtable, def};
use crate::text::LineIndex;

type NameSet<'a> = FxHashSet<Name<'a>>;

/// The cells that a class makes for the functions inside it, if they ask for them.
const CLASS_CELLS: [&str; 3] = ["__class__", "__classdict__", "__conditional_annotations__"];

/// What the scopes around a scope say of a name; nothing, as they begin.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Outside {
    /// An enclosing function binds it.
    bound: bool,
    /// It was bound last as a type parameter.
    type_param: bool,
}

/// What the scopes around the present one say of every name.
///
/// Scopes change it on the way in and take that back on the way out, so that it is never copied.
#[derive(Default)]
struct Around<'a> {
    names: FxHashMap<Name<'a>, Outside>,
    /// What was changed, and what stood there before, the last change last.
    undo: Vec<(Name<'a>, Outside)>,
}

impl<'a> Around<'a> {
    fn of(&self, name: &Name<'a>) -> Outside {
        self.names.get(name).copied().unwrap_or_default()
    }

    fn change(&mut self, name: &Name<'a>, change: impl FnOnce(&mut Outside)) {
        let before = self.of(name);
        let mut after = before;
        change(&mut after);
        if after != before {
            self.names.insert(*name, after);
            self.undo.push((*name, before));
        }
    }

    /// Takes back all changes but the first `count`.
    fn undo_to(&mut self, count: usize) {
        for (name, before) in self.undo.drain(count..).rev() {
            self.names.insert(name, before);
        }
    }
}

/// Decides every scope of the table.
pub fn analyze<'a>(
    table: &mut Symtable<'a>,
    lines: &LineIndex,
    names: &Names<'a>,
) -> Result<(), CompileError> {
    let mut analyzer = Analyzer { table, lines, names, around: Around::default() };
    analyzer.block(Symtable::TOP, None).map(|_| ())
}

struct Analyzer<'s, 'a> {
    table: &'s mut Symtable<'a>,
    lines: &'s LineIndex,
    names: &'s Names<'a>,
    around: Around<'a>,
}

impl<'a> Analyzer<'_, 'a> {
    #[cold]
    fn error_at_directive<T>(
        &self,
        id: EntryId,
        name: &Name<'a>,
        message: String,
    ) -> Result<T, CompileError> {
        let directives = &self.table[id].directives;
        let loc = directives.iter().find(|(directive, _)| directive == name).map(|(_, loc)| *loc);
        Err(CompileError::syntax(message, loc.map_or(0..0, |loc| lines::range(self.lines, loc))))
    }

    /// Decides one scope and all inside it; gives back the names that are free in it.
    ///
    /// `class` is the class whose namespace the scope can see.
    fn block(&mut self, id: EntryId, class: Option<EntryId>) -> Result<NameSet<'a>, CompileError> {
        let outside = self.around.undo.len();
        let mut free = NameSet::default();
        // Each name is decided by what is around the scope, whatever the names before it are.
        let mut symbols = std::mem::take(&mut self.table[id].symbols);
        for (name, symbol) in symbols.iter_mut() {
            symbol.scope = self.name(id, name, symbol.flags, class)?;
            if symbol.scope == Scope::Free {
                free.insert(*name);
            }
        }
        if !self.table[id].children.is_empty() {
            self.bind_for_children(id, &symbols);
        }
        self.table[id].symbols = symbols;
        let mut inlined_cells = NameSet::default();
        let new_free = self.children(id, class, &mut inlined_cells)?;
        self.around.undo_to(outside);
        free.extend(self.settle(id, new_free, &inlined_cells));
        Ok(free)
    }

    /// Adds what a scope binds to what is around the scopes inside it.
    fn bind_for_children(&mut self, id: EntryId, symbols: &Symbols<'a>) {
        // What a class binds is not seen by the scopes inside it, but for its cells.
        if self.table[id].block == BlockType::Class {
            for cell in CLASS_CELLS {
                self.around.change(&self.names.get(cell), |outside| outside.bound = true);
            }
        } else if self.table[id].is_function_like() {
            for (name, _) in symbols.iter().filter(|(_, symbol)| symbol.scope == Scope::Local) {
                self.around.change(name, |outside| outside.bound = true);
            }
        }
    }

    /// What a name is, from how it is used.
    fn name(
        &mut self,
        id: EntryId,
        name: &Name<'a>,
        flags: u16,
        class: Option<EntryId>,
    ) -> Result<Scope, CompileError> {
        let is_class = self.table[id].block == BlockType::Class;
        if flags & def::GLOBAL != 0 {
            if flags & def::NONLOCAL != 0 {
                return self.error_at_directive(id, name, format!("name '{name}' is nonlocal and global"));
            }
            if !is_class {
                self.around.change(name, |outside| outside.bound = false);
            }
            return Ok(Scope::GlobalExplicit);
        }
        let outside = self.around.of(name);
        if flags & def::NONLOCAL != 0 {
            let message = if id == Symtable::TOP {
                "nonlocal declaration not allowed at module level".to_owned()
            } else if !outside.bound {
                format!("no binding for nonlocal '{name}' found")
            } else if outside.type_param {
                format!("nonlocal binding not allowed for type parameter '{name}'")
            } else {
                return Ok(Scope::Free);
            };
            return self.error_at_directive(id, name, message);
        }
        if flags & def::BOUND != 0 {
            let type_param = flags & def::TYPE_PARAM != 0;
            self.around.change(name, |outside| outside.type_param = type_param);
            return Ok(Scope::Local);
        }
        // A name that the visible class binds is looked up there and then in the globals, never in
        // a function around the class.
        if let Some(class) = class.filter(|_| &**name != "__classdict__") {
            let in_class = self.table[class].symbols.get(name).flags;
            if in_class & def::GLOBAL != 0 {
                return Ok(Scope::GlobalExplicit);
            }
            if in_class & def::BOUND != 0 && in_class & def::NONLOCAL == 0 {
                return Ok(Scope::GlobalImplicit);
            }
        }
        Ok(if outside.bound { Scope::Free } else { Scope::GlobalImplicit })
    }

    fn children(
        &mut self,
        id: EntryId,
        class: Option<EntryId>,
        inlined_cells: &mut NameSet<'a>,
    ) -> Result<NameSet<'a>, CompileError> {
        let mut new_free = NameSet::default();
        let class = if self.table[id].block == BlockType::Class { Some(id) } else { class };
        let children = std::mem::take(&mut self.table[id].children);
        // The scopes inside an inlined comprehension will belong to the scope around it.
        let mut spliced = Vec::with_capacity(children.len());
        for child in children {
            let inline = self.table[child].comprehension.is_some()
                && self.table[child].comprehension != Some(CompKind::Generator)
                && !self.table[child].generator
                && !self.table[id].can_see_class_scope;
            let class = class.filter(|_| self.table[child].can_see_class_scope);
            let mut child_free = stack::grow(|| self.block(child, class))?;
            if inline {
                self.inline_comprehension(id, child, &mut child_free, inlined_cells);
                self.table[child].comp_inlined = true;
                spliced.extend_from_slice(&self.table[child].children);
            } else {
                spliced.push(child);
            }
            if new_free.is_empty() {
                new_free = child_free;
            } else {
                new_free.extend(child_free);
            }
        }
        self.table[id].children = spliced;
        Ok(new_free)
    }

    fn inline_comprehension(
        &mut self,
        id: EntryId,
        comp: EntryId,
        comp_free: &mut NameSet<'a>,
        inlined_cells: &mut NameSet<'a>,
    ) {
        let in_class = self.table[id].block == BlockType::Class;
        let mut removed = Vec::new();
        let symbols = std::mem::take(&mut self.table[comp].symbols);
        for (name, symbol) in symbols.iter() {
            if symbol.flags & def::PARAM != 0 {
                continue;
            }
            let mut scope = symbol.scope;
            if scope == Scope::Cell || symbol.flags & def::COMP_CELL != 0 {
                inlined_cells.insert(*name);
            }
            // The cells of a class are never free through it, unless a function inside the
            // comprehension asks for one.
            if scope == Scope::Free && in_class && CLASS_CELLS.contains(&&**name) {
                scope = Scope::GlobalImplicit;
                if !self.is_free_in_child(comp, name) {
                    comp_free.remove(name);
                }
                removed.push(*name);
            }
            let outside = &mut self.table[id].symbols;
            let mut existing = outside.get(name);
            if !outside.contains(name) {
                outside.set(name, Symbol { flags: symbol.flags, scope });
                continue;
            }
            if symbol.flags & (def::USE | def::BOUND) == def::USE {
                // What the comprehension takes from around it is used there.
                existing.flags |= def::USE;
                outside.set(name, existing);
            }
            if existing.flags & def::BOUND != 0 && !in_class {
                // Free in the comprehension, local here: simply a local now, unless a scope inside
                // the comprehension needs it as a cell.
                if !self.is_free_in_child(comp, name) {
                    comp_free.remove(name);
                }
            }
        }
        self.table[comp].symbols = symbols;
        for name in removed {
            self.table[comp].symbols.remove(&name);
        }
    }

    fn is_free_in_child(&self, id: EntryId, name: &Name<'a>) -> bool {
        self.table[id].children.iter().any(|&child| self.table[child].scope(name) == Scope::Free)
    }

    /// Turns locals that inner scopes use into cells, and notes what only passes through.
    fn settle(&mut self, id: EntryId, mut new_free: NameSet<'a>, inlined_cells: &NameSet<'a>) -> NameSet<'a> {
        if new_free.is_empty() && inlined_cells.is_empty() {
            return new_free;
        }
        let entry = &mut self.table[id];
        let is_function_like = entry.is_function_like();
        if entry.block == BlockType::Class {
            entry.needs_class_closure |= new_free.remove(&self.names.get("__class__"));
            entry.needs_classdict |= new_free.remove(&self.names.get("__classdict__"));
            entry.has_conditional_annotations |=
                new_free.remove(&self.names.get("__conditional_annotations__"));
        }
        for (name, symbol) in entry.symbols.iter_mut() {
            let is_inlined = inlined_cells.contains(name);
            if is_inlined {
                symbol.flags |= def::COMP_CELL;
            }
            if is_function_like && symbol.scope == Scope::Local && (new_free.remove(name) || is_inlined) {
                symbol.scope = Scope::Cell;
            }
        }
        let class_flag = entry.block == BlockType::Class || entry.can_see_class_scope;
        let mut in_order: Vec<&Name<'a>> = new_free.iter().collect();
        in_order.sort_unstable();
        for name in in_order {
            let mut symbol = entry.symbols.get(name);
            if entry.symbols.contains(name) {
                if class_flag {
                    symbol.flags |= def::FREE_CLASS;
                    entry.symbols.set(name, symbol);
                }
            } else if id == Symtable::TOP || self.around.of(name).bound {
                entry.symbols.set(name, Symbol { flags: 0, scope: Scope::Free });
            }
        }
        new_free
    }
}
