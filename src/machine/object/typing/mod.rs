//! What generic code is made of: type parameters, type aliases, generic classes with arguments.
//!
//! In CPython part of this is Python code of the module `typing`.  Here the machine does that part itself.

pub mod alias;
pub mod evaluator;
pub mod generic;
pub mod parameter;
mod substitute;

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::native::Evaluate;
use super::super::raise::Raise;
use super::super::value::Value;
use super::class::TypeSpec;
use super::{Payload, types};

/// The builtin types described here.
pub const SPECS: [&TypeSpec; 12] = [
    &parameter::TYPE_VAR,
    &parameter::PARAM_SPEC,
    &parameter::PARAM_SPEC_ARGS,
    &parameter::PARAM_SPEC_KWARGS,
    &parameter::TYPE_VAR_TUPLE,
    &parameter::NO_DEFAULT_TYPE,
    &alias::TYPE_ALIAS_TYPE,
    &generic::GENERIC,
    &generic::SPECIAL_FORM,
    &generic::TYPING_ALIAS,
    &generic::UNPACK_ALIAS,
    &evaluator::CONST_EVALUATOR,
];

/// A value that is computed when it is first asked for.
#[derive(Clone, Debug, Default, Hash)]
pub struct Lazy {
    /// The value, once it is known.
    pub value: Option<Value>,
    /// The function that computes it; it is called with the format, 1.
    pub evaluate: Option<Value>,
}

impl Lazy {
    /// A value known from the beginning.
    pub const fn known(value: Option<Value>) -> Self {
        Self { value, evaluate: None }
    }

    /// What this function gives.
    pub const fn later(evaluate: Value) -> Self {
        Self { value: None, evaluate: Some(evaluate) }
    }

    fn is_given(&self) -> bool {
        self.value.is_some() || self.evaluate.is_some()
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.value.into_iter().chain(self.evaluate).for_each(visit);
    }
}

/// How a type parameter's arguments may vary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variance {
    /// As type checkers find out: parameters in brackets behind a name.
    Inferred,
    /// Not at all.
    Invariant,
    /// With the generic type.
    Covariant,
    /// Against it.
    Contravariant,
}

/// The payload of a TypeVar, ParamSpec or TypeVarTuple.
#[derive(Clone, Debug, Hash)]
pub struct TypeParam {
    /// `__name__`, a str.
    pub name: Value,
    /// `__bound__`.
    pub bound: Lazy,
    /// `__constraints__`: a tuple.
    pub constraints: Lazy,
    /// `__default__`.
    pub default: Lazy,
    /// How its arguments may vary.
    pub variance: Variance,
}

impl TypeParam {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.name);
        for lazy in [&self.bound, &self.constraints, &self.default] {
            lazy.each_value(visit);
        }
    }
}

/// The payload of a TypeAliasType.
#[derive(Clone, Debug, Hash)]
pub struct TypeAlias {
    /// `__name__`, a str.
    pub name: Value,
    /// `__type_params__`: a tuple, where there are any.
    pub params: Option<Value>,
    /// `__module__`.
    pub module: Value,
    /// `__value__`.
    pub value: Lazy,
}

impl TypeAlias {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.name);
        visit(self.module);
        self.params.into_iter().for_each(&mut *visit);
        self.value.each_value(visit);
    }
}

/// Which of the values that are computed late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LazyPart {
    /// `__bound__` of a type parameter.
    Bound,
    /// `__constraints__` of a TypeVar.
    Constraints,
    /// `__default__` of a type parameter.
    Default,
    /// `__value__` of a type alias.
    Value,
}

impl LazyPart {
    /// The attribute that has it.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Bound => "__bound__",
            Self::Constraints => "__constraints__",
            Self::Default => "__default__",
            Self::Value => "__value__",
        }
    }

    const fn absent(self) -> Value {
        match self {
            Self::Bound | Self::Value => Value::NONE,
            Self::Constraints => Value::object(types::EMPTY_TUPLE),
            Self::Default => Value::object(types::NO_DEFAULT),
        }
    }
}

impl Machine {
    fn lazy(&self, owner: Value, part: LazyPart) -> &Lazy {
        match (self.heap.payload_of(owner), part) {
            (Some(Payload::TypeParam(param)), LazyPart::Bound) => &param.bound,
            (Some(Payload::TypeParam(param)), LazyPart::Constraints) => &param.constraints,
            (Some(Payload::TypeParam(param)), LazyPart::Default) => &param.default,
            (Some(Payload::TypeAlias(alias)), LazyPart::Value) => &alias.value,
            _ => panic!("an attribute of type parameters or aliases is asked of one"),
        }
    }

