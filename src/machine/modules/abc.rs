//! `_abc`: what `abc.ABCMeta` is made of: abstract methods, registered classes, and what was found out before.

use std::collections::BTreeSet;

use super::super::Machine;
use super::super::args::Params;
use super::super::frame::Flow;
use super::super::heap::Heap;
use super::super::names;
use super::super::native::{Do, Got, Steps, Stepwise};
use super::super::object::class::{Collection, TypeSpec};
use super::super::object::extension::Extension;
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::NativeModule;

/// `_abc`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("get_cache_token", Params::None, |m, _| {
            let token = m.abc_registrations as i64;
            Ok(m.heap.int(token).into())
        }),
        NativeDef::function("_abc_init", Params::One, |m, args| m.begin(AbcInit::of(args.at(0)))),
        NativeDef::function("_reset_registry", Params::One, |m, args| {
            data(m, args.at(0))?.registry.clear();
            Ok(Value::NONE.into())
        }),
        NativeDef::function("_reset_caches", Params::One, |m, args| {
            let data = data(m, args.at(0))?;
            data.cache.clear();
            data.negative.clear();
            Ok(Value::NONE.into())
        }),
        NativeDef::function("_get_dump", Params::One, |m, _| Err(m.unsupported("abc._get_dump()"))),
        NativeDef::function("_abc_register", Params::Range(2, 2), |m, args| {
            m.begin(AbcCheck::of(args.at(0), args.at(1), Asking::Register))
        }),
        NativeDef::function("_abc_instancecheck", Params::Range(2, 2), |m, args| {
            m.begin(AbcCheck::of(args.at(0), args.at(1), Asking::Instance))
        }),
        NativeDef::function("_abc_subclasscheck", Params::Range(2, 2), |m, args| {
            m.begin(AbcCheck::of(args.at(0), args.at(1), Asking::Subclass))
        }),
    ]],
    hidden_types: &[&DATA],
    ..NativeModule::new("_abc", "What abstract base classes are made of.")
};

/// `_abc._abc_data`.
static DATA: TypeSpec = TypeSpec { module: "_abc", ..TypeSpec::new(types::ABC_DATA, "_abc_data") };

/// A class that is known and not held: where it is, and the step that made it, for another object may have
/// taken its place.
type Known = (Handle, u64);

/// What a class knows of others.
#[derive(Clone, Debug, Default, Hash)]
pub struct AbcData {
    /// The classes that were registered, in their order.
    registry: Vec<Known>,
    /// Those known to be subclasses.
    cache: BTreeSet<Known>,
    /// Those known to be none, as long as nobody has been registered since.
    negative: BTreeSet<Known>,
    /// How many had been registered with any class then.
    version: u64,
}

fn known(m: &Machine, class: Value) -> Option<Known> {
    let handle = class.handle().filter(|_| m.is_class(class))?;
    Some((handle, m.heap.get(handle).born))
}

