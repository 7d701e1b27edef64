//! Graph to code object: jumps become distances, arguments bytes, and the tables are written.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::error::{CompileError, ErrorKind};
use super::flowgraph::{self, BlockId, Graph, Instr};
use super::sequence::Location;
use super::unit::Unit;
use crate::code::exceptiontable::{self, Handler};
use crate::code::object::flags;
use crate::code::{CodeObject, CodeUnit, LocalKind, Opcode, linetable};

/// `END_ASYNC_FOR` names the `END_SEND` of its loop, which lies so many units behind the `SEND`
/// that is its target here.
const END_SEND_OFFSET: u32 = 5;

/// Makes code objects of code units, one after the other, in the same room.
#[derive(Debug, Default)]
pub struct Assembler {
    graph: Graph,
    layout: Layout,
    tables: Tables,
}

impl Assembler {
    /// Runs every pass over a code unit and writes the code object; the tables of the unit move into it.
    pub fn assemble(&mut self, unit: &mut Unit, filename: &Rc<str>) -> Result<CodeObject, CompileError> {
        let Self { graph, layout, tables } = self;
        graph.begin(unit)?;
        flowgraph::run_passes(graph)?;
        layout.lay_out(graph)?;
        tables.write(graph, layout, unit.firstlineno)?;
        let (localsplusnames, localspluskinds) = locals_plus(graph, unit);
        Ok(CodeObject {
            argcount: unit.argcount,
            posonlyargcount: unit.posonlyargcount,
            kwonlyargcount: unit.kwonlyargcount,
            // CPython asks for one slot at least.
            stacksize: graph.stack_depth.max(1),
            flags: unit.flags,
            code: tables.code.as_flattened().into(),
            consts: std::mem::take(&mut graph.consts).into_values().into(),
            names: std::mem::take(&mut unit.names).into(),
            localsplusnames,
            localspluskinds,
            filename: Rc::clone(filename),
            name: Rc::clone(&unit.name),
            qualname: Rc::clone(&unit.qualname),
            firstlineno: unit.firstlineno,
            linetable: tables.locations.bytes().into(),
            exceptiontable: tables.handlers.as_slice().into(),
        })
    }
}

/// Code units that an instruction takes, with EXTENDED_ARG and caches.
fn units(instr: &Instr) -> u32 {
    let short = 1 + u32::from(instr.opcode.caches());
    if instr.arg <= 0xFF { short } else { short + extended_args(instr.arg) }
}

/// How many `EXTENDED_ARG` an argument needs.
const fn extended_args(arg: u32) -> u32 {
    match arg {
        0..=0xFF => 0,
        0x100..=0xFFFF => 1,
        0x1_0000..=0xFF_FFFF => 2,
        0x100_0000.. => 3,
    }
}

#[cold]
fn contradiction(message: &str) -> CompileError {
    CompileError::nowhere(ErrorKind::System, message)
}

/// Where each block will lie.
#[derive(Debug, Default)]
struct Layout {
    /// The blocks in the order of the code.
    order: Vec<BlockId>,
    /// By block.
    places: Vec<Place>,
    /// The jumps that need a distance, in the order of the code.
    jumps: Vec<Jump>,
    /// All code units.
    end: CodeUnit,
}

/// The place of a block.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// The index of its first instruction.
    first: u32,
    /// Its code units.
    size: u32,
    /// Its first code unit.
    start: CodeUnit,
}

/// A jump, of which a block has one at most.
#[derive(Debug)]
struct Jump {
    block: BlockId,
    at: usize,
    target: BlockId,
    /// Code units behind it in its block.
    behind: u32,
}

impl Layout {
    /// Lays the blocks out and gives every jump its direction and distance.
    fn lay_out(&mut self, graph: &mut Graph) -> Result<(), CompileError> {
        self.order.clear();
        self.order.extend(graph.order());
        self.places.clear();
        self.places.resize(graph.blocks.len(), Place::default());
        self.direct_jumps(graph)?;
        // A distance may need EXTENDED_ARG, which moves what lies behind, until nothing moves.
        loop {
            self.place();
            let mut moved = false;
            for at in 0..self.jumps.len() {
                let jump = &self.jumps[at];
                let place = self.places[jump.block.index()];
                let block = jump.block;
                let instr = &mut graph[block].instructions[jump.at];
                let before = units(instr);
                let behind = place.start.0 + place.size - jump.behind;
                instr.arg = self.distance(instr.opcode, behind, jump.target)?;
                self.places[block.index()].size = place.size + units(instr) - before;
                moved |= units(instr) != before;
            }
            if !moved {
                return Ok(());
            }
        }
    }

    fn place(&mut self) {
        let mut at = CodeUnit(0);
        for id in &self.order {
            let place = &mut self.places[id.index()];
            place.start = at;
            at = at.plus(place.size);
        }
        self.end = at;
    }

    /// The first code unit of a block.
    fn start(&self, id: BlockId) -> CodeUnit {
        self.places[id.index()].start
    }

