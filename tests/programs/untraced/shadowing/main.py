"""A module beside the script that has the name of one of the standard library."""
import random
import numpy_like

for source in ("random.randint(1, 2)", "from random import randint", "numpy_like.array", "from numpy_like import a"):
    try:
        exec(source)
    except Exception as error:
        print(type(error).__name__, str(error).replace(__file__.removesuffix("main.py"), "{here}/"))
