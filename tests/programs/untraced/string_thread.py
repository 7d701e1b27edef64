"""_string and _thread: templates taken apart, and locks of a program with one thread."""

import _string
import _thread


def attempt(function, *args, **names):
    try:
        print(function.__name__, function(*args, **names))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


for template in ("", "plain", "a{b!r:c}d{{}}{}", "{a:{b}}x", "{0.x[y]!s}", "{!a}", "é{ü}"):
    print(list(_string.formatter_parser(template)))
for name in ("", "a", "0", "a.b[c].d", "0[1].x", "[k]", ".a"):
    first, rest = _string.formatter_field_name_split(name)
    print(repr(first), list(rest))
attempt(_string.formatter_parser, 1)
attempt(_string.formatter_field_name_split, 1)

lock = _thread.allocate_lock()
print(lock.acquire(), lock.acquire(False), lock.locked(), lock.release(), lock.locked())
with lock as got:
    print(got, lock.locked())
attempt(lock.release)
again = _thread.RLock()
print(again.acquire(), again.acquire(), again._recursion_count(), again._is_owned(), again.release(), again.release())
attempt(again.release)
with again:
    print(again.locked())
print(_thread.LockType is type(lock), _thread.error, _thread.TIMEOUT_MAX, _thread._count())
print(lock.acquire(timeout=-1), lock.acquire(blocking=False), lock.release())
