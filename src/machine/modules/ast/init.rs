//! The constructor of nodes: fields by position and by name, and what those get that are not given.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Flow;
use super::super::super::heap::Heap;
use super::super::super::native::{Collected, Do, Got, Stepwise};
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use crate::ast::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `_fields` is asked for.
    Fields,
    /// How many there are is asked.
    Count,
    /// They are gone through.
    FieldNames,
    /// The positional argument of this number is set next.
    Positional(usize),
    /// The keyword argument of this number comes next.
    Keyword(usize),
    /// Nobody knows its name; `_attributes` is asked for.
    Attributes(usize),
    /// `_attributes` is gone through.
    AttributeNames(usize),
    /// It is set next.
    SetKeyword(usize),
    /// `_field_types` is asked for.
    Types,
    /// The field of this number, among those that were not given, comes next.
    Rest(usize),
}

/// A node that is being filled.
#[derive(Clone, Debug, Hash)]
pub struct InitWork {
    node: Value,
    args: Args,
    /// `_fields`.
    fields: Vec<Value>,
    /// Those that were not given yet, in the order of a set, which CPython keeps them in.
    rest: Vec<Value>,
    /// What is waited for, where it is held by nothing else.
    held: Option<Value>,
    /// `_field_types`.
    types: Option<Handle>,
    phase: Phase,
}

impl InitWork {
    /// The constructor, called with these arguments behind the node.
    pub const fn new(node: Value, args: Args) -> Self {
        Self {
            node,
            args,
            fields: Vec::new(),
            rest: Vec::new(),
            held: None,
            types: None,
            phase: Phase::Fields,
        }
    }

    fn class_name(&self, m: &Machine) -> String {
        m.class_name(self.node)
    }

    /// The next thing that needs not be waited for.
    fn go_on(&mut self, phase: Phase) -> Do {
        self.phase = phase;
        Do::Wait(Flow::Value(Value::NONE))
    }

    fn fields_known(&mut self, m: &mut Machine, fields: Value) -> Result<Do, Raise> {
        self.fields = m.tuple_items(fields).to_vec();
        let most = self.fields.len();
        if self.args.positional() > most {
            let class = m.heap.class(m.heap.class_of(self.node)).name.clone();
            let plural = if most == 1 { "" } else { "s" };
            let message = format!("{class} constructor takes at most {most} positional argument{plural}");
            return Err(m.type_error(message));
        }
        if self.fields.iter().all(|name| m.heap.text_of(*name).is_some()) {
            let set = m.frozen_set_of_constants(&self.fields);
            let set = set.handle().expect("a set is a heap object");
            self.rest = m.heap.set(set).iter().map(|(_, name)| name).collect();
        }
        Ok(self.go_on(Phase::Positional(0)))
    }

    fn given(&mut self, m: &Machine, name: Value) -> bool {
        let before = self.rest.len();
        self.rest.retain(|other| *other != name && m.heap.text_of(*other) != m.heap.text_of(name));
        self.rest.len() < before
    }

    fn positional(&mut self, m: &mut Machine, at: usize) -> Result<Do, Raise> {
        if at == self.args.positional() {
            return Ok(self.go_on(Phase::Keyword(0)));
        }
        let name = self.fields[at];
        let handle = m.attribute_name(name)?;
        self.given(m, name);
        self.phase = Phase::Positional(at + 1);
        Ok(m.set_attr(self.node, handle, Some(self.args.at(at)))?.into())
    }

    fn keyword(&mut self, m: &mut Machine, at: usize) -> Result<Do, Raise> {
        let Some((name, _)) = self.args.keywords().nth(at) else {
            self.phase = Phase::Types;
            let (class, name) = (Value::object(m.heap.class_of(self.node)), m.text_handle("_field_types"));
            return Ok(m.get_attr_or(class, name, Value::NONE)?.into());
        };
        let text = m.str_text(name).clone();
        if !self.fields.iter().any(|field| m.heap.text_of(*field) == Some(&text)) {
            self.phase = Phase::Attributes(at);
            return m.node_names(self.node, "_attributes");
        }
        if !self.given(m, name) {
            let class = m.heap.class(m.heap.class_of(self.node)).name.clone();
            let name = m.brief_repr(name);
            return Err(m.type_error(format!("{class} got multiple values for argument {name}")));
        }
        Ok(self.go_on(Phase::SetKeyword(at)))
    }

