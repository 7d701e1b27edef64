# Decorators: functions, with arguments, stacked, and classes.
def shout(f):
    def wrapper(*args, **kwargs):
        return str(f(*args, **kwargs)).upper()

    return wrapper


def repeat(times):
    print("repeat", times)

    def decorator(f):
        print("decorating", f.__name__)

        def wrapper(*args):
            return [f(*args) for _ in range(times)]

        return wrapper

    return decorator


@shout
def greet(name):
    return f"hello {name}"


@repeat(2)
@shout
def both(x):
    return x


@repeat(3)
def add(a, b=1):
    return a + b


print(greet("ada"), both("x"), add(1), add(1, 2))


class Memo:
    def __init__(self, f):
        self.f = f
        self.seen = {}

    def __call__(self, n):
        if n not in self.seen:
            self.seen[n] = self.f(n)
        return self.seen[n]


@Memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(60), len(fib.seen))


def register(cls):
    cls.registered = True
    return cls


@register
class Thing:
    pass


print(Thing.registered, Thing.__name__)


@lambda f: f()
def value():
    return "called at once"


print(value)