/// What an abstract base class keeps in its `_abc_impl`.
fn data(m: &mut Machine, class: Value) -> Result<&mut AbcData, Raise> {
    let name = m.text_handle("_abc_impl");
    let found = class.handle().filter(|_| m.is_class(class)).and_then(|class| m.heap.lookup(class, name));
    if found.is_none() {
        return Err(m.no_attribute(class, name));
    }
    let handle = found.and_then(Value::handle).filter(|handle| m.heap.get(*handle).class == types::ABC_DATA);
    let Some(handle) = handle else { return Err(m.type_error("_abc_impl is set to a wrong type")) };
    match m.heap.payload_mut(handle) {
        Payload::Extension(extension) => match &mut **extension {
            Extension::Abc(data) => Ok(data),
            Extension::Array(_)
            | Extension::LruCache(_)
            | Extension::Random(_)
            | Extension::Struct(_)
            | Extension::Csv(_)
            | Extension::Tokens(_)
            | Extension::Zlib(_)
            | Extension::Hasher(_)
            | Extension::Socket(_)
            | Extension::Waiting(_)
            | Extension::Regex(_)
            | Extension::Unpacker(_) => panic!("the type says what it is"),
        },
        _ => panic!("the type says what it is"),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    /// `__isabstractmethod__` of a value is asked for.
    Mark,
    /// Its truth.
    Truth,
    /// The names of a base's abstract methods are collected.
    Names,
    /// What the class has under such a name is asked for.
    Attribute,
    /// `__abstractmethods__` is set.
    Set,
}

/// A class that is made abstract: its abstract methods are gathered.
#[derive(Clone, Debug, Hash)]
pub struct Init {
    class: Value,
    /// Names and values still to be looked at, the next one last.
    todo: Vec<(Value, Value)>,
    /// Names of a base's abstract methods, of which it is not known yet what the class has there.
    names: Vec<Value>,
    /// The bases still to be asked, the next one last.
    bases: Vec<Value>,
    found: Vec<Value>,
    /// The name that is looked at.
    name: Option<Value>,
    phase: Phase,
}

/// See [`Init`].
pub type AbcInit = Steps<Init>;

impl AbcInit {
    fn of(class: Value) -> Self {
        let (todo, names, bases, found) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self::new(Init { class, todo, names, bases, found, name: None, phase: Phase::Start })
    }
}

impl Init {
    fn start(&mut self, m: &mut Machine) -> Result<(), Raise> {
        let Some(class) = self.class.handle().filter(|_| m.is_class(self.class)) else {
            let given = m.class_name(self.class);
            return Err(
                m.raise(types::ATTRIBUTE_ERROR, format!("'{given}' object has no attribute '__dict__'"))
            );
        };
        let namespace = m.heap.class(class).namespace;
        self.todo = m.heap.dict(namespace).iter().map(|entry| (entry.key, entry.value)).collect();
        self.todo.reverse();
        self.bases = m.heap.class(class).bases.iter().rev().copied().map(Value::object).collect();
        Ok(())
    }

    /// What comes next when nothing is waited for.
    fn next(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if let Some((name, value)) = self.todo.pop() {
            self.name = Some(name);
            return self.mark(m, value);
        }
        if let Some(name) = self.names.pop() {
            self.name = Some(name);
            self.phase = Phase::Attribute;
            let name = m.attribute_name(name)?;
            return Ok(m.get_attr_or(self.class, name, Value::NONE)?.into());
        }
        if let Some(base) = self.bases.pop() {
            self.phase = Phase::Names;
            // A class that has none raises an AttributeError, which is none of the program's.
            let own = base.handle().and_then(|base| m.heap.lookup(base, names::ABSTRACTMETHODS));
            let empty = Value::object(types::EMPTY_TUPLE);
            return Ok(m.collect_list(own.unwrap_or(empty))?.into());
        }
        self.phase = Phase::Set;
        let found = m.frozen_set_of_constants(&self.found);
        Ok(m.set_attr(self.class, names::ABSTRACTMETHODS, Some(found))?.into())
    }

    fn mark(&mut self, m: &mut Machine, value: Value) -> Result<Do, Raise> {
        self.phase = Phase::Mark;
        Ok(m.get_attr_or(value, names::ISABSTRACTMETHOD, Value::FALSE)?.into())
    }

    /// The names are there: the class gets what it keeps, and the patterns it is matched by.
    fn finish(&self, m: &mut Machine) -> Do {
        let class = self.class.handle().expect("a class is a heap object");
        let data = AbcData { version: m.abc_registrations, ..AbcData::default() };
        let data = m.heap.alloc(types::ABC_DATA, Payload::Extension(Box::new(Extension::Abc(data))));
        let name = m.text_handle("_abc_impl");
        m.heap.set_class_name(class, name, Value::object(data));
        let flags = m.text_handle("__abc_tpflags__");
        if let Some(value) = m.heap.get_name(m.heap.class(class).namespace, flags) {
            const SEQUENCE: i64 = 1 << 5;
            const MAPPING: i64 = 1 << 6;
            let bits = m.index_clamped(value).unwrap_or(0) & (SEQUENCE | MAPPING);
            m.heap.delete_class_name(class, flags);
            m.heap.class_mut(class).collection = match bits {
                SEQUENCE => Some(Collection::Sequence),
                MAPPING => Some(Collection::Mapping),
                _ => None,
            };
        }
        Do::Done(Value::NONE)
    }
}

impl Stepwise for Init {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let value = match got {
            Got::Value(value) => value,
            Got::Start | Got::End | Got::Raised(_) => Value::NONE,
        };
        match self.phase {
            Phase::Start => self.start(m)?,
            Phase::Mark => {
                self.phase = Phase::Truth;
                return Ok(m.truth(value)?.into());
            }
            Phase::Truth if value == Value::TRUE => {
                let name = self.name.take().expect("a name is looked at");
                if !self.found.iter().any(|found| m.heap.text_of(*found) == m.heap.text_of(name)) {
                    self.found.push(name);
                }
            }
            Phase::Truth => {}
            Phase::Names => {
                self.names = m.heap.items_of(value).map(<[Value]>::to_vec).unwrap_or_default();
                self.names.reverse();
            }
            Phase::Attribute => return self.mark(m, value),
            Phase::Set => return Ok(self.finish(m)),
        }
        self.next(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.class);
        self.todo.iter().for_each(|(name, value)| {
            visit(*name);
            visit(*value);
        });
        let lists = [&self.names, &self.bases, &self.found];
        lists.into_iter().flatten().copied().chain(self.name).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "ABCMeta: gathering abstract methods".to_owned()
    }
}

