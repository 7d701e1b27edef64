//! `_locale`: the locales C and C.UTF-8, which need no tables of the system.  Others are refused by their names.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::number::IntRef;
use super::super::object::class::{Layout, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule};

/// The categories as the C library numbers them; `LC_ALL` is none of them, but has a number between them.
const CATEGORIES: [(&str, i64); 12] = [
    ("LC_CTYPE", 0),
    ("LC_NUMERIC", 1),
    ("LC_TIME", 2),
    ("LC_COLLATE", 3),
    ("LC_MONETARY", 4),
    ("LC_MESSAGES", 5),
    ("LC_PAPER", 7),
    ("LC_NAME", 8),
    ("LC_ADDRESS", 9),
    ("LC_TELEPHONE", 10),
    ("LC_MEASUREMENT", 11),
    ("LC_IDENTIFICATION", 12),
];
const LC_ALL: i64 = 6;
/// The place of `LC_CTYPE` among the categories.
const CTYPE: usize = 0;
/// `CHAR_MAX`: a number that is not known.
const UNKNOWN: i64 = 127;
/// `CODESET`.
const CODESET: i64 = 14;

/// A locale that is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Known {
    C,
    /// Under the name C.UTF-8.
    Utf8,
    /// The same under the name C.utf8.
    ShortUtf8,
}

impl Known {
    fn named(name: &str) -> Option<Self> {
        match name {
            "C" | "POSIX" => Some(Self::C),
            "C.UTF-8" => Some(Self::Utf8),
            "C.utf8" => Some(Self::ShortUtf8),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::C => "C",
            Self::Utf8 => "C.UTF-8",
            Self::ShortUtf8 => "C.utf8",
        }
    }
}

/// The locale of each category; None where a program has set none since it began.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub struct Locale([Option<Known>; CATEGORIES.len()]);

/// What `nl_langinfo` knows, but for the codes of characters: the same in both locales.
#[rustfmt::skip]
const LANGINFO: &[(&str, i64, &str)] = &[
    ("ABDAY_1", 131_072, "Sun"), ("ABDAY_2", 131_073, "Mon"), ("ABDAY_3", 131_074, "Tue"),
    ("ABDAY_4", 131_075, "Wed"), ("ABDAY_5", 131_076, "Thu"), ("ABDAY_6", 131_077, "Fri"),
    ("ABDAY_7", 131_078, "Sat"),
    ("DAY_1", 131_079, "Sunday"), ("DAY_2", 131_080, "Monday"), ("DAY_3", 131_081, "Tuesday"),
    ("DAY_4", 131_082, "Wednesday"), ("DAY_5", 131_083, "Thursday"), ("DAY_6", 131_084, "Friday"),
    ("DAY_7", 131_085, "Saturday"),
    ("ABMON_1", 131_086, "Jan"), ("ABMON_2", 131_087, "Feb"), ("ABMON_3", 131_088, "Mar"),
    ("ABMON_4", 131_089, "Apr"), ("ABMON_5", 131_090, "May"), ("ABMON_6", 131_091, "Jun"),
    ("ABMON_7", 131_092, "Jul"), ("ABMON_8", 131_093, "Aug"), ("ABMON_9", 131_094, "Sep"),
    ("ABMON_10", 131_095, "Oct"), ("ABMON_11", 131_096, "Nov"), ("ABMON_12", 131_097, "Dec"),
    ("MON_1", 131_098, "January"), ("MON_2", 131_099, "February"), ("MON_3", 131_100, "March"),
    ("MON_4", 131_101, "April"), ("MON_5", 131_102, "May"), ("MON_6", 131_103, "June"),
    ("MON_7", 131_104, "July"), ("MON_8", 131_105, "August"), ("MON_9", 131_106, "September"),
    ("MON_10", 131_107, "October"), ("MON_11", 131_108, "November"), ("MON_12", 131_109, "December"),
    ("RADIXCHAR", 65_536, "."), ("THOUSEP", 65_537, ""), ("CRNCYSTR", 262_159, "-"),
    ("D_T_FMT", 131_112, "%a %b %e %H:%M:%S %Y"), ("D_FMT", 131_113, "%m/%d/%y"),
    ("T_FMT", 131_114, "%H:%M:%S"), ("T_FMT_AMPM", 131_115, "%I:%M:%S %p"),
    ("AM_STR", 131_110, "AM"), ("PM_STR", 131_111, "PM"),
    ("YESEXPR", 327_680, "^[yY]"), ("NOEXPR", 327_681, "^[nN]"),
    ("_DATE_FMT", 131_180, "%a %b %e %H:%M:%S %Z %Y"),
    ("ERA", 131_116, ""), ("ERA_D_FMT", 131_118, ""), ("ERA_D_T_FMT", 131_120, ""), ("ERA_T_FMT", 131_121, ""),
    ("ALT_DIGITS", 131_119, ""),
];

