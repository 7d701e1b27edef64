//! How long the compiler takes from the bytes of a file to its code object, beside CPython 3.14's `compile()`.
//!
//! ```text
//! cargo bench --bench compile                                 the samples, this compiler alone
//! cargo bench --bench compile -- PYTHON3.14                   the whole library of that Python, both compilers
//! cargo bench --bench compile -- PYTHON3.14 --runs 5 --each FILE…
//! ```
//!
//! Each compiler has a process of its own, which is given some files at a time, in turns, so that other work
//! on the machine slows both alike. `benches/README.md` says how to read the figures.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use wordcode::compile::{self, Mode, Options};
use wordcode::text::SourceFile;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The argument that makes this program the side that is measured.
const SIDE: &str = "--side";
const CPYTHON_SIDE: &str = include_str!("compile.py");
const DEFAULT_RUNS: usize = 3;
/// Files that one compiler is given before the other has its turn.  One that is woken for a single file finds
/// nothing of itself in the caches: that would be the time of the first file that a process compiles, again and again.
const FILES_A_TURN: usize = 64;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if words.first().is_some_and(|word| word == SIDE) {
        return serve();
    }
    let plan = Plan::new(words)?;
    let mut ours = Side::start(Command::new(std::env::current_exe()?).arg(SIDE))?;
    let Some(python) = &plan.python else {
        let times = plan.rounds(|files| ours.times(files))?;
        plan.print_alone(&times, ours.peak()?);
        return Ok(());
    };
    let mut theirs = Side::start(Command::new(python).args(["-c", CPYTHON_SIDE]))?;
    let times = plan.rounds(|files| {
        let (theirs, ours) = (theirs.times(files)?, ours.times(files)?);
        let both = files.iter().zip(ours).zip(theirs);
        both.map(|((file, ours), theirs)| match (ours, theirs) {
            (Some(ours), Some(theirs)) => Ok(Some((ours, theirs))),
            // What CPython does not compile is not asked of us.
            (_, None) => Ok(None),
            (None, Some(_)) => Err(format!("{}: does not compile here", file.display()).into()),
        })
        .collect()
    })?;
    plan.print_both(&times, ours.peak()?, theirs.peak()?);
    Ok(())
}

/// What is to be measured.
struct Plan {
    python: Option<PathBuf>,
    files: Vec<PathBuf>,
    runs: usize,
    /// Whether each file gets a line of its own.
    each: bool,
}

impl Plan {
    fn new(words: Vec<String>) -> Outcome<Self> {
        let mut plan = Self { python: None, files: Vec::new(), runs: DEFAULT_RUNS, each: false };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--runs" => plan.runs = words.next().ok_or("--runs needs a number")?.parse()?,
                "--each" => plan.each = true,
                path if Path::new(path).extension().is_some_and(|end| end == "py") => {
                    plan.files.push(path.into());
                }
                python => plan.python = Some(python.into()),
            }
        }
        if plan.runs == 0 {
            return Err("--runs needs a number above 0".into());
        }
        if plan.files.is_empty() {
            let root = match &plan.python {
                Some(python) => library(python)?,
                None => concat!(env!("CARGO_MANIFEST_DIR"), "/samples").into(),
            };
            sources(&root, &mut plan.files)?;
            plan.files.sort();
        }
        Ok(plan)
    }

    /// For each file that has one, its time in each run.
    fn rounds<T>(
        &self,
        mut time: impl FnMut(&[PathBuf]) -> Outcome<Vec<Option<T>>>,
    ) -> Outcome<Vec<(&Path, Vec<T>)>> {
        let mut times: Vec<(&Path, Vec<T>)> =
            self.files.iter().map(|file| (file.as_path(), Vec::new())).collect();
        for run in 1..=self.runs {
            for (files, times) in self.files.chunks(FILES_A_TURN).zip(times.chunks_mut(FILES_A_TURN)) {
                for ((_, times), time) in times.iter_mut().zip(time(files)?) {
                    times.extend(time);
                }
            }
            eprintln!("run {run} of {}", self.runs);
        }
        times.retain(|(_, times)| !times.is_empty());
        Ok(times)
    }

    fn print_alone(&self, times: &[(&Path, Vec<u64>)], peak: u64) {
        if self.each {
            for (file, times) in times {
                println!("{:>10.3} ms  {}", milliseconds(median(times.clone())), file.display());
            }
        }
        let total = median(self.totals(times, |&time| time));
        println!("{} files, median of {} runs", times.len(), self.runs);
        println!("wordcode {:>10.1} ms, peak memory {peak} KiB", milliseconds(total));
    }

    fn print_both(&self, times: &[(&Path, Vec<(u64, u64)>)], our_peak: u64, their_peak: u64) {
        let mut ratios: Vec<(f64, u64, u64, &Path)> = times
            .iter()
            .map(|(file, times)| {
                let ours = median(times.iter().map(|&(ours, _)| ours).collect());
                let theirs = median(times.iter().map(|&(_, theirs)| theirs).collect());
                (ours as f64 / theirs as f64, ours, theirs, *file)
            })
            .collect();
        ratios.sort_by(|left, right| left.0.total_cmp(&right.0));
        if self.each {
            for (ratio, ours, theirs, file) in &ratios {
                let (ours, theirs) = (milliseconds(*ours), milliseconds(*theirs));
                println!("{ratio:>7.3}  {ours:>9.3} ms  {theirs:>9.3} ms  {}", file.display());
            }
        }
        let ours = median(self.totals(times, |&(ours, _)| ours));
        let theirs = median(self.totals(times, |&(_, theirs)| theirs));
        println!("{} files, median of {} runs", times.len(), self.runs);
        println!("wordcode {:>10.1} ms, peak memory {our_peak} KiB", milliseconds(ours));
        println!("CPython  {:>10.1} ms, peak memory {their_peak} KiB", milliseconds(theirs));
        let at = |share: usize| {
            ratios.get((ratios.len().saturating_sub(1)) * share / 100).map_or(0.0, |row| row.0)
        };
        println!("ratio of the totals  {:.3}", ours as f64 / theirs as f64);
        println!("ratios of the files  median {:.3}, p90 {:.3}, highest {:.3}", at(50), at(90), at(100));
    }

    /// What all files take together, in each run.
    fn totals<T>(&self, times: &[(&Path, Vec<T>)], nanoseconds: impl Fn(&T) -> u64) -> Vec<u64> {
        (0..self.runs).map(|run| times.iter().map(|(_, times)| nanoseconds(&times[run])).sum()).collect()
    }
}

