//! Arguments in the place of type parameters: `dict[str, T][int]`.

use super::{Do, Got, Part, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next thing given is asked for `__typing_unpacked_tuple_args__`.
    Unpack,
    /// The next parameter is asked for `__typing_prepare_subst__`.
    FindPrepare,
    /// That runs.
    Prepare,
    /// What is given stands in the place of an argument that is a list or tuple.
    Nested,
    /// An argument is asked for `__typing_is_unpacked_typevartuple__`.
    IsUnpacked,
    /// The truth of that is computed.
    Truth,
    /// It is asked for `__typing_subst__`.
    FindSubstitute,
    /// It is asked for `__parameters__`.
    Parameters,
    /// It is made anew.
    Make,
}

/// Puts what is given in the place of the type parameters among arguments, and makes a tuple of them.
#[derive(Clone, Debug, Hash)]
pub struct Substituting {
    /// The alias or union, for messages and for those who prepare what is given.
    generic: Value,
    /// A tuple or list: what stands in the brackets of `generic`, or within that.
    arguments: Value,
    /// The tuple of type parameters.
    parameters: Value,
    /// What is given: a tuple, or what `__typing_prepare_subst__` made of it.
    given: Value,
    /// What is given, with unpacked tuples opened.
    opened: Vec<Value>,
    /// What the arguments become.
    made: Vec<Value>,
    at: usize,
    /// Whether the argument at hand stands for several.
    unpacked: bool,
    phase: Phase,
}

/// See [`Substituting`].
pub type Substitute = Steps<Substituting>;

impl Substitute {
    /// Puts `given` in the place of `parameters` among `arguments`.
    pub const fn of(generic: Value, arguments: Value, parameters: Value, given: Value) -> Self {
        Self::new(Substituting {
            generic,
            arguments,
            parameters,
            given,
            opened: Vec::new(),
            made: Vec::new(),
            at: 0,
            unpacked: false,
            phase: Phase::Unpack,
        })
    }
}

impl Substituting {
    /// What is given, as many values.
    fn given<'a>(&'a self, m: &'a Machine) -> &'a [Value] {
        match m.heap.payload_of(self.given) {
            Some(Payload::Tuple(items)) => items,
            _ => std::slice::from_ref(&self.given),
        }
    }

    fn parameter(&self, m: &Machine) -> Option<Value> {
        m.tuple_items(self.parameters).get(self.at).copied()
    }

    /// The place of a value among the parameters.
    fn place(&self, m: &Machine, value: Value) -> Option<usize> {
        m.tuple_items(self.parameters).iter().position(|parameter| *parameter == value)
    }

    fn argument(&self, m: &Machine) -> Value {
        m.heap.items_of(self.arguments).and_then(|items| items.get(self.at)).copied().unwrap_or(Value::NONE)
    }

    /// Asks the next things given whether they stand for several, until one has to wait.
    fn unpack(&mut self, m: &mut Machine) -> Result<Option<Do>, Raise> {
        while let Some(item) = self.given(m).get(self.at).copied() {
            if !m.is_class(item)
                && let Some(flow) = m.find_attr(item, names::TYPING_UNPACKED_ARGS)?
            {
                return Ok(Some(flow.into()));
            }
            self.opened.push(item);
            self.at += 1;
        }
        self.given = m.heap.tuple(std::mem::take(&mut self.opened));
        self.at = 0;
        self.phase = Phase::FindPrepare;
        Ok(None)
    }

    fn unpacked(&mut self, m: &Machine, items: Option<Value>) {
        let opened = match items.and_then(|items| m.heap.payload_of(items)) {
            Some(Payload::Tuple(items)) if items.last() != Some(&Value::ELLIPSIS) => items.to_vec(),
            _ => vec![self.given(m)[self.at]],
        };
        self.opened.extend(opened);
        self.at += 1;
    }

    /// Asks the next parameters for `__typing_prepare_subst__`, until one has to wait.
    fn find_prepare(&mut self, m: &mut Machine) -> Result<Option<Do>, Raise> {
        self.phase = Phase::FindPrepare;
        while let Some(parameter) = self.parameter(m) {
            if let Some(flow) = m.find_attr(parameter, names::TYPING_PREPARE_SUBST)? {
                return Ok(Some(flow.into()));
            }
            self.at += 1;
        }
        self.at = 0;
        Ok(None)
    }

    fn prepare(&mut self, m: &mut Machine, method: Value) -> Eval {
        self.phase = Phase::Prepare;
        let given = match m.heap.payload_of(self.given) {
            Some(Payload::Tuple(_)) => self.given,
            _ => m.heap.tuple(vec![self.given]),
        };
        m.call(method, Args::new([self.generic, given]))
    }

