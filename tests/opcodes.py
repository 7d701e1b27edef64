"""Writes what CPython 3.14 knows of its opcodes to tests/expected/opcodes.json.

    python3.14 tests/opcodes.py

Opcodes that no compiler writes (specialised and instrumented forms) are left out.
"""

import dis
import json
import opcode
import os
import sys

ARGUMENTS = [*range(0, 9), 15, 16, 17, 31, 255, 256, 257, 513, 1000]


def effects(number):
    """Slots gained for each argument: falling through, and going to the target."""
    rows = []
    for argument in ARGUMENTS:
        oparg = argument if number in dis.hasarg or number > 255 else None
        try:
            rows.append([argument, dis.stack_effect(number, oparg, jump=False), dis.stack_effect(number, oparg, jump=True)])
        except ValueError:
            pass
        if oparg is None:
            break
    return rows


def row(name, number):
    kinds = {kind: number in getattr(dis, kind) for kind in ("hasarg", "hasconst", "hasname", "hasjump", "hasfree", "haslocal", "hasexc")}
    fields = [[field, size] for field, size in opcode._cache_format.get(name, {}).items()]
    return {"name": name, "number": number, "caches": fields, **kinds, "effects": effects(number)}


def main():
    assert sys.version_info[:2] == (3, 14), sys.version
    rows = [
        row(name, number)
        for name, number in sorted(opcode.opmap.items(), key=lambda item: item[1])
        if not name.startswith("INSTRUMENTED_") and name != "ENTER_EXECUTOR"
    ]
    tables = {
        "binary_operators": [symbol for _, symbol in opcode._nb_ops],
        "comparisons": list(opcode.cmp_op),
        "intrinsics_1": opcode._intrinsic_1_descs,
        "intrinsics_2": opcode._intrinsic_2_descs,
        "special_methods": opcode._special_method_names,
        "common_constants": [c.__name__ if isinstance(c, type) else repr(c) for c in opcode._common_constants],
        "function_attributes": list(dis.FUNCTION_ATTR_FLAGS),
    }
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected")
    with open(os.path.join(folder, "opcodes.json"), "w", encoding="utf-8", newline="\n") as file:
        file.write('{\n"opcodes": [\n' + ",\n".join(map(json.dumps, rows)) + "\n],\n")
        file.write('"tables": ' + json.dumps(tables, indent=1) + "\n}\n")


main()
