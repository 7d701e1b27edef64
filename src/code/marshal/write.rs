//! Writes code objects as CPython's `marshal.dumps` writes a freshly compiled one.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

use super::identity::{CodeIds, Id, Objects, Value};
use super::kind;
use crate::code::{CodeObject, Text, stack};

/// The marshalled code object.
pub fn write(code: &CodeObject) -> Vec<u8> {
    let mut objects = Objects::default();
    let root = objects.code(code);
    let mut writer = Writer::new(&objects);
    // The caller holds the outermost code object, too.
    writer.object(root, true);
    writer.out
}

struct Writer<'objects> {
    objects: &'objects Objects<'objects>,
    /// The numbers given out so far.
    numbers: FxHashMap<Id, u32>,
    /// How many were given out; some go to objects that never occur again.
    count: u32,
    out: Vec<u8>,
}

impl<'objects> Writer<'objects> {
    fn new(objects: &'objects Objects<'objects>) -> Self {
        Self { objects, numbers: FxHashMap::default(), count: 0, out: Vec::new() }
    }

    fn int(&mut self, value: u32) {
        self.out.extend(value.to_le_bytes());
    }

    fn sized(&mut self, bytes: &[u8]) {
        self.int(bytes.len() as u32);
        self.out.extend_from_slice(bytes);
    }

    /// Writes an object, or the number it has already; `is_held` says that it has an owner besides
    /// those in the graph.
    fn object(&mut self, id: Id, is_held: bool) {
        let objects = self.objects;
        match objects.value(id) {
            Value::None => return self.out.push(kind::NONE),
            Value::Ellipsis => return self.out.push(kind::ELLIPSIS),
            Value::Bool(value) => {
                return self.out.push(if *value { kind::TRUE } else { kind::FALSE });
            }
            _ => {}
        }
        let mut flag = 0;
        if is_held || objects.is_shared(id) {
            if let Some(&number) = self.numbers.get(&id) {
                self.out.push(kind::REFERENCE);
                return self.int(number);
            }
            self.numbers.insert(id, self.count);
            self.count += 1;
            flag = kind::FLAG_REF;
        }
        self.content(objects.value(id), flag);
    }

    fn content(&mut self, value: &'objects Value, flag: u8) {
        match value {
            Value::None | Value::Ellipsis | Value::Bool(_) => {}
            Value::Int(int) => self.python_int(int, flag),
            Value::Float(bits) => {
                self.out.push(kind::FLOAT | flag);
                self.out.extend(bits.to_le_bytes());
            }
            Value::Complex(real, imaginary) => {
                self.out.push(kind::COMPLEX | flag);
                self.out.extend(real.to_le_bytes());
                self.out.extend(imaginary.to_le_bytes());
            }
            Value::Str { text, interned } => self.text(text, *interned, flag),
            Value::Filename(name) => self.text(&Text::Unicode(name.clone()), true, flag),
            Value::Bytes(bytes) => {
                self.out.push(kind::BYTES | flag);
                self.sized(bytes);
            }
            Value::Tuple(items) => {
                if let Ok(count) = u8::try_from(items.len()) {
                    self.out.extend([kind::SMALL_TUPLE | flag, count]);
                } else {
                    self.out.push(kind::TUPLE | flag);
                    self.int(items.len() as u32);
                }
                for item in items {
                    self.object(*item, false);
                }
            }
            Value::FrozenSet(members) => {
                self.out.push(kind::FROZENSET | flag);
                self.int(members.len() as u32);
                // The members are written in the order of their own marshalled bytes, and held in a
                // list meanwhile.
                let mut dumps: Vec<(Vec<u8>, Id)> =
                    members.iter().map(|&member| (self.dump(member), member)).collect();
                dumps.sort_by(|left, right| left.0.cmp(&right.0));
                for (_, member) in dumps {
                    self.object(member, true);
                }
            }
            Value::Slice(bounds) => {
                self.out.push(kind::SLICE | flag);
                for bound in bounds {
                    self.object(*bound, false);
                }
            }
            Value::Code(index) => stack::grow(|| self.code(self.objects.code_of(*index), flag)),
        }
    }

