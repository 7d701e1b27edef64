//! Imports run one way, the machine touches nothing outside, and each library has one home.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the crate with the modules it may import.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("code", &["text"]),
    ("ast", &["code"]),
    ("scratch", &[]),
    ("compile", &["text", "code", "ast", "scratch"]),
    ("cache", &["text", "code", "compile"]),
    ("machine", &["text", "code", "ast"]),
    ("outside", &["text", "code", "ast", "compile", "cache", "machine"]),
    ("timeline", &["text", "code", "machine", "outside"]),
    ("view", &["text", "code", "ast", "compile", "machine", "timeline"]),
    ("record", &["text", "code", "ast", "compile", "machine", "timeline", "view"]),
    ("tui", &["text", "code", "machine", "timeline", "view", "record"]),
];

/// Each library that may only be used in one module, with that module.
const HOMES: &[(&str, &str)] = &[
    ("ratatui", "tui"),
    ("crossterm", "tui"),
    ("syntect", "tui"),
    ("ruff_python_parser", "compile"),
    ("ruff_python_ast", "compile"),
    ("encoding_rs", "text"),
    ("clap", "cli"),
];

/// What would make two runs of the machine differ, or hide a part of its state.
const NOT_IN_THE_MACHINE: &[&str] = &[
    "std::time",
    "Instant",
    "SystemTime",
    "std::fs",
    "std::io",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "RandomState",
    "RefCell",
    "OnceCell",
    "Mutex",
    "thread_local",
    "Box<dyn",
    "println!",
    "eprintln!",
];

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else { continue };
        for imported in imports(&text, depth(&path)) {
            let known = MAY_IMPORT.iter().any(|(name, _)| *name == imported);
            if known && imported != module && !allowed.contains(&imported.as_str()) {
                wrong.push(format!("{}: {module} imports {imported}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_place_in_the_order() {
    let modules: BTreeSet<String> = sources().into_iter().map(|(module, ..)| module).collect();
    for module in modules {
        let known = MAY_IMPORT.iter().any(|(name, _)| *name == module);
        assert!(known || ["lib", "main", "cli"].contains(&module.as_str()), "{module} is not in the table");
    }
}

#[test]
fn only_the_allocator_is_unsafe() {
    for (module, path, text) in sources() {
        let used = words(&text).any(|word| word == "unsafe" || word == "unsafe_code");
        assert!(!used || module == "scratch", "{} has unsafe code", path.display());
    }
}

#[test]
fn libraries_stay_at_home() {
    for (module, path, text) in sources() {
        for (library, home) in HOMES {
            let used = words(&text).any(|word| word == *library);
            assert!(!used || module == *home, "{}: {library} belongs to {home}", path.display());
        }
    }
}

#[test]
fn the_machine_touches_nothing_outside() {
    for (module, path, text) in sources() {
        for forbidden in NOT_IN_THE_MACHINE {
            assert!(module != "machine" || !mentions(&text, forbidden), "{}: {forbidden}", path.display());
        }
    }
}

#[test]
fn a_forbidden_name_is_found_as_a_whole_word() {
    assert!(mentions("let t = Instant::now();", "Instant"));
    assert!(mentions("a: Box<dyn Fn()>", "Box<dyn"));
    assert!(!mentions("Instantiate InInstant", "Instant"));
}

#[test]
fn imports_are_found_however_they_are_written() {
    let text = without_comments_and_strings(
        r#"
        use crate::tui::draw; // not crate::record
        use crate::{code::{Opcode, opcode}, machine};
        use super::super::view::rows;
        let x = "crate::timeline";
        crate :: text::SourceFile::default();
        "#,
    );
    let found: BTreeSet<String> = imports(&text, 2).into_iter().collect();
    let expected = ["code", "machine", "text", "tui", "view"].map(str::to_owned);
    assert_eq!(found, BTreeSet::from(expected));
}

/// Every source file: the crate's module it belongs to, its path inside src, and its text.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = without_comments_and_strings(&fs::read_to_string(&path).unwrap());
                let inside = path.strip_prefix(&root).unwrap().to_owned();
                let first = inside.iter().next().unwrap().to_str().unwrap();
                found.push((first.trim_end_matches(".rs").to_owned(), inside, text));
            }
        }
    }
    assert!(found.len() > 10, "the sources are not where they are looked for");
    found
}

/// How many `super`s lead from a file to the crate's root.
fn depth(path: &Path) -> usize {
    let parts = path.iter().count();
    if path.ends_with("mod.rs") { parts - 1 } else { parts }
}

/// The first part of every path that begins at the crate's root.
fn imports(text: &str, depth: usize) -> Vec<String> {
    let tokens: Vec<&str> = tokens(text);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let behind = match tokens[at] {
            "crate" => at + 1,
            "super" if at == 0 || tokens[at - 1] != "::" => {
                let supers = tokens[at..].chunks(2).take_while(|pair| *pair == ["super", "::"]).count();
                if supers < depth {
                    continue;
                }
                at + 2 * supers - 1
            }
            _ => continue,
        };
        if tokens.get(behind) != Some(&"::") {
            continue;
        }
        match tokens.get(behind + 1) {
            Some(&"{") => found.extend(heads(&tokens[behind + 2..])),
            Some(name) => found.push((*name).to_owned()),
            None => {}
        }
    }
    found
}

/// The first part of every path in a group, up to the brace that closes it.
fn heads(tokens: &[&str]) -> Vec<String> {
    let (mut found, mut open, mut start) = (Vec::new(), 0, true);
    for token in tokens {
        match *token {
            "{" => open += 1,
            "}" if open == 0 => break,
            "}" => open -= 1,
            "," if open == 0 => start = true,
            name if start => {
                found.push(name.to_owned());
                start = false;
            }
            _ => {}
        }
    }
    found
}

/// Whether `name` stands in the text and is not a part of a longer word.
fn mentions(text: &str, name: &str) -> bool {
    let is_part = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
    text.match_indices(name).any(|(at, _)| {
        let (before, behind) = (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        !is_part(before) && !is_part(behind)
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric() && char != '_')
}

/// Words, `::`, and all other characters one by one.
fn tokens(text: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), text.trim_start());
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
        let width = if word > 0 {
            word
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        found.push(&rest[..width]);
        rest = rest[width..].trim_start();
    }
    found
}

/// The text with comments and the insides of strings taken out.
fn without_comments_and_strings(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let mut inside = false;
        let mut chars = line.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\\' if inside => drop(chars.next()),
                '"' => inside = !inside,
                '/' if !inside && chars.peek() == Some(&'/') => break,
                _ if inside => {}
                _ => kept.push(char),
            }
        }
        kept.push('\n');
    }
    kept
}
