//! The command line: which command, on which program, with which options.
//!
//! A command that succeeds says what the exit status is; every error is told on standard error, with
//! status 2 for wrong usage and 1 for all else.

mod ast;
mod compile;
mod error;
mod fault;
mod input;
mod run;
mod stages;
mod step;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueHint};

use error::CliError;
use input::Program;
use wordcode::cache::Policy;
use wordcode::record;
use wordcode::tui::theme::Theme;

/// Step Python as CPython 3.14 really runs it: one bytecode instruction at a time, forward and back.
#[derive(Parser)]
#[command(
    name = "wordcode",
    version,
    override_usage = "wordcode [OPTIONS] SCRIPT [ARGS]...\n       wordcode [OPTIONS] -c CODE [ARGS]...\n       \
                      wordcode [OPTIONS] -m MODULE [ARGS]...\n       wordcode COMMAND ...",
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Without a command, SCRIPT opens in the stepper: ? shows the keys there, q leaves.",
    after_long_help = EXAMPLES
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    step: StepOptions,
}

const EXAMPLES: &str = "\
Without a command, SCRIPT opens in the stepper: ? shows the keys there, q leaves.

Examples:
  wordcode samples/value_stack.py           step through a program
  wordcode --at 120 samples/recursion.py    begin at step 120
  wordcode -c 'print(1 + 2)'                step through a line of Python
  wordcode run script.py one two            run a program, with arguments
  wordcode --interactive script.py          step through it line by line, as Python's prompt runs it
  wordcode trace --json script.py           one line of JSON an instruction
  wordcode dis -O script.py                 the instructions, as python -m dis -O shows them
  wordcode ast -a script.py                 the syntax tree, as python -m ast -a shows it
  wordcode stages --function f script.py    what the compiler makes of f, pass for pass
  wordcode compile -o build samples         .pyc files for all programs in a folder
  wordcode build/value_stack.pyc            step through a compiled program, without its source

Exit status: of `run` the program's own; else 0, 1 for an error in the input, 2 for wrong usage.";

#[derive(Args)]
struct StepOptions {
    #[command(flatten)]
    program: ProgramArgs,
    /// Begin at this step
    #[arg(long, value_name = "STEP", default_value_t = 0, hide_default_value = true)]
    at: u64,
    /// Print one line of text a step instead of drawing a screen, as without a terminal
    #[arg(long)]
    plain: bool,
    /// The colours
    #[arg(long, value_name = "NAME", value_parser = Theme::names())]
    theme: Option<String>,
    /// Let the program read this file as its standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    stdin: Option<PathBuf>,
}

/// What to run: a file, standard input, or code from the command line.
#[derive(Args)]
struct ProgramArgs {
    /// Compile each top-level statement by itself, as at Python's prompt
    #[arg(long)]
    interactive: bool,
    /// Compile the program anew: neither read nor write __pycache__
    #[arg(long)]
    no_pycache: bool,
    /// Say on standard error whether the program, and with `run` what it imports, was loaded from __pycache__ or
    /// compiled, and why
    #[arg(short, long)]
    verbose: bool,
    /// What becomes of warnings, as for python3.14: ACTION::CATEGORY:MODULE:LINE, where all but the action may be
    /// left out
    #[arg(short = 'W', value_name = "ACTION")]
    warnings: Vec<String>,
    /// The program itself, instead of a file
    #[arg(short = 'c', value_name = "CODE")]
    code: Option<OsString>,
    /// The module to run, looked for in the current folder and PYTHONPATH, instead of a file
    #[arg(short = 'm', value_name = "MODULE", conflicts_with_all = ["code", "interactive"])]
    module: Option<OsString>,
    /// The program, - for standard input; what follows it are the program's own arguments
    #[arg(
        value_name = "SCRIPT [ARGS]",
        num_args = 0..,
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_hint = ValueHint::FilePath
    )]
    words: Vec<OsString>,
}

