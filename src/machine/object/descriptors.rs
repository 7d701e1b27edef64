//! Descriptor types: `property`, `classmethod`, `staticmethod`, `super`, and those of builtin types.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::native::{SetDocstring, Style, TakeOver, TakeOverWork};
use super::super::protocol::attribute_wrappers::{DELETE, GET, GETATTRIBUTE, SET};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::callable::REPR;
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::generic::CLASS_GETITEM;
use super::property::Property;
use super::reducing::DESCRIPTOR_REDUCE;
use super::{Payload, types};
use crate::code::LocalKind;

/// `property`.
pub static PROPERTY: TypeSpec = TypeSpec {
    subclassable: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let payload = Payload::Property(Box::default());
            Ok(Value::object(m.heap.alloc(class_argument(args), payload)).into())
        }),
        NativeDef::wrapper("__init__", Params::named(&["fget", "fset", "fdel", "doc"], 0), init),
        NativeDef::method("getter", Params::One, |m, args| copy(m, args, |p| &mut p.getter)),
        NativeDef::method("setter", Params::One, |m, args| copy(m, args, |p| &mut p.setter)),
        NativeDef::method("deleter", Params::One, |m, args| copy(m, args, |p| &mut p.deleter)),
        NativeDef::method("__set_name__", Params::AtLeast(0), |m, args| {
            if args.len() != 3 {
                let given = args.len() - 1;
                let message = format!("__set_name__() takes 2 positional arguments but {given} were given");
                return Err(m.type_error(message));
            }
            set_part(m, args.at(0), |p| &mut p.name, Some(args.at(2)));
            Ok(Value::NONE.into())
        }),
    ],
    wrappers: &[&GET, &SET, &DELETE],
    accessors: &[
        Accessor::read_only("fget", |m, p| part(m, p, |p| p.getter)).as_member(),
        Accessor::read_only("fset", |m, p| part(m, p, |p| p.setter)).as_member(),
        Accessor::read_only("fdel", |m, p| part(m, p, |p| p.deleter)).as_member(),
        Accessor::new(
            "__doc__",
            |m, p| part(m, p, |p| p.doc),
            |m, p, value| {
                set_part(m, p, |p| &mut p.doc, value);
                Ok(())
            },
        )
        .as_member(),
        Accessor::new("__name__", property_name, |m, p, value| {
            set_part(m, p, |p| &mut p.name, value);
            Ok(())
        }),
        Accessor::read_only("__isabstractmethod__", |m, value| {
            let property = property(m, value);
            let parts = [property.getter, property.setter, property.deleter].into_iter().flatten();
            let args = Args::new(std::iter::once(Value::FALSE).chain(parts));
            any_abstract(m, &args)
        }),
    ],
    ..TypeSpec::new(types::PROPERTY, "property")
};

fn class_argument(args: &Args) -> Handle {
    args.at(0).handle().expect("__new__ is called with a class")
}

fn property(m: &Machine, value: Value) -> &Property {
    match m.heap.payload_of(value) {
        Some(Payload::Property(property)) => property,
        _ => panic!("an attribute of properties is asked of one"),
    }
}

fn part(m: &mut Machine, value: Value, part: fn(&Property) -> Option<Value>) -> Eval {
    Ok(part(property(m, value)).unwrap_or(Value::NONE).into())
}

fn set_part(
    m: &mut Machine,
    value: Value,
    part: fn(&mut Property) -> &mut Option<Value>,
    new: Option<Value>,
) {
    if let Some(new) = new {
        m.heap.retain(new);
    }
    let Some(Payload::Property(property)) = value.handle().map(|handle| m.heap.payload_mut(handle)) else {
        panic!("an attribute of properties is set on one")
    };
    if let Some(old) = std::mem::replace(part(property), new) {
        m.heap.release(old);
    }
}

fn init(m: &mut Machine, args: &Args) -> Eval {
    let this = args.at(0);
    let getter = args.some(1);
    set_part(m, this, |p| &mut p.getter, getter);
    set_part(m, this, |p| &mut p.setter, args.some(2));
    set_part(m, this, |p| &mut p.deleter, args.some(3));
    set_part(m, this, |p| &mut p.name, None);
    m.begin(SetDocstring::new(this, getter, args.some(4)))
}

