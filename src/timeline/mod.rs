//! State to history: checkpoints and replay.

pub mod step;

pub use step::Step;
