//! Making data of what was deflated, part by part; the state between two parts is a value.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, TINFL_LZ_DICT_SIZE, decompress_with_limit};

use super::wrapper::{Head, Sum, Window, head};

/// What is wrong with deflated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// This.
    Data(&'static str),
    /// Nothing, but it asks for a dictionary that was agreed on beforehand.
    WantsDictionary,
}

/// How far the data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    Header,
    Body,
    Trailer,
    End,
}

/// The library's state, and the last data that was made, which what follows may repeat.
#[derive(Clone)]
struct Body {
    oxide: DecompressorOxide,
    window: Vec<u8>,
    at: usize,
}

/// Makes data of what was deflated.
#[derive(Clone)]
pub struct Inflater {
    window: Window,
    stage: Stage,
    /// The beginning of a header, or of what stands behind the data.
    gathered: Vec<u8>,
    /// Shared with the checkpoints of the machine.
    body: Rc<Body>,
    sum: Sum,
    /// How many bytes of data were made.
    made: u64,
    fault: Option<Fault>,
}

impl fmt::Debug for Inflater {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { window, stage, gathered, body: _, sum, made, fault } = self;
        write!(f, "Inflater({window:?}, {stage:?}, {gathered:?}, {sum:?}, {made}, {fault:?})")
    }
}

impl Hash for Inflater {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // What the library keeps beside its window follows from all that was read.
        let Self { window, stage, gathered, body, sum, made, fault } = self;
        (window, stage, gathered, sum, made, fault, &body.window, body.at).hash(state);
    }
}

impl Inflater {
    /// Nothing was read yet.
    pub fn new(window: Window) -> Self {
        let body = Body { oxide: DecompressorOxide::new(), window: vec![0; TINFL_LZ_DICT_SIZE], at: 0 };
        Self {
            window,
            stage: Stage::Header,
            gathered: Vec::new(),
            body: Rc::new(body),
            sum: Sum::new(window.0),
            made: 0,
            fault: None,
        }
    }

    /// Whether the end was seen.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::End
    }

    /// Makes at most `most` bytes of data, and says how much of `input` that took.
    pub fn read(&mut self, input: &[u8], most: usize) -> Result<(Vec<u8>, usize), Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let read = self.run(input, most);
        self.fault = read.as_ref().err().copied();
        read
    }

    fn run(&mut self, input: &[u8], most: usize) -> Result<(Vec<u8>, usize), Fault> {
        let (mut out, mut used) = (Vec::new(), 0);
        loop {
            match self.stage {
                Stage::Header => match head(self.window, &self.gathered) {
                    Head::Complete(wrapper, _) => {
                        self.sum = Sum::new(wrapper);
                        self.window.0 = wrapper;
                        self.gathered.clear();
                        self.stage = Stage::Body;
                    }
                    Head::Unfinished => match input.get(used) {
                        Some(byte) => {
                            self.gathered.push(*byte);
                            used += 1;
                        }
                        None => return Ok((out, used)),
                    },
                    Head::WantsDictionary => return Err(Fault::WantsDictionary),
                    Head::Wrong(words) => return Err(Fault::Data(words)),
                },
                Stage::Body => {
                    if out.len() >= most {
                        return Ok((out, used));
                    }
                    let body = Rc::make_mut(&mut self.body);
                    let (at, limit) = (body.at, most - out.len());
                    let (status, read, made) = decompress_with_limit(
                        &mut body.oxide,
                        &input[used..],
                        &mut body.window,
                        at,
                        limit,
                        TINFL_FLAG_HAS_MORE_INPUT,
                    );
                    used += read;
                    let data = &body.window[at..at + made];
                    self.sum.add(data);
                    self.made += made as u64;
                    out.extend_from_slice(data);
                    body.at = (at + made) % TINFL_LZ_DICT_SIZE;
                    match status {
                        TINFLStatus::Done => self.stage = Stage::Trailer,
                        TINFLStatus::HasMoreOutput => {}
                        TINFLStatus::NeedsMoreInput => return Ok((out, used)),
                        _ => return Err(Fault::Data("invalid deflated data")),
                    }
                }
                Stage::Trailer => {
                    let wanted = self.sum.trailer();
                    let missing = wanted.len() - self.gathered.len();
                    let end = input.len().min(used + missing);
                    self.gathered.extend_from_slice(&input[used..end]);
                    used = end;
                    if self.gathered.len() < wanted.len() {
                        return Ok((out, used));
                    }
                    if self.gathered.get(..4) != wanted.get(..4) {
                        return Err(Fault::Data("incorrect data check"));
                    }
                    if self.gathered != wanted {
                        return Err(Fault::Data("incorrect length check"));
                    }
                    self.stage = Stage::End;
                }
                Stage::End => return Ok((out, used)),
            }
        }
    }
}
