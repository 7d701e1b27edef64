//! `__build_class__`: a class statement, from its bases to the finished class.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Eval, Flow, Frame};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `__mro_entries__` of the base with this number is asked.
    Base(usize),
    /// `__prepare__` makes the namespace.
    Prepare,
    /// The class body runs.
    Body,
    /// `__orig_bases__` is put into a namespace that is no plain dict.
    OrigBases,
    /// The metaclass makes the class.
    Metaclass,
}

/// A class statement.
#[derive(Clone, Debug, Hash)]
pub struct BuildClass {
    /// The function that is the class body.
    body: Handle,
    /// The name.
    name: Value,
    /// The bases as they stand in the class statement: a tuple.
    written: Value,
    /// The bases as far as `__mro_entries__` has replaced them; at last a tuple.
    bases: Vec<Value>,
    /// The metaclass: as written, and from [`Phase::Prepare`] on the one that is called.
    metaclass: Option<Value>,
    /// The other keyword arguments.
    keywords: Args,
    namespace: Value,
    /// The cell of `__class__`, or None.
    cell: Value,
    phase: Phase,
}

impl BuildClass {
    /// The arguments of `__build_class__`.
    pub fn new(m: &mut Machine, args: &Args) -> Result<Self, Raise> {
        if args.positional() < 2 {
            return Err(m.type_error("__build_class__: not enough arguments"));
        }
        let (function, name) = (args.at(0), args.at(1));
        let body = function.handle().filter(|body| matches!(m.heap.payload(*body), Payload::Function(_)));
        let Some(body) = body else {
            return Err(m.type_error("__build_class__: func must be a function"));
        };
        if m.heap.text_of(name).is_none() {
            return Err(m.type_error("__build_class__: name is not a string"));
        }
        let written = m.heap.tuple(args.rest(2).collect());
        let mut metaclass = None;
        let (mut keyword_names, mut values) = (Vec::new(), Vec::new());
        for (name, value) in args.keywords() {
            if m.str_text(name) == m.heap.text(names::METACLASS) {
                metaclass = Some(value);
            } else {
                keyword_names.push(name);
                values.push(value);
            }
        }
        Ok(Self {
            body,
            name,
            written,
            bases: Vec::new(),
            metaclass,
            keywords: Args::with_names(values, keyword_names),
            namespace: Value::NONE,
            cell: Value::NONE,
            phase: Phase::Base(0),
        })
    }

    /// Asks the bases from `index` on for what to put in their place; `None` when all are known.
    fn resolve_bases(&mut self, m: &mut Machine, mut index: usize) -> Result<Option<Entry>, Raise> {
        loop {
            let Some(base) = m.tuple_items(self.written).get(index).copied() else { return Ok(None) };
            self.phase = Phase::Base(index);
            index += 1;
            if m.is_class(base) {
                self.bases.push(base);
                continue;
            }
            let entries = match m.find_attr(base, names::MRO_ENTRIES) {
                Ok(Some(Flow::Value(method))) => m.call(method, Args::new([self.written]))?,
                Ok(Some(Flow::Enter(entry))) => m.call_later(entry, Args::new([self.written]))?,
                Ok(None) => {
                    self.bases.push(base);
                    continue;
                }
                Err(raise) if m.heap.is_instance(raise.exception, types::ATTRIBUTE_ERROR) => {
                    self.bases.push(base);
                    continue;
                }
                Err(raise) => return Err(raise),
            };
            match entries {
                Flow::Value(entries) => self.take_entries(m, entries)?,
                Flow::Enter(entry) => return Ok(Some(entry)),
            }
        }
    }

    fn take_entries(&mut self, m: &mut Machine, entries: Value) -> Result<(), Raise> {
        match m.heap.payload_of(entries) {
            Some(Payload::Tuple(items)) => {
                self.bases.extend_from_slice(items);
                Ok(())
            }
            _ => Err(m.type_error("__mro_entries__ must return a tuple")),
        }
    }

    /// Settles the metaclass and begins to make the namespace.
    fn prepare(&mut self, m: &mut Machine) -> Eval {
        self.phase = Phase::Prepare;
        let metaclass = match (self.metaclass, self.bases.first()) {
            (Some(metaclass), _) => metaclass,
            (None, Some(base)) => Value::object(m.heap.class_of(*base)),
            (None, None) => Value::object(types::TYPE),
        };
        let metaclass = match metaclass.handle().filter(|_| m.is_class(metaclass)) {
            Some(class) => Value::object(m.best_metaclass(class, &self.bases)?),
            None => metaclass,
        };
        self.metaclass = Some(metaclass);
        let plain = metaclass.handle().is_some_and(|class| {
            m.is_class(metaclass)
                && m.heap.class_of(metaclass) == types::TYPE
                && m.heap.lookup(class, names::PREPARE) == m.heap.lookup(types::TYPE, names::PREPARE)
        });
        if plain {
            return Ok(Value::object(m.heap.new_dict()).into());
        }
        let bases = m.heap.tuple(self.bases.clone());
        let args = Args::with_names(
            [self.name, bases].into_iter().chain(self.keywords.keywords().map(|(_, value)| value)),
            self.keywords.keywords().map(|(name, _)| name),
        );
        // The metaclass itself stands for a `__prepare__` that is not there.
        let found = m.get_attr_or(metaclass, names::PREPARE, metaclass)?;
        let mut all = args;
        all.prepend(metaclass);
        all.prepend(Value::NONE);
        m.continue_with("__build_class__", found, all, 0, |m, args| {
            let prepare = args.at(0);
            if prepare == args.at(1) {
                return Ok(Value::object(m.heap.new_dict()).into());
            }
            m.call(prepare, args.without_first().without_first())
        })
    }

