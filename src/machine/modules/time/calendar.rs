//! The calendar of `time`: moments as tuples, as numbers and as text.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::{ImportModule, Style, SystemCall};
use super::super::super::number::IntRef;
use super::super::super::number::calendar::{Civil, DAY, days};
use super::super::super::object::class::{Accessor, TypeSpec};
use super::super::super::object::function::{NativeBody, NativeDef};
use super::super::super::object::struct_sequence::{Shape, item, named_tuple};
use super::super::super::object::types;
use super::super::super::protocol::number::Number;
use super::super::super::raise::Raise;
use super::super::super::system::{Call, LocalTime, Zone};
use super::super::super::value::{Handle, Kind, Value};
use super::format::{Broken, asks_for, strftime};

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("gmtime", ONE, |m, args| {
        with_seconds(m, "gmtime", args, |m, args| match args.some(0) {
            Some(value) => gmtime(m, value),
            None => {
                let clock = Call::Clock(super::super::super::system::Clock::Real);
                let now = m.begin(SystemCall::new("gmtime", clock))?;
                m.continue_with("gmtime", now, Args::new([Value::NONE]), 0, |m, args| {
                    let seconds = m.index_clamped(args.at(0)).unwrap_or(0).div_euclid(1_000_000_000);
                    let seconds = m.heap.int(seconds);
                    gmtime(m, seconds)
                })
            }
        })
    }),
    NativeDef::function("localtime", ONE, |m, args| with_seconds(m, "localtime", args, local)),
    NativeDef::function("asctime", Params::named(&[""], 0), |m, args| match args.get(0) {
        Some(tuple) => with_fields(m, "asctime", tuple, &[], |m, args| {
            let broken = checked(m, args)?;
            Ok(as_text(m, &broken).into())
        }),
        None => local_text(m, "asctime", Value::NONE),
    }),
    NativeDef::function("ctime", ONE, |m, args| {
        with_seconds(m, "ctime", args, |m, args| local_text(m, "ctime", args.at(0)))
    }),
    NativeDef::function("mktime", Params::One, |m, args| {
        with_fields(m, "mktime", args.at(0), &[], |m, args| {
            let found = find(m, args)?;
            m.continue_with("mktime", found, Args::new([Value::NONE]), 0, |m, args| {
                let seconds = seconds_of(m, args.at(0));
                Ok(m.heap.float(seconds as f64).into())
            })
        })
    }),
    NativeDef::function("strftime", Params::named(&["", ""], 0), |m, args| {
        let Some(format) = args.get(0) else {
            return Err(m.type_error("strftime() takes at least 1 argument (0 given)"));
        };
        if m.heap.text_of(format).is_none() {
            let class = m.argument_class(format);
            return Err(m.type_error(format!("strftime() argument 1 must be str, not {class}")));
        }
        match args.get(1) {
            Some(tuple) => with_fields(m, "strftime", tuple, &[format], as_format_wants),
            None => {
                let now = m.begin(SystemCall::new("strftime", Call::LocalTime(m.time_zone(), None)))?;
                m.continue_with("strftime", now, Args::new([format, Value::NONE]), 1, |m, args| {
                    with_fields(m, "strftime", args.at(1), &[args.at(0)], as_format_wants)
                })
            }
        }
    }),
    NativeDef::function("strptime", Params::Any, |m, args| {
        // As CPython's it is written in Python, in a module of the library.
        let module = m.begin(ImportModule::new("_strptime", None, "_strptime".len()))?;
        let mut all = args.clone();
        all.prepend(Value::NONE);
        m.continue_with("strptime", module, all, 0, |m, args| {
            let name = m.text_handle("_strptime_time");
            let function = m.get_attr(args.at(0), name)?;
            m.continue_with("strptime", function, args.clone(), 0, |m, args| {
                m.call(args.at(0), args.without_first())
            })
        })
    }),
    NativeDef::function("tzset", Params::None, |m, _| {
        match m.loaded_module("time").and_then(Value::handle) {
            Some(module) => {
                let dict = m.heap.attributes(module);
                ask_zones(m, dict)
            }
            None => Ok(Value::NONE.into()),
        }
    }),
];

const ONE: Params = Params::named(&[""], 0);

