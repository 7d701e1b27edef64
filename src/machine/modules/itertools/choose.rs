//! `product`, `permutations`, `combinations` and `combinations_with_replacement`: nothing of the program runs.

use super::super::super::Machine;
use super::super::super::native::Do;
use super::super::super::value::{Handle, Value};
use super::tool::{Choice, Choosing, Tool};

fn choice(m: &mut Machine, iterator: Handle) -> &mut Choice {
    match m.heap.tool_mut(iterator) {
        Tool::Choose(choice) => choice,
        _ => panic!("the kind of an iterator stays"),
    }
}

fn result_of(tool: &mut Tool) -> &mut Option<Value> {
    match tool {
        Tool::Choose(choice) => &mut choice.result,
        Tool::Product(product) => &mut product.result,
        _ => panic!("the kind of an iterator stays"),
    }
}

/// Gives these items: in the tuple given last if nobody has that any more, else in a new one.
fn give(m: &mut Machine, iterator: Handle, last: Option<Value>, items: Vec<Value>) -> Do {
    if let Some(last) = last
        && m.refill_tuple(last, &items)
    {
        return Do::Done(last);
    }
    let tuple = m.heap.tuple(items);
    m.set_tool(iterator, result_of, Some(tuple));
    Do::Done(tuple)
}

/// Moves the places of a combination on to the next one; false if there is none.
fn advance_combination(kind: Choosing, indices: &mut [usize], pool: usize) -> bool {
    let chosen = indices.len();
    // The last place that can move: behind it, all stand at their ends.
    let end = |place: usize| match kind {
        Choosing::WithReplacement => pool - 1,
        Choosing::Combinations | Choosing::Permutations => place + pool - chosen,
    };
    let Some(place) = (0..chosen).rev().find(|place| indices[*place] != end(*place)) else { return false };
    let from = indices[place] + 1;
    for (offset, index) in indices[place..].iter_mut().enumerate() {
        *index = if kind == Choosing::WithReplacement { from } else { from + offset };
    }
    true
}

/// The next combination, with or without repetitions.
pub fn next_combination(m: &mut Machine, iterator: Handle, reuses: bool) -> Do {
    let pool = choice(m, iterator).pool;
    let size = m.tuple_items(pool).len();
    let choice = choice(m, iterator);
    if choice.stopped
        || (choice.result.is_some() && !advance_combination(choice.kind, &mut choice.indices, size))
    {
        choice.stopped = true;
        return Do::Exhausted;
    }
    let (indices, last) = (choice.indices.clone(), choice.result);
    let pool = m.tuple_items(pool);
    let items = indices.into_iter().map(|index| pool[index]).collect();
    give(m, iterator, last.filter(|_| reuses), items)
}

/// Moves the places of a permutation on to the next one; false if there is none.
fn advance_permutation(indices: &mut [usize], cycles: &mut [usize]) -> bool {
    let count = indices.len();
    for place in (0..cycles.len()).rev() {
        cycles[place] -= 1;
        if cycles[place] > 0 {
            indices.swap(place, count - cycles[place]);
            return true;
        }
        indices[place..].rotate_left(1);
        cycles[place] = count - place;
    }
    false
}

/// The next permutation.
pub fn next_permutation(m: &mut Machine, iterator: Handle, reuses: bool) -> Do {
    let choice = choice(m, iterator);
    if choice.stopped
        || (choice.result.is_some() && !advance_permutation(&mut choice.indices, &mut choice.cycles))
    {
        choice.stopped = true;
        return Do::Exhausted;
    }
    let chosen = choice.cycles.len();
    let (indices, last, pool) = (choice.indices[..chosen].to_vec(), choice.result, choice.pool);
    let pool = m.tuple_items(pool);
    let items = indices.into_iter().map(|index| pool[index]).collect();
    give(m, iterator, last.filter(|_| reuses), items)
}

/// The next tuple of a product.
pub fn next_product(m: &mut Machine, iterator: Handle, reuses: bool) -> Do {
    let Tool::Product(product) = m.heap.tool(iterator) else { panic!("the kind of an iterator stays") };
    let mut indices = product.indices.clone();
    let sizes: Vec<usize> = product.pools.iter().map(|pool| m.tuple_items(*pool).len()).collect();
    let mut stopped = product.stopped || sizes.contains(&0);
    if product.result.is_some() && !stopped {
        // As an odometer: the last place that is not at its end moves, those behind it begin anew.
        match (0..indices.len()).rev().find(|place| indices[*place] + 1 < sizes[*place]) {
            Some(place) => {
                indices[place] += 1;
                indices[place + 1..].fill(0);
            }
            None => stopped = true,
        }
    }
    let last = product.result;
    let items = if stopped {
        Vec::new()
    } else {
        indices.iter().zip(&product.pools).map(|(index, pool)| m.tuple_items(*pool)[*index]).collect()
    };
    if let Tool::Product(product) = m.heap.tool_mut(iterator) {
        (product.indices, product.stopped) = (indices, stopped);
    }
    if stopped { Do::Exhausted } else { give(m, iterator, last.filter(|_| reuses), items) }
}
