//! `import`: each part of the name is found and loaded, and its body runs in a frame of its own.
//!
//! What CPython does in its frozen `importlib`, in the order in which a program can see it.

use std::rc::Rc;

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::ask::{Answer, Ask, FoundModule, ModuleWanted};
use crate::machine::frame::{Entry, Flow};
use crate::machine::heap::Heap;
use crate::machine::modules::frozen::is_frozen;
use crate::machine::modules::importlib::{CORE, EXTERNAL};
use crate::machine::modules::machinery::{Machinery, goes_through_machinery};
use crate::machine::modules::native::{NativeModule, StandsIn};
use crate::machine::names;
use crate::machine::object::exceptions::import as fields;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::text::Str;
use crate::machine::value::{Handle, Value};

/// A module that is being loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Loading {
    module: Handle,
    spec: Handle,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next part of the name is to be loaded, if it is not there.
    Part,
    /// A native module asks the outside for what it has.
    Asked,
    /// The `__path__` of the package it is in is asked for.
    ParentPath,
    /// It is being looked for.
    Finding,
    /// The machinery of the library, which is to look for it, is being imported.
    Machinery,
    /// That looks for it and loads it.
    Finders,
    /// Its module has been loaded, and what it needs beside that is made.
    Installing,
    /// What the compiler warns of in its code is being told.
    Warned(Loading, Handle),
    /// Its body runs.
    Body(Loading),
    /// It is being made an attribute of its package.
    Bind,
    /// The truth of the from list is asked.
    Names,
    /// The `__path__` of the module is asked for, to know whether it is a package.
    Path,
    /// Whether the package has this name of the from list is asked.
    Item(usize),
    /// Its `__all__` is asked for, because the from list is a star.
    All,
    /// The name is being imported as a module of the package.
    ItemModule(usize),
}

/// `import name` or `from name import …`.
#[derive(Clone, Debug, Hash)]
pub struct ImportModule {
    /// The whole name, absolute.
    name: Rc<str>,
    /// How much of it is there: the bytes of the parts that are loaded.
    done: usize,
    /// The module of these parts.
    parent: Value,
    /// The names after `from … import`, or None.
    from_list: Value,
    /// Whether these names stand in the module's `__all__`.
    from_all: bool,
    /// Without a from list: the module whose name is so many bytes long is the result.
    result: usize,
    phase: Phase,
}

impl ImportModule {
    /// Imports the module of this absolute name; the result is the one whose name is the first `result`
    /// bytes of it, or with a from list the module itself.
    pub fn new(name: &str, from_list: Option<Value>, result: usize) -> Self {
        let from_list = from_list.unwrap_or(Value::NONE);
        let (parent, phase) = (Value::NONE, Phase::Part);
        Self { name: name.into(), done: 0, parent, from_list, from_all: false, result, phase }
    }

    /// The name up to the part that is loaded next.
    fn part(&self) -> &str {
        let from = if self.done == 0 { 0 } else { self.done + 1 };
        self.name[from..].find('.').map_or(&self.name, |dot| &self.name[..from + dot])
    }

    /// The last part of that.
    fn child(&self) -> &str {
        let part = self.part();
        part.rsplit_once('.').map_or(part, |(_, child)| child)
    }

    fn wait(self, entry: Entry) -> Advance {
        Ok(Progress::Wait(self.into(), entry))
    }

    /// Where nothing of the name is loaded by this import: begins behind the longest part that is there.
    fn begin(mut self, m: &mut Machine) -> Advance {
        let ends = self.name.rmatch_indices('.').map(|(dot, _)| dot);
        for end in std::iter::once(self.name.len()).chain(ends).collect::<Vec<_>>() {
            let Some(module) = m.loaded_module(&self.name[..end]) else { continue };
            if module.is_none() && end == self.name.len() {
                return Err(m.halted(&self.name));
            }
            (self.done, self.parent) = (end, module);
            break;
        }
        self.next(m)
    }

