//! Every builtin, operator and statement that can call Python code does so where one can step: the frame of the Python
//! code is there, one can step into it, back to before it, and on to the end, and the frames come in CPython's order.
//!
//! `tests/steps/callbacks.txt` says which do, and what they call; CPython has written it (`tests/steps/expected.py`).
//! `tests/steps/differs.txt` has those for which something of this does not hold, each with the reason.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::ROOT;
use wordcode::compile::{Mode, Options, compile};
use wordcode::machine::frame::{Frame, FrameId};
use wordcode::machine::object::Payload;
use wordcode::machine::object::function::Binding;
use wordcode::machine::{Machine, Program};
use wordcode::text::SourceFile;
use wordcode::timeline::{Forward, Stdin, Step, Timeline, World};

/// No call takes more steps.
const MOST: u64 = 60_000;

/// A call that calls Python code: what is called, or the text of a statement, its arguments, and the methods that run.
struct Row {
    name: String,
    function: String,
    arguments: Vec<String>,
    methods: Vec<String>,
    /// Whether more methods run than are listed.
    more: bool,
}

impl Row {
    /// What `differs.txt` calls it, if it is not the builtin as a whole.
    fn key(&self) -> String {
        format!("{} [{}]", self.name, self.arguments.join(" ; "))
    }
}

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join("tests/steps").join(file)).unwrap()
}

/// The rows of builtins that call Python code, and the names of all others.
fn table() -> (Vec<Row>, BTreeSet<String>) {
    let (mut rows, mut never) = (Vec::new(), BTreeSet::new());
    for line in read("callbacks.txt").lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        match parts[..] {
            [name, function, arguments, methods] => rows.push(Row {
                more: methods.ends_with(" ..."),
                name: name.to_owned(),
                function: function.to_owned(),
                arguments: arguments
                    .split(" ; ")
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned)
                    .collect(),
                methods: methods.trim_end_matches(" ...").split(' ').map(str::to_owned).collect(),
            }),
            _ => drop(never.insert(line.to_owned())),
        }
    }
    assert!(rows.len() > 1_000, "the table is not where it is looked for");
    (rows, never)
}

/// The builtins that are excused, each with the reason.
fn excused() -> BTreeMap<String, String> {
    read("differs.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let cut = line.find("]: ").map_or_else(|| line.find(": "), |end| Some(end + 1));
            let (name, reason) = line.split_at(cut.expect("each has a reason"));
            (name.to_owned(), reason[2..].to_owned())
        })
        .collect()
}

/// The program of a row: the arguments are made first, then comes the call, and its last line prints what was called.
/// With the number of the line in which the call begins.
fn program(row: &Row) -> (String, u32) {
    const NOTE: &str = "noted = []
def note(name):
    noted.append(name)
    if len(noted) > 200: raise RuntimeError('too much')
from _collections import deque";
    let mut lines = vec![NOTE.to_owned(), read("spies.py")];
    let is_statement = row.name.starts_with("statement ");
    if !is_statement {
        lines.push(format!("called = {}", row.function));
    }
    let mut call = Vec::new();
    for (index, argument) in row.arguments.iter().enumerate() {
        let stars = argument.len() - argument.trim_start_matches('*').len();
        lines.push(format!("a{index} = {}", &argument[stars..]));
        call.push(format!("{}a{index}", &argument[..stars]));
    }
    lines.push("noted.clear()\ntry:".to_owned());
    let first = lines.join("\n").lines().count() as u32 + 1;
    if is_statement {
        lines.extend(row.function.split('¶').map(|line| format!("    {line}")));
    } else {
        lines.push(format!("    result = called({})", call.join(", ")));
    }
    // What the exception holds stays until the last line.
    lines.push("except BaseException as error: kept = error\npass\n".to_owned());
    (lines.join("\n"), first)
}

fn timeline(text: &str) -> Timeline {
    let source = SourceFile::from_text("steps.py", text).unwrap();
    let code = compile(&source, Mode::Exec, Options::default()).unwrap();
    let program = Program::new(code, source.text().clone(), vec!["steps.py".to_owned()]);
    let machine = Machine::new(&program).unwrap();
    Timeline::new(machine, World::alone(Stdin::Text(String::new())))
}

/// The line at which the module stands.
fn line(machine: &Machine) -> Option<u32> {
    machine.thread().frames.iter().find_map(|frame| match frame {
        Frame::Python(frame) => frame.code.line_at(frame.last),
        Frame::Native(_) | Frame::Unwind(_) => None,
    })
}

/// The name of the function whose frame is on top, if it is Python code.
fn on_top(machine: &Machine) -> Option<&str> {
    match machine.thread().frames.as_slice() {
        [_, .., Frame::Python(frame)] => Some(&frame.code.code.name),
        _ => None,
    }
}

/// A frame of a Python function that has been entered.
struct Frames {
    /// How many frames there are with it.
    count: usize,
    /// Its number.
    id: FrameId,
    /// The first step in which it is on top.
    step: Step,
}

/// The frames of Python functions that have been entered and not left.
#[derive(Default)]
struct Entered(Vec<Frames>);

impl Entered {
    /// After a step: whether the frame on top is a new one.
    fn note(&mut self, timeline: &Timeline) -> bool {
        let frames = &timeline.machine().thread().frames;
        let count = frames.len();
        self.0.retain(|entered| entered.count <= count);
        let Some(Frame::Python(frame)) = frames.last() else { return false };
        if self.0.iter().any(|entered| entered.count == count && entered.id == frame.id) {
            return false;
        }
        self.0.retain(|entered| entered.count < count);
        self.0.push(Frames { count, id: frame.id, step: timeline.now() });
        true
    }

