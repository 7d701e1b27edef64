//! `str.format` and `str.format_map`: field by field, each of which may run Python code.

use std::ops::Range;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::format::template::{self, Access, Field, First, MAX_DEPTH, Numbering};
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::text::{MAX_LENGTH, Str, StrBuilder};
use crate::machine::value::Value;

/// Where the fields find their values.
#[derive(Clone, Debug, Hash)]
enum Source {
    /// `str.format(*args, **kwargs)`.
    Arguments(Args),
    /// `str.format_map(mapping)`.
    Mapping(Value),
}

/// How far a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The accesses in its name, from this index of the template on, are still to be done.
    Access(usize),
    /// The accesses are done; its `!r` is next.
    Convert,
    /// It is converted; its specification is next.
    Specify,
    /// It is being formatted.
    Format,
}

/// A field whose value is there, or is being looked up or formatted.
#[derive(Clone, Debug, Hash)]
struct Open {
    field: Field,
    value: Value,
    phase: Phase,
}

/// A template: the whole one, or the specification of a field.
#[derive(Clone, Debug, Hash)]
struct Level {
    /// What is not done yet.
    rest: Range<usize>,
    made: StrBuilder,
    /// The str that is all there is so far, as CPython gives it back itself.
    same: Option<Value>,
    open: Option<Open>,
}

impl Level {
    const fn new(rest: Range<usize>) -> Self {
        Self { rest, made: StrBuilder::new(), same: None, open: None }
    }

    /// Puts the text of a field in its place.
    fn put(&mut self, machine: &Machine, value: Value) {
        // Also one of a derived class, which a `__format__` gave.
        let is_whole = self.made.is_empty() && self.rest.is_empty() && !machine.str_text(value).is_empty();
        self.same = is_whole.then_some(value);
        self.made.push_str(machine.str_text(value));
    }

    /// The str that the level has become.
    fn finish(self, machine: &mut Machine) -> Value {
        match self.same {
            Some(same) => same,
            None => machine.heap.str(self.made.finish()),
        }
    }
}

/// What a move forward came to.
enum Moved {
    /// Something was computed, or has to be waited for.
    Computed(Flow),
    /// There is more to do.
    On,
    /// The template on top is done.
    End,
}

/// `template.format(…)`.
#[derive(Clone, Debug, Hash)]
pub struct FormatTemplate {
    template: Value,
    source: Source,
    numbering: Numbering,
    /// The template, and within it the specification that is being put together.
    levels: Vec<Level>,
    /// How many fields of the template are done.
    count: usize,
}

impl FormatTemplate {
    /// `template.format(*args)`.
    pub fn of_arguments(template: Value, args: Args) -> Self {
        Self::new(template, Source::Arguments(args))
    }

    /// `template.format_map(mapping)`.
    pub fn of_mapping(template: Value, mapping: Value) -> Self {
        Self::new(template, Source::Mapping(mapping))
    }

    fn new(template: Value, source: Source) -> Self {
        Self { template, source, numbering: Numbering::default(), levels: Vec::new(), count: 0 }
    }

    fn top(&mut self) -> &mut Level {
        self.levels.last_mut().expect("a template is being formatted")
    }

    /// The value that a field's name begins with, and where the accesses in it begin.
    fn first(&mut self, machine: &mut Machine, text: &Str, field: &Field) -> Result<(Flow, usize), Raise> {
        let first = template::first_name(text, field.name.clone(), &mut self.numbering);
        let (first, accesses) = first.map_err(|error| machine.format_error(error))?;
        let found = match (first, &self.source) {
            (First::Index(index), Source::Arguments(args)) => {
                let Some(value) = args.rest(index).next() else {
                    let message = format!("Replacement index {index} out of range for positional args tuple");
                    return Err(machine.index_error(message));
                };
                value.into()
            }
            (First::Index(_), Source::Mapping(_)) => {
                return Err(machine.value_error("Format string contains positional fields"));
            }
            (First::Name(name), Source::Arguments(args)) => {
                let name = text.slice(name);
                let found = args.keywords().find(|(key, _)| *machine.str_text(*key) == name);
                let Some((_, value)) = found else {
                    let name = machine.heap.str(name);
                    return Err(machine.key_error(name));
                };
                value.into()
            }
            (First::Name(name), Source::Mapping(mapping)) => {
                let name = machine.heap.str(text.slice(name));
                machine.get_item(*mapping, name)?
            }
        };
        Ok((found, accesses))
    }

    /// Goes on to the next value that has to be waited for; `None` when all is done.
    fn proceed(&mut self, machine: &mut Machine, mut answer: Option<Value>) -> Result<Option<Entry>, Raise> {
        let text = machine.str_text(self.template).clone();
        loop {
            let moved = match self.top().open.take() {
                Some(open) => self.work(machine, &text, open, answer.take())?,
                None => self.next_field(machine, &text)?,
            };
            match moved {
                Moved::Computed(Flow::Value(value)) => answer = Some(value),
                Moved::Computed(Flow::Enter(entry)) => return Ok(Some(entry)),
                Moved::On => {}
                Moved::End if self.levels.len() == 1 => return Ok(None),
                // A specification is done: the field it belongs to is formatted by it.
                Moved::End => answer = self.levels.pop().map(|level| level.finish(machine)),
            }
        }
    }

