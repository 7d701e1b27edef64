# Formatting with the % operator.
print("%s and %s" % ("a", 1), "%d%%" % 50, "%s" % [1, 2], "%s" % None)
print("%5d|%-5d|%05d|%+d|% d" % (42, 42, 42, 42, 42))
print("%x %X %o %#x %#o %c %c" % (255, 255, 8, 255, 8, 65, "z"))
print("%.2f %8.3f %e %g %G %.0f" % (3.14159, 3.14159, 12345.678, 1e-5, 1e-10, 2.5))
print("%10s|%-10s|%.2s|%5.1s|" % ("abc", "abc", "abc", "abc"))
print("%r %s %a" % ("é", "é", "é"))
print("%(name)s is %(age)d" % {"name": "Ada", "age": 36})
print("%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159))
print("%d" % 3.99, "%d" % True, "%i" % -5, "%u" % 7, "%d" % 10**20, "%x" % -255)
print("no values" % (), "%s" % ("one",), "%s %s" % ((1, 2), 3))
print("%f %f %e" % (float("inf"), float("nan"), float("-inf")))
for template, values in [("%d", "x"), ("%s %s", ("a",)), ("%s", ("a", "b")), ("%(k)s", {}), ("%z", 1), ("%c", "ab"), ("%", ()), ("%x", 1.5)]:
    try:
        print(template % values)
    except (TypeError, ValueError, KeyError) as error:
        print(type(error).__name__, error)
