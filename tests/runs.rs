//! What every program prints, on which stream, and how it ends, against what CPython 3.14 did.

mod support;

use std::process::Command;

use support::{ROOT, check_all, difference, without_addresses};

#[test]
fn programs_print_and_end_as_in_cpython() {
    check_all("run_differs.txt", |program| {
        let Some(expected) = program.expected("out") else {
            return Some("    there is no expected file".into());
        };
        let warned = program.name.starts_with("tests/programs/warnings/");
        let output = Command::new(env!("CARGO_BIN_EXE_wordcode"))
            .env("PYTHONWARNINGS", if warned { "" } else { "ignore" })
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg("run")
            .arg(program.path())
            .output()
            .unwrap();
        let status = output.status.code().map_or("by a signal".into(), |status| status.to_string());
        let mut ours = vec![format!("exit {status}")];
        ours.extend(marked("1", &output.stdout));
        ours.extend(marked("2", &output.stderr));
        difference(&expected.lines().collect::<Vec<_>>(), &ours)
    });
}

/// The lines of an output, each behind the number of its stream.
fn marked(stream: &str, output: &[u8]) -> Vec<String> {
    let text = without_addresses(&String::from_utf8_lossy(output)).replace(ROOT, "{root}");
    let mut lines: Vec<String> = text.split('\n').map(|line| format!("{stream}|{line}")).collect();
    match text.strip_suffix('\n') {
        None if !text.is_empty() => lines.last_mut().unwrap().push_str("{no newline}"),
        Some(_) | None => drop(lines.pop()),
    }
    lines
}
