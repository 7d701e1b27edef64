"""posix: folders, names, what is known of files."""
import posix

FOLDER = __file__ + ".folder"


def attempt(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)).replace(FOLDER, "{folder}"))
    except Exception as error:
        print(type(error).__name__, str(error).replace(FOLDER, "{folder}"))


try:
    # What a run that was cut short has left behind.
    for name in posix.listdir(FOLDER):
        posix.unlink(FOLDER + "/" + name)
    posix.rmdir(FOLDER)
except FileNotFoundError:
    pass
posix.mkdir(FOLDER)
attempt(posix.mkdir, FOLDER)
for name in ("one", "two"):
    with open(FOLDER + "/" + name, "w") as file:
        file.write(name)
print(sorted(posix.listdir(FOLDER)), sorted(posix.listdir(FOLDER.encode())))
found = posix.stat(FOLDER + "/one")
print(found.st_size, found[6], len(found), type(found.st_mtime), type(found[8]), type(found.st_mtime_ns))
print(found.st_mtime_ns // 10**9 == found[8], found.st_mode & 0o170000 == 0o100000, type(found).__name__)
print(posix.stat(FOLDER).st_mode & 0o170000 == 0o040000, posix.lstat(FOLDER).st_ino == posix.stat(FOLDER).st_ino)
print(posix.access(FOLDER, posix.R_OK), posix.access(FOLDER + "/none", posix.F_OK))
posix.rename(FOLDER + "/one", FOLDER + "/three")
attempt(posix.rename, FOLDER + "/one", FOLDER + "/four")
attempt(posix.rmdir, FOLDER)
attempt(posix.unlink, FOLDER + "/one")
attempt(posix.remove, FOLDER.encode() + b"/one")
number = posix.open(FOLDER + "/two", posix.O_RDWR)
print(posix.read(number, 2), posix.write(number, b"X"), posix.lseek(number, 0, 0), posix.read(number, 9))
print(posix.fstat(number).st_size, posix.close(number))
attempt(posix.close, 77)
attempt(posix.fstat, 77)
here = posix.getcwd()
posix.chdir(FOLDER)
print(posix.getcwd() != here, sorted(posix.listdir()), open("three").read())
posix.chdir(here)
for name in sorted(posix.listdir(FOLDER)):
    posix.unlink(FOLDER + "/" + name)
posix.rmdir(FOLDER)
attempt(posix.listdir, FOLDER)
attempt(posix.stat, FOLDER)
attempt(posix.chdir, FOLDER)
attempt(posix.stat, 5.5)
attempt(posix.listdir, 5.5)
attempt(posix.stat, "a\0")
attempt(posix.fspath, "x")
attempt(posix.fspath, 5)
attempt(posix.urandom, -1)
print(len(posix.urandom(3)), type(posix.environ), posix.error is OSError)
print({type(name) for name in posix.environ} <= {bytes})
