//! Where an operand came from, read off the code: which `LOAD_CONST` it goes back to.
//!
//! The stack is walked back from the comparison to the instruction that pushed the operand; where that
//! loaded a name, the code that binds the name is looked for.  What cannot be told without running the
//! program stays unknown, and whatever is found is believed only if it leads to the very object that was
//! compared.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::constants::Constants;
use crate::code::{CodeObject, CodeUnit, Location, Opcode, disassemble};
use crate::machine::object::code::LoadedCode;
use crate::machine::value::Value;

/// How many names are followed from one to the next.
const HOPS: usize = 6;

/// An instruction that loaded a constant.
#[derive(Clone, Debug)]
pub struct Site {
    /// The code object.
    pub code: Rc<LoadedCode>,
    /// The instruction.
    pub at: CodeUnit,
    /// Which item of the constant it is, where that is a tuple that was unpacked.
    pub item: Option<u32>,
    /// The source of the instruction.
    pub location: Location,
    /// Whether the value came out of a call, which may have loaded it anew.
    pub called: bool,
}

impl PartialEq for Site {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.code, &other.code) && self.at == other.at && self.item == other.item
    }
}

/// One instruction.
#[derive(Clone, Copy, Debug)]
struct Instruction {
    at: CodeUnit,
    opcode: Opcode,
    arg: u32,
    location: Location,
}

/// A code object's instructions in order, and where jumps lead.
#[derive(Debug)]
struct Graph {
    /// Keeps the code object, and with it the address it is found by.
    _code: Rc<CodeObject>,
    instructions: Vec<Instruction>,
    joins: FxHashSet<CodeUnit>,
}

impl Graph {
    fn new(code: &Rc<CodeObject>) -> Self {
        let listing = disassemble::disassemble(code);
        let instructions = listing.rows.iter().filter_map(|row| {
            let opcode = row.opcode.filter(|opcode| *opcode != Opcode::EXTENDED_ARG)?;
            Some(Instruction { at: row.at, opcode, arg: row.arg.unwrap_or(0), location: row.location })
        });
        let instructions = instructions.collect();
        let targets = listing.rows.iter().filter_map(|row| row.target);
        let joins = targets.chain(listing.handlers.iter().map(|handler| handler.target)).collect();
        Self { _code: Rc::clone(code), instructions, joins }
    }

    /// The instruction that pushed what lies `depth` below the top (from 0) before the instruction number
    /// `before`: its number, and which of the values it pushes it is, counted from the top.
    fn pushed_by(&self, before: usize, mut depth: usize) -> Option<(usize, usize)> {
        let mut at = before;
        loop {
            // Where ways join, the value may have come on either.
            if self.joins.contains(&self.instructions.get(at)?.at) {
                return None;
            }
            at = at.checked_sub(1)?;
            let Instruction { opcode, arg, .. } = self.instructions[at];
            if opcode.has_no_fallthrough() {
                return None;
            }
            match opcode {
                Opcode::COPY if depth == 0 => depth = (arg as usize).checked_sub(1)?,
                Opcode::COPY => depth -= 1,
                Opcode::SWAP if depth == 0 => depth = (arg as usize).checked_sub(1)?,
                Opcode::SWAP if depth + 1 == arg as usize => depth = 0,
                Opcode::SWAP => {}
                _ => {
                    let pushed = opcode.pushed(arg) as usize;
                    if depth < pushed {
                        return Some((at, depth));
                    }
                    depth = depth - pushed + opcode.popped(arg) as usize;
                }
            }
        }
    }

    fn number_of(&self, at: CodeUnit) -> Option<usize> {
        self.instructions.binary_search_by_key(&at, |instruction| instruction.at).ok()
    }
}

/// How a code object calls a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name<'a> {
    /// A fast local, by its index.
    Local(usize),
    /// A name of a module or class.
    Global(&'a str),
}

/// Reads code, each code object once.
#[derive(Debug, Default)]
pub struct Provenance {
    graphs: FxHashMap<*const CodeObject, Rc<Graph>>,
}