    /// Goes through the arguments until one has to wait, or all are done.
    fn go_on(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        while let Some(argument) =
            m.heap.items_of(self.arguments).and_then(|items| items.get(self.at)).copied()
        {
            if m.is_class(argument) {
                self.take(m, argument)?;
                continue;
            }
            if m.heap.items_of(argument).is_some() {
                self.phase = Phase::Nested;
                let within = Substitute::of(self.generic, argument, self.parameters, self.given);
                return Ok(m.begin(within)?.into());
            }
            self.phase = Phase::IsUnpacked;
            let wanted = match m.find_attr(argument, names::TYPING_IS_UNPACKED)? {
                Some(flow) => Some(flow.into()),
                None => self.find_substitute(m, false)?,
            };
            match wanted {
                Some(wanted) => return Ok(wanted),
                None => self.take(m, argument)?,
            }
        }
        Ok(Do::Done(m.heap.tuple(std::mem::take(&mut self.made))))
    }

    /// What has to be waited for, or, if there is nothing to be put into the argument at hand, what comes behind it.
    fn or_as_it_is(&mut self, m: &mut Machine, wanted: Option<Do>) -> Result<Do, Raise> {
        if let Some(wanted) = wanted {
            return Ok(wanted);
        }
        let argument = self.argument(m);
        self.take(m, argument)?;
        self.go_on(m)
    }

    fn find_substitute(&mut self, m: &mut Machine, unpacked: bool) -> Result<Option<Do>, Raise> {
        self.unpacked = unpacked;
        self.phase = Phase::FindSubstitute;
        let argument = self.argument(m);
        match m.find_attr(argument, names::TYPING_SUBST)? {
            Some(flow) => Ok(Some(flow.into())),
            None => self.ask_parameters(m),
        }
    }

    fn ask_parameters(&mut self, m: &mut Machine) -> Result<Option<Do>, Raise> {
        self.phase = Phase::Parameters;
        let argument = self.argument(m);
        Ok(m.find_attr(argument, names::PARAMETERS)?.map(Do::from))
    }

    /// The argument, which has `parameters` of its own, with those replaced that are replaced here.
    fn subscript(&mut self, m: &mut Machine, parameters: Value) -> Result<Option<Do>, Raise> {
        let own = match m.heap.payload_of(parameters) {
            Some(Payload::Tuple(own)) if !own.is_empty() => own.to_vec(),
            _ => return Ok(None),
        };
        let mut wanted = Vec::new();
        for parameter in own {
            let given = self.place(m, parameter).and_then(|place| self.given(m).get(place).copied());
            match given.and_then(|given| m.heap.payload_of(given)) {
                Some(Payload::Tuple(items))
                    if m.heap.lookup(m.heap.class_of(parameter), names::ITER).is_some() =>
                {
                    wanted.extend_from_slice(items);
                }
                _ => wanted.push(given.unwrap_or(parameter)),
            }
        }
        self.phase = Phase::Make;
        let (argument, wanted) = (self.argument(m), m.heap.tuple(wanted));
        Ok(Some(m.get_item(argument, wanted)?.into()))
    }

    /// The argument at hand has become `made`.
    fn take(&mut self, m: &mut Machine, made: Value) -> Result<(), Raise> {
        match m.heap.payload_of(made) {
            _ if !self.unpacked => self.made.push(made),
            Some(Payload::Tuple(items)) => self.made.extend_from_slice(items),
            _ => {
                let [asked, given] =
                    [self.argument(m), made].map(|value| m.type_name(m.heap.class_of(value)));
                return Err(m.type_error(format!(
                    "expected __typing_subst__ of {asked} objects to return a tuple, not {given}"
                )));
            }
        }
        self.unpacked = false;
        self.at += 1;
        Ok(())
    }

    fn add(&mut self, m: &mut Machine, made: Value) -> Result<Do, Raise> {
        self.take(m, made)?;
        self.go_on(m)
    }

    /// As many things have to be given as there are parameters.
    fn check_count(&self, m: &mut Machine) -> Result<Option<Flow>, Raise> {
        let (given, wanted) = (self.given(m).len(), m.tuple_items(self.parameters).len());
        if given == wanted {
            return Ok(None);
        }
        let sign = if given > wanted { "many" } else { "few" };
        let message = vec![
            format!("Too {sign} arguments for ").as_str().into(),
            Part::Repr(self.generic),
            format!("; actual {given}, expected {wanted}").as_str().into(),
        ];
        m.raise_composed(types::TYPE_ERROR, message).map(Some)
    }
}

