//! Rows to screen: the only place that knows a terminal.

pub mod draw;
pub mod glyph;
pub mod highlight;
pub mod keys;
pub mod layout;
pub mod pane;
pub mod text;
pub mod theme;
