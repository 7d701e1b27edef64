# What goes while it is open is warned of with its repr(): a warning that this raises is told of, another error is not.
import _io
import _socket
import _warnings
import sys

_warnings.filters.insert(0, ("always", None, ResourceWarning, None, 0))


def told(unraisable):
    print("told", type(unraisable.exc_value).__name__, unraisable.err_msg)


sys.unraisablehook = told


class File(_io.FileIO):
    error = None

    def __repr__(self):
        print("repr of a file")
        raise self.error


class Socket(_socket.socket):
    error = None

    def __repr__(self):
        print("repr of a socket")
        raise self.error


for error in ValueError("no repr"), UserWarning("a warning"), RuntimeWarning("another"):
    File.error = Socket.error = error
    File("/dev/null")
    print("file gone")
    Socket(_socket.AF_UNIX)
    print("socket gone")
