//! Codecs that programs register, and those of the library's `encodings`: finding them, and having them encode and
//! decode.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::{Eval, Flow};
use super::super::super::heap::Heap;
use super::super::super::native::{CodecWork, Do, Got, ImportModule, Steps, Stepwise};
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::text::Str;
use super::super::super::text::codec::work::Form;
use super::super::super::text::codec::{is_elsewhere, normalized};
use super::super::super::value::{Handle, Value};
use super::handlers;

/// What has been registered.
#[derive(Clone, Copy, Debug)]
pub struct Registry {
    /// The search functions: a list.
    pub searches: Handle,
    /// The codecs that have been found, by their names: a dict.
    pub found: Handle,
    /// The error handlers, by their names: a dict.
    pub handlers: Handle,
}

impl Registry {
    /// What it holds.
    pub fn roots(self) -> [Value; 3] {
        [self.searches, self.found, self.handlers].map(Value::object)
    }
}

impl Machine {
    /// What has been registered; it is made when it is first asked for.
    pub(in crate::machine) fn codec_registry(&mut self) -> Registry {
        if let Some(registry) = self.codecs {
            return registry;
        }
        let searches = self.heap.list(Vec::new()).handle().expect("a list is a heap object");
        let registry = Registry { searches, found: self.heap.new_dict(), handlers: self.heap.new_dict() };
        for value in registry.roots() {
            self.heap.retain(value);
        }
        handlers::enter(self, registry.handlers);
        self.codecs = Some(registry);
        registry
    }
}

/// What is done with a codec.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Nothing: the codec is wanted.
    Lookup,
    /// It encodes or decodes.
    Translate {
        /// Whether it encodes.
        encodes: bool,
        /// Whether it must do so between str and bytes.
        text_only: bool,
        /// What.
        object: Value,
        /// The name of the error handler, where it was given.
        errors: Option<Value>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    /// `encodings` is being imported, which registers a search function.
    Importing,
    /// The search function of this number looks.
    Searching(usize),
    /// Whether the codec, which is there, is one of texts.
    Kind(Value),
    /// It works.
    Working,
}

/// Finds a codec and has it work.
#[derive(Clone, Debug, Hash)]
pub struct Lookup {
    /// The name as the program wrote it.
    name: Rc<str>,
    purpose: Purpose,
    phase: Phase,
}

/// See [`Lookup`].
pub type CodecLookup = Steps<Lookup>;

impl Lookup {
    /// Finds the codec of this name for a purpose.
    pub fn new(name: &str, purpose: Purpose) -> CodecLookup {
        Steps::new(Self { name: name.into(), purpose, phase: Phase::Start })
    }

    fn key(&self) -> String {
        normalized(&self.name)
    }

    fn search(&mut self, m: &mut Machine, index: usize) -> Result<Do, Raise> {
        let searches = Value::object(m.codec_registry().searches);
        let Some(search) = m.heap.items_of(searches).and_then(|all| all.get(index).copied()) else {
            let name = &self.name;
            return Err(if is_elsewhere(name) {
                m.unsupported(format!("the encoding {name}"))
            } else {
                m.raise(types::LOOKUP_ERROR, format!("unknown encoding: {name}"))
            });
        };
        self.phase = Phase::Searching(index);
        let key = m.heap.str(self.key());
        Ok(m.call(search, Args::new([key]))?.into())
    }

    /// The codec is there.
    fn have(&mut self, m: &mut Machine, codec: Value) -> Result<Do, Raise> {
        match self.purpose {
            Purpose::Lookup => Ok(Do::Done(codec)),
            Purpose::Translate { text_only: true, .. } if m.heap.class_of(codec) != types::TUPLE => {
                self.phase = Phase::Kind(codec);
                let name = m.text_handle("_is_text_encoding");
                Ok(m.get_attr_or(codec, name, Value::TRUE)?.into())
            }
            Purpose::Translate { .. } => self.work(m, codec),
        }
    }

