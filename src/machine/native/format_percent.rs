//! `template % values`: directive by directive, each of which may run Python code.

use std::ops::Range;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::format;
use crate::machine::format::percent::{self, Amount, Directive, Field, Piece, Template};
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::number::Number;
use crate::machine::raise::Raise;
use crate::machine::text::{MAX_LENGTH, Str, StrBuilder};
use crate::machine::value::Value;

/// Where the next value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Source {
    /// From the tuple behind the `%`: the one with this index.
    Tuple(usize),
    /// There is only this one: what stands behind the `%`, or what a key gave.
    One(Value),
    /// It is used up.
    Empty,
}

/// What the directives have made so far.
#[derive(Clone, Debug, Hash)]
enum Made {
    Str(StrBuilder),
    Bytes(Vec<u8>),
}

/// A directive whose value is being converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Open {
    conversion: char,
    field: Field,
    value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Waiting {
    No,
    /// For the mapping's item of a `%(key)s`.
    Key,
    /// For what a value's own method makes of it.
    Conversion(Open),
}

/// `template % values`.
#[derive(Clone, Debug, Hash)]
pub struct FormatPercent {
    /// A str or a bytes object.
    template: Value,
    /// Whether the template was a bytearray, and the result is to be one.
    to_bytearray: bool,
    values: Value,
    is_mapping: bool,
    source: Source,
    /// Where the next piece of the template begins.
    at: usize,
    /// How many directives are done.
    count: usize,
    made: Made,
    /// The str that is all there is so far, as CPython gives it back itself.
    same: Option<Value>,
    waiting: Waiting,
}

impl FormatPercent {
    /// The formatting of `values` by `template`, a str, bytes or bytearray.
    pub fn new(machine: &mut Machine, template: Value, values: Value) -> Self {
        let copy = match machine.heap.payload_of(template) {
            // The methods of the values may change it.
            Some(Payload::ByteArray(bytes)) => Some(bytes.clone()),
            _ => None,
        };
        let to_bytearray = copy.is_some();
        let template = copy.map_or(template, |bytes| machine.heap.bytes(&bytes));
        let in_bytes = machine.heap.text_of(template).is_none();
        let is_tuple = matches!(machine.heap.payload_of(values), Some(Payload::Tuple(_)));
        Self {
            template,
            to_bytearray,
            values,
            is_mapping: machine.is_format_mapping(values, in_bytes),
            source: if is_tuple { Source::Tuple(0) } else { Source::One(values) },
            at: 0,
            count: 0,
            made: if in_bytes { Made::Bytes(Vec::new()) } else { Made::Str(StrBuilder::new()) },
            same: None,
            waiting: Waiting::No,
        }
    }

    /// Takes the next value.
    fn take(&mut self, machine: &mut Machine) -> Result<Value, Raise> {
        let (value, rest) = match self.source {
            Source::Tuple(index) => {
                (machine.tuple_items(self.values).get(index).copied(), Source::Tuple(index + 1))
            }
            Source::One(value) => (Some(value), Source::Empty),
            Source::Empty => (None, Source::Empty),
        };
        self.source = rest;
        value.ok_or_else(|| machine.format_error(percent::NOT_ENOUGH))
    }

    /// The int that stands for a `*`.
    fn take_star(&mut self, machine: &mut Machine, ctype: &str) -> Result<i64, Raise> {
        let value = self.take(machine)?;
        let Some(int) = machine.heap.int_ref(value) else {
            return Err(machine.format_error(percent::STAR_WANTS_INT));
        };
        let small = int.small().filter(|small| ctype != "int" || i32::try_from(*small).is_ok());
        small.ok_or_else(|| machine.overflow_error(format!("Python int too large to convert to C {ctype}")))
    }

    /// The width and the precision of a directive.
    fn field(&mut self, machine: &mut Machine, directive: &Directive) -> Result<Field, Raise> {
        let mut field = Field { flags: directive.flags, width: 0, precision: None };
        match directive.width.clone().map_err(|error| machine.format_error(error))? {
            Amount::None => {}
            Amount::Given(width) => field.width = width,
            Amount::Argument => {
                let width = self.take_star(machine, "ssize_t")?;
                field.flags.left |= width < 0;
                field.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
            }
        }
        field.precision = match directive.precision.clone().map_err(|error| machine.format_error(error))? {
            Amount::None => None,
            Amount::Given(precision) => Some(precision),
            Amount::Argument => Some(usize::try_from(self.take_star(machine, "int")?).unwrap_or(0)),
        };
        Ok(field)
    }

