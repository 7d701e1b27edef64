//! Graph to code object: jumps become distances, arguments bytes, and the tables are written.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::error::{CompileError, ErrorKind};
use super::flowgraph::{self, Graph};
use super::sequence::Location;
use super::unit::Unit;
use crate::code::exceptiontable::{self, Handler};
use crate::code::object::flags;
use crate::code::{CodeObject, CodeUnit, LocalKind, Opcode, linetable};

/// `END_ASYNC_FOR` names the `END_SEND` of its loop, which lies so many units behind the `SEND`
/// that is its target here.
const END_SEND_OFFSET: u32 = 5;

/// Runs every pass over a code unit and writes the code object.
pub fn assemble(mut unit: Unit, filename: &Rc<str>) -> Result<CodeObject, CompileError> {
    let mut graph = Graph::new(&mut unit)?;
    flowgraph::run_passes(&mut graph, |_, _| {})?;
    let mut code = flatten(&graph)?;
    resolve_jumps(&mut code)?;
    let (localsplusnames, localspluskinds) = locals_plus(&graph, &unit);
    Ok(CodeObject {
        argcount: unit.argcount,
        posonlyargcount: unit.posonlyargcount,
        kwonlyargcount: unit.kwonlyargcount,
        // CPython asks for one slot at least.
        stacksize: graph.stack_depth.max(1),
        flags: unit.flags,
        code: write_code(&code),
        consts: graph.consts.into_values().into(),
        names: unit.names.into(),
        localsplusnames,
        localspluskinds,
        filename: Rc::clone(filename),
        name: unit.name,
        qualname: unit.qualname,
        firstlineno: unit.firstlineno,
        linetable: write_locations(&code, unit.firstlineno),
        exceptiontable: write_handlers(&code)?,
    })
}

/// An instruction in the order in which it will be written.
#[derive(Clone, Copy)]
struct Flat {
    opcode: Opcode,
    /// The argument; of a jump first the index of the instruction it leads to, then the distance.
    arg: u32,
    location: Location,
    handler: Option<FlatHandler>,
    /// Where it begins, EXTENDED_ARG included.
    offset: CodeUnit,
}

/// What an exception in an instruction leads to.
#[derive(Clone, Copy)]
struct FlatHandler {
    /// The index of the handler's first instruction.
    first: u32,
    start_depth: u32,
    push_lasti: bool,
}

