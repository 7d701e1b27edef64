//! Sources that a running program has had compiled: their code objects, warnings and errors, and the frames
//! that run them.

use std::rc::Rc;

use super::super::Machine;
use super::super::ask::{Answer, Compiled, Place, Refused, RefusedKind};
use super::super::frame::Frame;
use super::super::names;
use super::super::native::Scope;
use super::super::object::exceptions::syntax;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

impl Machine {
    /// The code that the outside has made of a source; or the exception.
    pub(in crate::machine) fn compiled_code(&mut self, answer: &Answer) -> Result<Handle, Raise> {
        match answer {
            Answer::Compiled(Ok(compiled)) => self.load_compiled(compiled),
            Answer::Compiled(Err(refused)) => Err(self.refused(refused)),
            other => panic!("a source was to be compiled, and the answer is {other:?}"),
        }
    }

    /// The tree that the outside has made of a source; or the exception.
    pub(in crate::machine) fn parsed_tree(&mut self, answer: &Answer) -> Result<Value, Raise> {
        match answer {
            Answer::Parsed(Ok(parsed)) => Ok(self.tree_objects(&parsed.tree)),
            Answer::Parsed(Err(refused)) => Err(self.refused(refused)),
            other => panic!("a source was to be parsed, and the answer is {other:?}"),
        }
    }

    /// Makes what the compiler gave a code object of this machine.
    pub(in crate::machine) fn load_compiled(&mut self, compiled: &Compiled) -> Result<Handle, Raise> {
        let name = &compiled.code.filename;
        if let Some(text) = &compiled.file_text {
            self.add_source(Rc::clone(name), Rc::clone(text));
        }
        let code = self.load(&compiled.code, Some(Rc::clone(&compiled.text)));
        code.map_err(|wrong| self.system_error(wrong.to_string()))
    }

    /// The exception that a source which cannot be compiled becomes.
    #[cold]
    pub(in crate::machine) fn refused(&mut self, refused: &Refused) -> Raise {
        let class = match refused.kind {
            RefusedKind::Syntax => types::SYNTAX_ERROR,
            RefusedKind::Indentation => types::INDENTATION_ERROR,
            RefusedKind::Tab => types::TAB_ERROR,
            RefusedKind::Incomplete => types::INCOMPLETE_INPUT_ERROR,
            RefusedKind::Recursion => types::RECURSION_ERROR,
            RefusedKind::System => types::SYSTEM_ERROR,
            RefusedKind::Overflow => types::OVERFLOW_ERROR,
            RefusedKind::Value => types::VALUE_ERROR,
            RefusedKind::Type => types::TYPE_ERROR,
        };
        let Some(place) = &refused.place else { return self.raise(class, &refused.message) };
        let fields = self.place_fields(place);
        let message = self.heap.str(refused.message.as_str());
        let raise = if place.in_args {
            let shown = if place.end.is_some() || place.has_no_end { 6 } else { 4 };
            let details = self.heap.tuple(fields[..shown].to_vec());
            self.raise_with(class, vec![message, details])
        } else {
            self.raise_with(class, vec![message])
        };
        for (index, value) in (syntax::FILENAME..).zip(fields) {
            self.set_exception_field(raise.exception, index, Some(value).filter(|value| !value.is_none()));
        }
        if let Some(text) = &place.metadata {
            let (zero, text) = (self.heap.int(0), self.heap.str(&**text));
            let metadata = self.heap.tuple(vec![zero, zero, text]);
            self.set_exception_field(raise.exception, syntax::METADATA, Some(metadata));
        }
        raise
    }

    /// `filename`, `lineno`, `offset`, `text`, `end_lineno`, `end_offset`.
    fn place_fields(&mut self, place: &Place) -> [Value; 6] {
        let mut text = |text: &Option<super::super::text::Str>| match text {
            Some(text) => self.heap.str(text.clone()),
            None => Value::NONE,
        };
        let (filename, line_text) = (text(&place.filename), text(&place.text));
        let (line, column) = (self.heap.int(place.line.into()), self.heap.int(place.column));
        let end = place.end.map(|(line, column)| (self.heap.int(line.into()), self.heap.int(column)));
        let (end_line, end_column) = end.unwrap_or((Value::NONE, Value::NONE));
        [filename, line, column, line_text, end_line, end_column]
    }

    /// A frame that runs code without arguments in these namespaces; `closure` is a tuple of cells.
    pub(in crate::machine) fn code_frame(
        &mut self,
        code: Handle,
        scope: Scope,
        closure: Option<Value>,
    ) -> Result<Frame, Raise> {
        let builtins = self.builtins_of(scope.globals)?;
        let function = self.new_function(code, scope.globals, builtins);
        if let Some(closure) = closure {
            self.heap.retain(closure);
            if let Payload::Function(function) = self.heap.payload_mut(function) {
                function.closure = Some(closure);
            }
        }
        self.frame_of_code(function, scope.locals)
    }

    /// The builtins that code with these globals uses: a dict, or what the program has put there.
    pub(in crate::machine) fn builtins_of(&mut self, globals: Handle) -> Result<Handle, Raise> {
        let Some(found) = self.heap.get_name(globals, names::BUILTINS) else { return Ok(self.builtins) };
        match found.handle().map(|found| (found, self.heap.payload(found))) {
            Some((module, Payload::Module)) => Ok(self.heap.attributes(module)),
            Some((mapping, _)) => Ok(mapping),
            None => Err(self.unsupported("a __builtins__ that is None, a bool, an int or a float")),
        }
    }

    /// Gives globals the `__builtins__` of the frame that runs, where they have none.
    pub(in crate::machine) fn add_builtins(&mut self, globals: Handle) {
        if self.heap.get_name(globals, names::BUILTINS).is_none() {
            let builtins = self.thread().python_frames().next().map_or(self.builtins, |frame| frame.builtins);
            self.heap.set_name(globals, names::BUILTINS, Value::object(builtins));
        }
    }
}
