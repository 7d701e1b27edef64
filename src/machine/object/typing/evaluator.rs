//! `_typing._ConstEvaluator`: what stands for the function that computes a bound, constraints, a default or the value of
//! a type alias where a call has given it.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::{Part, Style};
use super::super::super::value::Value;
use super::super::class::TypeSpec;
use super::super::function::NativeDef;
use super::super::{Payload, types};

/// The format in which an evaluator shows its value: `annotationlib.Format.STRING`.
const STRING: i64 = 4;

/// `_typing._ConstEvaluator`.
pub static CONST_EVALUATOR: TypeSpec = TypeSpec {
    module: "_typing",
    natives: &[
        NativeDef::wrapper("__call__", Params::Any, call),
        NativeDef::wrapper("__repr__", Params::None, |m, args| m.repr_of_evaluator(args.at(0))),
    ],
    ..TypeSpec::new(types::CONST_EVALUATOR, "_ConstEvaluator")
};

fn known(m: &Machine, evaluator: Value) -> Value {
    match m.heap.payload_of(evaluator) {
        Some(Payload::Slots(parts)) => parts[0].expect("an evaluator has its value"),
        _ => panic!("an evaluator is asked for its value"),
    }
}

fn call(m: &mut Machine, args: &Args) -> Eval {
    if args.keywords().next().is_some() {
        return Err(m.type_error("constevaluator.__call__() takes no keyword arguments"));
    }
    let given = args.positional() - 1;
    if given != 1 {
        let message = format!("constevaluator.__call__() takes exactly 1 argument ({given} given)");
        return Err(m.type_error(message));
    }
    m.with_indices("constevaluator", args, &[1], Style::Plain, |m, args| {
        let value = known(m, args.at(0));
        if m.index_i64(args.at(1), types::OVERFLOW_ERROR)? != STRING {
            return Ok(value.into());
        }
        let mut parts = Vec::new();
        match m.heap.payload_of(value) {
            Some(Payload::Tuple(items)) if m.heap.class_of(value) == types::TUPLE => {
                parts.push("(".into());
                for (index, item) in items.clone().iter().enumerate() {
                    if index > 0 {
                        parts.push(", ".into());
                    }
                    m.type_parts(*item, &mut parts);
                }
                parts.push(")".into());
            }
            _ => m.type_parts(value, &mut parts),
        }
        m.compose(parts)
    })
}

impl Machine {
    /// `repr()` of an evaluator.
    pub(in crate::machine) fn repr_of_evaluator(&mut self, evaluator: Value) -> Eval {
        let value = known(self, evaluator);
        self.compose(vec!["<constevaluator ".into(), Part::Repr(value), ">".into()])
    }

    /// What evaluates to this value.
    pub(super) fn const_evaluator(&mut self, value: Value) -> Value {
        let payload = Payload::Slots([Some(value)].into());
        Value::object(self.heap.alloc(types::CONST_EVALUATOR, payload))
    }
}
