//! Where the compiled file of a source is kept.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::Policy;

/// The folder beside a source.
const FOLDER: &str = "__pycache__";
/// `sys.implementation.cache_tag`.
const TAG: &str = "cpython-314";

/// The compiled file of `source`, as `importlib.util.cache_from_source` names it; neither has to exist.
pub fn cache_file(source: &Path, policy: &Policy) -> PathBuf {
    let name = file_name(source, policy.optimize);
    let folder = source.parent().unwrap_or(Path::new(""));
    match &policy.prefix {
        None => folder.join(FOLDER).join(name),
        Some(prefix) => {
            // The whole path below the prefix, so that two sources of one name do not meet.
            let absolute = std::path::absolute(folder.join("x")).unwrap_or_else(|_| folder.join("x"));
            let inside = absolute.parent().unwrap_or(Path::new("")).components();
            let inside = inside.filter(|part| !matches!(part, Component::Prefix(_) | Component::RootDir));
            prefix.join(inside.collect::<PathBuf>()).join(name)
        }
    }
}

/// The name up to its last dot, the tag, and the optimization level where there is one.
fn file_name(source: &Path, optimize: u8) -> OsString {
    let whole = source.file_name().unwrap_or_default();
    // A name that is all ending, such as `.py`, is cut at its dot too.
    let (mut name, has_ending) = match (source.file_stem(), source.extension()) {
        (Some(stem), Some(_)) => (stem.to_owned(), true),
        _ => match whole.to_str().and_then(|whole| whole.strip_prefix('.')) {
            Some(ending) => (OsString::from(ending), true),
            None => (whole.to_owned(), false),
        },
    };
    if has_ending {
        name.push(".");
    }
    name.push(TAG);
    if optimize > 0 {
        name.push(format!(".opt-{optimize}"));
    }
    name.push(".pyc");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_cpython_names_it() {
        for (source, expected) in [
            ("a/b.py", "a/__pycache__/b.cpython-314.pyc"),
            ("b.py", "__pycache__/b.cpython-314.pyc"),
            ("/a/b.c.py", "/a/__pycache__/b.c.cpython-314.pyc"),
            ("script", "__pycache__/scriptcpython-314.pyc"),
            ("a/.py", "a/__pycache__/py.cpython-314.pyc"),
            ("a/.b.py", "a/__pycache__/.b.cpython-314.pyc"),
        ] {
            let place = cache_file(Path::new(source), &Policy::default());
            assert_eq!(place, Path::new(expected), "{source}");
        }
    }

    #[test]
    fn levels_of_optimization_do_not_meet() {
        let policy = Policy { optimize: 2, ..Policy::default() };
        assert_eq!(cache_file(Path::new("b.py"), &policy), Path::new("__pycache__/b.cpython-314.opt-2.pyc"));
    }

    #[cfg(unix)]
    #[test]
    fn a_prefix_holds_the_whole_path() {
        let policy = Policy { prefix: Some("/cache".into()), ..Policy::default() };
        assert_eq!(cache_file(Path::new("/a/b.py"), &policy), Path::new("/cache/a/b.cpython-314.pyc"));
        let here = std::env::current_dir().unwrap();
        let expected = Path::new("/cache").join(here.strip_prefix("/").unwrap()).join("c/b.cpython-314.pyc");
        assert_eq!(cache_file(Path::new("./c/b.py"), &policy), expected);
    }
}
