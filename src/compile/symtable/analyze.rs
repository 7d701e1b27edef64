//! The second pass: decides for each name whether it is local, global, free or a cell.
//!
//! A scope gets from around it the names bound in enclosing functions and those declared global,
//! and gives back those it uses but does not bind.  List, set and dict comprehensions are dissolved
//! into the scope around them here, except where that would show.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::error::CompileError;
use super::super::lines;
use super::super::stack;
use super::super::tree::{CompKind, Name};
use super::{BlockType, EntryId, Scope, Symbol, Symtable, def};
use crate::text::LineIndex;

type Names = FxHashSet<Name>;

/// The cells that a class makes for the functions inside it, if they ask for them.
const CLASS_CELLS: [&str; 3] = ["__class__", "__classdict__", "__conditional_annotations__"];

/// What a scope hands to the scopes inside it.
#[derive(Clone, Default)]
struct Around {
    /// Names bound in enclosing functions; nothing at all for the module.
    bound: Option<Names>,
    global: Names,
    type_params: Names,
    /// The class whose namespace the scope can see.
    class: Option<EntryId>,
}

/// Decides every scope of the table.
pub fn analyze(table: &mut Symtable, lines: &LineIndex) -> Result<(), CompileError> {
    let mut analyzer = Analyzer { table, lines };
    analyzer.block(Symtable::TOP, Around::default()).map(|_| ())
}

struct Analyzer<'a> {
    table: &'a mut Symtable,
    lines: &'a LineIndex,
}

