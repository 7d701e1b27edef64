# What posix tells of processes that ended, of the numbers of open files, and of paths as texts.
import posix


def tell(function, *args, **kwargs):
    try:
        print(function.__name__, args, kwargs, repr(function(*args, **kwargs)))
    except Exception as error:
        print(function.__name__, args, kwargs, type(error).__name__, error)


class Path:
    def __fspath__(self):
        return "a/../b"


for name in ("WIFEXITED", "WEXITSTATUS", "WIFSIGNALED", "WTERMSIG", "WIFSTOPPED", "WSTOPSIG", "WCOREDUMP",
             "WIFCONTINUED", "waitstatus_to_exitcode"):
    for status in (0, 256, 9, 0x8B, 0x137F, 0xFFFF, 65280, -1, 2**31 - 1, 2**40, "a"):
        tell(getattr(posix, name), status)
tell(posix.WIFEXITED, status=0)
tell(posix.wait)
tell(posix.waitpid, 0, 0)
tell(posix.waitpid, 1, posix.WNOHANG)
tell(posix.wait3, 0)
tell(posix.wait4, pid=1, options=0)
tell(posix.waitid, posix.P_ALL, 0, posix.WEXITED)
tell(posix.waitpid, "a", 0)
tell(posix.register_at_fork)
tell(posix.register_at_fork, before=1)
tell(posix.register_at_fork, before=print, after_in_child=len)
# Both are 0 where the session began outside of the namespace of the process.
print(posix.getpgrp() == posix.getpgid(0), posix.getsid(0) >= 0)

for path in ("", "/", "//", "///", "a//b", "./a/../b", "/../a", "//a/../b", "a/..", "..", "../a/../..", "a\0b//c",
             b"/a/./b", b"", 5, None, "a/../../b", "/a/b/../../..", ".//.", b"\xff//a"):
    tell(posix._path_normpath, path)
    tell(posix._path_splitroot_ex, path)
print(posix._path_normpath(Path()), posix._path_splitroot_ex(Path()))

reader, writer = posix.pipe()
tell(posix.get_inheritable, reader)
tell(posix.set_inheritable, reader, True)
tell(posix.get_inheritable, reader)
tell(posix.get_inheritable, 1)
tell(posix.get_inheritable, 99)
tell(posix.set_inheritable, 99, 1)
tell(posix.get_inheritable, "a")
tell(posix.set_inheritable, reader, "a")
tell(posix.get_blocking, reader)
tell(posix.set_blocking, reader, False)
tell(posix.get_blocking, reader)
tell(posix.read, reader, 1)
tell(posix.dup2, reader, 20)
tell(posix.get_inheritable, 20)
tell(posix.dup2, reader, 21, False)
tell(posix.get_inheritable, 21)
tell(posix.get_blocking, 21)
tell(posix.dup2, 99, 20)
tell(posix.dup2, -1, 3)
tell(posix.dup2, 3, -1)
tell(posix.dup2, reader, 20, inheritable=False)
tell(posix.get_inheritable, 20)
tell(posix.dup2, reader, reader)
tell(posix.write, writer, b"abc")
tell(posix.read, 21, 2)
tell(posix.closerange, 20, 22)
tell(posix.get_inheritable, 20)
tell(posix.closerange, 50, 40)
tell(posix.read, reader, 2)
print([getattr(posix, name) for name in ("WNOHANG", "SEEK_DATA", "F_LOCK", "PRIO_USER", "RTLD_NOW", "TMP_MAX")])
with open("wordcode_chown", "w"):
    pass
for owner in ((-1, -1), (posix.getuid(), posix.getgid()), (-2, 0), (2**32 - 1, 0), ("a", 0), (0, 2**70)):
    tell(posix.chown, "wordcode_chown", *owner)
    tell(posix.lchown, "wordcode_chown", *owner)
tell(posix.chown, "wordcode_chown", -1, -1, follow_symlinks=False)
posix.remove("wordcode_chown")
tell(posix.chown, "wordcode_chown", -1, -1)
tell(posix.chown, 1.5, -1, -1)
