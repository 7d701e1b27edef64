//! Recursion over a tree of any depth: a piece of new stack whenever the present one runs short.

/// Left on the stack when a new piece is taken; more than any one level needs.
const RED_ZONE: usize = 128 * 1024;
/// The size of a piece.
const PIECE: usize = 2 * 1024 * 1024;
/// What dropping one level of a tree takes, with room to spare.
const DROP_LEVEL: usize = 512;

/// Calls `visit` with enough stack for one more level.
pub fn grow<T>(visit: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, PIECE, visit)
}

/// Drops a tree that may be `depth` levels deep; the compiler writes that as a recursion too.
pub fn drop_deep<T>(tree: T, depth: u32) {
    let needed = RED_ZONE + depth as usize * DROP_LEVEL;
    stacker::maybe_grow(needed, needed, || drop(tree));
}
