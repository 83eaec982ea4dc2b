//! The rounds of measuring: in each, every program has its turn at every task.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::thread;
use std::time::Duration;

use walkdir::WalkDir;

use super::args::{Args, Task};
use super::edit;
use super::measure::{self, Taken};
use super::programs::{Program, part};
use super::report::{Report, Size};
use super::texts::{self, Corpus, Dialect};

pub(crate) const START: &str = "start";
pub(crate) const THREE: &str = "three pages";
pub(crate) const CLEAN: &str = "clean";
pub(crate) const NOTHING: &str = "no change";
pub(crate) const WORD: &str = "one word";
pub(crate) const TITLE: &str = "a title";
pub(crate) const FLOOR: &str = "floor";
pub(crate) const WALK: &str = "walk";
pub(crate) const WALK_ALL: &str = "walk of both";

/// Measures all that is asked for, and prints it.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let programs = Program::all(args);
    if !programs.iter().any(|program| program.dialect == Dialect::Ibid) {
        return Err(format!("`{}` does not run", args.ibid.display()));
    }
    let versions: Vec<String> = programs.iter().filter_map(Program::version).collect();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("{}; cores: {cores}; runs: {}; seed: {}", versions.join(", "), args.runs, args.seed);
    if programs.len() == 1 {
        println!("`{}` is not found: nothing stands beside ibid", args.hugo.display());
    }
    let work = args.scratch.join(process::id().to_string());
    make(&work)?;
    let done = all(args, &programs, &work);
    if args.keep {
        println!("\nall is left in {}", work.display());
    } else {
        remove(&work)?;
    }
    done
}

fn all(args: &Args, programs: &[Program], work: &Path) -> Result<(), String> {
    let log = work.join("log");
    let small = small(args, programs, work, &log)?;
    print!("\n{}", small.table("small"));
    for &pages in &args.pages {
        let corpus = Corpus::new(args.seed, pages);
        let site = Site { args, programs, corpus, work: work.join(pages.to_string()), log: &log };
        let report = site.measure()?;
        print!("\n{}\n{}", report.table(&format!("{pages} pages")), report.bars(&small));
        if !args.keep {
            remove(&site.work)?;
        }
    }
    Ok(())
}

/// What a program takes before it comes to the pages. These runs are short, so there are more.
fn small(args: &Args, programs: &[Program], work: &Path, log: &Path) -> Result<Report, String> {
    let mut report = Report::default();
    for program in programs {
        let root = work.join(format!("three-{}", program.name));
        texts::write_three(program.dialect, &root).map_err(|error| fault(&root, &error))?;
    }
    for run in 0..usize::from(args.runs) * 4 {
        for program in in_turn(programs, run) {
            let root = work.join(format!("three-{}", program.name));
            let output = work.join(format!("three-{}-{run}", program.name));
            report.add(START, program.name, measure::run(&mut program.start(), log)?);
            set_aside(&root, work, run)?;
            report.add(THREE, program.name, measure::run(&mut program.build(&root, &output), log)?);
            report.made(THREE, program.name, size(&output)?);
        }
    }
    Ok(report)
}

/// The sites of one size.
struct Site<'a> {
    args: &'a Args,
    programs: &'a [Program],
    corpus: Corpus,
    work: PathBuf,
    log: &'a Path,
}

