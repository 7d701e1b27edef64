//! `typing.Union`: `int | None`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::native::{SetAction, UnionCompare, UnionHash, UnionMaking};
use super::super::protocol::wrappers::{EQ, GE, GT, HASH, LE, LT, NE};
use super::super::raise::Raise;
use super::super::table::Set;
use super::super::value::Value;
use super::callable::REPR;
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::{Payload, types};

/// What a union holds.
#[derive(Clone, Debug, Hash)]
pub struct Union {
    /// `__args__`: a tuple of its members, in their order.
    pub members: Value,
    /// A frozenset of those that have a hash.
    pub hashable: Value,
    /// A tuple of those that have none, where there are any.
    pub unhashable: Option<Value>,
    /// `__parameters__`, once it was asked for.
    pub parameters: Option<Value>,
}

impl Union {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.members);
        visit(self.hashable);
        self.unhashable.into_iter().chain(self.parameters).for_each(visit);
    }
}

/// `typing.Union`.
pub static UNION: TypeSpec = TypeSpec {
    module: "typing",
    natives: &[
        NativeDef::wrapper("__or__", Params::One, |m, args| m.union_with(args.at(0), args.at(1))),
        NativeDef::wrapper("__ror__", Params::One, |m, args| m.union_with(args.at(1), args.at(0))),
        NativeDef::wrapper("__getitem__", Params::One, Machine::subscript_type),
        NativeDef::class_method("__class_getitem__", Params::One, |m, args| m.union_of_types(args.at(1))),
        NativeDef::method("__mro_entries__", Params::One, |m, args| {
            let mut message = vec!["Cannot subclass ".into()];
            m.type_parts(args.at(0), &mut message);
            m.raise_composed(types::TYPE_ERROR, message)
        }),
    ],
    wrappers: &[&REPR, &LT, &LE, &EQ, &NE, &GT, &GE, &HASH],
    accessors: &[
        Accessor::read_only("__args__", |m, value| Ok(m.union(value).members.into())).as_member(),
        Accessor::read_only("__name__", |m, _| Ok(m.heap.intern("Union").into())),
        Accessor::read_only("__qualname__", |m, _| Ok(m.heap.intern("Union").into())),
        Accessor::read_only("__origin__", |_, _| Ok(Value::object(types::UNION).into())),
        Accessor::read_only("__parameters__", Machine::type_parameters_of),
    ],
    ..TypeSpec::new(types::UNION, "Union")
};

impl Machine {
    /// What a union holds.
    pub(in crate::machine) fn union(&self, value: Value) -> &Union {
        match self.heap.payload_of(value) {
            Some(Payload::Union(union)) => union,
            _ => panic!("an attribute of unions is asked of one"),
        }
    }

    /// `left | right` as types answer it: NotImplemented where one of them is none.
    pub(in crate::machine) fn union_of(&mut self, left: Value, right: Value) -> Eval {
        if self.is_unionable(left) && self.is_unionable(right) {
            self.begin(UnionMaking::either(left, right, false))
        } else {
            Ok(Value::NOT_IMPLEMENTED.into())
        }
    }

    /// `left | right` where the operator is left to builtin types; `None` if it makes no union.
    pub(in crate::machine) fn type_union(
        &mut self,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        if left.is_none() && right.is_none() {
            return Ok(None);
        }
        if [left, right].into_iter().any(|operand| self.joins_anything(operand)) {
            return self.union_with(left, right).map(Some);
        }
        let union = self.union_of(left, right)?;
        Ok(Some(union).filter(|flow| !matches!(flow, Flow::Value(Value::NOT_IMPLEMENTED))))
    }

    /// Whether this is a type as far as unions go, and nobody has to be asked.
    pub(in crate::machine) fn is_unionable(&self, value: Value) -> bool {
        match self.heap.payload_of(value) {
            Some(Payload::GenericAlias(..)) => !self.is_typing_alias(value),
            Some(
                Payload::Union(_) | Payload::Class(_) | Payload::UnpackedAlias(..) | Payload::TypeAlias(_),
            ) => true,
            _ => value.is_none(),
        }
    }

    /// Whether `|` makes a union of this and whatever else.
    fn joins_anything(&self, operand: Value) -> bool {
        let class = self.heap.class_of(operand);
        matches!(class, types::TYPE_VAR | types::PARAM_SPEC | types::UNION) || self.is_typing_alias(operand)
    }

    /// `left | right` where one of them is a union, a type parameter, or a generic class with arguments, and the
    /// other anything.
    pub(in crate::machine) fn union_with(&mut self, left: Value, right: Value) -> Eval {
        self.begin(UnionMaking::either(left, right, true))
    }

    /// `Union[types]`.
    pub(in crate::machine) fn union_of_types(&mut self, given: Value) -> Eval {
        self.begin(UnionMaking::all(given))
    }

    /// The union of classes that have the hash of every object.
    pub(in crate::machine) fn union_of_classes(&mut self, classes: &[Value]) -> Value {
        let hashable = self.heap.new_set(types::FROZENSET, Set::new());
        for class in classes {
            let added = self.set_act(hashable, *class, SetAction::Add);
            debug_assert!(matches!(added, Ok(Flow::Value(_))), "classes are hashable");
        }
        let members = self.heap.tuple(classes.to_vec());
        self.new_union(Union {
            members,
            hashable: Value::object(hashable),
            unhashable: None,
            parameters: None,
        })
    }

    /// A union.
    pub(in crate::machine) fn new_union(&mut self, union: Union) -> Value {
        Value::object(self.heap.alloc(types::UNION, Payload::Union(Box::new(union))))
    }

    /// Whether two unions have the same members, in whatever order, or whether they have not.
    pub(in crate::machine) fn same_union(&mut self, one: Value, other: Value, negated: bool) -> Eval {
        let answer = self.begin(UnionCompare::of(one, other))?;
        if !negated {
            return Ok(answer);
        }
        self.continue_with("!=", answer, Args::new([Value::NONE]), 0, |m, args| {
            Ok(m.invert(args.at(0)).into())
        })
    }

    /// The hash of a union: that of the set of its members, all of which must have one.
    pub(in crate::machine) fn union_hash(&mut self, value: Value) -> Eval {
        let union = self.union(value);
        match union.unhashable {
            None => {
                let hashable = union.hashable;
                self.hash(hashable)
            }
            Some(_) => self.begin(UnionHash::of(value)),
        }
    }
}
