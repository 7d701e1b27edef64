//! Printing an exception to standard error: the texts of exceptions and notes may be Python code.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::exceptions::syntax;
use crate::machine::object::{Payload, types};
use crate::machine::traceback::{Chain, Notes, Texts, asked_for_names, printable};
use crate::machine::value::Value;

/// What stands between the names of an object in one text; no name is shown with it.
const BETWEEN_NAMES: &str = "\n";

/// Why an exception is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// Nobody caught it, and the program ends.
    Uncaught,
    /// It was raised where nobody can catch it.
    Ignored(Ignored),
}

/// What is told of an exception that nobody can catch, as `sys.unraisablehook` is; None for what is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ignored {
    /// Its type.
    pub class: Value,
    /// Its traceback.
    pub traceback: Value,
    /// A str that says when it came.
    pub message: Value,
    /// What it came of.
    pub object: Value,
}

/// A text to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Wanted {
    /// `str()` of an exception.
    Exception,
    /// `str()` of a note, or of a SyntaxError's message.
    Note,
    /// `repr()` of something else that stands in the place of notes.
    Notes,
    /// `repr()` of the object that goes with an ignored exception.
    Object,
    /// What `__dir__()` of an object gives, of which one name was probably meant.
    Names,
}

/// How far the names of an object are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Listing {
    /// `__dir__()` is called.
    Ask,
    /// This came of it.
    Told(Value),
    /// A tuple is made of it.
    Items,
}

impl Wanted {
    /// What stands for a text that could not be made.
    const fn failed(self) -> &'static str {
        match self {
            Self::Exception => "<exception str() failed>",
            Self::Note => "<note str() failed>",
            Self::Notes => "<__notes__ repr() failed>",
            Self::Object => "<object repr() failed>",
            // Then no name is meant.
            Self::Names => "",
        }
    }
}

/// An exception that is being printed.
#[derive(Clone, Debug, Hash)]
pub struct Report {
    exception: Value,
    occasion: Occasion,
    wanted: Box<[Wanted]>,
    /// A list of what the wanted texts are made of.
    values: Value,
    /// A list of the texts made so far.
    texts: Value,
    at: usize,
    listing: Listing,
    /// Whether it is being written.
    writes: bool,
}

impl Report {
    /// Prints `exception`.
    pub fn new(machine: &mut Machine, exception: Value, occasion: Occasion) -> Self {
        let mut jobs = Vec::new();
        match occasion {
            Occasion::Ignored(told) => {
                let jobs_of = [(Wanted::Object, told.object), (Wanted::Exception, exception)];
                jobs.extend(jobs_of.into_iter().filter(|(_, value)| !value.is_none()));
            }
            Occasion::Uncaught => {
                for exception in Chain::of(machine, exception).exceptions() {
                    jobs.push((Wanted::Exception, exception));
                    if let Some(object) = asked_for_names(machine, exception) {
                        jobs.push((Wanted::Names, object));
                    }
                    if machine.heap.is_instance(exception, types::SYNTAX_ERROR) {
                        let message = machine.exception_field(exception, syntax::MSG);
                        jobs.push((Wanted::Note, message.unwrap_or(Value::NONE)));
                    }
                    match machine.notes_of(exception) {
                        Notes::None => {}
                        Notes::Some(notes) => jobs.extend(notes.into_iter().map(|note| (Wanted::Note, note))),
                        Notes::Odd(value) => jobs.push((Wanted::Notes, value)),
                    }
                }
            }
        }
        let values = machine.heap.list(jobs.iter().map(|(_, value)| *value).collect());
        let texts = machine.heap.list(Vec::new());
        let wanted = jobs.into_iter().map(|(wanted, _)| wanted).collect();
        Self { exception, occasion, wanted, values, texts, at: 0, listing: Listing::Ask, writes: false }
    }

    fn add(&mut self, machine: &mut Machine, text: Value) {
        machine.heap.retain(text);
        if let Some(Payload::List(texts)) = self.texts.handle().map(|list| machine.heap.payload_mut(list)) {
            texts.push(text);
        }
        self.at += 1;
    }

    /// What was waited for is there.
    fn got(&mut self, machine: &mut Machine, value: Value) {
        let text = match (self.wanted[self.at], self.listing) {
            (Wanted::Names, Listing::Items) => {
                let items = machine.tuple_items(value).iter().filter_map(|name| machine.heap.text_of(*name));
                let mut names: Vec<String> = items.map(|name| name.to_string_lossy().into_owned()).collect();
                names.sort();
                machine.heap.str(names.join(BETWEEN_NAMES))
            }
            (Wanted::Names, _) => {
                self.listing = Listing::Told(value);
                return;
            }
            _ => value,
        };
        self.listing = Listing::Ask;
        self.add(machine, text);
    }

