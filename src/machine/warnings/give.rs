//! Giving a warning: the registry of the module is asked, then the filters, and what they say is done.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::heap::Heap;
use super::super::names;
use super::super::native::{Do, Got, Steps, Stepwise};
use super::super::number::IntRef;
use super::super::object::Payload;
use super::super::output::Stream;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::Place;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// It may have been given before.
    Start,
    /// The filter of this number is asked; what it wants of the text fits if that is known.
    Filter(usize),
    /// The `match` of what a filter wants of the text is called.
    Text(usize),
    /// The `match` of what a filter wants of the module's name is called.
    Module(usize),
    /// `warnings.WarningMessage` makes what is shown.
    Message,
    /// `warnings._showwarnmsg`, or the `write` of what the program has as standard error, is called.
    Show,
}

/// A warning on its way.
#[derive(Clone, Debug, Hash)]
pub struct GivingWork {
    category: Handle,
    text: Value,
    place: Place,
    /// What the whole comes to.
    result: Value,
    /// What is printed behind it.
    hint: &'static str,
    phase: Phase,
    /// What does the showing, once that is known.
    shows: Option<Value>,
}

/// See [`GivingWork`].
pub type Giving = Steps<GivingWork>;

impl Giving {
    /// A warning of a type and with a text; the whole comes to `result`.
    pub fn of(category: Handle, text: Value, place: Place, result: Value) -> Self {
        Self::with_hint(category, text, place, result, "")
    }

    /// The same, with a line behind it if it is shown.
    pub fn with_hint(category: Handle, text: Value, place: Place, result: Value, hint: &'static str) -> Self {
        Self::new(GivingWork { category, text, place, result, hint, phase: Phase::Start, shows: None })
    }
}

impl GivingWork {
    fn key(&self, m: &mut Machine, line: bool) -> Value {
        let mut parts = vec![self.text, Value::object(self.category)];
        if line {
            parts.push(m.heap.int(self.place.line.into()));
        }
        m.heap.tuple(parts)
    }

    /// Goes through the filters from number `at` on; `fits` is the answer of a `match`.
    fn filter(&mut self, m: &mut Machine, at: usize, got: Option<(bool, bool)>) -> Result<Do, Raise> {
        let (mut at, mut got) = (at, got);
        loop {
            let Some(filter) = m.heap.list_items(m.warnings.filters).get(at).copied() else {
                let action = m.warnings.default_action;
                return self.act(m, action);
            };
            let [action, text, category, module, line] = m.filter_parts(filter)?;
            let line = m.heap.int_ref(line).and_then(IntRef::small).unwrap_or(0);
            let category = category.handle().filter(|class| m.heap.type_of(*class).is_some());
            let fits = category.is_some_and(|class| m.heap.is_subclass(self.category, class))
                && (line == 0 || line == i64::from(self.place.line));
            let known = got.take();
            if fits {
                let by_text = match known {
                    Some((answer, false)) => Some(answer),
                    Some((_, true)) => Some(true),
                    None => m.fits_plainly(text, self.text),
                };
                match by_text {
                    None => {
                        self.phase = Phase::Text(at);
                        return Ok(m.call_attr(text, names::MATCH, vec![self.text])?.into());
                    }
                    Some(false) => {}
                    Some(true) => {
                        let by_module = match known {
                            Some((answer, true)) => Some(answer),
                            _ => m.fits_plainly(module, self.place.module),
                        };
                        match by_module {
                            None => {
                                self.phase = Phase::Module(at);
                                return Ok(m
                                    .call_attr(module, names::MATCH, vec![self.place.module])?
                                    .into());
                            }
                            Some(false) => {}
                            Some(true) => return self.act(m, action),
                        }
                    }
                }
            }
            at += 1;
        }
    }

