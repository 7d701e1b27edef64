# What the errors of the language itself say.
def run(f):
    try:
        print("no error:", f())
    except BaseException as error:
        print(f"{type(error).__name__}: {error}")


class C:
    def method(self, a):
        pass


run(lambda: undefined)
run(lambda: 1 + "a")
run(lambda: "a" + 1)
run(lambda: [] + ())
run(lambda: None + 1)
run(lambda: -"a")
run(lambda: 1 < None)
run(lambda: {}["x"])
run(lambda: {}[5])
run(lambda: [][0])
run(lambda: ()[0])
run(lambda: ""[0])
run(lambda: 5[0])
run(lambda: None())
run(lambda: 5())
run(lambda: C().nothing)
run(lambda: C.nothing)
run(lambda: (5).bit_lenght)
run(lambda: C().method())
run(lambda: C().method(1, 2))
run(lambda: C.method())
run(lambda: len())
run(lambda: len(1, 2))
run(lambda: int("x"))
run(lambda: [1, 2, 3].index(9))
run(lambda: iter(5))
run(lambda: next(5))
run(lambda: 5 in 5)
run(lambda: [*5])
run(lambda: {**5})
run(lambda: {[]: 1})
run(lambda: "a".join(5))
run(lambda: isinstance(1, "int"))
run(lambda: sorted([1], 5))
run(lambda: print(1, foo=2))
run(lambda: range(1, 2, 3, 4))
run(lambda: float("1,5"))
run(lambda: "%d" % "x")
run(lambda: chr("a"))
run(lambda: [1, 2][1.5])
run(lambda: [1, 2]["1"])
run(lambda: setattr(object(), "x", 1))
run(lambda: (lambda x: x)())
run(lambda: (lambda: 0)(1))
