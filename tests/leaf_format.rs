//! Format specifications, `%` and `str.format` against CPython's answers.

mod leaf;

use leaf::{Case, Value, check};
use num_bigint::BigInt;
use wordcode::machine::format::percent::{self, Amount, Directive, Field, Piece, Template};
use wordcode::machine::format::template::{self, Access, First, Numbering};
use wordcode::machine::format::{self, ErrorKind, FormatError};
use wordcode::machine::number::int::DEFAULT_DIGIT_LIMIT;
use wordcode::machine::number::{Complex, Int, float};
use wordcode::machine::text::{Str, StrBuilder, repr};

type Outcome<T> = Result<T, FormatError>;

fn answer<T: Into<Value>>(result: Outcome<T>) -> Value {
    match result {
        Ok(value) => value.into(),
        Err(error) => {
            let kind = match error.kind {
                ErrorKind::ZeroDivision => "ZeroDivisionError",
                ErrorKind::Overflow | ErrorKind::Range => "OverflowError",
                ErrorKind::Value => "ValueError",
                ErrorKind::Memory => "MemoryError",
                ErrorKind::Type => "TypeError",
            };
            Value::Error(kind.to_owned(), error.to_string())
        }
    }
}

fn type_error(message: &str) -> FormatError {
    FormatError { kind: ErrorKind::Type, message: message.to_owned().into() }
}

/// `format(value, spec)`.
fn by_spec(value: &Value, spec: &Str) -> Outcome<Str> {
    match value {
        Value::Int(value) => {
            format::int::format(Int::from(value.clone()).view(), spec, "int", DEFAULT_DIGIT_LIMIT)
        }
        Value::Float(bits) => format::float::format(f64::from_bits(*bits), spec, "float"),
        Value::Complex(real, imag) => {
            let value = Complex { real: f64::from_bits(*real), imag: f64::from_bits(*imag) };
            format::complex::format(value, spec, "complex")
        }
        Value::Str(text) => format::text::format(text, spec, "str"),
        other => panic!("{other:?} is not formatted"),
    }
}

/// `repr(value)`, or `str(value)`.
fn shown(value: &Value, quoted: bool) -> Str {
    match value {
        Value::Int(value) => value.to_string().into(),
        Value::Float(bits) => float::repr(f64::from_bits(*bits)).into(),
        Value::Str(text) if quoted => text.repr(),
        Value::Str(text) => text.clone(),
        Value::Bytes(bytes) => repr::bytes(bytes).into(),
        other => panic!("{other:?} is not shown"),
    }
}

/// The argument of a directive: the values in order, or one of a mapping.
struct Arguments<'a> {
    values: &'a [Value],
    next: usize,
    mapping: bool,
    taken: Option<Value>,
}

impl Arguments<'_> {
    fn next(&mut self) -> Outcome<Value> {
        if let Some(value) = self.taken.take() {
            return Ok(value);
        }
        let value = if self.mapping { None } else { self.values.get(self.next) };
        self.next += 1;
        value.cloned().ok_or(percent::NOT_ENOUGH)
    }

    fn amount(&mut self, amount: Amount) -> Outcome<Option<i64>> {
        match amount {
            Amount::None => Ok(None),
            Amount::Given(amount) => Ok(Some(amount as i64)),
            Amount::Argument => match self.next()? {
                Value::Int(value) => Ok(Some(i64::try_from(value).expect("a small int"))),
                _ => Err(percent::STAR_WANTS_INT),
            },
        }
    }
}

