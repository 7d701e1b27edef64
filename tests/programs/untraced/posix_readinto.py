# posix.readinto() reads into memory that is there already; a module that is called is told what may be meant.
import posix

reader, writer = posix.pipe()
posix.write(writer, b"hello")
memory = bytearray(3)
print(posix.readinto(reader, memory), memory)
print(posix.readinto(reader, memoryview(memory)[1:]), memory)
for arguments in [(reader, b"a"), (reader,), ("a", memory), (reader, 5)]:
    try:
        posix.readinto(*arguments)
    except TypeError as error:
        print(error)
posix.close(writer)
print(posix.readinto(reader, memory))
posix.close(reader)
try:
    posix.readinto(reader, memory)
except OSError as error:
    print(error)

for name in ["posix", "time"]:
    module = __import__(name)
    try:
        module()
    except TypeError as error:
        print(error)
