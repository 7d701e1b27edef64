//! What is put in the place of a match: `_sre.SRE_Template`, and the texts it is made of.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::native::{Do, Got, JoinPieces, Steps, Stepwise, holding};
use super::super::super::object::class::TypeSpec;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::{MAX_LENGTH, Str, StrBuilder};
use super::super::super::value::Value;
use super::engine::Mode;
use super::sweep::{Replacement, Sweep};
use super::{Regex, limit, subject};

/// The payload of a template: a text, then the numbers of groups, each with the text behind it.
#[derive(Clone, Debug, Hash)]
pub struct Template {
    first: Value,
    groups: Box<[(usize, Value)]>,
}

impl Template {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.first);
        self.groups.iter().for_each(|(_, text)| visit(*text));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    /// The module is imported.
    Module,
    /// Its function is looked up.
    Function,
    /// It is called: this one.
    Call(Value),
    /// It is called once more, with a plain text.
    Again,
}

/// A call of the function that makes templates, which is Python code.
#[derive(Clone, Debug, Hash)]
pub struct Compiling {
    pattern: Value,
    text: Value,
    phase: Phase,
}

/// See [`Compiling`].
pub type TemplateCall = Steps<Compiling>;

impl Compiling {
    /// The text as a str or bytes that is nothing else, if it is not one: such a one can be a key of a cache.
    fn plain(&self, m: &mut Machine) -> Option<Value> {
        if matches!(m.heap.class_of(self.text), types::STR | types::BYTES) {
            return None;
        }
        if let Some(text) = m.heap.text_of(self.text).cloned() {
            return Some(m.heap.str(text));
        }
        let bytes = m.heap.byte_string(self.text)?.to_vec();
        Some(m.heap.bytes(&bytes))
    }
}

impl Stepwise for Compiling {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = match got {
            Got::Value(value) => value,
            Got::Raised(_) => {
                let (Some(text), Phase::Call(function)) = (self.plain(m), self.phase) else {
                    panic!("only what it catches is told");
                };
                self.phase = Phase::Again;
                return Ok(m.call(function, Args::new([self.pattern, text]))?.into());
            }
            Got::Start | Got::End => {
                self.phase = Phase::Module;
                let name = m.text_handle("re");
                return Ok(m.import(name, None, None, 0)?.into());
            }
        };
        match self.phase {
            Phase::Start | Phase::Module => {
                self.phase = Phase::Function;
                let name = m.text_handle("_compile_template");
                Ok(m.get_attr(value, name)?.into())
            }
            Phase::Function => {
                self.phase = Phase::Call(value);
                Ok(m.call(value, Args::new([self.pattern, self.text]))?.into())
            }
            Phase::Call(_) | Phase::Again => {
                if let Some(Regex::Template(_)) = m.regex(value) {
                    return Ok(Do::Done(value));
                }
                let class = m.heap.class(m.heap.class_of(value)).name_in_messages().into_owned();
                let message = format!("the result of compiling a replacement string is {class}");
                Err(m.raise(types::RUNTIME_ERROR, message))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.pattern);
        visit(self.text);
        if let Phase::Call(function) = self.phase {
            visit(function);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Start | Phase::Module => "sub: importing re".to_owned(),
            Phase::Function | Phase::Call(_) | Phase::Again => "sub: compiling the template".to_owned(),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        matches!(self.phase, Phase::Call(_))
            && !matches!(heap.class_of(self.text), types::STR | types::BYTES)
            && (heap.text_of(self.text).is_some() || heap.byte_string(self.text).is_some())
            && heap.is_instance(exception, types::TYPE_ERROR)
    }
}

/// `_sre.SRE_Template`.
pub static TEMPLATE: TypeSpec =
    TypeSpec { module: "_sre", ..TypeSpec::new(types::SRE_TEMPLATE, "SRE_Template") };

/// `_sre.template(pattern, parts)`.
pub fn template(m: &mut Machine, args: &Args) -> Eval {
    let Some(Payload::List(parts)) = m.heap.payload_of(args.at(1)) else {
        let class = m.argument_class(args.at(1));
        return Err(m.type_error(format!("template() argument 2 must be list, not {class}")));
    };
    let parts = parts.clone();
    let Some((first, rest)) = parts.split_first().filter(|(_, rest)| rest.len() % 2 == 0) else {
        return Err(m.type_error("invalid template"));
    };
    let mut groups = Vec::new();
    for pair in rest.chunks_exact(2) {
        if m.heap.int_ref(pair[0]).is_none() {
            return Err(m.type_error("an integer is required"));
        }
        let number = m.size_argument(pair[0])?;
        let Ok(number) = usize::try_from(number) else { return Err(m.type_error("invalid template")) };
        groups.push((number, pair[1]));
    }
    let template = Template { first: *first, groups: groups.into() };
    Ok(m.new_regex(types::SRE_TEMPLATE, Regex::Template(template)).into())
}

/// `pattern.sub(repl, string, count)`, with the count as an int.
pub fn sub(m: &mut Machine, args: &Args) -> Eval {
    replace(m, args, |m, args| go_through(m, args, false))
}

/// `pattern.subn(repl, string, count)`, likewise.
pub fn subn(m: &mut Machine, args: &Args) -> Eval {
    replace(m, args, |m, args| go_through(m, args, true))
}

/// Begins with the template that a text with a backslash is: Python code makes it.
fn replace(m: &mut Machine, args: &Args, body: fn(&mut Machine, &Args) -> Eval) -> Eval {
    let (pattern, wanted) = (args.at(0), args.at(1));
    let count = args.get(3).unwrap_or(m.heap.int(0));
    let args = Args::new([pattern, wanted, args.at(2), count]);
    if m.is_callable(wanted) {
        // What is called is held all along.
        return Ok(holding("sub", [wanted], body(m, &args)?));
    }
    if is_literal(m, wanted) {
        return body(m, &args);
    }
    let template = m.compile_template(pattern, wanted)?;
    m.continue_with("sub", template, args, 1, body)
}

/// Whether a replacement is put in as it is.
fn is_literal(m: &Machine, value: Value) -> bool {
    match (m.heap.text_of(value), m.heap.byte_string(value)) {
        (Some(text), _) => text.points().all(|unit| unit != u32::from(b'\\')),
        (None, Some(bytes)) => !bytes.contains(&b'\\'),
        (None, None) => false,
    }
}

fn go_through(m: &mut Machine, args: &Args, with_count: bool) -> Eval {
    let most = limit(m, args.get(3))?;
    let (pattern, wanted, subject) = (args.at(0), args.at(1), args.at(2));
    let matcher = m.new_matcher(Mode::Search, &Args::new([pattern, subject]))?;
    let replacement = match m.regex(wanted) {
        Some(Regex::Template(Template { first, groups })) if groups.is_empty() => {
            Replacement::Literal(*first)
        }
        Some(Regex::Template(_)) => Replacement::Template(wanted),
        _ if m.is_callable(wanted) => Replacement::Callable(wanted),
        _ => Replacement::Literal(wanted),
    };
    let task = Sweep::replace(m, matcher, (pattern, subject), replacement, most, with_count);
    let text = m.begin(task)?;
    Ok(m.exporting("sub", [subject], text))
}

impl Machine {
    /// `re._compile_template(pattern, text)`, which must give a template.
    pub(super) fn compile_template(&mut self, pattern: Value, text: Value) -> Eval {
        self.begin(TemplateCall::new(Compiling { pattern, text, phase: Phase::Start }))
    }

