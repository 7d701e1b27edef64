//! `sys.monitoring`: tools that say of which events they want to be told.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::Style;
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::raise::Raise;
use super::super::super::tracing::{Event, set_of};
use super::super::super::value::{Handle, Value};
use super::super::native::{Constant, NativeModule};

/// The bit of `BRANCH`, which stands for both `BRANCH_LEFT` and `BRANCH_RIGHT`.
const BRANCH: u32 = 1 << Event::COUNT;
/// What `BRANCH` stands for.
const BRANCHES: u32 = set_of(&[Event::BranchLeft, Event::BranchRight]);
/// The events that only come with `CALL`.
const C_RETURNS: u32 = set_of(&[Event::CReturn, Event::CRaise]);
/// How many tools there may be.
const TOOLS: i32 = 6;

/// The functions.
static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("use_tool_id", Params::Range(2, 2), |m, args| {
        m.with_indices("use_tool_id", args, &[0], Style::Plain, use_tool_id)
    }),
    NativeDef::function("clear_tool_id", Params::One, |m, args| {
        m.with_indices("clear_tool_id", args, &[0], Style::Plain, |m, args| {
            let tool = tool(m, args)?;
            m.clear_tool(tool);
            Ok(Value::NONE.into())
        })
    }),
    NativeDef::function("free_tool_id", Params::One, |m, args| {
        m.with_indices("free_tool_id", args, &[0], Style::Plain, free_tool_id)
    }),
    NativeDef::function("get_tool", Params::One, |m, args| {
        m.with_indices("get_tool", args, &[0], Style::Plain, |m, args| {
            let tool = tool(m, args)?;
            Ok(m.watch.tools[tool as usize].name.unwrap_or(Value::NONE).into())
        })
    }),
    NativeDef::function("register_callback", Params::Range(3, 3), |m, args| {
        m.with_indices("register_callback", args, &[0, 1], Style::Plain, register_callback)
    }),
    NativeDef::function("get_events", Params::One, |m, args| {
        m.with_indices("get_events", args, &[0], Style::Plain, |m, args| {
            let tool = tool(m, args)?;
            let events = m.watch.events(tool);
            Ok(m.heap.int(events.into()).into())
        })
    }),
    NativeDef::function("set_events", Params::Range(2, 2), |m, args| {
        m.with_indices("set_events", args, &[0, 1], Style::Plain, set_events)
    }),
    NativeDef::function("get_local_events", Params::Range(2, 2), |m, args| {
        m.with_indices("get_local_events", args, &[0], Style::Plain, get_local_events)
    }),
    NativeDef::function("set_local_events", Params::Range(3, 3), |m, args| {
        m.with_indices("set_local_events", args, &[0, 2], Style::Plain, set_local_events)
    }),
    NativeDef::function("restart_events", Params::None, |m, _| {
        m.restart_events();
        Ok(Value::NONE.into())
    }),
    NativeDef::function("_all_events", Params::None, all_events),
];

/// `sys.monitoring`.
static MODULE: NativeModule = NativeModule {
    functions: &[FUNCTIONS],
    ..NativeModule::new("sys.monitoring", "Tools that watch a program from inside it.")
};

/// The numbers that some kinds of tools use by agreement.
const IDS: [(&str, i64); 4] =
    [("DEBUGGER_ID", 0), ("COVERAGE_ID", 1), ("PROFILER_ID", 2), ("OPTIMIZER_ID", 5)];

impl Machine {
    /// Makes the module `sys.monitoring`, which is an attribute of `sys` and no entry of `sys.modules`.
    pub(super) fn make_monitoring(&mut self, sys: Handle) {
        let module = self.heap.alloc(types::MODULE, Payload::Module);
        let dict = self.heap.attributes(module);
        let name = self.heap.intern(MODULE.name);
        self.heap.set_name(dict, names::NAME, name);
        for name in [names::DOC, names::PACKAGE, names::LOADER, names::SPEC] {
            self.heap.set_name(dict, name, Value::NONE);
        }
        self.add_functions(&MODULE, module, FUNCTIONS);
        self.set_text_name(dict, "DISABLE", Value::object(types::DISABLE));
        self.set_text_name(dict, "MISSING", Value::object(types::MISSING));
        let events = self.heap.alloc(types::SIMPLE_NAMESPACE, Payload::Plain);
        let attributes = self.heap.attributes(events);
        for (number, event) in Event::ALL.iter().enumerate() {
            self.set_constant(attributes, event.name(), Constant::Int(1 << number));
        }
        self.set_constant(attributes, "BRANCH", Constant::Int(BRANCH.into()));
        self.set_constant(attributes, "NO_EVENTS", Constant::Int(0));
        self.set_text_name(dict, "events", Value::object(events));
        for (name, id) in IDS {
            self.set_constant(dict, name, Constant::Int(id));
        }
        self.set_text_name(sys, "monitoring", Value::object(module));
    }

    /// Takes from a tool that is in use all it wants to be told of, and what it wants to be called.
    fn clear_tool(&mut self, tool: u8) {
        if self.watch.tools[tool as usize].name.is_none() {
            return;
        }
        for event in Event::ALL {
            if let Some(old) = self.set_callback(tool, event, None) {
                self.heap.release(old);
            }
        }
        self.forget_tool_events(tool);
    }

    /// Sets what a tool wants to be called at an event; what it was before, which whoever asks has to let go of.
    fn set_callback(&mut self, tool: u8, event: Event, callback: Option<Value>) -> Option<Value> {
        if let Some(callback) = callback {
            self.heap.retain(callback);
        }
        let tool = &mut self.watch.tools[tool as usize];
        tool.both_ways &= !(1 << event as u32);
        std::mem::replace(&mut tool.callbacks[event as usize], callback)
    }
}

