"""Writes what CPython 3.14 makes of every program in samples/ and tests/programs/.

    python3 tests/expected/regenerate.py PYTHON3.14 [PROGRAM ...]
    python3.14 tests/expected/regenerate.py --code PROGRAM       the code objects, in full, to standard output
    python3.14 tests/expected/regenerate.py --trace PROGRAM      the rows, in full, to standard output

For each program, beside this script and under the program's own path:

NAME.out    how the program ends and what it prints, the project's folder written as {root}
NAME.code   every field of every code object
NAME.dis    what `python -m dis` prints, with different options, addresses left out
NAME.trace  every executed instruction with the value stack before it

What is in tests/compile is compiled only and has a NAME.code alone; for each program in refused.txt there,
which are parted by lines of ====, expected/compile/refused.txt has what CPython says, parted likewise.

NAME.ast    for what is in tests/ast and tests/compile: what `python -m ast` prints, with different options

For each program in tests/ast/cases.txt, whose options stand above it, expected/ast/cases.txt has a line with
the exit status and the digest of what `python -m ast` prints; expected/ast/nodes.txt lists the nodes there are.

A folder with a main.py is one program of several files: the others are what that one imports.

expected/pyc holds compiled files as CPython writes them: of what is in tests/compile and of the samples, tied
to their sources by hashes, so that they do not change with the time.  NAME.O2.pyc is compiled with -OO.

What is in tests/programs/warnings is run with the filters that CPython begins with; all else gives no warnings.

What is in tests/programs/untraced has no NAME.trace: its rows hold addresses, or hang on how many frames
the tracer has of its own.

A sample's code objects, first rows and plain listing are written out.  All else is a CRC-32 for each
field, for each 100 rows, or for each listing, so that a difference can be found and the files stay small.

The columns of a row: depth on the frame chain, qualified name, line, offset in bytes, opcode, argument,
and the value stack from the bottom up.  CPython raises no dependable event for RESUME, EXTENDED_ARG and
what stands before a code object's first RESUME; those are no rows.
"""

import ast
import contextlib
import ctypes
import dis
import io
import os
import py_compile
import re
import struct
import subprocess
import sys
import types
import warnings
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
UNTRACED = os.path.join("tests", "programs", "untraced", "")
WARNED = os.path.join("tests", "programs", "warnings", "")
COMPILED = os.path.join("tests", "compile", "")
PARSED = os.path.join("tests", "ast", "")
CASES = os.path.join(ROOT, "tests", "ast", "cases.txt")
REFUSED = os.path.join(ROOT, "tests", "compile", "refused.txt")
EXPECTED = os.path.join(ROOT, "tests", "expected")

READABLE_ROWS = 200
ROWS_PER_DIGEST = 100
MOST_ROWS = 20_000
DIS_OPTIONS = [(), ("-C",), ("-O",), ("-P",), ("-S",), ("-C", "-O", "-P", "-S")]
AST_OPTIONS = [(), ("-a",), ("-O", "1", "-a"), ("-O", "2", "-i", "0"), ("--no-type-comments", "-i", "1"), ("--show-empty",)]


def main():
    arguments = sys.argv[1:]
    if arguments[:1] == ["--code"]:
        print_all(code_in_full(load(arguments[1])))
    elif arguments[:1] == ["--trace"]:
        Tracer(arguments[1], sys.stdout).run()
    elif arguments[:1] == ["--trace-to"]:
        with open(arguments[1], "w", encoding="utf-8") as out:
            Tracer(arguments[2], out).run()
    elif arguments[:1] == ["--write-code"]:
        for program in arguments[1:]:
            write(program, "code", code_in_full(load(program)) if is_sample(program) else code_digests(load(program)))
    elif arguments[:1] == ["--write-nodes"]:
        write(os.path.join(PARSED, "nodes.py"), "txt", nodes())
        write(os.path.join(PARSED, "cases.py"), "txt", case_lines())
    elif arguments[:1] == ["--write-pyc"]:
        write_pyc(arguments[1], int(arguments[2]))
    elif arguments[:1] == ["--write-refused"]:
        write(os.path.join(COMPILED, "refused.py"), "txt", refusals())
    elif arguments:
        regenerate(arguments[0], arguments[1:] or programs())
    else:
        sys.exit(__doc__)