    /// The first code unit of a block that something leads to.
    fn target(&self, id: BlockId) -> Option<CodeUnit> {
        Some(self.start(id)).filter(|&start| start < self.end)
    }

    /// The argument of a jump that ends at `behind`.
    fn distance(&self, opcode: Opcode, behind: u32, target: BlockId) -> Result<u32, CompileError> {
        let target = self.target(target).ok_or_else(|| contradiction("a jump that leads nowhere"))?.0;
        Ok(if opcode == Opcode::END_ASYNC_FOR {
            (behind - target).saturating_sub(END_SEND_OFFSET)
        } else {
            behind.abs_diff(target)
        })
    }

    /// Gives jumps their direction; counts the code units of each block.
    ///
    /// CPython lays the code out for the first time with the indices of the targets as arguments. Where
    /// two layouts hold, that decides which one it finds.
    fn direct_jumps(&mut self, graph: &mut Graph) -> Result<(), CompileError> {
        let mut count = 0;
        for &id in &self.order {
            self.places[id.index()].first = count;
            count += graph[id].instructions.len() as u32;
        }
        self.jumps.clear();
        for &block in &self.order {
            let first = self.places[block.index()].first;
            let mut size = 0;
            let mut jump = None;
            for (at, instr) in graph[block].instructions.iter_mut().enumerate() {
                if instr.opcode.is_jump() {
                    let target = instr.target.ok_or_else(|| contradiction("a jump that leads nowhere"))?;
                    instr.arg = self.places[target.index()].first;
                    let is_forward = instr.arg > first + at as u32;
                    instr.opcode = directed(instr.opcode, is_forward);
                    if jump.replace((at, target, size + units(instr))).is_some() {
                        return Err(contradiction("two jumps in one block"));
                    }
                }
                size += units(instr);
            }
            self.jumps.extend(jump.map(|(at, target, end)| Jump { block, at, target, behind: size - end }));
            self.places[block.index()].size = size;
        }
        Ok(())
    }
}

/// The real instruction for a jump whose direction was not known so far.
fn directed(opcode: Opcode, is_forward: bool) -> Opcode {
    match opcode {
        Opcode::JUMP | Opcode::JUMP_NO_INTERRUPT if is_forward => Opcode::JUMP_FORWARD,
        Opcode::JUMP => Opcode::JUMP_BACKWARD,
        Opcode::JUMP_NO_INTERRUPT => Opcode::JUMP_BACKWARD_NO_INTERRUPT,
        opcode => opcode,
    }
}

/// The location of an instruction that takes that of the one behind it, `behind` being all that follow.
fn location_behind<'i>(instr: &'i Instr, mut behind: impl Iterator<Item = &'i Instr>) -> Location {
    let mut at = instr;
    while at.location == Location::NEXT {
        at = match behind.next() {
            Some(next) if !at.opcode.is_terminator() => next,
            _ => return Location::NONE,
        };
    }
    at.location
}

/// What is written of the instructions.
#[derive(Debug, Default)]
struct Tables {
    code: Vec<[u8; 2]>,
    locations: linetable::Writer,
    handlers: Vec<u8>,
}

impl Tables {
    /// Writes all three anew.
    fn write(&mut self, graph: &Graph, layout: &Layout, firstlineno: u32) -> Result<(), CompileError> {
        self.code.clear();
        // Caches are zeros.
        self.code.resize(layout.end.0 as usize, [0, 0]);
        self.locations.begin(firstlineno);
        self.handlers.clear();
        let mut locations = Locations { writer: &mut self.locations, location: Location::NONE, units: 0 };
        let mut handlers = Handlers { graph, layout, table: &mut self.handlers, open: None };
        let mut at = CodeUnit(0);
        for (position, &id) in layout.order.iter().enumerate() {
            let code = &graph[id].instructions;
            for (index, instr) in code.iter().enumerate() {
                let mut location = instr.location;
                if location == Location::NEXT {
                    let others = layout.order[position + 1..].iter().flat_map(|&id| &graph[id].instructions);
                    location = location_behind(instr, code[index + 1..].iter().chain(others));
                }
                let units = units(instr);
                let Ok(opcode) = u8::try_from(instr.opcode.number()) else {
                    return Err(contradiction("a pseudo-instruction is left"));
                };
                if instr.arg <= 0xFF {
                    self.code[at.0 as usize] = [opcode, instr.arg as u8];
                } else {
                    write_long(opcode, instr.arg, &mut self.code[at.0 as usize..]);
                }
                locations.add(location, units);
                handlers.see(instr.handler, at)?;
                at = at.plus(units);
            }
        }
        locations.finish();
        handlers.close(at)
    }
}

