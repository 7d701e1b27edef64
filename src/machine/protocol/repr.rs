//! `repr()` of objects that have no contents to show: functions, classes, modules, instances.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::names;
use super::super::native::lending;
use super::super::object::function::{Binding, NativeDef};
use super::super::object::{Payload, types};
use super::super::value::{Handle, Value};

impl Machine {
    /// `<class object at 0x…>`, with what a name or state there is.
    pub(super) fn repr_of_object(&mut self, handle: Handle) -> Eval {
        let value = Value::object(handle);
        let address = format!("0x{:x}", self.identity(value));
        let class = self.heap.get(handle).class;
        let text = match self.heap.payload(handle) {
            Payload::Class(_) => format!("<class '{}'>", self.class_title(handle)),
            Payload::Function(function) => {
                format!("<function {} at {address}>", self.str_text(function.qualname))
            }
            Payload::Native(native, receiver) => self.repr_of_native(handle, native, *receiver),
            Payload::Method { function, receiver } => {
                let flow = self.repr_of_method(*function, *receiver)?;
                return Ok(lending("repr", value, flow));
            }
            Payload::Accessor(accessor, owner) => {
                let kind = if accessor.member { "member" } else { "attribute" };
                format!("<{kind} '{}' of '{}' objects>", accessor.name, self.type_name(*owner))
            }
            Payload::Member(member) => {
                format!("<member '{}' of '{}' objects>", member.name, self.type_name(member.owner))
            }
            Payload::Cell(content) => match content {
                None => format!("<cell at {address}: empty>"),
                Some(value) => {
                    let inner = self.identity(*value);
                    format!("<cell at {address}: {} object at 0x{inner:x}>", self.class_name(*value))
                }
            },
            Payload::Code(code) => format!(
                "<code object {} at {address}, file \"{}\", line {}>",
                code.code.name, code.code.filename, code.code.firstlineno
            ),
            Payload::Module => self.repr_of_module(handle),
            Payload::Generator(generator) => {
                let kind = &self.heap.class(class).name;
                format!("<{kind} object {} at {address}>", self.str_text(generator.qualname))
            }
            Payload::Frame(frame) => format!(
                "<frame at {address}, file '{}', line {}, code {}>",
                frame.code.code.filename,
                frame.code.line_at(self.frame_at(frame)).unwrap_or(frame.code.code.firstlineno),
                frame.code.code.name
            ),
            Payload::ClassMethod(function) => return self.repr_wrapped("classmethod", *function),
            Payload::StaticMethod(function) => return self.repr_wrapped("staticmethod", *function),
            Payload::GenericAlias(..) | Payload::UnpackedAlias(..) | Payload::Union(_) => {
                return self.repr_of_generic(value);
            }
            Payload::Super(parts) => {
                let (start, receiver) = (parts[0], parts[2]);
                let title =
                    start.handle().map_or_else(String::new, |class| self.heap.class(class).name.to_string());
                match receiver.handle() {
                    Some(bound) if self.heap.type_of(bound).is_some() => {
                        format!("<super: <class '{title}'>, <{} object>>", self.heap.class(bound).name)
                    }
                    _ => format!("<super: <class '{title}'>, NULL>"),
                }
            }
            Payload::TypeParam(param) => format!("{}{}", param.sign(), self.str_text(param.name)),
            Payload::TypeAlias(alias) => self.str_text(alias.name).to_string(),
            Payload::Slots(_) if self.is_template_part(value) => return self.repr_of_template_part(value),
            Payload::Slots(_) if self.param_spec_of(value).is_some() => {
                return self.repr_of_param_spec_part(value);
            }
            Payload::Slots(_) if class == types::CONST_EVALUATOR => return self.repr_of_evaluator(value),
            Payload::Plain if handle == types::NO_DEFAULT => "typing.NoDefault".to_owned(),
            Payload::Plain if handle == types::UNPACK => "typing.Unpack".to_owned(),
            _ => format!("<{} object at {address}>", self.class_title(class)),
        };
        Ok(self.heap.str(text).into())
    }

    /// The name of a class in its own repr: with its module, unless that is builtins.
    pub(in crate::machine) fn class_title(&self, class: Handle) -> String {
        let qualname = &self.heap.class(class).qualname;
        match self.class_module(class) {
            Some(module) if module != "builtins" => format!("{module}.{qualname}"),
            _ => qualname.to_string(),
        }
    }