def regenerate(python, wanted):
    """Runs this script under CPython 3.14, once for each program so that none sees another's objects."""
    python = os.path.abspath(python)
    environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONWARNINGS="ignore", NO_COLOR="1", PYTHONDONTWRITEBYTECODE="1")
    version = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True)
    if version.stdout.split() != ["3", "14"]:
        sys.exit(f"{python} is not CPython 3.14")

    def run(*command):
        kept = dict(environment)
        if any(word.startswith(WARNED) for word in command):
            del kept["PYTHONWARNINGS"]
        return subprocess.run([python, *command], cwd=ROOT, env=kept, stdin=subprocess.DEVNULL, capture_output=True)

    wanted = [os.path.relpath(os.path.abspath(program), ROOT) for program in wanted]
    own = os.path.join("tests", "expected", "regenerate.py")
    run(own, "--write-code", *(program for program in wanted if not program.startswith(PARSED))).check_returncode()
    run(own, "--write-refused").check_returncode()
    run(own, "--write-nodes").check_returncode()
    for program in wanted:
        if program.startswith(COMPILED) or is_sample(program):
            for level in "02" if program.startswith(COMPILED) else "0":
                run(own, "--write-pyc", program, level).check_returncode()
        if program.startswith((COMPILED, PARSED)):
            trees = {options: run("-m", "ast", *options, program) for options in AST_OPTIONS}
            for tree in trees.values():
                tree.check_returncode()
            write(program, "ast", tree_lines({options: tree.stdout for options, tree in trees.items()}))
            continue
        listings = {options: run("-m", "dis", *options, program).stdout for options in DIS_OPTIONS}
        write(program, "dis", listing_lines(listings, is_sample(program)))
        done = run(program)
        write(program, "out", ending(done))
        if program.startswith(UNTRACED):
            continue
        rows = target(program, "rows")
        run(own, "--trace-to", rows, program)
        with open(rows, encoding="utf-8") as file:
            write(program, "trace", trace_lines(file.read().splitlines(), is_sample(program)))
        os.unlink(rows)


def programs():
    found = []
    for folder in ("samples", os.path.join("tests", "programs"), COMPILED, PARSED):
        for path, folders, names in os.walk(os.path.join(ROOT, folder)):
            folders.sort()
            if "main.py" in names:
                names, folders[:] = ["main.py"], []
            found += [os.path.join(path, name) for name in sorted(names) if name.endswith(".py")]
    return found


def write_pyc(program, level):
    """The compiled file of a program; those with -OO have a hash that is checked, so that there are both."""
    name = program.removeprefix("tests" + os.sep).removesuffix(".py") + (f".O{level}" if level else "") + ".pyc"
    modes = py_compile.PycInvalidationMode
    mode = modes.CHECKED_HASH if level else modes.UNCHECKED_HASH
    file = os.path.join(EXPECTED, "pyc", name)
    py_compile.compile(program, file, program, doraise=True, optimize=level, invalidation_mode=mode)


def refusals():
    """For each program in refused.txt: warnings with their lines; exception, where it begins and ends, message."""
    with open(REFUSED, encoding="utf-8", newline="\n") as file:
        sources = file.read().split("====\n")
    for number, source in enumerate(sources):
        if number:
            yield "===="
        with warnings.catch_warnings(record=True) as given:
            warnings.simplefilter("always")
            try:
                compile(source, "<refused>", "exec", dont_inherit=True)
            except SyntaxError as error:
                place = f"{error.lineno}:{error.offset} to {error.end_lineno}:{error.end_offset}"
                refusal = f"{type(error).__name__} {place} {error.msg}"
            else:
                sys.exit(f"CPython compiles this:\n{source}")
        yield from (f"{warning.lineno}: {warning.message}" for warning in given)
        yield refusal


def is_sample(program):
    return program.startswith("samples" + os.sep)