impl Provenance {
    /// The instruction that loaded the constant `value`, which lies `depth` below the top of the stack
    /// before the instruction at `at`.
    pub fn site(
        &mut self,
        constants: &Constants,
        code: &Rc<LoadedCode>,
        at: CodeUnit,
        depth: usize,
        value: Value,
    ) -> Option<Site> {
        let graph = self.graph(code);
        let number = graph.number_of(at)?;
        self.follow(constants, code, number, depth, value, HOPS)
    }

    /// The source of the instruction that pushed what lies `depth` below the top of the stack before the
    /// instruction at `at`.
    pub fn pushed_from(&mut self, code: &LoadedCode, at: CodeUnit, depth: usize) -> Option<Location> {
        let graph = self.graph(code);
        let (number, from_top) = graph.pushed_by(graph.number_of(at)?, depth)?;
        let Instruction { opcode, arg, location, .. } = graph.instructions[number];
        // Two values come from one instruction, and it has the place of the first.
        let is_second = opcode.pushed(arg) == 2 && from_top == 0;
        (!is_second).then_some(location)
    }

    /// Whether an instruction tests a value that the interpreter itself put there, and no program asked for:
    /// what `case C():` found.
    pub fn is_hidden_test(&mut self, code: &LoadedCode, at: CodeUnit) -> bool {
        let graph = self.graph(code);
        let pushed_by = graph.number_of(at).and_then(|number| graph.pushed_by(number, 0));
        pushed_by.is_some_and(|(number, _)| {
            matches!(
                graph.instructions[number].opcode,
                Opcode::MATCH_CLASS | Opcode::MATCH_KEYS | Opcode::CHECK_EG_MATCH | Opcode::CALL_INTRINSIC_2
            )
        })
    }

    /// Whether the comparison at `at` is one of several of one expression: `a is b is c`.
    pub fn is_chained(&mut self, code: &LoadedCode, at: CodeUnit) -> bool {
        let graph = self.graph(code);
        let Some(one) = graph.number_of(at).map(|number| graph.instructions[number]) else { return false };
        let compares = |opcode| matches!(opcode, Opcode::COMPARE_OP | Opcode::IS_OP | Opcode::CONTAINS_OP);
        one.location.column >= 0
            && graph
                .instructions
                .iter()
                .any(|other| compares(other.opcode) && other.at != one.at && other.location == one.location)
    }

    /// Every instruction of a code object that loads the constant in `slot`.
    pub fn loads(&mut self, code: &Rc<LoadedCode>, slot: u32, item: Option<u32>) -> Vec<Site> {
        let graph = self.graph(code);
        let loads = graph
            .instructions
            .iter()
            .filter(|instruction| instruction.opcode == Opcode::LOAD_CONST && instruction.arg == slot);
        loads
            .map(|instruction| Site {
                code: Rc::clone(code),
                at: instruction.at,
                item,
                location: instruction.location,
                called: false,
            })
            .collect()
    }

    fn graph(&mut self, code: &LoadedCode) -> Rc<Graph> {
        let known = self.graphs.entry(Rc::as_ptr(&code.code));
        Rc::clone(known.or_insert_with(|| Rc::new(Graph::new(&code.code))))
    }

    fn follow(
        &mut self,
        constants: &Constants,
        code: &Rc<LoadedCode>,
        before: usize,
        depth: usize,
        value: Value,
        hops: usize,
    ) -> Option<Site> {
        let hops = hops.checked_sub(1)?;
        let graph = self.graph(code);
        let (number, from_top) = graph.pushed_by(before, depth)?;
        let Instruction { at, opcode, arg, location } = graph.instructions[number];
        let arg = arg as usize;
        let name = match opcode {
            Opcode::LOAD_CONST => {
                let is_it = code.consts.get(arg) == Some(&value);
                return is_it.then(|| Site {
                    code: Rc::clone(code),
                    at,
                    item: None,
                    location,
                    called: false,
                });
            }
            Opcode::UNPACK_SEQUENCE => {
                let (load, _) = graph.pushed_by(number, 0)?;
                let load = graph.instructions[load];
                let item = Some(from_top as u32);
                return (load.opcode == Opcode::LOAD_CONST).then(|| Site {
                    code: Rc::clone(code),
                    at: load.at,
                    item,
                    location: load.location,
                    called: false,
                });
            }
            Opcode::LOAD_FAST | Opcode::LOAD_FAST_BORROW | Opcode::LOAD_FAST_CHECK => Name::Local(arg),
            Opcode::LOAD_FAST_LOAD_FAST | Opcode::LOAD_FAST_BORROW_LOAD_FAST_BORROW => {
                Name::Local(if from_top == 0 { arg & 15 } else { arg >> 4 })
            }
            Opcode::STORE_FAST_LOAD_FAST => Name::Local(arg & 15),
            Opcode::LOAD_NAME => Name::Global(code.code.names.get(arg)?),
            Opcode::LOAD_GLOBAL => Name::Global(code.code.names.get(arg >> 1)?),
            // The callable lies below its arguments and the place for a self.
            Opcode::CALL => return self.returned_by(constants, code, (number, arg + 1), value, hops),
            _ => return None,
        };
        self.bound_to(constants, code, name, value, hops)
    }

