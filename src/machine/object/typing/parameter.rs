//! Type parameters: TypeVar, ParamSpec and TypeVarTuple.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{Part, Style};
use super::super::super::protocol::wrappers::{EQ, GE, GT, LE, LT, NE};
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::super::class::{Accessor, TypeSpec};
use super::super::function::{NativeBody, NativeDef};
use super::super::iterator::Iter;
use super::super::{Payload, types};
use super::{Given, Lazy, LazyPart, TypeParam, Variance, given};

const HAS_DEFAULT: NativeDef = NativeDef::method("has_default", Params::None, |m, args| {
    Ok(Value::bool(m.has_default(args.at(0))).into())
});
const REDUCE: NativeDef = NativeDef::method("__reduce__", Params::None, |m, args| name(m, args.at(0)));
const REPR: NativeDef = NativeDef::wrapper("__repr__", Params::None, |m, args| m.builtin_repr(args.at(0)));
const OR: NativeDef =
    NativeDef::wrapper("__or__", Params::One, |m, args| m.union_with(args.at(0), args.at(1)));
const ROR: NativeDef =
    NativeDef::wrapper("__ror__", Params::One, |m, args| m.union_with(args.at(1), args.at(0)));
const MRO_ENTRIES: NativeDef = NativeDef::method("__mro_entries__", Params::One, |m, args| {
    let class = m.heap.class(m.heap.class_of(args.at(0))).name.clone();
    Err(m.type_error(format!("Cannot subclass an instance of {class}")))
});

/// A special method that is a function of `typing`, or, as long as no program has imported that, one of the machine.
macro_rules! of_typing {
    ($name:literal $params:expr, $function:literal, $own:expr) => {
        NativeDef::method($name, $params, |m, args| match m.typing_function($function) {
            Some(function) => m.call(function, args.clone()),
            None => $own(m, args),
        })
    };
}

const TWO: Params = Params::Range(2, 2);
const PREPARE_TYPE_VAR: NativeDef = NativeDef::method("__typing_prepare_subst__", TWO, |m, args| {
    let param = args.at(0);
    let parameters = m.get_attr(args.at(1), names::PARAMETERS)?;
    let args = Args::new([Value::NONE, param, args.at(1), args.at(2)]);
    m.continue_with("__typing_prepare_subst__", parameters, args, 0, |m, args| {
        let parameters = m.heap.items_of(args.at(0)).unwrap_or_default();
        let Some(index) = parameters.iter().position(|known| *known == args.at(1)) else {
            return Err(m.value_error("sequence.index(x): x not in sequence"));
        };
        let given = m.heap.items_of(args.at(3)).unwrap_or_default().len();
        if index < given {
            return Ok(args.at(3).into());
        }
        if index == given && m.has_default(args.at(1)) {
            let default = m.lazy_value(args.at(1), LazyPart::Default)?;
            let args = Args::new([Value::NONE, args.at(3)]);
            return m.continue_with("__typing_prepare_subst__", default, args, 0, |m, args| {
                let mut given = m.heap.items_of(args.at(1)).unwrap_or_default().to_vec();
                given.push(args.at(0));
                Ok(m.heap.tuple(given).into())
            });
        }
        let counts = format!("; actual {given}, expected at least {}", index + 1);
        let message = vec!["Too few arguments for ".into(), Part::Str(args.at(2)), counts.as_str().into()];
        m.raise_composed(types::TYPE_ERROR, message)
    })
});

const NAME: Accessor = Accessor::read_only("__name__", name).as_member();
const BOUND: Accessor = Accessor::read_only("__bound__", |m, value| m.lazy_value(value, LazyPart::Bound));
const DEFAULT: Accessor =
    Accessor::read_only("__default__", |m, value| m.lazy_value(value, LazyPart::Default));
const EVALUATE_DEFAULT: Accessor =
    Accessor::read_only("evaluate_default", |m, value| m.evaluator(value, LazyPart::Default));
const COVARIANT: Accessor =
    Accessor::read_only("__covariant__", |m, value| varies(m, value, Variance::Covariant)).as_member();
const CONTRAVARIANT: Accessor =
    Accessor::read_only("__contravariant__", |m, value| varies(m, value, Variance::Contravariant))
        .as_member();
const INFER_VARIANCE: Accessor =
    Accessor::read_only("__infer_variance__", |m, value| varies(m, value, Variance::Inferred)).as_member();

