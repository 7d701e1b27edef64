//! Arguments in the place of type parameters: `list[T][int]`.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::super::function::NativeBody;
use super::super::{Payload, types};
use super::LazyPart;

impl Machine {
    /// The type parameters among types, each once, in the order in which they are met.
    pub(in crate::machine) fn parameters_among(&self, values: &[Value]) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        let mut todo: Vec<Value> = values.iter().rev().copied().collect();
        while let Some(value) = todo.pop() {
            match self.heap.payload_of(value) {
                Some(Payload::TypeParam(_)) if !found.contains(&value) => found.push(value),
                Some(Payload::GenericAlias(_, items, ..) | Payload::UnpackedAlias(_, items, ..)) => {
                    todo.extend(self.tuple_items(*items).iter().rev());
                }
                Some(Payload::Union(union)) => todo.extend(self.tuple_items(union.members).iter().rev()),
                Some(Payload::Tuple(items)) => todo.extend(items.iter().rev()),
                Some(Payload::List(items)) => todo.extend(items.iter().rev()),
                _ => {}
            }
        }
        found
    }

    /// Gives each parameter its argument.  `Err` inside has a parameter whose default has to be computed
    /// first; `shown` is what the errors call the generic type.
    pub(super) fn match_parameters(
        &mut self,
        parameters: &[Value],
        given: Value,
        shown: &str,
    ) -> Result<Result<Vec<Value>, Value>, Raise> {
        let mut items = self.tuple_items(given).to_vec();
        for index in 0..parameters.len() {
            if let Some(param) = self.fit(parameters, index, &mut items, shown)? {
                return Ok(Err(param));
            }
        }
        if items.len() > parameters.len() {
            return Err(self.type_error(format!(
                "Too many arguments for {shown}; actual {}, expected {}",
                items.len(),
                parameters.len()
            )));
        }
        Ok(Ok(items))
    }

    /// Makes `items`, which are the arguments of the parameters before `index` and what is given for the others, such
    /// that the argument of that parameter stands at its place.  A parameter is given back whose default has to be
    /// computed first.
    fn fit(
        &mut self,
        parameters: &[Value],
        index: usize,
        items: &mut Vec<Value>,
        shown: &str,
    ) -> Result<Option<Value>, Raise> {
        let param = parameters[index];
        let class = self.heap.class_of(param);
        if class == types::TYPE_VAR_TUPLE {
            let behind = parameters.len() - index - 1;
            if items.len() < index + behind {
                return Err(self.type_error(format!(
                    "Too few arguments for {shown}; actual {}, expected at least {}",
                    items.len(),
                    index + behind
                )));
            }
            let end = items.len() - behind;
            let middle = items[index..end].to_vec();
            let middle = self.heap.tuple(middle);
            items.splice(index..end, [middle]);
            return Ok(None);
        }
        if class == types::PARAM_SPEC {
            if parameters.len() == 1 && items.first().is_some_and(|item| !self.is_parameter_list(*item)) {
                let all = self.heap.tuple(std::mem::take(items));
                items.push(all);
            }
            if let Some(Payload::List(types)) = items.get(index).and_then(|item| self.heap.payload_of(*item))
            {
                let types = types.to_vec();
                items[index] = self.heap.tuple(types);
            }
        }
        if index == items.len() && self.has_default(param) {
            match self.lazy(param, LazyPart::Default).value {
                Some(default) => items.push(default),
                None => return Ok(Some(param)),
            }
        }
        if index < items.len() {
            return Ok(None);
        }
        Err(self.type_error(if class == types::PARAM_SPEC {
            format!("Too few arguments for {shown}")
        } else {
            let actual = items.len();
            format!("Too few arguments for {shown}; actual {actual}, expected at least {}", index + 1)
        }))
    }

    /// `__typing_prepare_subst__(param, alias, given)` of a ParamSpec or TypeVarTuple.
    pub(super) fn fitted_arguments(&mut self, args: &Args) -> Eval {
        let parameters = self.get_attr(args.at(1), names::PARAMETERS)?;
        let args = Args::new([Value::NONE, args.at(0), args.at(1), args.at(2), Value::NONE]);
        self.continue_with("__typing_prepare_subst__", parameters, args, 0, Self::fitted_among)
    }

    fn fitted_among(&mut self, args: &Args) -> Eval {
        let [parameters, mut items] =
            [args.at(0), args.at(3)].map(|items| self.heap.items_of(items).unwrap_or_default().to_vec());
        let Some(index) = parameters.iter().position(|param| *param == args.at(1)) else {
            return Err(self.value_error("tuple.index(x): x not in tuple"));
        };
        let shown = self.heap.brief(args.at(2), 1000);
        match self.fit(&parameters, index, &mut items, &shown)? {
            None => Ok(self.heap.tuple(items).into()),
            Some(param) => {
                let default = self.lazy_value(param, LazyPart::Default)?;
                self.continue_with("__typing_prepare_subst__", default, args.clone(), 4, Self::fitted_among)
            }
        }
    }

    /// `__typing_subst__(param, argument)` of a TypeVar.
    pub(super) fn argument_of_type_var(&mut self, args: &Args) -> Eval {
        self.check_argument(args.at(0), args.at(1))?;
        Ok(self.as_type(args.at(1))?.into())
    }

    /// `__typing_subst__(param, argument)` of a ParamSpec.
    pub(super) fn argument_of_param_spec(&mut self, args: &Args) -> Eval {
        self.check_argument(args.at(0), args.at(1))?;
        let Some(items) = self.heap.items_of(args.at(1)) else { return Ok(args.at(1).into()) };
        let mut types = items.to_vec();
        for item in &mut types {
            *item = self.as_type(*item)?;
        }
        Ok(self.heap.tuple(types).into())
    }

    /// Whether a value may stand for the parameters of a function.
    fn is_parameter_list(&self, value: Value) -> bool {
        value == Value::ELLIPSIS
            || self.heap.class_of(value) == types::PARAM_SPEC
            || matches!(self.heap.payload_of(value), Some(Payload::List(_) | Payload::Tuple(_)))
    }

    /// Computes the default of `param`, then does `body` again.
    pub(super) fn retry_with_default(
        &mut self,
        param: Value,
        name: &'static str,
        args: &Args,
        body: NativeBody,
    ) -> Eval {
        let default = self.lazy_value(param, LazyPart::Default)?;
        let args = Args::new([args.at(0), args.at(1), Value::NONE]);
        self.continue_with(name, default, args, 2, body)
    }

    fn check_argument(&mut self, param: Value, argument: Value) -> Result<(), Raise> {
        let class = self.heap.class_of(param);
        let unpacked = matches!(self.heap.payload_of(argument), Some(Payload::UnpackedAlias(..)))
            || self.heap.class_of(argument) == types::UNPACK_ALIAS;
        if class == types::TYPE_VAR && unpacked {
            let shown = self.type_text(argument);
            return Err(self.type_error(format!("{shown} is not valid as type argument")));
        }
        if class == types::PARAM_SPEC && !self.is_parameter_list(argument) {
            let shown = self.heap.brief(argument, 200);
            return Err(self.type_error(format!(
                "Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {shown}"
            )));
        }
        Ok(())
    }
}
