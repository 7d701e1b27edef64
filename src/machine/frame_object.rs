//! Frames as objects of Python: made when somebody asks, and kept alive by those who hold them.

use super::Machine;
use super::frame::{Frame, FrameId, PythonFrame};
use super::object::exception::FrameObject;
use super::object::generator::Generator;
use super::object::{Payload, types};
use super::value::{Handle, Slot, Value};
use crate::code::CodeUnit;
use crate::code::object::flags;

impl Machine {
    /// The Python frame on top as an object.
    pub(super) fn top_frame_object(&mut self) -> Handle {
        let top = self.thread.frames.len() - 1;
        self.frame_object_at(top)
    }

    /// The newest Python frame on the frame chain as an object.
    pub(super) fn caller_object(&mut self) -> Option<Value> {
        let newest = self.thread.frames.iter().rposition(|frame| matches!(frame, Frame::Python(_)))?;
        Some(Value::object(self.frame_object_at(newest)))
    }

    /// The Python frame so many Python frames below the newest one as an object.
    pub(super) fn frame_object_below(&mut self, depth: usize) -> Option<Value> {
        let id = self.thread.python_frames().nth(depth)?.id;
        let index = self.frame_index(id)?;
        Some(Value::object(self.frame_object_at(index)))
    }

    fn frame_object_at(&mut self, index: usize) -> Handle {
        let Frame::Python(frame) = &self.thread.frames[index] else {
            panic!("a Python frame is there");
        };
        if let Some(object) = frame.object {
            return object;
        }
        let object = new_object(frame);
        let handle = self.heap.alloc(types::FRAME, Payload::Frame(Box::new(object)));
        self.heap.retain_handle(handle);
        if let Frame::Python(frame) = &mut self.thread.frames[index] {
            frame.object = Some(handle);
        }
        handle
    }

    /// The frame that a generator keeps as an object; the running one too.
    pub(super) fn generator_frame_object(&mut self, generator: Handle) -> Option<Value> {
        let owner = super::frame::Owner::Generator(generator);
        let running = self
            .thread
            .frames
            .iter()
            .position(|frame| matches!(frame, Frame::Python(frame) if frame.owner == owner));
        if let Some(index) = running {
            return Some(Value::object(self.frame_object_at(index)));
        }
        let Payload::Generator(payload) = self.heap.payload(generator) else { return None };
        let frame = payload.frame.as_ref()?;
        if let Some(object) = frame.object {
            return Some(Value::object(object));
        }
        let object = new_object(frame);
        let handle = self.heap.alloc(types::FRAME, Payload::Frame(Box::new(object)));
        self.heap.retain_handle(handle);
        if let Payload::Generator(generator) = self.heap.payload_mut(generator)
            && let Some(frame) = &mut generator.frame
        {
            frame.object = Some(handle);
        }
        Some(Value::object(handle))
    }

    /// `f_back`: the frame that called, as an object.
    pub(super) fn frame_back(&mut self, frame: Handle) -> Option<Value> {
        let Payload::Frame(object) = self.heap.payload(frame) else { return None };
        if object.ended {
            return object.back;
        }
        let index = self.frame_index(object.id)?;
        let below = self.thread.frames[..index]
            .iter()
            .rposition(|frame| matches!(frame, Frame::Python(frame) if frame.has_begun()))?;
        Some(Value::object(self.frame_object_at(below)))
    }

    fn frame_index(&self, id: FrameId) -> Option<usize> {
        self.thread.frames.iter().position(|frame| matches!(frame, Frame::Python(frame) if frame.id == id))
    }

    /// The frame behind a frame object, while it runs or a generator keeps it.
    pub(super) fn live_frame(&self, id: FrameId) -> Option<&PythonFrame> {
        let running = self.thread.python_frames().find(|frame| frame.id == id);
        running.or_else(|| {
            self.heap.objects().find_map(|(_, object)| match object.payload() {
                Payload::Generator(generator) => kept(generator, id),
                _ => None,
            })
        })
    }

    /// The same, to change it.
    pub(super) fn live_frame_mut(&mut self, id: FrameId) -> Option<&mut PythonFrame> {
        if let Some(index) = self.frame_index(id) {
            return match &mut self.thread.frames[index] {
                Frame::Python(frame) => Some(&mut **frame),
                Frame::Native(_) | Frame::Unwind(_) => None,
            };
        }
        let keeper = self.heap.objects().find_map(|(handle, object)| match object.payload() {
            Payload::Generator(generator) => kept(generator, id).map(|_| handle),
            _ => None,
        })?;
        match self.heap.payload_mut(keeper) {
            Payload::Generator(generator) => generator.frame.as_deref_mut(),
            _ => None,
        }
    }

    /// `f_lasti` of a frame object, in code units.
    pub(super) fn frame_at(&self, frame: &FrameObject) -> CodeUnit {
        if frame.ended { frame.at } else { self.live_frame(frame.id).map_or(frame.at, |frame| frame.last) }
    }

    /// The fast locals of a frame object, where they are now.
    pub(super) fn frame_locals<'a>(&'a self, frame: &'a FrameObject) -> &'a [Slot] {
        if frame.ended {
            return &frame.locals;
        }
        self.live_frame(frame.id).map_or(&[], |frame| frame.locals())
    }

    /// Moves the fast locals of a frame that ends into its object, if somebody else holds that.
    pub(super) fn keep_frame_object(&mut self, frame: &mut PythonFrame) {
        let Some(handle) = frame.object.filter(|handle| self.heap.count(*handle) != Some(1)) else { return };
        // Who resumes a generator is not what called it.
        let back = if frame.code.code.flags & RESUMED != 0 { None } else { self.caller_object() };
        if let Some(back) = back {
            self.heap.retain(back);
        }
        let locals: Box<[Slot]> = frame.locals().iter().map(|slot| owned(&mut self.heap, *slot)).collect();
        if let Payload::Frame(object) = self.heap.payload_mut(handle) {
            object.locals = locals;
            object.back = back;
            object.at = frame.last;
            object.ended = true;
        }
    }
}

/// The flags of code whose frames a generator or coroutine keeps.
const RESUMED: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

/// A slot that counts what it holds, whatever becomes of the place that it is a copy of.
fn owned(heap: &mut super::heap::Heap, slot: Slot) -> Slot {
    match slot.value() {
        Some(value) => {
            heap.retain(value);
            Slot::owned(value)
        }
        None => slot,
    }
}

fn new_object(frame: &PythonFrame) -> FrameObject {
    FrameObject {
        id: frame.id,
        code: frame.code.clone(),
        code_handle: frame.code_handle,
        globals: frame.globals,
        function: frame.function,
        namespace: frame.namespace,
        back: None,
        at: frame.last,
        locals: Box::default(),
        added: Vec::new(),
        overwritten: Vec::new(),
        ended: false,
        trace: None,
        trace_lines: true,
        trace_opcodes: false,
    }
}

fn kept(generator: &Generator, id: FrameId) -> Option<&PythonFrame> {
    generator.frame.as_deref().filter(|frame| frame.id == id)
}
