# is, ==, id(): which objects are shared and which are new.
a = 256
b = 256
c = 257
print(a is b, a + 1 is c, a + 1 == c, int("-5") is int("-5"), int("-6") is int("-6"))
x, y = 1000, 1000
print(x is y, x == 10**3, x is int("1000"))


def one():
    return 1000


def two():
    return 1000


print(one() is two(), one() is x, one() is one())
s = "hello"
t = "hel" + "lo"
u = "".join(["hel", "lo"])
print(s is t, s is u, s == u, s[0] is t[0], s[0] is chr(104))
empty, no_text, no_bytes = (), "", b""
print(None is None, empty is tuple(), [] is [], no_text is str(), no_bytes is bytes(), frozenset() is frozenset())
k = (1, 2)
m = (1, 2)
print(k is m, k[0] is m[0], tuple([1, 2]) is tuple([1, 2]), k[:] is k, k + () is k, tuple(k) is k)
lst = [1]
print(lst[:] is lst, lst * 1 is lst, list(lst) is lst, (lst,)[0] is lst, [lst][0] is lst)
f = 1.5
g = 3.0 / 2
print(f == g, f is g, f is f, float(f) is f, +f is f, int(a) is a)
print(True is (1 == 1), False is not None, type(5) is int, type(type(5)) is type, (lambda: 0) is (lambda: 0))
print(str(s) is s, s + "" is s, s * 1 is s, s[:] is s)
nan = float("nan")
print(nan in [nan], [nan] == [nan], (nan,) == (nan,), nan == nan, {nan: 1}[nan], [float("nan")] == [nan])
