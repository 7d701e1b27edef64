//! What stands around deflated data: nothing, the two bytes and the sum of zlib, or the header and the sums of gzip.

/// What stands around deflated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrapper {
    /// Nothing.
    Raw,
    /// The header of zlib and an Adler-32.
    Zlib,
    /// The header of gzip, a CRC-32 and the length.
    Gzip,
    /// One of these two: the first byte tells which.
    Either,
}

/// What `wbits` says: the wrapper, and the bits of the window; 0 for any.
pub type Window = (Wrapper, u32);

/// What `wbits` says to what writes.
pub fn written(wbits: i64) -> Option<Window> {
    match wbits {
        -15..=-9 => Some((Wrapper::Raw, wbits.unsigned_abs() as u32)),
        8..=15 => Some((Wrapper::Zlib, wbits as u32)),
        25..=31 => Some((Wrapper::Gzip, wbits as u32 - 16)),
        _ => None,
    }
}

/// What `wbits` says to what reads.
pub fn read(wbits: i64) -> Option<Window> {
    if (-15..=-8).contains(&wbits) {
        return Some((Wrapper::Raw, wbits.unsigned_abs() as u32));
    }
    let bits = u32::try_from(wbits).ok()?;
    let wrapper = *[Wrapper::Zlib, Wrapper::Gzip, Wrapper::Either].get((bits / 16) as usize)?;
    (bits % 16 == 0 || bits % 16 >= 8).then_some((wrapper, bits % 16))
}

/// A sum of all data so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sum {
    wrapper: Wrapper,
    value: u32,
    length: u64,
}

impl Sum {
    /// The sum of nothing.
    pub const fn new(wrapper: Wrapper) -> Self {
        let value = match wrapper {
            Wrapper::Zlib => 1,
            Wrapper::Raw | Wrapper::Gzip | Wrapper::Either => 0,
        };
        Self { wrapper, value, length: 0 }
    }

    /// Adds data.
    pub fn add(&mut self, data: &[u8]) {
        self.length += data.len() as u64;
        self.value = match self.wrapper {
            Wrapper::Zlib => adler32(self.value, data),
            Wrapper::Gzip => crc32(self.value, data),
            Wrapper::Raw | Wrapper::Either => 0,
        };
    }

    /// What stands behind the data.
    pub fn trailer(self) -> Vec<u8> {
        match self.wrapper {
            Wrapper::Zlib => self.value.to_be_bytes().to_vec(),
            Wrapper::Gzip => [self.value.to_le_bytes(), (self.length as u32).to_le_bytes()].concat(),
            Wrapper::Raw | Wrapper::Either => Vec::new(),
        }
    }
}

/// Adler-32 of data behind what has the sum `start`.
pub fn adler32(start: u32, data: &[u8]) -> u32 {
    const BASE: u32 = 65521;
    // As many bytes as can be added before a 32-bit sum overflows.
    const ROUND: usize = 5552;
    let (mut low, mut high) = ((start & 0xFFFF) % BASE, (start >> 16) % BASE);
    for round in data.chunks(ROUND) {
        for byte in round {
            low += u32::from(*byte);
            high += low;
        }
        (low, high) = (low % BASE, high % BASE);
    }
    high << 16 | low
}

/// CRC-32 of data behind what has the sum `start`.
pub fn crc32(start: u32, data: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(start);
    hasher.update(data);
    hasher.finalize()
}

/// What stands before data that was deflated so well.
pub fn header(wrapper: Wrapper, bits: u32, level: i64) -> Vec<u8> {
    const DEFLATED: u32 = 8;
    const UNIX: u8 = 3;
    match wrapper {
        Wrapper::Raw | Wrapper::Either => Vec::new(),
        Wrapper::Zlib => {
            let effort = match level {
                0 | 1 => 0,
                2..=5 => 1,
                -1 | 6 => 2,
                _ => 3,
            };
            // A window of 8 bits is one of 9 to zlib.
            let head = ((bits.max(9) - 8) << 4 | DEFLATED) << 8 | effort << 6;
            let head = head + 31 - head % 31;
            vec![(head >> 8) as u8, head as u8]
        }
        Wrapper::Gzip => {
            let effort = match level {
                9 => 2,
                0 | 1 => 4,
                _ => 0,
            };
            vec![0x1F, 0x8B, DEFLATED as u8, 0, 0, 0, 0, 0, effort, UNIX]
        }
    }
}

/// What the beginning of some data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// More bytes have to be seen.
    Unfinished,
    /// A header of so many bytes, of this wrapper.
    Complete(Wrapper, usize),
    /// A header that asks for a dictionary.
    WantsDictionary,
    /// None; what is wrong.
    Wrong(&'static str),
}

/// Looks at the beginning of data that has a wrapper.
pub fn head(window: Window, data: &[u8]) -> Head {
    const NO_HEADER: &str = "incorrect header check";
    const NO_METHOD: &str = "unknown compression method";
    let (wrapper, bits) = window;
    if wrapper == Wrapper::Raw {
        return Head::Complete(wrapper, 0);
    }
    let &[first, second, ..] = data else { return Head::Unfinished };
    let is_gzip = (first, second) == (0x1F, 0x8B);
    match wrapper {
        Wrapper::Gzip | Wrapper::Either if is_gzip => return gzip_head(data),
        Wrapper::Gzip => return Head::Wrong(NO_HEADER),
        Wrapper::Raw | Wrapper::Zlib | Wrapper::Either => {}
    }
    let number = u32::from(first) << 8 | u32::from(second);
    if number % 31 != 0 {
        return Head::Wrong(NO_HEADER);
    }
    if first & 15 != 8 {
        return Head::Wrong(NO_METHOD);
    }
    let wanted = u32::from(first >> 4) + 8;
    let most = if bits == 0 { 15 } else { bits };
    match second & 0x20 {
        _ if wanted > most => Head::Wrong("invalid window size"),
        0 => Head::Complete(Wrapper::Zlib, 2),
        _ => Head::WantsDictionary,
    }
}

fn gzip_head(data: &[u8]) -> Head {
    const FIXED: usize = 10;
    let (Some(&method), Some(&flags)) = (data.get(2), data.get(3)) else { return Head::Unfinished };
    if method != 8 {
        return Head::Wrong("unknown compression method");
    }
    if flags & 0xE0 != 0 {
        return Head::Wrong("unknown header flags set");
    }
    let mut at = FIXED;
    if flags & 4 != 0 {
        let Some(&[low, high]) = data.get(at..at + 2) else { return Head::Unfinished };
        at += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    // A name and a comment, each with a zero behind it.
    for flag in [8, 16] {
        if flags & flag != 0 {
            let rest = data.get(at..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == 0) else { return Head::Unfinished };
            at += length + 1;
        }
    }
    if flags & 2 != 0 {
        let Some(&[low, high]) = data.get(at..at + 2) else { return Head::Unfinished };
        if u32::from(u16::from_le_bytes([low, high])) != crc32(0, &data[..at]) & 0xFFFF {
            return Head::Wrong("header crc mismatch");
        }
        at += 2;
    }
    if data.len() < at { Head::Unfinished } else { Head::Complete(Wrapper::Gzip, at) }
}
