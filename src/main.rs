//! Calls `cli::run` and returns its exit code.

fn main() {}
