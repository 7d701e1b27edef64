//! Code objects that no compiler made: one that a compiler made, changed in a few places.
//!
//! The tests use it, and the fuzz targets as a mutator.

use std::rc::Rc;

use wordcode::code::exceptiontable::{self, Handler};
use wordcode::code::{CodeObject, CodeUnit, Const, LocalKind, Opcode};

/// A stream of numbers that a seed decides.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end.max(1)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

/// `code` with a few changes, in it or in the code objects inside it.
pub fn mutated(code: &CodeObject, random: &mut Random) -> CodeObject {
    let mut changed = code.clone();
    for _ in 0..=random.below(3) {
        changed = mutated_once(&changed, code, random);
    }
    changed
}

/// One change; `donor` is what other parts are taken from.
fn mutated_once(code: &CodeObject, donor: &CodeObject, random: &mut Random) -> CodeObject {
    let mut changed = code.clone();
    let children: Vec<usize> =
        (0..code.consts.len()).filter(|index| matches!(code.consts[*index], Const::Code(_))).collect();
    if random.below(3) > 0
        && let Some(&index) = random.pick(&children)
        && let Const::Code(child) = &code.consts[index]
    {
        changed.consts[index] = Const::Code(Rc::new(mutated_once(child, donor, random)));
        return changed;
    }
    match random.below(12) {
        0..=6 => instruction(&mut changed, random),
        7 => handlers(&mut changed, random),
        8 => constant(&mut changed, donor, random),
        9 => number(&mut changed, random),
        10 => kind(&mut changed, random),
        _ => field(&mut changed, donor, random),
    }
    changed
}

/// The units at which instructions begin.
fn instructions(code: &[u8]) -> Vec<usize> {
    let (mut found, mut unit) = (Vec::new(), 0);
    while unit * 2 < code.len() {
        found.push(unit);
        unit += 1 + Opcode::from_byte(code[unit * 2]).map_or(0, |opcode| usize::from(opcode.caches()));
    }
    found
}

fn instruction(code: &mut CodeObject, random: &mut Random) {
    let places = instructions(&code.code);
    let (Some(&at), Some(&other)) = (random.pick(&places), random.pick(&places)) else { return };
    let (at, other) = (at * 2, other * 2);
    let caches = |byte: u8| Opcode::from_byte(byte).map_or(0, Opcode::caches);
    match random.below(5) {
        0 => code.code[at + 1] = random.below(256) as u8,
        1 => code.code[at + 1] = code.code[at + 1].wrapping_add(random.below(5) as u8).wrapping_sub(2),
        2 => {
            let like = |opcode: &&Opcode| !opcode.is_pseudo() && opcode.caches() == caches(code.code[at]);
            let alike: Vec<Opcode> = Opcode::ALL.iter().filter(like).copied().collect();
            if let Some(opcode) = random.pick(&alike) {
                code.code[at] = opcode.number() as u8;
            }
        }
        3 if caches(code.code[at]) == caches(code.code[other]) => {
            code.code.swap(at, other);
            code.code.swap(at + 1, other + 1);
        }
        _ => {
            if caches(code.code[at]) == 0 {
                code.code[at..at + 2].copy_from_slice(&[Opcode::NOP.number() as u8, 0]);
            }
        }
    }
}

fn handlers(code: &mut CodeObject, random: &mut Random) {
    let places = instructions(&code.code);
    let mut handlers = exceptiontable::decode(&code.exceptiontable).unwrap_or_default();
    let place = |random: &mut Random| CodeUnit(random.pick(&places).copied().unwrap_or(0) as u32);
    if handlers.is_empty() {
        let (start, target) = (place(random), place(random));
        let end = CodeUnit(start.0.max(place(random).0) + 1);
        handlers.push(Handler { start, end, target, depth: random.below(3) as u32, push_lasti: false });
    }
    let index = random.below(handlers.len());
    let handler = &mut handlers[index];
    match random.below(5) {
        0 => handler.target = place(random),
        1 => handler.depth = random.below(6) as u32,
        2 => handler.push_lasti = !handler.push_lasti,
        3 => handler.end = CodeUnit(place(random).0.max(handler.start.0 + 1)),
        _ => drop(handlers.remove(index)),
    }
    let mut table = Vec::new();
    for handler in &handlers {
        exceptiontable::encode(handler, &mut table);
    }
    code.exceptiontable = table.into();
}

fn constant(code: &mut CodeObject, donor: &CodeObject, random: &mut Random) {
    let index = random.below(code.consts.len());
    let tuple = || Const::Tuple(code.names.iter().map(|name| Const::Str((&**name).into())).collect());
    let new = match random.below(7) {
        0 => Const::None,
        1 => Const::Int(7.into()),
        2 => tuple(),
        3 => Const::Str("text".into()),
        4 => Const::Tuple([].into()),
        5 => Const::Float(1.5),
        _ => random.pick(&donor.consts).cloned().unwrap_or(Const::Ellipsis),
    };
    if let Some(constant) = code.consts.get_mut(index) {
        *constant = new;
    }
}

fn number(code: &mut CodeObject, random: &mut Random) {
    match random.below(6) {
        0 => code.argcount = random.below(4) as u32,
        1 => code.kwonlyargcount = random.below(3) as u32,
        2 => code.posonlyargcount = random.below(3) as u32,
        3 => code.stacksize = code.stacksize.saturating_add_signed(random.below(7) as i32 - 2),
        4 => code.firstlineno = random.below(1 << 20) as u32,
        _ => code.flags ^= 1 << random.below(28),
    }
}

fn kind(code: &mut CodeObject, random: &mut Random) {
    let index = random.below(code.localspluskinds.len());
    let bit = 1 << random.below(8);
    if let Some(kind) = code.localspluskinds.get_mut(index) {
        *kind = LocalKind(kind.0 ^ bit);
    }
}

/// Takes a whole field from the donor or from a code object inside it.
fn field(code: &mut CodeObject, donor: &CodeObject, random: &mut Random) {
    let inside: Vec<Rc<CodeObject>> = donor.children().cloned().collect();
    let donor = if random.below(2) == 0 { None } else { random.pick(&inside).cloned() }
        .unwrap_or_else(|| Rc::new(donor.clone()));
    match random.below(8) {
        0 => code.code.clone_from(&donor.code),
        1 => code.consts.clone_from(&donor.consts),
        2 => code.names.clone_from(&donor.names),
        3 => code.linetable.clone_from(&donor.linetable),
        4 => code.exceptiontable.clone_from(&donor.exceptiontable),
        5 => code.flags = donor.flags,
        6 => code.localsplusnames.clone_from(&donor.localsplusnames),
        _ => {
            code.localsplusnames.clone_from(&donor.localsplusnames);
            code.localspluskinds.clone_from(&donor.localspluskinds);
        }
    }
}