/// Takes what is the docstring of a property into it, and whether its getter gave it: `Some(doc)` where the property
/// is of a derived class, which has a docstring that its instances must not show in the place of theirs.
pub(in crate::machine) fn take_docstring(
    m: &mut Machine,
    this: Value,
    doc: Option<Value>,
    from_getter: bool,
) -> Option<Value> {
    if let Some(Payload::Property(property)) = this.handle().map(|handle| m.heap.payload_mut(handle)) {
        property.getter_doc = from_getter;
    }
    if m.heap.class_of(this) == types::PROPERTY {
        set_part(m, this, |p| &mut p.doc, doc);
        return None;
    }
    Some(doc.unwrap_or(Value::NONE))
}

/// The same property with another function: a call of its type.
fn copy(m: &mut Machine, args: &Args, place: fn(&mut Property) -> &mut Option<Value>) -> Eval {
    let mut new = property(m, args.at(0)).clone();
    *place(&mut new) = args.some(1).or(*place(&mut new));
    if new.getter_doc && new.getter.is_some() {
        new.doc = None;
    }
    let class = m.heap.class_of(args.at(0));
    let parts = [new.getter, new.setter, new.deleter, new.doc];
    let made =
        m.call(Value::object(class), Args::new(parts.into_iter().map(|part| part.unwrap_or(Value::NONE))))?;
    if let Flow::Value(made) = made
        && matches!(m.heap.payload_of(made), Some(Payload::Property(_)))
    {
        set_part(m, made, |p| &mut p.name, new.name);
    }
    Ok(made)
}

fn property_name(m: &mut Machine, value: Value) -> Eval {
    if let Some(name) = m.property_name(value) {
        return Ok(name.into());
    }
    let missing = Value::NOT_IMPLEMENTED;
    let name = match property(m, value).getter {
        Some(getter) => m.get_attr_or(getter, names::NAME, missing)?,
        None => missing.into(),
    };
    m.continue_with("property.__name__", name, Args::new([Value::NONE, value]), 0, |m, args| {
        if args.at(0) != Value::NOT_IMPLEMENTED {
            return Ok(args.at(0).into());
        }
        let class = m.class_name(args.at(1));
        let message = format!("'{class}' object has no attribute '__name__'");
        Err(m.attribute_error(message, args.at(1), names::NAME))
    })
}

/// The function in a classmethod or staticmethod.
fn wrapped(m: &Machine, value: Value) -> Value {
    match m.heap.payload_of(value) {
        Some(Payload::ClassMethod(function) | Payload::StaticMethod(function)) => *function,
        _ => panic!("an attribute of wrapped functions is asked of one"),
    }
}

const FUNC: Accessor = Accessor::read_only("__func__", |m, value| Ok(wrapped(m, value).into())).as_member();
const WRAPPED: Accessor =
    Accessor::read_only("__wrapped__", |m, value| Ok(wrapped(m, value).into())).as_member();

/// `__annotations__` and `__annotate__` are asked of the function when somebody wants to know, and kept.
macro_rules! kept {
    ($name:literal $constant:ident) => {
        Accessor::new(
            $name,
            |m, value| {
                let dict = m.heap.attributes(value.handle().expect("a wrapper is a heap object"));
                if let Some(kept) = m.heap.get_name(dict, names::$constant) {
                    return Ok(kept.into());
                }
                let function = wrapped(m, value);
                let found = m.get_attr(function, names::$constant)?;
                m.continue_with($name, found, Args::new([value, Value::NONE]), 1, |m, args| {
                    let dict = m.heap.attributes(args.at(0).handle().expect("a wrapper is a heap object"));
                    m.heap.set_name(dict, names::$constant, args.at(1));
                    Ok(args.at(1).into())
                })
            },
            |m, value, new| {
                let dict = m.heap.attributes(value.handle().expect("a wrapper is a heap object"));
                match new {
                    Some(new) => m.heap.set_name(dict, names::$constant, new),
                    None if m.heap.delete_name(dict, names::$constant) => {}
                    None => return Err(m.no_attribute(value, names::$constant)),
                }
                Ok(())
            },
        )
    };
}

const WRAPPER: &[Accessor] =
    &[FUNC, WRAPPED, IS_ABSTRACT, kept!("__annotations__" ANNOTATIONS), kept!("__annotate__" ANNOTATE)];

