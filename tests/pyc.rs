//! Compiled files that CPython 3.14 wrote: read, verified and run, and the same as ours.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use support::ROOT;
use wordcode::code::pyc::{self, Source};
use wordcode::code::verify::verify;
use wordcode::code::{CodeObject, Const};
use wordcode::compile::{Mode, Options, compile};
use wordcode::text::SourceFile;

/// A compiled file, with the name of its source inside the project and the level it was compiled with.
struct Fixture {
    file: PathBuf,
    source: String,
    optimize: u8,
}

fn fixtures() -> Vec<Fixture> {
    let mut found = Vec::new();
    for (folder, sources) in [("compile", "tests/compile"), ("samples", "samples")] {
        let folder = Path::new(ROOT).join("tests/expected/pyc").join(folder);
        let entries = fs::read_dir(folder).unwrap();
        found.extend(entries.map(|entry| fixture(entry.unwrap().path(), sources)));
    }
    found.sort_by(|one, other| one.file.cmp(&other.file));
    assert!(found.len() > 25, "the compiled files are not where they are looked for");
    found
}

fn fixture(file: PathBuf, sources: &str) -> Fixture {
    let name = file.file_name().unwrap().to_str().unwrap();
    let name = name.strip_suffix(".pyc").unwrap();
    let (name, optimize) = name.strip_suffix(".O2").map_or((name, 0), |name| (name, 2));
    Fixture { source: format!("{sources}/{name}.py"), file, optimize }
}

#[test]
fn what_cpython_wrote_is_what_we_compile() {
    for Fixture { file, source, optimize } in fixtures() {
        let (tie, theirs) = pyc::read(&fs::read(&file).unwrap()).unwrap();
        let text = fs::read(Path::new(ROOT).join(&source)).unwrap();
        assert_eq!(tie, Source::Hash { hash: pyc::source_hash(&text), checked: optimize == 2 });
        let text = SourceFile::from_bytes(&source, &text).unwrap();
        let ours = compile(&text, Mode::Exec, Options { optimize, ..Options::default() }).unwrap();
        // One and the same writer: which bytes CPython writes hangs on what else the process holds, too.
        assert!(pyc::write(&theirs, tie) == pyc::write(&ours, tie), "{}", file.display());
    }
}

#[test]
fn what_cpython_wrote_runs_without_its_source() {
    let run = |folder: &Path, program: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_wordcode"))
            .args(["run", "--no-pycache"])
            .arg(program)
            .current_dir(folder)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    // The names in these files lead nowhere from here.
    let elsewhere = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for Fixture { file, source, .. } in
        fixtures().into_iter().filter(|fixture| fixture.source.starts_with("samples"))
    {
        assert_eq!(run(elsewhere, &file), run(Path::new(ROOT), Path::new(&source)), "{source}");
    }
}

/// A small function in a module, to be damaged.
fn module() -> CodeObject {
    let text = "def f(a, *b, c=1):\n    try:\n        for x in b:\n            a += x\n    except ValueError:\n        \
                return lambda: a\n    yield a\n";
    let source = SourceFile::from_text("m.py", text).unwrap();
    (*compile(&source, Mode::Exec, Options::default()).unwrap()).clone()
}

/// What the verifier says of the module after `damage` to its function.
fn said(damage: impl FnOnce(&mut CodeObject)) -> String {
    let mut module = module();
    let place = module.consts.iter_mut().find_map(|constant| match constant {
        Const::Code(code) => Some(code),
        _ => None,
    });
    damage(Rc::make_mut(place.unwrap()));
    match verify(&Rc::new(module)) {
        Ok(()) => "nothing".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_is_refused_is_refused_with_code_object_offset_and_reason() {
    assert_eq!(said(|_| {}), "nothing");
    for (expected, said) in [
        ("code object f at offset 12: 17 is no opcode of compiled files", said(|code| code.code[12] = 17)),
        ("code object f: unknown flags 0x80000000", said(|code| code.flags |= 1 << 31)),
        ("code object f: the flags promise two kinds of generator", said(|code| code.flags |= 0x80)),
        ("code object f at offset 6: YIELD_VALUE", said(|code| code.code[6..8].copy_from_slice(&[120, 0]))),
        ("nothing", said(|code| code.linetable = code.linetable[..3].into())),
        (
            "code object f at offset 0: the location table is damaged",
            said(|code| code.linetable = [0xF0].into()),
        ),
        ("code object f: the exception table is damaged", said(|code| code.exceptiontable = [0x80].into())),
        ("code object f: more positional-only parameters", said(|code| code.posonlyargcount = 2)),
        ("code object f: fast local 2 is marked", said(|code| code.kwonlyargcount = 2)),
        ("code object f at offset 4: the value stack would be", said(|code| code.stacksize = 0)),
    ] {
        assert!(said.starts_with(expected), "{said}\n  and not\n{expected}");
    }
}