def target(program, ending):
    inside = program.removeprefix("tests" + os.sep)
    path = os.path.join(EXPECTED, inside.removesuffix(".py") + "." + ending)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def write(program, ending, lines):
    with open(target(program, ending), "w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)


def print_all(lines):
    for line in lines:
        print(line)


def without_addresses(text):
    """Numbers such as those in the repr of an object differ from run to run."""
    return re.sub(" at 0x[0-9a-f]+", " at 0x", text)


def digest(lines):
    return f"{zlib.crc32("".join(line + "\n" for line in lines).encode("utf-8", "surrogatepass")):08x}"


def ending(done):
    """Exit status and both outputs, each line with a mark before it, so that a missing last newline shows."""
    yield f"exit {done.returncode}"
    for mark, output in (("1", done.stdout), ("2", done.stderr)):
        lines = without_addresses(output.decode()).replace(ROOT, "{root}").split("\n")
        if lines[-1] != "":
            lines[-1] += "{no newline}"
        else:
            lines.pop()
        yield from (f"{mark}|{line}" for line in lines)


def listing_lines(listings, readable):
    """The plain listing, and for each choice of options the digest."""
    for options, output in listings.items():
        lines = without_addresses(output.decode()).splitlines()
        yield f"= dis {" ".join(options)}".rstrip() + f" {digest(lines)}"
        if readable and not options:
            yield from lines


def tree_lines(trees):
    """For each choice of options the digest."""
    for options, output in trees.items():
        yield f"= ast {" ".join(options)}".rstrip() + f" {digest(output.decode().splitlines())}"


def cases():
    """Options and text of each case."""
    with open(CASES, encoding="utf-8") as file:
        for case in file.read().removeprefix("== ").removesuffix("\n").split("\n== "):
            options, _, text = case.partition("\n")
            yield options.split(), text


def case_lines():
    for options, text in cases():
        sys.stdin, output = io.TextIOWrapper(io.BytesIO(text.encode())), io.StringIO()
        try:
            with contextlib.redirect_stdout(output):
                ast.main(options)
        except SyntaxError:
            yield "1"
        else:
            yield f"0 {digest(output.getvalue().splitlines())}"


def nodes():
    """The names of all nodes that a tree may have; the others are kept for old programs."""
    for name, node in sorted(vars(ast).items()):
        if isinstance(node, type) and issubclass(node, ast.AST) and not node.__subclasses__():
            if node.__doc__ and node.__doc__.startswith(name):
                yield name


# Code objects.


def load(program):
    with open(program, "rb") as file:
        return compile(file.read(), program, "exec", dont_inherit=True)


def code_objects(code):
    """The code object and all those in it, outer ones first."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from code_objects(constant)


def fields(code):
    """Every field, as a name and its lines."""
    yield "head", [
        f"name {code.co_name}  first line {code.co_firstlineno}  flags {code.co_flags:#x}  stack size {code.co_stacksize}",
        f"parameters {code.co_argcount}  positional only {code.co_posonlyargcount}  keyword only {code.co_kwonlyargcount}",
    ]
    yield "names", list(code.co_names)
    yield "locals", [f"{kind} {name}" for kind, name in kinds(code)]
    yield "consts", [constant(value) for value in code.co_consts]
    yield "code", [f"{offset} {op} {arg}" for offset, op, arg in instructions(code)]
    yield "lines", list(positions(code))
    yield "linetable", hexadecimal(code.co_linetable)
    yield "exceptions", [
        f"{entry.start} to {entry.end} -> {entry.target} depth {entry.depth}{" lasti" if entry.lasti else ""}"
        for entry in dis._parse_exception_table(code)
    ]
    yield "exceptiontable", hexadecimal(code.co_exceptiontable)


def kinds(code):
    for name in code.co_varnames:
        yield ("local and cell" if name in code.co_cellvars else "local"), name
    for name in code.co_cellvars:
        if name not in code.co_varnames:
            yield "cell", name
    for name in code.co_freevars:
        yield "free", name


def constant(value):
    """Type and value; floats by their bits, so that 0.0 and -0.0 differ, and text in plain ASCII."""
    match value:
        case types.CodeType():
            return f"code {value.co_qualname}"
        case frozenset():
            return f"frozenset({", ".join(sorted(map(constant, value)))})"
        case tuple():
            return f"tuple({", ".join(map(constant, value))})"
        case slice():
            return f"slice({", ".join(map(constant, (value.start, value.stop, value.step)))})"
        case float():
            return f"float {bits(value)}"
        case complex():
            return f"complex {bits(value.real)} {bits(value.imag)}"
        case str():
            return f"str {escaped(map(ord, value))}"
        case bytes():
            return f"bytes {escaped(value)}"
        case _:
            return f"{type(value).__name__} {value}"


def bits(number):
    return struct.pack(">d", number).hex()


def escaped(codes):
    plain = (chr(code) if 32 <= code < 127 and code not in b'"\\' else f"\\u{{{code:x}}}" for code in codes)
    return '"' + "".join(plain) + '"'


def instructions(code):
    """Every unit that is an instruction, as it stands in the bytes: offset, name, own argument byte."""
    raw, offset = code.co_code, 0
    while offset < len(raw):
        name = dis.opname[raw[offset]]
        yield offset, name, raw[offset + 1]
        offset += 2 + 2 * dis._inline_cache_entries.get(name, 0)


def positions(code):
    """The places in the source, one row for each run of code units that share one."""
    start, last = 0, None
    for unit, place in enumerate([*code.co_positions(), None]):
        if unit and place != last:
            line, end_line, column, end_column = ("?" if part is None else part for part in last)
            yield f"{2 * start} {line}:{column} to {end_line}:{end_column}"
            start = unit
        last = place


def hexadecimal(data):
    return [data[at : at + 32].hex() for at in range(0, len(data), 32)]


def code_in_full(module):
    for code in code_objects(module):
        yield f"= {code.co_qualname}"
        for name, lines in fields(code):
            yield f"- {name}"
            yield from lines


def code_digests(module):
    for code in code_objects(module):
        yield f"= {code.co_qualname}"
        yield " ".join(f"{name} {digest(lines)}" for name, lines in fields(code))


# Traces.


def trace_lines(rows, readable):
    if readable:
        yield from rows[:READABLE_ROWS]
    complete = "all" if len(rows) < MOST_ROWS else "the first"
    yield f"= {complete} {len(rows)} rows"
    for start in range(0, len(rows), ROWS_PER_DIGEST):
        yield digest(rows[start : start + ROWS_PER_DIGEST])


class InterpreterFrame(ctypes.Structure):
    """CPython 3.14's _PyInterpreterFrame, up to the first of its local variables."""

    _fields_ = [
        ("executable", ctypes.c_void_p),
        ("previous", ctypes.c_void_p),
        ("function", ctypes.c_void_p),
        ("globals", ctypes.c_void_p),
        ("builtins", ctypes.c_void_p),
        ("locals", ctypes.c_void_p),
        ("frame", ctypes.c_void_p),
        ("instruction", ctypes.c_void_p),
        ("stack_pointer", ctypes.c_void_p),
        ("return_offset", ctypes.c_uint16),
        ("owner", ctypes.c_char),
    ]


class FrameObject(ctypes.Structure):
    """CPython 3.14's PyFrameObject, up to its pointer to the frame proper."""

    _fields_ = [
        ("refcount", ctypes.c_ssize_t),
        ("type", ctypes.c_void_p),
        ("back", ctypes.c_void_p),
        ("inner", ctypes.POINTER(InterpreterFrame)),
    ]


SHOWN_BY_REPR = (type(None), bool, int, float, complex, str, bytes, types.EllipsisType)
SHOWN_BY_NAME = (type, types.FunctionType, types.BuiltinFunctionType)
LONGEST_REPR = 60


def stack_slots(frame):
    """The slots of the frame's value stack, bottom first, each as the word that is in memory."""
    inner = FrameObject.from_address(id(frame)).inner
    code = frame.f_code
    fast_locals = len({*code.co_varnames, *code.co_cellvars}) + len(code.co_freevars)
    first = ctypes.addressof(inner.contents) + ctypes.sizeof(InterpreterFrame) + fast_locals * 8
    count = (inner.contents.stack_pointer - first) // 8
    return (ctypes.c_size_t * count).from_address(first)


def show_slot(word):
    """A slot's two lowest bits are CPython's tag: 3 is a number kept in the slot itself."""
    tag, address = word & 3, word & ~3
    if address == 0:
        return "NULL"
    if tag == 3:
        return f"tagged {word >> 2}"
    value = ctypes.cast(address, ctypes.py_object).value
    kind = type(value)
    if kind in SHOWN_BY_REPR:
        text = repr(value)
        return f"{kind.__name__} {text if len(text) <= LONGEST_REPR else text[:LONGEST_REPR] + "…"}"
    if kind in SHOWN_BY_NAME:
        return f"{kind.__name__} {value.__qualname__}"
    return kind.__name__


class Finished(BaseException):
    """The trace is long enough."""


class Tracer:
    """Runs a program and writes a row before each of its instructions."""

    def __init__(self, program, out):
        self.program, self.out, self.written = program, out, 0
        self.code = load(program)
        self.own = set(code_objects(self.code))
        self.table = {code: self.rows_of(code) for code in self.own}

    @staticmethod
    def rows_of(code):
        """The columns that are known before the program runs, for each offset that has a row."""
        lines = {offset: line for start, end, line in code.co_lines() for offset in range(start, end, 2)}
        table, argument, started = {}, 0, False
        for offset, name, byte in instructions(code):
            argument = argument << 8 | byte
            if name == "EXTENDED_ARG":
                continue
            if started and name != "RESUME":
                shown = argument if dis.opmap[name] in dis.hasarg else None
                table[offset] = lines.get(offset), name, shown
            started = started or name == "RESUME"
            argument = 0
        if not started:
            raise SystemExit(f"{code.co_qualname} has no RESUME")
        return table

    def run(self):
        if probe() != ["int 7", "int 8"]:
            raise SystemExit("this CPython lays out its frames in another way")
        monitoring = sys.monitoring
        tool = monitoring.DEBUGGER_ID
        monitoring.use_tool_id(tool, "regenerate")
        monitoring.register_callback(tool, monitoring.events.INSTRUCTION, self.row)
        for code in self.own:
            monitoring.set_local_events(tool, code, monitoring.events.INSTRUCTION)
        module = types.ModuleType("__main__")
        module.__file__, module.__builtins__, module.__cached__ = self.program, __builtins__, None
        sys.modules["__main__"] = module
        sys.argv = [self.program]
        sys.path[0] = os.path.dirname(os.path.abspath(self.program))
        try:
            exec(self.code, module.__dict__)
        except BaseException:
            # How it ends is told by NAME.out.  What the exception keeps alive goes untraced.
            self.stop(monitoring, tool)
        self.stop(monitoring, tool)
        os._exit(0)  # objects that outlive the program run no code any more

    def stop(self, monitoring, tool):
        for code in self.own:
            monitoring.set_local_events(tool, code, 0)
        self.out.flush()

    def row(self, code, offset):
        known = self.table[code].get(offset)
        if known is None:
            return
        if self.written == MOST_ROWS:
            raise Finished
        self.written += 1
        frame = sys._getframe(1)
        stack = [show_slot(word) for word in stack_slots(frame)]
        depth = 0
        while frame is not None:
            depth += frame.f_code in self.own
            frame = frame.f_back
        line, name, argument = ("-" if part is None else part for part in known)
        self.out.write("\t".join(map(str, (depth, code.co_qualname, line, offset, name, argument, *stack))) + "\n")


def probe():
    """The values 7 and 8, seen on this function's own value stack below the call that looks at it."""
    number = 7
    seven_eight_stack = number, number + 1, [show_slot(word) for word in stack_slots(sys._getframe())]
    return seven_eight_stack[2][:2]


if __name__ == "__main__":
    main()
