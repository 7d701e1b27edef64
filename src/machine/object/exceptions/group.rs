//! `BaseExceptionGroup` and `ExceptionGroup`: several exceptions as one.

use super::super::class::TypeSpec;
use super::super::function::NativeDef;
use super::super::generic::CLASS_GETITEM_DEF;
use super::super::{Payload, types};
use super::fields::{constant, fill};
use super::{class_argument, make, plain, with_fields};
use crate::machine::Machine;
use crate::machine::args::{Args, Params};
use crate::machine::frame::{Eval, Flow};
use crate::machine::names;
use crate::machine::native::{Collected, Matcher, Part, Split, SplitResult, lending};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// `message`, a str.
pub const MESSAGE: usize = 0;
/// `exceptions`, a tuple.
pub const EXCEPTIONS: usize = 1;
/// How the exceptions are shown, a str, where they were given as neither list nor tuple.
const SHOWN: usize = 2;
pub(super) const COUNT: usize = 3;

pub(super) const SPECS: &[&TypeSpec] = &[
    &TypeSpec {
        natives: &[
            NativeDef::new(Params::Any, new),
            NativeDef::wrapper("__repr__", Params::None, repr),
            NativeDef::wrapper("__str__", Params::None, str),
            NativeDef::method("derive", Params::One, derive),
            NativeDef::method("split", Params::One, |m, args| split(m, args, SplitResult::Pair)),
            NativeDef::method("subgroup", Params::One, |m, args| split(m, args, SplitResult::Match)),
            CLASS_GETITEM_DEF,
        ],
        accessors: &[constant::<MESSAGE>("message"), constant::<EXCEPTIONS>("exceptions")],
        ..with_fields(types::BASE_EXCEPTION_GROUP, "BaseExceptionGroup", types::BASE_EXCEPTION)
    },
    // CPython derives it from Exception too; the machine adds that base when it is set up.
    &TypeSpec {
        layout: super::Layout::Builtin(types::BASE_EXCEPTION_GROUP),
        natives: &[],
        ..plain(types::EXCEPTION_GROUP, "ExceptionGroup", types::BASE_EXCEPTION_GROUP)
    },
];

