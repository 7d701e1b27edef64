//! Our own bugs, as the user meets them: a report that says what it is and what to do with it.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::process::ExitCode;

use wordcode::machine::Machine;

/// The exit status of a run that a bug of ours ended; Rust's own for a panic.
const STATUS: u8 = 101;

/// From here on a panic is reported in the words of this program.
pub fn install_report() {
    panic::set_hook(Box::new(|info| eprint!("{}", report(info))));
}

fn report(info: &PanicHookInfo<'_>) -> String {
    let what = info.payload_as_str().unwrap_or("no message");
    let place =
        info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
    format!(
        "wordcode: internal error: {what}{place}\n\
         This is a bug in wordcode, not in your program.  Please report it, with this message and the program.\n"
    )
}

/// Lets a machine run, and says whether it came to an end of its own; a panic has been reported by then.
pub fn guarded<T>(machine: &mut Machine, work: impl FnOnce(&mut Machine) -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(|| work(machine))).map_err(|_: Box<dyn Any + Send>| Fault)
}

/// The machine had a bug; it cannot go on.
#[derive(Clone, Copy, Debug)]
pub struct Fault;

impl Fault {
    /// Says where the program was, and gives the exit status.
    pub fn exit(self, machine: &Machine) -> ExitCode {
        eprintln!("It happened in step {}.", machine.steps());
        ExitCode::from(STATUS)
    }
}
