//! What must hold of a source and what is compiled from it.

use wordcode::code::pyc;
use wordcode::compile::{Mode, Options, compile};
use wordcode::text::SourceFile;

/// Compiles a source twice in each mode and at each level; code is verified as that of a stranger would be.
pub fn check(source: &SourceFile) {
    for mode in [Mode::Exec, Mode::Eval, Mode::Single] {
        for optimize in 0..=2 {
            let options = Options { optimize, ..Options::default() };
            match (compile(source, mode, options), compile(source, mode, options)) {
                (Ok(code), Ok(again)) => {
                    let tie = pyc::Source::Timestamp { mtime: 0, size: 0 };
                    let bytes = pyc::write(&code, tie);
                    assert_eq!(bytes, pyc::write(&again, tie), "the same source gives the same code");
                    pyc::read(&bytes).expect("what is compiled stands the verifier");
                }
                (Err(error), Err(again)) => {
                    assert_eq!(error, again, "the same source gives the same error");
                    drop(error.in_source(source).map(|error| error.to_string()));
                    let warnings: Vec<String> =
                        error.warnings.iter().map(|warning| warning.shown(source)).collect();
                    drop(warnings);
                    return;
                }
                _ => panic!("the same source is refused once and compiled once"),
            }
        }
    }
}
