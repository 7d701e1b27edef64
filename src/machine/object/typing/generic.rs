//! `typing.Generic`, and generic classes with arguments: `C[int]`, `*Ts`.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::{Eval, Flow};
use super::super::super::names;
use super::super::super::protocol::attribute_wrappers::{CALL, GETATTRIBUTE};
use super::super::super::protocol::wrappers::{EQ, HASH, NE};
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::super::callable::REPR;
use super::super::class::{Accessor, Layout, TypeSpec};
use super::super::function::NativeDef;
use super::super::{Payload, types};

/// How many subscripted generic classes `typing` remembers.
const REMEMBERED: usize = 128;

/// `typing.Generic`.
pub static GENERIC: TypeSpec = TypeSpec {
    module: "typing",
    layout: Layout::Plain,
    subclassable: true,
    natives: &[
        NativeDef::class_method("__class_getitem__", Params::One, |m, args| {
            if let Some(subscript) = m.typing_function("_generic_class_getitem") {
                return m.call(subscript, args.clone());
            }
            let mut args = args.clone();
            let convert = m.type_arguments(args.at(1))?;
            args.set(1, convert);
            subscript(m, &args)
        }),
        NativeDef::class_method("__init_subclass__", Params::Any, init_subclass),
    ],
    ..TypeSpec::new(types::GENERIC, "Generic")
};

/// The type of `typing.Unpack`.
pub static SPECIAL_FORM: TypeSpec =
    TypeSpec { module: "typing", wrappers: &[&REPR], ..TypeSpec::new(types::SPECIAL_FORM, "_SpecialForm") };

/// The type of `C[int]`, where `C` is a generic class.
pub static TYPING_ALIAS: TypeSpec = TypeSpec {
    module: "typing",
    natives: ALIAS_METHODS,
    wrappers: &[&REPR, &CALL, &GETATTRIBUTE, &EQ, &NE, &HASH],
    accessors: ALIAS_ATTRIBUTES,
    ..TypeSpec::new(types::TYPING_ALIAS, "_GenericAlias")
};

/// The type of what a TypeVarTuple unpacks to.
pub static UNPACK_ALIAS: TypeSpec = TypeSpec {
    module: "typing",
    base: types::TYPING_ALIAS,
    layout: Layout::Builtin(types::TYPING_ALIAS),
    accessors: UNPACK_ATTRIBUTES,
    ..TypeSpec::new(types::UNPACK_ALIAS, "_UnpackGenericAlias")
};

const ALIAS_METHODS: &[NativeDef] = &[
    NativeDef::wrapper("__or__", Params::One, |m, args| m.union_with(args.at(0), args.at(1))),
    NativeDef::wrapper("__ror__", Params::One, |m, args| m.union_with(args.at(1), args.at(0))),
    NativeDef::wrapper("__getitem__", Params::One, |m, args| {
        let mut args = args.clone();
        let convert = m.type_arguments(args.at(1))?;
        if m.is_unpacked_variadic(args.at(0)) {
            return Ok(convert.into());
        }
        args.set(1, convert);
        m.subscript_type(&args)
    }),
    NativeDef::wrapper("__iter__", Params::None, |m, args| {
        let unpacked = m.unpack_alias(args.at(0), false);
        let items = m.heap.tuple(vec![unpacked]);
        m.iter(items)
    }),
    NativeDef::method("__mro_entries__", Params::One, mro_entries),
    NativeDef::method("__instancecheck__", Params::One, |m, _| Err(m.no_check_by_alias())),
    NativeDef::method("__subclasscheck__", Params::One, |m, _| Err(m.no_check_by_alias())),
];

const ALIAS_ATTRIBUTES: &[Accessor] = &[
    Accessor::read_only("__origin__", |m, value| Ok(m.alias_parts(value).0.into())),
    Accessor::read_only("__args__", |m, value| Ok(m.alias_parts(value).1.into())),
    Accessor::read_only("__parameters__", Machine::type_parameters_of),
];

/// What typing.Unpack[…] says of itself to those who put arguments in the place of type parameters.
const UNPACK_ATTRIBUTES: &[Accessor] = &[
    Accessor::read_only("__typing_is_unpacked_typevartuple__", |m, value| {
        Ok(Value::bool(m.is_unpacked_variadic(value)).into())
    }),
    Accessor::read_only("__typing_unpacked_tuple_args__", |m, value| {
        let of = m.tuple_items(m.alias_parts(value).1)[0];
        let arguments = match m.heap.payload_of(of) {
            Some(Payload::GenericAlias(origin, args, ..)) if *origin == Value::object(types::TUPLE) => *args,
            _ => Value::NONE,
        };
        Ok(arguments.into())
    }),
];

