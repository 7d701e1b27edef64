//! The file name of a code object, set anew when a compiled file is loaded for another path.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{CodeObject, Const, stack};

/// The code object with `filename` in place of its own file name, as CPython's import names a compiled file
/// after the source that it was loaded for.
///
/// Nested code objects take part as far as they, and those around them, name the same old file.
pub fn renamed(code: &Rc<CodeObject>, filename: &Rc<str>) -> Rc<CodeObject> {
    if code.filename == *filename {
        return Rc::clone(code);
    }
    Renaming { old: &code.filename, new: filename, known: FxHashMap::default() }.code(code)
}

struct Renaming<'a> {
    old: &'a Rc<str>,
    new: &'a Rc<str>,
    /// A code object that two others hold stays one.
    known: FxHashMap<*const CodeObject, Rc<CodeObject>>,
}

impl Renaming<'_> {
    fn code(&mut self, code: &Rc<CodeObject>) -> Rc<CodeObject> {
        if code.filename != *self.old {
            return Rc::clone(code);
        }
        if let Some(known) = self.known.get(&Rc::as_ptr(code)) {
            return Rc::clone(known);
        }
        let consts = code.consts.iter().map(|constant| match constant {
            Const::Code(child) => Const::Code(stack::grow(|| self.code(child))),
            other => other.clone(),
        });
        let consts = consts.collect();
        let renamed = Rc::new(CodeObject { filename: Rc::clone(self.new), consts, ..(**code).clone() });
        self.known.insert(Rc::as_ptr(code), Rc::clone(&renamed));
        renamed
    }
}
