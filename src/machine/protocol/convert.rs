//! Conversion: to text, to numbers.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{Conversion, Convert, Part};
use super::super::number::{Int, IntRef, float};
use super::super::object::io::file::is_system_file;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::text::repr;
use super::super::value::{Kind, Value};
use super::number::Number;

impl Machine {
    /// `str(value)`.
    pub fn str(&mut self, value: Value) -> Eval {
        let class = self.heap.class_of(value);
        if class == types::STR {
            return Ok(value.into());
        }
        let method = self.heap.slot(class, names::STR);
        if self.heap.is_builtin_special(class, names::STR, method) {
            return self.builtin_str(value);
        }
        self.begin(Convert::new(Conversion::Str, method, value, Args::default()))
    }

    /// What the `__str__` of a builtin type gives: most have none, and `__repr__` speaks for them.
    pub(in crate::machine) fn builtin_str(&mut self, value: Value) -> Eval {
        if self.is_weak_proxy(value) {
            let object = self.behind_proxy(value)?;
            return self.str(object);
        }
        match self.heap.payload_of(value) {
            Some(Payload::Str(text)) => {
                let text = text.text.clone();
                Ok(if self.heap.class_of(value) == types::STR { value } else { self.heap.new_str(text) }
                    .into())
            }
            Some(Payload::Bytes(_) | Payload::ByteArray(_)) => self.builtin_repr(value),
            Some(Payload::Exception(_)) => self.exception_str(value),
            Some(Payload::MappingProxy(mapping)) => {
                let mapping = *mapping;
                self.str(mapping)
            }
            _ => self.repr(value),
        }
    }

    /// `repr(value)`.
    pub fn repr(&mut self, value: Value) -> Eval {
        self.repr_by(value, Conversion::Repr)
    }

    /// `ascii(value)`.
    pub fn ascii(&mut self, value: Value) -> Eval {
        self.repr_by(value, Conversion::Ascii)
    }

    fn repr_by(&mut self, value: Value, conversion: Conversion) -> Eval {
        let class = self.heap.class_of(value);
        let method = self.heap.slot(class, names::REPR);
        if conversion == Conversion::Repr && self.heap.is_builtin_special(class, names::REPR, method) {
            return self.builtin_repr(value);
        }
        self.begin(Convert::new(conversion, method, value, Args::default()))
    }

    /// The str `text` with everything escaped that is not ASCII; itself where nothing is.
    pub(in crate::machine) fn ascii_of(&mut self, text: Value) -> Value {
        if self.str_text(text).is_ascii() {
            return text;
        }
        let escaped = self.str_text(text).backslash_escaped();
        self.heap.str(escaped)
    }