/// The bases that a subscripted generic class stands for in a class statement.
fn mro_entries(m: &mut Machine, args: &Args) -> Eval {
    let (alias, bases) = (args.at(0), args.at(1));
    let (origin, _) = m.alias_parts(alias);
    if m.heap.class_of(alias) == types::UNPACK_ALIAS {
        let shown = m.type_text(alias);
        return Err(m.type_error(format!("Cannot subclass {shown}")));
    }
    let entries = match m.heap.payload_of(bases) {
        Some(Payload::Tuple(items)) if origin == Value::object(types::GENERIC) => {
            // Another generic base behind it derives from Generic already.
            let behind = items.iter().skip_while(|base| **base != alias).skip(1);
            let mut others = behind.filter(|base| m.heap.is_instance(**base, types::TYPING_ALIAS));
            if others.next().is_some() { Vec::new() } else { vec![origin] }
        }
        _ => vec![origin],
    };
    Ok(m.heap.tuple(entries).into())
}

/// `C[…]` for a class that derives from Generic, and for Generic itself.
fn subscript(m: &mut Machine, args: &Args) -> Eval {
    let (class, given) = (args.at(0), args.at(1));
    if class == Value::object(types::GENERIC) {
        let items = m.tuple_items(given).to_vec();
        m.check_generic_parameters(&items)?;
        return Ok(m.remembered_alias(types::TYPING_ALIAS, class, given).into());
    }
    let handle = class.handle().expect("a class method gets a class");
    let parameters = m.heap.lookup(handle, names::PARAMETERS);
    let parameters = match parameters.and_then(|parameters| m.heap.payload_of(parameters)) {
        Some(Payload::Tuple(items)) => items.to_vec(),
        _ => Vec::new(),
    };
    let shown = m.class_text(handle);
    if parameters.is_empty() {
        return Err(m.type_error(format!("{shown} is not a generic class")));
    }
    match m.match_parameters(&parameters, given, &shown)? {
        Err(param) => m.retry_with_default(param, "Generic.__class_getitem__", args, subscript),
        Ok(matched) => {
            let mut arguments = Vec::with_capacity(matched.len());
            for (param, value) in parameters.iter().zip(matched) {
                match m.heap.payload_of(value) {
                    Some(Payload::Tuple(items)) if m.heap.class_of(*param) == types::TYPE_VAR_TUPLE => {
                        arguments.extend_from_slice(items);
                    }
                    _ => arguments.push(value),
                }
            }
            let arguments = m.heap.tuple(arguments);
            Ok(m.remembered_alias(types::TYPING_ALIAS, class, arguments).into())
        }
    }
}

/// `Generic.__init_subclass__`: the next class in the MRO hears of the class first.
fn init_subclass(m: &mut Machine, args: &Args) -> Eval {
    if let Some(init_subclass) = m.typing_function("_generic_init_subclass") {
        return m.call(init_subclass, args.clone());
    }
    let class = args.at(0).handle().expect("a class method gets a class");
    let mro = m.heap.class(class).mro.clone();
    let mut behind = mro.iter().skip_while(|owner| **owner != types::GENERIC).skip(1);
    let found = behind
        .find_map(|owner| m.heap.get_name(m.heap.class(*owner).namespace, names::INIT_SUBCLASS))
        .unwrap_or_else(|| m.heap.slot(types::SUPER, names::INIT_SUBCLASS));
    let rest = args.without_first();
    let heard = match m.bind(found, None, class)? {
        Flow::Value(callable) => m.call(callable, rest)?,
        Flow::Enter(entry) => m.call_later(entry, rest)?,
    };
    let args = Args::new([Value::NONE, args.at(0)]);
    m.continue_with("Generic.__init_subclass__", heard, args, 0, set_parameters)
}

