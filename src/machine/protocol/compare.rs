//! Comparison: what is known without Python code, and who is asked else.

use std::cmp::Ordering;

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{Compare, CompareSequences};
use super::super::object::{Payload, types};
use super::super::table::Sameness;
use super::super::value::{Handle, Kind, Value};
use super::super::verdict::{Asked, Asker, Means, Question};
use super::number::Number;

/// A comparison, in the order of `COMPARE_OP`'s argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    const ALL: [Self; 6] = [Self::Lt, Self::Le, Self::Eq, Self::Ne, Self::Gt, Self::Ge];

    /// The comparison with this number in `COMPARE_OP`'s argument.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }

    /// How it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    /// The special method it asks.
    pub const fn name(self) -> Handle {
        match self {
            Self::Lt => names::LT,
            Self::Le => names::LE,
            Self::Eq => names::EQ,
            Self::Ne => names::NE,
            Self::Gt => names::GT,
            Self::Ge => names::GE,
        }
    }

    /// The comparison with its operands swapped.
    pub const fn reflected(self) -> Self {
        match self {
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Eq => Self::Eq,
            Self::Ne => Self::Ne,
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
        }
    }

    /// Whether it holds for operands in this order.
    pub const fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Lt => order.is_lt(),
            Self::Le => order.is_le(),
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Gt => order.is_gt(),
            Self::Ge => order.is_ge(),
        }
    }

    /// The same where the operands may have no order: a NaN is among them.
    pub const fn holds_partially(self, order: Option<Ordering>) -> bool {
        match order {
            Some(order) => self.holds(order),
            None => matches!(self, Self::Ne),
        }
    }
}

/// How deep tuples are compared within one step.
const PURE_DEPTH: usize = 16;

impl Machine {
    /// `left comparison right`: any object, as `__eq__` and its kin may return any.
    pub fn compare(&mut self, comparison: Comparison, left: Value, right: Value) -> Eval {
        match self.compare_atoms(comparison, left, right) {
            Some(holds) => Ok(Value::bool(holds).into()),
            None => self.begin(Compare::new(comparison, left, right)),
        }
    }

    /// The same where the types have to be asked, with the number under which the evaluation is recorded.
    pub(in crate::machine) fn compare_noted(
        &mut self,
        comparison: Comparison,
        left: Value,
        right: Value,
        number: Option<u64>,
    ) -> Eval {
        self.begin(Compare::new(comparison, left, right).noted_as(number))
    }

    /// The truth of `left comparison right`, where an object is always equal to itself: how containers
    /// compare their items.
    pub fn compare_bool(&mut self, comparison: Comparison, left: Value, right: Value) -> Eval {
        let question = match comparison {
            Comparison::Eq => Some(Question::Eq),
            Comparison::Ne => Some(Question::Ne),
            Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge => None,
        };
        let Some(question) = question else {
            return match self.compare_atoms(comparison, left, right) {
                Some(holds) => Ok(Value::bool(holds).into()),
                None => self.begin(Compare::new(comparison, left, right).as_bool()),
            };
        };
        let (means, holds) = if left == right {
            (Means::Identity, Some(comparison == Comparison::Eq))
        } else if self.is_match_against_none(left, right) {
            (Means::Fallback { gave_up: None }, Some(comparison == Comparison::Ne))
        } else {
            (Means::Values, self.compare_atoms(comparison, left, right))
        };
        if let Some(holds) = holds {
            let result = Value::bool(holds);
            self.note_verdict((Asker::Within, question), (left, right), means, result);
            return Ok(result.into());
        }
        let number = self.begin_verdict(Asker::Within, question, left, right);
        self.begin(Compare::new(comparison, left, right).as_bool().noted_as(number))
    }

    /// Whether None is compared with a match of a pattern, as for each item of a `finditer`, which None ends: both
    /// know nothing but their identity.
    fn is_match_against_none(&self, left: Value, right: Value) -> bool {
        left.is_none() && self.heap.class_of(right) == types::MATCH
    }

