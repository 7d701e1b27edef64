//! The control-flow graph of a code unit, as it is built and after each pass that changed it.

use std::rc::Rc;

use super::difference::difference;
use super::words::{change, short};
use super::{Mark, Stage, StageRow, StageRowKind, UnitName};
use crate::code::disassemble::{self, Meaning};
use crate::code::{Const, Location, Opcode};
use crate::compile::flowgraph::{self, BlockId, Change, ChangeKind, Graph, PASSES, Pass};
use crate::compile::{CompileError, KeptUnit};

/// The pass behind which cells and free variables are counted among the fast locals.
const NUMBERS_CELLS: &str = "prepare_localsplus";

/// What arguments count in while a unit is compiled.
pub struct Tables<'unit> {
    consts: &'unit [Const],
    names: &'unit [Rc<str>],
    locals: &'unit [Rc<str>],
    free: Vec<Rc<str>>,
}

impl<'unit> Tables<'unit> {
    /// Before cells are numbered behind the locals.
    pub fn before_passes(kept: &'unit KeptUnit) -> Self {
        let unit = &kept.unit;
        let free = unit.cellvars.iter().chain(&unit.freevars).cloned().collect();
        Self { consts: &unit.consts, names: &unit.names, locals: &unit.varnames, free }
    }

    fn after_numbering(kept: &'unit KeptUnit) -> Self {
        let locals = &kept.code.localsplusnames;
        Self { consts: &[], names: &kept.unit.names, locals, free: locals.to_vec() }
    }

    /// The constants of the unit before its passes.
    pub const fn consts(&self) -> &'unit [Const] {
        self.consts
    }

    /// An instruction: its opcode, and what its argument means, or the argument.
    pub fn text(&self, opcode: Opcode, arg: u32, consts: &[Const], target: Option<String>) -> String {
        let tables = disassemble::Tables { consts, names: self.names, locals: self.locals, free: &self.free };
        let meant = target.unwrap_or_else(|| match disassemble::meaning(tables, opcode, arg, None) {
            Meaning::Const(value) => short(value),
            Meaning::Text(text) => text.into_owned(),
            Meaning::None if opcode.has_arg() => arg.to_string(),
            Meaning::None => String::new(),
        });
        format!("{:26} {meant}", opcode.name()).trim_end().to_owned()
    }
}

/// A block as rows.
#[derive(PartialEq)]
struct BlockRows {
    id: BlockId,
    head: String,
    rows: Vec<(String, Location)>,
}

fn block_rows(graph: &Graph, names: &Tables<'_>) -> Vec<BlockRows> {
    let rows = |id: BlockId| {
        let block = &graph[id];
        let mut head = format!("B{}:", id.index());
        let mut add = |word: String| {
            head.push_str(if head.ends_with(':') { " " } else { ", " });
            head.push_str(&word);
        };
        if let Some(depth) = block.start_depth {
            add(format!("stack {depth}"));
        }
        if block.is_except_handler {
            add("exception handler".to_owned());
        }
        if block.is_cold {
            add("cold".to_owned());
        }
        let instructions = block.instructions.iter().map(|instr| {
            let target = instr.target.map(|target| format!("to B{}", target.index()));
            let mut text = names.text(instr.opcode, instr.arg, graph.consts.values(), target);
            if let Some(handler) = instr.handler {
                text = format!("{text:44} exception: B{}", handler.index());
            }
            (text, instr.location)
        });
        BlockRows { id, head, rows: instructions.collect() }
    };
    graph.order().map(rows).collect()
}

/// The stages of the graph.
pub fn stages(kept: &KeptUnit, unit: &UnitName) -> Result<Vec<Stage>, CompileError> {
    let stage = |title: String, says: &str, rows: Vec<StageRow>| Stage {
        name: "graph",
        unit: Some(unit.clone()),
        title,
        says: says.to_owned(),
        rows,
    };
    let mut graph = Graph::new(&mut kept.unit.clone())?;
    let (early, late) = (Tables::before_passes(kept), Tables::after_numbering(kept));
    let mut before = block_rows(&graph, &early);
    let built = before.iter().flat_map(|block| {
        let head = StageRow::new(StageRowKind::Block, &block.head);
        [head].into_iter().chain(block.rows.iter().map(|row| instruction(row, Mark::Same)))
    });
    let mut stages = vec![stage(
        format!("Control-flow graph of {}", unit.qualname),
        "The instructions in blocks that are entered at their top and left at their bottom only; passes work \
         on it until it is fit to be written.",
        built.collect(),
    )];
    let mut number = 0;
    let mut numbered = false;
    flowgraph::watch_passes(&mut graph, |pass: &'static Pass, graph, changes| {
        number += 1;
        numbered |= pass.name == NUMBERS_CELLS;
        let after = block_rows(graph, if numbered { &late } else { &early });
        if after == before && changes.is_empty() {
            return;
        }
        let mut rows = changed(&changes, &kept.unit.varnames);
        graph_difference(&before, &after, &mut rows);
        let title = format!("{} of {}, pass {number} of {}", pass.name, unit.qualname, PASSES.len());
        stages.push(stage(title, pass.says, rows));
        before = after;
    })?;
    Ok(stages)
}

fn instruction((text, location): &(String, Location), mark: Mark) -> StageRow {
    StageRow::new(StageRowKind::Instruction, format!("    {text}")).at(*location).marked(mark)
}

fn changed(changes: &[Change], locals: &[Rc<str>]) -> Vec<StageRow> {
    let row = |note: &Change| {
        let kind = match note.kind {
            ChangeKind::Folded { .. } | ChangeKind::Truth { .. } | ChangeKind::Decided { .. } => {
                StageRowKind::Folded
            }
            ChangeKind::Merged { .. }
            | ChangeKind::Threaded { .. }
            | ChangeKind::Copied { .. }
            | ChangeKind::Removed { .. }
            | ChangeKind::Moved { .. }
            | ChangeKind::Dropped { .. }
            | ChangeKind::Checked { .. } => StageRowKind::Change,
        };
        StageRow::new(kind, change(note, locals)).at(note.location)
    };
    changes.iter().map(row).collect()
}

/// A block that has no rows before the pass and none after it is not worth a word.
fn is_worth_a_word(before: Option<&BlockRows>, after: &BlockRows) -> bool {
    !after.rows.is_empty() || before.is_some_and(|before| !before.rows.is_empty())
}

/// The graph with marks at what a pass changed; what it left alone is told by its length.
fn graph_difference(before: &[BlockRows], after: &[BlockRows], rows: &mut Vec<StageRow>) {
    for block in after {
        let old = before.iter().find(|old| old.id == block.id);
        if !is_worth_a_word(old, block) {
            continue;
        }
        let mark = if old.is_some_and(|old| old.head == block.head) { Mark::Same } else { Mark::Added };
        let before = old.map(|old| &*old.rows).unwrap_or_default();
        rows.push(StageRow::new(StageRowKind::Block, &block.head).marked(mark));
        difference(before, &block.rows, instruction, rows);
    }
    for gone in before.iter().filter(|old| !after.iter().any(|block| block.id == old.id)) {
        rows.push(StageRow::new(StageRowKind::Block, &gone.head).marked(Mark::Removed));
        rows.extend(gone.rows.iter().map(|row| instruction(row, Mark::Removed)));
    }
}
