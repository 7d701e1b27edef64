"""Writes what CPython 3.14 makes of expressions of constants to tests/expected/folding.jsonl.

    PYTHONHASHSEED=0 python3.14 tests/folding.py

A line is [expression, code in hexadecimal, repr of each constant].
"""

import itertools
import json
import pathlib
import random
import warnings

warnings.simplefilter("ignore")

INTS = ["0", "1", "2", "7", "255", "256", "10**15", "2**63", "(2**64-1)", "True", "False", "-1", "-3", "-2**70"]
FLOATS = ["0.0", "-0.0", "1.5", "-2.5", "1e308", "-1e-320", "1e400", "-1e400", "(1e400-1e400)", "0.1", "3.0"]
COMPLEXES = ["0j", "-0j", "2j", "(1+2j)", "(-1.5-0.5j)", "1e400j", "(1e400+1e400j)"]
SEQUENCES = ["''", "'ab'", "'h\\xe9\\u3042\\U0001f600'", "'\\ud800'", "b''", "b'xyz'", "()", "(1,2,3)", "((1,2),'a')"]
OTHERS = ["None", "...", "'x'*4096", "(0,)*256", "((1,)*20,)*20"]
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@"]
UNARY = ["-", "+", "~", "not "]
INDICES = ["0", "-1", "2", "5", "True", "None", "1.0", "1:", ":-1", "::2", "::-1", "5:0:-2", "-100:100", "::0", "1:'a'", ":2**70", "-2**70::3", "False:True"]

STATED = [
    "2**128", "2**127", "2**126", "3**81", "1<<128", "1<<127", "(2**64)*(2**63)", "(2**64)*(2**64)", "0<<10**30", "5>>10**30", "-5>>10**30",
    "'ab'*2048", "'ab'*2049", "(1,2)*128", "(1,2)*129", "((1,2),)*200", "((1,)*200,)*6", "'a'*-1", "''*10**30", "()*-5", "0*'abc'",
    "1 if not 2 else 3", "not not 1", "-(-(-1))", "1 < 2", "1 in [1, 2]", "x in {1, 1.0, True, 2}", "x in [1, 'a', None]", "x in {}", "x in {y}",
    "[1, 2, 3]", "[1, 2]", "{1, 2, 3}", "{1, 2}", "[*(1, 2, 3)]", "{*(1, 2)}", "[x for x in [1, 2, 3]]", "[x for x in {1, 2, 3}]", "[x for x in []]",
    "x is None", "x is not None", "1 if x is None else 2", "1 if not (x is None) else 2", "1 if x is not None and y else 2",
    "x and y or z", "not (x and y)", "1 and 2", "0 or x", "x and 1", "'' or 0 or x", "(1, 2)[0]", "(1, (2, 3))[1][0]", "'abc'[1]['x']",
    "f'{1}{\"a\"}{x!r:>{y}}'", "x[1:2]", "x[1:y]", "x[1:2:3]", "x[:, ...]", "lambda: (1, 2)", "(lambda x, *a, k=(1, 2), **b: x)(1)",
    "(" + ",".join(map(str, range(1000, 1031))) + ")", "x in [" + ",".join(map(str, range(1000, 1031))) + "]",
    "x in {" + ",".join(map(str, range(1000, 1031))) + "}", "[" + ",".join(map(str, range(1000, 1031))) + "]", "[" + ",".join(map(str, range(30))) + "]",
]


def expressions():
    yield from STATED
    values = INTS + FLOATS + COMPLEXES + SEQUENCES + OTHERS
    for operator, value in itertools.product(UNARY, values):
        yield f"{operator}({value})"
    for value, index in itertools.product(SEQUENCES, INDICES):
        yield f"{value}[{index}]"
    chance = random.Random(3627)
    pairs = list(itertools.product(values, OPERATORS, values))
    for left, operator, right in chance.sample(pairs, 900):
        yield f"({left}) {operator} ({right})"


def main():
    out = pathlib.Path(__file__).parent / "expected" / "folding.jsonl"
    with out.open("w", encoding="ascii", newline="\n") as file:
        for text in dict.fromkeys(expressions()):
            code = compile(text, "<string>", "eval")
            consts = [repr(c) if not hasattr(c, "co_code") else "<code>" for c in code.co_consts]
            if sum(map(len, consts)) > 500:
                consts = [f"{len(c)} characters, the last {c[-20:]}" for c in consts]
            file.write(json.dumps([text, code.co_code.hex(), consts]) + "\n")


main()
