//! `_symtable`: what each name in each scope of a source is.
//!
//! The table is the compiler's own, which is asked for it; the module makes objects of it.

use std::rc::Rc;

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::ask::{Answer, Ask, Form, Source, SymbolScope};
use super::super::frame::{Eval, Flow};
use super::super::heap::Heap;
use super::super::native::{Do, Got, Part, Steps, Stepwise};
use super::super::object::class::{Accessor, TypeSpec};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::Value;
use super::builtins::source::source_text;
use super::native::{Constant, NativeModule};

/// `_symtable`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[NativeDef::function("symtable", Params::Range(3, 3), |m, args| {
        let filename = m.fs_path(args.at(1))?;
        m.continue_with("symtable", filename, args.clone(), 1, symtable)
    })]],
    hidden_types: &[&ENTRY],
    constants: &[
        ("USE", Constant::Int(16)),
        ("DEF_GLOBAL", Constant::Int(1)),
        ("DEF_NONLOCAL", Constant::Int(8)),
        ("DEF_LOCAL", Constant::Int(2)),
        ("DEF_PARAM", Constant::Int(4)),
        ("DEF_TYPE_PARAM", Constant::Int(1024)),
        ("DEF_FREE_CLASS", Constant::Int(64)),
        ("DEF_IMPORT", Constant::Int(128)),
        ("DEF_BOUND", Constant::Int(134)),
        ("DEF_ANNOT", Constant::Int(256)),
        ("DEF_COMP_ITER", Constant::Int(512)),
        ("DEF_COMP_CELL", Constant::Int(2048)),
        ("TYPE_FUNCTION", Constant::Int(0)),
        ("TYPE_CLASS", Constant::Int(1)),
        ("TYPE_MODULE", Constant::Int(2)),
        ("TYPE_ANNOTATION", Constant::Int(3)),
        ("TYPE_TYPE_ALIAS", Constant::Int(4)),
        ("TYPE_TYPE_PARAMETERS", Constant::Int(5)),
        ("TYPE_TYPE_VARIABLE", Constant::Int(6)),
        ("LOCAL", Constant::Int(1)),
        ("GLOBAL_EXPLICIT", Constant::Int(2)),
        ("GLOBAL_IMPLICIT", Constant::Int(3)),
        ("FREE", Constant::Int(4)),
        ("CELL", Constant::Int(5)),
        ("SCOPE_OFF", Constant::Int(12)),
        ("SCOPE_MASK", Constant::Int(15)),
    ],
    ..NativeModule::new("_symtable", "What each name in each scope of a source is.")
};

/// Where an entry has what.
mod slot {
    pub const ID: usize = 0;
    pub const NAME: usize = 1;
    pub const SYMBOLS: usize = 2;
    pub const PARAMETERS: usize = 3;
    pub const CHILDREN: usize = 4;
    pub const NESTED: usize = 5;
    pub const KIND: usize = 6;
    pub const LINE: usize = 7;
    /// How many there are.
    pub const COUNT: usize = 8;
}

/// A scope.
static ENTRY: TypeSpec = TypeSpec {
    natives: &[NativeDef::wrapper("__repr__", Params::None, |m, args| {
        let [id, name, line] = [slot::ID, slot::NAME, slot::LINE].map(|index| part(m, args.at(0), index));
        let parts = ["<symtable entry ".into(), Part::Str(name), "(".into(), Part::Str(id)];
        let end = ["), line ".into(), Part::Str(line), ">".into()];
        m.compose(parts.into_iter().chain(end).collect())
    })],
    accessors: &[
        member::<{ slot::ID }>("id"),
        member::<{ slot::NAME }>("name"),
        member::<{ slot::SYMBOLS }>("symbols"),
        member::<{ slot::PARAMETERS }>("varnames"),
        member::<{ slot::CHILDREN }>("children"),
        member::<{ slot::NESTED }>("nested"),
        member::<{ slot::KIND }>("type"),
        member::<{ slot::LINE }>("lineno"),
    ],
    ..TypeSpec::new(types::SYMTABLE_ENTRY, "symtable entry")
};

const fn member<const INDEX: usize>(name: &'static str) -> Accessor {
    Accessor::read_only(name, |m, entry| Ok(part(m, entry, INDEX).into())).as_member()
}

fn part(m: &Machine, entry: Value, index: usize) -> Value {
    match m.heap.payload_of(entry) {
        Some(Payload::Slots(slots)) => slots[index].unwrap_or(Value::NONE),
        _ => panic!("an entry of a symbol table has slots"),
    }
}