    /// Asks the mapping for the item of a `%(key)s`.
    fn ask_key(&self, machine: &mut Machine, key: &format::Result<Range<usize>>) -> Eval {
        if !self.is_mapping {
            return Err(machine.format_error(percent::NO_MAPPING));
        }
        let range = key.clone().map_err(|error| machine.format_error(error))?;
        let key = match machine.heap.payload_of(self.template) {
            Some(Payload::Str(text)) => {
                let key = text.text.slice(range);
                machine.heap.str(key)
            }
            Some(Payload::Bytes(bytes)) => {
                let key = bytes[range].to_vec();
                machine.heap.bytes(&key)
            }
            _ => panic!("a template is a str or a bytes object"),
        };
        machine.get_item(self.values, key)
    }

    /// Puts what `open` has become in its place.
    fn put(&mut self, machine: &mut Machine, open: Open, value: Value) -> Result<(), Raise> {
        self.count += 1;
        let at_end = self.at >= template_length(machine, self.template);
        match &mut self.made {
            Made::Str(made) => {
                let text = open.text(machine, value)?;
                let alone = made.is_empty() && at_end && !text.is_empty();
                made.push_str(&text);
                self.same = if alone { open.alone(machine, value, &text) } else { None };
            }
            Made::Bytes(made) => made.extend_from_slice(&open.bytes(machine, value)?),
        }
        self.check_length(machine)
    }

    fn check_length(&self, machine: &mut Machine) -> Result<(), Raise> {
        let length = match &self.made {
            Made::Str(made) => made.len(),
            Made::Bytes(made) => made.len(),
        };
        if length > MAX_LENGTH { Err(machine.raise_with(types::MEMORY_ERROR, vec![])) } else { Ok(()) }
    }

    /// Goes on to the next value that has to be waited for.
    fn proceed(&mut self, machine: &mut Machine, mut keyed: bool) -> Result<Option<Entry>, Raise> {
        while let Some((piece, next)) = next_piece(machine, self.template, self.at) {
            let directive = match piece {
                Piece::Literal(range) => {
                    self.put_literal(machine, range);
                    self.at = next;
                    continue;
                }
                Piece::Directive(directive) => directive,
            };
            if let (Some(key), false) = (&directive.key, keyed) {
                match self.ask_key(machine, key)? {
                    Flow::Value(item) => self.source = Source::One(item),
                    Flow::Enter(entry) => {
                        self.waiting = Waiting::Key;
                        return Ok(Some(entry));
                    }
                }
            }
            keyed = false;
            self.at = next;
            let open = self.open(machine, &directive)?;
            match open.convert(machine, matches!(self.made, Made::Bytes(_))) {
                Ok(Flow::Value(value)) => self.put(machine, open, value)?,
                Ok(Flow::Enter(entry)) => {
                    self.waiting = Waiting::Conversion(open);
                    return Ok(Some(entry));
                }
                Err(raise) => return Err(self.refused(machine, open, raise)),
            }
        }
        Ok(None)
    }

    fn put_literal(&mut self, machine: &Machine, range: Range<usize>) {
        match (&mut self.made, machine.heap.payload_of(self.template)) {
            (Made::Str(made), Some(Payload::Str(text))) => {
                let is_whole = !range.is_empty() && range.len() == text.text.len();
                self.same = is_whole.then_some(self.template);
                made.push_range(&text.text, range);
            }
            (Made::Bytes(made), Some(Payload::Bytes(bytes))) => made.extend_from_slice(&bytes[range]),
            _ => panic!("a template is a str or a bytes object"),
        }
    }

    /// Reads the flags of a directive and takes its value.
    fn open(&mut self, machine: &mut Machine, directive: &Directive) -> Result<Open, Raise> {
        let field = self.field(machine, directive)?;
        let (conversion, index) =
            directive.conversion.clone().map_err(|error| machine.format_error(error))?;
        let value = self.take(machine)?;
        let known = match self.made {
            Made::Str(_) => "sradiuoxXeEfFgGc",
            Made::Bytes(_) => "sbradiuoxXeEfFgGc",
        };
        if let Some(conversion) = char::from_u32(conversion).filter(|conversion| known.contains(*conversion))
        {
            return Ok(Open { conversion, field, value });
        }
        let error = with_template(machine, self.template, |template| {
            Directive::unsupported(template, conversion, index)
        });
        Err(machine.format_error(error))
    }

    /// What a failed conversion raises: CPython puts its own words for some errors.
    fn refused(&self, machine: &mut Machine, open: Open, raise: Raise) -> Raise {
        if self.replaces(&machine.heap, open, raise.exception) {
            open.wrong_type(machine, matches!(self.made, Made::Bytes(_)))
        } else {
            raise
        }
    }

