//! An instruction sequence: what code generation writes and graph building reads.

pub use crate::code::Location;
use crate::code::Opcode;

/// A place to jump to, before offsets are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(pub u32);

/// One instruction or pseudo-instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// What it does.
    pub opcode: Opcode,
    /// Its argument, of any size; a [`Label`]'s number for jumps and block set-ups.
    pub arg: u32,
    /// Where it comes from.
    pub location: Location,
}

/// Instructions in source order, with labels between them.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    /// The instructions.
    pub instructions: Vec<Instruction>,
    /// For each label, the index of the instruction it stands before, once it is placed.
    pub labels: Vec<Option<u32>>,
    /// Deferred code that `ANNOTATIONS_PLACEHOLDER` is replaced by, for module and class bodies.
    pub annotations: Option<Box<Sequence>>,
}

impl Sequence {
    /// Drops all instructions and labels, but not their room.
    pub fn clear(&mut self) {
        self.instructions.clear();
        self.labels.clear();
        self.annotations = None;
    }

    /// A label that is not placed yet.
    pub fn new_label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() as u32 - 1)
    }

    /// Places `label` before the next instruction.
    pub fn place(&mut self, label: Label) {
        self.labels[label.0 as usize] = Some(self.instructions.len() as u32);
    }

    /// Appends an instruction.
    pub fn add(&mut self, opcode: Opcode, arg: u32, location: Location) {
        self.instructions.push(Instruction { opcode, arg, location });
    }

    /// Appends a jump or a block set-up.
    pub fn jump(&mut self, opcode: Opcode, target: Label, location: Location) {
        self.add(opcode, target.0, location);
    }

    /// Inserts an instruction at `index` and moves the labels behind it.
    pub fn insert(&mut self, index: usize, opcode: Opcode, arg: u32, location: Location) {
        self.instructions.insert(index, Instruction { opcode, arg, location });
        for place in self.labels.iter_mut().flatten() {
            if *place as usize >= index {
                *place += 1;
            }
        }
    }
}
