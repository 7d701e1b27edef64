//! The arguments of a call, and how a native function's are put in order.

use smallvec::SmallVec;

use super::Machine;
use super::object::function::{Binding, NativeDef, NativeKind};
use super::raise::Raise;
use super::suggest::suggestion;
use super::value::Value;

/// Arguments: positional ones, then the values of the keyword ones with their names.
///
/// A native function sees them in the order of its [`Params`], where one that was not given is absent.
#[derive(Clone, Debug, Default, Hash)]
pub struct Args {
    values: SmallVec<[Option<Value>; 6]>,
    /// The names of the last `names.len()` values, each a str.
    names: SmallVec<[Value; 2]>,
}

impl Args {
    /// Positional arguments only.
    pub fn new(values: impl IntoIterator<Item = Value>) -> Self {
        Self { values: values.into_iter().map(Some).collect(), names: SmallVec::new() }
    }

    /// Positional arguments, then keyword ones: the last `names.len()` of `values`.
    pub fn with_names(
        values: impl IntoIterator<Item = Value>,
        names: impl IntoIterator<Item = Value>,
    ) -> Self {
        Self { values: values.into_iter().map(Some).collect(), names: names.into_iter().collect() }
    }

    /// How many values there are, keyword ones included.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many are positional.
    pub fn positional(&self) -> usize {
        self.values.len() - self.names.len()
    }

    /// The argument at `index`, which was given or is required.
    #[inline]
    pub fn at(&self, index: usize) -> Value {
        self.values[index].expect("a required argument is there")
    }

    /// The argument at `index`, if it was given.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Value> {
        self.values.get(index).copied().flatten()
    }

    /// The argument at `index`, if it was given and is not None.
    pub fn some(&self, index: usize) -> Option<Value> {
        self.get(index).filter(|value| !value.is_none())
    }

    /// The flag at `index`, whose truth has been asked ([`Style::Truth`](super::native::Style::Truth)); `default`
    /// if it was not given.
    pub fn flag(&self, index: usize, default: bool) -> bool {
        self.get(index).map_or(default, |flag| flag == Value::TRUE)
    }

    /// The positional arguments from `index` on.
    pub fn rest(&self, index: usize) -> impl Iterator<Item = Value> + '_ {
        self.values[index.min(self.positional())..self.positional()].iter().flatten().copied()
    }

    /// The values of all arguments that were given.
    pub fn all(&self) -> impl Iterator<Item = Value> + '_ {
        self.values.iter().flatten().copied()
    }

    /// The keyword arguments: name and value.
    pub fn keywords(&self) -> impl Iterator<Item = (Value, Value)> + '_ {
        self.names.iter().copied().zip(self.values[self.positional()..].iter().flatten().copied())
    }

    /// Puts another value in the place of an argument.
    pub fn set(&mut self, index: usize, value: Value) {
        self.values[index] = Some(value);
    }

    /// Puts a receiver in front.
    pub fn prepend(&mut self, value: Value) {
        self.values.insert(0, Some(value));
    }

    /// The same without the argument at `index`, a positional one.
    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let mut values = self.values.clone();
        values.remove(index);
        Self { values, names: self.names.clone() }
    }

    /// The same without the first argument.
    #[must_use]
    pub fn without_first(&self) -> Self {
        Self { values: self.values[1..].into(), names: self.names.clone() }
    }

    /// Visits every value.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.values.iter().flatten().copied().for_each(&mut *visit);
        self.names.iter().copied().for_each(visit);
    }
}

/// Which arguments a native function takes.
#[derive(Clone, Copy, Debug)]
pub enum Params {
    /// None at all.
    None,
    /// Exactly one, by position.
    One,
    /// By position, from so many to so many.
    Range(usize, usize),
    /// By position, so many or more.
    AtLeast(usize),
    /// By position or name; each parameter has its place, and those not given are absent.
    Named {
        /// The names; an empty one cannot be given by name.
        names: &'static [&'static str],
        /// How many must be given.
        required: usize,
        /// How many can be given by position.
        positional: usize,
    },
    /// Any; the function reads positional and keyword arguments itself.
    Any,
}

impl Params {
    /// By position or name, the first `required` of them in any case.
    pub const fn named(names: &'static [&'static str], required: usize) -> Self {
        Self::Named { names, required, positional: names.len() }
    }
}

