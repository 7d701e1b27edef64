//! Hashes, value by value.

use num_bigint::BigInt;
use serde_json::Value;
use wordcode::machine::hash::{self, FrozenSetHash, TupleHash};

use crate::support::{expected, float_from_hex};

fn numbers(value: &Value) -> Vec<i64> {
    value.as_array().expect("numbers").iter().map(|item| item.as_i64().expect("a number")).collect()
}

fn computed(kind: &str, value: &Value) -> i64 {
    match kind {
        "str" => {
            let points: Vec<u32> = numbers(value).into_iter().map(|point| point as u32).collect();
            let hashed = hash::code_points(points.iter().copied());
            if let Some(text) = points.iter().map(|&point| char::from_u32(point)).collect::<Option<String>>()
            {
                assert_eq!(hash::str(&text), hashed);
            }
            hashed
        }
        "bytes" => hash::bytes(&numbers(value).into_iter().map(|byte| byte as u8).collect::<Vec<u8>>()),
        "int" => {
            let value: BigInt = value.as_str().expect("digits").parse().expect("an integer");
            if let Ok(small) = i64::try_from(&value) {
                assert_eq!(hash::int(small), hash::big_int(&value));
            }
            hash::big_int(&value)
        }
        "float" => hash::float(float_from_hex(value.as_str().expect("a float")), 0),
        "complex" => {
            let [real, imaginary] =
                [0, 1].map(|index| float_from_hex(value[index].as_str().expect("a float")));
            hash::complex(real, imaginary, 0)
        }
        "tuple" => {
            let mut tuple = TupleHash::new(numbers(value).len());
            for item in numbers(value) {
                tuple.add(hash::int(item));
            }
            tuple.finish()
        }
        "frozenset" => {
            let mut set = FrozenSetHash::default();
            for item in numbers(value).into_iter().rev() {
                set.add(hash::int(item));
            }
            set.finish()
        }
        "slice" => {
            let parts = numbers(value);
            hash::slice(hash::int(parts[0]), hash::int(parts[1]), hash::int(parts[2]))
        }
        "none" => hash::NONE,
        other => panic!("no such kind of hash: {other}"),
    }
}

#[test]
fn hashes_are_cpythons() {
    let rows: Vec<(String, Value, i64)> = expected("hashes");
    assert!(rows.len() > 200);
    for (kind, value, hash) in rows {
        assert_eq!(computed(&kind, &value), hash, "{kind} {value}");
    }
}

#[test]
fn nan_hashes_by_identity() {
    assert_eq!(hash::float(f64::NAN, 0x1230), 0x123);
    assert_ne!(hash::complex(f64::NAN, 0.0, 0x1230), hash::complex(f64::NAN, 0.0, 0x1240));
    assert_eq!(hash::pointer(0x1F), (0xF000_0000_0000_0001_u64) as i64);
}