    /// Compares two values of exact builtin types that hold no others; `None` for all else.
    #[inline]
    pub(in crate::machine) fn compare_atoms(
        &self,
        comparison: Comparison,
        left: Value,
        right: Value,
    ) -> Option<bool> {
        match (left.kind(), right.kind()) {
            (Kind::Int(left), Kind::Int(right)) => Some(comparison.holds(left.cmp(&right))),
            (Kind::Float(left), Kind::Float(right)) => {
                Some(comparison.holds_partially(left.partial_cmp(&right)))
            }
            (Kind::Object(left), Kind::Object(right)) => {
                let (one, other) = (self.heap.get(left), self.heap.get(right));
                match (one.payload(), other.payload()) {
                    (Payload::Str(a), Payload::Str(b))
                        if one.class == types::STR && other.class == types::STR =>
                    {
                        Some(comparison.holds(a.text.cmp(&b.text)))
                    }
                    (Payload::Bytes(a), Payload::Bytes(b))
                        if one.class == types::BYTES && other.class == types::BYTES =>
                    {
                        Some(comparison.holds(a.cmp(b)))
                    }
                    _ => None,
                }
            }
            (Kind::None, Kind::None) if comparison == Comparison::Eq => Some(true),
            _ => None,
        }
    }

    /// Whether two keys that hash alike are equal, as far as it can be told without Python code.
    pub(in crate::machine) fn same_key(&self, stored: Value, wanted: Value) -> Sameness {
        self.pure_eq(stored, wanted, PURE_DEPTH).map_or(Sameness::Unknown, Sameness::from)
    }

    /// The same, entered in what a lookup has compared.
    pub(in crate::machine) fn same_key_noted(
        &self,
        stored: Value,
        wanted: Value,
        asked: &mut Asked,
    ) -> Sameness {
        let sameness = self.same_key(stored, wanted);
        asked.push((stored, sameness));
        sameness
    }

    /// `left == right` where no Python code has a say: numbers, str, bytes, and tuples of such.
    fn pure_eq(&self, left: Value, right: Value, depth: usize) -> Option<bool> {
        if left == right {
            return Some(true);
        }
        if let Some(equal) = self.compare_atoms(Comparison::Eq, left, right) {
            return Some(equal);
        }
        if let (Some(left), Some(right)) = (self.exact_tuple(left), self.exact_tuple(right)) {
            if depth == 0 {
                return None;
            }
            for (left, right) in left.iter().zip(right) {
                if !self.pure_eq(*left, *right, depth - 1)? {
                    return Some(false);
                }
            }
            return Some(left.len() == right.len());
        }
        let (left_class, right_class) = (self.heap.class_of(left), self.heap.class_of(right));
        if is_number(left_class) && is_number(right_class) {
            return self.compare_numbers(Comparison::Eq, left, right);
        }
        let plain = |class: Handle| {
            is_number(class) || matches!(class, types::STR | types::BYTES | types::TUPLE | types::NONE_TYPE)
        };
        (plain(left_class) && plain(right_class)).then_some(false)
    }

    fn exact_tuple(&self, value: Value) -> Option<&[Value]> {
        let object = self.heap.get(value.handle()?);
        match object.payload() {
            Payload::Tuple(items) if object.class == types::TUPLE => Some(items),
            _ => None,
        }
    }

