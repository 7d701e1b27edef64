# A hook for exceptions that has one itself.
import sys


def hook(kind, error, traceback):
    return error / 0


sys.excepthook = hook
raise ValueError("at the end")