    fn work(&mut self, m: &mut Machine, codec: Value) -> Result<Do, Raise> {
        let Purpose::Translate { encodes, text_only, mut object, errors } = self.purpose else {
            return Ok(Do::Done(codec));
        };
        if text_only && !encodes {
            object = m.decoder_view(object)?;
        }
        let function = m.tuple_items(codec)[usize::from(!encodes)];
        self.phase = Phase::Working;
        let args = Args::new([Some(object), errors].into_iter().flatten());
        Ok(m.call(function, args)?.into())
    }

    /// Has one of our own codecs work, which is not registered.
    fn work_itself(&self, m: &mut Machine, form: Form) -> Result<Do, Raise> {
        let Purpose::Translate { encodes, object, errors, .. } = self.purpose else {
            return Err(m.unsupported("codecs.lookup() without the library's encodings"));
        };
        let errors = errors.and_then(|errors| m.heap.text_of(errors)).map(Str::to_string_lossy);
        let errors = errors.map_or_else(|| "strict".to_owned(), Into::into);
        let how = if encodes { "encoding" } else { "decoding" };
        let note = format!("{how} with '{}' codec failed", self.name);
        let work = if encodes {
            if m.heap.text_of(object).is_none() {
                let (class, key) = (m.argument_class(object), self.key());
                let raise = m.type_error(format!("{key}_encode() argument 1 must be str, not {class}"));
                m.add_note(raise.exception, &note);
                return Err(raise);
            }
            CodecWork::encode(m, form, object, &errors)
        } else {
            let bytes = m.bytes_argument(object)?;
            let object = m.heap.bytes(&bytes);
            CodecWork::decode(form, &bytes, object, &errors, true)
        };
        Ok(Do::Tail(m.begin(work.noted(Some(note)))?))
    }

    /// What the codec gave.
    fn check(&self, m: &mut Machine, given: Value) -> Result<Do, Raise> {
        let Purpose::Translate { encodes, text_only, .. } = self.purpose else { return Ok(Do::Done(given)) };
        let pair = m.heap.is_instance(given, types::TUPLE).then(|| m.tuple_items(given).to_vec());
        let Some([result, _]) = pair.as_deref() else {
            return Err(m.type_error(if encodes {
                "encoder must return a tuple (object, integer)"
            } else {
                "decoder must return a tuple (object,integer)"
            }));
        };
        let fits = match m.heap.payload_of(*result) {
            Some(Payload::Bytes(_)) => encodes,
            Some(Payload::Str(_)) => !encodes,
            _ => false,
        };
        if text_only && !fits {
            let (class, name) = (m.class_name(*result), &self.name);
            return Err(m.type_error(if encodes {
                format!(
                    "'{name}' encoder returned '{class}' instead of 'bytes'; \
                     use codecs.encode() to encode to arbitrary types"
                )
            } else {
                format!(
                    "'{name}' decoder returned '{class}' instead of 'str'; \
                     use codecs.decode() to decode to arbitrary types"
                )
            }));
        }
        Ok(Do::Done(*result))
    }
}