/// The first argument: the number of a tool.
fn tool(m: &mut Machine, args: &Args) -> Result<u8, Raise> {
    let number = m.c_int(args.at(0))?;
    valid_tool(m, number)
}

fn valid_tool(m: &mut Machine, number: i32) -> Result<u8, Raise> {
    if (0..TOOLS).contains(&number) {
        return Ok(number as u8);
    }
    Err(m.value_error(format!("invalid tool {number} (must be between 0 and 5)")))
}

/// The events of the tools in use alone can be set.
fn check_in_use(m: &mut Machine, tool: u8) -> Result<(), Raise> {
    if m.watch.tools[tool as usize].name.is_some() {
        return Ok(());
    }
    Err(m.value_error(format!("tool {tool} is not in use")))
}

fn use_tool_id(m: &mut Machine, args: &Args) -> Eval {
    let tool = tool(m, args)?;
    let name = args.at(1);
    if m.heap.text_of(name).is_none() {
        return Err(m.value_error("tool name must be a str"));
    }
    if m.watch.tools[tool as usize].name.is_some() {
        return Err(m.value_error(format!("tool {tool} is already in use")));
    }
    m.heap.retain(name);
    m.watch.tools[tool as usize].name = Some(name);
    Ok(Value::NONE.into())
}

fn free_tool_id(m: &mut Machine, args: &Args) -> Eval {
    let tool = tool(m, args)?;
    m.clear_tool(tool);
    if let Some(name) = m.watch.tools[tool as usize].name.take() {
        m.heap.release(name);
    }
    Ok(Value::NONE.into())
}

fn register_callback(m: &mut Machine, args: &Args) -> Eval {
    let (number, event) = (m.c_int(args.at(0))?, m.c_int(args.at(1))?);
    let tool = valid_tool(m, number)?;
    if event.count_ones() != 1 {
        return Err(m.value_error("The callback can only be set for one event at a time"));
    }
    let callback = Some(args.at(2)).filter(|callback| !callback.is_none());
    let known = Event::ALL.get(event.trailing_zeros() as usize).copied();
    let old = match known {
        Some(known) => m.set_callback(tool, known, callback),
        None if event as u32 == BRANCH => {
            if let Some(right) = m.set_callback(tool, Event::BranchRight, callback) {
                m.heap.release(right);
            }
            let left = m.set_callback(tool, Event::BranchLeft, callback);
            m.watch.tools[tool as usize].both_ways = if callback.is_some() { BRANCHES } else { 0 };
            left
        }
        None => return Err(m.value_error(format!("invalid event {event}"))),
    };
    if let Some(old) = old {
        m.heap.release(old);
    }
    Ok(old.unwrap_or(Value::NONE).into())
}

/// A set of events as tools give it, without those that come with others, and with both ways of a branch.
fn event_set(m: &mut Machine, given: u32) -> Result<u32, Raise> {
    let all_calls = C_RETURNS | set_of(&[Event::Call]);
    if given & C_RETURNS != 0 && given & all_calls != all_calls {
        return Err(m.value_error("cannot set C_RETURN or C_RAISE events independently"));
    }
    let set = given & !C_RETURNS;
    Ok(if set & BRANCH == 0 { set } else { set & !BRANCH | BRANCHES })
}

fn set_events(m: &mut Machine, args: &Args) -> Eval {
    let (number, given) = (m.c_int(args.at(0))?, m.c_int(args.at(1))?);
    let tool = valid_tool(m, number)?;
    if given < 0 || given as u32 >= BRANCH << 1 {
        return Err(m.value_error(format!("invalid event set 0x{:x}", given as u32)));
    }
    let events = event_set(m, given as u32)?;
    check_in_use(m, tool)?;
    m.set_tool_events(tool, events);
    Ok(Value::NONE.into())
}

/// The second argument: a code object.
fn code(m: &mut Machine, args: &Args) -> Result<Handle, Raise> {
    match m.heap.payload_of(args.at(1)) {
        Some(Payload::Code(_)) => Ok(args.at(1).handle().expect("code is a heap object")),
        _ => Err(m.type_error("code must be a code object")),
    }
}

fn get_local_events(m: &mut Machine, args: &Args) -> Eval {
    let number = m.c_int(args.at(0))?;
    let code = code(m, args)?;
    let tool = valid_tool(m, number)?;
    let loaded = m.code(code);
    let events = m.watch.local_events(tool, code, &loaded);
    Ok(m.heap.int(events.into()).into())
}

fn set_local_events(m: &mut Machine, args: &Args) -> Eval {
    let (number, given) = (m.c_int(args.at(0))?, m.c_int(args.at(2))?);
    let code = code(m, args)?;
    let tool = valid_tool(m, number)?;
    let events = event_set(m, given as u32)?;
    if events >= 1 << Event::LOCAL {
        return Err(m.value_error(format!("invalid local event set 0x{events:x}")));
    }
    check_in_use(m, tool)?;
    m.set_local_events(tool, code, events);
    Ok(Value::NONE.into())
}

fn all_events(m: &mut Machine, _args: &Args) -> Eval {
    let all = m.heap.new_dict();
    for event in &Event::ALL[..Event::UNGROUPED] {
        let tools = m.watch.tools_for(*event);
        if tools != 0 {
            m.set_constant(all, event.name(), Constant::Int(tools.into()));
        }
    }
    Ok(Value::object(all).into())
}