/// `BaseExceptionGroup.__new__`.
pub(in crate::machine) fn new(m: &mut Machine, args: &Args) -> Eval {
    let class = class_argument(args);
    let given: Vec<Value> = args.rest(1).collect();
    let [message, exceptions] = *given else {
        let count = given.len();
        return Err(
            m.type_error(format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({count} given)"))
        );
    };
    if m.heap.text_of(message).is_none() {
        let class = m.argument_class(message);
        return Err(m.type_error(format!("BaseExceptionGroup.__new__() argument 1 must be str, not {class}")));
    }
    if !has_items(m, exceptions) {
        return Err(m.type_error("second argument (exceptions) must be a sequence"));
    }
    let parts = Args::new([Value::object(class), message, exceptions, Value::NONE, Value::NONE]);
    match m.heap.payload_of(exceptions) {
        Some(Payload::Tuple(_) | Payload::List(_)) => gather(m, &parts),
        // It may change, or be able to be gone through only once.
        _ => {
            let text = m.repr(exceptions)?;
            m.continue_with(NEW, text, parts, GIVEN_SHOWN, gather)
        }
    }
}

/// What has items by number to CPython: any class with `__getitem__`, but for those whose keys are others.
fn has_items(m: &Machine, value: Value) -> bool {
    const BY_KEY: [Handle; 6] = [
        types::DICT,
        types::MAPPING_PROXY,
        types::FRAME_LOCALS,
        types::GENERIC_ALIAS,
        types::UNION,
        types::CONTEXT,
    ];
    m.heap.special(value, names::GETITEM).is_some()
        && !BY_KEY.iter().any(|class| m.heap.is_instance(value, *class))
}

const NEW: &str = "BaseExceptionGroup.__new__";
/// Where [`gather`] and [`gathered`] have the text of what was given, and its items.
const GIVEN_SHOWN: usize = 3;
const GIVEN_ITEMS: usize = 4;

/// Takes the exceptions out of what was given.
fn gather(m: &mut Machine, args: &Args) -> Eval {
    let exceptions = args.at(2);
    let tuple = match m.heap.class_of(exceptions) {
        types::TUPLE => Flow::Value(exceptions),
        _ => m.collect(exceptions, Collected::Tuple)?,
    };
    m.continue_with(NEW, tuple, args.clone(), GIVEN_ITEMS, gathered)
}

fn gathered(m: &mut Machine, args: &Args) -> Eval {
    let class = class_argument(args);
    let (message, exceptions, tuple) = (args.at(1), args.at(2), args.at(GIVEN_ITEMS));
    let items = m.tuple_items(tuple).to_vec();
    let class = group_class(m, class, &items)?;
    let group = make(m, class, vec![message, exceptions]);
    fill(m, group, [Some(message), Some(tuple), args.some(GIVEN_SHOWN)]);
    Ok(group.into())
}

/// The class of a group of these exceptions: BaseExceptionGroup becomes ExceptionGroup where it can.
fn group_class(m: &mut Machine, class: Handle, items: &[Value]) -> Result<Handle, Raise> {
    if items.is_empty() {
        return Err(m.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    if let Some(index) = items.iter().position(|item| !m.is_exception(*item)) {
        return Err(
            m.value_error(format!("Item {index} of second argument (exceptions) is not an exception"))
        );
    }
    let all = items.iter().all(|item| m.heap.is_instance(*item, types::EXCEPTION));
    if class == types::BASE_EXCEPTION_GROUP {
        return Ok(if all { types::EXCEPTION_GROUP } else { class });
    }
    if !all && m.heap.is_subclass(class, types::EXCEPTION) {
        let message = if class == types::EXCEPTION_GROUP {
            "Cannot nest BaseExceptions in an ExceptionGroup".to_owned()
        } else {
            format!("Cannot nest BaseExceptions in '{}'", m.heap.class(class).name)
        };
        return Err(m.type_error(message));
    }
    Ok(class)
}

fn str(m: &mut Machine, args: &Args) -> Eval {
    let exception = args.at(0);
    let (message, exceptions) = parts(m, exception);
    let count = m.tuple_items(exceptions).len();
    let plural = if count > 1 { "s" } else { "" };
    m.compose(vec![Part::Str(message), format!(" ({count} sub-exception{plural})").as_str().into()])
}

fn repr(m: &mut Machine, args: &Args) -> Eval {
    let exception = args.at(0);
    let name = m.class_name(exception);
    if let Some(shown) = m.exception_field(exception, SHOWN) {
        let message = parts(m, exception).0;
        let head = [name.as_str().into(), "(".into(), Part::Repr(message), ", ".into()];
        return m.compose(head.into_iter().chain([Part::Str(shown), ")".into()]).collect());
    }
    let tuple = m.exception(exception).args;
    let shown = match *m.tuple_items(tuple) {
        // A list given to the group may have changed since.
        [_, given] if matches!(m.heap.payload_of(given), Some(Payload::List(_))) => {
            let exceptions = parts(m, exception).1;
            let items = m.tuple_items(exceptions).to_vec();
            m.heap.list(items)
        }
        _ => parts(m, exception).1,
    };
    let message = parts(m, exception).0;
    let flow = m.compose(vec![
        name.as_str().into(),
        "(".into(),
        Part::Repr(message),
        ", ".into(),
        Part::Repr(shown),
        ")".into(),
    ])?;
    let held = parts(m, exception).1;
    Ok(lending("repr", held, flow))
}

/// A group of the same message with other exceptions.
fn derive(m: &mut Machine, args: &Args) -> Eval {
    let class = Value::object(types::BASE_EXCEPTION_GROUP);
    let message = parts(m, args.at(0)).0;
    new(m, &Args::new([class, message, args.at(1)]))
}

fn split(m: &mut Machine, args: &Args, wanted: SplitResult) -> Eval {
    let by = args.at(1);
    let are_classes = match m.heap.payload_of(by) {
        Some(Payload::Tuple(classes)) => classes.iter().all(|class| m.exception_class(*class).is_some()),
        _ => m.exception_class(by).is_some(),
    };
    let matcher = if are_classes {
        Matcher::Types(by)
    } else if !m.is_class(by) && m.is_callable(by) {
        Matcher::Predicate(by)
    } else {
        return Err(m.type_error(
            "expected an exception type, a tuple of exception types, or a callable (other than a class)",
        ));
    };
    m.begin(Split::new(args.at(0), matcher, wanted))
}

/// Message and exceptions of a group.
pub(in crate::machine) fn parts(m: &Machine, group: Value) -> (Value, Value) {
    let field = |index| m.exception_field(group, index).expect("a group is made with its parts");
    (field(MESSAGE), field(EXCEPTIONS))
}