#[derive(Subcommand)]
enum Command {
    /// Run a program to its end, as python3.14 does
    #[command(
        override_usage = "wordcode run SCRIPT [ARGS]...\n       wordcode run -c CODE [ARGS]...\n       wordcode run -m MODULE [ARGS]..."
    )]
    Run {
        #[command(flatten)]
        program: ProgramArgs,
    },
    /// Run a program and print one line for each instruction, with the value stack
    #[command(
        override_usage = "wordcode trace [OPTIONS] SCRIPT [ARGS]...\n       wordcode trace [OPTIONS] -c CODE [ARGS]...\n       wordcode trace [OPTIONS] -m MODULE [ARGS]..."
    )]
    Trace {
        /// One object of JSON a line
        #[arg(long)]
        json: bool,
        /// Write the lines to this file, not among what the program prints
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
        /// Stop after so many lines
        #[arg(long, value_name = "N", default_value_t = u64::MAX, hide_default_value = true)]
        limit: u64,
        #[command(flatten)]
        program: ProgramArgs,
    },
    /// Show the instructions of a program, as python -m dis does
    #[command(override_usage = "wordcode dis [OPTIONS] [FILE]\n       wordcode dis [OPTIONS] -c CODE")]
    Dis {
        #[command(flatten)]
        options: DisOptions,
        /// The program itself, instead of a file
        #[arg(short = 'c', value_name = "CODE")]
        code: Option<OsString>,
        /// The program; standard input without it
        #[arg(default_value = "-", hide_default_value = true, value_hint = ValueHint::FilePath)]
        file: OsString,
    },
    /// Show the syntax tree of a program, as python -m ast does
    #[command(override_usage = "wordcode ast [OPTIONS] [FILE]\n       wordcode ast [OPTIONS] -c CODE")]
    Ast {
        #[command(flatten)]
        args: ast::AstArgs,
    },
    /// Show every form a program takes on its way to wordcode, and what each pass of the compiler changes
    #[command(override_usage = "wordcode stages [OPTIONS] [FILE]\n       wordcode stages [OPTIONS] -c CODE")]
    Stages {
        #[command(flatten)]
        args: stages::StagesArgs,
    },
    /// Write .pyc files for programs, and for all programs in folders
    Compile {
        /// Write to this folder, not to __pycache__ beside each program
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        output: Option<PathBuf>,
        /// How an import of CPython finds out that a source has changed; without it by its time, or by a
        /// checked hash if SOURCE_DATE_EPOCH is set
        #[arg(long, value_name = "MODE", value_enum)]
        invalidation_mode: Option<compile::Invalidation>,
        /// 1 leaves out assert, 2 docstrings too
        #[arg(short = 'O', long, value_name = "LEVEL", default_value_t = 0, hide_default_value = true,
              value_parser = clap::value_parser!(u8).range(0..=2))]
        optimize: u8,
        /// Files and folders
        #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args)]
#[allow(clippy::struct_excessive_bools, reason = "one for each option")]
struct DisOptions {
    /// Show inline caches
    #[arg(short = 'C', long)]
    show_caches: bool,
    /// Show the offsets of instructions
    #[arg(short = 'O', long)]
    show_offsets: bool,
    /// Show the places in the source
    #[arg(short = 'P', long)]
    show_positions: bool,
    /// Show specialized instructions, of which a program that has not run has none
    #[arg(short = 'S', long)]
    specialized: bool,
}

/// Runs the program that the process's arguments ask for.
pub fn main() -> ExitCode {
    fault::install_report();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return report(&CliError::Usage(error)),
    };
    match dispatch(cli) {
        Ok(status) => status,
        Err(error) => report(&error),
    }
}

