//! `print`, and the functions that turn a value into a str.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{Print, Style};
use super::super::super::object::function::NativeDef;
use super::super::super::output::Stream;
use super::super::super::raise::Raise;
use super::super::super::value::Value;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("print", Params::Any, print),
    NativeDef::function("repr", Params::One, |m, args| m.repr(args.at(0))),
    NativeDef::function("ascii", Params::One, |m, args| m.ascii(args.at(0))),
    NativeDef::function("format", Params::Range(1, 2), |m, args| {
        let spec = args.get(1).unwrap_or(Value::object(names::EMPTY));
        if m.heap.text_of(spec).is_none() {
            let class = m.argument_class(spec);
            return Err(m.type_error(format!("format() argument 2 must be str, not {class}")));
        }
        m.format_alone(args.at(0), spec)
    }),
];

fn print(m: &mut Machine, args: &Args) -> Eval {
    let [sep, end, file, flush] = m.keywords_among("print", args, ["sep", "end", "file", "flush"])?;
    let given = [sep, end, file].map(|value| value.unwrap_or(Value::NONE));
    let given = given.into_iter().chain([flush.unwrap_or(Value::FALSE)]);
    let args = Args::new(given.chain(args.rest(0)));
    m.with_indices("print", &args, &[FLUSH], Style::Truth, print_values)
}

/// Where [`print_values`] has the flag.
const FLUSH: usize = 3;

/// `print` with its keyword arguments in front of the values.
fn print_values(m: &mut Machine, args: &Args) -> Eval {
    let file = match args.some(2) {
        Some(file) => Some(file),
        None => match m.current_output() {
            None => return Err(m.runtime_error("lost sys.stdout")),
            Some(Value::NONE) => return Ok(Value::NONE.into()),
            // The program may have put another file in the place of standard output.
            Some(file) => Some(file).filter(|file| !m.is_standard(*file, Stream::Stdout)),
        },
    };
    let separator = text_argument(m, args.at(0), "sep")?;
    let end = text_argument(m, args.at(1), "end")?;
    let values = Args::new(args.rest(FLUSH + 1));
    m.begin(Print::new(values, separator, end, file, args.flag(FLUSH, false)))
}

impl Machine {
    /// What `sys.stdout` is now; `None` where the program has deleted it.
    fn current_output(&mut self) -> Option<Value> {
        self.sys_attribute(names::STDOUT)
    }

    /// What the prompt does with the value of an expression: it is written to `sys.stdout` and kept as `_`.
    pub(in crate::machine) fn print_expression(&mut self, value: Value) -> Eval {
        if value.is_none() {
            return Ok(value.into());
        }
        // Whatever `__repr__` or `write` does finds no older value there.
        self.heap.set_name(self.builtins, names::UNDERSCORE, Value::NONE);
        let Some(file) = self.current_output().filter(|file| !file.is_none()) else {
            return Err(self.runtime_error("lost sys.stdout"));
        };
        let text = self.repr(value)?;
        self.continue_with("displayhook", text, Args::new([Value::NONE, file, value]), 0, write_shown)
    }
}

/// Writes the text of a value that is shown, and keeps the value.
fn write_shown(m: &mut Machine, args: &Args) -> Eval {
    let (text, file) = (args.at(0), args.at(1));
    if m.is_standard(file, Stream::Stdout) {
        let line: String =
            m.str_text(text).points().map(escaped_surrogate).chain(["\n".to_owned()]).collect();
        m.write(Stream::Stdout, &line);
        return keep_shown(m, args);
    }
    let written = m.begin(Print::new(Args::new([text]), None, None, Some(file), false))?;
    m.continue_with("displayhook", written, args.clone(), 0, keep_shown)
}

/// A character as `sys.stdout` writes it at a prompt, where it is never too strict for what is shown.
fn escaped_surrogate(point: u32) -> String {
    char::from_u32(point).map_or_else(|| format!("\\u{point:04x}"), String::from)
}

fn keep_shown(m: &mut Machine, args: &Args) -> Eval {
    m.heap.set_name(m.builtins, names::UNDERSCORE, args.at(2));
    Ok(Value::NONE.into())
}

fn text_argument(m: &mut Machine, value: Value, name: &str) -> Result<Option<Value>, Raise> {
    if value.is_none() || m.heap.text_of(value).is_some() {
        return Ok(Some(value).filter(|value| !value.is_none()));
    }
    let class = m.class_name(value);
    Err(m.type_error(format!("{name} must be None or a string, not {class}")))
}
