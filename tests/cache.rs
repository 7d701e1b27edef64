//! `__pycache__` on a real file system: what is loaded, what is compiled, and what is written.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use wordcode::cache::{CacheError, Cached, Found, Kept, Policy, cache_file, load};
use wordcode::code::pyc::{self, Source};

/// A folder with one source in it.
struct Module(PathBuf);

impl Module {
    fn new(test: &str, text: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache").join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let module = Self(folder);
        module.write(text, 1000);
        module
    }

    fn path(&self) -> PathBuf {
        self.0.join("module.py")
    }

    fn write(&self, text: &str, mtime: u64) {
        fs::write(self.path(), text).unwrap();
        File::open(self.path()).unwrap().set_modified(UNIX_EPOCH + Duration::from_secs(mtime)).unwrap();
    }

    fn load(&self, policy: &Policy) -> Result<Cached, CacheError> {
        load(&self.path(), self.path().to_str().unwrap(), policy)
    }

    #[track_caller]
    fn check(&self, policy: &Policy, found: Found, kept: Kept) {
        let cached = self.load(policy).unwrap();
        assert_eq!((cached.verdict.found, cached.verdict.kept), (found, kept));
    }

    fn place(&self) -> PathBuf {
        cache_file(&self.path(), &Policy::default())
    }

    /// The names of all files, in order.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(&self.0).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        found.sort();
        found
    }
}

#[test]
fn the_second_load_finds_what_the_first_has_written() {
    let module = Module::new("second", "x = 1\n");
    let policy = Policy::default();
    module.check(&policy, Found::Nothing, Kept::Written(module.place()));
    assert_eq!(module.files(), ["__pycache__/module.cpython-314.pyc", "module.py"]);
    module.check(&policy, Found::Fresh, Kept::NotNeeded);
    let bytes = fs::read(module.place()).unwrap();
    let (tie, code) = pyc::read(&bytes).unwrap();
    assert_eq!(tie, Source::Timestamp { mtime: 1000, size: 6 });
    assert_eq!(*code.filename, *module.path().to_str().unwrap());
}

#[test]
fn a_source_that_has_changed_is_compiled_anew() {
    let module = Module::new("changed", "x = 1\n");
    let policy = Policy::default();
    module.check(&policy, Found::Nothing, Kept::Written(module.place()));
    module.write("x = 2\n", 1002);
    module.check(&policy, Found::Time { newer_by: 2 }, Kept::Written(module.place()));
    module.write("x = 10\n", 1002);
    module.check(&policy, Found::Size { then: 6, now: 7 }, Kept::Written(module.place()));
    module.check(&policy, Found::Fresh, Kept::NotNeeded);
}

#[test]
fn a_hash_holds_whatever_the_time() {
    let module = Module::new("hash", "x = 1\n");
    let code = module.load(&Policy::off()).unwrap().code;
    fs::create_dir(module.0.join("__pycache__")).unwrap();
    let write = |hash, checked| {
        fs::write(module.place(), pyc::write(&code, Source::Hash { hash, checked })).unwrap();
    };
    let right = pyc::source_hash(b"x = 1\n");
    for checked in [false, true] {
        write(right, checked);
        module.check(&Policy::default(), Found::Fresh, Kept::NotNeeded);
    }
    write([0; 8], false);
    module.check(&Policy::default(), Found::Fresh, Kept::NotNeeded);
    write([0; 8], true);
    module.check(&Policy::default(), Found::Hash, Kept::Written(module.place()));
    let (tie, _) = pyc::read(&fs::read(module.place()).unwrap()).unwrap();
    assert_eq!(tie, Source::Hash { hash: right, checked: true });
}

#[test]
fn nothing_is_written_where_that_is_forbidden_or_impossible() {
    let module = Module::new("unwritten", "x = 1\n");
    module.check(&Policy::off(), Found::NotAsked, Kept::NotNeeded);
    let read_only = Policy { read_only: true, ..Policy::default() };
    module.check(&read_only, Found::Nothing, Kept::Forbidden);
    assert_eq!(module.files(), ["module.py"]);
    // Whoever may do anything may write anywhere, but not into a file that stands for the folder.
    fs::write(module.0.join("__pycache__"), "").unwrap();
    let kept = module.load(&Policy::default()).unwrap().verdict.kept;
    assert!(matches!(kept, Kept::NotWritable(_)), "{kept:?}");
    assert_eq!(module.files(), ["__pycache__", "module.py"]);
}

#[test]
fn a_prefix_keeps_the_folder_of_the_source_clean() {
    let module = Module::new("prefix", "x = 1\n");
    let policy = Policy { prefix: Some(module.0.join("elsewhere")), ..Policy::default() };
    let place = cache_file(&module.path(), &policy);
    assert!(place.starts_with(module.0.join("elsewhere")));
    module.check(&policy, Found::Nothing, Kept::Written(place));
    module.check(&policy, Found::Fresh, Kept::NotNeeded);
    assert!(!module.0.join("__pycache__").exists());
}

#[test]
fn a_file_that_was_moved_is_named_after_its_new_place() {
    let module = Module::new("moved", "def f():\n    return lambda: 0\n");
    module.load(&Policy::default()).unwrap();
    let cached = load(&module.path(), "another.py", &Policy::default()).unwrap();
    assert_eq!(cached.verdict.found, Found::Fresh);
    let mut codes = vec![cached.code];
    while let Some(code) = codes.pop() {
        assert_eq!(&*code.filename, "another.py", "{}", code.qualname);
        codes.extend(code.children().cloned());
    }
}

#[test]
fn a_damaged_file_is_an_error_unless_it_is_to_be_repaired() {
    let module = Module::new("damaged", "x = 1\n");
    module.load(&Policy::default()).unwrap();
    let bytes = fs::read(module.place()).unwrap();
    fs::write(module.place(), &bytes[..bytes.len() - 9]).unwrap();
    let error = module.load(&Policy::default()).unwrap_err();
    assert!(matches!(error, CacheError::Damaged { .. }), "{error}");
    let repairs = Policy { repairs: true, ..Policy::default() };
    let verdict = module.load(&repairs).unwrap().verdict;
    assert!(matches!(verdict.found, Found::Damaged(_)), "{verdict}");
    module.check(&Policy::default(), Found::Fresh, Kept::NotNeeded);
}

#[test]
fn what_the_compiler_warns_of_is_told_only_when_it_compiles() {
    let module = Module::new("warnings", "x = 1 is 1\n");
    assert_eq!(module.load(&Policy::default()).unwrap().warnings.len(), 1);
    assert_eq!(module.load(&Policy::default()).unwrap().warnings.len(), 0);
}

#[cfg(unix)]
#[test]
fn the_file_has_the_permissions_of_its_source_and_can_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let module = Module::new("permissions", "x = 1\n");
    fs::set_permissions(module.path(), fs::Permissions::from_mode(0o500)).unwrap();
    module.load(&Policy::default()).unwrap();
    let mode = fs::metadata(module.place()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