fn dispatch(cli: Cli) -> Result<ExitCode, CliError> {
    match cli.command {
        None => step::step(&cli.step),
        Some(Command::Run { program }) => run::run(&program.program()?),
        Some(Command::Trace { json, output, limit, program }) => {
            step::trace(&program.program()?, json, limit, output.as_deref())
        }
        Some(Command::Dis { options, code, file }) => dis(options, code, &file),
        Some(Command::Ast { args }) => ast::ast(&args),
        Some(Command::Stages { args }) => stages::stages(&args),
        Some(Command::Compile { output, invalidation_mode, optimize, paths }) => {
            let options = compile::Options { output, invalidation: invalidation_mode, optimize };
            compile::compile(&paths, &options)
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "wordcode", &mut script);
            io::stdout().lock().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn dis(options: DisOptions, code: Option<OsString>, file: &OsString) -> Result<ExitCode, CliError> {
    let code = match code {
        None if file != "-" => input::load(file.as_ref(), &file.to_string_lossy())?,
        code => input::compile(&input::source(code.as_ref(), file)?, 0)?,
    };
    let DisOptions { show_caches, show_offsets, show_positions, specialized } = options;
    let options = record::dis::DisOptions { show_caches, show_offsets, show_positions, specialized };
    io::stdout().lock().write_all(record::dis::disassembly(&code, options).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn report(error: &CliError) -> ExitCode {
    match error {
        // Help and version are errors to clap, which knows where to print them.
        CliError::Usage(usage) => {
            let _ = usage.print();
            return ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2));
        }
        CliError::NobodyReads => {}
        other => eprintln!("{other}"),
    }
    ExitCode::FAILURE
}

impl ProgramArgs {
    /// The program, compiled as asked for.
    fn program(&self) -> Result<Program, CliError> {
        let program = self.given()?;
        if self.interactive { program.line_by_line() } else { Ok(program) }
    }

    /// The program, or why what was given is none.
    fn given(&self) -> Result<Program, CliError> {
        let mut program = self.load()?;
        program.verbose = self.verbose;
        program.warnings.clone_from(&self.warnings);
        if let Some(notice) = program.notice().filter(|_| self.verbose) {
            eprintln!("wordcode: {notice}");
        }
        Ok(program)
    }

    fn load(&self) -> Result<Program, CliError> {
        let name = |word: &OsString| word.to_string_lossy().into_owned();
        if let Some(code) = &self.code {
            let argv = std::iter::once("-c".to_owned()).chain(self.words.iter().map(name)).collect();
            return Program::from_code(&name(code), argv, &self.policy());
        }
        if let Some(module) = &self.module {
            let argv = std::iter::once("-m".to_owned()).chain(self.words.iter().map(name)).collect();
            return Program::from_module(&name(module), argv, &self.policy());
        }
        let Some(script) = self.words.first() else {
            return Err(usage(ErrorKind::MissingRequiredArgument, "no SCRIPT is given"));
        };
        let argv: Vec<String> = self.words.iter().map(name).collect();
        if argv[0] == "-" {
            return Program::from_stdin(argv, &self.policy());
        }
        if argv[0].starts_with('-') {
            let message = format!("unexpected argument '{}' found", argv[0]);
            return Err(usage(ErrorKind::UnknownArgument, &message));
        }
        let path = PathBuf::from(script);
        if !path.exists()
            && let Some(command) = meant(&argv[0])
        {
            let message =
                format!("unrecognized command '{}'\n\n  tip: a similar command exists: '{command}'", argv[0]);
            return Err(usage(ErrorKind::InvalidSubcommand, &message));
        }
        Program::from_file(&path, argv, &self.policy())
    }

    fn policy(&self) -> Policy {
        let policy = Policy::of_environment(|variable| std::env::var_os(variable));
        Policy { off: self.no_pycache, repairs: true, ..policy }
    }
}

/// The command that `word` is a misspelling of: at most two slips, and none that changes all of it.
fn meant(word: &str) -> Option<String> {
    let command = Cli::command();
    let slips = |name: &str| strsim::damerau_levenshtein(word, name);
    let names = command.get_subcommands().map(clap::Command::get_name);
    let alike =
        names.filter(|name| slips(name) <= 2 && slips(name) < name.len().min(word.len()).saturating_sub(1));
    alike.min_by_key(|name| slips(name)).map(str::to_owned)
}

fn usage(kind: ErrorKind, message: &str) -> CliError {
    CliError::Usage(Cli::command().error(kind, message))
}
