"""Permissions, times, links, sizes and the entries of folders."""
import errno
import posix

FOLDER = __file__ + ".scratch"
NAME = FOLDER + "/file"


def attempt(function, *args, **keywords):
    try:
        result = function(*args, **keywords)
    except Exception as error:
        print(type(error).__name__, str(error).replace(FOLDER, "{folder}"))
    else:
        print(repr(result).replace(FOLDER, "{folder}"))


def clean():
    for entry in posix.scandir(FOLDER):
        (posix.rmdir if entry.is_dir(follow_symlinks=False) else posix.unlink)(entry.path)
    posix.rmdir(FOLDER)


# What a run left that was stopped.
if posix.access(FOLDER, posix.F_OK):
    clean()
posix.mkdir(FOLDER)
before = posix.umask(0o022)
print(posix.umask(before) == 0o022)
fd = posix.open(NAME, posix.O_RDWR | posix.O_CREAT | posix.O_EXCL | posix.O_CLOEXEC, 0o600)
print(oct(posix.stat(NAME).st_mode), posix.isatty(fd), posix.isatty(99))
print(posix.write(fd, b"0123456789"), posix.ftruncate(fd, 4), posix.fsync(fd), posix.lseek(fd, 0, 0), posix.read(fd, 9))
copy = posix.dup(fd)
print(posix.lseek(copy, 1, 0), posix.read(fd, 2), posix.close(copy))
posix.fchmod(fd, 0o640)
posix.close(fd)
print(oct(posix.stat(NAME).st_mode), posix.stat(NAME).st_blksize > 0, posix.stat(NAME).st_rdev)
posix.chmod(NAME, 0o604)
print(oct(posix.stat(NAME).st_mode))
for times, keywords in [
    ((1.5, 2.25), {}),
    ((-1, 3), {}),
    (None, {"ns": (1_000_000_001, 2_000_000_002)}),
]:
    posix.utime(NAME, times, **keywords)
    stat = posix.stat(NAME)
    print(stat.st_atime_ns, stat.st_mtime_ns, stat.st_mtime)
attempt(posix.utime, NAME, 3)
attempt(posix.utime, NAME, (1,))
attempt(posix.utime, NAME, (1, 2), ns=(3, 4))
attempt(posix.utime, NAME, ns=(1,))
attempt(posix.utime, NAME, ("a", "b"))
attempt(posix.utime, NAME, (float("nan"), 1))
posix.utime(NAME)
print(posix.stat(NAME).st_mtime > 1e9)

print(posix.truncate(NAME, 2), posix.stat(NAME).st_size)
print(posix.link(NAME, FOLDER + "/second"), posix.stat(NAME).st_nlink)
print(posix.symlink("file", FOLDER + "/link"), posix.readlink(FOLDER + "/link"))
print(posix.symlink("nowhere", FOLDER + "/broken"), posix.symlink(".", FOLDER + "/circle"))
posix.mkdir(FOLDER + "/inner")
for entry in sorted(posix.scandir(FOLDER), key=lambda entry: entry.name):
    print(entry, entry.path == FOLDER + "/" + entry.name, entry.__fspath__() == entry.path, entry.is_junction())
    print("  ", entry.is_dir(), entry.is_file(), entry.is_symlink())
    print("  ", entry.is_dir(follow_symlinks=False), entry.is_file(follow_symlinks=[]))
    print("  ", entry.inode() == entry.stat(follow_symlinks=False).st_ino == posix.lstat(entry.path).st_ino)
    attempt(lambda: oct(entry.stat().st_mode))
    print("  ", entry.stat(follow_symlinks=False) is entry.stat(follow_symlinks=False))
print(sorted(entry.name for entry in posix.scandir(FOLDER.encode())))
with posix.scandir(FOLDER) as entries:
    print(type(entries), type(next(entries)), type(next(entries))[int])
    entries.close()
    print(list(entries))
posix.chdir(FOLDER)
print(sorted(entry.path for entry in posix.scandir()), sorted(entry.path for entry in posix.scandir("./")))

reader, writer = posix.pipe()
print(posix.write(writer, b"through"), posix.close(writer), posix.read(reader, 3), posix.read(reader, 9))
print(posix.read(reader, 9), posix.close(reader))

attempt(posix.chmod, FOLDER + "/none", 0o600)
attempt(posix.chmod, 1.5, 0)
attempt(posix.chmod, NAME, "a")
attempt(posix.fchmod, 99, 0)
attempt(posix.utime, FOLDER + "/none")
attempt(posix.link, FOLDER + "/none", NAME + "2")
attempt(posix.symlink, "any", NAME)
attempt(posix.truncate, FOLDER + "/none", 1)
attempt(posix.truncate, NAME, -1)
attempt(posix.ftruncate, 99, 1)
attempt(posix.fsync, 99)
attempt(posix.dup, 99)
attempt(posix.umask, "a")
attempt(posix.scandir, FOLDER + "/none")
attempt(posix.scandir, 1.5)
attempt(type(entries))
attempt(posix.get_terminal_size, 99)
attempt(posix.get_terminal_size, "a")
try:
    posix.scandir(NAME)
except OSError as error:
    print(error.errno == errno.ENOTDIR, error.filename == NAME)

size = posix.terminal_size((80, 24))
print(size, size.columns, size.lines, posix.terminal_size.__module__)
attempt(posix.terminal_size, (1,))
print(posix.access(NAME, posix.F_OK), posix.access(NAME, posix.R_OK), posix.access(FOLDER + "/none", posix.F_OK))
system = posix.uname()
print(system.sysname == system[0] == "Linux", len(system), type(system))
numbers = [posix.getppid(), posix.getuid(), posix.geteuid(), posix.getgid(), posix.getegid(), posix.cpu_count()]
print([type(number) for number in numbers], min(numbers) >= 0)

clean()
print(posix.access(FOLDER, posix.F_OK))
