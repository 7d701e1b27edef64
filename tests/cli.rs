//! The real binary, as a shell sees it: what it prints, where, and with which exit status.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BIN: &str = env!("CARGO_BIN_EXE_wordcode");

/// A folder for one test's files, empty at first.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

fn wordcode(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(BIN)
        .args(arguments)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that reads nothing may be gone before this is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[track_caller]
fn check(arguments: &[&str], status: i32, stdout: &str, stderr: &str) {
    let output = wordcode(arguments, "");
    assert_eq!(String::from_utf8_lossy(&output.stderr), stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout), stdout);
    assert_eq!(output.status.code(), Some(status));
}

/// Commands that take a program, with what stands before it.
const COMMANDS: &[&[&str]] = &[&[], &["--plain"], &["run"], &["trace"], &["trace", "--json"], &["dis"]];

fn with<'a>(command: &[&'a str], program: &'a str) -> Vec<&'a str> {
    command.iter().copied().chain([program]).collect()
}

#[test]
fn a_file_that_is_missing() {
    for command in COMMANDS {
        let expected =
            "wordcode: can't open file 'no/such/file.py': No such file or directory (os error 2)\n";
        check(&with(command, "no/such/file.py"), 1, "", expected);
    }
}

#[test]
fn a_folder() {
    let scratch = Scratch::new("a_folder");
    for command in COMMANDS {
        let expected = format!("wordcode: '{}' is a folder, not a program\n", scratch.path());
        check(&with(command, scratch.path()), 1, "", &expected);
    }
}

#[test]
fn a_file_that_is_not_utf_8() {
    let scratch = Scratch::new("not_utf_8");
    let file = scratch.file("p.py", b"# one\nx = '\xff'\n");
    for command in COMMANDS {
        let expected = format!(
            "  File \"{file}\", line 2\n    x = '\u{fffd}'\n         ^\nSyntaxError: Non-UTF-8 code starting with '\\xff' in \
             file {file} on line 2, but no encoding declared; see https://peps.python.org/pep-0263/ for details\n"
        );
        check(&with(command, &file), 1, "", &expected);
    }
}

#[test]
fn a_file_in_the_encoding_that_it_names() {
    let scratch = Scratch::new("encoding");
    let file = scratch.file("p.py", b"# coding: latin-1\nprint('caf\xe9')\n");
    check(&["run", &file], 0, "café\n", "");
    let file = scratch.file("q.py", b"\xef\xbb\xbfprint('caf\xc3\xa9')\r\nprint(2)\r");
    check(&["run", &file], 0, "café\n2\n", "");
}

#[test]
fn a_syntax_error_has_its_place_and_a_caret() {
    let scratch = Scratch::new("syntax_error");
    let file = scratch.file("p.py", "print('never')\nif True:\n    x = (1 +\n");
    for command in COMMANDS {
        let output = wordcode(&with(command, &file), "");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with(&format!("  File \"{file}\", line ")), "{stderr}");
        let lines: Vec<&str> = stderr.lines().collect();
        assert!(lines.iter().any(|line| line.trim_start().starts_with('^')), "{stderr}");
        assert!(lines.last().unwrap().starts_with("SyntaxError: "), "{stderr}");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]));
    }
}

#[test]
fn errors_in_the_place_that_cpython_names() {
    for (code, expected) in [
        (
            "x = 1\nreturn x",
            "  File \"<string>\", line 2\n    return x\n    ^^^^^^^^\nSyntaxError: 'return' outside function\n",
        ),
        (
            "def f():\n    x = 1\n    global x",
            "  File \"<string>\", line 3\n    global x\n    ^^^^^^^^\nSyntaxError: name 'x' is assigned to before global \
             declaration\n",
        ),
        (
            "for i in 'é': 本 = 1; break; continue\nbreak",
            "  File \"<string>\", line 2\n    break\n    ^^^^^\nSyntaxError: 'break' outside loop\n",
        ),
    ] {
        check(&["run", "-c", code], 1, "", expected);
    }
}

#[test]
fn an_empty_file() {
    let scratch = Scratch::new("empty");
    let file = scratch.file("p.py", "");
    check(&["run", &file], 0, "", "");
    let file = scratch.file("q.py", "# only a comment");
    check(&["run", &file], 0, "", "");
}

