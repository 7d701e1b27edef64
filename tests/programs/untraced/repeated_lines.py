# Lines that repeat are counted, and recursion ends with an error that can be caught.
import sys

depth = 0


def endless(number):
    global depth
    depth = number
    return endless(number + 1)


def even(number):
    return odd(number - 1)


def odd(number):
    if number < 0:
        raise ValueError("below zero")
    return even(number - 1)


def one(number):
    if number == 0:
        even(3)
    one(number - 1)


try:
    endless(2)
except RecursionError as error:
    print(depth, error)
sys.setrecursionlimit(60)
try:
    endless(2)
except RecursionError as error:
    print(depth, error)
sys.setrecursionlimit(1000)
try:
    one(3)
except ValueError as error:
    try:
        one(4)
    except ValueError:
        endless(1)
