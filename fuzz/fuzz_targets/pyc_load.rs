//! Bytes that may be a compiled file: read, verified, shown, and written again as they were read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wordcode::code::{marshal, pyc};
use wordcode::record::dis::{DisOptions, disassembly};

fuzz_target!(|bytes: &[u8]| {
    let Ok((tie, code)) = pyc::read(bytes) else { return };
    let all = DisOptions { show_caches: true, show_offsets: true, show_positions: true, ..DisOptions::default() };
    drop(disassembly(&code, all));
    let written = pyc::write(&code, tie);
    let (tie_again, again) = pyc::read(&written).expect("what was written can be read");
    assert_eq!(tie_again, tie);
    assert_eq!(marshal::write(&again), written[16..], "what is read is written as before");
});
