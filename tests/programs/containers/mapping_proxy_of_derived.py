"""A mapping proxy asks its mapping, also one whose class has its own methods."""

MP = type(int.__dict__)
class CD(dict):
    def __len__(self): return 7
    def __iter__(self): return iter(('iter',))
    def __eq__(self, o): return 'eq'
    def __ne__(self, o): return 'ne'
    def __lt__(self, o): return 'lt'
    def __hash__(self): return 42
p = MP(CD({'key': 1}))
print(len(p), p == 1, p != 1, p < 1, 1 == p, p == p, p == {}, [*p], bool(p), 'key' in p, hash(p), 1 > p)
class Cmp:
    def __eq__(self, o): return ('Cmp', o)
print(MP({}) == Cmp(), MP({}) == {}, {} == MP({}), MP({}) == MP({}), MP({}) != MP({1:2}))
try: MP({}) < {}
except TypeError as e: print(e)
try: MP({}) < MP({})
except TypeError as e: print(e)



class Own(dict):
    def __or__(self, other):
        return "or", other

    def __ror__(self, other):
        return "ror", other


print(MP(Own()) | {}, {} | MP(Own()), {"c": 1} | MP({"d": 2}), MP({"d": 2}) | {"c": 1}, MP(Own()) | MP({}))
changed = {"a": 1}
changed |= MP({"b": 2})
print(changed)
try:
    view = MP({})
    view |= {}
except TypeError as error:
    print(error)
