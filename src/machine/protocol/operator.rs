//! Operators and truth.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{Operate, Truth};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Kind, Value};
use super::number::Number;

macro_rules! binary_operators {
    ($($(#[$doc:meta])* $variant:ident $sign:literal $name:ident $reflected:ident $in_place:ident,)*) => {
        /// A binary operator, in the order of `BINARY_OP`'s argument.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Binary { $(#[doc = concat!("`", $sign, "`")] $variant,)* }

        impl Binary {
            /// All of them, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// How it is written.
            pub const fn sign(self, in_place: bool) -> &'static str {
                match self { $(Self::$variant => if in_place { concat!($sign, "=") } else { $sign },)* }
            }

            /// The special method of the left operand.
            pub const fn name(self) -> Handle {
                match self { $(Self::$variant => names::$name,)* }
            }

            /// The special method of the right operand.
            pub const fn reflected_name(self) -> Handle {
                match self { $(Self::$variant => names::$reflected,)* }
            }

            /// The special method of the left operand for `+=` and its kin.
            pub const fn in_place_name(self) -> Handle {
                match self { $(Self::$variant => names::$in_place,)* }
            }
        }
    };
}

binary_operators! {
    Add "+" ADD RADD IADD,
    And "&" AND RAND IAND,
    FloorDivide "//" FLOORDIV RFLOORDIV IFLOORDIV,
    LeftShift "<<" LSHIFT RLSHIFT ILSHIFT,
    MatrixMultiply "@" MATMUL RMATMUL IMATMUL,
    Multiply "*" MUL RMUL IMUL,
    Remainder "%" MOD RMOD IMOD,
    Or "|" OR ROR IOR,
    Power "**" POW RPOW IPOW,
    RightShift ">>" RSHIFT RRSHIFT IRSHIFT,
    Subtract "-" SUB RSUB ISUB,
    TrueDivide "/" TRUEDIV RTRUEDIV ITRUEDIV,
    Xor "^" XOR RXOR IXOR,
}

impl Binary {
    /// The operator of a `BINARY_OP` argument below 13.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `-x`
    Negative,
    /// `+x`
    Positive,
    /// `~x`
    Invert,
}

impl Unary {
    /// How messages name it.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Negative => "unary -",
            Self::Positive => "unary +",
            Self::Invert => "unary ~",
        }
    }

    /// The special method.
    pub const fn name(self) -> Handle {
        match self {
            Self::Negative => names::NEG,
            Self::Positive => names::POS,
            Self::Invert => names::INVERT,
        }
    }
}

/// Why `~True` is warned of.
pub(in crate::machine) const INVERTED_BOOL: &str = "Bitwise inversion '~' on bool is deprecated and will be \
    removed in Python 3.16. This returns the bitwise inversion of the underlying int object and is usually not \
    what you expect from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really \
    want the bitwise inversion of the underlying int.";

/// What floats say to a modulus.
pub(super) const FLOAT_MODULO: &str = "pow() 3rd argument not allowed unless all arguments are integers";

impl Machine {
    /// `left operator right`, or `left operator= right`.
    pub fn binary(&mut self, operator: Binary, in_place: bool, left: Value, right: Value) -> Eval {
        if let (Kind::Int(one), Kind::Int(two)) = (left.kind(), right.kind()) {
            let small = match operator {
                Binary::Add => one.checked_add(two),
                Binary::Subtract => one.checked_sub(two),
                Binary::Multiply => one.checked_mul(two),
                _ => None,
            };
            if let Some(value) = small {
                return Ok(self.heap.int(value).into());
            }
        }
        let builtin = |m: &Self, value| {
            let class = m.heap.class_of(value);
            m.heap.class(class).builtin && !types::is_of_module(class) && !m.speaks_for_itself(value)
        };
        if builtin(self, left) && builtin(self, right) {
            return match self.builtin_binary(operator, in_place, left, right)? {
                Some(flow) => Ok(flow),
                None => Err(self.operator_error(operator, in_place, left, right)),
            };
        }
        self.begin(Operate::new(operator, in_place, left, right))
    }

