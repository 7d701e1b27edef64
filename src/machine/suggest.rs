//! "Did you mean …?": the name that was probably meant, as CPython finds it.
//!
//! Names are compared byte by byte in UTF-8, as in CPython, so a letter outside ASCII costs more.

/// What an insertion, a deletion or an exchange of two letters costs.
const MOVE_COST: usize = 2;
/// What another case of the same letter costs.
const CASE_COST: usize = 1;
/// From so many candidates on, nothing is looked for.
pub const MAX_CANDIDATES: usize = 750;
/// Longer names, without what they share at both ends, are not compared.
const MAX_STRING_SIZE: usize = 40;

/// The first of the candidates nearest to `name`, if it is near enough.
pub fn suggestion<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    if candidates.len() >= MAX_CANDIDATES {
        return None;
    }
    let mut best: Option<(&str, usize)> = None;
    for &candidate in candidates {
        if candidate == name {
            continue;
        }
        // No more than a third of the letters may have to change, and it must beat the best so far.
        let fair = (name.len() + candidate.len() + 3) * MOVE_COST / 6;
        let limit = best.map_or(fair, |(_, distance)| fair.min(distance.saturating_sub(1)));
        if let Some(distance) = distance(name.as_bytes(), candidate.as_bytes(), limit) {
            best = Some((candidate, distance));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// The cost of making one of the other, None if it is above `limit`.
pub fn distance<'a>(mut a: &'a [u8], mut b: &'a [u8], limit: usize) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let within = |cost: usize| (cost <= limit).then_some(cost);
    if a.is_empty() || b.is_empty() {
        return within((a.len() + b.len()) * MOVE_COST);
    }
    if a.len() > MAX_STRING_SIZE || b.len() > MAX_STRING_SIZE {
        return None;
    }
    if b.len() < a.len() {
        (a, b) = (b, a);
    }
    if (b.len() - a.len()) * MOVE_COST > limit {
        return None;
    }
    // One row of the matrix of costs: from the part of `b` seen so far to each start of `a`.
    let mut row: Vec<usize> = (1..=a.len()).map(|len| len * MOVE_COST).collect();
    let mut result = 0;
    for (seen, &letter) in b.iter().enumerate() {
        result = seen * MOVE_COST;
        let mut diagonal = result;
        let mut least = usize::MAX;
        for (cost, &other) in row.iter_mut().zip(a) {
            let exchange = diagonal + substitution_cost(letter, other);
            diagonal = *cost;
            result = exchange.min(result.min(diagonal) + MOVE_COST);
            *cost = result;
            least = least.min(result);
        }
        if least > limit {
            return None;
        }
    }
    within(result)
}

const fn substitution_cost(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}
