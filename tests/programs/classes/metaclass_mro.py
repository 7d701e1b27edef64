# A metaclass that says itself what its classes inherit from.
class Meta(type):
    def mro(cls):
        order = super().mro()
        print('mro of', cls.__name__, [c.__name__ for c in order])
        if 'extra' in cls.__dict__:
            order.insert(1, cls.__dict__['extra'])
        return order


class Extra:
    def hello(self):
        return 'from Extra'

    def __getattr__(self, name):
        return 'extra ' + name


class A(metaclass=Meta):
    pass


class B(A):
    extra = Extra

    def __init_subclass__(cls):
        print('init_subclass', cls.__name__)


class C(B):
    pass


print([c.__name__ for c in B.__mro__], B.__bases__, B().hello(), B().anything)
print([c.__name__ for c in C.__mro__], C().hello(), isinstance(B(), Extra), issubclass(C, Extra))
print([c.__name__ for c in B.mro()])


class Reversing(type):
    def mro(cls):
        first, *rest, last = super().mro()
        return (c for c in [first, *reversed(rest), last])


class P:
    def who(self):
        return 'P'


class Q:
    def who(self):
        return 'Q'


class R(P, Q, metaclass=Reversing):
    def __del__(self):
        print('R goes')


print([c.__name__ for c in R.__mro__], R().who(), super(R, R()).who())


def wrong(answer):
    class Wrong(type):
        def mro(cls):
            return answer(cls)

    try:
        return Wrong('W', (), {})
    except Exception as error:
        print(type(error).__name__, error)


wrong(lambda cls: 3)
wrong(lambda cls: [cls, 3])
wrong(lambda cls: [cls, int, object])
wrong(lambda cls: 1 / 0)