/// One directive, as the machine will do it: errors in CPython's order.
fn directive(template: Template<'_>, read: Directive, args: &mut Arguments<'_>) -> Outcome<Vec<u32>> {
    if let Some(key) = read.key {
        if !args.mapping {
            return Err(percent::NO_MAPPING);
        }
        let key = key?;
        let Template::Str(text) = template else { panic!("keys are tried with str") };
        let key = Value::Str(text.slice(key));
        let found = args.values.iter().find_map(|pair| match pair {
            Value::List(pair) if pair[0] == key => Some(pair[1].clone()),
            _ => None,
        });
        args.taken = Some(found.expect("the key is there"));
    }
    let mut flags = read.flags;
    let width = args.amount(read.width?)?.unwrap_or(0);
    flags.left |= width < 0;
    let precision = args.amount(read.precision?)?.map(|precision| precision.max(0) as usize);
    let field = Field { flags, width: width.unsigned_abs() as usize, precision };
    let (conversion, index) = read.conversion?;
    let value = args.next()?;
    let is_bytes = matches!(template, Template::Bytes(_));
    let conversion_char = char::from_u32(conversion).unwrap_or('\0');
    let text = match (conversion_char, &value) {
        ('d' | 'i' | 'u' | 'o' | 'x' | 'X', Value::Int(value)) => {
            let value = Int::from(value.clone());
            percent::int(value.view(), conversion_char, &field, DEFAULT_DIGIT_LIMIT)?
        }
        ('e' | 'E' | 'f' | 'F' | 'g' | 'G', Value::Float(bits)) => {
            percent::float(f64::from_bits(*bits), conversion_char, &field)?
        }
        ('c', Value::Int(value)) if is_bytes => {
            let byte = percent::byte_of(Int::from(value.clone()).view())?;
            return Ok(percent::byte(&[byte], &field)?.into_iter().map(u32::from).collect());
        }
        ('c', Value::Int(value)) => {
            percent::character(&percent::character_of(Int::from(value.clone()).view())?, &field)?
        }
        ('c', Value::Str(text)) => percent::character(text, &field)?,
        ('s' | 'b', Value::Bytes(bytes)) if is_bytes => {
            return Ok(percent::byte_string(bytes, &field)?.into_iter().map(u32::from).collect());
        }
        ('s' | 'b', _) if is_bytes => {
            let message =
                "%b requires a bytes-like object, or an object that implements __bytes__, not 'int'";
            return Err(type_error(message));
        }
        ('s', value) if !is_bytes => percent::text(&shown(value, false), &field)?,
        ('r', value) if !is_bytes => percent::text(&shown(value, true), &field)?,
        ('a' | 'r', value) => percent::text(&shown(value, true).backslash_escaped(), &field)?,
        _ => return Err(Directive::unsupported(template, conversion, index)),
    };
    Ok(text.points().collect())
}

fn percent_points(template: Template<'_>, values: &[Value], mapping: bool) -> Outcome<Vec<u32>> {
    let mut args = Arguments { values, next: 0, mapping, taken: None };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((piece, next)) = percent::next(template, at) {
        at = next;
        match piece {
            Piece::Literal(range) => match template {
                Template::Str(text) => out.extend(text.slice(range).points()),
                Template::Bytes(bytes) => out.extend(bytes[range].iter().copied().map(u32::from)),
            },
            Piece::Directive(read) => out.extend(directive(template, read, &mut args)?),
        }
    }
    let kind = if matches!(template, Template::Str(_)) { "string" } else { "bytes" };
    if args.next < values.len() && !mapping {
        return Err(type_error(&format!("not all arguments converted during {kind} formatting")));
    }
    Ok(out)
}

fn percent_answer(case: &Case) -> Value {
    match case.operation.as_str() {
        "str" => answer(
            percent_points(Template::Str(case.str(0)), &case.args[1..], false)
                .map(|points| points.into_iter().collect::<Str>()),
        ),
        "bytes" => answer(
            percent_points(Template::Bytes(case.bytes(0)), &case.args[1..], false)
                .map(|points| points.into_iter().map(|point| point as u8).collect::<Vec<u8>>()),
        ),
        "mapping" => {
            let Value::List(pairs) = &case.args[1] else { panic!("pairs") };
            answer(
                percent_points(Template::Str(case.str(0)), pairs, true)
                    .map(|points| points.into_iter().collect::<Str>()),
            )
        }
        other => panic!("unknown operation {other}"),
    }
}

/// `_string.formatter_parser`.
fn parsed(text: &Str) -> Outcome<Vec<Value>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some((piece, next)) = template::next(text, at..text.len())? {
        at = next;
        let field = piece.field.as_ref();
        let nested = field.is_some_and(|field| field.nested);
        assert_eq!(
            nested,
            field.is_some_and(|field| text.slice(field.spec.clone()).contains(&Str::from("{")))
        );
        pieces.push(Value::List(vec![
            text.slice(piece.literal).into(),
            field.map(|field| text.slice(field.name.clone())).into(),
            field.map(|field| text.slice(field.spec.clone())).into(),
            field.and_then(|field| field.conversion).map(Str::from_point).into(),
        ]));
    }
    Ok(pieces)
}

