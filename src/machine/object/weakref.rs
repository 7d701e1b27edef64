//! `weakref.ref` and the two types of proxies.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{Follow, Operate, holding};
use super::super::protocol::compare::Comparison;
use super::super::protocol::iterate::Next;
use super::super::protocol::operator::{Binary, Unary};
use super::super::raise::Raise;
use super::super::value::{Handle, Kind, Value};
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::generic::CLASS_GETITEM;
use super::{Payload, types};

/// The payload of a weak reference or proxy.
#[derive(Clone, Debug, Hash)]
pub struct WeakRef {
    /// What it leads to, not counted; `None` once that is gone.
    pub referent: Option<Handle>,
    /// What is called when that goes.
    pub callback: Option<Value>,
    /// The hash of the object, once somebody asked.
    pub hash: Option<i64>,
}

impl WeakRef {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.callback.into_iter().for_each(visit);
    }
}

/// `weakref.ref`.
pub static WEAK_REFERENCE: TypeSpec = TypeSpec {
    module: "weakref",
    subclassable: true,
    natives: &[
        NativeDef::new(Params::Any, new),
        NativeDef::wrapper("__init__", Params::Any, init),
        NativeDef::wrapper("__call__", Params::Any, |m, args| {
            if args.len() > args.positional() {
                return Err(m.type_error("weakref() takes no keyword arguments"));
            }
            if args.len() > 1 {
                return Err(m.type_error(format!("weakref expected 0 arguments, got {}", args.len() - 1)));
            }
            Ok(referent(m, args.at(0)).unwrap_or(Value::NONE).into())
        }),
        NativeDef::wrapper("__repr__", Params::None, |m, args| m.repr_of_weakref(args.at(0))),
        NativeDef::wrapper("__hash__", Params::None, |m, args| m.hash_of_weakref(args.at(0))),
        NativeDef::wrapper("__lt__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__le__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__eq__", Params::One, |m, args| {
            m.compare_weakrefs(Comparison::Eq, args.at(0), args.at(1))
        }),
        NativeDef::wrapper("__ne__", Params::One, |m, args| {
            m.compare_weakrefs(Comparison::Ne, args.at(0), args.at(1))
        }),
        NativeDef::wrapper("__gt__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
        NativeDef::wrapper("__ge__", Params::One, |_, _| Ok(Value::NOT_IMPLEMENTED.into())),
    ],
    wrappers: &[&CLASS_GETITEM],
    accessors: &[Accessor::read_only("__callback__", |m, value| {
        let handle = value.handle().expect("a weak reference is a heap object");
        Ok(m.heap.weakref(handle).callback.unwrap_or(Value::NONE).into())
    })
    .as_member()],
    ..TypeSpec::new(types::WEAK_REFERENCE, "ReferenceType")
};

/// `weakref.ProxyType`.
pub static WEAK_PROXY: TypeSpec = TypeSpec {
    module: "weakref",
    unhashable: true,
    wrappers: PROXY,
    ..TypeSpec::new(types::WEAK_PROXY, "ProxyType")
};

/// `weakref.CallableProxyType`.
pub static WEAK_CALLABLE_PROXY: TypeSpec = TypeSpec {
    module: "weakref",
    unhashable: true,
    natives: &[NativeDef::wrapper("__call__", Params::Any, |m, args| {
        let object = m.behind_proxy(args.at(0))?;
        m.call(object, args.without_first())
    })],
    wrappers: PROXY,
    ..TypeSpec::new(types::WEAK_CALLABLE_PROXY, "CallableProxyType")
};

macro_rules! proxy_methods {
    (
        binary { $($forward:literal $backward:literal $in_place:literal $operator:ident,)* }
        unary { $($unary:literal $sign:ident,)* }
        comparisons { $($comparison:literal $relation:ident,)* }
        others { $($name:literal $params:expr, $body:expr;)* }
    ) => {
        /// What a proxy has of its own: all of it asks the object behind it.
        const PROXY: &[&NativeDef] = &[
            $(&NativeDef::wrapper($name, $params, $body),)*
            $(&NativeDef::wrapper($forward, Params::Range(1, 2), |m, args| {
                m.proxy_binary(Binary::$operator, false, args.at(0), args.at(1), args.get(2))
            }),
            &NativeDef::wrapper($backward, Params::Range(1, 2), |m, args| {
                m.proxy_binary(Binary::$operator, false, args.at(1), args.at(0), args.get(2))
            }),
            &NativeDef::wrapper($in_place, Params::One, |m, args| {
                m.proxy_binary(Binary::$operator, true, args.at(0), args.at(1), None)
            }),)*
            $(&NativeDef::wrapper($unary, Params::None, |m, args| {
                let object = m.behind_proxy(args.at(0))?;
                m.unary(Unary::$sign, object)
            }),)*
            $(&NativeDef::wrapper($comparison, Params::One, |m, args| {
                m.proxy_compare(Comparison::$relation, args.at(0), args.at(1))
            }),)*
        ];
    };
}

proxy_methods! {
    binary {
        "__add__" "__radd__" "__iadd__" Add,
        "__sub__" "__rsub__" "__isub__" Subtract,
        "__mul__" "__rmul__" "__imul__" Multiply,
        "__mod__" "__rmod__" "__imod__" Remainder,
        "__pow__" "__rpow__" "__ipow__" Power,
        "__lshift__" "__rlshift__" "__ilshift__" LeftShift,
        "__rshift__" "__rrshift__" "__irshift__" RightShift,
        "__and__" "__rand__" "__iand__" And,
        "__xor__" "__rxor__" "__ixor__" Xor,
        "__or__" "__ror__" "__ior__" Or,
        "__floordiv__" "__rfloordiv__" "__ifloordiv__" FloorDivide,
        "__truediv__" "__rtruediv__" "__itruediv__" TrueDivide,
        "__matmul__" "__rmatmul__" "__imatmul__" MatrixMultiply,
    }
    unary {
        "__neg__" Negative,
        "__pos__" Positive,
        "__invert__" Invert,
    }
    comparisons {
        "__lt__" Lt,
        "__le__" Le,
        "__eq__" Eq,
        "__ne__" Ne,
        "__gt__" Gt,
        "__ge__" Ge,
    }
    others {
        "__repr__" Params::None, |m, args| m.repr_of_weakref(args.at(0));
        "__str__" Params::None, |m, args| { let object = m.behind_proxy(args.at(0))?; m.str(object) };
        "__getattribute__" Params::One, |m, args| {
            let object = m.behind_proxy(args.at(0))?;
            let name = m.attribute_name(args.at(1))?;
            m.get_attr(object, name)
        };
        "__setattr__" Params::Range(2, 2), |m, args| {
            m.set_behind_proxy(args.at(0), args.at(1), Some(args.at(2)))
        };
        "__delattr__" Params::One, |m, args| m.set_behind_proxy(args.at(0), args.at(1), None);
        "__iter__" Params::None, |m, args| { let object = m.behind_proxy(args.at(0))?; m.iter(object) };
        "__next__" Params::None, |m, args| m.proxy_next(args.at(0));
        "__divmod__" Params::One, |m, args| m.proxy_divmod(args.at(0), args.at(1));
        "__rdivmod__" Params::One, |m, args| m.proxy_divmod(args.at(1), args.at(0));
        "__abs__" Params::None, |m, args| m.ask_behind_proxy(args.at(0), "abs");
        "__bool__" Params::None, |m, args| { let object = m.behind_proxy(args.at(0))?; m.truth(object) };
        "__int__" Params::None, |m, args| m.ask_behind_proxy(args.at(0), "int");
        "__float__" Params::None, |m, args| m.ask_behind_proxy(args.at(0), "float");
        "__index__" Params::None, |m, args| { let object = m.behind_proxy(args.at(0))?; m.index(object) };
        "__len__" Params::None, |m, args| { let object = m.behind_proxy(args.at(0))?; m.length(object) };
        "__getitem__" Params::One, |m, args| {
            let object = m.behind_proxy(args.at(0))?;
            m.get_item(object, args.at(1))
        };
        "__setitem__" Params::Range(2, 2), |m, args| {
            let object = m.behind_proxy(args.at(0))?;
            m.set_item(object, args.at(1), Some(args.at(2)))
        };
        "__delitem__" Params::One, |m, args| {
            let object = m.behind_proxy(args.at(0))?;
            m.set_item(object, args.at(1), None)
        };
        "__contains__" Params::One, |m, args| {
            let object = m.behind_proxy(args.at(0))?;
            m.contains(object, args.at(1))
        };
        "__bytes__" Params::None, |m, args| m.ask_by_name(args.at(0), names::BYTES);
        "__reversed__" Params::None, |m, args| m.ask_by_name(args.at(0), names::REVERSED);
    }
}

/// What a weak reference leads to, while that is there.
fn referent(m: &Machine, weak: Value) -> Option<Value> {
    match m.heap.payload_of(weak) {
        Some(Payload::WeakRef(weak)) => weak.referent.map(Value::object),
        _ => None,
    }
}

fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = args.at(0).handle().expect("__new__ is called with a class");
    let given = args.positional() - 1;
    if class == types::WEAK_REFERENCE && args.len() > args.positional() {
        return Err(m.type_error("ref() takes no keyword arguments"));
    }
    if given == 0 || given > 2 {
        let (how, limit) = if given == 0 { ("at least", "1 argument") } else { ("at most", "2 arguments") };
        return Err(m.type_error(format!("__new__ expected {how} {limit}, got {given}")));
    }
    m.weak_reference(class, args.at(1), args.some(2).filter(|_| given == 2)).map(Into::into)
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    if args.len() > args.positional() {
        return Err(m.type_error("ref() takes no keyword arguments"));
    }
    let given = args.positional() - 1;
    if given == 0 || given > 2 {
        let (how, limit) = if given == 0 { ("at least", "1 argument") } else { ("at most", "2 arguments") };
        return Err(m.type_error(format!("__init__ expected {how} {limit}, got {given}")));
    }
    Ok(Value::NONE.into())
}

