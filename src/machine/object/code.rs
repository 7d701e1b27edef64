//! A code object as the machine runs it: decoded once, its constants made objects.

use std::rc::Rc;

use super::super::value::{Handle, Value};
use crate::code::exceptiontable::Handler;
use crate::code::linetable::{self, Location};
use crate::code::{CodeObject, CodeUnit, Opcode};

/// A code object and the objects that its constants and names are.
#[derive(Debug)]
pub struct LoadedCode {
    /// What the compiler made.
    pub code: Rc<CodeObject>,
    /// The text it was compiled from, where that is known.
    pub source: Option<Rc<str>>,
    /// `co_consts` as objects.
    pub consts: Box<[Value]>,
    /// `co_names`, interned.
    pub names: Box<[Handle]>,
    /// The names of the fast locals, interned.
    pub locals: Box<[Handle]>,
    /// `co_name`, interned.
    pub name: Handle,
    /// `co_qualname`, interned.
    pub qualname: Handle,
    /// The exception table, decoded, in its order.
    pub handlers: Box<[Handler]>,
}

/// The most slots of the value stack that a frame has from the start.
const STACK_RESERVED: u32 = 256;

impl LoadedCode {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.consts.iter().copied().for_each(&mut *visit);
        self.names
            .iter()
            .chain(&self.locals)
            .chain([&self.name, &self.qualname])
            .for_each(|name| visit(Value::object(*name)));
    }

    /// The handler that protects the instruction at `at`.
    pub fn handler_at(&self, at: CodeUnit) -> Option<&Handler> {
        self.handlers.iter().find(|handler| handler.start <= at && at < handler.end)
    }

    /// The whole argument of the instruction at `at`, with what stands before it.
    pub fn argument(&self, at: CodeUnit) -> u32 {
        let mut argument = self.unit(at).map_or(0, |(_, low)| u32::from(low));
        for back in 1..=3 {
            let Some(before) = at.0.checked_sub(back).map(CodeUnit) else { break };
            if self.opcode(before) != Some(Opcode::EXTENDED_ARG) {
                break;
            }
            argument |= self.unit(before).map_or(0, |(_, more)| u32::from(more)) << (8 * back);
        }
        argument
    }

    /// The opcode byte and the argument byte at `at`; `None` behind the end.
    #[inline]
    pub fn unit(&self, at: CodeUnit) -> Option<(u8, u8)> {
        let index = at.0 as usize * 2;
        match self.code.code.get(index..index + 2) {
            Some(&[opcode, arg]) => Some((opcode, arg)),
            _ => None,
        }
    }

    /// The opcode at `at`.
    pub fn opcode(&self, at: CodeUnit) -> Option<Opcode> {
        self.unit(at).and_then(|(byte, _)| Opcode::from_byte(byte))
    }

    /// The source line of the instruction at `at`, where it has one.
    pub fn line_at(&self, at: CodeUnit) -> Option<u32> {
        self.location_at(at).and_then(|location| location.line())
    }

    /// The source range of the instruction at `at`.
    pub fn location_at(&self, at: CodeUnit) -> Option<Location> {
        linetable::entries(&self.code.linetable, self.code.firstlineno)
            .find(|entry| at < entry.end)
            .map(|entry| entry.location)
    }

    /// How many slots a frame has room for from the start: fast locals and value stack.  What a file says
    /// of the latter is not believed beyond what is usual; it grows where that is not enough.
    pub fn frame_size(&self) -> usize {
        self.locals_len() + self.code.stacksize.min(STACK_RESERVED) as usize
    }

    /// How many fast locals there are.
    pub fn locals_len(&self) -> usize {
        self.locals.len()
    }
}

impl std::hash::Hash for LoadedCode {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // Code never changes; its constants tell two instances of it apart.
        self.qualname.hash(state);
        self.consts.hash(state);
    }
}
