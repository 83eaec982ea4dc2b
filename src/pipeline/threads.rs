//! The threads that a build works on.

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::request::Request;
use crate::diag::{Code, Diagnostic};
use crate::theme::STACK;

/// The threads of a build.
pub(super) fn threads(request: &Request<'_>) -> Result<ThreadPool, Diagnostic> {
    let pool = ThreadPoolBuilder::new().num_threads(request.jobs).stack_size(STACK).build();
    pool.map_err(|error| {
        let message = format!("the system gives no threads to work with: {error}");
        Diagnostic::new(Code::Disk, message)
    })
}