    /// What builtin types make of an operator; `None` where neither of them knows it.
    pub(in crate::machine) fn builtin_binary(
        &mut self,
        operator: Binary,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Result<Option<Flow>, Raise> {
        if let Some(value) = self.number_binary(operator, left, right)? {
            return Ok(Some(value.into()));
        }
        if let Some(flow) = self.sequence_binary(operator, in_place, left, right)? {
            return Ok(Some(flow));
        }
        let (left_payload, right_payload) = (self.heap.payload_of(left), self.heap.payload_of(right));
        if let (Some(Payload::Dict(_)), Binary::Or, true) = (left_payload, operator, in_place) {
            return self.dict_binary(operator, in_place, left, right);
        }
        let is_union = |value| self.heap.class_of(value) == types::UNION;
        let goes_through = matches!(left_payload, Some(Payload::DictView(_)));
        if operator == Binary::Or && !goes_through && (is_union(left) || is_union(right)) {
            return self.type_union(left, right);
        }
        let of_sets = matches!(operator, Binary::Subtract | Binary::And | Binary::Or | Binary::Xor);
        let set_like = |payload| matches!(payload, Some(&(Payload::Set(_) | Payload::DictView(_))));
        if of_sets && (set_like(left_payload) || set_like(right_payload)) {
            return self.set_binary(operator, in_place, left, right);
        }
        match (left_payload, operator) {
            (Some(Payload::Str(_) | Payload::Bytes(_) | Payload::ByteArray(_)), Binary::Remainder) => {
                self.format_percent(left, right).map(Some)
            }
            (Some(Payload::Slots(_)), Binary::Add) if self.heap.class_of(left) == types::TEMPLATE => {
                self.join_templates(left, right).map(Some)
            }
            (Some(Payload::FrameLocals(_)), Binary::Or) if in_place => {
                self.update_frame_locals(left, right).map(|()| Some(left.into()))
            }
            (_, Binary::Or)
                if [left_payload, right_payload]
                    .into_iter()
                    .any(|payload| matches!(payload, Some(Payload::FrameLocals(_)))) =>
            {
                let joined = self.join_frame_locals(left, right)?;
                Ok(joined.filter(|flow| !matches!(flow, Flow::Value(Value::NOT_IMPLEMENTED))))
            }
            (Some(Payload::Dict(_)), Binary::Or) if in_place || !self.is_proxy(right) => {
                self.dict_binary(operator, in_place, left, right)
            }
            (_, Binary::Or) if self.is_proxy(left) || self.is_proxy(right) => {
                self.proxy_union(in_place, left, right)
            }
            (_, Binary::Or) => self.type_union(left, right),
            _ => Ok(None),
        }
    }

    /// The last thing an operator comes to, when no special method knew the operands: `+` and `*` of
    /// builtin sequences, else a TypeError.
    pub(in crate::machine) fn sequence_last(
        &mut self,
        operator: Binary,
        in_place: bool,
        left: Value,
        right: Value,
    ) -> Eval {
        if matches!(operator, Binary::Add | Binary::Multiply)
            && let Some(flow) = self.sequence_binary(operator, in_place, left, right)?
        {
            return Ok(flow);
        }
        Err(self.operator_error(operator, in_place, left, right))
    }

    #[cold]
    fn operator_error(&mut self, operator: Binary, in_place: bool, left: Value, right: Value) -> Raise {
        let (left_name, right_name) = (self.class_name(left), self.class_name(right));
        let sign = match operator {
            Binary::Power if in_place => "**=".to_owned(),
            Binary::Power => "** or pow()".to_owned(),
            _ => operator.sign(in_place).to_owned(),
        };
        self.type_error(format!("unsupported operand type(s) for {sign}: '{left_name}' and '{right_name}'"))
    }

    /// What `pow()` of three says where nobody knows how: floats and complex numbers refuse by themselves.
    #[cold]
    pub(in crate::machine) fn power_modulo_error(
        &mut self,
        base: Value,
        exponent: Value,
        modulus: Value,
    ) -> Raise {
        let operands = [base, exponent, modulus];
        let numbers = [base, exponent].iter().all(|operand| self.heap.number(*operand).is_some());
        for operand in operands {
            match self.heap.number(operand) {
                Some(Number::Float(_)) => {
                    return self.type_error(FLOAT_MODULO);
                }
                Some(Number::Complex(_)) if numbers => return self.value_error("complex modulo"),
                Some(Number::Int(_) | Number::Complex(_)) | None => {}
            }
        }
        let [base, exponent, modulus] = operands.map(|value| self.class_name(value));
        self.type_error(format!(
            "unsupported operand type(s) for ** or pow(): '{base}', '{exponent}', '{modulus}'"
        ))
    }

    /// `operator value`.
    pub fn unary(&mut self, operator: Unary, value: Value) -> Eval {
        let class = self.heap.class_of(value);
        if self.heap.class(class).builtin
            && let Some(result) = self.number_unary(operator, value)
        {
            if operator == Unary::Invert && class == types::BOOL {
                return self.warned(types::DEPRECATION_WARNING, INVERTED_BOOL, result);
            }
            return Ok(result.into());
        }
        match self.heap.lookup(class, operator.name()) {
            Some(method) => self.call_method(method, value, Args::default()),
            None => {
                let class = self.class_name(value);
                Err(self.type_error(format!("bad operand type for {}: '{class}'", operator.sign())))
            }
        }
    }

    /// `abs(value)`.
    pub fn absolute(&mut self, value: Value) -> Eval {
        if let Some(method) = self.heap.special(value, names::ABS) {
            return self.call_method(method, value, Args::default());
        }
        let class = self.class_name(value);
        Err(self.type_error(format!("bad operand type for abs(): '{class}'")))
    }

    /// `bool(value)`, as a bool.
    pub fn truth(&mut self, value: Value) -> Eval {
        let class = self.heap.class_of(value);
        if self.heap.class(class).builtin && !self.speaks_for_itself(value) {
            if value == Value::NOT_IMPLEMENTED {
                return Err(self.type_error("NotImplemented should not be used in a boolean context"));
            }
            if types::is_of_module(class) {
                let by_length = self.heap.lookup(class, names::BOOL).is_none();
                let name = if by_length { names::LEN } else { names::BOOL };
                if self.own_special(value, name).is_some() {
                    return self.begin(Truth::new(value, by_length));
                }
            }
            if class == types::MAPPING_PROXY && self.shows_derived_mapping(value) {
                return self.begin(Truth::new(value, true));
            }
            return Ok(Value::bool(self.plain_truth(value).unwrap_or(true)).into());
        }
        for (name, by_length) in [(names::BOOL, false), (names::LEN, true)] {
            match self.heap.lookup(class, name) {
                None => {}
                Some(method)
                    if self.heap.is_builtin_special(class, name, method)
                        && !self.speaks_for_itself(value)
                        && self.own_special(value, name).is_none() =>
                {
                    return Ok(Value::bool(self.plain_truth(value).unwrap_or(true)).into());
                }
                Some(_) => return self.begin(Truth::new(value, by_length)),
            }
        }
        Ok(Value::TRUE.into())
    }

    /// Whether the special methods of a value's builtin type are its own; see
    /// [`Payload::speaks_for_itself`].
    #[inline]
    pub(in crate::machine) fn speaks_for_itself(&self, value: Value) -> bool {
        self.heap.payload_of(value).is_some_and(Payload::speaks_for_itself)
    }

    /// What the type of a value that speaks for itself has under `name`, called; `None` where it has
    /// nothing, or the value is of another kind.
    pub(in crate::machine) fn ask_itself(&mut self, value: Value, name: Handle, args: Args) -> Option<Eval> {
        if !self.speaks_for_itself(value) {
            return None;
        }
        let method = self.heap.special(value, name).filter(|method| !method.is_none())?;
        Some(self.call_method(method, value, args))
    }

    /// The truth of a value as the builtin type that it is, or derives from, has it; `None` where that
    /// type says nothing about it.
    pub(in crate::machine) fn plain_truth(&self, value: Value) -> Option<bool> {
        use super::super::number::IntRef;
        if let Some(number) = self.heap.number(value) {
            return Some(match number {
                Number::Int(IntRef::Small(value)) => value != 0,
                Number::Int(IntRef::Big(_)) => true,
                Number::Float(value) => value != 0.0,
                Number::Complex(value) => value.real != 0.0 || value.imag != 0.0,
            });
        }
        let payload = match value.kind() {
            Kind::None => return Some(false),
            Kind::Object(handle) => self.heap.payload(handle),
            _ => return None,
        };
        self.payload_length(payload).map(|length| length != 0)
    }

    /// The result of a `__len__`, checked as CPython does.
    pub(in crate::machine) fn checked_length(&mut self, value: Value) -> Result<usize, Raise> {
        let Some(length) = self.heap.int_ref(value) else {
            let class = self.class_name(value);
            return Err(self.type_error(format!("'{class}' object cannot be interpreted as an integer")));
        };
        match length.small() {
            Some(length) if length >= 0 => Ok(length as usize),
            Some(_) => Err(self.value_error("__len__() should return >= 0")),
            None if length.signum() < 0 => Err(self.value_error("__len__() should return >= 0")),
            None => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
        }
    }

    /// The number of items that a payload of a builtin container has; `None` for other payloads.
    pub(in crate::machine) fn payload_length(&self, payload: &Payload) -> Option<usize> {
        Some(match payload {
            Payload::Str(text) => text.text.len(),
            Payload::Bytes(bytes) => bytes.len(),
            Payload::ByteArray(bytes) => bytes.len(),
            Payload::List(items) => items.len(),
            Payload::Tuple(items) => items.len(),
            Payload::Dict(dict) => dict.len(),
            Payload::Set(set) => set.len(),
            Payload::DictView(dict) => self.heap.dict(dict.handle()?).len(),
            // One of a class of its own may have a length of its own.
            Payload::MappingProxy(mapping) if !self.heap.class(self.heap.class_of(*mapping)).builtin => {
                return None;
            }
            Payload::MappingProxy(mapping) => self.payload_length(self.heap.payload_of(*mapping)?)?,
            Payload::FrameLocals(frame) => self.frame_locals_of(*frame).len(),
            Payload::Range(_) => return self.range_length(payload),
            _ => return None,
        })
    }
}