    fn replaces(&self, heap: &Heap, open: Open, exception: Value) -> bool {
        let in_bytes = matches!(self.made, Made::Bytes(_));
        match open.conversion {
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => heap.is_instance(exception, types::TYPE_ERROR),
            'c' => !in_bytes && heap.is_instance(exception, types::TYPE_ERROR),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => in_bytes,
            _ => false,
        }
    }

    fn finish(self, machine: &mut Machine) -> Result<Value, Raise> {
        let left = match self.source {
            Source::Tuple(index) => index < machine.tuple_items(self.values).len(),
            Source::One(_) => true,
            Source::Empty => false,
        };
        if left && !self.is_mapping {
            let what = if matches!(self.made, Made::Str(_)) { "string" } else { "bytes" };
            return Err(machine.type_error(format!("not all arguments converted during {what} formatting")));
        }
        Ok(match (self.same, self.made) {
            (Some(same), _) => same,
            (None, Made::Str(made)) => machine.heap.str(made.finish()),
            (None, Made::Bytes(made)) if self.to_bytearray => machine.heap.bytearray(made),
            (None, Made::Bytes(made)) => machine.heap.bytes(&made),
        })
    }
}

impl Open {
    /// The str that CPython makes first, of which the text is taken as it is: it is the result where there is nothing
    /// before or behind.  What is written piece by piece becomes the letter that is kept, where it is one.
    fn alone(self, machine: &mut Machine, value: Value, text: &Str) -> Option<Value> {
        let (width, precision) = (self.field.width, self.field.precision);
        let plain = width == 0 && precision.is_none() && machine.heap.class_of(self.value) == types::INT;
        if plain || precision == Some(0) || self.field.flags.plus || self.field.flags.space {
            return None;
        }
        match self.conversion {
            's' | 'r' | 'a' => {
                let is_whole = machine.heap.class_of(value) == types::STR && machine.str_text(value) == text;
                is_whole.then_some(value)
            }
            'd' | 'i' | 'u' => Some(machine.heap.new_str(text.clone())),
            _ => None,
        }
    }

    /// The str, bytes, int or float that the conversion needs of its value.
    fn convert(self, machine: &mut Machine, in_bytes: bool) -> Eval {
        let value = self.value;
        match self.conversion {
            's' if !in_bytes => machine.str(value),
            's' | 'b' => machine.bytes_to_format(value),
            'r' if !in_bytes => machine.repr(value),
            'r' | 'a' => machine.ascii(value),
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
                if machine.heap.int_ref(value).is_some() {
                    Ok(value.into())
                } else if !machine.is_number_like(value) {
                    Err(self.wrong_type(machine, in_bytes))
                } else if matches!(self.conversion, 'o' | 'x' | 'X') {
                    machine.index(value)
                } else {
                    machine.int_of(value)
                }
            }
            'c' => {
                let is_text = if in_bytes {
                    machine.heap.byte_string(value).is_some()
                } else {
                    machine.heap.text_of(value).is_some()
                };
                if is_text {
                    Ok(value.into())
                } else if machine.heap.special(value, names::INDEX).is_none() {
                    Err(self.wrong_type(machine, in_bytes))
                } else {
                    machine.index(value)
                }
            }
            _ => machine.real_number(value),
        }
    }

    #[cold]
    fn wrong_type(self, machine: &mut Machine, in_bytes: bool) -> Raise {
        let class = match self.conversion {
            'c' => machine.qualified_class_name(self.value),
            _ => machine.class_name(self.value),
        };
        let conversion = self.conversion;
        let message = match conversion {
            'o' | 'x' | 'X' => format!("%{conversion} format: an integer is required, not {class}"),
            'd' | 'i' | 'u' => format!("%{conversion} format: a real number is required, not {class}"),
            'c' => {
                format!("{}, not {}", character_wanted(in_bytes), class)
            }
            _ => format!("float argument required, not {class}"),
        };
        machine.type_error(message)
    }

    /// What stands for a number, of which `value` is the int or float.
    fn number(self, machine: &mut Machine, value: Value) -> Result<Str, Raise> {
        let text = match machine.heap.number(value) {
            Some(Number::Int(int)) => {
                percent::int(int, self.conversion, &self.field, machine.thread.settings.digit_limit)
            }
            Some(Number::Float(float)) => percent::float(float, self.conversion, &self.field),
            Some(Number::Complex(_)) | None => panic!("a conversion of numbers gives an int or a float"),
        };
        text.map_err(|error| machine.format_error(error))
    }

    /// What stands in a str for the value, which was converted to `value`.
    fn text(self, machine: &mut Machine, value: Value) -> Result<Str, Raise> {
        let text = match self.conversion {
            's' | 'r' | 'a' => percent::text(machine.str_text(value), &self.field),
            'c' => {
                let character = match (machine.heap.text_of(value), machine.heap.int_ref(value)) {
                    (Some(text), _) if text.len() == 1 => Ok(text.clone()),
                    (Some(text), _) => {
                        let message =
                            format!("{}, not a string of length {}", character_wanted(false), text.len());
                        return Err(machine.type_error(message));
                    }
                    (None, Some(int)) => percent::character_of(int),
                    (None, None) => panic!("a character is made of a str or an int"),
                };
                character.and_then(|character| percent::character(&character, &self.field))
            }
            _ => return self.number(machine, value),
        };
        text.map_err(|error| machine.format_error(error))
    }

    /// What stands in a bytes object for the value, which was converted to `value`.
    fn bytes(self, machine: &mut Machine, value: Value) -> Result<Vec<u8>, Raise> {
        let ascii = |text: &Str| text.to_string_lossy().into_owned().into_bytes();
        let bytes = match self.conversion {
            's' | 'b' => {
                percent::byte_string(machine.heap.byte_string(value).unwrap_or_default(), &self.field)
            }
            'r' | 'a' => percent::byte_string(&ascii(machine.str_text(value)), &self.field),
            'c' => {
                let byte = match (machine.heap.byte_string(value), machine.heap.int_ref(value)) {
                    (Some([byte]), _) => Ok(*byte),
                    (Some(bytes), _) => {
                        let message = format!(
                            "{}, not a {} object of length {}",
                            character_wanted(true),
                            if machine.heap.is_instance(value, types::BYTES) { "bytes" } else { "bytearray" },
                            bytes.len()
                        );
                        return Err(machine.type_error(message));
                    }
                    (None, Some(int)) => percent::byte_of(int),
                    (None, None) => panic!("a byte is made of bytes or an int"),
                };
                byte.and_then(|byte| percent::byte(&[byte], &self.field))
            }
            _ => return self.number(machine, value).map(|text| ascii(&text)),
        };
        bytes.map_err(|error| machine.format_error(error))
    }
}

