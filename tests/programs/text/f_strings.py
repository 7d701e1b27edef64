# f-strings: conversions, specifications, nesting, and the = sign.
x = 42
pi = 3.14159
name = "Ada"
print(f"{x} {x!r:>5} {x:>5} {x:05} {x:x} {x:#b} {x:,} {-x:+}")
print(f"{pi:.2f} {pi:8.3f}| {pi:e} {pi:g} {pi!s:.4} {pi:.{2}f} {pi:{8}.{3}}")
print(f"{name!r} {name!s} {name!a} {name:>6} {name:.2} {name:*^9}")
print(f"{x=} {x = } {x=:5} {name=} {name=!s} {x + 1=} {pi=:.1f}")
print(f"{{}} {{{x}}} {'nested ' + f'{name}'} {'a' if x > 1 else 'b'}")
print(f"{[i * i for i in range(4)]} {({'a': 1})['a']} {(lambda v: v + 1)(x)} {x == 42}")
print(f"", f"plain", f"a" f"b" "c", "p" f"{x}" "q", rf"\n{x}")
print(f"{name.upper()[0]}{len(name)}{'!' * 2}")
print(f"{'''triple "quoted" '''}{"same quotes"}")
width, precision = 10, 3
print(f"[{pi:{width}.{precision}f}] [{name:{'>'}{width}}]")
print(f"{None} {True} {1.0} {[None]} {(1,)} { {1: 2} } {...}")
print(f"""line one {x}
line two {name}""")
try:
    f"{x:Q}"
except ValueError as error:
    print(error)
try:
    f"{[1]:>5}"
except TypeError as error:
    print(error)
