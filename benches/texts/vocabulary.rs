//! The words that the texts are made of.

/// A section of the site: its folder, its title, and the words that are its own.
pub(crate) struct Subject {
    /// The folder.
    pub(crate) folder: &'static str,
    /// The title.
    pub(crate) title: &'static str,
    /// Nouns that are at home there, so that its pages have something in common.
    pub(crate) nouns: &'static [&'static str],
}

pub(crate) const SUBJECTS: &[Subject] = &[
    Subject {
        folder: "baking",
        title: "Baking",
        nouns: &[
            "crumb", "crust", "dough", "flour", "gluten", "leaven", "loaf", "oven", "proofing",
            "starch", "sourdough", "yeast", "malt", "kneading", "steam",
        ],
    },
    Subject {
        folder: "bees",
        title: "Bees",
        nouns: &[
            "apiary", "brood", "comb", "colony", "drone", "forager", "hive", "honey", "nectar",
            "pollen", "propolis", "queen", "swarm", "varroa", "wax",
        ],
    },
    Subject {
        folder: "clocks",
        title: "Clocks",
        nouns: &[
            "balance wheel", "bezel", "chime", "dial", "escapement", "gear train", "hairspring",
            "jewel", "mainspring", "movement", "pallet", "pendulum", "pinion", "ratchet", "verge",
        ],
    },
    Subject {
        folder: "compilers",
        title: "Compilers",
        nouns: &[
            "allocator", "borrow", "closure", "code generator", "grammar", "inliner", "lexer",
            "linker", "lowering", "macro", "parser", "register", "type checker", "symbol", "token",
        ],
    },
    Subject {
        folder: "gardens",
        title: "Gardens",
        nouns: &[
            "bulb", "compost", "cutting", "fern", "graft", "greenhouse", "hedge", "lawn", "mulch",
            "orchard", "perennial", "pruning", "rootstock", "seedling", "trellis",
        ],
    },
    Subject {
        folder: "glaciers",
        title: "Glaciers",
        nouns: &[
            "ablation", "basin", "calving", "cirque", "crevasse", "firn", "fjord", "ice sheet",
            "icefall", "meltwater", "moraine", "moulin", "outlet", "snowpack", "terminus",
        ],
    },
    Subject {
        folder: "maps",
        title: "Maps",
        nouns: &[
            "atlas", "azimuth", "bearing", "compass", "contour", "datum", "geoid", "graticule",
            "legend", "meridian", "projection", "relief", "survey", "theodolite", "triangulation",
        ],
    },
    Subject {
        folder: "music",
        title: "Music",
        nouns: &[
            "bow", "cadence", "chord", "counterpoint", "fugue", "harmonic", "interval", "key",
            "melody", "motif", "octave", "overture", "rhythm", "temperament", "timbre",
        ],
    },
    Subject {
        folder: "printing",
        title: "Printing",
        nouns: &[
            "binding", "chase", "engraving", "folio", "galley", "glyph", "ink", "kerning",
            "ligature", "lithograph", "margin", "matrix", "press", "serif", "typeface",
        ],
    },
    Subject {
        folder: "sailing",
        title: "Sailing",
        nouns: &[
            "anchor", "boom", "current", "halyard", "harbour", "hull", "jib", "keel", "mast",
            "mooring", "rigging", "rudder", "sheet", "spinnaker", "tiller",
        ],
    },
    Subject {
        folder: "sleep",
        title: "Sleep",
        nouns: &[
            "apnoea", "arousal", "chronotype", "cortisol", "dream", "insomnia", "latency",
            "light exposure", "melatonin", "napping", "night shift", "rest", "rhythm of the day",
            "slow wave", "wakefulness",
        ],
    },
    Subject {
        folder: "tides",
        title: "Tides",
        nouns: &[
            "amphidrome", "bore", "ebb", "estuary", "flood", "gauge", "lunar cycle", "mudflat",
            "neap", "range", "shelf", "slack water", "spring tide", "surge", "wrack line",
        ],
    },
];