#[test]
fn a_program_that_raises() {
    let scratch = Scratch::new("raises");
    let file = scratch.file("p.py", "def f(x):\n    return 1 / x\n\nprint('before')\nf(0)\n");
    let expected = format!(
        "Traceback (most recent call last):\n  File \"{file}\", line 5, in <module>\n    f(0)\n    ~^^^\n  File \"{file}\", \
         line 2, in f\n    return 1 / x\n           ~~^~~\nZeroDivisionError: division by zero\n"
    );
    check(&["run", &file], 1, "before\n", &expected);
}

#[test]
fn wide_characters_in_a_traceback_keep_the_marks_in_place() {
    let scratch = Scratch::new("wide");
    let file = scratch.file("p.py", "名 = 0\nprint('日本', 1 / 名)\n");
    let expected = format!(
        "Traceback (most recent call last):\n  File \"{file}\", line 2, in <module>\n    print('日本', 1 / 名)\n                  \
         ~~^~~~\nZeroDivisionError: division by zero\n"
    );
    check(&["run", &file], 1, "", &expected);
}

#[test]
fn infinite_recursion_is_a_recursion_error() {
    let scratch = Scratch::new("recursion");
    let file = scratch.file("p.py", "def f():\n    f()\n\nf()\n");
    let expected = format!(
        "Traceback (most recent call last):\n  File \"{file}\", line 4, in <module>\n    f()\n    ~^^\n  File \"{file}\", line \
         2, in f\n    f()\n    ~^^\n  File \"{file}\", line 2, in f\n    f()\n    ~^^\n  File \"{file}\", line 2, in f\n    \
         f()\n    ~^^\n  [Previous line repeated 996 more times]\nRecursionError: maximum recursion depth exceeded\n"
    );
    check(&["run", &file], 1, "", &expected);
}

