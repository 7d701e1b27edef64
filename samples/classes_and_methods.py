# A class is an object, made by running its body.
#
# Watch: the body of a class runs once, in a frame of its own, and what it
# leaves behind becomes the class. Calling the class makes an object and calls
# __init__. A property looks like a variable, and is a call.


class Shape:
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    @property
    def area(self):
        return 0

    def describe(self):
        return f"{self.name} with area {self.area}"


class Rectangle(Shape):
    def __init__(self, width, height):
        super().__init__("rectangle")
        self.width = width
        self.height = height

    @property
    def area(self):
        return self.width * self.height

    def __eq__(self, other):
        return (self.width, self.height) == (other.width, other.height)

    def __hash__(self):
        return hash((self.width, self.height))


shapes = [Rectangle(2, 3), Shape("point"), Rectangle(2, 3)]
for shape in shapes:
    print(shape.describe())
print("made:", Shape.count)

first, _, third = shapes
print("first is third:", first is third, " first == third:", first == third)

# A dictionary asks __hash__ for the place and __eq__ for certainty.
names = {first: "first"}
names[third] = "third"
print(len(names), names[first])

print(isinstance(first, Shape), [c.__name__ for c in Rectangle.__mro__])