    fn attributes_known(&mut self, m: &mut Machine, at: usize, names: Value) -> Result<Do, Raise> {
        let (name, _) = self.args.keywords().nth(at).expect("a keyword argument is looked at");
        self.phase = Phase::SetKeyword(at);
        let known = m.tuple_items(names).iter().any(|known| m.heap.text_of(*known) == m.heap.text_of(name));
        if known {
            return Ok(Do::Wait(Flow::Value(Value::NONE)));
        }
        let (class, name) = (self.class_name(m), m.brief_repr(name));
        let text = format!(
            "{class}.__init__ got an unexpected keyword argument {name}. Support for arbitrary keyword arguments \
             is deprecated and will be removed in Python 3.15."
        );
        Ok(m.warned(types::DEPRECATION_WARNING, &text, Value::NONE)?.into())
    }

    fn set_keyword(&mut self, m: &mut Machine, at: usize) -> Result<Do, Raise> {
        let (name, value) = self.args.keywords().nth(at).expect("a keyword argument is set");
        let name = m.attribute_name(name)?;
        self.phase = Phase::Keyword(at + 1);
        Ok(m.set_attr(self.node, name, Some(value))?.into())
    }

    /// A field that was not given: an empty list, `Load()`, nothing, or a warning.
    fn rest(&mut self, m: &mut Machine, at: usize) -> Result<Do, Raise> {
        let (Some(name), Some(types)) = (self.rest.get(at).copied(), self.types) else {
            return Ok(Do::Done(Value::NONE));
        };
        self.phase = Phase::Rest(at + 1);
        let handle = m.attribute_name(name)?;
        let (class, shown) = (self.class_name(m), m.brief_repr(name));
        let Some(wanted) = m.heap.dict_get(Value::object(types), name) else {
            let text = format!(
                "Field {shown} is missing from {class}._field_types. This will become an error in Python 3.15."
            );
            return Ok(m.warned(types::DEPRECATION_WARNING, &text, Value::NONE)?.into());
        };
        let value = match m.heap.payload_of(wanted) {
            Some(Payload::Union(_)) => return Ok(Do::Wait(Flow::Value(Value::NONE))),
            Some(Payload::GenericAlias(..)) => m.heap.list(Vec::new()),
            _ => {
                let classes = m.node_classes();
                let context = const { Kind::named("expr_context") };
                if wanted != Value::object(classes.class(context)) {
                    let text = format!(
                        "{class}.__init__ missing 1 required positional argument: {shown}. This will become an \
                         error in Python 3.15."
                    );
                    return Ok(m.warned(types::DEPRECATION_WARNING, &text, Value::NONE)?.into());
                }
                let load = classes.word(const { Kind::named("Load") });
                load.map_or(Value::NONE, Value::object)
            }
        };
        Ok(m.set_attr(self.node, handle, Some(value))?.into())
    }
}

impl Stepwise for InitWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = if let Got::Value(value) = got { value } else { Value::NONE };
        match self.phase {
            Phase::Fields if got == Got::Start => m.node_names(self.node, "_fields"),
            Phase::Fields => {
                self.held = Some(value);
                self.phase = Phase::Count;
                Ok(m.length(value)?.into())
            }
            Phase::Count => {
                self.phase = Phase::FieldNames;
                let fields = self.held.expect("the fields were asked for");
                Ok(m.collect(fields, Collected::Tuple)?.into())
            }
            Phase::FieldNames => self.fields_known(m, value),
            Phase::Positional(at) => self.positional(m, at),
            Phase::Keyword(at) => self.keyword(m, at),
            Phase::Attributes(at) => {
                self.phase = Phase::AttributeNames(at);
                Ok(m.collect(value, Collected::Tuple)?.into())
            }
            Phase::AttributeNames(at) => self.attributes_known(m, at, value),
            Phase::SetKeyword(at) => self.set_keyword(m, at),
            Phase::Types => {
                self.types = m.exact_dict(value);
                if self.types.is_none() && !value.is_none() {
                    return Err(m.unsupported("_field_types that is no dict"));
                }
                Ok(self.go_on(Phase::Rest(0)))
            }
            Phase::Rest(at) => self.rest(m, at),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.node);
        self.args.each_value(visit);
        self.fields.iter().chain(&self.rest).chain(&self.held).copied().for_each(&mut *visit);
        self.types.map(Value::object).into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.class_of(self.node)).name;
        match self.phase {
            Phase::Positional(_) | Phase::Keyword(_) | Phase::Rest(_) => format!("{class}: setting a field"),
            Phase::SetKeyword(_) => format!("{class}: warning of a keyword argument"),
            Phase::Fields | Phase::Count | Phase::FieldNames => format!("{class}: reading _fields"),
            Phase::Attributes(_) | Phase::AttributeNames(_) => format!("{class}: reading _attributes"),
            Phase::Types => format!("{class}: reading _field_types"),
        }
    }
}
