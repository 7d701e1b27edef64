//! The formats of code objects: what is written is read again, and bytes that are none do no harm.

use std::rc::Rc;

use proptest::prelude::*;
use wordcode::code::exceptiontable::{self, Handler};
use wordcode::code::filename::renamed;
use wordcode::code::linetable::{self, Writer};
use wordcode::code::pyc::{self, Magic, PycError, Source};
use wordcode::code::{CodeObject, CodeUnit, Location, marshal};
use wordcode::compile::{Mode, Options, compile};
use wordcode::machine::{Machine, Outcome, Program};
use wordcode::record::dis::{DisOptions, disassembly};
use wordcode::text::SourceFile;

/// A program with every kind of constant, cells, handlers and nested code.
const PROGRAM: &str = r#"
"""A docstring."""
import os.path as path
numbers = (0, -1, 300, 2**70, -2**100, 1.5, -0.0, 1e400, 2j, True, None, ...)
texts = ('name', 'not a name', 'h\xe9', '\u3042', '\ud800', b'bytes', b'')
def outer(a, /, b=numbers[1:2], *args, c: int = 3, **rest):
    total = 0
    def inner():
        nonlocal total
        total += a
        return {x for x in args if x in {'one', 'two', 3}}
    try:
        with path as p:
            yield inner()
    except (ValueError, TypeError) as e:
        raise e from None
    finally:
        total = 1
class C[T]:
    async def m(self):
        async for x in self: await x
"#;

fn program() -> Rc<CodeObject> {
    let source = SourceFile::from_text("program.py", PROGRAM).expect("a source");
    compile(&source, Mode::Exec, Options::default()).expect("a program")
}

fn location() -> impl Strategy<Value = Location> {
    let place =
        (0..100_000i32, 0..3i32, 0..300i32, 0..300i32).prop_map(|(line, more, column, end_column)| {
            Location { line, end_line: line + more, column, end_column }
        });
    let line_only =
        (0..100_000i32).prop_map(|line| Location { line, end_line: line, column: -1, end_column: -1 });
    prop_oneof![8 => place, 1 => line_only, 1 => Just(Location::NONE)]
}

proptest! {
    #[test]
    fn locations_are_read_as_written(
        firstlineno in 1u32..100_000,
        runs in prop::collection::vec((location(), 1u32..30), 0..40),
    ) {
        let mut writer = Writer::default();
        writer.begin(firstlineno);
        for &(location, units) in &runs {
            writer.write(location, units);
        }
        let table = writer.bytes();
        let read: Vec<Location> = linetable::entries(table, firstlineno)
            .flat_map(|entry| (entry.start.0..entry.end.0).map(move |_| entry.location))
            .collect();
        let written: Vec<Location> =
            runs.iter().flat_map(|&(location, units)| (0..units).map(move |_| location)).collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn handlers_are_read_as_written_and_found(
        ranges in prop::collection::vec((0u32..2000, 1u32..2000, 0u32..1_000_000, 0u32..100, any::<bool>()), 0..20),
    ) {
        let mut at = 0;
        let mut handlers = Vec::new();
        for (gap, length, target, depth, push_lasti) in ranges {
            let start = CodeUnit(at + gap);
            let end = start.plus(length);
            handlers.push(Handler { start, end, target: CodeUnit(target), depth, push_lasti });
            at = end.0;
        }
        let mut table = Vec::new();
        for handler in &handlers {
            exceptiontable::encode(handler, &mut table);
        }
        prop_assert_eq!(exceptiontable::decode(&table), Some(handlers.clone()));
        for unit in (0..=at).step_by(37).map(CodeUnit) {
            let wanted = handlers.iter().find(|handler| handler.start <= unit && unit < handler.end);
            prop_assert_eq!(exceptiontable::find(&handlers, unit), wanted);
        }
    }

    #[test]
    fn spoilt_files_do_no_harm(
        spoils in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = marshal::write(&program());
        for (place, byte) in spoils {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(code) = marshal::read(&bytes) {
            let all = DisOptions { show_caches: true, show_offsets: true, show_positions: true, specialized: true };
            disassembly(&code, all);
            disassembly(&code, DisOptions::default());
            marshal::write(&code);
        }
    }
}

#[test]
fn a_code_object_is_read_as_written() {
    let code = program();
    let bytes = marshal::write(&code);
    let read = marshal::read(&bytes).expect("what was written");
    // A frozenset is written in another order than the source names its members in.
    assert_eq!(marshal::write(&read), bytes);
    assert_eq!(code.linetable, read.linetable);
    assert_eq!(code.localspluskinds, read.localspluskinds);
    assert_eq!(code.qualname, read.qualname);
}

#[test]
fn headers_say_what_a_file_is_tied_to() {
    let code = program();
    for source in [
        Source::Timestamp { mtime: 0x6543_2100, size: 77 },
        Source::Hash { hash: *b"abcdefgh", checked: true },
        Source::Hash { hash: *b"12345678", checked: false },
    ] {
        let bytes = pyc::write(&code, source);
        let (read, _) = pyc::read(&bytes).expect("what was written");
        assert_eq!(read, source);
    }
    let bytes = pyc::write(&code, Source::Timestamp { mtime: 1, size: 2 });
    assert_eq!(bytes[..16], [0x2B, 0x0E, b'\r', b'\n', 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]);
    assert_eq!(pyc::read(&bytes[..15]).err(), Some(PycError::Short));
    let old = [&[0xF3, 0x0D], &bytes[2..]].concat();
    assert_eq!(pyc::read(&old).err(), Some(PycError::Magic(Magic([0xF3, 0x0D, b'\r', b'\n']))));
    let strange = [&bytes[..4], &[4], &bytes[5..]].concat();
    assert_eq!(pyc::read(&strange).err(), Some(PycError::Flags(4)));
}

#[test]
fn a_length_that_promises_too_much_takes_no_memory() {
    // A tuple of 2**31 - 1 items, an int of as many digits, a str of as many bytes; a tuple in a
    // tuple, and so on.
    for kind in [b"(\xFF\xFF\xFF\x7F", b"l\xFF\xFF\xFF\x7F", b"a\xFF\xFF\xFF\x7F", b"l\x00\x00\x00\x80"] {
        assert!(marshal::read(kind).is_err());
    }
    assert!(marshal::read(&b")\x01".repeat(100_000)).is_err());
}

#[test]
fn functions_nested_deeply_are_written_read_and_loaded() {
    let text = format!("f = {}1\n", "lambda: ".repeat(900));
    let source = SourceFile::from_text("deep.py", &text).expect("a source");
    let code = compile(&source, Mode::Exec, Options::default()).expect("a program");
    let bytes = pyc::write(&code, Source::Timestamp { mtime: 0, size: 0 });
    let (_, read) = pyc::read(&bytes).expect("what was written");
    assert_eq!(marshal::write(&renamed(&read, &"other.py".into())).len(), marshal::write(&read).len() + 1);
    let mut machine = Machine::new(&Program::new(read, "".into(), Vec::new())).expect("verified code");
    while let Outcome::Ran = machine.step() {}
    assert_eq!(machine.exit_status(), Some(0));
}

#[test]
fn references_cannot_stand_for_more_than_any_memory_holds() {
    // Tuple 0 is empty; each further tuple holds the one before twice, all of them inside the last.
    let mut bytes = b"(\x33\x00\x00\x00\xA9\x00".to_vec();
    for number in 0..50u8 {
        bytes.extend([0xA9, 2, b'r', number, 0, 0, 0, b'r', number, 0, 0, 0]);
    }
    assert!(marshal::read_constant(&bytes).is_err());
}