    /// Goes on with the next part of the name.
    fn next(mut self, m: &mut Machine) -> Advance {
        if self.done == self.name.len() {
            return self.loaded(m);
        }
        let part = self.part().to_owned();
        if let Some(module) = m.loaded_module(&part) {
            if module.is_none() {
                return Err(m.halted(&part));
            }
            (self.done, self.parent) = (part.len(), module);
            return self.next(m);
        }
        if self.done == 0 {
            if part == EXTERNAL && m.loaded_module(CORE).is_none() {
                self.phase = Phase::Installing;
                let core = m.begin(Self::new(CORE, None, CORE.len()))?;
                return self.installing(m, core);
            }
            if !is_machinery(&part) && m.has_program_finders() {
                return self.ask_finders(m);
            }
            if let Some(native) = NativeModule::named(&part)
                && native.stands_in != StandsIn::WithoutLibrary
            {
                return self.make(m, native);
            }
            let path = m.sys_attribute(names::SYS_PATH).unwrap_or(Value::NONE);
            return self.find(m, path);
        }
        self.phase = Phase::ParentPath;
        match m.get_attr(self.parent, names::PATH) {
            Ok(Flow::Value(path)) => self.find(m, path),
            Ok(Flow::Enter(entry)) => self.wait(entry),
            Err(raise) if m.heap.is_instance(raise.exception, types::ATTRIBUTE_ERROR) => {
                Err(self.no_package(m))
            }
            Err(raise) => Err(raise),
        }
    }

    /// Makes a module that has no source, and may have to ask the outside what is in it.
    fn make(mut self, m: &mut Machine, native: &'static NativeModule) -> Advance {
        let module = m.make_native_module(native);
        if let Some(ask) = native.ask {
            let dict = m.heap.attributes(module);
            if let Flow::Enter(entry) = ask(m, dict)? {
                self.phase = Phase::Asked;
                return self.wait(entry);
            }
        }
        self.next(m)
    }

    fn no_package(&self, m: &mut Machine) -> Raise {
        let (part, parent) = (self.part(), &self.name[..self.done]);
        m.no_module(part, Some(parent))
    }

    /// Asks the outside for the next part.
    fn find(mut self, m: &mut Machine, path: Value) -> Advance {
        if !is_machinery(self.part()) && (m.heap.items_of(path).is_none() || m.has_program_finders()) {
            return self.ask_finders(m);
        }
        let mut path = m.search_path(path)?;
        let mut frozen = None;
        if is_frozen(self.part()) {
            frozen = Some(m.frozen_wanted(self.part())?);
            if NativeModule::named(self.part()).is_some() {
                // What stands in for it comes before whatever else has its name.
                path.clear();
            }
        }
        let keeps_nothing =
            m.sys_attribute(names::DONT_WRITE_BYTECODE).and_then(|value| m.plain_truth(value));
        let child = self.child().into();
        self.phase = Phase::Finding;
        let keeps_nothing = keeps_nothing.unwrap_or(false);
        let wanted = ModuleWanted { child, path, frozen, keeps_nothing };
        let entry = m.ask(Ask::Module(Rc::new(wanted)));
        self.wait(entry)
    }

    /// Has the machinery of the library find and load the next part, which asks the finders of the program.
    fn ask_finders(mut self, m: &mut Machine) -> Advance {
        let core = match m.machinery {
            Machinery::Installed { core, .. } => core,
            Machinery::Absent if self.phase != Phase::Machinery => {
                self.phase = Phase::Machinery;
                return match m.begin(Self::new(CORE, None, CORE.len()))? {
                    Flow::Value(_) => self.ask_finders(m),
                    Flow::Enter(entry) => self.wait(entry),
                };
            }
            Machinery::Absent | Machinery::Loading => {
                let missing = "finders of the program's own without CPython's library";
                return Err(m.unsupported(missing));
            }
        };
        let [find, import] = ["_find_and_load", "__import__"].map(|name| m.text_handle(name));
        let find = m.heap.get_name(core, find).unwrap_or(Value::NONE);
        let import = m.builtin(import);
        let name = m.heap.str(self.part());
        self.phase = Phase::Finders;
        match m.call(find, Args::new([name, import]))? {
            Flow::Value(module) => self.given(m, module),
            Flow::Enter(entry) => self.wait(entry),
        }
    }

    /// The machinery has loaded the next part.
    fn given(mut self, m: &mut Machine, module: Value) -> Advance {
        (self.done, self.parent) = (self.part().len(), module);
        self.next(m)
    }

    /// Goes on with what a module of the machinery wants beside itself.
    fn installing(self, m: &mut Machine, flow: Flow) -> Advance {
        match flow {
            Flow::Value(_) => self.next(m),
            Flow::Enter(entry) => self.wait(entry),
        }
    }

