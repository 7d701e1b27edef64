//! Packing: values become bytes, one after the other; Python code may have to say which number a value is.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::buffer::item::{Code, ItemBytes, Kind};
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::names;
use super::super::super::native::{Advance, Input, NativeTask, Progress, Style};
use super::super::super::object::{Payload, types};
use super::super::super::protocol::number::Number;
use super::super::super::raise::Raise;
use super::super::super::text::MAX_LENGTH;
use super::super::super::value::Value;
use super::StructFormat;
use super::format::{Content, Field};
use super::object::format_of;

/// Where the bytes go.
#[derive(Clone, Debug, Hash)]
enum Target {
    /// Into a bytes object that is made of them.
    New(Vec<u8>),
    /// Into the memory that a memoryview shows, from this place on.
    Memory(Value, usize),
}

/// Packs values.
#[derive(Clone, Debug, Hash)]
pub struct PackValues {
    format: Rc<StructFormat>,
    values: Vec<Value>,
    at: usize,
    target: Target,
}

impl PackValues {
    /// The field of the value whose turn it is, and where it lies.
    fn turn(&self) -> Option<(Field, usize)> {
        if self.at < self.values.len() { self.format.place(self.at) } else { None }
    }

    /// What a value has to be converted to, where Python code may have a say.
    fn convert(m: &mut Machine, field: Field, value: Value) -> Eval {
        let Content::Items(code, _) = field.content else { return Ok(value.into()) };
        let has = |m: &Machine, name| m.heap.special(value, name).is_some();
        match code.kind {
            Kind::Char => Ok(value.into()),
            Kind::Bool => m.truth(value),
            Kind::Signed | Kind::Unsigned if m.heap.int_ref(value).is_some() => Ok(value.into()),
            Kind::Signed | Kind::Unsigned if has(m, names::INDEX) => m.index(value),
            Kind::Signed | Kind::Unsigned => Err(m.struct_error("required argument is not an integer")),
            Kind::Float => m.real_number(value),
            Kind::Complex if matches!(m.heap.payload_of(value), Some(Payload::Complex(..))) => {
                Ok(value.into())
            }
            Kind::Complex => {
                let name = m.text_handle("__complex__");
                match m.heap.special(value, name) {
                    Some(method) => m.call_method(method, value, Args::default()),
                    None => m.real_number(value),
                }
            }
        }
    }

    /// The bytes of a converted value.
    fn bytes(&self, m: &mut Machine, field: Field, value: Value) -> Result<ItemBytes, Raise> {
        let order = self.format.order;
        match field.content {
            Content::Pad(_) => Ok(ItemBytes::new()),
            Content::Bytes(size) | Content::Pascal(size) => {
                let pascal = matches!(field.content, Content::Pascal(_));
                let Some(bytes) = m.heap.bytes_object(value) else {
                    let letter = char::from(field.letter);
                    return Err(m.struct_error(format!("argument for '{letter}' must be a bytes object")));
                };
                if !pascal {
                    return Ok(bytes[..bytes.len().min(size)].into());
                }
                let count = bytes.len().min(size.saturating_sub(1));
                let head = (size > 0).then_some(count.min(255) as u8);
                Ok(head.into_iter().chain(bytes[..count].iter().copied()).collect())
            }
            Content::Items(code, _) => match code.kind {
                Kind::Bool => Ok(ItemBytes::from_slice(&[u8::from(value == Value::TRUE)])),
                Kind::Char => match m.heap.payload_of(value) {
                    Some(Payload::Bytes(bytes)) if bytes.len() == 1 => Ok(ItemBytes::from_slice(bytes)),
                    _ => Err(m.struct_error("char format requires a bytes object of length 1")),
                },
                Kind::Signed | Kind::Unsigned => self.int_bytes(m, field.letter, code, value),
                Kind::Float => {
                    let Some(Number::Float(number)) = m.heap.number(value) else {
                        return Err(m.struct_error("required argument is not a float"));
                    };
                    code.pack_float(number, order).map_err(|_| self.too_large(m, code))
                }
                Kind::Complex => {
                    let number = match m.heap.number(value) {
                        Some(Number::Complex(number)) => number,
                        Some(Number::Float(number)) => number.into(),
                        _ => return Err(m.struct_error("required argument is not a complex")),
                    };
                    let part = Code::new(Kind::Float, code.size / 2);
                    match code.pack_complex(number, order) {
                        Err(infinite) if self.format.lax_complex => Ok(infinite),
                        packed => packed.map_err(|_| self.too_large(m, part)),
                    }
                }
            },
        }
    }

    fn too_large(&self, m: &mut Machine, code: Code) -> Raise {
        // Of an int CPython says so whatever was too large about it.
        if m.heap.int_ref(self.values[self.at]).is_some() {
            return m.struct_error("int too large to convert");
        }
        let letter = if code.size == 2 { 'e' } else { 'f' };
        m.overflow_error(format!("float too large to pack with {letter} format"))
    }