impl Site<'_> {
    fn measure(&self) -> Result<Report, String> {
        self.prepare()?;
        let mut report = Report::default();
        for run in 0..usize::from(self.args.runs) {
            for &task in &self.args.tasks {
                match task {
                    Task::Clean => self.clean(run, &mut report)?,
                    Task::NoChange => {
                        self.again(NOTHING, run, &mut report)?;
                        report.add(NOTHING, WALK, self.walk(false)?);
                        report.add(NOTHING, WALK_ALL, self.walk(true)?);
                    }
                    Task::Word => self.again(WORD, run, &mut report)?,
                    Task::Title => self.again(TITLE, run, &mut report)?,
                }
            }
        }
        Ok(report)
    }

    /// Writes each site twice: one to be built anew each time, one to be built again and again.
    fn prepare(&self) -> Result<(), String> {
        make(&self.work)?;
        let (pages, seed) = (self.corpus.pages.to_string(), self.corpus.seed.to_string());
        for program in self.programs {
            for copy in ["clean", "kept"] {
                let root = self.root(program, copy);
                let dialect = format!("{:?}", program.dialect).to_lowercase();
                let words = ["generate", "--pages", &pages, "--seed", &seed, "--dialect", &dialect];
                let words = words.into_iter().chain(["--out"]).map(Path::new).chain([&*root]);
                measure::run(&mut part(words)?, self.log)?;
            }
            let (root, output) = (self.root(program, "kept"), self.output(program.name, "kept"));
            measure::run(&mut program.build(&root, &output), self.log)?;
        }
        Ok(())
    }

    /// Builds into folders that were not there before: removing a large output makes creating
    /// files slower for a while, on ext4 several times.
    fn clean(&self, run: usize, report: &mut Report) -> Result<(), String> {
        let mut turns: Vec<Option<&Program>> = self.programs.iter().map(Some).collect();
        turns.push(None);
        for turn in in_turn(&turns, run) {
            let name = turn.map_or(FLOOR, |program| program.name);
            let output = self.output(name, &run.to_string());
            let mut command = match turn {
                Some(program) => {
                    let root = self.root(program, "clean");
                    set_aside(&root, &self.work, run)?;
                    program.build(&root, &output)
                }
                None => {
                    part([Path::new("floor"), &self.root(&self.programs[0], "clean"), &output])?
                }
            };
            measure::settle();
            let taken = measure::run(&mut command, self.log)?;
            report.add(CLEAN, name, taken);
            if run == 0 {
                report.made(CLEAN, name, size(&output)?);
            }
        }
        Ok(())
    }

    /// Builds over the last output, after an edit or none.
    fn again(&self, what: &'static str, run: usize, report: &mut Report) -> Result<(), String> {
        // Another page each time, from all over the site.
        let page = self.corpus.path((run * 7919 + 11) % self.corpus.pages);
        for program in &in_turn(self.programs, run) {
            let root = self.root(program, "kept");
            let output = self.output(program.name, "kept");
            match what {
                WORD => edit::word(&root.join(&page), &format!("revised{run}"))?,
                TITLE => edit::title(&root.join(&page), &format!("revised {run}"))?,
                _ => {}
            }
            measure::settle();
            let taken = measure::run(&mut program.build(&root, &output), self.log)?;
            report.add(what, program.name, taken);
        }
        Ok(())
    }

    /// Looks at all sources, and at the output where that is asked for; the time is that of the
    /// looking, without the start of the process.
    fn walk(&self, is_of_both: bool) -> Result<Taken, String> {
        let first = &self.programs[0];
        let (content, output) =
            (self.root(first, "kept").join("content"), self.output(first.name, "kept"));
        let output = is_of_both.then_some(&*output);
        let words = [Path::new("walk"), &content].into_iter().chain(output);
        let taken = measure::run(&mut part(words)?, self.log)?;
        let said = fs::read_to_string(self.log).map_err(|error| fault(self.log, &error))?;
        let nanoseconds: u64 =
            said.trim().parse().map_err(|_| format!("the walk said `{said}`"))?;
        Ok(Taken { wall: Duration::from_nanos(nanoseconds), ..taken })
    }

    fn root(&self, program: &Program, copy: &str) -> PathBuf {
        self.work.join(format!("{}-{copy}", program.name))
    }

    fn output(&self, name: &str, copy: &str) -> PathBuf {
        self.work.join(format!("out-{name}-{copy}"))
    }
}

/// Each has its turn, and in each round another begins, so that none always meets the machine
/// as the same other one left it.
fn in_turn<T: Clone>(all: &[T], run: usize) -> Vec<T> {
    let mut turns = all.to_vec();
    turns.rotate_left(run % all.len().max(1));
    turns
}

/// Takes away what an earlier build kept for the next, without the cost of removing it.
fn set_aside(root: &Path, work: &Path, run: usize) -> Result<(), String> {
    let kept = root.join(".ibid");
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    if kept.is_dir() {
        let aside = work.join(format!("aside-{name}-{run}"));
        fs::rename(&kept, aside).map_err(|error| fault(&kept, &error))?;
    }
    Ok(())
}

fn size(folder: &Path) -> Result<Size, String> {
    let mut size = Size::default();
    for entry in WalkDir::new(folder) {
        let metadata =
            entry.and_then(|entry| entry.metadata()).map_err(|error| error.to_string())?;
        if metadata.is_file() {
            size.files += 1;
            size.bytes += metadata.len();
        }
    }
    Ok(size)
}

fn make(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| fault(folder, &error))
}

fn remove(folder: &Path) -> Result<(), String> {
    fs::remove_dir_all(folder).map_err(|error| fault(folder, &error))
}

fn fault(path: &Path, error: &io::Error) -> String {
    format!("`{}`: {error}", path.display())
}