/// `time.struct_time`.
pub static STRUCT_TIME: TypeSpec = TypeSpec {
    module: "time",
    accessors: &[
        item::<0>("tm_year"),
        item::<1>("tm_mon"),
        item::<2>("tm_mday"),
        item::<3>("tm_hour"),
        item::<4>("tm_min"),
        item::<5>("tm_sec"),
        item::<6>("tm_wday"),
        item::<7>("tm_yday"),
        item::<8>("tm_isdst"),
        Accessor::read_only("tm_zone", |m, t| Ok(Shape::hidden_value(m, t, "tm_zone").into())).as_member(),
        Accessor::read_only("tm_gmtoff", |m, t| Ok(Shape::hidden_value(m, t, "tm_gmtoff").into()))
            .as_member(),
    ],
    ..named_tuple(types::STRUCT_TIME, "struct_time")
};

/// Asks what the time zone is, and enters it in the dict of the module.
pub fn ask_zones(m: &mut Machine, dict: Handle) -> Eval {
    let seasons = m.begin(SystemCall::new("tzset", Call::Seasons(m.time_zone())))?;
    m.continue_with("tzset", seasons, Args::new([Value::NONE, Value::object(dict)]), 0, |m, args| {
        let dict = args.at(1).handle().expect("a dict is a heap object");
        let parts = m.tuple_items(args.at(0)).to_vec();
        // As C has them: how far the clocks are behind.
        let mut west: Vec<(i64, Value)> = Vec::new();
        for part in parts {
            let offset = Shape::hidden_value(m, part, "tm_gmtoff");
            west.push((-m.index_clamped(offset).unwrap_or(0), Shape::hidden_value(m, part, "tm_zone")));
        }
        // Where January is summer, it is the other way round.
        if west[0].0 < west[1].0 {
            west.swap(0, 1);
        }
        let numbers = [west[0].0, west[1].0, (west[0].0 != west[1].0).into()];
        for (name, number) in ["timezone", "altzone", "daylight"].into_iter().zip(numbers) {
            let number = m.heap.int(number);
            m.set_text_name(dict, name, number);
        }
        let names = m.heap.pair(west[0].1, west[1].1);
        m.set_text_name(dict, "tzname", names);
        Ok(Value::NONE.into())
    })
}

/// Goes on with the whole seconds that the argument stands for, in its place; with None if there are none.
fn with_seconds(m: &mut Machine, name: &'static str, args: &Args, body: NativeBody) -> Eval {
    // One behind the greatest number of 64 bits; the least one has a float of its own.
    const END: f64 = 9_223_372_036_854_775_808.0;
    let Some(value) = args.some(0) else { return body(m, &Args::new([Value::NONE])) };
    if let Some(Number::Float(seconds)) = m.heap.number(value) {
        if seconds.is_nan() {
            return Err(m.value_error("Invalid value NaN (not a number)"));
        }
        let seconds = seconds.floor();
        if !(-END..END).contains(&seconds) {
            return Err(out_of_range(m));
        }
        let seconds = m.heap.int(seconds as i64);
        return body(m, &Args::new([seconds]));
    }
    m.with_indices(name, args, &[0], Style::Plain, body)
}

fn out_of_range(m: &mut Machine) -> Raise {
    m.overflow_error("timestamp out of range for platform time_t")
}

/// The seconds that an int stands for, where the year they lie in can be written as C does.
fn seconds(m: &mut Machine, value: Value) -> Result<i64, Raise> {
    let Some(seconds) = m.heap.int_ref(value).and_then(IntRef::small) else {
        return Err(out_of_range(m));
    };
    let year = i128::from(Civil::of_seconds(seconds).year) - 1900;
    if i32::try_from(year).is_err() {
        let (errno, text) = (m.heap.int(75), m.heap.str("Value too large for defined data type"));
        return Err(m.raise_os_error(vec![errno, text]));
    }
    Ok(seconds)
}

fn gmtime(m: &mut Machine, value: Value) -> Eval {
    let seconds = seconds(m, value)?;
    Ok(m.local_time(&LocalTime { zone: "GMT".into(), ..LocalTime::utc(seconds) }).into())
}

fn local(m: &mut Machine, args: &Args) -> Eval {
    let seconds = args.some(0).map(|value| seconds(m, value)).transpose()?;
    m.begin(SystemCall::new("localtime", Call::LocalTime(m.time_zone(), seconds)))
}