/// `_locale`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("setlocale", Params::Range(1, 2), |m, args| {
            m.with_indices("setlocale", args, &[0], Style::Plain, set_locale)
        }),
        NativeDef::function("localeconv", Params::None, conventions),
        NativeDef::function("nl_langinfo", Params::One, |m, args| {
            m.with_indices("nl_langinfo", args, &[0], Style::Plain, langinfo)
        }),
        NativeDef::function("getencoding", Params::None, |m, _| Ok(codeset(m)?.into())),
        NativeDef::function("strcoll", Params::Range(2, 2), |m, args| {
            for (index, text) in [args.at(0), args.at(1)].into_iter().enumerate() {
                check_text(m, text, &format!("strcoll() argument {}", index + 1))?;
            }
            let order = m.str_text(args.at(0)).points().cmp(m.str_text(args.at(1)).points());
            Ok(m.heap.int(order as i64).into())
        }),
        NativeDef::function("strxfrm", Params::One, |m, args| {
            check_text(m, args.at(0), "strxfrm() argument")?;
            let text = m.str_text(args.at(0)).clone();
            Ok(m.heap.str(text).into())
        }),
        // Nothing is translated in these locales.
        NativeDef::function("gettext", Params::One, |m, args| message(m, args, 0, "gettext() argument")),
        NativeDef::function("dgettext", Params::Range(2, 2), |m, args| {
            message(m, args, 1, "dgettext() argument 2")
        }),
        NativeDef::function("dcgettext", Params::Range(3, 3), |m, args| {
            message(m, args, 1, "dcgettext() argument 2")
        }),
        NativeDef::function("textdomain", Params::One, |m, _| Err(m.unsupported("catalogs of messages"))),
        NativeDef::function("bindtextdomain", Params::Range(2, 2), |m, _| {
            Err(m.unsupported("catalogs of messages"))
        }),
        NativeDef::function("bind_textdomain_codeset", Params::Range(2, 2), |m, _| {
            Err(m.unsupported("catalogs of messages"))
        }),
    ]],
    hidden_types: &[&ERROR],
    constants: &[
        ("LC_ALL", Constant::Int(LC_ALL)),
        ("CHAR_MAX", Constant::Int(UNKNOWN)),
        ("CODESET", Constant::Int(CODESET)),
        ("Error", Constant::Type(types::LOCALE_ERROR)),
    ],
    fill: |m, dict| {
        for (name, number) in &CATEGORIES[..6] {
            m.set_constant(dict, name, Constant::Int(*number));
        }
        for (name, number, _) in LANGINFO {
            m.set_constant(dict, name, Constant::Int(*number));
        }
    },
    ..NativeModule::new("_locale", "The locales C and C.UTF-8.")
};

/// `locale.Error`.
static ERROR: TypeSpec = TypeSpec {
    module: "locale",
    base: types::EXCEPTION,
    layout: Layout::Builtin(types::BASE_EXCEPTION),
    subclassable: true,
    has_dict: true,
    ..TypeSpec::new(types::LOCALE_ERROR, "Error")
};

#[cold]
fn error(m: &mut Machine, message: &str) -> Raise {
    m.raise(types::LOCALE_ERROR, message)
}

/// The first variable that says what a category has: its value, and whether it is the one for all categories.
fn from_environment(m: &Machine, category: usize) -> Option<(String, bool)> {
    let variables = ["LC_ALL", CATEGORIES[category].0, "LANG"];
    variables.iter().find_map(|variable| {
        let value = m.environment_variable(variable.as_bytes())?;
        let value = String::from_utf8_lossy(&value).into_owned();
        (!value.is_empty()).then_some((value, *variable == "LC_ALL"))
    })
}

/// What the environment says of a category.  CPython makes UTF-8 of a plain C, but where `LC_ALL` asks for that.
fn asked_for(m: &mut Machine, category: usize) -> Result<Known, Raise> {
    let plain = if category == CTYPE { Known::Utf8 } else { Known::C };
    match from_environment(m, category) {
        None => Ok(plain),
        Some((name, of_all)) => match Known::named(&name) {
            Some(Known::C) if of_all => Ok(Known::C),
            Some(Known::C) => Ok(plain),
            Some(known) => Ok(known),
            None => Err(m.unsupported(format!("the locale '{name}'"))),
        },
    }
}

/// The locale of a category: until a program sets one, only the codes of characters are those of the environment.
fn current(m: &mut Machine, category: usize) -> Result<Known, Raise> {
    match m.locale.0[category] {
        Some(known) => Ok(known),
        None if category == CTYPE => asked_for(m, category),
        None => Ok(Known::C),
    }
}

/// The name of the locales of all categories: one name, if they have the same.
fn name_of_all(m: &mut Machine) -> Result<String, Raise> {
    let mut names = Vec::new();
    for category in 0..CATEGORIES.len() {
        names.push(current(m, category)?.name());
    }
    if names.iter().all(|name| *name == names[0]) {
        return Ok(names[0].to_owned());
    }
    let parts: Vec<String> =
        CATEGORIES.iter().zip(&names).map(|((category, _), name)| format!("{category}={name}")).collect();
    Ok(parts.join(";"))
}