/// `symtable(source, filename, startstr)`.
fn symtable(m: &mut Machine, args: &Args) -> Eval {
    let filename = m.path_text(args.at(1))?.to_string_lossy().into();
    let Some(form) = m.heap.text_of(args.at(2)) else {
        let given = m.argument_class(args.at(2));
        return Err(m.type_error(format!("symtable() argument 3 must be str, not {given}")));
    };
    let form = form.as_ascii().map(str::to_owned);
    if m.heap.text_of(args.at(0)).is_none() && m.heap.byte_string(args.at(0)).is_none() {
        return Err(m.type_error("symtable() arg 1 must be a string or bytes object"));
    }
    let text = source_text(m, args.at(0), "symtable", "string, bytes or code")?;
    let form = match form.as_deref() {
        Some("exec") => Form::Exec,
        Some("eval") => Form::Eval,
        Some("single") => Form::Single,
        _ => return Err(m.value_error("symtable() arg 3 must be 'exec' or 'eval' or 'single'")),
    };
    let digit_limit = m.thread().settings.digit_limit;
    let (features, optimize, is_beginning, needs_line_end) = (0, 0, false, false);
    let source =
        Source { text, filename, form, features, optimize, is_beginning, needs_line_end, digit_limit };
    m.begin(Symtable::new(SymtableWork { source: Rc::new(source), table: None, asked: false }))
}

/// The table is asked for, and what the parser warns of told.
#[derive(Clone, Debug, Hash)]
pub struct SymtableWork {
    source: Rc<Source>,
    /// The module's entry, once it is there.
    table: Option<Value>,
    asked: bool,
}

/// The same, under way.
pub type Symtable = Steps<SymtableWork>;

impl Stepwise for SymtableWork {
    fn step(&mut self, m: &mut Machine, _got: Got) -> Result<Do, Raise> {
        if let Some(table) = self.table {
            return Ok(Do::Done(table));
        }
        if !self.asked {
            self.asked = true;
            return Ok(Flow::Enter(m.ask(Ask::Symbols(Rc::clone(&self.source)))).into());
        }
        match &*m.take_answer() {
            Answer::Symbols(Ok(table)) => {
                self.table = Some(entries(m, &table.scopes));
                Ok(m.warn_of_source(&self.source.filename, &table.warnings)?.into())
            }
            Answer::Symbols(Err(refused)) => Err(m.refused(refused)),
            other => panic!("a symbol table was asked for, and the answer is {other:?}"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.table.into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("symtable: finding the names of {}", self.source.filename)
    }
}

/// Objects for all scopes; the module's is the result.
fn entries(m: &mut Machine, scopes: &[SymbolScope]) -> Value {
    let mut made: Vec<Value> = Vec::with_capacity(scopes.len());
    for scope in scopes {
        let symbols = m.heap.new_dict();
        for (name, bits) in &scope.symbols {
            let bits = m.heap.int((*bits).into());
            m.set_text_name(symbols, name, bits);
        }
        let name = m.heap.intern(&*scope.name);
        let parameters = scope.parameters.iter().map(|name| m.heap.intern(&**name)).collect();
        let parameters = m.heap.list(parameters);
        let (kind, line) = (m.heap.int(scope.kind.into()), m.heap.int(scope.line.into()));
        let mut slots = [None; slot::COUNT];
        slots[slot::NAME] = Some(name);
        slots[slot::SYMBOLS] = Some(Value::object(symbols));
        slots[slot::PARAMETERS] = Some(parameters);
        slots[slot::NESTED] = Some(m.heap.int(scope.nested.into()));
        slots[slot::KIND] = Some(kind);
        slots[slot::LINE] = Some(line);
        let entry = m.heap.alloc(types::SYMTABLE_ENTRY, Payload::Slots(slots.into()));
        made.push(Value::object(entry));
    }
    for (entry, scope) in made.iter().zip(scopes) {
        let children = scope.children.iter().map(|child| made[*child]).collect();
        let children = m.heap.list(children);
        let id = m.identity(*entry);
        let id = m.heap.int(id as i64);
        m.heap.retain(children);
        m.heap.retain(id);
        if let Some(Payload::Slots(slots)) = entry.handle().map(|entry| m.heap.payload_mut(entry)) {
            slots[slot::CHILDREN] = Some(children);
            slots[slot::ID] = Some(id);
        }
    }
    made[0]
}
