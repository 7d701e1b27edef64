//! Expressions of constants are computed at compile time where CPython does so, with its results;
//! what it makes of them was written by `tests/folding.py`.

use std::fmt::Write;

use wordcode::code::{CodeObject, Const};
use wordcode::compile::{Mode, Options, compile};
use wordcode::text::SourceFile;
use wordcode::view::constant;

fn show(constant: &Const) -> String {
    match constant {
        Const::Code(_) => "<code>".into(),
        other => constant::text(other, &|_: &CodeObject| 0),
    }
}

/// Long constants are compared by their length and their end.
fn shorten(consts: Vec<String>) -> Vec<String> {
    if consts.iter().map(|text| text.chars().count()).sum::<usize>() <= 500 {
        return consts;
    }
    let short = |text: String| {
        let count = text.chars().count();
        let end: String = text.chars().skip(count.saturating_sub(20)).collect();
        format!("{count} characters, the last {end}")
    };
    consts.into_iter().map(short).collect()
}

#[test]
fn constants_are_folded_as_cpython_folds_them() {
    let mut wrong = String::new();
    let mut count = 0;
    for line in include_str!("expected/folding.jsonl").lines() {
        let (text, code, consts): (String, String, Vec<String>) =
            serde_json::from_str(line).expect("the file is what the script wrote");
        let source = SourceFile::from_text("<string>", &text).expect("an expression is a source");
        let ours = compile(&source, Mode::Eval, Options::default()).expect("CPython compiles it");
        let mut bytes = String::new();
        for byte in &*ours.code {
            let _ = write!(bytes, "{byte:02x}");
        }
        let our_consts = shorten(ours.consts.iter().map(show).collect());
        if bytes != code || our_consts != consts {
            let _ = writeln!(wrong, "{text}\n  CPython {consts:?} {code}\n  here    {our_consts:?} {bytes}");
        }
        count += 1;
    }
    assert!(count > 1000, "the file is too short");
    assert!(wrong.is_empty(), "{wrong}");
}
