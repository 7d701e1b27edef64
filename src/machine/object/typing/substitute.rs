//! Arguments in the place of type parameters: `list[T][int]`.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::super::function::NativeBody;
use super::super::{Payload, types};
use super::LazyPart;

/// How deep types may be nested for arguments to be put into them.
const NESTING: u32 = 200;

/// Type parameters, and the argument of each; that of a TypeVarTuple is a tuple of them.
struct Substitution {
    parameters: Vec<Value>,
    arguments: Vec<Value>,
}

impl Machine {
    /// The type parameters in a generic alias or a union, a tuple.
    pub(in crate::machine) fn parameters_of(&mut self, value: Value) -> Value {
        let parameters = self.parameters_among(&[value]);
        self.heap.tuple(parameters)
    }

    /// The type parameters among types, each once, in the order in which they are met.
    pub(in crate::machine) fn parameters_among(&self, values: &[Value]) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        let mut todo: Vec<Value> = values.iter().rev().copied().collect();
        while let Some(value) = todo.pop() {
            match self.heap.payload_of(value) {
                Some(Payload::TypeParam(_)) if !found.contains(&value) => found.push(value),
                Some(
                    Payload::GenericAlias(_, items)
                    | Payload::UnpackedAlias(_, items)
                    | Payload::Union(items),
                ) => {
                    todo.extend(self.tuple_items(*items).iter().rev());
                }
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
        let actual = items.len();
        for (index, param) in parameters.iter().enumerate() {
            let class = self.heap.class_of(*param);
            if class == types::TYPE_VAR_TUPLE {
                let behind = parameters.len() - index - 1;
                if items.len() < index + behind {
                    return Err(self.type_error(format!(
                        "Too few arguments for {shown}; actual {actual}, expected at least {}",
                        index + behind
                    )));
                }
                let end = items.len() - behind;
                let middle = items[index..end].to_vec();
                let middle = self.heap.tuple(middle);
                items.splice(index..end, [middle]);
                continue;
            }
            if class == types::PARAM_SPEC {
                if parameters.len() == 1 && items.first().is_some_and(|item| !self.is_parameter_list(*item)) {
                    let all = self.heap.tuple(std::mem::take(&mut items));
                    items.push(all);
                }
                if let Some(Payload::List(types)) =
                    items.get(index).and_then(|item| self.heap.payload_of(*item))
                {
                    let types = types.clone();
                    items[index] = self.heap.tuple(types);
                }
            }
            if index == items.len() && self.has_default(*param) {
                match self.lazy(*param, LazyPart::Default).value {
                    Some(default) => items.push(default),
                    None => return Ok(Err(*param)),
                }
            }
            if index >= items.len() {
                let message = if class == types::PARAM_SPEC {
                    format!("Too few arguments for {shown}")
                } else {
                    format!(
                        "Too few arguments for {shown}; actual {}, expected at least {}",
                        items.len(),
                        index + 1
                    )
                };
                return Err(self.type_error(message));
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

    /// `alias[arguments]`: the arguments in the place of the parameters in a generic alias or a union.
    pub(in crate::machine) fn specialize(&mut self, args: &Args) -> Eval {
        let (generic, given) = (args.at(0), args.at(1));
        let parameters = self.parameters_among(&[generic]);
        let shown = self.type_text(generic);
        if parameters.is_empty() {
            let mut message = Vec::new();
            self.type_parts(generic, &mut message);
            message.push(" is not a generic class".into());
            return self.raise_composed(types::TYPE_ERROR, message);
        }
        let given = match self.heap.payload_of(given) {
            Some(Payload::Tuple(_)) => given,
            _ => self.heap.tuple(vec![given]),
        };
        let arguments = match self.match_parameters(&parameters, given, &shown)? {
            Ok(arguments) => arguments,
            Err(param) => return self.retry_with_default(param, "subscript", args, Self::specialize),
        };
        for (param, argument) in parameters.iter().zip(&arguments) {
            self.check_argument(*param, *argument)?;
        }
        let made = self.substituted(generic, &Substitution { parameters, arguments }, 0)?;
        Ok(made.into())
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

    /// A type with its parameters replaced.
    fn substituted(&mut self, value: Value, by: &Substitution, depth: u32) -> Result<Value, Raise> {
        if depth > NESTING {
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        if let Some(index) = by.parameters.iter().position(|param| *param == value) {
            return Ok(by.arguments[index]);
        }
        if self.parameters_among(&[value]).is_empty() {
            return Ok(value);
        }
        let class = self.heap.class_of(value);
        match self.heap.payload_of(value) {
            Some(Payload::GenericAlias(origin, items)) => {
                let (origin, items) = (*origin, *items);
                let items = self.substituted_items(items, by, depth)?;
                Ok(Value::object(self.heap.alloc(class, Payload::GenericAlias(origin, items))))
            }
            Some(Payload::UnpackedAlias(origin, items)) => {
                let (origin, items) = (*origin, *items);
                let items = self.substituted_items(items, by, depth)?;
                Ok(Value::object(self.heap.alloc(class, Payload::UnpackedAlias(origin, items))))
            }
            Some(Payload::Union(members)) => {
                let members = self.substituted_items(*members, by, depth)?;
                let members = self.tuple_items(members).to_vec();
                Ok(self.union_of_all(&members))
            }
            Some(Payload::Tuple(_)) => self.substituted_items(value, by, depth),
            Some(Payload::List(items)) => {
                let items = items.clone();
                let items = self.heap.tuple(items);
                let items = self.substituted_items(items, by, depth)?;
                let items = self.tuple_items(items).to_vec();
                Ok(self.heap.list(items))
            }
            _ => Ok(value),
        }
    }

    fn substituted_items(&mut self, items: Value, by: &Substitution, depth: u32) -> Result<Value, Raise> {
        let mut made = Vec::new();
        for item in self.tuple_items(items).to_vec() {
            // An unpacked TypeVarTuple makes room for all its arguments.
            let unpacked = match self.heap.payload_of(item) {
                Some(Payload::GenericAlias(_, inner)) if self.heap.class_of(item) == types::UNPACK_ALIAS => {
                    let inner = self.tuple_items(*inner)[0];
                    by.parameters.iter().position(|param| *param == inner)
                }
                _ => None,
            };
            match unpacked.map(|index| self.heap.payload_of(by.arguments[index])) {
                Some(Some(Payload::Tuple(arguments))) => made.extend_from_slice(arguments),
                _ => made.push(self.substituted(item, by, depth + 1)?),
            }
        }
        Ok(self.heap.tuple(made))
    }
}
