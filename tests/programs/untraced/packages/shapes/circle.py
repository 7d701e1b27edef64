print("running", __name__, __package__)
from .flat.square import area as square_area


def area(r):
    return 3 * square_area(r)