    /// What the special method `comparison` of a builtin type says: a bool or NotImplemented.  `receiver`
    /// may be an instance of a subclass.
    pub(in crate::machine) fn builtin_compare(
        &mut self,
        comparison: Comparison,
        receiver: Value,
        other: Value,
    ) -> Eval {
        if let Some(holds) = self.compare_numbers(comparison, receiver, other) {
            if self.leaves_to_other(receiver, other) {
                return Ok(Value::NOT_IMPLEMENTED.into());
            }
            return Ok(Value::bool(holds).into());
        }
        if let Some(answer) = self.ask_itself(receiver, comparison.name(), Args::new([other])) {
            return answer;
        }
        if let Some(Payload::MappingProxy(mapping)) = self.heap.payload_of(receiver) {
            return self.compare(comparison, *mapping, other);
        }
        let equality = matches!(comparison, Comparison::Eq | Comparison::Ne);
        let (Some(one), Some(two)) = (receiver.handle(), other.handle()) else {
            return Ok(Self::default_compare(comparison, receiver, other).into());
        };
        if let Payload::ByteArray(_) = self.heap.payload(one) {
            self.refuse_python_buffer(other)?;
        }
        let holds = match (self.heap.payload(one), self.heap.payload(two)) {
            (Payload::Str(a), Payload::Str(b)) => comparison.holds(a.text.cmp(&b.text)),
            (Payload::Bytes(a), Payload::Bytes(b)) => comparison.holds(a[..].cmp(&b[..])),
            (Payload::ByteArray(a), Payload::Bytes(b)) => comparison.holds(a[..].cmp(&b[..])),
            (Payload::ByteArray(a), Payload::ByteArray(b)) => comparison.holds(a[..].cmp(&b[..])),
            (Payload::ByteArray(a), Payload::MemoryView(_) | Payload::Extension(_))
                if let Some(b) = self.heap.byte_string(other) =>
            {
                comparison.holds(a[..].cmp(b))
            }
            (Payload::List(_), Payload::List(_)) | (Payload::Tuple(_), Payload::Tuple(_)) => {
                return self.begin(CompareSequences::new(comparison, one, two));
            }
            (Payload::Dict(_), Payload::Dict(_))
                if equality && self.heap.is_instance(receiver, types::ORDERED_DICT) =>
            {
                return self.compare_ordered(comparison, receiver, other);
            }
            (Payload::Dict(_), Payload::Dict(_)) if equality => {
                return self.compare_dicts(comparison == Comparison::Ne, one, two);
            }
            (Payload::Plain, Payload::Plain) if equality && self.are_namespaces(receiver, other) => {
                let dicts = [one, two].map(|object| Value::object(self.heap.attributes(object)));
                return self.compare(comparison, dicts[0], dicts[1]);
            }
            (Payload::Slots(_), Payload::Slots(_))
                if equality && self.heap.get(one).class == self.heap.get(two).class =>
            {
                match (self.param_spec_of(receiver), self.param_spec_of(other)) {
                    (Some(one), Some(two)) => return self.compare(comparison, one, two),
                    _ => return Ok(Self::default_compare(comparison, receiver, other).into()),
                }
            }
            (Payload::Set(_), Payload::Set(_)) => return self.compare_sets(comparison, one, two),
            (Payload::FrameLocals(_), _) if equality => {
                return self.compare_frame_locals(comparison, receiver, other);
            }
            (Payload::DictView(_), _) => return self.compare_view(comparison, receiver, other),
            (Payload::Range(_), Payload::Range(_)) if equality => {
                self.equal_ranges(one, two) == (comparison == Comparison::Eq)
            }
            (Payload::Slice(a), Payload::Slice(b)) => {
                let (a, b) = (a.to_vec(), b.to_vec());
                let (a, b) = (self.heap.tuple(a), self.heap.tuple(b));
                return self.compare(comparison, a, b);
            }
            (Payload::Cell(a), Payload::Cell(b)) => match (a, b) {
                (Some(a), Some(b)) => return self.compare(comparison, *a, *b),
                // An empty cell comes before all others.
                (a, b) => comparison.holds(a.is_some().cmp(&b.is_some())),
            },
            (Payload::Method { function: f, receiver: r }, Payload::Method { function: g, receiver: s })
                if equality =>
            {
                (f == g && r == s) == (comparison == Comparison::Eq)
            }
            (Payload::Code(a), Payload::Code(b)) if equality => {
                a.code.is_alike(&b.code) == (comparison == Comparison::Eq)
            }
            (Payload::Native(f, r), Payload::Native(g, s)) if equality => {
                (std::ptr::eq(*f, *g) && r == s) == (comparison == Comparison::Eq)
            }
            (
                Payload::GenericAlias(..) | Payload::UnpackedAlias(..) | Payload::Union(_) | Payload::Code(_),
                _,
            ) => {
                return self.compare_rest(comparison, receiver, other);
            }
            _ => return Ok(Self::default_compare(comparison, receiver, other).into()),
        };
        Ok(Value::bool(holds).into())
    }

