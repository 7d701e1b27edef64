//! Every method of str and bytes against CPython's answers.

mod leaf;

use leaf::{Case, Value, check};
use num_bigint::BigInt;
use wordcode::machine::text::bytes::{self, Class};
use wordcode::machine::text::strip::Ends;
use wordcode::machine::text::{Str, repr, search, split, strip, unicode};

/// An index that was found, or -1.
fn index(found: Option<usize>) -> Value {
    Value::Int(found.map_or(BigInt::from(-1), BigInt::from))
}

/// The `maxsplit` or `count` argument at `at`.
fn limit(case: &Case, at: usize) -> Option<usize> {
    if case.arity() > at { usize::try_from(case.int(at)).ok() } else { None }
}

fn three(parts: Option<(Str, Str)>, separator: &Str, otherwise: [Str; 3]) -> Value {
    let three = parts.map_or(otherwise, |(before, after)| [before, separator.clone(), after]);
    three.to_vec().into()
}

fn ends(name: &str) -> Ends {
    match name {
        "strip" => Ends::Both,
        "lstrip" => Ends::Left,
        "rstrip" => Ends::Right,
        other => panic!("unknown operation {other}"),
    }
}

/// What `text.NAME()` answers, for the methods that take nothing.
fn alone(name: &str, text: &Str) -> Value {
    match name {
        "upper" => text.to_upper().into(),
        "lower" => text.to_lower().into(),
        "title" => text.to_title().into(),
        "capitalize" => text.capitalize().into(),
        "swapcase" => text.swap_case().into(),
        "casefold" => text.to_folded().into(),
        "isalpha" => text.is_alpha().into(),
        "isdigit" => text.is_digit().into(),
        "isdecimal" => text.is_decimal().into(),
        "isnumeric" => text.is_numeric().into(),
        "isalnum" => text.is_alnum().into(),
        "isspace" => text.is_space().into(),
        "isidentifier" => text.is_identifier().into(),
        "isprintable" => text.is_printable().into(),
        "isupper" => text.is_upper().into(),
        "islower" => text.is_lower().into(),
        "istitle" => text.is_title().into(),
        "isascii" => text.is_ascii().into(),
        "repr" => text.repr().into(),
        "ascii" => text.ascii().into(),
        other => panic!("unknown operation {other}"),
    }
}

/// The digest of what `NAME` says of single code points, as the script computes it.
fn over_all(name: &str) -> Value {
    let points = || (0..0x2_0000).chain((0x2_0000..0x11_0000).step_by(61));
    if name.starts_with("is") {
        let chosen: Vec<u64> = points()
            .filter(|&point| alone(name, &Str::from_point(point)) == Value::Bool(true))
            .map(u64::from)
            .collect();
        let sum = (0_u64..).zip(&chosen).fold(0, |sum, (at, point)| (sum + at * point) % (1 << 61));
        return Value::List(vec![chosen.len().into(), Value::Int(sum.into())]);
    }
    let mut total = 0_u128;
    for point in points() {
        let Value::Str(changed) = alone(name, &Str::from_point(point)) else { panic!("no text") };
        for point in changed.points() {
            total = (total * 31 + u128::from(point)) % (1 << 61);
        }
    }
    Value::Int(total.into())
}

fn text_answer(case: &Case) -> Value {
    if let Some(name) = case.operation.strip_prefix("all ") {
        return over_all(name);
    }
    let text = case.str(0);
    let other = || case.str(1);
    let range = || {
        let at = |index: usize| usize::try_from(case.int(index)).expect("an index");
        if case.arity() > 2 { at(2)..at(3) } else { 0..text.len() }
    };
    let separated = case.arity() > 1 && case.args[1] != Value::None;
    match case.operation.as_str() {
        "find" => index(text.find(other(), range())),
        "rfind" => index(text.rfind(other(), range())),
        "count" => text.count(other(), range()).into(),
        "startswith" => text.starts_with(other(), range()).into(),
        "endswith" => text.ends_with(other(), range()).into(),
        "replace" => text.replace(other(), case.str(2), limit(case, 3)).into(),
        "removeprefix" => text.remove_prefix(other()).into(),
        "removesuffix" => text.remove_suffix(other()).into(),
        "split" if separated => text.split(other(), limit(case, 2)).into(),
        "rsplit" if separated => text.rsplit(other(), limit(case, 2)).into(),
        "split" => text.split_whitespace(limit(case, 2)).into(),
        "rsplit" => text.rsplit_whitespace(limit(case, 2)).into(),
        "splitlines" => text.split_lines(case.arity() > 1).into(),
        "partition" => three(text.partition(other()), other(), [text.clone(), Str::empty(), Str::empty()]),
        "rpartition" => three(text.rpartition(other()), other(), [Str::empty(), Str::empty(), text.clone()]),
        name @ ("strip" | "lstrip" | "rstrip") => text.strip(ends(name), separated.then(other)).into(),
        "zfill" => text.zfill(limit(case, 1).unwrap_or(0)).into(),
        "expandtabs" => text.expand_tabs(limit(case, 1).unwrap_or(8)).into(),
        "center" => text.center(limit(case, 1).unwrap_or(0), 0xE9).into(),
        "ljust" => text.ljust(limit(case, 1).unwrap_or(0), 0xE9).into(),
        "rjust" => text.rjust(limit(case, 1).unwrap_or(0), 0xE9).into(),
        name => alone(name, text),
    }
}