/// `typing.TypeVar`.
pub static TYPE_VAR: TypeSpec = TypeSpec {
    module: "typing",
    has_dict: true,
    natives: &[
        of_typing!("__typing_subst__" Params::One, "_typevar_subst", Machine::argument_of_type_var),
        PREPARE_TYPE_VAR,
        NativeDef::new(Params::Any, new_type_var),
        HAS_DEFAULT,
        REDUCE,
        REPR,
        OR,
        ROR,
        MRO_ENTRIES,
    ],
    accessors: &[
        NAME,
        COVARIANT,
        CONTRAVARIANT,
        INFER_VARIANCE,
        BOUND,
        Accessor::read_only("__constraints__", |m, value| m.lazy_value(value, LazyPart::Constraints)),
        DEFAULT,
        Accessor::read_only("evaluate_bound", |m, value| m.evaluator(value, LazyPart::Bound)),
        Accessor::read_only("evaluate_constraints", |m, value| m.evaluator(value, LazyPart::Constraints)),
        EVALUATE_DEFAULT,
    ],
    ..TypeSpec::new(types::TYPE_VAR, "TypeVar")
};

/// `typing.ParamSpec`.
pub static PARAM_SPEC: TypeSpec = TypeSpec {
    module: "typing",
    has_dict: true,
    natives: &[
        of_typing!("__typing_subst__" Params::One, "_paramspec_subst", Machine::argument_of_param_spec),
        of_typing!("__typing_prepare_subst__" TWO, "_paramspec_prepare_subst", Machine::fitted_arguments),
        NativeDef::new(Params::Any, new_param_spec),
        HAS_DEFAULT,
        REDUCE,
        REPR,
        OR,
        ROR,
        MRO_ENTRIES,
    ],
    accessors: &[
        NAME,
        BOUND,
        COVARIANT,
        CONTRAVARIANT,
        INFER_VARIANCE,
        Accessor::read_only("args", |m, value| part(m, value, types::PARAM_SPEC_ARGS)),
        Accessor::read_only("kwargs", |m, value| part(m, value, types::PARAM_SPEC_KWARGS)),
        DEFAULT,
        EVALUATE_DEFAULT,
    ],
    ..TypeSpec::new(types::PARAM_SPEC, "ParamSpec")
};

/// `typing.TypeVarTuple`.
pub static TYPE_VAR_TUPLE: TypeSpec = TypeSpec {
    module: "typing",
    has_dict: true,
    natives: &[
        NativeDef::method("__typing_subst__", Params::One, |m, _| {
            Err(m.type_error("Substitution of bare TypeVarTuple is not supported"))
        }),
        of_typing!("__typing_prepare_subst__" TWO, "_typevartuple_prepare_subst", Machine::fitted_arguments),
        NativeDef::new(Params::Any, new_type_var_tuple),
        NativeDef::wrapper("__iter__", Params::None, |m, args| {
            if let Some(unpack) = m.typing_function("Unpack") {
                let unpacked = m.get_item(unpack, args.at(0))?;
                return m.continue_with("TypeVarTuple", unpacked, Args::new([Value::NONE]), 0, |m, args| {
                    let items = m.heap.tuple(vec![args.at(0)]);
                    Ok(m.heap.new_iterator(types::TUPLE_ITERATOR, Iter::Tuple(Some(items), 0)).into())
                });
            }
            let unpacked = m.unpack_alias(args.at(0), true);
            let items = m.heap.tuple(vec![unpacked]);
            Ok(m.heap.new_iterator(types::TUPLE_ITERATOR, Iter::Tuple(Some(items), 0)).into())
        }),
        HAS_DEFAULT,
        REDUCE,
        REPR,
        MRO_ENTRIES,
    ],
    accessors: &[NAME, DEFAULT, EVALUATE_DEFAULT],
    ..TypeSpec::new(types::TYPE_VAR_TUPLE, "TypeVarTuple")
};

/// `typing.ParamSpecArgs`.
pub static PARAM_SPEC_ARGS: TypeSpec = TypeSpec {
    module: "typing",
    unhashable: true,
    natives: PART_METHODS,
    wrappers: &[&LT, &LE, &EQ, &NE, &GT, &GE],
    accessors: &[Accessor::read_only("__origin__", |m, value| Ok(origin(m, value).into())).as_member()],
    ..TypeSpec::new(types::PARAM_SPEC_ARGS, "ParamSpecArgs")
};