    /// Whether a number does not know the type of the other, whose class has a say: an int knows no float, and neither
    /// knows a complex number.  Where the other is exactly of its builtin type, it would say the same.
    fn leaves_to_other(&self, receiver: Value, other: Value) -> bool {
        let rank = |value| {
            self.heap.number(value).map(|number| match number {
                Number::Int(_) => 0,
                Number::Float(_) => 1,
                Number::Complex(_) => 2,
            })
        };
        !self.heap.class(self.heap.class_of(other)).builtin && rank(receiver) < rank(other)
    }

    /// object's own comparison: equal if it is the same object, else not known.
    fn default_compare(comparison: Comparison, receiver: Value, other: Value) -> Value {
        match comparison {
            Comparison::Eq if receiver == other => Value::TRUE,
            Comparison::Ne if receiver == other => Value::FALSE,
            _ => Value::NOT_IMPLEMENTED,
        }
    }

    /// Whether `in` compares the items of a container one by one, or looks it up among its keys, without a
    /// `__contains__` written in Python.
    pub(in crate::machine) fn compares_items(&self, container: Value) -> bool {
        let compares = matches!(
            self.heap.payload_of(container),
            Some(
                Payload::List(_)
                    | Payload::Tuple(_)
                    | Payload::Dict(_)
                    | Payload::Set(_)
                    | Payload::DictView(_)
            )
        );
        compares && {
            let class = self.heap.class_of(container);
            let method = self.heap.lookup(class, names::CONTAINS);
            method.is_some_and(|method| self.heap.is_builtin_special(class, names::CONTAINS, method))
        }
    }

    /// Whether a `__ne__` is object's, which gives the opposite of `__eq__`.
    pub(in crate::machine) fn is_default_ne(&self, method: Value) -> bool {
        self.heap.lookup(types::OBJECT, names::NE) == Some(method)
    }

    /// `not answer` for the answer of an `__eq__`; its truth is a bool's or that of a builtin type.
    pub(in crate::machine) fn invert(&self, answer: Value) -> Value {
        Value::bool(self.plain_truth(answer) == Some(false))
    }

    fn compare_rest(&mut self, comparison: Comparison, receiver: Value, other: Value) -> Eval {
        let parts = |m: &Self, value: Value| match m.heap.payload_of(value) {
            Some(Payload::GenericAlias(origin, args, ..)) => Some(vec![*origin, *args]),
            Some(Payload::UnpackedAlias(origin, args, ..)) => Some(vec![*origin, *args, Value::TRUE]),
            _ => None,
        };
        if let (Some(Payload::Union(_)), Some(Payload::Union(_))) =
            (self.heap.payload_of(receiver), self.heap.payload_of(other))
        {
            return match comparison {
                Comparison::Eq => self.same_union(receiver, other, false),
                Comparison::Ne => self.same_union(receiver, other, true),
                _ => Ok(Value::NOT_IMPLEMENTED.into()),
            };
        }
        let equality = matches!(comparison, Comparison::Eq | Comparison::Ne);
        match (parts(self, receiver), parts(self, other)) {
            (Some(a), Some(b)) if equality && a.len() == b.len() => {
                let (a, b) = (self.heap.tuple(a), self.heap.tuple(b));
                self.compare(comparison, a, b)
            }
            _ => Ok(Flow::Value(Self::default_compare(comparison, receiver, other))),
        }
    }
}

/// Whether it is exactly one of the builtin number types.
pub(in crate::machine) const fn is_number(class: Handle) -> bool {
    matches!(class.number(), n if n == types::INT.number() || n == types::BOOL.number() || n == types::FLOAT.number() || n == types::COMPLEX.number())
}
