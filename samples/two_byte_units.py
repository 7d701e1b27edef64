# Every instruction is two bytes: one says what to do, one is its argument.
#
# One byte counts from 0 to 255. Watch what happens past that: EXTENDED_ARG
# stands before the instruction and carries the higher part of the argument.
# The list below ends in a variable, so it cannot be one ready-made constant:
# each prime is a constant of its own, and the last ones have a number above
# 255. The `if` needs EXTENDED_ARG too: its jump over the list is a far one.


def primes_below(limit):
    if limit > 257:
        candidates = [
            257, 263, 269, 271, 277, 281, 283, 293, 307, 311, 313,
            317, 331, 337, 347, 349, 353, 359, 367, 373, 379, 383,
            389, 397, 401, 409, 419, 421, 431, 433, 439, 443, 449,
            457, 461, 463, 467, 479, 487, 491, 499, 503, 509, 521,
            523, 541, 547, 557, 563, 569, 571, 577, 587, 593, 599,
            601, 607, 613, 617, 619, 631, 641, 643, 647, 653, 659,
            661, 673, 677, 683, 691, 701, 709, 719, 727, 733, 739,
            743, 751, 757, 761, 769, 773, 787, 797, 809, 811, 821,
            823, 827, 829, 839, 853, 857, 859, 863, 877, 881, 883,
            887, 907, 911, 919, 929, 937, 941, 947, 953, 967, 971,
            977, 983, 991, 997, 1009, 1013, 1019, 1021, 1031, 1033, 1039,
            1049, 1051, 1061, 1063, 1069, 1087, 1091, 1093, 1097, 1103, 1109,
            1117, 1123, 1129, 1151, 1153, 1163, 1171, 1181, 1187, 1193, 1201,
            1213, 1217, 1223, 1229, 1231, 1237, 1249, 1259, 1277, 1279, 1283,
            1289, 1291, 1297, 1301, 1303, 1307, 1319, 1321, 1327, 1361, 1367,
            1373, 1381, 1399, 1409, 1423, 1427, 1429, 1433, 1439, 1447, 1451,
            1453, 1459, 1471, 1481, 1483, 1487, 1489, 1493, 1499, 1511, 1523,
            1531, 1543, 1549, 1553, 1559, 1567, 1571, 1579, 1583, 1597, 1601,
            1607, 1609, 1613, 1619, 1621, 1627, 1637, 1657, 1663, 1667, 1669,
            1693, 1697, 1699, 1709, 1721, 1723, 1733, 1741, 1747, 1753, 1759,
            1777, 1783, 1787, 1789, 1801, 1811, 1823, 1831, 1847, 1861, 1867,
            1871, 1873, 1877, 1879, 1889, 1901, 1907, 1913, 1931, 1933, 1949,
            1951, 1973, 1979, 1987, 1993, 1997, 1999, 2003, 2011, 2017, 2027,
            2029, 2039, 2053, 2063, 2069, 2081, 2083, 2087, 2089, 2099,
            limit,
        ]
        return [prime for prime in candidates if prime < limit]
    return "the list starts at 257"


print(primes_below(300))
print(primes_below(100))


def label(number):
    # Whole numbers up to 255 are no constants: LOAD_SMALL_INT carries them
    # in its argument byte. 256 has to be a constant.
    if number == 255:
        return "fits into a byte"
    if number == 256:
        return "does not"
    return "something else"


print(255, label(255))
print(256, label(256))
