"""Packages and modules beside the script: what is run, when, and what is bound where."""
import sys

import shapes
import shapes.flat.square as square
from shapes import circle, flat as level
from shapes.flat import square as again
from shapes.flat.square import area as area_of, __name__ as its_name

print(shapes.__name__, shapes.__package__, shapes.__spec__.name, shapes.VALUE, shapes.lazy)
print(square is again, level is shapes.flat, its_name, area_of(3), circle.area(2))
print(list(square.__dict__)[:8], list(shapes.__dict__)[:9])
print(square.__package__, square.__spec__.parent, shapes.flat.__spec__.parent, square.__doc__)
print(type(square.__builtins__).__name__, type(__builtins__).__name__, square.__loader__.name)
print(type(shapes.__spec__).__name__, type(shapes.__loader__).__name__, shapes.__spec__.has_location)
exec('print([name for name in sys.modules if name.split(".")[0] == "shapes"])')


def attempt(source):
    try:
        exec(source, globals())
    except Exception as error:
        about = [getattr(error, name, None) for name in ("name", "name_from")]
        print(type(error).__name__, str(error).replace(sys.path[0], "{here}"), about)


attempt("from shapes import nothing")
attempt("shapes.flat.nothing")
attempt("import shapes.nothing")
attempt("import shapes.circle.deeper")
attempt("from shapes.nothing import x")
attempt("from . import x")
attempt("from .shapes import x")
attempt("import nowhere")
attempt("import nowhere.at_all")
attempt("from starred import *; print(sorted(n for n in globals() if n.startswith('star_')))")
attempt("from hidden import *; print('visible' in globals(), '_invisible' in globals())")
attempt("from wrong_all import *")
attempt("from shapes import *; print(sorted(n for n in globals() if n in ('VALUE', 'late', 'circle')))")
attempt("sys.modules['forbidden'] = None; import forbidden")
attempt("sys.modules['shapes.forbidden'] = None; import shapes.forbidden")
attempt("del sys.modules['hidden']; import hidden; print(hidden.visible)")
attempt("import replaced; print(replaced)")
attempt("import failing")
attempt("print('failing' in sys.modules)")
attempt("import failing")
attempt("import unreadable")
attempt("print(__import__('shapes.flat').__name__, __import__('shapes.flat', fromlist=['x']).__name__)")
attempt("__import__('')")
attempt("__import__(5)")
attempt("__import__('shapes', level=-1)")
attempt("print(__import__('flat', {'__package__': 'shapes'}, None, ['square'], 1).__name__)")
attempt("__import__('x', {'__package__': 'shapes.flat'}, None, ['x'], 4)")
attempt("__import__('x', {}, None, ['x'], 1)")
attempt("__import__('x', {'__package__': 5}, None, ['x'], 1)")
attempt("__import__('x', None, None, ['x'], 1)")
attempt("__import__('shapes', fromlist=[5])")


def spy(name, globals=None, locals=None, fromlist=(), level=0):
    print("asked for", name, fromlist, level)
    return plain_import(name, globals, locals, fromlist, level)


import builtins

plain_import, builtins.__import__ = builtins.__import__, spy
import shapes.flat
from shapes.circle import area
builtins.__import__ = plain_import
