//! How nodes are copied: `__reduce__`, and `__replace__` for `copy.replace`.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::heap::Heap;
use super::super::super::native::{Collected, Do, Got, Stepwise};
use super::super::super::object::Payload;
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::NodeReplace;

/// `node.__reduce__()`: the class, a None for each field from the first on that is there, and the attributes.
pub fn reduce(m: &mut Machine, args: &Args) -> Eval {
    let (node, name) = (args.at(0), m.text_handle("__dict__"));
    let dict = m.get_attr_or(node, name, Value::NONE)?;
    m.continue_with("AST.__reduce__", dict, Args::new([node, Value::NONE]), 1, |m, args| {
        let (class, name) = (Value::object(m.heap.class_of(args.at(0))), m.text_handle("_fields"));
        let fields = m.get_attr(class, name)?;
        let args = Args::new([class, args.at(1), Value::NONE]);
        m.continue_with("AST.__reduce__", fields, args, 2, |m, args| {
            let fields = m.collect(args.at(2), Collected::Tuple)?;
            m.continue_with("AST.__reduce__", fields, args.clone(), 2, |m, args| {
                let (class, dict) = (args.at(0), args.at(1));
                let fields = m.tuple_items(args.at(2)).to_vec();
                let known = fields.iter().take_while(|name| m.heap.dict_get(dict, **name).is_some()).count();
                let positional = m.heap.tuple(vec![Value::NONE; known]);
                Ok(m.heap.tuple(vec![class, positional, dict]).into())
            })
        })
    })
}

/// `node.__replace__(**fields)`.
pub fn replace(m: &mut Machine, args: &Args) -> Eval {
    if args.positional() > 1 {
        return Err(m.type_error("__replace__() takes no positional arguments"));
    }
    m.begin(NodeReplace::new(ReplaceWork {
        node: args.at(0),
        keywords: args.without_first(),
        fields: Vec::new(),
        attributes: Vec::new(),
        types: None,
        phase: Phase::Fields,
    }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `_fields` is asked for.
    Fields,
    /// It is gone through.
    FieldNames,
    /// `_attributes` is asked for.
    Attributes,
    /// It is gone through.
    AttributeNames,
    /// `_field_types` is asked for.
    Types,
    /// The `__dict__` of the node is asked for.
    Dict,
    /// The copy is made.
    New,
}

/// A node that is copied with some fields changed.
#[derive(Clone, Debug, Hash)]
pub struct ReplaceWork {
    node: Value,
    /// The new values.
    keywords: Args,
    fields: Vec<Value>,
    attributes: Vec<Value>,
    types: Option<Handle>,
    phase: Phase,
}

impl ReplaceWork {
    /// Whether a name is among others.
    fn has(m: &Machine, names: &[Value], name: Value) -> bool {
        names.iter().any(|other| *other == name || m.heap.text_of(*other) == m.heap.text_of(name))
    }

    fn copy(&mut self, m: &mut Machine, dict: Value) -> Result<Do, Raise> {
        let class_name = m.class_name(self.node);
        let known: Vec<Value> = self.fields.iter().chain(&self.attributes).copied().collect();
        if let Some((stranger, _)) = self.keywords.keywords().find(|(name, _)| !Self::has(m, &known, *name)) {
            let name = m.brief_repr(stranger);
            return Err(
                m.type_error(format!("{class_name}.__replace__ got an unexpected keyword argument {name}."))
            );
        }
        let given: Vec<Value> = self.keywords.keywords().map(|(name, _)| name).collect();
        let is_optional = |name: Value| {
            let wanted = self.types.and_then(|types| m.heap.dict_get(Value::object(types), name));
            wanted.is_some_and(|wanted| matches!(m.heap.payload_of(wanted), Some(Payload::Union(_))))
        };
        let is_missing = |name: &&Value| {
            m.heap.dict_get(dict, **name).is_none() && !Self::has(m, &given, **name) && !is_optional(**name)
        };
        let mut missing: Vec<String> =
            self.fields.iter().filter(is_missing).map(|name| m.brief_repr(*name)).collect();
        if !missing.is_empty() {
            missing.sort();
            let (count, plural) = (missing.len(), if missing.len() == 1 { "" } else { "s" });
            let missing = missing.join(", ");
            let message =
                format!("{class_name}.__replace__ missing {count} keyword argument{plural}: {missing}.");
            return Err(m.type_error(message));
        }
        let mut values: Vec<(Value, Value)> = known
            .into_iter()
            .filter_map(|name| m.heap.dict_get(dict, name).map(|value| (name, value)))
            .collect();
        for (name, value) in self.keywords.keywords() {
            match values.iter_mut().find(|(known, _)| Self::has(m, &[*known], name)) {
                Some((_, old)) => *old = value,
                None => values.push((name, value)),
            }
        }
        let (names, values): (Vec<Value>, Vec<Value>) = values.into_iter().unzip();
        self.phase = Phase::New;
        Ok(m.call(Value::object(m.heap.class_of(self.node)), Args::with_names(values, names))?.into())
    }
}

impl Stepwise for ReplaceWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = if let Got::Value(value) = got { value } else { Value::NONE };
        match self.phase {
            Phase::Fields if got == Got::Start => m.node_names(self.node, "_fields"),
            Phase::Fields => {
                self.phase = Phase::FieldNames;
                Ok(m.collect(value, Collected::Tuple)?.into())
            }
            Phase::FieldNames => {
                self.fields = m.tuple_items(value).to_vec();
                self.phase = Phase::Attributes;
                m.node_names(self.node, "_attributes")
            }
            Phase::Attributes => {
                self.phase = Phase::AttributeNames;
                Ok(m.collect(value, Collected::Tuple)?.into())
            }
            Phase::AttributeNames => {
                self.attributes = m.tuple_items(value).to_vec();
                self.phase = Phase::Types;
                let (class, name) = (m.heap.class_of(self.node), m.text_handle("_field_types"));
                Ok(m.get_attr_or(Value::object(class), name, Value::NONE)?.into())
            }
            Phase::Types => {
                self.types = m.exact_dict(value);
                self.phase = Phase::Dict;
                let name = m.text_handle("__dict__");
                Ok(m.get_attr(self.node, name)?.into())
            }
            Phase::Dict => self.copy(m, value),
            Phase::New => Ok(Do::Done(value)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.node);
        self.keywords.each_value(visit);
        self.fields.iter().chain(&self.attributes).copied().for_each(&mut *visit);
        self.types.map(Value::object).into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("{}: copying with changed fields", heap.class(heap.class_of(self.node)).name)
    }
}
