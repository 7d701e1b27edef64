"""Folders without __init__ are packages, too; a path may be changed while the program runs."""
import sys

import space
import space.part.leaf as leaf

print(space.__name__, space.__spec__.origin, type(space.__path__).__name__, len(space.__path__))
print(leaf.VALUE, leaf.__package__, space.part.__spec__.submodule_search_locations is space.part.__path__)
print(hasattr(space, "__file__"), type(space.__loader__).__name__, space.__package__)
try:
    import space.nothing
except ImportError as error:
    print(error)
sys.path.append(sys.path[0] + "/elsewhere")
import apart

print(apart.VALUE, [name for name in vars(apart) if not name.startswith("__")])
sys.path[:] = [5, None, sys.path[-1]]
try:
    import space.part.other
    import never
except ImportError as error:
    print(error)
print(repr(space).replace(space.__path__[0], "{folder}"), list(space.__path__) == [*space.__path__])
