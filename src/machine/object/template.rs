//! Template strings: `string.templatelib.Template` and `Interpolation`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Part;
use super::super::protocol::wrappers_container as containers;
use super::super::raise::Raise;
use super::super::value::Value;
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::generic::CLASS_GETITEM;
use super::iterator::Iter;
use super::{Payload, types};

/// The parts of a template: the tuple of its strings, and the tuple of its interpolations, of which one stands
/// between each two strings.
const STRINGS: usize = 0;
const INTERPOLATIONS: usize = 1;
/// The parts of an interpolation.
const VALUE: usize = 0;
const EXPRESSION: usize = 1;
const CONVERSION: usize = 2;
const FORMAT_SPEC: usize = 3;

/// `string.templatelib.Template`.
pub static TEMPLATE: TypeSpec = TypeSpec {
    module: "string.templatelib",
    natives: &[
        NativeDef::new(Params::Any, new_template),
        NativeDef::wrapper("__repr__", Params::None, |m, args| m.builtin_repr(args.at(0))),
        NativeDef::wrapper("__iter__", Params::None, iterate),
        NativeDef::wrapper("__add__", Params::One, |m, args| m.join_templates(args.at(0), args.at(1))),
        NativeDef::method("__reduce__", Params::None, reduce_template),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[
        Accessor::read_only("strings", |m, value| part(m, value, STRINGS)).as_member(),
        Accessor::read_only("interpolations", |m, value| part(m, value, INTERPOLATIONS)).as_member(),
        Accessor::read_only("values", |m, value| {
            let interpolations = parts(m, value)[INTERPOLATIONS];
            let values = m.tuple_items(interpolations).iter().map(|one| parts(m, *one)[VALUE]).collect();
            Ok(m.heap.tuple(values).into())
        }),
    ],
    ..TypeSpec::new(types::TEMPLATE, "Template")
};

/// `template.__reduce__()`: what the library puts its parts together with again, and these.
fn reduce_template(m: &mut Machine, args: &Args) -> Eval {
    const MAKER: &str = "_template_unpickle";
    let maker = Value::object(m.text_handle(MAKER));
    let (whole, wanted) = (m.text_handle("string.templatelib"), m.heap.tuple(vec![maker]));
    let module = m.import(whole, None, Some(wanted), 0)?;
    m.continue_with("Template.__reduce__", module, Args::new([Value::NONE, args.at(0)]), 0, |m, args| {
        let maker = m.text_handle(MAKER);
        let maker = m.get_attr(args.at(0), maker)?;
        m.continue_with("Template.__reduce__", maker, args.clone(), 0, |m, args| {
            let parts = parts(m, args.at(1));
            let parts = m.heap.pair(parts[STRINGS], parts[INTERPOLATIONS]);
            Ok(m.heap.pair(args.at(0), parts).into())
        })
    })
}

/// `string.templatelib.Interpolation`.
pub static INTERPOLATION: TypeSpec = TypeSpec {
    module: "string.templatelib",
    natives: &[
        NativeDef::new(
            Params::named(&["value", "expression", "conversion", "format_spec"], 1),
            new_interpolation,
        ),
        NativeDef::wrapper("__repr__", Params::None, |m, args| m.builtin_repr(args.at(0))),
        NativeDef::method("__reduce__", Params::None, |m, args| {
            let values = parts(m, args.at(0));
            let values = m.heap.tuple(values);
            let reduced = vec![Value::object(types::INTERPOLATION), values];
            Ok(m.heap.tuple(reduced).into())
        }),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[
        Accessor::read_only("value", |m, value| part(m, value, VALUE)).as_member(),
        Accessor::read_only("expression", |m, value| part(m, value, EXPRESSION)).as_member(),
        Accessor::read_only("conversion", |m, value| part(m, value, CONVERSION)).as_member(),
        Accessor::read_only("format_spec", |m, value| part(m, value, FORMAT_SPEC)).as_member(),
    ],
    ..TypeSpec::new(types::INTERPOLATION, "Interpolation")
};

/// `string.templatelib.TemplateIter`.
pub static TEMPLATE_ITERATOR: TypeSpec = TypeSpec {
    module: "string.templatelib",
    wrappers: &[&containers::ITER, &containers::NEXT],
    ..TypeSpec::new(types::TEMPLATE_ITERATOR, "TemplateIter")
};

fn parts(m: &Machine, value: Value) -> Vec<Value> {
    match m.heap.payload_of(value) {
        Some(Payload::Slots(parts)) => parts.iter().map(|part| part.unwrap_or(Value::NONE)).collect(),
        _ => panic!("an attribute of templates and interpolations is asked of one"),
    }
}

fn part(m: &mut Machine, value: Value, index: usize) -> Eval {
    Ok(parts(m, value)[index].into())
}

/// Strings and interpolations in the order in which they stand, empty strings left out.
fn iterate(m: &mut Machine, args: &Args) -> Eval {
    let parts = parts(m, args.at(0));
    let strings = m.tuple_items(parts[STRINGS]).to_vec();
    let interpolations = m.tuple_items(parts[INTERPOLATIONS]).to_vec();
    let mut items = Vec::new();
    for (index, string) in strings.into_iter().enumerate() {
        if !m.str_text(string).is_empty() {
            items.push(string);
        }
        items.extend(interpolations.get(index));
    }
    let items = m.heap.tuple(items);
    Ok(m.heap.new_iterator(types::TEMPLATE_ITERATOR, Iter::Tuple(Some(items), 0)).into())
}

/// `Template(*parts)`: strings beside one another become one, and one stands before, between and behind
/// all interpolations.
fn new_template(m: &mut Machine, args: &Args) -> Eval {
    if args.keywords().next().is_some() {
        return Err(m.type_error("Template.__new__ only accepts *args arguments"));
    }
    let mut strings = vec![m.heap.str("")];
    let mut interpolations = Vec::new();
    for part in args.rest(1).collect::<Vec<_>>() {
        if m.heap.class_of(part) == types::INTERPOLATION {
            interpolations.push(part);
            strings.push(m.heap.str(""));
        } else if m.heap.text_of(part).is_some() {
            let last = strings.len() - 1;
            strings[last] = joined(m, strings[last], part);
        } else {
            let class = m.class_name(part);
            return Err(m.type_error(format!(
                "Template.__new__ *args need to be of type 'str' or 'Interpolation', got {class}"
            )));
        }
    }
    let (strings, interpolations) = (m.heap.tuple(strings), m.heap.tuple(interpolations));
    Ok(m.new_template(strings, interpolations).into())
}

fn new_interpolation(m: &mut Machine, args: &Args) -> Eval {
    let text = |m: &mut Machine, index: usize, name: &str| -> Result<Value, Raise> {
        match args.get(index) {
            None => Ok(m.heap.str("")),
            Some(value) if m.heap.text_of(value).is_some() => Ok(value),
            Some(value) => {
                let class = m.argument_class(value);
                Err(m.type_error(format!("Interpolation() argument '{name}' must be str, not {class}")))
            }
        }
    };
    let expression = text(m, 2, "expression")?;
    let conversion = match args.some(3) {
        None => Value::NONE,
        Some(_) => text(m, 3, "conversion")?,
    };
    if !conversion.is_none() && !["s", "a", "r"].contains(&&*m.str_text(conversion).to_string_lossy()) {
        return Err(m.value_error("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'"));
    }
    let spec = text(m, 4, "format_spec")?;
    Ok(m.new_interpolation([args.at(1), expression, conversion, spec]).into())
}

fn joined(m: &mut Machine, one: Value, other: Value) -> Value {
    if m.str_text(one).is_empty() {
        return other;
    }
    let text = m.str_text(one).concat(m.str_text(other));
    m.heap.str(text)
}

impl Machine {
    /// A template of the tuple of its strings and the tuple of its interpolations.
    pub(in crate::machine) fn new_template(&mut self, strings: Value, interpolations: Value) -> Value {
        let parts = Payload::Slots(Box::new([Some(strings), Some(interpolations)]));
        Value::object(self.heap.alloc(types::TEMPLATE, parts))
    }

    /// An interpolation: value, expression, conversion, format spec.
    pub(in crate::machine) fn new_interpolation(&mut self, parts: [Value; 4]) -> Value {
        let parts = Payload::Slots(Box::new(parts.map(Some)));
        Value::object(self.heap.alloc(types::INTERPOLATION, parts))
    }

    /// Whether a value is a template or an interpolation.
    pub(in crate::machine) fn is_template_part(&self, value: Value) -> bool {
        matches!(self.heap.class_of(value), types::TEMPLATE | types::INTERPOLATION)
    }

    /// `template + template`: what stands at the seam becomes one string.
    pub(in crate::machine) fn join_templates(&mut self, left: Value, right: Value) -> Eval {
        if self.heap.class_of(right) != types::TEMPLATE {
            let class = self.class_name(right);
            return Err(self.type_error(format!(
                "can only concatenate string.templatelib.Template (not \"{class}\") to \
                 string.templatelib.Template"
            )));
        }
        let (one, other) = (parts(self, left), parts(self, right));
        let mut strings = self.tuple_items(one[STRINGS]).to_vec();
        let others = self.tuple_items(other[STRINGS]).to_vec();
        if let (Some(last), Some(first)) = (strings.pop(), others.first()) {
            strings.push(joined(self, last, *first));
            strings.extend_from_slice(&others[1..]);
        }
        let mut interpolations = self.tuple_items(one[INTERPOLATIONS]).to_vec();
        interpolations.extend_from_slice(self.tuple_items(other[INTERPOLATIONS]));
        let (strings, interpolations) = (self.heap.tuple(strings), self.heap.tuple(interpolations));
        Ok(self.new_template(strings, interpolations).into())
    }

    /// `repr()` of a template or an interpolation.
    pub(in crate::machine) fn repr_of_template_part(&mut self, value: Value) -> Eval {
        let parts = parts(self, value);
        let shown = if self.heap.class_of(value) == types::TEMPLATE {
            vec![
                "Template(strings=".into(),
                Part::Repr(parts[STRINGS]),
                ", interpolations=".into(),
                Part::Repr(parts[INTERPOLATIONS]),
                ")".into(),
            ]
        } else {
            vec![
                "Interpolation(".into(),
                Part::Repr(parts[VALUE]),
                ", ".into(),
                Part::Repr(parts[EXPRESSION]),
                ", ".into(),
                Part::Repr(parts[CONVERSION]),
                ", ".into(),
                Part::Repr(parts[FORMAT_SPEC]),
                ")".into(),
            ]
        };
        self.compose(shown)
    }

    /// Gives Interpolation its `__match_args__`.
    pub(in crate::machine) fn make_templates(&mut self) {
        let names = ["value", "expression", "conversion", "format_spec"].map(|name| self.heap.intern(name));
        let names = self.heap.tuple(names.to_vec());
        self.heap.set_class_name(types::INTERPOLATION, super::super::names::MATCH_ARGS, names);
    }
}
