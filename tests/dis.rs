//! `wordcode dis` prints what `python -m dis` prints, option for option.

mod support;

use std::process::Command;

use support::{ROOT, check_all, difference, digest, without_addresses};

const OPTIONS: &[&[&str]] = &[&[], &["-C"], &["-O"], &["-P"], &["-S"], &["-C", "-O", "-P", "-S"]];

#[test]
fn listings_are_those_of_python_m_dis() {
    check_all("dis_differs.txt", |program| {
        let Some(expected) = program.expected("dis") else {
            return Some("    there is no expected file".into());
        };
        let mut ours = Vec::new();
        for options in OPTIONS {
            // The file's name, as it is given, stands in the listing.
            let mut command = Command::new(env!("CARGO_BIN_EXE_wordcode"));
            let output =
                command.current_dir(ROOT).arg("dis").args(*options).arg(&program.name).output().unwrap();
            let listing = String::from_utf8_lossy(&output.stdout).into_owned();
            let lines: Vec<String> = without_addresses(&listing).lines().map(str::to_owned).collect();
            ours.push(format!("= dis {} {}", options.join(" "), digest(&lines)).replace("  ", " "));
            if program.is_sample() && options.is_empty() {
                ours.extend(lines);
            }
        }
        difference(&expected.lines().collect::<Vec<_>>(), &ours)
    });
}