    /// `__module__` of a class, where it is a str.
    pub(in crate::machine) fn class_module(&self, class: Handle) -> Option<String> {
        let class = self.heap.class(class);
        match self.heap.get_name(class.namespace, names::MODULE) {
            Some(_) if class.builtin => Some(class.module.to_owned()),
            Some(module) => Some(self.heap.text_of(module)?.to_string_lossy().into_owned()),
            None => Some(class.module.to_owned()),
        }
    }

    fn repr_of_native(&self, handle: Handle, native: &NativeDef, binding: Binding) -> String {
        let name = native.name;
        match (self.heap.get(handle).class, binding) {
            (types::WRAPPER_DESCRIPTOR, Binding::Owner(owner)) => {
                format!("<slot wrapper '{name}' of '{}' objects>", self.type_name(owner))
            }
            (types::BUILTIN_FUNCTION, Binding::Owner(owner)) => {
                let address = self.identity(Value::object(owner));
                format!("<built-in method {name} of type object at 0x{address:x}>")
            }
            (_, Binding::Owner(owner)) => {
                format!("<method '{name}' of '{}' objects>", self.type_name(owner))
            }
            (types::METHOD_WRAPPER, Binding::Receiver(receiver)) => format!(
                "<method-wrapper '{name}' of {} object at 0x{:x}>",
                self.class_name(receiver),
                self.identity(receiver)
            ),
            (_, Binding::Receiver(receiver))
                if !matches!(self.heap.payload_of(receiver), Some(Payload::Module)) =>
            {
                let shown =
                    if self.is_class(receiver) { "type".to_owned() } else { self.class_name(receiver) };
                format!("<built-in method {name} of {shown} object at 0x{:x}>", self.identity(receiver))
            }
            (_, Binding::None | Binding::Module(..) | Binding::Receiver(_)) => {
                format!("<built-in function {name}>")
            }
        }
    }

    /// The folders of a namespace package.
    fn namespace_portions(&self, module: Handle) -> Option<&[Value]> {
        let path = self.heap.own_attribute(module, names::PATH)?;
        (self.heap.class_of(path) == types::NAMESPACE_PATH).then(|| self.heap.items_of(path))?
    }

    /// Whether a module is part of the interpreter: its spec says so.  A program that came from no file
    /// looks like one.
    fn is_builtin_module(&self, module: Handle) -> bool {
        self.heap.own_attribute(module, names::LOADER) == Some(self.builtin_importer())
    }

    /// The repr of a module whose spec says where it was found.
    fn repr_of_located_module(&self, module: Handle) -> Option<String> {
        let spec = self.heap.own_attribute(module, names::SPEC)?.handle()?;
        if !self.is_spec(spec) {
            return None;
        }
        let own = |name| self.heap.own_attribute(spec, name);
        let (name, origin) = (own(names::PLAIN_NAME)?, own(names::PLAIN_ORIGIN)?);
        let (_, place) = (self.heap.text_of(name)?, self.heap.text_of(origin)?);
        let name = self.brief_repr(name);
        Some(if own(names::SET_FILEATTR) == Some(Value::TRUE) {
            format!("<module {name} from {}>", self.brief_repr(origin))
        } else {
            format!("<module {name} ({})>", place.to_string_lossy())
        })
    }

    /// The name and the loader that the repr of a module shows, of which its spec says no more.
    pub(super) fn shown_loader(&self, module: Handle) -> Option<[Value; 2]> {
        let spec =
            self.heap.own_attribute(module, names::SPEC)?.handle().filter(|spec| self.is_spec(*spec))?;
        let own = |name| self.heap.own_attribute(spec, name);
        let (name, loader) = (own(names::PLAIN_NAME)?, own(names::PLAIN_LOADER)?);
        let nowhere = own(names::PLAIN_ORIGIN)?.is_none() && !loader.is_none();
        (nowhere && self.namespace_portions(module).is_none()).then_some([name, loader])
    }

    fn repr_of_module(&self, module: Handle) -> String {
        let text = |name| {
            self.heap
                .own_attribute(module, name)
                .filter(|value| self.heap.text_of(*value).is_some())
                .map(|text| self.brief_repr(text))
        };
        if let Some(shown) = self.repr_of_located_module(module) {
            return shown;
        }
        let name = text(names::NAME).unwrap_or_else(|| "'?'".to_owned());
        match text(names::FILE) {
            Some(file) => format!("<module {name} from {file}>"),
            None if let Some(portions) = self.namespace_portions(module) => {
                let portions: Vec<String> =
                    portions.iter().map(|folder| self.heap.brief(*folder, usize::MAX)).collect();
                format!("<module {name} (namespace) from [{}]>", portions.join(", "))
            }
            None if self.is_builtin_module(module) => format!("<module {name} (built-in)>"),
            None => format!("<module {name}>"),
        }
    }
}
