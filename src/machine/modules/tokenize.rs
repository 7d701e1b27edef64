//! `_tokenize`: the tokens of a source, for the library's `tokenize`.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::ask::{Answer, Ask, FoundToken, Refused, TokenState, TokensBehind, TokensWanted};
use super::super::frame::{Eval, Flow};
use super::super::heap::Heap;
use super::super::native::{Do, Got, Steps, Stepwise, Style};
use super::super::object::class::TypeSpec;
use super::super::object::exceptions::syntax;
use super::super::object::extension::Extension;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::NativeModule;

/// `_tokenize`.
pub static MODULE: NativeModule =
    NativeModule { types: &[&TOKENIZER_ITER], ..NativeModule::new("_tokenize", "The tokens of a source.") };

/// `_tokenize.TokenizerIter`.
static TOKENIZER_ITER: TypeSpec = TypeSpec {
    module: "_tokenize",
    natives: &[
        NativeDef::new(
            Params::Named { names: &["readline", "encoding", "extra_tokens"], required: 1, positional: 1 },
            |m, args| m.with_indices("tokenizeriter", args, &[3], Style::Truth, new),
        ),
        NativeDef::wrapper("__iter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::wrapper("__next__", Params::None, |m, args| {
            let iterator = args.at(0).handle().expect("an iterator is a heap object");
            m.begin(TokensNext::new(NextToken { iterator, asked: Asked::Nothing }))
        }),
    ],
    ..TypeSpec::new(types::TOKENIZER_ITER, "TokenizerIter")
};

/// What a `TokenizerIter` holds.
#[derive(Clone, Debug, Hash)]
pub struct Tokens {
    /// What gives the lines.
    readline: Value,
    /// How they are encoded, where they are bytes.
    encoding: Option<Rc<str>>,
    /// What stands open where the first of `lines` begins.
    state: TokenState,
    /// The lines that are being read.
    lines: Vec<Rc<str>>,
    /// Whether there are no further ones.
    ended: bool,
    /// The tokens of `lines`.
    found: Rc<[FoundToken]>,
    /// How many of them have been given.
    given: usize,
    /// What comes behind them.
    behind: Behind,
}

/// What comes behind the tokens that were found.
#[derive(Clone, Debug, Hash)]
enum Behind {
    /// Another line, or the end.
    Line,
    /// The last token was the last of all.
    End,
    /// What is no token.
    Wrong(Rc<Refused>),
}

impl Tokens {
    /// Visits every value that is held and counted.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.readline);
    }
}

/// `TokenizerIter(readline, *, encoding=None, extra_tokens)`.
fn new(m: &mut Machine, args: &Args) -> Eval {
    let encoding = match args.get(2) {
        None => None,
        Some(encoding) => match m.heap.text_of(encoding) {
            Some(text) => Some(text.to_string_lossy().into()),
            None => {
                let class = m.argument_class(encoding);
                return Err(
                    m.type_error(format!("tokenizeriter() argument 'encoding' must be str, not {class}"))
                );
            }
        },
    };
    match args.get(3) {
        None => {
            return Err(m.type_error("tokenizeriter() missing required argument 'extra_tokens' (pos 2)"));
        }
        Some(Value::TRUE) => {}
        Some(_) => return Err(m.unsupported("the tokens of the language alone (extra_tokens=False)")),
    }
    let tokens = Tokens {
        readline: args.at(1),
        encoding,
        state: TokenState::default(),
        lines: Vec::new(),
        ended: false,
        found: Rc::default(),
        given: 0,
        behind: Behind::Line,
    };
    let payload = Payload::Extension(Box::new(Extension::Tokens(tokens)));
    Ok(Value::object(m.heap.alloc(types::TOKENIZER_ITER, payload)).into())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Nothing,
    /// For a line.
    Line,
    /// For its tokens.
    Tokens,
}

/// The next token: a line is read for it where there is none.
#[derive(Clone, Debug, Hash)]
pub struct NextToken {
    iterator: Handle,
    asked: Asked,
}

/// See [`NextToken`].
pub type TokensNext = Steps<NextToken>;

