# An f-string is worked out piece by piece and joined at the end.
#
# Watch: each expression in braces is an ordinary expression. Its value is
# turned into text (FORMAT_SIMPLE, or FORMAT_WITH_SPEC when there is a format)
# and BUILD_STRING joins the pieces that wait on the stack.

name = "Ada"
year = 1843
print(f"{name} wrote a program in {year}.")
print(f"That is {2043 - year} years before 2043.")

# After the colon stands the format: width, alignment, digits.
price = 1234.5
print(f"[{name:>8}] [{name:<8}] [{name:^8}]")
print(f"{price:.2f} {price:12,.2f} {price:e}")
print(f"{255:x} {255:#b} {7:03d} {0.125:.0%}")

# An exclamation mark chooses how the value becomes text.
print(f"{name!r} and {name!s}")
print(f"{name=} {year + 1=}")

# A format may itself contain an expression.
width = 10
print(f"[{name:*^{width}}]")


class Temperature:
    def __init__(self, degrees):
        self.degrees = degrees

    def __format__(self, spec):
        if spec == "f":
            return f"{self.degrees * 9 / 5 + 32:.1f}°F"
        return f"{self.degrees:.1f}°C"


today = Temperature(21.5)
print(f"{today} is {today:f}")
