//! The stepper without a screen: one line of text a step, for pipes and screen readers.

use std::io::{self, Write};

use crate::timeline::{Forward, Timeline};
use crate::view::{Detail, Phase, Snapshot, Viewer};

/// Writes a line for each step from where `timeline` stands to the end of the program.
pub fn plain(timeline: &mut Timeline, viewer: &mut Viewer, out: &mut impl Write) -> io::Result<()> {
    loop {
        let snapshot = viewer.snapshot(timeline, None, Detail::Row);
        writeln!(out, "{}", line(&snapshot))?;
        let printed = timeline.machine().output.len();
        match timeline.forward() {
            Forward::Ran => {}
            Forward::Ended | Forward::Asks => return out.flush(),
        }
        for write in timeline.machine().output.since(printed) {
            for line in write.text.lines() {
                writeln!(out, "  prints: {}", without_controls(line))?;
            }
        }
    }
}

/// One step in a line: where it is, and what it does.
fn line(snapshot: &Snapshot) -> String {
    let step = snapshot.step;
    match &snapshot.phase {
        Phase::Exited(status) => return format!("step {step}: the program has ended, exit status {status}"),
        Phase::Fault(fault) => return format!("step {step}: {fault}"),
        Phase::Running | Phase::Input(_) => {}
    }
    let frame = snapshot.frames.iter().find(|frame| frame.selected);
    let place = frame.map_or_else(String::new, |frame| match frame.line {
        Some(line) => format!(", line {line} of {}", frame.title),
        None => format!(", {}", frame.title),
    });
    let says = snapshot.says.first().map(String::as_str).unwrap_or_default();
    without_controls(&format!("step {step}{place}: {says}"))
}

/// The text without anything that a terminal might take for an order.
fn without_controls(text: &str) -> String {
    text.chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] })
        .collect()
}
