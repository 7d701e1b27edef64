"""What says that it is among its own bases has no end; how deep it is followed is CPython's C stack's business."""


class Endless:
    @property
    def __bases__(self):
        return (0, self)


class Other:
    __bases__ = ()


for check in isinstance, issubclass:
    try:
        print(check(Endless(), Other()))
    except RecursionError:
        print("RecursionError")