/// `classmethod`.
pub static CLASSMETHOD: TypeSpec = TypeSpec {
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = class_argument(args);
            Ok(Value::object(m.heap.alloc(class, Payload::ClassMethod(Value::NONE))).into())
        }),
        NativeDef::wrapper("__init__", Params::Any, |m, args| wrap(m, args, "classmethod")),
    ],
    wrappers: &[&GET, &REPR, &CLASS_GETITEM],
    accessors: WRAPPER,
    ..TypeSpec::new(types::CLASSMETHOD, "classmethod")
};

/// `staticmethod`.
pub static STATICMETHOD: TypeSpec = TypeSpec {
    subclassable: true,
    has_dict: true,
    natives: &[
        NativeDef::new(Params::Any, |m, args| {
            let class = class_argument(args);
            Ok(Value::object(m.heap.alloc(class, Payload::StaticMethod(Value::NONE))).into())
        }),
        NativeDef::wrapper("__init__", Params::Any, |m, args| wrap(m, args, "staticmethod")),
        NativeDef::wrapper("__call__", Params::Any, |m, args| {
            let function = wrapped(m, args.at(0));
            m.call(function, args.without_first())
        }),
    ],
    wrappers: &[&GET, &REPR, &CLASS_GETITEM],
    accessors: WRAPPER,
    ..TypeSpec::new(types::STATICMETHOD, "staticmethod")
};

const IS_ABSTRACT: Accessor = Accessor::read_only("__isabstractmethod__", |m, value| {
    let args = Args::new([Value::FALSE, wrapped(m, value)]);
    any_abstract(m, &args)
});

/// Whether a function behind the first argument is abstract, which is the answer so far.
fn any_abstract(m: &mut Machine, args: &Args) -> Eval {
    const NAME: &str = "__isabstractmethod__";
    if args.at(0) == Value::TRUE || args.len() == 1 {
        return Ok(args.at(0).into());
    }
    let marked = m.get_attr_or(args.at(1), names::ISABSTRACTMETHOD, Value::FALSE)?;
    m.continue_with(NAME, marked, args.without(1), 0, |m, args| {
        m.with_indices(NAME, args, &[0], Style::Truth, any_abstract)
    })
}

/// `__init__(function)`.
fn wrap(m: &mut Machine, args: &Args, name: &str) -> Eval {
    m.check_no_keywords(name, args)?;
    m.check_count(name, args.len() - 1, 1, 1)?;
    let (wrapper, function) = (args.at(0), args.at(1));
    m.heap.retain(function);
    match wrapper.handle().map(|handle| m.heap.payload_mut(handle)) {
        Some(Payload::ClassMethod(place) | Payload::StaticMethod(place)) => {
            let old = std::mem::replace(place, function);
            m.heap.release(old);
        }
        _ => panic!("a wrapper is initialized"),
    }
    m.begin(TakeOver::new(TakeOverWork::new(wrapper, function)))
}

/// `super`.
pub static SUPER: TypeSpec = TypeSpec {
    subclassable: true,
    natives: &[
        NativeDef::new(Params::Any, new_super),
        NativeDef::wrapper("__init__", Params::Any, init_super),
    ],
    wrappers: &[&GET, &GETATTRIBUTE, &REPR],
    accessors: &[
        Accessor::read_only("__thisclass__", |m, value| Ok(super_parts(m, value)[0].into())).as_member(),
        Accessor::read_only("__self__", |m, value| Ok(super_parts(m, value)[1].into())).as_member(),
        Accessor::read_only("__self_class__", |m, value| Ok(super_parts(m, value)[2].into())).as_member(),
    ],
    ..TypeSpec::new(types::SUPER, "super")
};

fn super_parts(m: &Machine, value: Value) -> [Value; 3] {
    match m.heap.payload_of(value) {
        Some(Payload::Super(parts)) => **parts,
        _ => panic!("an attribute of super objects is asked of one"),
    }
}

fn new_super(m: &mut Machine, args: &Args) -> Eval {
    let payload = Payload::Super(Box::new([Value::NONE; 3]));
    Ok(Value::object(m.heap.alloc(class_argument(args), payload)).into())
}