/// What is asked, or done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asking {
    /// `isinstance(subject, class)`.
    Instance,
    /// `issubclass(subject, class)`.
    Subclass,
    /// `class.register(subject)`.
    Register,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    Start,
    /// The `__class__` of an instance.
    Class,
    /// Whether that is a subclass; then whether its type is.
    Claimed,
    Type,
    /// What the class's own `__subclasshook__` says.
    Hook,
    /// Whether it derives from a registered class.
    Registered,
    /// The list of subclasses.
    Listed,
    /// Whether it derives from one of them.
    Derived,
    /// Whether it is a subclass already, before it is registered.
    Already,
    /// Whether that would be a circle.
    Circle,
}

/// A question to an abstract base class.
#[derive(Clone, Debug, Hash)]
pub struct Check {
    class: Value,
    subject: Value,
    asking: Asking,
    stage: Stage,
    /// Classes still to be asked, the next one last.
    others: Vec<Value>,
    /// What the instance says its class is.
    claimed: Option<Value>,
}

/// See [`Check`].
pub type AbcCheck = Steps<Check>;

impl AbcCheck {
    fn of(class: Value, subject: Value, asking: Asking) -> Self {
        let (stage, others, claimed) = (Stage::Start, Vec::new(), None);
        Self::new(Check { class, subject, asking, stage, others, claimed })
    }
}

impl Check {
    fn start(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match self.asking {
            Asking::Instance => {
                self.stage = Stage::Class;
                let own = Value::object(m.heap.class_of(self.subject));
                Ok(m.get_attr_or(self.subject, names::CLASS, own)?.into())
            }
            Asking::Subclass => {
                let Some(subject) = known(m, self.subject) else {
                    return Err(m.type_error("issubclass() arg 1 must be a class"));
                };
                let registrations = m.abc_registrations;
                let data = data(m, self.class)?;
                if data.cache.contains(&subject) {
                    return Ok(Do::Done(Value::TRUE));
                }
                if data.version < registrations {
                    data.negative.clear();
                    data.version = registrations;
                } else if data.negative.contains(&subject) {
                    return Ok(Do::Done(Value::FALSE));
                }
                self.stage = Stage::Hook;
                Ok(m.call_attr(self.class, names::SUBCLASSHOOK, vec![self.subject])?.into())
            }
            Asking::Register => {
                if !m.is_class(self.subject) {
                    return Err(m.type_error("Can only register classes"));
                }
                self.stage = Stage::Already;
                Ok(m.subclass_check(self.subject, self.class)?.into())
            }
        }
    }

    /// The class that an instance says it is of is known.
    fn claimed(&mut self, m: &mut Machine, claimed: Value) -> Result<Do, Raise> {
        self.claimed = Some(claimed);
        let own = Value::object(m.heap.class_of(self.subject));
        let (of_claimed, registrations) = (known(m, claimed), m.abc_registrations);
        let data = data(m, self.class)?;
        if of_claimed.is_some_and(|known| data.cache.contains(&known)) {
            return Ok(Do::Done(Value::TRUE));
        }
        let refused =
            data.version == registrations && of_claimed.is_some_and(|known| data.negative.contains(&known));
        if claimed == own && refused {
            return Ok(Do::Done(Value::FALSE));
        }
        self.stage = if claimed == own { Stage::Type } else { Stage::Claimed };
        Ok(m.call_attr(self.class, names::SUBCLASSCHECK, vec![claimed])?.into())
    }

