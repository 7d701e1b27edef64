__all__ = ["star_one", "_star_two", "star_one"]
star_one, _star_two, star_three = 1, 2, 3