/// `typing.ParamSpecKwargs`.
pub static PARAM_SPEC_KWARGS: TypeSpec = TypeSpec {
    module: "typing",
    unhashable: true,
    natives: PART_METHODS,
    wrappers: &[&LT, &LE, &EQ, &NE, &GT, &GE],
    accessors: &[Accessor::read_only("__origin__", |m, value| Ok(origin(m, value).into())).as_member()],
    ..TypeSpec::new(types::PARAM_SPEC_KWARGS, "ParamSpecKwargs")
};

/// The type of `typing.NoDefault`.
pub static NO_DEFAULT_TYPE: TypeSpec = TypeSpec {
    natives: &[
        NativeDef::new(Params::None, |_, _| Ok(Value::object(types::NO_DEFAULT).into())),
        REPR,
        NativeDef::method("__reduce__", Params::None, |m, _| Ok(m.heap.intern("NoDefault").into())),
    ],
    ..TypeSpec::new(types::NO_DEFAULT_TYPE, "NoDefaultType")
};

const PART_METHODS: &[NativeDef] = &[
    NativeDef::new(Params::named(&["origin"], 1), |m, args| {
        let class = args.at(0).handle().expect("__new__ is called with a class");
        let parts = Payload::Slots(Box::new([Some(args.at(1))]));
        Ok(Value::object(m.heap.alloc(class, parts)).into())
    }),
    REPR,
    MRO_ENTRIES,
];

fn origin(m: &Machine, value: Value) -> Value {
    m.param_spec_of(value).expect("an attribute of a ParamSpec's parts is asked of one")
}

/// `P.args` or `P.kwargs`: each time a new object.
fn part(m: &mut Machine, param: Value, class: Handle) -> Eval {
    Ok(Value::object(m.heap.alloc(class, Payload::Slots(Box::new([Some(param)])))).into())
}

fn param(m: &Machine, value: Value) -> &TypeParam {
    match m.heap.payload_of(value) {
        Some(Payload::TypeParam(param)) => param,
        _ => panic!("an attribute of type parameters is asked of one"),
    }
}

fn name(m: &mut Machine, value: Value) -> Eval {
    Ok(param(m, value).name.into())
}

fn varies(m: &mut Machine, value: Value, variance: Variance) -> Eval {
    Ok(Value::bool(param(m, value).variance == variance).into())
}

/// The variance that the first arguments say, whose truth has been asked.
fn variance(m: &mut Machine, args: &Args) -> Result<Variance, Raise> {
    match FLAGS.map(|index| args.flag(index, false)) {
        [true, true, _] => Err(m.value_error("Bivariant types are not supported.")),
        [false, false, true] => Ok(Variance::Inferred),
        [_, _, true] => Err(m.value_error("Variance cannot be specified with infer_variance.")),
        [true, false, false] => Ok(Variance::Covariant),
        [false, true, false] => Ok(Variance::Contravariant),
        [false, false, false] => Ok(Variance::Invariant),
    }
}

/// A default as a call gives it, or does not.
fn default_argument(value: Option<Value>) -> Lazy {
    Lazy::known(Some(value.unwrap_or(Value::object(types::NO_DEFAULT))))
}

/// What a call of `TypeVar` or `ParamSpec` gives by name.
const NAMES: &[&str] = &["covariant", "contravariant", "infer_variance", "bound", "default"];
/// The place of the bound among them.
const BOUND_PLACE: usize = 3;
/// Those of them that are flags.
const FLAGS: [usize; 3] = [0, 1, 2];

/// The arguments that are given by name, then those by position; the truth of the flags is asked.
fn with_variance(m: &mut Machine, function: &'static str, given: Given, body: NativeBody) -> Eval {
    let absent = [Value::FALSE, Value::FALSE, Value::FALSE, Value::NONE, Value::object(types::NO_DEFAULT)];
    let named = given.named.iter().zip(absent).map(|(named, absent)| named.unwrap_or(absent));
    let args = Args::new(named.chain(given.positional));
    m.with_indices(function, &args, &FLAGS, Style::Truth, body)
}

fn new_type_var(m: &mut Machine, args: &Args) -> Eval {
    let given = given(m, args, "typevar", &["name"], None, NAMES)?;
    with_variance(m, "TypeVar", given, |m, args| {
        variance(m, args)?;
        let Some(bound) = args.some(BOUND_PLACE).filter(|bound| !m.is_unionable(*bound)) else {
            return make_type_var(m, args);
        };
        let Some(check) = m.typing_function("_type_check") else {
            m.as_type(bound)?;
            return make_type_var(m, args);
        };
        let message = m.heap.str("Bound must be a type.");
        let bound = m.call(check, Args::new([bound, message]))?;
        m.continue_with("TypeVar", bound, args.clone(), BOUND_PLACE, make_type_var)
    })
}