    fn int_bytes(&self, m: &mut Machine, letter: u8, code: Code, value: Value) -> Result<ItemBytes, Raise> {
        let order = self.format.order;
        let number = m.wide_int(value);
        if letter == b'P' {
            // An address may be given as a negative number.
            let address = number.and_then(|number| {
                let negative = i64::try_from(number).map(|number| number as u64);
                u64::try_from(number).or(negative).ok()
            });
            return match address.and_then(|address| code.pack_int(address.into(), order)) {
                Some(bytes) => Ok(bytes),
                None if m.heap.int_ref(self.values[self.at]).is_some() => {
                    Err(m.struct_error("int too large to convert"))
                }
                None => Err(m.overflow_error("Python int too large to convert to C unsigned long")),
            };
        }
        number.and_then(|number| code.pack_int(number, order)).ok_or_else(|| {
            let ((low, high), letter) = (code.bounds(), char::from(letter));
            m.struct_error(format!("'{letter}' format requires {low} <= number <= {high}"))
        })
    }

    fn write(&mut self, m: &mut Machine, at: usize, bytes: &[u8]) -> Result<(), Raise> {
        match &mut self.target {
            Target::New(all) => all[at..at + bytes.len()].copy_from_slice(bytes),
            Target::Memory(view, start) => {
                let view = m.open_view(*view)?;
                let (owner, begin) = (view.owner.expect("the view is open"), view.layout.start);
                m.heap.write_memory(owner, begin + *start + at, bytes);
            }
        }
        Ok(())
    }
}

impl NativeTask for PackValues {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let mut converted = match input {
            Input::Value(value) => Some(value),
            Input::Raised(_) => {
                let kind = self.turn().map(|(field, _)| field.letter);
                let complex = matches!(kind, Some(b'F' | b'D'));
                let wanted = if complex { "complex" } else { "float" };
                return Err(m.struct_error(format!("required argument is not a {wanted}")));
            }
            _ => None,
        };
        while let Some((field, at)) = self.turn() {
            let value = match converted.take() {
                Some(value) => value,
                None => match Self::convert(m, field, self.values[self.at]) {
                    Ok(Flow::Value(value)) => value,
                    Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                    Err(raise) if self.catches(&m.heap, raise.exception) => {
                        return self.advance(m, Input::Raised(raise.exception));
                    }
                    Err(raise) => return Err(raise),
                },
            };
            let bytes = self.bytes(m, field, value)?;
            self.write(m, at, &bytes)?;
            self.at += 1;
        }
        Ok(Progress::Done(match &self.target {
            Target::New(bytes) => m.heap.bytes(bytes),
            Target::Memory(..) => Value::NONE,
        }))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.values.iter().copied().for_each(&mut *visit);
        if let Target::Memory(view, _) = self.target {
            visit(view);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("pack: converting value {} of {}", self.at + 1, self.values.len())
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        // Whatever goes wrong with a float, CPython says that it is none.
        matches!(self.turn(), Some((Field { letter: b'e' | b'f' | b'd' | b'F' | b'D', .. }, _)))
    }
}

impl Machine {
    fn check_values(&mut self, format: &StructFormat, given: usize, name: &str) -> Result<(), Raise> {
        if given == format.values {
            return Ok(());
        }
        let wanted = format.values;
        Err(self.struct_error(format!("{name} expected {wanted} items for packing (got {given})")))
    }

    /// `pack(values…)`.
    pub(super) fn pack(&mut self, format: Rc<StructFormat>, values: Vec<Value>) -> Eval {
        self.check_values(&format, values.len(), "pack")?;
        if format.size > MAX_LENGTH {
            return Err(self.out_of_memory());
        }
        let target = Target::New(vec![0; format.size]);
        self.begin(PackValues { format, values, at: 0, target })
    }
}

/// `pack_into(buffer, offset, values…)`, the `Struct` in front.
pub(super) fn pack_into(m: &mut Machine, args: &Args) -> Eval {
    let format = format_of(m, args)?;
    if args.len() < 3 {
        let missing = if args.len() < 2 { "buffer" } else { "offset" };
        return Err(m.struct_error(format!("pack_into expected {missing} argument")));
    }
    m.check_values(&format, args.len() - 3, "pack_into")?;
    let view = m.writable_view("argument", args.at(1))?;
    m.continue_with("pack_into", view, args.clone(), 1, |m, args| {
        m.with_indices("pack_into", args, &[2], Style::Plain, |m, args| {
            let format = format_of(m, args)?;
            let length = m.open_view(args.at(1))?.layout.bytes();
            let offset = m.index_i64(args.at(2), types::INDEX_ERROR)?;
            let start = start(m, &format, offset, length as i64)?;
            let size = format.size;
            let values = args.rest(3).collect();
            let mut work = PackValues { format, values, at: 0, target: Target::Memory(args.at(1), start) };
            work.write(m, 0, &vec![0; size])?;
            m.begin(work)
        })
    })
}

/// Where a struct begins in a memory of so many bytes, for an offset.
fn start(m: &mut Machine, format: &StructFormat, offset: i64, length: i64) -> Result<usize, Raise> {
    let size = format.size as i64;
    let from_start = if offset < 0 { offset + length } else { offset };
    Err(m.struct_error(if offset < 0 && offset + size > 0 {
        format!("no space to pack {size} bytes at offset {offset}")
    } else if from_start < 0 {
        format!("offset {offset} out of range for {length}-byte buffer")
    } else if length - from_start < size {
        let least = i128::from(size) + i128::from(from_start);
        format!(
            "pack_into requires a buffer of at least {least} bytes for packing {size} bytes at offset {from_start} \
             (actual buffer size is {length})"
        )
    } else {
        return Ok(from_start as usize);
    }))
}
