//! Giving a warning: the registry of the module is asked, then the filters, and what they say is done.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::heap::Heap;
use super::super::names;
use super::super::native::{Do, Got, ImportModule, Part, Steps, Stepwise};
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::Place;
use super::filter::Search;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// Nothing yet.
    Start,
    /// The text of a message that is a warning already.
    Text,
    /// The warning that the category makes of a text.
    Message,
    /// What the registry has under text, category and line.
    Known,
    /// Whether that is true.
    KnownTruth,
    /// The filters of the context the program runs in.
    Context,
    /// The first filter that fits; in the context's filters, or in those of all.
    Filter(Search),
    /// The registry's entry of text, category and line; the filter is one of these.
    Entered(Value),
    /// What a registry has under this text and category.
    Short(Handle, Value),
    /// Whether that is true.
    ShortTruth(Handle, Value),
    /// The registry's entry of text and category.
    ShortEntered,
    /// The module `warnings`, which knows what to say of an object that caused a warning.
    Import,
    /// What `warnings.WarningMessage` makes.
    Record(Value),
    /// What shows it: `warnings._showwarnmsg`.
    Show,
    /// The name of the category.
    Name,
    /// The str of the warning.
    Printed(Value),
    /// The `write` of what the program has as standard error.
    Write,
}

/// A warning on its way.
#[derive(Clone, Debug, Hash)]
pub struct GivingWork {
    /// The warning itself, or what it is to be made of.
    message: Value,
    category: Value,
    /// What the registries know it by.
    text: Value,
    place: Place,
    /// The object that caused it.
    source: Option<Value>,
    /// What the whole comes to.
    result: Value,
    /// What is printed behind it.
    hint: &'static str,
    /// What the filters say, once that is known.
    action: Value,
    /// Text, category and line, once they have been looked for.
    key: Value,
    phase: Phase,
}

/// See [`GivingWork`].
pub type Giving = Steps<GivingWork>;

impl Giving {
    /// A warning of a category, or one that is made already; the whole comes to `result`.
    pub fn of(category: Value, message: Value, place: Place, result: Value) -> Self {
        Self::new(GivingWork {
            message,
            category,
            text: message,
            place,
            source: None,
            result,
            hint: "",
            action: Value::NONE,
            key: Value::NONE,
            phase: Phase::Start,
        })
    }

    /// The same, caused by an object, or by nothing: None.
    #[must_use]
    pub fn caused_by(mut self, source: Value) -> Self {
        if !source.is_none() {
            self.work.source = Some(source);
        }
        self
    }

    /// The same, with a line behind it if nobody but the interpreter shows it.
    #[must_use]
    pub const fn with_hint(mut self, hint: &'static str) -> Self {
        self.work.hint = hint;
        self
    }
}

impl GivingWork {
    fn key(&mut self, m: &mut Machine) -> Value {
        if self.key.is_none() {
            let line = m.heap.int(self.place.line);
            self.key = m.heap.tuple(vec![self.text, self.category, line]);
        }
        self.key
    }

    fn start(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if m.heap.is_instance(self.message, types::WARNING) {
            self.category = Value::object(m.heap.class_of(self.message));
            self.phase = Phase::Text;
            return Ok(m.str(self.message)?.into());
        }
        self.phase = Phase::Message;
        Ok(m.call(self.category, Args::new([self.message]))?.into())
    }

    /// It may have been given before.
    fn look_up(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if let Some(registry) = self.place.dict(m)?
            && m.is_current(registry)
        {
            self.phase = Phase::Known;
            let key = self.key(m);
            return Ok(m.registered(registry, key)?.into());
        }
        self.ask_filters(m)
    }

    fn ask_filters(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match m.warnings_context() {
            Some(context) => {
                self.phase = Phase::Context;
                let name = m.text_handle("_filters");
                Ok(m.get_attr(context, name)?.into())
            }
            None => {
                let filters = m.warning_filters()?;
                self.search(m, Search::new(filters, "filters"))
            }
        }
    }

    fn search(&mut self, m: &mut Machine, mut search: Search) -> Result<Do, Raise> {
        let told = search.begin(m, self.text)?;
        self.searched(m, search, told)
    }

