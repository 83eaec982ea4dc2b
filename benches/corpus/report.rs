//! What was measured, as a table, and how it stands to the bars.

use std::fmt::Write as _;
use std::time::Duration;

use super::measure::Taken;
use super::rounds::{CLEAN, FLOOR, NOTHING, START, WALK, WALK_ALL};

/// How many times the floor a clean build may take.
const CLEAN_BAR: f64 = 2.5;

/// How many times looking at all files a build may take that has nothing to do, after its start.
const NOTHING_BAR: u32 = 3;

/// What lies in an output folder.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Size {
    pub(crate) files: u64,
    pub(crate) bytes: u64,
}

struct Row {
    what: &'static str,
    program: &'static str,
    taken: Vec<Taken>,
    made: Option<Size>,
}

/// The runs, by what was done and by which program.
#[derive(Default)]
pub(crate) struct Report(Vec<Row>);

impl Report {
    /// Adds a run.
    pub(crate) fn add(&mut self, what: &'static str, program: &'static str, taken: Taken) {
        self.row(what, program).taken.push(taken);
    }

    /// Says what a run left.
    pub(crate) fn made(&mut self, what: &'static str, program: &'static str, size: Size) {
        self.row(what, program).made = Some(size);
    }

    fn row(&mut self, what: &'static str, program: &'static str) -> &mut Row {
        let known = self.0.iter().position(|row| row.what == what && row.program == program);
        let at = known.unwrap_or_else(|| {
            self.0.push(Row { what, program, taken: Vec::new(), made: None });
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    /// The table, in Markdown, so that it can be pasted where figures are told.
    pub(crate) fn table(&self, of: &str) -> String {
        let mut rows: Vec<&Row> = self.0.iter().collect();
        // What belongs together stands together, whoever had the first turn.
        rows.sort_by_key(|row| {
            let first = self.0.iter().position(|other| other.what == row.what);
            (first, [WALK, WALK_ALL, FLOOR].contains(&row.program), row.program != "ibid")
        });
        let mut cells = vec![
            [
                of,
                "program",
                "median s",
                "min s",
                "CPU median s",
                "CPU min s",
                "peak MiB",
                "files",
                "MB",
            ]
            .map(str::to_owned),
        ];
        for row in rows {
            let made = |show: fn(Size) -> String| row.made.map_or_else(String::new, show);
            cells.push([
                row.what.to_owned(),
                row.program.to_owned(),
                seconds(median(row.wall())),
                seconds(least(row.wall())),
                seconds(median(row.cpu())),
                seconds(least(row.cpu())),
                format!("{}", median(row.taken.iter().map(|taken| taken.peak)) >> 20),
                made(|size| size.files.to_string()),
                made(|size| format!("{:.1}", size.bytes as f64 / 1e6)),
            ]);
        }
        table(&cells)
    }

    /// How a clean build stands to the floor and to the other program, and a build with nothing to
    /// do to a look at all files.
    pub(crate) fn bars(&self, small: &Self) -> String {
        let mut lines = String::new();
        let find = |what, program| self.find(what, program);
        if let (Some(ours), Some(floor)) = (find(CLEAN, "ibid"), find(CLEAN, FLOOR)) {
            let _ = writeln!(
                lines,
                "clean build: {} times the floor; the bar is {CLEAN_BAR}",
                ratios(ours, floor)
            );
        }
        if let (Some(ours), Some(theirs)) = (find(CLEAN, "ibid"), find(CLEAN, "hugo")) {
            let _ =
                writeln!(lines, "clean build: hugo takes {} times as long", ratios(theirs, ours));
        }
        for (name, what) in [(WALK, "of the sources"), (WALK_ALL, "of sources and output")] {
            let (Some(ours), Some(walk), Some(start)) =
                (find(NOTHING, "ibid"), find(NOTHING, name), small.find(START, "ibid"))
            else {
                continue;
            };
            let bar = |of: fn(&Row) -> Duration| seconds(of(walk) * NOTHING_BAR + of(start));
            let _ = writeln!(
                lines,
                "no change: {} s (min {} s); start and {NOTHING_BAR} walks {what} are {} s (min {} s)",
                seconds(median(ours.wall())),
                seconds(least(ours.wall())),
                bar(|row| median(row.wall())),
                bar(|row| least(row.wall())),
            );
        }
        lines
    }

    fn find(&self, what: &str, program: &str) -> Option<&Row> {
        self.0.iter().find(|row| row.what == what && row.program == program)
    }
}

impl Row {
    fn wall(&self) -> impl Iterator<Item = Duration> {
        self.taken.iter().map(|taken| taken.wall)
    }

    fn cpu(&self) -> impl Iterator<Item = Duration> {
        self.taken.iter().map(|taken| taken.cpu)
    }
}

fn ratios(one: &Row, other: &Row) -> String {
    let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    format!(
        "{:.2} (min {:.2}, CPU {:.2})",
        ratio(median(one.wall()), median(other.wall())),
        ratio(least(one.wall()), least(other.wall())),
        ratio(median(one.cpu()), median(other.cpu()))
    )
}

/// The middle one, or the higher of the two in the middle. A row has at least one run.
fn median<T: Ord + Copy>(all: impl Iterator<Item = T>) -> T {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all[all.len() / 2]
}

fn least<T: Ord>(all: impl Iterator<Item = T>) -> T {
    all.min().expect("a row has at least one run")
}

/// Three digits, however short or long.
fn seconds(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let digits = match seconds {
        seconds if seconds < 0.1 => 4,
        seconds if seconds < 1.0 => 3,
        seconds if seconds < 10.0 => 2,
        _ => 1,
    };
    format!("{seconds:.digits$}")
}

fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0).max(3);
    let mut lines = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let width = width(column);
            // Words to the left, numbers to the right.
            let _ = if column < 2 {
                write!(lines, "| {cell:<width$} ")
            } else {
                write!(lines, "| {cell:>width$} ")
            };
        }
        lines.push_str("|\n");
        if number == 0 {
            for column in 0..N {
                let dashes = "-".repeat(width(column) - usize::from(column > 1));
                let _ = write!(lines, "| {dashes}{} ", if column > 1 { ":" } else { "" });
            }
            lines.push_str("|\n");
        }
    }
    lines
}
