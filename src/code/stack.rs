//! Recursion over a tree of any depth: a piece of new stack whenever the present one runs short.

use std::cell::Cell;

/// Left on the stack when a new piece is taken; more than any one level needs.
const RED_ZONE: usize = 128 * 1024;
/// The size of a piece.
const PIECE: usize = 2 * 1024 * 1024;
/// What dropping one level of a tree takes, with room to spare.
const DROP_LEVEL: usize = 512;

thread_local! {
    /// The stack grows downwards: above this address there is enough of it.  At the highest address nothing
    /// is known of the stack in use.
    static ENOUGH_ABOVE: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Calls `visit` with enough stack for one more level.
#[inline]
pub fn grow<T>(visit: impl FnOnce() -> T) -> T {
    // The walks over a tree ask at every node, so that the answer must not take longer than the visit.
    if here() > ENOUGH_ABOVE.get() { visit() } else { ask_and_grow(visit) }
}

/// About where the stack ends at present.
#[inline]
fn here() -> usize {
    let on_the_stack = 0u8;
    (&raw const on_the_stack).addr()
}

#[cold]
#[inline(never)]
fn ask_and_grow<T>(visit: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, PIECE, || {
        let left = stacker::remaining_stack().unwrap_or(0);
        let _before = Restored(ENOUGH_ABOVE.replace(limit(here(), left)));
        visit()
    })
}

/// Above which address there is enough of a stack that has `left` bytes left below `here`.
const fn limit(here: usize, left: usize) -> usize {
    match left.checked_sub(RED_ZONE) {
        Some(usable) => here - usable,
        None => usize::MAX,
    }
}

/// What was known of the stack before, which is in use again when this is dropped, be it by a panic.
struct Restored(usize);

impl Drop for Restored {
    fn drop(&mut self) {
        ENOUGH_ABOVE.set(self.0);
    }
}

/// Drops a tree that may be `depth` levels deep; the compiler writes that as a recursion too.
pub fn drop_deep<T>(tree: T, depth: u32) {
    let needed = RED_ZONE + depth as usize * DROP_LEVEL;
    stacker::maybe_grow(needed, needed, || drop(tree));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn descend(levels: u32) -> u32 {
        grow(|| if levels == 0 { 0 } else { descend(levels - 1) + 1 })
    }

    #[test]
    fn a_recursion_goes_as_deep_as_it_likes_and_leaves_nothing_behind() {
        assert_eq!(descend(200_000), 200_000);
        assert_eq!(ENOUGH_ABOVE.get(), usize::MAX);
        let caught = std::panic::catch_unwind(|| grow(|| grow(|| panic!("out of here"))));
        assert!(caught.is_err());
        assert_eq!(ENOUGH_ABOVE.get(), usize::MAX);
    }

    #[test]
    fn where_too_little_is_left_nothing_is_taken_for_granted() {
        assert_eq!(limit(RED_ZONE * 8, RED_ZONE - 1), usize::MAX);
        assert_eq!(limit(RED_ZONE * 8, RED_ZONE), RED_ZONE * 8);
        assert_eq!(limit(RED_ZONE * 8, RED_ZONE * 3), RED_ZONE * 6);
    }
}
