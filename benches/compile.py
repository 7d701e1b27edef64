"""One side of benches/compile.rs: times CPython's `compile()` on the files that standard input names.

For each line, a path, one line is answered: the nanoseconds that bytes to code object took, or `-` where
CPython does not compile the file. An empty line ends it; the answer is the peak of resident memory in KiB.
"""

import sys
import time
import warnings

warnings.simplefilter("ignore")


def nanoseconds(path):
    with open(path, "rb") as file:
        source = file.read()
    start = time.perf_counter_ns()
    try:
        code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    except SyntaxError, ValueError:
        return "-"
    end = time.perf_counter_ns()
    # What is measured ends with the code object; giving it back is not part of it.
    del code
    return end - start


def peak():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return line.split()[1]


for line in sys.stdin:
    path = line.removesuffix("\n")
    print(nanoseconds(path) if path else peak(), flush=True)