/// Local time as text.
fn local_text(m: &mut Machine, name: &'static str, value: Value) -> Eval {
    let time = local(m, &Args::new([value]))?;
    m.continue_with(name, time, Args::new([Value::NONE]), 0, |m, args| {
        with_fields(m, "asctime", args.at(0), &[], |m, args| {
            let broken = checked(m, args)?;
            Ok(as_text(m, &broken).into())
        })
    })
}

fn as_text(m: &mut Machine, moment: &Broken) -> Value {
    let text = strftime(&"%a %b %e %H:%M:%S %Y".into(), moment).expect("no width is given");
    m.heap.str(text)
}

/// The places of the fields among the arguments of [`with_fields`]; behind them the tuple, then what else there is.
const FIELDS: &[usize] = &[0, 1, 2, 3, 4, 5, 6, 7, 8];
const TUPLE: usize = 9;
const FORMAT: usize = 10;
const NAMES: usize = 11;

/// Goes on with the nine fields of a tuple as ints, the tuple itself, and these values.
fn with_fields(m: &mut Machine, name: &'static str, tuple: Value, rest: &[Value], body: NativeBody) -> Eval {
    if !m.heap.is_instance(tuple, types::TUPLE) {
        return Err(m.type_error("Tuple or struct_time argument required"));
    }
    let items = m.tuple_items(tuple).to_vec();
    if items.len() != FIELDS.len() {
        return Err(m.type_error(format!("{name}(): illegal time tuple argument")));
    }
    let all = items.into_iter().chain([tuple]).chain(rest.iter().copied());
    m.with_indices(name, &Args::new(all), FIELDS, Style::Plain, body)
}

/// The fields as they are.
fn fields(m: &mut Machine, args: &Args) -> Result<Broken, Raise> {
    let mut numbers = [0; 9];
    for (index, number) in numbers.iter_mut().enumerate() {
        let int = m.heap.int_ref(args.at(index)).expect("fields were made ints");
        let (small, negative) = (int.small(), int.signum() < 0);
        *number = match small.map(i32::try_from) {
            Some(Ok(number)) => number.into(),
            _ if negative => return Err(m.overflow_error("signed integer is less than minimum")),
            _ => return Err(m.overflow_error("signed integer is greater than maximum")),
        };
    }
    let [year, month, day, hour, minute, second, weekday, yearday, is_dst] = numbers;
    if year < i64::from(i32::MIN) + 1900 {
        return Err(m.overflow_error("year out of range"));
    }
    let weekday = (weekday + 1) % 7;
    let is_dst = is_dst.clamp(-1, 1);
    let rest = Broken::default();
    Ok(Broken { year, month, day, hour, minute, second, weekday, yearday, is_dst, ..rest })
}

/// The fields, each in its range; a month and days that are 0 count as 1.
fn checked(m: &mut Machine, args: &Args) -> Result<Broken, Raise> {
    let mut broken = fields(m, args)?;
    for field in [&mut broken.month, &mut broken.day, &mut broken.yearday] {
        if *field == 0 {
            *field = 1;
        }
    }
    let ranges = [
        ("month", broken.month, 1..=12),
        ("day of month", broken.day, 1..=31),
        ("hour", broken.hour, 0..=23),
        ("minute", broken.minute, 0..=59),
        ("seconds", broken.second, 0..=61),
        ("day of week", broken.weekday, 0..=6),
        ("day of year", broken.yearday, 1..=366),
    ];
    match ranges.into_iter().find(|(_, value, range)| !range.contains(value)) {
        Some((name, ..)) => Err(m.value_error(format!("{name} out of range"))),
        None => Ok(broken),
    }
}

/// Asks for the moment at which local clocks show these fields.
fn find(m: &mut Machine, args: &Args) -> Eval {
    let broken = fields(m, args)?;
    let shown = days(broken.year, broken.month, broken.day) * DAY
        + broken.hour * 3_600
        + broken.minute * 60
        + broken.second;
    let is_dst = (broken.is_dst >= 0).then_some(broken.is_dst > 0);
    m.begin(SystemCall::new("mktime", Call::FindTime(m.time_zone(), shown, is_dst)))
}

