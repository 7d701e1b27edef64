//! `wordcode ast` prints what `python -m ast` prints, option for option.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use support::{Program, ROOT, difference, digest};
use wordcode::compile::ast::{AstOptions, Input, ast};

const OPTIONS: &[&[&str]] = &[
    &[],
    &["-a"],
    &["-O", "1", "-a"],
    &["-O", "2", "-i", "0"],
    &["--no-type-comments", "-i", "1"],
    &["--show-empty"],
];

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap()
}

fn wordcode_ast(options: &[&str], input: &str) -> (Option<i32>, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wordcode"));
    command.current_dir(ROOT).env("PYTHONWARNINGS", "ignore").arg("ast").args(options);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that reads a file has no use for what it is given.
    _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    (output.status.code(), lines)
}

fn programs(folder: &str) -> Vec<Program> {
    let names = fs::read_dir(Path::new(ROOT).join(folder)).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut programs: Vec<Program> = names
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "py"))
        .map(|name| Program { name: format!("{folder}/{name}") })
        .collect();
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    programs
}

#[test]
fn trees_are_those_of_python_m_ast() {
    let mut wrong = Vec::new();
    let programs: Vec<Program> = ["tests/ast", "tests/compile"].into_iter().flat_map(programs).collect();
    assert!(programs.len() >= 14, "the programs are not where they are looked for");
    for program in programs {
        let expected = program.expected("ast").unwrap_or_default();
        let mut ours = Vec::new();
        for options in OPTIONS {
            let (_, lines) = wordcode_ast(&[options, &[program.name.as_str()][..]].concat(), "");
            ours.push(format!("= ast {} {}", options.join(" "), digest(&lines)).replace("  ", " "));
        }
        if let Some(told) = difference(&expected.lines().collect::<Vec<_>>(), &ours) {
            wrong.push(format!("{}\n{told}", program.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_mode_and_version_reads_what_cpython_reads_and_refuses_what_it_refuses() {
    let (cases, expected) = (read("tests/ast/cases.txt"), read("tests/expected/ast/cases.txt"));
    let cases = cases.strip_prefix("== ").unwrap();
    let cases: Vec<&str> = cases.strip_suffix('\n').unwrap().split("\n== ").collect();
    assert_eq!(cases.len(), expected.lines().count());
    let mut wrong = Vec::new();
    for (case, expected) in cases.iter().zip(expected.lines()) {
        let (options, text) = case.split_once('\n').unwrap_or((case, ""));
        let (status, lines) = wordcode_ast(&options.split(' ').collect::<Vec<_>>(), text);
        let ours = match status {
            Some(0) => format!("0 {}", digest(&lines)),
            Some(status) => status.to_string(),
            None => "killed".to_owned(),
        };
        if ours != expected {
            wrong.push(format!("expected {expected}, here {ours}\n{case}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn the_corpus_has_every_node_there_is() {
    let mut seen = BTreeSet::new();
    for (input, text) in [
        (Input::File, read("tests/ast/every_node.py")),
        (Input::Expression, "x".to_owned()),
        (Input::Statement, "x\n".to_owned()),
        (Input::FunctionType, "() -> x".to_owned()),
    ] {
        let source = wordcode::text::SourceFile::from_text("<test>", &text).unwrap();
        let tree = ast(&source, AstOptions { input, type_comments: true, ..AstOptions::default() }).unwrap();
        seen.extend(tree.tree.nodes().iter().map(|node| node.kind.name()));
    }
    let nodes = read("tests/expected/ast/nodes.txt");
    let missing: Vec<&str> = nodes.lines().filter(|node| !seen.contains(node)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(seen.len(), nodes.lines().count());
}

#[test]
fn a_tree_of_any_depth_is_printed() {
    let deep = "-".repeat(5_000) + "x";
    let (status, lines) = wordcode_ast(&["-i", "0"], &deep);
    assert_eq!(status, Some(0));
    assert_eq!(lines.len(), 2 * 5_000 + 4);
}

#[test]
fn what_cannot_be_honoured_is_wrong_usage() {
    for options in [["-O", "3"], ["--feature-version", "2.7"], ["--feature-version", "x"], ["-m", "all"]] {
        assert_eq!(wordcode_ast(&options, "x").0, Some(2), "{options:?}");
    }
}
