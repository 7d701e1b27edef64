//! Code objects as the text of `python -m dis`.

use std::fmt::Write;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::code::disassemble::{Listing, Meaning, Row, disassemble};
use crate::code::{CodeObject, Location, Opcode, linetable};
use crate::view::constant;

/// What is shown, as the options of `python -m dis` say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "one for each option")]
pub struct DisOptions {
    /// `-C`: inline caches too.
    pub show_caches: bool,
    /// `-O`: the offset of each instruction.
    pub show_offsets: bool,
    /// `-P`: the whole position in the source, not the line only.
    pub show_positions: bool,
    /// `-S`: caches as the adaptive interpreter finds them before anything has run.
    pub specialized: bool,
}

const NO_LINE: &str = "  --";
const NAME_WIDTH: usize = 20;
const ARG_WIDTH: usize = 5;

/// The code object and, behind it, those inside it.
///
/// Where CPython shows the address of a code object stands a number that is the same each time.
pub fn disassembly(code: &Rc<CodeObject>, options: DisOptions) -> String {
    let mut addresses = FxHashMap::default();
    number_codes(code, &mut addresses);
    let address = |code: &CodeObject| addresses.get(&std::ptr::from_ref(code)).copied().unwrap_or(0);
    let mut out = String::new();
    write_code(code, options, &address, &mut out);
    out
}

fn number_codes(code: &CodeObject, addresses: &mut FxHashMap<*const CodeObject, u64>) {
    let number = addresses.len() as u64;
    addresses.entry(std::ptr::from_ref(code)).or_insert(0x7F00_0000_0000 + number * 0x100);
    for child in code.children() {
        number_codes(child, addresses);
    }
}

fn write_code(
    code: &CodeObject,
    options: DisOptions,
    address: &impl Fn(&CodeObject) -> u64,
    out: &mut String,
) {
    Formatter::new(code, options).write(address, out);
    for child in code.children() {
        out.push_str("\nDisassembly of ");
        out.push_str(&constant::code_text(child, address(child)));
        out.push_str(":\n");
        write_code(child, options, address, out);
    }
}

/// Column widths, and what is needed for every line.
struct Formatter<'code> {
    listing: Listing<'code>,
    options: DisOptions,
    line_width: usize,
    label_width: usize,
    offset_width: usize,
}

/// One line of the text, before it is laid out.
struct Line<'row> {
    row: &'row Row<'row>,
    /// The unit it is about: the row's own, or one of its caches.
    offset: u32,
    name: &'row str,
    arg: Option<u32>,
    meaning: &'row str,
    is_cache: bool,
}

impl<'code> Formatter<'code> {
    fn new(code: &'code CodeObject, options: DisOptions) -> Self {
        let listing = disassemble(code);
        let last = (code.code.len() as u32).saturating_sub(2);
        Self {
            line_width: if options.show_positions { positions_width(code) } else { line_width(code) },
            label_width: 4 + listing.labels.len().to_string().len(),
            offset_width: if options.show_offsets { last.max(9999).to_string().len() } else { 0 },
            listing,
            options,
        }
    }

    fn write(&self, address: &impl Fn(&CodeObject) -> u64, out: &mut String) {
        for row in &self.listing.rows {
            let constant_text;
            let meaning = match &row.meaning {
                Meaning::None => "",
                Meaning::Const(value) => {
                    constant_text = constant::text(value, address);
                    &constant_text
                }
                Meaning::Text(text) => text,
            };
            let name = row.name();
            let offset = row.at.bytes();
            self.write_line(&Line { row, offset, name: &name, arg: row.arg, meaning, is_cache: false }, out);
            if self.options.show_caches {
                self.write_caches(row, out);
            }
        }
        if !self.listing.handlers.is_empty() {
            out.push_str("ExceptionTable:\n");
            for handler in &self.listing.handlers {
                let [start, end, target] = [handler.start, handler.end, handler.target]
                    .map(|place| self.listing.label(place).unwrap_or(0));
                let lasti = if handler.push_lasti { " lasti" } else { "" };
                let _ = writeln!(out, "  L{start} to L{end} -> L{target} [{}]{lasti}", handler.depth);
            }
        }
    }

