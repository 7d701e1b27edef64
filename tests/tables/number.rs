//! Slices and ranges, with numbers of every size.

use num_bigint::BigInt;
use serde::Deserialize;
use serde_json::Value;
use wordcode::machine::number::Int;
use wordcode::machine::range::{Range, RangeIter};
use wordcode::machine::slicing::{self, Indices, ZeroStep};

use crate::support::expected;

/// Numbers are kept as digits, since JSON's have bounds.
type Digits = String;

/// Start, stop, step, length, `slice.indices()` or its error, and what is picked of a short list.
type Slice = (Option<Digits>, Option<Digits>, Option<Digits>, Digits, Value, Option<Vec<usize>>);

#[derive(Deserialize)]
struct Slicing {
    slices: Vec<Slice>,
    indices: Vec<(i64, Option<usize>, usize)>,
}

#[derive(Deserialize)]
struct Case {
    range: [Digits; 3],
    #[serde(default)]
    error: bool,
    #[serde(default)]
    len: Digits,
    #[serde(default)]
    items: Vec<(Digits, Option<Digits>)>,
    #[serde(default)]
    index: Vec<(Digits, Option<Digits>)>,
    #[serde(default)]
    short: Vec<bool>,
    #[serde(default)]
    first: Vec<Vec<Digits>>,
    #[serde(default)]
    parts: Vec<([Option<Digits>; 3], [Digits; 3])>,
}

fn int(digits: &Digits) -> Int {
    digits.parse::<BigInt>().expect("digits").into()
}

#[test]
fn slices_mean_the_same_items() {
    let Slicing { slices, .. } = expected("slicing");
    assert!(slices.len() > 1000);
    for (start, stop, step, len, result, picked) in slices {
        let parts @ [start, stop, step] = &[start, stop, step].map(|part| part.as_ref().map(int));
        let found = slicing::indices(start.as_ref(), stop.as_ref(), step.as_ref(), &int(&len));
        let Ok((first, last, stride)) = found else {
            assert_eq!(Value::String(ZeroStep.to_string()), result);
            continue;
        };
        assert_eq!(
            serde_json::json!([first, last, stride].map(|n| n.to_string())),
            result,
            "{parts:?} of {len}"
        );
        let Some(picked) = picked else { continue };
        let [start, stop, step] = [start, stop, step].map(|part| part.as_ref().map(Int::saturated));
        let indices = Indices::new(start, stop, step, int(&len).small().expect("a short list") as usize);
        let indices = indices.expect("the step is not zero");
        assert_eq!(indices.iter().collect::<Vec<_>>(), picked, "{parts:?} of {len}");
        if let Some(range) = indices.range() {
            assert_eq!(range.collect::<Vec<_>>(), picked);
        }
    }
}

#[test]
fn indices_count_from_both_ends() {
    let Slicing { indices, .. } = expected("slicing");
    for (index, item, place) in indices {
        assert_eq!(slicing::item(index, 5), item, "{index}");
        assert_eq!(slicing::place(index, 5), place, "{index}");
    }
    assert_eq!(slicing::item(0, 0), None);
    assert_eq!(slicing::item(-1, 0), None);
    assert_eq!(Indices::new(None, None, Some(0), 3), Err(ZeroStep));
}

#[test]
fn ranges_compute_the_same() {
    let cases: Vec<Case> = expected("ranges");
    assert!(cases.len() > 80);
    for case in cases {
        let [start, stop, step] = case.range.each_ref().map(int);
        let Ok(range) = Range::new(start, stop, step) else {
            assert!(case.error, "{:?}", case.range);
            continue;
        };
        assert!(!case.error);
        let name = format!("{:?}", case.range);
        assert_eq!(range.len().to_string(), case.len, "{name}");
        for (index, item) in case.items {
            assert_eq!(range.item(&int(&index)).map(|n| n.to_string()), item, "{name}[{index}]");
        }
        for (number, index) in case.index {
            assert_eq!(range.index_of(&int(&number)).map(|n| n.to_string()), index, "{number} in {name}");
        }
        let iterators = [range.iter(), range.reversed()];
        for ((iterator, short), first) in iterators.into_iter().zip(case.short).zip(case.first) {
            assert_eq!(matches!(iterator, RangeIter::Short { .. }), short, "{name}");
            assert_eq!(iterator.take(4).map(|n| n.to_string()).collect::<Vec<_>>(), first, "{name}");
        }
        for (part, result) in case.parts {
            let [start, stop, step] = &part.each_ref().map(|number| number.as_ref().map(int));
            let sub =
                range.slice(start.as_ref(), stop.as_ref(), step.as_ref()).expect("the step is not zero");
            assert_eq!([sub.start, sub.stop, sub.step].map(|n| n.to_string()), result, "{name}[{part:?}]");
        }
    }
}

#[test]
fn ranges_with_the_same_numbers_are_equal() {
    let range = |start: i64, stop: i64, step: i64| {
        Range::new(start.into(), stop.into(), step.into()).expect("a step")
    };
    assert_eq!(range(0, 0, 1).identity(), range(5, 3, 2).identity());
    assert_eq!(range(4, 5, 1).identity(), range(4, 9, 7).identity());
    assert_eq!(range(0, 10, 3).identity(), range(0, 12, 3).identity());
    assert_ne!(range(0, 10, 3).identity(), range(0, 10, 4).identity());
}

#[test]
fn division_rounds_down() {
    let int = Int::from;
    let div = |a: i64, b: i64| int(a).div_mod(&int(b));
    assert_eq!(div(7, -2), Some((int(-4), int(-1))));
    assert_eq!(div(-7, 2), Some((int(-4), int(1))));
    assert_eq!(div(1, 0), None);
    let least = div(i64::MIN, -1).expect("not by zero");
    assert_eq!(least, (Int::from(1_u64 << 63), Int::ZERO));
    assert_eq!(-&least.0, int(i64::MIN));
    assert!(least.0 > int(i64::MAX));
}
