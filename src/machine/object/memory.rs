//! How CPython 3.14 lays objects out in memory: `__basicsize__` and what comes of it, up to `sys.getsizeof`.
//!
//! Those of builtin types are facts of CPython's source; `tests/type_layouts.py` asks CPython for them. A class that
//! Python code makes has what its base has, and its slots behind that.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::names;
use super::super::number::IntRef;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::class::{Class, Layout};
use super::{Payload, types};

/// A line for each type: its name and the numbers of [`Memory`].
static TABLE: &str = include_str!("../../../assets/type_layouts.txt");
/// A pointer.
const WORD: i64 = 8;
/// What the garbage collector keeps in front of an object, and what a dict and weak references take there.
const IN_FRONT: i64 = 16;
/// `__dictoffset__` of a class whose instances have their dict in front of them.
const DICT_IN_FRONT: i64 = -1;
/// `__weakrefoffset__` of a class whose instances have their weak references in front of them.
const WEAKREF_IN_FRONT: i64 = -32;
/// How many bits of an int one digit holds.
const DIGIT_BITS: u64 = 30;

/// Where the instances of a type have what, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::machine) struct Memory {
    /// `__basicsize__`.
    pub basic: i64,
    /// `__itemsize__`.
    pub item: i64,
    /// `__dictoffset__`.
    pub dict: i64,
    /// `__weakrefoffset__`.
    pub weakref: i64,
    /// How much stands in front of an instance.
    in_front: i64,
    /// The type whose `__sizeof__` it has.
    sizer: &'static str,
}

fn of_builtin(class: &Class) -> Option<Memory> {
    let wanted = format!("{}.{}", class.module, class.qualname);
    let line = TABLE.lines().find_map(|line| line.strip_prefix(&*wanted)?.strip_prefix(' '))?;
    let (numbers, sizer) = line.rsplit_once(' ')?;
    let numbers: Vec<i64> = numbers.split(' ').map_while(|number| number.parse().ok()).collect();
    let [basic, item, dict, weakref, in_front] = numbers[..] else { return None };
    Some(Memory { basic, item, dict, weakref, in_front, sizer })
}

impl Machine {
    /// How instances of a class lie in memory; an error where that is not known.
    pub(in crate::machine) fn instance_memory(&mut self, class: Handle) -> Result<Memory, Raise> {
        let mut line = vec![class];
        while let Some(last) = line.last().map(|last| self.heap.class(*last))
            && !last.builtin
            && let Some(base) = last.base
        {
            line.push(base);
        }
        let builtin = line.pop().expect("the class itself is among them");
        let Some(mut memory) = of_builtin(self.heap.class(builtin)) else {
            let name = self.type_name(builtin);
            return Err(self.unsupported(format!("the layout of '{name}' objects in memory")));
        };
        let mut base = self.heap.class(builtin);
        for class in line.into_iter().rev().map(|class| self.heap.class(class)) {
            memory.basic += WORD * i64::from(class.slots - base.slots);
            if class.has_dict && !base.has_dict {
                memory.dict = DICT_IN_FRONT;
            }
            if class.has_weakref && !base.has_weakref {
                memory.weakref = WEAKREF_IN_FRONT;
            }
            let values = memory.dict == DICT_IN_FRONT || memory.weakref == WEAKREF_IN_FRONT;
            memory.in_front = memory.in_front.max(if values { 2 * IN_FRONT } else { IN_FRONT });
            base = class;
        }
        Ok(memory)
    }

    /// `object.__sizeof__()`: the basic size, and one item after the other where there are items.
    pub(in crate::machine) fn plain_size(&mut self, value: Value) -> Result<i64, Raise> {
        let class = self.heap.class_of(value);
        let memory = self.instance_memory(class)?;
        if memory.item == 0 {
            return Ok(memory.basic);
        }
        let layout = self.heap.class(class).layout;
        let items = match self.heap.payload_of(value) {
            _ if let Some(number) = self.heap.int_ref(value) => digits(&number),
            Some(Payload::Tuple(items)) if layout == Layout::Builtin(types::TUPLE) => items.len(),
            Some(Payload::Bytes(bytes)) => bytes.len(),
            Some(Payload::MemoryView(view)) => 3 * view.layout.shape.len(),
            _ => {
                let name = self.class_name(value);
                return Err(self.unsupported(format!("the size of '{name}' objects")));
            }
        };
        Ok(memory.basic + memory.item * items as i64)
    }

    /// `str.__sizeof__()`: the text in the narrowest form that it fits, with a zero behind it.
    pub(in crate::machine) fn text_size(&self, value: Value) -> i64 {
        /// A text of ASCII alone, any other, and that of a class derived from str: what is in front of it.
        const FRONT: [i64; 3] = [40, 56, 64];
        let text = self.str_text(value);
        let (front, width) = match text.max_char() {
            0..=0x7F => (FRONT[0], 1),
            0x80..=0xFF => (FRONT[1], 1),
            0x100..=0xFFFF => (FRONT[1], 2),
            _ => (FRONT[1], 4),
        };
        let size = (text.len() as i64 + 1) * width;
        if self.heap.class_of(value) != types::STR {
            return FRONT[2] + size;
        }
        // The one object of such a character has its UTF-8 form at hand, with a zero behind it.
        let utf8 = if text.len() == 1 && (0x80..=0xFF).contains(&text.max_char()) { 3 } else { 0 };
        front + size + utf8
    }

    /// `sys.getsizeof(value)`: what its `__sizeof__` gives, with what stands in front of it.
    pub(in crate::machine) fn size_with_front(&mut self, value: Value) -> Eval {
        let class = self.heap.class_of(value);
        let memory = self.instance_memory(class)?;
        let Some((method, owner)) = self.heap.lookup_with_owner(class, names::SIZEOF) else {
            let class = self.class_name(value);
            return Err(self.type_error(format!("Type {class} doesn't define __sizeof__")));
        };
        let owner = self.heap.class(owner);
        if owner.builtin && memory.sizer != format!("{}.{}", owner.module, owner.qualname) {
            let name = self.class_name(value);
            return Err(self.unsupported(format!("sys.getsizeof() of '{name}' objects")));
        }
        let size = self.call_method(method, value, Args::default())?;
        let in_front = self.heap.int(memory.in_front);
        self.continue_with("sys.getsizeof", size, Args::new([Value::NONE, in_front]), 0, |m, args| {
            let (size, in_front) = (args.at(0), args.at(1));
            if m.heap.int_ref(size).is_none() {
                return Err(m.type_error("an integer is required"));
            }
            let size = m.index_i64(size, types::OVERFLOW_ERROR)?;
            if size < 0 {
                return Err(m.value_error("__sizeof__() should return >= 0"));
            }
            let in_front = m.index_i64(in_front, types::OVERFLOW_ERROR)?;
            Ok(m.heap.int(size + in_front).into())
        })
    }
}

/// How many digits CPython keeps of an int; it has room for one at least.
fn digits(number: &IntRef<'_>) -> usize {
    let bits = match number {
        IntRef::Small(number) => u64::from(i64::BITS - number.unsigned_abs().leading_zeros()),
        IntRef::Big(number) => number.bits(),
    };
    (bits.div_ceil(DIGIT_BITS) as usize).max(1)
}