    fn found(mut self, m: &mut Machine) -> Advance {
        let part = self.part().to_owned();
        let answer = m.take_answer();
        if let (Answer::Module(FoundModule::Nothing), true) = (&*answer, self.done == 0)
            && let Some(native) = NativeModule::named(&part)
        {
            return self.make(m, native);
        }
        let (spec, file) = m.module_spec(&part, &answer)?;
        if part == CORE && m.machinery == Machinery::Absent {
            m.machinery = Machinery::Loading;
        }
        let module = m.module_of_spec(spec);
        let loading = Loading { module, spec };
        m.set_initializing(spec, true);
        m.enter_module(&part, Value::object(module));
        m.begin_submodule(self.parent, self.child());
        let Some(file) = file else { return self.executed(m, loading) };
        let code = match m.module_code(&file) {
            Ok(code) => code,
            Err(raise) => return self.failed(m, loading, raise),
        };
        self.phase = Phase::Warned(loading, code);
        match m.warn_of_file(&file) {
            Ok(Flow::Enter(entry)) => self.wait(entry),
            Ok(Flow::Value(_)) => self.run(m, loading, code),
            Err(raise) => self.failed(m, loading, raise),
        }
    }

    fn run(mut self, m: &mut Machine, loading: Loading, code: Handle) -> Advance {
        match m.module_frame(loading.module, code) {
            Ok(frame) => {
                self.phase = Phase::Body(loading);
                self.wait(Entry::one(frame))
            }
            Err(raise) => self.failed(m, loading, raise),
        }
    }

    fn failed(self, m: &mut Machine, loading: Loading, raise: Raise) -> Advance {
        self.give_up(m, loading);
        Err(raise)
    }

    /// The module's body has come to an end of whatever kind.
    fn end(&self, m: &mut Machine, loading: Loading) {
        m.set_initializing(loading.spec, false);
        m.end_submodule(self.parent);
    }

    /// The module could not be loaded.
    fn give_up(&self, m: &mut Machine, loading: Loading) {
        self.end(m, loading);
        m.remove_module(self.part());
    }

    fn executed(mut self, m: &mut Machine, loading: Loading) -> Advance {
        self.end(m, loading);
        let part = self.part().to_owned();
        // What the body may have put in its own place counts, and now it is the latest module.
        let Some(module) = m.loaded_module(&part) else {
            let name = m.heap.str(part);
            return Err(m.key_error(name));
        };
        m.heap.retain(module);
        m.remove_module(&part);
        m.enter_module(&part, module);
        m.heap.release(module);
        let parent = std::mem::replace(&mut self.parent, module);
        let had_parent = self.done > 0;
        let child = m.heap.intern(self.child()).handle().expect("a str is a heap object");
        self.done = part.len();
        if m.machinery == Machinery::Loading && is_machinery(&part) {
            self.phase = Phase::Installing;
            let flow = if part == CORE {
                m.begin(Self::new(EXTERNAL, None, EXTERNAL.len()))?
            } else {
                m.install_machinery()?
            };
            return self.installing(m, flow);
        }
        if !had_parent {
            return self.next(m);
        }
        self.phase = Phase::Bind;
        match m.set_attr(parent, child, Some(module)) {
            Ok(Flow::Value(_)) => self.next(m),
            Ok(Flow::Enter(entry)) => self.wait(entry),
            Err(raise) if m.heap.is_instance(raise.exception, types::ATTRIBUTE_ERROR) => self.next(m),
            Err(raise) => Err(raise),
        }
    }

    /// The module is there: whether names of it are wanted.
    fn loaded(mut self, m: &mut Machine) -> Advance {
        self.phase = Phase::Names;
        match m.truth(self.from_list)? {
            Flow::Value(wants_names) => self.wanted(m, wants_names == Value::TRUE),
            Flow::Enter(entry) => self.wait(entry),
        }
    }

    /// What the statement wants of the module.
    fn wanted(mut self, m: &mut Machine, wants_names: bool) -> Advance {
        if !wants_names {
            let result = &self.name[..self.result];
            return match m.loaded_module(result) {
                Some(module) => Ok(Progress::Done(module)),
                None if self.result == self.name.len() => Ok(Progress::Done(self.parent)),
                None => Ok(m.begin(Self::new(result, None, result.len()))?.into()),
            };
        }
        self.phase = Phase::Path;
        let path = m.get_attr_or(self.parent, names::PATH, Value::NOT_IMPLEMENTED);
        match path? {
            Flow::Value(path) => self.with_path(m, path),
            Flow::Enter(entry) => self.wait(entry),
        }
    }

