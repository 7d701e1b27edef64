# The hash functions behind hashlib.
import _blake2
import _md5
import _sha1
import _sha2
import _sha3


def tried(function, *args, **names):
    try:
        print(args, names, type(function(*args, **names)))
    except Exception as error:
        print(args, names, type(error).__name__, error)


for module, names in [
    (_md5, ["md5"]), (_sha1, ["sha1"]), (_sha2, ["sha224", "sha256", "sha384", "sha512"]),
    (_sha3, ["sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128", "shake_256"]), (_blake2, ["blake2b", "blake2s"]),
]:
    for name in names:
        function = getattr(module, name)
        size = [20] if name.startswith("shake") else []
        tried(function)
        tried(function, "abc")
        tried(function, 3)
        tried(function, string=b"abc")
        tried(function, b"a", usedforsecurity=False)
        made = function(b"abc")
        print(made.name, made.block_size, made.digest_size, made.digest(*size), made.hexdigest(*size))
        print(made.update(b"def"), made.update(bytearray(b"x" * 1000)), made.copy().update(b"z"))
        print(made.hexdigest(*size))
        tried(made.update, "a")
        tried(made.update)
for made in _md5.MD5Type, _sha2.SHA256Type:
    tried(made)
long = _sha3.shake_128(b"abc")
tried(long.digest)
tried(long.digest, -1)
tried(long.digest, 2**30)
for function in _blake2.blake2b, _blake2.blake2s:
    print(function.MAX_DIGEST_SIZE, function.MAX_KEY_SIZE, function.PERSON_SIZE, function.SALT_SIZE)
    print(function(b"abc", digest_size=20, key=b"key", salt=b"salt", person=b"per").hexdigest())
    tree = function(
        b"abc", fanout=2, depth=3, leaf_size=4, node_offset=5, node_depth=1, inner_size=6, last_node=True
    )
    print(tree.hexdigest())
    for names in [
        {"digest_size": 0}, {"digest_size": 65}, {"key": b"k" * 65}, {"salt": b"s" * 17}, {"person": b"p" * 17},
        {"fanout": 256}, {"depth": 0}, {"node_offset": -1}, {"inner_size": 65}, {"leaf_size": 2**32}, {"node_depth": 256},
    ]:
        tried(function, **names)