    fn dump(&self, id: Id) -> Vec<u8> {
        let mut writer = Writer::new(self.objects);
        writer.object(id, true);
        writer.out
    }

    fn python_int(&mut self, int: &BigInt, flag: u8) {
        if let Some(small) = int.to_i32() {
            self.out.push(kind::INT | flag);
            self.int(small as u32);
            return;
        }
        self.out.push(kind::LONG | flag);
        // Digits of 15 bits, the lowest first.
        let bytes = int.magnitude().to_bytes_le();
        let mut digits = Vec::with_capacity(bytes.len() / 2 + 1);
        let (mut bits, mut filled) = (0u32, 0);
        for byte in bytes {
            bits |= u32::from(byte) << filled;
            filled += 8;
            if filled >= 15 {
                digits.push(bits & 0x7FFF);
                bits >>= 15;
                filled -= 15;
            }
        }
        if bits != 0 {
            digits.push(bits);
        }
        let count = digits.len() as u32;
        self.int(if int.sign() == Sign::Minus { count.wrapping_neg() } else { count });
        self.out.extend(digits.iter().flat_map(|&digit| (digit as u16).to_le_bytes()));
    }

    fn text(&mut self, text: &Text, interned: bool, flag: u8) {
        let points = match text {
            Text::Unicode(text) if text.is_ascii() => {
                let kinds = if interned {
                    [kind::SHORT_ASCII_INTERNED, kind::ASCII_INTERNED]
                } else {
                    [kind::SHORT_ASCII, kind::ASCII]
                };
                if let Ok(count) = u8::try_from(text.len()) {
                    self.out.extend([kinds[0] | flag, count]);
                } else {
                    self.out.push(kinds[1] | flag);
                    self.int(text.len() as u32);
                }
                return self.out.extend_from_slice(text.as_bytes());
            }
            Text::Unicode(text) => {
                self.out.push(if interned { kind::INTERNED } else { kind::UNICODE } | flag);
                return self.sized(text.as_bytes());
            }
            Text::Surrogates(points) => points,
        };
        self.out.push(if interned { kind::INTERNED } else { kind::UNICODE } | flag);
        let mut bytes = Vec::with_capacity(points.len());
        for &point in points.iter() {
            match char::from_u32(point) {
                Some(character) => {
                    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                // A lone surrogate, as if it were a character.
                None => bytes.extend([
                    0xE0 | (point >> 12) as u8,
                    0x80 | (point >> 6 & 0x3F) as u8,
                    0x80 | (point & 0x3F) as u8,
                ]),
            }
        }
        self.sized(&bytes);
    }

    fn code(&mut self, ids: &CodeIds<'_>, flag: u8) {
        let code = ids.code;
        self.out.push(kind::CODE | flag);
        let numbers = [code.argcount, code.posonlyargcount, code.kwonlyargcount, code.stacksize, code.flags];
        for number in numbers {
            self.int(number);
        }
        // `co_code` is made for the asking, and then kept: two owners, and no other code has it.
        self.count += 1;
        self.out.push(kind::BYTES | kind::FLAG_REF);
        self.sized(&code.code);
        for id in [ids.consts, ids.names, ids.localsplusnames] {
            self.object(id, false);
        }
        if let Some(id) = ids.kinds {
            self.object(id, false);
        } else {
            self.out.push(kind::BYTES);
            self.int(code.localspluskinds.len() as u32);
            self.out.extend(code.localspluskinds.iter().map(|kind| kind.0));
        }
        for id in [ids.filename, ids.name, ids.qualname] {
            self.object(id, false);
        }
        self.int(code.firstlineno);
        for id in [ids.linetable, ids.exceptiontable] {
            self.object(id, false);
        }
    }
}