    fn run_body(&mut self, m: &mut Machine, namespace: Value) -> Result<Entry, Raise> {
        if m.heap.special(namespace, names::GETITEM).is_none()
            && !matches!(m.heap.payload_of(namespace), Some(Payload::Dict(_)))
        {
            let given = m.class_name(namespace);
            let metaclass =
                match self.metaclass.and_then(Value::handle).and_then(|class| m.heap.type_of(class)) {
                    Some(class) => class.name.to_string(),
                    None => "<metaclass>".to_owned(),
                };
            return Err(m.type_error(format!("{metaclass}.__prepare__() must return a mapping, not {given}")));
        }
        self.namespace = namespace;
        self.phase = Phase::Body;
        let frame = m.new_frame(self.body, Vec::new(), Some(namespace));
        Ok(Entry::one(Frame::Python(Box::new(frame))))
    }

    fn set_orig_bases(&mut self, m: &mut Machine) -> Eval {
        self.phase = Phase::OrigBases;
        if m.tuple_items(self.written) == &self.bases[..] {
            return Ok(Value::NONE.into());
        }
        match m.exact_dict(self.namespace) {
            Some(dict) => {
                m.heap.set_name(dict, names::ORIG_BASES, self.written);
                Ok(Value::NONE.into())
            }
            None => m.set_item(self.namespace, Value::object(names::ORIG_BASES), Some(self.written)),
        }
    }

    fn call_metaclass(&mut self, m: &mut Machine) -> Eval {
        self.phase = Phase::Metaclass;
        let bases = m.heap.tuple(self.bases.clone());
        let args = Args::with_names(
            [self.name, bases, self.namespace]
                .into_iter()
                .chain(self.keywords.keywords().map(|(_, value)| value)),
            self.keywords.keywords().map(|(name, _)| name),
        );
        let metaclass = self.metaclass.expect("the metaclass is settled before the body runs");
        m.call(metaclass, args)
    }

    /// The cell that the methods know the class by must have been filled with it.
    fn check_cell(&self, m: &mut Machine, class: Value) -> Result<(), Raise> {
        let Some(Payload::Cell(content)) = m.heap.payload_of(self.cell) else { return Ok(()) };
        if !m.is_class(class) || *content == Some(class) {
            return Ok(());
        }
        let (content, name) = (*content, m.brief_repr(self.name));
        let shown = |m: &Machine, class: Value| match class.handle().filter(|_| m.is_class(class)) {
            Some(class) => format!("<class '{}'>", m.class_title(class)),
            None => m.heap.brief(class, 200),
        };
        let class = shown(m, class);
        Err(match content {
            None => m.runtime_error(format!(
                "__class__ not set defining {name} as {class}. Was __classcell__ propagated to type.__new__?"
            )),
            Some(content) => {
                let content = shown(m, content);
                m.type_error(format!("__class__ set to {content} defining {name} as {class}"))
            }
        })
    }
}

impl NativeTask for BuildClass {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let mut given = match input {
            Input::Value(value) => Some(value),
            Input::Start | Input::Exhausted | Input::Raised(_) => None,
        };
        loop {
            let flow = match (self.phase, given) {
                (Phase::Base(index), entries) => {
                    if let Some(entries) = entries {
                        self.take_entries(m, entries)?;
                    }
                    match self.resolve_bases(m, index + usize::from(entries.is_some()))? {
                        Some(entry) => return Ok(Progress::Wait(self.into(), entry)),
                        None => self.prepare(m)?,
                    }
                }
                (Phase::Prepare, Some(namespace)) => Flow::Enter(self.run_body(m, namespace)?),
                (Phase::Body, Some(cell)) => {
                    self.cell = cell;
                    self.set_orig_bases(m)?
                }
                (Phase::OrigBases, Some(_)) => self.call_metaclass(m)?,
                (Phase::Metaclass, Some(class)) => {
                    self.check_cell(m, class)?;
                    return Ok(Progress::Done(class));
                }
                (Phase::Prepare | Phase::Body | Phase::OrigBases | Phase::Metaclass, None) => {
                    panic!("a class statement goes on with a value")
                }
            };
            match flow {
                Flow::Value(value) => given = Some(value),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        for value in [Value::object(self.body), self.name, self.written, self.namespace, self.cell] {
            visit(value);
        }
        self.bases.iter().copied().chain(self.metaclass).for_each(&mut *visit);
        self.keywords.each_value(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let name =
            heap.text_of(self.name).map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let what = match self.phase {
            Phase::Base(_) => "asking a base for its __mro_entries__",
            Phase::Prepare => "__prepare__ makes the namespace",
            Phase::Body => "the class body runs",
            Phase::OrigBases => "noting __orig_bases__",
            Phase::Metaclass => "the metaclass makes the class",
        };
        format!("__build_class__: {name}: {what}")
    }
}
