//! Where lines of standard input come from.

use std::io::{self, BufRead};

/// Where lines of standard input come from.
#[derive(Debug)]
pub enum Stdin {
    /// From whoever looks on: the run stops and waits for them.
    Asked,
    /// From a text read beforehand; what is left of it.
    Text(String),
    /// From the process's own standard input, a line when one is wanted.
    Process,
}

impl Stdin {
    /// The next line with its line end, empty at the end of the input; `None` where somebody has to be
    /// asked.
    pub fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        match self {
            Self::Asked => Ok(None),
            Self::Text(rest) => {
                let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
                let behind = rest.split_off(end);
                Ok(Some(std::mem::replace(rest, behind).into_bytes()))
            }
            Self::Process => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_until(b'\n', &mut bytes)?;
                Ok(Some(bytes))
            }
        }
    }
}