    /// What a template gives for a match, whose groups `group` knows; 0 is all of it.
    pub(super) fn expand(
        &mut self,
        template: Value,
        pattern: Value,
        subject: Value,
        group: impl Fn(usize) -> Option<(usize, usize)>,
    ) -> Result<Value, Raise> {
        let Some(Regex::Template(template)) = self.regex(template) else { panic!("a template is there") };
        let Template { first, groups } = template.clone();
        if groups.is_empty() {
            return Ok(first);
        }
        let most = self.pattern(pattern).program.groups;
        if groups.iter().any(|(number, _)| *number > most) {
            return Err(self.raise(types::INDEX_ERROR, "no such group"));
        }
        if let Some(text) = self.expanded_text(subject, first, &groups, &group) {
            return Ok(self.heap.str(text));
        }
        // A part of another type is an error of the join, if it is not empty.
        let mut pieces = vec![first];
        for (number, text) in &*groups {
            pieces.extend(self.subject_group(subject, group(*number)));
            if subject::length(&self.heap, *text) > 0 {
                pieces.push(*text);
            }
        }
        let empty = if self.heap.text_of(first).is_some() { self.heap.str("") } else { self.heap.bytes(&[]) };
        let pieces = self.heap.list(pieces);
        match self.begin(JoinPieces::new(empty, pieces))? {
            Flow::Value(joined) => Ok(joined),
            Flow::Enter(_) => panic!("a list is joined at once"),
        }
    }

    /// The same for a subject and parts that are texts, which most are.
    fn expanded_text(
        &self,
        subject: Value,
        first: Value,
        groups: &[(usize, Value)],
        group: impl Fn(usize) -> Option<(usize, usize)>,
    ) -> Option<Str> {
        let subject = self.heap.text_of(subject)?;
        let mut text = StrBuilder::new();
        text.push_str(self.heap.text_of(first)?);
        for (number, part) in groups {
            if let Some((start, end)) = group(*number) {
                text.push_range(subject, start..end);
            }
            text.push_str(self.heap.text_of(*part)?);
            if text.len() > MAX_LENGTH {
                return None;
            }
        }
        Some(text.finish())
    }
}
