"""Generic functions, classes and aliases."""
type Simple = int
type Generic[T, *Ts, **P] = dict[T, tuple[*Ts]]
type Bounded[T: int = bool, U: (int, str) = str, *Vs = *tuple[int], **Q = [int]] = T | U


def function[T: int](a: T, b=1, *, c=2) -> list[T]:
    def inner[U](x: T) -> U: return x
    return inner


async def coroutine[T](a: T): return T


class Box[T, __U]:
    item: T
    type Mine = T | __U

    def get[V](self, a: V, b: "T" = None) -> T:
        return self.item, __U

    class Inside[W](list[T]):
        def both(self) -> tuple[T, W]: return super().both()


class Child[T](Box[T], metaclass=type): pass


def outer():
    x = 1

    class Local[T: x]:
        y: x

        def m[U: (T, x)](self): return x
    type Alias = Local[x]
    return Local
