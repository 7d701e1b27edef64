//! Rows to screen: the only place that knows a terminal.

pub mod action;
pub mod app;
mod codes;
mod command;
pub mod draw;
pub mod event;
pub mod glyph;
pub mod highlight;
pub mod keys;
pub mod layer;
pub mod layout;
mod look_around;
pub mod pane;
pub mod quiz;
mod run;
mod stages;
pub mod terminal;
pub mod text;
pub mod theme;
mod time;
mod words;

pub use run::{Options, RunError, run};
