//! The outside of the machine: what answers the questions of a running program.
//!
//! It remembers nothing of what it answered; whoever replays a run gives the answers again
//! ([`timeline`](crate::timeline)).

#[cfg_attr(not(unix), path = "host_elsewhere.rs")]
mod host;
mod library;
mod main_module;
mod modules;
mod os;
#[cfg_attr(not(unix), path = "socket_elsewhere.rs")]
mod socket;
mod source;
mod stdin;
mod system;
mod tokens;
mod zone;

use std::io;

pub use library::Library;
pub use main_module::main_module;
pub use os::failure as os_failure;
pub use stdin::Stdin;

use crate::cache::Policy;
use crate::machine::{Answer, Ask};
use system::System;

/// What answers.
#[derive(Debug)]
pub struct Outside {
    stdin: Stdin,
    library: Library,
    /// How compiled files are used.
    policy: Policy,
    /// Whether there is nothing but standard input and the compiler.
    alone: bool,
    system: System,
}

impl Outside {
    /// An outside whose standard input is `stdin`.
    pub fn new(stdin: Stdin) -> Self {
        let policy = Policy::of_environment(|name| std::env::var_os(name));
        Self { stdin, library: Library::own(), policy, alone: false, system: System::default() }
    }

    /// The same, with compiled files used as `policy` says.
    #[must_use]
    pub fn with_policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// An outside of standard input and the compiler, where no file is ever touched: for programs that
    /// nobody has read.
    pub fn alone(stdin: Stdin) -> Self {
        Self { alone: true, ..Self::new(stdin) }
    }

    /// The answer to a question; `None` where somebody has to be asked first.  The error is one of reading
    /// the process's own standard input.
    pub fn answer(&mut self, ask: &Ask) -> io::Result<Option<Answer>> {
        Ok(Some(match ask {
            Ask::Line => match self.stdin.line()? {
                Some(line) => Answer::Line(line),
                None => return Ok(None),
            },
            Ask::Module(_) | Ask::System(_) if self.alone => ask.nothing(),
            Ask::Compile(source) => Answer::Compiled(source::compile(source)),
            Ask::CompileTree(source) => Answer::Compiled(source::compile_tree(source)),
            Ask::CheckTree(source) => Answer::Parsed(source::check_tree(source)),
            Ask::Parse(wanted) => Answer::Parsed(source::parse(wanted)),
            Ask::Symbols(source) => Answer::Symbols(source::symbols(source)),
            Ask::Tokens(wanted) => Answer::Tokens(tokens::find(wanted)),
            Ask::System(call) => Answer::System(self.system.call(call)),
            Ask::Module(wanted) => Answer::Module(modules::find(wanted, self.library, &self.policy)),
        }))
    }

    /// Whether somebody has to be asked for the answer to a question.
    pub fn must_ask(&self, ask: &Ask) -> bool {
        matches!((ask, &self.stdin), (Ask::Line, Stdin::Asked))
    }

    /// Whether lines of standard input come from whoever looks on.
    pub fn is_asked(&self) -> bool {
        matches!(self.stdin, Stdin::Asked)
    }
}
