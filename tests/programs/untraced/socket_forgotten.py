# A socket that goes while it is open is closed, and warned of where the filters would have it.
import _socket
import _warnings

_warnings.filters.insert(0, ("always", None, ResourceWarning, None, 0))
_warnings._acquire_lock()
_warnings._filters_mutated_lock_held()
_warnings._release_lock()


class Shown(_socket.socket):
    def __repr__(self):
        print("asked")
        return "one of mine"


def forget(make):
    socket = make()
    number = socket.fileno()
    del socket
    again = make()
    print(number == again.fileno())
    again.close()


forget(_socket.socket)
forget(Shown)
