//! Warnings: printed once for each place in the program, unless they are switched off.

use std::rc::Rc;

use super::Machine;
use super::names;
use super::output::Stream;
use super::value::Value;

/// What the program has been warned of.
#[derive(Clone, Debug, Default, Hash)]
pub struct Warnings {
    off: bool,
    /// File, line and text of each warning so far.
    given: Rc<Vec<(Rc<str>, u32, String)>>,
}

/// What kind of warning it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    /// Shown only for code of the program itself.
    Deprecation,
    /// Shown always.
    Runtime,
}

impl Category {
    const fn name(self) -> &'static str {
        match self {
            Self::Deprecation => "DeprecationWarning",
            Self::Runtime => "RuntimeWarning",
        }
    }
}

impl Machine {
    /// Prints no warnings from now on: `PYTHONWARNINGS=ignore`.
    pub fn ignore_warnings(&mut self) {
        self.warnings.off = true;
    }

    /// Warns of something in the line that runs; whether it was printed.
    pub(super) fn warn(&mut self, category: Category, message: &str) -> bool {
        if self.warnings.off {
            return false;
        }
        let Some(frame) = self.thread.python_frames().next() else {
            self.write(Stream::Stderr, &format!("sys:1: {}: {message}\n", category.name()));
            return true;
        };
        let main = self.heap.get_name(frame.globals, names::NAME) == Some(Value::object(names::MAIN));
        if category == Category::Deprecation && !main {
            return false;
        }
        let line = frame.code.line_at(frame.last).unwrap_or(frame.code.code.firstlineno);
        let entry = (Rc::clone(&frame.code.code.filename), line, format!("{}: {message}", category.name()));
        if self.warnings.given.contains(&entry) {
            return false;
        }
        let source = self.source_line(&entry.0, line).filter(|text| !text.is_empty());
        let source = source.map_or_else(String::new, |text| format!("  {text}\n"));
        let text = format!("{}:{line}: {}\n{source}", entry.0, entry.2);
        Rc::make_mut(&mut self.warnings.given).push(entry);
        self.write(Stream::Stderr, &text);
        true
    }

    /// Gives a SyntaxWarning of the compiler, each time anew as CPython does.
    pub(super) fn warn_of_source(&mut self, file: &str, line: u32, message: &str) {
        if self.warnings.off {
            return;
        }
        let source = self.source_line(file, line).filter(|text| !text.is_empty());
        let source = source.map_or_else(String::new, |text| format!("  {text}\n"));
        self.write(Stream::Stderr, &format!("{file}:{line}: SyntaxWarning: {message}\n{source}"));
    }

    /// A module that is to run as the program has been imported by its package, and so will run twice.
    pub(super) fn warn_of_early_import(&mut self, package: &str, module: &str) {
        if !self.warnings.off {
            let text = format!(
                "<frozen runpy>:130: RuntimeWarning: '{module}' found in sys.modules after import of package \
                 '{package}', but prior to execution of '{module}'; this may result in unpredictable behaviour\n"
            );
            self.write(Stream::Stderr, &text);
        }
    }
}
