//! What the templates of a build saw, by which the next one tells what it need not make.

use std::collections::BTreeMap;

use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;

/// What the templates of a build saw.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Seen {
    /// A hash of all that pages and lists show of each other.
    pub(super) world: Option<Fingerprint>,
    /// For each file in the output that a template made, what that saw.
    pub(super) files: BTreeMap<OutputPath, Sight>,
}

/// What a template saw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Sight {
    /// A hash of all of it.
    pub(super) print: Fingerprint,
    /// A hash of what is offered to read next.
    pub(super) offered: Fingerprint,
}

impl Seen {
    /// Writes it down, for the output folder in this state.
    pub(super) fn print(&self, made: Fingerprint) -> String {
        let world = self.world.map_or(String::new(), |world| world.hex());
        // Four hashes and two ends of lines, then in each line two hashes and its end.
        let lines = self.files.keys().map(|path| path.as_str().len() + 65).sum::<usize>();
        let mut text = String::with_capacity(130 + lines);
        text.push_str(&world);
        text.push('\n');
        for (path, Sight { print, offered }) in &self.files {
            text.push_str(&print.hex());
            text.push_str(&offered.hex());
            text.push_str(path.as_str());
            text.push('\n');
        }
        text.insert_str(0, &format!("{}{}\n", made.hex(), Fingerprint::of(text.as_bytes()).hex()));
        text
    }

    /// Reads what [`Self::print`] wrote, for the output folder in this state.
    pub(super) fn parse(text: &str, made: Fingerprint) -> Option<Self> {
        let (head, text) = text.split_once('\n')?;
        if head != format!("{}{}", made.hex(), Fingerprint::of(text.as_bytes()).hex()) {
            return None;
        }
        let (world, text) = text.split_once('\n')?;
        let file = |line: &str| {
            let (print, rest) = line.split_at_checked(32)?;
            let (offered, path) = rest.split_at_checked(32)?;
            let (print, offered) = (Fingerprint::parse(print)?, Fingerprint::parse(offered)?);
            Some((OutputPath::new(path).ok()?, Sight { print, offered }))
        };
        let files: Option<BTreeMap<OutputPath, Sight>> = text.lines().map(file).collect();
        Some(Self { world: Fingerprint::parse(world), files: files? })
    }
}
