//! One item of an array: the bytes of a value, and the value of bytes.

use super::super::super::Machine;
use super::super::super::buffer::item::{Code, ItemBytes, Kind, NATIVE};
use super::super::super::frame::{Eval, Flow};
use super::super::super::native::{Taken, Takes};
use super::super::super::protocol::number::Number;
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::Value;

/// The greatest code point there is.
const LAST_POINT: u32 = 0x10_FFFF;

impl Machine {
    /// The item of an array at a place; None behind the last.
    pub(in crate::machine) fn array_item(
        &mut self,
        value: Value,
        index: usize,
    ) -> Result<Option<Value>, Raise> {
        let Some(array) = self.heap.array_ref(value) else { return Ok(None) };
        let size = array.size();
        let bytes = index.checked_mul(size).and_then(|at| array.bytes.get(at..at + size));
        let Some(bytes) = bytes else { return Ok(None) };
        Ok(Some(match Code::native(array.letter) {
            Some(code) => {
                let item = code.unpack(bytes, NATIVE);
                self.item_value(item)
            }
            None => match point(bytes) {
                point if point <= LAST_POINT => self.heap.str(Str::from_point(point)),
                _ => return Err(self.value_error("chr() arg not in range(0x110000)")),
            },
        }))
    }

    /// What a value has to be converted to before its bytes can be told: an int or a float, which Python code
    /// may have to give.
    pub(super) fn array_convert(&mut self, letter: u8, value: Value) -> Eval {
        match Code::native(letter).map(|code| code.kind) {
            None => Ok(Flow::Value(value)),
            Some(Kind::Float) => self.real_number(value),
            Some(_) => self.index(value),
        }
    }

    /// The bytes of a converted value as an item of an array.
    pub(super) fn array_pack(&mut self, letter: u8, value: Value) -> Result<ItemBytes, Raise> {
        let Some(code) = Code::native(letter) else { return self.pack_character(value) };
        if code.kind == Kind::Float {
            let Some(Number::Float(number)) = self.heap.number(value) else { panic!("it was converted") };
            // What is too large for a single is an infinity.
            return Ok(code.pack_float(number, NATIVE).unwrap_or_else(|infinity| infinity));
        }
        let number = self.wide_int(value);
        let packed = number.and_then(|number| code.pack_int(number, NATIVE));
        packed.ok_or_else(|| {
            let negative = self.heap.int_ref(value).is_some_and(|int| int.signum() < 0);
            self.overflow_error(too_large(letter, number, negative))
        })
    }

    fn pack_character(&mut self, value: Value) -> Result<ItemBytes, Raise> {
        let Some(text) = self.heap.text_of(value) else {
            let class = self.class_name(value);
            return Err(self.type_error(format!("array item must be a unicode character, not {class}")));
        };
        match (text.len(), text.get(0)) {
            (1, Some(point)) => Ok(ItemBytes::from_slice(&point.to_le_bytes())),
            (length, _) => Err(self.type_error(format!(
                "array item must be a unicode character, not a string of length {length}"
            ))),
        }
    }
}

/// The code point that four bytes are.
pub(super) fn point(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |point, byte| point << 8 | u32::from(*byte))
}

/// What CPython says of an int that is no item of this type code; each C type is converted in a way of its own.
fn too_large(letter: u8, number: Option<i128>, negative: bool) -> String {
    let in_c_long = number.and_then(|number| i64::try_from(number).ok());
    let edge = |low: i64, high: i64, inner: &str, own: &str| match in_c_long {
        None => "Python int too large to convert to C long".to_owned(),
        Some(number) if (low..=high).contains(&number) => {
            format!("{own} is {}", if negative { "less than minimum" } else { "greater than maximum" })
        }
        Some(number) => {
            format!("{inner} is {}", if number < 0 { "less than minimum" } else { "greater than maximum" })
        }
    };
    let (short, int) = ((i16::MIN.into(), i16::MAX.into()), (i32::MIN.into(), i32::MAX.into()));
    match letter {
        b'b' => edge(short.0, short.1, "signed short integer", "signed char"),
        b'B' => edge(short.0, short.1, "unsigned byte integer", "unsigned byte integer"),
        b'h' => edge(short.0, short.1, "signed short integer", "signed short integer"),
        b'H' => edge(int.0, int.1, "signed integer", "unsigned short"),
        b'i' => edge(int.0, int.1, "signed integer", "signed integer"),
        b'I' | b'L' if negative => "can't convert negative value to unsigned int".to_owned(),
        b'I' if number.is_some_and(|number| u64::try_from(number).is_ok()) => {
            "unsigned int is greater than maximum".to_owned()
        }
        b'I' | b'L' => "Python int too large to convert to C unsigned long".to_owned(),
        b'l' => "Python int too large to convert to C long".to_owned(),
        b'Q' if negative => "can't convert negative int to unsigned".to_owned(),
        _ => "int too big to convert".to_owned(),
    }
}

/// Items that go into an array: `array()`, `extend()`, `fromlist()`.
#[derive(Clone, Debug, Hash)]
pub struct FillArray {
    array: Value,
    letter: u8,
    /// Whether each item is converted twice: CPython does so where the array grows item by item, once to see
    /// that the item fits.
    twice: bool,
    /// The item that is still to be converted again.
    again: Option<Value>,
}

impl FillArray {
    pub(super) const fn new(array: Value, letter: u8, twice: bool) -> Self {
        Self { array, letter, twice, again: None }
    }

    fn convert(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        match machine.array_convert(self.letter, item)? {
            Flow::Value(item) => self.answer(machine, item),
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }
}

impl Takes for FillArray {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        self.again = self.twice.then_some(item);
        self.convert(machine, item)
    }

    fn answer(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        let bytes = machine.array_pack(self.letter, item)?;
        if let Some(item) = self.again.take() {
            return self.convert(machine, item);
        }
        machine.resizable_array(self.array)?.extend_from_slice(&bytes);
        Ok(Taken::More)
    }

    fn finish(&mut self, _machine: &mut Machine) -> Eval {
        Ok(self.array.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.array);
        self.again.into_iter().for_each(visit);
    }

    fn name(&self) -> &'static str {
        "array"
    }

    fn doing(&self, number: usize) -> String {
        format!("converting item {number}")
    }
}