/// What a name of locales of all categories says of each.
fn of_all(m: &mut Machine, name: &str) -> Result<[Known; CATEGORIES.len()], Raise> {
    let mut found = [Known::C; CATEGORIES.len()];
    if !name.contains(';') {
        found.fill(known(m, name)?);
        return Ok(found);
    }
    let parts: Vec<(&str, &str)> = name.split(';').filter_map(|part| part.split_once('=')).collect();
    for (place, (category, _)) in found.iter_mut().zip(CATEGORIES) {
        match parts.iter().find(|part| part.0 == category) {
            Some((_, name)) => *place = known(m, name)?,
            None => return Err(error(m, "unsupported locale setting")),
        }
    }
    Ok(found)
}

fn known(m: &mut Machine, name: &str) -> Result<Known, Raise> {
    Known::named(name).ok_or_else(|| m.unsupported(format!("the locale '{name}'")))
}

/// `setlocale(category, locale=None)`.
fn set_locale(m: &mut Machine, args: &Args) -> Eval {
    let number = m.heap.int_ref(args.at(0)).and_then(IntRef::small).unwrap_or(-1);
    let category = CATEGORIES.iter().position(|category| category.1 == number);
    let Some(wanted) = args.some(1) else {
        let name = match category {
            Some(category) => current(m, category)?.name().to_owned(),
            None if number == LC_ALL => name_of_all(m)?,
            None => return Err(error(m, "locale query failed")),
        };
        return Ok(m.heap.str(name).into());
    };
    let Some(text) = m.heap.text_of(wanted).map(|text| text.to_string_lossy().into_owned()) else {
        let given = m.argument_class(wanted);
        return Err(m.type_error(format!("setlocale() argument 2 must be str or None, not {given}")));
    };
    if text.contains('\0') {
        return Err(m.value_error("embedded null character"));
    }
    let Some(category) = category else {
        if number != LC_ALL {
            return Err(error(m, "unsupported locale setting"));
        }
        let mut locales = [Known::C; CATEGORIES.len()];
        if text.is_empty() {
            for (category, place) in locales.iter_mut().enumerate() {
                *place = asked_for(m, category)?;
            }
        } else {
            locales = of_all(m, &text)?;
        }
        m.locale = Locale(locales.map(Some));
        let name = name_of_all(m)?;
        return Ok(m.heap.str(name).into());
    };
    let locale = if text.is_empty() { asked_for(m, category)? } else { known(m, &text)? };
    m.locale.0[category] = Some(locale);
    Ok(m.heap.str(locale.name()).into())
}

/// The codes of characters.
fn codeset(m: &mut Machine) -> Result<Value, Raise> {
    let codes = match current(m, CTYPE)? {
        Known::C => "ANSI_X3.4-1968",
        Known::Utf8 | Known::ShortUtf8 => "UTF-8",
    };
    Ok(m.heap.str(codes))
}

fn langinfo(m: &mut Machine, args: &Args) -> Eval {
    let number = m.heap.int_ref(args.at(0)).and_then(IntRef::small).unwrap_or(-1);
    if number == CODESET {
        return Ok(codeset(m)?.into());
    }
    match LANGINFO.iter().find(|info| info.1 == number) {
        Some((_, _, text)) => Ok(m.heap.str(*text).into()),
        None => Err(m.value_error("unsupported langinfo constant")),
    }
}

/// `localeconv()`: numbers and money, of which these locales know next to nothing.
fn conventions(m: &mut Machine, _args: &Args) -> Eval {
    let dict: Handle = m.heap.new_dict();
    let empty = m.heap.str("");
    for name in ["int_curr_symbol", "currency_symbol", "mon_decimal_point", "mon_thousands_sep"] {
        m.set_text_name(dict, name, empty);
    }
    let grouping = m.heap.list(Vec::new());
    m.set_text_name(dict, "mon_grouping", grouping);
    for name in ["positive_sign", "negative_sign"] {
        m.set_text_name(dict, name, empty);
    }
    for name in [
        "int_frac_digits",
        "frac_digits",
        "p_cs_precedes",
        "p_sep_by_space",
        "n_cs_precedes",
        "n_sep_by_space",
        "p_sign_posn",
        "n_sign_posn",
    ] {
        m.set_constant(dict, name, Constant::Int(UNKNOWN));
    }
    let (point, grouping) = (m.heap.str("."), m.heap.list(Vec::new()));
    for (name, value) in [("decimal_point", point), ("thousands_sep", empty), ("grouping", grouping)] {
        m.set_text_name(dict, name, value);
    }
    Ok(Value::object(dict).into())
}

fn check_text(m: &mut Machine, value: Value, what: &str) -> Result<(), Raise> {
    match m.heap.text_of(value) {
        Some(text) if text.points().any(|point| point == 0) => Err(m.value_error("embedded null character")),
        Some(_) => Ok(()),
        None => {
            let given = m.class_name(value);
            Err(m.type_error(format!("{what} must be str, not {given}")))
        }
    }
}

/// A message as it is.
fn message(m: &mut Machine, args: &Args, index: usize, what: &str) -> Eval {
    check_text(m, args.at(index), what)?;
    let text = m.str_text(args.at(index)).clone();
    Ok(m.heap.str(text).into())
}