/// Finds the type parameters of a new class among its bases.
fn set_parameters(m: &mut Machine, args: &Args) -> Eval {
    let class = args.at(1).handle().expect("a class method gets a class");
    let generic = Value::object(types::GENERIC);
    let written = m.heap.get_name(m.heap.class(class).namespace, names::ORIG_BASES);
    let written = match written.and_then(|bases| m.heap.payload_of(bases)) {
        Some(Payload::Tuple(items)) => Some(items.to_vec()),
        _ => None,
    };
    let plain = match &written {
        Some(bases) => bases.contains(&generic),
        None => m.heap.class(class).bases.contains(&types::GENERIC),
    };
    if plain {
        return Err(m.type_error("Cannot inherit from plain Generic"));
    }
    let mut parameters = m.parameters_among(written.as_deref().unwrap_or_default());
    let mut listed = None;
    for base in written.unwrap_or_default() {
        if m.heap.class_of(base) != types::TYPING_ALIAS || m.alias_parts(base).0 != generic {
            continue;
        }
        if listed.is_some() {
            return Err(m.type_error("Cannot inherit from Generic[...] multiple times."));
        }
        listed = Some(m.parameters_among(&[base]));
    }
    if let Some(listed) = listed {
        let missing: Vec<Value> =
            parameters.iter().filter(|param| !listed.contains(param)).copied().collect();
        if !missing.is_empty() {
            let names = |m: &Machine, params: &[Value]| {
                params.iter().map(|param| m.heap.brief(*param, 200)).collect::<Vec<_>>().join(", ")
            };
            let message = format!(
                "Some type variables ({}) are not listed in Generic[{}]",
                names(m, &missing),
                names(m, &listed)
            );
            return Err(m.type_error(message));
        }
        parameters = listed;
    }
    let parameters = m.heap.tuple(parameters);
    m.heap.set_class_name(class, names::PARAMETERS, parameters);
    Ok(Value::NONE.into())
}

impl Machine {
    /// `Generic[parameters]`, as the brackets behind a class's name make it a base.
    pub(in crate::machine) fn subscript_generic(&mut self, parameters: Value) -> Eval {
        if let Some(alias) = self.typing_function("_GenericAlias") {
            let args = Args::new([Value::NONE, parameters, alias]);
            let variadic = self
                .tuple_items(parameters)
                .iter()
                .copied()
                .find(|param| self.heap.class_of(*param) == types::TYPE_VAR_TUPLE);
            let unpacked = match (variadic, self.typing_function("Unpack")) {
                (Some(param), Some(unpack)) => self.get_item(unpack, param)?,
                _ => Value::NONE.into(),
            };
            return self.continue_with("class", unpacked, args, 0, |m, args| {
                let unpacked = args.some(0);
                let mut items = m.tuple_items(args.at(1)).to_vec();
                for item in &mut items {
                    if let Some(unpacked) =
                        unpacked.filter(|_| m.heap.class_of(*item) == types::TYPE_VAR_TUPLE)
                    {
                        *item = unpacked;
                    }
                }
                let items = m.heap.tuple(items);
                m.call(args.at(2), Args::new([Value::object(types::GENERIC), items]))
            });
        }
        let Some(Payload::Tuple(items)) = self.heap.payload_of(parameters) else {
            return Err(self.system_error("the type parameters of a class are a tuple"));
        };
        let items = items.to_vec();
        let mut shown = Vec::with_capacity(items.len());
        for item in items {
            let tuple = self.heap.class_of(item) == types::TYPE_VAR_TUPLE;
            shown.push(if tuple { self.unpack_alias(item, true) } else { item });
        }
        let arguments = self.heap.tuple(shown);
        Ok(self.typing_alias(types::TYPING_ALIAS, Value::object(types::GENERIC), arguments).into())
    }

    /// What CPython has of generic classes in Python, once a program has imported `typing`: from then on that
    /// is what decides, as it is in CPython from the beginning.
    pub(super) fn typing_function(&mut self, name: &str) -> Option<Value> {
        let module = self.loaded_module("typing").and_then(Value::handle)?;
        let name = self.text_handle(name);
        self.heap.own_attribute(module, name)
    }

    /// What a TypeVarTuple, or an alias of a tuple type, unpacks to: `typing.Unpack[Ts]`.
    pub(in crate::machine) fn unpack_alias(&mut self, of: Value, remembered: bool) -> Value {
        let arguments = self.heap.tuple(vec![of]);
        let unpack = Value::object(types::UNPACK);
        if remembered {
            self.remembered_alias(types::UNPACK_ALIAS, unpack, arguments)
        } else {
            self.typing_alias(types::UNPACK_ALIAS, unpack, arguments)
        }
    }

