# Numbers of different types compare by value and hash alike.
print(1 == 1.0 == True, 0 == 0.0 == False, 1 == 1 + 0j)
print(2 < 3.5, 2**53 + 1 == float(2**53), 2**53 + 1 > float(2**53))
print(10**400 > 1e308, 10**400 < float("inf"), -(10**400) < 1e308)
print(hash(1) == hash(1.0) == hash(True), hash(2**61 - 1), hash(2**61), hash(-1), hash(-2))
print(hash(0.5), hash(1.5), hash(float("inf")), hash(-(2**70)), hash(3 + 4j))
print({1: "int", 1.0: "float", True: "bool"})
print(sorted([3, 1.5, True, -2, 2**70, 0.0]))
print(max(1, 1.0), max(1.0, 1), min(True, 1))
try:
    1 < "2"
except TypeError as error:
    print(error)
print(1 == "1", 1 != "1", None == 0)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 == 2, 1 < 2 > 0)
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(5))