    fn lazy_mut(&mut self, owner: Value, part: LazyPart) -> &mut Lazy {
        match (owner.handle().map(|handle| self.heap.payload_mut(handle)), part) {
            (Some(Payload::TypeParam(param)), LazyPart::Bound) => &mut param.bound,
            (Some(Payload::TypeParam(param)), LazyPart::Constraints) => &mut param.constraints,
            (Some(Payload::TypeParam(param)), LazyPart::Default) => &mut param.default,
            (Some(Payload::TypeAlias(alias)), LazyPart::Value) => &mut alias.value,
            _ => panic!("an attribute of type parameters or aliases is set on one"),
        }
    }

    /// Puts another way to the value in the place of the one there was.
    pub(in crate::machine) fn set_lazy(&mut self, owner: Value, part: LazyPart, lazy: Lazy) {
        lazy.each_value(&mut |value| self.heap.retain(value));
        let old = std::mem::replace(self.lazy_mut(owner, part), lazy);
        old.each_value(&mut |value| self.heap.release(value));
    }

    /// Keeps what the evaluating function gave.
    pub(in crate::machine) fn keep_lazy(&mut self, owner: Value, part: LazyPart, value: Value) {
        let evaluate = self.lazy(owner, part).evaluate;
        self.set_lazy(owner, part, Lazy { value: Some(value), evaluate });
    }

    /// The value, computed now if it has not been asked for before.
    pub(in crate::machine) fn lazy_value(&mut self, owner: Value, part: LazyPart) -> Eval {
        match self.lazy(owner, part) {
            Lazy { value: Some(value), .. } => Ok((*value).into()),
            Lazy { evaluate: Some(evaluate), .. } => {
                let evaluate = *evaluate;
                self.begin(Evaluate::new(owner, part, evaluate))
            }
            Lazy { value: None, evaluate: None } => Ok(part.absent().into()),
        }
    }

    /// The function that computes the value; None where there is nothing to compute.
    fn evaluator(&mut self, owner: Value, part: LazyPart) -> Eval {
        match *self.lazy(owner, part) {
            Lazy { evaluate: Some(evaluate), .. } => Ok(evaluate.into()),
            Lazy { value: None, .. } => Ok(Value::NONE.into()),
            Lazy { value: Some(value), .. } => Ok(self.const_evaluator(value).into()),
        }
    }

    /// Whether a type parameter has a default.
    fn has_default(&self, param: Value) -> bool {
        let default = self.lazy(param, LazyPart::Default);
        default.is_given() && default.value != Some(Value::object(types::NO_DEFAULT))
    }

    /// Gives the types of type parameters what their source in CPython gives them.
    pub(in crate::machine) fn make_typing(&mut self) {
        let typing = self.heap.intern("typing");
        for class in [types::TYPE_VAR, types::PARAM_SPEC, types::TYPE_VAR_TUPLE, types::PARAM_SPEC_ARGS] {
            self.heap.set_class_name(class, super::super::names::MODULE, typing);
        }
    }
}

/// The arguments of a call that makes a type parameter or alias.
struct Given {
    positional: Vec<Value>,
    named: Vec<Option<Value>>,
}

/// Takes the arguments behind the class: at most `most` by position, where there is a limit, the first of
/// which may be given by the name `name`, and others by one of `names`.
fn given(
    m: &mut Machine,
    args: &Args,
    function: &str,
    first: &[&str],
    most: Option<usize>,
    names: &[&str],
) -> Result<Given, Raise> {
    let mut positional: Vec<Option<Value>> = args.rest(1).map(Some).collect();
    if let Some(most) = most.filter(|most| positional.len() > *most) {
        let plural = if most == 1 { "" } else { "s" };
        let message = format!(
            "{function}() takes exactly {most} positional argument{plural} ({} given)",
            positional.len()
        );
        return Err(m.type_error(message));
    }
    positional.resize(positional.len().max(first.len()), None);
    let mut named = vec![None; names.len()];
    for (name, value) in args.keywords().collect::<Vec<_>>() {
        let text = m.str_text(name).to_string_lossy().into_owned();
        let first_place = first.iter().position(|known| *known == text);
        let place = match (first_place, names.iter().position(|known| *known == text)) {
            (Some(index), _) => &mut positional[index],
            (None, Some(index)) => &mut named[index],
            (None, None) => {
                return Err(m.type_error(format!("{function}() got an unexpected keyword argument '{text}'")));
            }
        };
        if place.replace(value).is_some() {
            let position = first_place.map_or(0, |index| index + 1);
            return Err(m.type_error(format!(
                "argument for {function}() given by name ('{text}') and position ({position})"
            )));
        }
    }
    if let Some(missing) = positional.iter().position(Option::is_none) {
        return Err(m.type_error(format!(
            "{function}() missing required argument '{}' (pos {})",
            first[missing],
            missing + 1
        )));
    }
    let positional: Vec<Value> = positional.into_iter().flatten().collect();
    let name = positional[0];
    if m.heap.text_of(name).is_none() {
        let class = m.argument_class(name);
        return Err(m.type_error(format!("{function}() argument 'name' must be str, not {class}")));
    }
    Ok(Given { positional, named })
}
