//! Calls `cli::run` and returns its exit code.

use std::process::ExitCode;

// Building is mostly small strings on several threads, which is where mimalloc is quickest.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(ibid::cli::run(std::env::args_os()))
}
