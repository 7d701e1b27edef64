//! Every field of every code object of every program, against what CPython 3.14 compiled.

#[path = "support/dump.rs"]
mod dump;
mod support;

use support::{check_all, difference};
use wordcode::compile::{Mode, Options, compile};

#[test]
fn code_objects_are_cpythons() {
    check_all("code_differs.txt", |program| {
        let Some(expected) = program.expected("code") else {
            return Some("    there is no expected file".into());
        };
        let code = match compile(&support::source(program), Mode::Exec, Options::default()) {
            Ok(code) => code,
            Err(error) => return Some(format!("    {error}")),
        };
        let ours = if program.is_sample() { dump::in_full(&code) } else { dump::in_digests(&code) };
        difference(&expected.lines().collect::<Vec<_>>(), &ours)
    });
}