/// The moment that the tuple of a local time stands for.
fn seconds_of(m: &mut Machine, time: Value) -> i64 {
    let mut numbers = [0; 6];
    for (number, item) in numbers.iter_mut().zip(m.tuple_items(time)) {
        if let Kind::Int(value) = item.kind() {
            *number = value;
        }
    }
    let [year, month, day, hour, minute, second] = numbers;
    let offset = Shape::hidden_value(m, time, "tm_gmtoff");
    let offset = m.index_clamped(offset).unwrap_or(0);
    days(year, month, day) * DAY + hour * 3_600 + minute * 60 + second - offset
}

/// `strftime` of fields: asks first for what the format wants and the fields do not say.
fn as_format_wants(m: &mut Machine, args: &Args) -> Eval {
    let broken = checked(m, args)?;
    let format = m.str_text(args.at(FORMAT)).clone();
    let zone = Shape::hidden_value(m, args.at(TUPLE), "tm_zone");
    let mut all = args.clone();
    if asks_for(&format, 'Z') && zone.is_none() && broken.is_dst >= 0 {
        all = Args::new(args.rest(0).chain([Value::NONE]));
        let seasons = m.begin(SystemCall::new("strftime", Call::Seasons(m.time_zone())))?;
        return m.continue_with("strftime", seasons, all, NAMES, with_moment);
    }
    all = Args::new(all.rest(0).chain([Value::NONE]));
    with_moment(m, &all)
}

/// Goes on with the seconds since 1970, if the format wants them.
fn with_moment(m: &mut Machine, args: &Args) -> Eval {
    let format = m.str_text(args.at(FORMAT)).clone();
    let all = Args::new(args.rest(0).chain([Value::NONE]));
    if !asks_for(&format, 's') {
        return formatted(m, &all);
    }
    let found = find(m, args)?;
    m.continue_with("strftime", found, all, NAMES + 1, formatted)
}

fn formatted(m: &mut Machine, args: &Args) -> Eval {
    let mut broken = checked(m, args)?;
    let format = m.str_text(args.at(FORMAT)).clone();
    let tuple = args.at(TUPLE);
    let (zone, offset) =
        (Shape::hidden_value(m, tuple, "tm_zone"), Shape::hidden_value(m, tuple, "tm_gmtoff"));
    broken.offset = m.index_clamped(offset).unwrap_or(0);
    let name = match args.some(NAMES) {
        Some(seasons) => {
            let seasons = m.tuple_items(seasons).to_vec();
            let wanted = |season: &&Value| m.index_clamped(m.tuple_items(**season)[8]) == Some(broken.is_dst);
            let season = seasons.iter().find(wanted).unwrap_or(&seasons[0]);
            Shape::hidden_value(m, *season, "tm_zone")
        }
        None => zone,
    };
    if let Some(name) = m.heap.text_of(name) {
        broken.zone = name.to_string_lossy().into_owned();
    }
    if let Some(time) = args.some(NAMES + 1) {
        broken.seconds = seconds_of(m, time);
    }
    match strftime(&format, &broken) {
        Some(text) => Ok(m.heap.str(text).into()),
        None => Err(m.out_of_memory()),
    }
}

impl Machine {
    /// The time zone that the program's environment names.
    fn time_zone(&self) -> Zone {
        self.environment_variable(b"TZ").map(|value| String::from_utf8_lossy(&value).into())
    }

    /// A `time.struct_time` of what local clocks show.
    pub(in crate::machine) fn local_time(&mut self, time: &LocalTime) -> Value {
        let civil = Civil::of_seconds(time.seconds.saturating_add(time.offset.into()));
        let numbers = [
            // C counts the years from 1900 in 32 bits, and CPython adds these to that.
            i64::from(civil.year as i32),
            civil.month,
            civil.day,
            civil.hour,
            civil.minute,
            civil.second,
            civil.weekday,
            civil.yearday,
            time.is_dst.into(),
        ];
        let items = numbers.map(|number| self.heap.int(number)).to_vec();
        let (zone, offset) = (self.heap.str(&*time.zone), self.heap.int(time.offset.into()));
        let shape = Shape::of(types::STRUCT_TIME).expect("it is a struct sequence");
        shape.make(self, items, &[zone, offset])
    }
}