/// Nouns of every subject.
pub(crate) const NOUNS: &[&str] = &[
    "account", "advice", "answer", "average", "cause", "choice", "claim", "comparison", "cost",
    "custom", "decade", "decision", "detail", "difference", "doubt", "effort", "error", "estimate",
    "evidence", "example", "exception", "experiment", "failure", "figure", "habit", "handbook",
    "history", "improvement", "instrument", "interest", "lesson", "limit", "measurement", "method",
    "mistake", "notebook", "observation", "opinion", "origin", "outcome", "pattern", "practice",
    "problem", "promise", "proof", "purpose", "question", "reason", "record", "remedy", "report",
    "result", "rule", "sample", "season", "signal", "source", "step", "study", "summary", "theory",
    "tool", "tradition", "trial", "variation", "warning", "weakness", "workshop", "year",
];

pub(crate) const ADJECTIVES: &[&str] = &[
    "accidental", "blunt", "brittle", "careful", "cheap", "clumsy", "coarse", "cold", "common",
    "crowded", "curious", "delicate", "dense", "distant", "dull", "early", "elaborate", "empty",
    "even", "faint", "familiar", "fast", "fine", "flat", "foreign", "fragile", "frequent", "gentle",
    "hasty", "heavy", "honest", "humble", "idle", "kindred", "large", "late", "lean", "loose",
    "modern", "modest", "narrow", "neglected", "northern", "odd", "old", "patient", "plain",
    "portable", "quiet", "rare", "rough", "rural", "sharp", "shallow", "simple", "slow", "small",
    "sober", "stable", "steady", "stiff", "sturdy", "tall", "thorough", "tidy", "uneven", "useful",
    "vague", "warm", "wide", "worn", "young",
];

/// What one thing does to another.
pub(crate) const VERBS: &[&str] = &[
    "alters", "answers", "betrays", "blocks", "bounds", "carries", "changes", "conceals",
    "confirms", "confuses", "contradicts", "delays", "describes", "doubles", "drives", "eases",
    "explains", "favours", "feeds", "follows", "governs", "guides", "halves", "hides", "hinders",
    "illustrates", "imitates", "improves", "joins", "keeps", "lengthens", "lifts", "limits",
    "marks", "measures", "mirrors", "outlives", "precedes", "prevents", "protects", "proves",
    "questions", "raises", "reaches", "recalls", "reduces", "repeats", "replaces", "resembles",
    "restores", "reveals", "rewards", "shapes", "shortens", "slows", "softens", "spoils",
    "strengthens", "suggests", "supports", "survives", "tests", "thins", "touches", "widens",
];

pub(crate) const PREPOSITIONS: &[&str] = &[
    "above", "after", "among", "behind", "below", "beside", "beyond", "by way of", "despite",
    "during", "from", "in", "near", "next to", "on", "outside", "since", "through", "under", "with",
];

pub(crate) const OPENINGS: &[&str] = &[
    "All the same,", "As a rule,", "At the bench,", "Before that,", "Elsewhere,", "For years,",
    "In the field,", "In short,", "Just as often,", "More rarely,", "Now and then,",
    "On closer view,", "Seen from afar,", "Since then,", "Strictly speaking,", "To begin with,",
];

pub(crate) const JOINTS: &[&str] = &[
    "and so", "as long as", "as soon as", "because", "even if", "just as", "or else", "so that",
    "though", "until", "where", "which is why", "while", "yet",
];

/// Half of a tag; with a noun it makes a whole one.
pub(crate) const TAG_HEADS: &[&str] = &[
    "advanced", "basic", "classic", "field", "home", "lab", "modern", "open", "quick", "seasonal",
];

pub(crate) const TAG_TAILS: &[&str] = &[
    "care", "checks", "costs", "craft", "data", "faults", "figures", "gear", "guides", "history",
    "materials", "methods", "notes", "people", "places", "repairs", "safety", "signs", "terms",
    "tools",
];

pub(crate) const GIVEN_NAMES: &[&str] = &[
    "Agnes", "Bela", "Celia", "Dario", "Edith", "Fumiko", "Gideon", "Hedda", "Imre", "Jolanta",
    "Kofi", "Leonie", "Mateus", "Niamh", "Oskar", "Priya", "Quentin", "Rahel", "Samir", "Tove",
    "Ulrich", "Vesna", "Wanda", "Xenia", "Yusuf", "Zofia",
];

pub(crate) const FAMILY_NAMES: &[&str] = &[
    "Aalto", "Barrow", "Castellan", "Dahlmann", "Eszterhazy", "Fairweather", "Gundersen",
    "Holloway", "Ibekwe", "Jankowski", "Kestrel", "Lindenau", "Morgenrot", "Nightingale",
    "Oyelaran", "Petrosyan", "Quist", "Rautio", "Sandoval", "Thistle", "Umarova", "Valdivia",
    "Winterbourne", "Yilmaz", "Zapatero",
];