    /// The search goes on, or is over.
    fn searched(&mut self, m: &mut Machine, search: Search, told: Option<Flow>) -> Result<Do, Raise> {
        if let Some(flow) = told {
            self.phase = Phase::Filter(search);
            return Ok(flow.into());
        }
        let (action, item) = match search.found(m)? {
            Some(found) => found,
            None => (m.default_warning_action()?, Value::NONE),
        };
        self.act(m, action, item)
    }

    fn act(&mut self, m: &mut Machine, action: Value, item: Value) -> Result<Do, Raise> {
        self.action = action;
        match &*m.str_text(action).to_string_lossy() {
            "error" if m.is_exception(self.message) => return Err(Raise::new(self.message)),
            "error" => return Err(m.unsupported("a category of warnings that makes no exception")),
            "ignore" => return Ok(Do::Done(self.result)),
            "always" | "all" => return self.show(m),
            _ => {}
        }
        self.phase = Phase::Entered(item);
        match self.place.dict(m)? {
            Some(registry) => {
                let key = self.key(m);
                Ok(m.register(registry, key)?.into())
            }
            None => Ok(Do::Wait(Value::NONE.into())),
        }
    }

    /// The registry has it now, with its line; for some actions it must be the first without one.
    fn entered(&mut self, m: &mut Machine, item: Value) -> Result<Do, Raise> {
        let registry = self.place.dict(m)?;
        let registry = match &*m.str_text(self.action).to_string_lossy() {
            "once" => match registry {
                Some(registry) => Some(registry),
                None => Some(m.once_registry()?),
            },
            "module" => registry,
            "default" => None,
            _ => return self.unrecognized(m, item),
        };
        let Some(registry) = registry else { return self.show(m) };
        let key = m.heap.tuple(vec![self.text, self.category]);
        if m.is_current(registry) {
            self.phase = Phase::Short(registry, key);
            return Ok(m.registered(registry, key)?.into());
        }
        self.phase = Phase::ShortEntered;
        Ok(m.register(registry, key)?.into())
    }

    fn unrecognized(&self, m: &mut Machine, item: Value) -> Result<Do, Raise> {
        let parts = vec![
            "Unrecognized action (".into(),
            Part::Repr(self.action),
            ") in warnings.filters:\n ".into(),
            Part::Repr(item),
        ];
        let text = m.compose(parts)?;
        let told = m.continue_with("warnings", text, Args::new([Value::NONE]), 0, |m, args| {
            Err(m.raise_with(types::RUNTIME_ERROR, vec![args.at(0)]))
        })?;
        Ok(Do::Tail(told))
    }

    /// Shows the warning: by the module `warnings`, if the program has it.
    fn show(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if self.source.is_some() && m.loaded_module("warnings").is_none() {
            self.phase = Phase::Import;
            return Ok(m.begin(ImportModule::new("warnings", None, "warnings".len()))?.into());
        }
        self.show_by_module(m)
    }

    fn show_by_module(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let Some(show) = m.of_warnings_module("_showwarnmsg") else {
            self.phase = Phase::Name;
            return Ok(m.get_attr(self.category, names::NAME)?.into());
        };
        if !m.is_callable(show) {
            return Err(m.type_error("warnings._showwarnmsg() must be set to a callable"));
        }
        let Some(message) = m.of_warnings_module("WarningMessage") else {
            return Err(m.runtime_error("unable to get warnings.WarningMessage"));
        };
        self.phase = Phase::Record(show);
        let line = m.heap.int(self.place.line);
        let (file, none) = (self.place.file, Value::NONE);
        let parts = [self.message, self.category, file, line, none, none];
        Ok(m.call(message, Args::new(parts.into_iter().chain(self.source)))?.into())
    }
}