    /// When the frame was entered with which there are so many.
    fn step(&self, count: usize) -> Option<Step> {
        self.0.iter().find(|entered| entered.count == count).map(|entered| entered.step)
    }
}

/// The place in the frame chain, and the name, of the function that has called the one on top.
fn caller(machine: &Machine) -> Option<(usize, String)> {
    machine.thread().frames.iter().enumerate().rev().skip(1).find_map(|(index, frame)| match frame {
        Frame::Python(frame) => Some((index, frame.code.code.name.to_string())),
        Frame::Native(_) | Frame::Unwind(_) => None,
    })
}

/// Steps back to before a frame and into it again; it must be gone, and come again in the same state.
fn back_and_forth(timeline: &mut Timeline, frames: usize, entered: Step, name: &str) -> Option<String> {
    let here = timeline.now();
    timeline.go_to(entered);
    let digest_inside = timeline.machine().digest();
    timeline.go_to(Step(entered.0 - 1));
    if timeline.machine().thread().frames.len() >= frames && on_top(timeline.machine()) == Some(name) {
        return Some(format!("one step back {name} still runs"));
    }
    let digest_before = timeline.machine().digest();
    timeline.forward();
    if on_top(timeline.machine()) != Some(name) || timeline.machine().digest() != digest_inside {
        return Some(format!("forward again into {name} the state is another"));
    }
    timeline.go_to(Step(entered.0 - 1));
    if timeline.machine().digest() != digest_before {
        return Some(format!("back again from {name} the state is another"));
    }
    timeline.go_to(here);
    None
}

/// What does not hold for a row.
fn wrong(row: &Row) -> Option<String> {
    let (text, first) = program(row);
    let mut timeline = timeline(&text);
    while line(timeline.machine()) != Some(first) || on_top(timeline.machine()).is_some() {
        if timeline.forward() != Forward::Ran {
            return Some("it never comes to the call".to_owned());
        }
    }
    let (begin, last) = (timeline.now(), text.lines().count() as u32);
    let (mut entered, mut called) = (Entered::default(), Vec::<String>::new());
    while line(timeline.machine()) != Some(last) || on_top(timeline.machine()).is_some() {
        if timeline.forward() != Forward::Ran || timeline.now().0 > begin.0 + MOST {
            let asks = timeline.machine().asked().is_some();
            return Some(format!(
                "one does not get out of it{}",
                if asks { ", it asks the outside" } else { "" }
            ));
        }
        if !entered.note(&timeline) || on_top(timeline.machine()) != Some("note") {
            continue;
        }
        let Some((index, name)) = caller(timeline.machine()) else {
            return Some("nobody calls it".to_owned());
        };
        let step = entered.step(index + 1);
        let Some(step) = step else { return Some(format!("{name} has no frame that one steps into")) };
        if !called.contains(&name)
            && let Some(why) = back_and_forth(&mut timeline, index + 1, step, &name)
        {
            return Some(why);
        }
        called.push(name);
    }
    let listed = row.methods.len();
    if called.get(..listed) != Some(&*row.methods) || (called.len() > listed) != row.more {
        called.truncate(listed + 1);
        return Some(format!("it calls {} and not {}", called.join(" "), row.methods.join(" ")));
    }
    timeline.machine().audit().err().map(|error| error.to_string())
}

/// What does not hold, by row; a thread for each processor.
fn all_wrong(rows: &[Row]) -> Vec<Option<String>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let found = Mutex::new(rows.iter().map(|_| None).collect::<Vec<_>>());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, row)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|index| Some((index, rows.get(index)?)))
                {
                    let why = wrong(row);
                    found.lock().unwrap()[index] = why;
                }
            });
        }
    });
    found.into_inner().unwrap()
}

#[test]
fn python_code_is_called_in_frames_of_its_own_and_in_cpythons_order() {
    let (rows, _) = table();
    let excused = excused();
    let found = all_wrong(&rows);
    let (mut failures, mut differing) = (Vec::new(), BTreeSet::new());
    for (row, why) in rows.iter().zip(found) {
        let Some(why) = why else { continue };
        let keys = [row.key(), row.name.clone()];
        match keys.into_iter().find(|key| excused.contains_key(key)) {
            Some(key) => drop(differing.insert(key)),
            None => failures.push(format!("  {}: {why}", row.key())),
        }
    }
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    for key in excused.keys() {
        let name = key.split(" [").next().unwrap_or(key);
        if names.contains(name) && !differing.contains(key) {
            failures.push(format!("  {key}: holds: take it off differs.txt"));
        }
    }
    assert!(failures.is_empty(), "{} of {}\n{}", failures.len(), rows.len(), failures.join("\n"));
}

#[test]
fn every_builtin_is_in_the_table() {
    let (rows, never) = table();
    let known: BTreeSet<&str> =
        rows.iter().map(|row| row.name.as_str()).chain(never.iter().map(String::as_str)).collect();
    let types: BTreeSet<&str> = known.iter().filter_map(|name| Some(name.rsplit_once('.')?.0)).collect();
    let excused = excused();
    let timeline = timeline("pass\n");
    let machine = timeline.machine();
    let mut missing = BTreeSet::new();
    for (_, object) in machine.heap.objects() {
        let Payload::Native(native, binding) = object.payload() else { continue };
        let name = match binding {
            Binding::None => native.name.to_owned(),
            Binding::Owner(owner) => format!("{}.{}", machine.heap.class(*owner).name, native.name),
            Binding::Module(..) | Binding::Receiver(_) => continue,
        };
        let of_other_type = name.rsplit_once('.').is_some_and(|(owner, _)| !types.contains(owner));
        if !of_other_type && !known.contains(name.as_str()) && !excused.contains_key(&name) {
            missing.insert(name);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