fn init_super(m: &mut Machine, args: &Args) -> Eval {
    if args.keywords().next().is_some() {
        return Err(m.type_error("super() takes no keyword arguments"));
    }
    let given = args.positional() - 1;
    if given > 2 {
        return Err(m.type_error(format!("super() expected at most 2 arguments, got {given}")));
    }
    let (class, receiver) = if given == 0 {
        let (class, receiver) = super_of_frame(m)?;
        (class, Some(receiver))
    } else {
        (args.at(1), args.some(2))
    };
    let Some(handle) = class.handle().filter(|_| m.is_class(class)) else {
        return Err(m.not_a_class_for_super(class));
    };
    let Some(receiver) = receiver else {
        return fill_super(m, args.at(0), [class, Value::NONE, Value::NONE]);
    };
    match m.super_start(handle, receiver) {
        Some(start) => fill_super(m, args.at(0), [class, receiver, Value::object(start)]),
        None => m.with_claimed_start([class, receiver, args.at(0)], |m, args| {
            let start = Value::object(m.claimed_start(args)?);
            fill_super(m, args.at(3), [args.at(1), args.at(2), start])
        }),
    }
}

fn fill_super(m: &mut Machine, this: Value, parts: [Value; 3]) -> Eval {
    let this = this.handle().expect("a super object is a heap object");
    for part in parts {
        m.heap.retain(part);
    }
    if let Payload::Super(place) = m.heap.payload_mut(this) {
        let old = std::mem::replace(&mut **place, parts);
        for part in old {
            m.heap.release(part);
        }
    }
    Ok(Value::NONE.into())
}

/// What `super()` without arguments means in the function that runs: the class that its `__class__` cell
/// holds, and its first argument.
fn super_of_frame(m: &mut Machine) -> Result<(Value, Value), Raise> {
    let Some(frame) = m.thread.python_frames().next() else {
        return Err(m.runtime_error("super(): no current frame"));
    };
    if frame.code.code.argcount == 0 {
        return Err(m.runtime_error("super(): no arguments"));
    }
    let first = frame.locals().first().and_then(|slot| slot.value());
    let cell = frame.code.locals.iter().position(|name| *name == names::CLASS);
    let cell = cell.and_then(|index| frame.locals()[index].value());
    // A parameter that an inner function shares lives in a cell; one that is none may be given a cell.
    let shared = frame.code.code.localspluskinds.first().is_some_and(|kind| kind.has(LocalKind::CELL));
    let first = match first.and_then(|first| m.heap.payload_of(first)) {
        Some(Payload::Cell(content)) if shared => *content,
        _ => first,
    };
    let Some(first) = first else {
        return Err(m.runtime_error("super(): arg[0] deleted"));
    };
    match cell.and_then(|cell| m.heap.payload_of(cell)) {
        Some(Payload::Cell(Some(class))) => Ok((*class, first)),
        Some(Payload::Cell(None)) => Err(m.runtime_error("super(): empty __class__ cell")),
        _ => Err(m.runtime_error("super(): __class__ cell not found")),
    }
}

/// What a descriptor of a builtin type, or of a slot, is called and belongs to.
fn described(m: &Machine, value: Value) -> (String, Handle) {
    match m.heap.payload_of(value) {
        Some(Payload::Accessor(accessor, owner)) => (accessor.name.to_owned(), *owner),
        Some(Payload::Member(member)) => (member.name.to_string(), member.owner),
        _ => panic!("an attribute of descriptors is asked of one"),
    }
}

const DESCRIPTOR: &[Accessor] = &[
    Accessor::read_only("__name__", |m, value| {
        let name = described(m, value).0;
        Ok(m.heap.intern(name).into())
    })
    .as_member(),
    Accessor::read_only("__qualname__", |m, value| {
        let (name, owner) = described(m, value);
        let text = format!("{}.{name}", m.heap.class(owner).qualname);
        Ok(m.heap.str(text).into())
    }),
    Accessor::read_only("__objclass__", |m, value| Ok(Value::object(described(m, value).1).into()))
        .as_member(),
    Accessor::read_only("__doc__", |_, _| Ok(Value::NONE.into())),
];

/// `getset_descriptor`.
pub static GETSET_DESCRIPTOR: TypeSpec = TypeSpec {
    wrappers: &[&GET, &SET, &DELETE, &REPR],
    accessors: DESCRIPTOR,
    ..TypeSpec::new(types::GETSET_DESCRIPTOR, "getset_descriptor")
};

/// `member_descriptor`.
pub static MEMBER_DESCRIPTOR: TypeSpec = TypeSpec {
    natives: &[DESCRIPTOR_REDUCE],
    wrappers: &[&GET, &SET, &DELETE, &REPR],
    accessors: DESCRIPTOR,
    ..TypeSpec::new(types::MEMBER_DESCRIPTOR, "member_descriptor")
};
