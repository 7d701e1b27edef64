//! The front door: the arguments go to `cli`, errors become an exit status.

fn main() {}
