//! The stages of one code unit: its instructions, its control-flow graph, its code object.

use super::graph::{self, Tables};
use super::words::short;
use super::{Stage, StageRow, StageRowKind, UnitName};
use crate::code::disassemble::{self, Meaning};
use crate::code::{CodeObject, Opcode};
use crate::compile::sequence::Sequence;
use crate::compile::{CompileError, KeptUnit};

pub fn stages(kept: &KeptUnit) -> Result<Vec<Stage>, CompileError> {
    let unit = UnitName { qualname: kept.code.qualname.clone(), first_line: kept.code.firstlineno };
    let mut stages = vec![Stage {
        name: "instructions",
        unit: Some(unit.clone()),
        title: format!("Instructions of {}", unit.qualname),
        says: "What code generation writes, node for node; jumps lead to labels, and some instructions are only \
               for the compiler."
            .to_owned(),
        rows: instructions(kept),
    }];
    stages.extend(graph::stages(kept, &unit)?);
    stages.push(Stage {
        name: "code",
        title: format!("Code object {}", unit.qualname),
        says:
            "What the machine runs: two bytes an instruction, and the tables that the second byte counts in."
                .to_owned(),
        unit: Some(unit),
        rows: code(&kept.code),
    });
    Ok(stages)
}

fn instructions(kept: &KeptUnit) -> Vec<StageRow> {
    let sequence = &kept.unit.sequence;
    let names = Tables::before_passes(kept);
    let mut rows = Vec::new();
    write(sequence, &names, &mut rows);
    rows
}

fn write(sequence: &Sequence, names: &Tables<'_>, rows: &mut Vec<StageRow>) {
    let used = |label: u32| {
        sequence.instructions.iter().any(|other| other.opcode.has_target() && other.arg == label)
    };
    let mut labels: Vec<(u32, u32)> = Vec::new();
    for (label, place) in sequence.labels.iter().enumerate() {
        if let Some(place) = place
            && used(label as u32)
        {
            labels.push((*place, label as u32));
        }
    }
    labels.sort_unstable();
    let mut labels = labels.into_iter().peekable();
    for (index, instruction) in sequence.instructions.iter().enumerate() {
        let mut here = Vec::new();
        while let Some((_, label)) = labels.next_if(|(place, _)| *place as usize <= index) {
            here.push(format!("L{label}: "));
        }
        if instruction.opcode == Opcode::ANNOTATIONS_PLACEHOLDER {
            if let Some(annotations) = &sequence.annotations {
                write(annotations, names, rows);
            }
            continue;
        }
        let target = instruction.opcode.has_target().then(|| format!("to L{}", instruction.arg));
        let text = names.text(instruction.opcode, instruction.arg, names.consts(), target);
        let text = format!("{:6}{text}", here.concat());
        rows.push(StageRow::new(StageRowKind::Instruction, text).at(instruction.location));
    }
}

fn code(code: &CodeObject) -> Vec<StageRow> {
    let mut rows = Vec::new();
    let mut field = |name: &str, value: String| {
        rows.push(StageRow::new(StageRowKind::Field, format!("{name:18} {value}").trim_end()));
    };
    let list = |names: &[std::rc::Rc<str>]| names.join(", ");
    field("co_qualname", code.qualname.to_string());
    field("co_firstlineno", code.firstlineno.to_string());
    field("co_flags", format!("{:#x}", code.flags));
    field("co_stacksize", code.stacksize.to_string());
    field("co_argcount", code.argcount.to_string());
    for (index, constant) in code.consts.iter().enumerate() {
        field(&format!("co_consts[{index}]"), short(constant));
    }
    field("co_names", list(&code.names));
    field("fast locals", list(&code.localsplusnames));
    let listing = disassemble::disassemble(code);
    for row in &listing.rows {
        let at = row.at.bytes() as usize;
        let low = code.code.get(at + 1).copied().unwrap_or_default();
        let meaning = match &row.meaning {
            Meaning::None => String::new(),
            Meaning::Const(value) => short(value),
            Meaning::Text(text) => text.to_string(),
        };
        let label = row.label.map(|label| format!("L{label}:")).unwrap_or_default();
        let arg = row.arg.map(|arg| arg.to_string()).unwrap_or_default();
        let text =
            format!("{label:5} {at:>5}  {:02X} {low:02X}  {:22} {arg:>4}  {meaning}", row.byte, row.name());
        rows.push(StageRow::new(StageRowKind::Instruction, text.trim_end()).at(row.location));
    }
    for handler in &listing.handlers {
        let lasti = if handler.push_lasti { ", with the offset that raised" } else { "" };
        let text = format!(
            "exception in {} to {}: to {}, stack cut to {}{lasti}",
            handler.start.bytes(),
            handler.end.bytes(),
            handler.target.bytes(),
            handler.depth
        );
        rows.push(StageRow::new(StageRowKind::Field, text));
    }
    rows
}