    /// Remembers the answer.
    fn answer(&self, m: &mut Machine, is_subclass: bool) -> Result<Do, Raise> {
        if let Some(subject) = known(m, self.subject) {
            let data = data(m, self.class)?;
            if is_subclass {
                data.cache.insert(subject)
            } else {
                data.negative.insert(subject)
            };
        }
        Ok(Do::Done(Value::bool(is_subclass)))
    }

    fn hooked(&mut self, m: &mut Machine, answer: Value) -> Result<Do, Raise> {
        if answer == Value::TRUE || answer == Value::FALSE {
            return self.answer(m, answer == Value::TRUE);
        }
        if answer != Value::NOT_IMPLEMENTED {
            let message = "__subclasshook__ must return either False, True, or NotImplemented";
            return Err(m.raise(types::ASSERTION_ERROR, message));
        }
        let (class, subject) = (self.class.handle(), self.subject.handle());
        if let (Some(class), Some(subject)) = (class, subject)
            && m.heap.is_subclass(subject, class)
        {
            return self.answer(m, true);
        }
        let registry = data(m, self.class)?.registry.clone();
        let alive =
            |(handle, born): &Known| m.heap.type_of(*handle).is_some() && m.heap.get(*handle).born == *born;
        self.others =
            registry.iter().rev().filter(|known| alive(known)).map(|known| Value::object(known.0)).collect();
        self.stage = Stage::Registered;
        self.ask_others(m)
    }

    /// Asks whether the subject derives from the next of the others.
    fn ask_others(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match (self.others.last().copied(), self.stage) {
            (Some(other), _) => Ok(m.subclass_check(self.subject, other)?.into()),
            (None, Stage::Registered) => {
                self.stage = Stage::Listed;
                let name = m.text_handle("__subclasses__");
                Ok(m.call_attr(self.class, name, vec![])?.into())
            }
            (None, _) => self.answer(m, false),
        }
    }

    fn register(&self, m: &mut Machine) -> Result<Do, Raise> {
        let subject = known(m, self.subject).expect("a class is registered");
        data(m, self.class)?.registry.push(subject);
        m.abc_registrations += 1;
        let class = self.class.handle().expect("a class is a heap object");
        let collection = m.heap.class(class).mro.iter().find_map(|class| m.heap.class(*class).collection);
        // What a builtin type is to a pattern is settled: a str is no sequence there, registered or not.
        if let Some(collection) = collection
            && !m.heap.class(subject.0).builtin
        {
            m.heap.class_mut(subject.0).collection.get_or_insert(collection);
        }
        Ok(Do::Done(self.subject))
    }
}

impl Stepwise for Check {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else { return self.start(m) };
        let yes = value == Value::TRUE || m.plain_truth(value) == Some(true);
        match self.stage {
            Stage::Start => panic!("nothing is waited for at first"),
            Stage::Class => self.claimed(m, value),
            Stage::Claimed if !yes => {
                self.stage = Stage::Type;
                let own = Value::object(m.heap.class_of(self.subject));
                Ok(m.call_attr(self.class, names::SUBCLASSCHECK, vec![own])?.into())
            }
            Stage::Claimed | Stage::Type => Ok(Do::Tail(Flow::Value(value))),
            Stage::Hook => self.hooked(m, value),
            Stage::Registered | Stage::Derived if yes => self.answer(m, true),
            Stage::Registered | Stage::Derived => {
                self.others.pop();
                self.ask_others(m)
            }
            Stage::Listed => {
                let Some(list) = m.heap.items_of(value) else {
                    return Err(m.type_error("__subclasses__() must return a list"));
                };
                self.others = list.iter().rev().copied().collect();
                self.stage = Stage::Derived;
                self.ask_others(m)
            }
            Stage::Already if yes => Ok(Do::Done(self.subject)),
            Stage::Already => {
                self.stage = Stage::Circle;
                Ok(m.subclass_check(self.class, self.subject)?.into())
            }
            Stage::Circle if yes => Err(m.runtime_error("Refusing to create an inheritance cycle")),
            Stage::Circle => self.register(m),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.class);
        visit(self.subject);
        self.others.iter().copied().chain(self.claimed).for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let name = heap.brief(self.class, 40);
        match self.asking {
            Asking::Instance => format!("isinstance: asking {name}"),
            Asking::Subclass => format!("issubclass: asking {name}"),
            Asking::Register => format!("register: asking {name}"),
        }
    }
}