    fn with_path(self, m: &mut Machine, path: Value) -> Advance {
        if path == Value::NOT_IMPLEMENTED { Ok(Progress::Done(self.parent)) } else { self.item(m, 0) }
    }

    /// Goes on with the name at `index` of the from list.
    fn item(mut self, m: &mut Machine, mut index: usize) -> Advance {
        loop {
            let Some(items) = m.heap.items_of(self.from_list) else {
                return Err(m.unsupported("a from list that is neither a list nor a tuple"));
            };
            let Some(name) = items.get(index).copied() else { return Ok(Progress::Done(self.parent)) };
            let Some(text) = m.heap.text_of(name).cloned() else {
                return Err(self.wrong_item(m, name));
            };
            let star = text == *"*";
            let wanted =
                if star { names::DUNDER_ALL } else { name.handle().expect("a str is a heap object") };
            if star && self.from_all {
                index += 1;
                continue;
            }
            self.phase = if star { Phase::All } else { Phase::Item(index) };
            let flow = if star {
                m.get_attr_or(self.parent, wanted, Value::NONE)
            } else {
                m.has_attr(self.parent, wanted)
            };
            return match flow? {
                Flow::Value(value) => self.asked(m, value),
                Flow::Enter(entry) => self.wait(entry),
            };
        }
    }

    fn wrong_item(&self, m: &mut Machine, item: Value) -> Raise {
        let class = m.class_name(item);
        let place = if self.from_all { format!("{}.__all__", self.name) } else { "``from list''".to_owned() };
        m.type_error(format!("Item in {place} must be str, not {class}"))
    }

    /// What the package said to a question about a name.
    fn asked(mut self, m: &mut Machine, answer: Value) -> Advance {
        match self.phase {
            Phase::All if answer.is_none() => Ok(Progress::Done(self.parent)),
            Phase::All => {
                (self.from_list, self.from_all) = (answer, true);
                self.item(m, 0)
            }
            Phase::Item(index) if answer == Value::TRUE => self.item(m, index + 1),
            Phase::Item(index) => {
                let name = self.item_name(&m.heap, index);
                self.phase = Phase::ItemModule(index);
                match m.begin(Self::new(&name, None, name.len())) {
                    Ok(Flow::Value(_)) => self.item(m, index + 1),
                    Ok(Flow::Enter(entry)) => self.wait(entry),
                    Err(raise) if self.catches(&m.heap, raise.exception) => self.item(m, index + 1),
                    Err(raise) => Err(raise),
                }
            }
            Phase::Part
            | Phase::Asked
            | Phase::ParentPath
            | Phase::Finding
            | Phase::Machinery
            | Phase::Finders
            | Phase::Installing
            | Phase::Warned(..)
            | Phase::Body(_)
            | Phase::Bind
            | Phase::Names
            | Phase::Path
            | Phase::ItemModule(_) => panic!("a question about a name was asked"),
        }
    }

    /// The absolute name that the item of the from list has as a module.
    fn item_name(&self, heap: &Heap, index: usize) -> String {
        let item = heap.items_of(self.from_list).and_then(|items| items.get(index).copied());
        let item = item.and_then(|item| heap.text_of(item)).map(Str::to_string_lossy);
        format!("{}.{}", self.name, item.unwrap_or_default())
    }
}

