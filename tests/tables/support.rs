//! What the tests share with `expected.py`: its random numbers, its digest and its file.

use serde::Deserialize;
use serde_json::Value;

/// Knuth's linear congruential generator.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// FNV-1a over whole words, and the number of events that went in.
pub struct Digest {
    value: u64,
    events: u64,
}

impl Digest {
    pub fn new() -> Self {
        Self { value: 0xCBF2_9CE4_8422_2325, events: 0 }
    }

    pub fn add(&mut self, words: &[u64]) {
        for word in words {
            self.value = (self.value ^ word).wrapping_mul(0x100_0000_01B3);
        }
        self.events += 1;
    }

    pub fn result(&self) -> Expected {
        Expected { digest: format!("{:016x}", self.value), events: self.events }
    }
}

/// What CPython's digest came to.
#[derive(Debug, Deserialize, PartialEq, Eq)]
pub struct Expected {
    digest: String,
    events: u64,
}

/// One part of `expected.json`.
pub fn expected<T: serde::de::DeserializeOwned>(part: &str) -> T {
    let file: Value = serde_json::from_str(include_str!("expected.json")).expect("expected.json is JSON");
    serde_json::from_value(file[part].clone()).expect("the part has the form its test reads")
}

/// A float from Python's `float.hex()`.
pub fn float_from_hex(text: &str) -> f64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    match digits {
        "inf" => return sign * f64::INFINITY,
        "nan" => return f64::NAN,
        _ => {}
    }
    let (mantissa, exponent) = digits.trim_start_matches("0x").split_once('p').expect("an exponent");
    let exponent: i32 = exponent.parse().expect("a decimal exponent");
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let bits = u64::from_str_radix(&format!("{whole}{fraction}"), 16).expect("hexadecimal digits");
    // In two steps, since a subnormal's scale alone would not be a float.
    let scale = exponent - 4 * fraction.len() as i32;
    sign * bits as f64 * 2f64.powi(scale / 2) * 2f64.powi(scale - scale / 2)
}
