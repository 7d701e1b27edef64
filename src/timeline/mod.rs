//! State to history: checkpoints and replay.