fn bytes_answer(case: &Case) -> Value {
    if case.operation == "fromhex" {
        return match bytes::from_hex(case.str(0)) {
            Ok(bytes) => bytes.into(),
            Err(error) => Value::Error("ValueError".into(), error.message()),
        };
    }
    let value = case.bytes(0);
    let whole = 0..value.len();
    let width = || limit(case, 1).unwrap_or(0);
    let parts = |ranges: Vec<std::ops::Range<usize>>| {
        Value::List(ranges.into_iter().map(|range| value[range].to_vec().into()).collect())
    };
    match case.operation.as_str() {
        "upper" => value.to_ascii_uppercase().into(),
        "lower" => value.to_ascii_lowercase().into(),
        "title" => bytes::to_title(value).into(),
        "capitalize" => bytes::capitalize(value).into(),
        "swapcase" => bytes::swap_case(value).into(),
        "isalpha" => bytes::is(Class::Alpha, value).into(),
        "isdigit" => bytes::is(Class::Digit, value).into(),
        "isalnum" => bytes::is(Class::Alnum, value).into(),
        "isspace" => bytes::is(Class::Space, value).into(),
        "isupper" => bytes::is(Class::Upper, value).into(),
        "islower" => bytes::is(Class::Lower, value).into(),
        "istitle" => bytes::is(Class::Title, value).into(),
        "expandtabs" => bytes::expand_tabs(value, 8).into(),
        name @ ("strip" | "lstrip" | "rstrip") => {
            value[strip::strip(value, ends(name), bytes::is_space)].to_vec().into()
        }
        "split" if case.arity() > 1 => parts(split::split(value, case.bytes(1), limit(case, 2))),
        "rsplit" if case.arity() > 1 => parts(split::rsplit(value, case.bytes(1), limit(case, 2))),
        "split" => parts(split::split_whitespace(value, None, bytes::is_space)),
        "rsplit" => parts(split::rsplit_whitespace(value, None, bytes::is_space)),
        "splitlines" => parts(split::split_lines(value, false, bytes::is_line_break)),
        "hex" if case.arity() > 1 => bytes::hex(value, Some(b'-'), case.int(2)).into(),
        "hex" => bytes::hex(value, None, 1).into(),
        "repr" => repr::bytes(value).into(),
        "find" => index(search::find(value, case.bytes(1), whole)),
        "rfind" => index(search::rfind(value, case.bytes(1), whole)),
        "count" => search::count(value, case.bytes(1), whole).into(),
        "startswith" => search::starts_with(value, case.bytes(1), whole).into(),
        "endswith" => search::ends_with(value, case.bytes(1), whole).into(),
        "replace" => bytes::replace(value, case.bytes(1), case.bytes(2), None).into(),
        "center" => bytes::center(value, width(), b'*').into(),
        "ljust" => bytes::ljust(value, width(), b'*').into(),
        "rjust" => bytes::rjust(value, width(), b'*').into(),
        "zfill" => bytes::zfill(value, width()).into(),
        other => panic!("unknown operation {other}"),
    }
}

#[test]
fn str_methods() {
    check("text", text_answer);
}

#[test]
fn bytes_methods() {
    check("bytes", bytes_answer);
}

#[test]
fn decimal_digits_have_their_value() {
    let digits = (0..=0x10_FFFF).filter(|&point| unicode::is_decimal(point));
    let mut expected = (0..10).cycle();
    for point in digits {
        assert_eq!(unicode::decimal_value(point), expected.next(), "{point:#x}");
    }
    assert!(
        (0..=0x10_FFFF).all(|point| unicode::decimal_value(point).is_some() == unicode::is_decimal(point))
    );
}