/// A TypeVar of arguments that are checked one by one.
fn make_type_var(m: &mut Machine, args: &Args) -> Eval {
    let variance = variance(m, args)?;
    let bound = Lazy::known(args.some(BOUND_PLACE));
    let default = default_argument(args.get(4));
    let constraints: Vec<Value> = args.rest(NAMES.len() + 1).collect();
    if constraints.len() == 1 {
        return Err(m.type_error("A single constraint is not allowed"));
    }
    if !constraints.is_empty() && bound.value.is_some() {
        return Err(m.type_error("Constraints cannot be combined with bound=..."));
    }
    let constraints = (!constraints.is_empty()).then(|| m.heap.tuple(constraints));
    let name = args.at(NAMES.len());
    let param = TypeParam { name, bound, constraints: Lazy::known(constraints), default, variance };
    Ok(m.called_type_param(types::TYPE_VAR, param).into())
}

fn new_param_spec(m: &mut Machine, args: &Args) -> Eval {
    let given = given(m, args, "paramspec", &["name"], Some(1), NAMES)?;
    with_variance(m, "ParamSpec", given, |m, args| {
        let variance = variance(m, args)?;
        let bound = Lazy::known(args.some(BOUND_PLACE));
        let default = default_argument(args.get(4));
        let (name, constraints) = (args.at(NAMES.len()), Lazy::default());
        let param = TypeParam { name, bound, constraints, default, variance };
        Ok(m.called_type_param(types::PARAM_SPEC, param).into())
    })
}

fn new_type_var_tuple(m: &mut Machine, args: &Args) -> Eval {
    let given = given(m, args, "typevartuple", &["name"], Some(1), &["default"])?;
    let default = default_argument(given.named[0]);
    let param = TypeParam { default, ..TypeParam::plain(given.positional[0]) };
    Ok(m.called_type_param(types::TYPE_VAR_TUPLE, param).into())
}

impl TypeParam {
    /// What stands before its name where it is shown.
    pub const fn sign(&self) -> &'static str {
        match self.variance {
            Variance::Inferred => "",
            Variance::Invariant => "~",
            Variance::Covariant => "+",
            Variance::Contravariant => "-",
        }
    }

    /// A parameter of which the name is known and nothing else.
    const fn plain(name: Value) -> Self {
        const NOTHING: Lazy = Lazy::known(None);
        Self { name, bound: NOTHING, constraints: NOTHING, default: NOTHING, variance: Variance::Inferred }
    }
}

impl Machine {
    /// A type parameter in brackets behind the name of a class, function or alias.
    pub(in crate::machine) fn type_param(&mut self, class: Handle, name: Value) -> Value {
        Value::object(self.heap.alloc(class, Payload::TypeParam(Box::new(TypeParam::plain(name)))))
    }

    /// A type parameter that a call makes: it knows the module of its caller.
    fn called_type_param(&mut self, class: Handle, param: TypeParam) -> Value {
        let made = self.heap.alloc(class, Payload::TypeParam(Box::new(param)));
        let module = self.calling_module().unwrap_or(Value::NONE);
        let dict = self.heap.attributes(made);
        self.heap.set_name(dict, names::MODULE, module);
        Value::object(made)
    }

    /// The ParamSpec of its part `args` or `kwargs`.
    pub(in crate::machine) fn param_spec_of(&self, value: Value) -> Option<Value> {
        match self.heap.payload_of(value) {
            Some(Payload::Slots(parts))
                if matches!(self.heap.class_of(value), types::PARAM_SPEC_ARGS | types::PARAM_SPEC_KWARGS) =>
            {
                parts[0]
            }
            _ => None,
        }
    }

    /// `P.args`.
    pub(in crate::machine) fn repr_of_param_spec_part(&mut self, value: Value) -> Eval {
        let param = origin(self, value);
        let is_args = self.heap.class_of(value) == types::PARAM_SPEC_ARGS;
        let suffix = if is_args { ".args" } else { ".kwargs" };
        match self.heap.payload_of(param) {
            Some(Payload::TypeParam(param)) => {
                let text = format!("{}{suffix}", self.str_text(param.name));
                Ok(self.heap.str(text).into())
            }
            _ => self.compose(vec![Part::Repr(param), suffix.into()]),
        }
    }

    /// `__name__` of the module whose code runs.
    pub(super) fn calling_module(&self) -> Option<Value> {
        let globals = self.thread().python_frames().next()?.globals;
        self.heap.get_name(globals, names::NAME)
    }
}