    fn failed(&mut self, machine: &mut Machine) {
        self.listing = Listing::Ask;
        let text = machine.heap.str(self.wanted[self.at].failed());
        self.add(machine, text);
    }

    /// The values and the texts made of them.
    fn pairs(&self, machine: &Machine) -> Vec<(Value, String)> {
        let items = |list: Value| match machine.heap.payload_of(list) {
            Some(Payload::List(items)) => items.to_vec(),
            _ => Vec::new(),
        };
        let texts = items(self.texts).into_iter().map(|text| printable(machine.str_text(text)));
        items(self.values).into_iter().zip(texts).collect()
    }

    fn text(&self, machine: &Machine) -> String {
        let pairs = self.pairs(machine);
        match self.occasion {
            Occasion::Uncaught => {
                let mut texts = Texts::default();
                let mut about = self.exception;
                for (wanted, (value, text)) in self.wanted.iter().zip(pairs) {
                    match wanted {
                        Wanted::Exception => {
                            about = value;
                            texts.exceptions.insert(value, text);
                        }
                        Wanted::Note | Wanted::Notes | Wanted::Object => {
                            texts.notes.insert(value, text);
                        }
                        Wanted::Names => {
                            let names = text.split(BETWEEN_NAMES).map(str::to_owned);
                            texts.names.insert(about, names.filter(|name| !name.is_empty()).collect());
                        }
                    }
                }
                Chain::of(machine, self.exception).text(machine, &texts)
            }
            Occasion::Ignored(told) => {
                let text = |wanted: Wanted| {
                    let index = self.wanted.iter().position(|known| *known == wanted)?;
                    Some(pairs[index].1.as_str())
                };
                let message = machine.heap.text_of(told.message).map(printable);
                let mut out = match (text(Wanted::Object), message) {
                    (Some(object), Some(message)) => format!("{message}: {object}\n"),
                    (Some(object), None) => format!("Exception ignored in: {object}\n"),
                    (None, Some(message)) => format!("{message}:\n"),
                    (None, None) => String::new(),
                };
                if !told.traceback.is_none() {
                    out += "Traceback (most recent call last):\n";
                    out += &machine.traceback_text(Some(told.traceback), false);
                }
                let class = told.class.handle().filter(|class| machine.heap.type_of(*class).is_some());
                if let Some(class) = class {
                    out += &machine.qualified_type_name(class);
                    if let Some(text) = text(Wanted::Exception) {
                        out.push_str(": ");
                        out.push_str(text);
                    }
                    out += "\n";
                }
                out
            }
        }
    }
}

impl NativeTask for Report {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        if self.writes {
            return Ok(Progress::Done(Value::NONE));
        }
        match input {
            Input::Start => {}
            Input::Value(value) => self.got(machine, value),
            Input::Exhausted | Input::Raised(_) => self.failed(machine),
        }
        while let Some(wanted) = self.wanted.get(self.at).copied() {
            let value = match machine.heap.payload_of(self.values) {
                Some(Payload::List(values)) => values[self.at],
                _ => panic!("the values of a report are a list"),
            };
            let flow = match (wanted, self.listing) {
                (Wanted::Exception | Wanted::Note, _) => machine.str(value),
                (Wanted::Notes | Wanted::Object, _) => machine.repr(value),
                (Wanted::Names, Listing::Told(names)) => {
                    self.listing = Listing::Items;
                    machine.collect_tuple(names)
                }
                (Wanted::Names, _) => machine.call_attr(value, names::DIR, Vec::new()),
            };
            match flow {
                Ok(Flow::Value(value)) => self.got(machine, value),
                Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Err(_) => self.failed(machine),
            }
        }
        let text = self.text(machine);
        self.writes = true;
        match machine.write_error(&text)? {
            Flow::Value(_) => Ok(Progress::Done(Value::NONE)),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.exception, self.values, self.texts].into_iter().for_each(&mut *visit);
        if let Listing::Told(names) = self.listing {
            visit(names);
        }
        if let Occasion::Ignored(told) = self.occasion {
            [told.class, told.traceback, told.message, told.object].into_iter().for_each(visit);
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.class_of(self.exception)).name;
        format!("traceback: making text {} of {} for {class}", self.at + 1, self.wanted.len())
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }
}
