//! How fast compiled files are verified, and that none of a compiler's is refused:
//!
//!     cargo bench --bench verify -- FOLDER...
//!
//! takes every `.pyc` file in the folders, and ends with an error if one is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};

use wordcode::code::verify::verify;
use wordcode::code::{CodeObject, marshal, pyc};

fn main() -> ExitCode {
    // Cargo adds a flag of its own.
    let folders = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let mut files: Vec<PathBuf> = Vec::new();
    folders.for_each(|folder| find(Path::new(&folder), &mut files));
    let (mut codes, mut bytes, mut refused) = (0, 0, 0);
    let (mut reading, mut verifying) = (Duration::ZERO, Duration::ZERO);
    for file in &files {
        let content = fs::read(file).expect("a file that can be read");
        let start = Instant::now();
        let read = pyc::header(&content).and_then(|(_, marshalled)| Ok(marshal::read(marshalled)?));
        reading += start.elapsed();
        let code = match read {
            Ok(code) => code,
            Err(error) => {
                println!("{}: {error}", file.display());
                refused += 1;
                continue;
            }
        };
        let start = Instant::now();
        let verified = verify(&code);
        verifying += start.elapsed();
        if let Err(error) = verified {
            println!("{}: {error}", file.display());
            refused += 1;
        }
        count(&code, &mut codes, &mut bytes);
    }
    println!(
        "{} files, {codes} code objects, {bytes} bytes of wordcode: read in {reading:.2?}, verified in \
         {verifying:.2?}, {refused} refused",
        files.len()
    );
    if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "pyc") {
            files.push(path);
        }
    }
}

fn count(code: &Rc<CodeObject>, codes: &mut usize, bytes: &mut usize) {
    *codes += 1;
    *bytes += code.code.len();
    code.children().for_each(|child| count(child, codes, bytes));
}