impl Machine {
    /// A weak reference to `object` of the type `class`, or a proxy of it: the one there is, if it can be
    /// shared.
    pub(in crate::machine) fn weak_reference(
        &mut self,
        class: Handle,
        object: Value,
        callback: Option<Value>,
    ) -> Result<Value, Raise> {
        // The module may not have been imported yet.
        for spec in [&WEAK_REFERENCE, &WEAK_PROXY, &WEAK_CALLABLE_PROXY] {
            self.describe_when_needed(spec);
        }
        let referent = object.handle().filter(|handle| self.can_be_weakly_held(*handle));
        let Some(referent) = referent else {
            let name = self.class_name(object);
            return Err(self.type_error(format!("cannot create weak reference to '{name}' object")));
        };
        let shared = self
            .heap
            .weakrefs(referent)
            .iter()
            .find(|weak| self.heap.get(**weak).class == class && self.heap.is_plain_weakref(**weak));
        if let (None, Some(shared)) = (callback, shared) {
            return Ok(Value::object(*shared));
        }
        Ok(Value::object(self.heap.new_weakref(class, referent, callback)))
    }

    fn can_be_weakly_held(&self, object: Handle) -> bool {
        self.heap.class(self.heap.get(object).class).has_weakref
    }

    /// A proxy of `object`.
    pub(in crate::machine) fn weak_proxy(
        &mut self,
        object: Value,
        callback: Option<Value>,
    ) -> Result<Value, Raise> {
        let callable = self.is_callable(object);
        let class = if callable { types::WEAK_CALLABLE_PROXY } else { types::WEAK_PROXY };
        self.weak_reference(class, object, callback)
    }

