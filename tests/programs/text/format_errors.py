# % and str.format: conversions by special methods, the same object given back, every error.
s = "héllo"*3
class S(str): pass
t = S("abc")
print(format(t,"s") is t, type(format(t,"s")), format(s,"s") is s, ("%s" % s) is s, ("{}".format(s)) is s, ("%s" % t) is t, "{}".format(t) is t, (s % ()) is s, s.format() is s, "{:s}".format(s) is s)

def show(compute):
    try:
        print(repr(compute()))
    except BaseException as error:
        print(type(error).__name__, error)


class A: pass
class I:
    def __index__(self): return 65
class In:
    def __int__(self): return 65
class F:
    def __float__(self): return 6.5
class Bad:
    def __int__(self): raise TypeError("no")
    def __float__(self): raise TypeError("nof")
    def __index__(self): raise TypeError("noi")
for fmt in ["%d","%x","%f","%c","%s","%i"]:
    for v in [A(), I(), In(), F(), Bad(), "a","ab", 1.5, 1j, None, b"a", 10**30]:
        if isinstance(v, A) and fmt=="%s": continue
        print(fmt, type(v).__name__, end=" "); 
        if fmt=="%s" and not isinstance(v,(str,float)): print(); continue
        show(lambda: fmt % (v,))
        if fmt!="%s": show(lambda: fmt.encode() % (v,))
show(lambda:"%5%" % ()); show(lambda:"%5%" % 3); show(lambda:b"%5%" % 3); show(lambda:b"%5%" % ())
show(lambda: "%*d" % ("a",1))
show(lambda: "%*d" % (2**70,1))
show(lambda: "%.*d" % (2**70,1))
show(lambda: "%.*d" % (-2**70,1))
show(lambda: "%*d|" % (-5,1))
show(lambda: "%.*d" % (-5,1))
show(lambda: "%*d" % (True,1))
show(lambda: "%(a)s" % 5)
show(lambda: "%(a)s" % [5])
show(lambda: "%s" % [5])
show(lambda: "abc" % [5])
show(lambda: "abc" % A())
show(lambda: "abc" % "x")
show(lambda: "%(a)s %s" % {"a":1})
show(lambda: "%s" % {"a":1})
show(lambda: "%(a)*d" % {"a":4})
show(lambda: b"%(a)s" % {b"a":b"4"})
show(lambda: b"%(a)s" % {"a":b"4"})
show(lambda: b"%s" % 5)
show(lambda: b"%s" % "s")
show(lambda: b"%s %s" % b"s")
show(lambda: b"x" % b"s")
show(lambda: b"x" % bytearray(b"s"))
show(lambda: bytearray(b"x%d") % 5)
show(lambda: b"%r %a" % ("é", "é"))
show(lambda: b"%.2r|%5a" % ("é", 3))
show(lambda: b"%c%c" % (b"ab", 1))
show(lambda: b"%c" % bytearray(b"ab"))
show(lambda: b"%b" % bytearray(b"ab"))
show(lambda: "%z" % 1)
show(lambda: "%z" % ())
show(lambda: "%" % ())
show(lambda: "%(" % {})
show(lambda: "%(a" % {})
show(lambda: "%(a)" % {"a":1})
show(lambda: "%(a)" % {})
show(lambda: "%d %d" % (1,))
show(lambda: "%d" % (1,2))
show(lambda: "%d" % ())
show(lambda: "{} {0}".format(1))
show(lambda: "{1}".format(1))
show(lambda: "{a}".format(1))
show(lambda: "{a.b}".format(a=1))
show(lambda: "{a[b]}".format(a=1))
show(lambda: "{a[b]}".format(a={"b":5}))
show(lambda: "{a[1]}".format(a={1:5}))
show(lambda: "{0[1]}".format([1,2]))
show(lambda: "{0[5]}".format([1,2]))
show(lambda: "{0!x}".format([1,2]))
show(lambda: "{0:{1}}".format(3, 5))
show(lambda: "{0:{1:{2}}}".format(3, 5, 2))
show(lambda: "{}".format_map({}))
show(lambda: "{a}".format_map({}))
show(lambda: "{a}".format_map(5))
show(lambda: "{a}".format_map([5]))
show(lambda: "{:d}".format("x"))
show(lambda: "{:d}".format(A()))
show(lambda: "{:d}".format(None))
show(lambda: "{:d}".format([1]))
show(lambda: format(A, "x"))
show(lambda: "{:5}".format(True))
show(lambda: "{:d}".format(True))
show(lambda: "{:f}".format(True))
show(lambda: "{:s}".format(True))
show(lambda: "{:s}".format(5))
show(lambda: str.format())
show(lambda: str.format(5))
show(lambda: "{}".format(*[]))
show(lambda: "{a}".format(**{}))