    pub(super) fn typing_alias(&mut self, class: Handle, origin: Value, arguments: Value) -> Value {
        Value::object(self.heap.alloc(class, Payload::GenericAlias(origin, arguments, None)))
    }

    /// The same alias as before for the same class and arguments, as long as it is remembered.
    fn remembered_alias(&mut self, class: Handle, origin: Value, arguments: Value) -> Value {
        let wanted = self.typing_alias(class, origin, arguments);
        let Payload::List(known) = self.heap.payload(self.aliases) else { panic!("the aliases are a list") };
        let known = known.to_vec();
        let place = known
            .iter()
            .position(|alias| self.heap.class_of(*alias) == class && self.same_type(*alias, wanted));
        let alias = place.map_or(wanted, |place| known[place]);
        let gone = place.or((known.len() >= REMEMBERED).then_some(0)).map(|place| known[place]);
        self.heap.retain(alias);
        if let Payload::List(items) = self.heap.payload_mut(self.aliases) {
            if let Some(place) = items.iter().position(|item| Some(*item) == gone) {
                items.remove(place);
            }
            items.push(alias);
        }
        if let Some(gone) = gone {
            self.heap.release(gone);
        }
        alias
    }

    /// Whether a value is a generic class with arguments, as `typing` makes it.
    pub(in crate::machine) fn is_typing_alias(&self, value: Value) -> bool {
        matches!(self.heap.class_of(value), types::TYPING_ALIAS | types::UNPACK_ALIAS)
    }

    /// Whether this is a TypeVarTuple unpacked: `*Ts`.
    fn is_unpacked_variadic(&self, alias: Value) -> bool {
        let of = self.tuple_items(self.alias_parts(alias).1).first();
        self.heap.class_of(alias) == types::UNPACK_ALIAS
            && of.is_some_and(|of| self.heap.class_of(*of) == types::TYPE_VAR_TUPLE)
    }

    /// Whether `typing` copies an attribute of this name from the origin of an alias.
    pub(in crate::machine) fn is_origins_name(&self, name: Handle) -> bool {
        matches!(name, names::NAME | names::QUALNAME | names::MODULE)
    }

    /// Origin and arguments of a generic alias of whatever kind.
    pub(in crate::machine) fn alias_parts(&self, value: Value) -> (Value, Value) {
        match self.heap.payload_of(value) {
            Some(Payload::GenericAlias(origin, args, ..) | Payload::UnpackedAlias(origin, args, ..)) => {
                (*origin, *args)
            }
            _ => panic!("an attribute of generic aliases is asked of one"),
        }
    }

    /// The arguments in brackets behind a generic class, as a tuple: None stands for its type.
    fn type_arguments(&mut self, given: Value) -> Result<Value, Raise> {
        let mut items = match self.heap.payload_of(given) {
            Some(Payload::Tuple(items)) => items.to_vec(),
            _ => vec![given],
        };
        for item in &mut items {
            *item = self.as_type(*item)?;
        }
        Ok(self.heap.tuple(items))
    }

    /// What `typing` makes of an argument of a generic type as long as no program has imported it: None stands for its
    /// type.
    pub(super) fn as_type(&mut self, argument: Value) -> Result<Value, Raise> {
        if self.heap.text_of(argument).is_some() {
            return Err(self
                .unsupported("references to types by their names, in a str, where typing is not imported"));
        }
        Ok(if argument.is_none() { Value::object(types::NONE_TYPE) } else { argument })
    }

    /// What stands in the brackets of `Generic[…]` are type parameters, each once.
    fn check_generic_parameters(&mut self, items: &[Value]) -> Result<(), Raise> {
        if items.is_empty() {
            return Err(self.type_error("Parameter list to Generic[...] cannot be empty"));
        }
        let is_param = |item: &Value| {
            matches!(self.heap.payload_of(*item), Some(Payload::TypeParam(_)))
                || self.heap.class_of(*item) == types::UNPACK_ALIAS
        };
        if !items.iter().all(is_param) {
            return Err(self.type_error(
                "Parameters to Generic[...] must all be type variables or parameter specification variables.",
            ));
        }
        if (1..items.len()).any(|index| items[..index].contains(&items[index])) {
            return Err(self.type_error("Parameters to Generic[...] must all be unique"));
        }
        Ok(())
    }

    #[cold]
    pub(in crate::machine) fn no_check_by_alias(&mut self) -> Raise {
        self.type_error("Subscripted generics cannot be used with class and instance checks")
    }
}
