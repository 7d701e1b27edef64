//! How what is no builtin type is shown among types, as in `list[x]`.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::raise::Raise;
use crate::machine::text::Str;
use crate::machine::value::{Handle, Value};

/// The attribute that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Origin,
    Args,
    Qualname,
    Module,
    /// The name is made of what those gave.
    Name,
}

/// What looks like a class, by its `__qualname__` and `__module__`, is shown by these; what looks like an alias, by its
/// `__origin__` and `__args__`, and all else by its `repr()`.
#[derive(Clone, Debug, Hash)]
pub struct Title {
    value: Value,
    qualname: Option<Value>,
    module: Option<Value>,
    phase: Phase,
}

/// See [`Title`].
pub type TypeTitle = Steps<Title>;

impl Title {
    /// Asks for an attribute, so that what comes of it is told in `phase`; `missing` stands for one that is not there.
    fn ask(
        &mut self,
        m: &mut Machine,
        phase: Phase,
        name: Handle,
        missing: Option<Value>,
    ) -> Result<Do, Raise> {
        self.phase = phase;
        let flow = match missing {
            Some(missing) => m.get_attr_or(self.value, name, missing)?,
            None => m.has_attr(self.value, name)?,
        };
        Ok(Do::Wait(flow))
    }

    fn ask_for_qualname(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        // An Ellipsis stands for none, since None is shown as a name.
        self.ask(m, Phase::Qualname, names::QUALNAME, Some(Value::ELLIPSIS))
    }
}

impl Stepwise for Title {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else {
            return self.ask(m, Phase::Origin, names::ORIGIN, None);
        };
        match self.phase {
            Phase::Origin if value == Value::TRUE => self.ask(m, Phase::Args, names::ARGS, None),
            Phase::Args if value == Value::TRUE => Ok(Do::Tail(m.repr(self.value)?)),
            Phase::Origin | Phase::Args => self.ask_for_qualname(m),
            Phase::Qualname if value == Value::ELLIPSIS => Ok(Do::Tail(m.repr(self.value)?)),
            Phase::Qualname => {
                self.qualname = Some(value);
                self.ask(m, Phase::Module, names::MODULE, Some(Value::NONE))
            }
            Phase::Module if value.is_none() => Ok(Do::Tail(m.repr(self.value)?)),
            Phase::Module => {
                self.module = Some(value);
                self.phase = Phase::Name;
                let qualname = self.qualname.expect("the name was asked for before the module");
                let is_builtin = m.heap.text_of(value) == Some(&Str::from("builtins"));
                let dot = if is_builtin { Vec::new() } else { vec![super::Part::Str(value), ".".into()] };
                Ok(Do::Wait(m.compose(dot.into_iter().chain([super::Part::Str(qualname)]).collect())?))
            }
            Phase::Name => Ok(Do::Done(value)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.value].into_iter().chain(self.qualname).chain(self.module).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Origin => "repr: is there an __origin__",
            Phase::Args => "repr: are there __args__",
            Phase::Qualname => "repr: looking for __qualname__",
            Phase::Module => "repr: looking for __module__",
            Phase::Name => "repr: making the name of a type",
        }
        .to_owned()
    }
}

impl Machine {
    /// How a value is shown that stands among types.
    pub(in crate::machine) fn type_title(&mut self, value: Value) -> Eval {
        let work = Title { value, qualname: None, module: None, phase: Phase::Origin };
        self.begin(TypeTitle::new(work))
    }
}
