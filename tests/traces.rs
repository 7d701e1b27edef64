//! Every instruction that runs, with the value stack before it, against what CPython 3.14 executed.

mod support;

use std::collections::HashSet;
use std::io;

use serde::Deserialize;
use support::{Program, check_all, difference, digest, machine};
use wordcode::code::{CodeObject, CodeUnit, Opcode};
use wordcode::record::trace::{Form, Options, trace};
use wordcode::timeline::{Stdin, Timeline, World};
use wordcode::view::Explainer;

/// As in `regenerate.py`.
const READABLE_ROWS: usize = 200;
const ROWS_PER_DIGEST: usize = 100;
const MOST_ROWS: usize = 20_000;

/// Instructions for which CPython raises no event.
const SILENT: &[&str] = &["RESUME", "CACHE", "EXTENDED_ARG"];

/// Programs with addresses on the stack, or that hang on how many frames there may be.
const UNTRACED: &str = "tests/programs/untraced/";

#[derive(Deserialize)]
struct Row {
    depth: usize,
    code: String,
    line: Option<u32>,
    offset: u32,
    op: String,
    arg: Option<u32>,
    stack: Vec<String>,
}

#[test]
fn instructions_and_value_stacks_are_cpythons() {
    check_all("trace_differs.txt", |program| {
        if program.name.starts_with(UNTRACED) {
            return None;
        }
        let Some(expected) = program.expected("trace") else {
            return Some("    there is no expected file".into());
        };
        let rows = rows(program);
        let mut ours =
            if program.is_sample() { rows[..rows.len().min(READABLE_ROWS)].to_vec() } else { Vec::new() };
        let complete = if rows.len() < MOST_ROWS { "all" } else { "the first" };
        ours.push(format!("= {complete} {} rows", rows.len()));
        ours.extend(rows.chunks(ROWS_PER_DIGEST).map(digest));
        difference(&expected.lines().collect::<Vec<_>>(), &ours)
    });
}

/// The rows that CPython would report, in the columns of the expected files.
fn rows(program: &Program) -> Vec<String> {
    let machine = machine(program);
    let mut timeline = Timeline::new(machine, World::new(Stdin::Text(String::new())));
    let options = Options { form: Form::Json, limit: 3 * MOST_ROWS as u64, file: &program.name };
    let mut json = Vec::new();
    trace(&mut timeline, options, &mut Explainer::default(), &mut json, &mut io::sink(), &mut io::sink())
        .unwrap();
    let mut starts = HashSet::new();
    prologues(&support::code(program), &mut starts);
    let rows = serde_json::Deserializer::from_slice(&json).into_iter::<Row>().map(Result::unwrap);
    let reported = rows.filter(|row| {
        !SILENT.contains(&row.op.as_str())
            && !starts.contains(&(row.code.clone(), row.offset, row.op.clone()))
    });
    reported.take(MOST_ROWS).map(|row| in_columns(&row)).collect()
}

fn in_columns(row: &Row) -> String {
    let or_dash = |number: Option<u32>| number.map_or("-".into(), |number| number.to_string());
    let mut columns = vec![
        row.depth.to_string(),
        row.code.clone(),
        or_dash(row.line),
        row.offset.to_string(),
        row.op.clone(),
        or_dash(row.arg),
    ];
    columns.extend(row.stack.iter().cloned());
    columns.join("\t")
}

/// Code, offset and opcode of each instruction that stands before a code object's first `RESUME`.
fn prologues(code: &CodeObject, found: &mut HashSet<(String, u32, String)>) {
    let opcodes = code.code.chunks(2).map_while(|unit| Opcode::from_byte(unit[0]));
    for (unit, opcode) in opcodes.take_while(|opcode| *opcode != Opcode::RESUME).enumerate() {
        found.insert((code.qualname.to_string(), CodeUnit(unit as u32).bytes(), opcode.name().to_owned()));
    }
    for child in code.children() {
        prologues(child, found);
    }
}
