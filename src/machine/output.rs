//! What the program printed, in order.

use std::rc::Rc;

use super::log::Log;

/// The stream a text went to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// One write.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Write {
    /// Where it went.
    pub stream: Stream,
    /// The text, as the program gave it: control characters and all.  Lone surrogates are escaped.
    pub text: Rc<str>,
    /// The bytes, where they are no UTF-8 and so more than the text says.
    pub raw: Option<Rc<[u8]>>,
    /// The step that wrote it.
    pub step: u64,
}

impl Write {
    /// What was written, byte by byte.
    pub fn bytes(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.text.as_bytes())
    }
}

/// Everything written so far.
pub type Output = Log<Write>;

impl Output {
    /// All of one stream's text.
    pub fn text(&self, stream: Stream) -> String {
        self.iter().filter(|write| write.stream == stream).map(|write| &*write.text).collect()
    }
}
