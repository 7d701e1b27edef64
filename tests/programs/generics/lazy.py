# Bounds, defaults and values are computed when they are asked for, once, by a function that can be stepped into.
def say(name):
    print('computing', name)
    return int


def f[U: (say('one'), say('two')), T: say('bound') = say('default')](x: T) -> U:
    return x


U, T = f.__type_params__
print('nothing so far')
print(T.__bound__, T.__bound__)
print(T.__default__, T.__default__, T.has_default())
print(U.__constraints__, U.__constraints__)
print(f(3), f.__annotations__)

type Value = say('value')
print('alias')
print(Value.__value__, Value.__value__)

type Tree = tuple[Tree, Tree] | None
print(Tree.__value__)


class Stack[Item]:
    kind: Item

    def __init__(self):
        self.items: list[Item] = []

    def push(self, item: Item) -> None:
        self.items.append(item)

    def map[Other](self, f) -> 'Stack[Other]':
        made = Stack[Other]()
        for item in self.items:
            made.push(f(item))
        return made


s = Stack[int]()
s.push(1)
s.push(2)
print(s.map(str).items, s.__orig_class__, s.map(str).__orig_class__)
print(Stack.__annotations__, Stack.push.__annotations__, Stack.map.__type_params__)


class Base:
    def __init_subclass__(cls, /, tag=None, **rest):
        super().__init_subclass__(**rest)
        print('subclass', cls.__name__, tag, getattr(cls, '__parameters__', 'no parameters yet'))


class Tagged[A](Stack[A], Base, tag='first'):
    pass


class Child(Tagged[int], tag='second'):
    pass


print(Child.__orig_bases__, Child.__parameters__, Tagged.__parameters__)


class Picky:
    def __setattr__(self, name, value):
        print('setting', name, value)
        raise KeyError(name)


class PickyGeneric[A](Picky):
    pass


print(type(PickyGeneric[int]()).__name__)


class Later[A, B = say('late')]:
    pass


print(Later[str])
print(Later[str, str])

type Broken = undefined_name
try:
    Broken.__value__
except NameError as error:
    print(error)
type Known[A: undefined_bound] = A
try:
    Known.__type_params__[0].__bound__
except NameError as error:
    print(error)
undefined_bound = str
print(Known.__type_params__[0].__bound__)