impl NativeTask for ImportModule {
    fn advance(self, m: &mut Machine, input: Input) -> Advance {
        if let Input::Raised(exception) = input
            && goes_through_machinery(&m.heap, exception)
        {
            m.trim_machinery(exception);
            if self.is_failure(&m.heap, exception) {
                self.abandon(m);
                return Err(Raise::passed(exception));
            }
        }
        match (self.phase.clone(), input) {
            (Phase::Part, _) => self.begin(m),
            (Phase::Machinery, _) => self.ask_finders(m),
            (Phase::Finders, Input::Value(module)) => self.given(m, module),
            (Phase::Finders, input) => panic!("a module is given, not {input:?}"),
            (Phase::Installing, _) => self.next(m),
            (Phase::Asked, _) => self.next(m),
            (Phase::ParentPath, Input::Value(path)) => self.find(m, path),
            (Phase::ParentPath, _) => Err(self.no_package(m)),
            (Phase::Finding, _) => self.found(m),
            (Phase::Warned(loading, code), _) => self.run(m, loading, code),
            (Phase::Body(loading), _) => self.executed(m, loading),
            (Phase::Bind, _) => self.next(m),
            (Phase::Names, input) => self.wanted(m, input == Input::Value(Value::TRUE)),
            (Phase::Path, Input::Value(path)) => self.with_path(m, path),
            (Phase::Path, _) => Ok(Progress::Done(self.parent)),
            (Phase::Item(_) | Phase::All, Input::Value(answer)) => self.asked(m, answer),
            (Phase::Item(_) | Phase::All, _) => self.asked(m, Value::NONE),
            (Phase::ItemModule(index), _) => self.item(m, index + 1),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.parent, self.from_list].into_iter().for_each(&mut *visit);
        if let Phase::Warned(_, code) = self.phase {
            visit(Value::object(code));
        }
        if let Phase::Body(Loading { module, spec }) | Phase::Warned(Loading { module, spec }, _) = self.phase
        {
            visit(Value::object(module));
            visit(Value::object(spec));
        }
    }

    fn title(&self, heap: &Heap) -> String {
        match self.phase {
            Phase::Part | Phase::ParentPath | Phase::Finding | Phase::Finders => {
                format!("import: looking for {}", self.part())
            }
            Phase::Machinery => "import: importing the library's machinery".to_owned(),
            Phase::Installing => "import: making what the machinery needs".to_owned(),
            Phase::Asked => format!("import: {} asks the outside what it has", self.part()),
            Phase::Warned(..) | Phase::Body(_) => format!("import: running {}", self.part()),
            Phase::Bind => format!("import: binding {} in its package", self.part()),
            Phase::Names => "import: asking for the truth of the from list".to_owned(),
            Phase::Path | Phase::All => format!("import: asking {} for its names", self.name),
            Phase::Item(index) | Phase::ItemModule(index) => {
                format!("import: looking for {}", self.item_name(heap, index))
            }
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        goes_through_machinery(heap, exception) || !self.is_failure(heap, exception)
    }

    fn abandon(self, m: &mut Machine) {
        if let Phase::Body(loading) | Phase::Warned(loading, _) = self.phase {
            self.give_up(m, loading);
        }
    }
}

/// Whether a name is one of the modules that the machinery is.
fn is_machinery(name: &str) -> bool {
    [CORE, EXTERNAL].contains(&name)
}

impl ImportModule {
    /// Whether the import fails with an exception that something has raised on the way.
    fn is_failure(&self, heap: &Heap, exception: Value) -> bool {
        !match self.phase {
            Phase::ParentPath | Phase::Bind => heap.is_instance(exception, types::ATTRIBUTE_ERROR),
            // A name that is no module is for `IMPORT_FROM` to miss.
            Phase::ItemModule(index) if heap.is_instance(exception, types::MODULE_NOT_FOUND_ERROR) => {
                let Some(Payload::Exception(object)) = heap.payload_of(exception) else { return false };
                let name = object.fields.get(fields::NAME).copied().flatten();
                let name = name.and_then(|name| heap.text_of(name));
                name.is_some_and(|name| *name == *self.item_name(heap, index).as_str())
            }
            Phase::Part
            | Phase::Asked
            | Phase::Finding
            | Phase::Machinery
            | Phase::Finders
            | Phase::Installing
            | Phase::Warned(..)
            | Phase::Body(_)
            | Phase::Names
            | Phase::Path
            | Phase::Item(_)
            | Phase::All
            | Phase::ItemModule(_) => false,
        }
    }
}

/// `from module import name`, where the module's `__getattr__` is asked.
#[derive(Clone, Debug, Hash)]
pub struct ImportFrom {
    module: Value,
    name: Handle,
}

impl ImportFrom {
    /// Takes what is given, or what `sys.modules` has.
    pub const fn new(module: Value, name: Handle) -> Self {
        Self { module, name }
    }
}

impl NativeTask for ImportFrom {
    fn advance(self, m: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Value(value) => Ok(Progress::Done(value)),
            Input::Start | Input::Exhausted | Input::Raised(_) => {
                Ok(m.import_from_modules(self.module, self.name)?.into())
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.module);
        visit(Value::object(self.name));
    }

    fn title(&self, heap: &Heap) -> String {
        format!("import: asking a module for {}", heap.text(self.name).to_string_lossy())
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}