#[test]
fn deep_nesting_is_refused_and_not_a_crash() {
    let scratch = Scratch::new("nesting");
    for (name, text) in [
        ("brackets.py", "(".repeat(100_000)),
        ("pairs.py", format!("{}{}", "[".repeat(50_000), "]".repeat(50_000))),
        ("signs.py", format!("{}1", "-".repeat(100_000))),
        ("sum.py", format!("1{}", " + x".repeat(100_000))),
        ("calls.py", format!("f{}", "()".repeat(100_000))),
        ("lambdas.py", format!("{}1", "lambda: ".repeat(50_000))),
        ("blocks.py", (0..1_000).map(|depth| " ".repeat(depth) + "if x:\n").collect()),
    ] {
        let file = scratch.file(name, text);
        let output = wordcode(&["run", &file], "");
        assert_eq!(output.status.code(), Some(1), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn very_long_lines() {
    let scratch = Scratch::new("long");
    let text = "x".repeat(1_000_000);
    let file = scratch.file("p.py", format!("y = '{text}'; print(len(y)); z\n"));
    let output = wordcode(&["run", &file], "");
    assert_eq!(output.stdout, b"1000000\n");
    assert!(String::from_utf8(output.stderr).unwrap().ends_with("NameError: name 'z' is not defined\n"));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_exit_status_is_the_programs() {
    for (code, status, stderr) in [
        ("pass", 0, ""),
        ("raise SystemExit", 0, ""),
        ("raise SystemExit(0)", 0, ""),
        ("raise SystemExit(7)", 7, ""),
        ("raise SystemExit(True)", 1, ""),
        ("raise SystemExit(256 + 3)", 3, ""),
        ("raise SystemExit(-1)", 255, ""),
        ("raise SystemExit('reason')", 1, "reason\n"),
        ("raise SystemExit(None)", 0, ""),
        ("raise SystemExit(1.5)", 1, "1.5\n"),
    ] {
        check(&["run", "-c", code], status, "", stderr);
    }
}

#[test]
fn input_comes_from_standard_input() {
    let code = "name = input('Who? ')\nprint('Hello', name)\nprint(repr(input()))\ninput()";
    let output = wordcode(&["run", "-c", code], "Ada\nBob");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Who? Hello Ada\n'Bob'\n");
    assert!(String::from_utf8_lossy(&output.stderr).ends_with("EOFError: EOF when reading a line\n"));
}

#[test]
fn a_program_from_standard_input() {
    let output = wordcode(&["run", "-", "one"], "import sys\nprint(__name__, sys.argv)\n1/0");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "__main__ ['-', 'one']\n");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "Traceback (most recent call last):\n  File \"<stdin>\", line 3, in <module>\nZeroDivisionError: division by zero\n"
    );
}

#[test]
fn arguments_behind_the_script_are_the_programs() {
    let scratch = Scratch::new("arguments");
    let file = scratch.file("p.py", "import sys\nprint(sys.argv[1:])\n");
    check(&["run", &file, "--plain", "-x", "--", "--help"], 0, "['--plain', '-x', '--', '--help']\n", "");
    check(&["run", "-c", "import sys; print(sys.argv)", "-x", "y"], 0, "['-c', '-x', 'y']\n", "");
}

#[test]
fn a_module_is_found_as_python_finds_it() {
    let scratch = Scratch::new("modules");
    scratch.file("pack/__init__.py", "print('the package')\n");
    scratch.file(
        "pack/__main__.py",
        "import sys\nfrom . import part\nprint(__name__, __package__, sys.argv[1:])\n",
    );
    scratch.file("pack/part.py", "print(__name__)\n");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(BIN);
        command.arg("run").arg("-m").args(arguments).current_dir(&scratch.0);
        let output = command.env("PYTHONDONTWRITEBYTECODE", "1").output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let said = "the package\npack.part\n__main__ pack ['a', '-b']\n".to_owned();
    assert_eq!(run(&["pack", "a", "-b"]), (Some(0), said, String::new()));
    assert_eq!(run(&["pack.part"]), (Some(0), "the package\n__main__\n".to_owned(), String::new()));
    let missing = "wordcode: No module named nowhere\n".to_owned();
    assert_eq!(run(&["nowhere"]), (Some(1), String::new(), missing));
}

#[test]
fn the_librarys_own_io_is_run_where_the_library_is_on_the_path_and_no_other() {
    let scratch = Scratch::new("io");
    let script = scratch.file("p.py", "import io\nprint(io.StringIO('text').read(), hasattr(io, 'mark'))\n");
    scratch.file("io.py", "print('not this')\n");
    scratch.file("library/io.py", "from _io import StringIO\nmark = 1\n");
    let run = || {
        let mut command = Command::new(BIN);
        command.args(["run", "--no-pycache", &script]).env("PYTHONPATH", scratch.0.join("library"));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert_eq!(run(), "text False\n");
    scratch.file("library/_collections_abc.py", "");
    assert_eq!(run(), "text True\n");
}

#[test]
fn modules_that_cpython_carries_frozen_are_those_of_the_library_and_name_no_file() {
    let scratch = Scratch::new("frozen");
    let source = "import os, importlib.util as util\n\
        for module in os, util:\n    spec = module.__spec__\n    \
        print(module, spec.loader.__name__, spec.has_location, spec.loader_state, hasattr(module, '__cached__'))\n\
        print(os.__loader__.get_source('os'), os.__loader__.is_package('os'), os.fail.__code__.co_filename)\n\
        try:\n    os.__loader__.get_source('this')\nexcept ImportError as error:\n    print(error, error.name)\n\
        os.fail()\n";
    let script = scratch.file("p.py", source);
    scratch.file("os.py", "print('not this')\n");
    scratch.file("library/os.py", "def fail():\n    raise ValueError('why')\n");
    scratch.file("library/importlib/__init__.py", "");
    scratch.file("library/importlib/util.py", "");
    scratch.file("library/_collections_abc.py", "");
    let library = scratch.0.join("library");
    let output =
        Command::new(BIN).args(["run", "--no-pycache", &script]).env("PYTHONPATH", &library).output();
    let output = output.unwrap();
    let library = library.display();
    let state =
        |name: &str, file: &str| format!("namespace(filename='{library}/{file}.py', origname='{name}')");
    let (os, util) = (state("os", "os"), state("importlib.util", "importlib/util"));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        format!(
            "<module 'os' (frozen)> FrozenImporter False {os} False\n\
             <module 'importlib.util' (frozen)> FrozenImporter False {util} False\n\
             None False <frozen os>\n'this' is not a frozen module this\n"
        )
    );
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        format!(
            "Traceback (most recent call last):\n  File \"{script}\", line 10, in <module>\n    os.fail()\n    \
             ~~~~~~~^^\n  File \"<frozen os>\", line 2, in fail\nValueError: why\n"
        )
    );
}

/// A library whose import machinery asks the finders that have a `find`.
const MACHINERY: [(&str, &str); 4] = [
    ("library/_collections_abc.py", ""),
    (
        "library/importlib/__init__.py",
        "import _frozen_importlib as core\nimport _frozen_importlib_external as files\n",
    ),
    (
        "library/importlib/_bootstrap.py",
        "class ModuleSpec:\n    def __repr__(self):\n        return 'spec of ' + self.name\n\n\n\
         class BuiltinImporter: pass\nclass FrozenImporter: pass\nclass _WeakValueDictionary: pass\n\n\n\
         def _call_with_frames_removed(function, *args):\n    return function(*args)\n\n\n\
         def _find_and_load(name, import_):\n    for finder in sys.meta_path:\n        \
         if hasattr(finder, 'find'):\n            return _call_with_frames_removed(finder.find, name)\n    \
         raise ModuleNotFoundError('nobody has ' + name)\n",
    ),
    (
        "library/importlib/_bootstrap_external.py",
        "class SourceFileLoader: pass\nclass SourcelessFileLoader: pass\nclass NamespaceLoader: pass\n\
         class PathFinder: pass\n\n\nclass FileFinder:\n    @classmethod\n    \
         def path_hook(cls, *loaders):\n        return loaders\n\n\n\
         def _get_supported_file_loaders():\n    return [(SourceFileLoader, ['.py'])]\n",
    ),
];

#[test]
fn the_librarys_own_import_machinery_makes_the_classes_and_asks_finders_of_the_program() {
    let scratch = Scratch::new("machinery");
    for (name, text) in MACHINERY {
        scratch.file(name, text);
    }
    scratch.file("plain.py", "");
    let source = "import sys, traceback_of\n\
        import importlib\nfrom importlib import core, files\n\
        print(sys.meta_path == [core.BuiltinImporter, core.FrozenImporter, files.PathFinder], core._blocking_on.__class__)\n\
        print(sys.path_hooks, sys.__spec__, sys.__loader__, type(__loader__), core.sys is sys)\n\
        import plain\nprint(plain.__spec__, type(plain.__loader__), files._bootstrap is core)\n\
        class Finder:\n    def find(name):\n        if name == 'made':\n            \
        return sys.modules.setdefault(name, type(sys)(name))\n        raise LookupError(name)\n\
        sys.meta_path.insert(0, Finder)\nimport made\nprint(made, made is sys.modules['made'])\n\
        try:\n    import absent\nexcept LookupError as error:\n    print(traceback_of.names(error))\n\
        del Finder.find\n\
        try:\n    import nothing\nexcept ImportError as error:\n    print(error, traceback_of.names(error))\n";
    let names = "def names(error):\n    found, entry = [], error.__traceback__\n    while entry:\n        \
        found.append(entry.tb_frame.f_code.co_name)\n        entry = entry.tb_next\n    return found\n";
    scratch.file("traceback_of.py", names);
    let script = scratch.file("p.py", source);
    let output = Command::new(BIN)
        .args(["run", "--no-pycache", &script])
        .env("PYTHONPATH", scratch.0.join("library"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "True <class '_frozen_importlib._WeakValueDictionary'>\n\
         [((<class '_frozen_importlib_external.SourceFileLoader'>, ['.py']),)] spec of sys \
         <class '_frozen_importlib.BuiltinImporter'> <class '_frozen_importlib_external.SourceFileLoader'> True\n\
         spec of plain <class '_frozen_importlib_external.SourceFileLoader'> True\n\
         <module 'made'> True\n['<module>', 'find']\nnobody has nothing ['<module>']\n"
    );
}

#[test]
fn standard_output_that_takes_no_more_ends_a_program_as_in_cpython() {
    let script = Scratch::new("full").file("p.py", "import sys\nprint('x')\nsys.exit(3)\n");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(BIN).args(["run", "--no-pycache", &script]).stdout(full).output().unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "Exception ignored while flushing sys.stdout:\nOSError: [Errno 28] No space left on device\n"
    );
    assert_eq!(output.status.code(), Some(120));
}

#[test]
fn wrong_usage_has_status_2() {
    for (arguments, message) in [
        (&[][..], "no SCRIPT is given"),
        (&["--bogus", "p.py"], "unexpected argument '--bogus' found"),
        (&["run", "--bogus", "p.py"], "unexpected argument '--bogus' found"),
        (&["--at", "soon", "p.py"], "invalid value 'soon' for '--at <STEP>'"),
        (&["trce", "p.py"], "a similar command exists: 'trace'"),
        (&["--theme", "pink", "p.py"], "[possible values: dark, light"),
        (&["completions", "cmd"], "invalid value 'cmd'"),
        (&["compile"], "<PATH>..."),
    ] {
        let output = wordcode(arguments, "");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(message), "{arguments:?}: {stderr}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn help_names_every_command() {
    for help in ["-h", "--help"] {
        let output = wordcode(&[help], "");
        let stdout = String::from_utf8(output.stdout).unwrap();
        for command in ["run", "trace", "dis", "compile", "completions"] {
            assert!(stdout.contains(&format!("\n  {command} ")), "{stdout}");
        }
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = wordcode(&["completions", shell], "");
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(script.contains("trace") && script.contains("plain"), "{shell}");
    }
}

#[test]
fn without_a_terminal_there_are_no_escape_codes() {
    let scratch = Scratch::new("no_escapes");
    let file = scratch.file("p.py", "print('one')\nx = 1\n");
    for command in COMMANDS {
        let output = wordcode(&with(command, &file), "");
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{command:?}");
        assert!(!output.stdout.is_empty(), "{command:?}");
        assert_eq!(output.status.code(), Some(0), "{command:?}");
    }
}

#[test]
fn compiled_files_go_beside_the_source_or_into_a_folder() {
    let scratch = Scratch::new("compile");
    let good = scratch.file("tree/a.py", "print('a')\n");
    scratch.file("tree/deep/er/b.py", "print('b')\n");
    scratch.file("tree/deep/notes.txt", "no program");
    let tree = scratch.0.join("tree");
    let out = scratch.0.join("out");
    check(&["compile", "-o", out.to_str().unwrap(), tree.to_str().unwrap(), &good], 0, "", "");
    assert!(out.join("a.pyc").is_file() && out.join("deep/er/b.pyc").is_file());
    check(&["compile", &good], 0, "", "");
    let cached = tree.join("__pycache__/a.cpython-314.pyc");
    assert_eq!(fs::read(&cached).unwrap(), fs::read(out.join("a.pyc")).unwrap());
    check(&["run", cached.to_str().unwrap()], 0, "a\n", "");
}

#[test]
fn a_bad_file_in_a_folder_does_not_stop_the_others() {
    let scratch = Scratch::new("compile_bad");
    scratch.file("a.py", "x = = 1\n");
    scratch.file("b.py", "x = 1\n");
    let output = wordcode(&["compile", scratch.path()], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("SyntaxError: "));
    assert!(scratch.0.join("__pycache__/b.cpython-314.pyc").is_file());
    assert!(!scratch.0.join("__pycache__/a.cpython-314.pyc").exists());
}

#[test]
fn a_compiled_file_of_another_version() {
    let scratch = Scratch::new("pyc");
    let old = scratch.file("old.pyc", b"\xcb\x0d\x0d\x0a\0\0\0\0\0\0\0\0\0\0\0\0N");
    let strange = scratch.file("strange.pyc", b"\x2b\x0e\x0d\x0a\0\0\0\0\0\0\0\0\0\0\0\0N");
    for command in COMMANDS {
        let expected = format!(
            "wordcode: can't load '{old}': not a .pyc file of CPython 3.14: bad magic (CPython 3.12's 3531)\n"
        );
        check(&with(command, &old), 1, "", &expected);
        let expected = format!(
            "wordcode: can't load '{strange}': not a code object of CPython 3.14: a value that is not a code \
             object at byte 1\n"
        );
        check(&with(command, &strange), 1, "", &expected);
    }
}

#[test]
fn what_is_told_from_source_is_not_told_of_a_compiled_file() {
    let scratch = Scratch::new("told");
    let file = scratch.file("p.py", "x = 1\n");
    let out = scratch.0.join("out");
    assert!(wordcode(&["compile", "-o", out.to_str().unwrap(), &file], "").status.success());
    let by_name = out.join("p.pyc").to_str().unwrap().to_owned();
    let by_magic = scratch.0.join("p").to_str().unwrap().to_owned();
    fs::copy(&by_name, &by_magic).unwrap();
    for (command, file) in ["ast", "stages"].iter().flat_map(|it| [(it, &by_name), (it, &by_magic)]) {
        let expected = format!(
            "wordcode: '{file}' is compiled, and this is told from source: give the program it was made of, or see \
             what is in it with `wordcode dis`\n"
        );
        check(&[command, file], 1, "", &expected);
    }
}

#[test]
fn a_program_is_loaded_from_its_compiled_file_the_second_time() {
    let scratch = Scratch::new("pycache");
    let file = scratch.file("p.py", "print(1 is 1)\n");
    let run = |arguments: &[&str]| {
        let output = Command::new(BIN)
            .args([&["run", "--verbose"], arguments, &[&file]].concat())
            .env_remove("PYTHONDONTWRITEBYTECODE")
            .env_remove("PYTHONPYCACHEPREFIX")
            .output()
            .unwrap();
        assert_eq!(output.stdout, b"True\n");
        String::from_utf8(output.stderr).unwrap().replace(scratch.path(), "FOLDER")
    };
    let warning =
        "FOLDER/p.py:1: SyntaxWarning: \"is\" with 'int' literal. Did you mean \"==\"?\n  print(1 is 1)\n";
    let line = |said: &str| format!("wordcode: FOLDER/p.py: {said}\n");
    assert_eq!(run(&["--no-pycache"]), warning.to_owned() + &line("compiled: caches are switched off"));
    let written = line("compiled: no cache yet; written to FOLDER/__pycache__/p.cpython-314.pyc");
    assert_eq!(run(&[]), warning.to_owned() + &written);
    assert_eq!(run(&[]), line("loaded from cache"));
    // A damaged one does not keep a program from running, which CPython would not even look at.
    let cached = scratch.0.join("__pycache__/p.cpython-314.pyc");
    let bytes = fs::read(&cached).unwrap();
    fs::write(&cached, &bytes[..bytes.len() - 1]).unwrap();
    assert!(run(&[]).contains("recompiled: the cache is damaged (not a code object of CPython 3.14: "));
    assert_eq!(run(&[]), line("loaded from cache"));
}

#[test]
fn what_is_imported_says_where_its_code_came_from() {
    let scratch = Scratch::new("imported");
    scratch.file("helper.py", "x = 1\n");
    let script = scratch.file("p.py", "import helper\n");
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_wordcode"))
            .args(args)
            .current_dir(&scratch.0)
            .env_remove("PYTHONDONTWRITEBYTECODE")
            .output()
            .unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap().replace(scratch.path(), "FOLDER")
    };
    let script = ["run", "-v", &script];
    assert!(run(&script).contains(
        "wordcode: FOLDER/helper.py: compiled: no cache yet; written to FOLDER/__pycache__/helper.cpython-314.pyc\n"
    ));
    assert!(run(&script).ends_with("wordcode: FOLDER/helper.py: loaded from cache\n"));
    scratch.file("helper.py", "x = 1  # longer\n");
    assert!(run(&script).contains("FOLDER/helper.py: recompiled: source "));
    assert!(run(&["run", "-v", "-m", "helper"]).contains("helper.py: loaded from cache\n"));
    assert_eq!(run(&["run", &scratch.file("p.py", "import helper\n")]), "");
}

#[test]
fn a_compiled_file_runs_without_its_source_and_shows_it_where_it_is_there() {
    let scratch = Scratch::new("sourceless");
    let file = scratch.file("p.py", "def f():\n    return 1 / 0\nprint(__file__.rsplit('/')[-1])\nf()\n");
    let compiled = scratch.0.join("out/p.pyc").to_str().unwrap().to_owned();
    let out = scratch.0.join("out");
    assert!(wordcode(&["compile", "-o", out.to_str().unwrap(), &file], "").status.success());
    let frame = |line, code: &str| format!("  File \"{file}\", line {line}, in {code}\n");
    let head = "Traceback (most recent call last):\n";
    let end = "ZeroDivisionError: division by zero\n";
    let lines = [
        frame(4, "<module>"),
        "    f()\n    ~^^\n".into(),
        frame(2, "f"),
        "    return 1 / 0\n           ~~^~~\n".into(),
    ];
    check(&["run", &compiled], 1, "p.pyc\n", &format!("{head}{}{end}", lines.concat()));
    fs::remove_file(&file).unwrap();
    let lines = [frame(4, "<module>"), frame(2, "f")];
    check(&["run", &compiled], 1, "p.pyc\n", &format!("{head}{}{end}", lines.concat()));
    let output = wordcode(&["--plain", "--verbose", &compiled], "");
    let expected = format!("wordcode: {compiled}: its source, {file}, is not there\n");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
}

#[test]
fn compiled_files_are_tied_to_their_sources_as_py_compile_ties_them() {
    let scratch = Scratch::new("invalidation");
    let file = scratch.file("p.py", "assert False\n");
    let out = scratch.0.join("out").to_str().unwrap().to_owned();
    for (mode, flags) in [("timestamp", 0), ("checked-hash", 3), ("unchecked-hash", 1)] {
        let arguments = ["compile", "-o", &out, "--invalidation-mode", mode, "-O", "1", &file];
        assert!(wordcode(&arguments, "").status.success());
        let compiled = scratch.0.join("out/p.pyc");
        assert_eq!(fs::read(&compiled).unwrap()[4], flags);
        // No `assert` is left at this level.
        check(&["run", compiled.to_str().unwrap()], 0, "", "");
    }
}

#[test]
fn a_program_runs_line_by_line_as_at_the_prompt() {
    let program = "c = 1000\nd = 1000\nc is d\nNone\n'text'; 1 + 1\nfor i in range(2):\n    i\n_\n1 / 0\nprint('on')\nraise SystemExit(3)\nprint('never')\n";
    let expected = "  File \"<string>\", line 9, in <module>\n    1 / 0\n    ~~^~~\nZeroDivisionError: division by zero\n";
    let stderr =
        format!("Traceback (most recent call last):\n{}", expected.replace("    1 / 0\n    ~~^~~\n", ""));
    let output = wordcode(&["run", "--interactive", "-c", program], "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "False\n'text'\n2\n0\n1\n1\non\n");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told == stderr || told == format!("Traceback (most recent call last):\n{expected}"), "{told}");
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn the_prompt_needs_the_source_of_a_compiled_program() {
    let scratch = Scratch::new("the_prompt_is_for_sources");
    let file = scratch.file("p.py", "x = 1\n");
    check(&["compile", "-o", scratch.path(), &file], 0, "", "");
    let compiled = format!("{file}c");
    check(&["run", "--interactive", &compiled], 0, "", "");
    fs::remove_file(&file).unwrap();
    let expected = format!(
        "wordcode: --interactive needs the source of a program, and that of '{compiled}' is gone or has changed\n"
    );
    check(&["run", "--interactive", &compiled], 1, "", &expected);
}

#[test]
fn a_trace_has_the_reason_of_each_verdict() {
    let output = wordcode(&["trace", "--json", "-c", "c = 1000\nd = 1000\nx = c is d\n"], "");
    let text = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let with: Vec<&serde_json::Value> = rows.iter().filter(|row| row.get("identity").is_some()).collect();
    let [row] = with.as_slice() else { panic!("{text}") };
    assert_eq!(row["op"], "IS_OP");
    let expected = serde_json::json!({
        "op": "is",
        "left": "int 1000",
        "right": "int 1000",
        "verdict": true,
        "reason": "MERGED_CONSTANT",
        "text": row["identity"]["text"],
    });
    assert_eq!(row["identity"], expected);
}

#[test]
fn a_trace_knows_what_an_eq_written_in_python_gives() {
    let program = "class P:\n    def __eq__(self, other):\n        return 1 == 2\nP() == P()\n";
    let output = wordcode(&["trace", "--json", "-c", program], "");
    let text = String::from_utf8(output.stdout).unwrap();
    let verdicts: Vec<(String, bool)> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|row| row.get("identity").is_some())
        .map(|row| {
            (
                row["identity"]["reason"].as_str().unwrap().to_owned(),
                row["identity"]["verdict"].as_bool().unwrap(),
            )
        })
        .collect();
    let expected = [("DUNDER_EQ".to_owned(), false), ("DISTINCT_OBJECTS_UNEQUAL".to_owned(), false)];
    assert_eq!(verdicts, expected);
}