impl Stepwise for GivingWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let got = match got {
            Got::Value(value) => value,
            Got::Start => return self.start(m),
            // A warning that cannot be written is lost.
            Got::Raised(_) | Got::End => return Ok(Do::Done(self.result)),
        };
        match self.phase {
            Phase::Start => panic!("a warning starts once"),
            Phase::Text => {
                self.text = got;
                self.look_up(m)
            }
            Phase::Message => {
                self.message = got;
                self.look_up(m)
            }
            Phase::Known => {
                self.phase = Phase::KnownTruth;
                Ok(m.truth(got)?.into())
            }
            Phase::KnownTruth | Phase::ShortTruth(..) if got == Value::TRUE => Ok(Do::Done(self.result)),
            Phase::KnownTruth => self.ask_filters(m),
            Phase::Context => {
                if m.heap.items_of(got).is_none() || !m.heap.is_instance(got, types::LIST) {
                    return Err(m.value_error("_filters of warnings._warnings_context must be a list"));
                }
                self.search(m, Search::new(got, "_warnings_context _filters"))
            }
            Phase::Filter(mut search) => {
                let told = search.go_on(m, got, self.category, self.text, &self.place)?;
                self.searched(m, search, told)
            }
            Phase::Entered(item) => self.entered(m, item),
            Phase::Short(registry, key) => {
                self.phase = Phase::ShortTruth(registry, key);
                Ok(m.truth(got)?.into())
            }
            Phase::ShortTruth(registry, key) => {
                self.phase = Phase::ShortEntered;
                Ok(m.register(registry, key)?.into())
            }
            Phase::ShortEntered => self.show(m),
            Phase::Import => self.show_by_module(m),
            Phase::Record(show) => {
                self.phase = Phase::Show;
                Ok(m.call(show, Args::new([got]))?.into())
            }
            Phase::Name => {
                self.phase = Phase::Printed(got);
                Ok(m.str(self.message)?.into())
            }
            Phase::Printed(name) => {
                self.phase = Phase::Write;
                let text = m.warning_text(&self.place, name, got) + self.hint;
                Ok(m.write_error(&text)?.into())
            }
            Phase::Show | Phase::Write => Ok(Do::Done(self.result)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        let Place { file, module, registry, line: _ } = self.place;
        let held = [self.message, self.category, self.text, file, module, registry];
        held.into_iter().for_each(&mut *visit);
        [self.result, self.action, self.key].into_iter().chain(self.source).for_each(&mut *visit);
        match self.phase {
            Phase::Filter(search) => search.each_value(visit),
            Phase::Short(registry, key) | Phase::ShortTruth(registry, key) => {
                visit(Value::object(registry));
                visit(key);
            }
            Phase::Entered(value) | Phase::Record(value) | Phase::Printed(value) => visit(value),
            Phase::Start
            | Phase::Text
            | Phase::Message
            | Phase::Known
            | Phase::KnownTruth
            | Phase::Context
            | Phase::ShortEntered
            | Phase::Import
            | Phase::Show
            | Phase::Name
            | Phase::Write => {}
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let class = self.category.handle().and_then(|class| heap.type_of(class));
        let category = class.map_or("warning", |class| &*class.name);
        match self.phase {
            Phase::Start | Phase::Text | Phase::Message => format!("warning: making a {category}"),
            Phase::Known
            | Phase::KnownTruth
            | Phase::Entered(_)
            | Phase::Short(..)
            | Phase::ShortTruth(..)
            | Phase::ShortEntered => format!("warning: asking whether this {category} was given before"),
            Phase::Context | Phase::Filter(_) => format!("warning: asking the filters about a {category}"),
            Phase::Import
            | Phase::Record(_)
            | Phase::Show
            | Phase::Name
            | Phase::Printed(_)
            | Phase::Write => format!("warning: showing a {category}"),
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        matches!(self.phase, Phase::Name | Phase::Printed(_) | Phase::Write)
    }
}

impl Machine {
    /// Writes to what the program has as `sys.stderr`: to nothing where that is None, to the interpreter's own where
    /// it is gone.
    pub(in crate::machine) fn write_error(&mut self, text: &str) -> Eval {
        use super::super::output::Stream;
        match self.hook("stderr") {
            Some(Value::NONE) => Ok(Value::NONE.into()),
            Some(stream) if !self.is_standard(stream, Stream::Stderr) => {
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
