//! Sorts whose comparisons CPython made before us, in the same order.

use serde::Deserialize;
use wordcode::machine::sort::{Sort, SortStep, sort_by};

use crate::support::{Digest, Expected, Random, expected};

#[derive(Deserialize, Debug)]
struct Case {
    kind: String,
    size: u64,
    reverse: bool,
    /// The comparison that raises, counted from 1; 0 for none.
    raises: u64,
    /// One of so many answers is random; 0 for none.
    lies: u64,
    seed: u64,
    #[serde(flatten)]
    expected: Expected,
}

fn shape(kind: &str, size: u64, random: &mut Random) -> Vec<i64> {
    let signed = size as i64;
    let up = 0..signed;
    match kind {
        "random" => up.map(|_| random.below(size * 10 + 1) as i64).collect(),
        "few" => up.map(|_| random.below(4) as i64).collect(),
        "equal" => up.map(|_| 1).collect(),
        "up" => up.collect(),
        "down" => (1..=signed).rev().collect(),
        "down equals" => up.map(|i| -(i / 3)).collect(),
        "equals then down" => {
            let half = signed / 2;
            (0..half).map(|_| 5).chain((5 - half..5).rev()).collect()
        }
        "saw" => up.map(|i| i % 37).collect(),
        "organ" => up.map(|i| i.min(signed - i)).collect(),
        "up and tail" => {
            let tail: Vec<i64> = (0..size / 10).map(|_| random.below(size + 1) as i64).collect();
            up.chain(tail).collect()
        }
        "swaps" => {
            let mut numbers: Vec<i64> = up.collect();
            for _ in 0..=size / 20 {
                let [i, j] = [0; 2].map(|_| random.below(size.max(1)) as usize);
                if size > 0 {
                    numbers.swap(i, j);
                }
            }
            numbers
        }
        "blocks" => {
            let mut numbers = Vec::new();
            while (numbers.len() as u64) < size {
                let start = random.below(size) as i64;
                numbers.extend(start..=start + random.below(100) as i64);
            }
            numbers
        }
        "two runs" => up.clone().step_by(2).chain(up.skip(1).step_by(2)).collect(),
        "far runs" => (signed / 2..signed).chain(0..signed / 2).collect(),
        other => panic!("no such shape: {other}"),
    }
}

#[test]
fn comparisons_come_in_cpythons_order() {
    let cases: Vec<Case> = expected("sorts");
    assert!(cases.len() > 500);
    for case in cases {
        let mut random = Random(case.seed);
        let mut digest = Digest::new();
        let numbers = shape(&case.kind, case.size, &mut random);
        let serials: Vec<usize> = (0..numbers.len()).collect();
        // The values go along with the keys, and nothing else may change by that.
        let values = serials.iter().map(|serial| serial + 7).collect();
        let mut sort = Sort::new(serials, Some(values), case.reverse);
        let mut answer = None;
        let mut compared = 0;
        while let SortStep::Compare(a, b) = sort.step(answer) {
            digest.add(&[a as u64, b as u64]);
            compared += 1;
            if compared == case.raises {
                break;
            }
            let lies = case.lies > 0 && random.below(case.lies) == 0;
            answer = Some(if lies { random.below(2) == 1 } else { numbers[a] < numbers[b] });
            if compared % 997 == 0 {
                // Between two comparisons the sort is data, and nothing is lost or doubled.
                sort = sort.clone();
                let mut held = Vec::new();
                sort.each_value(&mut |value| held.push(value));
                held.sort_unstable();
                let mut all: Vec<usize> = (0..numbers.len()).chain(7..numbers.len() + 7).collect();
                all.sort_unstable();
                assert_eq!(held, all);
            }
        }
        for serial in sort.into_items() {
            digest.add(&[serial as u64 - 7]);
        }
        assert_eq!(digest.result(), case.expected, "{case:?}");
    }
}

#[test]
fn a_sort_is_stable_both_ways() {
    let keys: Vec<(u64, u64)> = (0..500).map(|i| (i * 7919 % 13, i)).collect();
    let mut up = keys.clone();
    up.sort_by_key(|&(key, _)| key);
    assert_eq!(sort_by(keys.clone(), None, false, |a, b| a.0 < b.0), up);
    let mut down = keys.clone();
    down.sort_by_key(|&(key, _)| std::cmp::Reverse(key));
    assert_eq!(sort_by(keys, None, true, |a, b| a.0 < b.0), down);
}

#[test]
fn a_question_stays_until_it_is_answered() {
    let mut sort = Sort::new(vec![3, 1, 2], None, false);
    let first = sort.step(None);
    assert_eq!(sort.step(None), first);
    assert_eq!(first, SortStep::Compare(1, 3));
}