impl NextToken {
    fn tokens<'a>(&self, m: &'a Machine) -> &'a Tokens {
        match m.heap.payload(self.iterator) {
            Payload::Extension(extension) => match &**extension {
                Extension::Tokens(tokens) => tokens,
                other => panic!("the tokens of a source are there, not {other:?}"),
            },
            _ => panic!("the tokens of a source are there"),
        }
    }

    fn tokens_mut<'a>(&self, m: &'a mut Machine) -> &'a mut Tokens {
        match m.heap.payload_mut(self.iterator) {
            Payload::Extension(extension) => match &mut **extension {
                Extension::Tokens(tokens) => tokens,
                other => panic!("the tokens of a source are there, not {other:?}"),
            },
            _ => panic!("the tokens of a source are there"),
        }
    }

    /// Gives the next token that is there, or asks for what is missing.
    fn give(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let tokens = self.tokens_mut(m);
        if let Some(token) = tokens.found.get(tokens.given).cloned() {
            tokens.given += 1;
            return Ok(Do::Done(tuple(m, &token)));
        }
        match tokens.behind.clone() {
            Behind::End => Ok(Do::Exhausted),
            Behind::Wrong(refused) => {
                tokens.behind = Behind::End;
                let raise = m.refused(&refused);
                if let Some(place) = refused.place.as_ref().filter(|place| !place.in_args) {
                    // Of a source that ends too early the line of the end is known, too.
                    let line = m.heap.int(place.line.into());
                    m.set_exception_field(raise.exception, syntax::END_LINENO, Some(line));
                }
                Err(raise)
            }
            Behind::Line => {
                self.asked = Asked::Line;
                let readline = tokens.readline;
                Ok(m.call(readline, Args::default())?.into())
            }
        }
    }

    /// Takes a line, or the end of them.
    fn add(&mut self, m: &mut Machine, line: Option<Value>) -> Result<Do, Raise> {
        let line = match line {
            Some(line) => Some(self.text(m, line)?).filter(|line| !line.is_empty()),
            None => None,
        };
        let tokens = self.tokens_mut(m);
        if tokens.lines.is_empty() {
            tokens.given = 0;
        }
        match line {
            Some(line) => tokens.lines.push(line),
            None => tokens.ended = true,
        }
        let wanted = TokensWanted {
            lines: tokens.lines.iter().cloned().collect(),
            state: tokens.state.clone(),
            ended: tokens.ended,
        };
        self.asked = Asked::Tokens;
        Ok(Flow::Enter(m.ask(Ask::Tokens(Rc::new(wanted)))).into())
    }

    /// The text of a line: a str, or bytes where there is an encoding.
    fn text(&self, m: &mut Machine, line: Value) -> Result<Rc<str>, Raise> {
        let encoding = self.tokens(m).encoding.clone();
        let text = match encoding {
            None if m.heap.text_of(line).is_some() => line,
            None => return Err(m.type_error("readline() returned a non-string object")),
            Some(encoding) if m.heap.is_instance(line, types::BYTES) => {
                let (encoding, errors) = (m.heap.str(&*encoding), m.heap.str("replace"));
                m.decode_bytes(line, Some(encoding), Some(errors), "decode")?
            }
            Some(_) => return Err(m.type_error("readline() returned a non-bytes object")),
        };
        // A surrogate alone is an error here.
        m.encode_text(text, None, None, "encode")?;
        Ok(m.str_text(text).to_string_lossy().into())
    }

    /// Takes what the outside found.
    fn take(&self, m: &mut Machine) {
        let answer = m.take_answer();
        let Answer::Tokens(found) = &*answer else {
            panic!("tokens were wanted, and the answer is {answer:?}")
        };
        let tokens = self.tokens_mut(m);
        tokens.found = Rc::clone(&found.tokens);
        match &found.behind {
            TokensBehind::More => {}
            TokensBehind::Line(state) => {
                // Those that are left are given, and then the next line is another source of them.
                tokens.found = found.tokens[tokens.given..].into();
                (tokens.given, tokens.state) = (0, state.clone());
                tokens.lines.clear();
            }
            TokensBehind::End => tokens.behind = Behind::End,
            TokensBehind::Wrong(refused) => tokens.behind = Behind::Wrong(Rc::clone(refused)),
        }
    }
}

impl Stepwise for NextToken {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.asked, got) {
            (Asked::Line, Got::Value(line)) => self.add(m, Some(line)),
            (Asked::Line, Got::Raised(_)) => self.add(m, None),
            (Asked::Tokens, _) => {
                self.take(m);
                self.give(m)
            }
            (Asked::Nothing | Asked::Line, _) => self.give(m),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.iterator));
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.asked {
            Asked::Nothing | Asked::Line => "TokenizerIter: waiting for a line".to_owned(),
            Asked::Tokens => "TokenizerIter: finding the tokens of a line".to_owned(),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.asked == Asked::Line && heap.is_instance(exception, types::STOP_ITERATION)
    }
}

/// Kind, text, begin, end and line of a token.
fn tuple(m: &mut Machine, token: &FoundToken) -> Value {
    let mut place = |(line, column): (u32, u32)| {
        let (line, column) = (m.heap.int(line.into()), m.heap.int(column.into()));
        m.heap.pair(line, column)
    };
    let (from, to) = (place(token.from), place(token.to));
    let (kind, text) = (m.heap.int(token.kind.into()), m.heap.str(&*token.text));
    let line = m.heap.str(&*token.line);
    m.heap.tuple(vec![kind, text, from, to, line])
}