fn milliseconds(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e6
}

fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    values[values.len() / 2]
}

/// The folder of the standard library of `python`.
fn library(python: &Path) -> Outcome<PathBuf> {
    let script = "import sys, sysconfig; assert sys.version_info[:2] == (3, 14), sys.version; \
                  print(sysconfig.get_path('stdlib'))";
    let output = Command::new(python).args(["-c", script]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim_end().into())
}

/// Every `.py` file in `folder` and the folders in it.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        if kind.is_dir() {
            sources(&path, found)?;
        } else if kind.is_file() && path.extension().is_some_and(|end| end == "py") {
            found.push(path);
        }
    }
    Ok(())
}

/// A process that compiles the files that it is told, and says how long it took.
struct Side {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Side {
    fn start(command: &mut Command) -> Outcome<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let ask = child.stdin.take().ok_or("no standard input")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        Ok(Self { child, ask, answers })
    }

    fn answer(&mut self) -> Outcome<String> {
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        Ok(answer.trim_end().to_owned())
    }

    /// Nanoseconds for each of `files`; none where one does not compile.
    fn times(&mut self, files: &[PathBuf]) -> Outcome<Vec<Option<u64>>> {
        for file in files {
            writeln!(self.ask, "{}", file.to_str().ok_or("a path that is not UTF-8")?)?;
        }
        let time = |answer: String| if answer == "-" { Ok(None) } else { Ok(Some(answer.parse()?)) };
        files.iter().map(|_| self.answer().and_then(time)).collect()
    }

    /// The most memory that was resident at a time, in KiB; ends the process.
    fn peak(mut self) -> Outcome<u64> {
        writeln!(self.ask)?;
        let peak = self.answer()?.parse()?;
        drop(self.ask);
        self.child.wait()?;
        Ok(peak)
    }
}

/// Answers as `compile.py` does.
fn serve() -> Outcome<()> {
    for path in std::io::stdin().lines() {
        let path = path?;
        if path.is_empty() {
            println!("{}", peak_resident()?);
            continue;
        }
        let bytes = fs::read(&path)?;
        let start = Instant::now();
        let code = SourceFile::from_bytes(&path, &bytes)
            .ok()
            .and_then(|source| compile::compile(&source, Mode::Exec, Options::default()).ok());
        let time = start.elapsed();
        match code {
            Some(_) => println!("{}", time.as_nanos()),
            None => println!("-"),
        }
    }
    Ok(())
}

/// `VmHWM` of this process, in KiB.
fn peak_resident() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM in /proc")?;
    Ok(line.trim_end_matches("kB").trim().parse()?)
}
