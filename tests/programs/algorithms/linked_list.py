# A linked list: objects that refer to one another, with iteration and operators.
class Node:
    def __init__(self, value, rest=None):
        self.value = value
        self.rest = rest


class LinkedList:
    def __init__(self, items=()):
        self.head = None
        self.size = 0
        for item in reversed(list(items)):
            self.push(item)

    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1

    def pop(self):
        if self.head is None:
            raise IndexError("pop from empty list")
        node = self.head
        self.head = node.rest
        self.size -= 1
        return node.value

    def reverse(self):
        previous = None
        node = self.head
        while node:
            node.rest, previous, node = previous, node, node.rest
        self.head = previous

    def __iter__(self):
        node = self.head
        while node is not None:
            yield node.value
            node = node.rest

    def __len__(self):
        return self.size

    def __repr__(self):
        return f"LinkedList({list(self)!r})"


items = LinkedList([1, 2, 3])
items.push(0)
print(items, len(items), list(items), 2 in items, max(items), bool(LinkedList()))
items.reverse()
print(items, items.pop(), items.pop(), items)
ring = Node("a")
ring.rest = Node("b", ring)
print(ring.rest.rest is ring, ring.rest.rest.value)
try:
    LinkedList().pop()
except IndexError as error:
    print(error)