impl Stepwise for Lookup {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Phase::Start, _) => {
                let registry = m.codec_registry();
                let key = m.text_handle(&self.key());
                if let Some(codec) = m.heap.get_name(registry.found, key) {
                    return self.have(m, codec);
                }
                if m.loaded_module("encodings").is_some() {
                    return self.search(m, 0);
                }
                self.phase = Phase::Importing;
                Ok(m.begin(ImportModule::new("encodings", None, "encodings".len()))?.into())
            }
            // Where there is no library, there are our own and those that the program has registered.
            (Phase::Importing, Got::Raised(_)) => match Form::named(&self.name) {
                Some(form) => self.work_itself(m, form),
                None => self.search(m, 0),
            },
            (Phase::Importing, _) => self.search(m, 0),
            (Phase::Searching(index), Got::Value(value)) if value.is_none() => self.search(m, index + 1),
            (Phase::Searching(_), Got::Value(codec)) => {
                let is_codec = m.heap.is_instance(codec, types::TUPLE) && m.tuple_items(codec).len() == 4;
                if !is_codec {
                    return Err(m.type_error("codec search functions must return 4-tuples"));
                }
                let found = m.codec_registry().found;
                m.set_text_name(found, &self.key(), codec);
                self.have(m, codec)
            }
            (Phase::Kind(codec), Got::Value(answer)) => {
                if m.plain_truth(answer) == Some(false) {
                    let Purpose::Translate { encodes, .. } = self.purpose else { panic!("it is to work") };
                    let (name, how) = (&self.name, if encodes { "encode" } else { "decode" });
                    let message = format!(
                        "'{name}' is not a text encoding; use codecs.{how}() to handle arbitrary codecs"
                    );
                    return Err(m.raise(types::LOOKUP_ERROR, message));
                }
                self.work(m, codec)
            }
            (Phase::Working, Got::Raised(exception)) => {
                let how = match self.purpose {
                    Purpose::Translate { encodes: true, .. } => "encoding",
                    Purpose::Translate { .. } | Purpose::Lookup => "decoding",
                };
                m.add_note(exception, &format!("{how} with '{}' codec failed", self.name));
                // What goes wrong behind this is not the codec's.
                self.phase = Phase::Start;
                Err(Raise::passed(exception))
            }
            (Phase::Working, Got::Value(given)) => {
                self.phase = Phase::Start;
                self.check(m, given)
            }
            (Phase::Searching(_) | Phase::Kind(_) | Phase::Working, _) => panic!("a call gives a value"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        if let Phase::Kind(codec) = self.phase {
            visit(codec);
        }
        if let Purpose::Translate { object, errors, .. } = self.purpose {
            visit(object);
            errors.into_iter().for_each(visit);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Start | Phase::Importing | Phase::Searching(_) | Phase::Kind(_) => {
                format!("looking for the codec {}", self.name)
            }
            Phase::Working => format!("waiting for the codec {}", self.name),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        match self.phase {
            Phase::Importing => [types::IMPORT_ERROR, types::NOT_IMPLEMENTED_ERROR]
                .iter()
                .any(|class| heap.is_instance(exception, *class)),
            Phase::Working => heap.is_instance(exception, types::EXCEPTION),
            Phase::Start | Phase::Searching(_) | Phase::Kind(_) => false,
        }
    }
}

/// `register(search_function)`.
pub fn register(m: &mut Machine, args: &Args) -> Eval {
    let search = args.at(0);
    if !m.is_callable(search) {
        return Err(m.type_error("argument must be callable"));
    }
    let searches = m.codec_registry().searches;
    m.heap.retain(search);
    if let Payload::List(items) = m.heap.payload_mut(searches) {
        items.push(search);
    }
    Ok(Value::NONE.into())
}

/// `unregister(search_function)`.
pub fn unregister(m: &mut Machine, args: &Args) -> Eval {
    let registry = m.codec_registry();
    let mut gone = None;
    if let Payload::List(items) = m.heap.payload_mut(registry.searches)
        && let Some(index) = items.iter().position(|search| *search == args.at(0))
    {
        gone = Some(items.remove(index));
    }
    if let Some(gone) = gone {
        m.heap.release(gone);
        m.heap.clear_dict(registry.found);
    }
    Ok(Value::NONE.into())
}

/// `register_error(name, handler)`.
pub fn register_error(m: &mut Machine, args: &Args) -> Eval {
    let name = super::name(m, args.at(0), "register_error() argument 1")?;
    if !m.is_callable(args.at(1)) {
        return Err(m.type_error("handler must be callable"));
    }
    let handlers = m.codec_registry().handlers;
    m.set_text_name(handlers, &name, args.at(1));
    Ok(Value::NONE.into())
}

/// `_unregister_error(name)`: whether there was one; those that are there from the start stay.
pub fn unregister_error(m: &mut Machine, args: &Args) -> Eval {
    let name = super::name(m, args.at(0), "_unregister_error() argument")?;
    if handlers::is_own(&name) {
        return Err(m.value_error(format!("cannot un-register built-in error handler '{name}'")));
    }
    let (handlers, key) = (m.codec_registry().handlers, m.text_handle(&name));
    Ok(Value::bool(m.heap.delete_name(handlers, key)).into())
}

/// `lookup_error(name)`.
pub fn lookup_error(m: &mut Machine, args: &Args) -> Eval {
    let name = super::name(m, args.at(0), "lookup_error() argument")?;
    m.error_handler(&name).map(Flow::Value)
}
