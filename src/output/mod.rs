//! The door out: the only module that writes the disk.
//!
//! A build opens a [`Session`] of its [`Sink`] with the whole plan, puts each file from whichever
//! thread made it, and closes. Before [`Session::close`] nothing changes; a session that is
//! dropped leaves no trace.
//!
//! # How `Disk` keeps its promises
//!
//! All that is not yet in place lies in one folder inside the output folder, and so always on
//! the same file system:
//!
//! ```text
//! public/.ibid-staging/lock       held by the build at work; a second build waits for it
//! public/.ibid-staging/new/…      what is to be moved into place, whole, as the same tree
//! public/.ibid-staging/commit     the journal: what is to be deleted, then a last line `end`
//! public/.ibid-staging/moving     the journal again, once all of that is deleted
//! public/.ibid-manifest           what ibid wrote: a fingerprint and a path a line
//! ```
//!
//! *Staging.* `put` compares a file with what lies in its place and writes only what differs,
//! to `new/`. The new manifest is one of the files there.
//!
//! *The pass.* `close` writes the journal. With its last line the pass has begun, and from then
//! on every step is a step forward that may be taken again: delete what the journal names,
//! rename the journal from `commit` to `moving`, move what still lies in `new/` into place by
//! renaming, remove the journal. What is left to do is always what still lies there, so a pass
//! that was cut off is completed by the very function that runs it (`commit::carry_out`), at the
//! next `open`. Without a complete journal the staging folder is thrown away.
//!
//! So a process that is killed leaves whole files only, old or new, and a mixture of both only
//! if it died within the pass, which writes no content. (Nothing is forced out to the medium:
//! this holds for a process that dies, not for a machine that loses its power.)
//!
//! *Whose file is it.* The manifest is the memory of what ibid wrote. Only a file that it names,
//! with the bytes it names, is ever deleted. A file that it does not name is somebody else's and
//! is never written over, unless it has the very bytes that would be written.

#![allow(clippy::disallowed_methods, reason = "this is the module that writes the disk")]

mod bring;
mod commit;
mod create;
mod disk;
mod dry;
mod ground;
mod heap;
mod journal;
mod keep;
mod lock;
mod manifest;
mod memory;
mod refusal;
mod relocate;
mod sink;
mod staging;

pub use bring::{Brought, Ground, bring, ground};
pub use create::create;
pub use disk::Disk;
pub use dry::Dry;
pub use heap::Heap;
pub use keep::{CACHE, Cache};
pub use memory::{Memory, Opened};
pub use relocate::{is_cut_off, relocate, take_back};
pub use sink::{Change, Session, Sink, Written};