impl Analyzer<'_> {
    fn error_at_directive<T>(&self, id: EntryId, name: &Name, message: String) -> Result<T, CompileError> {
        let directives = &self.table[id].directives;
        let loc = directives.iter().find(|(directive, _)| directive == name).map(|(_, loc)| *loc);
        Err(CompileError::syntax(message, loc.map_or(0..0, |loc| lines::range(self.lines, loc))))
    }

    /// Decides one scope and all inside it; gives back the names that are free in it.
    fn block(&mut self, id: EntryId, mut around: Around) -> Result<Names, CompileError> {
        let is_class = self.table[id].block == BlockType::Class;
        let mut inside = Around::default();
        // What a class binds is not seen by the scopes inside it.
        if is_class {
            inside.global.clone_from(&around.global);
            inside.bound = Some(around.bound.clone().unwrap_or_default());
        }
        let mut free = Names::default();
        let mut local = Names::default();
        let mut scopes = FxHashMap::default();
        for (name, symbol) in self.table[id].symbols.iter().cloned().collect::<Vec<_>>() {
            let scope = self.name(id, &name, symbol.flags, &mut around, &mut local)?;
            if scope == Scope::Free {
                free.insert(name.clone());
            }
            scopes.insert(name, scope);
        }
        if is_class {
            let bound = inside.bound.get_or_insert_default();
            bound.extend(CLASS_CELLS.map(Name::from));
        } else {
            let mut bound = around.bound.clone().unwrap_or_default();
            if self.table[id].is_function_like() {
                bound.extend(local);
            }
            inside.bound = Some(bound);
            inside.global.clone_from(&around.global);
        }
        inside.type_params.clone_from(&around.type_params);

        let mut inlined_cells = Names::default();
        let new_free = self.children(id, &inside, around.class, &mut scopes, &mut inlined_cells)?;
        let new_free = self.settle(id, new_free, &mut scopes, &inlined_cells, around.bound.as_ref());
        free.extend(new_free);
        Ok(free)
    }

    /// What a name is, from how it is used.
    fn name(
        &mut self,
        id: EntryId,
        name: &Name,
        flags: u16,
        around: &mut Around,
        local: &mut Names,
    ) -> Result<Scope, CompileError> {
        if flags & def::GLOBAL != 0 {
            if flags & def::NONLOCAL != 0 {
                return self.error_at_directive(id, name, format!("name '{name}' is nonlocal and global"));
            }
            around.global.insert(name.clone());
            if let Some(bound) = &mut around.bound {
                bound.remove(name);
            }
            return Ok(Scope::GlobalExplicit);
        }
        if flags & def::NONLOCAL != 0 {
            let message = match &around.bound {
                None => "nonlocal declaration not allowed at module level".to_owned(),
                Some(bound) if !bound.contains(name) => format!("no binding for nonlocal '{name}' found"),
                Some(_) if around.type_params.contains(name) => {
                    format!("nonlocal binding not allowed for type parameter '{name}'")
                }
                Some(_) => return Ok(Scope::Free),
            };
            return self.error_at_directive(id, name, message);
        }
        if flags & def::BOUND != 0 {
            local.insert(name.clone());
            around.global.remove(name);
            if flags & def::TYPE_PARAM != 0 {
                around.type_params.insert(name.clone());
            } else {
                around.type_params.remove(name);
            }
            return Ok(Scope::Local);
        }
        // A name that the visible class binds is looked up there and then in the globals, never in
        // a function around the class.
        if let Some(class) = around.class.filter(|_| &**name != "__classdict__") {
            let in_class = self.table[class].symbols.get(name).flags;
            if in_class & def::GLOBAL != 0 {
                return Ok(Scope::GlobalExplicit);
            }
            if in_class & def::BOUND != 0 && in_class & def::NONLOCAL == 0 {
                return Ok(Scope::GlobalImplicit);
            }
        }
        match &around.bound {
            Some(bound) if bound.contains(name) => Ok(Scope::Free),
            _ => Ok(Scope::GlobalImplicit),
        }
    }

    fn children(
        &mut self,
        id: EntryId,
        inside: &Around,
        class: Option<EntryId>,
        scopes: &mut FxHashMap<Name, Scope>,
        inlined_cells: &mut Names,
    ) -> Result<Names, CompileError> {
        let mut new_free = Names::default();
        let children = self.table[id].children.clone();
        for &child in &children {
            let mut around = inside.clone();
            if self.table[child].can_see_class_scope {
                around.class = if self.table[id].block == BlockType::Class { Some(id) } else { class };
            }
            let inline = self.table[child].comprehension.is_some()
                && self.table[child].comprehension != Some(CompKind::Generator)
                && !self.table[child].generator
                && !self.table[id].can_see_class_scope;
            let mut child_free = stack::grow(|| self.block(child, around))?;
            if inline {
                self.inline_comprehension(id, child, scopes, &mut child_free, inlined_cells);
                self.table[child].comp_inlined = true;
            }
            new_free.extend(child_free);
        }
        // The scopes inside an inlined comprehension now belong to the scope around it.
        let mut spliced = Vec::with_capacity(children.len());
        for child in children {
            if self.table[child].comp_inlined {
                spliced.extend_from_slice(&self.table[child].children);
            } else {
                spliced.push(child);
            }
        }
        self.table[id].children = spliced;
        Ok(new_free)
    }

    fn inline_comprehension(
        &mut self,
        id: EntryId,
        comp: EntryId,
        scopes: &mut FxHashMap<Name, Scope>,
        comp_free: &mut Names,
        inlined_cells: &mut Names,
    ) {
        let in_class = self.table[id].block == BlockType::Class;
        let mut removed = Vec::new();
        for (name, symbol) in self.table[comp].symbols.iter().cloned().collect::<Vec<_>>() {
            if symbol.flags & def::PARAM != 0 {
                continue;
            }
            let mut scope = symbol.scope;
            if scope == Scope::Cell || symbol.flags & def::COMP_CELL != 0 {
                inlined_cells.insert(name.clone());
            }
            // The cells of a class are never free through it, unless a function inside the
            // comprehension asks for one.
            if scope == Scope::Free && in_class && CLASS_CELLS.contains(&&*name) {
                scope = Scope::GlobalImplicit;
                if !self.is_free_in_child(comp, &name) {
                    comp_free.remove(&name);
                }
                removed.push(name.clone());
            }
            let symbols = &self.table[id].symbols;
            if !symbols.contains(&name) {
                let flags = symbol.flags;
                self.table[id].symbols.set(&name, Symbol { flags, scope: Scope::Unknown });
                scopes.insert(name, scope);
            } else if symbols.get(&name).flags & def::BOUND != 0 && !in_class {
                // Free in the comprehension, local here: simply a local now, unless a scope inside
                // the comprehension needs it as a cell.
                if !self.is_free_in_child(comp, &name) {
                    comp_free.remove(&name);
                }
            }
        }
        for name in removed {
            self.table[comp].symbols.remove(&name);
        }
    }

    fn is_free_in_child(&self, id: EntryId, name: &str) -> bool {
        self.table[id].children.iter().any(|&child| self.table[child].scope(name) == Scope::Free)
    }

    /// Writes down what was found, with locals that inner scopes use turned into cells.
    fn settle(
        &mut self,
        id: EntryId,
        mut new_free: Names,
        scopes: &mut FxHashMap<Name, Scope>,
        inlined_cells: &Names,
        bound: Option<&Names>,
    ) -> Names {
        let entry = &mut self.table[id];
        if entry.is_function_like() {
            for (name, scope) in scopes.iter_mut() {
                if *scope == Scope::Local && (new_free.contains(name) || inlined_cells.contains(name)) {
                    *scope = Scope::Cell;
                    new_free.remove(name);
                }
            }
        } else if entry.block == BlockType::Class {
            entry.needs_class_closure |= new_free.remove("__class__");
            entry.needs_classdict |= new_free.remove("__classdict__");
            entry.has_conditional_annotations |= new_free.remove("__conditional_annotations__");
        }
        for (name, symbol) in entry.symbols.iter_mut() {
            if inlined_cells.contains(name) {
                symbol.flags |= def::COMP_CELL;
            }
            symbol.scope = scopes.get(name).copied().unwrap_or_default();
        }
        let class_flag = entry.block == BlockType::Class || entry.can_see_class_scope;
        let mut in_order: Vec<&Name> = new_free.iter().collect();
        in_order.sort_unstable();
        for name in in_order {
            let mut symbol = entry.symbols.get(name);
            if entry.symbols.contains(name) {
                if class_flag {
                    symbol.flags |= def::FREE_CLASS;
                    entry.symbols.set(name, symbol);
                }
            } else if bound.is_none_or(|bound| bound.contains(name)) {
                entry.symbols.set(name, Symbol { flags: 0, scope: Scope::Free });
            }
        }
        new_free
    }
}