/// `_string.formatter_field_name_split`.
fn split(text: &Str) -> Outcome<Value> {
    let first = template::first_name(text, 0..text.len(), &mut Numbering::default())?;
    let (first, mut at) = match first {
        // There, a name that is not given stays empty.
        (First::Index(_), 0) => (Str::empty().into(), 0),
        (First::Index(index), at) => (index.into(), at),
        (First::Name(name), at) => (text.slice(name).into(), at),
    };
    let mut rest = Vec::new();
    while let Some((access, next)) = template::next_access(text, at..text.len())? {
        at = next;
        rest.push(Value::List(match access {
            Access::Attribute(name) => vec![true.into(), text.slice(name).into()],
            Access::Index(index) => vec![false.into(), index.into()],
            Access::Key(key) => vec![false.into(), text.slice(key).into()],
        }));
    }
    Ok(Value::List(vec![first, Value::List(rest)]))
}

/// `text.format(*args)`, for positional arguments.
fn rendered(text: &Str, args: &[Value], numbering: &mut Numbering, depth: usize) -> Outcome<Str> {
    if depth == 0 {
        return Err(template::too_deep());
    }
    let mut out = StrBuilder::new();
    let mut at = 0;
    while let Some((piece, next)) = template::next(text, at..text.len())? {
        at = next;
        out.push_str(&text.slice(piece.literal));
        let Some(field) = piece.field else { continue };
        let (first, mut rest) = template::first_name(text, field.name.clone(), numbering)?;
        let First::Index(index) = first else { panic!("only positional fields are tried") };
        let mut value = args.get(index).cloned().ok_or_else(|| {
            let message = format!("Replacement index {index} out of range for positional args tuple");
            FormatError::value(message)
        })?;
        while let Some((access, next)) = template::next_access(text, rest..field.name.end)? {
            rest = next;
            let (Access::Index(index), Value::Str(inner)) = (access, &value) else {
                panic!("only str[index]")
            };
            value = Str::from_point(inner.get(index).expect("in range")).into();
        }
        if let Some(conversion) = field.conversion {
            value = match char::from_u32(conversion) {
                Some('r') => shown(&value, true),
                Some('s') => shown(&value, false),
                Some('a') => shown(&value, true).backslash_escaped(),
                _ => return Err(template::unknown_conversion(conversion)),
            }
            .into();
        }
        let mut spec = text.slice(field.spec);
        if field.nested {
            spec = rendered(&spec, args, numbering, depth - 1)?;
        }
        out.push_str(&by_spec(&value, &spec)?);
    }
    Ok(out.finish())
}

fn template_answer(case: &Case) -> Value {
    let text = case.str(0);
    match case.operation.as_str() {
        "parse" => parsed(text).map_or_else(|error| answer::<Str>(Err(error)), Value::List),
        "split" => split(text).unwrap_or_else(|error| answer::<Str>(Err(error))),
        "format" => {
            let ours =
                answer(rendered(text, &case.args[1..], &mut Numbering::default(), template::MAX_DEPTH));
            match ours {
                // It is an IndexError; the one who looks the argument up raises it.
                Value::Error(_, message) if message.starts_with("Replacement index") => {
                    Value::Error("IndexError".to_owned(), message)
                }
                other => other,
            }
        }
        other => panic!("unknown operation {other}"),
    }
}

#[test]
fn specifications() {
    check("format", |case| answer(by_spec(&case.args[0], case.str(1))));
}

#[test]
fn percent_directives() {
    check("percent", percent_answer);
}

#[test]
fn format_templates() {
    check("template", template_answer);
}

#[test]
fn absurd_widths_are_refused() {
    let value = Value::Int(BigInt::from(5));
    for spec in ["999999999999d", "0999999999999,d", "999999999999c"] {
        assert_eq!(by_spec(&value, &Str::from(spec)), Err(FormatError::MEMORY), "{spec}");
    }
    for spec in ["999999999999", ".2000000000f", "999999999999%"] {
        assert_eq!(by_spec(&Value::from(1.5), &Str::from(spec)), Err(FormatError::MEMORY), "{spec}");
    }
    assert_eq!(by_spec(&Value::from("a"), &Str::from("999999999999")), Err(FormatError::MEMORY));
    let field = Field { width: usize::MAX, ..Field::default() };
    assert_eq!(percent::int(Int::Small(1).view(), 'd', &field, 0), Err(FormatError::MEMORY));
    assert_eq!(percent::text(&Str::empty(), &field), Err(FormatError::MEMORY));
}
