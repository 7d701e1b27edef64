# An exception that nobody catches ends the program.
#
# Watch the frames: the exception leaves average(), then report(), then the
# module. Each frame adds one entry to the traceback, and the marks under the
# line show which part of it was running. The exit status is 1.


def average(numbers):
    total = sum(numbers)
    return total / len(numbers)


def report(groups):
    for name in groups:
        print(name, "scores", average(groups[name]))


try:
    report({"green": [4, 5, 6]})
    print("all is well so far")
finally:
    print("a finally block always runs")

report({"red": [1, 2], "blue": []})
print("this line is never reached")