    /// Whether a value is a proxy of something.
    #[inline]
    pub(in crate::machine) fn is_weak_proxy(&self, value: Value) -> bool {
        matches!(self.heap.class_of(value), types::WEAK_PROXY | types::WEAK_CALLABLE_PROXY)
    }

    /// The object behind a proxy, or the value itself where it is none; a ReferenceError once it is gone.
    pub(in crate::machine) fn behind_proxy(&mut self, value: Value) -> Result<Value, Raise> {
        if !self.is_weak_proxy(value) {
            return Ok(value);
        }
        match referent(self, value) {
            Some(object) => Ok(object),
            None => Err(self.raise(types::REFERENCE_ERROR, "weakly-referenced object no longer exists")),
        }
    }

    /// `left operator right` with the objects behind proxies.
    pub(in crate::machine) fn proxy_binary(
        &mut self,
        operator: Binary,
        in_place: bool,
        left: Value,
        right: Value,
        modulus: Option<Value>,
    ) -> Eval {
        let (left, right) = (self.behind_proxy(left)?, self.behind_proxy(right)?);
        let flow = match modulus.filter(|modulus| !modulus.is_none()) {
            Some(modulus) => self.begin(Operate::power_modulo(left, right, modulus))?,
            None => self.binary(operator, in_place, left, right)?,
        };
        Ok(holding("proxy", [left, right], flow))
    }

    /// `left comparison right` with the objects behind proxies.
    pub(in crate::machine) fn proxy_compare(
        &mut self,
        comparison: Comparison,
        left: Value,
        right: Value,
    ) -> Eval {
        let (left, right) = (self.behind_proxy(left)?, self.behind_proxy(right)?);
        let flow = self.compare(comparison, left, right)?;
        Ok(holding("proxy", [left, right], flow))
    }

    fn proxy_divmod(&mut self, left: Value, right: Value) -> Eval {
        let (left, right) = (self.behind_proxy(left)?, self.behind_proxy(right)?);
        let function = self.text_handle("divmod");
        let function = self.builtin(function);
        let flow = self.call(function, Args::new([left, right]))?;
        Ok(holding("proxy", [left, right], flow))
    }

