# An exception group takes any sequence; one that may change is shown as it was.
class Items:
    def __init__(self, *items):
        self.items = items

    def __len__(self):
        print("len")
        return len(self.items)

    def __getitem__(self, index):
        print("item", index)
        return self.items[index]

    def __repr__(self):
        print("repr")
        return "Items"


class Wrong(Items):
    def __repr__(self):
        return 1 / 0


class None_(Items):
    def __repr__(self):
        return None


class MyList(list):
    def __repr__(self):
        return "MyList"


class MyTuple(tuple):
    def __iter__(self):
        print("iter")
        return super().__iter__()

    def __repr__(self):
        return "MyTuple"


def attempt(*args):
    try:
        group = ExceptionGroup(*args)
    except Exception as error:
        print(repr(error))
    else:
        print(repr(group), group.exceptions, group.args, group)


attempt("m", Items(ValueError(1), KeyError(2)))
attempt("m", MyList([ValueError(1)]))
attempt("m", MyTuple([ValueError(1)]))
attempt("m", Wrong(ValueError(1)))
attempt("m", None_(ValueError(1)))
given = [ValueError(1)]
group = ExceptionGroup("m", given)
given.append(3)
print(repr(group), group.args)
given = (ValueError(1),)
print(ExceptionGroup("m", given).exceptions is given)
for wrong in (range(2), {1: 2}, {1}, iter([ValueError()]), "ab", None, 5, b"", "", [], Items(), Items(1), int, list[int]):
    attempt("m", wrong)
for args in ((), ("m",), ("m", [ValueError()], 3), (1, [ValueError()]), (1, 2)):
    attempt(*args)
print(repr(group.derive(Items(KeyError(1)))))
