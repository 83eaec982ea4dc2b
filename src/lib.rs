//! `ibid`: a static knowledge-site generator.
//!
//! A build is one function. Each stage takes plain data and returns plain data, and may look
//! only at stages before it. The modules below stand from the ground up; each names only
//! modules of lower floors (`ARCHITECTURE.md` draws the house, `tests/layers.rs` holds it).

// 1: the ground
pub mod fingerprint;
pub mod path;
pub mod text;
// 2: what ibid says to the author
pub mod diag;
