//! `ibid`: a static knowledge-site generator.
//!
//! A build is one function. Each stage takes plain data and returns plain data, and may look
//! only at stages before it. The modules below stand from the ground up; each names only
//! modules of lower floors (`ARCHITECTURE.md` draws the house, `tests/layers` holds it).

// 1: the ground
pub mod date;
pub mod fingerprint;
pub mod text;
// 2: names of files and addresses; what the author sets, as typed values
pub mod path;
pub mod settings;
// 3: what ibid says to the author
pub mod diag;
// 4: references and citations as data; templates; the door in
pub mod cite;
pub mod source;
pub mod theme;
// 5: crafts that each wrap an outside language
pub mod csl;
pub mod image;
pub mod markdown;
// 6: the neck of the house
pub mod config;
// 7: one source file, understood by itself
pub mod page;
// 8: how pages hang together
pub mod site;
// 9: the readers of a site: one judges, one shows, one moves its files, one counts its words
pub mod check;
pub mod moving;
pub mod search;
pub mod view;
// 10: from a site to the files of its output; from the files of other programs to those of a site
pub mod import;
pub mod render;
// 11: the door out
pub mod output;
// 12: the whole program in one function
pub mod pipeline;
// 13: the same build, again and again, in memory
pub mod serve;
// 14: what was asked
pub mod cli;