impl Stepwise for Substituting {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = if let Got::Value(value) = got { Some(value) } else { None };
        match (self.phase, value) {
            (Phase::Unpack, value) => {
                if got != Got::Start {
                    self.unpacked(m, value);
                }
                if let Some(wanted) = self.unpack(m)? {
                    return Ok(wanted);
                }
            }
            (Phase::FindPrepare, Some(method)) if !method.is_none() => {
                return Ok(self.prepare(m, method)?.into());
            }
            (Phase::FindPrepare, _) => self.at += 1,
            (Phase::Prepare, value) => {
                self.given = value.unwrap_or(self.given);
                self.at += 1;
            }
            (Phase::Nested, value) => {
                let mut made = value.unwrap_or(Value::NONE);
                if let Some(Payload::List(_)) = m.heap.payload_of(self.argument(m)) {
                    let items = m.tuple_items(made).to_vec();
                    made = m.heap.list(items);
                }
                return self.add(m, made);
            }
            (Phase::IsUnpacked, Some(answer)) => {
                self.phase = Phase::Truth;
                return Ok(m.truth(answer)?.into());
            }
            (Phase::IsUnpacked, None) => {
                let wanted = self.find_substitute(m, false)?;
                return self.or_as_it_is(m, wanted);
            }
            (Phase::Truth, value) => {
                let wanted = self.find_substitute(m, value == Some(Value::TRUE))?;
                return self.or_as_it_is(m, wanted);
            }
            (Phase::FindSubstitute, Some(method)) => {
                self.phase = Phase::Make;
                let argument = self.argument(m);
                let place = self.place(m, argument);
                let given = place.and_then(|place| self.given(m).get(place).copied());
                let Some(given) = given else {
                    let message = vec![
                        "argument ".into(),
                        Part::Repr(argument),
                        " with __typing_subst__ was not found in __parameters__".into(),
                    ];
                    return Ok(Do::Tail(m.raise_composed(types::TYPE_ERROR, message)?));
                };
                return Ok(m.call(method, Args::new([given]))?.into());
            }
            (Phase::FindSubstitute, None) => {
                let wanted = self.ask_parameters(m)?;
                return self.or_as_it_is(m, wanted);
            }
            (Phase::Parameters, value) => {
                let wanted = self.subscript(m, value.unwrap_or(Value::NONE))?;
                return self.or_as_it_is(m, wanted);
            }
            (Phase::Make, value) => return self.add(m, value.unwrap_or(Value::NONE)),
        }
        if let Some(wanted) = self.find_prepare(m)? {
            return Ok(wanted);
        }
        // No attribute is asked for: an error in the message is no missing one.
        self.phase = Phase::Make;
        match self.check_count(m)? {
            Some(flow) => Ok(Do::Tail(flow)),
            None => self.go_on(m),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.generic, self.parameters, self.given].into_iter().for_each(&mut *visit);
        self.opened.iter().chain(&self.made).copied().for_each(visit);
    }

    fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
        visit(self.arguments);
        for items in [self.arguments, self.parameters, self.given] {
            heap.items_of(items).unwrap_or_default().iter().copied().for_each(&mut *visit);
        }
    }

    fn owns(&self, value: Value) -> bool {
        self.opened.contains(&value) || self.made.contains(&value)
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Unpack => "subscript of a type: opening what is given".to_owned(),
            Phase::FindPrepare | Phase::Prepare => "subscript of a type: preparing what is given".to_owned(),
            Phase::Nested
            | Phase::IsUnpacked
            | Phase::Truth
            | Phase::FindSubstitute
            | Phase::Parameters
            | Phase::Make => format!("subscript of a type: argument {}", self.at + 1),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        matches!(
            self.phase,
            Phase::Unpack
                | Phase::FindPrepare
                | Phase::IsUnpacked
                | Phase::FindSubstitute
                | Phase::Parameters
        ) && heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}

impl Machine {
    /// `generic[given]` for a generic alias or a union.
    pub(in crate::machine) fn subscript_type(&mut self, args: &Args) -> Eval {
        let parameters = self.type_parameters_of(args.at(0))?;
        let args = Args::new([args.at(0), args.at(1), Value::NONE]);
        self.continue_with("subscript of a type", parameters, args, 2, |m, args| {
            let (generic, given, parameters) = (args.at(0), args.at(1), args.at(2));
            if m.tuple_items(parameters).is_empty() {
                let message = vec![Part::Repr(generic), " is not a generic class".into()];
                return m.raise_composed(types::TYPE_ERROR, message);
            }
            let arguments = match m.heap.payload_of(generic) {
                Some(Payload::Union(union)) => union.members,
                _ => m.alias_parts(generic).1,
            };
            let made = m.begin(Substitute::of(generic, arguments, parameters, given))?;
            let args = Args::new([generic, Value::NONE]);
            m.continue_with("subscript of a type", made, args, 1, Self::made_of_arguments)
        })
    }

    /// What a generic alias or a union becomes with other arguments.
    fn made_of_arguments(&mut self, args: &Args) -> Eval {
        let (generic, arguments) = (args.at(0), args.at(1));
        match self.heap.payload_of(generic) {
            Some(Payload::UnpackedAlias(origin, ..)) => {
                let payload = Payload::UnpackedAlias(*origin, arguments, None);
                Ok(Value::object(self.heap.alloc(types::GENERIC_ALIAS, payload)).into())
            }
            Some(Payload::GenericAlias(origin, ..)) => {
                let class = self.heap.class_of(generic);
                let class = if self.is_typing_alias(generic) { class } else { types::GENERIC_ALIAS };
                let payload = Payload::GenericAlias(*origin, arguments, None);
                Ok(Value::object(self.heap.alloc(class, payload)).into())
            }
            _ => self.union_of_types(arguments),
        }
    }
}
