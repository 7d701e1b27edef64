# sorted() calls your function back, once for each item.
#
# Watch the frames: sorted is not written in Python, and still it has a frame
# here, with your key function on top of it. Step into it. After the keys are
# computed the sort compares them: with a class of your own, that is __lt__.


def key(word):
    return len(word), word


words = ["pear", "fig", "banana", "kiwi", "apple"]
print(sorted(words, key=key))
print(sorted(words, key=len, reverse=True))  # equal keys keep their order


class Card:
    def __init__(self, rank, suit):
        self.rank = rank
        self.suit = suit

    def __lt__(self, other):
        print("    is", self, "less than", other)
        return self.rank < other.rank

    def __repr__(self):
        return f"{self.rank}{self.suit}"


cards = [Card(9, "h"), Card(2, "s"), Card(7, "d"), Card(2, "c")]
print(sorted(cards))
print(min(cards))