    fn write_caches(&self, row: &Row<'_>, out: &mut String) {
        let mut offset = row.at.bytes();
        let fields = row.opcode.map_or(&[][..], Opcode::cache_fields);
        for &(field, units) in fields {
            for unit in 0..units {
                offset += 2;
                let value = match row.opcode {
                    Some(opcode) if self.options.specialized && field == "counter" => opcode.first_counter(),
                    _ => 0,
                };
                let meaning = if unit == 0 { format!("{field}: {value}") } else { String::new() };
                let line =
                    Line { row, offset, name: "CACHE", arg: Some(0), meaning: &meaning, is_cache: true };
                self.write_line(&line, out);
            }
        }
    }

    fn write_line(&self, line: &Line<'_>, out: &mut String) {
        let Line { row, offset, name, arg, meaning, is_cache } = *line;
        let starts_line = row.starts_line && !is_cache;
        if self.line_width > 0 && starts_line && offset > 0 {
            out.push('\n');
        }
        let from = out.len();
        if self.line_width > 0 {
            let width = self.line_width;
            let _ = match (self.options.show_positions, row.line) {
                (true, _) => write!(out, "{:width$} ", position(row.location)),
                (false, Some(number)) if starts_line => write!(out, "{number:>width$} "),
                (false, None) if starts_line => write!(out, "{NO_LINE:>width$} "),
                (false, _) => write!(out, "{:width$} ", ""),
            };
        }
        let width = self.label_width;
        let _ = match row.label.filter(|_| !is_cache) {
            Some(label) => write!(out, "{:>width$} ", format!("L{label}:")),
            None => write!(out, "{:width$} ", ""),
        };
        if self.offset_width > 0 {
            let _ = write!(out, "{offset:>width$}   ", width = self.offset_width);
        }
        let _ = write!(out, "    {name:NAME_WIDTH$}");
        if let Some(arg) = arg {
            // A long name takes the room of the argument.
            let width = ARG_WIDTH.saturating_sub(name.len().saturating_sub(NAME_WIDTH));
            let _ = write!(out, " {arg:>width$}");
            if !meaning.is_empty() {
                let _ = write!(out, " ({meaning})");
            }
        }
        out.truncate(from + out[from..].trim_end().len());
        out.push('\n');
    }
}

/// `LINE:COLUMN-LINE:COLUMN`, with `?` for what is not known.
fn position(location: Location) -> String {
    let Location { line, column, end_line, end_column } = location;
    if line < 0 {
        return NO_LINE.into();
    }
    let [line, column, end_line, end_column] = [line, column, end_line, end_column]
        .map(|number| if number < 0 { "?".into() } else { number.to_string() });
    format!("{line}:{column}-{end_line}:{end_column}")
}

fn line_width(code: &CodeObject) -> usize {
    let starts = linetable::line_starts(&code.linetable, code.firstlineno);
    // Line 0 and no line at all count for nothing.
    let Some(last) = starts.iter().filter_map(|&(_, line)| line).filter(|&line| line > 0).max() else {
        return 0;
    };
    let width = last.to_string().len().max(3);
    if starts.iter().any(|&(_, line)| line.is_none()) { width.max(NO_LINE.len()) } else { width }
}

fn positions_width(code: &CodeObject) -> usize {
    let mut has_value = false;
    let mut widest = 0;
    for entry in linetable::entries(&code.linetable, code.firstlineno) {
        let Location { line, column, end_line, end_column } = entry.location;
        let numbers = [line, column, end_line, end_column];
        has_value |= numbers.iter().any(|&number| number >= 0);
        let width = |&number: &i32| if number < 0 { 1 } else { number.to_string().len() };
        widest = widest.max(numbers.iter().map(width).sum::<usize>());
    }
    if has_value { 1 + NO_LINE.len().max(3 + widest) } else { 0 }
}
