//! The Frames pane: who called whom, newest first, natives in their place.

use serde::Serialize;

/// What a frame runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FrameKind {
    /// Bytecode.
    Python,
    /// A builtin that is in the middle of something and calls Python code.
    Native,
    /// An exception on its way through the frames.
    Unwind,
}

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FrameRow {
    /// How many frames lie below it.
    pub depth: usize,
    /// What it runs.
    pub kind: FrameKind,
    /// The function's qualified name, or what the native is in the middle of.
    pub title: String,
    /// The source file; empty where there is none.
    pub file: String,
    /// The line it stands at.
    pub line: Option<u32>,
    /// The instruction it stands at.
    pub instruction: String,
    /// Whether the panes show this frame.
    pub selected: bool,
}
