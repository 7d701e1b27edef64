# Trees that no source could have.
from _ast import *
from _ast import arg, arguments, comprehension, keyword, match_case, withitem

AT = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 1}


def made(cls, *values, **changes):
    """A node with no more than these fields, and a place."""
    node = cls.__new__(cls)
    for name, value in (dict(zip(cls._fields, values)) | AT | changes).items():
        setattr(node, name, value)
    return node


def attempt(tree, mode):
    try:
        compile(tree, "<tree>", mode)
    except Exception as error:
        print(type(error).__name__, error)
    else:
        print("compiled")


def expr(node):
    attempt(Expression(node), "eval")


def stmt(node):
    attempt(Module([node], []), "exec")


def pattern(node):
    stmt(made(Match, name(), [match_case(node, None, [made(Pass)])]))


def name(text="x", context=Load()):
    return made(Name, text, context)


def number(value=1):
    return made(Constant, value)


attempt(3, "eval"), attempt(Module([], []), "eval"), attempt(Expression(name()), "exec")
expr(3), expr(None), expr(Name("x", Load())), expr(made(Name)), expr(made(Name, "x")), expr(name(context=3))
expr(name(3)), expr(name(None)), expr(name("None")), expr(name(context=Store()))
expr(made(BinOp, name(), Add(), None)), expr(made(BinOp, name(), Add, name())), expr(made(BoolOp, And(), [name()]))
expr(made(Tuple, (), Load())), expr(made(Tuple, [None], Load())), expr(made(Dict, [name()], []))
expr(made(Compare, name(), [], [])), expr(made(Compare, name(), [Eq()], [name(), name()]))
expr(made(ListComp, name(), [])), expr(made(ListComp, name(), [comprehension(name(), name(), [], 0)]))
expr(made(ListComp, name(), [comprehension(name("x", Store()), name(), [], "yes")]))
expr(made(Constant, object())), expr(made(Constant, [1])), expr(made(Constant, (1, {2}))), expr(made(Constant, 1, 2))
expr(made(Lambda, arguments(defaults=[name()]), name())), expr(made(Lambda, arguments([], [], None, [made(arg, "k")]), name()))
expr(made(FormattedValue, name(), 5)), expr(made(FormattedValue, name(), 2**40)), expr(made(Yield))
expr(made(NamedExpr, made(Attribute, name(), "a", Store()), name())), expr(made(Attribute, name(), None, Load()))
expr(made(Call, name(), [], [keyword("k", name())]))
stmt(3), stmt(None), stmt(name()), stmt(Pass()), stmt(made(If, name(), [], [])), stmt(made(If, name(), [None], []))
stmt(made(Delete, [])), stmt(made(Delete, [name()])), stmt(made(Assign, [name()], name()))
stmt(made(Assign, [number()], name())), stmt(made(AugAssign, made(Tuple, [], Store()), Add(), name()))
stmt(made(AnnAssign, made(Attribute, name(), "a", Store()), name(), None, 1)), stmt(made(Raise, None, name()))
stmt(made(Try, [made(Pass)], [], [], [])), stmt(made(Try, [made(Pass)], [], [made(Pass)], [made(Pass)]))
stmt(made(With, [], [made(Pass)])), stmt(made(With, [withitem(name(), name())], [made(Pass)]))
stmt(made(Import, [])), stmt(made(ImportFrom, "m", [made(alias, "a")], -1)), stmt(made(Global, [])), stmt(made(Global, [3]))
stmt(made(FunctionDef, "f", arguments(), [], [])), stmt(made(ClassDef, "True", [], [], [made(Pass)], []))
stmt(made(TypeAlias, number(), [], name())), stmt(made(Match, name(), [])), stmt(made(Return)), stmt(made(Break))
pattern(None), pattern(name()), pattern(made(MatchValue, name())), pattern(made(MatchValue, number(None)))
pattern(made(MatchSingleton, 1)), pattern(made(MatchStar, "a")), pattern(made(MatchOr, [made(MatchAs)]))
pattern(made(MatchAs, made(MatchAs), None)), pattern(made(MatchAs, None, "_")), pattern(made(MatchClass, number(), [], [], []))
pattern(made(MatchMapping, [number()], [], None)), pattern(made(MatchClass, name(), [], ["a"], []))
for changes in (
    {"lineno": 5, "end_lineno": 3}, {"col_offset": 5, "end_col_offset": 3}, {"lineno": -1}, {"col_offset": -2},
    {"lineno": None}, {"lineno": "x"}, {"end_lineno": None}, {"lineno": 2**40}, {"lineno": True},
):
    expr(made(Name, "x", Load(), **changes)), stmt(made(Pass, **changes))


class Own(expr_context):
    pass


class Computed(Name):
    @property
    def id(self):
        print("id is asked for")
        return "x"

    def __getattr__(self, missing):
        print(missing, "is missing")
        return AT.get(missing, Load())


expr(name(context=Own())), expr(Computed.__new__(Computed))
items = []


class Growing(Name):
    @property
    def id(self):
        items.append(self)
        return "x"


node = Growing.__new__(Growing)
vars(node).update(AT, ctx=Load())
items.append(node)
expr(made(Tuple, items, Load()))