impl Machine {
    /// Puts the arguments of a native function in the order of its parameters.  Wrong ones are a
    /// TypeError in CPython's words.
    pub(super) fn bind_native(
        &mut self,
        native: &NativeDef,
        binding: Binding,
        args: Args,
    ) -> Result<Args, Raise> {
        let receivers = usize::from(!matches!(native.kind, NativeKind::Function | NativeKind::StaticMethod));
        let given = args.len() - receivers;
        if let Params::Named { names, required, positional } = native.params {
            return self.arrange(&args, receivers, names, required, positional).map_err(|message| {
                let title = self.call_title(native, &args);
                self.type_error(message.replace(TITLE, &title))
            });
        }
        if matches!(native.params, Params::Any) {
            return Ok(args);
        }
        let wrapper = native.kind == NativeKind::Wrapper;
        if !args.names.is_empty() {
            let name = self.native_title(native, binding, &args);
            let kind = if wrapper { "wrapper " } else { "" };
            return Err(self.type_error(format!("{kind}{name}() takes no keyword arguments")));
        }
        let message = match native.params {
            Params::None if given > 0 && wrapper => format!("expected 0 arguments, got {given}"),
            Params::None if given > 0 => {
                format!("{}() takes no arguments ({given} given)", self.native_title(native, binding, &args))
            }
            Params::One if given != 1 && wrapper => {
                format!("expected 1 argument, got {given}")
            }
            Params::One if given != 1 => {
                format!(
                    "{}() takes exactly one argument ({given} given)",
                    self.native_title(native, binding, &args)
                )
            }
            Params::Range(low, high) if low == high && given != low => {
                format!(
                    "{} expected {low} argument{}, got {given}",
                    self.call_title(native, &args),
                    plural(low)
                )
            }
            Params::Range(low, _) | Params::AtLeast(low) if given < low => {
                format!(
                    "{} expected at least {low} argument{}, got {given}",
                    self.call_title(native, &args),
                    plural(low)
                )
            }
            Params::Range(_, high) if given > high => {
                format!(
                    "{} expected at most {high} argument{}, got {given}",
                    self.call_title(native, &args),
                    plural(high)
                )
            }
            _ => return Ok(args),
        };
        Err(self.type_error(message))
    }

