//! Reads the cases that tests/leaf_expected.py wrote and compares our answers with CPython's.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use num_bigint::BigInt;
use num_traits::Num;
use serde_json::Value as Json;
use wordcode::machine::text::Str;

/// A value of a case.
#[derive(Clone, PartialEq)]
pub enum Value {
    None,
    Bool(bool),
    Int(BigInt),
    /// The bits, so that NaN and -0.0 compare as they should; there is one NaN.
    Float(u64),
    Complex(u64, u64),
    Bytes(Vec<u8>),
    Str(Str),
    List(Vec<Value>),
    Error(String, String),
}

impl fmt::Debug for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => out.write_str("None"),
            Self::Bool(value) => write!(out, "{value:?}"),
            Self::Int(value) => write!(out, "{value}"),
            Self::Float(bits) => write!(out, "float {:?} ({bits:016x})", f64::from_bits(*bits)),
            Self::Complex(real, imag) => {
                write!(out, "complex {:?} {:?}", f64::from_bits(*real), f64::from_bits(*imag))
            }
            Self::Bytes(bytes) => write!(out, "bytes {}", bytes.escape_ascii()),
            Self::Str(text) => write!(out, "{text:?}"),
            Self::List(items) => out.debug_list().entries(items).finish(),
            Self::Error(kind, message) => write!(out, "{kind}: {message}"),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Str> for Value {
    fn from(value: Str) -> Self {
        Self::Str(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Str(value.into())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Str(value.into())
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(one_nan(value.to_bits()))
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(value.into())
    }
}

impl From<BigInt> for Value {
    fn from(value: BigInt) -> Self {
        Self::Int(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl From<Vec<Str>> for Value {
    fn from(values: Vec<Str>) -> Self {
        Self::List(values.into_iter().map(Self::Str).collect())
    }
}

/// A case: the operation, its arguments, CPython's answer.
pub struct Case {
    pub operation: String,
    pub args: Vec<Value>,
    pub answer: Value,
    /// The line in the file, from 1.
    pub line: usize,
}

impl Case {
    /// How many arguments there are.
    pub fn arity(&self) -> usize {
        self.args.len()
    }

    pub fn str(&self, at: usize) -> &Str {
        match &self.args[at] {
            Value::Str(text) => text,
            other => panic!("line {}: {other:?} is no str", self.line),
        }
    }

    pub fn bytes(&self, at: usize) -> &[u8] {
        match &self.args[at] {
            Value::Bytes(bytes) => bytes,
            other => panic!("line {}: {other:?} is no bytes", self.line),
        }
    }

    pub fn int(&self, at: usize) -> i64 {
        i64::try_from(self.big(at)).expect("a small int")
    }

    pub fn big(&self, at: usize) -> &BigInt {
        match &self.args[at] {
            Value::Int(value) => value,
            other => panic!("line {}: {other:?} is no int", self.line),
        }
    }

    pub fn float(&self, at: usize) -> f64 {
        match &self.args[at] {
            Value::Float(bits) => f64::from_bits(*bits),
            other => panic!("line {}: {other:?} is no float", self.line),
        }
    }
}

/// The bits of a float, the same for every NaN: which one it is depends on the processor.
pub fn one_nan(bits: u64) -> u64 {
    if f64::from_bits(bits).is_nan() { f64::NAN.to_bits() } else { bits }
}

fn bits(hex: &Json) -> u64 {
    one_nan(u64::from_str_radix(hex.as_str().expect("bits"), 16).expect("hexadecimal"))
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(value) => Value::Bool(*value),
        Json::String(text) => Value::Str(text.as_str().into()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(map) => {
            let (key, inner) = map.iter().next().expect("a key");
            match key.as_str() {
                "int" => {
                    let text = inner.as_str().expect("digits").replacen("0x", "", 1);
                    Value::Int(BigInt::from_str_radix(&text, 16).expect("hexadecimal"))
                }
                "float" => Value::Float(bits(inner)),
                "complex" => Value::Complex(bits(&inner[0]), bits(&inner[1])),
                "bytes" => {
                    let hex = inner.as_str().expect("hexadecimal");
                    let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("a byte");
                    Value::Bytes((0..hex.len()).step_by(2).map(byte).collect())
                }
                "points" => {
                    let points = inner.as_array().expect("points").iter();
                    Value::Str(points.map(|point| point.as_u64().expect("a point") as u32).collect())
                }
                "error" => {
                    let text = |key: &str| map[key].as_str().expect("text").to_owned();
                    Value::Error(text("error"), text("message"))
                }
                other => panic!("unknown kind of value {other}"),
            }
        }
        Json::Number(_) => panic!("numbers are written as text"),
    }
}

/// Compares `answer` with CPython's for every case of `name`; panics with the first 20 that differ.
pub fn check(name: &str, answer: impl Fn(&Case) -> Value) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/leaf").join(format!("{name}.jsonl"));
    let text = std::fs::read_to_string(path).expect("the expected file");
    let mut differ = Vec::new();
    let mut count = 0;
    for (at, line) in text.lines().enumerate() {
        let json = Json::from_str(line).expect("a JSON line");
        let Value::List(args) = value(&json[1]) else { panic!("arguments are an array") };
        let operation = json[0].as_str().expect("a name").to_owned();
        let case = Case { operation, args, answer: value(&json[2]), line: at + 1 };
        let ours = answer(&case);
        count += 1;
        if ours != case.answer {
            differ.push(format!(
                "line {}: {} {:?}\n  CPython {:?}\n  ours    {ours:?}",
                case.line, case.operation, case.args, case.answer
            ));
        }
    }
    assert!(count > 0);
    let shown = differ.len().min(20);
    assert!(differ.is_empty(), "{} of {count} differ\n{}", differ.len(), differ[..shown].join("\n"));
}
