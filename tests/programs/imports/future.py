# What a program asks of the future is decided when it is compiled; the module only tells when it came.
from __future__ import annotations, division as true_division

import __future__


def f(x: not_defined) -> str:
    return x


print(f(1), annotations, annotations.compiler_flag, true_division.mandatory)
print(__future__.generators.optional, __future__.all_feature_names[-1], type(annotations).__name__)
print(annotations is __future__.annotations, annotations.mandatory)
