# Tracebacks lead through generators, delegation, class bodies, decorators and natives that call back.
def numbers():
    yield 1
    yield from broken()


def broken():
    yield 2
    raise ValueError("in the generator")


def thrown():
    generator = numbers()
    next(generator)
    generator.throw(KeyError("thrown"))


def thrown_at_start():
    numbers().throw(KeyError("at the start"))


def thrown_deep():
    generator = numbers()
    next(generator)
    next(generator)
    generator.throw(KeyError("thrown deep"))


def stopping():
    yield next(iter([]))


def not_closing():
    def stubborn():
        try:
            yield
        except GeneratorExit:
            yield

    generator = stubborn()
    next(generator)
    try:
        generator.close()
    finally:
        print("closed" if generator.gi_frame is None else "still open")
        generator.close()


def class_body():
    class Body:
        value = 1
        other = value.missing


def decorated():
    def decorator(function):
        return function(1)

    @decorator
    def function():
        pass


def with_key():
    return sorted([2, 1], key=lambda item: item.missing)


def exit_raises():
    class Manager:
        def __enter__(self):
            return self

        def __exit__(self, *details):
            raise RuntimeError("in exit")

    with Manager() as manager:
        raise LookupError("in the body")


def chain(functions):
    try:
        functions[0]()
    except Exception:
        if len(functions) == 1:
            raise
        chain(functions[1:])


chain([
    lambda: list(numbers()), thrown, thrown_at_start, thrown_deep, lambda: list(stopping()), class_body, decorated,
    with_key, exit_raises, not_closing,
])