    /// What the `__repr__` of a builtin type gives; `value` may be an instance of a subclass.
    pub(in crate::machine) fn builtin_repr(&mut self, value: Value) -> Eval {
        if let Some(text) = self.ask_itself(value, names::REPR, Args::default()) {
            return text;
        }
        let text = match value.kind() {
            Kind::None => "None".into(),
            Kind::NotImplemented => "NotImplemented".into(),
            Kind::Ellipsis => "Ellipsis".into(),
            // These two are names that CPython keeps.
            Kind::Bool(value) => return Ok(self.heap.intern(if value { "True" } else { "False" }).into()),
            Kind::Int(value) => value.to_string(),
            Kind::Float(value) => float::repr(value),
            Kind::Object(_) if let Some(method) = self.own_special(value, names::REPR) => {
                return self.call_method(method, value, Args::default());
            }
            Kind::Object(handle) => match self.heap.payload(handle) {
                Payload::Int(_) => return self.int_text(value).map(Flow::Value),
                Payload::Float(value) => float::repr(value.0),
                Payload::Complex(..) => match self.heap.number(value) {
                    Some(Number::Complex(value)) => value.repr(),
                    _ => panic!("a complex payload is a complex number"),
                },
                Payload::Str(text) => {
                    let text = text.text.repr();
                    return Ok(self.heap.str(text).into());
                }
                Payload::Bytes(bytes) => repr::bytes(bytes),
                Payload::Tuple(_) if self.is_named_tuple(value) => return self.repr_of_named_tuple(value),
                Payload::Plain if self.heap.is_instance(value, types::SIMPLE_NAMESPACE) => {
                    return self.repr_of_namespace(value);
                }
                Payload::Plain | Payload::List(_) if self.is_of_importlib(handle) => {
                    return self.repr_of_importlib(value);
                }
                Payload::Module if let Some([name, loader]) = self.shown_loader(handle) => {
                    let parts =
                        ["<module ".into(), Part::Repr(name), " (".into(), Part::Repr(loader), ")>".into()];
                    return self.compose(parts.into());
                }
                payload @ Payload::Io(_) if is_system_file(payload) => return self.repr_of_io(value),
                Payload::Dict(_) if self.is_default_dict(value) => return self.repr_of_default_dict(value),
                Payload::List(_)
                | Payload::Tuple(_)
                | Payload::Dict(_)
                | Payload::Set(_)
                | Payload::Range(_)
                | Payload::Slice(_)
                | Payload::DictView(_)
                | Payload::FrameLocals(_)
                | Payload::MappingProxy(_) => return self.repr_container(value),
                Payload::ByteArray(_) => return self.repr_of_bytearray(value),
                Payload::Exception(_) => return self.exception_repr(value),
                _ => return self.repr_of_object(handle),
            },
        };
        Ok(self.heap.new_str(text).into())
    }

    /// The decimal digits of an int; one that is too long is a ValueError.
    pub(in crate::machine) fn int_text(&mut self, value: Value) -> Result<Value, Raise> {
        let int = self.heap.int_ref(value).map(IntRef::to_int).expect("an int is there");
        let text = int
            .view()
            .to_decimal(self.thread.settings.digit_limit)
            .map_err(|error| self.number_error(error))?;
        Ok(self.heap.new_str(text))
    }

    /// `format(value, spec)`.
    pub fn format(&mut self, value: Value, spec: Value) -> Eval {
        let class = self.heap.class_of(value);
        let Some(method) = self.heap.lookup(class, names::FORMAT) else {
            let class = self.class_name(value);
            return Err(self.type_error(format!("Type {class} doesn't define __format__")));
        };
        if self.heap.is_builtin_special(class, names::FORMAT, method) {
            return self.builtin_format(value, spec);
        }
        self.begin(Convert::new(Conversion::Format, method, value, Args::new([spec])))
    }

    /// An int for `value` by its `__index__`: any int as it is.
    pub fn index(&mut self, value: Value) -> Eval {
        if matches!(value.kind(), Kind::Int(_)) {
            return Ok(value.into());
        }
        if self.heap.int_ref(value).is_some() {
            return Ok(self.exact_int(value).into());
        }
        if let Some(method) = self.heap.special(value, names::INDEX) {
            return self.begin(Convert::new(Conversion::Index, method, value, Args::default()));
        }
        let class = self.class_name(value);
        Err(self.type_error(format!("'{class}' object cannot be interpreted as an integer")))
    }

    /// The int of exact type that an instance of a subclass, or a bool, stands for.
    pub(in crate::machine) fn exact_int(&mut self, value: Value) -> Value {
        if self.heap.class_of(value) == types::INT {
            return value;
        }
        let int = self.heap.int_ref(value).map_or(Int::Small(0), IntRef::to_int);
        self.heap.new_int(int)
    }

    /// A conversion by a special method of the value's type; `None` where the type has none.
    pub(in crate::machine) fn convert(&mut self, conversion: Conversion, value: Value) -> Option<Eval> {
        let method = self.heap.special(value, conversion.name())?;
        Some(self.begin(Convert::new(conversion, method, value, Args::default())))
    }
}