/// An instruction with the EXTENDED_ARG that its argument needs.
fn write_long(opcode: u8, arg: u32, code: &mut [[u8; 2]]) {
    let prefixes = extended_args(arg);
    for part in 1..=prefixes {
        code[(prefixes - part) as usize] = [Opcode::EXTENDED_ARG.number() as u8, (arg >> (8 * part)) as u8];
    }
    code[prefixes as usize] = [opcode, arg as u8];
}

/// Whether two locations are not the same, in one comparison: neighbours are as often one as the other.
const fn differ(left: Location, right: Location) -> bool {
    let lines = (left.line ^ right.line) | (left.end_line ^ right.end_line);
    let columns = (left.column ^ right.column) | (left.end_column ^ right.end_column);
    lines | columns != 0
}

/// The location table; neighbours from one place share an entry.
struct Locations<'t> {
    writer: &'t mut linetable::Writer,
    location: Location,
    units: u32,
}

impl Locations<'_> {
    fn add(&mut self, location: Location, units: u32) {
        if differ(location, self.location) {
            self.writer.write(self.location, self.units);
            self.location = location;
            self.units = 0;
        }
        self.units += units;
    }

    fn finish(self) {
        self.writer.write(self.location, self.units);
    }
}

/// The exception table; neighbours under one handler share an entry.
struct Handlers<'g> {
    graph: &'g Graph,
    layout: &'g Layout,
    table: &'g mut Vec<u8>,
    /// Where the entry that is not written yet begins, and its handler.
    open: Option<(CodeUnit, BlockId)>,
}

impl Handlers<'_> {
    /// Says that the instruction at `at` is under `handler`.
    fn see(&mut self, handler: Option<BlockId>, at: CodeUnit) -> Result<(), CompileError> {
        let place = |handler: Option<BlockId>| handler.map(|id| self.layout.start(id));
        let open = self.open.map(|(_, handler)| handler);
        // Blocks without instructions begin where the next one does, and stand for the same handler.
        if handler != open && place(handler) != place(open) {
            self.close(at)?;
            self.open = handler.map(|handler| (at, handler));
        }
        Ok(())
    }

    /// Writes the open entry, which reaches up to `end`.
    fn close(&mut self, end: CodeUnit) -> Result<(), CompileError> {
        let Some((start, handler)) = self.open.take() else { return Ok(()) };
        let push_lasti = self.graph[handler].preserves_last_instruction;
        let below = 1 + u32::from(push_lasti);
        let depth = self.graph[handler].start_depth.unwrap_or(0).checked_sub(below);
        let depth = depth.ok_or_else(|| contradiction("a handler without an exception on its stack"))?;
        let target = self.layout.target(handler);
        let target = target.ok_or_else(|| contradiction("a handler without instructions"))?;
        exceptiontable::encode(&Handler { start, end, target, depth, push_lasti }, self.table);
        Ok(())
    }
}

fn set(names: &[Rc<str>]) -> FxHashSet<&str> {
    if names.is_empty() { FxHashSet::default() } else { names.iter().map(|name| &**name).collect() }
}

/// Names and kinds of the fast locals: locals, cells that are not locals too, free variables.
fn locals_plus(graph: &Graph, unit: &Unit) -> (Box<[Rc<str>]>, Box<[LocalKind]>) {
    let info = &graph.unit;
    let cells = set(&info.cellvars);
    let locals = if cells.is_empty() { FxHashSet::default() } else { set(&info.varnames) };
    let parameter_kinds = [
        (unit.posonlyargcount, LocalKind::ARG_POS),
        (unit.argcount - unit.posonlyargcount, LocalKind::ARG_POS | LocalKind::ARG_KW),
        (unit.kwonlyargcount, LocalKind::ARG_KW),
        (u32::from(unit.flags & flags::VARARGS != 0), LocalKind::ARG_VAR | LocalKind::ARG_POS),
        (u32::from(unit.flags & flags::VARKEYWORDS != 0), LocalKind::ARG_VAR | LocalKind::ARG_KW),
    ];
    let mut parameters =
        parameter_kinds.iter().flat_map(|&(count, kind)| std::iter::repeat_n(kind, count as usize));
    let mut names = Vec::with_capacity(info.varnames.len() + info.cellvars.len() + info.freevars.len());
    let mut kinds = Vec::with_capacity(names.capacity());
    for name in &info.varnames {
        let mut kind = LocalKind::LOCAL | parameters.next().unwrap_or(0);
        if unit.fast_hidden.contains(name) {
            kind |= LocalKind::HIDDEN;
        }
        if !cells.is_empty() && cells.contains(&**name) {
            kind |= LocalKind::CELL;
        }
        names.push(Rc::clone(name));
        kinds.push(LocalKind(kind));
    }
    for name in info.cellvars.iter().filter(|name| !locals.contains(&***name)) {
        names.push(Rc::clone(name));
        kinds.push(LocalKind(LocalKind::CELL));
    }
    for name in &info.freevars {
        names.push(Rc::clone(name));
        kinds.push(LocalKind(LocalKind::FREE));
    }
    (names.into(), kinds.into())
}
