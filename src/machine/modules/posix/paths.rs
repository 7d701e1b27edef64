//! What `posix` does with paths as texts, for `posixpath`: nothing of the file system is asked.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::object::function::NativeDef;
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::value::Value;
use super::path;
use crate::machine::file_bytes;

const SLASH: u32 = '/' as u32;
const DOT: u32 = '.' as u32;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("_path_normpath", Params::named(&["path"], 1), |m, args| {
        path(m, args, 0, "_path_normpath", |m, args| {
            let normal = normal(&points(m, args)?);
            Ok(told(m, args, &normal).into())
        })
    }),
    NativeDef::function("_path_splitroot_ex", Params::One, |m, args| {
        path(m, args, 0, "_path_splitroot_ex", |m, args| {
            let all = points(m, args)?;
            let (root, rest) = all.split_at(root(&all));
            let parts = vec![told(m, args, &[]), told(m, args, root), told(m, args, rest)];
            Ok(m.heap.tuple(parts).into())
        })
    }),
];

fn points(m: &mut Machine, args: &Args) -> Result<Vec<u32>, Raise> {
    match m.name_of_file(args.at(0)) {
        Some(text) => Ok(text.points().collect()),
        None => Err(m.type_error("a path is a str or bytes")),
    }
}

/// A part of the path: bytes where it was given in bytes.
fn told(m: &mut Machine, args: &Args, part: &[u32]) -> Value {
    let text = Str::from_points(part);
    if m.heap.bytes_object(args.at(0)).is_some() {
        m.heap.bytes(&file_bytes(&text))
    } else {
        m.heap.str(text)
    }
}

/// How long the root is. Two slashes mean something else than one; more than two mean one.
fn root(path: &[u32]) -> usize {
    match path.iter().take_while(|point| **point == SLASH).count() {
        0 => 0,
        2 => 2,
        _ => 1,
    }
}

/// The shortest path that means the same as long as no folder is a link.
fn normal(path: &[u32]) -> Vec<u32> {
    let (root, rest) = path.split_at(root(path));
    let mut kept: Vec<&[u32]> = Vec::new();
    for part in rest.split(|point| *point == SLASH) {
        match part {
            [] | [DOT] => {}
            [DOT, DOT] => match kept.last() {
                Some([DOT, DOT]) => kept.push(part),
                Some(_) => drop(kept.pop()),
                // There is nothing above the root.
                None if root.is_empty() => kept.push(part),
                None => {}
            },
            part => kept.push(part),
        }
    }
    let normal = [root, &kept.join(&SLASH)].concat();
    if normal.is_empty() { vec![DOT] } else { normal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gets_as_short_as_it_can() {
        let normal = |path: &str| Str::from_points(&normal(&path.chars().map(u32::from).collect::<Vec<_>>()));
        for (path, expected) in [
            ("", "."),
            ("///", "/"),
            ("//a/../b", "//b"),
            ("/../a", "/a"),
            ("../a/../..", "../.."),
            ("./a/../b", "b"),
            ("a/../../b", "../b"),
            ("/a/b/../../..", "/"),
        ] {
            assert_eq!(normal(path), Str::from(expected), "{path}");
        }
    }
}