const fn character_wanted(in_bytes: bool) -> &'static str {
    if in_bytes {
        "%c requires an integer in range(256) or a single byte"
    } else {
        "%c requires an int or a unicode character"
    }
}

fn with_template<T>(machine: &Machine, template: Value, then: impl FnOnce(Template<'_>) -> T) -> T {
    match machine.heap.payload_of(template) {
        Some(Payload::Str(text)) => then(Template::Str(&text.text)),
        Some(Payload::Bytes(bytes)) => then(Template::Bytes(bytes)),
        _ => panic!("a template is a str or a bytes object"),
    }
}

fn next_piece(machine: &Machine, template: Value, at: usize) -> Option<(Piece, usize)> {
    with_template(machine, template, |template| percent::next(template, at))
}

fn template_length(machine: &Machine, template: Value) -> usize {
    match machine.heap.text_of(template) {
        Some(text) => text.len(),
        None => machine.heap.byte_string(template).unwrap_or_default().len(),
    }
}

impl NativeTask for FormatPercent {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut keyed = false;
        match (std::mem::replace(&mut self.waiting, Waiting::No), input) {
            (Waiting::Key, Input::Value(item)) => {
                self.source = Source::One(item);
                keyed = true;
            }
            (Waiting::Conversion(open), Input::Value(value)) => self.put(machine, open, value)?,
            (Waiting::Conversion(open), Input::Raised(exception)) => {
                return Err(self.refused(machine, open, Raise::again(exception)));
            }
            _ => {}
        }
        match self.proceed(machine, keyed)? {
            Some(entry) => Ok(Progress::Wait(self.into(), entry)),
            None => self.finish(machine).map(Progress::Done),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.template);
        visit(self.values);
        if let Source::One(value) = self.source {
            visit(value);
        }
        if let Waiting::Conversion(open) = self.waiting {
            visit(open.value);
        }
        self.same.into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let number = self.count + 1;
        match self.waiting {
            Waiting::No => "%: formatting".to_owned(),
            Waiting::Key => format!("%: looking up the key of value {number}"),
            Waiting::Conversion(open) => {
                let class = &heap.class(heap.class_of(open.value)).name;
                format!("%{}: converting value {number}, a {class}", open.conversion)
            }
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        match self.waiting {
            Waiting::Conversion(open) => self.replaces(heap, open, exception),
            Waiting::No | Waiting::Key => false,
        }
    }
}
