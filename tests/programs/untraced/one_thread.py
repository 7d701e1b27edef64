# `_thread` for a program with one thread: locks, and what `threading` asks for when it is imported.
import _thread


def attempt(function, *args, **keywords):
    try:
        print(function.__name__, args, keywords, "->", function(*args, **keywords))
    except BaseException as error:
        print(function.__name__, args, keywords, type(error).__name__, error)


def shown(thing):
    return repr(thing).partition(" at 0x")[0].replace(str(_thread.get_ident()), "IDENT")


lock = _thread.allocate_lock()
print(shown(lock))
attempt(lock.release)
attempt(lock.acquire)
print(shown(lock))
attempt(lock.acquire, False)
attempt(lock.acquire, True, 0.01)
attempt(lock.acquire, True, 0)
attempt(lock.acquire, False, 1)
attempt(lock.acquire, False, -1)
attempt(lock.acquire, True, -5)
attempt(lock.acquire, True, 1e12)
attempt(lock.acquire, timeout="a")
attempt(lock.locked)
attempt(lock.__exit__)
attempt(lock._at_fork_reinit)
attempt(lock.__enter__)
attempt(lock.acquire, 0)
with _thread.allocate_lock() as held:
    print(held)
attempt(_thread.lock, 1)
print(shown(_thread.lock()))

again = _thread.RLock()
attempt(again.release)
attempt(again.acquire)
attempt(again.acquire)
print(shown(again))
attempt(again._is_owned)
count, owner = again._release_save()
print(count, owner == _thread.get_ident(), shown(again))
attempt(again._release_save)
attempt(again._acquire_restore, (2, 5))
attempt(again._recursion_count)
attempt(again._is_owned)
attempt(again.locked)
attempt(again.release)
attempt(again._acquire_restore, 5)
attempt(again._acquire_restore, (1, "a"))
again._at_fork_reinit()
again._acquire_restore((2, owner))
attempt(again._recursion_count)
again.release()
again.release()
attempt(again.locked)


class Own(_thread.RLock):
    pass


print(shown(Own()))
try:

    class No(_thread.lock):
        pass

except TypeError as error:
    print(error)
print(_thread._is_main_interpreter(), _thread._count(), _thread.daemon_threads_allowed(), _thread._shutdown())
print(_thread.get_ident() == _thread._get_main_thread_ident(), type(_thread.get_native_id()))
print(_thread.stack_size(), _thread.stack_size(0), _thread.TIMEOUT_MAX, _thread.error)

handle = _thread._ThreadHandle()
print(handle, handle.ident, handle.is_done())
attempt(handle._set_done)
attempt(handle.join)
handle = _thread._make_thread_handle(_thread.get_ident())
print(shown(handle), handle.is_done())
attempt(handle.join, 0.01)
attempt(handle._set_done)
attempt(handle.is_done)
attempt(handle.join)
attempt(_thread.exit)
attempt(_thread.start_joinable_thread, 5)
attempt(_thread.start_new_thread, 5, ())
attempt(_thread._excepthook, 5)
attempt(_thread._ExceptHookArgs, (1,))
args = _thread._ExceptHookArgs((ValueError, ValueError("q"), None, None))
print(args, args.exc_type, args.thread, len(args))

local = _thread._local()
local.x = 5
print(local.__dict__, local.x)
attempt(_thread._local, 1)


class Local(_thread._local):
    y = 3

    def __init__(self, *values):
        print("init", values)
        self.values = values


own = Local(1, 2)
print(own.__dict__, own.y)
del own.values
try:
    own.values
except AttributeError as error:
    print(error)
try:
    local.z
except AttributeError as error:
    print(error)
