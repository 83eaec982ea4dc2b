//! From a text to its body: what has to be whole is found, the rest is one pass over the events.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use super::body::Parsed;
use super::citing::{self, Citing};
use super::directive::{Directives, Lines};
use super::lower::Lowering;
use super::mask::{Masked, mask};
use super::options::{Options, extensions};
use super::paint::Painter;
use super::record::Record;
use crate::diag::Outcome;
use crate::path::SourcePath;

/// How often lines are taken for those of directives that turn out to be none. More than once
/// they are where one that is none has hidden the end of a comment.
const MOST_TRIES: usize = 6;

/// Parses the Markdown of a page, the part of its file that begins at the offset `base`.
pub fn parse(text: &str, base: usize, file: &SourcePath, options: &Options) -> Outcome<Parsed> {
    parse_with(text, base, file, options, &mut Painter::new(&options.highlighter))
}

/// As [`parse`], with a painter of the highlighter of `options` that has painted other texts.
pub fn parse_with(
    text: &str,
    base: usize,
    file: &SourcePath,
    options: &Options,
    painter: &mut Painter<'_>,
) -> Outcome<Parsed> {
    let mut lowering = Lowering::new(Record::new(text, base, file, options), painter);
    if !options.is_extended() {
        let events = Parser::new(text).into_offset_iter();
        lowering.define(events.reference_definitions());
        return lowering.run(events);
    }
    let mut lines = Lines::find(text);
    for _ in 0..MOST_TRIES {
        if lines.is_empty() {
            break;
        }
        let lined = lines.mask(text);
        let masked = mask(&lined);
        let parser = Parser::new_ext(&masked.text, extensions()).into_offset_iter();
        lowering.define(parser.reference_definitions());
        let has_definitions = parser.reference_definitions().iter().next().is_some();
        let events: Vec<_> = parser.collect();
        if lines.keep_seen(&events) {
            return directed(lowering, lines, &lined, &masked, events, has_definitions);
        }
    }
    let masked = mask(text);
    let parser = Parser::new_ext(&masked.text, extensions()).into_offset_iter();
    lowering.define(parser.reference_definitions());
    if citing::is_likely(text) {
        let has_definitions = parser.reference_definitions().iter().next().is_some();
        // Seldom is there more than one event in so many bytes.
        let mut events = Vec::with_capacity(text.len() / 8);
        events.extend(parser);
        return directed(lowering, Lines::default(), text, &masked, events, has_definitions);
    }
    lowering.run(parser.map(|(event, range)| (masked.restore(event), range)))
}

/// Reads a text whose lines of directives are known; they are masked in `lined`, and in `masked`
/// is what was parsed to `events`.
fn directed(
    mut lowering: Lowering<'_, '_, '_>,
    lines: Lines,
    lined: &str,
    masked: &Masked<'_>,
    events: Vec<(Event<'_>, Range<usize>)>,
    has_definitions: bool,
) -> Outcome<Parsed> {
    let whole = |(event, range)| (masked.restore(event), range);
    let directives = Directives::of(lines);
    if !citing::is_likely(lined) {
        lowering.take(Citing::default(), directives);
        return lowering.run(events.into_iter().map(whole));
    }
    let (mut citing, parsed) =
        citing::find(lined, &masked.text, &events, has_definitions, extensions());
    let Some(parsed) = parsed else {
        lowering.take(citing, directives);
        return lowering.run(events.into_iter().map(whole));
    };
    drop(events);
    let parser = Parser::new_ext(&parsed, extensions()).into_offset_iter();
    lowering.define(parser.reference_definitions());
    if citing.has_directives() {
        let events: Vec<_> = parser.collect();
        citing.keep_whole(&events);
        lowering.take(citing, directives);
        return lowering.run(events.into_iter().map(whole));
    }
    lowering.take(citing, directives);
    lowering.run(parser.map(whole))
}
