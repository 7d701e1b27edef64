# Properties, static and class methods.
class Circle:
    count = 0

    def __init__(self, radius):
        self.radius = radius
        type(self).count += 1

    @property
    def radius(self):
        """The radius."""
        return self._radius

    @radius.setter
    def radius(self, value):
        if value < 0:
            raise ValueError("negative radius")
        self._radius = value

    @radius.deleter
    def radius(self):
        print("deleting")
        del self._radius

    @property
    def area(self):
        return 3 * self.radius**2

    @classmethod
    def unit(cls):
        return cls(1)

    @staticmethod
    def double(x):
        return 2 * x


class Disc(Circle):
    @property
    def area(self):
        return super().area + 0.5


c = Circle(2)
print(c.radius, c.area, c.__dict__, Circle.radius.__doc__)
c.radius = 5
print(c.radius, c.area, Circle.unit().radius, c.unit().radius, Disc.unit().area, type(Disc.unit()).__name__)
print(Circle.double(4), c.double(5), Circle.count, Disc.count)
for what in (lambda: setattr(c, "radius", -1), lambda: setattr(c, "area", 1), lambda: delattr(c, "area"), lambda: Circle(-5)):
    try:
        what()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)
del c.radius
try:
    print(c.radius)
except AttributeError as error:
    print(error)
print(type(Circle.__dict__["radius"]).__name__, type(Circle.__dict__["unit"]).__name__, type(Circle.__dict__["double"]).__name__)
