//! Every builtin that can call Python code does so where one can step: the frame of the Python code is there,
//! what waits for it stands beneath it, one can step out of it, and back to before it.
//!
//! `tests/steps/callbacks.txt` says which builtins do; CPython has written it (`tests/steps/expected.py`).
//! `tests/steps/differs.txt` has the builtins for which something of this does not hold, each with the reason.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use support::ROOT;
use wordcode::compile::{Mode, Options, compile};
use wordcode::machine::frame::Frame;
use wordcode::machine::object::Payload;
use wordcode::machine::object::function::Binding;
use wordcode::machine::{Machine, Program};
use wordcode::text::SourceFile;
use wordcode::timeline::{Forward, Stdin, Step, Timeline, World};

/// No call takes more steps.
const MOST: u64 = 3_000;

/// A builtin that calls Python code: what is called, its arguments, and the methods that run first.
struct Row {
    name: String,
    function: String,
    arguments: Vec<String>,
    methods: Vec<String>,
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
                name: name.to_owned(),
                function: function.to_owned(),
                arguments: arguments
                    .split(" ; ")
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned)
                    .collect(),
                methods: methods.split(' ').map(str::to_owned).collect(),
            }),
            _ => drop(never.insert(line.to_owned())),
        }
    }
    assert!(rows.len() > 300, "the table is not where it is looked for");
    (rows, never)
}

/// The builtins that are excused, each with the reason.
fn excused() -> BTreeMap<String, String> {
    read("differs.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let (name, reason) = line.split_once(": ").expect("each has a reason");
            (name.to_owned(), reason.to_owned())
        })
        .collect()
}

/// The program of a row: the arguments are made first, and the call is its last line.
fn program(row: &Row) -> String {
    let mut lines =
        vec!["def note(name): pass".to_owned(), read("spies.py"), format!("called = {}", row.function)];
    let mut call = Vec::new();
    for (index, argument) in row.arguments.iter().enumerate() {
        let stars = argument.len() - argument.trim_start_matches('*').len();
        lines.push(format!("a{index} = {}", &argument[stars..]));
        call.push(format!("{}a{index}", &argument[..stars]));
    }
    lines.push(format!("called({})\n", call.join(", ")));
    lines.join("\n")
}

fn timeline(text: &str) -> (Timeline, u32) {
    let source = SourceFile::from_text("steps.py", text).unwrap();
    let code = compile(&source, Mode::Exec, Options::default()).unwrap();
    let program = Program::new(code, source.text().clone(), vec!["steps.py".to_owned()]);
    let machine = Machine::new(&program).unwrap();
    (Timeline::new(machine, World::alone(Stdin::Text(String::new()))), text.lines().count() as u32)
}

/// The line at which the module stands.
fn line(machine: &Machine) -> Option<u32> {
    machine.thread().frames.iter().find_map(|frame| match frame {
        Frame::Python(frame) => frame.code.line_at(frame.last),
        Frame::Native(_) | Frame::Unwind(_) => None,
    })
}

/// The name of the Python function whose frame is on top, if it is one that was called.
fn on_top(machine: &Machine) -> Option<String> {
    match machine.thread().frames.as_slice() {
        [_, .., Frame::Python(frame)] => Some(frame.code.code.name.to_string()),
        _ => None,
    }
}

/// What does not hold for a row.
fn wrong(row: &Row) -> Option<String> {
    let (mut timeline, last) = timeline(&program(row));
    while line(timeline.machine()) != Some(last) || on_top(timeline.machine()).is_some() {
        if timeline.forward() != Forward::Ran {
            return Some("it never comes to the call".to_owned());
        }
    }
    let begin = timeline.now();
    // The frame of the Python method.
    while on_top(timeline.machine()).is_none() {
        let asks = timeline.machine().asked().is_some();
        if timeline.forward() != Forward::Ran || timeline.now().0 > begin.0 + MOST {
            return Some(format!("no Python code runs{}", if asks { ", it asks the outside" } else { "" }));
        }
    }
    let (name, inside) = (on_top(timeline.machine()).unwrap(), timeline.now());
    let wanted = row.methods[0].as_str();
    if name != wanted && !(name == "<genexpr>" && wanted == "g") {
        return Some(format!("{name} runs first and not {wanted}"));
    }
    let depth = timeline.machine().thread().frames.len();
    // Back to before it, and there again.
    let before = Step(inside.0 - 1);
    let digest_inside = timeline.machine().digest();
    timeline.go_to(before);
    if timeline.machine().thread().frames.len() >= depth && on_top(timeline.machine()) == Some(name.clone()) {
        return Some("one step back it still runs".to_owned());
    }
    let digest_before = timeline.machine().digest();
    timeline.forward();
    if timeline.machine().digest() != digest_inside {
        return Some("forward again the state is another".to_owned());
    }
    timeline.go_to(before);
    if timeline.machine().digest() != digest_before {
        return Some("back again the state is another".to_owned());
    }
    // Out of it.
    timeline.go_to(inside);
    while timeline.machine().thread().frames.len() >= depth {
        match timeline.forward() {
            Forward::Ran if timeline.now().0 < inside.0 + MOST => {}
            _ if timeline.machine().exit_status().is_some() => break,
            _ => return Some("one does not get out of it".to_owned()),
        }
    }
    timeline.machine().audit().err().map(|error| error.to_string())
}

#[test]
fn builtins_call_python_code_in_frames_of_its_own() {
    let (rows, _) = table();
    let excused = excused();
    let mut failures = Vec::new();
    for row in &rows {
        match (wrong(row), excused.contains_key(&row.name)) {
            (None, false) | (Some(_), true) => {}
            (None, true) => failures.push(format!("  {}: holds: take it off differs.txt", row.name)),
            (Some(why), false) => {
                failures.push(format!(
                    "  {}: {why}: {}({})",
                    row.name,
                    row.function,
                    row.arguments.join(", ")
                ));
            }
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
    let (timeline, _) = timeline("pass\n");
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
