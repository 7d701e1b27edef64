# Cycles that nobody collects go by themselves, sooner or later, and a disabled collector leaves them alone.
import gc
from _weakref import ref


class Node:
    alive = 0

    def __init__(self):
        Node.alive += 1
        self.me = self

    def __del__(self):
        Node.alive -= 1


most = 0
for number in range(9000):
    Node()
    most = max(most, Node.alive)
print(1500 < most < 2500, 0 < Node.alive < 2500)
gc.collect()
print(Node.alive)

gc.disable()
for number in range(3000):
    Node()
print(Node.alive)
gc.enable()
gc.collect()
print(Node.alive)

gc.set_threshold(0)
for number in range(3000):
    Node()
print(Node.alive)
gc.set_threshold(2000, 10, 10)
gc.collect()
print(Node.alive)
