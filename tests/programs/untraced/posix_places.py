"""Reading and writing at a place of an open file, and what a file system says of itself."""
import posix

NAME = __file__ + ".scratch"
fd = posix.open(NAME, posix.O_RDWR | posix.O_CREAT | posix.O_TRUNC)
print(posix.pwrite(fd, b"abc", 1), posix.pread(fd, 2, 1), posix.pread(fd, 10, 0), posix.lseek(fd, 0, 1))
print(posix.pwrite(fd, bytearray(b"z"), 0), posix.pread(fd, 1, 0), posix.pread(fd, 5, 100))
for args in [(fd, -1, 0), (fd, 1, -1), (99, 1, 0), ("x", 1, 1)]:
    try:
        print(posix.pread(*args))
    except Exception as error:
        print(type(error).__name__, error)
known, same = posix.statvfs(NAME), posix.fstatvfs(fd)
print(type(known), len(known), known.f_bsize == known[0], known.f_namemax > 0, known.f_fsid == same.f_fsid)
print(known.n_fields, known.n_sequence_fields, known.n_unnamed_fields, [name for name in dir(known) if name[0] == "f"])
print(known[:2] == same[:2] == posix.statvfs(fd)[:2])
for path in ["/nonexistent", 1.5]:
    try:
        posix.statvfs(path)
    except (OSError, TypeError) as error:
        print(error)
posix.close(fd)
posix.unlink(NAME)
