"""match."""


def kinds(v):
    match v:
        case 0 | -1 | 1.5 | -2j | 1 + 2j | "s" | b"b": return "literal"
        case None | True | False: return "singleton"
        case A.b.c: return "value"
        case []: return "empty"
        case [_]: return "one"
        case [1, x]: return x
        case [first, *rest] if rest: return first
        case [*_, last]: return last
        case (a, _, *_, z) as whole: return a, z, whole
        case [[x, y], *_] | [*_, [y, x]]: return x, y
        case {}: return "mapping"
        case {"a": 1, "b": [b, *_], **rest}: return b, rest
        case {A.k: {"deep": d}, -1: 2}: return d
        case int(): return "int"
        case str(s) | bytes(s): return s
        case Point(0, y=0): return "origin"
        case Point(x, y=Point(y, _), z=_) if x and y or not x: return x
        case {"x": (1 | 2 | 3) as n}: return n
        case _: return "other"


def last(v):
    match v, 1:
        case a, b if a:
            pass
        case _ if v:
            pass
    match v:
        case x: return x
    match v:
        case {**rest}: pass
        case "a" "b": pass
    match(v)
    case = match = 1
    match [case]:
        case [_, _, _]: pass
        case [a, _, *_]: pass
        case [*a]: pass
