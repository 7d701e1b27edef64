"""exec and eval: where the code runs, what it sees, what it gives."""


def attempt(function, *args, **keywords):
    try:
        print("gave", function(*args, **keywords))
    except Exception as error:
        print(type(error).__name__, error)


print(eval("1 + 2"), eval("  \t 'spaces'"), eval(b"2 * 3"), eval("\n4"))
print(exec("x = 5"), x)
print(eval("__name__"), eval("__name__", {}))

namespace = {}
exec("a = 1\ndef f(n):\n    return n * a\n", namespace)
print(list(namespace), type(namespace["__builtins__"]).__name__, namespace["f"](7))
exec("a = 10", namespace)
print(namespace["f"](7))
exec("class A: pass\nprint(A, A.__module__, A.__qualname__)", {})
exec("class A: pass\nprint(A, A.__module__)")


def inside():
    y = 5
    exec("y = 6; w = 1; print(y, w)")
    print(y, sorted(locals()), eval("y + 1"))
    print([eval("i * y") for i in range(3)])
    found = {}
    exec("z = y", {"y": y}, found)
    print(found)


inside()


class Doubles(dict):
    def __missing__(self, key):
        return key * 2


class Told:
    def __getitem__(self, key):
        print("get", key)
        if key == "print":
            raise KeyError(key)
        return 7

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


print(eval("abc + d", {}, Doubles()))
exec("print(zz); q = 1; del q", {}, Told())
attempt(exec, "print(len)", {"__builtins__": {"print": print}})
attempt(eval, "missing")
attempt(exec, "raise ValueError('from inside')")
attempt(exec, "(1).real = 5")


def outer():
    value = 1

    def inner():
        return value

    return inner


code = outer().__code__
attempt(exec, code)
attempt(eval, code)
attempt(exec, code, {}, closure=())
attempt(exec, code, closure=outer().__closure__)
attempt(exec, "1", closure=())
attempt(exec, (lambda: 5).__code__, closure=())
attempt(eval, (lambda: 5).__code__)
attempt(exec, (lambda argument: 5).__code__)
attempt(eval, compile("6 * 7", "name", "eval"))
attempt(eval, compile("6 * 7", "name", "exec"))

attempt(exec, 5)
attempt(eval, 5)
attempt(exec, "1", 5)
attempt(eval, "1", 5)
attempt(eval, "1", [])
attempt(exec, "1", {}, 5)
attempt(eval, "1", {}, 5)
attempt(exec)
attempt(exec, "1", {}, {}, {})
attempt(eval, "1", {}, {}, {})
attempt(eval, "1", closure=None)
attempt(exec, "1", other=1)
attempt(exec, "\0")
attempt(eval, "")
attempt(eval, "1;2")
attempt(exec, "")
print(eval("(lambda n: n + x)(1)", {"x": 41}))
print(sum(eval("[n * n for n in range(k)]", {"k": 4})))
print(list(map(eval, ["1", "'two'", "[3]"])))
exec("import sys; print(sys._getframe(1).f_lineno, sys._getframe(0).f_code.co_filename)")
exec("def g():\n    yield 1\n    yield 2\nprint(list(g()))")
exec("global outside; outside = 3")
print(outside)