    fn proxy_next(&mut self, proxy: Value) -> Eval {
        let object = self.behind_proxy(proxy)?;
        if !self.is_iterator(object) {
            let name = self.class_name(object);
            return Err(self.type_error(format!("Weakref proxy referenced a non-iterator '{name}' object")));
        }
        match self.next(object)? {
            Next::Value(value) => Ok(value.into()),
            Next::Exhausted(value) => Err(self.stop_iteration(value)),
            Next::Enter(entry) => Ok(Flow::Enter(entry)),
        }
    }

    /// `proxy.name = value`, or `del` without a value.
    fn set_behind_proxy(&mut self, proxy: Value, name: Value, value: Option<Value>) -> Eval {
        let object = self.behind_proxy(proxy)?;
        let name = self.attribute_name(name)?;
        self.set_attr(object, name, value)
    }

    /// `int(object)` and its kin.
    fn ask_behind_proxy(&mut self, proxy: Value, builtin: &str) -> Eval {
        let object = self.behind_proxy(proxy)?;
        let function = match builtin {
            "int" => Value::object(types::INT),
            "float" => Value::object(types::FLOAT),
            _ => {
                let name = self.text_handle(builtin);
                self.builtin(name)
            }
        };
        self.call(function, Args::new([object]))
    }

    fn ask_by_name(&mut self, proxy: Value, name: Handle) -> Eval {
        let object = self.behind_proxy(proxy)?;
        self.call_attr(object, name, Vec::new())
    }

    /// The repr of a weak reference or proxy: what it leads to, with its name where it has one.
    pub(in crate::machine) fn repr_of_weakref(&mut self, weak: Value) -> Eval {
        let proxy = self.is_weak_proxy(weak);
        let title = if proxy { "weakproxy" } else { "weakref" };
        let address = self.identity(weak);
        let Some(object) = referent(self, weak) else {
            let text = format!("<{title} at 0x{address:x}; dead>");
            return Ok(self.heap.str(text).into());
        };
        let class = self.full_class_name(object);
        let text = format!("<{title} at 0x{address:x}; to '{class}' at 0x{:x}", self.identity(object));
        if proxy {
            return Ok(self.heap.str(format!("{text}>")).into());
        }
        // The type says whether there is a name, as for special methods.
        let name = match self.heap.special(object, names::NAME) {
            Some(found) => self.bind_descriptor(found, object)?,
            None => Flow::Value(Value::NONE),
        };
        let text = self.heap.str(text);
        // The object is held while it is asked for its name.
        let args = Args::new([Value::NONE, text, object]);
        self.continue_with("repr", name, args, 0, |m, args| {
            let named = m
                .heap
                .text_of(args.at(0))
                .map_or_else(String::new, |name| format!(" ({})", name.to_string_lossy()));
            let text = format!("{}{named}>", m.str_text(args.at(1)).to_string_lossy());
            Ok(m.heap.str(text).into())
        })
    }

    /// `hash(ref)`: that of the object, which is kept for when it is gone.
    pub(in crate::machine) fn hash_of_weakref(&mut self, weak: Value) -> Eval {
        let handle = weak.handle().expect("a weak reference is a heap object");
        if let Some(hash) = self.heap.weakref(handle).hash {
            return Ok(self.heap.int(hash).into());
        }
        let Some(object) = referent(self, weak) else {
            return Err(self.type_error("weak object has gone away"));
        };
        let flow = self.hash(object)?;
        self.after(flow, Follow::WeakHash(handle))
    }

    /// The hash of what a weak reference leads to is known.
    pub(in crate::machine) fn keep_weak_hash(&mut self, weak: Handle, hash: Value) -> Value {
        if let Kind::Int(hash) = hash.kind() {
            self.heap.weakref_mut(weak).hash = Some(hash);
        }
        hash
    }

    /// `==` and `!=` of weak references: of what they lead to, or of themselves once that is gone.
    pub(in crate::machine) fn compare_weakrefs(
        &mut self,
        comparison: Comparison,
        left: Value,
        right: Value,
    ) -> Eval {
        let is_reference = |value| self.heap.is_instance(value, types::WEAK_REFERENCE);
        if !is_reference(left) || !is_reference(right) {
            return Ok(Value::NOT_IMPLEMENTED.into());
        }
        match (referent(self, left), referent(self, right)) {
            (Some(left), Some(right)) => self.compare(comparison, left, right),
            _ => Ok(Value::bool((left == right) == (comparison == Comparison::Eq)).into()),
        }
    }
}
