//! `time`: clocks and waiting.  Both are asked of the outside, so that going back and forward again gives a
//! program the times that it was given before.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{Style, SystemCall};
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::protocol::number::Number;
use super::super::raise::Raise;
use super::super::system::{Call, Clock};
use super::super::value::Value;
use super::native::NativeModule;

const NANOSECONDS: f64 = 1e9;

macro_rules! clock {
    ($name:literal, $clock:ident, seconds) => {
        NativeDef::function($name, Params::None, |m, _| {
            let reading = m.begin(SystemCall::new($name, Call::Clock(Clock::$clock)))?;
            m.continue_with($name, reading, Args::new([Value::NONE]), 0, |m, args| {
                let nanoseconds = m.index_clamped(args.at(0)).unwrap_or(0);
                Ok(m.heap.float(nanoseconds as f64 / NANOSECONDS).into())
            })
        })
    };
    ($name:literal, $clock:ident, nanoseconds) => {
        NativeDef::function($name, Params::None, |m, _| {
            m.begin(SystemCall::new($name, Call::Clock(Clock::$clock)))
        })
    };
}

/// A function of the calendar, which there is not yet.
macro_rules! missing {
    ($name:literal) => {
        NativeDef::function($name, Params::Any, |m, _| Err(m.unsupported(concat!("time.", $name, "()"))))
    };
}

/// `time`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        clock!("time", Real, seconds),
        clock!("time_ns", Real, nanoseconds),
        NativeDef::function("sleep", Params::One, sleep),
        missing!("gmtime"),
        missing!("localtime"),
        missing!("asctime"),
        missing!("ctime"),
        missing!("mktime"),
        missing!("strftime"),
        missing!("strptime"),
        missing!("get_clock_info"),
        clock!("monotonic", Monotonic, seconds),
        clock!("monotonic_ns", Monotonic, nanoseconds),
        clock!("process_time", Processor, seconds),
        clock!("process_time_ns", Processor, nanoseconds),
        clock!("thread_time", Processor, seconds),
        clock!("thread_time_ns", Processor, nanoseconds),
        clock!("perf_counter", Monotonic, seconds),
        clock!("perf_counter_ns", Monotonic, nanoseconds),
    ]],
    ..NativeModule::new("time", "Clocks and waiting.")
};

/// `sleep(seconds)`.
fn sleep(m: &mut Machine, args: &Args) -> Eval {
    if let Some(Number::Float(seconds)) = m.heap.number(args.at(0)) {
        if seconds.is_nan() {
            return Err(m.value_error("Invalid value NaN (not a number)"));
        }
        // CPython rounds up, so that nobody wakes too early.
        return sleep_for(m, (seconds * NANOSECONDS).ceil());
    }
    if m.heap.int_ref(args.at(0)).is_none()
        && m.heap.special(args.at(0), crate::machine::names::INDEX).is_none()
    {
        let class = m.class_name(args.at(0));
        let message = format!("'{class}' object cannot be interpreted as an integer or float");
        return Err(m.type_error(message));
    }
    m.with_indices("sleep", args, &[0], Style::Plain, |m, args| {
        let seconds = m.index_clamped(args.at(0)).unwrap_or(i64::MAX);
        sleep_for(m, seconds as f64 * NANOSECONDS)
    })
}

fn sleep_for(m: &mut Machine, nanoseconds: f64) -> Eval {
    // A time is kept in 63 bits.
    const MOST: f64 = 9_223_372_036_854_775_807.0;
    if nanoseconds.abs() >= MOST {
        return Err(too_long(m));
    }
    if nanoseconds < 0.0 {
        return Err(m.value_error("sleep length must be non-negative"));
    }
    m.begin(SystemCall::new("sleep", Call::Sleep(nanoseconds as u64)))
}

fn too_long(m: &mut Machine) -> Raise {
    m.raise(types::OVERFLOW_ERROR, "timestamp out of range for C PyTime_t")
}