impl Flat {
    /// Code units with EXTENDED_ARG and caches.
    fn units(&self) -> u32 {
        1 + extended_args(self.arg) + u32::from(self.opcode.caches())
    }
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

fn contradiction(message: &str) -> CompileError {
    CompileError { kind: ErrorKind::System, message: message.into(), range: 0..0 }
}

fn flatten(graph: &Graph) -> Result<Vec<Flat>, CompileError> {
    let mut first_of = vec![0u32; graph.blocks.len()];
    let mut count = 0;
    for id in graph.order() {
        first_of[id.index()] = count;
        count += graph[id].instructions.len() as u32;
    }
    let mut code = Vec::with_capacity(count as usize);
    for instr in graph.order().flat_map(|id| &graph[id].instructions) {
        let arg = instr.target.map_or(instr.arg, |target| first_of[target.index()]);
        if instr.target.is_some() && arg >= count || instr.opcode.has_target() != instr.target.is_some() {
            return Err(contradiction("a jump that leads nowhere"));
        }
        let handler = instr.handler.map(|handler| FlatHandler {
            first: first_of[handler.index()],
            start_depth: graph[handler].start_depth.unwrap_or(0),
            push_lasti: graph[handler].preserves_last_instruction,
        });
        let opcode = instr.opcode;
        code.push(Flat { opcode, arg, location: instr.location, handler, offset: CodeUnit(0) });
    }
    give_next_locations(&mut code);
    Ok(code)
}

/// Instructions that take the location of the one behind them get it.
fn give_next_locations(code: &mut [Flat]) {
    let mut next = Location::NONE;
    for flat in code.iter_mut().rev() {
        if flat.location == Location::NEXT {
            flat.location = if flat.opcode.is_terminator() { Location::NONE } else { next };
        }
        next = flat.location;
    }
}

/// Gives jumps their direction, then distances; these need EXTENDED_ARG, which moves what lies
/// behind, so that it is done again until nothing moves.
fn resolve_jumps(code: &mut [Flat]) -> Result<(), CompileError> {
    let mut jumps = Vec::new();
    for (index, flat) in code.iter_mut().enumerate() {
        let is_forward = flat.arg as usize > index;
        flat.opcode = match flat.opcode {
            Opcode::JUMP | Opcode::JUMP_NO_INTERRUPT if is_forward => Opcode::JUMP_FORWARD,
            Opcode::JUMP => Opcode::JUMP_BACKWARD,
            Opcode::JUMP_NO_INTERRUPT => Opcode::JUMP_BACKWARD_NO_INTERRUPT,
            opcode if opcode.is_pseudo() => return Err(contradiction("a pseudo-instruction is left")),
            opcode => opcode,
        };
        if flat.opcode.is_jump() {
            jumps.push((index, flat.arg as usize));
        }
    }
    loop {
        let mut offset = CodeUnit(0);
        for flat in code.iter_mut() {
            flat.offset = offset;
            offset = offset.plus(flat.units());
        }
        let mut moved = false;
        for &(index, target) in &jumps {
            let target = code[target].offset.0;
            let jump = &mut code[index];
            let units = jump.units();
            let behind = jump.offset.plus(units).0;
            jump.arg = if jump.opcode == Opcode::END_ASYNC_FOR {
                (behind - target).saturating_sub(END_SEND_OFFSET)
            } else {
                behind.abs_diff(target)
            };
            moved |= jump.units() != units;
        }
        if !moved {
            return Ok(());
        }
    }
}

fn write_code(code: &[Flat]) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(code.iter().map(Flat::units).sum::<u32>() as usize * 2);
    for flat in code {
        for part in (1..=extended_args(flat.arg)).rev() {
            bytes.extend([Opcode::EXTENDED_ARG.number() as u8, (flat.arg >> (8 * part)) as u8]);
        }
        bytes.extend([flat.opcode.number() as u8, flat.arg as u8]);
        bytes.resize(bytes.len() + 2 * usize::from(flat.opcode.caches()), 0);
    }
    bytes.into()
}

fn write_locations(code: &[Flat], firstlineno: u32) -> Box<[u8]> {
    let mut writer = linetable::Writer::new(firstlineno);
    let mut location = Location::NONE;
    let mut units = 0;
    for flat in code {
        if flat.location != location {
            writer.write(location, units);
            location = flat.location;
            units = 0;
        }
        units += flat.units();
    }
    writer.write(location, units);
    writer.finish().into()
}

fn write_handlers(code: &[Flat]) -> Result<Box<[u8]>, CompileError> {
    let mut table = Vec::new();
    let mut open: Option<(CodeUnit, FlatHandler)> = None;
    let mut close = |open: Option<(CodeUnit, FlatHandler)>, end: CodeUnit| {
        let Some((start, handler)) = open else { return Ok(()) };
        let below = 1 + u32::from(handler.push_lasti);
        let depth = handler.start_depth.checked_sub(below);
        let depth = depth.ok_or_else(|| contradiction("a handler without an exception on its stack"))?;
        let target = code.get(handler.first as usize).map(|first| first.offset);
        let target = target.ok_or_else(|| contradiction("a handler without instructions"))?;
        let push_lasti = handler.push_lasti;
        exceptiontable::encode(&Handler { start, end, target, depth, push_lasti }, &mut table);
        Ok::<_, CompileError>(())
    };
    for flat in code {
        if flat.handler.map(|handler| handler.first) != open.map(|(_, handler)| handler.first) {
            close(open, flat.offset)?;
            open = flat.handler.map(|handler| (flat.offset, handler));
        }
    }
    if let Some(last) = code.last() {
        close(open, last.offset.plus(last.units()))?;
    }
    Ok(table.into())
}

/// Names and kinds of the fast locals: locals, cells that are not locals too, free variables.
fn locals_plus(graph: &Graph, unit: &Unit) -> (Box<[Rc<str>]>, Box<[LocalKind]>) {
    let info = &graph.unit;
    let cells: FxHashSet<&str> = info.cellvars.iter().map(|name| &**name).collect();
    let locals: FxHashSet<&str> = if cells.is_empty() {
        FxHashSet::default()
    } else {
        info.varnames.iter().map(|name| &**name).collect()
    };
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
        if cells.contains(&**name) {
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
