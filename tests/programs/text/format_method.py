# str.format and format(): fields, indexes, attributes, specifications.
print("{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{x} {y}".format(x=1, y=2), "{{}}".format())
print("{0[1]} {0[2]}".format([10, 20, 30]), "{d[key]}".format(d={"key": "value"}), "{0.real}".format(5))
print("{:>6}|{:<6}|{:^6}|{:*^7}|".format("a", "b", "c", "d"))
print("{:5d}|{:<5d}|{:05d}|{:+d}|{: d}|{:,}|{:_}".format(42, 42, 42, 42, 42, 1234567, 1234567))
print("{:x} {:X} {:o} {:b} {:#x} {:#o} {:#b} {:c} {:n}".format(255, 255, 8, 5, 255, 8, 5, 65, 12))
print("{:.2f} {:8.3f} {:e} {:.3e} {:g} {:g} {:g} {:%} {:.1%}".format(3.14159, 3.14159, 12345.678, 0.00012, 0.0001, 1e10, 123456789.0, 0.5, 0.123))
print("{:.0f} {:.0f} {:.1f} {:+.2f} {:010.2f} {:,.2f} {}".format(0.5, 1.5, 0.25, 3.0, -3.14159, 1234567.891, 1e100))
print("{!r} {!s} {!a} {:.3} {:10.3}|".format("é", "é", "é", "abcdef", "abcdef"))
print("{:{}} {:{w}.{p}f}".format("x", 5, 3.14159, w=8, p=2))
print(format(5), format(5, "03"), format("x", ">3"), format(2.5, ".1f"), format(True), format(True, "d"), format(None), format([1]))
for template, args in [("{} {}", (1,)), ("{x}", ()), ("{", ()), ("}", ()), ("{:d}", ("x",)), ("{:Q}", (1,)), ("{0} {}", (1, 2)), ("{:.2d}", (1,))]:
    try:
        print(template.format(*args))
    except (IndexError, KeyError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
