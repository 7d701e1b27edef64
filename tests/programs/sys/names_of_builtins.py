"""The names in the builtins module, in their order; whether code is compiled to machine code."""

import builtins
import sys

print(list(vars(builtins)))
print(sys._jit.__name__, sys._jit.__spec__, sys._jit.is_enabled(), sys._jit.is_active(), "sys._jit" in sys.modules)
try:
    sys._jit.is_enabled(1)
except TypeError as error:
    print(error)
for args in [(), (1,), (1, 2, 3)]:
    try:
        property().__set_name__(*args)
    except TypeError as error:
        print(error)
