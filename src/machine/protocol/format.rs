//! `__format__` of the builtin types, and what `%` and `str.format` need of values.

use super::super::Machine;
use super::super::args::Args;
use super::super::format::{self, FormatError};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{FormatPercent, FormatTemplate, holding};
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::Value;
use super::number::Number;

impl Machine {
    /// What the `__format__` of a builtin type gives; `value` may be an instance of a subclass, and
    /// `spec` is a str.
    pub(in crate::machine) fn builtin_format(&mut self, value: Value, spec: Value) -> Eval {
        let spec = self.str_text(spec).clone();
        if spec.is_empty() {
            let flow = self.str(value)?;
            // Of an int's digits CPython makes a str here that it looks up among those of one letter.
            return Ok(match flow {
                Flow::Value(text) if self.heap.class_of(value) == types::INT => {
                    let text = self.str_text(text).clone();
                    self.heap.str(text).into()
                }
                flow => flow,
            });
        }
        let class = self.class_name(value);
        let text = match self.heap.number(value) {
            Some(Number::Int(int)) => {
                format::int::format(int, &spec, &class, self.thread.settings.digit_limit)
            }
            Some(Number::Float(float)) => format::float::format(float, &spec, &class),
            Some(Number::Complex(complex)) => format::complex::format(complex, &spec, &class),
            None => {
                let Some(text) = self.heap.text_of(value) else {
                    let message = format!("unsupported format string passed to {class}.__format__");
                    return Err(self.type_error(message));
                };
                format::text::format(text, &spec, &class)
            }
        };
        let text = text.map_err(|error| self.format_error(error))?;
        // A str that needs no padding is itself what comes out.
        if !text.is_empty() && self.heap.text_of(value).is_some_and(|whole| *whole == text) {
            return Ok(value.into());
        }
        Ok(self.heap.str(text).into())
    }

    /// `format(value, spec)` as the builtin and f-strings ask for it: an int without a specification is its `str()`,
    /// and `__format__` is not asked.
    pub(in crate::machine) fn format_alone(&mut self, value: Value, spec: Value) -> Eval {
        if self.heap.class_of(value) == types::INT && self.str_text(spec).is_empty() {
            return self.str(value);
        }
        self.format(value, spec)
    }

    /// The exception that a failed formatting raises.
    #[cold]
    pub(in crate::machine) fn format_error(&mut self, error: FormatError) -> Raise {
        self.number_error(error)
    }

    /// `template % values`, for str, bytes and bytearray.
    pub(in crate::machine) fn format_percent(&mut self, template: Value, values: Value) -> Eval {
        let task = FormatPercent::new(self, template, values);
        let text = self.begin(task)?;
        Ok(self.exporting("%", [template], text))
    }

    /// `str.format`: the template is the receiver, the first of `args`.
    pub(in crate::machine) fn format_template(&mut self, args: &Args) -> Eval {
        if self.is_plain_template(args.at(0)) {
            return Ok(args.at(0).into());
        }
        let text = self.begin(FormatTemplate::of_arguments(args.at(0), args.without_first()))?;
        // The arguments stand in a tuple.
        Ok(holding("str.format", args.rest(1), text))
    }

    /// `str.format_map`.
    pub(in crate::machine) fn format_template_map(&mut self, template: Value, mapping: Value) -> Eval {
        if self.is_plain_template(template) {
            return Ok(template.into());
        }
        self.begin(FormatTemplate::of_mapping(template, mapping))
    }

    /// Whether there is a text but nothing to put in: such a template is its own result.
    fn is_plain_template(&self, template: Value) -> bool {
        let text = self.str_text(template);
        !text.is_empty() && !text.points().any(|point| point == u32::from('{') || point == u32::from('}'))
    }

    /// Whether a value is a number, or can be made one by a special method: CPython's `PyNumber_Check`.
    pub(in crate::machine) fn is_number_like(&self, value: Value) -> bool {
        self.heap.number(value).is_some()
            || [names::INDEX, names::INT, names::FLOAT]
                .iter()
                .any(|name| self.heap.special(value, *name).is_some())
    }

    /// Whether a value is a real number, or can be made a float by a special method.
    pub(in crate::machine) fn is_real_like(&self, value: Value) -> bool {
        [names::FLOAT, names::INDEX].iter().any(|name| self.heap.special(value, *name).is_some())
    }

    /// The float that a real number is, by its `__float__` or `__index__`; a text is none.
    pub(in crate::machine) fn real_number(&mut self, value: Value) -> Eval {
        if let Some(Number::Float(float)) = self.heap.number(value) {
            return Ok(self.heap.float(float).into());
        }
        if !self.is_real_like(value) {
            let class = self.class_name(value);
            return Err(self.type_error(format!("must be real number, not {class}")));
        }
        self.float_of(value)
    }

    /// Whether values can be taken out of `value` by key, so that `%(key)s` makes sense: not of a tuple
    /// or a text, whose values are taken one by one.
    pub(in crate::machine) fn is_format_mapping(&self, value: Value, in_bytes: bool) -> bool {
        let is = |class| self.heap.is_instance(value, class);
        let sequence =
            is(types::TUPLE) || is(types::STR) || in_bytes && (is(types::BYTES) || is(types::BYTEARRAY));
        !sequence && self.heap.special(value, names::GETITEM).is_some()
    }
}