    fn act(&mut self, m: &mut Machine, action: Value) -> Result<Do, Raise> {
        let action = m.str_text(action).to_string_lossy().into_owned();
        match &*action {
            "error" => {
                let text = self.text;
                return Err(m.raise_with(self.category, vec![text]));
            }
            "ignore" => return Ok(Do::Done(self.result)),
            "always" | "all" => return self.show(m),
            _ => {}
        }
        if let Some(registry) = self.place.registry {
            let key = self.key(m, true);
            m.registered(registry, key, true)?;
        }
        let registry = match &*action {
            "default" => None,
            "module" => self.place.registry,
            "once" => Some(self.place.registry.unwrap_or(m.warnings.once)),
            _ => {
                let shown = m.heap.brief(Value::object(m.warnings.filters), usize::MAX);
                let message = format!("Unrecognized action ('{action}') in warnings.filters:\n {shown}");
                return Err(m.runtime_error(message));
            }
        };
        if let Some(registry) = registry {
            let key = self.key(m, false);
            if m.registered(registry, key, true)? {
                return Ok(Do::Done(self.result));
            }
        }
        self.show(m)
    }

    /// Shows the warning: by the module `warnings`, if the program has imported it.
    fn show(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if let Some(module) = m.loaded_module("warnings").and_then(Value::handle) {
            let [show, message] = ["_showwarnmsg", "WarningMessage"].map(|name| {
                let name = m.text_handle(name);
                m.heap.own_attribute(module, name)
            });
            if let (Some(show), Some(message)) = (show, message) {
                self.shows = Some(show);
                self.phase = Phase::Message;
                let text = self.text;
                let instance = m.raise_with(self.category, vec![text]).exception;
                let line = m.heap.int(self.place.line.into());
                let category = Value::object(self.category);
                let parts = [instance, category, self.place.file, line, Value::NONE, Value::NONE];
                return Ok(m.call(message, Args::new(parts))?.into());
            }
        }
        let text = m.warning_text(&self.place, self.category, self.text) + self.hint;
        self.phase = Phase::Show;
        Ok(m.write_error(&text)?.into())
    }
}

impl Stepwise for GivingWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let answer = if let Got::Value(value) = got { Some(value) } else { None };
        match self.phase {
            Phase::Start => {
                if let Some(registry) = self.place.registry {
                    let key = self.key(m, true);
                    if m.registered(registry, key, false)? {
                        return Ok(Do::Done(self.result));
                    }
                }
                self.phase = Phase::Filter(0);
                self.filter(m, 0, None)
            }
            Phase::Filter(at) => self.filter(m, at, None),
            // A match is an object, or None.
            Phase::Text(at) => self.filter(m, at, answer.map(|answer| (!answer.is_none(), false))),
            Phase::Module(at) => self.filter(m, at, answer.map(|answer| (!answer.is_none(), true))),
            Phase::Message => {
                self.phase = Phase::Show;
                let show = self.shows.expect("what shows the message was found before it was made");
                Ok(m.call(show, Args::new(answer))?.into())
            }
            Phase::Show => Ok(Do::Done(self.result)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.text, self.place.file, self.place.module, self.result].into_iter().for_each(&mut *visit);
        self.place.registry.map(Value::object).into_iter().chain(self.shows).for_each(&mut *visit);
        visit(Value::object(self.category));
    }

    fn title(&self, heap: &Heap) -> String {
        let category = &heap.class(self.category).name;
        match self.phase {
            Phase::Start | Phase::Filter(_) | Phase::Text(_) | Phase::Module(_) => {
                format!("warning: asking the filters about a {category}")
            }
            Phase::Message | Phase::Show => format!("warning: showing a {category}"),
        }
    }
}

impl Machine {
    /// Writes to what the program has as `sys.stderr`: to nothing where that is None, to the interpreter's own where
    /// it is gone.
    pub(in crate::machine) fn write_error(&mut self, text: &str) -> Eval {
        match self.hook("stderr") {
            Some(Value::NONE) => Ok(Value::NONE.into()),
            Some(stream) if !matches!(self.heap.payload_of(stream), Some(Payload::TextIo(_))) => {
                let text = self.heap.str(text);
                self.call_attr(stream, names::WRITE, vec![text])
            }
            _ => {
                self.write(Stream::Stderr, text);
                Ok(Flow::Value(Value::NONE))
            }
        }
    }
}
