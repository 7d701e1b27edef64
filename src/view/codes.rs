//! All code objects that are alive, as the tree in which constants hold one another.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::machine::Machine;
use crate::machine::object::Payload;
use crate::machine::object::code::LoadedCode;
use crate::machine::value::Handle;

/// One code object.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// How many code objects it lies in.
    pub depth: usize,
    /// `co_qualname`.
    pub qualname: Rc<str>,
    /// `co_filename`.
    pub file: Rc<str>,
    /// `co_firstlineno`.
    pub line: u32,
    /// Bytes of `co_code`.
    pub bytes: usize,
    /// How many frames of the frame chain run it.
    pub frames: usize,
    /// The code object itself.
    pub code: Rc<LoadedCode>,
}

/// Every code object, each before those among its constants, in the order of the constants.
pub fn rows(machine: &Machine) -> Vec<CodeRow> {
    let mut codes: FxHashMap<Handle, &Rc<LoadedCode>> = FxHashMap::default();
    let mut order = Vec::new();
    for (handle, object) in machine.heap.objects() {
        if let Payload::Code(code) = object.payload() {
            codes.insert(handle, code);
            order.push((object.born, handle));
        }
    }
    order.sort_by_key(|(born, handle)| (*born, handle.number()));
    let held: FxHashSet<Handle> = codes.values().flat_map(|code| constants(code, &codes)).collect();
    // What is still to be shown, the next one last.
    let roots = order.iter().rev().filter(|(_, handle)| !held.contains(handle));
    let mut todo: Vec<(usize, Handle)> = roots.map(|(_, handle)| (0, *handle)).collect();
    let mut rows = Vec::with_capacity(codes.len());
    let mut shown = FxHashSet::default();
    while let Some((depth, handle)) = todo.pop() {
        // A compiled file may share one code object between several others.
        if !shown.insert(handle) {
            continue;
        }
        let code = codes[&handle];
        let inner: Vec<_> = constants(code, &codes).map(|inner| (depth + 1, inner)).collect();
        todo.extend(inner.into_iter().rev());
        let runs = machine.thread().python_frames().filter(|frame| frame.code_handle == handle).count();
        rows.push(CodeRow {
            depth,
            qualname: Rc::clone(&code.code.qualname),
            file: Rc::clone(&code.code.filename),
            line: code.code.firstlineno,
            bytes: code.code.code.len(),
            frames: runs,
            code: Rc::clone(code),
        });
    }
    rows
}

/// The code objects among the constants of one.
fn constants(code: &LoadedCode, codes: &FxHashMap<Handle, &Rc<LoadedCode>>) -> impl Iterator<Item = Handle> {
    let handles = code.consts.iter().filter_map(|constant| constant.handle());
    handles.filter(|handle| codes.contains_key(handle))
}
