//! `wordcode stages`: every form a program takes on its way to wordcode.

use std::ffi::OsString;
use std::io::{self, BufWriter};
use std::process::ExitCode;
use std::time::UNIX_EPOCH;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Args, ValueHint};
use wordcode::code::pyc;
use wordcode::record::stages::{Form, write};
use wordcode::view::stages::{NAMES, Stage, Stages};

use super::error::CliError;
use super::{input, usage};

#[derive(Args)]
pub struct StagesArgs {
    /// Only this stage
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(NAMES))]
    stage: Option<String>,
    /// Only the stages of this code object: <module>, f, C.method, f.<locals>.<lambda>
    #[arg(long, value_name = "QUALNAME")]
    function: Option<String>,
    /// One object of JSON a stage
    #[arg(long)]
    json: bool,
    /// The program itself, instead of a file
    #[arg(short = 'c', value_name = "CODE")]
    code: Option<OsString>,
    /// The program; standard input without it
    #[arg(default_value = "-", hide_default_value = true, value_hint = ValueHint::FilePath)]
    file: OsString,
}

/// Prints the stages that are asked for.
pub fn stages(args: &StagesArgs) -> Result<ExitCode, CliError> {
    let source = input::source(args.code.as_ref(), &args.file)?;
    let mut stages = Stages::new(&source).map_err(|error| input::refused(error, &source))?;
    if args.code.is_none() && args.file != "-" {
        stages.push_pyc(tied_to(&args.file)?);
    }
    input::warn(&stages.warnings, &source);
    let wanted = |stage: &&Stage| {
        let is_stage = args.stage.as_ref().is_none_or(|name| name == stage.name);
        let unit = || stage.unit.as_ref().map(|unit| &*unit.qualname);
        is_stage && args.function.as_ref().is_none_or(|name| unit() == Some(name))
    };
    let chosen: Vec<&Stage> = stages.list.iter().filter(wanted).collect();
    if chosen.is_empty() {
        return Err(nothing(args, &stages));
    }
    let form = if args.json { Form::Json } else { Form::Text };
    write(chosen, form, &mut BufWriter::new(io::stdout().lock()))?;
    Ok(ExitCode::SUCCESS)
}

/// How an import of the program would tie its compiled file to it.
fn tied_to(file: &OsString) -> Result<pyc::Source, CliError> {
    let wrong = |error| CliError::Open { path: file.into(), error };
    let metadata = std::fs::metadata(file).map_err(wrong)?;
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let mtime = changed.map_or(0, |since| since.as_secs()) as u32;
    Ok(pyc::Source::Timestamp { mtime, size: metadata.len() as u32 })
}

/// Why there is nothing to show.
fn nothing(args: &StagesArgs, stages: &Stages) -> CliError {
    let message = match (&args.function, &args.stage) {
        (Some(function), _) if !stages.units().contains(&&**function) => {
            format!("no code object named {function}; there are {}", stages.units().join(", "))
        }
        (Some(_), Some(stage)) => {
            format!("the stage {stage} is that of the whole program, not of a function")
        }
        (_, stage) => {
            format!("there is no stage {} of a program that is no file", stage.as_deref().unwrap_or("at all"))
        }
    };
    usage(ErrorKind::InvalidValue, &message)
}