    /// Puts positional and keyword arguments in the order of these parameters, for a function that messages
    /// call `title`.
    pub(super) fn bind_as(
        &mut self,
        title: &str,
        names: &'static [&'static str],
        required: usize,
        args: &Args,
    ) -> Result<Args, Raise> {
        self.arrange(args, 0, names, required, names.len())
            .map_err(|message| self.type_error(message.replace(TITLE, title)))
    }

    /// The arguments in the order of the parameters, or what is wrong with them, with [`TITLE`] in the place of
    /// the function's name.
    fn arrange(
        &self,
        args: &Args,
        receivers: usize,
        names: &'static [&'static str],
        required: usize,
        positional: usize,
    ) -> Result<Args, String> {
        let by_position = args.positional() - receivers;
        let total = args.len() - receivers;
        let most = names.len();
        let unnamed = names.iter().take_while(|name| name.is_empty()).count().min(required);
        let count = |how: &str, limit: usize, what: &str, given: usize| {
            format!("takes {how} {limit} {what}argument{} ({given} given)", plural(limit))
        };
        let wrong = if total > most {
            Some(count("at most", most, if by_position == 0 { "keyword " } else { "" }, total))
        } else if by_position > positional && positional == 0 {
            Some("takes no positional arguments".to_owned())
        } else if by_position > positional {
            let how = if required < positional { "at most" } else { "exactly" };
            Some(count(how, positional, "positional ", by_position))
        } else if by_position < unnamed {
            let how = if unnamed < positional { "at least" } else { "exactly" };
            Some(count(how, unnamed, "positional ", by_position))
        } else {
            None
        };
        if let Some(wrong) = wrong {
            return Err(format!("{TITLE}() {wrong}"));
        }
        let mut bound: SmallVec<[Option<Value>; 6]> = args.values[..receivers + by_position].into();
        bound.resize(receivers + most, None);
        let mut stranger = None;
        for (name, value) in args.keywords().collect::<SmallVec<[_; 4]>>() {
            let text = self.str_text(name).to_string_lossy().into_owned();
            match names.iter().position(|known| *known == text) {
                Some(index) if index >= by_position => bound[receivers + index] = Some(value),
                known if stranger.is_none() => stranger = Some((text, known)),
                _ => {}
            }
        }
        let given = |index: &usize| bound[receivers + index].is_some();
        if let Some(missing) = (0..required).find(|index| !given(index)) {
            let (name, place) = (names[missing], missing + 1);
            return Err(format!("{TITLE}() missing required argument '{name}' (pos {place})"));
        }
        if let Some((text, known)) = stranger {
            return Err(match known {
                Some(index) => {
                    format!("argument for {TITLE}() given by name ('{text}') and position ({})", index + 1)
                }
                None => unexpected(TITLE, &text, names),
            });
        }
        Ok(Args { values: bound, names: SmallVec::new() })
    }

    /// The arguments that a function takes by name alone, in the order of `known`; others are a TypeError in
    /// CPython's words.
    pub(super) fn keywords_among<const N: usize>(
        &mut self,
        function: &str,
        args: &Args,
        known: [&str; N],
    ) -> Result<[Option<Value>; N], Raise> {
        let given = args.keywords().count();
        if given > N {
            let plural = plural(N);
            let message = format!("{function}() takes at most {N} keyword argument{plural} ({given} given)");
            return Err(self.type_error(message));
        }
        let mut found = [None; N];
        for (name, value) in args.keywords() {
            let text = self.str_text(name).to_string_lossy().into_owned();
            match known.iter().position(|known| *known == text) {
                Some(index) => found[index] = Some(value),
                None => return Err(self.type_error(unexpected(function, &text, &known))),
            }
        }
        Ok(found)
    }

    /// How a function with named parameters is named in messages: `__new__` and `__init__` by the type.
    fn call_title(&self, native: &NativeDef, args: &Args) -> String {
        let class = match (native.kind, args.get(0)) {
            (NativeKind::New, Some(class)) => class.handle(),
            (NativeKind::Method | NativeKind::Wrapper, Some(receiver)) if native.name == "__init__" => {
                Some(self.heap.class_of(receiver))
            }
            _ => None,
        };
        let builtin = class.filter(|class| self.heap.type_of(*class).is_some()).and_then(|class| {
            self.heap.class(class).mro.iter().copied().find(|owner| self.heap.class(*owner).builtin)
        });
        builtin.map_or_else(|| native.name.to_owned(), |class| self.heap.class(class).name.to_string())
    }

    /// How a native function is named in messages: `str.upper`, `len`.
    fn native_title(&mut self, native: &NativeDef, binding: Binding, args: &Args) -> String {
        match (native.kind, args.get(0)) {
            // A method that was taken from its object is named by the object's own type.
            (NativeKind::Method, Some(receiver)) if matches!(binding, Binding::Receiver(_)) => {
                let class = self.heap.class(self.heap.class_of(receiver));
                format!("{}.{}", class.qualname, native.name)
            }
            (NativeKind::Method, Some(receiver)) => {
                let name = self.heap.intern(native.name).handle().expect("a str is a heap object");
                let class = self.heap.class_of(receiver);
                let owner = self.heap.class(class).mro.iter().find(|owner| {
                    let owner = self.heap.class(**owner);
                    owner.builtin && self.heap.get_name(owner.namespace, name).is_some()
                });
                owner.map_or_else(
                    || native.name.to_owned(),
                    |owner| format!("{}.{}", self.heap.class(*owner).name, native.name),
                )
            }
            (NativeKind::ClassMethod, Some(receiver)) => {
                match receiver.handle().and_then(|h| self.heap.type_of(h)) {
                    Some(class) => format!("{}.{}", class.qualname, native.name),
                    None => native.name.to_owned(),
                }
            }
            (NativeKind::Function, _) => match binding {
                Binding::Module(module, _) => format!("{}.{}", module.name, native.name),
                Binding::None | Binding::Owner(_) | Binding::Receiver(_) => native.name.to_owned(),
            },
            _ => self.call_title(native, args),
        }
    }
}

/// What is said of a keyword argument that a function does not know, with the name that was probably meant.
pub(super) fn unexpected(function: &str, given: &str, known: &[&str]) -> String {
    let known: SmallVec<[&str; 8]> = known.iter().copied().filter(|name| !name.is_empty()).collect();
    let hint = suggestion(given, &known).map_or_else(String::new, |hint| format!(". Did you mean '{hint}'?"));
    format!("{function}() got an unexpected keyword argument '{given}'{hint}")
}

/// Stands in messages for the name of the function.
const TITLE: &str = "\0";

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
