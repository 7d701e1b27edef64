//! `wordcode ast`: the syntax tree of a program, as `python -m ast` shows it.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, ValueEnum, ValueHint};
use wordcode::compile::ast::{self, AstOptions, Input};
use wordcode::record::ast::{DumpOptions, dump};

use super::error::CliError;
use super::{input, usage};

#[derive(Args)]
pub struct AstArgs {
    /// What the source is: a file, one statement at a prompt, an expression, or the type of a function
    #[arg(short, long, value_name = "MODE", default_value = "exec")]
    mode: ModeName,
    /// Take `# type:` comments for comments, not for a part of the tree
    #[arg(long)]
    no_type_comments: bool,
    /// Show positions too: lines, and columns in bytes of UTF-8
    #[arg(short = 'a', long)]
    include_attributes: bool,
    /// Blanks before what is one level further in
    #[arg(short, long, value_name = "N", default_value_t = 3, allow_negative_numbers = true)]
    indent: i32,
    /// Refuse what Python 3.N does not know, as far as CPython checks that
    #[arg(long, value_name = "3.N")]
    feature_version: Option<String>,
    /// 1 or 2: the tree as python -O or -OO optimizes it; else as it was written
    #[arg(
        short = 'O', long, value_name = "LEVEL", default_value_t = -1, hide_default_value = true,
        allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(-1..=2)
    )]
    optimize: i32,
    /// Show empty lists too
    #[arg(long)]
    show_empty: bool,
    /// The program itself, instead of a file
    #[arg(short = 'c', value_name = "CODE")]
    code: Option<OsString>,
    /// The program; standard input without it
    #[arg(default_value = "-", hide_default_value = true, value_hint = ValueHint::FilePath)]
    file: OsString,
}

/// CPython's names for what a source may be.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum ModeName {
    Exec,
    Single,
    Eval,
    FuncType,
}

/// Prints the tree.
pub fn ast(args: &AstArgs) -> Result<ExitCode, CliError> {
    let feature_version = feature_version(args.feature_version.as_deref())?;
    let source = input::source(args.code.as_ref(), &args.file)?;
    let options = AstOptions {
        input: match args.mode {
            ModeName::Exec => Input::File,
            ModeName::Single => Input::Statement,
            ModeName::Eval => Input::Expression,
            ModeName::FuncType => Input::FunctionType,
        },
        optimize: u8::try_from(args.optimize).ok().filter(|&level| level > 0),
        type_comments: !args.no_type_comments,
        feature_version,
    };
    let tree = ast::ast(&source, options).map_err(|error| input::refused(error, &source))?;
    input::warn(&tree.warnings, &source);
    let options = DumpOptions {
        include_attributes: args.include_attributes,
        indent: usize::try_from(args.indent).unwrap_or(0),
        show_empty: args.show_empty,
    };
    io::stdout().lock().write_all(dump(&tree.tree, options).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The N of `3.N`; the newest where none is given, or one below 0, as for CPython.
fn feature_version(given: Option<&str>) -> Result<u8, CliError> {
    let newest = AstOptions::default().feature_version;
    let Some(given) = given.filter(|given| !given.is_empty()) else { return Ok(newest) };
    let numbers = given.split_once('.').and_then(|(major, minor)| {
        Some((major.trim().parse::<i64>().ok()?, minor.trim().parse::<i64>().ok()?))
    });
    match numbers {
        Some((3, minor)) => Ok(u8::try_from(minor).unwrap_or(newest)),
        Some(_) => Err(usage(
            ErrorKind::ValueValidation,
            &format!("--feature-version {given}: only versions of Python 3 are known"),
        )),
        None => Err(usage(
            ErrorKind::ValueValidation,
            &format!("--feature-version {given}: not of the form 3.N, for example 3.10"),
        )),
    }
}