    /// The one load that the result of a call goes back to, where a function of the same file is called by its
    /// name.
    fn returned_by(
        &mut self,
        constants: &Constants,
        code: &Rc<LoadedCode>,
        (before, depth): (usize, usize),
        value: Value,
        hops: usize,
    ) -> Option<Site> {
        let graph = self.graph(code);
        let (number, _) = graph.pushed_by(before, depth)?;
        let Instruction { opcode, arg, .. } = graph.instructions[number];
        let arg = arg as usize;
        let name = match opcode {
            Opcode::LOAD_NAME => code.code.names.get(arg)?,
            Opcode::LOAD_GLOBAL => code.code.names.get(arg >> 1)?,
            _ => return None,
        };
        let mut called =
            constants.of_file(&code.code.filename).filter(|called| called.code.qualname == *name);
        let (callee, None) = (Rc::clone(called.next()?), called.next()) else { return None };
        let graph = self.graph(&callee);
        let mut found: Option<Site> = None;
        for (number, instruction) in graph.instructions.iter().enumerate() {
            if instruction.opcode != Opcode::RETURN_VALUE {
                continue;
            }
            let site = self.follow(constants, &callee, number, 0, value, hops)?;
            if found.replace(site.clone()).is_some_and(|other| other != site) {
                return None;
            }
        }
        found.map(|site| Site { called: true, ..site })
    }

    /// The one load that a name's value goes back to, among all code that binds it.
    fn bound_to(
        &mut self,
        constants: &Constants,
        code: &Rc<LoadedCode>,
        name: Name<'_>,
        value: Value,
        hops: usize,
    ) -> Option<Site> {
        let mut found: Option<Site> = None;
        let codes: Vec<Rc<LoadedCode>> = match name {
            Name::Local(_) => vec![Rc::clone(code)],
            Name::Global(_) => constants.of_file(&code.code.filename).cloned().collect(),
        };
        for code in codes {
            let graph = self.graph(&code);
            for (number, instruction) in graph.instructions.iter().enumerate() {
                let Some(depth) = stored(&code, *instruction, name) else { continue };
                let site = self.follow(constants, &code, number, depth, value, hops);
                match (&found, site) {
                    (Some(found), Some(site)) if *found != site => return None,
                    (None, Some(site)) => found = Some(site),
                    _ => {}
                }
            }
        }
        found
    }
}

/// How deep the value lies that an instruction binds to a name, if it does.
fn stored(code: &LoadedCode, instruction: Instruction, name: Name<'_>) -> Option<usize> {
    let arg = instruction.arg as usize;
    let is_stored = match (instruction.opcode, name) {
        (Opcode::STORE_FAST, Name::Local(index)) => arg == index,
        (Opcode::STORE_FAST_LOAD_FAST, Name::Local(index)) => arg >> 4 == index,
        (Opcode::STORE_FAST_STORE_FAST, Name::Local(index)) if arg & 15 == index => return Some(1),
        (Opcode::STORE_FAST_STORE_FAST, Name::Local(index)) => arg >> 4 == index,
        (Opcode::STORE_NAME | Opcode::STORE_GLOBAL, Name::Global(name)) => {
            code.code.names.get(arg).is_some_and(|other| **other == *name)
        }
        _ => false,
    };
    is_stored.then_some(0)
}
