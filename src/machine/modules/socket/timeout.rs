//! How long a socket waits.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::Style;
use super::super::super::object::function::NativeBody;
use super::super::super::protocol::number::Number;
use super::super::super::raise::Raise;
use super::super::super::value::Value;

/// Goes on with `body` once the argument at the only place that is asked for, a float, None or what has an
/// `__index__`, is a number or None.
pub fn given(m: &mut Machine, args: &Args, index: usize, body: NativeBody) -> Eval {
    const PLACES: [&[usize]; 2] = [&[0], &[1]];
    let value = args.at(index);
    if value.is_none() || matches!(m.heap.number(value), Some(Number::Float(_))) {
        return body(m, args);
    }
    if m.heap.int_ref(value).is_none() && m.heap.special(value, names::INDEX).is_none() {
        let class = m.class_name(value);
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer or float")));
    }
    m.with_indices("settimeout", args, PLACES[index], Style::Plain, body)
}

/// The nanoseconds that such an argument stands for: none where it waits for ever.
pub fn of(m: &mut Machine, value: Value) -> Result<Option<i64>, Raise> {
    const SECOND: f64 = 1e9;
    // A time is kept in 63 bits.
    const MOST: f64 = 9_223_372_036_854_775_807.0;
    let nanoseconds = match m.heap.number(value) {
        None => return Ok(None),
        Some(Number::Float(seconds)) if seconds.is_nan() => {
            return Err(m.value_error("Invalid value NaN (not a number)"));
        }
        // Away from zero, so that nobody comes back too early.
        Some(Number::Float(seconds)) => {
            let exact = seconds * SECOND;
            if exact < 0.0 { exact.floor() } else { exact.ceil() }
        }
        Some(_) => m.index_clamped(value).unwrap_or(i64::MAX) as f64 * SECOND,
    };
    if nanoseconds.abs() >= MOST {
        return Err(m.overflow_error("timestamp out of range for C PyTime_t"));
    }
    if nanoseconds < 0.0 {
        return Err(m.value_error("Timeout value out of range"));
    }
    // Whole seconds are exact, whatever a float has room for.
    Ok(Some(match m.heap.number(value) {
        Some(Number::Int(_)) => m.index_clamped(value).unwrap_or(0) * SECOND as i64,
        _ => nanoseconds as i64,
    }))
}

/// The same as Python has it: None, or seconds.
pub fn told(m: &mut Machine, timeout: Option<i64>) -> Value {
    match timeout {
        None => Value::NONE,
        Some(nanoseconds) => {
            // As CPython does it: what is divided has been rounded to a float before.
            let seconds = if nanoseconds % 1_000_000_000 == 0 {
                (nanoseconds / 1_000_000_000) as f64
            } else {
                nanoseconds as f64 / 1e9
            };
            m.heap.float(seconds)
        }
    }
}