pub(crate) const JOURNALS: &[&str] = &[
    "Acta of Small Crafts", "Bulletin of Quiet Sciences", "Journal of Patient Measurement",
    "Letters on Useful Things", "Northern Review of Practice", "Papers in Applied Curiosity",
    "Proceedings of the Workbench", "Quarterly of Field and Shore", "Transactions in Method",
];

pub(crate) const PUBLISHERS: &[&str] =
    &["Copperplate Press", "Estuary Books", "Lamplight & Daughters", "Slate Hill Academic"];

pub(crate) const TOWNS: &[&str] = &["Bergen", "Coimbra", "Ghent", "Lund", "Nara", "Trieste"];

/// Pieces of names that stand in no dictionary: texts never stop bringing new words.
pub(crate) const SYLLABLES: &[&str] = &[
    "ba", "cor", "del", "fen", "gar", "hil", "jo", "kar", "lum", "mer", "nov", "or", "pel", "quin",
    "ras", "sol", "tam", "ul", "ver", "wyn", "zan",
];

/// A program in each of some languages: the name, as a fence gives it, and the text. `NOUN` and
/// `LIMIT` are filled in.
pub(crate) const PROGRAMS: &[(&str, &str)] = &[
    (
        "rust",
        r#"/// One NOUN as it was written down.
#[derive(Debug, Clone)]
struct Entry {
    name: String,
    weight: f64,
}

// Keeps the LIMIT heaviest and gives their mean.
fn mean_of_heaviest(mut all: Vec<Entry>) -> Option<f64> {
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    all.truncate(LIMIT);
    let sum: f64 = all.iter().map(|entry| entry.weight).sum();
    if all.is_empty() { None } else { Some(sum / all.len() as f64) }
}

fn main() {
    let all = vec![Entry { name: "NOUN".to_owned(), weight: 0.5 }];
    match mean_of_heaviest(all) {
        Some(mean) => println!("NOUN: {mean:.2}"),
        None => eprintln!("nothing to weigh"),
    }
}"#,
    ),
    (
        "python",
        r#"import csv
import statistics
from dataclasses import dataclass


@dataclass
class Reading:
    """One NOUN, measured once."""
    day: str
    value: float


def readings(name, limit=LIMIT):
    with open(name, newline="") as table:
        for number, row in enumerate(csv.DictReader(table)):
            if number == limit:  # the rest is from another season
                return
            yield Reading(row["day"], float(row["value"]))


if __name__ == "__main__":
    values = [r.value for r in readings("NOUN.csv")]
    print(f"mean {statistics.mean(values):.3f}, spread {statistics.stdev(values):.3f}")"#,
    ),
    (
        "json",
        r#"{
  "subject": "NOUN",
  "taken": "2024-05-17",
  "limit": LIMIT,
  "complete": true,
  "readings": [
    { "hour": 6, "value": 1.25, "remark": null },
    { "hour": 12, "value": 3.5, "remark": "calm" },
    { "hour": 18, "value": 2.75, "remark": "wind from the west" }
  ],
  "units": {
    "value": "cm",
    "hour": "UTC"
  },
  "observers": ["A", "B"],
  "checked": false
}"#,
    ),
    (
        "bash",
        r#"#!/bin/sh
# Packs what was noted on each NOUN.
set -eu

from="${1:-notes}"
to="${2:-/var/tmp/NOUN}"
packed=0

mkdir -p "$to"
for note in "$from"/*.md; do
  [ -e "$note" ] || continue
  if grep -q "NOUN" "$note"; then
    cp "$note" "$to/"
    packed=$((packed + 1))
  fi
  if [ "$packed" -eq LIMIT ]; then
    break
  fi
done
tar -C "$to" -czf "$to.tar.gz" .
echo "$packed notes packed" >&2"#,
    ),
    (
        "toml",
        r#"# How each NOUN is kept.
title = "NOUN"
limit = LIMIT
dates = [2023-02-01, 2024-02-01]

[store]
shelf = "b"
warm = false
ratio = 0.75

[[reader]]
name = "first"
since = 1998-07-04T08:30:00Z

[[reader]]
name = "second"
since = 2003-11-30T17:05:00Z"#,
    ),
];
