//! `time`: clocks, waiting and the calendar.  Clocks, waiting and local time are asked of the outside, so that going back and forward again gives a
//! program the times that it was given before.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::{Style, SystemCall};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::protocol::number::Number;
use super::super::raise::Raise;
use super::super::system::{Call, Clock};
use super::super::value::Value;
use super::native::{Constant, NativeModule};

mod calendar;
mod format;

pub use calendar::STRUCT_TIME;

const NANOSECONDS: f64 = 1e9;

macro_rules! clock {
    ($name:literal, $clock:ident, seconds) => {
        NativeDef::function($name, Params::None, |m, _| {
            let reading = m.begin(SystemCall::new($name, Call::Clock(Clock::$clock)))?;
            m.continue_with($name, reading, Args::new([Value::NONE]), 0, as_seconds)
        })
    };
    ($name:literal, $clock:ident, nanoseconds) => {
        NativeDef::function($name, Params::None, |m, _| {
            m.begin(SystemCall::new($name, Call::Clock(Clock::$clock)))
        })
    };
}

/// A function that sets a clock, or is about threads.
macro_rules! refused {
    ($name:literal) => {
        NativeDef::function($name, Params::Any, |m, _| Err(m.unsupported(concat!("time.", $name, "()"))))
    };
}

/// What CPython says of a clock: its function, the call that it makes, whether it never goes back, and whether
/// somebody can set it.
const CLOCKS: [(&str, &str, bool, bool); 5] = [
    ("time", "clock_gettime(CLOCK_REALTIME)", false, true),
    ("monotonic", "clock_gettime(CLOCK_MONOTONIC)", true, false),
    ("perf_counter", "clock_gettime(CLOCK_MONOTONIC)", true, false),
    ("process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false),
    ("thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false),
];

/// `time`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[
        calendar::FUNCTIONS,
        &[
            clock!("time", Real, seconds),
            clock!("time_ns", Real, nanoseconds),
            NativeDef::function("sleep", Params::One, sleep),
            clock!("monotonic", Monotonic, seconds),
            clock!("monotonic_ns", Monotonic, nanoseconds),
            clock!("process_time", Processor, seconds),
            clock!("process_time_ns", Processor, nanoseconds),
            clock!("thread_time", Processor, seconds),
            clock!("thread_time_ns", Processor, nanoseconds),
            clock!("perf_counter", Monotonic, seconds),
            clock!("perf_counter_ns", Monotonic, nanoseconds),
            NativeDef::function("get_clock_info", Params::One, clock_info),
            NativeDef::function("clock_gettime", Params::One, |m, args| clock_by_number(m, args, true)),
            NativeDef::function("clock_gettime_ns", Params::One, |m, args| clock_by_number(m, args, false)),
            NativeDef::function("clock_getres", Params::One, |m, args| {
                known_clock(m, args.at(0))?;
                Ok(m.heap.float(1.0 / NANOSECONDS).into())
            }),
            refused!("clock_settime"),
            refused!("clock_settime_ns"),
            refused!("pthread_getcpuclockid"),
        ],
    ],
    types: &[&STRUCT_TIME],
    constants: &[
        ("_STRUCT_TM_ITEMS", Constant::Int(11)),
        ("CLOCK_REALTIME", Constant::Int(0)),
        ("CLOCK_MONOTONIC", Constant::Int(1)),
        ("CLOCK_PROCESS_CPUTIME_ID", Constant::Int(2)),
        ("CLOCK_THREAD_CPUTIME_ID", Constant::Int(3)),
        ("CLOCK_MONOTONIC_RAW", Constant::Int(4)),
        ("CLOCK_BOOTTIME", Constant::Int(7)),
        ("CLOCK_TAI", Constant::Int(11)),
    ],
    ask: Some(calendar::ask_zones),
    ..NativeModule::new("time", "Clocks, waiting and the calendar.")
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

/// Nanoseconds as seconds.
fn as_seconds(m: &mut Machine, args: &Args) -> Eval {
    let nanoseconds = m.index_clamped(args.at(0)).unwrap_or(0);
    Ok(m.heap.float(nanoseconds as f64 / NANOSECONDS).into())
}

/// `get_clock_info(name)`.
fn clock_info(m: &mut Machine, args: &Args) -> Eval {
    let Some(name) = m.heap.text_of(args.at(0)).cloned() else {
        let class = m.argument_class(args.at(0));
        return Err(m.type_error(format!("get_clock_info() argument 1 must be str, not {class}")));
    };
    let Some((_, call, monotonic, adjustable)) = CLOCKS.iter().find(|clock| name == *clock.0) else {
        return Err(m.value_error("unknown clock"));
    };
    let namespace = m.heap.alloc(types::SIMPLE_NAMESPACE, Payload::Plain);
    let attributes = m.heap.attributes(namespace);
    let (call, resolution) = (m.heap.str(*call), m.heap.float(1.0 / NANOSECONDS));
    for (name, value) in [
        ("implementation", call),
        ("monotonic", Value::bool(*monotonic)),
        ("adjustable", Value::bool(*adjustable)),
        ("resolution", resolution),
    ] {
        m.set_text_name(attributes, name, value);
    }
    Ok(Value::object(namespace).into())
}

/// The clock that a number of the operating system means.
fn known_clock(m: &mut Machine, number: Value) -> Result<Clock, Raise> {
    match m.index_i64(number, types::OVERFLOW_ERROR)? {
        0 => Ok(Clock::Real),
        1 => Ok(Clock::Monotonic),
        2 | 3 => Ok(Clock::Processor),
        other @ (4..=11) => Err(m.unsupported(format!("the clock {other}"))),
        _ => Err(m.invalid_argument()),
    }
}

fn clock_by_number(m: &mut Machine, args: &Args, in_seconds: bool) -> Eval {
    let clock = known_clock(m, args.at(0))?;
    let reading = m.begin(SystemCall::new("clock_gettime", Call::Clock(clock)))?;
    if !in_seconds {
        return Ok(reading);
    }
    m.continue_with("clock_gettime", reading, Args::new([Value::NONE]), 0, as_seconds)
}
