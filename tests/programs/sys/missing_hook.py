# No hook for exceptions at all.
import sys

del sys.excepthook
{}["missing"]
