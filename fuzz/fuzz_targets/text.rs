//! Any bytes as a source file: an error that can be shown, or text whose lines and columns fit together.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wordcode::text::{ByteOffset, LineNumber, SourceFile};

fuzz_target!(|bytes: &[u8]| {
    let file = match SourceFile::from_bytes("fuzz.py", bytes) {
        Ok(file) => file,
        Err(error) => return drop(error.to_string()),
    };
    let (text, lines) = (file.text(), file.lines());
    assert!(!text.contains(['\r', '\0']), "line ends are \\n, and there is no NUL");
    for offset in (0..=text.len() as u32).map(ByteOffset) {
        let at = lines.position(offset);
        assert_eq!(lines.offset(at), Some(offset));
        assert_eq!(lines.line(offset), at.line);
    }
    let shown: Vec<&str> = (1..=lines.count()).filter_map(|line| file.line(LineNumber(line))).collect();
    assert!(shown.iter().all(|line| !line.contains('\n')));
    let bytes = shown.iter().map(|line| line.len()).sum::<usize>() + text.matches('\n').count();
    assert_eq!(bytes, text.len(), "the lines and their ends are the whole text");
});
