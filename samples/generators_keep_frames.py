# A generator is a frame that can wait.
#
# Watch the frames: calling countdown() runs nothing yet. Each next() puts its
# frame back on the chain, with its variables as they were, and `yield` takes
# it off again. The frame lives until the generator is finished.


def countdown(start):
    print("    starting at", start)
    while start > 0:
        yield start
        start -= 1
    print("    done")


numbers = countdown(3)
print("made, but nothing has run")
print(next(numbers))
print(next(numbers))

# Two generators from the same function have two frames.
others = countdown(2)
print(next(others), next(numbers))

# A for loop calls next() until the generator says that it is finished.
for number in others:
    print("loop", number)


def running_total():
    total = 0
    while True:
        amount = yield total  # the value of a yield is what send() brings in
        total += amount


totals = running_total()
next(totals)  # runs up to the first yield
print(totals.send(10), totals.send(5), totals.send(1))
totals.close()