    /// Takes the next piece of the template on top, up to the value of its field.
    fn next_field(&mut self, machine: &mut Machine, text: &Str) -> Result<Moved, Raise> {
        let whole = self.template;
        let level = self.top();
        let piece = template::next(text, level.rest.clone()).map_err(|error| machine.format_error(error))?;
        let Some((piece, next)) = piece else { return Ok(Moved::End) };
        level.rest.start = next;
        let is_whole = piece.literal.len() == text.len() && machine.heap.class_of(whole) == types::STR;
        level.same = is_whole.then_some(whole);
        level.made.push_range(text, piece.literal);
        if level.made.len() > MAX_LENGTH {
            return Err(machine.raise_with(types::MEMORY_ERROR, vec![]));
        }
        let Some(field) = piece.field else { return Ok(Moved::On) };
        let (flow, accesses) = self.first(machine, text, &field)?;
        self.top().open = Some(Open { field, value: Value::NONE, phase: Phase::Access(accesses) });
        Ok(Moved::Computed(flow))
    }

    /// Takes a field one step further; `answer` is what the step before it gave.
    fn work(
        &mut self,
        machine: &mut Machine,
        text: &Str,
        mut open: Open,
        answer: Option<Value>,
    ) -> Result<Moved, Raise> {
        let answer = answer.expect("a field goes on with what was computed");
        let flow = match open.phase {
            Phase::Access(at) => {
                open.value = answer;
                let access = template::next_access(text, at..open.field.name.end);
                if let Some((access, next)) = access.map_err(|error| machine.format_error(error))? {
                    open.phase = Phase::Access(next);
                    access_value(machine, text, answer, access)?
                } else {
                    open.phase = Phase::Convert;
                    convert(machine, answer, open.field.conversion)?
                }
            }
            Phase::Convert => {
                open.value = answer;
                let spec = open.field.spec.clone();
                open.phase = Phase::Specify;
                if open.field.nested {
                    if self.levels.len() == MAX_DEPTH {
                        return Err(machine.format_error(template::too_deep()));
                    }
                    self.top().open = Some(open);
                    self.levels.push(Level::new(spec));
                    return Ok(Moved::On);
                }
                machine.heap.str(text.slice(spec)).into()
            }
            Phase::Specify => {
                open.phase = Phase::Format;
                machine.format(open.value, answer)?
            }
            Phase::Format => {
                if self.levels.len() == 1 {
                    self.count += 1;
                }
                let level = self.top();
                level.put(machine, answer);
                return Ok(Moved::On);
            }
        };
        self.top().open = Some(open);
        Ok(Moved::Computed(flow))
    }
}

/// `value.name`, `value[0]` or `value[name]`.
fn access_value(machine: &mut Machine, text: &Str, value: Value, access: Access) -> Eval {
    match access {
        Access::Attribute(name) => {
            let name = machine.heap.intern(text.slice(name)).handle().expect("a str is a heap object");
            machine.get_attr(value, name)
        }
        Access::Index(index) => {
            let index = machine.heap.int(index as i64);
            machine.get_item(value, index)
        }
        Access::Key(key) => {
            let key = machine.heap.str(text.slice(key));
            machine.get_item(value, key)
        }
    }
}

/// `!r`, `!s` or `!a`.
fn convert(machine: &mut Machine, value: Value, conversion: Option<u32>) -> Eval {
    match conversion.map(|conversion| (conversion, char::from_u32(conversion))) {
        None => Ok(value.into()),
        Some((_, Some('r'))) => machine.repr(value),
        Some((_, Some('s'))) => machine.str(value),
        Some((_, Some('a'))) => machine.ascii(value),
        Some((conversion, _)) => Err(machine.format_error(template::unknown_conversion(conversion))),
    }
}

impl NativeTask for FormatTemplate {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let answer = match input {
            Input::Value(value) => Some(value),
            Input::Start | Input::Exhausted | Input::Raised(_) => {
                let length = machine.str_text(self.template).len();
                self.levels.push(Level::new(0..length));
                None
            }
        };
        if let Some(entry) = self.proceed(machine, answer)? {
            return Ok(Progress::Wait(self.into(), entry));
        }
        let level = self.levels.pop().expect("the whole template is left");
        Ok(Progress::Done(level.finish(machine)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.template);
        match &self.source {
            Source::Arguments(args) => args.each_value(visit),
            Source::Mapping(mapping) => visit(*mapping),
        }
        for level in &self.levels {
            level.open.iter().map(|open| open.value).chain(level.same).for_each(&mut *visit);
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let number = self.count + 1;
        let Some(open) = self.levels.last().and_then(|level| level.open.as_ref()) else {
            return "str.format: formatting".to_owned();
        };
        let class = &heap.class(heap.class_of(open.value)).name;
        match open.phase {
            Phase::Access(_) => format!("str.format: looking up the value of field {number}"),
            Phase::Convert => format!("str.format: converting the value of field {number}"),
            Phase::Specify | Phase::Format => format!("str.format: formatting field {number}, a {class}"),
        }
    }
}
